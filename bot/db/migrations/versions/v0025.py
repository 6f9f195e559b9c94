"""A time of which nothing is kept any more is told from one in which nothing came in; each database has a mark.

The mark is drawn when the database is opened: no two that are migrated may have the same.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.add_column(
        "outages", sa.Column("lost", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_table(
        "origin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_origin")),
    )
