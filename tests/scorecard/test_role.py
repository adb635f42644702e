"""Roles: who may act where, and how long an invitation stands."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from scorecard.role import INVITATION_VALID, Invitation, Role, covers

NOW = datetime(2026, 7, 1, tzinfo=UTC)
INVITATION = Invitation(Role.FACILITATOR, ("010203",), None, None, NOW + INVITATION_VALID)


def test_an_invitation_stands_for_seven_days():
    """It can be accepted until the very moment it expires, and not after."""
    assert INVITATION.stands(NOW)
    assert INVITATION.stands(NOW + timedelta(days=7) - timedelta(seconds=1))
    assert not INVITATION.stands(NOW + timedelta(days=7))
    assert not INVITATION.stands(NOW + timedelta(days=8))


def test_an_invitation_works_once():
    """A used invitation is dead, however young."""
    assert not replace(INVITATION, used=True).stands(NOW)


@pytest.mark.parametrize(
    ("place", "may"),
    [
        ("010203", True),
        ("01020304", True),
        ("010204", False),
        ("01020404", False),
        ("0102", False),
        ("01", False),
        ("", False),
        ("10203", False),
    ],
)
def test_a_facilitator_acts_in_their_communes_only(place, may):
    """In the commune and its villages; not beside it, and not above it."""
    assert covers(frozenset({"010203", "090101"}), place) == may


def test_nobody_acts_without_a_commune():
    """Without communes there is nowhere to act."""
    assert not covers(frozenset(), "010203")
