"""`dongthuan set-aside`: what who runs the machine sees of what failed, and does about it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.commands.test_run import beside
from tests.faults.committee import CLERK, Committee, committee
from tests.faults.machine import count

WORDS = "Lời riêng của văn phòng"
UPDATE, ALIEN = 4711, 4712


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Committee]:
    """A running matter; its close, a message of the clerk's and something unknown were set aside."""
    async with committee(tmp_path, 2, real_time=True) as made:
        await made.opens("Việc thứ nhất")
        await made.stage.stop_bot()
        failed(made)
        yield made


def failed(house: Committee) -> None:
    now = int(house.stage.clock.now().timestamp() * 1_000_000)
    person = {"id": CLERK, "is_bot": False, "first_name": "Phạm Thị Văn Thư"}
    chat = {"id": CLERK, "type": "private", "first_name": "Phạm Thị Văn Thư"}
    message = {"message_id": 900, "date": 1, "chat": chat, "from": person, "text": WORDS}
    bot = int(house.stage.world.token.split(":")[0])
    rows = [
        (
            bot,
            UPDATE,
            now,
            now,
            json.dumps({"update_id": UPDATE, "message": message}),
            3,
            now,
            "KeyError",
        ),
        (
            bot,
            ALIEN,
            now,
            now,
            json.dumps({"update_id": ALIEN, "poll": 5}),
            3,
            now,
            "malformed: TypeError",
        ),
    ]
    with closing(sqlite3.connect(house.stage.path)) as database:
        database.executemany(
            "INSERT INTO inbox (bot_id, update_id, received_at, earliest_at, raw, attempts,"
            " handled_at, fault) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        database.execute(
            "UPDATE dues SET set_aside_at = ?, attempts = 4, fault = 'LookupError' WHERE kind = 'close'",
            (now,),
        )
        database.commit()


def close(house: Committee) -> str:
    with closing(sqlite3.connect(house.stage.path)) as database:
        return str(database.execute("SELECT id FROM dues WHERE kind = 'close'").fetchone()[0])


async def test_it_is_listed_by_kind_moment_fault_and_committee_and_nobody_is_named(
    house: Committee,
) -> None:
    for command in (("set-aside",), ("set-aside", "list")):
        done = await beside(house, *command)
        assert done.exit_code == 0, done.stdout + done.stderr
        assert f"u{UPDATE}: tin nhắn\n" in done.stdout
        assert "lỗi: KeyError\n  tập thể: Tập thể Thử nghiệm" in done.stdout
        assert f"u{ALIEN}: tin không đọc được loại" in done.stdout
        assert "lỗi: malformed: TypeError\n  tập thể: không rõ" in done.stdout
        assert f"{close(house)}: kết thúc đợt xin ý kiến" in done.stdout
        for hidden in (WORDS, "Văn Thư", "Việc thứ nhất", str(CLERK), *house.names):
            assert hidden not in done.stdout
    status = await beside(house, "status")
    assert f"u{UPDATE}: tin nhắn (KeyError)" in status.stdout
    assert "dongthuan set-aside" in status.stdout


async def test_beside_a_running_bot_it_is_only_listed(house: Committee) -> None:
    await house.stage.start_bot()
    assert (await beside(house, "set-aside", "list")).exit_code == 0
    for command in (("retry", "--all"), ("clear", "--all", "--yes")):
        done = await beside(house, "set-aside", *command)
        assert done.exit_code == 1
        assert "một tiến trình khác đang dùng" in done.stderr
    assert count(house.stage.path, "inbox", "fault IS NOT NULL") == 2


async def test_what_is_to_be_tried_again_is_done_at_the_next_start(house: Committee) -> None:
    done = await beside(house, "set-aside", "retry", f"u{UPDATE}", close(house))
    assert done.exit_code == 0, done.stdout + done.stderr
    assert f"Đã đưa trở lại: 2 (u{UPDATE}, {close(house)})" in done.stdout
    assert count(house.stage.path, "dues", "kind = 'close' AND attempts = 0") == 1
    before = house.stage.world.deliveries_to(CLERK)
    await house.stage.start_bot()
    await house.stage.settle()
    assert house.stage.world.deliveries_to(CLERK) > before, "the clerk's message is answered"
    assert count(house.stage.path, "inbox", f"fault IS NULL AND update_id = {UPDATE}") == 1
    assert count(house.stage.path, "inbox", "fault IS NOT NULL") == 1
    await house.verified()


async def test_to_give_up_it_must_be_said_twice(house: Committee) -> None:
    done = await beside(house, "set-aside", "clear", f"u{ALIEN}")
    assert done.exit_code == 1
    assert f"u{ALIEN}" in done.stdout
    assert f"u{UPDATE}" not in done.stdout
    assert "--yes" in done.stderr
    assert count(house.stage.path, "inbox", "fault IS NOT NULL") == 2
    done = await beside(house, "set-aside", "clear", f"u{ALIEN}", "--yes")
    assert done.exit_code == 0
    assert count(house.stage.path, "inbox", "fault IS NOT NULL") == 1
    done = await beside(house, "set-aside", "clear", "--all", "--yes")
    assert "Đã bỏ hẳn: 2" in done.stdout
    assert count(house.stage.path, "inbox", "fault IS NOT NULL") == 0
    assert count(house.stage.path, "dues", "kind = 'close'") == 0
    assert "bị gác lại" in (await beside(house, "set-aside")).stdout


@pytest.mark.parametrize("wrong", ["u1", "0", "close", "-5", "u"])
async def test_of_ids_that_are_not_set_aside_nothing_is_done(house: Committee, wrong: str) -> None:
    done = await beside(house, "set-aside", "retry", "--", f"u{UPDATE}", wrong)
    assert done.exit_code == 1
    assert f"mang số: {wrong}." in done.stderr
    assert count(house.stage.path, "inbox", "fault IS NOT NULL") == 2


async def test_without_a_number_nothing_is_done(house: Committee) -> None:
    for command in (("retry",), ("clear", "--yes")):
        done = await beside(house, "set-aside", *command)
        assert done.exit_code == 1
        assert "--all" in done.stderr
    english = await beside(house, "set-aside", "retry", "--lang", "en")
    assert "Nothing was named." in english.stderr


async def test_after_thirty_days_it_is_gone(house: Committee) -> None:
    older = timedelta(days=30) // timedelta(microseconds=1)
    with closing(sqlite3.connect(house.stage.path)) as database:
        database.execute(
            "UPDATE inbox SET handled_at = handled_at - ? WHERE update_id = ?", (older, UPDATE)
        )
        database.commit()
    await house.stage.start_bot()
    await house.stage.settle()
    assert count(house.stage.path, "inbox", f"update_id = {UPDATE}") == 0
    assert count(house.stage.path, "inbox", f"update_id = {ALIEN}") == 1
