"""Absences of heads that another takes on, how far somebody stands in, and for whom a consultation's acts were done.

Later changes go into later files.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NAMED = (
    ("delegations", "absence_id", "absences"),
    ("consultations", "approved_for", "people"),
    ("acts", "acting_for", "people"),
)
"""Columns that name a row of another table: SQLite adds one with its reference only in these words."""


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "absences",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("to", sa.Integer(), nullable=True),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committees.id"], name=op.f("fk_absences_committee_id_committees")
        ),
        sa.ForeignKeyConstraint(["of"], ["people.id"], name=op.f("fk_absences_of_people")),
        sa.ForeignKeyConstraint(["to"], ["people.id"], name=op.f("fk_absences_to_people")),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["people.id"], name=op.f("fk_absences_entered_by_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index("ix_absences_committee", "absences", ["committee_id"], unique=False)
    op.add_column(
        "delegations", sa.Column("scope", sa.String(), server_default="all", nullable=False)
    )
    for table, column, other in NAMED:
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {column} INTEGER"
            f" CONSTRAINT fk_{table}_{column}_{other} REFERENCES {other} (id)"
        )
