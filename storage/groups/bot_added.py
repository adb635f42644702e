"""The bot comes into a group, and says how that is linked; in a channel it says what it is for."""

from datetime import timedelta

from conversations.chat import ChatKind
from conversations.groups.in_group import ONLY_GROUPS
from conversations.groups.link_group import ConfirmLink, LinkRefused, TapToLink
from conversations.notices import Notice, Refusal
from scorecard.role import Act
from storage import outbox
from storage.access import communes_of
from storage.chats import linked_to
from storage.outbox import Post
from storage.people import Person
from storage.places import location
from storage.reply import Membership
from storage.room import Kind, Takes
from storage.unit import Unit

ADDED = Kind("added")
GROWS_WITHIN = timedelta(seconds=3)
"""So long after the bot came to a supergroup Telegram may still say that this is a group which has grown."""


def say_added(unit: Unit, post: Post) -> Notice | None:
    """What a group hears to which somebody added the bot; nothing where it has its commune, from before it grew."""
    if linked_to(unit, post.bot, post.chat) is not None:
        return None
    communes = communes_of(unit, post.bot, int(post.detail), Act.LINK)
    if len(communes) == 1:
        return ConfirmLink(location(unit, communes[0]))
    return TapToLink() if communes else LinkRefused()


def _added(unit: Unit, _: Person, added: Membership) -> Refusal | None:
    """A group hears a little later; a channel is no place to post to, which its facilitator hears alone."""
    if added.chat.kind is ChatKind.CHANNEL:
        return Refusal(ONLY_GROUPS) if communes_of(unit, added.bot, added.person, Act.LINK) else None
    later = GROWS_WITHIN if added.chat.kind is ChatKind.SUPERGROUP else timedelta()
    outbox.put(
        unit, bot=added.bot, chat=added.chat.id, kind=ADDED, detail=str(added.person), not_before=unit.sure_now + later
    )
    return None


BOT_ADDED = Takes(Membership, _added)
