"""A question knows whether it still stands on the last screen shown, and the last words where they went.

Later changes go into later files.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version; what was asked last still stands, until something else is pressed."""
    with op.batch_alter_table("prompts") as prompts:
        prompts.add_column(
            sa.Column("asked_by", sa.BigInteger(), server_default=sa.text("0"), nullable=False)
        )
        prompts.add_column(sa.Column("title", sa.Text(), server_default="", nullable=False))
        prompts.add_column(
            sa.Column("turned_away", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        prompts.add_column(sa.Column("covered_at", sa.BigInteger(), nullable=True))
    op.create_table(
        "last_words",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("ref", sa.JSON(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_last_words")),
    )
