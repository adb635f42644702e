"""What changed since an earlier round: worked out from what was released in both, and from nothing else."""

from dataclasses import dataclass
from enum import StrEnum

from scorecard.disclosure import Figure, stands_for


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"
    SAME = "same"


class By(StrEnum):
    """What tells the direction: the median; or the share of satisfied people, where the medians are the same."""

    MEDIAN = "median"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Change:
    """How a released figure differs from an earlier one; `same` where nothing that was released tells them apart."""

    direction: Direction
    by: By
    before: Figure


def change(now: Figure, before: Figure | None) -> Change | None:
    """The change of a criterion in a group; None where nothing was released of it before.

    Shares differ if what they stand for has nothing but a border in common: "few" of three words, which may be almost
    none, is no more than "almost none".
    """
    if before is None:
        return None
    if now.median is not None and before.median is not None and now.median != before.median:
        return Change(Direction.UP if now.median > before.median else Direction.DOWN, By.MEDIAN, before)
    low, high = stands_for(now.satisfied, now.words)
    low_before, high_before = stands_for(before.satisfied, before.words)
    if low >= high_before:
        return Change(Direction.UP, By.SHARE, before)
    if high <= low_before:
        return Change(Direction.DOWN, By.SHARE, before)
    return Change(Direction.SAME, By.MEDIAN, before)
