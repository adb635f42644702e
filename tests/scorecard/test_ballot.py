"""Ballots: whose they are, without saying so."""

from hypothesis import given
from hypothesis import strategies as st
from made_up import SOME

from scorecard.ballot import Groups, Purpose, owner, telegram_voter

KEY = bytes(range(32))


def test_an_owner_is_found_again():
    """The same person, seat, service point and session make the same mark, so that a ballot can be corrected."""
    assert owner(KEY, Purpose.BALLOT, 7, telegram_voter(12, 1)) == owner(KEY, Purpose.BALLOT, 7, "tg:12#1")


def test_the_mark_is_the_one_agreed():
    """HMAC-SHA256 over purpose, service point and voter: marks made by an older version stay good."""
    mark = owner(KEY, Purpose.BALLOT, 7, "tg:12#1")
    assert mark.hex() == "ec0250d2f11e2cf6c91b47513db4d3c44796f3fae611e71068f7d00320decaba"


@SOME
@given(st.tuples(st.integers(1, 10**12), st.integers(1, 12)), st.tuples(st.integers(1, 10**12), st.integers(1, 12)))
def test_seats_and_people_have_marks_of_their_own(one, other):
    """Two voters never share a mark, be it two people or two seats of one phone."""
    marks = [owner(KEY, Purpose.BALLOT, 7, telegram_voter(*voter)) for voter in (one, other)]
    assert (marks[0] == marks[1]) == (one == other)


def test_digits_do_not_run_together():
    """Point 1 with voter 23 is not point 12 with voter 3, nor person 12 on seat 3 person 1 on seat 23."""
    assert owner(KEY, Purpose.BALLOT, 1, "23") != owner(KEY, Purpose.BALLOT, 12, "3")
    assert telegram_voter(12, 3) != telegram_voter(1, 23)


def test_marks_of_points_and_sessions_do_not_match():
    """Another service point or another session's key makes another mark: ballots can't be linked."""
    here = owner(KEY, Purpose.BALLOT, 7, "tg:12#1")
    assert here != owner(KEY, Purpose.BALLOT, 8, "tg:12#1")
    assert here != owner(KEY[::-1], Purpose.BALLOT, 7, "tg:12#1")


@SOME
@given(st.integers(1, 10**12))
def test_a_mark_says_nothing(person):
    """A mark is 32 bytes, in which neither the person nor the key can be read."""
    mark = owner(KEY, Purpose.BALLOT, 7, telegram_voter(person, 1))
    assert len(mark) == 32
    assert f"tg:{person}".encode() not in mark


def test_groups_can_be_skipped():
    """Who says nothing about themselves belongs to no group."""
    assert Groups() == Groups(None, None)
