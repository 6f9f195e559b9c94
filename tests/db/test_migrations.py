from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, text

from bot.db import versions
from bot.db.engine import Database
from bot.db.faults import StoreFault
from bot.db.migrations.running import make, settings, upgrade
from bot.db.schema import metadata
from bot.people.rules.changes import Change, Does


def differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


def test_the_migrations_make_exactly_the_tables_of_the_schema() -> None:
    with create_engine("sqlite://").begin() as connection:
        upgrade(connection)
        assert differences(connection) == []
        made = set(inspect(connection).get_table_names())
    assert made == {*metadata.tables, "alembic_version"}


def test_a_database_made_anew_is_one_that_was_migrated() -> None:
    laid_out = text("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")
    version = text("SELECT version_num FROM alembic_version")
    with create_engine("sqlite://").begin() as migrated, create_engine("sqlite://").begin() as made:
        upgrade(migrated)
        make(made)
        assert made.execute(laid_out).all() == migrated.execute(laid_out).all()
        assert made.execute(version).all() == [(versions.KNOWN[-1],)]


def test_every_migration_is_known_to_the_check_at_opening() -> None:
    with create_engine("sqlite://").begin() as connection:
        scripts = ScriptDirectory.from_config(settings(connection))
    revisions = [script.revision for script in scripts.walk_revisions()]
    assert tuple(reversed(revisions)) == versions.KNOWN


def test_what_fell_due_before_due_moments_could_fail_still_falls_due() -> None:
    with create_engine("sqlite://").begin() as connection:
        command.upgrade(settings(connection), "0001")
        connection.execute(text(
            "INSERT INTO dues (id, key, kind, about, at, done_at)"
            " VALUES (1, 'close:1', 'close', '', 1000, NULL), (2, 'close:2', 'close', '', 2000, 3000)"
        ))  # fmt: skip
        upgrade(connection)
        rows = connection.execute(text("SELECT * FROM dues ORDER BY id")).mappings().all()
    as_it_was = [
        {"key": "close:1", "at": 1000, "done_at": None},
        {"key": "close:2", "at": 2000, "done_at": 3000},
    ]
    for row, before in zip(rows, as_it_was, strict=True):
        assert {name: row[name] for name in before} == before
        assert (row["attempts"], row["fault"], row["again_at"], row["set_aside_at"]) == (
            0,
            None,
            None,
            None,
        )


def test_a_wish_for_another_account_is_a_request_that_a_second_person_confirms() -> None:
    with create_engine("sqlite://").begin() as connection:
        command.upgrade(settings(connection), "0010")
        for statement in (
            "INSERT INTO rulebooks VALUES ('d', 'x.toml', '', '{}')",
            "INSERT INTO committees VALUES (1, 'Tập thể', 'd', 0)",
            "INSERT INTO people (id, committee_id, name) VALUES (1, 1, 'An'), (2, 1, 'Bình'), (3, 1, 'Văn')",
            "INSERT INTO rebindings VALUES (1, 2, 3, 1000, NULL, NULL), (2, 2, 3, 500, 1, 600),"
            " (3, 2, 3, 100, NULL, 200)",
        ):  # fmt: skip
            connection.execute(text(statement))
        upgrade(connection)
        rows = connection.execute(text("SELECT * FROM approvals ORDER BY id")).mappings().all()
        said = connection.execute(text("SELECT * FROM approval_voices")).mappings().all()
    assert [(row["state"], row["settled_at"]) for row in rows] == [
        ("asked", None),
        ("confirmed", 600),
        ("refused", 200),
    ]
    assert {(row["kind"], row["about"], row["asked_by"]) for row in rows} == {
        ("people", "person:2", 3)
    }
    change = Change.of(json.loads(rows[0]["content"]))
    assert change == Change(Does.REBIND, "Bình", 2)
    assert [(each["approval_id"], each["person_id"], each["agrees"]) for each in said] == [
        (2, 1, 1)
    ]


async def test_an_older_database_is_brought_up_only_by_whoever_runs_on_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "dongthuan.db"
    await (await Database.open(path, create=True)).close()
    monkeypatch.setattr(versions, "KNOWN", (*versions.KNOWN, "9998"))
    with pytest.raises(StoreFault, match="older"):
        await Database.open(path, create=False, alone=False)
