"""What is told of sessions: live, listed, passed on, printed."""

from bot.drawing.layout import (
    ADD_SIGN,
    FIND_SIGN,
    PLAN_SIGN,
    Button,
    Drawn,
    other_languages,
    signed,
    to_pages,
    ways_out,
)
from bot.drawing.look import Bot, how_to_allow
from bot.drawing.reasons import reason_name
from bot.drawing.session import session_label, session_name
from conversations.engine import Asking
from conversations.entries import SESSION, SESSIONS
from conversations.results.merge_villages import MERGE
from conversations.results.post_digest import CLOSED
from conversations.sessions.find_sessions import FIND, Found, LookFor
from conversations.sessions.live import (
    COPY,
    PASS,
    Cancelled,
    NotHeard,
    Sessions,
)
from scorecard.place import Location
from scorecard.session import Session, State
from wording.catalogue import Wording, escaped
from wording.names import commune_name, location_name, place_name
from wording.numerals import short_moment

MOST_TO_MERGE = 20
"""So many communes whose villages can be put together stand above the list; others follow once these are done."""


def not_heard(notice: NotHeard, say: Wording, _: Bot) -> Drawn:
    text = say(
        "The commune’s group could not be told of the scoring in {place}: I may not write there, or am not in it.",
        place=location_name(notice.session.location, say),
    )
    text += "\n\n" + how_to_allow(say) + " " + say("Or pass the link on yourself.")
    return Drawn(text, ((Button(say.plain("Link and code"), entry=PASS(notice.session.id)),),))


def cancelled(notice: Cancelled, say: Wording, _: Bot) -> Drawn:
    name = escaped(session_name(notice.session, say))
    if not notice.lost:
        text = say("<b>This scoring is cancelled.</b>") + "\n" + name
        if notice.reason is not None:
            text += "\n" + say("The reason: {reason}.", reason=reason_name(notice.reason, say))
        why = say(
            "What was sent to it is erased, and nothing of it counts. You can open it anew, and put right what was "
            "wrong."
        )
        copy = Button(signed(ADD_SIGN, say.plain("Open it anew")), entry=COPY(notice.session.id))
        return Drawn(f"{text}\n\n{why}", ((copy,), other_languages(say, notice.entry)))
    text = say("<b>This scoring could not go on.</b>") + "\n" + name
    why = say(
        "The server was put back from a copy, and what people sent there can’t be read any more. Nobody can read it. "
        "Please open the scoring again with /open, and ask people to score once more."
    )
    return Drawn(f"{text}\n\n{why}", (other_languages(say, notice.entry),))


def sessions(notice: Sessions, say: Wording, _: Bot) -> Drawn:
    merge = [_merge(place, turn, say) for place, turn in notice.can_merge]
    going = [_one(session, notice.merged, say) for session in (*notice.open, *notice.planned, *notice.closed)]
    rows = tuple((button,) for button in [*merge[:MOST_TO_MERGE], *going])
    only_closed = notice.page and not notice.open and not notice.planned
    text = say("Closed before:") if only_closed else say("Open now, planned, and closed:")
    find = (Button(signed(FIND_SIGN, say.plain("Find")), entry=FIND()),)
    pages = to_pages(notice.page, say, SESSIONS, more=notice.more)
    return Drawn(text, (*rows, pages, find, other_languages(say, notice.entry)))


def found(notice: Found, say: Wording, _: Bot) -> Drawn:
    rows = tuple((_one(session, notice.merged, say),) for session in notice.sessions)
    again = (Button(signed(FIND_SIGN, say.plain("Find")), entry=FIND()),)
    return Drawn(say("This was found:"), (*rows, again, other_languages(say, notice.entry)))


def look_for(_: Asking, __: LookFor, say: Wording) -> Drawn:
    text = say("Please write the name of the village, the commune or the service, the year, or the code of 8 digits.")
    return Drawn(text, (ways_out(say, back=False),))


def _one(session: Session, merged: frozenset[int], say: Wording) -> Button:
    """A button that leads to a session, whatever became of it."""
    if session.state is State.PLANNED:
        return Button(_planned_name(session, say), entry=SESSION(session.id))
    if session.is_closed:
        return Button(_closed_name(session, merged, say), entry=CLOSED(session.id))
    return Button(session_label(session, say), entry=SESSION(session.id))


def _planned_name(session: Session, say: Wording) -> str:
    assert session.opens_at is not None, "what is planned has its time"
    place = session.location.village or session.location.commune
    return signed(PLAN_SIGN, f"{short_moment(session.opens_at, say.language)} · {place_name(place, say.language)}")


def _closed_name(session: Session, merged: frozenset[int], say: Wording) -> str:
    name = session_label(session, say)
    if session.id in merged:
        return say.plain("{session} (villages together)", session=name)
    return say.plain("{session} (closed)", session=name)


def _merge(place: Location, turn: int, say: Wording) -> Button:
    text = say.plain("Put together the villages of {commune}", commune=commune_name(place, say))
    return Button(text, entry=MERGE(place.commune.code, turn=turn))
