"""Simulated citizens: people who know nothing of a bot but the signs that its buttons begin with.

✅ goes on or sends, ⬅ goes back, ✖ leaves, ⏭ skips, ☐ and ☑ are toggles, and five buttons in a row that end in the
figures 1 to 5 are scores. Any other button is one of several answers. What asks something can be gone on with, left or
taken back: a screen with neither ✅ nor ⬅ nor ✖ asks nothing.
"""

import asyncio
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from types import MappingProxyType
from typing import Any

from sandbox.people import ControlRefusedError, NothingChangedError, Person
from sandbox.screens import Button, Screen

GO_ON, BACK, LEAVE, SKIP, TOGGLES = "✅", "⬅", "✖", "⏭", ("☐", "☑")

BESIDE = "▲=▼"
"""What the answers begin with that say better, the same, worse."""

SCORES = (1, 2, 3, 4, 5)
SIDES = (True, False)
NO_LIKES: Mapping[str, float] = MappingProxyType({})
STEPS = 200
"""Taps after which a citizen gives up: the bot goes round in circles."""

GRACE = 1.0
"""Seconds for which somebody who opened a link looks at a screen without buttons: an old one may be wiped first."""

DO_NOT_KNOW, RATHER_NOT_SAY = 0.1, 0.15
"""How many skip a score, and how many skip another question."""

UNALIKE = 0.8
"""How far people's scores lie apart (a standard deviation) where all are asked the same."""

CONSISTENT = 0.75
"""How many choose, of as many answers as they gave scores, the one that they scored lowest; the others any."""

FIRST_OF_TWO = 0.55
LEANING = 0.35
"""How much lower those score what is liked little who answer the first of two about themselves."""


@dataclass(frozen=True)
class Temperament:
    """How somebody goes about it. `stops`: leaves the phone half-way; `returns`: and opens the link again."""

    name: str
    goes_back: bool = False
    taps_twice: bool = False
    stops: bool = False
    returns: bool = False


PLAIN = Temperament("plain")
TEMPERAMENTS = (
    PLAIN,
    Temperament("goes back once", goes_back=True),
    Temperament("taps twice", taps_twice=True),
    Temperament("stops half-way", stops=True),
    Temperament("stops and returns", stops=True, returns=True),
)


@dataclass(frozen=True)
class Played:
    """What somebody did, as far as it shows on the screen.

    `sent` has one object for each service sent: {"answers": [{"question": [lines], "score": 1–5, or None for a
    skip}], "choices": [{"question": [lines], "choice": the button's text}]}, each in the order in which they were
    given, what was taken back left out. `error`: what went wrong, if anything did. `finished`: till nothing more
    was asked.
    """

    person: int
    temperament: str
    sent: list[dict[str, Any]]
    taps: int
    finished: bool
    error: str | None = None


async def play(
    person: Person,
    link: str | None,
    rng: Random,
    temperament: Temperament = PLAIN,
    *,
    wait: float = 10,
    think: float = 0,
    likes: Mapping[str, float] = NO_LIKES,
) -> Played:
    """Open a link and answer whatever the bot asks; what came of it. Without a link, go on from the screen as it is.

    likes: how much people like what a question asks, 1 to 5, by a line of it; of others each thinks by chance.
    wait: seconds until a tap must show; think: the most seconds that somebody looks at a screen before a tap.
    """
    game = _Game(person, link, rng, temperament, wait, think, likes)
    error = None
    try:
        finished = await game.run()
    except (NothingChangedError, ControlRefusedError) as problem:
        finished, error = False, f"{problem} (screen: {game.screen.text if game.screen else 'none'!r})"
    return Played(person.id, temperament.name, game.sent, game.taps, finished, error)


