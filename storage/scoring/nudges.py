"""Who asked to be reminded, sealed as answers are: who came, and who did not, is nobody's business."""

import json

import sqlalchemy as sa

from conversations.refusals import SESSION_OVER, Why
from conversations.scoring.remind_me import Nudge, RemindMe, WillRemind
from scorecard.ballot import Purpose, owner, telegram_phone
from scorecard.session import UNDER_WAY, nudge_time
from storage import outbox, tables
from storage.database import upsert
from storage.outbox import Post, session_of
from storage.people import Person
from storage.room import AtClosing, Doing, Done, Due, Forgets, Kind
from storage.scoring.ballots import accepts, goes_on, key_of, scored_by
from storage.session import Held, by_id, by_ids
from storage.unit import Unit

NUDGED = Kind("nudge")
BODY_BYTES = 64

nudge = sa.Table(
    "nudge",
    tables.metadata,
    sa.Column("mark", sa.LargeBinary(32), primary_key=True),
    sa.Column("session", sa.BigInteger, sa.ForeignKey("session.id"), nullable=False, index=True),
    sa.Column("bot", sa.BigInteger, nullable=False),
    sa.Column("at", tables.Time, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Index("nudge_due", "bot", "at"),
    sqlite_with_rowid=False,
    info=tables.TOOK_PART,
)

_N = nudge.c
_S = tables.session.c


def carry_remind_me(unit: Unit, doing: Doing, _: RemindMe) -> Done | Why:
    """Note it, once for a person; whoever asks again is told the same."""
    held: Held = doing.subject
    if not goes_on(unit, held):
        return SESSION_OVER
    at = nudge_time(unit.now, held.session.closes_at)
    if at is not None:
        mark = _mark(unit, held, doing.person.id)
        sealed = key_of(unit, held).seal(_row(mark), json.dumps(doing.person.id).encode(), BODY_BYTES)
        row = {"mark": mark, "session": held.session.id, "bot": held.bot, "at": at, "body": sealed}
        upsert(unit.db, nudge, row)
    return Done(will_remind(unit, doing.person, held))


def will_remind(unit: Unit, person: Person, held: Held) -> WillRemind:
    """When somebody is reminded, as far as that was noted."""
    at = unit.db.scalar(sa.select(_N.at).where(_N.mark == _mark(unit, held, person.id)))
    return WillRemind(held.session, held.payload, at)


def _due(unit: Unit, bot: int) -> tuple[int, ...]:
    """The sessions of which somebody is to be reminded now."""
    due = (_N.bot == bot) & (_N.at <= unit.sure_now)
    return tuple(unit.db.scalars(sa.select(_N.session).where(due).distinct().order_by(_N.session)))


def _nudge(unit: Unit, session: int) -> bool:
    """Remind those who have sent nothing, unless it is night or they could not send; nobody is reminded twice."""
    held = by_id(unit, session)
    due = (_N.session == session) & (_N.at <= unit.sure_now)
    asleep = unit.silent is not None and unit.silent.hold(unit.sure_now)
    if held is not None and accepts(unit, held) and not asleep:
        for mark, body in unit.db.execute(sa.select(_N.mark, _N.body).where(due)).all():
            person = int(json.loads(key_of(unit, held).open(_row(mark), body)))
            if not scored_by(unit, held, person):
                outbox.put(unit, bot=held.bot, chat=person, kind=NUDGED, subject=held.subject)
    return unit.db.execute(nudge.delete().where(due)).rowcount > 0


def say_nudge(unit: Unit, post: Post) -> Nudge | None:
    """The way in, for who has sent nothing yet."""
    held = session_of(unit, post)
    if held is None or not accepts(unit, held) or scored_by(unit, held, post.chat):
        return None
    return Nudge(held.session, held.payload)


def forget_nudges(unit: Unit, session: int) -> None:
    """Let go of who asked to be reminded of a session."""
    unit.db.execute(nudge.delete().where(_N.session == session))


def _at_closing(unit: Unit, held: Held, _: int | None) -> None:
    forget_nudges(unit, held.session.id)


def _forget(unit: Unit, bot: int, person: int) -> None:
    """Nobody is reminded who is to be forgotten."""
    open_ = unit.db.scalars(sa.select(_S.id).where(_S.bot == bot, _S.state.in_(UNDER_WAY))).all()
    marks = [_mark(unit, held, person) for held in by_ids(unit, open_) if unit.keys.has(held.key)]
    unit.db.execute(nudge.delete().where(_N.mark.in_(marks)))


def _mark(unit: Unit, held: Held, person: int) -> bytes:
    return owner(key_of(unit, held).owner, Purpose.NUDGE, 0, telegram_phone(person))


def _row(mark: bytes) -> str:
    return f"nudge\0{mark.hex()}"


NUDGES = Due(_due, _nudge, "reminded who asked")
NO_NUDGES = AtClosing(_at_closing)
WHO_ASKED = Forgets(_forget)
