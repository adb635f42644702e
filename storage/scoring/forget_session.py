"""A whole session is forgotten: what was sent, what came out, and what stands of it in groups."""

import json

import sqlalchemy as sa

from conversations.chat import Screen
from scorecard.session import UNDER_WAY
from storage import outbox, tables
from storage.outbox import messages_of
from storage.results.counts import forget_counts
from storage.results.digests import attendance, release
from storage.scoring.cancel_session import CANCELLED, cancel
from storage.sealing import doom
from storage.session import Held, by_ids
from storage.unit import Unit

_S = tables.session.c
_P = tables.post.c


def forget_session(unit: Unit, held: Held) -> tuple[int, ...]:
    """Erase a session but for its place, day and who opened it, and what its village was put together with; all those.

    No villages of that commune and round are put together any more: the door must reckon with all that it told, and
    this is not known any more.
    """
    ours = (_S.bot == held.bot) & (_S.commune == held.session.commune) & (_S.round == held.session.round)
    unit.db.execute(tables.session.update().where(ours).values(apart=True))
    merged = unit.db.execute(sa.select(_S.id, _S.villages).where(ours, _S.villages.is_not(None))).all()
    with_it = tuple(id_ for id_, villages in merged if held.session.id in json.loads(villages))
    forgotten = (held, *by_ids(unit, with_it))
    for one in forgotten:
        _erase(unit, one.session.id)
    if held.session.state in UNDER_WAY and held.key is not None:
        doom(unit, held.key)
        outbox.put(unit, bot=held.bot, chat=held.opened_by, kind=CANCELLED, subject=held.subject)
    for one in forgotten:
        cancel(unit, one)
    return tuple(one.session.id for one in forgotten)


def _erase(unit: Unit, session: int) -> None:
    """What came out; messages of it that stand somewhere are taken away, as far as Telegram lets a bot do so."""
    forget_counts(unit, [session])
    unit.db.execute(release.delete().where(release.c.session == session))
    unit.db.execute(attendance.delete().where(attendance.c.session == session))
    about = (_P.subject == "session") & (_P.subject_id == session)
    for id_, bot, chat in unit.db.execute(sa.select(_P.id, _P.bot, _P.chat).where(about, ~_P.wiping)).all():
        for message in messages_of(unit, id_):
            outbox.remove(unit, bot, Screen(chat, message))
    unit.db.execute(tables.post.delete().where(about, ~_P.wiping))
