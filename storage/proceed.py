"""Takes a dialogue to where it stands: the next prompt, or what its finished flow wants done."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import structlog

from conversations.chat import Screen
from conversations.commands import Command, Ending, Follow
from conversations.engine import Asking, Finished, Flow, replay
from conversations.notices import Refusal, View
from conversations.refusals import TROUBLE, Why
from storage.access import acts_of, why_not
from storage.audit import note_act
from storage.people import Dialogue, Person, erase, note_end, save
from storage.reply import Question, Reply
from storage.room import Doing, Done
from storage.unit import Unit

log = structlog.get_logger("storage")

Loaded = tuple[Callable[[Any], Flow], Any]
"""A flow, and the facts for it as they are now."""


def load(unit: Unit, dialogue: Dialogue) -> Loaded | Why:
    """A dialogue's flow and facts, or why it can't go on.

    One that another version began may have a flow that is not known here, or be about what is not understood here:
    it ends, for else its person could not get out of it.
    """
    talk = unit.house.flows.get(dialogue.flow)
    try:
        facts = TROUBLE if talk is None else talk.load(unit, dialogue)
    except (KeyError, TypeError, ValueError) as fault:
        log.error("a dialogue of another version ends", flow=dialogue.flow, error=type(fault).__name__)
        return TROUBLE
    if talk is None:
        log.error("a dialogue of another version ends", flow=dialogue.flow)
        return TROUBLE
    return facts if isinstance(facts, Why) else (talk.flow, facts)


def load_aside(unit: Unit, dialogue: Dialogue, below: Loaded) -> Loaded | None:
    """The flow that lies over a dialogue and its facts; None where nothing does, or nothing that can."""
    if dialogue.aside is None:
        return None
    aside = unit.house.asides.get(dialogue.aside.name)
    facts = None if aside is None else aside.facts(dialogue, below[1])
    if aside is None or facts is None:
        log.error("nothing lies over a dialogue", aside=dialogue.aside.name, flow=dialogue.flow)
        return None
    return aside.flow, facts


def proceed(
    unit: Unit, person: Person, dialogue: Dialogue, *, note: Why | None = None, gone: Screen | None = None
) -> Reply:
    """Keep the dialogue and show where it stands; `gone` is an earlier screen to remove."""
    loaded = load(unit, dialogue)
    if isinstance(loaded, Why):
        return end(unit, person, dialogue, Done(Refusal(loaded)), gone=gone)
    return arrive(unit, person, *stand(unit, dialogue, loaded), note=note, gone=gone)


def stand(unit: Unit, dialogue: Dialogue, loaded: Loaded) -> tuple[Dialogue, Asking | Finished]:
    """Where a dialogue stands: at what lies over it, or in its flow. What can't lie there is taken away."""
    aside = load_aside(unit, dialogue, loaded)
    if aside is not None:
        return dialogue, replay(*aside, {})
    bare = dialogue if dialogue.aside is None else replace(dialogue, aside=None)
    return bare, replay(*loaded, dialogue.answers)


def arrive(
    unit: Unit,
    person: Person,
    dialogue: Dialogue,
    here: Asking | Finished,
    *,
    note: Why | None = None,
    gone: Screen | None = None,
) -> Reply:
    """Show the prompt that was reached, or do what the finished flow wants done."""
    if isinstance(here, Finished):
        return _finish(unit, person, dialogue, here.command, gone)
    return ask(unit, person, dialogue, here, note=note, gone=gone)


def ask(
    unit: Unit,
    person: Person,
    dialogue: Dialogue,
    asking: Asking,
    *,
    note: Why | None = None,
    gone: Screen | None = None,
) -> Reply:
    """Keep the dialogue and show a prompt."""
    save(unit, dialogue)
    talk = unit.house.flows.get(dialogue.flow)
    shows = Question(dialogue.id, dialogue.turn, asking, practice=talk is not None and talk.practice)
    return Reply(person.language, shows, dialogue.screen, gone if gone != dialogue.screen else None, note)


def end(unit: Unit, person: Person, dialogue: Dialogue, done: Done, *, gone: Screen | None = None) -> Reply:
    """Erase the dialogue and show what came of it in its place."""
    assert isinstance(done.shows, View), "what a dialogue ends with can be shown again"
    erase(unit, dialogue)
    note_end(unit, dialogue, done.shows.entry)
    return _reply(unit, person, done, dialogue.screen, gone if gone != dialogue.screen else None)


def carry_out(unit: Unit, person: Person, command: Command, screen: Screen | None) -> Done | Follow | Why:
    """Do what a command says, if this person may; else why not. There is no other place where anything is done."""
    carries = unit.house.commands[type(command)]
    subject = carries.of(unit, person, command)
    refused = why_not(unit, person.bot, person.id, carries.who, None if isinstance(subject, Why) else subject)
    if refused is not None:
        return refused
    if isinstance(subject, Why):
        return subject
    done: Done | Follow | Why = carries.carry(unit, Doing(person, screen, subject), command)
    if not isinstance(done, Why):
        note_act(unit, person, carries, command, subject)
    return done


def do(unit: Unit, person: Person, command: Command, screen: Screen | None) -> Reply:
    """What a person sees after a command that no dialogue led to."""
    done = carry_out(unit, person, command, screen)
    assert not isinstance(done, Follow)
    return _reply(unit, person, Done(Refusal(done)) if isinstance(done, Why) else done, screen)


def _finish(unit: Unit, person: Person, dialogue: Dialogue, ending: Ending, gone: Screen | None) -> Reply:
    done: Done | Follow | Why | Ending = ending
    if isinstance(ending, Command):
        done = carry_out(unit, person, ending, dialogue.screen)
    match done:
        case Follow(flow, about, answers):
            followed = replace(dialogue, flow=flow.__name__, about=about, answers=answers)
            return proceed(unit, person, followed, gone=gone)
        case Why():
            return end(unit, person, dialogue, Done(Refusal(done)), gone=gone)
        case Done():
            return end(unit, person, dialogue, done, gone=gone)
        case _:
            raise TypeError(f"no flow of a dialogue ends with {ending}")


def _reply(unit: Unit, person: Person, done: Done, screen: Screen | None, gone: Screen | None = None) -> Reply:
    commands = None
    if done.commands:
        acts = acts_of(unit, person.bot, person.id)
        commands = (*unit.house.offered_besides(acts), *unit.house.offered())
    return Reply(person.language, done.shows, screen, gone, done.note, done.extra, commands)
