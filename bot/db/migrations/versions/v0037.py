"""What waits for a meeting says which content of a slip with several it is; of any other nothing is written."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.add_column("agenda_waiting", sa.Column("content", sa.Integer()))
