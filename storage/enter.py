"""A person comes in: by a link, a typed code, a command, or a button outside a dialogue."""

from collections.abc import Callable
from dataclasses import replace

from conversations.notices import (
    ChooseLanguage,
    Closed,
    Ended,
    Hello,
    Help,
    HowProtected,
    Left,
    Notice,
    Opened,
    PassOn,
    Sorry,
    Thanks,
    Why,
)
from scorecard.payload import Payload, payload_kind
from scorecard.session import MAX_SEATS
from storage.facilitate import FACILITATING
from storage.facts import is_scoring, load
from storage.people import About, Begin, Person, begin, erase, meet, new_dialogue, note_end, set_language
from storage.proceed import proceed
from storage.reply import Arrival, Reply
from storage.results.read_digest import read_digest, send_data, send_poster, send_wall
from storage.roles.invitations import communes_of
from storage.scoring.cast_ballot import scored_by
from storage.session import Held, by_payload
from storage.store import Unit
from storage.updates import first_time

_BY_PAYLOAD = {Payload.SESSION: "join", Payload.INVITATION: "invitation", Payload.GROUP: "link"}
"""The entry that each kind of link leads to."""


def enter(unit: Unit, arrival: Arrival) -> Reply:
    """What a person sees who comes in; a dialogue in progress is never lost by it."""
    person = meet(unit, arrival.bot, arrival.person)
    if arrival.language is not None:
        person = set_language(unit, person, arrival.language)
    dialogue = person.dialogue
    if arrival.update_id is not None and not first_time(unit, arrival.bot, arrival.update_id):
        return again(unit, person, arrival.entry)
    if arrival.language is not None and arrival.entry == "language":
        if dialogue is None:
            return go_to(unit, person, "hello", arrival.screen)
        moved = replace(dialogue, screen=arrival.screen, turn=dialogue.turn + 1)
        return proceed(unit, person, moved, gone=dialogue.screen)
    return go_to(unit, person, arrival.entry, arrival.screen)


def again(unit: Unit, person: Person, entry: str) -> Reply:
    """What a person sees when Telegram brings a second time what they did: nothing is begun by it."""
    if person.dialogue is not None:
        return proceed(unit, person, person.dialogue)
    there = _find(unit, person, entry)
    return Reply(person.language, Ended() if isinstance(there, Begin) else there)


def go_to(unit: Unit, person: Person, entry: str, screen: int | None) -> Reply:
    """Where an entry leads; over a dialogue in progress, the question whether to go on with that."""
    going = person.dialogue
    if going is not None and entry in _OVER:
        over = replace(going, aside=_OVER[entry], screen=screen, turn=going.turn + 1)
        return proceed(unit, person, over, gone=going.screen)
    there = _find(unit, person, entry)
    if not isinstance(there, Begin):
        return Reply(person.language, there, None if isinstance(there, PassOn) else screen, note=_note(entry, there))
    dialogue = new_dialogue(unit, person, there.flow, there.about, there.session, screen)
    loaded = load(unit, dialogue)
    if isinstance(loaded, Why):
        return Reply(person.language, Sorry(loaded), screen)
    if going is None or (not going.answers and going.flow in _UNTOUCHED):
        begin(unit, person, dialogue)
        return proceed(unit, person, dialogue, gone=going.screen if going else None)
    same = there.flow == "join" and there.session == going.session and there.about.seat == going.about.seat
    elsewhere = "" if same else entry
    over = replace(going, aside=f"go_on:{elsewhere}", screen=screen, turn=going.turn + 1)
    return proceed(unit, person, over, gone=going.screen)


def leave(unit: Unit, person: Person, *, elsewhere: str = "") -> Reply:
    """Erase the dialogue in progress; what was sent counts. Then on to another entry, if any."""
    going = person.dialogue
    assert going is not None
    erase(unit, going)
    left = Left(scoring=is_scoring(going))
    note_end(unit, going, left.entry)
    if elsewhere:
        return go_to(unit, replace(person, dialogue=None), elsewhere, going.screen)
    return Reply(person.language, left, going.screen)


