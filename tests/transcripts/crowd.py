"""Many people who score at once, and what is known of them."""

import sqlalchemy as sa

from conversations.scoring.about_you import NoteGroups
from conversations.scoring.score import CastBallot
from scorecard.ballot import Age, Compared, Gender, Groups
from storage import tables
from storage.scoring.cast_ballot import cast_ballot, note_groups
from storage.session import by_id
from storage.unit import Unit


def send_alike(
    unit: Unit,
    voters: list[tuple[int, int]],
    scores: list[int],
    wish: int | None,
    groups: Groups,
    compared: Compared | None = None,
) -> None:
    """Each voter, a person and their seat, sends the same scores for each service of the newest session."""
    found = by_id(unit, unit.db.scalar(sa.select(sa.func.max(tables.session.c.id))) or 0)
    assert found is not None
    for person, seat in voters:
        for at in found.session.points:
            keys = [criterion.key for criterion in at.criteria]
            repair = keys[wish - 1] if wish else None
            given = dict(zip(keys, scores, strict=True))
            cast_ballot(unit, found, person, CastBallot(found.session.id, at.id, seat, given, repair, None, compared))
        note_groups(unit, found, person, NoteGroups(found.session.id, seat, groups))


GROUPS = {
    "young women": Groups(Gender.WOMAN, Age.YOUTH),
    "women": Groups(Gender.WOMAN, Age.OLDER),
    "young men": Groups(Gender.MAN, Age.YOUTH),
    "men": Groups(Gender.MAN, Age.OLDER),
    "people": Groups(),
}
