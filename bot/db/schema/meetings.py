"""Meetings: what they deal with, who is invited and who came, votes in the room. No query and no rule lives here."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    false,
)

from bot.db.schema.base import Moment, metadata, own_id, to

meetings = Table(
    "meetings",
    metadata,
    own_id(),
    to("committee_id", "committees.id"),
    Column("number", Integer),  # per committee, given when it is called
    Column("rulebook", String(64), ForeignKey("rulebooks.digest"), nullable=False),
    Column("body", String, nullable=False),
    Column("kind", String, nullable=False),  # regular | extraordinary | working_session
    Column("session", String, nullable=False),  # id of the working session; "" otherwise
    Column("starts_at", Moment, nullable=False),
    Column("place", Text, nullable=False),
    Column("uid", String, nullable=False, unique=True),  # of the calendar file, for ever
    Column("sequence", Integer, nullable=False),  # of the calendar file, higher with every change
    Column(
        "guests_wanted", JSON, nullable=False, default=list
    ),  # until it is called: names, categories
    to("prepared_by", "people.id"),
    Column("submitted_at", Moment, nullable=False),
    Column("called_at", Moment),  # the head approved, the invitations went out
    Index("ix_meetings_committee", "committee_id", "body", "starts_at"),
)

meeting_acts = Table(
    "meeting_acts",  # append-only; the stage of a meeting follows from these
    metadata,
    own_id(),
    to("meeting_id", "meetings.id"),
    Column("kind", String, nullable=False),
    Column("at", Moment, nullable=False),
    to("by", "people.id", required=False),  # None: the clock
    to("acting_for", "people.id", required=False),  # set when a delegate acts
    Column("reason", Text, nullable=False),
    Column("detail", JSON, nullable=False),
    Index("ix_meeting_acts_meeting", "meeting_id"),
)

agenda_items = Table(
    "agenda_items",
    metadata,
    own_id(),
    to("meeting_id", "meetings.id"),
    Column("place", Integer, nullable=False),  # from 1
    Column("subject", Text, nullable=False),
    Column("sought", Text, server_default="", nullable=False),  # the subject as it is searched
    Column("matter", String, nullable=False),
    Column("closed", Boolean, nullable=False),  # nội dung cần họp riêng: hidden from some guests
    Column("reason", String, nullable=False),  # why it waited, "" when it did not
    to("responsible", "people.id", required=False),
    to("waiting_id", "agenda_waiting.id", required=False),
    to("consultation_id", "consultations.id", required=False),
    Column("taken_off_at", Moment),
    Index("ix_agenda_items_meeting", "meeting_id"),
)

conclusions = Table(
    "conclusions",  # append-only; the last one of an item holds
    metadata,
    own_id(),
    to("item_id", "agenda_items.id"),
    Column("kind", String, nullable=False),  # adopted | not_adopted | adjourned | noted
    Column("words", Text, nullable=False),
    Column("at", Moment, nullable=False),
    to("by", "people.id"),
    to("acting_for", "people.id", required=False),
    Index("ix_conclusions_item", "item_id"),
)

invitees = Table(
    "invitees",  # frozen when the meeting is called: its roll, and the guests beside it
    metadata,
    Column("meeting_id", Integer, ForeignKey("meetings.id"), primary_key=True),
    Column("person_id", Integer, ForeignKey("people.id"), primary_key=True),
    Column("guest", Boolean, nullable=False),
    Column("category", String, nullable=False),  # id of the guest rule, "" when there is none
    Column("name", String, nullable=False),
    Column("office", String, nullable=False),
    Column("full_time", Boolean, nullable=False),
    Column("part_time_vice_president", Boolean, nullable=False, server_default=false()),
    Column("place", Integer, nullable=False),
    Index("ix_invitees_person", "person_id"),
)

attendance = Table(
    "attendance",  # append-only: attend, absent, consent, refuse, check_in, leave
    metadata,
    own_id(),
    to("meeting_id", "meetings.id"),
    to("person_id", "people.id"),
    Column("kind", String, nullable=False),
    Column("at", Moment, nullable=False),
    to("by", "people.id"),
    to("acting_for", "people.id", required=False),
    Column("reason", Text, nullable=False),
    Index("ix_attendance_meeting", "meeting_id"),
)

paper_receipts = Table(
    "paper_receipts",  # when each member got which document
    metadata,
    to("attachment_id", "attachments.id"),
    to("person_id", "people.id"),
    Column("at", Moment, nullable=False),
    Index("ix_paper_receipts", "attachment_id", "person_id", unique=True),
)

delegations = Table(
    "delegations",
    metadata,
    own_id(),
    to("committee_id", "committees.id"),
    Column("body", String, nullable=False),
    to("of", "people.id"),
    to("to", "people.id"),
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("article", String, nullable=False),
    Column("scope", String, nullable=False, server_default="all"),
    to("absence_id", "absences.id", required=False),  # None: the head's own delegation
    Column("given_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    Index("ix_delegations_committee", "committee_id"),
)

meeting_requests = Table(
    "meeting_requests",  # members who ask for an extraordinary meeting
    metadata,
    own_id(),
    to("committee_id", "committees.id"),
    Column("body", String, nullable=False),
    to("person_id", "people.id"),
    Column("reason", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("told_at", Moment),  # among enough others: head and clerk were told
    Column("settled_at", Moment),
    Column("settled", String),  # withdrawn | called | declined
    Index("ix_meeting_requests_committee", "committee_id"),
)

minute_keepers = Table(
    "minute_keepers",  # append-only; the last one keeps the minutes, and while there is none a clerk
    metadata,
    own_id(),
    to("meeting_id", "meetings.id"),
    to("person_id", "people.id"),
    Column("at", Moment, nullable=False),
    to("by", "people.id"),
    to("acting_for", "people.id", required=False),
    Index("ix_minute_keepers_meeting", "meeting_id"),
)

minute_pieces = Table(
    "minute_pieces",  # the course of the discussion, append-only
    metadata,
    own_id(),
    to("item_id", "agenda_items.id"),
    Column("words", Text, nullable=False),
    Column("anew", Boolean, nullable=False),  # in place of all that was written of the item before
    Column("at", Moment, nullable=False),
    to("by", "people.id"),
    Index("ix_minute_pieces_item", "item_id"),
)

# --- votes in the room -----------------------------------------------------------------------

votes = Table(
    "votes",
    metadata,
    own_id(),
    to("meeting_id", "meetings.id"),
    to("item_id", "agenda_items.id"),
    Column("kind", String, nullable=False),  # approve | names | confidence
    Column("secret", Boolean, nullable=False),
    Column("matter", String, nullable=False),
    Column("names", JSON, nullable=False),  # [] for a vote to approve
    Column("opened_at", Moment, nullable=False),
    to("opened_by", "people.id"),
    to("opened_for", "people.id", required=False),
    Column("closed_at", Moment),
    to("closed_by", "people.id", required=False),
    to("closed_for", "people.id", required=False),
    Column("result", JSON),
    Column("abstains", Boolean, server_default=false(), nullable=False),  # it is an answer here
    Index("ix_votes_meeting", "meeting_id"),
)

open_votes = Table(
    "open_votes",  # named and append-only; the last one before the close counts
    metadata,
    own_id(),
    to("vote_id", "votes.id"),
    to("person_id", "people.id"),
    Column("answers", JSON, nullable=False),  # {"": choice}, or a choice for each name
    Column("words", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_open_votes_vote", "vote_id"),
)

raised_hands = Table(
    "raised_hands",  # of an open vote, append-only; the last entry before the close counts
    metadata,
    own_id(),
    to("vote_id", "votes.id"),
    Column("approve", Integer, nullable=False),
    Column("against", JSON, nullable=False),  # ids of those against
    Column("abstain", Integer, nullable=False),
    Column("among", JSON, nullable=False),  # ids of those who were there and had not voted by phone
    Column("at", Moment, nullable=False),
    to("by", "people.id"),
    to("acting_for", "people.id", required=False),
    Index("ix_raised_hands_vote", "vote_id"),
)

recusals = Table(
    "recusals",  # of a vote, append-only: takes no part, or takes part again; the last one counts
    metadata,
    own_id(),
    to("vote_id", "votes.id"),
    to("person_id", "people.id"),
    Column("out", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Moment, nullable=False),
    to("by", "people.id"),  # the member, or whoever of the office entered it
    to("acting_for", "people.id", required=False),
    Index("ix_recusals_vote", "vote_id"),
)

ballot_rolls = Table(
    "ballot_rolls",  # who has cast a secret ballot: no moment, no sequence
    metadata,
    Column("vote_id", Integer, ForeignKey("votes.id"), primary_key=True),
    Column("person_id", Integer, ForeignKey("people.id"), primary_key=True),
    sqlite_with_rowid=False,
)

ballot_boxes = Table(
    "ballot_boxes",  # one row a vote: every ballot so far, equal in length, sorted, sealed
    metadata,
    Column("vote_id", Integer, ForeignKey("votes.id"), primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
)
