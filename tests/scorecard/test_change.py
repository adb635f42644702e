"""The change of a released figure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import SOME

from scorecard.change import By, Change, Direction, change
from scorecard.disclosure import Figure, Share, ShareWord, share
from scorecard.tally import EVERYBODY


def figure(median: float, satisfied: Share) -> Figure:
    return Figure("toilets", EVERYBODY, median, satisfied)


FIGURES = st.builds(
    figure,
    st.sampled_from([half / 2 for half in range(2, 11)]),
    st.integers(8, 40).flatmap(lambda base: st.integers(0, base).map(lambda part: share(part, base))),
)


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ((4, 70), (3, 70), (Direction.UP, By.MEDIAN)),
        ((3.5, 70), (4, 20), (Direction.DOWN, By.MEDIAN)),
        ((3, 40), (3, 30), (Direction.UP, By.SHARE)),
        ((3, 30), (3, 40), (Direction.DOWN, By.SHARE)),
        ((3, ShareWord.MOST), (3, ShareWord.ALMOST_ALL), (Direction.DOWN, By.SHARE)),
        ((3, ShareWord.ABOUT_HALF), (3, ShareWord.FEW), (Direction.UP, By.SHARE)),
        ((3, 40), (3, 40), (Direction.SAME, By.MEDIAN)),
        ((3, ShareWord.MOST), (3, 20), (Direction.SAME, By.MEDIAN)),
    ],
)
def test_change(now: tuple[float, Share], before: tuple[float, Share], expected: tuple[Direction, By]) -> None:
    """By the median, then by the share; a word and a number tell nothing of each other."""
    earlier = figure(*before)
    assert change(figure(*now), earlier) == Change(*expected, earlier)


def test_nothing_released_before() -> None:
    """A first round has no change, not even "the same"."""
    assert change(figure(4, 70), None) is None


@SOME
@given(FIGURES, FIGURES)
def test_the_way_back_is_the_other_direction(one: Figure, other: Figure) -> None:
    """A change that is up whichever way one looks at it; or one where the released figures are alike."""
    there, back = change(one, other), change(other, one)
    assert there is not None
    assert back is not None
    opposite = {Direction.UP: Direction.DOWN, Direction.DOWN: Direction.UP, Direction.SAME: Direction.SAME}
    assert (back.direction, back.by) == (opposite[there.direction], there.by)
    if one == other:
        assert there.direction is Direction.SAME
