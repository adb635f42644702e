"""A copy of the database, made while the bot works, and put back where the database is gone."""

import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from house import COMMUNE

from bot.cli import main
from bot.office.backup import back_up, restore
from bot.open_store import open_store
from bot.settings import Settings, bot_id
from bot.trouble import Trouble
from conversations.chat import Screen
from conversations.refusals import Why
from conversations.results.merge_villages import VILLAGES_APART
from conversations.scoring.join import JOIN
from conversations.scoring.score import CastBallot
from conversations.sessions.open_session import OpenSession
from files.places import SOURCE, find_location, villages_of
from scorecard.card import Service
from scorecard.place import NewPoint
from scorecard.session import Closing, State
from storage import tables
from storage.intake import take
from storage.reply import Arrival, Question, Tap
from storage.results.digests import releases_of
from storage.results.merge_villages import merge_villages, mergeable
from storage.roles.invitations import accept_invitation, invite
from storage.scoring.ballots import ballot
from storage.scoring.cast_ballot import cast_ballot
from storage.session import Held, by_id
from storage.sessions.close_session import close_session
from storage.sessions.open_session import open_session
from storage.store import Store
from storage.unit import Unit

TOKEN = "4242:" + "a" * 35
FACILITATOR, MIDWAY = 50, 777_000_777


def settings_in(folder: Path) -> Settings:
    return Settings(bot_token=TOKEN, database_url=f"sqlite:///{folder / 'db'}", keys=folder / "keys")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path)


def scored(unit: Unit, bot: int, village: str, people: int) -> Held:
    """A village's open session in which so many have scored."""
    point = NewPoint(COMMUNE, Service.HEALTH_CENTRE, "ក", "A")
    held = open_session(unit, bot, FACILITATOR, None, OpenSession(village, (), (point,), Closing.SEVEN_DAYS))
    scores = {criterion.key: 4 for criterion in held.session.points[0].criteria}
    for person in range(people):
        cast_ballot(unit, held, person, CastBallot(held.session.id, held.session.points[0].id, 1, scores, None, None))
    return held


@pytest.fixture
async def made(settings: Settings) -> AsyncIterator[tuple[Store, Held]]:
    """A database with two closed villages, a third that is open, and somebody in the middle of it."""
    store, bot = await open_store(settings), bot_id(settings)
    here = find_location(COMMUNE)
    assert here is not None
    places = (here.province, here.district, here.commune, *villages_of(COMMUNE))
    payload = await store.run(invite, bot, (COMMUNE,), places, SOURCE, None)
    await store.run(accept_invitation, bot, FACILITATOR, payload)
    villages = [village.code for village in villages_of(COMMUNE)]
    for village in villages[:2]:
        await store.run(close_session, await store.run(scored, bot, village, 12))
    held = await store.run(scored, bot, villages[2], 9)
    shown = await store.run(take, Arrival(bot, MIDWAY, JOIN(held.payload), 1))
    assert isinstance(shown.shows, Question)
    await store.run(take, Tap(bot, MIDWAY, shown.shows.dialogue, shown.shows.turn, "yes", Screen(MIDWAY, 9)))
    yield store, held
    store.close()


def here(unit: Unit, session: int) -> Held:
    held = by_id(unit, session)
    assert held is not None
    return held


def number(unit: Unit, table: sa.Table) -> int:
    return unit.db.scalar(sa.select(sa.func.count()).select_from(table)) or 0


@pytest.mark.usefixtures("made")
def test_a_copy_tells_of_nobodys_screen(settings: Settings, tmp_path: Path) -> None:
    """It is whole and this user's alone; whoever is in the middle stands in it no more than any key."""
    file = tmp_path / "copy"
    assert back_up(settings, file, force=False) == file.stat().st_size
    assert file.stat().st_mode & 0o077 == 0
    whole = file.read_bytes()
    with closing(sqlite3.connect(file)) as copy:
        assert copy.execute("SELECT count(*) FROM ballot").fetchone() == (9,)
        assert copy.execute("SELECT count(*) FROM dialogue").fetchone() == (0,)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with closing(sqlite3.connect(settings.database_url.removeprefix("sqlite:///"))) as database:
        (name,) = database.execute("SELECT id FROM dialogue").fetchone()
    assert name.encode() not in whole
    assert not [key for key in settings.keys.glob("*.key") if key.read_bytes() in whole]
    assert not list(tmp_path.glob("*.making"))


