"""Time: what falls due, until when nothing is missing, and which database this is. No query and no rule lives here."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, false, text

from bot.db.schema.base import Moment, metadata, own_id, to

dues = Table(
    "dues",
    metadata,
    own_id(),
    Column("key", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    to("consultation_id", "consultations.id", required=False),
    to("person_id", "people.id", required=False),
    Column("about", String, nullable=False),  # "meeting:3", "committee:1"; "" for a consultation
    Column("at", Moment, nullable=False),
    Column("done_at", Moment),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("fault", String),  # the kind of error of the last attempt that failed
    Column("again_at", Moment),  # put off until then; its own moment stays as it is
    Column("set_aside_at", Moment),
    Index("ix_dues_at", "done_at", "at"),
    Index("ix_dues_again", "again_at"),
    Index("ix_dues_consultation", "consultation_id"),
    Index("ix_dues_about", "about"),
    # On a server it has the same condition (v0026): said here, it would load that dialect everywhere.
    Index("ix_dues_set_aside", "id", sqlite_where=text("set_aside_at IS NOT NULL")),
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
    own_id(),
    Column("start", Moment, nullable=False),
    Column("end", Moment, nullable=False),
    Column("lost", Boolean, nullable=False, server_default=false()),  # what had come in is gone
)

origin = Table(
    "origin",  # one row: which database this is, so that it is told from a copy brought back
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mark", String, nullable=False),
)
