"""People and their dialogues."""

import base64
import json
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from conversations.engine import Answers
from conversations.prompts import Value
from storage import tables
from storage.store import Unit

SILENCE_HOURS = 24
"""A dialogue whose person says nothing for this long is erased."""


@dataclass(frozen=True, slots=True)
class About:
    """What a dialogue is about beside its session: service points left, seat, or what a link referred to."""

    points: tuple[int, ...] = ()
    seat: int = 1
    correcting: bool = False
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A conversation in progress. `aside`: what lies over it (`name` or `name:detail`), if anything."""

    id: str
    bot: int
    person: int
    flow: str
    about: About
    session: int | None
    aside: str | None
    answers: Answers
    screen: int | None
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
        _D.about,
        _D.session,
        _D.aside,
        _D.answers,
        _D.screen,
        _D.turn,
    )
    .select_from(
        tables.person.outerjoin(tables.dialogue, (_D.bot == tables.person.c.bot) & (_D.person == tables.person.c.id))
    )
    .where(tables.person.c.bot == sa.bindparam("bot_"), tables.person.c.id == sa.bindparam("person_"))
)
_SAVE = tables.dialogue.update().where(_D.id == sa.bindparam("id_"))


_NOTHING = About()


@dataclass(frozen=True, slots=True)
class Begin:
    """A dialogue to begin."""

    flow: str
    about: About = _NOTHING
    session: int | None = None


def meet(unit: Unit, bot: int, person: int) -> Person:
    """A person, made known if they were not; whoever writes has not blocked the bot."""
    row = unit.db.execute(_FIND, {"bot_": bot, "person_": person}).one_or_none()
    if row is None:
        unit.db.execute(tables.person.insert().values(bot=bot, id=person, language=unit.language, blocked=False))
        return Person(bot, person, unit.language, None)
    language, blocked, id_, flow, about, session, aside, answers, screen, turn = row
    if blocked:
        set_blocked(unit, bot, person, blocked=False)
    if id_ is None:
        return Person(bot, person, language, None)
    dialogue = Dialogue(
        id_, bot, person, flow, _read_about(about), session, aside, _read_answers(answers), screen, turn
    )
    return Person(bot, person, language, dialogue)


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
    unit: Unit, person: Person, flow: str, about: About, session: int | None, screen: int | None
) -> Dialogue:
    """A dialogue that has not begun."""
    id_ = base64.urlsafe_b64encode(unit.random[:8]).rstrip(b"=").decode()
    return Dialogue(id_, person.bot, person.id, flow, about, session, None, {}, screen, 0)


def begin(unit: Unit, person: Person, dialogue: Dialogue) -> None:
    """Begin a dialogue in the place of the one in progress, if any."""
    if person.dialogue is not None:
        erase(unit, person.dialogue)
    unit.db.execute(
        tables.dialogue.insert().values(
            id=dialogue.id, bot=person.bot, person=person.id, seen_on=hours(unit.now), **_changing(dialogue)
        )
    )


def save(unit: Unit, dialogue: Dialogue) -> None:
    unit.db.execute(_SAVE, {"id_": dialogue.id, "seen_on": hours(unit.now), **_changing(dialogue)})


def erase(unit: Unit, dialogue: Dialogue) -> None:
    unit.db.execute(tables.dialogue.delete().where(_D.id == dialogue.id))


def note_end(unit: Unit, dialogue: Dialogue, entry: str) -> None:
    """Remember, without the person, what the last tap of a dialogue led to: it may come twice."""
    unit.db.execute(
        tables.ended_dialogue.insert().values(
            id=dialogue.id, turn=dialogue.turn, entry=entry, session=dialogue.session, ended_at=unit.now
        )
    )


def end_of(unit: Unit, dialogue: str, turn: int) -> str | None:
    """The entry that the last tap of a dialogue led to, if this was its last tap."""
    e = tables.ended_dialogue.c
    return unit.db.scalar(sa.select(e.entry).where(e.id == dialogue, e.turn == turn + 1))


def note_screen(unit: Unit, dialogue: str, screen: int) -> None:
    """Remember the message that a dialogue's screen was sent as."""
    unit.db.execute(tables.dialogue.update().where(_D.id == dialogue).values(screen=screen))


def hours(moment: datetime) -> int:
    """Whole hours since 1970: as exactly as it is kept when a person was last seen."""
    return int(moment.timestamp() // 3600)


def _changing(dialogue: Dialogue) -> dict[str, object]:
    about = dialogue.about
    return {
        "flow": dialogue.flow,
        "about": json.dumps([about.points, about.seat, about.correcting, about.reference]),
        "session": dialogue.session,
        "aside": dialogue.aside,
        "answers": json.dumps(dialogue.answers, ensure_ascii=False),
        "screen": dialogue.screen,
        "turn": dialogue.turn,
    }


def _read_about(text: str) -> About:
    points, seat, correcting, reference = json.loads(text)
    return About(tuple(points), seat, correcting, reference)


def _read_answers(text: str) -> dict[str, Value]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in json.loads(text).items()}
