"""A citizen's scores for one service point are sent."""

from dataclasses import replace

from conversations.commands import Follow
from conversations.refusals import SESSION_OVER, Why
from conversations.scoring.about_you import NoteGroups, about_you
from conversations.scoring.none_used import NoneUsed, SayNoneUsed
from conversations.scoring.score import CastBallot
from conversations.scoring.thanks import Thanks
from scorecard.ballot import Ballot, Groups
from storage.room import Doing, Done
from storage.scoring.ballots import accepts, find_ballots, owner_of, owners_of, phone_of, put_ballot
from storage.session import Held
from storage.sessions.turnout import to_be_counted
from storage.unit import Unit


def carry_cast(unit: Unit, doing: Doing, command: CastBallot) -> Done | Follow | Why:
    """Keep one service's scores; then the next service, what the voter says of themselves, or thanks."""
    held: Held = doing.subject
    if not accepts(unit, held):
        return SESSION_OVER
    untold = cast_ballot(unit, held, doing.person.id, command)
    if command.then is not None:
        return command.then
    if untold:
        return Follow(about_you, {"seat": command.seat})
    return Done(Thanks(held.session, held.payload, command.seat))


def carry_note_groups(unit: Unit, doing: Doing, command: NoteGroups) -> Done | Why:
    """Keep what a voter says of themselves, and thank them."""
    held: Held = doing.subject
    if not accepts(unit, held):
        return SESSION_OVER
    note_groups(unit, held, doing.person.id, command)
    return Done(Thanks(held.session, held.payload, command.seat))


def carry_none_used(unit: Unit, doing: Doing, _: SayNoneUsed) -> Done | Why:
    """Thank somebody who used none of the services: nothing is kept."""
    held: Held = doing.subject
    return Done(NoneUsed(held.payload)) if accepts(unit, held) else SESSION_OVER


def cast_ballot(unit: Unit, held: Held, person: int, command: CastBallot) -> bool:
    """Keep one ballot, in the place of the one this voter sent before. What they said of themselves stays.

    Whether the voter has said nothing of themselves, and sends this service's scores for the first time.
    """
    mine = owner_of(unit, held, command.point, person, command.seat)
    before = find_ballots(unit, held, owners_of(unit, held, person, command.seat))
    groups = next((given.groups for _, given in before.values()), Groups())
    phone = phone_of(unit, held, command.point, person)
    put_ballot(unit, held, command.point, mine, Ballot(command.scores, command.repair, groups, phone, command.compared))
    to_be_counted(unit, held.session.id)
    return mine not in before and groups == Groups()


def note_groups(unit: Unit, held: Held, person: int, command: NoteGroups) -> None:
    """Add what a voter said about themselves to the ballots they sent in this session."""
    mine = find_ballots(unit, held, owners_of(unit, held, person, command.seat))
    for mark, (point, given) in mine.items():
        put_ballot(unit, held, point, mark, replace(given, groups=command.groups))
    to_be_counted(unit, held.session.id)
