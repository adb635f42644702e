"""What facilitators come in for: their sessions, what was closed, and what to print."""

from collections.abc import Callable
from datetime import timedelta

from conversations.notices import Hello, JustClosed, Notice, PassOn, Sessions, Sorry, Why
from scorecard.payload import payload_hash
from scorecard.role import may_act
from scorecard.session import State
from storage.people import About, Begin, Person
from storage.places import location
from storage.proceed import now_facilitator, opened, put_pack
from storage.results.merge_villages import NotMerged, can_be_merged, latest_round, merge_villages
from storage.results.post_digest import closed_notice, is_posted, post_now, show_closed
from storage.roles.invitations import communes_of
from storage.session import Held, by_id, closed_in, newest, open_in
from storage.store import Unit


def _open(unit: Unit, person: Person, _: str) -> Notice | Begin:
    return Begin("open_session") if communes_of(unit, person.bot, person.id) else Sorry(Why.FACILITATORS_ONLY)


def _sessions(unit: Unit, person: Person, _: str) -> Notice:
    communes = communes_of(unit, person.bot, person.id)
    if not communes:
        return Sorry(Why.FACILITATORS_ONLY)
    open_ = open_in(unit, person.bot, communes)
    closed = [
        held
        for held in closed_in(unit, person.bot, communes, unit.now - _CLOSED_SHOWN_FOR)
        if newest(unit, held) == held
    ]
    if not open_ and not closed:
        return Sorry(Why.NOTHING_OPEN)
    rounds = {code: latest_round(unit, person.bot, code) for code in communes}
    can_merge = [code for code, round_ in rounds.items() if can_be_merged(unit, person.bot, code, round_)]
    return Sessions(
        tuple(held.session for held in open_),
        tuple(held.session for held in reversed(closed)),
        frozenset(held.session.id for held in closed if held.villages),
        tuple(location(unit, code) for code in can_merge),
    )


def _merge(unit: Unit, person: Person, commune: str) -> Notice:
    """Put a commune's villages together, and see what its group will see of that."""
    if commune not in communes_of(unit, person.bot, person.id):
        return Sorry(Why.NOT_YOURS)
    merged = merge_villages(unit, person.bot, person.id, commune, latest_round(unit, person.bot, commune))
    if isinstance(merged, NotMerged):
        return Sorry(_NOT_MERGED[merged])
    return _preview(unit, person, merged)


def _close(_: Unit, __: Person, detail: str) -> Begin:
    return Begin("close_session", About(reference=detail if detail.isdecimal() else ""))


def _link(_: Unit, __: Person, payload: str) -> Begin:
    return Begin("link_group", About(reference=payload))


def _invitation(_: Unit, __: Person, payload: str) -> Begin:
    return Begin("accept_invitation", About(reference=payload_hash(payload)))


def _facilitator(unit: Unit, person: Person, _: str) -> Notice:
    here = now_facilitator(unit, person)
    return here if here.communes else Hello(facilitator=False)


def _turnout(unit: Unit, _: Person, held: Held) -> Notice:
    return opened(unit, held)


def _closed(unit: Unit, _: Person, held: Held) -> Notice:
    return closed_notice(unit, held)


def _just_closed(unit: Unit, _: Person, held: Held) -> Notice:
    return JustClosed(held.session, merged=bool(held.villages), posted=is_posted(unit, held))


def _already_closed(_: Unit, __: Person, ___: Held) -> Notice:
    return Sorry(Why.ALREADY_CLOSED)


def _pass_on(_: Unit, __: Person, held: Held) -> Notice:
    return PassOn(held.session, held.payload, held.session.code)


def _pack(unit: Unit, person: Person, held: Held) -> Notice:
    """What a facilitator prints for the meeting, once more."""
    put_pack(unit, held, person.id)
    return opened(unit, held)


def _post(unit: Unit, _: Person, held: Held) -> Notice:
    return post_now(unit, held)


def _preview(unit: Unit, person: Person, held: Held) -> Notice:
    """What groups will see, or saw, once more."""
    show_closed(unit, held, person.id)
    return _just_closed(unit, person, held)


def _rename(_: Unit, __: Person, held: Held) -> Begin:
    return Begin("rename_point", About(reference=str(held.session.id)))


_Does = Callable[[Unit, Person, Held], Notice | Begin]


def _of_session(while_open: _Does, once_closed: _Does) -> Callable[[Unit, Person, str], Notice | Begin]:
    """What an entry does that is followed by a session's id.

    Where villages were put together again since, it shows what groups will see now, whatever it was asked.
    """

    def enter(unit: Unit, person: Person, detail: str) -> Notice | Begin:
        held = _mine(unit, person, detail)
        if isinstance(held, Sorry):
            return held
        if (again := newest(unit, held)) != held:
            return _preview(unit, person, again)
        does = once_closed if held.session.state is State.CLOSED else while_open
        return does(unit, person, held)

    return enter


def _mine(unit: Unit, person: Person, detail: str) -> Held | Sorry:
    """A session in a commune where this person is a facilitator."""
    held = by_id(unit, int(detail)) if detail.isdecimal() and len(detail) < _LONGEST_ID else None
    communes = frozenset(communes_of(unit, person.bot, person.id))
    if not communes:
        return Sorry(Why.FACILITATORS_ONLY)
    if held is None or held.bot != person.bot or not may_act(communes, held.session.place):
        return Sorry(Why.NOT_YOURS)
    return held


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
    "link": _link,
    "invitation": _invitation,
    "facilitator": _facilitator,
    "merge": _merge,
    "session": _of_session(_turnout, _closed),
    "closed": _of_session(_turnout, _closed),
    "later": _of_session(_turnout, _closed),
    "just_closed": _of_session(_turnout, _just_closed),
    "pass": _of_session(_pass_on, _already_closed),
    "pack": _of_session(_pack, _already_closed),
    "post": _of_session(_turnout, _post),
    "preview": _of_session(_turnout, _preview),
    "rename": _of_session(_turnout, _rename),
}
"""Entries by name, what follows the name being a session's id, a commune or a link's payload."""
