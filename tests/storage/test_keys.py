"""Keys: files of their own, gone for every process once they are destroyed; what is sealed under them."""

import shutil
import stat
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from made import BOT, ballot, cast, new_store, with_session
from structlog.testing import capture_logs

from conversations.arrival.over import Ended
from conversations.chat import Screen
from conversations.notices import Refusal
from conversations.refusals import SESSION_OVER
from conversations.scoring.join import JOIN
from storage.enter import enter
from storage.keys import KEY_BYTES, NAME_BYTES, Key, Keys, SealBrokenError
from storage.reply import Arrival, Tap
from storage.results.digests import releases_of
from storage.scoring.ballots import ballot as ballots
from storage.sealing import keyless, own_folder
from storage.sessions.close_session import close_session
from storage.take_answer import take_answer

DRAWN = bytes(range(NAME_BYTES + KEY_BYTES))


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Key:
    """A key of its own."""
    keys = Keys(tmp_path_factory.mktemp("keys"))
    return keys.read(keys.create(DRAWN))


def test_a_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    """The file can be read by nobody else."""
    name = Keys(tmp_path).create(DRAWN)
    assert stat.S_IMODE((tmp_path / f"{name}.key").stat().st_mode) == 0o600


def test_no_key_takes_the_place_of_another(tmp_path: Path) -> None:
    """Two of one name are never made: the first stays as it is."""
    keys = Keys(tmp_path)
    name = keys.create(DRAWN)
    sealed = keys.read(name).seal("row", b"told", 64)
    with pytest.raises(FileExistsError):
        keys.create(DRAWN[:NAME_BYTES] + bytes(KEY_BYTES))
    assert Keys(tmp_path).read(name).open("row", sealed) == b"told"


def test_a_destroyed_key_is_gone_in_another_process_too(tmp_path: Path) -> None:
    """Who has read a key does not go on using it after it was destroyed elsewhere."""
    reader, destroyer = Keys(tmp_path), Keys(tmp_path)
    name = destroyer.create(DRAWN)
    assert reader.read(name).name == name
    destroyer.destroy(name)
    destroyer.destroy(name)
    with pytest.raises(FileNotFoundError):
        reader.read(name)


@pytest.mark.fault("a missing key", holds="the operator hears which sessions lost theirs")
async def test_a_lost_key_is_noticed(tmp_path: Path) -> None:
    """An operator hears which open sessions have lost their key."""
    store = new_store(tmp_path)
    found = await with_session(store)
    assert await store.run(keyless) == ()
    (tmp_path / "keys" / f"{found.key}.key").unlink()
    assert await store.run(keyless) == (found.session.id,)
    store.close()


@given(st.binary(max_size=300), st.text(max_size=20), st.sampled_from([64, 512]))
def test_what_is_sealed_comes_back(key, plain, row, size) -> None:
    """Opened for its row it is as it was; it is as long as its padding says, and never twice the same."""
    sealed = key.seal(row, plain, size)
    assert key.open(row, sealed) == plain
    assert (len(sealed) - 29) % size == 0
    assert len(key.seal(row, b"", size)) == len(key.seal(row, b"x" * (size - 4), size))
    assert key.seal(row, plain, size) != sealed


@pytest.mark.fault("a row whose seal is broken", holds="it is not opened, under no key and for no other row")
@given(st.data())
def test_what_was_changed_is_not_opened(key, data) -> None:
    """No byte can be changed, no row's seal stands for another row, and no other key opens it."""
    sealed = key.seal("row", b"4 4 5", 64)
    place, bits = data.draw(st.integers(0, len(sealed) - 1)), data.draw(st.integers(1, 255))
    changed = bytes(byte ^ bits if at == place else byte for at, byte in enumerate(sealed))
    for row, wrong in (("row", changed), ("another", sealed), ("row", sealed[:place])):
        with pytest.raises(SealBrokenError):
            key.open(row, wrong)


@pytest.mark.fault("another database's keys", holds="they are refused")
async def test_a_folder_belongs_to_one_database(tmp_path: Path) -> None:
    """A new one is marked; another database's keys are refused; one that was lost is marked again."""
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    one, other = new_store(tmp_path / "one"), new_store(tmp_path / "other")
    for store in (one, one, other):
        assert await store.run(own_folder)
    await with_session(one)
    shutil.rmtree(tmp_path / "other" / "keys")
    shutil.copytree(tmp_path / "one" / "keys", tmp_path / "other" / "keys")
    assert not await other.run(own_folder)
    (tmp_path / "other" / "keys" / "database.id").unlink()
    assert await other.run(own_folder)
    for store in (one, other):
        store.close()
    (tmp_path / "new").mkdir()
    shutil.copytree(tmp_path / "one" / "keys", tmp_path / "new" / "keys")
    new = new_store(tmp_path / "new")
    assert not await new.run(own_folder), "it holds keys that this database knows nothing of"
    new.close()


@pytest.mark.fault("a missing key", holds="who scores there hears that it is over; nobody is counted")
async def test_a_session_that_lost_its_key_ends_kindly(tmp_path: Path) -> None:
    """Who scores there hears that it is over; closing it counts nobody, and leaves nothing behind."""
    store = new_store(tmp_path)
    found = await with_session(store)
    for person in range(10):
        await cast(store, found, person, ballot(found, 0, 4))
    going = await store.run(enter, Arrival(BOT, 500, JOIN(found.payload), update_id=1))
    (tmp_path / "keys" / f"{found.key}.key").unlink()
    tapped = Tap(BOT, 500, going.shows.dialogue, going.shows.turn, "yes", Screen(500, 1))
    with capture_logs() as logs:
        assert isinstance((await store.run(take_answer, tapped)).shows, Ended)
    assert [entry["event"] for entry in logs][:1] == ["a dialogue that can't be read ends"]
    assert (await store.run(enter, Arrival(BOT, 501, JOIN(found.payload), update_id=2))).shows == Refusal(SESSION_OVER)
    assert await store.run(close_session, found)
    assert await store.run(lambda unit: unit.db.scalar(sa.select(sa.func.count()).select_from(ballots))) == 0
    assert [told.ballots for told in await store.run(releases_of, found.session.id)] == [None] * 3
    store.close()
