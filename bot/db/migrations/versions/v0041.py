"""A consultation says which one, held when a new term began, it was prepared anew from."""

from alembic import op

revision = "0041"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version; SQLite adds a column with its reference only in these words."""
    op.execute("ALTER TABLE consultations ADD COLUMN anew_of INTEGER REFERENCES consultations(id)")
