"""A facilitator notes how many people were present."""

from dataclasses import dataclass

from conversations.commands import Command
from conversations.engine import Flow
from conversations.entries import Entry, EntryName
from conversations.notices import View
from conversations.prompts import SKIP, Number
from scorecard.attendance import MOST_PRESENT, Attendance
from scorecard.session import Session

PRESENT = EntryName("present")
COUNT_AGAIN = EntryName("count_again")
GROUPS = ("women", "youth", "minority", "id_poor", "disability")


@dataclass(frozen=True, slots=True)
class CountFacts:
    """For `count_people`: of which session."""

    session: Session


@dataclass(frozen=True, slots=True, kw_only=True)
class HowMany(Number):
    """How many people were there."""

    session: Session
    key: str = "total"
    most: int = MOST_PRESENT


@dataclass(frozen=True, slots=True, kw_only=True)
class HowManyOf(Number):
    """How many of a group were there: not more than there were people."""

    group: str
    skippable: bool = True


@dataclass(frozen=True, slots=True)
class CountPeople(Command):
    """Keep how many were present, in the place of what was noted before."""

    session: int
    present: Attendance


@dataclass(frozen=True, slots=True)
class Present(View):
    """How many were present, for their facilitator: exactly as it was typed.

    people: how many scored the service that most scored, None where the door does not tell it.
    """

    session: Session
    present: Attendance
    people: int | None

    @property
    def entry(self) -> Entry:
        return PRESENT(self.session.id)


def count_people(facts: CountFacts) -> Flow:
    """How many were there, and of each group: what was not counted is left out."""
    total = int(str((yield HowMany(session=facts.session))))
    counted: dict[str, int | None] = {}
    for group in GROUPS:
        number = yield HowManyOf(key=group, group=group, most=total)
        counted[group] = None if number == SKIP else int(str(number))
    return CountPeople(facts.session.id, Attendance(total, **counted))
