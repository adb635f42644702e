"""Villages of a commune put together: with the last one, on request, in growing sets; and what stays out."""

import json
import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from made import BOT, COMMUNE, FACILITATOR, MORNING, Clock, ballot, cast, group, new_store, with_session

from conversations.refusals import Why
from conversations.results.merge_villages import VILLAGES_FEW, VILLAGES_OPEN, VILLAGES_SMALL
from conversations.sessions.open_session import OpenSession
from digests.text import digest_text
from scorecard.disclosure.release import release_from_json
from scorecard.session import Closing, State, round_name
from storage import tables
from storage.groups.link_group import link
from storage.places import villages
from storage.results.closed_digests import closed_sessions
from storage.results.counts import COUNTS, counts
from storage.results.digests import digest_of, release
from storage.results.last_villages import merge_last_village
from storage.results.merge_villages import latest_round, merge_villages, mergeable
from storage.results.post_digest import put_late_digests
from storage.scoring.ballots import ballot as ballots
from storage.sealing import doomed, keyless
from storage.session import Held, by_code, by_id, listed_in, open_in
from storage.sessions.close_session import CLOSINGS, close_session
from storage.sessions.open_session import open_session
from storage.store import Store
from storage.unit import Unit

ROUND = round_name(MORNING)
ASKER = 51

_S = tables.session.c
_LINKS = sa.select(_S.payload).where(_S.villages.is_not(None))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def store(tmp_path: Path, clock: Clock):
    """A commune of three villages with its facilitator and its group; the session that `made` opens is cancelled."""
    store = new_store(tmp_path, clock)
    found = await with_session(store)

    def three_villages(unit: Unit) -> None:
        unit.db.execute(
            tables.session.update().where(tables.session.c.id == found.session.id).values(state="cancelled")
        )
        codes = [village.code for village in villages(unit, COMMUNE)]
        unit.db.execute(tables.place.delete().where(tables.place.c.code.in_(codes[3:])))
        link(unit, BOT, group(-1), COMMUNE)

    await store.run(three_villages)
    yield store
    store.close()


async def village(
    store: Store, number: int, people: int, *, close: bool = True, bot: int = BOT, first: int = 0
) -> Held:
    """A session in one of the villages, in which so many people gave one score after another."""
    place = (await store.run(villages, COMMUNE))[number].code
    found = await store.run(open_session, bot, FACILITATOR, None, OpenSession(place, (1,), (), Closing.SEVEN_DAYS))
    for person in range(people):
        await cast(store, found, 1000 * number + person + first, ballot(found, 0, 1 + person % 5))
    if close:
        await close_it(store, found)
    return found


async def close_it(store: Store, found: Held) -> None:
    """Close a session, and do what the courier does when it seals it."""
    await store.run(close_session, found)
    await store.run(merge_last_village, found.session.id)


async def ask(store: Store, bot: int = BOT, round_: str = ROUND) -> Held | Why:
    return await store.run(merge_villages, bot, ASKER, COMMUNE, round_)


async def merged_ones(store: Store) -> list[int]:
    return await store.run(
        lambda unit: list(unit.db.scalars(sa.select(_S.id).where(_S.villages.is_not(None)).order_by(_S.id)))
    )


async def test_the_last_village_puts_all_together(store: Store) -> None:
    """Nothing after two of three villages; with the third one merged session, its digest on its way to the group."""
    parts = [await village(store, 0, 20), await village(store, 1, 30)]
    assert await merged_ones(store) == []
    parts.append(await village(store, 2, 10))
    (id_,) = await merged_ones(store)
    found = await store.run(by_id, id_)
    assert found is not None
    assert found.villages == tuple(part.session.id for part in parts)
    assert (found.session.place, found.session.state, found.session.location.village) == (COMMUNE, State.CLOSED, None)
    assert (found.opened_by, found.session.round) == (FACILITATOR, ROUND)
    digest = await store.run(digest_of, found)
    assert digest.villages == 3
    assert [(one.session, one.ballots, one.merges) for one in digest.releases] == [(id_, 60, found.villages)]
    kinds = await store.run(
        lambda unit: list(
            unit.db.execute(sa.select(tables.post.c.kind, tables.post.c.subject_id, tables.post.c.chat)).all()
        )
    )
    assert [chat for kind, session, chat in kinds if kind == "digest" and session == id_] == [-1]
    assert FACILITATOR in [chat for kind, session, chat in kinds if kind == "closed" and session == id_]


