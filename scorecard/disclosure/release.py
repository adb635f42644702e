"""Releases: what the disclosure door let out, and how a share of people may be said at all."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum

from scorecard.tally import EVERYBODY, Source

MINIMUM = 8
"""The fewest people a figure may describe (NHS Digital masks 1 to 7 in sub-national health data)."""

LOWEST_MINIMUM = 5
EXACT_FROM = 20
SMALLEST_COUNT = 3


class ShareWord(StrEnum):
    ALMOST_NONE = "almost none"
    FEW = "few"
    ABOUT_HALF = "about half"
    MOST = "most"
    ALMOST_ALL = "almost all"


Share = ShareWord | int
"""A share of people as it may be said: a word, or a whole number of per cent that is a multiple of 10."""


@dataclass(frozen=True, slots=True)
class Bin:
    """How many people gave one of these neighbouring scores."""

    scores: tuple[int, ...]
    people: int


@dataclass(frozen=True, slots=True)
class Figure:
    """What may be said of one criterion in one group. `bins` is None where exact counts may not be said."""

    criterion: str
    group: str
    median: float
    satisfied: Share
    bins: tuple[Bin, ...] | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """A criterion that people want repaired first, and the share of those who named one."""

    criterion: str
    share: Share


@dataclass(frozen=True, slots=True)
class Release:
    """What the door let out about one service point in one session, or in several merged; frozen.

    ballots: exact, or None for too few (none at all looks the same); figures: in card order, everybody first;
    ranked: the criteria with a figure for everybody, best first; wishes: most wanted first; merges: the sessions
    whose ballots a merged release covers, none for any other.
    """

    session: int
    point: int
    source: Source
    ballots: int | None
    figures: tuple[Figure, ...] = ()
    ranked: tuple[str, ...] = ()
    wishes: tuple[Wish, ...] = ()
    merges: tuple[int, ...] = ()

    def figure(self, criterion: str, group: str = EVERYBODY) -> Figure | None:
        """The figure of a criterion in a group, or None where too few scored it."""
        return next((f for f in self.figures if (f.criterion, f.group) == (criterion, group)), None)


def share(part: int, base: int) -> Share:
    """A share as it may be said: up to 19 people one of five words, from 20 on to the nearest 10 %.

    The outermost words and figures each stand for at least two possible counts, so that "almost all" never
    means that everybody certainly said so; for the same reason a tie is rounded outwards.
    """
    if base < EXACT_FROM:
        almost = max(1, 15 * base // 100)  # 1 of 5 and 1 of 8 are still "almost none"
        if part <= almost:
            return ShareWord.ALMOST_NONE
        if base - part <= almost:
            return ShareWord.ALMOST_ALL
        percent = 100 * part / base
        if percent < 40:  # noqa: PLR2004
            return ShareWord.FEW
        return ShareWord.ABOUT_HALF if percent <= 60 else ShareWord.MOST  # noqa: PLR2004
    tens = _tens(part, base)
    return {0: ShareWord.ALMOST_NONE, 10: ShareWord.ALMOST_ALL}.get(tens, 10 * tens)


def release_to_json(released: Release) -> str:
    return json.dumps(asdict(released), ensure_ascii=False, separators=(",", ":"))


def release_from_json(text: str) -> Release:
    """The release that `release_to_json` wrote."""
    body = json.loads(text)
    return Release(
        session=body["session"],
        point=body["point"],
        source=Source(body["source"]),
        ballots=body["ballots"],
        figures=tuple(
            Figure(
                criterion=figure["criterion"],
                group=figure["group"],
                median=figure["median"],
                satisfied=_read_share(figure["satisfied"]),
                bins=None
                if figure["bins"] is None
                else tuple(Bin(tuple(b["scores"]), b["people"]) for b in figure["bins"]),
            )
            for figure in body["figures"]
        ),
        ranked=tuple(body["ranked"]),
        wishes=tuple(Wish(wish["criterion"], _read_share(wish["share"])) for wish in body["wishes"]),
        merges=tuple(body.get("merges", ())),
    )


def _tens(part: int, base: int) -> int:
    """part/base in tenths, to the nearest; ties go outwards."""
    if 2 * part > base:
        return 10 - _tens(base - part, base)
    return -((base - 20 * part) // (2 * base))


def _read_share(value: str | int) -> Share:
    return value if isinstance(value, int) else ShareWord(value)
