"""What facilitators come in for: their sessions, what was closed, and what to print."""

from collections.abc import Callable
from datetime import timedelta

from conversations.notices import Hello, JustClosed, Notice, PassOn, Sessions, Sorry, Why
from scorecard.payload import payload_hash
from scorecard.role import may_act
from scorecard.session import State, round_name
from storage.facilitators import communes_of
from storage.merge_villages import NotMerged, can_be_merged, merge_villages
from storage.people import About, Begin, Person
from storage.places_known import location
from storage.post_digest import closed_notice, post_now, show_closed
from storage.proceed import now_facilitator, opened, put_pack
from storage.sessions import Found, by_id, closed_in, open_in
from storage.store import Unit


def _open(unit: Unit, person: Person, _: str) -> Notice | Begin:
    return Begin("open_session") if communes_of(unit, person.bot, person.id) else Sorry(Why.FACILITATORS_ONLY)


def _sessions(unit: Unit, person: Person, _: str) -> Notice:
    communes = communes_of(unit, person.bot, person.id)
    if not communes:
        return Sorry(Why.FACILITATORS_ONLY)
    open_ = open_in(unit, person.bot, communes)
    closed = closed_in(unit, person.bot, communes, unit.now - _CLOSED_SHOWN_FOR)
    if not open_ and not closed:
        return Sorry(Why.NOTHING_OPEN)
    can_merge = [code for code in communes if can_be_merged(unit, person.bot, code, round_name(unit.now))]
    return Sessions(
        tuple(found.at for found in open_),
        tuple(found.at for found in reversed(closed)),
        frozenset(found.session.id for found in closed if found.villages),
        tuple(location(unit, code) for code in can_merge),
    )


def _merge(unit: Unit, person: Person, commune: str) -> Notice:
    """Put a commune's villages together, and see what its group will see of that."""
    if commune not in communes_of(unit, person.bot, person.id):
        return Sorry(Why.NOT_YOURS)
    merged = merge_villages(unit, person.bot, person.id, commune, round_name(unit.now))
    if isinstance(merged, NotMerged):
        return Sorry(_NOT_MERGED[merged])
    show_closed(unit, merged, person.id)
    return JustClosed(merged.at, merged=True)


def _close(_: Unit, __: Person, detail: str) -> Begin:
    return Begin("close_session", About(reference=detail if detail.isdecimal() else ""))


def _rename(unit: Unit, person: Person, detail: str) -> Notice | Begin:
    found = _mine(unit, person, detail)
    return Begin("rename_point", About(reference=detail)) if isinstance(found, Found) else found


def _link(_: Unit, __: Person, payload: str) -> Begin:
    return Begin("link_group", About(reference=payload))


def _invitation(_: Unit, __: Person, payload: str) -> Begin:
    return Begin("accept_invitation", About(reference=payload_hash(payload)))


def _facilitator(unit: Unit, person: Person, _: str) -> Notice:
    here = now_facilitator(unit, person)
    return here if here.communes else Hello(facilitator=False)


def _session(unit: Unit, person: Person, detail: str) -> Notice:
    found = _mine(unit, person, detail)
    if not isinstance(found, Found):
        return found
    return closed_notice(unit, found) if found.session.state is State.CLOSED else opened(unit, found)


def _pass_on(unit: Unit, person: Person, detail: str) -> Notice:
    found = _mine(unit, person, detail)
    if not isinstance(found, Found):
        return found
    if found.session.state is State.CLOSED:
        return Sorry(Why.ALREADY_CLOSED)
    return PassOn(found.at, found.payload, found.session.code)


def _post(unit: Unit, person: Person, detail: str) -> Notice:
    found = _mine(unit, person, detail)
    if not isinstance(found, Found):
        return found
    return post_now(unit, found) if found.session.state is State.CLOSED else opened(unit, found)


def _preview(unit: Unit, person: Person, detail: str) -> Notice:
    """What groups will see, once more."""
    found = _mine(unit, person, detail)
    if not isinstance(found, Found):
        return found
    if found.session.state is not State.CLOSED:
        return opened(unit, found)
    show_closed(unit, found, person.id)
    return JustClosed(found.at, merged=bool(found.villages))


def _just_closed(unit: Unit, person: Person, detail: str) -> Notice:
    found = _mine(unit, person, detail)
    if not isinstance(found, Found):
        return found
    if found.session.state is not State.CLOSED:
        return opened(unit, found)
    return JustClosed(found.at, merged=bool(found.villages))


def _pack(unit: Unit, person: Person, detail: str) -> Notice:
    """What a facilitator prints for the meeting, once more."""
    found = _mine(unit, person, detail)
    if not isinstance(found, Found):
        return found
    if found.session.state is State.CLOSED:
        return Sorry(Why.ALREADY_CLOSED)
    put_pack(unit, found, person.id)
    return opened(unit, found)


def _mine(unit: Unit, person: Person, detail: str) -> Found | Sorry:
    """A session in a commune where this person is a facilitator."""
    found = by_id(unit, int(detail)) if detail.isdecimal() and len(detail) < _LONGEST_ID else None
    communes = frozenset(communes_of(unit, person.bot, person.id))
    if not communes:
        return Sorry(Why.FACILITATORS_ONLY)
    if found is None or found.bot != person.bot or not may_act(communes, found.session.place):
        return Sorry(Why.NOT_YOURS)
    return found


_NOT_MERGED = {
    NotMerged.UNDER_WAY: Why.VILLAGES_OPEN,
    NotMerged.TOO_FEW_VILLAGES: Why.VILLAGES_FEW,
    NotMerged.TOO_FEW_ANSWERS: Why.VILLAGES_SMALL,
}
_LONGEST_ID = 16
_CLOSED_SHOWN_FOR = timedelta(days=90)

FACILITATING: dict[str, Callable[[Unit, Person, str], Notice | Begin]] = {
    "open": _open,
    "close": _close,
    "sessions": _sessions,
    "session": _session,
    "closed": _session,
    "later": _session,
    "pass": _pass_on,
    "post": _post,
    "link": _link,
    "invitation": _invitation,
    "facilitator": _facilitator,
    "preview": _preview,
    "just_closed": _just_closed,
    "pack": _pack,
    "merge": _merge,
    "rename": _rename,
}
"""Entries by name, what follows the name being a session's id, a commune or a link's payload."""
