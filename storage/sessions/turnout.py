"""What a facilitator may know while a session is open: bands, shown anew at most once a minute."""

import json
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from conversations.sessions.live import Opened, Turnout
from scorecard.role import Act
from storage import outbox, tables
from storage.access import may
from storage.outbox import Post, session_of
from storage.room import Kind
from storage.session import Held
from storage.unit import Unit

TURNOUT = Kind("turnout")
REDRAWN_EVERY = timedelta(minutes=1)

_S = tables.session.c


def opened(unit: Unit, held: Held) -> Opened:
    """An open session as its facilitator sees it."""
    return Opened(held.session, turnout(unit, held), held.last_call)


def turnout(unit: Unit, held: Held) -> tuple[Turnout, ...]:
    """The bands of each service point as they were last shown, at most a minute ago or when nothing changed."""
    shown, shown_at, counted = _bands(unit, held)
    if shown_at is not None and unit.now - shown_at < REDRAWN_EVERY:
        return _of_all_points(held, shown)
    unit.db.execute(
        tables.session.update().where(_S.id == held.session.id).values(turnout=_json(counted), turnout_at=unit.now)
    )
    return _of_all_points(held, counted)


def turnout_changed(unit: Unit, held: Held, counted: tuple[Turnout, ...]) -> None:
    """After a ballot: keep what was counted; the facilitator's screen is redrawn within a minute if it would show."""
    unit.db.execute(tables.session.update().where(_S.id == held.session.id).values(counted=_json(counted)))
    shown, shown_at, _ = _bands(unit, held)
    if held.screen is None or _of_all_points(held, shown) == counted:
        return
    outbox.put(
        unit,
        bot=held.bot,
        chat=held.opened_by,
        kind=TURNOUT,
        subject=held.subject,
        not_before=max(unit.now, (shown_at or unit.now) + REDRAWN_EVERY),
        replaces=held.screen,
    )


def say_turnout(unit: Unit, post: Post) -> Opened | None:
    """An open session on its facilitator's screen, unless that screen asks them something at present."""
    held = session_of(unit, post)
    if held is None or not held.session.accepts_ballots(unit.now):
        return None
    if not may(unit, post.bot, post.chat, Act.SEE, held) or _dialogue_stands_on(unit, post):
        return None
    return opened(unit, held)


def _dialogue_stands_on(unit: Unit, post: Post) -> bool:
    """Whether the message to be rewritten asks its person something at present."""
    d = tables.dialogue.c
    on_it = (d.bot == post.bot) & (d.person == post.chat) & (d.screen == post.replaces)
    return unit.db.scalar(sa.select(d.id).where(on_it)) is not None


def _bands(unit: Unit, held: Held) -> tuple[tuple[Turnout, ...], Any, tuple[Turnout, ...]]:
    """What was shown last, when, and what was counted last."""
    row = unit.db.execute(sa.select(_S.turnout, _S.turnout_at, _S.counted).where(_S.id == held.session.id)).one()
    shown, counted = (tuple(Turnout(*bands) for bands in json.loads(text)) for text in (row.turnout, row.counted))
    return shown, row.turnout_at, counted


def _of_all_points(held: Held, bands: tuple[Turnout, ...]) -> tuple[Turnout, ...]:
    """The bands of each service point: none where nothing was counted yet."""
    known = {one.point: one for one in bands}
    return tuple(known.get(point.id, Turnout(point.id, 0, 0, 0)) for point in held.session.points)


def _json(bands: tuple[Turnout, ...]) -> str:
    return json.dumps([[one.point, one.ballots, one.women, one.youth] for one in bands])
