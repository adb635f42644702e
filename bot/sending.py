"""Sends what was drawn to a chat: text, pictures or a document; the text alone where a picture can't be."""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from telegram import Bot, InlineKeyboardMarkup, InputMediaPhoto, Message
from telegram.error import BadRequest, NetworkError

from bot.drawing import Drawn
from bot.drawing.layout import raw_rows
from bot.pictures import CannotDrawError, Pictures
from digests.poster import Picture

log = structlog.get_logger("courier")

FILE_NAME = "samleng.png"
PICTURE_TRIES = 3
"""After so many tries over a bad line the text goes out, if that gets through where the picture does not."""


@dataclass(frozen=True, slots=True)
class Sending:
    """What goes where, for which post.

    replaces: the message to rewrite; silent: nobody is woken; tries: those before this one.
    """

    post: int
    chat: int
    drawn: Drawn
    replaces: int | None = None
    silent: bool = False
    tries: int = 0


async def send_drawn(bot: Bot, pictures: Pictures, sending: Sending) -> int:
    """Send it; the id of the message. Raises what python-telegram-bot raises."""
    drawn = sending.drawn
    if drawn.pictures is not None:
        try:
            return await _send_pictures(bot, pictures, sending, await pictures.made(drawn.pictures))
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


async def _send_pictures(bot: Bot, pictures: Pictures, sending: Sending, all_: Sequence[Picture]) -> int:
    """The text is the last picture's caption; of those before it, what a try has sent is not sent by the next."""
    drawn, keyboard = sending.drawn, _keyboard(sending.drawn, bot)
    if sending.replaces is not None:
        return (await pictures.send(all_[-1], lambda photo: _rewrite(bot, sending, photo, keyboard))).message_id
    for picture in all_[pictures.sent_before[sending.post] : -1]:
        await pictures.send(picture, lambda photo: _photo(bot, sending, photo))
        pictures.sent_before[sending.post] += 1
    message = await pictures.send(all_[-1], lambda photo: _photo(bot, sending, photo, drawn.text, keyboard))
    del pictures.sent_before[sending.post]
    return message.message_id


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


async def _rewrite(bot: Bot, sending: Sending, photo: bytes | str, keyboard: InlineKeyboardMarkup | None) -> Message:
    media = InputMediaPhoto(photo, caption=sending.drawn.text, parse_mode="HTML", filename=FILE_NAME)
    message = await bot.edit_message_media(media, sending.chat, sending.replaces, reply_markup=keyboard)
    assert isinstance(message, Message)
    return message


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
    if sending.replaces is not None:
        await _rewrite_text(bot, sending, text, keyboard)
        return sending.replaces
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
    chat, message = sending.chat, sending.replaces
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
    return sending.tries >= PICTURE_TRIES and sending.replaces is None


def _keyboard(drawn: Drawn, bot: Bot) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup.de_json({"inline_keyboard": raw_rows(drawn)}, bot) if drawn.rows else None