async def test_closing_by_the_clock_puts_together_too(store: Store, clock: Clock) -> None:
    """All three run out of time and are closed before any is looked at: one merged session."""
    for number in range(3):
        await village(store, number, 20, close=False)
    clock.ahead(days=8)
    sessions = await store.run(CLOSINGS.find, BOT)
    assert [await store.run(CLOSINGS.do, session) for session in sessions] == [True] * 3
    for session in sessions:
        await store.run(merge_last_village, session)
    assert len(await merged_ones(store)) == 1


async def test_a_village_under_way_is_waited_for(store: Store) -> None:
    """While one of a village's two sessions goes on nothing is put together, by itself or on request."""
    going = await village(store, 0, 20, close=False)
    for number in range(3):
        await village(store, number, 20, first=500)
    assert await merged_ones(store) == []
    assert await ask(store) is VILLAGES_OPEN
    assert await store.run(mergeable, BOT, (COMMUNE,)) == ()
    await close_it(store, going)
    (id_,) = await merged_ones(store)
    found = await store.run(by_id, id_)
    assert found is not None
    digest = await store.run(digest_of, found)
    assert (digest.villages, digest.releases[0].ballots) == (3, 80)


async def test_on_request_in_growing_sets(store: Store) -> None:
    """Two villages are enough for who asks; asked again it is the same one; a third village makes a new one."""
    await village(store, 0, 20)
    assert await ask(store) is VILLAGES_FEW
    await village(store, 0, 20, first=500)
    assert await ask(store) is VILLAGES_FEW
    await village(store, 1, 20)
    assert await store.run(mergeable, BOT, (COMMUNE,))
    first = await ask(store)
    assert isinstance(first, Held)
    assert first.opened_by == ASKER
    assert await store.run(mergeable, BOT, (COMMUNE,)) == ()
    assert await ask(store) == first
    await village(store, 2, 30)
    (_, second) = await merged_ones(store)
    again = await ask(store)
    assert isinstance(again, Held)
    assert again.session.id == second
    assert [one.ballots for one in (await store.run(digest_of, again)).releases] == [90]


async def test_only_the_newest_is_posted(store: Store, clock: Clock) -> None:
    """What was put together before and not posted is never posted: what takes its place is, also to a late group."""
    await village(store, 0, 20)
    await village(store, 1, 20)
    await ask(store)
    await village(store, 2, 30)
    (_, newest) = await merged_ones(store)
    await store.run(link, BOT, group(-2), COMMUNE)
    clock.ahead(hours=1)
    await store.run(put_late_digests, BOT, COMMUNE)
    p = tables.post.c
    waiting = sa.select(p.subject_id, p.chat).where(p.kind == "digest", p.state == "waiting")
    rows = await store.run(lambda unit: unit.db.execute(waiting).all())
    merged = await merged_ones(store)
    of_merged = [(row.subject_id, row.chat) for row in rows]
    assert sorted(pair for pair in of_merged if pair[0] in merged) == [(newest, -2), (newest, -1)]


async def test_only_the_newest_is_exported(store: Store) -> None:
    """Who adds up a file's rows must not find a commune's villages in it twice, put together once and again."""
    for number in (0, 1):
        await village(store, number, 20)
    await ask(store)
    await village(store, 2, 30)
    first, newest = await merged_ones(store)
    exported = await store.read(closed_sessions)
    assert newest in exported
    assert first not in exported
    assert len(exported) == 4


async def test_few_who_join_are_not_told_by_subtraction(store: Store) -> None:
    """A third village with five ballots adds nothing that may be told: what was put together stands."""
    await village(store, 0, 20)
    await village(store, 1, 20)
    first = await ask(store)
    await village(store, 2, 5)
    assert isinstance(first, Held)
    assert await ask(store) == await _again(store, first)
    assert len(await merged_ones(store)) == 1


