"""A call to Telegram's Bot API, whoever carries it out, and the ways in which it can fail."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

Params = dict[str, Any]
Call = Callable[[str, Params], Awaitable[Any]]
"""Calls a method with its parameters, and gives its result as plain JSON. Raises CallError."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to be uploaded, where a parameter takes one."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Step:
    """One call. `instead`: the one in its place where the message that it rewrites is gone, or can't be rewritten."""

    method: str
    params: Params
    instead: "Step | None" = None


class CallError(Exception):
    """A call that did not do what it should."""


class ForbiddenError(CallError):
    """The person has blocked the bot, or it is not in the group."""


class MigratedError(CallError):
    """The group has become a supergroup, with the id `to`."""

    def __init__(self, to: int) -> None:
        super().__init__(to)
        self.to = to


class RetryAfterError(CallError):
    """Telegram asks for a pause of so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class NotModifiedError(CallError):
    """The message says already what it should say."""


class GoneError(CallError):
    """The message to rewrite or remove is not there any more, or too old."""


class TopicGoneError(CallError):
    """The topic of the group is not there any more."""


class RefusedError(CallError):
    """Telegram refuses for another reason: its number, and its words."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(code, description)
        self.code = code
        self.description = description

    def is_about(self, *words: str) -> bool:
        """Whether Telegram's words hold one of these."""
        about = self.description.lower()
        return any(word in about for word in words)


class RevokedError(CallError):
    """Telegram does not take the token any more."""


class NetworkError(CallError):
    """Telegram could not be reached, or failed itself."""


class LostAnswerError(NetworkError):
    """The call went out and no answer came: nobody knows whether it was carried out."""


_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
    "message can't be deleted",
    "message_id_invalid",
)


async def carry_out(call: Call, step: Step) -> tuple[Step, Any]:
    """Carry out a step, or the one in its place; which of the two it was, and its result. Raises CallError.

    What is for a topic that is gone goes to the general one.
    """
    try:
        return step, await call(step.method, step.params)
    except TopicGoneError:
        params = {name: value for name, value in step.params.items() if name != "message_thread_id"}
        return await carry_out(call, Step(step.method, params))
    except (GoneError, RefusedError):
        if step.instead is None:
            raise
    return await carry_out(call, step.instead)


def fault_of(code: int, description: str, parameters: Mapping[str, Any]) -> CallError:
    """The fault that Telegram's refusal stands for."""
    match parameters:
        case {"retry_after": int() | float() as seconds}:
            return RetryAfterError(seconds)
        case {"migrate_to_chat_id": int(to)}:
            return MigratedError(to)
    refused = RefusedError(code, description)
    if code == HTTPStatus.BAD_REQUEST and refused.is_about("message is not modified"):
        return NotModifiedError(description)
    if code == HTTPStatus.BAD_REQUEST and refused.is_about(*_GONE):
        return GoneError(description)
    if code == HTTPStatus.BAD_REQUEST and refused.is_about("message thread not found", "topic_deleted"):
        return TopicGoneError(description)
    if code == HTTPStatus.UNAUTHORIZED:
        return RevokedError(description)
    if code == HTTPStatus.FORBIDDEN:
        return ForbiddenError(description)
    return NetworkError(description) if code >= HTTPStatus.INTERNAL_SERVER_ERROR else refused
