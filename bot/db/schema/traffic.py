"""In and out: the inbox, the outbox, the places of live cards. No query and no rule lives here."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Column, Index, Integer, String, Table, Text

from bot.db.schema.base import Moment, metadata, own_id, to

inbox = Table(
    "inbox",
    metadata,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, nullable=False, server_default="0"),  # whose order it belongs to
    Column("received_at", Moment, nullable=False),
    Column("earliest_at", Moment, nullable=False),  # a press may be as old as the gap before it
    Column("raw", Text, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("handled_at", Moment),
    Column("fault", Text),
    Column("claimed_by", Integer),  # on a server: the number of the process that handles it
    # What waits is found in its order, and all of it counted, without a look at any row.
    Index("ix_inbox_handled", "handled_at", "received_at", "update_id", "fault"),
)

outbox = Table(
    "outbox",
    metadata,
    own_id(),
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
    to("consultation_id", "consultations.id", required=False),
    Column("about", String, nullable=False),  # "meeting:3", "vote:5"; "" for a consultation
    to("person_id", "people.id", required=False),
    Column("created_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column(
        "state", String, nullable=False
    ),  # pending | sending | held | sent | undeliverable | dropped
    Column("attempts", Integer, nullable=False),
    Column("unknown", Integer, nullable=False),  # how often its fate was unknown
    Column("sent_message_id", BigInteger),
    Column("settled_at", Moment),
    Column("reason", String),
    Column("claimed_by", Integer),  # on a server: the number of the process that last sent it
    Index("ix_outbox_state", "state", "not_before"),
    Index("ix_outbox_chat", "chat_id", "state"),
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

sending_turns = Table(
    "sending_turns",  # on a server: when each chat may be written to again, and of the chat 0 when anybody may
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("free_at", Moment, nullable=False),
)
