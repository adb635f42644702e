"""A stand-in for Telegram's servers: the Bot API for any bot, and people who use it.

Inside a program or a test:

    from sandbox import Sandbox
    from sandbox.people import People

    async with Sandbox() as sandbox:                 # a free port on 127.0.0.1
        bot = aiogram.Bot(token, AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url)))
        # or telegram.Bot(token, base_url=f"{sandbox.url}/bot")
        async with People(sandbox.url) as people:
            sokha = await people.add("Sokha", language_code="km")
            await sokha.open("https://t.me/samleng_demo_bot?start=s-…")
            screen = await sokha.changed()           # waits until the phone shows something new
            screen = await sokha.tap_through("✅")   # the button that begins so; waits until a message changed

From outside, in any language: the Bot API at `{url}/bot<token>/<method>`, control as JSON at `{url}/_sandbox/`,
described in `sandbox.control`. Every well-formed token is a bot from its first call on; the first is
@samleng_demo_bot.
"""

from sandbox.server import Sandbox

__all__ = ["Sandbox"]
