"""Hands that are raised in an open vote, by members who have no phone at hand, are entered by the office."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "raised_hands",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("approve", sa.Integer(), nullable=False),
        sa.Column("against", sa.JSON(), nullable=False),
        sa.Column("abstain", sa.Integer(), nullable=False),
        sa.Column("among", sa.JSON(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("acting_for", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["acting_for"], ["people.id"], name=op.f("fk_raised_hands_acting_for_people")
        ),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_raised_hands_by_people")),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["votes.id"], name=op.f("fk_raised_hands_vote_id_votes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_raised_hands")),
    )
    op.create_index("ix_raised_hands_vote", "raised_hands", ["vote_id"])
