"""A service point is written rightly: from now on, and where its digest stands already."""

import sqlalchemy as sa

from conversations.commands import RenamePoint
from conversations.facts import RenameFacts
from conversations.notices import Why
from scorecard.card import Service
from scorecard.session import State
from storage import outbox, tables
from storage.results.post_digest import posts_under_way
from storage.session import Held, by_id
from storage.store import Unit

_S = tables.session.c
_P = tables.session_point.c


def renamable(held: Held) -> RenameFacts | Why:
    """The service points of a closed session that have a name of their own."""
    points = tuple(point for point in held.session.points if point.service is not Service.COMMUNE_OFFICE)
    if held.session.state is not State.CLOSED or not points:
        return Why.NOTHING_BEGUN
    return RenameFacts(held.session.id, points)


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
    sessions = unit.db.scalars(sa.select(_P.session).where(here)).all()
    unit.db.execute(tables.session_point.update().where(here).values(**names))
    for session in sessions:
        again = by_id(unit, session)
        assert again is not None
        for chat, post in posts_under_way(unit, again):
            outbox.put(
                unit,
                bot=held.bot,
                chat=chat,
                kind=outbox.Kind.REWORD,
                dedup=f"reword:{post}:{unit.random[:8].hex()}",
                language=unit.language,
                session=session,
                detail=str(post),
            )
