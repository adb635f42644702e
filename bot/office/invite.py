"""Invites somebody to a role."""

from collections.abc import Iterable

from bot.get_me import bot_name
from bot.office.places_in_use import make_communes_known, places_in_use, places_of
from bot.open_store import open_store
from bot.settings import Settings, bot_id, database_name
from bot.trouble import Trouble, database_troubles
from files.faults import fault_in_text
from files.places import Gazetteer
from files.points import commune_code
from scorecard.role import Role
from storage.roles.invitations import invite

MAX_PARTNER = 80


async def invite_somebody(
    settings: Settings,
    communes: Iterable[str],
    partner: str | None = None,
    gazetteer: Gazetteer | None = None,
    *,
    role: Role = Role.FACILITATOR,
) -> str:
    """The link that gives whoever opens it first a role in these communes. Raises Trouble.

    gazetteer: the places in use, where they were read already.
    """
    codes = tuple(dict.fromkeys(map(commune_code, communes)))
    in_use = gazetteer or places_in_use(settings)
    for code in codes:
        places_of(in_use, code)
    if partner is not None:
        partner = " ".join(partner.split())
        fault = fault_in_text(partner, MAX_PARTNER)
        if fault:
            raise Trouble(f"partner: the name {fault}.")
    name = await bot_name(settings)
    store = await open_store(settings)
    try:
        with database_troubles(database_name(settings)):
            await store.run(make_communes_known, in_use, codes)
            payload = await store.run(invite, bot_id(settings), codes, (), "", partner, role)
    finally:
        store.close()
    return f"https://t.me/{name}?start={payload}"
