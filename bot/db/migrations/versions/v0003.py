"""Answers that cannot be dated: by when a press that waited out an outage had been made.

Later changes go into later files.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version; answers kept before count from their earliest moment, as they did."""
    op.add_column("replies", sa.Column("latest_at", sa.BigInteger(), nullable=True))
