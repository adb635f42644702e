"""A closed session's digest: shown to its facilitator, posted now or by itself after a day, never altered."""

import sqlalchemy as sa

from conversations.notices import Closed
from scorecard.session import POST_DELAY
from storage import outbox, tables
from storage.close_session import put_digests
from storage.groups import groups_of
from storage.sessions import Found, digest_of
from storage.store import Unit

_P = tables.post.c


def closed_notice(unit: Unit, found: Found) -> Closed:
    """What will be posted or was, to how many groups, and when at the latest."""
    rows = unit.db.execute(sa.select(_P.state, _P.not_before).where(*_of(found), _P.state != "dead")).all()
    ahead = [not_before for state, not_before in rows if state == "waiting" and not_before > unit.now]
    posted = [not_before for state, not_before in rows if state != "waiting" or not_before <= unit.now]
    post_at = max(ahead) if ahead else None if posted else unit.now + POST_DELAY
    return Closed(digest_of(unit, found), len(rows), post_at)


def post_now(unit: Unit, found: Found) -> Closed:
    """Post the digest now, also to groups linked since, or that could not be reached; none gets it twice."""
    put_digests(unit, found, unit.now)
    unit.db.execute(
        tables.post.update()
        .where(
            *_of(found),
            sa.or_(_P.state == "waiting", _P.chat.in_(groups_of(unit, found.bot, found.session.commune))),
            sa.or_(_P.state == "dead", _P.not_before > unit.now),
        )
        .values(state="waiting", not_before=unit.now, retry_at=None, claimed_until=None, attempts=0)
    )
    return closed_notice(unit, found)


def _of(found: Found) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        _P.bot == found.bot,
        _P.kind == outbox.Kind.DIGEST,
        _P.dedup.startswith(f"digest:{found.session.id}:", autoescape=True),
    )
