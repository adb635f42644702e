"""The one door through which figures leave a tally. Every digest, poster and export knows releases only."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from scorecard.disclosure.exact_counts import bins
from scorecard.disclosure.intervals import figure_of
from scorecard.disclosure.merging import release_merged
from scorecard.disclosure.release import (
    EXACT_FROM,
    LOWEST_MINIMUM,
    MINIMUM,
    SMALLEST_COUNT,
    Figure,
    Release,
    Wish,
    share,
)
from scorecard.disclosure.unanimity import Told, stays_open
from scorecard.tally import DIMENSIONS, EVERYBODY, Tally


def release(tally: Tally, released_before: Sequence[Release] = (), minimum: int = MINIMUM) -> Release:
    """What may be said of a tally, given what was said before.

    A release that differs by fewer than `minimum` ballots from any earlier one of the same session and service
    point would describe those few by subtraction: then the earlier one stands. It also stands once the session
    was merged, for the merged figures were checked beside it. For a merged tally see `scorecard/disclosure/merging.py`.
    """
    if minimum < LOWEST_MINIMUM:
        raise ValueError(f"a base below {LOWEST_MINIMUM} protects nobody")
    if tally.parts:
        return release_merged(tally, released_before, minimum)
    same = (tally.session, tally.point, tally.source)
    earlier = [r for r in released_before if (r.session, r.point, r.source) == same]
    merged = any(tally.session in r.merges and (r.point, r.source) == same[1:] for r in released_before)
    if earlier and (merged or any(abs(tally.ballots - (r.ballots or 0)) < minimum for r in earlier)):
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


def _from_many_phones(tally: Tally) -> bool:
    """Whether somebody who knows what one phone sent, and takes it away, is left with enough others' scores."""
    return tally.largest_phone is None or tally.ballots - tally.largest_phone >= LOWEST_MINIMUM


def _figures(tally: Tally, key: str, earlier: Sequence[Release], minimum: int) -> Iterable[Figure]:
    everybody = tally.of(key)
    if everybody.base < minimum:
        return
    told = replace(
        figure_of(tally, key, EVERYBODY), bins=bins(everybody) if _countable(tally, key, earlier, minimum) else None
    )
    yield told
    so_far = Release(tally.session, tally.point, tally.source, tally.ballots, (told,))
    for dimension in DIMENSIONS:
        for group in _safe_groups(tally, key, dimension, minimum):
            if stays_open({tally.session: tally}, [Told(frozenset({tally.session}), so_far)], key, group):
                told = figure_of(tally, key, group)
                so_far = replace(so_far, figures=(*so_far.figures, told))
                yield told


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
