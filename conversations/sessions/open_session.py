from conversations.commands import OpenSession
from conversations.engine import Flow
from conversations.facts import CommuneFacts, OpenFacts, PointChoice
from conversations.prompts import OpenNow, PointName, WhichClosing, WhichCommune, WhichPlace, WhichPoints
from scorecard.card import Service
from scorecard.place import Location, NewPoint
from scorecard.session import Closing

MOST_ADDED = 9
MOST_POINTS = 12
"""As many as a citizen, and one message to the group, can bear."""


def open_session(facts: OpenFacts) -> Flow:
    """A facilitator opens a session: place, service points, closing. A sole choice is not asked."""
    commune = facts.communes[0]
    if len(facts.communes) > 1:
        by_code = {here.commune.code: here for here in facts.communes}
        locations = tuple(here.commune for here in facts.communes)
        commune = by_code[str((yield WhichCommune(communes=locations, options=tuple(by_code))))]
    place = commune.commune
    if commune.villages:
        codes = (commune.commune.code, *(village.code for village in commune.villages))
        code = yield WhichPlace(commune=commune.commune, villages=commune.villages, options=codes)
        place = _location(commune, str(code))
    added: list[PointChoice] = []
    chosen = tuple(point.code for point in commune.points)[:MOST_POINTS]
    while True:
        points = (*commune.points, *added)
        again = yield WhichPoints(
            key=f"points{len(added)}",
            place=place,
            points=points,
            options=tuple(point.code for point in points),
            preset=chosen,
            at_once=(Service.HEALTH_CENTRE, Service.PRIMARY_SCHOOL) if len(added) < MOST_ADDED else (),
            most=MOST_POINTS,
        )
        chosen = tuple(again)
        if chosen[-1] not in (Service.HEALTH_CENTRE, Service.PRIMARY_SCHOOL):
            break
        service = Service(chosen[-1])
        name = str((yield PointName(key=f"name{len(added)}", service=service)))
        added.append(PointChoice(f"new{len(added)}", service, name, name))
        chosen = (*chosen[:-1], added[-1].code)
    closing = Closing(str((yield WhichClosing(options=tuple(facts.closings)))))
    picked = tuple(point for point in points if point.code in chosen)
    yield OpenNow(place=place, points=picked, closes_at=facts.closings[closing])
    return OpenSession(
        place=place.code,
        points=tuple(int(point.code) for point in picked if point not in added),
        new_points=tuple(
            NewPoint(commune.commune.code, point.service, point.km, point.en) for point in picked if point in added
        ),
        closing=closing,
    )


def _location(commune: CommuneFacts, code: str) -> Location:
    village = next((village for village in commune.villages if village.code == code), None)
    here = commune.commune
    return Location(here.province, here.district, here.commune, village)
