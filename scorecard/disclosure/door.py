"""The one door through which figures leave a tally. Every digest, poster and export knows releases only."""

from collections.abc import Sequence

from scorecard.disclosure.compared import compared
from scorecard.disclosure.figures import CUTS, figures, nothing_told_of
from scorecard.disclosure.merging import release_merged
from scorecard.disclosure.release import MINIMUM, Release
from scorecard.disclosure.wishes import may_be_told, no_wish_told, wishes
from scorecard.tally import Tally


def release(tally: Tally, released_before: Sequence[Release] = (), minimum: int = MINIMUM) -> Release:
    """What may be said of a tally, given what was said before.

    What was told of a session and service point stands, and so does that nothing was, once it was merged: beside it,
    a count that was put right later would tell of those few who make the difference. For a merged tally see
    `scorecard/disclosure/merging.py`.
    """
    if minimum < MINIMUM:
        raise ValueError(f"fewer than {MINIMUM} phones protect nobody")
    if tally.parts:
        return release_merged(tally, released_before, minimum)
    of_point = [one for one in released_before if (one.point, one.source) == (tally.point, tally.source)]
    earlier = [one for one in of_point if one.session == tally.session]
    merged = any(tally.session in one.merges for one in of_point)
    if earlier and (merged or earlier[-1].ballots is not None):
        return earlier[-1]
    if tally.phones.number < minimum:
        return Release(tally.session, tally.point, tally.source, ballots=None)
    told = tuple(
        figure
        for key in tally.asked
        for figure in figures(tally, key, [nothing_told_of(tally, key)] * len(CUTS), minimum)
    )
    return Release(
        tally.session,
        tally.point,
        tally.source,
        ballots=tally.ballots,
        figures=told,
        wishes=wishes(tally, no_wish_told(tally, tally.single), tally.single, minimum) if may_be_told(tally) else (),
        compared=compared(tally),
    )


def band(people: int, minimum: int = MINIMUM) -> int:
    """What may be said while a session is open: 0 for "fewer than the minimum", else "this many or more"."""
    if people < minimum:
        return 0
    return max(minimum, people - people % 5)
