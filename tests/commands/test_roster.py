"""`dongthuan roster`: entered at the machine for a clerk, confirmed in the bot; refused in words, nothing changed."""

from __future__ import annotations

from pathlib import Path

from tests.acts.committees import AN, HEAD
from tests.commands.test_amend import DECISION, TOMORROW, joined, stands
from tests.commands.test_people import heard, played
from tests.commands.test_run import ask

HEADING = "Họ và tên,Vai trò,Chức vụ\n"
ROSTER = f"{HEADING}{AN},Thành viên,Bí thư\nBùi Thị Xuân,Văn phòng,\nHoàng Văn Giang,Thành viên,Ủy viên\n"


def entered(folder: Path, text: str, *more: str) -> str:
    """What the command says of a roster of that text, and its code."""
    (folder / "moi.csv").write_text(text, "utf-8")
    file = str(folder / "moi.csv")
    done = ask(folder, "roster", "--file", file, "--from", TOMORROW, "--decision", DECISION, *more)
    return f"{done.exit_code}: {done.output}{done.stderr}"


def test_another_roster_waits_for_the_head(tmp_path: Path) -> None:
    played(tmp_path, joined)

    said = entered(tmp_path, ROSTER)

    assert said.startswith("0:"), said
    assert "vào: Hoàng Văn Giang, Ủy viên" in said
    assert f"Người xác nhận trên bot: {AN}" in said
    assert stands(tmp_path)[1] == ["asked"]
    (told,) = [text for text in heard(tmp_path, HEAD) if "ĐỀ NGHỊ CHỜ XÁC NHẬN" in text]
    assert "Bùi Thị Xuân: cán bộ văn phòng" in told


def test_who_is_not_known_apart_is_asked(tmp_path: Path) -> None:
    played(tmp_path, joined)
    bare = ROSTER.replace(AN, AN.replace("ễ", "ê"))

    said = entered(tmp_path, bare)
    assert said.startswith("1:"), said
    assert "--same 1=" in said
    assert f"số 1: {AN}" in said
    assert stands(tmp_path)[1] == []
    assert entered(tmp_path, bare, "--same", "1=1").startswith("0:")


def test_what_cannot_be_is_told(tmp_path: Path) -> None:
    played(tmp_path, joined)

    assert "không có cán bộ văn phòng nào" in entered(
        tmp_path, f"{HEADING}{AN},Thành viên,Bí thư\n"
    )
    assert "--same DÒNG=SỐ" in entered(tmp_path, ROSTER, "--same", "một")
    missing = ask(tmp_path, "roster", "--file", "khong-co.csv", "--from", TOMORROW, "--decision", DECISION)  # fmt: skip
    assert missing.exit_code == 1
    assert "Không đọc được tệp" in missing.stderr
    assert stands(tmp_path)[1] == []


def test_a_term_with_the_people_of_today(tmp_path: Path) -> None:
    played(tmp_path, joined)

    done = ask(tmp_path, "--lang", "en", "roster", "--from", TOMORROW, "--decision", DECISION)

    assert done.exit_code == 0, done.stderr
    assert "a new term" in done.output
    assert "Nobody comes" in done.output
