"""An office may put its own template of a paper in the place of the one that ships."""

import sqlalchemy as sa
from alembic import op

from bot.db.schema.base import Moment

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "paper_templates",
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("layout", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("used_since", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("paper", "layout"),
    )
