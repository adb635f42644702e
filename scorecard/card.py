"""Cards: the criteria asked about one kind of service, in every language."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

SCALE = (1, 2, 3, 4, 5)
"""Very dissatisfied to very satisfied, as ISAF's digital scorecard codes it."""

SATISFIED = 4
"""From this score on a person counts as satisfied."""

DEFAULT_CRITERIA = 5
"""A session asks a card's first five, unless others were chosen (ISAF meetings choose five or six)."""

OVERALL = "overall"
"""The key of a card's last criterion: how satisfied people are all in all. It is always asked, and is never a wish, a
strength or a point to improve.
"""

FEWEST_CHOSEN, MOST_CHOSEN = 4, 7
"""So many criteria of a card can be chosen for a session, beside the overall one."""

MAX_CRITERIA = 40
MAX_KEY = 24

Words = Mapping[str, str]
"""One text in several languages: language code to text."""


class Service(StrEnum):
    """The kinds of service that are scored; the value is also the key of its card."""

    COMMUNE_OFFICE = "ca"
    HEALTH_CENTRE = "hc"
    PRIMARY_SCHOOL = "ps"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing scored from 1 to 5, or "don't know / never used".

    key: lower-case letters, digits and _, at most 24 characters, stable for ever;
    label: a few words, as buttons and digests name it; question: one plain sentence, as it is asked;
    sign: what it is about, one of scorecard.sign.Sign; "" where the card names none.
    """

    key: str
    label: Words
    question: Words
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What is asked about one kind of service. In use it never changes: key, version and hash name it."""

    service: Service
    version: str
    title: Words
    criteria: tuple[Criterion, ...]

    @property
    def key(self) -> str:
        return self.service.value

    @property
    def hash(self) -> str:
        """SHA-256 of the card's content, in hexadecimal."""
        return hashlib.sha256(card_to_json(self).encode()).hexdigest()

    @property
    def asked(self) -> tuple[Criterion, ...]:
        """The first few criteria, and the overall one."""
        return (*self.single[:DEFAULT_CRITERIA], *self.overall)

    @property
    def single(self) -> tuple[Criterion, ...]:
        """What can be chosen: all but the overall one."""
        return tuple(criterion for criterion in self.criteria if criterion.key != OVERALL)

    @property
    def overall(self) -> tuple[Criterion, ...]:
        """The overall one, where the card has it."""
        return tuple(criterion for criterion in self.criteria if criterion.key == OVERALL)

    def asking(self, chosen: Collection[str]) -> tuple[Criterion, ...]:
        """Those that were chosen and the overall one; those asked as a rule where too few of the chosen are there."""
        there = tuple(criterion for criterion in self.single if criterion.key in chosen)
        return (*there, *self.overall) if FEWEST_CHOSEN <= len(there) <= MOST_CHOSEN else self.asked


def card_to_json(card: Card) -> str:
    """The whole card as one canonical line of JSON."""
    body = asdict(card)
    for criterion in body["criteria"]:
        if not criterion["sign"]:
            del criterion["sign"]  # cards that name no sign keep the hash that they had before there were any
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def card_from_json(text: str) -> Card:
    """The card that `card_to_json` wrote."""
    body = json.loads(text)
    return Card(
        service=Service(body["service"]),
        version=body["version"],
        title=body["title"],
        criteria=tuple(Criterion(**criterion) for criterion in body["criteria"]),
    )
