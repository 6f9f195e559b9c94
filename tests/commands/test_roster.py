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


def test_the_roster_written_out_is_taken_in_again(tmp_path: Path) -> None:
    played(tmp_path, joined)
    written = tmp_path / "hien_nay.xlsx"

    said = ask(tmp_path, "people", "roster", str(written))
    assert said.exit_code == 0, said.stderr
    assert "giữ nguyên cột «Mã»" in said.output
    again = ask(tmp_path, "roster", "--file", str(written), "--from", TOMORROW, "--decision", DECISION)  # fmt: skip
    assert "không khác danh sách hiện nay" in again.stderr

    was = written.read_bytes()
    assert "Đã có tệp" in ask(tmp_path, "people", "roster", str(written)).stderr
    assert written.read_bytes() == was
    other = ask(tmp_path, "people", "roster", str(tmp_path / "x.xlsx"), "--committee", "Chi bộ Hai")
    assert "Không có tập thể nào tên là «Chi bộ Hai»" in other.stderr
    assert not (tmp_path / "x.xlsx").exists()


def test_who_is_renamed_is_known_by_the_number_of_the_bot(tmp_path: Path) -> None:
    played(tmp_path, joined)
    coded = ROSTER.replace("Họ và tên", "Mã,Họ và tên").replace(f"\n{AN}", "\n#1,Phùng Thị Hoa")
    coded = coded.replace("\nBùi", "\n,Bùi").replace("\nHoàng", "\nCB07,Hoàng")

    said = entered(tmp_path, coded)

    assert said.startswith("0:"), said
    assert f"đổi: {AN} → Phùng Thị Hoa, " in said
    assert "vào: Hoàng Văn Giang (mã CB07), Ủy viên" in said
    assert "mã «#99» không phải của ai" in entered(tmp_path, coded.replace("#1", "#99"))
    assert "có ở nhiều dòng: 2, 4" in entered(tmp_path, coded.replace("CB07", "#1"))
