"""Who handles an update and who sends a message, where several processes serve one bot.

Later changes go into later files.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version; what waits already is nobody's, and of one order."""
    chat = sa.Column("chat_id", sa.BigInteger(), server_default="0", nullable=False)
    op.add_column("inbox", chat)
    op.add_column("inbox", sa.Column("claimed_by", sa.Integer(), nullable=True))
    op.add_column("outbox", sa.Column("claimed_by", sa.Integer(), nullable=True))
