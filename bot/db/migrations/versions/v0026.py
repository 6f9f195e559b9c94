"""How the house stands is looked at many times a minute: an index finds it, and no table is read through."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.drop_index("ix_inbox_handled", "inbox")
    columns = ["handled_at", "received_at", "update_id", "fault"]
    op.create_index("ix_inbox_handled", "inbox", columns)
    set_aside = sa.text("set_aside_at IS NOT NULL")
    op.create_index(
        "ix_dues_set_aside", "dues", ["id"], sqlite_where=set_aside, postgresql_where=set_aside
    )
