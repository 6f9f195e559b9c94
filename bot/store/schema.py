"""Every table, once. No query and no rule lives here."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

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
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware moment kept as whole microseconds since 1970 UTC; SQLite would give it back naive."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:
        """Refuse a naive moment: it has no meaning."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs its time zone: {value!r}")
        return (value - EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: int | None, dialect: Any) -> datetime | None:
        """Give the moment back in UTC."""
        return None if value is None else EPOCH + timedelta(microseconds=value)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


def _to(column: str, target: str, *, required: bool = True) -> Column[int]:
    return Column(column, Integer, ForeignKey(target), nullable=not required)


# --- committees and people -------------------------------------------------------------------

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
    _id(),
    Column("name", String, nullable=False, unique=True),
    Column("rulebook", String(64), ForeignKey("rulebooks.digest"), nullable=False),
    Column("created_at", Moment, nullable=False),
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
    _id(),
    _to("committee_id", "committees.id"),
    Column("name", String, nullable=False),
    Column("account_id", BigInteger, ForeignKey("accounts.id")),
    Column("retired_at", Moment),
    UniqueConstraint("committee_id", "account_id"),
)

seats = Table(
    "seats",
    metadata,
    _id(),
    _to("committee_id", "committees.id"),
    _to("person_id", "people.id"),
    Column("role", String, nullable=False),  # member | clerk | officer
    Column("body", String, nullable=False),  # body id; "" for a clerk
    Column("office", String, nullable=False),
    Column("full_time", Boolean, nullable=False),
    Column("place", Integer, nullable=False),
    Column("retired_at", Moment),
    Index("ix_seats_person", "person_id"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    _to("person_id", "people.id"),
    Column("issued_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("revoked_at", Moment),
)

rebindings = Table(
    "rebindings",
    metadata,
    _id(),
    _to("person_id", "people.id"),
    _to("asked_by", "people.id"),
    Column("asked_at", Moment, nullable=False),
    _to("approved_by", "people.id", required=False),
    Column("settled_at", Moment),
)

calendar_days = Table(
    "calendar_days",
    metadata,
    _to("committee_id", "committees.id"),
    Column("day", Date, nullable=False),
    Column("kind", String, nullable=False),  # off | working
    Column("name", String, nullable=False),
    Column("source", String, nullable=False),
    UniqueConstraint("committee_id", "day"),
)

# --- written consultations -------------------------------------------------------------------

drafts = Table(
    "drafts",
    metadata,
    _id(),
    _to("committee_id", "committees.id"),
    _to("person_id", "people.id"),
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
)

blobs = Table(
    "blobs",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

consultations = Table(
    "consultations",
    metadata,
    _id(),
    _to("committee_id", "committees.id"),
    Column("number", Integer),  # per committee, given at opening
    Column("rulebook", String(64), ForeignKey("rulebooks.digest"), nullable=False),
    Column("body", String, nullable=False),
    Column("matter", String, nullable=False),
    Column("ground", String, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("deadline", Moment),  # None: the regulation's own days, fixed at opening
    Column("submission_date", Date),
    Column("special_reason", Text),
    Column("silence_confirmed", Boolean, nullable=False),
    _to("prepared_by", "people.id"),
    Column("submitted_at", Moment, nullable=False),
    _to("approved_by", "people.id", required=False),
    Column("opened_at", Moment),
    Column("calendar_version", String),
    Column("days_off", JSON),  # the calendar frozen at opening: {"off": [...], "working": [...]}
    Column("closed_at", Moment),  # written by the act of closing, never by a timer
    Column("result", JSON),  # the outcome reached, as explained at the close
    Index("ix_consultations_committee", "committee_id"),
)

attachments = Table(
    "attachments",
    metadata,
    _id(),
    _to("draft_id", "drafts.id", required=False),
    _to("consultation_id", "consultations.id", required=False),
    Column("name", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), ForeignKey("blobs.sha256"), nullable=False),
    Column("file_id", String, nullable=False),
    _to("sent_by", "people.id"),
    Index("ix_attachments_consultation", "consultation_id"),
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
    _id(),
    _to("consultation_id", "consultations.id"),
    _to("person_id", "people.id"),
    Column("strength", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    _to("recorded_by", "people.id", required=False),
    UniqueConstraint("consultation_id", "person_id", "strength"),
)

replies = Table(
    "replies",  # append-only; the last one not late counts
    metadata,
    _id(),
    _to("consultation_id", "consultations.id"),
    _to("person_id", "people.id"),
    Column("choice", String, nullable=False),
    Column("words", Text, nullable=False),
    Column("reserved", Boolean, nullable=False),
    Column("at", Moment, nullable=False),  # when it was given, as far as can be known
    Column("received_at", Moment, nullable=False),
    Column("late", Boolean, nullable=False),
    _to("entered_by", "people.id", required=False),  # a paper reply entered by the clerk
    Column("photo_sha256", String(64), ForeignKey("blobs.sha256")),
    Index("ix_replies_consultation", "consultation_id", "person_id"),
)

acts = Table(
    "acts",  # append-only: extend, strike, more_time, withdraw, close_by_hand, decline, to_meeting, close
    metadata,
    _id(),
    _to("consultation_id", "consultations.id"),
    Column("kind", String, nullable=False),
    Column("at", Moment, nullable=False),
    _to("by", "people.id", required=False),  # None: the clock
    _to("of", "people.id", required=False),
    Column("until", Moment),
    Column("reason", Text, nullable=False),
    Index("ix_acts_consultation", "consultation_id"),
)

agenda_waiting = Table(
    "agenda_waiting",  # items that wait for a body's next meeting
    metadata,
    _id(),
    _to("committee_id", "committees.id"),
    Column("body", String, nullable=False),
    Column("subject", Text, nullable=False),
    Column("reason", String, nullable=False),  # a Next id
    _to("consultation_id", "consultations.id", required=False),
    Column("created_at", Moment, nullable=False),
    Column("taken_at", Moment),
)

# --- time ------------------------------------------------------------------------------------

dues = Table(
    "dues",
    metadata,
    _id(),
    Column("key", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    _to("consultation_id", "consultations.id", required=False),
    _to("person_id", "people.id", required=False),
    Column("at", Moment, nullable=False),
    Column("done_at", Moment),
    Index("ix_dues_at", "done_at", "at"),
    Index("ix_dues_consultation", "consultation_id"),
)

liveness = Table(
    "liveness",  # one row: until when Telegram's updates are known to be taken in
    metadata,
    Column("id", Integer, primary_key=True),
    Column("covered_until", Moment, nullable=False),
)

outages = Table(
    "outages",
    metadata,
    _id(),
    Column("start", Moment, nullable=False),
    Column("end", Moment, nullable=False),
)

# --- in and out ------------------------------------------------------------------------------

inbox = Table(
    "inbox",
    metadata,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("received_at", Moment, nullable=False),
    Column("earliest_at", Moment, nullable=False),  # a press may be as old as the gap before it
    Column("raw", Text, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("handled_at", Moment),
    Column("fault", Text),
    Index("ix_inbox_handled", "handled_at"),
)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    Column("key", String, nullable=False, unique=True),  # subject, kind, recipient
    Column("chat_id", BigInteger, nullable=False),
    Column("kind", String, nullable=False),  # the template's name, or "live"
    Column("live", String),  # a card rendered when it is sent, e.g. "dashboard:12"
    Column("message_id", BigInteger),  # set: edit this message; None: send a new one
    Column("text", Text, nullable=False),
    Column("rows", JSON, nullable=False),  # buttons
    Column("files", JSON, nullable=False),  # [{"name", "file_id", "sha256"}]
    Column("priority", Integer, nullable=False),  # 0 answers, 1 notices, 2 reminders
    Column("legal", Boolean, nullable=False),  # repeated once when its fate is unknown
    _to("consultation_id", "consultations.id", required=False),
    _to("person_id", "people.id", required=False),
    Column("created_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("state", String, nullable=False),  # pending | sending | sent | undeliverable | dropped
    Column("attempts", Integer, nullable=False),
    Column("unknown", Integer, nullable=False),  # how often its fate was unknown
    Column("sent_message_id", BigInteger),
    Column("settled_at", Moment),
    Column("reason", String),
    Index("ix_outbox_state", "state", "not_before"),
)

cards = Table(
    "cards",  # where a live card stands, so that it can be edited in place
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("live", String, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_cards_live", "live"),
)

# --- the register ----------------------------------------------------------------------------

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
