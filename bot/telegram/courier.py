"""The courier: sends what stands in the outbox, closes what is due, seals what was closed. On python-telegram-bot."""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import ParamSpec, TypeVar

import structlog

from bot.drawing.drawer import Drawer
from bot.drawing.rooms import DRAWS
from bot.settings import Settings
from bot.telegram.by_ptb import AnyApplication, begin, call_by_ptb, repeat
from bot.telegram.call import (
    Call,
    CallError,
    ForbiddenError,
    GoneError,
    MigratedError,
    NotModifiedError,
    RefusedError,
    RetryAfterError,
    RevokedError,
    carry_out,
)
from bot.telegram.calls import Sending, pin, removal
from bot.telegram.failing import note_failure
from bot.telegram.pictures import Pictures
from bot.telegram.sending import send_drawn
from bot.trouble import revoked_token, unreachable
from bot.vitals import Vitals
from scorecard.silent_hours import SilentHours
from storage.chats import left
from storage.content import Content, content
from storage.intake import take
from storage.outbox import Post, claim, delivered, dropped, failed, given_up, opened, unknown_kinds, unpinned
from storage.pauses import flooded
from storage.people import set_blocked
from storage.refused import try_again
from storage.reply import Migrated
from storage.room import Due
from storage.sealing import destroyed, doomed
from storage.store import Store, Work

log = structlog.get_logger("courier")

SWEPT_EVERY = timedelta(seconds=0.5)
FORGETS_EVERY = timedelta(minutes=1)
RESTS_FOR = timedelta(seconds=30)
FINISH_SECONDS = 1.0

MOST_AT_ONCE = 30

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Courier:
    """Everything the courier needs for one bot. Each sweep of it (close, deliver_due, tidy) can be made by itself."""

    call: Call
    bot: int
    store: Store
    drawer: Drawer
    pictures: Pictures
    worker: str
    silent: SilentHours | None
    vitals: Vitals = field(default_factory=Vitals)
    busy: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    """The chats to which something is on its way."""

    resting: dict[tuple[str, int], datetime] = field(default_factory=dict)
    """Until when what came due and failed is left alone."""

    revoked: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once Telegram does not take the token any more."""


async def deliver(app: AnyApplication, store: Store, settings: Settings, stop: asyncio.Event, vitals: Vitals) -> None:
    """Sweep the database again and again, until told to stop. Raises Trouble where the token is revoked."""
    try:
        await begin(app)
    except RevokedError:
        raise revoked_token() from None
    except CallError as fault:
        raise unreachable(type(fault).__name__) from fault
    async with app:
        call, bot = call_by_ptb(app.bot), app.bot.id
        drawer, pictures = Drawer(app.bot.username, settings.referral, DRAWS), Pictures(store, bot)
        courier = Courier(call, bot, store, drawer, pictures, secrets.token_hex(6), settings.silent_hours, vitals)
        await app.start()
        for work, every in ((close, SWEPT_EVERY), (deliver_due, SWEPT_EVERY), (tidy, FORGETS_EVERY)):
            repeat(app, partial(_sweep, courier, work), every)
        await _until(stop, courier.revoked)
        await app.stop()
        await _finish(courier)
    if courier.revoked.is_set():
        raise revoked_token()


async def _finish(courier: Courier) -> None:
    """Wait a moment for what is on its way; the rest is tried again at the next start."""
    if courier.busy:
        _, waiting = await asyncio.wait(courier.busy.values(), timeout=FINISH_SECONDS)
        for sending in waiting:
            sending.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


async def close(courier: Courier) -> None:
    """Do what is due in the rooms, and seal what was closed: no picture that takes its time holds this up."""
    store = courier.store
    await _do_due(courier)
    keys = await store.run(doomed)
    if keys and await store.destroy(keys):
        log.info("sealed", sessions=await store.run(destroyed, keys))
        await _do_due(courier)


async def _do_due(courier: Courier) -> None:
    """Each thing for itself: one that fails is logged, and holds up no other."""
    resting, now = courier.resting, courier.store.now()
    for rested in [this for this, until in resting.items() if until <= now]:
        del resting[rested]  # what does not come due any more would stay for ever
    for due in courier.store.house.due:
        for number in await _by_itself(courier, f"not done: {due.done}", due.find, courier.bot) or ():
            await _do_one(courier, due, number)


async def _do_one(courier: Courier, due: Due, number: int) -> None:
    """What fails is logged, and rests a while: it would fail again at every sweep."""
    this = (due.done, number)
    if this in courier.resting:
        return
    courier.resting[this] = courier.store.now() + RESTS_FOR
    done = await _logged(f"not done: {due.done}", _do(courier.store, due, number))
    if done is not None:
        del courier.resting[this]
    if done:
        log.info(due.done, number=number)


async def _do(store: Store, due: Due, number: int) -> bool:
    """What came of it. What it has to read, that takes long, is read beside the storage thread."""
    if due.reads is None:
        return await store.run(due.do, number)
    return await store.run(due.do, number, await store.read(due.reads, number))


async def deliver_due(courier: Courier) -> None:
    """Begin to send what waits. No chat waits for another one's slow line, only for what is on its way to itself."""
    busy = courier.busy
    for post in await courier.store.run(claim, courier.bot, courier.worker, frozenset(busy), MOST_AT_ONCE):
        busy[post.chat] = asyncio.create_task(_settle(courier, post))


