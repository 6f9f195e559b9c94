"""The drill of a restore: the machine is lost, a backup is brought back elsewhere, what is gone decides nothing."""

from __future__ import annotations

import asyncio
import re
import shutil
import sqlite3
import subprocess
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import make_url

from bot.consultations import overview
from bot.db import restoring
from bot.db.backup import COPYING, back_up
from bot.db.engine import Database
from bot.kit.unit import Context
from bot.restored import record
from tests import postgres
from tests.commands.test_backup import keys
from tests.commands.test_run import ask, beside
from tests.faults.committee import CLERK, DAY, HOUR, Committee, committee
from tests.faults.machine import count, living_again, nothing_waits, until
from tests.faults.sitting import sitting
from tests.postgres import Server

ANSWERED_BEFORE, ANSWERED_AFTER = 1, 2
"""Whose answers the backup has, and whose it has not: places among the members."""


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Committee]:
    (tmp_path / "may").mkdir()
    async with committee(tmp_path / "may", 5, real_time=True) as made:
        yield made


async def restored(house: Committee, backup: Path, *options: str) -> Result:
    """The backup brought back on another machine; what runs from then on runs there."""
    elsewhere = house.stage.path.parent.with_name("may_khac")
    elsewhere.mkdir(exist_ok=True)
    target = elsewhere / "dongthuan.db"
    done = await asyncio.to_thread(
        ask, elsewhere, "restore", str(backup), *options, database=str(target)
    )
    if done.exit_code == 0:
        house.stage.path = house.stage.database = target
        house.stage.keys = elsewhere / "khoa"
    return done


async def lost(house: Committee) -> None:
    """The machine is gone, with all that was on it."""
    await house.stage.stop_bot()
    shutil.rmtree(house.stage.path.parent)


@pytest.mark.parametrize(
    "sealed",
    [
        pytest.param(False, id="readable", marks=pytest.mark.faults_long),
        pytest.param(True, id="sealed"),
    ],
)
async def test_a_matter_goes_on_from_a_backup_on_another_machine(
    house: Committee, tmp_path: Path, sealed: bool
) -> None:
    stage, members = house.stage, house.accounts
    matter = await house.opens("Chương trình công tác")
    await house.replies(members[ANSWERED_BEFORE], matter)
    await stage.stop_bot()
    identity, public = keys(tmp_path)
    settings = {"backup_recipients": public} if sealed else {}
    options = ("--identity", str(identity)) if sealed else ()
    backup = tmp_path / ("dem.db.age" if sealed else "dem.db")
    with living_again(stage) as bot:
        await until(lambda: nothing_waits(stage) and stage.world.updates.polled, bot)
        made = await asyncio.to_thread(
            ask, tmp_path, "backup", str(backup), database=str(stage.path), **settings
        )
        assert made.exit_code == 0, made.stderr
        house.presses(
            members[ANSWERED_AFTER], "reply", matter, "approve",
            on=house.form(members[ANSWERED_AFTER], matter),
        )  # fmt: skip
        await until(lambda: count(stage.path, "replies") == 2 and nothing_waits(stage), bot)
    shutil.rmtree(stage.path.parent)

    done = await restored(house, backup, *options)

    assert done.exit_code == 0, done.stdout + done.stderr
    names = house.names
    missing = re.search(r"Chương trình công tác\n  lúc sao lưu chưa trả lời: (.+)", done.stdout)
    assert missing is not None, done.stdout
    assert set(missing[1].split("; ")) == {
        name for place, name in enumerate(names) if place != ANSWERED_BEFORE
    }
    assert "Mọi thứ khớp." in done.stdout
    assert stage.path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in stage.path.parent.iterdir()] == ["dongthuan.db"]

    with living_again(stage) as bot:
        await until(lambda: nothing_waits(stage) and stage.world.updates.polled, bot)
        for office in (CLERK, house.head):
            told = house.hands(office).messages
            (word,) = [each.text for each in told if "ĐÃ ĐƯỢC KHÔI PHỤC" in each.text]
            assert names[ANSWERED_AFTER] in word
            assert names[ANSWERED_BEFORE] not in word
        for account in members[2:]:
            house.presses(account, "reply", matter, "approve", on=house.form(account, matter))
        await until(lambda: count(stage.path, "replies") == 4, bot)
    await stage.start_bot()
    await stage.settle()
    await house.replies(house.head, matter)
    assert count(stage.path, "replies") == 5
    assert count(stage.path, "outages", "lost") == 1
    assert count(stage.path, "register", "act = 'restore'") == 1
    await house.verified()


# --- what was given out in the lost time -----------------------------------------------------


