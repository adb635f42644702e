"""How many people were present at sessions, as their facilitators typed it."""

from dataclasses import asdict

from conversations.refusals import NOT_YOURS, Why
from conversations.results.count_people import CountFacts, CountPeople, Present
from scorecard.role import Act
from storage.access import may
from storage.database import upsert
from storage.people import Dialogue
from storage.results.digests import attendance, attendances, releases_of
from storage.room import Doing, Done
from storage.session import Held, by_id
from storage.unit import Unit


def load_count(unit: Unit, dialogue: Dialogue) -> CountFacts | Why:
    held = by_id(unit, int(dialogue.about["session"]))
    if held is None or not may(unit, dialogue.bot, dialogue.person, Act.COUNT_PEOPLE, held):
        return NOT_YOURS
    return CountFacts(held.session)


def carry_count(unit: Unit, doing: Doing, command: CountPeople) -> Done:
    """Keep it, and show it to whoever counted."""
    held: Held = doing.subject
    row = asdict(command.present)
    upsert(unit.db, attendance, {"session": held.session.id, **row}, row)
    return Done(Present(held.session, command.present, people_of(unit, held)))


def present(unit: Unit, held: Held) -> Present | None:
    """What was noted of a session; None where nothing was."""
    noted = attendances(unit, [held.session.id]).get(held.session.id)
    return None if noted is None else Present(held.session, noted, people_of(unit, held))


def people_of(unit: Unit, held: Held) -> int | None:
    """How many scored the service that most scored, as far as it was released."""
    told = (one.ballots for one in releases_of(unit, held.session.id))
    return max((number for number in told if number is not None), default=None)
