"""People and their dialogues."""

import base64
import json
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
import structlog

from conversations.chat import Screen
from conversations.commands import About
from conversations.engine import Answers
from conversations.entries import Entry, from_text, to_text
from conversations.prompts import Value
from storage import tables
from storage.database import upsert
from storage.keys import SealBrokenError
from storage.unit import OvertakenError, Unit

log = structlog.get_logger("storage")

UNREADABLE = Entry("unreadable")
"""Stands for what lies over a dialogue and can't be read: it is no answer to what lies below."""

BODY_BYTES = 512
"""What is sealed of a dialogue is padded to multiples of this: how many answers there are can't be seen."""

NEW = "met in this unit of work for the first time"

IDLE_HOURS = 24
"""A dialogue whose person says nothing for this long is erased."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A conversation in progress. `aside`: what lies over it, if anything, and what that is about."""

    id: str
    bot: int
    person: int
    flow: str
    about: About
    session: int | None
    aside: Entry | None
    answers: Answers
    screen: Screen | None
    turn: int


@dataclass(frozen=True, slots=True)
class Person:
    """A person as they are met: no name, nothing of sessions; `dialogue` is the one in progress."""

    bot: int
    id: int
    language: str
    dialogue: Dialogue | None


_D = tables.dialogue.c
_FIND = (
    sa.select(
        tables.person.c.language,
        tables.person.c.blocked,
        _D.id,
        _D.flow,
        _D.session,
        _D.aside,
        _D.body,
        _D.screen,
        _D.turn,
        tables.session.c.key,
    )
    .select_from(
        tables.person.outerjoin(
            tables.dialogue, (_D.bot == tables.person.c.bot) & (_D.person == tables.person.c.id)
        ).outerjoin(tables.session, tables.session.c.id == _D.session)
    )
    .where(tables.person.c.bot == sa.bindparam("bot_"), tables.person.c.id == sa.bindparam("person_"))
)
_KEY = sa.select(tables.session.c.key).where(tables.session.c.id == sa.bindparam("wanted"))
_AS_READ = (_D.id == sa.bindparam("id_")) & (_D.turn == sa.bindparam("read"))
_SAVE, _ERASE = tables.dialogue.update().where(_AS_READ), tables.dialogue.delete().where(_AS_READ)


def meet(unit: Unit, bot: int, person: int) -> Person:
    """A person, made known if they were not; whoever writes has not blocked the bot.

    A dialogue that can't be read ends, for else its person could not get out of it.
    """
    row = unit.db.execute(_FIND, {"bot_": bot, "person_": person}).one_or_none()
    if row is None:
        upsert(unit.db, tables.person, {"bot": bot, "id": person, "language": unit.language, "blocked": False})
        unit.loaded[NEW, bot, person] = True
        return Person(bot, person, unit.language, None)
    language, blocked, id_, flow, session, aside, body, screen, turn, key = row
    if blocked:
        set_blocked(unit, bot, person, blocked=False)
    if id_ is None:
        return Person(bot, person, language, None)
    unit.loaded[Dialogue, id_] = turn
    unit.loaded[_KEY, session] = key
    over = aside and (from_text(aside) or UNREADABLE)
    try:
        plain = body if session is None else unit.keys.read(key).open(_row(id_, turn), body)
        about, answers = _read_body(plain)
    except (OSError, SealBrokenError, ValueError, TypeError, AttributeError):
        log.error("a dialogue that can't be read ends", flow=flow)
        unit.db.execute(tables.dialogue.delete().where(_D.id == id_))
        return Person(bot, person, language, None)
    shown = None if screen is None else Screen(person, screen)
    return Person(bot, person, language, Dialogue(id_, bot, person, flow, about, session, over, answers, shown, turn))


def spoken_by(unit: Unit, bot: int, person: int) -> str:
    """The language of a person, who need not be known."""
    c = tables.person.c
    return unit.db.scalar(sa.select(c.language).where(c.bot == bot, c.id == person)) or unit.language


def set_language(unit: Unit, person: Person, language: str) -> Person:
    unit.db.execute(
        tables.person.update()
        .where(tables.person.c.bot == person.bot, tables.person.c.id == person.id)
        .values(language=language)
    )
    return replace(person, language=language)


def set_blocked(unit: Unit, bot: int, person: int, *, blocked: bool) -> None:
    unit.db.execute(
        tables.person.update().where(tables.person.c.bot == bot, tables.person.c.id == person).values(blocked=blocked)
    )


def new_dialogue(
    unit: Unit, person: Person, flow: str, about: About, session: int | None, screen: Screen | None
) -> Dialogue:
    """A dialogue that has not begun."""
    id_ = base64.urlsafe_b64encode(unit.draw(8)).rstrip(b"=").decode()
    return Dialogue(id_, person.bot, person.id, flow, about, session, None, {}, screen, 0)


