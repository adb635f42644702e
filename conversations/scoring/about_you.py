"""What citizens say of themselves, if they like."""

from dataclasses import dataclass

from conversations.commands import Command
from conversations.engine import Flow
from conversations.prompts import SKIP, OneOf
from conversations.scoring.paused import wait_while_paused
from scorecard.ballot import Age, Gender, Groups
from scorecard.session import Session


@dataclass(frozen=True, slots=True)
class AboutYouFacts:
    session: Session
    seat: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskGender(OneOf):
    key: str = "gender"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAge(OneOf):
    key: str = "age"


@dataclass(frozen=True, slots=True)
class NoteGroups(Command):
    """Add what the voter said about themselves to their ballots."""

    session: int
    seat: int
    groups: Groups


def about_you(facts: AboutYouFacts) -> Flow:
    """A citizen who has sent all scores says, if they like, which groups they belong to."""
    yield from wait_while_paused(facts.session)
    gender = yield AskGender(options=(*Gender, SKIP))
    age = yield AskAge(options=(*Age, SKIP))
    return NoteGroups(
        session=facts.session.id,
        seat=facts.seat,
        groups=Groups(
            gender=None if gender == SKIP else Gender(str(gender)),
            age=None if age == SKIP else Age(str(age)),
        ),
    )
