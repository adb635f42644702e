"""How Telegram says no: one class, and the sentences in Telegram's own words."""

from typing import Any

_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "user_id": "invalid user_id specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "action": "wrong parameter action in request",
    "commands": "can't parse commands: commands must be specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "media": "there is no media in the request",
    "file_id": "invalid file_id",
}


class RefusedError(Exception):
    """A Bot API call that was not carried out, as its caller hears about it."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(reason: str) -> RefusedError:
    return RefusedError(400, f"Bad Request: {reason}")


def missing(parameter: str) -> RefusedError:
    """A parameter that is needed was left out."""
    return bad_request(_MISSING.get(parameter, f"parameter {parameter!r} is required"))


def forbidden(reason: str) -> RefusedError:
    return RefusedError(403, f"Forbidden: {reason}")


def not_implemented(what: str) -> RefusedError:
    """What Telegram has and the stand-in has not."""
    return RefusedError(501, f"Not Implemented: the sandbox does not have {what}")


def unauthorized() -> RefusedError:
    return RefusedError(401, "Unauthorized")


def not_found() -> RefusedError:
    return RefusedError(404, "Not Found")


def conflict(by: str = "other getUpdates") -> RefusedError:
    """Somebody else began to hear of the bot's updates: a poll that waits ends with this."""
    rest = "; make sure that only one bot instance is running" if by.startswith("other") else ""
    return RefusedError(409, f"Conflict: terminated by {by} request{rest}")


def hook_is_set() -> RefusedError:
    return RefusedError(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )


def too_many(seconds: int) -> RefusedError:
    return RefusedError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def server_error(code: int, reason: str) -> RefusedError:
    """Telegram is not well."""
    return RefusedError(code, reason)


def too_large() -> RefusedError:
    return RefusedError(413, "Request Entity Too Large")


def migrated(new_chat_id: int) -> RefusedError:
    return RefusedError(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        {"migrate_to_chat_id": new_chat_id},
    )


def not_modified() -> RefusedError:
    return bad_request(
        "message is not modified: specified new message content and reply markup are exactly the same"
        " as a current content and reply markup of the message"
    )


def query_too_old() -> RefusedError:
    return bad_request("query is too old and response timeout expired or query ID is invalid")