async def test_what_was_put_together_last_stands(store: Store) -> None:
    """Once all villages were put together their counts are gone: what is closed later adds nothing to them."""
    for number, people in ((0, 20), (1, 5), (2, 5)):
        await village(store, number, people)
    (first,) = await merged_ones(store)
    await village(store, 1, 8, first=500)
    assert await merged_ones(store) == [first]
    found = await ask(store)
    assert isinstance(found, Held)
    assert [one.ballots for one in (await store.run(digest_of, found)).releases] == [30]


async def test_villages_that_told_nothing_are_not_put_together(store: Store) -> None:
    """Seven ballots in all, or one village that told something beside one that didn't: nobody would see a commune."""
    await village(store, 0, 3)
    await village(store, 1, 4)
    assert await ask(store) is VILLAGES_SMALL
    await village(store, 0, 20, first=500)
    assert await ask(store) is VILLAGES_SMALL
    assert await merged_ones(store) == []


async def test_what_is_not_of_this_commune_bot_and_round_stays_out(store: Store) -> None:
    """Sessions of another bot, another round, of the whole commune, and merged ones are no villages."""
    await village(store, 0, 20)
    await village(store, 1, 20, bot=BOT + 1)
    whole = await store.run(open_session, BOT, FACILITATOR, None, OpenSession(COMMUNE, (1,), (), Closing.ONE_HOUR))
    await store.run(close_session, whole)
    last = await village(store, 2, 20, close=False)
    await store.run(
        lambda unit: (
            unit.db.execute(tables.session.update().where(tables.session.c.id == last.session.id).values(round="2025"))
            and None
        )
    )
    assert await store.run(close_session, await _again(store, last))
    assert await ask(store) is VILLAGES_FEW
    await village(store, 1, 20)
    found = await ask(store)
    assert isinstance(found, Held)
    assert len(found.villages) == 2
    assert last.session.id not in found.villages


async def _again(store: Store, found: Held) -> Held:
    again = await store.run(by_id, found.session.id)
    assert again is not None
    return again


async def test_nobody_meets_a_merged_session(store: Store) -> None:
    """It is in no list of open ones, has no key to miss or to seal, no code to type, and can't be closed again."""
    await village(store, 0, 20)
    await village(store, 1, 20)
    found = await ask(store)
    assert isinstance(found, Held)
    assert not found.session.accepts_ballots(MORNING)
    assert await store.run(open_in, BOT, (COMMUNE,)) == ()
    assert found in await store.run(listed_in, BOT, (COMMUNE,), 40)
    assert await store.run(by_code, "") is None
    assert await store.run(keyless) == ()
    assert found.key is None
    assert not await store.run(close_session, found)
    for table in (counts, ballots):
        rows = sa.select(sa.func.count()).select_from(table).where(table.c.session == found.session.id)
        assert await store.run(lambda unit, rows=rows: unit.db.scalar(rows)) == 0


async def test_before_is_what_was_put_together_last_round(store: Store, clock: Clock) -> None:
    """A merged digest is set beside last round's merged one, a whole commune's session beside one of its kind."""

    async def whole() -> Held:
        command = OpenSession(COMMUNE, (1,), (), Closing.ONE_HOUR)
        found = await store.run(open_session, BOT, FACILITATOR, None, command)
        await store.run(close_session, found)
        return found

    async def put_together(round_: str) -> Held:
        await village(store, 0, 20, first=len(round_))
        await village(store, 1, 20, first=len(round_))
        found = await ask(store, round_=round_)
        assert isinstance(found, Held)
        return found

    one, first = await whole(), await put_together(ROUND)
    clock.ahead(days=365)
    other, second = await whole(), await put_together(str(int(ROUND) + 1))
    for found, before in ((second, first), (other, one)):
        digest = await store.run(digest_of, found)
        assert [last.release.session for last in digest.before] == [before.session.id]
    third = await store.run(digest_of, await village(store, 0, 20, first=700))
    assert all(not last.release.merges for last in third.before)


