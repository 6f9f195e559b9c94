"""Members may abstain in a vote where their rule book has it; slips have several pages and a board that counts them."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version; no vote so far had abstaining among its answers."""
    op.add_column(
        "votes", sa.Column("abstains", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_table(
        "counting_boards",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.Column("vote_id", sa.Integer(), nullable=True),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("witnesses", sa.JSON(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("counts_at", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("acting_for", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_counting_boards_consultation_id_consultations"),
        ),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["votes.id"], name=op.f("fk_counting_boards_vote_id_votes")
        ),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_counting_boards_by_people")),
        sa.ForeignKeyConstraint(
            ["acting_for"], ["people.id"], name=op.f("fk_counting_boards_acting_for_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counting_boards")),
    )
    op.create_index("ix_counting_boards_consultation", "counting_boards", ["consultation_id"])
    op.create_index("ix_counting_boards_vote", "counting_boards", ["vote_id"])
    op.create_table(
        "slip_pages",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_slip_pages_consultation_id_consultations"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_slip_pages_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["blobs.sha256"], name=op.f("fk_slip_pages_sha256_blobs")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["people.id"], name=op.f("fk_slip_pages_entered_by_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slip_pages")),
    )
    op.create_index("ix_slip_pages_consultation", "slip_pages", ["consultation_id", "person_id"])
