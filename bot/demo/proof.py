"""What the group should have received, worked out from what the demo's people tapped and from nothing else."""

import html
import re
from collections import defaultdict
from dataclasses import replace

from bot.demo.people import Scoring
from conversations.facts import AtPoint, AtSession
from conversations.notices import Digest
from digests.poster import Picture, front
from digests.text import digest_caption
from scorecard.ballot import DONT_KNOW, Ballot
from scorecard.disclosure import release
from scorecard.tally import count
from storage.session import by_id
from storage.store import Store, Unit
from wording.catalogue import languages


async def expected_digest(store: Store, scoring: Scoring) -> tuple[str, Picture]:
    """The digest that these people's scores make: its caption as a phone shows it, and its picture."""
    at = await store.run(_session)
    ballots: dict[int, list[Ballot]] = defaultdict(list)
    for played in scoring.played:
        for sent in played.sent:
            point, ballot = _ballot(at, sent["answers"], sent["choices"])
            ballots[point.id].append(replace(ballot, phone=str(played.person).encode()))
    releases = tuple(
        release(count(at.id, point.id, tuple(criterion.key for criterion in point.criteria), ballots[point.id]))
        for point in at.points
    )
    digest = Digest(at, releases)
    caption = html.unescape(re.sub(r"<[^>]+>", "", digest_caption(digest, languages())))
    return caption, front(digest, languages()[0])[0]


def _session(unit: Unit) -> AtSession:
    found = by_id(unit, 1)
    assert found is not None
    return found.at


def _ballot(
    at: AtSession, answers: list[dict[str, object]], choices: list[dict[str, object]]
) -> tuple[AtPoint, Ballot]:
    """A ballot from what stood on the screen: the questions tell the service point, the labels what to repair."""
    asked = {text: (p, c.key) for p in at.points for c in p.criteria for text in c.question.values()}
    scores: dict[str, int] = {}
    for answer in answers:
        point, key = next(asked[line] for line in _lines(answer) if line in asked)
        scores[key] = DONT_KNOW if answer["score"] is None else int(str(answer["score"]))
    labels = {text: criterion.key for criterion in point.criteria for text in criterion.label.values()}
    repair = [labels.get(str(choice["choice"])) for choice in choices if choice["choice"] in labels]
    return point, Ballot(scores, repair[-1] if repair else None)


def _lines(answer: dict[str, object]) -> list[str]:
    lines = answer["question"]
    assert isinstance(lines, list)
    return lines
