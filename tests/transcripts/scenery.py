"""Steps about what was there before, what happens in groups, and how time goes by."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from transcripts.crowd import GROUPS
from transcripts.steps import StepError, step

from conversations.groups.in_group import GROUP_LANGUAGE
from scorecard.ballot import Compared
from scorecard.role import Role
from scorecard.session import PHNOM_PENH

if TYPE_CHECKING:
    from transcripts.playing import Player

_TIMES = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}
_FIRST_OF_CROWDS = 5001
TOO_OLD = 0
"""The number of a message that nobody can rewrite."""


# What was there before


@step(r"(\w+) is an? (facilitator|coordinator|administrator) of (?!the group)(.+?)(?: for (\w+))?")
async def has_role(player: "Player", line: str, name: str, role: str, communes: str, partner: str | None) -> None:
    person = player.person(name)
    player.town.checks.typed |= {name, *((partner,) if partner else ())}
    await player.town.give_role(person, communes.split(" and "), Role(role), partner, name)
    player.transcript.remark(line)


@step(r"(\w+) is no longer a facilitator")
async def is_no_facilitator(player: "Player", line: str, name: str) -> None:
    await player.town.revoke(player.person(name))
    player.transcript.remark(f"\n{line}")


@step(r"\w+ is invited to (.+?)(?: as (coordinator|administrator))?")
async def is_invited(player: "Player", line: str, communes: str, role: str | None) -> None:
    player.invitation = await player.town.invite(communes.split(" and "), Role(role or Role.FACILITATOR))
    player.transcript.remark(line)


@step(r"(\w+) has opened a session in ([\w ]+): (.+)")
async def has_opened(player: "Player", line: str, name: str, place: str, points: str) -> None:
    await player.town.open_session(player.person(name), place, points.split(", "))
    player.transcript.remark(line)


@step(r"In (\w+) there is (.+)")
async def there_is(player: "Player", line: str, commune: str, points: str) -> None:
    for name in points.split(", "):
        await player.town.add_point(commune, name)
    player.transcript.remark(line)


@step(r"The group (\S+) belongs to (\w+)")
async def belongs(player: "Player", line: str, title: str, commune: str) -> None:
    await player.town.link_group(player.group(title), commune)
    player.transcript.remark(line)


# Many people at once


@step(r"(\d+) ((?:young )?(?:women|men)|people) score ([0-5 ]+?)(?:, wish (\d))?(?:, (better|same|worse))?")
async def crowd(player: "Player", line: str, number: str, who: str, scores: str, *more: str | None) -> None:
    first = _FIRST_OF_CROWDS + player.in_crowds
    player.in_crowds += int(number)
    voters = [(first + place, 1) for place in range(int(number))]
    wish, compared = more
    what = wish and int(wish), GROUPS[who], compared and Compared(compared)
    await player.town.crowd(voters, [int(score) for score in scores.split()], *what)
    await player.saw(line, quiet=True)


@step(r"(\d+) people have scored on (\w+)’s phone")
async def seats(player: "Player", line: str, number: str, name: str) -> None:
    voters = [(player.person(name), seat) for seat in range(1, int(number) + 1)]
    await player.town.crowd(voters, [4] * 6, None, GROUPS["people"])
    player.transcript.remark(line)


# Groups


@step(r"(\w+) (adds the bot to|writes /link in) the group (\S+)")
async def links(player: "Player", line: str, name: str, does: str, title: str) -> None:
    town, person, chat = player.town, player.person(name), player.group(title)
    await (town.add_bot(person, player.chat(title)) if "adds" in does else _writes(player, name, "/link", title))
    await town.deliver()
    _find_link(player, chat)
    await player.saw(line, chat)


@step(r"(\w+) confirms (link_here|ask_to_link|hand_over|unlink) in the group (\S+)")
async def confirms_in_a_group(player: "Player", _: str, name: str, entry: str, title: str) -> None:
    """The button on the newest message there."""
    chat, chats = player.group(title), player.town.chats
    number = chats.newest(chat)
    buttons = [button for row in chats.message(chat, number).rows for button in row]
    found = [button for button in buttons if button.get("callback_data", "").split(":")[1:2] == [entry]]
    if len(found) != 1:
        raise StepError(f"not one button {entry} on message {number}, but {buttons}")
    await player.town.tap(player.person(name), found[0]["callback_data"], number, player.chat(title))
    _find_link(player, chat)
    await player.saw(f"{name} taps [{found[0]['text']}]", chat)


@step(r"(\w+) is an administrator of the group (\S+)")
async def administers(player: "Player", line: str, name: str, title: str) -> None:
    player.town.chats.administrators[player.group(title)].add(player.person(name))
    player.transcript.remark(line)


@step(r"The group (\S+) can(’t)? be reached(?: again)?")
async def reach(player: "Player", line: str, title: str, never: str | None) -> None:
    chat, unreached = player.group(title), player.town.chats.out_of_reach
    (unreached.add if never else unreached.discard)(chat)
    await player.saw(line, quiet=True)


@step(r"In the group (\S+) the bot may pin nothing")
async def pin_nothing(player: "Player", line: str, title: str) -> None:
    player.town.chats.unpinned.add(player.group(title))
    player.transcript.remark(line)


@step(r"(\w+) writes (/summary|/language|/unlink|@samleng_bot) in the group (\S+)")
async def writes_in_a_group(player: "Player", line: str, name: str, text: str, title: str) -> None:
    await _writes(player, name, text, title)
    await player.saw(line, player.group(title))


@step(r"(\w+) chooses (km|en|both) in the group (\S+)")
async def chooses_language(player: "Player", line: str, name: str, language: str, title: str) -> None:
    """On a message that is too old to be rewritten: what is said comes as a new one."""
    data = f"e:{GROUP_LANGUAGE}:{language}"
    await player.town.tap(player.person(name), data, TOO_OLD, player.chat(title))
    await player.saw(line, player.group(title))


async def _writes(player: "Player", name: str, text: str, title: str) -> None:
    await player.town.write(player.person(name), player.chat(title), text=text)


def _find_link(player: "Player", chat: int) -> None:
    """What leads from a group's newest message to the private chat."""
    chats = player.town.chats
    rows = chats.message(chat, newest).rows if (newest := chats.newest(chat)) else []
    for button in (button for row in rows for button in row):
        if payload := re.search(r"g-[\w-]{22}", button.get("url", "")):
            player.group_link = payload[0]


# Time


@step(r"(\d+) (minute|hour|day)s? later")
async def later(player: "Player", line: str, number: str, unit: str) -> None:
    town = player.town
    town.now += int(number) * _TIMES[unit]
    await town.forget()
    await player.saw(f"{line} ({town.now.astimezone(PHNOM_PENH):%A, %H:%M})", quiet=True)


@step(r"At (\d\d):(\d\d)")
async def at(player: "Player", line: str, hour: str, minute: str) -> None:
    local = player.town.now.astimezone(PHNOM_PENH).replace(hour=int(hour), minute=int(minute))
    player.town.now = local.astimezone(player.town.now.tzinfo)
    await player.saw(line, quiet=True)


@step(r"The courier (sleeps|wakes)")
async def courier(player: "Player", line: str, does: str) -> None:
    player.town.courier_sleeps = does == "sleeps"
    await player.town.forget()
    await player.saw(line, quiet=True)
