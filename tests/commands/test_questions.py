from __future__ import annotations

from pathlib import Path

import pytest

from bot.places import regulations_dir
from bot.regulations.loader import load
from tests.commands.terminal import LINK, headed, kept, nothing_kept, run


def values(regulation: str, **typed: tuple[str, ...]) -> tuple[str, ...]:
    """What is typed at the question of each setting, in the order of the file; Enter where nothing is named."""
    settings = load(regulations_dir() / f"{regulation}.toml").settings
    return tuple(line for each in settings for line in typed.get(each.name, ("",)))


HEADING = ("", "", "", "")
"""Place, superior, issuing body and letters as they follow from the name."""
NOT_REHEARSED = ""
"""An Enter founds without a rehearsal."""
ANSWERS = (
    "4",  # quang_ngai
    "Đảng đoàn  Liên hiệp Hội",
    *values("quang_ngai", suggested_days=("5",)),  # another value
    "danh_sach.csv",
    *HEADING,
    "mau_bot",
    NOT_REHEARSED,
    "c",
)


def test_a_committee_is_founded_by_answers(folder: Path) -> None:
    result = run(answers=ANSWERS)
    assert result.exit_code == 0, result.output
    assert [each.name for each in kept()] == ["Đảng đoàn Liên hiệp Hội"]
    asked = len(values("quang_ngai"))
    assert f"[{asked}/{asked}] Giả định: " in result.output
    assert f"giả định đã xác nhận: {asked - 1}; suggested_days: 5 ngày làm việc" in result.output
    assert len(LINK.findall(result.output)) == 3


def test_another_value_is_taken_by_its_number_or_its_words(folder: Path) -> None:
    settings = values("quang_ngai", receipt=("2",), silence_covers_direction=("không",))
    answers = (
        "4",
        "Đảng đoàn",
        *settings,
        "danh_sach.csv",
        *HEADING,
        "mau_bot",
        NOT_REHEARSED,
        "c",
    )
    result = run(answers=answers)
    assert result.exit_code == 0, result.output
    assert "  2. phải chọn «Đã nhận», mở văn bản hoặc thao tác trên phiếu\n" in result.output
    assert "receipt: phải chọn «Đã nhận»" in result.output
    assert "silence_covers_direction: không" in result.output


def test_a_faulty_answer_is_asked_again(folder: Path) -> None:
    (folder / "sai.csv").write_text("Họ và tên\nNguyễn Văn An\n", encoding="utf-8")
    answers = (
        "9",  # no such regulation
        "4",
        "\u200b",  # nothing visible
        "Đảng đoàn",
        *values(
            "quang_ngai",
            receipt=("sometime", ""),  # no strength of receipt
            suggested_days=("0", ""),  # impossible
        ),
        "khong_co.xlsx",
        "sai.csv",  # no clerk, no head
        "'danh_sach.csv'",
        *HEADING,
        "x",  # not a bot
        "mau_bot",
        NOT_REHEARSED,
        "",
    )
    result = run(answers=answers)
    assert result.exit_code == 0, result.output
    assert result.stderr.count("chưa có gì được ghi") == 7
    assert [each.name for each in kept()] == ["Đảng đoàn"]


def test_a_blank_of_the_model_text_needs_a_typed_value(folder: Path) -> None:
    roster = "Họ và tên,Vai trò,Tập thể,Chức vụ\nAn,,Ban Chấp hành,Bí thư\nVăn,Văn phòng,,\n"
    (folder / "huyen.csv").write_text(roster, encoding="utf-8")
    settings = values(
        "cap_huyen",
        papers_to_office_days=("", "4"),  # an Enter does not fill a blank
        bch_papers_days=("3",),
        btv_meetings_per_month=("2",),
        btv_papers_days=("2",),
        duty_reminders=("5, 2",),  # as it is shown, without the brackets of a file
        ubnd_report_periods=("hằng quý, hằng năm",),
    )
    answers = ("2", "Huyện ủy Mẫu", *settings, "huyen.csv", *HEADING, "mau_bot", NOT_REHEARSED, "c")
    result = run(answers=answers)
    assert result.exit_code == 0, result.output
    assert "Chỗ trống của văn bản mẫu: papers_to_office_days (Điều 19.3)" in result.output
    assert "papers_to_office_days: 4 ngày; " in result.output
    assert "; bch_papers_days: 3 ngày; " in result.output
    assert "duty_reminders: 5, 2 ngày" in result.output
    assert "ubnd_report_periods: hằng quý, hằng năm" in result.output


