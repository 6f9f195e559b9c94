from __future__ import annotations

import asyncio
import shutil
import signal
import sqlite3
import sys
from asyncio.subprocess import PIPE, STDOUT
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.db.engine import Database
from bot.rendering import Terminal
from bot.values.language import Language
from simulator.sandbox import Sandbox
from tests.faults.committee import Committee, committee
from tests.faults.machine import count, environment, living, nothing_waits, until

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"
NOBODY = "http://127.0.0.1:9/bot"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Committee]:
    async with committee(tmp_path, 2, real_time=True) as made:
        yield made


def ask(folder: Path, *command: str, **settings: str) -> Result:
    """A command as somebody types it who keeps the database in this folder."""
    given = {"database": str(folder / "dongthuan.db"), **settings}
    variables = {f"DONGTHUAN_{name.upper()}": value for name, value in given.items()}
    return CliRunner(env=variables).invoke(main, command, catch_exceptions=False)


async def run_apart(stage: Sandbox, **settings: str) -> tuple[int | None, str]:
    """`dongthuan run` in a process of its own that is expected to end; its exit code, and what it says."""
    given = environment(stage) | {f"DONGTHUAN_{n.upper()}": value for n, value in settings.items()}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run",
        cwd=stage.path.parent, env=given, stdout=PIPE, stderr=STDOUT,
    )  # fmt: skip
    said, _ = await process.communicate()
    return process.returncode, said.decode()


async def made(path: Path) -> None:
    """A store without a committee."""
    await (await Database.open(path, create=True)).close()


def told(folder: Path) -> str:
    return (folder / "bot.log").read_text(encoding="utf-8")


def test_without_a_token_it_says_how_to_get_one(tmp_path: Path) -> None:
    done = ask(tmp_path, "run")
    assert done.exit_code == 1
    assert "@BotFather" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    done = ask(tmp_path, "run", token=TOKEN, log_level="LOUD")
    assert done.exit_code == 1
    assert "DONGTHUAN_LOG_LEVEL" in done.stderr


def test_without_a_database_it_makes_none(tmp_path: Path) -> None:
    done = ask(tmp_path, "run", token=TOKEN, base_url=NOBODY)
    assert done.exit_code == 1
    assert "dongthuan.db: không có cơ sở dữ liệu ở đây" in done.stderr
    assert "dongthuan init" in done.stderr
    assert not (tmp_path / "dongthuan.db").exists()


@pytest.mark.parametrize("content", [b"", b"khong phai co so du lieu" * 400])
def test_a_damaged_database_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "dongthuan.db"
    path.write_bytes(content)
    done = ask(tmp_path, "run", token=TOKEN, base_url=NOBODY)
    assert done.exit_code == 1
    assert "bị hỏng" in done.stderr
    assert path.read_bytes() == content


def test_a_newer_database_asks_for_a_newer_program(tmp_path: Path) -> None:
    path = tmp_path / "dongthuan.db"
    asyncio.run(made(path))
    with sqlite3.connect(path) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    for command in (("run",), ("verify",), ("status",)):
        done = ask(tmp_path, *command, token=TOKEN, base_url=NOBODY)
        assert done.exit_code == 1
        assert "phiên bản mới hơn" in done.stderr


def test_without_a_place_for_the_keys_of_secret_votes_nothing_runs(tmp_path: Path) -> None:
    asyncio.run(made(tmp_path / "dongthuan.db"))
    (tmp_path / "khoa").write_bytes(b"")
    for command in (("run",), ("people", "confirm", "1")):
        done = ask(
            tmp_path,
            *command,
            token=TOKEN,
            base_url=NOBODY,
            bot="dongthuan_thu_bot",
            ballot_keys=str(tmp_path / "khoa"),
        )
        assert done.exit_code == 1
        assert "không ghi được vào thư mục khóa hòm phiếu kín" in done.stderr
        assert "ballot_keys" in done.stderr


