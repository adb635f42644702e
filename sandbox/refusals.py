"""How Telegram says no: one class, and the sentences in Telegram's own words."""

from typing import Any


class RefusedError(Exception):
    """A Bot API call that was not carried out, as its caller hears about it."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(reason: str) -> RefusedError:
    return RefusedError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> RefusedError:
    return RefusedError(403, f"Forbidden: {reason}")


def not_implemented(what: str) -> RefusedError:
    """What Telegram has and the stand-in has not."""
    return RefusedError(501, f"Not Implemented: the sandbox does not have {what}")


def unauthorized() -> RefusedError:
    return RefusedError(401, "Unauthorized")


def not_found() -> RefusedError:
    return RefusedError(404, "Not Found")


def conflict() -> RefusedError:
    """Two programs poll for one bot: the older poll ends with this."""
    return RefusedError(
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )


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
