"""What a facilitator may know while a session is open: bands, counted anew at most once a minute."""

import json

import sqlalchemy as sa

from conversations.sessions.live import COUNTED_EVERY, Count, Opened, Turnout
from scorecard.role import Act
from storage import outbox, tables
from storage.access import may
from storage.chats import groups_of
from storage.outbox import Post, session_of
from storage.people import asks_on
from storage.room import Kind
from storage.session import Held
from storage.sessions.groups_told import told, unreminded
from storage.unit import Unit

TURNOUT = Kind("turnout")
TO_BE_COUNTED, BEING_COUNTED = 1, 2

_S = tables.session.c


def opened(unit: Unit, held: Held) -> Opened:
    """An open session as its facilitator sees it."""
    groups = groups_of(unit, held.bot, held.session.commune)
    untold = {*groups} - told(unit, held)
    return Opened(
        held.session,
        count(unit, held),
        held.last_call,
        unit.now,
        held.turn,
        len(groups),
        len(untold),
        unreminded(unit, held),
    )


def count(unit: Unit, held: Held) -> Count:
    """The bands of each service point as they were counted last: none where nothing was counted yet."""
    counted, at = unit.db.execute(sa.select(_S.turnout, _S.turnout_at).where(_S.id == held.session.id)).one()
    known = {one.point: one for one in (Turnout(*bands) for bands in json.loads(counted or "[]"))}
    return Count(tuple(known.get(point.id, Turnout(point.id, 0, 0, 0)) for point in held.session.points), at)


def anything_sent(unit: Unit, held: Held) -> bool:
    """Whether a ballot ever came in: it is to be counted then, or something was."""
    here = (_S.id == held.session.id) & ((_S.uncounted > 0) | _S.turnout_at.is_not(None))
    return unit.db.scalar(sa.select(_S.id).where(here)) is not None


def to_be_counted(unit: Unit, session: int) -> None:
    """After a ballot: how many took part is to be counted, for there are others than last time."""
    same = (_S.id == session) & (_S.uncounted != TO_BE_COUNTED)
    unit.db.execute(tables.session.update().where(same).values(uncounted=TO_BE_COUNTED))


def uncounted(unit: Unit, bot: int) -> tuple[int, ...]:
    """The sessions in which it is to be counted how many took part, and was not within the last minute, nor, where the
    clock went back, in a minute that is yet to come.

    From now on that is being done: a ballot that comes meanwhile is for the next time.
    """
    before = unit.now - COUNTED_EVERY
    long_ago = sa.or_(_S.turnout_at.is_(None), _S.turnout_at <= before, _S.turnout_at > unit.now)
    due = (_S.bot == bot) & (_S.uncounted > 0) & long_ago
    found = tuple(unit.db.scalars(sa.select(_S.id).where(due)))
    if found:
        unit.db.execute(tables.session.update().where(_S.id.in_(found)).values(uncounted=BEING_COUNTED))
    return found


def turnout_counted(unit: Unit, held: Held, counted: tuple[Turnout, ...] | None) -> None:
    """Keep what was counted, None where nothing could be; the facilitator's screen is redrawn if it shows."""
    shown = count(unit, held).turnout
    if counted is None:
        counted = shown
    still = sa.case((_S.uncounted == BEING_COUNTED, 0), else_=_S.uncounted)
    values = {"turnout": _json(counted), "turnout_at": unit.now, "uncounted": still}
    unit.db.execute(tables.session.update().where(_S.id == held.session.id).values(values))
    if held.screen is None or shown == counted:
        return
    outbox.put(
        unit,
        bot=held.bot,
        chat=held.screen.chat,
        kind=TURNOUT,
        subject=held.subject,
        replaces=held.screen.message,
    )


def say_turnout(unit: Unit, post: Post) -> Opened | None:
    """An open session on its facilitator's screen, unless that screen asks them something at present."""
    held = session_of(unit, post)
    if held is None or not held.session.accepts_ballots(unit.sure_now):
        return None
    if not may(unit, post.bot, post.chat, Act.SEE, held) or asks_on(unit, post.bot, post.chat, post.replaces):
        return None
    return opened(unit, held)


def _json(bands: tuple[Turnout, ...]) -> str:
    return json.dumps([[one.point, one.phones, one.women, one.youth] for one in bands])