def test_without_a_committee_it_says_so(tmp_path: Path) -> None:
    asyncio.run(made(tmp_path / "dongthuan.db"))
    done = ask(tmp_path, "run", token=TOKEN, base_url=NOBODY)
    assert done.exit_code == 1
    assert "Chưa có tập thể nào" in done.stderr


@pytest.mark.parametrize("name", ["itself", "symlink", "hard link"])
async def test_a_second_one_on_the_same_database_stays_away(house: Committee, name: str) -> None:
    stage, other = house.stage, house.stage.path.with_name("khac.db")
    if name == "symlink":
        other.symlink_to(stage.path)
    elif name == "hard link":
        other.hardlink_to(stage.path)
    else:
        other = stage.path
    code, said = await run_apart(stage, database=str(other))
    assert code == 1
    assert "một tiến trình khác đang dùng" in said
    await house.opens("Bot thứ nhất vẫn làm việc")
    await house.verified()


async def test_a_token_that_telegram_does_not_know_is_refused_and_never_printed(
    house: Committee,
) -> None:
    await house.stage.stop_bot()
    code, said = await run_apart(house.stage, token=TOKEN)
    assert code == 1
    assert "Telegram không nhận mã" in said
    assert TOKEN not in said


async def test_a_refused_token_is_told_before_the_database_is_looked_at(house: Committee) -> None:
    folder = house.stage.path.parent / "trong"
    folder.mkdir()
    code, said = await run_apart(house.stage, token=TOKEN, database=str(folder / "dongthuan.db"))
    assert code == 1
    assert "Telegram không nhận mã" in said
    assert "cơ sở dữ liệu" not in said
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_runs_until_it_is_told_to_stop(house: Committee, number: signal.Signals) -> None:
    stage = house.stage
    await stage.stop_bot()
    async with living(stage) as bot:
        await until(lambda: stage.world.updates.polled, bot)
        bot.send_signal(number)
        assert await asyncio.wait_for(bot.wait(), 20) == 0
    assert "Bot đang chạy: https://t.me/dongthuan_demo_bot" in told(stage.path.parent)
    assert "stopped" in told(stage.path.parent)
    await stage.start_bot()


async def test_it_stops_while_telegram_holds_every_answer_back_and_loses_nothing(
    house: Committee,
) -> None:
    stage = house.stage
    matter = await house.opens("Việc thứ nhất")
    await stage.stop_bot()
    sent = len(stage.world.deliveries)
    async with living(stage) as bot:
        await until(lambda: stage.world.updates.polled, bot)
        stage.world.latency = 60.0  # what was asked before is still answered at once
        for account in house.accounts:
            house.presses(account, "reply", matter, "approve")
        await until(lambda: count(stage.path, "outbox", "state = 'sending'") >= 2, bot)
        bot.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(bot.wait(), 12) == 0
    assert count(stage.path, "replies") == 2
    stage.world.latency = 0.0
    async with living(stage) as bot:
        await until(lambda: nothing_waits(stage), bot)
    assert count(stage.path, "replies") == count(stage.path, "register", "act = 'reply'") == 2
    assert count(stage.path, "outbox", "state = 'undeliverable'") == 0
    copies = Counter(each.text for each in stage.world.deliveries[sent:])
    assert max(copies.values(), default=0) <= 2 * len(house.accounts), "one more copy at most"
    await stage.start_bot()
    await house.verified()


async def test_while_telegram_is_away_at_the_start_it_goes_on_asking_and_says_so(
    house: Committee,
) -> None:
    stage = house.stage
    await stage.stop_bot()
    stage.world.faults.fail("away")
    async with living(stage) as bot:
        await until(lambda: said(stage, "Chưa liên lạc được với Telegram"), bot)
        stage.world.faults.clear()
        await until(lambda: said(stage, "Bot đang chạy"), bot)
        bot.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(bot.wait(), 20) == 0


