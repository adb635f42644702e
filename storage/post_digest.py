"""A closed session's digest: shown to its facilitator, posted now or by itself after a day, never altered."""

import sqlalchemy as sa

from conversations.notices import Closed
from scorecard.session import POST_DELAY
from storage import outbox, tables
from storage.close_session import put_digests
from storage.sessions import Found, releases_of
from storage.store import Unit

_P = tables.post.c


def closed_notice(unit: Unit, found: Found) -> Closed:
    """What will be posted or was, to how many groups, and when at the latest."""
    rows = unit.db.execute(sa.select(_P.state, _P.not_before).where(*_of(found))).all()
    ahead = [not_before for state, not_before in rows if state == "waiting" and not_before > unit.now]
    posted = [not_before for state, not_before in rows if state != "waiting" or not_before <= unit.now]
    post_at = max(ahead) if ahead else None if posted else unit.now + POST_DELAY
    return Closed(found.at, releases_of(unit, found.session.id), len(rows), post_at)


def post_now(unit: Unit, found: Found) -> Closed:
    """Post the digest now, to groups linked since the closing as well; what was posted is not posted again."""
    put_digests(unit, found, unit.now)
    unit.db.execute(
        tables.post.update()
        .where(*_of(found), _P.state == "waiting", _P.not_before > unit.now)
        .values(not_before=unit.now)
    )
    return closed_notice(unit, found)


def _of(found: Found) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        _P.bot == found.bot,
        _P.kind == outbox.Kind.DIGEST,
        _P.dedup.startswith(f"digest:{found.session.id}:", autoescape=True),
    )
