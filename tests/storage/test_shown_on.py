"""A digest with a day: it waits for it, can be brought forward and not put back, and counts wait for villages."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from made import BOT, COMMUNE, FACILITATOR, MORNING, Clock, ballot, cast, group, new_store, with_session

from conversations.results.post_digest import PostDigest
from conversations.sessions.open_session import OpenFacts, OpenSession
from conversations.sessions.settings import Settings
from scorecard.session import COUNTS_KEPT, PHNOM_PENH, Closing
from scorecard.showing import MOST_DAYS
from storage import tables
from storage.groups.link_group import link
from storage.outbox import Post, claim, delivered
from storage.people import Person, new_dialogue
from storage.places import villages
from storage.proceed import carry_out
from storage.results.counts import COUNTS, counts
from storage.results.digests import digest_of
from storage.results.last_villages import LAST_VILLAGES
from storage.results.post_digest import DIGEST, is_posted
from storage.sealing import destroyed, doomed
from storage.session import Held, by_id, by_ids
from storage.sessions.close_session import close_session
from storage.sessions.open_session import load_open, open_session
from storage.store import Store
from storage.unit import Unit

GROUP, LATE_GROUP = -1, -2
DAY = date(2026, 12, 4)
EIGHT = datetime(2026, 12, 4, 8, tzinfo=PHNOM_PENH)

_S = tables.session.c


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def store(tmp_path: Path, clock: Clock):
    """A commune of three villages with its facilitator and its group; the session that `made` opens is cancelled."""
    store = new_store(tmp_path, clock)
    found = await with_session(store)

    def three_villages(unit: Unit) -> None:
        unit.db.execute(tables.session.update().where(_S.id == found.session.id).values(state="cancelled"))
        codes = [village.code for village in villages(unit, COMMUNE)]
        unit.db.execute(tables.place.delete().where(tables.place.c.code.in_(codes[3:])))
        link(unit, BOT, group(GROUP), COMMUNE)

    await store.run(three_villages)
    yield store
    store.close()


async def closed(store: Store, shown_on: date | None, number: int | None = None, people: int = 20) -> Held:
    """A session of the commune, or of one of its villages, in which so many people scored; closed and sealed."""
    place = COMMUNE if number is None else (await store.run(villages, COMMUNE))[number].code
    command = OpenSession(place, (1,), (), Closing.ONE_HOUR, shown_on)
    found = await store.run(open_session, BOT, FACILITATOR, None, command)
    for person in range(people):
        await cast(store, found, 1000 * found.session.id + person, ballot(found, 0, 1 + person % 5))
    await store.run(close_session, found)
    await store.run(lambda unit: destroyed(unit, doomed(unit)))
    await look(store)
    return await again(store, found)


async def look(store: Store) -> None:
    """What the courier does about villages, at each sweep."""
    for session in await store.run(LAST_VILLAGES.find, BOT):
        await store.run(LAST_VILLAGES.do, session)


async def again(store: Store, held: Held) -> Held:
    found = await store.run(by_id, held.session.id)
    assert found is not None
    return found


async def comes(store: Store, sure: datetime | None = None) -> list[tuple[int, int | None]]:
    """Chat and session of each digest that comes to a group now, and is settled with that."""

    def work(unit: Unit) -> list[Post]:
        at = unit if sure is None else replace(unit, sure_now=sure)
        posts = [post for post in claim(at, BOT, "courier") if post.kind == DIGEST]
        for post in posts:
            delivered(at, post, 1)
        return posts

    def rid_of_others(unit: Unit) -> None:
        unit.db.execute(tables.post.delete().where(tables.post.c.kind != DIGEST))

    await store.run(rid_of_others)
    return [(post.chat, post.session) for post in await store.run(work)]


async def post_now(store: Store, held: Held) -> None:
    """Somebody taps "post now"."""
    person = Person(BOT, FACILITATOR, "en", None)
    await store.run(lambda unit: carry_out(unit, person, PostDigest(held.session.id), None))


def to(clock: Clock, at: datetime) -> None:
    clock.now = at.astimezone(MORNING.tzinfo)


async def test_it_comes_on_its_day_and_once(store: Store, clock: Clock) -> None:
    """Not a second before eight in the morning of that day, and never again."""
    held = await closed(store, DAY)
    to(clock, EIGHT - timedelta(seconds=1))
    assert await comes(store) == []
    assert not await store.run(is_posted, held)
    to(clock, EIGHT)
    assert await comes(store) == [(GROUP, held.session.id)]
    for _ in range(70):
        clock.ahead(days=1)
        assert await comes(store) == []


@pytest.mark.fault("a clock that is ahead", holds="no digest is posted before its day")
async def test_a_doubted_clock_posts_nothing_early(store: Store, clock: Clock) -> None:
    """Ours says that the day has come, and Telegram's does not: it waits for both."""
    held = await closed(store, DAY)
    to(clock, EIGHT + timedelta(days=3))
    assert await comes(store, sure=EIGHT - timedelta(minutes=5)) == []
    assert await comes(store, sure=EIGHT) == [(GROUP, held.session.id)]


