"""What was counted of a closed session; what was too small to release is erased after a while."""

from collections import Counter, defaultdict
from collections.abc import Mapping

import sqlalchemy as sa

from scorecard.session import SMALL_COUNTS_KEPT, State
from scorecard.tally import EVERYBODY, Phones, Source, Tally, collect
from storage import tables
from storage.results.digests import releases_of
from storage.room import Erases
from storage.unit import Unit

tally = sa.Table(
    "tally",
    tables.metadata,
    sa.Column("session", sa.BigInteger, sa.ForeignKey("session.id"), primary_key=True),
    sa.Column("point", sa.BigInteger, primary_key=True),
    sa.Column("criterion", sa.String(24), primary_key=True),
    sa.Column("group", sa.String(12), primary_key=True),
    sa.Column("source", sa.String(12), primary_key=True),
    sa.Column("score", sa.Integer, primary_key=True),
    sa.Column("people", sa.Integer, nullable=False),
    info=tables.COUNTS,
)


wish = sa.Table(
    "wish",
    tables.metadata,
    sa.Column("session", sa.BigInteger, sa.ForeignKey("session.id"), primary_key=True),
    sa.Column("point", sa.BigInteger, primary_key=True),
    sa.Column("criterion", sa.String(24), primary_key=True),
    sa.Column("source", sa.String(12), primary_key=True),
    sa.Column("people", sa.Integer, nullable=False),
    info=tables.COUNTS,
)

phones = sa.Table(
    "phones",
    tables.metadata,
    sa.Column("session", sa.BigInteger, sa.ForeignKey("session.id"), primary_key=True),
    sa.Column("point", sa.BigInteger, primary_key=True),
    sa.Column("criterion", sa.String(24), primary_key=True, comment="that was scored; or empty, of all ballots"),
    sa.Column("group", sa.String(12), primary_key=True, comment="or wish: of those who named one"),
    sa.Column("source", sa.String(12), primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("largest", sa.Integer, nullable=False, comment="ballots of the two that sent most"),
    info=tables.COUNTS,
)

_ALL, _WISH = ("", EVERYBODY), ("", "wish")

_S = tables.session.c
_T = tally.c
_W = wish.c
_F = phones.c


def keep(unit: Unit, counted: Tally) -> None:
    """Keep a session's counts for one service point."""
    common = {"session": counted.session, "point": counted.point, "source": counted.source}
    counts = [
        {**common, "criterion": criterion, "group": group, "score": score, "people": people}
        for (criterion, group), scores in counted.scores.items()
        for score, people in enumerate((scores.dont_know, *scores.given))
        if people
    ]
    wishes = [{**common, "criterion": criterion, "people": people} for criterion, people in counted.wishes.items()]
    if counts:
        unit.db.execute(tally.insert(), counts)
    if wishes:
        unit.db.execute(wish.insert(), wishes)
    sent = {cell: scores.phones for cell, scores in counted.scores.items()}
    sent |= {_ALL: counted.phones, _WISH: counted.naming_phones}
    rows = [
        {**common, "criterion": criterion, "group": group, "number": one.number, "largest": one.largest}
        for (criterion, group), one in sent.items()
    ]
    unit.db.execute(phones.insert(), rows)


def kept(unit: Unit, point: int, asked_in: Mapping[int, tuple[str, ...]]) -> list[Tally]:
    """What is still there of some sessions' counts for a service point, by the criteria that each of them asked."""
    sessions = list(asked_in)
    of_point = _T.session.in_(sessions) & (_T.point == point) & (_T.source == Source.BALLOTS)
    given: dict[int, Counter[tuple[str, str, int]]] = defaultdict(Counter)
    for row in unit.db.execute(sa.select(_T.session, _T.criterion, _T.group, _T.score, _T.people).where(of_point)):
        given[row.session][row.criterion, row.group, row.score] = row.people
    wishes: dict[int, dict[str, int]] = defaultdict(dict)
    named = _W.session.in_(sessions) & (_W.point == point) & (_W.source == Source.BALLOTS)
    for session, criterion, people in unit.db.execute(sa.select(_W.session, _W.criterion, _W.people).where(named)):
        wishes[session][criterion] = people
    sent: dict[int, dict[tuple[str, str], Phones]] = defaultdict(dict)
    sent_from = _F.session.in_(sessions) & (_F.point == point) & (_F.source == Source.BALLOTS)
    for row in unit.db.execute(sa.select(_F.session, _F.criterion, _F.group, _F.number, _F.largest).where(sent_from)):
        sent[row.session][row.criterion, row.group] = Phones(row.number, row.largest)
    erased = dict(iter(unit.db.execute(sa.select(_S.id, _S.pruned).where(_S.id.in_(sessions)))))
    return [
        Tally(
            session,
            point,
            Source.BALLOTS,
            asked_in[session],
            collect(given[session], sent[session]),
            wishes[session],
            sent[session].get(_ALL),
            sent[session].get(_WISH),
            erased[session],
        )
        for session in sorted(asked_in)
    ]


def _erase_small_counts(unit: Unit) -> int:
    """Erase one session's counts that were too small to release and have waited long enough for other villages.

    What the release tells of stays; the door has seen to it that subtracting tells nothing more.
    """
    old = (_S.state == State.CLOSED) & _S.pruned.is_(False) & (_S.closed_at < unit.now - SMALL_COUNTS_KEPT)
    session = unit.db.scalar(sa.select(_S.id).where(old).limit(1))
    if session is None:
        return 0
    for told in releases_of(unit, session):
        figures = [(figure.criterion, figure.group) for figure in told.figures]
        point = (_T.session == session) & (_T.point == told.point)
        unit.db.execute(tally.delete().where(point, sa.tuple_(_T.criterion, _T.group).not_in(figures)))
        wishes = [wish.criterion for wish in told.wishes]
        of_point = (_W.session == session) & (_W.point == told.point)
        unit.db.execute(wish.delete().where(of_point, _W.criterion.not_in(wishes)))
        sent = (_F.session == session) & (_F.point == told.point)
        unit.db.execute(phones.delete().where(sent, sa.tuple_(_F.criterion, _F.group).not_in(figures)))
    unit.db.execute(tables.session.update().where(_S.id == session).values(pruned=True))
    return 1


SMALL_COUNTS = Erases(_erase_small_counts)
