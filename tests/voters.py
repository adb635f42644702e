"""People whose answers a seed decides, who tap again when nothing happens, and know what they saw to be sent."""

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from insisting import insist
from waiting import LOOK_AGAIN

from conversations.prompts import DONT_KNOW, SKIP
from sandbox.people import NothingChangedError, Person
from sandbox.screens import Button, Screen
from scorecard.ballot import Age, Ballot, Compared, Gender, Groups
from scorecard.card import OVERALL, SCALE

LOOKS = 40
"""Looks at a phone that shows nothing, before the link is opened again."""


@dataclass
class Voter:
    """Somebody who scores one service, and puts the phone away once it shows that the scores are sent.

    ballots: what to send, one in the place of the other; says_more: whether they answer what is asked after the first,
    and only then can there be a second; sent: what they saw to be sent.
    """

    person: Person
    ballots: Sequence[Ballot]
    says_more: bool
    sent: Ballot | None = None
    _number: int = 0
    _sending: bool = False
    _done: bool = False

    @property
    def taps(self) -> int:
        """How many different buttons they tap where nothing goes wrong."""
        first, *others = (len(ballot.scores) for ballot in self.ballots)
        return first + 4 + 2 * self.says_more + sum(criteria + 5 for criteria in others)

    async def score(self, link: str, tapped: Callable[[str], None]) -> None:
        """Do all that; `tapped` hears of each button before it is tapped."""
        await self.person.open(link)
        looks = 0
        while not self._done:
            try:
                button = self._next(await self.person.screen())
            except NothingChangedError:
                button = None
            if button is not None:
                tapped(f"{self.person.id} {button.data}")
                await insist(self.person, button)
            elif not self._done:
                await asyncio.sleep(LOOK_AGAIN)
                looks += 1
                if looks % LOOKS == 0:
                    await self.person.open(link)

    def _next(self, screen: Screen) -> Button | None:
        """What to tap, by what the buttons carry; nothing once all is sent, or where the screen asks for nothing."""
        ballot = self.ballots[self._number]
        carried = {str(button.data).rpartition(":")[2]: button for button in screen.buttons}
        correct = next((button for button in screen.buttons if str(button.data).startswith("e:correct:")), None)
        if correct is not None:
            if self._number == 0 or self._sending:
                self.sent, self._sending = ballot, False
                self._number += 1
            self._done = self._number == len(self.ballots)
            return None if self._done else correct
        if Gender.WOMAN in carried:
            if self._sending:
                self.sent, self._sending = replace(ballot, groups=Groups()), False
            self._done = not self.says_more
            return carried[ballot.groups.gender or SKIP]
        if Age.YOUTH in carried:
            return carried[ballot.groups.age or SKIP]
        if Compared.BETTER in carried:
            return carried[ballot.compared or DONT_KNOW]
        if ballot.scores.keys() - {OVERALL} <= carried.keys():
            return carried[ballot.repair or SKIP]
        if DONT_KNOW in carried:
            number = re.search(r"(\d)/\d\n", screen.text)
            assert number is not None, screen
            score = list(ballot.scores.values())[int(number[1]) - 1]
            return carried[str(score) if score else DONT_KNOW]
        self._sending = self._sending or "!look" in carried
        return screen.find("✅") or next((button for value, button in carried.items() if value.isdecimal()), None)


def drawn(person: Person, criteria: Sequence[str], chance: Random) -> Voter:
    """Somebody as chance decides: half of them say who they are, and half of these correct what they sent."""
    ballots, says_more = 1, chance.random() < 1 / 2
    groups = Groups()
    if says_more:
        groups = Groups(chance.choice((*Gender, None)), chance.choice((*Age, None)))
        ballots = chance.choice((1, 2))
    return Voter(person, [_ballot(criteria, groups, chance) for _ in range(ballots)], says_more)


def _ballot(criteria: Sequence[str], groups: Groups, chance: Random) -> Ballot:
    scores = {key: chance.choice((0, *SCALE)) for key in criteria}
    wish = chance.choice((*(key for key in criteria if key != OVERALL), None))
    return Ballot(scores, wish, groups, compared=chance.choice((*Compared, None)))
