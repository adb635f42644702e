"""The chat as people use it: codes of eight digits

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
