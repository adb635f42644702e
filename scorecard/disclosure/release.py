"""Releases: what the disclosure door let out."""

import json
from dataclasses import asdict, dataclass

from scorecard.disclosure.words import Share, Words, read_share
from scorecard.tally import EVERYBODY, Source

MINIMUM = 8
"""The fewest phones that a figure may come from (NHS Digital masks 1 to 7 in sub-national health data)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What may be said of one criterion in one group: of everybody a median and a share, of other groups a share.

    words: in which words the share is said.
    """

    criterion: str
    group: str
    median: float | None
    satisfied: Share
    words: Words

    @property
    def score(self) -> float:
        """The median of everybody; no other figure has one."""
        assert self.median is not None, "everybody's"
        return self.median


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
            Figure(f["criterion"], f["group"], f["median"], read_share(f["satisfied"]), Words(f["words"]))
            for f in body["figures"]
        ),
        ranked=tuple(body["ranked"]),
        wishes=tuple(Wish(wish["criterion"], read_share(wish["share"])) for wish in body["wishes"]),
        merges=tuple(body["merges"]),
    )
