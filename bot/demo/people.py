"""What the demo's people do: by the signs on the buttons, as everybody's do, and by a few of our own commands."""

import asyncio
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bot.demo.opinions import likes
from sandbox.citizen import TEMPERAMENTS, Played, play
from sandbox.people import Group, NothingChangedError, People, Person
from sandbox.screens import Screen
from scorecard.card import SCALE, Service
from scorecard.place import kind_of

COMMUNE = "210601"
NAMES = {Service.HEALTH_CENTRE: "អង្កាញ់", Service.PRIMARY_SCHOOL: "អង្កាញ់"}
TAPS_AT_ONCE = 16
PATIENCE = 30.0
SPEAKS_ENGLISH_EVERY = 6
SHARES_EVERY = 5
PRACTICE_SIGN = "🎓"


@dataclass(frozen=True)
class Citizens:
    """How many people score, their chance, and how long they think at most before a tap, in seconds."""

    count: int
    random: Random
    think: float


@dataclass
class Scoring:
    """What all citizens did."""

    played: list[Played] = field(default_factory=list)
    languages_changed: int = 0
    phones_shared: int = 0

    @property
    def ballots(self) -> int:
        return sum(len(one.sent) for one in self.played)

    @property
    def errors(self) -> list[str]:
        return [one.error for one in self.played if one.error]

    def seen(self) -> dict[str, int]:
        """How many people did each of the things that people do."""
        temperaments = Counter(one.temperament for one in self.played)
        return {
            "finished": sum(one.finished for one in self.played),
            "went back": temperaments["goes back once"],
            "tapped everything twice": temperaments["taps twice"],
            "stopped half-way": temperaments["stops half-way"],
            "stopped and came back": temperaments["stops and returns"],
            "changed the language": self.languages_changed,
            "passed the phone on": self.phones_shared,
        }


async def new_cast(people: People, invitation: str) -> dict[str, Any]:
    """Who holds the three phones of a page: a facilitator who was invited, a citizen, and the commune's group."""
    facilitator = await people.add("ដារ៉ា", language_code="km")
    citizen = await people.add("សុភា", language_code="km")
    group = await people.group("ឃុំអង្កាញ់", [facilitator, citizen], kind="supergroup")
    ids = {"citizen": citizen.id, "facilitator": facilitator.id, "group": group.id}
    return {**ids, "invitation": invitation, "likes": likes(kind_of(COMMUNE))}


async def accept_invitation(people: People, link: str) -> Person:
    facilitator = await people.add("Sokha", language_code="km")
    await facilitator.open(link)
    await facilitator.changed(wait=PATIENCE)
    await facilitator.tap_through("✅")
    return facilitator


async def link_group(people: People, facilitator: Person) -> Group:
    """A group to which the facilitator adds the bot, with the right to pin, and which they link."""
    group = await people.group("ឃុំអង្កាញ់", [facilitator], kind="supergroup")
    await group.act("add_bot", by=facilitator.id)
    while not any(message.by_bot for message in (await facilitator.phone(chat=group.id)).messages):
        await facilitator.phone_changed(chat=group.id, wait=PATIENCE)
    await facilitator.tap_through("✅", chat=group.id)
    await group.act("promote", rights={"can_pin_messages": True})
    return group


async def practise(facilitator: Person) -> int:
    """Go through a whole practice, by the first button that leads on; how many screens said that it is one."""
    await facilitator.say("/practice")
    screen, marked = await facilitator.changed(), 0
    while (first := screen.text.split("\n", 1)[0]).startswith(PRACTICE_SIGN):
        marked += 1
        if len(screen.rows[0]) == len(SCALE):
            button = screen.rows[0][3]
        else:
            button = screen.find("✅") or screen.find("⏭") or screen.rows[0][0]
        if not any(other.text.startswith("✖") for other in screen.buttons):
            return marked
        screen = await facilitator.tap_through(button)
    raise NothingChangedError(f"the practice stopped at: {first}")


async def plan_session(facilitator: Person) -> None:
    """Plan a session of the whole commune with its office, health centre and school for the next day."""
    await facilitator.say("/open")
    screen = await facilitator.changed()
    await facilitator.tap_through(screen.rows[0][0])
    screen = await facilitator.tap_through("✅")
    await facilitator.tap_through(screen.rows[0][0])
    await facilitator.tap_through("⏭")
    screen = await facilitator.tap_through("🗓")
    screen = await facilitator.tap_through(screen.rows[0][1])
    screen = await facilitator.tap_through(screen.rows[0][2])
    await facilitator.tap_through(screen.rows[0][0])
    await facilitator.tap_through("⏭")
    await facilitator.tap_through("✅")


async def open_session(facilitator: Person) -> str:
    """Open the session that was planned before its time; the link for citizens."""
    await facilitator.tap_through("✅")
    for _ in range(10):
        texts = [message.text for message in (await facilitator.phone()).messages]
        if found := re.search(r"https://t\.me/\S+\?start=s-[\w-]+", "\n".join(reversed(texts))):
            return found[0]
        await facilitator.phone_changed()
    raise NothingChangedError("no link for citizens came")


async def score(people: People, link: str, citizens: Citizens, done: Callable[[], None]) -> Scoring:
    """Let everybody score; some go back, change the language, stop half-way, tap twice, share a phone."""
    scoring, liked = Scoring(), likes(kind_of(COMMUNE))
    at_once = asyncio.Semaphore(TAPS_AT_ONCE if not citizens.think else citizens.count)

    async def one(number: int, person: Person, random: Random) -> None:
        async with at_once:
            if number % SPEAKS_ENGLISH_EVERY == 0:
                await _change_language(person)
                scoring.languages_changed += 1
            temperament = TEMPERAMENTS[number % len(TEMPERAMENTS)]
            played = await play(person, link, random, temperament, wait=PATIENCE, think=citizens.think, likes=liked)
            scoring.played.append(played)
            if number % SHARES_EVERY == 0 and played.finished and await _pass_on(person):
                another = await play(person, None, random, wait=PATIENCE, think=citizens.think, likes=liked)
                scoring.played.append(another)
                scoring.phones_shared += 1
        done()

    phones = await people.add_many(citizens.count, language_code="km")
    randoms = [Random(citizens.random.random()) for _ in phones]
    await asyncio.gather(*(one(n, p, r) for n, (p, r) in enumerate(zip(phones, randoms, strict=True))))
    return scoring


async def close_session(facilitator: Person, group: Group) -> Screen:
    """Close now and post now; what the group received."""
    await facilitator.say("/close")
    screen = await facilitator.changed()
    await facilitator.tap_through(screen.rows[1][0])
    await facilitator.tap_through("✅")
    while not (await facilitator.screen()).find("✅"):
        await facilitator.phone_changed(wait=PATIENCE)
    await facilitator.tap_through("✅")
    while True:
        messages = (await facilitator.phone(chat=group.id)).messages
        digest = next((m for m in messages if any("?start=s-" in (b.url or "") for b in m.buttons)), None)
        if digest is not None and digest.pinned:
            return digest
        try:
            await facilitator.phone_changed(chat=group.id)
        except NothingChangedError:
            if digest is None:
                raise
            return digest


async def _change_language(person: Person) -> None:
    await person.say("/language")
    screen = await person.changed(wait=PATIENCE)
    await person.tap_through(screen.find("English") or screen.rows[-1][0])


async def _pass_on(person: Person) -> bool:
    """Tap the button that lets another person score on this phone."""
    screen = await person.screen()
    another = next((b for b in screen.buttons if (b.data or "").startswith("e:another:")), None)
    if another is None:
        return False
    await person.tap_through(another)
    return True
