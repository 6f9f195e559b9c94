"""The working calendar knows which years were entered, and which of them were compared with the announcement.

Later changes go into later files.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

COMPARED_THROUGH = 2026
"""As the table of public holidays was when this was written."""


def upgrade() -> None:
    """Bring the tables to this version."""
    op.add_column(
        "calendar_days",
        sa.Column("announced", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    years = op.create_table(
        "calendar_years",
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("compared_at", sa.BigInteger(), nullable=True),
        sa.Column("compared_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["committee_id"],
            ["committees.id"],
            name=op.f("fk_calendar_years_committee_id_committees"),
        ),
        sa.ForeignKeyConstraint(
            ["compared_by"], ["people.id"], name=op.f("fk_calendar_years_compared_by_people")
        ),
        sa.UniqueConstraint("committee_id", "year", name=op.f("uq_calendar_years_committee_id")),
    )
    days = sa.table(
        "calendar_days",
        sa.column("committee_id", sa.Integer()),
        sa.column("day", sa.Date()),
        sa.column("source", sa.String()),
        sa.column("announced", sa.Boolean()),
    )
    through = sa.literal(COMPARED_THROUGH)
    year = sa.extract("year", days.c.day)
    compared = sa.case((year <= through, sa.func.min(days.c.source)))
    entered = (
        sa.select(days.c.committee_id, year, compared)
        .where(days.c.source.like("holidays%"))
        .group_by(days.c.committee_id, year)
    )
    op.execute(years.insert().from_select(["committee_id", "year", "source"], entered))
    # A day that the clerk entered was announced to the clerk; so were those of years compared before.
    told = sa.or_(year <= through, days.c.source.not_like("holidays%"))
    op.execute(days.update().where(told).values(announced=True))
