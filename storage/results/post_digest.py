"""A closed session's digest: shown to facilitators as groups will see it, then posted, now or by itself."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

import sqlalchemy as sa

from conversations.results.post_digest import (
    NO_GROUP,
    ON_ITS_WAY,
    POSTED,
    Closed,
    DigestPost,
    JustClosed,
    NotPinned,
    PostDigest,
    SendPreview,
)
from scorecard.role import Act
from scorecard.session import POST_DELAY
from scorecard.showing import day_of, shown_at
from storage import outbox, tables
from storage.access import may
from storage.chats import group_languages, groups_of, linked_to
from storage.outbox import Post, session_of
from storage.people import asks_on
from storage.results.digests import digest_of, newest
from storage.room import AtClosing, Doing, Done, Kind, Saying
from storage.session import Held, by_id, change
from storage.unit import Unit

DIGEST = Kind("digest")
SUMMARY = Kind("summary")
PREVIEWED = Kind("preview")
WAY_TO_POST = Kind("closed")
NOT_POSTED = Kind("not_posted")
NOT_PINNED = Kind("not pinned")
HOW_IT_WENT = Kind("how_it_went")
"""Rewrites the screen on which a digest was on its way."""

AGAIN_AFTER = timedelta(seconds=10)
"""So long the same is not sent again, however often somebody asks."""

_P = tables.post.c
_S = tables.session.c


def put_digests(unit: Unit, held: Held, not_before: datetime) -> None:
    """Have each of the commune's groups receive the digest, no earlier than this."""
    for chat in _groups(unit, held):
        outbox.put(
            unit,
            bot=held.bot,
            chat=chat,
            kind=DIGEST,
            subject=held.subject,
            not_before=not_before,
        )


def put_late_digests(unit: Unit, bot: int, commune: str) -> None:
    """Have a group that was linked after a closing receive its digest too, when it goes out by itself."""
    of_commune = (_S.bot == bot) & (_S.commune == commune) & _S.closed_at.is_not(None)
    ahead = (_S.closed_at > unit.now - 2 * POST_DELAY) | (_S.shown_on >= day_of(unit.now))
    closed = sa.select(_S.id, _S.closed_at, _S.shown_on).where(of_commune, ahead)
    for id_, closed_at, shown_on in unit.db.execute(closed.order_by(_S.id)).all():
        not_before = by_itself(unit, closed_at, shown_on)
        if not_before > unit.now:
            held = by_id(unit, id_)
            assert held is not None
            if newest(unit, held) == held:
                put_digests(unit, held, not_before)


def by_itself(unit: Unit, closed_at: datetime, shown_on: date | None) -> datetime:
    """When a digest goes out by itself: a day after closing, or on the day that was chosen at opening."""
    return shown_at(closed_at, shown_on, unit.silent)


def show_closed(unit: Unit, held: Held, person: int, *, asked: bool = False) -> bool:
    """Send a facilitator what groups will see, in each language that they see it in, and then the way to post it.

    Whether it is on its way: what somebody `asked` for is not sent again at once.
    """
    put = partial(outbox.put, unit, bot=held.bot, chat=person, subject=held.subject, asked=asked)
    for language in group_languages(unit, held.bot, held.session.commune):
        put(kind=PREVIEWED, detail=language)
    return put(kind=WAY_TO_POST)


def closed_notice(unit: Unit, held: Held) -> Closed:
    """To how many groups the digest goes or went, when at the latest, and in how many it could not be posted."""
    rows = unit.db.execute(sa.select(_P.chat, _P.state, _P.not_before, _P.retry_at).where(*_of(held))).all()
    refused = {row.chat for row in rows if row.state == "held" and row.retry_at is None}
    unreached = {row.chat for row in rows if row.state == "dead"}
    alive = [row for row in rows if row.chat not in refused | unreached]
    ahead = [row.not_before for row in alive if row.state == "waiting" and row.not_before > unit.sure_now]
    post_at = max(ahead) if ahead else None if alive else by_itself(unit, unit.now, held.session.shown_on)
    groups = {*_groups(unit, held)}
    return Closed(
        held.session,
        held.payload,
        len(alive),
        post_at,
        arrived=bool(alive) and all(row.state == "sent" for row in alive),
        unreached=len(unreached & groups),
        refused=len(refused & groups),
        merged=bool(held.villages),
        turn=held.turn,
    )


