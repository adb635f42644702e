"""Digests: what came out of a session, or of a commune's villages put together."""

from dataclasses import dataclass

from scorecard.attendance import Attendance
from scorecard.disclosure import Release, ShareWord
from scorecard.session import Session

OUTERMOST = (ShareWord.ALMOST_NONE, ShareWord.ALMOST_ALL)
"""These are said beside tens as well as beside words."""


@dataclass(frozen=True, slots=True)
class Before:
    """What was released of a service point in the same place, in the last round before."""

    round: str
    release: Release


@dataclass(frozen=True, slots=True)
class Digest:
    """What came out of one session, or of a commune's villages merged.

    villages: of how many, 0 where none were merged; each_of: the same for each release, as a service point need not
    have been scored in all of them; present: how many people were there, where somebody counted them.
    """

    session: Session
    releases: tuple[Release, ...]
    before: tuple[Before, ...] = ()
    villages: int = 0
    each_of: tuple[int, ...] = ()
    present: Attendance | None = None

    @property
    def is_empty(self) -> bool:
        """Whether too few took part everywhere for anything to be told."""
        return all(release.ballots is None and not release.figures for release in self.releases)

    @property
    def in_tens(self) -> bool:
        """Whether all shares that stand beside each other can be said in tens; else all are said in words."""
        shares = (figure.satisfied for release in self.releases for figure in release.told)
        return all(isinstance(share, int) or share in OUTERMOST for share in shares)

    def release(self, point: int) -> Release | None:
        return next((release for release in self.releases if release.point == point), None)

    def villages_of(self, point: int) -> int:
        """Of how many merged villages a service point's release is; 0 where none were."""
        counted = zip(self.releases, self.each_of, strict=False)
        return next((villages for release, villages in counted if release.point == point), 0)

    def last(self, point: int) -> Before | None:
        return next((before for before in self.before if before.release.point == point), None)
