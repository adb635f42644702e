"""The kinds of prompt. Each says what it accepts and how a refusal is told; how it looks is the business of drawing."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from conversations.refusals import (
    CHOOSE_ONE,
    NAME_DOES_NOT_FIT,
    NAME_TAKEN,
    NUMBER_DOES_NOT_FIT,
    TOO_MANY,
    USE_BUTTONS,
    Why,
)
from scorecard.card import Service
from scorecard.place import MAX_POINT_NAME
from scorecard.spelling import same_point

Value = str | tuple[str, ...]
"""An answer as it is stored: a score or code, several codes, or a typed line."""

SKIP = "skip"
DONT_KNOW = "dk"
DONE = "ok"
YES = "yes"
NO = "no"

LANGUAGE = "@"
"""What begins the value of a button that chooses a language, the one it names."""

ASIDE = "!"
"""What begins the value of a button that lays something over the dialogue, what it names."""

_JOINERS = dict.fromkeys(map(ord, "\u200b\u200c\u200d"))


class Prompt(ABC):
    """Marks what a dialogue can ask: each is drawn in one way, which its room says. `key` names its answer."""

    __slots__ = ()
    key: str

    @abstractmethod
    def fits(self, value: Value) -> bool:
        """Whether this is an answer."""

    def why_not(self, value: Value) -> Why:  # noqa: ARG002 - most refuse everything alike
        """What somebody is told whose answer does not fit."""
        return USE_BUTTONS


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf(Prompt):
    """Asks for one of some codes."""

    key: str
    options: tuple[str, ...]

    def fits(self, value: Value) -> bool:
        return value in self.options


@dataclass(frozen=True, slots=True, kw_only=True)
class SomeOf(Prompt):
    """Asks for some of some codes, at least one of them as a rule: each tap turns one on or off, DONE settles it.

    preset: those turned on from the start; at_once: codes that settle it too and are added to what is on;
    least, most: how many must, and can, be on.
    """

    key: str
    options: tuple[str, ...]
    preset: tuple[str, ...] = ()
    at_once: tuple[str, ...] = ()
    least: int = 1
    most: int = 100

    def fits(self, value: Value) -> bool:
        if isinstance(value, str) or len(set(value)) != len(value):
            return False
        chosen = value[:-1] if value and value[-1] in self.at_once else value
        enough = chosen != value or len(value) >= self.least
        return enough and len(chosen) <= self.most and set(chosen) <= set(self.options)

    def why_not(self, value: Value) -> Why:
        return TOO_MANY if len(set(value) & set(self.options)) > self.most else CHOOSE_ONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Prompt):
    """Asks for a typed line; `otherwise`: what somebody is told whose line does not fit."""

    key: str
    longest: int
    otherwise: Why

    def fits(self, value: Value) -> bool:
        """Whether this can be said in public: no signs that hide or turn text but those between Khmer words."""
        return isinstance(value, str) and 0 < len(value) <= self.longest and value.translate(_JOINERS).isprintable()

    def why_not(self, value: Value) -> Why:  # noqa: ARG002
        return self.otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Line):
    """Asks for a typed whole number up to `most`, in the digits of any language; `skippable`: or for none."""

    most: int
    skippable: bool = False
    longest: int = 9
    otherwise: Why = NUMBER_DOES_NOT_FIT

    def fits(self, value: Value) -> bool:
        if value == SKIP:
            return self.skippable
        return Line.fits(self, value) and str(value).isdecimal() and int(str(value)) <= self.most


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(Line):
    """Asks for the name of a service point; `taken`: the names of others, with which people would mix it up, whether
    they say the kind of service or not.
    """

    service: Service
    taken: tuple[str, ...] = ()
    longest: int = MAX_POINT_NAME
    otherwise: Why = NAME_DOES_NOT_FIT

    def fits(self, value: Value) -> bool:
        return Line.fits(self, value) and same_point(self.service, str(value)) not in {
            same_point(self.service, other) for other in self.taken
        }

    def why_not(self, value: Value) -> Why:
        return NAME_TAKEN if Line.fits(self, value) else self.otherwise
