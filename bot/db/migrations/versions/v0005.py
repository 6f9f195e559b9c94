"""Who holds a seat as a part-time vice president: a mark of the seat, and of the roll of a meeting (8.2.2)."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version; nobody is marked before somebody says so."""
    for table in ("seats", "invitees"):
        op.add_column(
            table,
            sa.Column(
                "part_time_vice_president", sa.Boolean(), server_default=sa.false(), nullable=False
            ),
        )
