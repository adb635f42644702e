"""Ballots: one voter's scores for one service point, and whose they are without saying so."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

DONT_KNOW = 0
"""How "don't know / never used" is counted beside the scores 1 to 5."""


class Gender(StrEnum):
    WOMAN = "woman"
    MAN = "man"
    OTHER = "other"


class Age(StrEnum):
    """Youth is 15 to 30, as ISAF counts it."""

    YOUTH = "15-30"
    OLDER = "31+"


class Compared(StrEnum):
    """How somebody finds a service beside last year."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


class Purpose(StrEnum):
    """What an owner's mark is for: marks of different purposes can't be matched with each other."""

    BALLOT = "ballot"
    PHONE = "phone"
    NUDGE = "nudge"


@dataclass(frozen=True, slots=True)
class Groups:
    """What a voter said about themselves; None where they skipped it."""

    gender: Gender | None = None
    age: Age | None = None


@dataclass(frozen=True, slots=True)
class Ballot:
    """Scores by criterion key (1 to 5, or DONT_KNOW), and the criterion to be repaired first, if any.

    compared: None where they don't know, or were not asked;
    phone: a mark that ballots for one service point share if they came from one phone; None where nobody knows.
    """

    scores: Mapping[str, int]
    repair: str | None
    groups: Groups = Groups()
    phone: bytes | None = None
    compared: Compared | None = None


def telegram_phone(person: int) -> str:
    """The phone of a Telegram user, whoever sits at it."""
    return f"tg:{person}"


def telegram_voter(person: int, seat: int) -> str:
    """The voter on a seat (1, 2, …) of the phone of a Telegram user."""
    return f"tg:{person}#{seat}"


def owner(key: bytes, purpose: Purpose, point: int, voter: str) -> bytes:
    """A ballot's owner: HMAC-SHA256(the session's key for owners, purpose ‖ service point ‖ voter), 32 bytes."""
    message = f"{purpose.value}\0{point}\0{voter}".encode()
    return hmac.digest(key, message, hashlib.sha256)
