"""What changed since an earlier round: said of what was released in both, and of nothing else."""

from dataclasses import dataclass
from enum import StrEnum

from scorecard.disclosure import Figure, Share, ShareWord


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

    A word and a number for the share can't be compared: about half of twelve people may be more or less than 50 %.
    """
    if before is None:
        return None
    if now.median != before.median:
        return Change(_direction(now.median, before.median), By.MEDIAN, before)
    if now.satisfied == before.satisfied or isinstance(now.satisfied, int) != isinstance(before.satisfied, int):
        return Change(Direction.SAME, By.MEDIAN, before)
    return Change(_direction(_rank(now.satisfied), _rank(before.satisfied)), By.SHARE, before)


def _direction(now: float, before: float) -> Direction:
    return Direction.UP if now > before else Direction.DOWN


def _rank(share: Share) -> int:
    return share if isinstance(share, int) else list(ShareWord).index(share)
