"""Words on buttons: cut between words, told apart after it, two side by side where both are short."""

from bot.values.labels import fitting, in_rows


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
