"""What the demo's people think of their services, this year and a year ago: what they score low they wish for."""

from datetime import timedelta
from random import Random

from bot.open_store import open_store
from bot.settings import Settings, bot_id
from conversations.scoring.score import CastBallot
from conversations.sessions.open_session import OpenSession
from files.cards import shipped_cards
from sandbox.citizen import UNALIKE
from scorecard.card import OVERALL, SCALE, Criterion, Service
from scorecard.place import NewPoint, PlaceKind
from scorecard.session import Closing
from storage.outbox import NOBODY
from storage.scoring.cast_ballot import cast_ballot
from storage.session import Held
from storage.sessions.close_session import close_session
from storage.sessions.open_session import open_session
from storage.store import utc_now
from storage.unit import Unit
from wording.catalogue import Wording, languages
from wording.names import asked_about

A_YEAR = timedelta(days=366)
LAST_YEARS_PHONES = range(900_001, 900_061)

SINCE = {Service.HEALTH_CENTRE: 0.8, Service.PRIMARY_SCHOOL: 0.0, Service.COMMUNE_OFFICE: -0.5}
"""How much better people find each service than a year ago."""


def likes(commune: PlaceKind) -> dict[str, float]:
    """How much people like what each question asks in a commune of this kind, by what stands of it on the screen."""
    return {
        asked_about(criterion, Wording(language, commune)): _liked(card.service, criterion)
        for card in shipped_cards()
        for criterion in card.criteria
        for language in languages()
    }


async def score_a_year_ago(settings: Settings, commune: str, names: dict[Service, str]) -> None:
    """A round of a year ago in a commune that is known: of its office, and of a health centre and a school so named."""
    store = await open_store(settings, clock=lambda: utc_now() - A_YEAR)
    try:
        new = tuple(NewPoint(commune, service, name, name) for service, name in names.items())
        office = 1  # of the commune that was made known first
        command = OpenSession(commune, (office,), new, Closing.ONE_HOUR)
        held = await store.run(open_session, bot_id(settings), NOBODY, None, command)
        await store.run(_score, held)
        await store.run(close_session, held)
    finally:
        store.close()


def _score(unit: Unit, held: Held) -> None:
    chance = Random(1)
    for person in LAST_YEARS_PHONES:
        for point in held.session.points:
            scores = {
                criterion.key: _near(chance, _liked(point.service, criterion) - SINCE[point.service])
                for criterion in point.criteria
            }
            wish = min(point.single, key=lambda criterion: scores[criterion.key])
            cast_ballot(unit, held, person, CastBallot(held.session.id, point.id, 1, scores, wish.key, None))


def _near(chance: Random, mean: float) -> int:
    return min(max(round(chance.gauss(mean, UNALIKE)), SCALE[0]), SCALE[-1])


def _liked(service: Service, criterion: Criterion) -> float:
    if criterion.key == OVERALL:
        return 3.2
    return round(Random(f"{service} {criterion.key}").uniform(1.8, 4.6), 1)
