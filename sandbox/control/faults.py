"""What goes wrong between Telegram, people and a bot, when a test wants it to; how time passes, what is limited."""

import re
from typing import Any

from sandbox.control.given import ControlError, Given
from sandbox.faults import KINDS, ON_UPDATES, STATUSES
from sandbox.happenings import bot_standing
from sandbox.world import Bot, Chat, Member, World

FIELDS = frozenset(
    {"person", "bot", "blocked", "redeliver", "clear"}
    | {"kind", "methods", "updates", "times", "chance", "seed", "seconds", "code"}
)
CLOCK_FIELDS = frozenset({"ahead"})
LIMIT_FIELDS = frozenset({"on"})


def fault(given: Given) -> dict[str, Any]:
    """Turn one on, or all off, or do what is done once."""
    if given.has("redeliver"):
        return _redeliver(given)
    if given.has("kind"):
        return _add(given)
    if given.has("clear"):
        return _clear(given)
    if not given.has("blocked"):
        raise ControlError("say which fault: kind, clear, blocked (with person) or redeliver")
    person, blocked = given.person(), given.flag("blocked")
    bot = given.bot()
    set_blocked(given.world, given.world.private_chat(bot, person), bot, blocked=blocked)
    return {"blocked": blocked}


def show(given: Given) -> dict[str, Any]:
    """What is on, and who has blocked which bot."""
    blocked = [{"person": person, "bot": bot} for (bot, person), chat in given.world.private.items() if chat.blocked]
    return {"faults": [fault.about() for fault in given.world.faults], "blocked": blocked, "limits": given.world.limits}


def move_clock(given: Given) -> dict[str, Any]:
    seconds = given.amount("ahead")
    if seconds is None or seconds < 0:
        raise ControlError("ahead must be a number of seconds: time does not go back")
    given.world.clock.move(seconds)
    given.world.journal.world_changed()
    return show_clock(given)


def show_clock(given: Given) -> dict[str, Any]:
    return {"now": given.world.clock(), "ahead": given.world.clock.ahead}


def limit(given: Given) -> dict[str, Any]:
    if not given.has("on"):
        raise ControlError("on is needed")
    given.world.limits = given.flag("on")
    given.world.journal.world_changed()
    return {"limits": given.world.limits}


def set_blocked(world: World, chat: Chat, bot: Bot, *, blocked: bool) -> None:
    """A person blocks or unblocks the bot, which hears of it if that is new."""
    assert chat.person is not None
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    chat.members.setdefault(bot.id, Member("member"))
    bot_standing(world, chat, bot, Member("kicked" if blocked else "member"), chat.person)
    chat.changed()
    chat.story.note(chat.person.first_name, " blocks the bot" if blocked else " unblocks the bot")


def _add(given: Given) -> dict[str, Any]:
    kind = given.needed_text("kind")
    if kind not in KINDS:
        raise ControlError(f"kind must be one of {', '.join(KINDS)}")
    of, other = ("updates", "methods") if kind in ON_UPDATES else ("methods", "updates")
    if given.has(other):
        raise ControlError(f"{kind} is a fault of {of}: leave out {other}")
    times, chance, code = given.number("times"), given.amount("chance"), given.number("code")
    seconds = given.amount("seconds")
    if times is not None and times < 1:
        raise ControlError("times must be 1 or more")
    if chance is not None and not 0 < chance <= 1:
        raise ControlError("chance must be more than 0, and 1 at most")
    if seconds is not None and seconds < 0:
        raise ControlError("seconds must be 0 or more")
    if code is not None and code not in STATUSES:
        raise ControlError(f"code must be one of {', '.join(map(str, STATUSES))}")
    about = {
        of: _names(given, of),
        "bot": given.bot().id if given.has("bot") else None,
        "left": times,
        "chance": chance,
        "seed": given.number("seed"),
        "seconds": seconds,
        "code": code,
    }
    fault = given.world.faults.add(kind, **{name: value for name, value in about.items() if value is not None})
    given.world.journal.world_changed()
    return fault.about()


def _names(given: Given, name: str) -> frozenset[str] | None:
    names = given.values.get(name)
    if names is None:
        return None
    if not isinstance(names, list) or not all(isinstance(each, str) and re.fullmatch(r"\w+", each) for each in names):
        raise ControlError(f"{name} must be a list of names")
    return frozenset(names)


def _clear(given: Given) -> dict[str, Any]:
    number = None if given.values["clear"] == "all" else given.needed_number("clear")
    if not given.world.faults.clear(number) and number is not None:
        raise ControlError(f"there is no fault {number}")
    given.world.journal.world_changed()
    return show(given)


def _redeliver(given: Given) -> dict[str, Any]:
    wanted = None if given.values["redeliver"] == "last" else given.number("redeliver")
    update = given.bot().updates.redeliver(wanted)
    if update is None:
        raise ControlError("there is no such confirmed update to deliver again")
    return {"update": update}