async def test_a_button_of_the_lost_time_does_not_answer_what_has_its_number_now(
    house: Committee, tmp_path: Path
) -> None:
    """The number of a matter that is gone is given to the next one: an old form must not answer that."""
    stage, member = house.stage, house.accounts[2]
    backup = tmp_path / "dem.db"
    assert (await beside(house, "backup", str(backup))).exit_code == 0
    gone = await house.opens("Việc đã mất")
    old = house.form(member, gone)
    await lost(house)
    assert (await restored(house, backup)).exit_code == 0
    await stage.start_bot()
    await stage.settle()
    again = await house.opens("Việc khác hẳn")
    assert again == gone, "the number is given out again: that is what is tried here"

    house.presses(member, "reply", gone, "approve", on=old)
    await stage.settle()

    assert count(stage.path, "replies") == 0
    assert "do phải khôi phục từ bản sao lưu" in house.hands(member).messages[-1].text
    house.presses(member, "reply", again, "approve", on=house.hands(member).shows("form", again))
    await stage.settle()
    await house.verified()


async def test_what_the_former_machine_may_have_sent_waits_for_a_decision(
    house: Committee, tmp_path: Path
) -> None:
    stage, backup = house.stage, tmp_path / "dem.db"
    await house.asks("Việc chưa gửi")
    await stage.stop_bot()
    with closing(sqlite3.connect(stage.path)) as database:  # a moment before it goes out
        (first,) = database.execute(
            "SELECT id FROM outbox WHERE chat_id = ? AND state = 'sent' AND kind NOT IN ('answer', 'live')"
            " ORDER BY id DESC", (house.head,)
        ).fetchone()  # fmt: skip
        database.execute("UPDATE outbox SET state = 'pending' WHERE id = ?", (first,))
        database.commit()
    assert (await beside(house, "backup", str(backup))).exit_code == 0
    await lost(house)
    done = await restored(house, backup)
    assert "Tin chưa gửi lúc sao lưu: 1" in done.stdout, done.stdout + done.stderr

    await stage.start_bot()
    await stage.settle()
    assert count(stage.path, "outbox", "state = 'held'") == 1
    assert "tin giữ lại từ khi khôi phục: 1" in (await beside(house, "status")).stdout
    listed = await beside(house, "unsent")
    assert re.search(rf"^{first}: .*Việc chưa gửi", listed.stdout, re.M), listed.stdout
    assert f"gửi đến: {house.names[0]}" in listed.stdout
    assert "một tiến trình khác" in (await beside(house, "unsent", "send", "--all")).stderr
    await stage.stop_bot()

    for wrong, words in ((("send", "77777"), "mang số: 77777"), (("send",), "Chưa nói tin nào")):
        refused = await beside(house, "unsent", *wrong)
        assert (refused.exit_code, words in refused.stderr) == (1, True), refused.stderr
    unsure = await beside(house, "unsent", "discard", str(first))
    assert (unsure.exit_code, "--yes" in unsure.stderr) == (1, True)
    assert count(stage.path, "outbox", "state = 'held'") == 1
    before = stage.world.deliveries_to(house.head, "Việc chưa gửi")
    assert (await beside(house, "unsent", "send", str(first))).exit_code == 0
    await stage.start_bot()
    await stage.settle()
    assert stage.world.deliveries_to(house.head, "Việc chưa gửi") == before + 1
    await house.verified()


async def test_a_secret_vote_that_was_open_is_not_published_from_a_copy(
    house: Committee, tmp_path: Path
) -> None:
    """The key is in no backup; and even on the machine that still has it, it fits no copy."""
    stage, backup = house.stage, tmp_path / "dem.db"
    room = await sitting(house)
    vote = await room.opens()
    for account in house.accounts[:3]:
        await room.casts(account, vote, "a")
    assert (await beside(house, "backup", str(backup))).exit_code == 0
    key = stage.bot.db.keys.key(vote)
    assert key is not None
    assert key not in backup.read_bytes()
    await stage.stop_bot()
    kept_keys = tmp_path / "khoa_cu"
    shutil.copytree(stage.keys, kept_keys)
    shutil.rmtree(stage.path.parent)
    done = await restored(house, backup)
    assert "hòm phiếu không mở được nữa" in done.stdout, done.stdout + done.stderr
    stage.keys = kept_keys

    await stage.start_bot()
    await stage.settle()
    assert stage.bot.db.keys.key(vote) is None
    refused = (await room.casts(house.accounts[4], vote, "a")).refusal
    assert refused is not None
    told = await room.closes(vote)
    assert (told.outcome, told.counts) == ("not_published", {})
    await house.verified()


# --- what is refused -------------------------------------------------------------------------


@pytest.fixture
async def backup(house: Committee, tmp_path: Path) -> Path:
    """A backup of a machine that is stopped and still there."""
    await house.opens("Việc thứ nhất")
    made = tmp_path / "dem.db"
    assert (await beside(house, "backup", str(made))).exit_code == 0
    return made


