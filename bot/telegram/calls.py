"""What goes over the wire: a reply, a notice or a post becomes calls of the Bot API. Pure: no network, no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.drawing.drawer import Drawer
from bot.drawing.layout import Document, Drawn, raw_rows
from bot.telegram.call import File, Params, Step
from conversations.chat import Chat, Screen
from digests.poster import Picture
from storage.reply import Question, Reply
from wording.catalogue import Wording

FILE_NAME = "samleng.png"


@dataclass(frozen=True, slots=True)
class Sending:
    """What goes where.

    topic: of a group, None for its only or general one; replaces: the messages to rewrite, one for each picture;
    opened: those that an earlier try has sent, of which the last may still wait for its picture; silent: nobody is
    woken; tries: those before this one.
    """

    chat: int
    drawn: Drawn
    topic: int | None = None
    replaces: tuple[int, ...] = ()
    opened: tuple[int, ...] = ()
    silent: bool = False
    tries: int = 0


def reply_calls(chat: int, reply: Reply, drawer: Drawer) -> tuple[Step, ...]:
    """A reply in a private chat: its screen first, rewritten or as a new message, then what goes with it."""
    above = reply.note if reply.screen is None else None
    steps = [_screen(chat, drawer.private(reply.shows, reply.language, above), reply.screen, reply.shows)]
    if reply.gone is not None:
        steps.append(removal(reply.gone.chat, reply.gone.message))
    if reply.extra is not None:
        steps.append(_screen(chat, drawer.private(reply.extra, reply.language)))
    if reply.commands is not None:
        steps.append(menu(drawer, reply.commands, {"type": "chat", "chat_id": chat}, reply.language))
    return tuple(steps)


def telling(chat: Chat, drawn: Drawn, screen: Screen | None = None) -> Step:
    """A message in a group's topic, in the place of another one if that can be rewritten."""
    return _screen(chat.id, drawn, screen, topic=chat.topic)


def answer(query: str, note: str | None) -> Step:
    """The answer to a tap: without a note the phone only stops waiting."""
    return Step("answerCallbackQuery", {"callback_query_id": query} | ({} if note is None else {"text": note}))


def menu(drawer: Drawer, commands: Iterable[str], scope: Params, language: str, phones: str | None = None) -> Step:
    """The commands that are offered in some chats, in a language; to `phones` of one language, or to all others."""
    say = Wording(language)
    offered = [{"command": name, "description": drawer.bot.commands[name].menu(say)} for name in commands]
    spoken = {} if phones is None else {"language_code": phones}
    return Step("setMyCommands", {"commands": offered, "scope": scope, **spoken})


def leaving(chat: int) -> Step:
    return Step("leaveChat", {"chat_id": chat})


def removal(chat: int, message: int) -> Step:
    return Step("deleteMessage", {"chat_id": chat, "message_id": message})


def pin(chat: int, message: int) -> Step:
    return Step("pinChatMessage", {"chat_id": chat, "message_id": message, "disable_notification": True})


def text_call(sending: Sending) -> Step:
    """The text alone, to send, or into the last of the messages to rewrite; where a picture stands, its caption."""
    drawn = sending.drawn
    text = drawn.otherwise or drawn.text
    if not sending.replaces:
        return Step("sendMessage", _new(sending) | _text(text) | _keyboard(drawn))
    place = {"chat_id": sending.chat, "message_id": sending.replaces[-1]}
    below = Step("editMessageCaption", place | _caption(drawn) | _keyboard(drawn))
    return Step("editMessageText", place | _text(text) | _keyboard(drawn), instead=below)


def opening(sending: Sending) -> Step:
    """The message into which a picture comes: it is sent with its first line alone. Telegram can't be asked whether
    something was sent; an edit can be made again, so that the picture comes once, whatever becomes of the answers.
    """
    return Step("sendMessage", _new(sending) | _text(sending.drawn.title))


def picture_call(sending: Sending, picture: Picture, message: int, *, last: bool) -> Step:
    """A picture comes into a message; the last one has the text below it. The picture stands where its file will."""
    words, keyboard = (_caption(sending.drawn), _keyboard(sending.drawn)) if last else ({}, {})
    media = {"type": "photo", "media": picture, **words}
    return Step("editMessageMedia", {"chat_id": sending.chat, "message_id": message, "media": media} | keyboard)


def document_call(sending: Sending, document: Document) -> Step:
    """A document with the text below it. It stands where its file will."""
    words = _caption(sending.drawn) | _keyboard(sending.drawn)
    return Step("sendDocument", _new(sending) | {"document": document} | words)


def with_file(step: Step, file: File | str) -> Step:
    """A step with what is sent as its picture or document: a file, or the id of one that Telegram has."""
    match step.params:
        case {"media": media}:
            return Step(step.method, step.params | {"media": media | {"media": file}})
        case _:
            return Step(step.method, step.params | {"document": file})


def _screen(
    chat: int, drawn: Drawn, screen: Screen | None = None, shows: object = None, topic: int | None = None
) -> Step:
    question = shows if isinstance(shows, Question) else None
    words = _text(drawn.text) | _keyboard(drawn, question)
    new = Step("sendMessage", {"chat_id": chat, "protect_content": drawn.protected} | _in(topic) | words)
    if screen is None:
        return new
    return Step("editMessageText", {"chat_id": screen.chat, "message_id": screen.message} | words, instead=new)


def _new(sending: Sending) -> Params:
    silent = {"disable_notification": True} if sending.silent else {}
    return {"chat_id": sending.chat, "protect_content": sending.drawn.protected} | _in(sending.topic) | silent


def _in(topic: int | None) -> Params:
    return {} if topic is None else {"message_thread_id": topic}


def _text(text: str) -> Params:
    return {"text": text, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


def _caption(drawn: Drawn) -> Params:
    return {"caption": drawn.text, "parse_mode": "HTML"}


def _keyboard(drawn: Drawn, question: Question | None = None) -> dict[str, Any]:
    if not drawn.rows:
        return {}
    rows = raw_rows(drawn) if question is None else raw_rows(drawn, question.dialogue, question.turn)
    return {"reply_markup": {"inline_keyboard": rows}}
