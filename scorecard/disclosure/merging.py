"""The door for several sessions merged: nothing of them may tell more of a few people beside what was released.

Whoever holds all releases can add and subtract them. So, for each criterion, group and wish:

- the people of those sessions that told nothing of it by themselves are none, or as many as any figure needs; the
  same goes for those among them whom no earlier merged release covered;
- a figure is told only if, whatever it turned out to be, it would not make certain that all or none in one group of
  one session are satisfied, for somebody who knows how many people each group has. This is decided without looking
  at the figure itself, so that a missing one tells nothing either;
- there are no exact counts, and the order of criteria and wishes follows from what is told anyway.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise, product

from scorecard.disclosure.bounds import Sum
from scorecard.disclosure.intervals import figure_of, named_between, named_looks
from scorecard.disclosure.release import LOWEST_MINIMUM, Figure, Release, Share, ShareWord, Wish
from scorecard.disclosure.unanimity import Told, counted, settles, stays_open
from scorecard.tally import DIMENSIONS, EVERYBODY, Tally, merge


def release_merged(tally: Tally, released_before: Sequence[Release], minimum: int) -> Release:
    """What may be said of a merged tally, given what was released of its parts, and of them merged before.

    Parts with too few ballots are left out, unless those that were not merged yet are enough together. Where no
    part is new, or the counts of one that was merged before were erased or released anew, the earlier merged
    release stands.
    """
    of_point = [r for r in released_before if (r.point, r.source) == (tally.point, tally.source)]
    earlier = sorted((r for r in of_point if r.merges), key=lambda r: len(r.merges))
    own = {part.session: {r for r in of_point if r.session == part.session} for part in tally.parts}
    parts = [part for part in tally.parts if len(own[part.session]) <= 1]
    told = {session: release for session, releases in own.items() for release in releases if release.ballots}
    before = set(earlier[-1].merges) if earlier else set()
    taken = [p for p in parts if p.session in told or p.session in before]
    taken += _enough([p for p in parts if p not in taken and not p.erased], minimum)
    there = {part.session for part in taken if not (part.erased and part.session in before)}
    if earlier and (before == there or not before <= there):
        return replace(earlier[-1], session=tally.session)
    if not taken:
        return Release(tally.session, tally.point, tally.source, ballots=None)
    taken.sort(key=lambda part: part.session)
    case = _Case(
        merge(tally.session, tally.asked, taken),
        {part.session: part for part in taken},
        tuple(Told(frozenset({s}), release) for s, release in told.items() if s in there),
        tuple(Told(frozenset(release.merges), release) for release in earlier),
        minimum,
    )
    figures = tuple(figure for key in tally.asked for figure in _figures(case, key))
    return Release(
        tally.session,
        tally.point,
        tally.source,
        ballots=sum(told[p.session].ballots or 0 if p.session in told else p.ballots for p in taken),
        figures=figures,
        ranked=_ranked(figures),
        wishes=_wishes(case),
        merges=tuple(case.parts),
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """The merged counts, those of each session, and what was told of single sessions and of several merged."""

    whole: Tally
    parts: Mapping[int, Tally]
    single: tuple[Told, ...]
    merged: tuple[Told, ...]
    minimum: int

    @property
    def rows(self) -> frozenset[int]:
        return frozenset(self.parts)

    def base(self, rows: Iterable[int], key: str, group: str = EVERYBODY) -> int:
        return sum(self.parts[row].of(key, group).base for row in rows)

    def left(self, tells: Callable[[Release], bool]) -> list[frozenset[int]]:
        """The sessions that did not tell something by themselves; also without those of each merged one that did."""
        left = self.rows.difference(*(one.rows for one in self.single if tells(one.release)))
        return [left, *(left - one.rows for one in self.merged if tells(one.release))]

    def units(self, key: str) -> list[frozenset[int]]:
        """The sessions split into the smallest sets that everybody's figures, the merged one too, let know apart."""
        left, *later = self.left(lambda release: release.figure(key) is not None)
        rest = [left, *sorted(later, key=len, reverse=True), frozenset[int]()]
        blocks = (more - fewer for more, fewer in pairwise(rest))
        return [*(frozenset({row}) for row in self.rows - left), *(block for block in blocks if block)]

    def few(self, people: int) -> bool:
        return 0 < people < self.minimum


def _enough(parts: list[Tally], minimum: int) -> list[Tally]:
    """Parts with too few ballots each, if they are enough together, and were not all sent by a phone or two.

    Somebody may have sent the most from one phone in each session; where that is not known, all.
    """
    others = sum(part.ballots - (part.ballots if part.largest_phone is None else part.largest_phone) for part in parts)
    return parts if sum(part.ballots for part in parts) >= minimum and others >= LOWEST_MINIMUM else []


