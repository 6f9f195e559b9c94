"""What a command does not use it does not load: the start of each, and the memory of a bot that rests.

Each test asks a process of its own; no time is measured.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys

import pytest

from bot.commands.speaking import VARIABLE
from bot.db.engine import Database
from bot.places import regulations_dir
from bot.settings import PREFIX

TELL = "import json, sys; print('\\n' + json.dumps(sorted(sys.modules)))"
COMMAND = f"""
import atexit
def tell():
    {TELL}
atexit.register(tell)
from bot.__main__ import main
main()
"""
RESTING = f"""
import asyncio, sys
from bot import logs
import bot.commands.run, bot.commands.running
from bot.db.engine import Database
from bot.regulations.loader import load
from pathlib import Path
logs.set_up()
load(Path(sys.argv[1]))
async def rest():
    await (await Database.open("dongthuan.db", create=False)).close()
asyncio.run(rest())
{TELL}
"""
IS_SEARCHED = """
import atexit, gc, json
def tell():
    from bot.kit.act import TABLE
    print("\\n" + json.dumps(any(each is TABLE for each in gc.get_objects())))
atexit.register(tell)
from bot.__main__ import main
main()
"""
STORE = {"aiosqlite", "bot.db.engine", "bot.subjects", "sqlalchemy"}
TALK = {"aiohttp", "apscheduler", "cryptography", "httpx", "structlog", "telegram"}
SELDOM = {
    *("alembic", "sqlalchemy.orm", "asyncpg", "sqlalchemy.dialects.postgresql"),
    *("docx", "docxtpl", "holidays", "icalendar", "lxml", "pyrage", "segno", "xlsxwriter"),
    *("PIL", "matplotlib", "numpy", "aiohttp.web", "prometheus_client", "simulator"),
}
"""What migrates, reaches a server, writes papers, tables, calendars and pictures, and what watches or plays."""


def loaded(program: str, *args: str) -> set[str]:
    """The names of the modules that a process has loaded at its end."""
    asked = [sys.executable, "-c", program, *args]
    told = subprocess.run(asked, stdout=subprocess.PIPE, text=True, check=True)
    return set(json.loads(told.stdout.splitlines()[-1]))


@pytest.mark.parametrize("args", [("--help",), ("people", "invite", "--help")])
def test_help_loads_neither_settings_nor_rule_books_nor_a_store(args: tuple[str, ...]) -> None:
    names = loaded(COMMAND, *args)
    assert "click" in names
    beside = {"asyncio", "bot.kit", "bot.regulations", "bot.rendering", "bot.settings", "jinja2"}
    assert names & {"pydantic", "pydantic_settings", *beside, *STORE, *TALK, *SELDOM} == set()


def test_a_rule_book_is_checked_without_settings_and_without_a_store() -> None:
    names = loaded(COMMAND, "check", str(regulations_dir() / "quang_ngai.toml"))
    assert "bot.regulations.loader" in names
    assert names & {"bot.settings", "pydantic_settings", *STORE, *TALK, *SELDOM} == set()


def test_what_asks_for_the_token_loads_neither_the_store_nor_the_subjects() -> None:
    names = loaded(f"import bot.commands.run; {TELL}")
    assert "aiohttp" in names
    assert names & {"bot.app", "apscheduler", *STORE, *SELDOM} == set()


def test_a_bot_that_rests_has_loaded_nothing_that_is_seldom_used() -> None:
    asyncio.run(_made("dongthuan.db"))
    names = loaded(RESTING, str(regulations_dir() / "quang_ngai.toml"))
    assert names >= {"bot.app", *STORE, *TALK}
    assert names & SELDOM == set()


@pytest.mark.parametrize(("command", "passed_over"), [("run", True), ("verify", False)])
def test_the_collector_of_garbage_passes_over_what_is_loaded_in_the_process_that_runs_the_bot_alone(
    command: str, passed_over: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asyncio.run(_made("dongthuan.db"))
    monkeypatch.setenv(f"{PREFIX}TOKEN", "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr")
    monkeypatch.setenv(f"{PREFIX}BASE_URL", "http://127.0.0.1:9/bot")  # nobody answers there
    asked = [sys.executable, "-c", IS_SEARCHED, command]
    told = subprocess.run(asked, stdout=subprocess.PIPE, text=True, check=False)
    assert json.loads(told.stdout.splitlines()[-1]) is not passed_over


async def _made(place: str) -> None:
    await (await Database.open(place, create=True)).close()


def test_the_variable_of_the_language_is_named_like_every_setting() -> None:
    assert f"{PREFIX}LANG" == VARIABLE
