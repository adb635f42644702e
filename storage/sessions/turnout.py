"""What a facilitator may know while a session is open: bands, counted anew at most once a minute."""

import json
from datetime import timedelta

import sqlalchemy as sa

from conversations.facts import Turnout
from scorecard.ballot import Age, Gender
from scorecard.disclosure import band
from storage import outbox, tables
from storage.session import Held
from storage.store import Unit

REDRAWN_EVERY = timedelta(minutes=1)

_B = tables.ballot.c
_S = tables.session.c


def turnout(unit: Unit, held: Held) -> tuple[Turnout, ...]:
    """The bands of each service point as they were last counted, at most a minute ago or when nothing changed."""
    shown, counted_at = unit.db.execute(sa.select(_S.turnout, _S.turnout_at).where(_S.id == held.session.id)).one()
    if counted_at is not None and unit.now - counted_at < REDRAWN_EVERY:
        return tuple(Turnout(*bands) for bands in json.loads(shown))
    counted = _count(unit, held)
    unit.db.execute(
        tables.session.update()
        .where(_S.id == held.session.id)
        .values(turnout=json.dumps([[t.point, t.ballots, t.women, t.youth] for t in counted]), turnout_at=unit.now)
    )
    return counted


def turnout_changed(unit: Unit, held: Held) -> None:
    """After a ballot: have the facilitator's screen redrawn within a minute, if another band would show."""
    shown, counted_at = unit.db.execute(sa.select(_S.turnout, _S.turnout_at).where(_S.id == held.session.id)).one()
    if held.screen is None or tuple(Turnout(*bands) for bands in json.loads(shown)) == _count(unit, held):
        return
    outbox.put(
        unit,
        bot=held.bot,
        chat=held.opened_by,
        kind=outbox.Kind.TURNOUT,
        dedup=f"turnout:{held.session.id}",
        language="",
        session=held.session.id,
        not_before=max(unit.now, (counted_at or unit.now) + REDRAWN_EVERY),
        replaces=held.screen,
    )


def _count(unit: Unit, held: Held) -> tuple[Turnout, ...]:
    rows = unit.db.execute(
        sa.select(
            _B.point,
            sa.func.count(),
            sa.func.count(sa.case((_B.gender == Gender.WOMAN, 1))),
            sa.func.count(sa.case((_B.age == Age.YOUTH, 1))),
        )
        .where(_B.session == held.session.id)
        .group_by(_B.point)
    )
    counted = {point: (band(people), band(women), band(youth)) for point, people, women, youth in rows}
    return tuple(Turnout(point.id, *counted.get(point.id, (0, 0, 0))) for point in held.session.points)
