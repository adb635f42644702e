"""Files that bots and people send: kept by what is in them, named for each bot by an id of its own."""

import base64
import binascii
import re
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

KEPT_BYTES = 100_000_000
"""Bytes that are kept in all; the file that was used longest ago goes first."""

THUMBNAIL = 90
LARGEST = 1280
"""Pixels along the longer side: of the small size of a picture, and of the largest that is kept."""


@dataclass(frozen=True)
class Upload:
    """A file as it arrives."""

    name: str
    mime: str
    data: bytes

    def __str__(self) -> str:
        return f"<{self.name!r}: {len(self.data)} bytes of {self.mime}>"


@dataclass(frozen=True)
class Media:
    """A picture, a document or a sticker, without its bytes. `unique` is the same for all bots."""

    kind: str
    unique: str
    name: str
    mime: str
    size: int
    width: int = 0
    height: int = 0


class Files:
    """The bytes of what was sent, found by what `Media` calls unique."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[Media, bytes]] = OrderedDict()
        self._size = 0

    def add(self, kind: str, upload: Upload, width: int = 0, height: int = 0) -> Media:
        unique = sha256(kind.encode() + upload.name.encode() + upload.data).hexdigest()[:16]
        media = Media(kind, unique, upload.name, upload.mime, len(upload.data), width, height)
        if unique not in self._kept:
            self._size += media.size
        self._kept[unique] = media, upload.data
        self._kept.move_to_end(unique)
        while self._size > KEPT_BYTES:
            _, (forgotten, _) = self._kept.popitem(last=False)
            self._size -= forgotten.size
        return media

    def get(self, unique: str) -> tuple[Media, bytes] | None:
        found = self._kept.get(unique)
        if found is not None:
            self._kept.move_to_end(unique)
        return found

    def named(self, file_id: str, bot: int) -> tuple[Media, bytes] | None:
        """The file that this bot knows by this id."""
        unique = _unique(file_id, bot)
        return self.get(unique) if unique is not None else None


def file_id(media: Media, bot: int, side: str = "x") -> str:
    """The name by which one bot knows a file; `side` tells the sizes of a picture apart."""
    return base64.urlsafe_b64encode(f"{media.kind[0]}{side}:{bot}:{media.unique}".encode()).decode().rstrip("=")


def file_path(media: Media, bot: int) -> str:
    """Where one bot finds a file."""
    ending = Path(media.name).suffix.lower()
    return f"{media.kind}s/{file_id(media, bot)}{ending if re.fullmatch(r'[.][a-z0-9]{1,8}', ending) else ''}"


def file_name(path: str) -> str:
    """The file id in a path of ours."""
    return path.rpartition("/")[2].partition(".")[0]


def media_content(media: Media, bot: int) -> dict[str, Any]:
    """The media as fields of a Message that this bot gets."""
    file: dict[str, Any] = {"file_id": file_id(media, bot), "file_unique_id": media.unique, "file_size": media.size}
    match media.kind:
        case "photo":
            return {"photo": _sizes(media, bot, file)}
        case "sticker":
            about = {"type": "regular", "is_animated": False, "is_video": False, "emoji": "👍"}
            return {"sticker": file | about | {"width": media.width, "height": media.height}}
        case _:
            return {"document": file | {"file_name": media.name, "mime_type": media.mime}}


def _sizes(media: Media, bot: int, file: dict[str, Any]) -> list[dict[str, Any]]:
    """A small size and the largest; the stand-in does not scale, so both have the same bytes."""
    small, large = _within(media, THUMBNAIL), _within(media, LARGEST)
    thumbnail = {"file_id": file_id(media, bot, "s"), "file_unique_id": f"{media.unique}s"}
    return [*([thumbnail | small] if small != large else []), file | large]


def _within(media: Media, side: int) -> dict[str, int]:
    scale = min(side / max(media.width, media.height), 1)
    return {"width": max(round(media.width * scale), 1), "height": max(round(media.height * scale), 1)}


def _unique(name: str, bot: int) -> str | None:
    try:
        kind, owner, unique = base64.b64decode(name + "=" * (-len(name) % 4), b"-_", validate=True).decode().split(":")
    except (binascii.Error, ValueError):
        return None
    return unique if len(kind) == 2 and owner == str(bot) else None  # noqa: PLR2004 (the kind and the side)