@dataclass
class _Game:
    person: Person
    link: str | None
    rng: Random
    temperament: Temperament
    wait: float
    think: float
    likes: Mapping[str, float]
    screen: Screen | None = None
    taps: int = 0
    sent: list[dict[str, Any]] = field(default_factory=list)
    given: list[dict[str, Any]] = field(default_factory=list)
    """The answers under way: those with a score or a skipped score, and those with a choice."""
    to_toggle: dict[str, int] = field(default_factory=dict)
    may_go_back: bool = False
    stops_at: int | None = None
    asked_to_go_on: bool = False
    leans: float = 0

    about: list[bool] = field(default_factory=list)
    """What they will say of themselves, where two answers stand in a row: whether the first."""

    async def run(self) -> bool:
        self.about = [self.rng.random() < FIRST_OF_TWO for _ in range(2)]
        self.leans = -LEANING if self.about[0] else LEANING / 2
        self.may_go_back = self.temperament.goes_back
        self.stops_at = self.rng.randint(2, 6) if self.temperament.stops else None
        screen = await self._open()
        for _ in range(STEPS):
            self.screen = screen
            button = self._choose(screen)
            if button is None:
                return True
            if self.stops_at is not None and self.taps >= self.stops_at:
                self.stops_at = None
                if not self.temperament.returns:
                    return False
                screen = await self._come_back(screen)
                continue
            screen = await self._tap(screen, button)
        raise NothingChangedError(f"no end after {STEPS} taps")

    async def _open(self) -> Screen:
        """Open the link; the first screen with buttons, if one comes."""
        if self.link is None:
            return await self.person.screen()
        await self.person.open(self.link)
        screen = await self.person.changed(wait=self.wait)
        with suppress(NothingChangedError):
            while not screen.buttons:
                screen = await self.person.changed(wait=GRACE)
        return screen

    def _choose(self, screen: Screen) -> Button | None:
        """The button to tap next; None where nothing is asked."""
        if not any(screen.find(sign) for sign in (GO_ON, BACK, LEAVE)):
            return None
        if scores := _score_row(screen):
            return self._score(screen, scores)
        if (button := self._toggle(screen) or screen.find(GO_ON)) is not None:
            return button
        plain, skip = _plain(screen), screen.find(SKIP)
        if plain and (skip is None or self.rng.random() > RATHER_NOT_SAY):
            return self._answer(screen, plain)
        return skip

    def _answer(self, screen: Screen, plain: list[Button]) -> Button:
        """One of several answers, in keeping with the scores given and with oneself."""
        scores = [answer["score"] or SCORES[2] for answer in self.given if "score" in answer]
        if scores and [button.text[:1] for button in plain] == [*BESIDE]:
            mean = sum(scores) / len(scores)
            return self.rng.choices(plain, weights=(max(mean - 1, 0), 2, max(4 - mean, 0)))[0]
        if len(scores) - len(plain) in {0, 1} and self.rng.random() < CONSISTENT:
            return plain[scores.index(min(scores[: len(plain)]))]
        if not scores and self.about and len(screen.rows[0]) == len(SIDES) and set(screen.rows[0]) <= set(plain):
            return screen.rows[0][not self.about.pop(0)]
        return self.rng.choice(plain)

    def _score(self, screen: Screen, scores: list[Button]) -> Button:
        back, skip = screen.find(BACK), screen.find(SKIP)
        if self.may_go_back and back is not None and self.given and "score" in self.given[-1]:
            return back
        if skip is not None and self.rng.random() < DO_NOT_KNOW:
            return skip
        liked = next((self.likes[line] for line in screen.text.splitlines() if line in self.likes), None)
        if liked is None:
            return self.rng.choices(scores, weights=(1, 2, 3, 4, 3))[0]
        mean = liked + (self.leans if liked < SCORES[2] else 0)
        return scores[min(max(round(self.rng.gauss(mean, UNALIKE)), SCORES[0]), SCORES[-1]) - 1]

    def _toggle(self, screen: Screen) -> Button | None:
        """A toggle, until as many were tapped as this person wants to, or as are needed to go on."""
        toggles = [button for button in screen.buttons if button.text.startswith(TOGGLES)]
        if not toggles:
            return None
        left = self.to_toggle.setdefault(_labels(toggles), self.rng.randint(0, 2))
        if left <= 0 and screen.find(GO_ON) is not None and any(b.text.startswith("☑") for b in toggles):
            return None
        self.to_toggle[_labels(toggles)] = left - 1
        empty = [button for button in toggles if button.text.startswith("☐")]
        return self.rng.choice(empty or toggles) if left > 0 or empty else None

    async def _tap(self, screen: Screen, button: Button) -> Screen:
        self.taps += 1
        self._note(screen, button)
        if self.think:
            await asyncio.sleep(self.rng.uniform(0, self.think))
        through = self.person.tap_through(button, message=screen.id, wait=self.wait)
        if self.temperament.taps_twice:
            again = self.person.tap(button, message=screen.id, stale=True)
            after, _ = await asyncio.gather(through, again)
            return after
        return await through

    def _note(self, screen: Screen, button: Button) -> None:
        """Remember what this tap answers."""
        scores = _score_row(screen)
        if button.text.startswith(BACK):
            self.may_go_back = False
            if self.given:
                self.given.pop()
        elif scores:
            score = SCORES[scores.index(button)] if button in scores else None
            self.given.append({"question": screen.text.splitlines(), "score": score})
        elif not button.text.startswith((GO_ON, *TOGGLES)):
            self.given.append({"question": screen.text.splitlines(), "choice": button.text})
        elif button.text.startswith(GO_ON) and self.asked_to_go_on:
            self.asked_to_go_on = False
        elif button.text.startswith(GO_ON):
            if any(t.text.startswith(TOGGLES) for t in screen.buttons):
                self.given.append({"question": screen.text.splitlines(), "choice": button.text})
            elif answers := [answer for answer in self.given if "score" in answer]:
                choices = [answer for answer in self.given if "choice" in answer]
                self.sent.append({"answers": answers, "choices": choices})
                self.given.clear()

    async def _come_back(self, left: Screen) -> Screen:
        """Open the link again. Another screen than the one that was left asks whether to go on."""
        screen = await self._open()
        self.asked_to_go_on = _looks(screen) != _looks(left) and screen.find(GO_ON) is not None
        return screen


def _score_row(screen: Screen) -> list[Button]:
    """The five scores, 1 to 5; none if this screen asks for something else."""
    for row in screen.rows:
        if tuple(unicodedata.digit(button.text[-1:] or " ", 0) for button in row) == SCORES:
            return list(row)
    return []


def _plain(screen: Screen) -> list[Button]:
    signs = (GO_ON, BACK, LEAVE, SKIP, *TOGGLES)
    return [button for button in screen.buttons if button.data and not button.text.startswith(signs)]


def _labels(toggles: list[Button]) -> str:
    return "\n".join(button.text[1:] for button in toggles)


def _looks(screen: Screen) -> tuple[str, list[str]]:
    return screen.text, [button.text for button in screen.buttons]
