"""A tap on a button of a dialogue: the one unit of work in which it is taken, kept and answered."""

from dataclasses import replace

from conversations.commands import Command, GoOnWith
from conversations.engine import BACK, Accepted, Asking, Finished, Refused, accept, without
from conversations.notices import Ended, Sorry, Why
from conversations.prompts import SomeOf
from storage.enter import go_to, leave
from storage.facts import Loaded, load, load_aside
from storage.people import Dialogue, Person, end_of, meet, set_language
from storage.proceed import arrive, ask, end, proceed
from storage.reply import Reply, Tap
from storage.store import Unit

LANGUAGE = "@"
"""What begins the value of a button that chooses a language, the one it names."""

ASIDE = "!"
"""What begins the value of a button that lays something over the dialogue, one of ASIDES."""

ASIDES = frozenset({"privacy", "look", "leave"})


def take_answer(unit: Unit, tap: Tap, languages: frozenset[str]) -> Reply:
    """What a person sees after a tap. The current turn is accepted once; any other tap changes nothing.

    The present prompt stays where it is; an older message that was tapped is taken away.
    languages: those that can be chosen.
    """
    person = meet(unit, tap.bot, tap.person)
    going = person.dialogue
    if going is None:
        entry = end_of(unit, tap.dialogue, tap.turn)
        return go_to(unit, person, entry, tap.screen) if entry else Reply(person.language, Ended(), tap.screen)
    dialogue = replace(going, screen=tap.screen, turn=going.turn + 1)
    if going.id != tap.dialogue or going.turn != tap.turn:
        twice = going.id == tap.dialogue and going.turn == tap.turn + 1
        note = None if twice else Why.OLD_BUTTON
        present = replace(going, screen=going.screen or tap.screen)
        return proceed(unit, person, present, note=note, gone=tap.screen)
    sign, name = tap.value[:1], tap.value[1:]
    if sign == LANGUAGE and name in languages:
        return proceed(unit, set_language(unit, person, name), dialogue)
    if sign == ASIDE and name in ASIDES:
        return proceed(unit, person, replace(dialogue, aside=name))
    loaded = load(unit, going)
    if isinstance(loaded, Why):
        return end(unit, person, dialogue, Sorry(loaded))
    if dialogue.aside is not None:
        return _take_aside(unit, person, dialogue, loaded, tap.value)
    outcome = accept(*loaded, dialogue.answers, tap.value)
    if isinstance(outcome, Refused):
        return ask(unit, person, dialogue, outcome.asking, note=_why_not(outcome.asking))
    return arrive(unit, person, replace(dialogue, answers=outcome.answers), outcome.here)


def _why_not(asking: Asking) -> Why:
    """Why a tap was not taken: a prompt of several choices takes neither none nor too many."""
    if not isinstance(asking.prompt, SomeOf):
        return Why.USE_BUTTONS
    return Why.TOO_MANY if len(asking.draft) > asking.prompt.most else Why.CHOOSE_ONE


def _take_aside(unit: Unit, person: Person, dialogue: Dialogue, loaded: Loaded, value: str) -> Reply:
    """A tap on what lies over a dialogue: back to it, or out of it."""
    below = replace(dialogue, aside=None)
    if value == BACK:
        return proceed(unit, person, below)
    outcome = accept(*load_aside(dialogue, loaded), {}, value)
    if isinstance(outcome, Accepted) and isinstance(outcome.here, Finished):
        return _leave_aside(unit, person, below, outcome.here.command, dialogue.aside or "")
    return proceed(unit, person, dialogue, note=Why.USE_BUTTONS)


def _leave_aside(unit: Unit, person: Person, below: Dialogue, command: Command, aside: str) -> Reply:
    match command:
        case GoOnWith(None):
            return proceed(unit, person, below)
        case GoOnWith(str(key)):
            return proceed(unit, person, replace(below, answers=without(below.answers, key)))
        case _:
            return leave(unit, replace(person, dialogue=below), elsewhere=aside.partition(":")[2])
