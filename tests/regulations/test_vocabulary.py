"""A rule book speaks in its own words: offices, matters, grounds, address. Nobody's own words are touched."""

import copy
from pathlib import Path

import pytest

from bot.places import regulations_dir, templates_dir
from bot.regulations.loader import load
from bot.regulations.rules.regulation import Ground, Matter
from bot.regulations.rules.vocabulary import COMMON, Vocabulary, remembering, together
from bot.rendering import addressed, shared_rendering

UY_BAN = load(Path(__file__).parent / "others" / "uy_ban_xa.toml")


def test_what_the_file_names_is_called_as_the_file_says() -> None:
    say = shared_rendering().under(UY_BAN.vocabulary)

    assert say.label("office.chairman") == "Chủ tịch"
    assert say.label("office.deputy") == "Phó Chủ tịch"
    assert say.label("matter.important") == "ngân sách, quy hoạch"
    assert say.label("ground.cannot_meet") == "không tổ chức họp Ủy ban được"
    assert say.label("ground_button.cannot_meet") == "Không tổ chức họp Ủy ban được"


def test_what_the_file_does_not_name_is_called_as_everywhere() -> None:
    say = shared_rendering().under(UY_BAN.vocabulary)

    assert say.label("matter.personnel") == "công tác cán bộ"
    assert shared_rendering().label("office.deputy") == "Phó Bí thư"
    assert shared_rendering().under(COMMON) is shared_rendering()


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Đề nghị đồng chí cho ý kiến.", "Đề nghị Ông/Bà cho ý kiến."),
        ("Đồng chí đã trả lời.", "Ông/Bà đã trả lời."),
        ("CHƯA ĐẾN 1 ĐỒNG CHÍ", "CHƯA ĐẾN 1 ÔNG/BÀ"),
    ],
)
def test_people_are_addressed_in_sentences_at_beginnings_and_in_headings(
    ours: str, theirs: str
) -> None:
    assert addressed(ours, "Ông/Bà") == theirs


def test_an_address_in_small_letters_begins_a_sentence_with_a_capital() -> None:
    assert addressed("Đồng chí và các đồng chí", "ông, bà") == "Ông, bà và các ông, bà"


def test_no_words_of_ours_say_comrade_under_another_address() -> None:
    files = [*templates_dir().rglob("*.j2"), templates_dir() / "labels.toml"]
    ours = [file.read_text(encoding="utf-8") for file in files]

    assert sum("đồng chí" in text.casefold() for text in ours) > 100
    assert not any("đồng chí" in addressed(text, "Ông/Bà").casefold() for text in ours)


def test_under_two_rule_books_both_offices_have_words_and_nobody_is_addressed_as_one_alone_says() -> (
    None
):
    mine = Vocabulary("Ông/Bà", (("office.chairman", "Chủ tịch"), ("office.deputy", "Phó")))
    yours = Vocabulary("anh, chị", (("office.head", "Trưởng ban"), ("office.deputy", "Phó ban")))

    assert together([mine, mine]) == mine
    assert together([]) == COMMON
    both = together([mine, yours])
    assert both.address == "đồng chí"
    assert dict(both.labels) == {
        "office.chairman": "Chủ tịch",
        "office.deputy": "Phó",
        "office.head": "Trưởng ban",
    }


def test_an_office_of_an_older_rule_book_keeps_its_words_and_nothing_else_does() -> None:
    older = Vocabulary("Ông/Bà", (("office.chairman", "Chủ tịch"), ("office.deputy", "Phó")))

    now = remembering(COMMON, [older, COMMON], {"office.deputy", "matter.general"})

    assert now == Vocabulary("đồng chí", (("office.chairman", "Chủ tịch"),))
    assert remembering(COMMON, [COMMON], set()) == COMMON


def test_the_words_of_now_go_before_those_of_older_rule_books() -> None:
    older = Vocabulary(labels=(("office.chairman", "Chủ tịch"),))
    newer = Vocabulary(labels=(("office.chairman", "Chủ tịch Ủy ban"),))

    assert remembering(newer, [older, newer], set()) == newer


# --- ids of its own ----------------------------------------------------------------------------


def test_an_id_of_its_own_is_the_same_wherever_it_is_read_and_no_member() -> None:
    (first, second) = (Matter("dau_tu_cong"), Matter("dau_tu_cong"))

    assert first is second
    assert (first.value, str(first)) == ("dau_tu_cong", "dau_tu_cong")
    assert first not in tuple(Matter)
    assert copy.deepcopy(first) is first
    assert Matter("general") is Matter.GENERAL
    for other in ("Đầu tư", "2024", "", "x" * 25, "a b"):
        with pytest.raises(ValueError, match="not a valid Matter"):
            Matter(other)


def test_a_ground_of_its_own_is_no_kind_of_content() -> None:
    assert isinstance(Ground("thien_tai"), Ground)
    assert not isinstance(Matter("thien_tai"), Ground)


def test_what_the_file_names_itself_is_known_to_all_its_bodies_and_to_nobody_else() -> None:
    uy_ban = UY_BAN.body("uy_ban")

    assert uy_ban.matters == (*Matter, Matter("dau_tu_cong"), Matter("nhan_su_hop_dong"))
    assert uy_ban.matter("dau_tu_cong") is Matter("dau_tu_cong")
    assert uy_ban.matter("general") is Matter.GENERAL
    assert uy_ban.matter("dau_tu") is None
    assert load(regulations_dir() / "quang_ngai.toml").matters == tuple(Matter)
    assert Matter("dau_tu_cong") in uy_ban.written.matters
    assert uy_ban.written.exclusion(Matter("nhan_su_hop_dong"), None) is not None
    assert uy_ban.written.grounds[Ground("thien_tai")] == "8.5"


def test_what_the_file_names_itself_has_its_words_on_screen_and_button() -> None:
    say = shared_rendering().under(UY_BAN.vocabulary)

    assert say.label("matter.nhan_su_hop_dong") == "nhân sự hợp đồng"
    assert say.label("ground.thien_tai") == "phòng, chống thiên tai"
    assert say.label("ground_button.thien_tai") == "Phòng, chống thiên tai"
    assert not shared_rendering().has_label("matter.nhan_su_hop_dong")
