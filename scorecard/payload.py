"""What links carry and what people type to come in: payloads and codes."""

import base64
import hashlib
import re
import unicodedata
from enum import StrEnum

CODE_LENGTH = 8
SECRET_BYTES = 16
CODE_BYTES = 12

_PAYLOAD = re.compile(r"(?<![A-Za-z0-9_-])([sig])-([A-Za-z0-9_-]{22})(?![A-Za-z0-9_-])")
_BETWEEN = r"[\s.·_\-\u2010-\u2015\u2212]"
_CODE = re.compile(rf"(?<!\d)(?<!\d{_BETWEEN})(\d{{4}}){_BETWEEN}{{0,3}}(\d{{4}})(?!{_BETWEEN}?\d)")


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


def find_payload(text: str) -> str | None:
    """The first payload of ours that stands in a text, alone or in a link."""
    match = _PAYLOAD.search(seen(text))
    return match[0] if match else None


def new_code(random: bytes) -> str:
    """A code to be typed: 8 digits; `random` holds at least 12 bytes."""
    return f"{int.from_bytes(random[:CODE_BYTES]) % 10**CODE_LENGTH:0{CODE_LENGTH}}"


def spaced(code: str) -> str:
    """A code as people are shown it: two groups of four."""
    return f"{code[:4]} {code[4:]}"


def find_code(text: str) -> str | None:
    """The first 8 digits that stand alone in a text, in whatever script, at most a space or dash in their middle."""
    match = _CODE.search(seen(text))
    return "".join(str(unicodedata.decimal(sign)) for sign in match[1] + match[2]) if match else None


def seen(text: str) -> str:
    """A text without the signs that nobody sees, which keyboards and copying leave in it."""
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