async def tidy(courier: Courier) -> None:
    """Erase what has been kept long enough, leave nothing of it on the disk, and say what waits in vain."""
    for erases in courier.store.house.erases:
        whole = 0
        while some := await _by_itself(courier, "not erased", erases.erase):
            whole += some
        if whole and erases.what:
            log.info("erased", what=erases.what, count=whole)
    await _by_itself(courier, "nothing tried again", try_again, courier.bot)
    if unknown := await _by_itself(courier, "outbox not looked through", unknown_kinds, courier.bot):
        log.error("posts of another version wait", kinds=unknown)
    await courier.store.scour()


async def send(courier: Courier, post: Post) -> None:
    """Send one post, and note how that went. What goes wrong is kept for a later try, or settled for good."""
    bot, store = courier.bot, courier.store
    try:
        said = await store.run(content, post)
        if said is None:
            await store.run(dropped, post)
            return
        message_id = await _send(courier, post, said)
    except MigratedError as moved:
        await store.run(take, Migrated(bot, post.chat, moved.to))
    except RetryAfterError as pause:
        wait = timedelta(seconds=pause.seconds)
        await store.run(flooded, bot, post.chat, wait)
        await store.run(failed, post, "RetryAfter", wait)
    except ForbiddenError:
        # whichever it is: a person who blocked the bot, or a group that it was thrown out of
        await store.run(set_blocked, bot, post.chat, blocked=True)
        await store.run(left, bot, post.chat)
        await store.run(given_up, post, "Forbidden")
    except RevokedError:
        courier.revoked.set()  # the post keeps waiting
    except (NotModifiedError, GoneError):
        await store.run(delivered, post, post.replaces)  # it is as it should be, or nobody can see it any more
    except Exception as fault:  # noqa: BLE001 - whatever it is, the post is tried again and the others go on
        await note_failure(store, post, fault)
    else:
        await store.run(delivered, post, message_id)
        if said.pinned and message_id is not None:
            await _pin(courier, post, message_id)


async def _settle(courier: Courier, post: Post) -> None:
    try:
        await send(courier, post)
    except Exception as fault:  # noqa: BLE001 - its claim runs out, and it is tried again
        log.error("post not settled", error=type(fault).__name__)
    finally:
        del courier.busy[post.chat]


async def _by_itself(courier: Courier, failing: str, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
    """A unit of work whose failure is logged, and holds up nothing else."""
    return await _logged(failing, courier.store.run(work, *args, **kwargs))


async def _logged(failing: str, work: Awaitable[T]) -> T | None:
    """What comes of some work; None where it failed, which is logged."""
    try:
        return await work
    except Exception as fault:  # noqa: BLE001 - whatever it is
        log.error(failing, error=type(fault).__name__)
        return None


async def _send(courier: Courier, post: Post, said: Content) -> int | None:
    """The id of the message that was sent or rewritten, if one was."""
    if said.notice is None:
        for message in said.replaces:
            await carry_out(courier.call, removal(post.chat, message))
        return None
    if said.blocked:
        return None
    look = courier.drawer.group if said.group else courier.drawer.private
    drawn = look(said.notice, said.language)
    silent = said.group and courier.silent is not None and courier.silent.hold(said.now)

    async def note(message_id: int) -> None:
        await courier.store.run(opened, post, message_id)

    sending = Sending(post.chat, drawn, said.topic, said.replaces, post.opened, silent, post.attempts)
    return await send_drawn(courier.call, courier.pictures, sending, note)


async def _pin(courier: Courier, post: Post, message_id: int) -> None:
    try:
        await carry_out(courier.call, pin(post.chat, message_id))
    except CallError as fault:
        log.info("not pinned", error=type(fault).__name__)
        if isinstance(fault, RefusedError):
            await courier.store.run(unpinned, post)


async def _until(*events: asyncio.Event) -> None:
    """Wait for the first of these."""
    waiting = [asyncio.ensure_future(event.wait()) for event in events]
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for one in waiting:
        one.cancel()


async def _sweep(courier: Courier, work: Callable[[Courier], Awaitable[None]]) -> None:
    try:
        await work(courier)
        courier.vitals.swept = time.monotonic()
    except Exception as fault:  # noqa: BLE001 - the next sweep tries again
        log.error("sweep failed", error=type(fault).__name__)