async def test_it_can_be_stopped_while_it_looks_for_telegram(house: Committee) -> None:
    stage = house.stage
    await stage.stop_bot()
    stage.world.faults.fail("away")
    async with living(stage) as bot:
        await until(lambda: said(stage, "Chưa liên lạc được với Telegram"), bot)
        bot.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(bot.wait(), 20) == 0


def said(stage: Sandbox, words: str) -> bool:
    log = stage.path.parent / "bot.log"
    return log.exists() and words in log.read_text(encoding="utf-8")


# --- beside a running bot ------------------------------------------------------------------------


async def beside(house: Committee, *command: str) -> Result:
    """A command upon the store of a bot that runs."""
    path = house.stage.path
    return await asyncio.to_thread(ask, path.parent, *command, database=str(path))


async def test_status_says_that_the_bot_hears(house: Committee) -> None:
    await house.opens("Việc thứ nhất")
    done = await beside(house, "status")
    assert done.exit_code == 0, done.stdout + done.stderr
    assert "Bot đang nghe Telegram" in done.stdout
    assert "đợt xin ý kiến đang mở: 1" in done.stdout


async def test_status_lists_the_due_moments_that_were_set_aside(house: Committee) -> None:
    await house.opens("Việc thứ nhất")
    assert "gác lại vì lỗi: 1" not in (await beside(house, "status")).stdout
    with sqlite3.connect(house.stage.path) as database:
        database.execute(
            "UPDATE dues SET set_aside_at = at, fault = 'LookupError' WHERE kind = 'close'"
        )
        database.execute(
            "INSERT INTO dues (id, key, kind, about, at, set_aside_at, fault)"
            " VALUES (9999, 'x', CAST(x'ff' AS TEXT), '', 0, 1, 'OperationalError')"
        )
    database.close()
    done = await beside(house, "status")
    assert done.exit_code == 0, done.stdout + done.stderr
    assert "việc đến hạn bị gác lại vì lỗi: 2" in done.stdout
    assert "kết thúc đợt xin ý kiến (LookupError)" in done.stdout
    assert "số 9999: việc không đọc được loại (OperationalError)" in done.stdout
    assert "Việc thứ nhất" not in done.stdout


async def test_status_says_that_the_bot_has_heard_nothing_for_long(house: Committee) -> None:
    await house.stage.stop_bot()
    with sqlite3.connect(house.stage.path) as database:
        database.execute("UPDATE liveness SET covered_until = covered_until - 3600000000")
    database.close()
    done = await beside(house, "status")
    assert done.exit_code == 1
    assert "Bot KHÔNG nghe được Telegram" in done.stdout


async def test_verify_prints_a_head_that_a_later_verify_still_finds(house: Committee) -> None:
    first = await beside(house, "verify")
    assert first.exit_code == 0, first.stdout + first.stderr
    head = first.stdout.partition("mã đối chiếu sổ theo dõi: ")[2].split("\n")[0]
    await house.opens("Việc thứ nhất")
    later = await beside(house, "verify", "--head", head)
    assert later.exit_code == 0
    assert head not in later.stdout
    lost = await beside(house, "verify", "--head", f"1:{'0' * 64}")
    assert lost.exit_code == 1
    assert "không còn trong sổ nào" in lost.stdout
    wrong = await beside(house, "verify", "--head", "sai")
    assert wrong.exit_code == 1
    assert "không phải là một mã đối chiếu" in wrong.stderr


async def closed(house: Committee) -> int:
    """A matter with an answer, closed by its head."""
    matter = await house.opens("Việc thứ nhất", "Văn bản")
    for account in house.accounts:
        await house.replies(account, matter)
    await house.hands(house.head).press("close", matter)
    await house.hands(house.head).say("Đã đủ ý kiến")
    await house.stage.stop_bot()
    return matter


