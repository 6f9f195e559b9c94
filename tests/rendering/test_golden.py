"""Every message as people read it, beside the file that keeps it; UPDATE_GOLDEN=1 writes the files anew.

Whoever changes a word sees here exactly what people will read.
"""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

import pytest

from bot.consultations.rules.consultation import Choice
from bot.kit import card
from bot.places import templates_dir
from bot.values.refusal import Refusal
from tests.rendering import (
    shown_absence,
    shown_amending,
    shown_anew,
    shown_calendar,
    shown_called_off,
    shown_calling,
    shown_closing,
    shown_contents,
    shown_counting,
    shown_forms,
    shown_issuing,
    shown_member_requests,
    shown_notices,
    shown_office,
    shown_owed,
    shown_papers,
    shown_people,
    shown_questions,
    shown_recused_votes,
    shown_refusals,
    shown_report_board,
    shown_reports,
    shown_requests,
    shown_results,
    shown_rhythm,
    shown_roster,
    shown_rounds,
    shown_screens,
    shown_sheets,
    shown_sitting,
    shown_slips,
    shown_takeover,
    shown_votes,
)
from tests.rendering.scenes import SAY, Shown, answers, written

GOLDEN = Path(__file__).parents[1] / "golden"
SHOWN: Shown = {
    **shown_forms.SHOWN,
    **shown_questions.SHOWN,
    **shown_contents.SHOWN,
    **shown_results.SHOWN,
    **shown_counting.SHOWN,
    **shown_rounds.SHOWN,
    **shown_office.SHOWN,
    **shown_requests.SHOWN,
    **shown_screens.SHOWN,
    **shown_people.SHOWN,
    **shown_calendar.SHOWN,
    **shown_closing.SHOWN,
    **shown_takeover.SHOWN,
    **shown_notices.SHOWN,
    **shown_rhythm.SHOWN,
    **shown_member_requests.SHOWN,
    **shown_absence.SHOWN,
    **shown_sitting.SHOWN,
    **shown_slips.SHOWN,
    **shown_votes.SHOWN,
    **shown_recused_votes.SHOWN,
    **shown_calling.SHOWN,
    **shown_refusals.SHOWN,
    **shown_reports.SHOWN,
    **shown_owed.SHOWN,
    **shown_issuing.SHOWN,
    **shown_amending.SHOWN,
    **shown_roster.SHOWN,
    **shown_anew.SHOWN,
    **shown_called_off.SHOWN,
    **shown_papers.SHOWN,
    **shown_report_board.SHOWN,
    **shown_report_board.REFUSALS,
    **shown_sheets.SHOWN,
}
TO_MEMBERS = [
    *shown_forms.SHOWN,
    *(name for name in shown_results.SHOWN if not name.endswith("_office")),
    *(n for n in shown_rounds.SHOWN if n.startswith(("form_", "result_")) and "_office" not in n),
    *shown_office.ACTS,
    *shown_sitting.TO_AGENCIES,
    *shown_calling.TO_AGENCIES,
    *shown_reports.TO_AGENCIES,
]
TO_AGENCIES = [
    name
    for name in TO_MEMBERS
    if re.search("hai_duong|tra_vinh|agency|^report_", name) and not name.startswith("held")
]
RESULTS = [name for name in shown_results.SHOWN if name.startswith("result_")]
TAG = re.compile(r"</?(?:b|i|blockquote)>|<blockquote expandable>")
ABOUT_ELECTIONS = ("launch_no_election.txt", "refusal_election.txt")
"""The only messages that mean an election when they say so (Bắc Kạn 1.6, 4.9)."""
NEVER = ("thư ký", "bầu cử", "vi phạm", "chậm trễ", "None", "{", "}", "  ")


@pytest.mark.parametrize("name", SHOWN)
def test_a_message_reads_as_its_golden_file(name: str) -> None:
    file, told = GOLDEN / f"{name}.txt", written(SHOWN[name]())
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(told, encoding="utf-8")
    assert told == file.read_text(encoding="utf-8")


def test_every_golden_file_belongs_to_a_message() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(SHOWN)


def test_every_golden_file_keeps_the_rules_of_its_language() -> None:
    broken = {path.name: _broken(path.read_text(encoding="utf-8")) for path in GOLDEN.glob("*.txt")}
    for name in ABOUT_ELECTIONS:
        broken[name].remove("says 'bầu cử'")
    assert {name: rules for name, rules in broken.items() if rules} == {}


def _broken(told: str) -> list[str]:
    """The rules that a message as people read it does not keep."""
    rules = {
        "is not NFC": not unicodedata.is_normalized("NFC", told),
        "has a command to be typed": bool(re.search(r"(?<![<\w./)])/\w", told)),
        "has an emoji": any(unicodedata.category(letter) == "So" for letter in told),
        "cites an article without its number": bool(re.search(r"Điều\s+(Quy chế|[).,;])", told)),
        "has two empty lines beside each other": "\n\n\n" in told,
        "ends a sentence twice": bool(re.search(r"(?<!\.)\.\.(?!\.)", told)),
        "has a tag Telegram does not know, or a text not escaped": "<" in TAG.sub("", told),
        **{f"says {word!r}": word in told for word in NEVER},
    }
    return [rule for rule, is_broken in rules.items() if is_broken]


@pytest.mark.parametrize("name", TO_AGENCIES)
def test_an_agency_is_never_called_comrade(name: str) -> None:
    told = SHOWN[name]().text
    assert not re.search(r"đồng chí(?! Tạ Văn Uy| Phạm Thị Văn)", told, re.IGNORECASE)


@pytest.mark.parametrize("name", [*shown_forms.BEFORE_THE_CLOSE, *shown_office.ACTS])
def test_nothing_before_the_close_speaks_of_a_result(name: str) -> None:
    assert "kết quả" not in SHOWN[name]().text.lower()


