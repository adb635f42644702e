"""A session is closed: counted, released, and all that could tell who said what erased."""

import json
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from conversations.commands import CloseSession
from scorecard.ballot import Age, Ballot, Gender, Groups
from scorecard.disclosure import release, release_to_json
from scorecard.session import LAST_CALL, UNDER_WAY, State
from scorecard.tally import count
from storage import outbox, tables
from storage.chats import groups_of
from storage.results.post_digest import by_itself, put_digests, show_closed
from storage.results.tallies import keep
from storage.session import Held, by_id
from storage.store import Unit
from storage.wipe import wipe

_S = tables.session.c
_B = tables.ballot.c


def call_last(unit: Unit, held: Held, command: CloseSession) -> datetime:
    """Let a session close in three minutes, or when it would anyway, and tell the commune's groups."""
    closes_at = min(held.session.closes_at, unit.now + LAST_CALL)
    unit.db.execute(tables.session.update().where(_S.id == command.session).values(closes_at=closes_at, last_call=True))
    for chat in groups_of(unit, held.bot, held.session.commune):
        outbox.put(
            unit,
            bot=held.bot,
            chat=chat,
            kind=outbox.Kind.LAST_CALL,
            dedup=f"last call:{command.session}:{chat}",
            language=unit.language,
            session=command.session,
        )
    return closes_at


def show_on(unit: Unit, held: Held, screen: int | None) -> None:
    """From now on the open session is shown to its facilitator on this message, and no longer on the earlier one."""
    if held.screen not in {None, screen}:
        _remove_screen(unit, held)
    unit.db.execute(tables.session.update().where(_S.id == held.session.id).values(screen=screen))


def close_session(unit: Unit, held: Held, *, by: int | None = None, closing_screen: int | None = None) -> bool:
    """Close a session, once: False if it is closed already. Its facilitator is shown what will be posted.

    by: another facilitator who closes it, and is shown it too; closing_screen: the message on which they do.
    """
    closed = unit.db.execute(
        tables.session.update()
        .where(_S.id == held.session.id, _S.state.in_(UNDER_WAY))
        .values(state=State.CLOSED, closed_at=unit.now, closes_at=min(held.session.closes_at, unit.now))
    )
    if not closed.rowcount:
        return False
    for point in held.session.points:
        asked = tuple(criterion.key for criterion in point.criteria)
        tally = count(held.session.id, point.id, asked, _ballots(unit, held, point.id))
        keep(unit, tally)
        body = release_to_json(release(tally))
        unit.db.execute(tables.release.insert().values(session=held.session.id, point=point.id, version=1, body=body))
    unit.db.execute(tables.ballot.delete().where(_B.session == held.session.id))
    wipe(unit, tables.dialogue.c.session == held.session.id, outbox.Kind.OVER)
    ended = tables.ended_dialogue
    unit.db.execute(ended.delete().where(ended.c.session == held.session.id))
    put_digests(unit, held, by_itself(unit, unit.now))
    if held.screen not in {None, closing_screen}:
        _remove_screen(unit, held)
    for person in sorted({held.opened_by, by or held.opened_by}):
        show_closed(unit, held, person)
    return True


def due(unit: Unit, bot: int) -> tuple[int, ...]:
    """The sessions under way whose time is over."""
    over = (_S.bot == bot) & _S.state.in_(UNDER_WAY) & (_S.closes_at <= unit.now)
    return tuple(unit.db.scalars(sa.select(_S.id).where(over).order_by(_S.closes_at)))


def close_due(unit: Unit, session: int) -> bool:
    """Close a session whose time is over; False if it is closed already, or goes on."""
    held = by_id(unit, session)
    return held is not None and held.session.closes_at <= unit.now and close_session(unit, held)


def keyless(unit: Unit) -> tuple[int, ...]:
    """The sessions under way whose key is not where it should be: nobody can score in them."""
    under_way = unit.db.scalars(sa.select(_S.id).where(_S.state.in_(UNDER_WAY))).all()
    there = unit.keys.names()
    return tuple(session for session in under_way if str(session) not in there)


def unsealed(unit: Unit, bot: int) -> tuple[int, ...]:
    """The closed sessions whose key may still be on the disk, or whose villages were not looked at."""
    rows = unit.db.scalars(sa.select(_S.id).where(_S.bot == bot, _S.state == State.CLOSED, _S.sealed.is_(False)))
    return tuple(rows)


def sealed(unit: Unit, sessions: Sequence[int]) -> None:
    """The sessions' keys are gone, the journal is empty, and their villages were put together if they can be."""
    unit.db.execute(tables.session.update().where(_S.id.in_(sessions)).values(sealed=True))


def _ballots(unit: Unit, held: Held, point: int) -> list[Ballot]:
    rows = unit.db.execute(
        sa.select(_B.scores, _B.repair, _B.gender, _B.age, _B.phone).where(
            _B.session == held.session.id, _B.point == point
        )
    )
    return [
        Ballot(json.loads(scores), repair, Groups(gender and Gender(gender), age and Age(age)), phone)
        for scores, repair, gender, age, phone in rows
    ]


def _remove_screen(unit: Unit, held: Held) -> None:
    """Take away the facilitator's message that showed the open session."""
    outbox.put(
        unit,
        bot=held.bot,
        chat=held.opened_by,
        kind=outbox.Kind.REMOVE,
        dedup=f"remove:{held.opened_by}:{held.screen}",
        language=unit.language,
        replaces=held.screen,
    )
