"""What people do in the private chat: taps, links, commands, and what they write."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message, Update

from bot.telegram.desk import Desk
from conversations.notices import Why
from scorecard.payload import payload_kind
from storage.enter import enter
from storage.hear import hear
from storage.reply import Arrival, Heard, Tap
from storage.take_answer import take_answer
from wording.catalogue import languages

SENDING = frozenset({"poster", "wall", "data", "pack", "preview"})
"""Entries that have something sent."""

SENT_AGAIN_AFTER = 10
"""Seconds in which the same is not sent to the same person again, however often they tap."""

COMMANDS = ("open", "sessions", "close", "language", "privacy", "help")


def private_chat() -> Router:
    """Who handles what in the private chat."""
    router = Router()
    message = router.message
    private = F.chat.type == ChatType.PRIVATE

    router.callback_query.register(_tapped)
    message.register(_started, private, CommandStart())
    message.register(_commanded, private, Command(*COMMANDS))
    message.register(_cancelled, private, Command("cancel"))
    message.register(_heard, private)
    return router


async def _tapped(query: CallbackQuery, desk: Desk) -> None:
    """A tap: `d:dialogue:turn:value`, `e:entry` or `l:language:entry`; anything else is an old button."""
    data, message = query.data or "", query.message
    if message is None or message.chat.type != ChatType.PRIVATE:
        desk.screens.answer(query.id, None)
        return
    person, screen = query.from_user.id, message.message_id
    kind, _, rest = data.partition(":")
    first, _, second = rest.partition(":")
    turn, _, value = second.partition(":")
    if kind == "d" and turn.isdecimal():
        tap = Tap(desk.bot.id, person, first, int(turn), value, screen)
        reply = await desk.store.run(take_answer, tap, frozenset(languages()))
    else:
        language = first if kind == "l" and first in languages() else None
        entry = {"e": rest, "l": second}.get(kind, "hello")
        if entry.partition(":")[0] in SENDING:
            if desk.is_quiet(person, entry):
                desk.screens.answer(query.id, None)
                return
            desk.hush(person, entry, SENT_AGAIN_AFTER)
        arrival = Arrival(desk.bot.id, person, entry, screen=screen, language=language)
        reply = await desk.store.run(enter, arrival)
    desk.screens.answer(query.id, reply)
    desk.screens.show(person, reply)


async def _arrive(message: Message, desk: Desk, event_update: Update, entry: str) -> None:
    person = message.chat.id
    arrival = Arrival(desk.bot.id, person, entry, event_update.update_id)
    desk.screens.show(person, await desk.store.run(enter, arrival))


async def _started(message: Message, command: CommandObject, desk: Desk, event_update: Update) -> None:
    await _arrive(message, desk, event_update, _entry(command.args))


async def _commanded(message: Message, command: CommandObject, desk: Desk, event_update: Update) -> None:
    await _arrive(message, desk, event_update, command.command)


async def _cancelled(message: Message, desk: Desk, event_update: Update) -> None:
    await _arrive(message, desk, event_update, "leave")


async def _heard(message: Message, desk: Desk, event_update: Update) -> None:
    heard = Heard(desk.bot.id, message.chat.id, message.text, event_update.update_id)
    desk.screens.show(message.chat.id, await desk.store.run(hear, heard))


def _entry(payload: str | None) -> str:
    """The entry of /start's payload: ours name themselves; any other is a link that does not work."""
    if not payload or payload == "hello":
        return "hello"
    return payload if payload_kind(payload) else f"sorry:{Why.NO_SUCH_CODE.name}"
