"""Takes a dialogue to where it stands: the next prompt, or what its finished flow wants done."""

from dataclasses import replace

from conversations.commands import (
    AcceptInvitation,
    CastBallot,
    CloseSession,
    Command,
    Follow,
    LinkGroup,
    OpenSession,
    RenamePoint,
    TellGroups,
)
from conversations.engine import Answers, Asking, Finished, replay
from conversations.notices import JustClosed, Notice, NowFacilitator, Opened, PassOn, Sorry, Thanks, Why
from scorecard.role import may_act
from storage import outbox
from storage.facts import Loaded, load, load_aside, open_session_of
from storage.groups.link_group import link_waiting
from storage.people import About, Dialogue, Person, erase, note_end, save
from storage.places import location
from storage.reply import Question, Reply
from storage.results.read_digest import read_digest
from storage.results.rename_point import rename_point
from storage.roles.invitations import accept_invitation, communes_of
from storage.scoring.cast_ballot import cast_ballot, tell_groups
from storage.session import Held, by_id
from storage.sessions.close_session import call_last, close_session, show_on
from storage.sessions.open_session import open_session
from storage.sessions.turnout import turnout
from storage.store import Unit


def proceed(
    unit: Unit, person: Person, dialogue: Dialogue, *, note: Why | None = None, gone: int | None = None
) -> Reply:
    """Keep the dialogue and show where it stands; `gone` is an earlier screen to remove."""
    loaded = load(unit, dialogue)
    if isinstance(loaded, Why):
        return end(unit, person, dialogue, Sorry(loaded), gone=gone)
    return arrive(unit, person, dialogue, stand(dialogue, loaded), note=note, gone=gone)


def arrive(
    unit: Unit,
    person: Person,
    dialogue: Dialogue,
    here: Asking | Finished,
    *,
    note: Why | None = None,
    gone: int | None = None,
) -> Reply:
    """Show the prompt that was reached, or do what the finished flow wants done."""
    if isinstance(here, Finished):
        return carry_out(unit, person, dialogue, here.command, gone=gone)
    return ask(unit, person, dialogue, here, note=note, gone=gone)


def stand(dialogue: Dialogue, loaded: Loaded) -> Asking | Finished:
    """Where a dialogue stands: at what lies over it, or in its flow."""
    if dialogue.aside is not None:
        return replay(*load_aside(dialogue, loaded), {})
    return replay(*loaded, dialogue.answers)


def ask(
    unit: Unit,
    person: Person,
    dialogue: Dialogue,
    asking: Asking,
    *,
    note: Why | None = None,
    gone: int | None = None,
) -> Reply:
    """Keep the dialogue and show a prompt."""
    save(unit, dialogue)
    shows = Question(dialogue.id, dialogue.turn, asking)
    return Reply(person.language, shows, dialogue.screen, gone if gone != dialogue.screen else None, note)


def end(
    unit: Unit,
    person: Person,
    dialogue: Dialogue,
    notice: Notice,
    *,
    gone: int | None = None,
    extra: Notice | None = None,
) -> Reply:
    """Erase the dialogue and show a notice in its place."""
    erase(unit, dialogue)
    note_end(unit, dialogue, getattr(notice, "entry", "hello"))
    return Reply(person.language, notice, dialogue.screen, gone if gone != dialogue.screen else None, extra=extra)


def carry_out(unit: Unit, person: Person, dialogue: Dialogue, command: Command, *, gone: int | None = None) -> Reply:
    """Do what a finished flow wants done."""
    match command:
        case Follow():
            return _follow(unit, person, dialogue, command, gone)
        case CastBallot() | TellGroups():
            return _scored(unit, person, dialogue, command, gone)
        case OpenSession():
            return _open(unit, person, dialogue, command)
        case CloseSession():
            return _close(unit, person, dialogue, command)
        case RenamePoint():
            return _rename(unit, person, dialogue, command, gone)
        case LinkGroup(payload, commune) if _may(unit, person, commune):
            linked = link_waiting(unit, person.bot, payload, commune)
            return end(unit, person, dialogue, linked or Sorry(Why.GROUP_GONE), gone=gone)
        case AcceptInvitation(hash_):
            accepted = accept_invitation(unit, person.bot, person.id, hash_)
            return end(
                unit, person, dialogue, now_facilitator(unit, person) if accepted else Sorry(Why.INVITATION_DEAD)
            )
        case _:
            return end(unit, person, dialogue, Sorry(Why.NOT_YOURS), gone=gone)