async def test_nothing_is_replaced_and_no_bot_disturbed(house: Committee, backup: Path) -> None:
    path = house.stage.path
    running = await beside(house, "restore", str(backup))
    assert "một tiến trình khác đang dùng" in running.stderr
    await house.stage.stop_bot()
    before = path.read_bytes()
    standing = await beside(house, "restore", str(backup))
    assert f"{path}: đã có ở đó" in standing.stderr.replace("\n", "")
    assert path.read_bytes() == before
    path.rename(path.with_name("giu_lai.db"))
    journal = path.with_name(path.name + "-wal")
    journal.write_bytes(b"of the former database")
    left = await beside(house, "restore", str(backup))
    assert str(journal) in left.stderr, "it would be played into the database brought back"
    assert (running.exit_code, standing.exit_code, left.exit_code) == (1, 1, 1)
    assert not path.exists()
    journal.unlink()
    assert (await beside(house, "restore", str(backup))).exit_code == 0
    assert not list(path.parent.glob(f"{path.name}?*{COPYING}*"))


async def test_a_sealed_backup_needs_its_own_key(house: Committee, tmp_path: Path) -> None:
    identity, public = keys(tmp_path, "dung.txt")
    stranger, _ = keys(tmp_path, "sai.txt")
    sealed = tmp_path / "dem.db.age"
    made = await asyncio.to_thread(
        ask, tmp_path, "backup", str(sealed), database=str(house.stage.path), backup_recipients=public
    )  # fmt: skip
    assert made.exit_code == 0, made.stderr
    cut = tmp_path / "cut.db.age"
    cut.write_bytes(sealed.read_bytes()[:-300])
    for source, options, words in (
        (sealed, (), "được mã hóa"),
        (sealed, ("--identity", str(stranger)), "không phải là khóa bí mật"),
        (sealed, ("--identity", str(tmp_path / "khong_co.txt")), "không đọc"),
        (cut, ("--identity", str(identity)), "bị cắt cụt"),
        (tmp_path / "khong_co.db", (), "không có"),
    ):
        refused = await restored(house, source, *options)
        assert refused.exit_code == 1
        assert words in refused.stderr, (words, refused.stderr)
        assert list((tmp_path / "may_khac").iterdir()) == []


async def test_a_backup_that_does_not_prove_itself_is_brought_back_only_by_a_word(
    house: Committee, backup: Path
) -> None:
    with closing(sqlite3.connect(backup)) as database:
        database.execute("UPDATE people SET name = 'Kẻ Lạ Mặt' WHERE name = ?", (house.names[1],))
        database.commit()
    refused = await restored(house, backup)
    assert refused.exit_code == 1
    assert "SAI: bảng people" in refused.stdout
    assert "--despite-breaks" in refused.stderr
    assert list((backup.parent / "may_khac").iterdir()) == []
    assert (await restored(house, backup, "--despite-breaks")).exit_code == 0
    verified = await beside(house, "verify")
    assert verified.exit_code == 1, "what was broken stays known as broken"


async def test_heads_given_out_tell_what_is_lost_from_what_was_changed(
    house: Committee, backup: Path
) -> None:
    before = head_of(await beside(house, "verify"))
    await house.opens("Việc sau khi sao lưu")
    after = head_of(await beside(house, "verify"))
    done = await restored(house, backup, "--head", before, "--head", after)
    assert done.exit_code == 0, done.stdout + done.stderr
    assert f"{after.split(':')[1]}:" in done.stdout.partition("ghi sau lúc sao lưu")[0]
    house.stage.path.unlink()
    number = before.split(":")[1]
    forged = f"{before.split(':')[0]}:{number}:{'0' * 20}"
    refused = await restored(house, backup, "--head", forged)
    assert refused.exit_code == 1
    assert "không còn trong sổ nào" in refused.stdout


def head_of(verified: Result) -> str:
    found = re.search(r"mã đối chiếu sổ theo dõi: (.+)", verified.stdout)
    assert found is not None
    return found[1]


def test_of_a_server_it_says_what_to_do(tmp_path: Path) -> None:
    told = ask(
        tmp_path, "restore", "dem.dump", database="postgresql+asyncpg://x@127.0.0.1/dongthuan"
    )
    assert told.exit_code == 1
    for step in ("pg_restore", "createdb", "--loaded", "--to"):
        assert step in told.stderr


# --- what silence over the lost time comes to ------------------------------------------------


@pytest.fixture
async def moved(tmp_path: Path) -> AsyncIterator[Committee]:
    """On a clock that is moved: a day passes as told."""
    (tmp_path / "may").mkdir()
    async with committee(tmp_path / "may", 5) as made:
        yield made


