"""What is done by a button outside a dialogue is done once; turnout is handed on, not counted where it is shown

The previous release must survive this step: add, fill, and drop only what that release no longer reads.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("session", sa.Column("turn", sa.Integer(), server_default="0", nullable=False))
    op.add_column(
        "session",
        sa.Column("counted", sa.Text(), server_default="[]", nullable=False, comment="bands as they are now"),
    )
    op.add_column("session", sa.Column("looked_at", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute("UPDATE session SET looked_at = sealed")
    op.execute("UPDATE session SET counted = turnout WHERE state <> 'closed'")
    for kind, shows in (("over", "over"), ("silent", "ended"), ("stopped", "stopped")):
        payload = f'{{"session": null, "detail": "{shows}"}}'
        op.execute(f"UPDATE post SET kind = 'wipe', payload = '{payload}' WHERE kind = '{kind}'")
    # What was under way is about things that are kept otherwise now: its screens are wiped, and what was sent counts.
    op.execute(
        "INSERT INTO post (bot, chat, kind, payload, language, dedup, not_before, replaces, state, attempts) "
        "SELECT bot, person, 'wipe', CASE WHEN session IS NULL "
        """THEN '{"session": null, "detail": "stopped"}' ELSE '{"session": null, "detail": "ended"}' END, 'km', """
        "'wipe:' || bot || ':' || person || ':' || screen, 0, screen, 'waiting', 0 "
        "FROM dialogue WHERE screen IS NOT NULL ON CONFLICT DO NOTHING"
    )
    op.execute("DELETE FROM dialogue")
    op.execute("DELETE FROM ended_dialogue")
