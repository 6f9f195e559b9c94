"""Debts: what somebody still owes after a decision, and how it ended. No query and no rule lives here."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text

from bot.db.schema.base import Moment, metadata, own_id, to

debts = Table(
    "debts",
    metadata,
    own_id(),
    to("committee_id", "committees.id"),
    Column("kind", String, nullable=False),  # upward_report | answer | notice | second_round | task
    Column("of", String, nullable=False),  # what it follows from: "consultation:3", "vote:5"
    Column("subject", Text, nullable=False),
    Column("article", String, nullable=False),
    Column("rule", String, nullable=False),  # id of the rule that asks for it, "" for none
    Column("to_whom", String, nullable=False),  # the receiver by name, "" where the article says it
    Column("body", String, nullable=False),  # whose head owes it; "" where one person does
    to("person_id", "people.id", required=False),
    to("asked_by", "people.id", required=False),  # to whom an answer is owed
    Column("since", Moment, nullable=False),
    Column("days", Integer, nullable=False),  # working days given from then
    Column("due_on", Date, nullable=False),  # the last acceptable day; moves with the calendar
    Column("settled_at", Moment),
    to("settled_by", "people.id", required=False),
    Column("number", String, nullable=False),  # of the paper, "" where none goes out
    Column("paper_on", Date),
    Column("words", Text, nullable=False),  # the answer, "" where a paper or an event settled it
    Column("dropped_at", Moment),
    Column("rests_since", Moment),  # while a second round runs
    Index("ix_debts_committee", "committee_id"),
    Index("ix_debts_of", "of"),
)

debt_mornings = Table(
    "debt_mornings",  # on which mornings it was brought to mind or listed
    metadata,
    Column("debt_id", Integer, ForeignKey("debts.id"), primary_key=True),
    Column("day", Date, primary_key=True),
)
