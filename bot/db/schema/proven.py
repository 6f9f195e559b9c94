"""Which rows the register proves, and which may be rebuilt or lost without changing a right. No query lives here.

Whatever is not named here is proven: each of its columns is told by a line of the register, or `verify`
names it. So a new table or column is proven unless somebody writes down why it need not be.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    DefaultClause,
    Table,
    UniqueConstraint,
)
from sqlalchemy.sql.elements import False_, True_

from bot.db.schema.base import metadata
from bot.db.schema.stored import stored

UNPROVEN_TABLES: Mapping[str, str] = {
    "register": "the chain itself, whose lines are bound to each other",
    "inbox": "what Telegram brought; what came of it is the fact",
    "outbox": "what is to be said or was said; that it arrived is a fact of its own",
    "cards": "where a card stands, drawn anew from the facts",
    "dues": "when something is looked at again, put anew from the facts",
    "drafts": "a form that nobody has handed in",
    "prompts": "which question a typed message answers",
    "last_words": "where the last typed words went, so that an edited message can be answered",
    "made_files": "sent once and made anew from the facts",
    "blobs": "content under its own digest; the digest stands in the fact that needs it",
    "liveness": "until when Telegram was heard; a gap in it is a fact (outages)",
    "sending_turns": "when the next message may be sent; of processes on a server alone",
    "origin": "which database this is, drawn by chance; a copy brought back draws another",
    "accounts": "an address that opened the bot; whose it is stands with the person",
    "invitations": "a link on its way, kept by its digest; who joined by it stands with the person",
    "ballot_boxes": "sealed while a vote is open, gone once it is closed; its count stands in the vote",
    "paper_templates": "how papers look; each paper is told with the digest of what it was made from",
    "debt_mornings": "on which morning somebody was reminded; no right hangs on it",
    "report_rounds": "how far the clock has gone through the mornings",
}
"""Tables of which no line tells, with the reason."""

UNPROVEN_COLUMNS: Mapping[tuple[str, str], str] = {
    (table, "sought"): "made of the subject, for the search"
    for table in ("consultations", "agenda_items", "report_dues", "member_notices")
}
"""Columns of proven tables of which no line tells, with the reason."""


def _unsent(row: Mapping[str, Any]) -> bool:
    of = (row.get("consultation_id"), row.get("meeting_id"), row.get("notice_id"))
    return of == (None, None, None) or (of[1] is not None and row.get("sent_at") is None)


def _is_open(vote: Mapping[str, Any]) -> bool:
    return bool(vote) and "closed_at" not in vote  # what is empty is not told


Find = Callable[..., Mapping[str, Any]]
"""What the register tells of a row, by its table and key."""

UNPROVEN_ROWS: Mapping[str, tuple[Callable[[Mapping[str, Any], Find], bool], str]] = {
    "attachments": (
        lambda row, _find: _unsent(row),
        "a file of a form, or what the office took in for a meeting and has not sent out",
    ),
    "report_acts": (
        lambda row, _find: row.get("kind") in ("remind", "list", "later"),
        "somebody was reminded, or put a reminder off; no right hangs on it",
    ),
    "ballot_rolls": (
        lambda row, find: _is_open(find("votes", row["vote_id"])),
        "while a secret vote is open no line tells who has cast; its close tells the whole roll",
    ),
}
"""Rows of proven tables that may stand without a line; one that a line tells must stand as it is told."""

_OWNERS = ("committee_id", "consultation_id", "meeting_id", "notice_id", "vote_id", "item_id")
"""The columns that name to whom a row belongs, the nearest first."""


@cache
def proven() -> tuple[Table, ...]:
    """Every table that the register proves, each after those it belongs to."""
    return tuple(each for each in metadata.sorted_tables if each.name not in UNPROVEN_TABLES)


@cache
def columns(table: Table) -> tuple[Column[Any], ...]:
    """The columns that a line tells."""
    return tuple(each for each in table.columns if (table.name, each.name) not in UNPROVEN_COLUMNS)


@cache
def key(table: Table) -> tuple[str, ...]:
    """The columns by which a row is known."""
    if table.primary_key.columns:
        return tuple(each.name for each in table.primary_key.columns)
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            return tuple(each.name for each in constraint.columns)
    return next(tuple(c.name for c in each.columns) for each in table.indexes if each.unique)


def may_stand_untold(table: Table, row: Mapping[str, Any], find: Find) -> bool:
    """Whether a row needs no line."""
    rule = UNPROVEN_ROWS.get(table.name)
    return rule is not None and rule[0](row, find)


@cache
def default(column: Column[Any]) -> str | bool | int | None:
    """What stands in a column of which nothing is said, as `plain` has it."""
    given = column.server_default
    if not isinstance(given, DefaultClause):
        return None
    if isinstance(given.arg, True_ | False_):
        return isinstance(given.arg, True_)
    words = str(given.arg)
    return int(words) if column.type.python_type is int else words


@cache
def owned_by(table: Table) -> tuple[tuple[str, Table], ...]:
    """The columns that say to whose committee a row belongs, each with the table it names; the nearest first.

    A row belongs where the first of them leads that is not empty; none leads from what all committees share.
    """
    to = {each.parent.name: each.column.table for each in table.foreign_keys}
    found = tuple((name, to[name]) for name in _OWNERS if name in to)
    return found or tuple(
        (name, to[name]) for name in ("approval_id", "attachment_id", "due_id") if name in to
    )


def in_short(words: str | bytes) -> str:
    """What stands for something long: its digest, which is longer than anything that stands for itself."""
    content = words.encode() if isinstance(words, str) else words
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


AS_IT_IS = 64
"""The longest text that a line tells as it is; of a longer one it tells the digest."""


Plain = str | bool | int | float | None
"""A value as a line tells it."""


def plain(column: Column[Any], value: Any) -> Plain:
    """A value as a line tells it, from what the database gives without reading it as a column's type.

    It never refuses: what no column of ours can hold is told as it is, and so differs from every line.
    """
    return None if value is None else _plainly(column)(value)


@cache
def _plainly(column: Column[Any]) -> Callable[[Any], Plain]:
    if isinstance(column.type, Boolean):
        return _yes_or_no
    return _json if holds_json(column) else _as_it_is


def _yes_or_no(value: Any) -> bool | str:
    return bool(value) if value in (0, 1) else str(value)


def _json(value: Any) -> Plain:
    return _as_it_is(_in_order(value) if isinstance(value, str) else value)


def _as_it_is(value: Any) -> Plain:
    if isinstance(value, date):
        value = value.isoformat()
    if isinstance(value, str) and len(value) <= AS_IT_IS:
        return value
    return in_short(value) if isinstance(value, str | bytes) else value


def holds_json(column: Column[Any]) -> bool:
    """Whether a column holds JSON, in which no value is the word "null"."""
    return isinstance(column.type, JSON)


def _in_order(value: str) -> str:
    """JSON in the one form in which it is compared; what is none is left as it is."""
    try:
        return json.dumps(
            json.loads(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )
    except ValueError:
        return f"no JSON: {value}"


def told(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as a line tells it; what stands at its default is left out, as it is of a column that comes later."""
    return _told(table, [row[each.name] for each in columns(table)])


def _told(table: Table, values: Sequence[Any]) -> dict[str, Any]:
    told = {}
    for (name, stands, plainly), value in zip(_telling(table), values, strict=True):
        says = None if value is None else plainly(value)
        if says != stands:
            told[name] = says
    return told


@cache
def _telling(table: Table) -> tuple[tuple[str, Plain, Callable[[Any], Plain]], ...]:
    """Of each column its name, its default, and how it is told."""
    return tuple((each.name, default(each), _plainly(each)) for each in columns(table))


def key_of(table: Table, row: Mapping[str, Any]) -> str:
    """By what a row told is known, as text."""
    return json.dumps([row.get(name, stands) for name, stands in _key(table)])


@cache
def _key(table: Table) -> tuple[tuple[str, Plain], ...]:
    return tuple((name, default(table.c[name])) for name in key(table))


@cache
def raw(table: Table) -> tuple[ColumnElement[Any], ...]:
    """The columns told, as the database gives them, under names of their own beside a statement's own columns."""
    return tuple(stored(each).label(f"told_{each.name}") for each in columns(table))


def read(table: Table, row: Any) -> dict[str, Any]:
    """A row read by `raw`, as a line tells it."""
    return _told(table, row[-len(columns(table)) :])
