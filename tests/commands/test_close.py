"""`dongthuan close`: entered at the machine for a clerk, confirmed in the bot; refused in words, nothing changed."""

from __future__ import annotations

import re
from pathlib import Path

from tests.acts.committees import AN, CLERK, HEAD, VAN, House
from tests.commands.test_amend import TOMORROW, stands
from tests.commands.test_people import heard, played
from tests.commands.test_run import ask

DECISION = "Số 15-QĐ/TU, ngày 02/3/2026"
XA = "Đảng ủy xã A"


async def joined(house: House, _committee: int) -> None:
    await house.joins(AN, HEAD)
    await house.joins(VAN, CLERK)


def test_the_end_is_asked_with_what_stands_open_and_waits_for_the_head(tmp_path: Path) -> None:
    played(tmp_path, joined)

    done = ask(tmp_path, "close", "--from", TOMORROW, "--decision", DECISION, "--successor", XA)  # fmt: skip

    assert done.exit_code == 0, done.output + done.stderr
    assert f"đơn vị kế tục {XA}" in done.output
    assert f"Người xác nhận trên bot: {AN}" in done.output
    lines = done.output.splitlines()
    (at,) = (n for n, line in enumerate(lines) if line.startswith("  Báo cáo chưa đến hạn: "))
    count = re.fullmatch(r"  Báo cáo chưa đến hạn: (\d+) – giữ trong hồ sơ, .*", lines[at])
    rest = re.fullmatch(r"    và (\d+) việc khác", lines[at + 4])
    assert count is not None
    assert rest is not None
    assert int(count[1]) == 3 + int(rest[1])
    assert all(line.startswith("    ") for line in lines[at + 1 : at + 4])
    assert lines[at + 5] == "  Toàn bộ: trên bot, «Xem toàn bộ việc còn mở»."
    assert stands(tmp_path)[1] == ["asked"]
    (told,) = [text for text in heard(tmp_path, HEAD) if "ĐỀ NGHỊ CHỜ XÁC NHẬN" in text]
    assert "Quyết định số 15-QĐ/TU ngày 02/03/2026" in told


def test_what_is_refused_on_the_phone_is_refused_here(tmp_path: Path) -> None:
    played(tmp_path, joined)
    itself = "Đảng đoàn Liên hiệp Hội tỉnh Thử nghiệm"
    for given, why in (
        (["--from", "01/01/2026", "--decision", DECISION], "từ hôm nay"),
        (["--from", TOMORROW, "--decision", DECISION, "--successor", itself], "tự kế tục"),
        (["--from", TOMORROW, "--decision", ""], "cần số và ngày của quyết định"),
    ):
        done = ask(tmp_path, "close", *given)
        assert done.exit_code == 1, done.output
        assert why in done.stderr
    assert stands(tmp_path)[1] == []
