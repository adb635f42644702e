"""What goes wrong between Telegram, people and a bot, when a test wants it to."""

from typing import Any

from sandbox.control.given import ControlError, Given
from sandbox.happenings import bot_standing
from sandbox.world import Bot, Chat, Member, World

FIELDS = frozenset({"person", "bot", "blocked", "redeliver"})


def fault(given: Given) -> dict[str, Any]:
    if given.has("redeliver"):
        return _redeliver(given)
    if not given.has("blocked"):
        raise ControlError("say which fault: blocked (with person) or redeliver")
    person, blocked = given.person(), given.flag("blocked")
    bot = given.bot()
    set_blocked(given.world, given.world.private_chat(bot, person), bot, blocked=blocked)
    return {"blocked": blocked}


def set_blocked(world: World, chat: Chat, bot: Bot, *, blocked: bool) -> None:
    """A person blocks or unblocks the bot, which hears of it if that is new."""
    assert chat.person is not None
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    chat.members.setdefault(bot.id, Member("member"))
    bot_standing(world, chat, bot, Member("kicked" if blocked else "member"), chat.person)
    chat.changed()


def _redeliver(given: Given) -> dict[str, Any]:
    wanted = None if given.values["redeliver"] == "last" else given.number("redeliver")
    update = given.bot().updates.redeliver(wanted)
    if update is None:
        raise ControlError("there is no such confirmed update to deliver again")
    return {"update": update}
