"""What facilitators are asked who close or cancel a session."""

from bot.drawing.layout import YES_SIGN, Button, Drawn, signed, ways_out, yes
from bot.drawing.reasons import reason_name
from bot.drawing.session import session_label
from bot.drawing.sessions.live import code_line, kept_rough, turnout_lines
from conversations.engine import Asking
from conversations.prompts import YES
from conversations.sessions.close_session import (
    CALL,
    CANCEL,
    LONGER,
    NOW,
    CancelNow,
    CloseNow,
    HowToClose,
    WhichSession,
    WhyCancel,
)
from scorecard.session import CancelReason
from wording.catalogue import Wording, escaped
from wording.names import location_name


def which_session(_: Asking, prompt: WhichSession, say: Wording) -> Drawn:
    rows = tuple((Button(session_label(session, say), value=str(session.id)),) for session in prompt.sessions)
    return Drawn(say("Which scoring shall be closed?"), (*rows, ways_out(say, back=False)))


def how_to_close(asking: Asking, prompt: HowToClose, say: Wording) -> Drawn:
    few = say(
        "Fewer than 8 people took part so far: if you close it now, nothing can be shown. Let it go on, or close it?"
    )
    text = "\n\n".join(
        (
            escaped(location_name(prompt.session.location, say)) + "\n" + code_line(prompt.session, say),
            turnout_lines(prompt.session, prompt.count, say) + "\n" + kept_rough(prompt.count, say),
            few if prompt.few else say("Close after a last call of 3 minutes, or now?"),
        )
    )
    texts = {
        LONGER: say.plain("One hour longer"),
        CALL: say.plain("Last call: 3 minutes"),
        NOW: say.plain("Now"),
        CANCEL: say.plain("Cancel it: nothing counts"),
    }
    rows = tuple((Button(texts[option], value=option),) for option in prompt.options)
    return Drawn(text, (*rows, ways_out(say, back=bool(asking.behind))))


def cancel_now(_: Asking, prompt: CancelNow, say: Wording) -> Drawn:
    text = say(
        "{place}\n\nCancel the scoring? What was sent is erased, and nothing of it counts.",
        place=location_name(prompt.session.location, say),
    )
    if prompt.reason is not None:
        text += "\n\n" + say("The reason: {reason}.", reason=reason_name(prompt.reason, say))
    cancel = Button(signed(YES_SIGN, say.plain("Cancel it")), value=YES, style="danger")
    return Drawn(text, ((cancel,), ways_out(say, back=True)))


def close_now(_: Asking, prompt: CloseNow, say: Wording) -> Drawn:
    text = say(
        "{place}\n\nClose the scoring now? It can’t be opened again.", place=location_name(prompt.session.location, say)
    )
    if prompt.last_call:
        text = say(
            "{place}\n\nMake the last call? The scoring closes in 3 minutes at the latest and can’t be opened again.",
            place=location_name(prompt.session.location, say),
        )
    confirm = say.plain("Make the last call") if prompt.last_call else say.plain("Close")
    return Drawn(text, ((yes(confirm, YES),), ways_out(say, back=True)))


def why_cancel(_: Asking, prompt: WhyCancel, say: Wording) -> Drawn:
    text = say(
        "{place}\n\n8 or more people have taken part. Why shall nothing of it count? The facilitator and the group "
        "hear the reason.",
        place=location_name(prompt.session.location, say),
    )
    rows = tuple((Button(reason_name(CancelReason(one), say), value=one),) for one in prompt.options)
    return Drawn(text, (*rows, ways_out(say, back=True)))
