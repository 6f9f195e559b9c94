"""What of a request was corrected before it was approved; papers added while it ran; subjects as they are searched.

Later changes go into later files.
"""

import sqlalchemy as sa
from alembic import op

from bot.values.sought import searchable

revision = "0014"
down_revision = "0012"
branch_labels = None
depends_on = None

PIECE = 500
"""Rows brought to their searched form at once."""
SEARCHED = {
    "consultations": ("subject",),
    "agenda_items": ("subject",),
    "member_notices": ("subject",),
    "report_dues": ("what", "debtor_name"),
}
"""What is searched, by its table."""


def upgrade() -> None:
    """Bring the tables to this version; every subject kept so far is found by search from now on."""
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("acting_for", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_corrections_consultation_id_consultations"),
        ),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_corrections_by_people")),
        sa.ForeignKeyConstraint(
            ["acting_for"], ["people.id"], name=op.f("fk_corrections_acting_for_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    op.create_index("ix_corrections_consultation", "corrections", ["consultation_id"])
    op.add_column("attachments", sa.Column("added_at", sa.BigInteger(), nullable=True))
    for table, told in SEARCHED.items():
        op.add_column(table, sa.Column("sought", sa.Text(), server_default="", nullable=False))
        _make_searchable(table, told)


def _make_searchable(name: str, told: tuple[str, ...]) -> None:
    connection = op.get_bind()
    table = sa.table(name, sa.column("id"), sa.column("sought"), *map(sa.column, told))
    fill = (
        sa.update(table)
        .where(table.c.id == sa.bindparam("of"))
        .values(sought=sa.bindparam("words"))
    )
    query = sa.select(table.c.id, *(table.c[each] for each in told)).order_by(table.c.id)
    last = 0
    while rows := connection.execute(query.where(table.c.id > last).limit(PIECE)).all():
        kept = [{"of": row[0], "words": searchable(" ".join(row[1:]))} for row in rows]
        connection.execute(fill, kept)
        last = rows[-1].id
