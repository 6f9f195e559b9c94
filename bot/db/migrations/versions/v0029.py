"""Hands raised in an open vote are entered, and the minutes of a meeting have a keeper and the course of each item."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
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
    op.create_table(
        "minute_keepers",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("acting_for", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["acting_for"], ["people.id"], name=op.f("fk_minute_keepers_acting_for_people")
        ),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_minute_keepers_by_people")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_minute_keepers_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_minute_keepers_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minute_keepers")),
    )
    op.create_index("ix_minute_keepers_meeting", "minute_keepers", ["meeting_id"])
    op.create_table(
        "minute_pieces",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("anew", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_minute_pieces_by_people")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_items.id"], name=op.f("fk_minute_pieces_item_id_agenda_items")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minute_pieces")),
    )
    op.create_index("ix_minute_pieces_item", "minute_pieces", ["item_id"])
