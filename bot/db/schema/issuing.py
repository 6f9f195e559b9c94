"""How bodies issue papers, and the numbers taken for them. No query and no rule lives here."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, Index, Integer, String, Table, Text, UniqueConstraint

from bot.db.schema.base import Moment, metadata, own_id, to

issuing_settings = Table(
    "issuing_settings",  # what a body has set for its papers; where a row is missing, the default holds
    metadata,
    own_id(),
    to("committee_id", "committees.id"),
    Column("body", String, nullable=False),
    Column("field", String, nullable=False),  # "superior", or with a paper "symbol.conclusion"
    Column("value", JSON, nullable=False),
    UniqueConstraint("committee_id", "body", "field"),
)

paper_numbers = Table(
    "paper_numbers",  # the rows of numbers; one is never given twice, and never given back
    metadata,
    own_id(),
    to("committee_id", "committees.id"),
    Column("body", String, nullable=False),
    Column("since", Date, nullable=False),  # the day on which the term began
    Column("kind", String, nullable=False),  # the type of paper, "BB"
    Column("number", Integer, nullable=False),
    Column("symbol", String, nullable=False),  # "BB/ĐU", as it stood when the number was taken
    Column("paper", String, nullable=False),  # "" where the number was skipped
    Column("subject", String, nullable=False),  # "consultation:3"; "" where it was skipped
    Column("title", Text, nullable=False),  # of what the paper is about
    Column("taken_on", Date, nullable=False),
    to("taken_by", "people.id"),
    Column("reason", Text, nullable=False),  # why it was skipped or its paper dropped, else ""
    Column("dropped_at", Moment),
    UniqueConstraint("committee_id", "body", "since", "kind", "number"),
    Index("ix_paper_numbers_subject", "committee_id", "subject"),
)
