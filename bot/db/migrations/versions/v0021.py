"""Each line of a register tells the rows that its act wrote.

No table changes. What stood before is told once by a line of its own, after all revisions (bot.db.versions).
"""

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version: they are as before."""
