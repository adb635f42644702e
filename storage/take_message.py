"""A person writes something in the private chat: a line that is asked for, a code, or neither."""

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from conversations.engine import Finished, Refused, accept_line
from conversations.notices import Sorry, Why
from conversations.prompts import Line
from scorecard.payload import read_code
from storage import tables
from storage.enter import again, go_to
from storage.facts import load
from storage.people import Dialogue, Person, meet
from storage.proceed import arrive, end, proceed, stand
from storage.reply import Heard, Reply
from storage.session import Held, by_code
from storage.store import Unit
from storage.updates import first_time

MOST_WRONG_CODES = 10
WRONG_CODES_COUNT_FOR = timedelta(minutes=15)

_C = tables.wrong_code.c


def hear(unit: Unit, heard: Heard) -> Reply:
    """What a person sees who wrote something. Their screen moves below it."""
    person = meet(unit, heard.bot, heard.person)
    fresh = first_time(unit, heard.bot, heard.update_id)
    if not fresh:
        return again(unit, person, "hello")
    if person.dialogue is not None:
        return _in_dialogue(unit, person, person.dialogue, heard.text)
    code = read_code(heard.text or "")
    if code is None:
        return replace(go_to(unit, person, "hello", None), note=Why.USE_LINK)
    held = _by_code(unit, person, code)
    return go_to(unit, person, held.payload if isinstance(held, Held) else f"sorry:{held.name}", None)


def _in_dialogue(unit: Unit, person: Person, going: Dialogue, text: str | None) -> Reply:
    dialogue = replace(going, screen=None, turn=going.turn + 1)
    loaded = load(unit, dialogue)
    if isinstance(loaded, Why):
        return end(unit, person, dialogue, Sorry(loaded), gone=going.screen)
    here = stand(dialogue, loaded)
    if isinstance(here, Finished) or not isinstance(here.prompt, Line):
        code = read_code(text or "")
        held = _by_code(unit, person, code) if code is not None else Why.USE_BUTTONS
        if isinstance(held, Held):
            return go_to(unit, person, held.payload, None)
        return proceed(unit, person, dialogue, note=held, gone=going.screen)
    outcome = accept_line(*loaded, dialogue.answers, text or "")
    if isinstance(outcome, Refused):
        return proceed(unit, person, dialogue, note=Why.NAME_DOES_NOT_FIT, gone=going.screen)
    return arrive(unit, person, replace(dialogue, answers=outcome.answers), outcome.here, gone=going.screen)


def _by_code(unit: Unit, person: Person, code: str) -> Held | Why:
    """The session with a typed code. Ten wrong ones in a quarter of an hour, and right ones don't help either."""
    since = unit.now - WRONG_CODES_COUNT_FOR
    mine = (_C.bot == person.bot) & (_C.person == person.id)
    wrong = unit.db.scalar(sa.select(sa.func.count()).select_from(tables.wrong_code).where(mine, _C.typed_at > since))
    if (wrong or 0) >= MOST_WRONG_CODES:
        return Why.TOO_MANY_CODES
    held = by_code(unit, code)
    if held is not None and held.bot == person.bot:
        return held
    unit.db.execute(tables.wrong_code.insert().values(bot=person.bot, person=person.id, typed_at=unit.now))
    return Why.NO_SUCH_CODE
