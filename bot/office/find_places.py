"""Finds the code of a commune by its name."""

from dataclasses import dataclass

from bot.trouble import Trouble
from files.faults import shown
from files.find_communes import find_communes, names_like
from scorecard.place import Location
from wording.catalogue import Wording
from wording.names import location_name

MOST = 20


@dataclass(frozen=True, slots=True)
class Found:
    """A line for each commune, and how many more there are."""

    lines: tuple[str, ...]
    more: int


def find_places(name: str) -> Found:
    """The first communes that are called so, or whose districts are. Raises Trouble where there is none."""
    found = find_communes(name)
    if not found:
        like = names_like(name)
        do = (
            f"Did you mean {' or '.join(like)}?"
            if like
            else "Try a part of its name, in Khmer or English, or the district's."
        )
        raise Trouble(f'places: no commune is called "{shown(name)}", and none has this code. {do}')
    return Found(tuple(map(_line, found[:MOST])), max(0, len(found) - MOST))


def _line(location: Location) -> str:
    km, en = (location_name(location, Wording(language)) for language in ("km", "en"))
    return f"{location.code}  {km}  {en}"
