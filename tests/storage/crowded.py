"""So much of everything as when a whole country has scored: PostgreSQL's plans go by how much there is."""

import sqlalchemy as sa
from made import BOT

from storage.unit import Unit

SESSIONS = 4_000
"""Of as many communes, two of three closed, of another round; three services each."""

_LAST = "(SELECT max(id) FROM session)"
_NEVER = 9_000_000_000_000_000
"""Microseconds: a moment that no test reaches."""

_ROWS = (
    f"""
    INSERT INTO session (bot, place, commune, location, round, state, payload, code, opened_by, closes_at, closed_at,
        last_call, sealed, turnout, looked_at)
    SELECT {BOT}, lpad(n::text, 6, '9'), lpad(n::text, 6, '9'), location, '2020',
        CASE n % 3 WHEN 0 THEN 'open' ELSE 'closed' END, 's-' || n, '', opened_by,
        CASE n % 3 WHEN 0 THEN {_NEVER} ELSE closes_at - n END, CASE n % 3 WHEN 0 THEN NULL ELSE closed_at - n END,
        false, n % 3 > 0, '[]', true
    FROM session, generate_series(1, {SESSIONS}) n
    WHERE id = (SELECT min(id) FROM session WHERE state = 'closed')
    """,
    """
    INSERT INTO session_point (session, position, point, km, en, card, version, hash, criteria)
    SELECT s.id, p.position, p.point, p.km, p.en, p.card, p.version, p.hash, p.criteria
    FROM session s, session_point p
    WHERE s.round = '2020' AND p.session = (SELECT min(session) FROM session_point)
    """,
    """
    INSERT INTO release SELECT session, point, 1, '{}' FROM session_point JOIN session ON id = session
    WHERE round = '2020'
    """,
    """
    INSERT INTO counts SELECT session, point, '' FROM session_point JOIN session ON id = session WHERE round = '2020'
    """,
    f"""
    INSERT INTO post (bot, chat, kind, subject, subject_id, detail, language, dedup, not_before, state, attempts)
    SELECT {BOT}, -id, 'digest', 'session', id, '', 'km', 'digest:session:' || id, closes_at, 'sent', 0
    FROM session WHERE round = '2020'
    """,
    f"INSERT INTO person SELECT {BOT}, n, 'km', false FROM generate_series(100000, 130000) n",
    f"""
    INSERT INTO dialogue (id, bot, person, flow, session, body, turn, seen_on)
    SELECT n::text, {BOT}, n, 'score', {_LAST} - n % 1000, '', 1, 2000000000
    FROM generate_series(100000, 105000) n
    """,
    f"""
    INSERT INTO ballot SELECT sha256(n::text::bytea), {_LAST} - n % 1000, ''
    FROM generate_series(1, 10000) n
    """,
    f"""
    INSERT INTO ended_dialogue SELECT n::text, 1, 'ended', {_LAST} - n % 1000, 2000000000 - n
    FROM generate_series(1, 10000) n
    """,
    "INSERT INTO seen_update SELECT 1, n, 2000000000 - n FROM generate_series(1000000, 1030000) n",
    "ANALYZE",
)


def crowd(unit: Unit) -> None:
    """Put all of it into the database, and let that count it."""
    for rows in _ROWS:
        unit.db.execute(sa.text(rows.replace(":", r"\:")))
