"""Finds a commune's code by its name."""

from bot.trouble import Trouble
from files.faults import shown
from files.places import find_communes, like_communes
from wording.catalogue import FIRST_LANGUAGE, Wording
from wording.names import location_name

MOST = 30


def find_places(words: tuple[str, ...]) -> list[str]:
    """A line for each commune that the words fit, the best first: its code, and where it lies in Khmer and English.

    Raises Trouble where there is none.
    """
    found = find_communes(words)
    if not found:
        name = " ".join(words)
        like = like_communes(name)
        do = f"Did you mean {', '.join(like)}?" if like else "Write a part of its name, or the district's."
        raise Trouble(f'commune "{shown(name)}": none has this name. {do}')
    khmer, english = Wording(FIRST_LANGUAGE), Wording("en")
    lines = [f"{at.code}  {location_name(at, khmer)}  {location_name(at, english)}" for at in found[:MOST]]
    return lines if len(found) <= MOST else [*lines, f"and {len(found) - MOST} more: write more of the name"]
