"""Making tea for those who come to a scoring."""

from dataclasses import dataclass

from conversations.commands import Command, GoOnWith
from conversations.engine import Flow
from conversations.entries import Entry, EntryName
from conversations.notices import Notice, View
from conversations.prompts import Line, OneOf, SomeOf
from conversations.refusals import Why
from scorecard.session import Session

TEA = EntryName("tea")
MAKE_TEA = EntryName("make_tea")
NO_SCORING = Why("no scoring to make tea for")
WORD_TOO_LONG = Why("kind word too long")
MOST_SIGNS = 40


@dataclass(frozen=True, slots=True)
class TeaFacts:
    """For `make_tea`: the session that people come to."""

    session: Session


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichTea(OneOf):
    """Which tea it shall be."""

    session: Session
    key: str = "leaf"
    options: tuple[str, ...] = ("green", "black")


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatBeside(SomeOf):
    """What goes with the tea."""

    key: str = "beside"
    options: tuple[str, ...] = ("cakes", "fruit")


@dataclass(frozen=True, slots=True, kw_only=True)
class KindWord(Line):
    """A kind word to those who come."""

    key: str = "word"
    longest: int = MOST_SIGNS
    otherwise: Why = WORD_TOO_LONG


@dataclass(frozen=True, slots=True)
class MakeTea(Command):
    """Make a pot of tea, and let the commune's groups know."""

    session: int
    leaf: str
    beside: tuple[str, ...]
    word: str


def make_tea(facts: TeaFacts) -> Flow:
    """A facilitator makes tea for those who come to a scoring."""
    leaf = yield WhichTea(session=facts.session)
    beside = yield WhatBeside()
    word = yield KindWord()
    return MakeTea(facts.session.id, str(leaf), tuple(beside), str(word))


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe(OneOf):
    """How tea is made; the way out is back."""

    key: str = "recipe"
    options: tuple[str, ...] = ()


def recipe(_: None) -> Flow:
    """A person reads how tea is made, in the middle of something."""
    yield Recipe()
    return GoOnWith()


@dataclass(frozen=True, slots=True)
class TeaIsReady(View):
    """For the facilitator who made it. `turn`: of the pot, so that one button pours one cup."""

    session: int
    leaf: str
    beside: tuple[str, ...]
    cups: int
    turn: int

    @property
    def entry(self) -> Entry:
        return TEA(self.session)


@dataclass(frozen=True, slots=True)
class ComeForTea(Notice):
    """For the commune's groups."""

    leaf: str
    beside: tuple[str, ...]
    word: str