def begin(unit: Unit, person: Person, dialogue: Dialogue) -> None:
    """Begin a dialogue in the place of the one in progress, if any."""
    if person.dialogue is not None:
        erase(unit, person.dialogue)
    unit.loaded[Dialogue, dialogue.id] = dialogue.turn
    unit.db.execute(
        tables.dialogue.insert().values(
            id=dialogue.id, bot=person.bot, person=person.id, seen_on=hours(unit.now), **_changing(unit, dialogue)
        )
    )


def save(unit: Unit, dialogue: Dialogue) -> None:
    """Keep a dialogue as it is now. Raises OvertakenError where another unit of work has kept another turn."""
    _do_as_read(unit, _SAVE, dialogue, {"seen_on": hours(unit.now), **_changing(unit, dialogue)})
    unit.loaded[Dialogue, dialogue.id] = dialogue.turn


def erase(unit: Unit, dialogue: Dialogue) -> None:
    """Let a dialogue be gone. Raises OvertakenError as `save` does."""
    _do_as_read(unit, _ERASE, dialogue, {})


def note_end(unit: Unit, dialogue: Dialogue, entry: Entry) -> None:
    """Remember, without the person, what the last tap of a dialogue led to: it may come twice."""
    unit.db.execute(
        tables.ended_dialogue.insert().values(
            id=dialogue.id, turn=dialogue.turn, entry=to_text(entry), session=dialogue.session, ended_on=hours(unit.now)
        )
    )


def end_of(unit: Unit, dialogue: str, turn: int) -> Entry | None:
    """The entry that the last tap of a dialogue led to, if this was its last tap."""
    e = tables.ended_dialogue.c
    entry = unit.db.scalar(sa.select(e.entry).where(e.id == dialogue, e.turn == turn + 1))
    return None if entry is None else from_text(entry)


def note_screen(unit: Unit, dialogue: str, screen: Screen) -> None:
    """Remember the message that a dialogue's screen was sent as."""
    unit.db.execute(tables.dialogue.update().where(_D.id == dialogue).values(screen=screen.message))


def is_asked(unit: Unit, dialogue: str, turn: int) -> bool:
    """Whether a dialogue still stands at this turn."""
    return unit.db.scalar(sa.select(_D.turn).where(_D.id == dialogue)) == turn


def asks_on(unit: Unit, bot: int, person: int, message: int | None) -> bool:
    """Whether a message in a person's chat asks them something at present."""
    on_it = (_D.bot == bot) & (_D.person == person) & (_D.screen == message)
    return unit.db.scalar(sa.select(_D.id).where(on_it)) is not None


def hours(moment: datetime) -> int:
    """Whole hours since 1970: as exactly as it is kept when anybody did something."""
    return int(moment.timestamp() // 3600)


def _do_as_read(unit: Unit, statement: sa.UpdateBase, dialogue: Dialogue, values: dict[str, object]) -> None:
    """Change a dialogue that is as it was when this unit of work read it."""
    read = {"id_": dialogue.id, "read": unit.loaded[Dialogue, dialogue.id]}
    if not unit.db.execute(statement, {**read, **values}).rowcount:
        raise OvertakenError


def _changing(unit: Unit, dialogue: Dialogue) -> dict[str, object]:
    return {
        "flow": dialogue.flow,
        "session": dialogue.session,
        "aside": None if dialogue.aside is None else to_text(dialogue.aside),
        "body": _body(unit, dialogue),
        "screen": dialogue.screen and dialogue.screen.message,
        "turn": dialogue.turn,
    }


def _body(unit: Unit, dialogue: Dialogue) -> bytes:
    """What a dialogue is about and its answers: sealed under its session's key where it is about a session."""
    plain = json.dumps([dialogue.about, dialogue.answers], ensure_ascii=False, separators=(",", ":")).encode()
    if dialogue.session is None:
        return plain
    if (_KEY, dialogue.session) not in unit.loaded:
        unit.loaded[_KEY, dialogue.session] = unit.db.scalar(_KEY, {"wanted": dialogue.session})
    return unit.keys.read(unit.loaded[_KEY, dialogue.session]).seal(_row(dialogue.id, dialogue.turn), plain, BODY_BYTES)


def _row(dialogue: str, turn: int) -> str:
    return f"dialogue\0{dialogue}\0{turn}"


def _read_body(body: bytes) -> tuple[About, dict[str, Value]]:
    about, answers = json.loads(body)
    given = {key: tuple(value) if isinstance(value, list) else value for key, value in answers.items()}
    return about if isinstance(about, dict) else {}, given
