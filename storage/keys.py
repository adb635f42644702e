"""Keys: one 0600 file each, outside database, journal and backup. What is sealed under one is gone with it."""

import hashlib
import hmac
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NAME_BYTES = 8

_VERSION = b"\x01"
_NONCE_BYTES = 12
_LENGTH_BYTES = 4


class SealBrokenError(Exception):
    """What is opened was sealed under another key, for another row, or was changed since."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is used: it seals and opens rows, and `owner` makes marks. `name` is its file's."""

    name: str
    owner: bytes
    cipher: AESGCM

    def seal(self, row: str, plain: bytes, size: int) -> bytes:
        """Sealed for this row alone, as long as the next multiple of `size` is: lengths tell nothing.

        Each time with fresh random bytes of its own (AES-GCM must never meet a nonce twice), not with those drawn for
        the unit of work: a batch that is rolled back runs again, and may seal something else.
        """
        nonce = os.urandom(_NONCE_BYTES)
        whole = len(plain).to_bytes(_LENGTH_BYTES) + plain
        padded = whole.ljust(-(-len(whole) // size) * size, b"\0")
        return _VERSION + nonce + self.cipher.encrypt(nonce, padded, self._stands_for(row))

    def open(self, row: str, sealed: bytes) -> bytes:
        """What was sealed for this row. Raises SealBrokenError."""
        nonce, ciphertext = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            if sealed[:1] != _VERSION:
                raise SealBrokenError
            padded = self.cipher.decrypt(nonce, ciphertext, self._stands_for(row))
        except (InvalidTag, ValueError):
            raise SealBrokenError from None
        length = int.from_bytes(padded[:_LENGTH_BYTES])
        return padded[_LENGTH_BYTES : _LENGTH_BYTES + length]

    def _stands_for(self, row: str) -> bytes:
        return f"{self.name}\0{row}".encode()


class Keys:
    """The folder of keys."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mark = folder / "database.id"
        self._held: dict[str, Key] = {}

    def create(self, drawn: bytes) -> str:
        """Write a new key, so that it has reached the disk when this returns; its name. `drawn`: NAME and KEY bytes.

        Raises FileExistsError where a key of this name is there.
        """
        name, key = drawn[:NAME_BYTES].hex(), drawn[NAME_BYTES:]
        file = os.open(self._path(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(file, key)
            os.fsync(file)
        finally:
            os.close(file)
        self._sync_folder()
        return name

    def read(self, name: str) -> Key:
        """A key; FileNotFoundError if it was destroyed, by another process too, or never was."""
        path = self._path(name)
        if name not in self._held or not path.exists():
            self._held.pop(name, None)
            self._held[name] = _made(name, path.read_bytes())
        return self._held[name]

    def destroy(self, name: str) -> None:
        """Overwrite and remove a key; done already is fine."""
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

    def has(self, name: str | None) -> bool:
        """Whether this key is there."""
        return name is not None and self._path(name).exists()

    def database(self) -> str | None:
        """The number of the database whose keys these are; None in a folder that is new."""
        try:
            return self._mark.read_text(encoding="ascii")
        except FileNotFoundError:
            return None

    def belong_to(self, database: str) -> None:
        """Mark the folder as that of a database's keys."""
        with open(self._mark, "w", encoding="ascii", opener=_for_us_alone) as mark:
            mark.write(database)
        self._sync_folder()

    def names(self, made_before: datetime | None = None) -> frozenset[str]:
        """The names of all keys there are, or of those that were made before a moment."""
        until = None if made_before is None else made_before.timestamp()
        paths = self._folder.glob("*.key")
        return frozenset(path.stem for path in paths if until is None or path.stat().st_mtime < until)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.key"

    def _sync_folder(self) -> None:
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _made(name: str, secret: bytes) -> Key:
    """A key for each purpose, made from the one that is kept: marks of owners tell nothing about what is sealed."""
    seals, owner = (hmac.digest(secret, purpose, hashlib.sha256) for purpose in (b"seal", b"owner"))
    return Key(name, owner, AESGCM(seals))
