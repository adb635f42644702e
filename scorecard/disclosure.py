"""The one door through which figures leave a tally. Every digest, poster and export knows releases only."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from scorecard.card import SATISFIED, SCALE
from scorecard.tally import DIMENSIONS, EVERYBODY, Scores, Source, Tally

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
    """What the door let out about one service point in one session; frozen.

    ballots: exact, or None for too few (none at all looks the same); figures: in card order, everybody first;
    ranked: the criteria with a figure for everybody, best first; wishes: most wanted first.
    """

    session: int
    point: int
    source: Source
    ballots: int | None
    figures: tuple[Figure, ...] = ()
    ranked: tuple[str, ...] = ()
    wishes: tuple[Wish, ...] = ()

    def figure(self, criterion: str, group: str = EVERYBODY) -> Figure | None:
        """The figure of a criterion in a group, or None where too few scored it."""
        return next((f for f in self.figures if (f.criterion, f.group) == (criterion, group)), None)


def release(tally: Tally, released_before: Sequence[Release] = (), minimum: int = MINIMUM) -> Release:
    """What may be said of a tally, given what was said before.

    A release that differs by fewer than `minimum` ballots from any earlier one of the same session and service
    point would describe those few by subtraction: then the earlier one stands.
    """
    if minimum < LOWEST_MINIMUM:
        raise ValueError(f"a base below {LOWEST_MINIMUM} protects nobody")
    same = (tally.session, tally.point, tally.source)
    earlier = [r for r in released_before if (r.session, r.point, r.source) == same]
    if any(abs(tally.ballots - (r.ballots or 0)) < minimum for r in earlier):
        return earlier[-1]
    if tally.ballots < minimum or not _from_many_phones(tally):
        return Release(*same, ballots=None)
    figures = tuple(figure for key in tally.asked for figure in _figures(tally, key, earlier, minimum))
    return Release(
        *same,
        ballots=tally.ballots,
        figures=figures,
        ranked=_ranked(tally, [figure.criterion for figure in figures if figure.group == EVERYBODY]),
        wishes=_wishes(tally, minimum),
    )


def band(people: int, minimum: int = MINIMUM) -> int:
    """What may be said while a session is open: 0 for "fewer than the minimum", else "this many or more"."""
    if people < minimum:
        return 0
    return max(minimum, people - people % 5)


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
    )


def _from_many_phones(tally: Tally) -> bool:
    """Whether somebody who knows what one phone sent, and takes it away, is left with enough others' scores."""
    return not tally.phones or sum(tally.phones[1:]) >= LOWEST_MINIMUM


def _figures(tally: Tally, key: str, earlier: Sequence[Release], minimum: int) -> Iterable[Figure]:
    everybody = tally.of(key)
    if everybody.base < minimum:
        return
    bins = _bins(everybody) if _countable(tally, key, earlier, minimum) else None
    total = [everybody.satisfied] if bins else _alike(everybody)
    yield Figure(key, EVERYBODY, everybody.median, share(everybody.satisfied, everybody.base), bins)
    for dimension in DIMENSIONS:
        groups = _safe_groups(tally, key, dimension, minimum)
        if _of_one_mind(tally, key, groups, total):
            continue
        for group in groups:
            scores = tally.of(key, group)
            yield Figure(key, group, scores.median, share(scores.satisfied, scores.base))


def _countable(tally: Tally, key: str, earlier: Sequence[Release], minimum: int) -> bool:
    """Whether the base may be told: it, the rest of the ballots, and what both gained since an earlier count."""
    base = tally.of(key).base
    differences = [tally.ballots - base]
    for released in earlier:
        figure = released.figure(key)
        if released.ballots and figure and figure.bins:
            before = sum(b.people for b in figure.bins)
            differences += [base - before, tally.ballots - base - (released.ballots - before)]
    return base >= EXACT_FROM and all(d == 0 or abs(d) >= minimum for d in differences)


def _safe_groups(tally: Tally, key: str, dimension: tuple[str, ...], minimum: int) -> list[str]:
    """The groups that may be told: they, the rest without each, and the rest without all are large enough."""
    everybody = tally.of(key).base
    bases = {group: tally.of(key, group).base for group in dimension}
    safe = [g for g in dimension if bases[g] >= minimum and everybody - bases[g] >= minimum]
    while safe and 0 < everybody - sum(bases[group] for group in safe) < minimum:
        safe.remove(min(safe, key=bases.__getitem__))
    return safe


