"""Whoever opens sessions practises it: what could be opened is loaded, and nothing is written."""

from dataclasses import replace

from conversations.refusals import Why
from conversations.scoring.practise import EndPractice, Practised, PractiseFacts
from conversations.sessions.open_session import located
from storage.people import Dialogue
from storage.room import Doing, Done
from storage.sessions.open_session import load_open
from storage.unit import Unit


def load_practise(unit: Unit, dialogue: Dialogue) -> PractiseFacts | Why:
    """What somebody could open, as if nothing were open there."""
    facts = load_open(unit, dialogue)
    if isinstance(facts, Why):
        return facts
    communes = tuple(replace(commune, open=()) for commune in facts.communes)
    places = {
        code: located(one.commune, one.villages, code)
        for one in communes
        for code in (one.commune.code, *(village.code for village in one.villages))
    }
    return PractiseFacts(replace(facts, communes=communes), places, unit.now)


def carry_practice(_: Unit, __: Doing, command: EndPractice) -> Done:
    """Show what would have come out."""
    return Done(Practised(command.digest))
