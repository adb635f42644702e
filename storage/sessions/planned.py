"""Sessions that are planned: they open by themselves at their time, and whoever planned them is reminded before."""

from datetime import datetime, time, timedelta

import sqlalchemy as sa

from conversations.refusals import NOT_YOURS, Why
from conversations.sessions.live import Cancelled, PassOn
from conversations.sessions.open_session import OpenSession, PlanSession
from conversations.sessions.planned import (
    NOT_PLANNED,
    CallOffFacts,
    CallOffPlan,
    OpenedByItself,
    OpenPlanned,
    OpensSoon,
    PlanMissed,
    Planned,
)
from scorecard.role import Act
from scorecard.session import PHNOM_PENH, TOO_LATE_TO_OPEN, State
from storage import outbox, tables
from storage.access import may
from storage.outbox import Post, session_of
from storage.people import Dialogue
from storage.room import Doing, Done, Due, Kind
from storage.session import Held, by_id, change
from storage.sessions.open_session import begin_session, put_session
from storage.sessions.pack import put_pack
from storage.sessions.turnout import opened
from storage.unit import Unit

OPENS_SOON = Kind("opens soon")
OPENED_ITSELF = Kind("opened itself")
PLAN_MISSED = Kind("plan missed")

SOON = timedelta(hours=1)
EVENING = time(18)

_S = tables.session.c
_P = tables.post.c


def carry_plan(unit: Unit, doing: Doing, command: PlanSession) -> Done:
    """Keep the plan: it is reminded of on the evening before, and an hour before."""
    held = plan(unit, doing.person.bot, doing.person.id, command.opening, command.opens_at)
    return Done(Planned(held.session, held.turn))


def plan(unit: Unit, bot: int, person: int, opening: OpenSession, opens_at: datetime) -> Held:
    """Keep a session that opens then, and have whoever looks after it reminded before."""
    held = change(unit, put_session(unit, bot, person, opening, opens_at), opens_at=opens_at)
    remind_of(unit, held)
    return held


def remind_of(unit: Unit, held: Held) -> None:
    """Have whoever looks after a planned session reminded on the evening before and an hour before, and at no other
    time that was meant earlier.
    """
    opens_at = held.session.opens_at
    assert opens_at is not None, "what is planned has its time"
    meant = (_P.subject == held.subject.kind) & (_P.subject_id == held.subject.id) & (_P.kind == OPENS_SOON)
    unit.db.execute(tables.post.delete().where(meant, _P.state == "waiting"))
    day_before = opens_at.astimezone(PHNOM_PENH).date() - timedelta(days=1)
    evening = datetime.combine(day_before, EVENING, PHNOM_PENH).astimezone(unit.now.tzinfo)
    for key, at in (("evening", evening), ("soon", opens_at - SOON)):
        if at > unit.now:
            outbox.put(
                unit,
                bot=held.bot,
                chat=held.opened_by,
                kind=OPENS_SOON,
                subject=held.subject,
                key=f"{key}{at:%m%d%H}",
                not_before=at,
            )


def carry_open_planned(unit: Unit, doing: Doing, _: OpenPlanned) -> Done | Why:
    """Open it now: it closes when it would have."""
    held: Held = doing.subject
    if held.session.state is not State.PLANNED:
        return NOT_PLANNED
    held = begin_session(unit, held, doing.screen)
    put_pack(unit, held, doing.person.id)
    return Done(opened(unit, held), extra=PassOn(held.session, held.payload, held.session.code))


def load_call_off(unit: Unit, dialogue: Dialogue) -> CallOffFacts | Why:
    held = by_id(unit, int(dialogue.about["session"]))
    if held is None or not may(unit, dialogue.bot, dialogue.person, Act.OPEN, held):
        return NOT_YOURS
    return CallOffFacts(held.session) if held.session.state is State.PLANNED else NOT_PLANNED


def carry_call_off(unit: Unit, doing: Doing, _: CallOffPlan) -> Done | Why:
    """It never opens; nobody had heard of it but whoever planned it."""
    held: Held = doing.subject
    if held.session.state is not State.PLANNED:
        return NOT_PLANNED
    held = change(unit, held, state=State.CANCELLED, opens_at=None, turn=held.turn + 1)
    return Done(Cancelled(held.session))


def _to_open(unit: Unit, bot: int) -> tuple[int, ...]:
    """The planned sessions whose time has come."""
    due = (_S.bot == bot) & (_S.opens_at <= unit.sure_now)
    return tuple(unit.db.scalars(sa.select(_S.id).where(due).order_by(_S.opens_at)))


def _open(unit: Unit, session: int) -> bool:
    """Open it; one whose time has all but gone by is cancelled, and whoever planned it hears so."""
    held = by_id(unit, session)
    if held is None or held.session.state is not State.PLANNED:
        return False
    if held.session.closes_at - unit.sure_now < TOO_LATE_TO_OPEN:
        change(unit, held, state=State.CANCELLED, opens_at=None, turn=held.turn + 1)
        outbox.put(unit, bot=held.bot, chat=held.opened_by, kind=PLAN_MISSED, subject=held.subject)
        return False
    held = begin_session(unit, held, None)
    outbox.put(unit, bot=held.bot, chat=held.opened_by, kind=OPENED_ITSELF, subject=held.subject)
    put_pack(unit, held, held.opened_by)
    return True


def say_opens_soon(unit: Unit, post: Post) -> OpensSoon | None:
    """That it opens, as long as it is to."""
    held = session_of(unit, post)
    if held is None or held.session.state is not State.PLANNED:
        return None
    return OpensSoon(held.session) if may(unit, post.bot, post.chat, Act.OPEN, held) else None


def say_opened_itself(unit: Unit, post: Post) -> OpenedByItself | None:
    held = session_of(unit, post)
    return OpenedByItself(held.session) if held is not None and held.session.goes_on(unit.sure_now) else None


def say_missed(unit: Unit, post: Post) -> PlanMissed | None:
    held = session_of(unit, post)
    return None if held is None else PlanMissed(held.session)


OPENINGS = Due(_to_open, _open, "opened")
