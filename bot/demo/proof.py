"""What the group should have received, worked out from what the demo's people tapped; beside last year's release."""

import html
import re
from collections import defaultdict
from dataclasses import replace

import sqlalchemy as sa

from bot.demo.people import Scoring
from bot.drawing.signs import with_sign
from digests.poster import Picture, front
from digests.text import digest_caption
from scorecard.ballot import DONT_KNOW, Ballot, Compared
from scorecard.digest import Digest
from scorecard.disclosure import release
from scorecard.place import ServicePoint
from scorecard.session import Session
from scorecard.tally import count
from storage import tables
from storage.results.digests import digest_of
from storage.session import Held, by_id
from storage.store import Store
from storage.unit import Unit
from wording.catalogue import Wording, languages
from wording.names import asked_about


async def expected_digest(store: Store, scoring: Scoring) -> tuple[str, Picture]:
    """The digest that these people's scores make: its caption as a phone shows it, and its picture."""
    held = await store.run(_newest)
    session = held.session
    ballots: dict[int, list[Ballot]] = defaultdict(list)
    for played in scoring.played:
        for sent in played.sent:
            point, ballot = _ballot(session, sent["answers"], sent["choices"])
            ballots[point.id].append(replace(ballot, phone=str(played.person).encode()))
    releases = tuple(
        release(count(session.id, point.id, tuple(criterion.key for criterion in point.criteria), ballots[point.id]))
        for point in session.points
    )
    digest = Digest(session, releases, (await store.run(digest_of, held)).before)
    caption = html.unescape(re.sub(r"<[^>]+>", "", digest_caption(digest, languages())))
    return caption, front(digest, languages()[0])[0]


def _newest(unit: Unit) -> Held:
    held = by_id(unit, unit.db.scalar(sa.select(sa.func.max(tables.session.c.id))) or 0)
    assert held is not None
    return held


def _ballot(
    session: Session, answers: list[dict[str, object]], choices: list[dict[str, object]]
) -> tuple[ServicePoint, Ballot]:
    """A ballot from what stood on the screen: the questions tell the service point, the labels what to repair."""
    said = [Wording(language).at(session.location) for language in languages()]
    asked = {asked_about(c, say): (p, c.key) for p in session.points for c in p.criteria for say in said}
    scores: dict[str, int] = {}
    for answer in answers:
        point, key = next(asked[line] for line in _lines(answer) if line in asked)
        scores[key] = DONT_KNOW if answer["score"] is None else int(str(answer["score"]))
    compared = dict(zip("▲=▼", Compared, strict=True))
    labels = {with_sign(c.sign, text): c.key for c in point.criteria for text in c.label.values()}
    repair = [labels.get(str(choice["choice"])) for choice in choices if choice["choice"] in labels]
    beside = [compared[str(choice["choice"])[0]] for choice in choices if str(choice["choice"])[0] in compared]
    return point, Ballot(scores, repair[-1] if repair else None, compared=beside[-1] if beside else None)


def _lines(answer: dict[str, object]) -> list[str]:
    lines = answer["question"]
    assert isinstance(lines, list)
    return lines
