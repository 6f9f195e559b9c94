"""Which rule book a committee took after which, from which day on."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "rulebook_turns",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("rulebook", sa.String(length=64), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("approval_id", sa.Integer()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rulebook_turns"),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.{key}"], f"fk_rulebook_turns_{column}_{table}"
            )
            for column, table, key in (
                ("committee_id", "committees", "id"),
                ("before", "rulebooks", "digest"),
                ("rulebook", "rulebooks", "digest"),
                ("approval_id", "approvals", "id"),
            )
        ),
    )
    op.create_index("ix_rulebook_turns_committee", "rulebook_turns", ["committee_id"])
