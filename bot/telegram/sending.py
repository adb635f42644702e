"""Sends what was drawn to a chat: text, pictures or a document; the text alone where a picture can't be."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

import structlog

from bot.drawing.layout import Document
from bot.telegram.call import Call, File, GoneError, NetworkError, NotModifiedError, RefusedError, Step, carry_out
from bot.telegram.calls import Sending, document_call, opening, picture_call, text_call, with_file
from bot.telegram.pictures import CannotDrawError, Pictures
from digests.poster import Picture

log = structlog.get_logger("courier")

PICTURE_TRIES = 3
"""After so many tries over a bad line the text goes out, if that gets through where the picture does not."""

Opened = Callable[[int], Awaitable[None]]
"""Takes the id of a message into which a picture comes, as soon as it is sent."""

Send = Callable[[Step], Awaitable[int]]


async def send_drawn(call: Call, pictures: Pictures, sending: Sending, opened: Opened) -> int:
    """Send it; the id of the last message. Raises CallError."""
    drawn = sending.drawn
    send = partial(_send, call, pictures)
    if drawn.pictures is not None:
        messages = [*(sending.replaces or sending.opened)]
        try:
            return await _send_pictures(send, await pictures.made(drawn.pictures), sending, messages, opened)
        except (CannotDrawError, RefusedError, NetworkError) as fault:
            if not _text_may_do(fault, sending):
                raise
            log.warning("picture not sent", error=type(fault.__cause__ or fault).__name__)
        sending = replace(sending, replaces=tuple(messages))
    if drawn.document is not None:
        try:
            return await send(document_call(sending, drawn.document))
        except CannotDrawError as fault:
            log.error("document not made", error=type(fault.__cause__).__name__)
    return await send(text_call(sending))


async def _send_pictures(
    send: Send, made: Sequence[Picture], sending: Sending, messages: list[int], opened: Opened
) -> int:
    """Each picture comes into a message of its own; those that are missing are opened, one after another.

    Of messages to rewrite that are not as many as the pictures, the last one says everything.
    """
    if sending.replaces and len(made) != len(sending.replaces):
        return await send(text_call(sending))
    first = 0 if sending.replaces else max(len(messages) - 1, 0)  # those before it have their pictures
    for number, picture in enumerate(made[first:], first):
        if number == len(messages):
            messages.append(await send(opening(sending)))
            await opened(messages[-1])
        with suppress(NotModifiedError, GoneError):
            await send(picture_call(sending, picture, messages[number], last=picture is made[-1]))
    return messages[-1]


async def _send(call: Call, pictures: Pictures, step: Step) -> int:
    """Carry out one call; the id of its message. Raises CannotDrawError, too."""

    async def with_(file: File | str) -> Any:
        return (await carry_out(call, with_file(step, file)))[1]

    match step.params:
        case {"media": {"media": Picture() as picture}}:
            message = await pictures.send(picture, with_)
        case {"document": Document() as document}:
            message = await with_(File(document.name, await pictures.made(partial(pictures.write, document))))
        case _:
            _, message = await carry_out(call, step)
    return int(message["message_id"])


def _text_may_do(fault: Exception, sending: Sending) -> bool:
    """Whether a text could get through where the picture did not.

    Over a bad line a picture that stands already is rather tried again than left with another caption.
    """
    if isinstance(fault, CannotDrawError):
        return True
    if isinstance(fault, RefusedError):
        return fault.is_about("photo", "image", "media", "file")
    return sending.tries >= PICTURE_TRIES and not sending.replaces