async def kept_of(store: Store) -> int:
    """How many service points' counts are kept; each session's key is there while they are, and doomed afterwards."""
    names = set(await store.run(lambda unit: unit.db.scalars(sa.select(tables.session.c.counts_key)).all())) - {None}
    there = await store.run(lambda unit: unit.keys.names())
    assert names <= there
    assert not names & set(await store.run(doomed))
    return int(await store.run(lambda unit: unit.db.scalar(sa.select(sa.func.count()).select_from(counts))) or 0)


async def test_small_villages_wait_for_thirty_days(store: Store, clock: Clock) -> None:
    """Five ballots in each of two villages are told together; after a month what was counted is gone for good."""
    for number in (0, 1):
        await village(store, number, 5)
    clock.ahead(days=29)
    await store.run(COUNTS.erase)
    assert await kept_of(store) == 2
    found = await ask(store)
    assert isinstance(found, Held)
    assert [one.ballots for one in (await store.run(digest_of, found)).releases] == [10]
    clock.ahead(days=2)
    await store.run(COUNTS.erase)
    assert await kept_of(store) == 0
    assert await ask(store) == found


async def test_from_fewer_than_five_phones_nothing_is_kept(store: Store) -> None:
    """Neither of a village nor in what is put together; and of a whole commune's session nothing at all."""
    for number, people in enumerate((4, 20)):
        await village(store, number, people)
    assert await kept_of(store) == 1
    assert await ask(store) == VILLAGES_SMALL
    commune = await store.run(open_session, BOT, FACILITATOR, None, OpenSession(COMMUNE, (1,), (), Closing.ONE_HOUR))
    for person in range(20):
        await cast(store, commune, person, ballot(commune, 0, 4))
    await store.run(close_session, commune)
    assert await kept_of(store) == 1


async def test_counts_are_gone_with_the_last_village(store: Store) -> None:
    """Once all the villages there are were put together, their keys are doomed at once."""
    there = await store.run(villages, COMMUNE)
    for number in range(len(there)):
        last = await village(store, number, 20, close=False)
        await store.run(close_session, last)
    assert await kept_of(store) == len(there)
    keys = await store.run(lambda unit: unit.db.scalars(sa.select(tables.session.c.counts_key)).all())
    await store.run(merge_last_village, last.session.id)
    assert await kept_of(store) == 0
    assert set(keys) - {None} <= set(await store.run(doomed))


async def test_a_village_whose_counts_are_gone_is_not_put_together(store: Store, clock: Clock) -> None:
    """Closed a month ago, its release stands for itself: nothing is left that could be added up."""
    await village(store, 0, 20)
    clock.ahead(days=31)
    await store.run(COUNTS.erase)
    await village(store, 1, 40)
    assert await ask(store) == VILLAGES_SMALL


@pytest.mark.fault("kill -9", holds="villages are put together whole, or not at all")
async def test_a_power_cut_leaves_nothing_half(store: Store) -> None:
    """Cut before all were put together, or in the middle of that: nothing of it is there, and it can be done again."""
    for number in (0, 1):
        await village(store, number, 20)
    last = await village(store, 2, 20, close=False)
    assert await store.run(close_session, last)
    links: list[str] = []

    def cut(unit: Unit) -> None:
        merge_last_village(unit, last.session.id)
        links.extend(unit.db.scalars(_LINKS))
        raise RuntimeError("the lights go out")

    with pytest.raises(RuntimeError):
        await store.run(cut)
    assert await merged_ones(store) == []
    assert last.key in await store.run(doomed)
    await store.run(merge_last_village, last.session.id)
    assert len(await merged_ones(store)) == 1
    links.extend(await store.run(lambda unit: list(unit.db.scalars(_LINKS))))
    assert len(set(links)) == 2, "whoever knows everything but chance can't tell the link"


async def test_after_new_year(store: Store, clock: Clock) -> None:
    """What was closed in the old year is put together in the new one, as of the old one's round."""
    for number in (0, 1):
        await village(store, number, 20)
    clock.ahead(days=60)
    assert await store.run(latest_round, BOT, COMMUNE) == ROUND != round_name(clock())


