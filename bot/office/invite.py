"""Invites somebody to be a facilitator."""

from collections.abc import Iterable

from bot.get_me import bot_name
from bot.open_store import open_store
from bot.settings import Settings, bot_id, database_name
from bot.trouble import Trouble, database_troubles
from files.faults import fault_in_text, shown
from files.places import SOURCE, find_location, villages_of
from scorecard.place import COMMUNE_CODE_LENGTH, Place
from storage.roles.invitations import invite

MAX_PARTNER = 80

_PLAIN_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")


async def invite_facilitator(settings: Settings, communes: Iterable[str], partner: str | None) -> str:
    """The link that makes whoever opens it first a facilitator in these communes. Raises Trouble."""
    codes = tuple(dict.fromkeys(map(commune_code, communes)))
    places = tuple(dict.fromkeys(place for code in codes for place in places_of(code)))
    if partner is not None:
        partner = " ".join(partner.split())
        fault = fault_in_text(partner, MAX_PARTNER)
        if fault:
            raise Trouble(f"partner: the name {fault}.")
    name = await bot_name(settings)
    store = await open_store(settings)
    try:
        with database_troubles(database_name(settings)):
            payload = await store.run(invite, bot_id(settings), codes, places, SOURCE, partner)
    finally:
        store.close()
    return f"https://t.me/{name}?start={payload}"


def places_of(commune: str) -> tuple[Place, ...]:
    """A commune with its province, district and villages. Raises Trouble where there is no such commune."""
    location = find_location(commune)
    if location is None or location.village:
        raise Trouble(
            f'commune "{shown(commune)}": no commune has this code. '
            f"Write the {COMMUNE_CODE_LENGTH} digits of its official code, such as 010201."
        )
    return (location.province, location.district, location.commune, *villages_of(commune))


def commune_code(given: str) -> str:
    """The code as the gazetteer writes it: spreadsheets take a leading zero for nothing."""
    code = given.strip().translate(_PLAIN_DIGITS)
    return code.zfill(COMMUNE_CODE_LENGTH) if len(code) == COMMUNE_CODE_LENGTH - 1 and code.isdecimal() else code
