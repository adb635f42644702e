"""The chat as people use it: codes of eight digits, topics of groups, who asked to link one, and pauses of chats

The previous release must survive this step: add, fill, and drop only what that release no longer reads.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA defer_foreign_keys = ON")  # the table is made anew, under its name
    with op.batch_alter_table("session", table_kwargs={"sqlite_autoincrement": True}) as session:
        session.alter_column("code", type_=sa.String(length=8), existing_nullable=False)
    where = sa.Column("topic", sa.BigInteger(), comment="where digests go; null for the only or general one")
    op.add_column("group_chat", where)
    who = sa.Column("person", sa.BigInteger(), server_default="0", nullable=False)
    who.comment = "who asked, and alone may go on"
    op.add_column("group_waiting", who)
    op.add_column("group_waiting", sa.Column("topic", sa.BigInteger()))
    op.add_column("group_waiting", sa.Column("commune", sa.String(length=6), comment="the one that others must agree to"))
    op.create_table(
        "chat_flood",
        sa.Column("bot", sa.BigInteger(), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("bot", "chat"),
    )
