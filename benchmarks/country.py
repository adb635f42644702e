"""A country of sessions: a database with as many closed ones, ballots, dialogues and posts as a benchmark asks for.

What is measured is done by the bot's own units of work. What only has to be there is copied in SQL from sessions that
units of work opened, scored and closed, for making five thousand that way would take an hour.
"""

import json
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.open_store import open_store
from bot.settings import read_settings
from conversations.chat import Chat, ChatKind, Screen
from conversations.scoring.about_you import NoteGroups
from conversations.scoring.join import JOIN
from conversations.scoring.score import CastBallot
from conversations.sessions.open_session import OpenSession
from files.places import SOURCE, find_location, villages_of
from scorecard.ballot import Age, Ballot, Gender, Groups
from scorecard.card import Service
from scorecard.payload import payload_hash
from scorecard.place import Location, NewPoint
from scorecard.session import Closing
from storage import tables
from storage.groups.link_group import link
from storage.intake import take
from storage.people import Dialogue, Person, begin
from storage.reply import Arrival, GroupReply, Question, Reply, Tap
from storage.results.counts import keep, kept
from storage.results.digests import release
from storage.roles.invitations import accept_invitation, invite
from storage.room import Kind
from storage.scoring.ballots import put_ballot
from storage.scoring.cast_ballot import cast_ballot, note_groups
from storage.session import Held, by_id, location_to_json
from storage.sessions.close_session import close_session
from storage.sessions.open_session import open_session
from storage.store import Store
from storage.unit import Unit

BOT, FACILITATOR, OTHER, CITIZENS = 1000, 50, 51, 1_000_000
VILLAGES = 24
"""Of the commune whose villages are put together."""

PEOPLE = 24
"""Who score in each village."""

KINDS = 8
"""Sessions that the others are copies of."""

MOODS = ((1, 2, 10, 30, 57), (5, 20, 50, 20, 5), (60, 25, 10, 4, 1))
"""How likely each score is, from content to angry."""

_S = tables.session.c
_numbers = count(10_000_000)


@dataclass
class Clock:
    """The present, set forward as a benchmark likes."""

    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


async def founded(folder: Path, clock: Clock) -> Store:
    """A store in an empty folder, for `samleng export` too, with ten communes of one facilitator."""
    os.environ |= {"SAMLENG_DATABASE_URL": f"sqlite:///{folder}/samleng.sqlite3", "SAMLENG_KEYS": f"{folder}/keys"}
    store = await open_store(read_settings(token=False), clock=clock)
    for location in islice(communes(), 10):
        await store.run(make_facilitator, location, FACILITATOR)
    return store


def communes(villages: int = 1) -> Iterator[Location]:
    """Those with at least so many villages, by code."""
    for code in range(10000, 260000):
        location = find_location(f"{code:06}")
        if location is not None and len(villages_of(location.code)) >= villages:
            yield location


def make_facilitator(unit: Unit, location: Location, person: int) -> None:
    """Make somebody a facilitator of a commune, which has a group."""
    code = location.commune.code
    places = (location.province, location.district, location.commune, *villages_of(code))
    accept_invitation(unit, BOT, person, payload_hash(invite(unit, BOT, (code,), places, SOURCE, None)))
    link(unit, BOT, Chat(-int(code), ChatKind.SUPERGROUP), code)


def opened(unit: Unit, place: str, closing: Closing = Closing.SEVEN_DAYS) -> Held:
    """A session of three services."""
    commune = place[:6]
    services = (Service.COMMUNE_OFFICE, Service.HEALTH_CENTRE, Service.PRIMARY_SCHOOL)
    new = tuple(NewPoint(commune, service, name, name) for service, name in zip(services, ("", "ក", "ក"), strict=True))
    return open_session(
        unit, BOT, FACILITATOR, Screen(FACILITATOR, next(_numbers)), OpenSession(place, (), new, closing)
    )


def score_all(unit: Unit, held: Held, chance: random.Random, people: int = PEOPLE) -> None:
    """So many people score each of a session's services, and tell their groups."""
    for person in range(people):
        for point in held.session.points:
            keys = [criterion.key for criterion in point.criteria]
            scores = {key: chance.choices((1, 2, 3, 4, 5), MOODS[i % len(MOODS)])[0] for i, key in enumerate(keys)}
            cast_ballot(unit, held, person, CastBallot(held.session.id, point.id, 1, scores, chance.choice(keys), None))
        groups = Groups(chance.choice((Gender.WOMAN, Gender.MAN)), chance.choice(tuple(Age)))
        note_groups(unit, held, person, NoteGroups(held.session.id, 1, groups))


