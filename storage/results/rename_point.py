"""The name of a service point is put right, wherever it stands."""

import sqlalchemy as sa

from conversations.refusals import NAME_TAKEN, Why
from conversations.results.rename_point import NOTHING_TO_RENAME, RENAMED, RenameFacts, RenamePoint
from scorecard.card import Service
from scorecard.place import ServicePoint
from scorecard.spelling import same_point
from storage import outbox, tables
from storage.outbox import Post, messages_of
from storage.results.post_digest import posted, posts_under_way
from storage.results.read_digest import read_digest
from storage.room import Doing, Done, Kind, Saying
from storage.session import Held, again
from storage.subject import of_session
from storage.unit import Unit

REWORD = Kind("reword")

_S = tables.session.c
_P = tables.session_point.c


def renamable(unit: Unit, held: Held) -> RenameFacts | Why:
    """The service points of a closed session that have a name of their own."""
    points = tuple(point for point in held.session.points if point.service is not Service.COMMUNE_OFFICE)
    if not held.session.is_closed or not points:
        return NOTHING_TO_RENAME
    return RenameFacts(held.session.id, points, {point.id: _taken(unit, point) for point in points})


def carry_rename(unit: Unit, doing: Doing, command: RenamePoint) -> Done | Why:
    """Put the name right, and show the digest with it."""
    held: Held = doing.subject
    point = held.session.point(command.point)
    assert point is not None
    if same_point(point.service, command.name) in {same_point(point.service, one) for one in _taken(unit, point)}:
        return NAME_TAKEN
    rename_point(unit, held, point, command.name, doing.person.language)
    read = read_digest(unit, doing.person, again(unit, held.session.id))
    return read if isinstance(read, Why) else Done(read, note=RENAMED)


def rename_point(unit: Unit, held: Held, point: ServicePoint, name: str, language: str) -> None:
    """Write a service point so in all sessions of the commune's round, and in the digests that stand in groups.

    What is opened from now on writes it so, too. Figures stay as they are. The name is put right that is shown in this
    language; both, where they are the same.
    """
    names = dict.fromkeys(("km", "en") if point.en == point.km else (point.name_for(language),), name)
    unit.db.execute(tables.point.update().where(tables.point.c.id == point.id).values(**names))
    of_round = sa.select(_S.id).where(_S.bot == held.bot, _S.round == held.session.round)
    here = (_P.point == point.id) & _P.session.in_(of_round)
    sessions = unit.db.scalars(sa.select(_P.session).where(here).order_by(_P.session)).all()
    unit.db.execute(tables.session_point.update().where(here).values(**names))
    for session in sessions:
        for chat, post in posts_under_way(unit, again(unit, session)):
            outbox.put(
                unit,
                bot=held.bot,
                chat=chat,
                kind=REWORD,
                key=unit.draw(8).hex(),
                subject=of_session(session),
                detail=str(post),
            )


def _taken(unit: Unit, point: ServicePoint) -> tuple[str, ...]:
    """How the commune's others of its kind are called: none may be taken for another."""
    c = tables.point.c
    others = (c.commune == point.location.commune.code) & (c.service == point.service) & (c.id != point.id)
    return tuple(name for row in unit.db.execute(sa.select(c.km, c.en).where(others)) for name in row if name)


def say_again(unit: Unit, post: Post) -> Saying | None:
    """What the messages that a post became say now; None where they are not known."""
    replaces = messages_of(unit, int(post.detail))
    said = posted(unit, post) if replaces else None
    return None if said is None else Saying(said, replaces=replaces)
