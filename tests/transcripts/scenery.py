"""Steps about what was there before, what happens in groups, and how time goes by."""

from datetime import timedelta
from typing import TYPE_CHECKING

from transcripts.crowd import GROUPS
from transcripts.steps import step

from conversations.notices import AskPrivately, ChooseCommune, GroupLanguage
from scorecard.session import PHNOM_PENH
from storage.groups import ask_language, choose_language, summary
from storage.link_group import ask_to_link

if TYPE_CHECKING:
    from transcripts.playing import Player

_TIMES = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}
_FIRST_OF_CROWDS = 5001


# What was there before


@step(r"(\w+) is a facilitator of (.+)")
async def is_facilitator(player: "Player", line: str, name: str, communes: str) -> None:
    await player.town.make_facilitator(player.person(name), communes.split(" and "))
    player.transcript.remark(line)


@step(r"(\w+) is no longer a facilitator")
async def is_no_facilitator(player: "Player", line: str, name: str) -> None:
    await player.town.revoke(player.person(name))
    player.transcript.remark(f"\n{line}")


@step(r"\w+ is invited to (.+)")
async def is_invited(player: "Player", line: str, communes: str) -> None:
    player.invitation = await player.town.invite(communes.split(" and "))
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


@step(r"(\d+) ((?:young )?(?:women|men)|people) score ([0-5 ]+?)(?:, wish (\d))?")
async def crowd(player: "Player", line: str, number: str, who: str, scores: str, wish: str | None) -> None:
    first = _FIRST_OF_CROWDS + player.in_crowds
    player.in_crowds += int(number)
    voters = [(first + place, 1) for place in range(int(number))]
    await player.town.crowd(voters, [int(score) for score in scores.split()], wish and int(wish), GROUPS[who])
    await player.saw(line, quiet=True)


@step(r"(\d+) people have scored on (\w+)’s phone")
async def seats(player: "Player", line: str, number: str, name: str) -> None:
    voters = [(player.person(name), seat) for seat in range(1, int(number) + 1)]
    await player.town.crowd(voters, [4] * 6, None, GROUPS["people"])
    player.transcript.remark(line)


# Groups


@step(r"(\w+) (?:adds the bot to|writes /link in) the group (\S+)")
async def links(player: "Player", line: str, name: str, title: str) -> None:
    chat = player.group(title)
    notice = await player.town.run(ask_to_link, player.town.group_update(chat), player.person(name), title)
    if isinstance(notice, ChooseCommune):
        player.group_link = notice.payload
    await player.town.tell(chat, notice)
    await player.saw(line, chat)


@step(r"The group (\S+) can(’t)? be reached(?: again)?")
async def reach(player: "Player", line: str, title: str, never: str | None) -> None:
    chat, unreached = player.group(title), player.town.out_of_reach
    (unreached.add if never else unreached.discard)(chat)
    await player.saw(line, quiet=True)


@step(r"\w+ writes /summary in the group (\S+)")
async def asks_for_summary(player: "Player", line: str, title: str) -> None:
    chat = player.group(title)
    notice = await player.town.run(summary, player.town.group_update(chat))
    if notice is not None:
        await player.town.tell(chat, notice)
    await player.saw(line, chat)


@step(r"(\w+) writes /language in the group (\S+)")
async def asks_for_language(player: "Player", line: str, name: str, title: str) -> None:
    chat = player.group(title)
    asked = player.town.group_update(chat)
    await player.town.tell(chat, await player.town.run(ask_language, asked, player.person(name)))
    await player.saw(line, chat)


@step(r"(\w+) chooses (km|en|both) in the group (\S+)")
async def chooses_language(player: "Player", line: str, name: str, language: str, title: str) -> None:
    chat = player.group(title)
    bot = player.town.group_update(chat).bot
    chosen = await player.town.run(choose_language, bot, chat, player.person(name), language)
    if isinstance(chosen, GroupLanguage):
        await player.town.tell(chat, chosen)
    await player.saw(line, chat)


@step(r"\w+ writes @samleng_bot in the group (\S+)")
async def addresses(player: "Player", line: str, title: str) -> None:
    await player.town.tell(player.group(title), AskPrivately())
    await player.saw(line, player.group(title))


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
