"""What is asked for again and again is found by an index, and what tells people something before what wipes screens

The previous release must survive this step: add, fill, and drop only what that release no longer reads.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "session", sa.Column("commune", sa.String(length=6), nullable=False, server_default="", comment="the place's")
    )
    op.execute("UPDATE session SET commune = substr(place, 1, 6)")
    op.add_column(
        "session",
        sa.Column(
            "uncounted",
            sa.Boolean(),
            nullable=False,
            server_default=sa.false(),
            comment="ballots have come in since",
        ),
    )
    op.execute("UPDATE session SET uncounted = true WHERE state <> 'closed'")
    op.drop_column("session", "counted")
    op.create_index("session_commune", "session", ["bot", "commune", "round"], unique=False)
    op.create_index("session_uncounted", "session", ["bot", "uncounted"], unique=False)
    op.create_index("session_unpruned", "session", ["pruned", "closed_at"], unique=False)
    op.create_index("ix_dialogue_seen_on", "dialogue", ["seen_on"], unique=False)
    op.add_column(
        "post",
        sa.Column(
            "wiping", sa.Boolean(), nullable=False, server_default=sa.false(), comment="it waits for what tells"
        ),
    )
    op.execute("UPDATE post SET wiping = true WHERE kind IN ('wipe', 'remove', 'turnout')")
    op.drop_index("post_due", "post")
    op.create_index("post_due", "post", ["bot", "state", "wiping", "not_before", "id"], unique=False)
    op.create_index("post_settled", "post", ["state", "kind", "not_before"], unique=False)
