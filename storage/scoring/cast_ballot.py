"""A citizen's scores for one service point are sent."""

import json

import sqlalchemy as sa

from conversations.commands import Follow
from conversations.refusals import SESSION_OVER, Why
from conversations.scoring.about_you import NoteGroups, about_you
from conversations.scoring.score import CastBallot
from conversations.scoring.thanks import Thanks
from storage.room import Doing, Done
from storage.scoring.ballots import ballot, owner_of, owners_of, phone_of
from storage.session import Held
from storage.sessions.turnout import to_be_counted
from storage.unit import Unit

_B = ballot.c


def carry_cast(unit: Unit, doing: Doing, command: CastBallot) -> Done | Follow | Why:
    """Keep one service's scores; then the next service, what the voter says of themselves, or thanks."""
    held: Held = doing.subject
    if not held.session.accepts_ballots(unit.now):
        return SESSION_OVER
    untold = cast_ballot(unit, held, doing.person.id, command)
    if command.then is not None:
        return command.then
    if untold:
        return Follow(about_you, {"seat": command.seat})
    return Done(Thanks(held.session, held.payload, command.seat))


def carry_note_groups(unit: Unit, doing: Doing, command: NoteGroups) -> Done | Why:
    """Keep what a voter says of themselves, and thank them."""
    held: Held = doing.subject
    if not held.session.accepts_ballots(unit.now):
        return SESSION_OVER
    note_groups(unit, held, doing.person.id, command)
    return Done(Thanks(held.session, held.payload, command.seat))


def cast_ballot(unit: Unit, held: Held, person: int, command: CastBallot) -> bool:
    """Keep one ballot, in the place of the one this voter sent before. What they said of themselves stays.

    Whether the voter has said nothing of themselves, and sends this service's scores for the first time.
    """
    mine = owner_of(unit, held, command.point, person, command.seat)
    values = {"scores": json.dumps(command.scores), "repair": command.repair}
    changed = unit.db.execute(ballot.update().where(_B.owner == mine).values(values))
    untold = False
    if not changed.rowcount:
        told = unit.db.execute(
            sa.select(_B.gender, _B.age).where(_B.owner.in_(owners_of(unit, held, person, command.seat))).limit(1)
        ).one_or_none()
        gender, age = told or (None, None)
        untold = gender is None and age is None
        unit.db.execute(
            ballot.insert().values(
                owner=mine,
                session=held.session.id,
                point=command.point,
                phone=phone_of(unit, held, command.point, person),
                gender=gender,
                age=age,
                **values,
            )
        )
    to_be_counted(unit, held.session.id)
    return untold


def note_groups(unit: Unit, held: Held, person: int, command: NoteGroups) -> None:
    """Add what a voter said about themselves to the ballots they sent in this session."""
    unit.db.execute(
        ballot.update()
        .where(_B.owner.in_(owners_of(unit, held, person, command.seat)))
        .values(gender=command.groups.gender, age=command.groups.age)
    )
    to_be_counted(unit, held.session.id)
