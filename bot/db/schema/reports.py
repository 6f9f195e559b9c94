"""Reports: who owes what and when, what was done about it, notices by hand. No query and no rule lives here."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.db.schema.base import Moment, metadata, own_id, to

hand_duties = Table(
    "hand_duties",  # reports asked for beside the regulation (đột xuất)
    metadata,
    own_id(),
    to("committee_id", "committees.id"),
    Column("duty", String, nullable=False),  # the id it goes by: one of the regulation, or its own
    Column("name", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("to_whom", String, nullable=False),
    Column("article", String, nullable=False),  # "" where no article asks for it
    Column("due_on", Date, nullable=False),
    Column("due_at", Moment),  # set where an hour was fixed
    to("asked_by", "people.id"),
    Column("asked_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    Index("ix_hand_duties_committee", "committee_id"),
)

report_dues = Table(
    "report_dues",  # one report that one debtor owes for one period
    metadata,
    own_id(),
    to("committee_id", "committees.id"),
    Column("duty", String, nullable=False),
    Column("period", String, nullable=False),  # "2026-Q2"; see bot/regulations/rules/periods.py
    Column("debtor", String, nullable=False),  # "person:12", "body:dang_doan", "office:secretary"
    Column("debtor_name", String, nullable=False),
    Column("sought", Text, server_default="", nullable=False),  # what and whose, as it is searched
    to("person_id", "people.id", required=False),  # set where the debtor is one person or unit
    Column("rulebook", String(64), ForeignKey("rulebooks.digest"), nullable=False),
    to("hand_id", "hand_duties.id", required=False),
    Column("what", Text, nullable=False),
    Column("article", String, nullable=False),
    Column("first_day", Date, nullable=False),  # of the period
    Column("due_on", Date, nullable=False),  # the last acceptable day, as it was made
    Column("due_at", Moment),  # set where a person fixed an hour
    Column("made_at", Moment, nullable=False),
    UniqueConstraint("committee_id", "duty", "period", "debtor"),
    Index("ix_report_dues_person", "person_id"),
)

report_acts = Table(
    "report_acts",  # append-only: deliver, ask, grant, decline, excuse, edit, move, later, remind, list
    metadata,
    own_id(),
    to("due_id", "report_dues.id"),
    Column("kind", String, nullable=False),
    Column("at", Moment, nullable=False),
    to("by", "people.id", required=False),  # None: the clock
    Column("day", Date),  # until when; the morning of a reminder
    Column("number", String, nullable=False),  # of the paper, "" when there is none
    Column("paper_on", Date),  # its date, or the day on which the office received it
    Column("words", Text, nullable=False),
    Column("file_name", String, nullable=False),
    Column("file_id", String, nullable=False),
    Column("file_sha256", String(64), ForeignKey("blobs.sha256")),
    Column("file_size", Integer, nullable=False),
    Index("ix_report_acts_due", "due_id"),
)

report_settings = Table(
    "report_settings",  # what a committee fixed for itself: for a duty always ("") or for one period
    metadata,
    to("committee_id", "committees.id"),
    Column("duty", String, nullable=False),
    Column("period", String, nullable=False),
    Column("day", Date),  # for one period
    Column("rule", String, nullable=False),  # for always, as typed: "25", "5 tháng sau", "15/11"
    Column("remind_days", JSON),
    to("set_by", "people.id"),
    Column("set_at", Moment, nullable=False),
    UniqueConstraint("committee_id", "duty", "period"),
)

report_rounds = Table(
    "report_rounds",  # one row a committee: the last morning on which all was done
    metadata,
    Column("committee_id", Integer, ForeignKey("committees.id"), primary_key=True),
    Column("through", Date, nullable=False),
)

member_notices = Table(
    "member_notices",  # notices that the head sends to members (QN 4.6)
    metadata,
    own_id(),
    to("committee_id", "committees.id"),
    Column("body", String, nullable=False),
    Column("duty", String, nullable=False),  # the duty that it fulfils; "" for none
    Column("subject", Text, nullable=False),
    Column("sought", Text, server_default="", nullable=False),  # the subject as it is searched
    Column("text", Text, nullable=False),
    to("sent_by", "people.id"),
    to("acting_for", "people.id", required=False),
    Column("sent_at", Moment, nullable=False),
    Index("ix_member_notices_committee", "committee_id"),
)

notice_receipts = Table(
    "notice_receipts",
    metadata,
    Column("notice_id", Integer, ForeignKey("member_notices.id"), primary_key=True),
    Column("person_id", Integer, ForeignKey("people.id"), primary_key=True),
    Column("name", String, nullable=False),
    Column("place", Integer, nullable=False),
    Column("delivered_at", Moment),
    Column("acknowledged_at", Moment),
    Column("recorded", Boolean, nullable=False, default=False),  # handed over on paper
)
