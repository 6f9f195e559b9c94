"""The register. No query and no rule lives here."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table

from bot.db.schema.base import Moment, metadata

register = Table(
    "register",
    metadata,
    Column("committee_id", Integer, ForeignKey("committees.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor", String, nullable=False),  # name and office, or "đồng hồ"
    Column("act", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("detail", JSON, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
)
