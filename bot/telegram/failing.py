"""What becomes of a post that did not get through, by what failed."""

from datetime import timedelta

import structlog

from bot.telegram.call import LostAnswerError, NetworkError, RefusedError
from storage.outbox import Post, failed, given_up
from storage.refused import held, put_off
from storage.store import Store

log = structlog.get_logger("courier")

MOST_ATTEMPTS = 60
MOST_REFUSALS = 3
"""So often is tried what Telegram refuses for a reason that nobody foresaw."""

LOST_FOR = timedelta(minutes=1)
"""Before what may have arrived, though no answer says so, is sent again."""

_HOPELESS = ("chat not found", "group chat was deleted", "peer_id_invalid", "user_deactivated")
_FOR_A_HUMAN = (
    *("topic_closed", "topic closed", "rights", "chat_restricted", "chat_write_forbidden", "chat_send_"),
    *("chat_admin_required", "administrator", "user_banned_in_channel"),
)
"""What Telegram's refusals say that somebody in the group can lift, and nobody else."""


async def note_failure(store: Store, post: Post, fault: Exception) -> None:
    """The line's fault holds up the chat, whose posts keep their order; a fault of the post's own holds up no other."""
    error, tried = type(fault).__name__, post.attempts + 1
    if isinstance(fault, RefusedError) and fault.is_about(*_FOR_A_HUMAN):
        log.warning("post refused until somebody there allows it", kind=post.kind)
        await store.run(held, post, error)
    elif _is_over(post, fault):
        log.warning("post given up", kind=post.kind, error=error)
        await store.run(given_up, post, error)
    elif isinstance(fault, NetworkError):
        log.warning("post failed", kind=post.kind, error=error, attempts=tried)
        least = LOST_FOR if isinstance(fault, LostAnswerError) else timedelta()
        await store.run(failed, post, error, least=least)
    else:
        log.error("post put off", kind=post.kind, error=error, attempts=tried)
        await store.run(put_off, post, error)


def _is_over(post: Post, fault: Exception) -> bool:
    """Whether a post is not worth another try."""
    if isinstance(fault, RefusedError):
        return fault.is_about(*_HOPELESS) or post.attempts + 1 >= MOST_REFUSALS
    return post.attempts >= MOST_ATTEMPTS
