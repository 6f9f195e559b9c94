"""A person's unit and the words beside the office are kept, as the roster of the founding has them.

Later changes go into later files.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version; of those entered before, neither is known."""
    for name in ("unit", "post"):
        op.add_column("people", sa.Column(name, sa.String(), server_default="", nullable=False))
