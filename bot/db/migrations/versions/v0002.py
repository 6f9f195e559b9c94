"""Due moments that fail: how often, with what, until when put off, since when set aside.

Later changes go into later files.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.add_column("dues", sa.Column("attempts", sa.Integer(), server_default="0", nullable=False))
    op.add_column("dues", sa.Column("fault", sa.String(), nullable=True))
    op.add_column("dues", sa.Column("again_at", sa.BigInteger(), nullable=True))
    op.add_column("dues", sa.Column("set_aside_at", sa.BigInteger(), nullable=True))
    op.create_index("ix_dues_again", "dues", ["again_at"], unique=False)
