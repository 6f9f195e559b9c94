"""What waits for one chat, and whose an account is, are found without looking through everything.

Later changes go into later files.
"""

from alembic import op

revision = "0020"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_index("ix_outbox_chat", "outbox", ["chat_id", "state"])
    op.create_index("ix_people_account", "people", ["account_id"])