async def brought_back(house: Committee, backup: Path) -> None:
    """What the command does, on the clock of this stage."""
    stage = house.stage
    target = stage.path.with_name("khoi_phuc.db")
    with restoring.unpacked(backup, target, None) as copy:
        db = await Database.open(copy, create=False)
        async with Context(db, stage.clock, stage.say, "https://t.me/thu_bot").work() as work:
            await record(work, restoring.digest_of(backup))
        await db.close()
        restoring.put_in_place(copy, target)
    stage.path = stage.database = target


async def test_an_hour_lost_takes_silence_its_effect_until_the_head_has_extended(
    moved: Committee, tmp_path: Path
) -> None:
    """8.2.1: who does not answer in time agrees; not over an hour of which nothing is kept."""
    house, stage = moved, moved.stage
    head, deadline = house.hands(house.head), stage.clock.now() + 2 * DAY
    matter = await house.opens("Chương trình công tác", deadline=deadline)
    for account in house.accounts[:2]:
        await house.replies(account, matter)
    backup = tmp_path / "dem.db"
    back_up(stage.path, backup)
    await stage.move_to(stage.clock.now() + HOUR)
    await house.replies(house.accounts[2], matter)  # acknowledged, and about to be lost
    await stage.stop_bot()
    await brought_back(house, backup)

    await stage.start_bot()
    await stage.move_to(deadline + HOUR)
    told = await overview.matter(stage.bot.context, matter)
    assert told is not None
    assert (told.outcome, told.counts) == ("held", {"approve": 2, "silent": 3})
    assert any("có thể không còn" in each.text for each in head.messages)

    await head.press("dash", matter)
    await head.press("extend", matter)
    await head.say(f"{stage.clock.now() + 2 * DAY:%H:%M %d/%m/%Y}")
    await head.say("Hỏi lại sau khi khôi phục")
    await stage.move_to(stage.clock.now() + 4 * DAY)
    told = await overview.matter(stage.bot.context, matter)
    assert told is not None
    assert (told.outcome, told.counts) == ("adopted", {"approve": 2, "deemed_approve": 3})
    await house.verified()


# --- on a server -----------------------------------------------------------------------------


async def test_on_a_server_what_may_be_missing_is_recorded_once_its_own_tools_have_brought_it_back(
    server: Server, tmp_path: Path
) -> None:
    programs, dump = postgres.binaries(), tmp_path / "dem.dump"
    assert programs is not None
    (tmp_path / "may").mkdir()
    address = await asyncio.to_thread(server.fresh)
    async with committee(tmp_path / "may", 3, real_time=True, database=address) as house:
        stage = house.stage
        matter = await house.opens("Chương trình công tác")
        await house.replies(house.accounts[1], matter)
        of_server = ["--host", str(make_url(address).query["host"]), "--username", postgres.USER]
        run_tool(programs / "pg_dump", *of_server, "--format=custom", f"--file={dump}",
                 postgres.name_of(address))  # fmt: skip
        await house.replies(house.accounts[2], matter)
        running = await loaded(tmp_path, dump, address)
        assert running.exit_code == 1
        assert "một tiến trình khác đang dùng" in running.stderr
        await stage.stop_bot()

        fresh = await asyncio.to_thread(server.fresh, migrated=False)
        run_tool(programs / "pg_restore", *of_server, "--exit-on-error",
                 f"--dbname={postgres.name_of(fresh)}", str(dump))  # fmt: skip
        done = await loaded(tmp_path, dump, fresh)
        assert done.exit_code == 0, done.stdout + done.stderr
        assert "Mọi thứ khớp." in done.stdout
        assert f"chưa trả lời: {house.names[0]}; {house.names[2]}" in done.stdout

        stage.database = fresh
        await stage.start_bot()
        await stage.settle()
        assert "ĐÃ ĐƯỢC KHÔI PHỤC" in "".join(m.text for m in house.hands(CLERK).messages)
        await house.replies(house.accounts[2], matter)
        await house.verified()


async def loaded(folder: Path, dump: Path, address: str) -> Result:
    return await asyncio.to_thread(
        ask, folder, "restore", str(dump), "--loaded", database=address,
        ballot_keys=str(folder / "khoa"),
    )  # fmt: skip


def run_tool(tool: Path, *words: str) -> None:
    subprocess.run([tool, *words], check=True, capture_output=True)


def test_loaded_is_for_a_server_alone(tmp_path: Path) -> None:
    for options in (("--loaded",), ("--loaded", "--to", "a.db")):
        told = ask(tmp_path, "restore", "dem.db", *options)
        assert (told.exit_code, "chỉ dùng cho cơ sở dữ liệu trên máy chủ" in told.stderr) == (
            1,
            True,
        )
