"""Keeps what was counted of a closed session, and erases what was too small to release."""

from collections import Counter

import sqlalchemy as sa

from scorecard.session import SMALL_COUNTS_KEPT, State
from scorecard.tally import Source, Tally, collect
from storage import tables
from storage.session import releases_of
from storage.store import Unit

_S = tables.session.c
_P = tables.session_point.c
_T = tables.tally.c
_W = tables.wish.c


def keep(unit: Unit, tally: Tally) -> None:
    """Keep a session's counts for one service point."""
    common = {"session": tally.session, "point": tally.point, "source": tally.source}
    counts = [
        {**common, "criterion": criterion, "group": group, "score": score, "people": people}
        for (criterion, group), scores in tally.scores.items()
        for score, people in enumerate((scores.dont_know, *scores.given))
        if people
    ]
    wishes = [{**common, "criterion": criterion, "people": people} for criterion, people in tally.wishes.items()]
    if counts:
        unit.db.execute(tables.tally.insert(), counts)
    if wishes:
        unit.db.execute(tables.wish.insert(), wishes)
    here = (_P.session == tally.session) & (_P.point == tally.point)
    unit.db.execute(tables.session_point.update().where(here).values(largest_phone=tally.largest_phone))


def kept(unit: Unit, session: int, point: int, asked: tuple[str, ...]) -> Tally:
    """What is still there of a session's counts for a service point, where these criteria were asked."""
    of_point = (_T.session == session) & (_T.point == point) & (_T.source == Source.BALLOTS)
    rows = unit.db.execute(sa.select(_T.criterion, _T.group, _T.score, _T.people).where(of_point))
    given = Counter({(criterion, group, score): people for criterion, group, score, people in rows})
    named = (_W.session == session) & (_W.point == point) & (_W.source == Source.BALLOTS)
    wished = unit.db.execute(sa.select(_W.criterion, _W.people).where(named))
    wishes = {row.criterion: row.people for row in wished}
    erased, largest_phone = unit.db.execute(
        sa.select(_S.pruned, _P.largest_phone)
        .select_from(tables.session_point.join(tables.session))
        .where(_P.session == session, _P.point == point)
    ).one()
    return Tally(session, point, Source.BALLOTS, asked, collect(given), wishes, largest_phone, erased)


def erase_small_counts(unit: Unit) -> None:
    """Erase the counts that were too small to release and have waited long enough for the commune's other villages.

    What the release tells of stays; the door has seen to it that subtracting tells nothing more.
    """
    old = (_S.state == State.CLOSED) & _S.pruned.is_(False) & (_S.closed_at < unit.now - SMALL_COUNTS_KEPT)
    for session in unit.db.scalars(sa.select(_S.id).where(old)).all():
        for told in releases_of(unit, session):
            figures = [(figure.criterion, figure.group) for figure in told.figures]
            point = (_T.session == session) & (_T.point == told.point)
            unit.db.execute(tables.tally.delete().where(point, sa.tuple_(_T.criterion, _T.group).not_in(figures)))
            wishes = [wish.criterion for wish in told.wishes]
            of_point = (_W.session == session) & (_W.point == told.point)
            unit.db.execute(tables.wish.delete().where(of_point, _W.criterion.not_in(wishes)))
        unit.db.execute(tables.session_point.update().where(_P.session == session).values(largest_phone=None))
        unit.db.execute(tables.session.update().where(_S.id == session).values(pruned=True))
