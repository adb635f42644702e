"""Sends what was drawn to a chat: text, pictures or a document; the text alone where a picture can't be."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

import structlog
from telegram import Bot, InlineKeyboardMarkup, InputMediaPhoto, Message
from telegram.error import BadRequest, NetworkError

from bot.drawing import Drawn
from bot.drawing.layout import raw_rows
from bot.telegram.pictures import CannotDrawError, Pictures
from digests.poster import Picture

log = structlog.get_logger("courier")

FILE_NAME = "samleng.png"
PICTURE_TRIES = 3
"""After so many tries over a bad line the text goes out, if that gets through where the picture does not."""


_SETTLED = (
    "message is not modified",
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
    "message can't be deleted",
    "message_id_invalid",
)
"""What Telegram says of a message that is as it should be, or that nobody can see any more."""

Arrived = Callable[[int], Awaitable[None]]
"""Takes the id of a message with one of several pictures, as soon as it is sent."""


@dataclass(frozen=True, slots=True)
class Sending:
    """What goes where.

    replaces: the messages to rewrite, one for each picture; earlier: those that brought pictures already, in an
    earlier try; silent: nobody is woken; tries: those before this one.
    """

    chat: int
    drawn: Drawn
    replaces: tuple[int, ...] = ()
    earlier: tuple[int, ...] = ()
    silent: bool = False
    tries: int = 0


def is_settled(fault: BadRequest) -> bool:
    """Whether there is nothing left to do about a message that was to be rewritten or removed."""
    return any(reason in str(fault).lower() for reason in _SETTLED)


async def send_drawn(bot: Bot, pictures: Pictures, sending: Sending, arrived: Arrived) -> int:
    """Send it; the id of the last message. Raises what python-telegram-bot raises."""
    drawn = sending.drawn
    if drawn.pictures is not None:
        try:
            return await _send_pictures(bot, pictures, sending, arrived)
        except (CannotDrawError, NetworkError) as fault:
            if not _text_may_do(fault, sending):
                raise
            log.warning("picture not sent", error=type(fault.__cause__ or fault).__name__)
    if drawn.document is not None:
        try:
            return await _send_document(bot, pictures, sending)
        except CannotDrawError as fault:
            log.error("document not made", error=type(fault.__cause__).__name__)
    return await _send_text(bot, sending, drawn.otherwise or drawn.text)


async def _send_pictures(bot: Bot, pictures: Pictures, sending: Sending, arrived: Arrived) -> int:
    """The text is the last picture's caption; of those before it, what a try has sent is not sent by the next."""
    assert sending.drawn.pictures is not None
    *before, last = await pictures.made(sending.drawn.pictures)
    if sending.replaces:
        return await _rewrite_pictures(bot, pictures, sending, (*before, last))
    for picture in before[len(sending.earlier) :]:
        message = await pictures.send(picture, lambda photo: _photo(bot, sending, photo))
        await arrived(message.message_id)
    drawn, keyboard = sending.drawn, _keyboard(sending.drawn, bot)
    message = await pictures.send(last, lambda photo: _photo(bot, sending, photo, drawn.text, keyboard))
    return message.message_id


async def _rewrite_pictures(bot: Bot, pictures: Pictures, sending: Sending, all_: Sequence[Picture]) -> int:
    """Of messages that were sent as text, or are gone in part, the last one is rewritten, to say everything."""
    if len(all_) != len(sending.replaces):
        return await _send_text(bot, sending, sending.drawn.otherwise or sending.drawn.text)
    for picture, message in zip(all_, sending.replaces, strict=True):
        try:
            await pictures.send(picture, partial(_rewrite, bot, sending, message))
        except BadRequest as fault:
            if not is_settled(fault):
                raise
    return sending.replaces[-1]


async def _photo(
    bot: Bot,
    sending: Sending,
    photo: bytes | str,
    caption: str | None = None,
    keyboard: InlineKeyboardMarkup | None = None,
) -> Message:
    return await bot.send_photo(
        sending.chat,
        photo,
        filename=FILE_NAME,
        caption=caption,
        parse_mode="HTML",
        protect_content=sending.drawn.protected,
        disable_notification=sending.silent,
        reply_markup=keyboard,
    )


async def _rewrite(bot: Bot, sending: Sending, message: int, photo: bytes | str) -> Message:
    last = message == sending.replaces[-1]
    caption, keyboard = (sending.drawn.text, _keyboard(sending.drawn, bot)) if last else (None, None)
    media = InputMediaPhoto(photo, caption=caption, parse_mode="HTML", filename=FILE_NAME)
    rewritten = await bot.edit_message_media(media, sending.chat, message, reply_markup=keyboard)
    assert isinstance(rewritten, Message)
    return rewritten


async def _send_document(bot: Bot, pictures: Pictures, sending: Sending) -> int:
    drawn = sending.drawn
    assert drawn.document is not None
    message = await bot.send_document(
        sending.chat,
        await pictures.made(drawn.document.make),
        caption=drawn.text,
        filename=drawn.document.name,
        parse_mode="HTML",
        protect_content=drawn.protected,
        disable_notification=sending.silent,
        reply_markup=_keyboard(drawn, bot),
    )
    return message.message_id


async def _send_text(bot: Bot, sending: Sending, text: str) -> int:
    drawn, keyboard = sending.drawn, _keyboard(sending.drawn, bot)
    if sending.replaces:
        await _rewrite_text(bot, sending, text, keyboard)
        return sending.replaces[-1]
    message = await bot.send_message(
        sending.chat,
        text,
        parse_mode="HTML",
        protect_content=drawn.protected,
        disable_notification=sending.silent,
        reply_markup=keyboard,
        disable_web_page_preview=True,
    )
    return message.message_id


async def _rewrite_text(bot: Bot, sending: Sending, text: str, keyboard: InlineKeyboardMarkup | None) -> None:
    """Under a picture that stands already, the caption is rewritten."""
    chat, message = sending.chat, sending.replaces[-1]
    try:
        await bot.edit_message_text(text, chat, message, parse_mode="HTML", reply_markup=keyboard)
    except BadRequest as fault:
        if "there is no text" not in str(fault).lower():
            raise
        await bot.edit_message_caption(
            chat, message, caption=sending.drawn.text, parse_mode="HTML", reply_markup=keyboard
        )


def _text_may_do(fault: Exception, sending: Sending) -> bool:
    """Whether a text could get through where the picture did not.

    Over a bad line a picture that stands already is rather tried again than left with another caption.
    """
    if isinstance(fault, CannotDrawError):
        return True
    if isinstance(fault, BadRequest):
        return any(word in str(fault).lower() for word in ("photo", "image", "media", "file"))
    return sending.tries >= PICTURE_TRIES and not sending.replaces


def _keyboard(drawn: Drawn, bot: Bot) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup.de_json({"inline_keyboard": raw_rows(drawn)}, bot) if drawn.rows else None