def now_facilitator(unit: Unit, person: Person) -> NowFacilitator:
    communes = communes_of(unit, person.bot, person.id)
    return NowFacilitator(tuple(location(unit, code) for code in communes))


def opened(unit: Unit, held: Held) -> Opened:
    """An open session as its facilitator sees it."""
    return Opened(held.session, turnout(unit, held), held.last_call)


def put_pack(unit: Unit, held: Held, person: int) -> None:
    """Send a facilitator what to print for the meeting."""
    outbox.put(
        unit,
        bot=held.bot,
        chat=person,
        kind=outbox.Kind.PACK,
        dedup=f"pack:{held.session.id}:{person}",
        language=unit.language,
        session=held.session.id,
    )


def _follow(unit: Unit, person: Person, dialogue: Dialogue, command: Follow, gone: int | None) -> Reply:
    about = About(command.points, command.seat, command.correcting)
    answers: Answers = {}
    return proceed(unit, person, replace(dialogue, flow=command.flow, about=about, answers=answers), gone=gone)


def _scored(
    unit: Unit, person: Person, dialogue: Dialogue, command: CastBallot | TellGroups, gone: int | None
) -> Reply:
    held = open_session_of(unit, dialogue)
    if isinstance(held, Why):
        return end(unit, person, dialogue, Sorry(held), gone=gone)
    if isinstance(command, CastBallot):
        then = command.then
        if cast_ballot(unit, held, person.id, command) and then is None:
            then = Follow("about_you", seat=command.seat)
        if then is not None:
            return _follow(unit, person, dialogue, then, gone)
    else:
        tell_groups(unit, held, person.id, command)
    return end(unit, person, dialogue, Thanks(held.session, held.payload, command.seat), gone=gone)


def _open(unit: Unit, person: Person, dialogue: Dialogue, command: OpenSession) -> Reply:
    if not _may(unit, person, command.place):
        return end(unit, person, dialogue, Sorry(Why.NOT_YOURS))
    held = open_session(unit, person.bot, person.id, dialogue.screen, command)
    extra = PassOn(held.session, held.payload, held.session.code)
    put_pack(unit, held, person.id)
    return end(unit, person, dialogue, opened(unit, held), extra=extra)


def _close(unit: Unit, person: Person, dialogue: Dialogue, command: CloseSession) -> Reply:
    held = by_id(unit, command.session)
    if held is None or not _may(unit, person, held.session.place):
        return end(unit, person, dialogue, Sorry(Why.NOT_YOURS))
    if command.last_call:
        call_last(unit, held, command)
        show_on(unit, held, dialogue.screen)
        again = by_id(unit, command.session)
        assert again is not None
        return end(unit, person, dialogue, opened(unit, again))
    if not close_session(unit, held, by=person.id, closing_screen=dialogue.screen):
        return end(unit, person, dialogue, Sorry(Why.ALREADY_CLOSED))
    closed = by_id(unit, command.session)
    assert closed is not None
    return end(unit, person, dialogue, JustClosed(closed.session))


def _rename(unit: Unit, person: Person, dialogue: Dialogue, command: RenamePoint, gone: int | None) -> Reply:
    held = by_id(unit, command.session)
    if held is None or not _may(unit, person, held.session.place):
        return end(unit, person, dialogue, Sorry(Why.NOT_YOURS), gone=gone)
    rename_point(unit, held, command, person.language)
    read = read_digest(unit, person, held.payload)
    return replace(end(unit, person, dialogue, read, gone=gone), note=Why.RENAMED)


def _may(unit: Unit, person: Person, place: str) -> bool:
    return may_act(frozenset(communes_of(unit, person.bot, person.id)), place)
