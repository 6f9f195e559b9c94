"""Whether somebody stated the deadline of a consultation, or the regulation's own days were taken."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version; what opened before is read as stated, as it was then."""
    op.add_column(
        "consultations",
        sa.Column("deadline_stated", sa.Boolean(), server_default=sa.true(), nullable=False),
    )
