"""Places and the service points that serve them."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from scorecard.card import OVERALL, Criterion, Service

COMMUNE_CODE_LENGTH = 6
MAX_POINT_NAME = 60


class PlaceKind(StrEnum):
    """The four levels of administration. Which commune is a khum and which a sangkat is not always known."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    VILLAGE = "village"


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its official code (2, 4, 6 or 8 digits, beginning with its parent's) and both its names."""

    code: str
    km: str
    en: str

    @property
    def kind(self) -> PlaceKind:
        return {
            2: PlaceKind.PROVINCE,
            4: PlaceKind.DISTRICT,
            6: PlaceKind.COMMUNE,
            8: PlaceKind.VILLAGE,
        }[len(self.code)]


@dataclass(frozen=True, slots=True)
class Location:
    """A commune or one of its villages, with the district and province it is always shown with."""

    province: Place
    district: Place
    commune: Place
    village: Place | None = None

    @property
    def code(self) -> str:
        return (self.village or self.commune).code


def alike(name: str, other: str) -> bool:
    """Whether people would take two names for the same: but for case, spaces, and signs that nobody sees."""
    return _seen(name) == _seen(other)


def _seen(name: str) -> str:
    letters = unicodedata.normalize("NFKC", name).casefold()
    return "".join(sign for sign in letters if not sign.isspace() and unicodedata.category(sign)[0] not in "CP")


@dataclass(frozen=True, slots=True)
class NewPoint:
    """A service point not stored yet: what a facilitator typed or a file brought.

    A service point is one office, health centre or school that serves a commune: what is scored. The commune
    office has no name of its own: it is named by its commune.
    """

    commune: str
    service: Service
    km: str
    en: str


@dataclass(frozen=True, slots=True)
class ServicePoint:
    """A service point as a session asks about it: the criteria are those chosen for the session, in order."""

    id: int
    service: Service
    km: str
    en: str
    location: Location
    criteria: tuple[Criterion, ...]

    @property
    def single(self) -> tuple[Criterion, ...]:
        """What can be put right: the criteria without the overall one."""
        return tuple(criterion for criterion in self.criteria if criterion.key != OVERALL)

    def name_for(self, language: str) -> Literal["km", "en"]:
        """Which of its names people read in a language."""
        return "en" if language != "km" and self.en else "km"

    @property
    def one_name(self) -> bool:
        """Whether people read the same name in every language."""
        return self.en in {"", self.km}
