"""That an opinion is reserved is a mark of its own, in writing and in a vote, and no part of an answer.

An item that waits names the votes whose opinions come with it, so that a mark set later is shown.

Later changes go into later files.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version; what was reserved with an answer that still counts stays reserved."""
    marks = op.create_table(
        "reservations",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.Column("vote_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_reservations_consultation_id_consultations"),
        ),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["votes.id"], name=op.f("fk_reservations_vote_id_votes")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_reservations_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservations")),
    )
    for of in ("consultation", "vote"):
        op.create_index(f"ix_reservations_{of}", "reservations", [f"{of}_id", "person_id"])
    answers = sa.table(
        "replies",
        sa.column("id", sa.Integer()),
        sa.column("consultation_id", sa.Integer()),
        sa.column("person_id", sa.Integer()),
        sa.column("reserved", sa.Boolean()),
        sa.column("received_at", sa.BigInteger()),
        sa.column("late", sa.Boolean()),
    )
    last = (
        sa.select(sa.func.max(answers.c.id))
        .where(answers.c.late.is_(False))
        .group_by(answers.c.consultation_id, answers.c.person_id)
    )
    reserved = sa.select(
        answers.c.consultation_id, answers.c.person_id, sa.true(), answers.c.received_at
    ).where(answers.c.id.in_(last), answers.c.reserved)
    columns = ["consultation_id", "person_id", "reserved", "at"]
    op.execute(marks.insert().from_select(columns, reserved))
    op.drop_column("replies", "reserved")
    op.add_column("agenda_waiting", sa.Column("votes", sa.JSON(), nullable=True))
