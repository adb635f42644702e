"""Who the bot is, asked of Telegram's servers directly."""

from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.settings import Settings
from bot.trouble import Trouble

TIMEOUT = 10.0
_UNKNOWN_TOKEN = {401, 404}
_TOO_MANY = 429
_SERVER_FAULT = 500


async def bot_name(settings: Settings) -> str:
    """The bot's user name, without @. Raises Trouble where the token or the server is of no use."""
    server = urlsplit(settings.api_url).netloc
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT) as client:
            answer = await client.get(f"{settings.api_url}/bot{settings.bot_token.get_secret_value()}/getMe")
    except httpx.TimeoutException:
        raise Trouble(f"{server}: no answer within {TIMEOUT:.0f} seconds. Check the network, then try again.") from None
    except httpx.HTTPError as fault:
        why = type(fault).__name__
        raise Trouble(f"{server}: can't be reached ({why}). Check the network and SAMLENG_API_URL.") from None
    about = _json(answer)
    match about:
        case {"ok": True, "result": {"username": str(name)}}:
            return name
        case {"ok": False} if answer.status_code in _UNKNOWN_TOKEN:
            raise Trouble(f"SAMLENG_BOT_TOKEN: {server} doesn't know this token. Copy it again from @BotFather.")
    if answer.status_code == _TOO_MANY or answer.status_code >= _SERVER_FAULT:
        raise Trouble(f"{server}: it is too busy or out of order ({answer.status_code}). Try again in a while.")
    raise Trouble(
        f"{server}: it doesn't answer as a Bot API server does ({answer.status_code}). Check SAMLENG_API_URL."
    )


def _json(answer: httpx.Response) -> Any:
    try:
        return answer.json()
    except ValueError:
        return None