async def test_what_adds_nothing_is_not_offered_again(store: Store) -> None:
    """Once a village that told nothing new was looked at, there is nothing to put together any more."""
    for number in (0, 1):
        await village(store, number, 20)
    first = await ask(store)
    await village(store, 2, 5)
    assert isinstance(first, Held)
    assert (await ask(store)) == await _again(store, first)
    assert await store.run(mergeable, BOT, (COMMUNE,)) == ()


async def test_points_and_criteria_are_those_of_all_villages(store: Store) -> None:
    """Each service point that any village scored stands there once, as the newest session names it, with all asked."""
    one = await village(store, 0, 20, close=False)
    place = (await store.run(villages, COMMUNE))[1].code
    other = await store.run(open_session, BOT, FACILITATOR, None, OpenSession(place, (2, 1), (), Closing.ONE_HOUR))
    for person in range(20):
        await cast(store, other, 5000 + person, ballot(other, 0, 1 + person % 5))
        await cast(store, other, 5000 + person, ballot(other, 1, 1 + person % 5))

    def fewer(unit: Unit) -> None:
        p = tables.session_point
        asked = json.dumps([criterion.key for criterion in one.session.points[0].criteria][:4])
        unit.db.execute(
            p.update().where(p.c.session == other.session.id, p.c.point == 1).values(criteria=asked, en="New")
        )

    await store.run(fewer)
    for found in (one, other):
        await store.run(close_session, await _again(store, found))
    merged = await ask(store)
    assert isinstance(merged, Held)
    assert [point.id for point in merged.session.points] == [1, 2]
    assert merged.session.points[0].criteria == one.session.points[0].criteria
    assert merged.session.points[0].en == "New"
    digest = await store.run(digest_of, merged)
    assert [(release.ballots, len(release.merges)) for release in digest.releases] == [(40, 2), (20, 1)]
    bodies = await store.run(lambda unit: list(unit.db.scalars(sa.select(release.c.body))))
    assert {release_from_json(body).merges for body in bodies} >= {(), merged.villages}


async def test_each_service_has_its_own_villages(store: Store) -> None:
    """A service point that two of three villages scored is told of two; the whole digest of three."""
    await village(store, 0, 20)
    for number in (1, 2):
        place = (await store.run(villages, COMMUNE))[number].code
        both = await store.run(open_session, BOT, FACILITATOR, None, OpenSession(place, (1, 2), (), Closing.ONE_HOUR))
        for person in range(20):
            for position in (0, 1):
                await cast(store, both, 1000 * number + person, ballot(both, position, 1 + person % 5))
        await close_it(store, both)
    found = await ask(store)
    assert isinstance(found, Held)
    digest = await store.run(digest_of, found)
    assert digest.villages == 3
    assert {release.point: digest.villages_of(release.point) for release in digest.releases} == {1: 3, 2: 2}


async def test_the_digest_says_how_many_villages(store: Store) -> None:
    """The text says how many villages, and counts ballots: one person may have sent two, in two villages."""
    for number in (0, 1):
        found = await village(store, number, 20, close=False)
        for person in range(14):
            wish = found.session.points[0].criteria[0].key
            await cast(store, found, 1000 * number + person, ballot(found, 0, 3, repair=wish if person % 2 else None))
        other = found.session.points[0].criteria[1].key
        for person in range(14, 20):
            await cast(store, found, 1000 * number + person, ballot(found, 0, 1 + person % 5, repair=other))
        await store.run(close_session, found)
    found = await ask(store)
    assert isinstance(found, Held)
    digest = await store.run(digest_of, found)
    km, en = (digest_text(digest, (language,)) for language in ("km", "en"))
    assert "2 villages together" in en
    assert "បូកបញ្ចូលលទ្ធផល ២ ភូមិ" in km
    assert "Answers: 40" in en
    assert re.search(r"\((some|many|most)\)", en)
    assert "people)" not in en
    assert "ក្នុង ១០ នាក់" not in km