BREAKS = {
    "UPDATE register SET actor = 'Người khác' WHERE number = 3": "sổ theo dõi, dòng 3: bị sửa",
    "DELETE FROM register WHERE number = 4": "sổ theo dõi, dòng 5: bị sửa",
    "UPDATE replies SET choice = 'approve_with_comments' WHERE id = 1": "bảng replies, dòng 1: choice khác dòng",
    "DELETE FROM replies WHERE id = 2": "bảng replies, dòng 2: có ở dòng",
    "UPDATE consultations SET result = json_set(result, '$.outcome', 'not_adopted')": "kết quả đã lưu",
    "UPDATE consultations SET result = json_set(result, '$.required', 1)": "kết quả đã lưu",
    "UPDATE consultations SET text = 'Văn bản khác'": "văn bản khác lúc gửi",
    "UPDATE consultations SET matter = 'một loại khác'": "phiếu mã 1: dữ liệu không đọc được",
    "UPDATE replies SET words = CAST(x'ff' AS TEXT) WHERE id = 1": "bảng replies, dòng 1: không đọc được",
}


async def test_verify_names_whatever_was_touched(house: Committee, tmp_path: Path) -> None:
    await closed(house)
    whole = await beside(house, "verify")
    assert whole.exit_code == 0, whole.stdout + whole.stderr
    assert "kết quả tính lại: 1" in whole.stdout
    with sqlite3.connect(house.stage.path) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    for number, (touch, words) in enumerate(BREAKS.items()):
        path = tmp_path / f"{number}.db"
        shutil.copy(house.stage.path, path)
        with sqlite3.connect(path) as database:
            assert database.execute(touch).rowcount > 0
        database.close()
        done = await asyncio.to_thread(ask, tmp_path, "verify", database=str(path))
        assert (done.exit_code, words in done.stdout) == (1, True), (touch, done.stdout)


# --- backup, and the drill to restore it ---------------------------------------------------------


async def test_a_backup_taken_while_the_bot_works_is_a_bot_that_runs(
    house: Committee, tmp_path: Path
) -> None:
    matter = await house.opens("Việc thứ nhất")
    await house.replies(house.accounts[1], matter)
    target = tmp_path / "sao lưu.db"
    done = await beside(house, "backup", str(target))
    assert done.exit_code == 0, done.stderr
    assert "Đã sao lưu" in done.stdout
    assert target.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.glob("sao lưu*")] == ["sao lưu.db"]

    stage = house.stage
    await house.replies(house.accounts[0], matter)  # after the backup: it is not in it
    await stage.stop_bot()
    for path in tmp_path.glob("rehearsal.db*"):
        path.unlink()
    shutil.copy(target, stage.path)
    verified = await beside(house, "verify")
    assert verified.exit_code == 0, verified.stdout
    await stage.start_bot()
    await house.replies(house.accounts[0], matter)
    await house.verified()


async def test_a_backup_replaces_nothing_and_names_what_is_in_its_way(
    house: Committee, tmp_path: Path
) -> None:
    target = tmp_path / "co_roi.db"
    target.write_bytes(b"quy")
    done = await beside(house, "backup", str(target))
    assert done.exit_code == 1
    assert "đã có tệp này" in done.stderr
    assert target.read_bytes() == b"quy"
    done = await beside(house, "backup", str(tmp_path / "khong_co" / "a.db"))
    assert done.exit_code == 1
    assert "không ghi được" in done.stderr
    done = await asyncio.to_thread(ask, tmp_path, "backup", "b.db", database="khong_co.db")
    assert done.exit_code == 1
    assert "không có cơ sở dữ liệu ở đây" in done.stderr
    assert not (tmp_path / "b.db").exists()


@pytest.mark.parametrize("language", Language)
def test_every_case_of_the_words_is_there(language: Language) -> None:
    say = Terminal(language)
    for kind in ("running", "searching", "token_refused", "no_committee", "broken"):
        assert say.terminal("run", kind=kind, link="https://t.me/x")
    for kind in (
        "done",
        "sealed",
        "key",
        "key_exists",
        "no_keys",
        "exists",
        "server",
        "unwritable",
    ):
        assert say.terminal("backup", kind=kind, path="a.db", size=2048, detail="")
