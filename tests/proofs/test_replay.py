"""Whatever is changed in a proven table behind the bot is named: in databases that stories played."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, Column, Date, String, Table, UniqueConstraint

from bot.db import chain
from bot.db.engine import Database
from bot.db.replay import Difference, Replay, replay
from bot.db.schema import metadata, proven
from bot.proofs import store as evidence
from simulator import story
from simulator.rehearsal import play

STORIES = Path(__file__).resolve().parents[1] / "stories"
PLAYED = (
    "v_hu_reserved_in_a_vote",
    "outage_of_hours_in_the_middle",
    "q_qn_notice_of_a_session",
    "c_qn_absence_entered_and_taken_on",
    "w_qn_one_clerk_and_one_head",
    "q_bk_ad_hoc_report",
    "r_hu_request_answered_by_a_call",
    "q_bk_own_days_for_every_period",
    "l_qn_corrected_while_it_waits",
    "m_qn_papers_a_day_before",
    "f_photos_of_signed_slips",
    "m_qn_minutes_kept",
    "v_qn_raised_hands",
    "o_ub_recused_last_one_votes",
    "p_qn_numbers_taken",
    "y_new_term",
    "p_qn_heading_of_papers",
    "y_qn_closed_with_open_matters",
    "y_qn_setting_amended",
)
"""Together they leave a row in every table that the register proves."""

FAR = 1_000_000
Row = Mapping[str, Any]
Named = set[tuple[str, str, tuple[Any, ...], tuple[str, ...]]]


def other(column: Column[Any], value: Any) -> Any:
    """Another value that the column could hold, as SQLite keeps it."""
    if isinstance(column.type, Boolean):
        return 1 - (value or 0)
    if isinstance(column.type, JSON):
        return '["khác"]'
    if isinstance(column.type, Date):
        return "2031-01-01"
    if isinstance(column.type, String):
        return f"{value or ''}x"
    return (value or 0) + FAR


def a_row(database: sqlite3.Connection, table: Table, played: Replay) -> Row | None:
    """A row of which a line tells."""
    for values in database.execute(f'SELECT {names(table)} FROM "{table.name}"'):  # noqa: S608 - names of ours
        row = dict(zip(table.columns.keys(), values, strict=True))
        if played.find(table.name, *[row[name] for name in proven.key(table)]):
            return row
    return None


def names(table: Table) -> str:
    return ", ".join(f'"{each.name}"' for each in table.columns)


def where(table: Table, row: Row) -> tuple[str, list[Any]]:
    of = proven.key(table)
    return " AND ".join(f'"{name}" = ?' for name in of), [row[name] for name in of]


def key(table: Table, row: Row) -> tuple[Any, ...]:
    return tuple(proven.plain(table.c[name], row[name]) for name in proven.key(table))


def change(database: sqlite3.Connection, table: Table, row: Row, column: Column[Any]) -> Named:
    """Change one value; gives what must be named then."""
    value = other(column, row[column.name])
    of, values = where(table, row)
    database.execute(
        f'UPDATE "{table.name}" SET "{column.name}" = ? WHERE {of}',  # noqa: S608 - names of ours
        [value, *values],
    )
    if (table.name, column.name) in proven.UNPROVEN_COLUMNS:
        return set()
    if column.name in proven.key(table):
        now = key(table, {**row, column.name: value})
        return {("gone", table.name, key(table, row), ()), ("untold", table.name, now, ())}
    return {("changed", table.name, key(table, row), (column.name,))}


def take_out(database: sqlite3.Connection, table: Table, row: Row) -> Named:
    of, values = where(table, row)
    database.execute(f'DELETE FROM "{table.name}" WHERE {of}', values)  # noqa: S608 - names of ours
    return {("gone", table.name, key(table, row), ())}


def slip_in(database: sqlite3.Connection, table: Table, row: Row) -> Named:
    """The same row once more under another key."""
    unique = {
        column.name
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
        for column in constraint.columns
    } | {each.name for each in table.columns if each.unique}
    new = {
        name: other(table.c[name], value) if name in {*proven.key(table), *unique} else value
        for name, value in row.items()
    }
    places = ", ".join("?" * len(new))
    database.execute(
        f'INSERT INTO "{table.name}" ({names(table)}) VALUES ({places})',  # noqa: S608 - names of ours
        list(new.values()),
    )
    return {("untold", table.name, key(table, new), ())}


def spoil(database: sqlite3.Connection, table: Table, row: Row) -> Named:
    """Bytes that are no text, where there is a text beside the key."""
    texts = [
        each.name
        for each in proven.columns(table)
        if isinstance(each.type, String) and each.name not in proven.key(table)
    ]
    if not texts:
        return set()
    of, values = where(table, row)
    database.execute(
        f'UPDATE "{table.name}" SET "{texts[0]}" = CAST(x\'ff\' AS TEXT) WHERE {of}',  # noqa: S608 - names of ours
        values,
    )
    return {("unreadable", table.name, key(table, row), ())}


def named(differences: list[Difference]) -> Named:
    return {(each.kind, each.table, each.key, each.columns) for each in differences}


class Kept:
    """A database that a story played, with what its registers tell; each trial is made on a copy."""

    def __init__(self, path: Path, played: Replay) -> None:
        self.path, self.played = path, played
        self._numbers = count()

    async def found(self, path: Path | None = None) -> Named:
        db = await Database.open(path or self.path, create=False)
        async with db.read() as tx:
            differences = [each async for each in self.played.compare(tx)]
        await db.close()
        return named(differences)

    async def tried(self, *trials: tuple[Any, ...]) -> None:
        """Each trial is done, and all that is named is what they must have named."""
        copy = self.path.with_name(f"{next(self._numbers)}.db")
        shutil.copyfile(self.path, copy)
        with closing(sqlite3.connect(copy)) as database:
            expected = set[Any]().union(*(do(database, *given) for do, *given in trials))
            database.commit()
        assert await self.found(copy) == expected


async def play_anew(path: Path, played: Replay) -> None:
    db = await Database.open(path, create=False)
    async with db.read() as tx:
        for committee, _ in await evidence.committees_named(tx):
            async for line in chain.lines(tx, committee):
                assert line.holds
                played.play(committee, line)
    await db.close()


async def test_every_value_changed_every_row_taken_out_or_slipped_in_is_named(
    tmp_path: Path,
) -> None:
    left = {table.name: table for table in proven.proven()}
    for name in PLAYED:
        told, path = story.read(STORIES / f"{name}.toml"), tmp_path / f"{name}.db"
        await play(told, STORIES / f"{name}.toml", keep=path)
        with replay() as played:
            await play_anew(path, played)
            kept = Kept(path, played)
            assert await kept.found() == set()
            with closing(sqlite3.connect(path)) as database:
                rows = {each: a_row(database, each, played) for each in left.values()}
            here = {table: row for table, row in rows.items() if row is not None}
            for table in here:
                del left[table.name]
            for place in range(max((len(table.columns) for table in here), default=0)):
                columns = [(t, row, list(t.columns)[place:][:1]) for t, row in here.items()]
                await kept.tried(*[(change, t, row, c[0]) for t, row, c in columns if c])
            for trial in (take_out, slip_in, spoil):
                await kept.tried(*[(trial, table, row) for table, row in here.items()])
    assert set(left) == set(), "no story here leaves a row in these tables"


def test_what_need_not_be_proven_is_there_and_says_why() -> None:
    tables = metadata.tables
    assert all(proven.UNPROVEN_TABLES[name] for name in proven.UNPROVEN_TABLES)
    assert set(proven.UNPROVEN_TABLES) <= set(tables)
    assert all(column in tables[name].columns for name, column in proven.UNPROVEN_COLUMNS)
    assert set(proven.UNPROVEN_ROWS) <= {table.name for table in proven.proven()}


def test_every_proven_row_is_known_by_its_key_and_belongs_to_a_committee() -> None:
    shared = {"committees", "rulebooks", "outages"}
    for table in proven.proven():
        assert proven.key(table), table.name
        assert bool(proven.owned_by(table)) != (table.name in shared), table.name


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("a" * 64, "a" * 64),
        ("a" * 65, "sha256:635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0"),
        (None, None),
    ],
)
def test_a_long_text_is_told_by_its_digest(value: str | None, told: str | None) -> None:
    assert proven.plain(metadata.tables["replies"].c.words, value) == told


def test_json_is_told_the_same_however_its_keys_stand() -> None:
    column = metadata.tables["open_votes"].c.answers
    assert proven.plain(column, '{"b": 1, "a": "đ"}') == '{"a":"đ","b":1}'
    assert proven.plain(column, '{"a":"\\u0111","b":1}') == '{"a":"đ","b":1}'
    assert proven.plain(column, "{") == "no JSON: {"
    assert json.loads(str(proven.plain(column, "null"))) is None
