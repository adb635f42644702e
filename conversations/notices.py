"""Notices: what is told without asking."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from conversations.entries import REFUSED, Entry
from conversations.refusals import Why


class Notice:
    """Marks what can be told: each is drawn in one way, which its room says.

    awaited: somebody in a group waits for it, so that it is said as often as it is asked for.
    """

    __slots__ = ()
    awaited: ClassVar[bool] = False


class View(Notice, ABC):
    """A notice that can stand on a person's screen; `entry` brings it again, say in another language."""

    __slots__ = ()

    @property
    @abstractmethod
    def entry(self) -> Entry:
        """Where the same is seen."""


@dataclass(frozen=True, slots=True)
class Refusal(View):
    """Something can't be done: why, and what to do."""

    why: Why

    @property
    def entry(self) -> Entry:
        return REFUSED(self.why.replace(" ", "_"))
