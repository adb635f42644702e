"""What was counted of a village, sealed while its commune's other villages are waited for. Then only releases stay."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

import sqlalchemy as sa
import structlog

from scorecard.session import COUNTS_KEPT, UNDER_WAY, State
from scorecard.showing import MOST_DAYS, day_of
from scorecard.tally import Phones, Scores, Source, Tally
from storage import tables
from storage.erase import MOST_AT_ONCE
from storage.keys import KEY_BYTES, NAME_BYTES, SealBrokenError
from storage.room import Erases
from storage.sealing import doom_each
from storage.session import Held
from storage.unit import Unit

log = structlog.get_logger("storage")

BODY_BYTES = 4096
"""What is sealed of a service point's counts is padded to multiples of this."""

counts = sa.Table(
    "counts",
    tables.metadata,
    sa.Column("session", sa.BigInteger, sa.ForeignKey("session.id"), primary_key=True),
    sa.Column("point", sa.BigInteger, primary_key=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
)

_S = tables.session.c
_C = counts.c


def keep(unit: Unit, held: Held, tallies: Sequence[Tally]) -> None:
    """Keep what was counted of a closed session, sealed under a key of its own.

    Only a village's, which can be put together with others'; nothing where fewer phones than
    `scorecard.tally.LEAST_KEPT` took part.
    """
    lasting = [tally for tally in tallies if tally.may_be_kept]
    if held.session.location.village is None or not lasting:
        return
    name = unit.keys.create(unit.draw(NAME_BYTES + KEY_BYTES))
    unit.db.execute(tables.session.update().where(_S.id == held.session.id).values(counts_key=name))
    key = unit.keys.read(name)
    for tally in lasting:
        body = key.seal(_row(tally.session, tally.point), _to_json(tally), BODY_BYTES)
        unit.db.execute(counts.insert().values(session=tally.session, point=tally.point, body=body))


def kept(unit: Unit, point: int, asked_in: Mapping[int, tuple[str, ...]]) -> list[Tally]:
    """Some sessions' counts for a service point, by the criteria that each asked; `erased` where they are gone."""
    of_point = _C.session.in_(list(asked_in)) & (_C.point == point)
    rows = unit.db.execute(
        sa.select(_C.session, _S.counts_key, _C.body).select_from(tables.session.join(counts)).where(of_point)
    )
    there = {}
    for session, key, body in rows:
        try:
            there[session] = unit.keys.read(key).open(_row(session, point), body)
        except (OSError, SealBrokenError) as fault:
            log.error("a village's counts can't be read, and are left out", error=type(fault).__name__)
    return [
        _from_json(session, point, asked_in[session], there[session])
        if session in there
        else Tally(session, point, Source.BALLOTS, asked_in[session], {}, {}, erased=True)
        for session in sorted(asked_in)
    ]


def forget_counts(unit: Unit, sessions: Iterable[int]) -> None:
    """Let go of what was counted of some sessions: of each whose counts are still kept."""
    ids = list(sessions)
    kept_ = _S.id.in_(ids) & _S.counts_key.is_not(None)
    doom_each(unit, sa.select(_S.counts_key).where(kept_))
    unit.db.execute(counts.delete().where(_C.session.in_(ids)))
    unit.db.execute(tables.session.update().where(kept_).values(counts_key=None))


def _forget_old(unit: Unit) -> int:
    """Let go of the counts that have waited long enough for the commune's other villages.

    What is shown on a day is waited for until then, as long as a digest can be: villages go out on the latest day.
    """
    other = tables.session.alias()
    same = (other.c.bot == _S.bot) & (other.c.commune == _S.commune) & (other.c.round == _S.round)
    begun = other.c.state.in_((*UNDER_WAY, State.CLOSED))
    ahead = sa.exists().where(same, begun, other.c.shown_on >= day_of(unit.sure_now))
    since = _S.closed_at < unit.sure_now - COUNTS_KEPT
    longest = _S.closed_at < unit.sure_now - timedelta(days=MOST_DAYS)
    old = _S.counts_key.is_not(None) & since & (longest | ~ahead)
    sessions = unit.db.scalars(sa.select(_S.id).where(old).limit(MOST_AT_ONCE)).all()
    forget_counts(unit, sessions)
    return len(sessions)


COUNTS = Erases(_forget_old)


def _row(session: int, point: int) -> str:
    return f"counts\0{session}\0{point}"


def _to_json(tally: Tally) -> bytes:
    """With the phones of each figure: the door looks at them."""
    scores = [[*cell, one.dont_know, *one.given, *_pair(one.sent_by)] for cell, one in tally.scores.items()]
    beside = [dict(tally.compared), _pair(tally.compared_by)]
    what = [scores, dict(tally.wishes), _pair(tally.sent_by), _pair(tally.named_by), *beside]
    return json.dumps(what, separators=(",", ":")).encode()


def _from_json(session: int, point: int, asked: tuple[str, ...], text: bytes) -> Tally:
    scores, wishes, sent_by, named_by, compared, compared_by = json.loads(text)
    cells = {
        (criterion, group): Scores(dont_know, (one, two, three, four, five), _phones(phones))
        for criterion, group, dont_know, one, two, three, four, five, *phones in scores
    }
    phones = _phones(sent_by), _phones(named_by)
    return Tally(session, point, Source.BALLOTS, asked, cells, wishes, *phones, compared, _phones(compared_by))


def _pair(phones: Phones | None) -> list[int]:
    return [] if phones is None else [phones.number, phones.largest]


def _phones(pair: Sequence[int]) -> Phones | None:
    return Phones(*pair) if pair else None
