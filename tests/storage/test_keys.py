"""Session keys: files of their own, and gone for every process once they are destroyed."""

import stat
from pathlib import Path

import pytest
from made import new_store, with_session

from storage.keys import Keys
from storage.sealing import keyless


def test_a_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    """The file can be read by nobody else."""
    Keys(tmp_path).create("1", b"k" * 32)
    assert stat.S_IMODE((tmp_path / "1.key").stat().st_mode) == 0o600


def test_a_destroyed_key_is_gone_in_another_process_too(tmp_path: Path) -> None:
    """Who has read a key does not go on using it after it was destroyed elsewhere."""
    reader, destroyer = Keys(tmp_path), Keys(tmp_path)
    destroyer.create("1", b"k" * 32)
    assert reader.read("1") == b"k" * 32
    destroyer.destroy("1")
    destroyer.destroy("1")
    with pytest.raises(FileNotFoundError):
        reader.read("1")


async def test_a_lost_key_is_noticed(tmp_path: Path) -> None:
    """An operator hears which open sessions have lost their key."""
    store = new_store(tmp_path)
    found = await with_session(store)
    assert await store.run(keyless) == ()
    (tmp_path / "keys" / f"{found.session.id}.key").unlink()
    assert await store.run(keyless) == (found.session.id,)
    store.close()
