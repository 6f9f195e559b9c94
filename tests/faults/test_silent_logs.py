"""What the log says of what fails: its kind and where, never its words. That of whole stories is read beside them."""

from __future__ import annotations

import asyncio
import gc
import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot import logs
from bot.db.engine import Database
from scheduler.sending import unquoted
from simulator.world import DEMO_TOKEN
from tests.faults.committee import committee
from tests.faults.machine import ROOT
from tests.stories.logged import faulty_lines, logged

SECRETS = ("Nguyễn Văn An", "Lời kín đáo", DEMO_TOKEN)


@pytest.fixture(params=[True, False], ids=["json", "plain"])
def written(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    with logged(as_json=request.param) as page:
        yield page
        if request.param:
            assert faulty_lines(page.getvalue()) == []


def told(page: io.StringIO) -> str:
    """What was written, and it quotes nobody."""
    log = page.getvalue()
    assert [each for each in SECRETS if each in log] == []
    return log


def test_what_telegram_quotes_of_a_message_is_left_out() -> None:
    refused = 'can\'t parse entities: unsupported start tag "Lời kín đáo" at byte offset 9'
    assert unquoted(refused) == 'can\'t parse entities: unsupported start tag "…" at byte offset 9'
    assert unquoted('broken off "Lời kín') == 'broken off "…"'


async def test_what_fails_is_logged_by_its_kind_and_place_alone(
    written: io.StringIO, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with committee(tmp_path, 2) as house:
        matter = await house.opens("Việc kín đáo")

        def fail(*_: object, **__: object) -> None:
            raise LookupError(" ".join((house.names[1], *SECRETS)))

        monkeypatch.setattr("bot.consultations.answering.may_reply", fail)
        house.presses(house.accounts[1], "reply", matter, "approve")
        await house.stage.settle()
    assert "LookupError" in told(written)
    assert house.names[1] not in told(written)


async def test_of_a_statement_that_fails_neither_values_nor_text_are_told(
    written: io.StringIO, tmp_path: Path
) -> None:
    db = await Database.open(tmp_path / "a.db", create=True)
    async with db.write() as tx:
        with pytest.raises(OperationalError) as caught:
            await tx.execute(text("INSERT INTO nothing VALUES (:name)"), {"name": SECRETS[0]})
    assert SECRETS[0] not in str(caught.value)
    structlog.get_logger("test").error("failed", exc_info=caught.value)
    structlog.get_logger("test").error("failed", **logs.whereabouts(caught.value))
    await db.close()
    assert "OperationalError" in told(written)


async def test_a_task_that_nobody_waits_for_is_told_by_its_kind_alone(written: io.StringIO) -> None:
    async def fail(words: str) -> None:
        raise LookupError(words)

    task = asyncio.create_task(fail(" ".join(SECRETS)))
    await asyncio.wait((task,))
    del task
    gc.collect()
    assert "LookupError" in told(written)


async def test_a_callback_that_fails_is_told_without_what_it_was_given(
    written: io.StringIO,
) -> None:
    def fail(*words: str) -> None:
        raise sqlite3.OperationalError(" ".join(words))

    asyncio.get_running_loop().call_soon(fail, *SECRETS)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert "OperationalError" in told(written)


ENDS = """
from bot import logs
logs.set_up(as_json={as_json})
import threading
def fail():
    raise LookupError("Nguyễn Văn An: Lời kín đáo")
class Left:
    def __del__(self):
        fail()
with logs.silent_end():
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    left = Left()
    del left
    fail()
"""


@pytest.mark.parametrize("as_json", [True, False])
def test_a_program_that_ends_of_an_error_tells_its_kind_and_place_alone(as_json: bool) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ENDS.format(as_json=as_json)],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert not [each for each in SECRETS if each in done.stderr]
    lines = done.stderr.splitlines()
    assert len(lines) == 3, done.stderr
    for line, event in zip(
        lines, ("thread failed", "not cleaned up", "ended by an error"), strict=True
    ):
        assert (json.loads(line)["event"] == event) if as_json else (event in line)
        assert "LookupError" in line