def just_closed(unit: Unit, held: Held) -> JustClosed:
    """What a facilitator sees while the preview is on its way to them."""
    return JustClosed(held.session, merged=bool(held.villages), posted=is_posted(unit, held))


def carry_post(unit: Unit, doing: Doing, _: PostDigest) -> Done:
    """Post the digest now, also to groups linked since, or that could not be reached; none gets it twice.

    With that a day that is still to come is brought forward: nothing puts it back.
    """
    held: Held = doing.subject
    post_now(unit, held)
    closed = closed_notice(unit, held)
    if not closed.groups:
        return Done(closed, note=NO_GROUP)
    on, today, day = doing.screen, day_of(unit.now), held.session.shown_on
    posting = change(
        unit,
        held,
        turn=held.turn + 1,
        screen_chat=on and on.chat,
        screen=on and on.message,
        shown_on=day and min(day, today),
    )
    return Done(replace(closed, session=posting.session, turn=posting.turn), note=POSTED)


def carry_preview(unit: Unit, doing: Doing, _: SendPreview) -> Done:
    """Send a facilitator once more what groups will see, or saw, unless they were sent it this moment."""
    held: Held = doing.subject
    if show_closed(unit, held, doing.person.id, asked=True):
        return Done(just_closed(unit, held), note=ON_ITS_WAY)
    return Done(closed_notice(unit, held))


def post_now(unit: Unit, held: Held) -> None:
    """Have every group of the commune receive the digest now that has not received it."""
    put_digests(unit, held, unit.sure_now)
    unit.db.execute(
        tables.post.update()
        .where(
            *_of(held),
            sa.or_(_P.state == "waiting", _P.chat.in_(_groups(unit, held))),
            sa.or_(_P.state.in_(("dead", "held")), _P.not_before > unit.sure_now),
        )
        .values(state="waiting", not_before=unit.sure_now, retry_at=None, claimed_until=None, attempts=0, opened=None)
    )


def is_posted(unit: Unit, held: Held) -> bool:
    """Whether the digest has reached a group, so that everybody may read it."""
    return unit.db.scalar(sa.select(_P.id).where(*_of(held), _P.state == "sent").limit(1)) is not None


def posts_under_way(unit: Unit, held: Held) -> tuple[tuple[int, int], ...]:
    """Chat and post of each place where the digest stands, or is on its way to, asked for again by /summary or not."""
    due = (_P.state == "waiting") & (_P.not_before <= unit.sure_now)
    of = sa.or_(*(sa.and_(*_of(held, kind)) for kind in (DIGEST, SUMMARY)))
    rows = unit.db.execute(sa.select(_P.chat, _P.id).where(of, sa.or_(_P.state == "sent", due)).order_by(_P.id)).all()
    return tuple((chat, post) for chat, post in rows)


def withdraw(unit: Unit, held: Held) -> None:
    """Have nobody receive the digest who has not received it yet."""
    ahead = (_P.state == "waiting") & (_P.not_before > unit.sure_now)
    unit.db.execute(tables.post.delete().where(*_of(held), ahead))


def _groups(unit: Unit, held: Held) -> tuple[int, ...]:
    return groups_of(unit, held.bot, held.session.commune)


def _of(held: Held, kind: Kind = DIGEST) -> tuple[sa.ColumnElement[bool], ...]:
    return _P.bot == held.bot, _P.subject == held.subject.kind, _P.subject_id == held.subject.id, _P.kind == kind


