"""The planning board: the sessions of a round in somebody's communes, and how far each has come."""

from itertools import groupby

import sqlalchemy as sa

from conversations.refusals import Why
from conversations.results.post_digest import ON_ITS_WAY
from conversations.sessions.board import NOTHING_ON_BOARD, Board, BoardFile, SendBoard
from scorecard.board import OnBoard, held_of, standing
from scorecard.role import Act
from scorecard.session import UNDER_WAY, State, round_name
from storage import outbox, tables
from storage.access import communes_of
from storage.outbox import Post
from storage.people import Person
from storage.places import location
from storage.results.post_digest import AGAIN_AFTER, DIGEST
from storage.room import Doing, Done, Kind, Says
from storage.session import by_ids
from storage.unit import Unit

PAGE = 8
BOARD_SENT = Kind("board")

_S = tables.session.c
_P = tables.post.c
_R = tables.role.c
_G = tables.group_chat.c


def board(unit: Unit, person: Person, page: int) -> Board | Why:
    """A page of the board; why not, where nothing is on it."""
    sessions = on_board(unit, person.bot, communes_of(unit, person.bot, person.id, Act.SEE))
    by_commune = [(code, tuple(some)) for code, some in groupby(sessions, key=lambda one: one.session.commune)]
    shown = by_commune[page * PAGE : (page + 1) * PAGE]
    if not shown:
        return NOTHING_ON_BOARD
    held, of = held_of(sessions)
    communes = tuple((location(unit, code), some) for code, some in shown)
    return Board(round_name(unit.now), communes, held, of, page, more=len(by_commune) > (page + 1) * PAGE)


def on_board(unit: Unit, bot: int, communes: tuple[str, ...]) -> tuple[OnBoard, ...]:
    """The sessions of this round in some communes that take place or took place, by commune and time."""
    states = [State.PLANNED, *UNDER_WAY, State.CLOSED]
    here = (_S.bot == bot) & _S.commune.in_(communes) & (_S.round == round_name(unit.now)) & _S.villages.is_(None)
    rows = unit.db.execute(
        sa.select(_S.id, _S.closed_at, _S.opened_by)
        .where(here, _S.state.in_(states))
        .order_by(_S.commune, sa.func.coalesce(_S.opens_at, _S.closes_at), _S.id)
    ).all()
    ids = [row.id for row in rows]
    about = (_P.subject == "session") & _P.subject_id.in_(ids) & (_P.kind == DIGEST) & (_P.state == "sent")
    posted = set(unit.db.scalars(sa.select(_P.subject_id).where(about)))
    grouped = set(unit.db.scalars(sa.select(_G.commune).where(_G.bot == bot, _G.commune.in_(communes), _G.active)))
    called = sa.select(_R.person, sa.func.max(_R.name)).where(_R.bot == bot, _R.commune.in_(communes))
    names = {row[0]: row[1] for row in unit.db.execute(called.group_by(_R.person))}
    return tuple(
        OnBoard(
            held.session,
            standing(
                held.session,
                row.closed_at,
                posted=row.id in posted,
                grouped=held.session.commune in grouped,
                now=unit.now,
            ),
            names.get(row.opened_by),
        )
        for row, held in zip(rows, by_ids(unit, ids), strict=True)
    )


def carry_send_board(unit: Unit, doing: Doing, _: SendBoard) -> Done | Why:
    """Send it, unless it was sent this moment."""
    shown = board(unit, doing.person, 0)
    if isinstance(shown, Why):
        return shown
    comes = outbox.put(unit, bot=doing.person.bot, chat=doing.person.id, kind=BOARD_SENT, asked=True)
    return Done(shown, note=ON_ITS_WAY if comes else None)


def _say_board(unit: Unit, post: Post) -> BoardFile | None:
    sessions = on_board(unit, post.bot, communes_of(unit, post.bot, post.chat, Act.SEE))
    return BoardFile(round_name(unit.now), sessions) if sessions else None


SAYS_BOARD = Says(_say_board, again_after=AGAIN_AFTER)