@pytest.mark.fault("a missing key", holds="what was open is cancelled, its facilitator told, and nothing is counted")
async def test_put_back_without_keys(made: tuple[Store, Held], settings: Settings, tmp_path: Path) -> None:
    """What was open is cancelled and its facilitator told; what was released is there; nothing is put together."""
    (_, held), session = made, made[1].session.id
    back_up(settings, tmp_path / "copy", force=False)
    there = settings_in(tmp_path / "new")
    assert await restore(there, tmp_path / "copy") == (session,)
    store, bot = await open_store(there), bot_id(there)
    assert (await store.run(here, session)).session.state is State.CANCELLED
    assert await store.run(number, ballot) == 0
    post = tables.post.c
    told = sa.select(post.chat, post.subject_id).where(post.kind == "cancelled")
    assert await store.run(lambda unit: [tuple(row) for row in unit.db.execute(told)]) == [(FACILITATOR, session)]
    refused = await store.run(take, Arrival(bot, 1, JOIN(held.payload), 2))
    assert not isinstance(refused.shows, Question)
    assert not await store.run(close_session, held)
    assert len(await store.run(releases_of, 1)) == 1
    round_ = held.session.round
    assert await store.run(mergeable, bot, (COMMUNE,)) == ()
    why = await store.run(merge_villages, bot, FACILITATOR, COMMUNE, round_)
    assert isinstance(why, Why)
    assert why == VILLAGES_APART
    store.close()


async def test_put_back_beside_its_keys(made: tuple[Store, Held], settings: Settings, tmp_path: Path) -> None:
    """What was open goes on: a ballot is corrected, not counted twice. What was sent since the copy is lost."""
    store, held = made
    back_up(settings, tmp_path / "copy", force=False)
    await store.run(lambda unit: [cast_ballot(unit, held, 99, _given(held, 2))])
    there = settings_in(tmp_path / "new")
    shutil.copytree(settings.keys, there.keys)
    assert await restore(there, tmp_path / "copy") == ()
    again = await open_store(there)
    await again.run(lambda unit: [cast_ballot(unit, held, 1, _given(held, 2))])
    assert await again.run(number, ballot) == 9
    assert await again.run(close_session, held)
    (release,) = await again.run(releases_of, held.session.id)
    assert release.ballots == 9
    again.close()


def _given(held: Held, score: int) -> CastBallot:
    point = held.session.points[0]
    return CastBallot(held.session.id, point.id, 1, {one.key: score for one in point.criteria}, None, None)


@pytest.mark.usefixtures("made")
async def test_what_can_not_be_put_back(settings: Settings, tmp_path: Path) -> None:
    """Each is one line, and leaves everything as it was."""
    copy, new = tmp_path / "copy", settings_in(tmp_path / "new")
    back_up(settings, copy, force=False)
    with pytest.raises(Trouble, match="it is there already"):
        back_up(settings, copy, force=False)
    assert back_up(settings, copy, force=True)
    with pytest.raises(Trouble, match="there is none yet"):
        back_up(new, tmp_path / "other", force=False)
    server = new.model_copy(update={"database_url": "postgresql://nobody@localhost/samleng"})
    with pytest.raises(Trouble, match="Run: pg_dump --exclude-table-data=dialogue "):
        back_up(server, tmp_path / "other", force=False)
    with pytest.raises(Trouble, match="with psql first"):
        await restore(server, copy)
    with pytest.raises(Trouble, match="there is one already"):
        await restore(settings, copy)
    with pytest.raises(Trouble, match="Name it"):
        await restore(new, None)
    with pytest.raises(Trouble, match="no such file"):
        await restore(new, tmp_path / "nothing")
    (tmp_path / "text").write_text("no database")
    with pytest.raises(Trouble, match="no SQLite database"):
        await restore(new, tmp_path / "text")
    torn = tmp_path / "torn"
    torn.write_bytes(copy.read_bytes()[: copy.stat().st_size // 8192 * 4096])
    with pytest.raises(Trouble, match=r"damaged|no SQLite"):
        await restore(new, torn)
    assert not (tmp_path / "new" / "db").exists()


@pytest.mark.usefixtures("made")
def test_by_command(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As an operator does it."""
    monkeypatch.chdir(tmp_path)
    for name, value in (("DATABASE_URL", settings.database_url), ("KEYS", str(settings.keys)), ("BOT_TOKEN", TOKEN)):
        monkeypatch.setenv(f"SAMLENG_{name}", value)
    done = CliRunner().invoke(main, ["backup", "copy"])
    assert (done.exit_code, done.output) == (0, "copy has the whole database without keys, 1 MB\n")
    monkeypatch.setenv("SAMLENG_DATABASE_URL", f"sqlite:///{tmp_path / 'new' / 'db'}")
    monkeypatch.setenv("SAMLENG_KEYS", str(tmp_path / "new" / "keys"))
    done = CliRunner().invoke(main, ["restore", "copy"])
    assert (done.exit_code, done.output) == (0, "put back; 1 open scorings cancelled, for their keys are gone\n")