async def test_a_day_is_brought_forward_and_not_put_back(store: Store, clock: Clock) -> None:
    """Posted now it comes now; the day it had passes, and a group linked then is not told what has gone out."""
    held = await closed(store, DAY)
    clock.ahead(days=2)
    await post_now(store, held)
    assert await comes(store) == [(GROUP, held.session.id)]
    brought = (await again(store, held)).session.shown_on
    assert brought == date(2026, 11, 26)
    await store.run(link, BOT, group(LATE_GROUP), COMMUNE)
    for _ in range(10):
        clock.ahead(days=1)
        assert await comes(store) == []
        await post_now(store, held)
        assert (await again(store, held)).session.shown_on == brought
        await comes(store)


async def test_who_has_no_group_yet_brings_nothing_forward(store: Store, clock: Clock) -> None:
    """A tap on ✅ where no group is linked changes nothing: the group that comes later hears it on its day."""
    await store.run(lambda unit: unit.db.execute(tables.group_chat.delete()))
    held = await closed(store, DAY)
    await post_now(store, held)
    assert (await again(store, held)).session.shown_on == DAY
    clock.ahead(days=6)
    await store.run(link, BOT, group(LATE_GROUP), COMMUNE)
    assert await comes(store) == []
    to(clock, EIGHT)
    assert await comes(store) == [(LATE_GROUP, held.session.id)]


async def test_sixty_days_at_most(store: Store, clock: Clock) -> None:
    """Whatever day is kept, closing was at most sixty days before what came out is shown."""
    held = await closed(store, date(2028, 1, 1))
    clock.ahead(days=MOST_DAYS - 1)
    assert await comes(store) == []
    clock.ahead(days=1)
    assert await comes(store) == [(GROUP, held.session.id)]


async def merged_of(store: Store) -> list[Held]:
    """What villages were put together, oldest first."""
    which = sa.select(_S.id).where(_S.villages.is_not(None)).order_by(_S.id)
    return list(await store.run(lambda unit: by_ids(unit, unit.db.scalars(which).all())))


async def kept(store: Store) -> set[int]:
    """The sessions whose counts are kept."""
    await store.run(COUNTS.erase)
    return await store.run(lambda unit: set(unit.db.scalars(sa.select(counts.c.session))))


async def test_villages_come_on_the_latest_of_their_days(store: Store, clock: Clock) -> None:
    """Each village on its own; what they say together when the last of them is shown, and no earlier."""
    parts = [await closed(store, day, number) for number, day in enumerate((date(2026, 11, 30), DAY, None))]
    (merged,) = await merged_of(store)
    assert merged.session.shown_on == DAY
    seen = []
    while clock.now < EIGHT.astimezone(MORNING.tzinfo):
        seen += [session for _, session in await comes(store)]
        clock.ahead(hours=1)
    assert seen == [parts[2].session.id, parts[0].session.id]
    seen = [session for _ in range(3) for _, session in await comes(store)]
    assert seen == [parts[1].session.id, merged.session.id]


