"""What one person asks another confirms: requests of all kinds with who said what. A rebinding is one of them.

Later changes go into later files.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version; a wish for another account is a request from here on."""
    approvals = _approvals()
    voices = _voices()
    _take_over(approvals, voices)
    op.drop_table("rebindings")


def _approvals() -> sa.Table:
    made = op.create_table(
        "approvals",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("passed_on_at", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["people.id"], name=op.f("fk_approvals_asked_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committees.id"], name=op.f("fk_approvals_committee_id_committees")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
    )
    op.create_index("ix_approvals_committee", "approvals", ["committee_id", "state"])
    return made


def _voices() -> sa.Table:
    made = op.create_table(
        "approval_voices",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("approval_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("acting_for", sa.Integer(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["acting_for"], ["people.id"], name=op.f("fk_approval_voices_acting_for_people")
        ),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["approvals.id"], name=op.f("fk_approval_voices_approval_id_approvals")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_approval_voices_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_voices")),
    )
    op.create_index("ix_approval_voices_approval", "approval_voices", ["approval_id"])
    return made


def _take_over(approvals: sa.Table, voices: sa.Table) -> None:
    asked = sa.text(
        "SELECT r.id, r.person_id, r.asked_by, r.asked_at, r.approved_by, r.settled_at,"
        " p.committee_id, p.name FROM rebindings r JOIN people p ON p.id = r.person_id"
    )
    for row in op.get_bind().execute(asked).all():
        content = {
            "does": "rebound",
            "name": row.name,
            "person": row.person_id,
            "before": None,
            "after": None,
        }
        settled = "confirmed" if row.approved_by else "refused"
        request = {
            "id": row.id,
            "committee_id": row.committee_id,
            "kind": "people",
            "about": f"person:{row.person_id}",
            "content": content,
            "decision": "",
            "asked_by": row.asked_by,
            "asked_at": row.asked_at,
            "state": settled if row.settled_at is not None else "asked",
            "settled_at": row.settled_at,
        }
        op.execute(approvals.insert().values(request))
        if row.approved_by:
            said = {"approval_id": row.id, "person_id": row.approved_by, "at": row.settled_at}
            op.execute(voices.insert().values(said | {"agrees": True, "reason": ""}))
