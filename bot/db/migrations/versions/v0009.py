"""A divided matter can be asked again: a consultation and an item know of what they are the second round.

Later changes go into later files.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.add_column("consultations", sa.Column("second_of", sa.String(), nullable=True))
    op.add_column("consultations", sa.Column("first_round", sa.JSON(), nullable=True))
    op.create_index("ix_consultations_second_of", "consultations", ["second_of"])
    op.add_column("agenda_waiting", sa.Column("second_of", sa.String(), nullable=True))
