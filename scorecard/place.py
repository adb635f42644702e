"""Places and the service points that serve them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from scorecard.card import OVERALL, Criterion, Service

COMMUNE_CODE_LENGTH = 6
MAX_POINT_NAME = 60


class PlaceLevel(StrEnum):
    """The four levels of administration."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    VILLAGE = "village"


class PlaceKind(StrEnum):
    """What a place is called on its level: a district is a srok, krong or khan, a commune a khum or sangkat."""

    PROVINCE = "province"
    CAPITAL = "capital"
    SROK = "srok"
    KRONG = "krong"
    KHAN = "khan"
    KHUM = "khum"
    SANGKAT = "sangkat"
    VILLAGE = "village"


_LEVELS = {2: PlaceLevel.PROVINCE, 4: PlaceLevel.DISTRICT, 6: PlaceLevel.COMMUNE, 8: PlaceLevel.VILLAGE}
_CAPITAL = "12"
_KRONGS = (
    "0106 0110 0203 0305 0403 0502 0509 0603 0708 0709 0811 0812 0813 0904 1002 1105 1308 1410 1505 1602 1710 1715 "
    "1801 1805 1806 1904 2006 2008 2108 2204 2302 2401 2506"
)
"""The towns in NCDD's list of 2024."""


def kind_of(code: str) -> PlaceKind:
    """What the place with this code is by NCDD's list of 2024: communes of a srok are khums, all others sangkats."""
    match _LEVELS[len(code)]:
        case PlaceLevel.PROVINCE:
            return PlaceKind.CAPITAL if code == _CAPITAL else PlaceKind.PROVINCE
        case PlaceLevel.DISTRICT if code.startswith(_CAPITAL):
            return PlaceKind.KHAN
        case PlaceLevel.DISTRICT:
            return PlaceKind.KRONG if code in _KRONGS else PlaceKind.SROK
        case PlaceLevel.COMMUNE:
            return PlaceKind.KHUM if kind_of(code[:4]) is PlaceKind.SROK else PlaceKind.SANGKAT
        case PlaceLevel.VILLAGE:
            return PlaceKind.VILLAGE


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its official code (2, 4, 6 or 8 digits, beginning with its parent's), both its names and its kind.

    A kind that isn't given is `kind_of` the code: towns and districts change, and what was made known stays as it was.
    """

    code: str
    km: str
    en: str
    kind: PlaceKind = None  # type: ignore[assignment]  # never left so

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", PlaceKind(self.kind or kind_of(self.code)))

    @property
    def level(self) -> PlaceLevel:
        return _LEVELS[len(self.code)]


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
