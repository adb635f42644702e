"""A service point is written rightly: from now on, and where its digest stands already."""

import sqlalchemy as sa

from conversations.commands import RenamePoint
from conversations.facts import RenameFacts
from conversations.notices import Why
from scorecard.card import Service
from scorecard.session import State
from storage import outbox, tables
from storage.post_digest import posts_under_way
from storage.session import Found, by_id
from storage.store import Unit

_S = tables.session.c
_P = tables.session_point.c


def renamable(found: Found) -> RenameFacts | Why:
    """The service points of a closed session that have a name of their own."""
    points = tuple(point for point in found.at.points if point.service is not Service.COMMUNE_OFFICE)
    if found.session.state is not State.CLOSED or not points:
        return Why.NOTHING_BEGUN
    return RenameFacts(found.session.id, points)


def rename_point(unit: Unit, found: Found, command: RenamePoint, language: str) -> None:
    """Write a service point so in all sessions of the commune's round, and in the digests that stand in groups.

    Figures stay as they are. The name is put right that is shown in this language; both, where they are the same.
    In later rounds it is written so too, unless another of the commune's service points has that name.
    """
    old = found.at.point(command.point)
    assert old is not None
    names = dict.fromkeys(("km", "en") if old.en == old.km else (old.name_for(language),), command.name)
    c = tables.point.c
    same = (c.commune == found.session.commune) & (c.service == old.service) & (c.km == names.get("km", ""))
    if unit.db.scalar(sa.select(c.id).where(same)) is None:
        unit.db.execute(tables.point.update().where(c.id == command.point).values(**names))
    of_round = sa.select(_S.id).where(_S.bot == found.bot, _S.round == found.at.round)
    here = (_P.point == command.point) & _P.session.in_(of_round)
    sessions = unit.db.scalars(sa.select(_P.session).where(here)).all()
    unit.db.execute(tables.session_point.update().where(here).values(**names))
    for session in sessions:
        again = by_id(unit, session)
        assert again is not None
        for chat, post in posts_under_way(unit, again):
            outbox.put(
                unit,
                bot=found.bot,
                chat=chat,
                kind=outbox.Kind.REWORD,
                dedup=f"reword:{post}:{unit.random[:8].hex()}",
                language=unit.language,
                session=session,
                detail=str(post),
            )
