"""A closed session's digest: shown to facilitators as groups will see it, then posted, now or by itself after a day."""

from datetime import datetime
from functools import partial

import sqlalchemy as sa

from conversations.notices import Closed
from scorecard.session import POST_DELAY
from storage import outbox, tables
from storage.chats import group_languages, groups_of
from storage.session import Held, by_id, newest
from storage.store import Unit

_P = tables.post.c
_S = tables.session.c


def put_digests(unit: Unit, held: Held, not_before: datetime) -> None:
    """Have each of the commune's groups receive the digest, no earlier than this."""
    for chat in _groups(unit, held):
        outbox.put(
            unit,
            bot=held.bot,
            chat=chat,
            kind=outbox.Kind.DIGEST,
            dedup=f"digest:{held.session.id}:{chat}",
            language=unit.language,
            session=held.session.id,
            not_before=not_before,
        )


def put_late_digests(unit: Unit, bot: int, commune: str) -> None:
    """Have a group that was linked after a closing receive its digest too, when it goes out by itself."""
    of_commune = (_S.bot == bot) & _S.place.startswith(commune, autoescape=True)
    closed = sa.select(_S.id, _S.closed_at).where(of_commune, _S.closed_at > unit.now - 2 * POST_DELAY)
    for id_, closed_at in unit.db.execute(closed).all():
        not_before = by_itself(unit, closed_at)
        if not_before > unit.now:
            held = by_id(unit, id_)
            assert held is not None
            if newest(unit, held) == held:
                put_digests(unit, held, not_before)


def by_itself(unit: Unit, closed_at: datetime) -> datetime:
    """When a digest goes out by itself: a day after closing, or when the silent hours are over then."""
    after = closed_at + POST_DELAY
    return unit.silent.over(after) if unit.silent is not None else after


def show_closed(unit: Unit, held: Held, person: int) -> None:
    """Send a facilitator what groups will see, in each language that they see it in, and then the way to post it."""
    put = partial(outbox.put, unit, bot=held.bot, chat=person, language=unit.language, session=held.session.id)
    for language in group_languages(unit, held.bot, held.session.commune):
        dedup = f"preview:{held.session.id}:{person}:{language}"
        put(kind=outbox.Kind.PREVIEW, dedup=dedup, detail=language)
    put(kind=outbox.Kind.CLOSED, dedup=f"closed:{held.session.id}:{person}")


def closed_notice(unit: Unit, held: Held) -> Closed:
    """To how many groups the digest goes or went, when at the latest, and how many it could not reach."""
    rows = unit.db.execute(sa.select(_P.chat, _P.state, _P.not_before).where(*_of(held))).all()
    alive = [row for row in rows if row.state != "dead"]
    ahead = [row.not_before for row in alive if row.state == "waiting" and row.not_before > unit.now]
    posted = [row for row in alive if row.state != "waiting" or row.not_before <= unit.now]
    post_at = max(ahead) if ahead else None if posted else by_itself(unit, unit.now)
    unreached = {row.chat for row in rows if row.state == "dead"} & {*_groups(unit, held)}
    return Closed(held.session, held.payload, len(alive), post_at, len(unreached), merged=bool(held.villages))


def post_now(unit: Unit, held: Held) -> Closed:
    """Post the digest now, also to groups linked since, or that could not be reached; none gets it twice."""
    put_digests(unit, held, unit.now)
    unit.db.execute(
        tables.post.update()
        .where(
            *_of(held),
            sa.or_(_P.state == "waiting", _P.chat.in_(_groups(unit, held))),
            sa.or_(_P.state == "dead", _P.not_before > unit.now),
        )
        .values(state="waiting", not_before=unit.now, retry_at=None, claimed_until=None, attempts=0, earlier=None)
    )
    return closed_notice(unit, held)


def is_posted(unit: Unit, held: Held) -> bool:
    """Whether the digest has reached a group, so that everybody may read it."""
    return unit.db.scalar(sa.select(_P.id).where(*_of(held), _P.state == "sent").limit(1)) is not None


def posts_under_way(unit: Unit, held: Held) -> tuple[tuple[int, int], ...]:
    """Chat and post of each place where the digest stands, or is on its way to, asked for again by /summary or not."""
    due = (_P.state == "waiting") & (_P.not_before <= unit.now)
    of = sa.or_(*(sa.and_(*_of(held, kind)) for kind in (outbox.Kind.DIGEST, outbox.Kind.SUMMARY)))
    rows = unit.db.execute(sa.select(_P.chat, _P.id).where(of, sa.or_(_P.state == "sent", due))).all()
    return tuple((chat, post) for chat, post in rows)


def withdraw(unit: Unit, held: Held) -> None:
    """Have nobody receive the digest who has not received it yet."""
    ahead = (_P.state == "waiting") & (_P.not_before > unit.now)
    unit.db.execute(tables.post.delete().where(*_of(held), ahead))


def _groups(unit: Unit, held: Held) -> tuple[int, ...]:
    return groups_of(unit, held.bot, held.session.commune)


def _of(held: Held, kind: outbox.Kind = outbox.Kind.DIGEST) -> tuple[sa.ColumnElement[bool], ...]:
    of_session = _P.dedup.startswith(f"{kind}:{held.session.id}:", autoescape=True)
    return _P.bot == held.bot, _P.kind == kind, of_session
