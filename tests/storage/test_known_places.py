"""Places that are made known."""

from pathlib import Path

from made import BOT, FACILITATOR, new_store

from conversations.sessions.open_session import OpenSession
from files.cards import shipped_cards
from scorecard.card import Service
from scorecard.payload import payload_hash
from scorecard.place import NewPoint, Place, PlaceKind
from scorecard.session import Closing
from storage.cards import add_cards
from storage.places import location, villages
from storage.roles.invitations import accept_invitation, invite
from storage.session import by_payload
from storage.sessions.open_session import open_session

TOWN = (
    Place("02", "បាត់ដំបង", "Battambang"),
    Place("0208", "សង្កែ", "Sangkae", PlaceKind.KRONG),
    Place("020802", "នរា", "Norea", PlaceKind.SANGKAT),
    Place("02080203", "បាឡាត់", "Balat"),
)


async def test_a_place_keeps_the_kind_it_had(tmp_path: Path) -> None:
    """A srok that has become a krong is one wherever it is read again: by itself, and in a session."""
    store = new_store(tmp_path)
    await store.run(add_cards, shipped_cards())
    payload = await store.run(invite, BOT, ("020802",), TOWN, "a list of 2030", None)
    await store.run(accept_invitation, BOT, FACILITATOR, payload_hash(payload))
    here = await store.run(location, "02080203")
    assert (here.province, here.district, here.commune, here.village) == TOWN
    assert await store.run(villages, "020802") == TOWN[3:]
    new = (NewPoint("020802", Service.HEALTH_CENTRE, "នរា", "Norea"),)
    opened = await store.run(open_session, BOT, FACILITATOR, None, OpenSession("02080203", (), new, Closing.ONE_HOUR))
    found = await store.run(by_payload, opened.payload)
    assert found is not None
    assert found.session.location == here
    assert found.session.location.district.kind is PlaceKind.KRONG
    store.close()
