"""The receptionist: asks Telegram for updates, has each person served in order, and confirms what is committed."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Sequence
from http import HTTPStatus

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.telegram import front
from bot.telegram.call import Call, CallError, RefusedError, RetryAfterError, RevokedError, carry_out
from bot.telegram.calls import menu
from bot.telegram.desk import Desk
from bot.telegram.read import KINDS, Received, is_number
from bot.trouble import revoked_token
from wording.catalogue import FIRST_LANGUAGE, languages

log = structlog.get_logger("receptionist")

POLL_SECONDS = 10
LATE_SECONDS = 5
"""So much later than that Telegram's answer may come. A poll that hangs holds up people for both together at most."""

CONFIRM_SECONDS = 0.5
PAUSE_SECONDS = 2.0


async def offer_commands(call: Call, desk: Desk) -> None:
    """Tell Telegram which commands to offer: in Khmer, and in each other language to whose phone speaks it."""
    house = desk.store.house
    for language in languages():
        phones = None if language == FIRST_LANGUAGE else language
        for commands, scope in ((house.offered(), "all_private_chats"), (house.offered(group=True), "all_group_chats")):
            try:
                await carry_out(call, menu(desk.drawer, commands, {"type": scope}, language, phones))
            except CallError as fault:
                log.warning("commands not offered", error=type(fault).__name__)


async def receive(desk: Desk, call: Call, stop: asyncio.Event) -> None:
    """Ask for updates until told to stop: the next once the last are committed, which confirms them to Telegram."""
    stopped = asyncio.ensure_future(stop.wait())
    offset = None
    while not stop.is_set():
        asking = asyncio.ensure_future(_updates(call, offset))
        await asyncio.wait({asking, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if not asking.done():
            asking.cancel()
            break
        updates = asking.result()
        if updates is None:
            continue
        desk.vitals.received(len(updates))
        if updates and await take_in(desk, updates):
            offset = await _after(updates, offset)
    if offset is not None:
        with contextlib.suppress(CallError, TimeoutError):
            async with asyncio.timeout(CONFIRM_SECONDS):  # what is not confirmed comes again, and changes nothing
                await call("getUpdates", {"offset": offset, "limit": 1, "timeout": 0})
    await desk.screens.finish()


async def take_in(desk: Desk, updates: Sequence[object]) -> bool:
    """Serve updates: different people side by side, one person's in order, those who did least first. Whether they can
    be confirmed.

    They can't where the database is out of reach: then Telegram brings them again, and nothing is lost.
    """
    lines: dict[int, list[Received]] = defaultdict(list)
    for update in updates:
        if (received := front.receive(desk, update)) is not None:
            lines[received.person].append(received)
    try:
        await asyncio.gather(*(front.serve_in_order(desk, line) for line in sorted(lines.values(), key=len)))
    except (OperationalError, InterfaceError) as fault:
        log.error("database out of reach", error=type(fault).__name__)
        await asyncio.sleep(PAUSE_SECONDS)
        return False
    return True


async def _updates(call: Call, offset: int | None) -> Sequence[object] | None:
    """The next updates; None after a pause where Telegram can't be reached or asks to wait. Raises Trouble."""
    from_there = {} if offset is None else {"offset": offset}
    try:
        updates = await call("getUpdates", {"timeout": POLL_SECONDS, "allowed_updates": KINDS, **from_there})
    except RetryAfterError as pause:
        await asyncio.sleep(pause.seconds)
    except RevokedError:
        raise revoked_token() from None
    except CallError as fault:
        if isinstance(fault, RefusedError) and fault.code == HTTPStatus.CONFLICT:
            log.error("another program receives for this bot: stop one of the two")
        else:
            log.warning("no updates", error=type(fault).__name__)
        await asyncio.sleep(PAUSE_SECONDS)
    else:
        return updates if isinstance(updates, list) else ()
    return None


async def _after(updates: Sequence[object], offset: int | None) -> int | None:
    """The offset that confirms these updates, those that could not be read as well."""
    numbers = [update["update_id"] for update in updates if isinstance(update, dict) and "update_id" in update]
    known = [number for number in numbers if is_number(number)]
    if not known:
        await asyncio.sleep(PAUSE_SECONDS)  # nothing can be confirmed: they will come again
        return offset
    return max(known) + 1
