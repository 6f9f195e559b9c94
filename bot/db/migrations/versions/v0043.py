"""Somebody takes no part in one content of a slip; before, it was always the whole slip."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.add_column("acts", sa.Column("content", sa.Integer()))
