"""Finds the code of a commune by its name."""

from dataclasses import dataclass

from bot.office.places_in_use import line_of
from bot.trouble import Trouble
from files.faults import shown
from files.find_communes import find_communes, names_like
from files.places import Gazetteer

MOST = 20


@dataclass(frozen=True, slots=True)
class Found:
    """A line for each commune, and how many more there are."""

    lines: tuple[str, ...]
    more: int


def find_places(name: str, gazetteer: Gazetteer) -> Found:
    """The first communes that are called so, or whose districts are. Raises Trouble where there is none."""
    found = find_communes(name, gazetteer)
    if not found:
        like = names_like(name, gazetteer)
        do = (
            f"Did you mean {' or '.join(like)}?"
            if like
            else "Try a part of its name, in Khmer or English, or the district's."
        )
        raise Trouble(f'places: no commune is called "{shown(name)}", and none has this code. {do}')
    return Found(tuple(map(line_of, found[:MOST])), max(0, len(found) - MOST))
