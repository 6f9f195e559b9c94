"""A slip may ask about several contents, each with its own answers; of a slip with one nothing is written."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.add_column("consultations", sa.Column("contents", sa.JSON()))
    op.add_column("replies", sa.Column("content", sa.Integer()))
    op.add_column("reservations", sa.Column("content", sa.Integer()))
