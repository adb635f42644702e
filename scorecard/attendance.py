"""Attendance: how many people were present, as the facilitator counted them. No ballots, and no scores."""

from dataclasses import dataclass

from scorecard.disclosure import MINIMUM

MOST_PRESENT = 2_000
"""More than ever came to a meeting: a number above is a slip of the finger."""

GUARDED = ("minority", "id_poor", "disability")
"""The groups of which fewer than MINIMUM are told to nobody but the facilitator who counted them (trust.md)."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many were there, and how many of them were of each group; None for a group that was not counted.

    The groups overlap: nothing follows from what is left of the total.
    """

    total: int
    women: int | None = None
    youth: int | None = None
    minority: int | None = None
    id_poor: int | None = None
    disability: int | None = None

    def of(self, group: str) -> int | None:
        """How many of a group were there; None where they were not counted."""
        counted = {
            "women": self.women,
            "youth": self.youth,
            "minority": self.minority,
            "id_poor": self.id_poor,
            "disability": self.disability,
        }
        return counted[group]

    def told(self, group: str) -> int | None:
        """How many of a group may be told to anybody; None where they were not counted, or are guarded and few."""
        return None if self.is_few(group) else self.of(group)

    def is_few(self, group: str) -> bool:
        """Whether a group was counted and is too small to be told: none looks like seven."""
        number = self.of(group)
        return group in GUARDED and number is not None and number < MINIMUM


def scored_of_ten(people: int, total: int) -> int:
    """How many in ten of those who were there scored, at most ten: a tenth is as exact as anybody counts a crowd."""
    return min(10, round(10 * people / total)) if total else 0
