"""Session keys: one 0600 file each, outside database, journal and backup. Without it, no owner can be found."""

import os
from pathlib import Path


class Keys:
    """The folder of session keys."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, bytes] = {}

    def create(self, name: str, key: bytes) -> None:
        """Write a session's key, so that it has reached the disk when this returns."""
        self._held.pop(name, None)
        file = os.open(self._path(name), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(file, key)
            os.fsync(file)
        finally:
            os.close(file)
        self._sync_folder()

    def read(self, name: str) -> bytes:
        """A session's key; FileNotFoundError if it was destroyed, by another process too, or never was."""
        path = self._path(name)
        if name not in self._held or not path.exists():
            self._held.pop(name, None)
            self._held[name] = path.read_bytes()
        return self._held[name]

    def destroy(self, name: str) -> None:
        """Overwrite and remove a session's key; done already is fine."""
        self._held.pop(name, None)
        path = self._path(name)
        try:
            size = path.stat().st_size
            with path.open("r+b") as file:
                file.write(bytes(size))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
        except FileNotFoundError:
            return
        self._sync_folder()

    def names(self) -> frozenset[str]:
        """The names of all keys there are."""
        return frozenset(path.stem for path in self._folder.glob("*.key"))

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.key"

    def _sync_folder(self) -> None:
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
