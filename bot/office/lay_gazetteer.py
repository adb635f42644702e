"""Lays the official list of places over those that come with the program."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.office.places_in_use import both_names, places_in_use
from bot.open_store import open_store
from bot.settings import Settings, database_name
from bot.trouble import database_troubles
from files.faults import SheetFault
from files.official_list import read_official_list
from files.places import Gazetteer, laid_over
from scorecard.place import Place, PlaceLevel
from scorecard.spelling import folded
from storage.gazetteer import lay_over
from storage.places import call_as_listed, called_otherwise
from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Laid:
    """What a list brought, in lines: its provinces, the districts and communes that are other places by it, what is to
    be said of it, and the known places that it names otherwise.
    """

    provinces: tuple[str, ...]
    changes: tuple[str, ...]
    notes: tuple[SheetFault, ...]
    others: tuple[str, ...]


async def lay_gazetteer(settings: Settings, file: Path, *, rename: bool = False) -> Laid:
    """Lay the official list in an .xlsx or .csv file over the places in use, whole provinces.

    What people act in already keeps its name where the list gives its code to another place, unless it is to be renamed
    too. Raises FaultyFileError, Trouble as `open_store` does.
    """
    before = places_in_use(settings)
    listed = read_official_list(file, before)
    source = f"NCDD, {file.name}"
    after = laid_over(before, listed.places, {place.code[:2]: source for place in listed.places})
    store = await open_store(settings)
    try:
        with database_troubles(database_name(settings)):
            others = await store.run(_lay, listed.places, source, rename)
    finally:
        store.close()
    return Laid(
        tuple(_provinces(listed.places)),
        tuple(_changes(before, after)),
        listed.notes,
        tuple(f"{known.code} is kept as {both_names(known)}, and is {both_names(now)} there" for known, now in others),
    )


def _lay(unit: Unit, places: tuple[Place, ...], source: str, rename: bool) -> tuple[tuple[Place, Place], ...]:
    lay_over(unit, places, source)
    others = called_otherwise(unit, places)
    call_as_listed(unit, places, source, also_others=rename)
    return others


def _provinces(places: tuple[Place, ...]) -> Iterator[str]:
    many = Counter((place.code[:2], place.level) for place in places)
    for place in places:
        if place.level is PlaceLevel.PROVINCE:
            levels = (PlaceLevel.DISTRICT, PlaceLevel.COMMUNE, PlaceLevel.VILLAGE)
            counts = ", ".join(f"{many[place.code, level]} {level}s" for level in levels)
            yield f"{place.code} {both_names(place)}: {counts}"


def _changes(before: Gazetteer, after: Gazetteer) -> Iterator[str]:
    """The districts and communes that are another place afterwards, or there no more. Spellings are no change."""
    was, now = _named(before), _named(after)
    for code in sorted({*was, *now}):
        match was.get(code), now.get(code):
            case Place() as old, Place() as new if folded(old.km) != folded(new.km) and folded(old.en) != folded(
                new.en
            ):
                yield f"{code} was {both_names(old)}, and is now {both_names(new)}"
            case Place() as old, None:
                yield f"{code} was {both_names(old)}, and is in the list no more"
            case None, Place() as new:
                yield f"{code} is new: {both_names(new)}"


def _named(gazetteer: Gazetteer) -> Mapping[str, Place]:
    return {
        place.code: place for location in gazetteer.communes.values() for place in (location.district, location.commune)
    }
