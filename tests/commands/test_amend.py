"""`dongthuan amend`: entered at the machine for a clerk, confirmed in the bot; refused in words, nothing changed."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from bot.clock import SystemClock
from bot.db import approvals, people
from bot.db.engine import Database
from bot.kit.unit import Context
from bot.places import regulations_dir
from bot.rendering import shared_rendering
from tests.acts.committees import AN, CLERK, HEAD, LINK, VAN, House
from tests.commands.test_people import heard, played
from tests.commands.test_run import ask

DECISION = "Số 12-QĐ/ĐĐ, ngày 02/3/2026"
TOMORROW = f"{SystemClock().now() + timedelta(days=2):%d/%m/%Y}"


async def joined(house: House, _committee: int) -> None:
    await house.joins(AN, HEAD)
    await house.joins(VAN, CLERK)


def stands(folder: Path) -> tuple[str, list[str]]:
    """The rule book that the committee goes by, and how its requests stand."""

    async def look() -> tuple[str, list[str]]:
        db = await Database.open(folder / "dongthuan.db", create=False)
        async with Context(db, SystemClock(), shared_rendering(), LINK).look() as work:
            (committee,) = await people.all_committees(work.tx)
            asked = await approvals.of_committee(work.tx, committee.id)
        await db.close()
        return committee.rulebook, [each.state.value for each in asked]

    return asyncio.run(look())


def test_a_setting_is_asked_and_waits_for_the_head(tmp_path: Path) -> None:
    played(tmp_path, joined)
    before, _ = stands(tmp_path)

    done = ask(tmp_path, "amend", "--set", "suggested_days=5", "--from", TOMORROW, "--decision", DECISION)  # fmt: skip

    assert done.exit_code == 0, done.output + done.stderr
    assert (
        "thời hạn trả lời: số ngày làm việc gợi ý: 3 → 5 (giả định, quy chế không nêu rõ; dùng khi áp dụng Điều 8.2.1)"
        in done.output
    )
    assert f"Người xác nhận trên bot: {AN}" in done.output
    assert stands(tmp_path) == (before, ["asked"])
    (told,) = [text for text in heard(tmp_path, HEAD) if "ĐỀ NGHỊ CHỜ XÁC NHẬN" in text]
    assert "Quyết định số 12-QĐ/ĐĐ ngày 02/03/2026" in told
    assert "sửa quy chế" in ask(tmp_path, "people").output.lower()


def test_a_file_with_a_value_chosen_in_it(tmp_path: Path) -> None:
    played(tmp_path, joined)
    book = (regulations_dir() / "quang_ngai.toml").read_text(encoding="utf-8")
    (tmp_path / "moi.toml").write_text(book.replace('article = "3.7"', 'article = "3.8"'), "utf-8")

    done = ask(tmp_path, "amend", "--file", str(tmp_path / "moi.toml"), "--set", "suggested_days=4",
               "--from", TOMORROW, "--decision", DECISION, "--clerk", VAN)  # fmt: skip

    assert done.exit_code == 0, done.output + done.stderr
    assert "3.7 → Điều 3.8" in done.output
    assert "3 → 4" in done.output


def refused(folder: Path, *args: str) -> str:
    before = stands(folder)
    done = ask(folder, "amend", *args, "--decision", DECISION)
    assert done.exit_code == 1
    assert "Chưa có gì bị thay đổi" in done.stderr
    assert stands(folder) == before
    return str(done.stderr)


def test_what_cannot_be_is_told_and_changes_nothing(tmp_path: Path) -> None:
    played(tmp_path, joined)
    (tmp_path / "sai.toml").write_text('id = "x"\n', "utf-8")
    five = ("--set", "suggested_days=5")
    assert "phải từ hôm nay" in refused(tmp_path, *five, "--from", "01/01/2026")
    assert "không có giả định" in refused(tmp_path, "--set", "la=5", "--from", TOMORROW)
    assert "chưa dùng được" in refused(tmp_path, "--set", "suggested_days=-1", "--from", TOMORROW)
    assert "Không có nội dung nào khác" in refused(tmp_path, "--from", TOMORROW)
    faults = refused(tmp_path, "--file", str(tmp_path / "sai.toml"), "--from", TOMORROW)
    assert "sai.toml:1:1: lỗi: thiếu khóa «title»\n" in faults  # as `dongthuan check` tells them
    assert "Không đọc được" in refused(tmp_path, "--file", str(tmp_path / "a"), "--from", TOMORROW)
    unknown = refused(tmp_path, "Ban X", *five, "--from", TOMORROW).splitlines()
    assert unknown[0] == "KHÔNG THỰC HIỆN ĐƯỢC"
    assert unknown[1] == "Không có tập thể nào tên «Ban X»."
    assert unknown[2].startswith("Có thể thực hiện: ")
    assert "Không có cán bộ văn phòng" in refused(
        tmp_path, *five, "--from", TOMORROW, "--clerk", AN
    )
    assert "Chưa đọc được ngày" in refused(tmp_path, *five, "--from", "mai")
