"""Words on buttons: cut between words, told apart after it, two side by side where both are short."""

from bot.values.labels import cut_away, fitting, in_rows


def test_words_that_a_phone_shows_whole_stay_as_they_are() -> None:
    whole = "Kế hoạch công tác năm 2026 đã có"
    assert len(whole) == 32
    assert fitting([[whole]]) == [[whole]]


def test_longer_words_are_cut_between_two_words() -> None:
    assert fitting([["Báo cáo cấp trên: Phối hợp kiểm tra cơ sở"]]) == [
        ["Báo cáo cấp trên: Phối hợp …"]
    ]


def test_a_word_without_an_end_is_cut_where_the_room_ends() -> None:
    assert fitting([["x" * 40]]) == [["x" * 30 + " …"]]


def test_buttons_side_by_side_share_the_room() -> None:
    assert fitting([["Sửa tập thể họp", "Sửa chương trình, tài liệu"]]) == [
        ["Sửa tập thể họp", "Sửa chương …"]
    ]


def test_no_cut_makes_two_buttons_read_the_same() -> None:
    one, other = (f"Trung tâm Bồi dưỡng chính trị huyện {of}" for of in ("Ba Tơ", "Lý Sơn"))
    assert fitting([[one], [other]]) == [
        ["Trung tâm Bồi … huyện Ba Tơ"],
        ["Trung tâm Bồi … huyện Lý Sơn"],
    ]


def test_words_that_were_the_same_before_stay_the_same() -> None:
    assert fitting([["Duyệt"], ["Duyệt"]]) == [["Duyệt"], ["Duyệt"]]


def test_two_short_neighbours_stand_side_by_side() -> None:
    words = ["Đã trả lời", "Lịch họp", "Lập phiếu xin ý kiến", "Mời họp", "Theo dõi", "Báo cáo"]
    assert in_rows(words) == [[0, 1], [2], [3, 4], [5]]


LONG = "Nguyễn Thị Minh Khai, Phó Giám đốc Sở Y tế"


def test_what_a_button_cuts_and_no_text_says_is_told_whole() -> None:
    assert cut_away("<b>BỎ PHIẾU</b>", [[LONG], ["Duyệt"]]) == [LONG]
    assert cut_away("<b>BỎ PHIẾU</b>", [[f"2. {LONG}"], [f"2. {LONG}"]]) == [f"2. {LONG}"]


def test_what_stands_whole_in_the_text_is_not_told_again() -> None:
    rows = [[LONG]]
    assert cut_away(f"1. <b>{LONG}</b>: 3 phiếu", rows) == []
    assert cut_away(f"Gồm:\n{LONG.upper()}", rows) == []
    assert cut_away(f"Gồm: {LONG}", [[f"2. {LONG}"]]) == []
    assert cut_away(f"Gồm: {LONG}", [[f"Nội dung 2: {LONG}"]]) == []
    assert (
        cut_away(
            "Quy chế <b>A</b> &amp; B về công tác cán bộ", [["Quy chế A & B về công tác cán bộ"]]
        )
        == []
    )


def test_short_words_side_by_side_are_told_when_they_are_cut() -> None:
    assert cut_away("", [["Sửa tập thể họp", "Sửa chương trình, tài liệu"]]) == [
        "Sửa chương trình, tài liệu"
    ]
    assert cut_away("", [["Sửa tập thể họp"], ["Sửa chương trình, tài liệu"]]) == []
