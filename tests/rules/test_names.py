"""Names stand in Vietnamese order; the order was checked against ICU where that is installed."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.values.names import folded, same, sort_key

ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
TONED_A = ["Ma", "Mà", "Mả", "Mã", "Má", "Mạ"]
ROLL = [
    "Nguyễn Văn An",
    "Nguyễn Thị Thanh An",
    "Trần Ân",
    "Lê Thị Bình",
    "Trần Thị Bình",
    "Đặng Văn Bình",
    "Phạm Dũng",
    "Phạm Đức",
    "Bùi Văn Sơn",
    "Hồ Thu",
    "Hồ Thư",
    "Võ Thị Yến",
]


def test_people_stand_by_given_name_then_middle_names_then_family_name() -> None:
    expected = [
        "Nguyễn Thị Thanh An",
        "Nguyễn Văn An",
        "Trần Ân",
        "Lê Thị Bình",
        "Trần Thị Bình",
        "Đặng Văn Bình",
        "Phạm Dũng",
        "Phạm Đức",
        "Bùi Văn Sơn",
        "Hồ Thu",
        "Hồ Thư",
        "Võ Thị Yến",
    ]
    assert sorted(ROLL, key=sort_key) == expected


def test_the_alphabet_has_its_own_letters() -> None:
    assert sorted("yvxuôơotsrqpnmlkihgêeđdcbâăaư", key=sort_key) == list(ALPHABET)


def test_tones_stand_in_the_order_of_dictionaries() -> None:
    assert sorted(["Mạ", "Má", "Mã", "Mả", "Mà", "Ma"], key=sort_key) == TONED_A


def test_letters_decide_before_tones() -> None:
    assert sorted(["Tạ", "Tai", "Tá"], key=sort_key) == ["Tá", "Tạ", "Tai"]


def test_a_name_stands_beside_itself_however_its_tone_is_set() -> None:
    people = ["Lê Hoá", "Lê Hòa", "Lê Hoà", "Lê Hoa", "Lê Thúy", "Lê Thuỳ", "Lê Thuý", "Lê Thùy"]
    assert sorted(people, key=sort_key) == [
        "Lê Hoa",
        "Lê Hoà",
        "Lê Hòa",
        "Lê Hoá",
        "Lê Thuỳ",
        "Lê Thùy",
        "Lê Thuý",
        "Lê Thúy",
    ]


def test_what_tells_two_of_one_name_apart_does_not_move_them() -> None:
    people = ["Lê Bình", "Lê An (Sở Y tế)", "Lê An (Sở Tài chính)", "Lê An"]
    assert sorted(people, key=sort_key) == [
        "Lê An",
        "Lê An (Sở Tài chính)",
        "Lê An (Sở Y tế)",
        "Lê Bình",
    ]


def test_capitals_and_composition_do_not_matter() -> None:
    assert sort_key("TRẦN ÂN")[:3] == sort_key("Trần Ân")[:3]


@pytest.mark.parametrize("name", ["", " ", "An", "  Trần   An  ", "Ngọc-Anh", "José 3"])
def test_every_name_has_a_place(name: str) -> None:
    assert sort_key(name) == sort_key(name)


def test_a_single_name_stands_before_the_same_with_a_family() -> None:
    assert sort_key("An") < sort_key("Bùi An")


SYLLABLE = st.text(
    st.sampled_from("aàảãáạăằắặâầấậbcdđeèẹêềếệfghiìịjklmnoòọôồốộơờớợpqrstuùụưừứựvwxyỳỵz"),
    min_size=1,
    max_size=5,
)


ONE_WAY = SYLLABLE.filter(lambda word: not folded(word).endswith(("oa", "oe", "uy")))
"""Words whose tone has one place: ICU puts Hoá between Hoà and Hòa, which are one name."""


@given(st.lists(ONE_WAY, min_size=2, max_size=6))
def test_words_stand_as_icu_puts_them(words: list[str]) -> None:
    icu = pytest.importorskip("icu", reason="ICU is not installed here")
    collator = icu.Collator.createInstance(icu.Locale("vi"))
    for left, right in pairwise(sorted(words, key=sort_key)):
        assert collator.compare(left, right) <= 0


@pytest.mark.parametrize(
    ("text", "search"),
    [
        ("Đặng Thị Hường", "dang thi huong"),
        ("  ĐẢNG   ĐOÀN ", "dang doan"),
        ("Quảng Ngãi 2026", "quang ngai 2026"),
    ],
)
def test_search_forgets_marks_and_capitals(text: str, search: str) -> None:
    assert folded(text) == search


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nguyễn Thị Hoa", "Nguyễn Thị Hòa"),
        ("Nguyễn Thị Hòa", "Nguyễn Thị Hoá"),
        ("Nguyễn Thị Hoa", "Nguyễn Thị Hoá"),
        ("Trần Thị Thu", "Trần Thị Thư"),
        ("Đào Dung", "Đào Đung"),
        ("Lê Ân", "Lê An"),
        ("Sở Y tế", "Sở Y tê"),
    ],
)
def test_a_mark_makes_another_name(one: str, other: str) -> None:
    assert not same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nguyễn Thị Hòa", "NGUYỄN  THỊ HÒA"),
        ("Trần Ân", "Tra\u0302\u0300n A\u0302n"),
    ],
)
def test_capitals_spaces_and_composition_make_no_other_name(one: str, other: str) -> None:
    assert same(one, other)
