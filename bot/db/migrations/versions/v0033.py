"""Which rosters a committee took from which day on, and with which a new term began."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "roster_turns",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("approval_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("term", sa.Boolean(), nullable=False),
        sa.Column("refused", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_roster_turns"),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], f"fk_roster_turns_{column}_{table}")
            for column, table in (("committee_id", "committees"), ("approval_id", "approvals"))
        ),
    )
    op.create_index("ix_roster_turns_committee", "roster_turns", ["committee_id"])
