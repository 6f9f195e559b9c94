"""Members may abstain in a vote where their rule book has it."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version; no vote so far had abstaining among its answers."""
    op.add_column(
        "votes", sa.Column("abstains", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
