"""What a post says now, loaded when it is about to be sent."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from conversations.notices import Data, DigestPost, Ended, GroupLinked, LastCall, Left, Notice, Pack, Poster, Wall
from scorecard.role import may_act
from scorecard.session import State
from storage import tables
from storage.chats import language_in, linked_to
from storage.outbox import Kind, Post, messages_of
from storage.places import location
from storage.proceed import opened
from storage.results.post_digest import closed_notice, is_posted
from storage.roles.invitations import communes_of
from storage.session import Held, by_id, digest_of, newest
from storage.store import Unit

_FOR_FACILITATORS = (Kind.PREVIEW, Kind.CLOSED, Kind.TURNOUT, Kind.DATA, Kind.PACK)


@dataclass(frozen=True, slots=True)
class Content:
    """What to say, in a private chat or in a group, and when; None where there is nothing to say any more.

    replaces: the messages to rewrite, in order.
    """

    notice: Notice | None
    language: str
    now: datetime
    blocked: bool = False
    replaces: tuple[int, ...] = ()


def content(unit: Unit, post: Post) -> Content:
    """What a post says, in the language of whoever receives it."""
    p = tables.person.c
    person = unit.db.execute(sa.select(p.language, p.blocked).where(p.bot == post.bot, p.id == post.chat)).one_or_none()
    language, blocked = person or (post.language, False)
    if post.chat < 0:
        language = language_in(unit, post.bot, post.chat)
    elif post.kind is Kind.PREVIEW:
        language = post.detail
    if post.kind is Kind.REWORD:
        replaces = messages_of(unit, int(post.detail))
        notice = _notice(unit, post) if replaces else None
    else:
        replaces = () if post.replaces is None else (post.replaces,)
        notice = _notice(unit, post)
    return Content(notice, language, unit.now, blocked, replaces)


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
    held = by_id(unit, post.session) if post.session is not None else None
    if held is None or (post.kind in _FOR_FACILITATORS and not _may(unit, post, held)):
        return None
    return _of_session(unit, post, held) or _of_digest(unit, post, held)


def _dialogue_stands_on(unit: Unit, post: Post) -> bool:
    """Whether the message to be rewritten asks its person something at present."""
    d = tables.dialogue.c
    on_it = (d.bot == post.bot) & (d.person == post.chat) & (d.screen == post.replaces)
    return unit.db.scalar(sa.select(d.id).where(on_it)) is not None


def _of_session(unit: Unit, post: Post, held: Held) -> Notice | None:
    is_open = held.session.accepts_ballots(unit.now)
    match post.kind:
        case Kind.LAST_CALL if is_open and _is_linked(unit, post, held):
            return LastCall(held.session, held.payload)
        case Kind.TURNOUT if is_open:
            return opened(unit, held)
        case Kind.PACK if is_open:
            return Pack(held.session, held.payload, held.session.code)
        case Kind.CLOSED:
            return closed_notice(unit, held)
        case _:
            return None


def _of_digest(unit: Unit, post: Post, held: Held) -> Notice | None:
    if held.session.state is not State.CLOSED:
        return None
    match post.kind:
        case Kind.DIGEST if newest(unit, held) != held:
            return None
        case Kind.DIGEST | Kind.SUMMARY | Kind.REWORD if _is_linked(unit, post, held):
            return DigestPost(digest_of(unit, held), held.payload)
        case Kind.PREVIEW:
            return DigestPost(digest_of(unit, held), held.payload)
        case Kind.POSTER | Kind.WALL if not (is_posted(unit, held) or _may(unit, post, held)):
            return None
        case Kind.POSTER:
            return Poster(digest_of(unit, held), int(post.detail))
        case Kind.WALL:
            return Wall(digest_of(unit, held), post.detail)
        case Kind.DATA:
            return Data(digest_of(unit, held), post.detail)
        case _:
            return None


def _may(unit: Unit, post: Post, held: Held) -> bool:
    """Whether who receives it is a facilitator of the session's commune, still."""
    return may_act(frozenset(communes_of(unit, post.bot, post.chat)), held.session.place)


def _is_linked(unit: Unit, post: Post, held: Held) -> bool:
    return linked_to(unit, held.bot, post.chat) == held.session.commune