@pytest.mark.parametrize("answers", [ANSWERS[:-1], (*ANSWERS[:-1], "k"), ("4",), ()])
def test_stopping_half_way_founds_nothing(folder: Path, answers: tuple[str, ...]) -> None:
    result = run(answers=answers)
    assert nothing_kept(result)
    assert "Chưa lập tập thể; chưa có gì được ghi." in result.output


def test_how_papers_are_headed_is_asked_with_what_follows_from_the_name(folder: Path) -> None:
    said = ("Quảng Ngãi", "Tỉnh ủy Quảng Ngãi", "", "số 5", "ĐĐLH")
    answers = (*ANSWERS[:-7], *said, "mau_bot", NOT_REHEARSED, "c")
    result = run(answers=answers)
    assert result.exit_code == 0, result.output
    assert "Đảng đoàn, cơ quan ban hành [Đảng đoàn Liên hiệp Hội]" in result.output
    assert "Đảng đoàn, chữ viết tắt trong ký hiệu [ĐĐ]" in result.output
    kept_so = headed("dang_doan")
    assert kept_so["place"] == "Quảng Ngãi"
    assert kept_so["superior"] == "Tỉnh ủy Quảng Ngãi"
    assert kept_so["symbol.counting_minutes"] == "BB/ĐĐLH"
    assert "issuer" not in kept_so
    assert "symbol.slip" not in kept_so


def test_letters_make_symbols_by_the_layout_of_the_rule_book(folder: Path) -> None:
    roster = "Họ và tên,Vai trò,Chức vụ\nAn,,Chủ tịch\nBình,,Ủy viên Ủy ban\nVăn,Văn phòng,\n"
    (folder / "uy_ban.csv").write_text(roster, encoding="utf-8")
    said = ("", "", "", "UBNDX")
    name = "Ủy ban nhân dân xã Mẫu"
    answers = ("8", name, *values("mau/ubnd_xa"), "uy_ban.csv", *said, "mau_bot", "k", "c")
    result = run(answers=answers)
    assert result.exit_code == 0, result.output
    kept_so = headed("uy_ban")
    assert kept_so["symbol.counting_minutes"] == "BB-UBNDX"
    assert kept_so["symbol.resolution"] == "NQ-UBNDX"
    assert "symbol.slip" not in kept_so


def test_a_model_is_copied_walked_through_and_rehearsed_before_anybody_is_invited(
    folder: Path,
) -> None:
    roster = "Họ và tên,Vai trò,Tập thể,Chức vụ\nAn,,Chi bộ,Bí thư\nBình,,Chi bộ,Đảng viên\nVăn,Văn phòng,,\n"
    (folder / "chi_bo.csv").write_text(roster, encoding="utf-8")
    settings = values("mau/chi_bo", meetings_per_month=("2",))
    answers = ("6", "Chi bộ Mẫu", *settings, "chi_bo.csv", *HEADING, "mau_bot", "c", "c")
    result = run(answers=answers)
    assert result.exit_code == 0, result.output
    assert "MẪU ĐỂ SAO CHÉP, CHƯA PHẢI QUY CHẾ CỦA TẬP THỂ" in result.output
    assert "  danh sách: 2; tán thành: 1; không trả lời: 1\n" in result.output
    assert "  cần đạt: 2/2 tán thành (Điều 4.1); tính được: 1\n" in result.output
    assert "  kết quả: không thông qua (Điều " in result.output
    own = load(folder / "quy-che.toml")
    assert not own.model
    assert own.belongs_to == "Chi bộ Mẫu"
    assert [each.name for each in kept()] == ["Chi bộ Mẫu"]


def test_a_model_is_not_founded_from_as_it_is(folder: Path) -> None:
    plan = (folder / "tap_the.toml").read_text(encoding="utf-8")
    (folder / "tap_the.toml").write_text(plan.replace("quang_ngai", "chi_bo"), encoding="utf-8")
    result = run("--from", "tap_the.toml")
    assert nothing_kept(result)
    assert "«chi_bo» là mẫu để sao chép, chưa phải quy chế của tập thể" in result.stderr