async def test_small_counts_stay_until_villages_are_shown(store: Store, clock: Clock) -> None:
    """Another scoring in a village is still put together with what the others said; after the day nothing is kept."""
    parts = [await closed(store, DAY, number, 30) for number in range(3)]
    assert await kept(store) == {part.session.id for part in parts}
    clock.ahead(days=3)
    await closed(store, DAY, 0, 30)
    first, merged = await merged_of(store)
    assert [held.session.shown_on for held in (first, merged)] == [DAY, DAY]
    (released,) = (await store.run(digest_of, merged)).releases
    assert (released.ballots, len(released.merges)) == (120, 4)
    to(clock, EIGHT + timedelta(hours=12))
    await look(store)
    assert len(await kept(store)) == 4
    clock.ahead(days=1)
    await look(store)
    assert await kept(store) == set()
    assert await store.run(LAST_VILLAGES.find, BOT) == ()


async def test_villages_without_a_day_keep_nothing(store: Store) -> None:
    """Where no day is waited for, counts go with the last village."""
    for number in range(3):
        await closed(store, None, number)
    assert len(await merged_of(store)) == 1
    assert await kept(store) == set()


async def test_what_is_under_way_then_is_not_left_alone(store: Store, clock: Clock) -> None:
    """Where a village is scored once more when the day has passed, the counts of the others wait for its closing."""
    for number in range(3):
        await closed(store, DAY, number)
    place = (await store.run(villages, COMMUNE))[0].code
    command = OpenSession(place, (1,), (), Closing.SEVEN_DAYS, None)
    to(clock, EIGHT - timedelta(days=1))
    going = await store.run(open_session, BOT, FACILITATOR, None, command)
    to(clock, EIGHT + timedelta(days=2))
    await look(store)
    assert len(await kept(store)) == 3
    await store.run(close_session, going)
    await store.run(lambda unit: destroyed(unit, doomed(unit)))
    await look(store)
    assert await kept(store) == set()


async def test_counts_wait_for_the_latest_day(store: Store, clock: Clock) -> None:
    """Longer than thirty days where the commune's villages are shown later, and sixty at most."""
    early = await closed(store, None, 0)
    clock.ahead(days=10)
    late = await closed(store, (clock.now + timedelta(days=58)).date(), 1)
    clock.ahead(days=COUNTS_KEPT.days - 9)
    assert await kept(store) == {early.session.id, late.session.id}
    clock.ahead(days=30)
    assert await kept(store) == {late.session.id}
    clock.ahead(days=10)
    assert await kept(store) == set()


async def test_a_second_session_is_seen(store: Store) -> None:
    """Who begins to open one is told what is open in their communes, and what they chose last."""

    def facts(unit: Unit) -> OpenFacts:
        loaded = load_open(
            unit, new_dialogue(unit, Person(BOT, FACILITATOR, "en", None), "open_session", {}, None, None)
        )
        assert isinstance(loaded, OpenFacts)
        return loaded

    before = await store.run(facts)
    assert (before.communes[0].open, before.settings) == ((), Settings())
    command = OpenSession(COMMUNE, (1,), (), Closing.ONE_HOUR, DAY, compares=False)
    held = await store.run(open_session, BOT, FACILITATOR, None, command)
    after = await store.run(facts)
    assert (after.communes[0].open, after.settings) == ((held.session,), Settings(compares=False))
    assert (held.session.shown_on, held.session.compares) == (DAY, False)


async def test_beside_what_nobody_has_seen_yet_nothing_stands(store: Store, clock: Clock) -> None:
    """Last round's digest has a day that is still to come: this round's stands beside it only from then on."""
    last = await closed(store, DAY)
    await store.run(
        lambda unit: unit.db.execute(tables.session.update().where(_S.id == last.session.id).values(round="2025"))
    )
    now = await closed(store, None)
    assert (await store.run(digest_of, now)).before == ()
    to(clock, EIGHT - timedelta(hours=9))
    assert (await store.run(digest_of, now)).before == ()
    to(clock, EIGHT)
    assert [one.round for one in (await store.run(digest_of, now)).before] == ["2025"]
