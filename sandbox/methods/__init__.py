"""What the Bot API's methods do, one file for each kind; `METHODS` has them by name."""

from sandbox.methods import account, chats, commands, edits, media, messages, queries
from sandbox.methods.method import Method

METHODS: dict[str, Method] = {
    **account.METHODS,
    **chats.METHODS,
    **commands.METHODS,
    **edits.METHODS,
    **media.METHODS,
    **messages.METHODS,
    **queries.METHODS,
}

__all__ = ["METHODS", "Method"]