def _of_one_mind(tally: Tally, key: str, groups: Sequence[str], total: Sequence[int]) -> bool:
    """Whether subtraction would show that all or none are satisfied in one of the groups, or among all others.

    total: how many may be satisfied overall, for all that was told. Worked out as by somebody who knows how
    many are in each group: a villager might.
    """
    told = [tally.of(key, group) for group in groups]
    parts: list[tuple[int, Sequence[int]]] = [(scores.base, _alike(scores)) for scores in told]
    others = tally.of(key).base - sum(base for base, _ in parts)
    if told and others:
        parts.append((others, range(others + 1)))
    fewest, most = sum(may[0] for _, may in parts), sum(may[-1] for _, may in parts)
    return any(
        max(may[0], total[0] - (most - may[-1])) == base or min(may[-1], total[-1] - (fewest - may[0])) == 0
        for base, may in parts
    )


def _alike(scores: Scores) -> list[int]:
    """How many may be satisfied, for all that share and median say (a median of 4 or more: over half); in order."""
    base, said = scores.base, share(scores.satisfied, scores.base)
    median_from_middle = scores.median - (SATISFIED - 0.5)
    return [
        people
        for people in range(base + 1)
        if people == scores.satisfied or (share(people, base) == said and (2 * people - base) * median_from_middle > 0)
    ]


def _bins(scores: Scores) -> tuple[Bin, ...] | None:
    """Counts of neighbouring scores, merged until none but empty ones is under the smallest that may be told.

    None where next to nobody is (or isn't) satisfied, so that one against all looks like none, and where the
    median would tell a count that was merged away.
    """
    if min(scores.satisfied, scores.base - scores.satisfied) <= SMALLEST_COUNT:
        return None
    small = [score for score in SCALE if 0 < scores.given[score - 1] < SMALLEST_COUNT]
    return _merged(scores) if all(_hidden(scores, score) for score in small) else None


def _merged(scores: Scores) -> tuple[Bin, ...]:
    """Satisfied and unsatisfied are never merged with each other: the share would tell them apart again."""
    each = [Bin((score,), people) for score, people in zip(SCALE, scores.given, strict=True)]
    sides = each[: SATISFIED - 1], each[SATISFIED - 1 :]
    for bins in sides:
        while small := [i for i, b in enumerate(bins) if 0 < b.people < SMALLEST_COUNT]:
            left = min(small[0], len(bins) - 2)
            one, other = bins[left : left + 2]
            bins[left : left + 2] = [Bin(one.scores + other.scores, one.people + other.people)]
    return (*sides[0], *sides[1])


def _hidden(scores: Scores, small: int) -> bool:
    """Whether one more or one fewer could have given this score, for all that bins and median say."""
    shown = _merged(scores), scores.median
    for other in SCALE:
        for more in (1, -1) if other != small else ():
            change = {small: more, other: -more}
            one, two, three, four, five = (scores.given[s - 1] + change.get(s, 0) for s in SCALE)
            alike = Scores(scores.dont_know, (one, two, three, four, five))
            if min(alike.given) >= 0 and (_merged(alike), alike.median) == shown:
                return True
    return False


def _ranked(tally: Tally, keys: list[str]) -> tuple[str, ...]:
    """Best first: by median, then mean, then the order on the card."""
    return tuple(sorted(keys, key=lambda key: (-tally.of(key).median, -tally.of(key).mean)))


def _wishes(tally: Tally, minimum: int) -> tuple[Wish, ...]:
    base = sum(tally.wishes.values())
    if base < minimum:
        return ()
    named = [key for key in tally.asked if tally.wishes.get(key, 0) >= SMALLEST_COUNT]
    named.sort(key=lambda key: -tally.wishes[key])
    return tuple(Wish(key, share(tally.wishes[key], base)) for key in named)


def _tens(part: int, base: int) -> int:
    """part/base in tenths, to the nearest; ties go outwards."""
    if 2 * part > base:
        return 10 - _tens(base - part, base)
    return -((base - 20 * part) // (2 * base))


def _read_share(value: str | int) -> Share:
    return value if isinstance(value, int) else ShareWord(value)
