"""What a facilitator prints for the meeting, and shows there."""

from conversations.results.post_digest import ON_ITS_WAY
from conversations.sessions.live import Pack, Qr, SendPack, SendQr
from scorecard.role import Act
from storage import outbox
from storage.access import may
from storage.outbox import Post, session_of
from storage.results.post_digest import AGAIN_AFTER
from storage.room import Doing, Done, Kind, Says
from storage.session import Held
from storage.sessions.turnout import opened
from storage.unit import Unit

PACKED = Kind("pack")
QR_SHOWN = Kind("qr")


def carry_pack(unit: Unit, doing: Doing, _: SendPack) -> Done:
    """Send it once more, unless it was sent this moment."""
    held: Held = doing.subject
    comes = put_pack(unit, held, doing.person.id, asked=True)
    return Done(opened(unit, held), note=ON_ITS_WAY if comes else None)


def put_pack(unit: Unit, held: Held, person: int, *, asked: bool = False) -> bool:
    """Send a facilitator what to print for the meeting; whether it is on its way."""
    return outbox.put(
        unit,
        bot=held.bot,
        chat=person,
        kind=PACKED,
        subject=held.subject,
        asked=asked,
    )


def _say_pack(unit: Unit, post: Post) -> Pack | None:
    held = session_of(unit, post)
    if held is None or not held.session.goes_on(unit.sure_now):
        return None
    if not may(unit, post.bot, post.chat, Act.HAND_OUT, held):
        return None
    return Pack(held.session, held.payload, held.session.code)


def carry_qr(unit: Unit, doing: Doing, _: SendQr) -> Done:
    """Send the link as a picture, unless it was sent this moment."""
    held: Held = doing.subject
    comes = outbox.put(unit, bot=held.bot, chat=doing.person.id, kind=QR_SHOWN, subject=held.subject, asked=True)
    return Done(opened(unit, held), note=ON_ITS_WAY if comes else None)


def _say_qr(unit: Unit, post: Post) -> Qr | None:
    held = session_of(unit, post)
    if held is None or not held.session.goes_on(unit.sure_now):
        return None
    return (
        Qr(held.session, held.payload, held.session.code)
        if may(unit, post.bot, post.chat, Act.HAND_OUT, held)
        else None
    )


SAYS_QR = Says(_say_qr, again_after=AGAIN_AFTER)
SAYS_PACK = Says(_say_pack, again_after=AGAIN_AFTER)