def _figures(case: _Case, key: str) -> Iterator[Figure]:
    if not _large_enough(case, key):
        return
    whole, told = case.whole, (*case.single, *case.merged)
    so_far = Release(whole.session, whole.point, whole.source, None, merges=tuple(case.parts))
    for dimension in ((EVERYBODY,), *DIMENSIONS):
        for group in (EVERYBODY,) if dimension == (EVERYBODY,) else _large_groups(case, key, dimension):
            if stays_open(case.parts, (*told, Told(case.rows, so_far)), key, group):
                figure = figure_of(whole, key, group)
                so_far = replace(so_far, figures=(*so_far.figures, figure))
                yield figure
            elif group == EVERYBODY:
                return


def _large_enough(case: _Case, key: str) -> bool:
    """Whether everybody may be told of: they, and those nothing was told of yet, are enough."""
    if (
        not all(counted(part, key, EVERYBODY) for part in case.parts.values())
        or case.base(case.rows, key) < case.minimum
    ):
        return False
    return not any(case.few(case.base(rows, key)) for rows in case.left(lambda r: r.figure(key) is not None))


def _large_groups(case: _Case, key: str, dimension: tuple[str, ...]) -> list[str]:
    """The groups that may be told of: they, the rest without each, and all that could be singled out are enough.

    Where an earlier merged release told of any group in this dimension, only groups that it told of.
    """
    told = [one for one in case.merged if any(one.release.figure(key, group) for group in dimension)]
    everybody = case.base(case.rows, key)
    safe = [
        group
        for group in dimension
        if case.minimum <= case.base(case.rows, key, group) <= everybody - case.minimum
        and all(counted(part, key, group) for part in case.parts.values())
        and all(one.release.figure(key, group) for one in told)
    ]
    units = case.units(key)
    among = [units, *([unit for unit in units if not unit <= one.rows] for one in told)]
    while safe and any(case.few(n) for some in among for n in _singled_out(case, key, dimension, safe, some)):
        safe.remove(min(safe, key=lambda group: case.base(case.rows, key, group)))
    return safe


def _singled_out(
    case: _Case, key: str, dimension: tuple[str, ...], safe: Sequence[str], units: Iterable[frozenset[int]]
) -> Iterator[int]:
    """How many people are left if the groups' sums are added with some weights, and told figures taken away.

    Of each unit, everybody can be taken away as often as one likes, and so can the groups that it told of. What is
    left of it are people, each once, if its other groups have one weight, or two that differ by one.
    """
    tables = []
    for unit in units:
        told = [g for g in dimension for one in case.single if one.rows == unit and one.release.figure(key, g)]
        people = {group: 0 if group in told else case.base(unit, key, group) for group in safe}
        rest = case.base(unit, key) - sum(case.base(unit, key, group) for group in {*safe, *told})
        tables.append([*people.values(), rest])
    for weights in product(range(len(safe) + 1), repeat=len(safe) + 1):
        left = 0
        for table in tables:
            present = {weight for weight, people in zip(weights, table, strict=True) if people}
            if len(present) > 1:
                if max(present) - min(present) > 1:
                    break
                left += sum(n for weight, n in zip(weights, table, strict=True) if weight == max(present))
        else:
            yield left


def _wishes(case: _Case) -> tuple[Wish, ...]:
    named = {row: sum(part.wishes.values()) for row, part in case.parts.items()}
    base = sum(named.values())
    left = case.left(lambda release: bool(release.wishes))
    few = any(case.few(sum(named[row] for row in rows)) for rows in left)
    asked = case.whole.asked
    unknown = any(part.erased or not set(part.wishes) <= set(asked) for part in case.parts.values())
    if few or unknown or base < case.minimum:
        return ()
    cells = {(row, key): (part.wishes.get(key, 0), named[row]) for row, part in case.parts.items() for key in asked}
    known = [Sum(frozenset({row}), None, people, people) for row, people in named.items()]
    for told in (*case.single, *case.merged):
        if told.release.wishes:
            people = sum(named[row] for row in told.rows)
            for key in asked:
                wished = sum(cells[row, key][0] for row in told.rows)
                known.append(Sum(told.rows, key, *named_between(wished, people, ordered=told in case.single)))
    wishes = []
    for key in asked:
        if settles(cells, known, case.rows, key, partial(named_looks, base=base)):
            return ()
        wished = case.whole.wishes.get(key, 0)
        known.append(Sum(case.rows, key, *named_between(wished, base)))
        shown = named_looks(wished, base)
        wishes += [Wish(key, shown)] if shown is not None else []
    return tuple(sorted(wishes, key=lambda wish: -_rank(wish.share)))


def _ranked(figures: Iterable[Figure]) -> tuple[str, ...]:
    """Best first, by what is told of everybody, then in the order of the card."""
    everybody = [figure for figure in figures if figure.group == EVERYBODY]
    return tuple(f.criterion for f in sorted(everybody, key=lambda f: (-f.median, -_rank(f.satisfied))))


def _rank(told: Share) -> int:
    """Where a share stands among those of as many people."""
    return [*ShareWord].index(told) * 25 if isinstance(told, ShareWord) else told