@pytest.mark.parametrize("name", [*shown_forms.UNANSWERED, *shown_forms.REMINDERS])
def test_whoever_has_not_answered_is_told_what_silence_means(name: str) -> None:
    told = SHOWN[name]().text
    if name in ("form_held_outage", "form_held_brought_back"):
        # Where silence has lost its effect its sentence is gone: one of the two, never both.
        assert "không được xem là đồng ý.\n" in told
        assert "Quá hạn mà chưa trả lời" not in told
        return
    assert re.search(
        r"^Quá hạn mà chưa trả lời: "
        r"(được xem là đồng ý \(Điều [\d., a-z]+ Quy chế\)"
        r"|(ghi là chưa có ý kiến|không có ý kiến, không tính là tán thành hay không tán thành) \("
        r"(Điều [\d., a-z]+ Quy chế không quy định im lặng là đồng ý"
        r"|phiếu này không áp dụng việc im lặng là đồng ý theo Điều [\d., a-z]+ Quy chế)\))\.$",
        told,
        re.MULTILINE,
    )
    assert "Hạn trả lời: <b>" in told


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_cites_its_articles_once_there_is_one(name: str) -> None:
    told = SHOWN[name]().text
    withdrawn = "withdrawn" in name
    assert ("<b>KẾT QUẢ</b>" in told and "kết quả" in told) is not withdrawn
    assert ("Căn cứ: Điều " in told) is not withdrawn


@pytest.mark.parametrize("name", RESULTS)
def test_reserved_words_reach_the_office_and_members_where_the_committee_has_set_it(
    name: str,
) -> None:
    told = SHOWN[name]().text
    in_full = {"reserved_office", "reserved_to_members", "reserved_to_members_office"}
    assert ("Điều giữ riêng" in told) is (name.removeprefix("result_bac_kan_") in in_full)
    assert ("bảo lưu" in told) is ("reserved" in name)
    assert ("01 ý kiến khác, đề nghị bảo lưu" in told) is (name == "result_bac_kan_reserved")


@pytest.mark.parametrize("name", shown_refusals.SHOWN)
def test_a_refusal_begins_alike_and_says_what_can_be_done(name: str) -> None:
    told = SHOWN[name]().text
    needs = told.startswith("<b>ĐỀ NGHỊ ")
    heads = ("KHÔNG THỰC HIỆN ĐƯỢC", "ĐÃ ĐƯỢC GHI NHẬN TỪ TRƯỚC", "MÀN HÌNH NÀY ĐÃ DÙNG XONG")
    assert needs or told.startswith(tuple(f"<b>{head}</b>\n\n" for head in heads))
    instead = (
        "đề nghị " in told.lower().partition("</b>")[2] if needs else "Có thể thực hiện: " in told
    )
    assert instead or name == "refusal_no_right"


def test_only_what_is_forbidden_is_said_not_to_be_possible() -> None:
    told = SHOWN["refusal_moment_incomplete"]().text
    assert told.startswith("<b>ĐỀ NGHỊ GHI THÊM GIỜ</b>\n\n")
    assert "Đề nghị nhập đủ ngày và giờ, ví dụ: 17 giờ ngày 20/3." in told
    assert SHOWN["refusal_closed"]().text.startswith("<b>KHÔNG THỰC HIỆN ĐƯỢC</b>\n\n")
    late = card.answer(SAY, Refusal("approved_already", repeats=False))
    assert late.card is not None
    assert late.card.text.startswith("<b>KHÔNG THỰC HIỆN ĐƯỢC</b>\n\n")
    twice = card.answer(SAY, Refusal("approved_already"))
    assert twice.card is not None
    assert twice.card.text.startswith("<b>ĐÃ ĐƯỢC GHI NHẬN TỪ TRƯỚC</b>\n\n")
    assert twice.toast == "Đề nghị xem tin bên dưới."


def test_who_lacks_the_right_learns_no_more_than_that() -> None:
    told = SHOWN["refusal_no_right"]().text
    assert "Việc này do người đứng đầu" in told
    assert len(told.split("\n")) == 3


def test_a_refusal_without_words_is_an_error_and_names_its_kind() -> None:
    with pytest.raises(KeyError, match=r"refusal\.never_heard_of"):
        card.card(SAY, Refusal("never_heard_of"))


def test_an_act_without_words_is_an_error_and_names_its_kind() -> None:
    with pytest.raises(KeyError, match=r"act_done\.never_heard_of"):
        shown_office.act(shown_office.RUNNING, "never_heard_of", reader=1)


def test_secret_slips_are_shown_without_names() -> None:
    told = SHOWN["result_bac_kan_secret_slips_office"]().text
    assert "Nguyễn Văn An" not in told
    assert "Vũ Thị Giang" not in told


def test_words_of_secret_slips_do_not_stand_in_the_order_of_the_roll() -> None:
    of = shown_results.with_secret_slips(shown_results.SLIPS)
    of = answers(of, Choice.REJECT, 2, words="Phải xem lại.")
    of = answers(of, Choice.DIFFER, 3, words="Chưa đủ căn cứ.")
    told = shown_results.for_office(of).text
    assert told.index("Chưa đủ căn cứ.") < told.index("Phải xem lại.")


def test_every_template_of_a_refusal_is_tried() -> None:
    folder = templates_dir() / "messages"
    files = [folder / "refusal.j2", *folder.glob("refusals/*.j2")]
    words = "".join(path.read_text(encoding="utf-8") for path in files)
    kinds = re.findall(r'kind == "(\w+)"', words)
    assert [kind for kind in kinds if f"refusal_{kind}" not in "\n".join(SHOWN)] == []
