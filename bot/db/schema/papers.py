"""Templates of papers that an office has put in the place of those that ship. No query and no rule lives here."""

from __future__ import annotations

from sqlalchemy import Column, LargeBinary, String, Table

from bot.db.schema.base import Moment, metadata

paper_templates = Table(
    "paper_templates",
    metadata,
    Column("paper", String, primary_key=True),
    Column("layout", String, primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("used_since", Moment, nullable=False),
)