def say_digest(unit: Unit, post: Post) -> Saying | None:
    """What a group is told: nothing where villages were put together again since. Of nothing, nothing is pinned."""
    held = _closed(unit, post)
    if held is None or newest(unit, held) != held:
        return None
    said = _for_group(unit, post, held)
    return None if said is None else Saying(said, pinned=not said.digest.is_empty)


def say_summary(unit: Unit, post: Post) -> Saying | None:
    """What a group is told that asks for it, in the topic in which it does."""
    said = posted(unit, post)
    return None if said is None else Saying(said, topic=int(post.detail) if post.detail else None)


def posted(unit: Unit, post: Post) -> DigestPost | None:
    """The digest that a group was told, as it is now."""
    held = _closed(unit, post)
    return None if held is None else _for_group(unit, post, held)


def say_preview(unit: Unit, post: Post) -> Saying | None:
    """What a facilitator is shown: the same as groups, in one of their languages."""
    held = _closed(unit, post)
    if held is None or not may(unit, post.bot, post.chat, Act.SEE, held):
        return None
    return Saying(DigestPost(digest_of(unit, held), held.payload), language=post.detail)


def say_way_to_post(unit: Unit, post: Post) -> Closed | None:
    """What a facilitator is shown after the preview."""
    held = _closed(unit, post)
    return closed_notice(unit, held) if held is not None and may(unit, post.bot, post.chat, Act.SEE, held) else None


def say_how_it_went(unit: Unit, post: Post) -> Closed | None:
    """What became of a digest; nothing where a question stands on that screen by now."""
    return None if asks_on(unit, post.bot, post.chat, post.replaces) else say_way_to_post(unit, post)


def leave_to_read(unit: Unit, held: Held, person: int) -> None:
    """What somebody reads on the screen from which they posted is not written over."""
    if held.screen is not None and held.screen.chat == person:
        change(unit, held, screen_chat=None, screen=None)


def _closed(unit: Unit, post: Post) -> Held | None:
    held = session_of(unit, post)
    return held if held is not None and held.session.is_closed else None


def tell_not_posted(unit: Unit, post: Post) -> None:
    """A digest could not be posted: its facilitator is told, with a way to try again."""
    held = session_of(unit, post)
    if held is not None:
        outbox.put(unit, bot=held.bot, chat=held.opened_by, kind=NOT_POSTED, subject=held.subject)
        show_how_it_went(unit, post)


def tell_not_pinned(unit: Unit, post: Post) -> None:
    """A digest may not be pinned in a group: who opened the session is told, once for each group."""
    held = session_of(unit, post)
    if held is not None:
        outbox.put(unit, bot=held.bot, chat=held.opened_by, kind=NOT_PINNED, subject=held.subject, key=str(post.chat))


def say_not_pinned(unit: Unit, post: Post) -> NotPinned | None:
    """How a digest can be pinned."""
    held = session_of(unit, post)
    return None if held is None else NotPinned(held.session)


def show_how_it_went(unit: Unit, post: Post) -> None:
    """Whoever posted a digest sees on that same screen what became of it."""
    held = session_of(unit, post)
    if held is not None and held.screen is not None:
        on = held.screen
        subject, key = held.subject, str(on.message)
        outbox.put(unit, bot=held.bot, chat=on.chat, kind=HOW_IT_WENT, subject=subject, key=key, replaces=on.message)


def _for_group(unit: Unit, post: Post, held: Held) -> DigestPost | None:
    linked = linked_to(unit, held.bot, post.chat) == held.session.commune
    return DigestPost(digest_of(unit, held), held.payload) if linked else None


def _post_and_show(unit: Unit, held: Held, by: int | None) -> None:
    """When a session closes: its digest is put into the outbox, and its facilitators are shown it first."""
    put_digests(unit, held, by_itself(unit, unit.now, held.session.shown_on))
    for person in sorted({held.opened_by, by or held.opened_by}):
        show_closed(unit, held, person)


DIGESTS = AtClosing(_post_and_show)
