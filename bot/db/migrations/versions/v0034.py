"""Which committees have ended: from which day on, by which decision, who goes on with what they leave."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "closures",
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date()),
        sa.Column("approval_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer()),
        sa.Column("successor", sa.String(), nullable=False),
        sa.UniqueConstraint("committee_id", name="uq_closures_committee_id"),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], f"fk_closures_{column}_{table}")
            for column, table in (
                ("committee_id", "committees"),
                ("approval_id", "approvals"),
                ("successor_id", "committees"),
            )
        ),
    )
