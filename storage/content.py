"""What a post says now, loaded when it is about to be sent."""

from dataclasses import dataclass

import sqlalchemy as sa

from conversations.notices import Ended, GroupLinked, LastCall, Left, Notice
from storage import tables
from storage.groups import linked_to
from storage.outbox import Kind, Post
from storage.places_known import location
from storage.post_digest import closed_notice
from storage.proceed import opened
from storage.sessions import Found, by_id, digest_of
from storage.store import Unit


@dataclass(frozen=True, slots=True)
class Content:
    """What to say, in a private chat or in a group; None where there is nothing to say any more."""

    notice: Notice | None
    language: str
    blocked: bool = False


def content(unit: Unit, post: Post) -> Content:
    """What a post says, in the language of whoever receives it."""
    p = tables.person.c
    person = unit.db.execute(sa.select(p.language, p.blocked).where(p.bot == post.bot, p.id == post.chat)).one_or_none()
    language, blocked = person or (post.language, False)
    return Content(_notice(unit, post), language, blocked)


def _notice(unit: Unit, post: Post) -> Notice | None:
    if post.kind is Kind.STOPPED:
        return Left(scoring=False)
    if post.kind in {Kind.OVER, Kind.SILENT}:
        return Ended(closed=post.kind is Kind.OVER)
    if post.kind is Kind.LINKED:
        commune = linked_to(unit, post.bot, post.chat)
        return GroupLinked(location(unit, commune)) if commune else None
    if post.kind is Kind.TURNOUT and _dialogue_stands_on(unit, post):
        return None
    found = by_id(unit, post.session) if post.session is not None else None
    return _of_session(unit, post.kind, post.chat, found) if found is not None else None


def _dialogue_stands_on(unit: Unit, post: Post) -> bool:
    """Whether the message to be rewritten asks its person something at present."""
    d = tables.dialogue.c
    on_it = (d.bot == post.bot) & (d.person == post.chat) & (d.screen == post.replaces)
    return unit.db.scalar(sa.select(d.id).where(on_it)) is not None


def _of_session(unit: Unit, kind: Kind, chat: int, found: Found) -> Notice | None:
    is_open = found.session.accepts_ballots(unit.now)
    match kind:
        case Kind.DIGEST | Kind.LAST_CALL if linked_to(unit, found.bot, chat) != found.session.commune:
            return None
        case Kind.DIGEST:
            return digest_of(unit, found)
        case Kind.CLOSED:
            return closed_notice(unit, found)
        case Kind.LAST_CALL if is_open:
            return LastCall(found.at, found.payload)
        case Kind.TURNOUT if is_open:
            return opened(unit, found)
        case _:
            return None
