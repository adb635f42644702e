"""Posts have a subject that can be asked for, and their keys hold no chat: a chat that moves takes them along

The previous release must survive this step: add, fill, and drop only what that release no longer reads.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("post_chat", "post")
    op.drop_index("post_due", "post")
    op.rename_table("post", "post_before")
    op.create_table(
        "post",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("bot", sa.BigInteger(), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=16), nullable=True, comment="the kind of thing it is about"),
        sa.Column("subject_id", sa.BigInteger(), nullable=True),
        sa.Column("detail", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("dedup", sa.String(length=80), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("replaces", sa.BigInteger(), nullable=True, comment="the message to edit"),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("claimed_by", sa.String(length=16), nullable=True),
        sa.Column("claimed_until", sa.BigInteger(), nullable=True),
        sa.Column("retry_at", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "earlier",
            sa.Text(),
            nullable=True,
            comment="JSON: ids of the messages with its pictures before the last",
        ),
        sa.Column("error", sa.String(length=48), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("bot", "chat", "dedup"),
        sqlite_autoincrement=True,
    )
    op.create_index("post_due", "post", ["bot", "state", "not_before"], unique=False)
    op.create_index("post_waiting", "post", ["bot", "chat", "state", "id"], unique=False)
    op.create_index("post_subject", "post", ["subject", "subject_id", "kind"], unique=False)
    # What was noted as sent keeps its key in the new form, so that nothing is sent again; what only rewrites keeps its own.
    op.execute(
        "INSERT INTO post (id, bot, chat, kind, subject, subject_id, detail, language, dedup, not_before, replaces, "
        "state, claimed_by, claimed_until, retry_at, attempts, message_id, earlier, error) "
        "SELECT id, bot, chat, kind, CASE WHEN json_extract(payload, '$.session') IS NULL THEN NULL ELSE 'session' END, "
        "json_extract(payload, '$.session'), coalesce(json_extract(payload, '$.detail'), ''), language, "
        "CASE WHEN replaces IS NULL AND json_extract(payload, '$.session') IS NOT NULL THEN rtrim(kind || ':session:' || "
        "json_extract(payload, '$.session') || ':' || coalesce(json_extract(payload, '$.detail'), ''), ':') ELSE dedup END, "
        "not_before, replaces, state, claimed_by, claimed_until, retry_at, attempts, message_id, earlier, error "
        "FROM post_before WHERE true ON CONFLICT DO NOTHING"
    )
    op.drop_table("post_before")
    op.create_index("session_state", "session", ["bot", "state", "closes_at"], unique=False)
    op.create_index("session_unseen", "session", ["bot", "sealed", "looked_at"], unique=False)
