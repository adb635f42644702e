"""The change of a released figure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import SOME

from scorecard.change import By, Change, Direction, change
from scorecard.disclosure import Figure, Share, ShareWord, Words, share
from scorecard.tally import EVERYBODY


def figure(median: float | None, satisfied: Share, words: Words = Words.THREE) -> Figure:
    return Figure("toilets", EVERYBODY, median, satisfied, words)


FIGURES = st.sampled_from([(base, words) for base in range(8, 60) for words in Words]).flatmap(
    lambda drawn: st.builds(
        figure,
        st.sampled_from([None, *(half / 2 for half in range(2, 11))]),
        st.integers(0, drawn[0]).map(lambda part: share(part, *drawn)),
        st.just(drawn[1]),
    )
)
TENS, FIVE, THREE = Words.TENS, Words.FIVE, Words.THREE


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ((4, 70, TENS), (3, 70, TENS), (Direction.UP, By.MEDIAN)),
        ((3.5, 70, TENS), (4, 20, TENS), (Direction.DOWN, By.MEDIAN)),
        ((3, 40, TENS), (3, 30, TENS), (Direction.UP, By.SHARE)),
        ((3, 30, TENS), (3, 40, TENS), (Direction.DOWN, By.SHARE)),
        ((3, ShareWord.MOST, FIVE), (3, ShareWord.ALMOST_ALL, FIVE), (Direction.DOWN, By.SHARE)),
        ((3, ShareWord.MOST, THREE), (3, ShareWord.ALMOST_ALL, FIVE), (Direction.SAME, By.MEDIAN)),
        ((3, ShareWord.ABOUT_HALF, THREE), (3, ShareWord.FEW, FIVE), (Direction.UP, By.SHARE)),
        ((3, 40, TENS), (3, 40, TENS), (Direction.SAME, By.MEDIAN)),
        ((3, ShareWord.MOST, THREE), (3, 20, TENS), (Direction.UP, By.SHARE)),
        ((3, ShareWord.ABOUT_HALF, THREE), (3, 40, TENS), (Direction.SAME, By.MEDIAN)),
        ((None, ShareWord.MOST, THREE), (None, ShareWord.FEW, THREE), (Direction.UP, By.SHARE)),
    ],
)
def test_change(now: tuple[float, Share, Words], before: tuple[float, Share, Words], expected: object) -> None:
    """By the median, then by shares that can't be the same."""
    earlier = figure(*before)
    assert change(figure(*now), earlier) == Change(*expected, earlier)


def test_nothing_released_before() -> None:
    """A first round has no change, not even "the same"."""
    assert change(figure(4, 70, TENS), None) is None


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
