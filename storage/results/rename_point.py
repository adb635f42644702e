"""The name of a service point is put right, wherever it stands."""

import sqlalchemy as sa

from conversations.refusals import Why
from conversations.results.rename_point import NOTHING_TO_RENAME, RENAMED, RenameFacts, RenamePoint
from scorecard.card import Service
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


def renamable(held: Held) -> RenameFacts | Why:
    """The service points of a closed session that have a name of their own."""
    points = tuple(point for point in held.session.points if point.service is not Service.COMMUNE_OFFICE)
    if not held.session.is_closed or not points:
        return NOTHING_TO_RENAME
    return RenameFacts(held.session.id, points)


def carry_rename(unit: Unit, doing: Doing, command: RenamePoint) -> Done | Why:
    """Put the name right, and show the digest with it."""
    held: Held = doing.subject
    rename_point(unit, held, command, doing.person.language)
    read = read_digest(unit, doing.person, again(unit, held.session.id))
    return read if isinstance(read, Why) else Done(read, note=RENAMED)


def rename_point(unit: Unit, held: Held, command: RenamePoint, language: str) -> None:
    """Write a service point so in all sessions of the commune's round, and in the digests that stand in groups.

    Figures stay as they are. The name is put right that is shown in this language; both, where they are the same.
    In later rounds it is written so too, unless another of the commune's service points has that name.
    """
    old = held.session.point(command.point)
    assert old is not None
    names = dict.fromkeys(("km", "en") if old.en == old.km else (old.name_for(language),), command.name)
    c = tables.point.c
    same = (c.commune == held.session.commune) & (c.service == old.service) & (c.km == names.get("km", ""))
    if unit.db.scalar(sa.select(c.id).where(same)) is None:
        unit.db.execute(tables.point.update().where(c.id == command.point).values(**names))
    of_round = sa.select(_S.id).where(_S.bot == held.bot, _S.round == held.session.round)
    here = (_P.point == command.point) & _P.session.in_(of_round)
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


def say_again(unit: Unit, post: Post) -> Saying | None:
    """What the messages that a post became say now; None where they are not known."""
    replaces = messages_of(unit, int(post.detail))
    said = posted(unit, post) if replaces else None
    return None if said is None else Saying(said, replaces=replaces)
