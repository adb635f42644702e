"""The columns of exported data: the one list behind every format's header, HXL's tags and the data dictionary."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scorecard.place import PlaceLevel
from wording.catalogue import Wording

Cell = str | int | float | bool | date | None
"""What a row holds: None where there is nothing, or nothing that may be told."""


class Kind(StrEnum):
    """What a column holds; the value is what a data dictionary calls it."""

    TEXT = "text"
    WHOLE = "whole number"
    MEDIAN = "number"
    PERCENT = "per cent"
    DAY = "date"
    YES_NO = "true or false"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in headers, its HXL tag, what it holds, and what it means, as a language says it."""

    name: str
    tag: str
    kind: Kind
    about: Callable[[Wording], str]


def _place(level: PlaceLevel, number: int, word: Callable[[Wording], str]) -> tuple[Column, ...]:
    """A place's code and names."""
    return (
        Column(
            f"{level}_code",
            f"#adm{number}+code",
            Kind.TEXT,
            lambda say: say.plain("{level}: official code", level=word(say)),
        ),
        Column(
            f"{level}_km",
            f"#adm{number}+name+i_km",
            Kind.TEXT,
            lambda say: say.plain("{level}: name in Khmer", level=word(say)),
        ),
        Column(
            f"{level}_en",
            f"#adm{number}+name+i_en",
            Kind.TEXT,
            lambda say: say.plain("{level}: name in English", level=word(say)),
        ),
    )


COLUMNS: tuple[Column, ...] = (
    Column("round", "#date+round", Kind.TEXT, lambda say: say.plain("Round: the year of the scoring")),
    Column("session", "#activity+id", Kind.WHOLE, lambda say: say.plain("Number of the scoring session")),
    Column(
        "closed_on", "#date+closed", Kind.DAY, lambda say: say.plain("Day on which the scoring closed, in Phnom Penh")
    ),
    Column(
        "villages",
        "#meta+villages+num",
        Kind.WHOLE,
        lambda say: say.plain(
            "How many villages' sessions were put together here; empty for a session of its own. "
            "The same people are in the villages' own rows: do not add them up."
        ),
    ),
    *_place(PlaceLevel.PROVINCE, 1, lambda say: say.plain("Province")),
    *_place(PlaceLevel.DISTRICT, 2, lambda say: say.plain("District")),
    *_place(PlaceLevel.COMMUNE, 3, lambda say: say.plain("Commune")),
    *_place(PlaceLevel.VILLAGE, 4, lambda say: say.plain("Village (empty for the whole commune)")),
    Column(
        "service",
        "#service+code",
        Kind.TEXT,
        lambda say: say.plain("Kind of service: ca commune office, hc health centre, ps primary school"),
    ),
    Column("service_km", "#service+name+i_km", Kind.TEXT, lambda say: say.plain("Kind of service, in Khmer")),
    Column("service_en", "#service+name+i_en", Kind.TEXT, lambda say: say.plain("Kind of service, in English")),
    Column("point", "#loc+id", Kind.WHOLE, lambda say: say.plain("Number of the office, health centre or school")),
    Column("point_km", "#loc+name+i_km", Kind.TEXT, lambda say: say.plain("Its name in Khmer")),
    Column("point_en", "#loc+name+i_en", Kind.TEXT, lambda say: say.plain("Its name in English")),
    Column(
        "source",
        "#meta+source",
        Kind.TEXT,
        lambda say: say.plain("How scores came in: ballots by phone, kiosk, or hand count; never mixed"),
    ),
    Column(
        "ballots",
        "#respondee+num+ballots",
        Kind.WHOLE,
        lambda say: say.plain("How many people sent a ballot for it; empty for fewer than may be told"),
    ),
    Column("criterion", "#indicator+code", Kind.TEXT, lambda say: say.plain("Key of the criterion")),
    Column("criterion_km", "#indicator+name+i_km", Kind.TEXT, lambda say: say.plain("The criterion in Khmer")),
    Column("criterion_en", "#indicator+name+i_en", Kind.TEXT, lambda say: say.plain("The criterion in English")),
    Column(
        "group",
        "#group+code",
        Kind.TEXT,
        lambda say: say.plain(
            "Whose scores: all, woman, man, other, 15-30, or 31+. A group has a row where it may be told of."
        ),
    ),
    Column(
        "too_few",
        "#meta+too_few",
        Kind.YES_NO,
        lambda say: say.plain("True where too few people scored this: then no figure is shown"),
    ),
    Column(
        "median",
        "#indicator+num+median",
        Kind.MEDIAN,
        lambda say: say.plain(
            "Median of everybody’s scores, from 1 (very dissatisfied) to 5 (very satisfied); of no other group"
        ),
    ),
    Column(
        "satisfied_word",
        "#indicator+satisfied+word",
        Kind.TEXT,
        lambda say: say.plain("Share of people who gave 4 or 5, as a word"),
    ),
    Column(
        "satisfied_percent",
        "#indicator+satisfied+pct",
        Kind.PERCENT,
        lambda say: say.plain("Share of people who gave 4 or 5, to the nearest 10 %, from 20 to 80; from 40 people on"),
    ),
    Column(
        "wish_rank",
        "#indicator+num+wish_rank",
        Kind.WHOLE,
        lambda say: say.plain("Place among the criteria that people want put right first: 1 is the most wanted"),
    ),
    Column(
        "wanted_word",
        "#indicator+wanted+word",
        Kind.TEXT,
        lambda say: say.plain("Share of people who want this put right first, as a word"),
    ),
    Column(
        "highlight",
        "#meta+highlight",
        Kind.TEXT,
        lambda say: say.plain(
            "keep or improve, where the poster names the criterion as one of these; empty where all came out the same"
        ),
    ),
    Column(
        "previous_round",
        "#date+previous",
        Kind.TEXT,
        lambda say: say.plain("The last round before in the same place that has this figure"),
    ),
    Column(
        "previous_median",
        "#indicator+num+previous_median",
        Kind.MEDIAN,
        lambda say: say.plain("The median of that round"),
    ),
    Column(
        "change",
        "#indicator+change",
        Kind.TEXT,
        lambda say: say.plain(
            "All in all: better, worse or unsure since then, by an interval that covers 95 of 100 cases; of another "
            "criterion better or worse, where it changed like the service"
        ),
    ),
    Column(
        "change_least",
        "#indicator+change+min",
        Kind.PERCENT,
        lambda say: say.plain(
            "At least so many people of 100 more are satisfied (fewer, where negative), to the next 10; from 40 people "
            "on in both rounds"
        ),
    ),
    Column(
        "change_most",
        "#indicator+change+max",
        Kind.PERCENT,
        lambda say: say.plain(
            "At most so many people of 100 more are satisfied (fewer, where negative), to the next 10"
        ),
    ),
    Column(
        "compared",
        "#indicator+compared",
        Kind.TEXT,
        lambda say: say.plain(
            "How people find the service beside last year, all in all: better, worse or unsure; from 15 phones on"
        ),
    ),
)