def closed_sessions(unit: Unit, number: int, chance: random.Random) -> None:
    """So many closed sessions, posted and sealed, in the villages of as many communes as that takes."""
    villages = (village.code for location in communes() for village in villages_of(location.code))
    kinds = []
    for village in islice(villages, min(KINDS, number)):
        held = opened(unit, village)
        score_all(unit, held, chance)
        close_session(unit, held)
        assert held.key is not None
        unit.keys.destroy(held.key)
        kinds.append(held.session.id)
    settled = {"sealed": True, "looked_at": True}
    unit.db.execute(tables.session.update().where(_S.id.in_(kinds)).values(**settled))
    unit.db.execute(tables.doomed_key.delete())
    unit.db.execute(tables.post.delete().where(tables.post.c.kind != "digest"))
    unit.db.execute(tables.post.update().values(state="sent", message_id=1))
    rows = {row["id"]: dict(row) for row in unit.db.execute(sa.select(tables.session)).mappings()}
    first = max(rows) + 1
    for id_, village in zip(range(first, first + number - len(kinds)), villages, strict=False):
        place = find_location(village)
        assert place is not None
        kind = kinds[id_ % len(kinds)]
        own = {"id": id_, "place": village, "location": location_to_json(place), "payload": f"s-{id_}", "code": ""}
        own |= {"commune": village[:6], "key": None, "counts_key": None}
        unit.db.execute(tables.session.insert().values(rows[kind] | own))
        _copy(unit, kind, id_)


def _copy(unit: Unit, kind: int, id_: int) -> None:
    """All that is kept of one closed session, for another."""
    others = [column for column in tables.session_point.c if column.name != "session"]
    some = sa.select(sa.literal(id_), *others).where(tables.session_point.c.session == kind)
    unit.db.execute(tables.session_point.insert().from_select(["session", *(column.name for column in others)], some))
    held = by_id(unit, id_)
    assert held is not None
    asked = {point.id: tuple(one.key for one in point.criteria) for point in held.session.points}
    counted = [replace(kept(unit, point, {kind: keys})[0], session=id_) for point, keys in asked.items()]
    keep(unit, held, counted)
    for row in unit.db.execute(sa.select(release).where(release.c.session == kind)).mappings().all():
        body = json.dumps(json.loads(row["body"]) | {"session": id_}, ensure_ascii=False, separators=(",", ":"))
        unit.db.execute(release.insert().values(dict(row) | {"session": id_, "body": body}))
    posts(unit, 1, "digest", state="sent", first=-id_, subject="session", subject_id=id_)


def posts(unit: Unit, number: int, kind: str, *, state: str = "waiting", first: int = CITIZENS, **own: Any) -> None:
    """So many posts of a kind, each to somebody else."""
    for chat in range(first, first + number):
        row = {"bot": BOT, "chat": chat, "kind": kind, "language": "km", "not_before": unit.now, "state": state}
        row |= {"dedup": f"{kind}:{next(_numbers)}", "detail": "", "message_id": 1, "replaces": None}
        row["wiping"] = unit.house.posts[Kind(kind)].wiping
        unit.db.execute(tables.post.insert().values(row | own))


def ballots(unit: Unit, held: Held, number: int, chance: random.Random) -> None:
    """So many ballots in an open session, from as many phones."""
    for n in range(number):
        point = held.session.points[n % len(held.session.points)]
        scores = {
            criterion.key: chance.choices((1, 2, 3, 4, 5), MOODS[i % len(MOODS)])[0]
            for i, criterion in enumerate(point.criteria)
        }
        groups = Groups(chance.choice((Gender.WOMAN, Gender.MAN, None)), chance.choice((*Age, None)))
        given = Ballot(scores, chance.choice(list(scores)), groups, chance.randbytes(16))
        put_ballot(unit, held, point.id, chance.randbytes(32), given)


def dialogues(unit: Unit, session: int | None, number: int, chance: random.Random, *, first: int = CITIZENS) -> None:
    """So many people in the middle of a dialogue about a session, each on a screen of their own."""
    for person in range(first, first + number):
        answers = {f"ca{i}.kind": str(chance.randint(1, 5)) for i in range(5)}
        name, about, screen = f"{person:011d}"[-11:], {"points": [1], "seat": 1}, Screen(person, person)
        going = Dialogue(name, BOT, person, "score", about, session, None, answers, screen, 9)
        begin(unit, Person(BOT, person, "km", None), going)


class Citizen:
    """Somebody who scores, and takes each score back, again and again."""

    def __init__(self, store: Store, person: int, payload: str) -> None:
        self._store = store
        self._person = person
        self._payload = payload
        self._number = person
        self._question: Question

    async def arrive(self) -> None:
        """Until the first question with faces."""
        self._see(await self._store.run(take, Arrival(BOT, self._person, JOIN(self._payload), next(_numbers))))
        for value in ("yes", "ca", "hc", "ok"):
            await self._say(value)

    async def tap(self) -> None:
        """A score, or the way back."""
        self._number += 1
        await self._say("<" if self._number % 2 else str(1 + self._number // 2 % 5))

    async def _say(self, value: str) -> None:
        tap = Tap(
            BOT, self._person, self._question.dialogue, self._question.turn, value, Screen(self._person, self._person)
        )
        self._see(await self._store.run_first(take, tap))

    def _see(self, reply: Reply | GroupReply | None) -> None:
        assert isinstance(reply, Reply)
        assert isinstance(reply.shows, Question)
        self._question = reply.shows
