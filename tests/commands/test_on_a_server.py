"""The commands upon a database of a server: beside bots that run on it, and what its own tools do instead."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from click.testing import Result

from bot.db.engine import Database
from tests.commands.terminal import PLAN, ROSTER, told
from tests.postgres import Server, name_of


@pytest.fixture
def address(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database without tables, which the settings name."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "danh_sach.csv").write_text(ROSTER, encoding="utf-8")
    made = server.fresh(migrated=False)
    monkeypatch.setenv("DONGTHUAN_DATABASE", made.replace("postgres@", "postgres:bi-mat@"))
    return made


def found() -> None:
    done = told("init", "--from", "plan.toml", "--yes")
    assert done.exit_code == 0, done.output
    assert "bi-mat" not in done.output


def test_before_anything_was_founded_the_tables_are_not_made_silently(address: str) -> None:
    done = told("verify")
    assert done.exit_code == 1
    assert "dongthuan init" in done.output
    assert "bi-mat" not in done.output


def test_a_committee_is_founded_proven_and_listed_beside_bots_that_run(address: str) -> None:
    found()

    @asynccontextmanager
    async def two_bots() -> AsyncIterator[None]:
        one, other = [await Database.open(address, create=False) for _ in range(2)]
        try:
            yield
        finally:
            await one.close()
            await other.close()

    async def ask() -> list[Result]:
        async with two_bots():
            asked = (
                ("verify",),
                ("people",),
                ("people", "--bot", "mau_bot", "invite", "1"),
                ("set-aside", "list"),
            )
            return [await asyncio.to_thread(told, *each) for each in asked]

    verified, listed, invited, nothing = asyncio.run(ask())
    assert (verified.exit_code, "khớp" in verified.output) == (0, True)
    assert (listed.exit_code, "Nguyễn Văn An" in listed.output) == (0, True)
    assert (invited.exit_code, nothing.exit_code) == (0, 0)


def test_a_row_changed_by_hand_is_named(server: Server, address: str) -> None:
    found()
    server.ask(name_of(address), "UPDATE people SET name = 'Kẻ lạ' WHERE id = 1")
    done = told("verify")
    assert done.exit_code == 1
    assert "people" in done.output


def test_a_backup_is_the_server_s_own_and_says_how(address: str, tmp_path: Path) -> None:
    found()
    done = told("backup", str(tmp_path / "sao-luu.db"))
    assert done.exit_code == 1
    assert "pg_dump" in done.output
    assert not (tmp_path / "sao-luu.db").exists()


def test_how_the_house_stands_is_told(address: str) -> None:
    found()
    done = told("status")
    assert done.exit_code == 1  # Telegram was never heard
    assert "bi-mat" not in done.output
