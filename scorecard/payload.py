"""What links carry and what people type to come in: payloads and codes."""

import base64
import hashlib
import re
from enum import StrEnum

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 6
SECRET_BYTES = 16
CODE_BYTES = 12

_KHMER_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
_PAYLOAD = re.compile(r"([sig])-([A-Za-z0-9_-]{22})")


class Payload(StrEnum):
    """What a deep link is for; the value begins its payload."""

    SESSION = "s"
    INVITATION = "i"
    GROUP = "g"


def new_payload(kind: Payload, random: bytes) -> str:
    """A payload of 128 random bits; `random` holds at least 16 bytes."""
    secret = base64.urlsafe_b64encode(random[:SECRET_BYTES]).rstrip(b"=").decode()
    return f"{kind.value}-{secret}"


def payload_kind(text: str) -> Payload | None:
    """What kind of payload this is, or None if it is none of ours."""
    match = _PAYLOAD.fullmatch(text)
    return Payload(match[1]) if match else None


def payload_hash(text: str) -> str:
    """How a payload is stored, so that what is stored opens nothing."""
    return hashlib.sha256(text.encode()).hexdigest()


def new_code(random: bytes) -> str:
    """A code to be typed: 6 signs that are not mistaken for each other; `random` holds at least 12 bytes."""
    number = int.from_bytes(random[:CODE_BYTES])
    signs = []
    for _ in range(CODE_LENGTH):
        number, sign = divmod(number, len(CODE_ALPHABET))
        signs.append(CODE_ALPHABET[sign])
    return "".join(signs)


def read_code(text: str) -> str | None:
    """The code somebody typed, in any case, with Khmer digits, spaces or dashes; None if it is no code."""
    if len(text) > 4 * CODE_LENGTH:
        return None
    code = re.sub(r"[\s\u200b-]", "", text).translate(_KHMER_DIGITS).upper()
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET) else None
