"""Reading beside the running bot: closed digests for export, on a connection that can't write."""

import asyncio
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from made import BOT, COMMUNE, Clock, ballot, cast, new_store, with_session
from test_store import note, noted

from storage import tables
from storage.results.closed_digests import AT_ONCE, closed_digests, closed_sessions
from storage.results.digests import digest_of
from storage.session import Held, location_to_json
from storage.sessions.close_session import close_session
from storage.store import Store
from storage.unit import Unit


async def closed(store: Store, people: int = 9) -> Held:
    """The session of `made`, closed after so many ballots for the commune office."""
    found = await with_session(store)
    for person in range(people):
        await cast(store, found, person, ballot(found, 0, 4))
    await store.run(close_session, found)
    return found


async def test_a_read_can_not_write(tmp_path: Path) -> None:
    """Whatever a read tries to change stays as it was."""
    store = new_store(tmp_path)
    with pytest.raises(sa.exc.DBAPIError, match=r"readonly|read-only"):
        await store.read(note, 1)
    assert await store.read(noted) == await store.run(noted) == set()
    store.close()


async def test_reading_and_writing_do_not_wait_for_each_other(tmp_path: Path) -> None:
    """While a read lasts, units of work commit; it sees one state of the database from its first look to its last."""
    store = new_store(tmp_path)
    await store.run(note, 1)
    looked, go_on = threading.Event(), threading.Event()

    def slow(unit: Unit) -> tuple[set[int], set[int]]:
        first = noted(unit)
        looked.set()
        assert go_on.wait(20)
        return first, noted(unit)

    reading = asyncio.ensure_future(store.read(slow))
    await asyncio.to_thread(looked.wait, 20)
    await asyncio.wait_for(store.run(note, 2), 5)
    assert await asyncio.wait_for(store.read(noted), 5) == {1, 2}
    go_on.set()
    assert await reading == ({1}, {1})
    assert await store.scour()
    store.close()


async def test_a_read_goes_on_beside_an_open_change(tmp_path: Path) -> None:
    """A change that is not committed neither holds a read up nor shows in it."""
    store = new_store(tmp_path)
    changed, go_on = threading.Event(), threading.Event()

    def slow(unit: Unit) -> None:
        note(unit, 1)
        changed.set()
        assert go_on.wait(20)

    writing = asyncio.ensure_future(store.run(slow))
    await asyncio.to_thread(changed.wait, 20)
    assert await asyncio.wait_for(store.read(noted), 5) == set()
    go_on.set()
    await writing
    assert await store.read(noted) == {1}
    store.close()


async def test_only_closed_sessions_are_exported(tmp_path: Path) -> None:
    """An open session shows nothing; a closed one shows its digest, posted or not, as groups will see it."""
    store = new_store(tmp_path)
    found = await with_session(store)
    assert await closed_digests(store) == ()
    for person in range(9):
        await cast(store, found, person, ballot(found, 0, 4))
    await store.run(close_session, found)
    (digest,) = await closed_digests(store)
    assert digest.session.id == found.session.id
    assert [release.ballots for release in digest.releases] == [9, None, None]

    def as_posted(unit: Unit) -> object:
        return digest_of(unit, found)

    assert digest.releases == (await store.run(as_posted)).releases  # type: ignore[attr-defined]
    store.close()


async def test_communes_rounds_and_bots_can_be_chosen(tmp_path: Path) -> None:
    """Each choice narrows what is read; without any, all bots' sessions come in the order of rounds and places."""
    store = new_store(tmp_path, Clock())
    found = await closed(store)
    s = tables.session.c

    def copies(unit: Unit) -> None:
        row = dict(unit.db.execute(sa.select(tables.session).where(s.id == found.session.id)).mappings().one())
        location = location_to_json(found.session.location)
        for id_, bot, place, round_ in ((7, BOT, f"{COMMUNE}02", "2025"), (8, BOT + 1, COMMUNE[:4] + "99", "2026")):
            own = {"id": id_, "bot": bot, "place": place, "commune": place[:6], "round": round_, "payload": f"s-{id_}"}
            own |= {"location": location}
            unit.db.execute(tables.session.insert().values(row | own))

    await store.run(copies)
    one = found.session.id
    assert await store.read(closed_sessions) == (7, one, 8)
    assert await store.read(closed_sessions, (COMMUNE,)) == (7, one)
    assert await store.read(closed_sessions, (COMMUNE,), "2026") == (one,)
    assert await store.read(closed_sessions, (), "2026") == (one, 8)
    assert await store.read(closed_sessions, (), None, BOT + 1) == (8,)
    assert [digest.session.id for digest in await closed_digests(store, (COMMUNE,))] == [7, one]
    store.close()


async def test_many_sessions_are_read_in_several_goes(tmp_path: Path) -> None:
    """None is lost or doubled between them."""
    store = new_store(tmp_path)
    found = await closed(store)
    s = tables.session.c

    def copies(unit: Unit) -> None:
        row = dict(unit.db.execute(sa.select(tables.session).where(s.id == found.session.id)).mappings().one())
        rows = [row | {"id": id_, "payload": f"s-{id_}"} for id_ in range(100, 100 + 2 * AT_ONCE)]
        unit.db.execute(tables.session.insert(), rows)

    await store.run(copies)
    ids = [digest.session.id for digest in await closed_digests(store)]
    assert ids == [found.session.id, *range(100, 100 + 2 * AT_ONCE)]
    store.close()
