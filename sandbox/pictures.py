"""How large a picture is, read from its first bytes; and two pictures that people send."""

import struct
import zlib

from sandbox.files import Upload

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8"


def kind_and_size(data: bytes) -> tuple[str, int, int] | None:
    """(MIME type, width, height) of a PNG, GIF, WebP or JPEG; None for anything else."""
    try:
        if data.startswith(PNG):
            return "image/png", *struct.unpack(">II", data[16:24])
        if data[:6] in {b"GIF87a", b"GIF89a"}:
            return "image/gif", *struct.unpack("<HH", data[6:10])
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
        return _jpeg(data) if data.startswith(JPEG) else None
    except (struct.error, IndexError):
        return None


def picture(width: int, height: int, colour: tuple[int, int, int], name: str) -> Upload:
    """A PNG in one colour."""
    rows = (b"\0" + bytes(colour) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return Upload(name, "image/png", PNG + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _END)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


_END = _chunk(b"IEND", b"")


def _webp(data: bytes) -> tuple[str, int, int] | None:
    match data[12:16]:
        case b"VP8X":
            width = int.from_bytes(data[24:27], "little") + 1
            height = int.from_bytes(data[27:30], "little") + 1
        case b"VP8 ":
            width, height = (side & 0x3FFF for side in struct.unpack("<HH", data[26:30]))
        case b"VP8L":
            bits = int.from_bytes(data[21:25], "little")
            width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case _:
            return None
    return "image/webp", width, height


def _jpeg(data: bytes) -> tuple[str, int, int] | None:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:  # noqa: PLR2004 (what each part begins with)
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        # The parts that tell of a frame; three numbers among them are tables.
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:  # noqa: PLR2004
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return "image/jpeg", width, height
        at += 2 + length
    return None
