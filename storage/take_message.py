"""A person writes something in the private chat: a line that is asked for, what a room takes in, or neither."""

from dataclasses import replace

from conversations.engine import Asking, Refused, accept_line
from conversations.entries import HELLO, REFUSED, Entry
from conversations.notices import Refusal
from conversations.prompts import Line
from conversations.refusals import NOT_UNDERSTOOD, USE_BUTTONS, Why
from storage.enter import again, go_to
from storage.people import Dialogue, Person, meet
from storage.proceed import arrive, end, load, proceed, stand
from storage.reply import Heard, Reply
from storage.room import Done
from storage.unit import Unit
from storage.updates import first_time


def take_message(unit: Unit, heard: Heard) -> Reply:
    """What a person sees who wrote something. Their screen moves below it."""
    person = meet(unit, heard.bot, heard.person)
    if not first_time(unit, heard.bot, heard.update_id):
        return again(unit, person, HELLO())
    if person.dialogue is not None:
        return _in_dialogue(unit, person, person.dialogue, heard)
    taken = _taken(unit, person, heard)
    if taken is None:
        return replace(go_to(unit, person, HELLO(), None), note=NOT_UNDERSTOOD)
    return go_to(unit, person, taken if isinstance(taken, Entry) else REFUSED(taken.replace(" ", "_")), None)


def _in_dialogue(unit: Unit, person: Person, going: Dialogue, heard: Heard) -> Reply:
    dialogue = replace(going, screen=None, turn=going.turn + 1)
    loaded = load(unit, dialogue)
    if isinstance(loaded, Why):
        return end(unit, person, dialogue, Done(Refusal(loaded)), gone=going.screen)
    dialogue, here = stand(unit, dialogue, loaded)
    asked = here.prompt if isinstance(here, Asking) and isinstance(here.prompt, Line) else None
    text = heard.text or ""
    if asked is None or text.startswith("/"):  # what looks like a command is no answer
        taken = _taken(unit, person, heard)
        if isinstance(taken, Entry):
            return go_to(unit, person, taken, None)
        note = taken or (USE_BUTTONS if asked is None else asked.why_not(text))
        return proceed(unit, person, dialogue, note=note, gone=going.screen)
    outcome = accept_line(*loaded, dialogue.answers, text)
    if isinstance(outcome, Refused):
        return proceed(unit, person, dialogue, note=outcome.why, gone=going.screen)
    return arrive(unit, person, replace(dialogue, answers=outcome.answers), outcome.here, gone=going.screen)


def _taken(unit: Unit, person: Person, heard: Heard) -> Entry | Why | None:
    """Where what was written leads, or why not; None where no room takes it in."""
    answers = (takes.take(unit, person, heard) for takes in unit.house.takes if takes.what is Heard)
    return next((answer for answer in answers if answer is not None), None)
