"""Releases: what the disclosure door let out."""

import json
from dataclasses import asdict, dataclass

from scorecard.disclosure.compared import Verdict
from scorecard.disclosure.words import Share, ShareWord, Words, read_share
from scorecard.tally import EVERYBODY, Source

MINIMUM = 8
"""The fewest phones that a figure may come from (NHS Digital masks 1 to 7 in sub-national health data)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What may be said of one criterion in one group: of everybody a median and a share, of other groups a share.

    words: in which words the share is said; word: where that is in tens, the word for it as well; at_least: so many
    people gave a score, in fives and fewer than sent a ballot, for how many don't know is no number that leaves; None
    for other groups, and where no session told it.
    """

    criterion: str
    group: str
    median: float | None
    satisfied: Share
    words: Words
    word: ShareWord | None = None
    at_least: int | None = None

    @property
    def score(self) -> float:
        """The median of everybody; no other figure has one."""
        assert self.median is not None, "everybody's"
        return self.median

    def said(self, *, in_tens: bool) -> Share:
        """The share in tens, if there are any, or as a word."""
        return self.satisfied if in_tens or self.word is None else self.word


@dataclass(frozen=True, slots=True)
class Wish:
    """A criterion that people want repaired first, and the share of those who named one."""

    criterion: str
    share: ShareWord


@dataclass(frozen=True, slots=True)
class Release:
    """What the door let out about one service point in one session, or in several merged; frozen.

    ballots: exact, or None for too few (none at all looks the same); figures: in card order, everybody first; wishes:
    most wanted first; merges: the sessions whose ballots a merged release covers, none for any other; compared: how
    people find it beside last year, None where that may not be told.
    """

    session: int
    point: int
    source: Source
    ballots: int | None
    figures: tuple[Figure, ...] = ()
    wishes: tuple[Wish, ...] = ()
    merges: tuple[int, ...] = ()
    compared: Verdict | None = None

    @property
    def told(self) -> tuple[Figure, ...]:
        """Everybody's figures, in card order."""
        return tuple(figure for figure in self.figures if figure.group == EVERYBODY)

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
            Figure(
                criterion=one["criterion"],
                group=one["group"],
                median=one["median"],
                satisfied=read_share(one["satisfied"]),
                words=Words(one["words"]),
                word=_word(one["word"]),
                at_least=one["at_least"],
            )
            for one in body["figures"]
        ),
        wishes=tuple(Wish(wish["criterion"], ShareWord(wish["share"])) for wish in body["wishes"]),
        merges=tuple(body["merges"]),
        compared=None if body["compared"] is None else Verdict(body["compared"]),
    )


def _word(value: str | None) -> ShareWord | None:
    return None if value is None else ShareWord(value)
