"""The door for several sessions merged: nothing of them may tell more of a few people beside what was released."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce
from itertools import compress
from operator import add

from scorecard.disclosure.compared import Verdict, compared
from scorecard.disclosure.figures import CUTS, figures, figures_told, nothing_told_of
from scorecard.disclosure.reckoning import Reckoned
from scorecard.disclosure.release import Figure, Release, Wish
from scorecard.disclosure.wishes import may_be_told, no_wish_told, wishes, wishes_reckoned
from scorecard.tally import EVERYBODY, GROUPS, Tally, merge


def release_merged(tally: Tally, released_before: Sequence[Release], minimum: int) -> Release:
    """What may be said of a merged tally, given what was released of its parts, and of them merged before.

    Parts of which nothing was told are left out, unless those that were not merged yet are enough together; and where
    more criteria can be told without them: sizes and earlier releases decide that, as they decide on everybody's
    figures. Where no part is new, or the counts of one that was merged before were erased, the earlier merged release
    stands.
    """
    of_point = [r for r in released_before if (r.point, r.source) == (tally.point, tally.source)]
    earlier = sorted((r for r in of_point if r.merges), key=lambda r: len(r.merges))
    told = {r.session: r for r in of_point if r.ballots is not None and not r.merges}
    before = set(earlier[-1].merges) if earlier else set()
    large = [p for p in tally.parts if p.session in told or p.session in before]
    few = [p for p in tally.parts if p not in large and not p.erased]
    choices = [[*large, *few]] if sum(p.phones.number for p in few) >= minimum else []
    if len(large) > 1 or not choices:
        choices.append(large)
    return max(
        (_release(tally, sorted(taken, key=lambda part: part.session), told, earlier, minimum) for taken in choices),
        key=lambda released: len(released.told),
    )


def _release(
    tally: Tally, taken: Sequence[Tally], told: Mapping[int, Release], earlier: Sequence[Release], minimum: int
) -> Release:
    """What may be said of these parts, given what was told of single ones, and of some merged, the fewest first."""
    before = set(earlier[-1].merges) if earlier else set()
    there = {p.session for p in taken if not (p.erased and p.session in before)}
    if earlier and (before == there or not before <= there):
        return replace(earlier[-1], session=tally.session)
    if not taken:
        return Release(tally.session, tally.point, tally.source, ballots=None)
    case = _Case(merge(tally.session, tally.asked, taken), told, earlier, minimum)
    shown = tuple(figure for key in tally.asked for figure in case.figures(key))
    return Release(
        tally.session,
        tally.point,
        tally.source,
        ballots=sum(told[p.session].ballots or 0 if p.session in told else p.ballots for p in taken),
        figures=shown,
        wishes=case.wishes(),
        merges=tuple(part.session for part in taken),
        compared=case.compared(),
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """The merged counts, what was told of single sessions, and of some of them merged, the fewest first."""

    whole: Tally
    single: Mapping[int, Release]
    merged: Sequence[Release]
    minimum: int

    def figures(self, key: str) -> Iterator[Figure]:
        """What may be told of a criterion, for which the counts of all sessions must be there."""
        everybody, *groups = (all(_counted(part, key, g) for part in self.whole.parts) for g in (EVERYBODY, *GROUPS))
        if everybody:
            untold = partial(nothing_told_of, key=key)
            before = [self._reckoned(untold, partial(figures_told, key=key, cut=cut)) for cut in CUTS]
            told = figures(self.whole, key, before, self.minimum, tuple(compress(GROUPS, groups)))
            yield from (replace(one, at_least=self._at_least(key)) if one.group == EVERYBODY else one for one in told)

    def wishes(self) -> tuple[Wish, ...]:
        """What may be told of wishes."""
        whole, asked = self.whole, self.whole.single
        if not may_be_told(whole):
            return ()
        told = partial(wishes_reckoned, asked=asked, minimum=self.minimum)
        known = self._reckoned(partial(no_wish_told, asked=asked), told)
        return wishes(whole, known, asked, self.minimum)

    def compared(self) -> Verdict | None:
        """How people find it beside last year: only where that was told of no part, nor of some of them merged, for
        beside another verdict it may tell of those who make the difference.
        """
        told = any(one.compared is not None for one in (*self.single.values(), *self.merged))
        gone = any(part.erased for part in self.whole.parts)
        return None if told or gone else compared(self.whole)

    def _at_least(self, key: str) -> int | None:
        """As many as was told of each session alone, and nothing more."""
        alone = (self.single[part.session].figure(key) for part in self.whole.parts if part.session in self.single)
        return sum(one.at_least for one in alone if one is not None and one.at_least is not None) or None

    def _reckoned(
        self, untold: Callable[[Tally], Reckoned], told: Callable[[Reckoned, Tally, Release], Reckoned]
    ) -> Reckoned:
        """What can be reckoned of all sessions: of each by what was told of it, then of them as they were merged."""
        left = {part.session: part for part in self.whole.parts}
        known: list[Reckoned] = []
        covered: list[Tally] = []
        for one in (*self.merged, None):
            for session in one.merges if one is not None else tuple(left):
                part = left.pop(session, None)
                if part is not None:
                    own = self.single.get(session)
                    known.append(untold(part) if own is None else told(untold(part), part, own))
                    covered.append(part)
            if one is not None:
                known = [told(reduce(add, known), merge(one.session, self.whole.asked, covered), one)]
        return reduce(add, known)


def _counted(part: Tally, key: str, group: str) -> bool:
    """Whether a session's counts are still there: those that were released are."""
    return not part.erased or key not in part.asked or (key, group) in part.scores
