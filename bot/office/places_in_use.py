"""The places that an operator's commands go by: those that come with the program, and official lists over them."""

from collections.abc import Iterable, Sequence

from bot.database import check_database, engine_of
from bot.settings import Settings, database_name
from bot.trouble import Trouble, database_troubles
from files.faults import shown
from files.places import Gazetteer, laid_over, shipped_places
from scorecard.place import COMMUNE_CODE_LENGTH, Location, Place, PlaceLevel
from storage.places import called_otherwise, make_known
from storage.unit import Unit
from wording.catalogue import Wording
from wording.names import location_name


def places_in_use(settings: Settings) -> Gazetteer:
    """The places shipped, and over them what was laid over them in this database. Changes nothing. Raises Trouble."""
    shipped = shipped_places()
    if check_database(settings) is None:
        return shipped
    import sqlalchemy as sa

    from storage import tables
    from storage.database import own
    from storage.gazetteer import official_places

    writing = engine_of(settings)
    engine = own(writing.dialect).connect_to_read(writing.url)
    try:
        with database_troubles(database_name(settings)), engine.connect() as connection:
            if not sa.inspect(connection).has_table(tables.gazetteer.name):
                return shipped
            return laid_over(shipped, *official_places(connection))
    finally:
        engine.dispose()


def places_of(gazetteer: Gazetteer, commune: str) -> tuple[Place, ...]:
    """A commune with its province, district and villages. Raises Trouble where there is no such commune."""
    location = gazetteer.find(commune)
    if location is None or location.village:
        raise Trouble(
            f'commune "{shown(commune)}": no commune has this code. '
            f"Write the {COMMUNE_CODE_LENGTH} digits of its official code, such as 010201."
        )
    return (location.province, location.district, location.commune, *gazetteer.villages_of(commune))


def make_communes_known(unit: Unit, gazetteer: Gazetteer, communes: Iterable[str]) -> None:
    """Make communes known, with their villages. Raises Trouble where a code is known under another place's name."""
    for code in communes:
        places = places_of(gazetteer, code)
        for known, listed in called_otherwise(unit, places):
            if known.level is not PlaceLevel.VILLAGE:
                raise Trouble(
                    f"{known.level} {known.code}: it is kept here as {both_names(known)}, and is "
                    f"{both_names(listed)} in the list in use. To have it called so from now on: "
                    "samleng places gazetteer FILE --rename."
                )
        make_known(unit, places, gazetteer.sources[code[:2]])


def understood(gazetteer: Gazetteer, communes: Sequence[str]) -> tuple[str, ...]:
    """A line for each commune as it was understood: its code, and its names with those of district and province."""
    return tuple(line_of(gazetteer.communes[code]) for code in dict.fromkeys(communes))


def line_of(location: Location) -> str:
    km, en = (location_name(location, Wording(language)) for language in ("km", "en"))
    return f"{location.code}  {km}  {en}"


def both_names(place: Place) -> str:
    return f"{place.km} ({place.en})"
