"""Committees, people, seats, invitations, the calendar. No query and no rule lives here."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
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
    false,
)

from bot.db.schema.base import Moment, metadata, own_id, to

rulebooks = Table(
    "rulebooks",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("name", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("settings", JSON, nullable=False),
)

committees = Table(
    "committees",
    metadata,
    own_id(),
    Column("name", String, nullable=False, unique=True),
    Column("rulebook", String(64), ForeignKey("rulebooks.digest"), nullable=False),
    Column("created_at", Moment, nullable=False),
)

rulebook_turns = Table(
    "rulebook_turns",  # which rule book a committee took after which, and from which day on
    metadata,
    own_id(),
    to("committee_id", "committees.id"),
    Column("before", String(64), ForeignKey("rulebooks.digest"), nullable=False),
    Column("rulebook", String(64), ForeignKey("rulebooks.digest"), nullable=False),
    Column("since", Date, nullable=False),  # the first day that goes by it
    to("approval_id", "approvals.id", required=False),  # NULL: an edition of the program
    Column("at", Moment, nullable=False),
    Index("ix_rulebook_turns_committee", "committee_id"),
)

closures = Table(
    "closures",  # committees that have ended: from which day on, by which decision, who goes on with what they leave
    metadata,
    to("committee_id", "committees.id"),
    Column("since", Date, nullable=False),
    Column("closed_at", Moment, nullable=False),
    Column("decision", String, nullable=False),  # its number
    Column("decided_on", Date),
    to("approval_id", "approvals.id"),  # the request by which it was asked and confirmed
    to("successor_id", "committees.id", required=False),  # where the successor is served here, too
    Column("successor", String, nullable=False),  # its name; "" where nobody goes on
    UniqueConstraint("committee_id"),
)

roster_turns = Table(
    "roster_turns",  # what was confirmed of a new roster, a new term, when its day had come
    metadata,
    own_id(),
    to("committee_id", "committees.id"),
    to("approval_id", "approvals.id"),
    Column("since", Date, nullable=False),  # the first day that goes by it
    Column("term", Boolean, nullable=False),  # whether a new term began with it
    Column("refused", String, nullable=False),  # why it could not be done by then; "" where it was
    Column("at", Moment, nullable=False),
    Index("ix_roster_turns_committee", "committee_id"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),  # Telegram's numeric id
    Column("joined_at", Moment, nullable=False),
    Column("blocked_at", Moment),
)

people = Table(
    "people",
    metadata,
    own_id(),
    to("committee_id", "committees.id"),
    Column("name", String, nullable=False),
    Column("account_id", BigInteger, ForeignKey("accounts.id")),
    Column("retired_at", Moment),
    Column("unit", String, nullable=False, server_default=""),  # where the person works
    Column("post", String, nullable=False, server_default=""),  # words beside the office
    Column("code", String, nullable=False, server_default=""),  # the office's own of the person
    UniqueConstraint("committee_id", "account_id"),
    Index("ix_people_account", "account_id"),
)

seats = Table(
    "seats",
    metadata,
    own_id(),
    to("committee_id", "committees.id"),
    to("person_id", "people.id"),
    Column("role", String, nullable=False),  # member | clerk | officer
    Column("body", String, nullable=False),  # body id; "" for a clerk
    Column("office", String, nullable=False),
    Column("full_time", Boolean, nullable=False),
    Column("part_time_vice_president", Boolean, nullable=False, server_default=false()),
    Column("place", Integer, nullable=False),
    Column("retired_at", Moment),
    Index("ix_seats_person", "person_id"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    to("person_id", "people.id"),
    Column("issued_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("revoked_at", Moment),
)

approvals = Table(
    "approvals",  # what one person asked and another confirms or refuses
    metadata,
    own_id(),
    to("committee_id", "committees.id"),
    Column("kind", String, nullable=False),  # whose request it is, by the subject's name for it
    Column("about", String, nullable=False),  # "person:3"; "" where it is about nobody known yet
    Column("content", JSON, nullable=False),  # what is asked, as its subject keeps it
    Column("decision", String, nullable=False),  # the number of the decision it rests on, else ""
    Column("decided_on", Date),
    to("asked_by", "people.id"),
    Column("asked_at", Moment, nullable=False),
    Column("passed_on_at", Moment),  # who was asked first was silent; others may answer, too
    Column("state", String, nullable=False),  # asked | confirmed | refused | … (`State`)
    Column("settled_at", Moment),
    Index("ix_approvals_committee", "committee_id", "state"),
)

approval_voices = Table(
    "approval_voices",
    metadata,
    own_id(),
    to("approval_id", "approvals.id"),
    to("person_id", "people.id", required=False),  # NULL: who runs the machine
    Column("agrees", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    to("acting_for", "people.id", required=False),  # the head in whose place it was said
    Column("at", Moment, nullable=False),
    Index("ix_approval_voices_approval", "approval_id"),
)

absences = Table(
    "absences",  # of heads, entered by the clerk; who takes one on stands in (delegations)
    metadata,
    own_id(),
    to("committee_id", "committees.id"),
    to("of", "people.id"),
    Column(
        "body", String, nullable=False
    ),  # on duty for that body alone; "" for all that the head heads
    to("to", "people.id", required=False),  # who is put on duty; None: any deputy
    Column("decision", String, nullable=False),  # its number, where a body decided; else ""
    Column("decided_on", Date),
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    to("entered_by", "people.id"),
    Column("entered_at", Moment, nullable=False),
    Column("ended_at", Moment),  # by the head, before its time
    Index("ix_absences_committee", "committee_id"),
)

calendar_days = Table(
    "calendar_days",
    metadata,
    to("committee_id", "committees.id"),
    Column("day", Date, nullable=False),
    Column("kind", String, nullable=False),  # off | working
    Column("name", String, nullable=False),
    Column("source", String, nullable=False),
    Column("announced", Boolean, server_default=false(), nullable=False),
    UniqueConstraint("committee_id", "day"),
)

calendar_years = Table(
    "calendar_years",
    metadata,
    to("committee_id", "committees.id"),
    Column("year", Integer, nullable=False),  # its days off have been entered
    Column("source", String),  # what they were compared with; NULL while only computed
    Column("compared_at", Moment),
    to("compared_by", "people.id", required=False),
    UniqueConstraint("committee_id", "year"),
)