def _note(entry: str, there: Notice) -> Why | None:
    """What a tap is answered that changes little on its screen."""
    match entry.partition(":")[0], there:
        case "poster" | "wall" | "data" | "pack" | "preview", there if not isinstance(there, Sorry):
            return Why.ON_ITS_WAY
        case "session", Opened():
            return Why.UP_TO_DATE
        case "later", Closed(post_at=at) if at is not None:
            return Why.POSTED_LATER
        case "post", Closed(groups=groups):
            return Why.POSTED if groups else Why.NO_GROUP
    return None


def _find(unit: Unit, person: Person, entry: str) -> Notice | Begin:
    name, _, detail = entry.partition(":")
    if kind := payload_kind(entry):
        name, detail = _BY_PAYLOAD[kind], entry
    return _ENTRIES.get(name, _hello)(unit, person, detail)


def _hello(unit: Unit, person: Person, _: str) -> Notice:
    return Hello(facilitator=bool(communes_of(unit, person.bot, person.id)))


def _help(unit: Unit, person: Person, _: str) -> Notice:
    return Help(facilitator=bool(communes_of(unit, person.bot, person.id)))


def _join(unit: Unit, person: Person, payload: str) -> Notice | Begin:
    held = _session_of(unit, person, payload)
    if not isinstance(held, Held):
        digest = read_digest(unit, person, payload)
        return held if isinstance(digest, Sorry) else digest
    going = person.dialogue
    if going is not None and going.session == held.session.id:
        return Begin("join", About(seat=going.about.seat), held.session.id)
    scored = scored_by(unit, held, person.id)
    if scored:
        return Thanks(held.session, payload, min(scored), again=True)
    return Begin("join", session=held.session.id)


def _another(unit: Unit, person: Person, payload: str) -> Notice | Begin:
    held = _session_of(unit, person, payload)
    if not isinstance(held, Held):
        return held
    scored = scored_by(unit, held, person.id)
    free = [seat for seat in range(1, MAX_SEATS + 1) if seat not in scored]
    return Begin("join", About(seat=free[0]), held.session.id) if free else Sorry(Why.PHONE_FULL)


def _correct(unit: Unit, person: Person, payload: str) -> Notice | Begin:
    held = _session_of(unit, person, payload)
    if not isinstance(held, Held):
        return held
    if not scored_by(unit, held, person.id):
        return Begin("join", session=held.session.id)
    return Begin("correct", session=held.session.id)


def _thanks(unit: Unit, person: Person, detail: str) -> Notice:
    payload, _, seat = detail.partition(":")
    held = _session_of(unit, person, payload)
    if not isinstance(held, Held):
        return held
    return Thanks(held.session, payload, int(seat) if seat in _SEATS else 1)


def _sorry(_: Unit, __: Person, detail: str) -> Notice:
    return Sorry(Why.__members__.get(detail.upper(), Why.TROUBLE))


def _leave(_: Unit, __: Person, ___: str) -> Notice:
    return Sorry(Why.NOTHING_BEGUN)


def _session_of(unit: Unit, person: Person, payload: str) -> Held | Sorry:
    """The session of a link, while it accepts ballots from people of this bot."""
    held = by_payload(unit, payload)
    if held is None or held.bot != person.bot:
        return Sorry(Why.NO_SUCH_CODE)
    return held if held.session.accepts_ballots(unit.now) else Sorry(Why.SESSION_OVER)


_SEATS = frozenset(map(str, range(1, MAX_SEATS + 1)))
_OVER = {"hello": "go_on", "privacy": "privacy", "leave": "leave"}
"""Entries that lie over a dialogue in progress, and as what."""

_UNTOUCHED = frozenset(
    {"join", "correct", "open_session", "close_session", "rename_point", "link_group", "accept_invitation"}
)
"""Flows that hold nothing to lose as long as nothing was answered."""

_ENTRIES: dict[str, Callable[[Unit, Person, str], Notice | Begin]] = {
    "hello": _hello,
    "help": _help,
    "privacy": lambda *_: HowProtected(),
    "language": lambda *_: ChooseLanguage(),
    "ended": lambda *_: Ended(),
    "left": lambda *_: Left(),
    "stopped": lambda *_: Left(scoring=False),
    "over": lambda *_: Ended(closed=True),
    "leave": _leave,
    "join": _join,
    "another": _another,
    "correct": _correct,
    "thanks": _thanks,
    **FACILITATING,
    "read": read_digest,
    "poster": send_poster,
    "wall": send_wall,
    "data": send_data,
    "sorry": _sorry,
}
