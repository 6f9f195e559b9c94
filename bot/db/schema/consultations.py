"""Written consultations: forms, rolls, receipts, replies, acts. No query and no rule lives here."""

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
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    true,
)

from bot.db.schema.base import Moment, metadata, own_id, to

drafts = Table(
    "drafts",
    metadata,
    own_id(),
    to("committee_id", "committees.id"),
    to("person_id", "people.id"),
    Column("kind", String, nullable=False),
    Column("fields", JSON, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("ended_at", Moment),
)

prompts = Table(
    "prompts",  # what the next typed message of an account answers
    metadata,
    Column("account_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    Column("ref", JSON, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("asked_by", BigInteger, nullable=False, default=0),  # the update that it answered
    Column("title", Text, nullable=False, default=""),  # the head of its screen
    Column(
        "turned_away", Boolean, nullable=False, default=False
    ),  # something else was pressed since
    Column("covered_at", Moment),  # when a message was sent below it
)

last_words = Table(
    "last_words",  # where the last words of an account went
    metadata,
    Column("account_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    Column("ref", JSON, nullable=False),
    Column("title", Text, nullable=False),
    Column("message_id", BigInteger, nullable=False),
)

blobs = Table(
    "blobs",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

made_files = Table(
    "made_files",  # what the bot made to be sent once; it does not stay
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("made_at", Moment, nullable=False),
)

consultations = Table(
    "consultations",
    metadata,
    own_id(),
    to("committee_id", "committees.id"),
    Column("number", Integer),  # per committee, given at opening
    Column("rulebook", String(64), ForeignKey("rulebooks.digest"), nullable=False),
    Column("body", String, nullable=False),
    Column("matter", String, nullable=False),
    Column("ground", String, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("deadline", Moment),  # None: the regulation's own days, fixed at opening
    Column("deadline_stated", Boolean, server_default=true(), nullable=False),
    Column("submission_date", Date),
    Column("special_reason", Text),
    Column("silence_confirmed", Boolean, nullable=False),
    to("prepared_by", "people.id"),
    Column("submitted_at", Moment, nullable=False),
    to("approved_by", "people.id", required=False),
    to("approved_for", "people.id", required=False),  # the head, where another stood in
    Column("opened_at", Moment),
    Column("calendar_version", String),
    Column("days_off", JSON),  # the calendar frozen at opening: {"off": [...], "working": [...]}
    Column("closed_at", Moment),  # written by the act of closing, never by a timer
    Column("result", JSON),  # the outcome reached, as explained at the close
    Column("second_of", String),  # of a second round: what is asked again, "consultation:3"
    Column("first_round", JSON),  # what that had come to, frozen at the opening
    Column("sought", Text, server_default="", nullable=False),  # the subject as it is searched
    Column("contents", JSON),  # of a slip with several: [{"subject": …, "matter": …}]; None: one
    to("anew_of", "consultations.id", required=False),  # held by a new term, and prepared anew
    Index("ix_consultations_committee", "committee_id"),
    Index("ix_consultations_second_of", "second_of"),
)

attachments = Table(
    "attachments",
    metadata,
    own_id(),
    to("draft_id", "drafts.id", required=False),
    to("consultation_id", "consultations.id", required=False),
    to("meeting_id", "meetings.id", required=False),
    to("item_id", "agenda_items.id", required=False),  # None: the meeting as a whole
    to("notice_id", "member_notices.id", required=False),
    Column("sent_at", Moment),  # when the papers of a meeting went out
    Column(
        "added_at", Moment
    ),  # of a consultation: added while it ran; None: frozen at its opening
    Column("name", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), ForeignKey("blobs.sha256"), nullable=False),
    Column("file_id", String, nullable=False),
    to("sent_by", "people.id"),
    Index("ix_attachments_consultation", "consultation_id"),
    Index("ix_attachments_meeting", "meeting_id"),
    Index("ix_attachments_notice", "notice_id"),
)

roll = Table(
    "roll",
    metadata,
    Column("consultation_id", Integer, ForeignKey("consultations.id"), primary_key=True),
    Column("person_id", Integer, ForeignKey("people.id"), primary_key=True),
    Column("name", String, nullable=False),
    Column("office", String, nullable=False),
    Column("full_time", Boolean, nullable=False),
    Column("place", Integer, nullable=False),
    Index("ix_roll_person", "person_id"),
)

receipts = Table(
    "receipts",
    metadata,
    own_id(),
    to("consultation_id", "consultations.id"),
    to("person_id", "people.id"),
    Column("strength", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    to("recorded_by", "people.id", required=False),
    UniqueConstraint("consultation_id", "person_id", "strength"),
)

replies = Table(
    "replies",  # append-only; the last one not late counts
    metadata,
    own_id(),
    to("consultation_id", "consultations.id"),
    to("person_id", "people.id"),
    Column("choice", String, nullable=False),  # or "invalid": a paper slip that is no answer
    Column("words", Text, nullable=False),  # of an invalid slip why it is none
    Column("at", Moment, nullable=False),  # when it was given, as far as can be known
    Column("latest_at", Moment),  # a press that waited out an outage: made by then, at the latest
    Column("received_at", Moment, nullable=False),
    Column("late", Boolean, nullable=False),
    to("entered_by", "people.id", required=False),  # a paper reply entered by the clerk
    Column("photo_sha256", String(64), ForeignKey("blobs.sha256")),
    Column("content", Integer),  # of a slip with several: which one; None: the only one
    Index("ix_replies_consultation", "consultation_id", "person_id"),
)

slip_pages = Table(
    "slip_pages",  # append-only: further pages of a paper slip; the first may stand with its reply
    metadata,
    own_id(),
    to("consultation_id", "consultations.id"),
    to("person_id", "people.id"),
    Column("sha256", String(64), ForeignKey("blobs.sha256"), nullable=False),
    Column("at", Moment, nullable=False),
    to("entered_by", "people.id"),
    Index("ix_slip_pages_consultation", "consultation_id", "person_id"),
)

counting_boards = Table(
    "counting_boards",  # append-only: who counts the slips; the last one stands
    metadata,
    own_id(),
    to("consultation_id", "consultations.id", required=False),
    to("vote_id", "votes.id", required=False),  # of one of both
    Column("head", String, nullable=False),
    Column("members", JSON, nullable=False),  # names, also of people who have no seat here
    Column("witnesses", JSON, nullable=False),
    Column("place", Text, nullable=False),
    Column("counts_at", Moment),
    Column("at", Moment, nullable=False),
    to("by", "people.id"),
    to("acting_for", "people.id", required=False),  # the head, where another stood in
    Index("ix_counting_boards_consultation", "consultation_id"),
    Index("ix_counting_boards_vote", "vote_id"),
)

reservations = Table(
    "reservations",  # append-only: an opinion reserved, or not any more; the last one counts
    metadata,
    own_id(),
    to("consultation_id", "consultations.id", required=False),
    to("vote_id", "votes.id", required=False),  # of one of both
    to("person_id", "people.id"),
    Column("reserved", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("content", Integer),  # of a slip with several: which one; None: the only one
    Index("ix_reservations_consultation", "consultation_id", "person_id"),
    Index("ix_reservations_vote", "vote_id", "person_id"),
)

acts = Table(
    "acts",  # append-only: extend, strike, more_time, withdraw, close, … (`ActKind`)
    metadata,
    own_id(),
    to("consultation_id", "consultations.id"),
    Column("kind", String, nullable=False),
    Column("at", Moment, nullable=False),
    to("by", "people.id", required=False),  # None: the clock
    to("of", "people.id", required=False),
    Column("until", Moment),
    Column("reason", Text, nullable=False),
    to("acting_for", "people.id", required=False),  # the head, where another stood in
    Column("content", Integer),  # of a slip with several: about which one; None: about all
    Index("ix_acts_consultation", "consultation_id"),
)

corrections = Table(
    "corrections",  # append-only: what of a request was otherwise before it was approved
    metadata,
    own_id(),
    to("consultation_id", "consultations.id"),
    Column("at", Moment, nullable=False),
    to("by", "people.id"),
    to("acting_for", "people.id", required=False),  # the head, where another stood in
    Column("what", String, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Index("ix_corrections_consultation", "consultation_id"),
)

agenda_waiting = Table(
    "agenda_waiting",  # items that wait for a body's next meeting
    metadata,
    own_id(),
    to("committee_id", "committees.id"),
    Column("body", String, nullable=False),
    Column("subject", Text, nullable=False),
    Column("matter", String, nullable=False),
    Column("reason", String, nullable=False),  # a Next id, or: proposed, question, adjourned
    Column("words", Text, nullable=False),  # what the proposer says of it
    to("consultation_id", "consultations.id", required=False),
    to("proposed_by", "people.id", required=False),
    to("asked_of", "people.id", required=False),  # of whom a question is asked
    Column("debt_id", Integer),  # the answer that is owed to a question
    Column("content", Integer),  # of a slip with several: which one; None: the only one
    Column("second_of", String),  # the divided matter that is discussed again, "vote:5"
    Column("votes", JSON),  # ids of earlier votes whose differing opinions come with it
    Column("created_at", Moment, nullable=False),
    Column("taken_at", Moment),
    Column("withdrawn_at", Moment),  # by its proposer, while it waited
)
