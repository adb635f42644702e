"""Villages merged, the language of a group, pictures that Telegram has already, digests of several messages

The previous release must survive this step: add, fill, and drop only what that release no longer reads.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "session",
        sa.Column(
            "villages",
            sa.Text(),
            nullable=True,
            comment="ids of the sessions that were merged; null for one that people scored in",
        ),
    )
    op.create_index("session_place", "session", ["bot", "place", "round"], unique=False)
    op.add_column(
        "session_point",
        sa.Column(
            "largest_phone",
            sa.Integer(),
            nullable=True,
            comment="ballots from the phone that sent most, while small counts are kept",
        ),
    )
    op.add_column("group_chat", sa.Column("language", sa.String(length=16), server_default="both", nullable=False))
    op.drop_column("post", "file_id")
    op.add_column(
        "post",
        sa.Column(
            "earlier",
            sa.Text(),
            nullable=True,
            comment="JSON: ids of the messages with its pictures before the last",
        ),
    )
    op.create_table(
        "picture",
        sa.Column("bot", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("bot", "key"),
    )
