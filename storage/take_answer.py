"""A tap on a button of a dialogue: the one unit of work in which it is taken, kept and answered."""

from dataclasses import replace

from conversations.commands import Ending, GoOnWith, LeaveDialogue
from conversations.engine import BACK, Accepted, Finished, Refused, accept, without
from conversations.entries import ENDED, Entry
from conversations.notices import Refusal
from conversations.prompts import ASIDE, LANGUAGE
from conversations.refusals import OLD_BUTTON, USE_BUTTONS, Why
from storage.enter import go_to, leave
from storage.people import Dialogue, Person, end_of, meet, set_language
from storage.proceed import Loaded, arrive, ask, end, load, load_aside, proceed
from storage.reply import Reply, Tap
from storage.room import Done
from storage.unit import Unit


def take_answer(unit: Unit, tap: Tap) -> Reply:
    """What a person sees after a tap. The current turn is accepted once; any other tap changes nothing.

    The present prompt stays where it is; an older message that was tapped is taken away.
    """
    person = meet(unit, tap.bot, tap.person)
    going = person.dialogue
    if going is None:
        return go_to(unit, person, end_of(unit, tap.dialogue, tap.turn) or ENDED(), tap.screen)
    if going.id != tap.dialogue or going.turn != tap.turn:
        twice = going.id == tap.dialogue and going.turn == tap.turn + 1
        note = None if twice else OLD_BUTTON
        present = replace(going, screen=going.screen or tap.screen)
        return proceed(unit, person, present, note=note, gone=tap.screen)
    dialogue = replace(going, screen=tap.screen, turn=going.turn + 1)
    sign, name = tap.value[:1], tap.value[1:]
    if sign == LANGUAGE and name in unit.languages:
        return proceed(unit, set_language(unit, person, name), dialogue)
    loaded = load(unit, going)
    if isinstance(loaded, Why):
        return end(unit, person, dialogue, Done(Refusal(loaded)))
    if sign == ASIDE:
        return _lay_over(unit, person, dialogue, loaded, name)
    aside = load_aside(unit, dialogue, loaded)
    if aside is not None:
        return _take_aside(unit, person, dialogue, aside, tap.value)
    if dialogue.aside is not None:  # the tap was meant for what lay there, not for the question below
        return proceed(unit, person, replace(dialogue, aside=None), note=OLD_BUTTON)
    outcome = accept(*loaded, dialogue.answers, tap.value)
    if isinstance(outcome, Refused):
        return ask(unit, person, dialogue, outcome.asking, note=outcome.why)
    return arrive(unit, person, replace(dialogue, aside=None, answers=outcome.answers), outcome.here)


def _lay_over(unit: Unit, person: Person, dialogue: Dialogue, loaded: Loaded, name: str) -> Reply:
    """Lay something over the dialogue, if a button can and it fits there."""
    aside = unit.house.asides.get(name)
    over = replace(dialogue, aside=Entry(name))
    if aside is None or not aside.button or load_aside(unit, over, loaded) is None:
        return proceed(unit, person, dialogue, note=USE_BUTTONS)
    return proceed(unit, person, over)


def _take_aside(unit: Unit, person: Person, dialogue: Dialogue, aside: Loaded, value: str) -> Reply:
    """A tap on what lies over a dialogue: back to it, or out of it."""
    below = replace(dialogue, aside=None)
    if value == BACK:
        return proceed(unit, person, below)
    outcome = accept(*aside, {}, value)
    if isinstance(outcome, Accepted) and isinstance(outcome.here, Finished):
        return _leave_aside(unit, person, below, outcome.here.command, dialogue.aside)
    return proceed(unit, person, dialogue, note=USE_BUTTONS)


def _leave_aside(unit: Unit, person: Person, below: Dialogue, ending: Ending, aside: Entry | None) -> Reply:
    match ending:
        case GoOnWith(None):
            return proceed(unit, person, below)
        case GoOnWith(str(key)):
            return proceed(unit, person, replace(below, answers=without(below.answers, key)))
        case LeaveDialogue():
            elsewhere = Entry(aside.about[0], aside.about[1:]) if aside is not None and aside.about else None
            return leave(unit, replace(person, dialogue=below), elsewhere=elsewhere)
        case _:
            raise TypeError(f"nothing that lies over a dialogue ends with {ending}")
