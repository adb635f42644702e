"""A person comes in: by a link, a typed code, a command, or a button outside a dialogue."""

from dataclasses import replace
from typing import Any

import structlog

from conversations.chat import Screen
from conversations.entries import ENDED, LEFT, STOPPED, Entry, EntryName
from conversations.notices import Refusal
from conversations.refusals import NO_SUCH_CODE, OLD_BUTTON, TROUBLE, Why
from scorecard.role import Act
from storage.access import why_not
from storage.people import Dialogue, Person, begin, erase, meet, new_dialogue, note_end, set_language
from storage.proceed import do, load, proceed
from storage.reply import Arrival, Reply
from storage.room import Begin, Do, Leads, Show, Way
from storage.session import by_id
from storage.unit import Unit
from storage.updates import first_time

log = structlog.get_logger("storage")

GO_ON = EntryName("go_on")
"""What lies over a dialogue whose person comes for something else, which follows it."""


def enter(unit: Unit, arrival: Arrival) -> Reply:
    """What a person sees who comes in; a dialogue in progress is never lost by it."""
    person = meet(unit, arrival.bot, arrival.person)
    if arrival.language is not None:
        person = set_language(unit, person, arrival.language)
    if not first_time(unit, arrival.bot, arrival.update_id):
        return again(unit, person, arrival.entry, arrival.screen)
    return go_to(unit, person, arrival.entry, arrival.screen)


def again(unit: Unit, person: Person, entry: Entry, screen: Screen | None = None) -> Reply:
    """What a person sees when Telegram brings a second time what they did: nothing is begun or done by it."""
    if person.dialogue is not None:
        return proceed(unit, person, person.dialogue)
    shown = _shown(unit, person, entry)
    return Reply(person.language, shown.notice, None if shown.apart else screen)


def go_to(unit: Unit, person: Person, entry: Entry, screen: Screen | None) -> Reply:
    """Where an entry leads; over a dialogue in progress, the question whether to go on with that."""
    going = person.dialogue
    leads = unit.house.entries.get(entry.name)
    if going is not None and leads is not None and leads.over is not None:
        aside = Entry(leads.over) if leads.over else going.aside
        return _over(unit, person, going, aside, screen)
    match find(unit, person, entry):
        case Show(notice, note, apart):
            return Reply(person.language, notice, None if apart else screen, note=note)
        case Begin() as there:
            return _begin(unit, person, entry, there, screen)
        case Do(command):
            return do(unit, person, command, screen)
        case why:
            return Reply(person.language, Refusal(why if why != OLD_BUTTON else _nowhere(entry, leads, screen)), screen)


def leave(unit: Unit, person: Person, *, elsewhere: Entry | None = None) -> Reply:
    """Erase the dialogue in progress; what was sent counts. Then on to another entry, if any."""
    going = person.dialogue
    assert going is not None
    erase(unit, going)
    left = _left(unit, going)
    note_end(unit, going, left)
    return go_to(unit, replace(person, dialogue=None), elsewhere or left, going.screen)


def _left(unit: Unit, going: Dialogue) -> Entry:
    """What is told of a dialogue that was left, with the way back into its session."""
    if going.session is None:
        return STOPPED()
    held = by_id(unit, going.session)
    return LEFT() if held is None else LEFT(held.payload)


def is_scoring(dialogue: Dialogue) -> bool:
    """Whether scores may have been sent in this dialogue."""
    return dialogue.session is not None


def find(unit: Unit, person: Person, entry: Entry) -> Show | Begin | Do | Why:
    """Where an entry leads, for somebody who may come that way; else why they may not.

    A button that does something and is older than the last thing done there shows what it would have led to.
    """
    leads = unit.house.entries.get(entry.name)
    if leads is None or not _fits(leads, entry):
        return OLD_BUTTON
    if isinstance(leads.who, Act) and (refused := why_not(unit, person.bot, person.id, leads.who, None)) is not None:
        return refused
    subject: Any = None if leads.of is None or not entry.about else leads.of(unit, person, entry.about[0])
    if isinstance(subject, Why):
        return subject
    refused = why_not(unit, person.bot, person.id, leads.who, subject)
    if refused is not None:
        return refused
    rest = entry.about if leads.of is None else entry.about[1:]
    way: Way = leads.to(unit, person, *(() if leads.of is None else (subject,)), *rest)
    if leads.turned and isinstance(way, Do) and entry.turn != subject.turn:
        return _present(unit, person, way.then, twice=entry.turn == subject.turn - 1)
    return find(unit, person, way) if isinstance(way, Entry) else way


def _present(unit: Unit, person: Person, entry: Entry, *, twice: bool) -> Show | Begin | Do | Why:
    """What an older button shows; a second tap on the last one passes in silence."""
    there = find(unit, person, entry)
    return replace(there, note=OLD_BUTTON) if isinstance(there, Show) and not twice else there


def _nowhere(entry: Entry, leads: Leads | None, screen: Screen | None) -> Why:
    """What is told where an entry leads nowhere: a button of another version, or a link that nobody here made.

    What a link says may be what somebody wrote: it is not logged.
    """
    if screen is None:
        return NO_SUCH_CODE
    log.error("a button leads nowhere", entry=entry.name if leads is not None else "unknown")
    return OLD_BUTTON


def _fits(leads: Leads, entry: Entry) -> bool:
    """Whether an entry is about as many things as its room says."""
    named = leads.of is not None
    return len(entry.about) == named + leads.more or (leads.bare and not entry.about)


def _shown(unit: Unit, person: Person, entry: Entry) -> Show:
    """What is seen at an entry without doing or beginning anything."""
    way = find(unit, person, entry)
    if isinstance(way, Do):
        way = find(unit, person, way.then)
    if isinstance(way, Begin):
        way = find(unit, person, ENDED())
    if isinstance(way, Show):
        return way
    return Show(Refusal(way if isinstance(way, Why) else TROUBLE))


def _begin(unit: Unit, person: Person, entry: Entry, there: Begin, screen: Screen | None) -> Reply:
    """Begin a dialogue where none is in progress, or one in which nothing could be lost; else ask what to do."""
    going = person.dialogue
    dialogue = new_dialogue(unit, person, there.flow.__name__, there.about, there.session, screen)
    loaded = load(unit, dialogue)
    if isinstance(loaded, Why):
        return Reply(person.language, Refusal(loaded), screen)
    if going is None or not _would_be_lost(unit, going):
        if going is not None and _is_the_same(going, dialogue) and screen == going.screen is not None:
            return proceed(unit, person, going)
        begin(unit, person, dialogue)
        return proceed(unit, person, dialogue, gone=going.screen if going else None)
    meant = there.resumes and there.session == going.session and there.about.items() <= going.about.items()
    return _over(unit, person, going, GO_ON(*(() if meant else (entry.name, *entry.about))), screen)


def _over(unit: Unit, person: Person, going: Dialogue, aside: Entry | None, screen: Screen | None) -> Reply:
    """Lay something over a dialogue, on the message that was tapped; where that lies there already, it stays so."""
    if aside == going.aside and screen == going.screen is not None:
        return proceed(unit, person, going)
    return proceed(unit, person, replace(going, aside=aside, screen=screen, turn=going.turn + 1), gone=going.screen)


def _is_the_same(going: Dialogue, other: Dialogue) -> bool:
    return (going.flow, going.session, going.about) == (other.flow, other.session, other.about)


def _would_be_lost(unit: Unit, going: Dialogue) -> bool:
    """Whether something is lost with a dialogue: answers, or what led to it."""
    talk = unit.house.flows.get(going.flow)
    return bool(going.answers) or (talk is not None and talk.follows)
