"""Somebody takes no part in one content of a slip, or in a vote of a meeting; before, only in a whole slip."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.add_column("acts", sa.Column("content", sa.Integer()))
    op.create_table(
        "vote_recusals",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("recused", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_vote_recusals_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["votes.id"], name=op.f("fk_vote_recusals_vote_id_votes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_recusals")),
    )
    op.create_index("ix_vote_recusals_vote", "vote_recusals", ["vote_id"])
