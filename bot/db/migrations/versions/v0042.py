"""A person has a code of the office's own, by which another roster knows who is renamed; nobody had one before."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.add_column("people", sa.Column("code", sa.String(), server_default="", nullable=False))
