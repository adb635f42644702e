"""What stays of a closed session, and which group may hear of it."""

from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from made import BOT, COMMUNE, FACILITATOR, MORNING, Clock, ballot, cast, group, new_store, with_session

from conversations.chat import Screen
from conversations.sessions.close_session import CloseSession
from scorecard.silent_hours import SilentHours
from storage import tables
from storage.groups.link_group import link
from storage.outbox import REMOVE
from storage.people import Person
from storage.room import Doing
from storage.scoring.count_ballots import TURNOUTS
from storage.sessions.close_session import carry_close, close_session
from storage.sessions.turnout import TURNOUT


async def test_a_group_linked_late_is_not_woken(tmp_path: Path) -> None:
    """A group linked after a closing in the evening gets the digest when the others do: once the night is over."""
    clock = Clock()
    store = new_store(tmp_path, clock, SilentHours(21, 6))
    found = await with_session(store)
    await store.run(link, BOT, group(-1), COMMUNE)
    clock.ahead(hours=13)
    await store.run(close_session, found)
    clock.ahead(hours=1)
    await store.run(link, BOT, group(-2), COMMUNE)
    p = tables.post.c
    waiting = sa.select(p.chat, p.not_before).where(p.kind == "digest").order_by(p.chat.desc())
    posts = await store.run(lambda unit: [tuple(row) for row in unit.db.execute(waiting)])
    morning = MORNING.replace(hour=23) + timedelta(days=1)
    assert posts == [(-1, morning), (-2, morning)]
    store.close()


async def test_the_last_call_of_another_facilitator(tmp_path: Path) -> None:
    """Whoever made it is shown the session from then on, in their own chat; the earlier one's message goes."""
    store = new_store(tmp_path)
    found = await with_session(store)
    other, screen = FACILITATOR + 1, Screen(FACILITATOR + 1, 90)
    doing = Doing(Person(BOT, other, "km", None), screen, found)
    await store.run(carry_close, doing, CloseSession(found.session.id, last_call=True))
    for person in range(10):
        await cast(store, found, person, ballot(found, 0, 4))
    for session in await store.run(TURNOUTS.find, BOT):
        await store.run(TURNOUTS.do, session, await store.read(TURNOUTS.reads, session))
    p = tables.post.c
    on_screens = sa.select(p.chat, p.kind, p.replaces).where(p.replaces.is_not(None)).order_by(p.id)
    posts = await store.run(lambda unit: [tuple(row) for row in unit.db.execute(on_screens)])
    assert posts == [(FACILITATOR, REMOVE, 7), (other, TURNOUT, 90)]
    store.close()
