"""Every paper of a written consultation as it stands on the page, in each layout, whatever people have written."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from bot.consultations.rules.consultation import ActKind, Choice, Outage
from bot.consultations.rules.outcome import state
from bot.issuing.rules.letterhead import Paper, Signing
from bot.papers.consultations import Facts, view
from bot.papers.rules.which import papers_of
from bot.regulations.rules.terms import Profile
from bot.typesetting.template import shipped
from bot.typesetting.writer import Fault, written
from tests.papers.drawn import as_text, drawn, edited_with, fields, heads, matches
from tests.rendering.scenes import (
    AFTER,
    GAP,
    SAY,
    WEDNESDAY,
    answers,
    asked,
    dossier,
    in_the_gap,
    reading,
    whole_roll,
)
from tests.rendering.shown_contents import BEGUN, slip
from tests.rendering.shown_results import BK, HU, QN, by_hand, split, with_secret_slips
from tests.rendering.shown_slips import SLIPS
from tests.rules.committee import Committee

DIVIDED = split(QN, approve=3, comments=1, reject=2, differ=1)
LONG_NAME = "Nguyễn Hoàng Thị Phương Thảo Ngọc Bảo Trân Công Tằng Tôn Nữ Lan Chi"
STRANGE = 'Đề nghị {{ 7 * 7 }} & <b>sửa</b> {% for x in y %} =1+1 "\u202engược'
"""What a template, a page or a spreadsheet could take for its own."""


def renamed(of: Committee, name: str) -> Committee:
    first, *others = of.consultation.roll
    return Committee(replace(of.consultation, roll=(replace(first, name=name), *others)))


SHOWN = {
    "slip": (QN, Paper.SLIP),
    "counting_minutes": (DIVIDED, Paper.COUNT),
    "opinion_table": (DIVIDED, Paper.TABLE),
    "result_notice": (DIVIDED, Paper.RESULT),
    "differing_opinions": (split(HU, approve=2, reject=3), Paper.DIFFERING),
    "opinion_table_of_secret_slips": (
        with_secret_slips(split(BK, approve=2, differ=2)),
        Paper.TABLE,
    ),
    "counting_minutes_in_silence": (asked("bac_kan"), Paper.COUNT),
}


@pytest.mark.parametrize("name", SHOWN)
def test_a_paper_stands_as_it_was_looked_at(name: str) -> None:
    of, paper = SHOWN[name]
    matches(name, as_text(drawn(of, paper)))


def test_the_state_layout_heads_agencies() -> None:
    of = asked("hai_duong")
    head = heads(dossier(of))
    assert head.profile == Profile.STATE
    text = as_text(drawn(of, Paper.COUNT, head=head, numbered=True))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Số: 05/BB-ĐĐ" in text


def test_a_number_stands_on_the_paper_and_without_one_its_place_is_left() -> None:
    assert "Số 05-BB/ĐĐ" in as_text(drawn(DIVIDED, Paper.COUNT, numbered=True))
    assert "Số       -BB/ĐĐ" in as_text(drawn(DIVIDED, Paper.COUNT))


def test_days_and_months_are_written_with_their_zeros() -> None:
    text = as_text(drawn(DIVIDED, Paper.COUNT, numbered=True))
    assert "Thử Nghiệm, ngày 06 tháng 3 năm 2026" in text


def test_of_a_slip_with_several_contents_each_has_its_own_papers() -> None:
    of = replace(slip(*BEGUN), closed_at=None)
    assert papers_of(of, None) == (Paper.SLIP,)
    assert papers_of(of.of(2), None) == ()
    closed = replace(of, closed_at=AFTER)
    assert papers_of(closed, None) == ()
    ended = state(closed.of(2).running, AFTER).result
    assert papers_of(closed.of(2), ended)[:3] == (Paper.COUNT, Paper.TABLE, Paper.RESULT)


def test_a_blank_slip_asks_about_each_content() -> None:
    of = slip()
    told = view(SAY, Paper.SLIP, Facts(of, None, heads(of), None, "", AFTER))
    heads_of = [each["head"] for each in told["contents"]]
    assert heads_of == [f"Nội dung {n}: {each.subject}" for n, each in enumerate(of.contents, 1)]
    # What is left blank on a slip that came back is silent, and nothing else.
    blank = "nội dung để trống được ghi là chưa trả lời, không được xem là đồng ý."
    assert told["silence"].endswith(blank)
    assert blank not in fields(QN, Paper.SLIP)["silence"]


def test_a_press_that_is_left_out_is_no_slip_that_came_back() -> None:
    # Nine asked: one presses in an outage over the deadline, and such presses are left out: as if not made (5.5).
    of = in_the_gap(whole_roll(reading("quang_ngai", outage_presses="leave_out")), Choice.REJECT, 1)
    of = Committee(replace(of.consultation, outages=(Outage(*GAP),)))
    told = fields(of, Paper.COUNT)["count"]
    assert (told["sent"], told["returned"]) == (9, 0)


def test_an_invalid_slip_came_back_and_is_no_opinion() -> None:
    told = fields(split(SLIPS, approve=5).invalid(7, 8), Paper.COUNT)["count"]
    assert (told["returned"], told["valid"], told["invalid"]) == (7, 5, 2)
    unreturned = sum(int(each.rpartition(" ")[2]) for each in told["unreturned"])
    assert told["sent"] == 7 + unreturned


def test_a_matter_withdrawn_is_told_without_any_number() -> None:
    told = as_text(drawn(by_hand(split(QN, reject=2), ActKind.WITHDRAW), Paper.RESULT))
    assert "được lưu trong hồ sơ" in told
    assert "2/9" not in told
    assert "Số phiếu" not in told


def test_what_ended_before_its_deadline_was_asked_until_then() -> None:
    early = split(BK, approve=4).ended(ActKind.CLOSE_BY_HAND, WEDNESDAY)  # hạn: 11/3
    told = as_text(drawn(early, Paper.RESULT))
    assert "đến 15 giờ 30, thứ Tư, 04/03/2026) như sau" in told
    assert "11/03/2026" not in told


def test_numbers_stand_in_the_middle_of_their_columns() -> None:
    tables = Document(io.BytesIO(drawn(DIVIDED, Paper.COUNT))).tables
    counted = next(each for each in tables if each.rows[0].cells[0].text == "Ý kiến")
    first = counted.rows[1].cells
    assert [each.text for each in first] == ["Tán thành", "3", "3/9"]
    stand = [each.paragraphs[0].alignment for each in first]
    left, centre = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
    assert stand == [left, centre, centre]


def test_agencies_are_no_comrades() -> None:
    of = split(whole_roll(asked("hai_duong")), approve=3, reject=1)
    head = replace(heads(dossier(of)), recipients={})
    every = (Paper.COUNT, Paper.TABLE, Paper.RESULT, Paper.DIFFERING)
    told = "".join(as_text(drawn(of, each, head=head)) for each in every)
    assert "đồng chí" not in told.lower()
    assert "Họ và tên" not in told


def test_slips_add_up() -> None:
    # Nine asked: seven answered, two deemed to agree (8.2.1); the deemed are not among what came back.
    told = fields(DIVIDED, Paper.COUNT)["count"]
    assert (told["sent"], told["returned"], told["valid"], told["invalid"]) == (9, 7, 7, 0)
    assert told["unreturned"] == ["Chưa trả lời, được xem là đồng ý do quá hạn (Điều 8.2.1): 2"]
    lines = {line["what"]: line["of_all"] for line in told["lines"]}
    assert lines["Tán thành"] == "3/9"
    assert lines["Được xem là đồng ý"] == "2/9"


def test_what_people_wrote_stands_as_they_wrote_it_and_nothing_of_it_is_carried_out() -> None:
    of = renamed(answers(QN, Choice.REJECT, 1, words=STRANGE), "Lê & <b>Bình</b> {{ 7 * 7 }}")
    text = as_text(drawn(of, Paper.TABLE))
    assert "Lê & <b>Bình</b> {{ 7 * 7 }}" in text
    assert STRANGE.replace("\u202e", "") in text
    assert "49" not in text


def test_secret_slips_show_no_name_beside_a_choice() -> None:
    of = with_secret_slips(split(BK, approve=2, differ=2))
    told = fields(of, Paper.TABLE)
    assert told["rows"] == []
    assert {each["name"] for each in told["differing"]} == {""}
    names = [seat.name for seat in of.consultation.roll if seat.person != 1]
    assert not [name for name in names if name in as_text(drawn(of, Paper.TABLE))]


def test_reserved_words_stay_within_the_body_and_its_superior() -> None:
    # BK 9.2: a reserved opinion may go upward, never outside.
    of = answers(BK, Choice.REJECT, 1, words="Giữ riêng ý này.", reserved=True)
    within = {
        p: "Giữ riêng ý này." in as_text(drawn(of, p))
        for p in (Paper.TABLE, Paper.RESULT, Paper.COUNT)
    }
    assert within == {Paper.TABLE: True, Paper.RESULT: False, Paper.COUNT: False}


@pytest.mark.parametrize("members", [1, 40])
def test_one_member_and_forty_with_five_thousand_letters_each_stand_whole(members: int) -> None:
    of = asked("quang_ngai", size=max(members, 9))
    for person in range(1, members + 1):
        of = answers(of, Choice.REJECT, person, words=f"Ý kiến {person}. " + "chữ " * 1240)
    text = as_text(drawn(renamed(of, LONG_NAME), Paper.TABLE))
    assert text.count("chữ " * 1239) == members
    assert LONG_NAME in text


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("{{ nothing_of_the_kind }}", "unknown"),
        ("{{ heading.nothing_of_the_kind }}", "unknown"),
        ("{% for each in }", "broken"),
        ("{{ subject", "broken"),
        ("{{ subject.__class__.__mro__ }}", "forbidden"),
        ("{{ 1 / 0 }}", "failed"),
        ("{% for a in range(999999999) %}{% endfor %}", "endless"),
    ],
)
def test_what_is_wrong_with_an_edited_template_is_told(tag: str, kind: str) -> None:
    edited = edited_with(shipped(Paper.COUNT, "dang-05-2026"), tag)
    with pytest.raises(Fault) as told:
        written(edited, fields(DIVIDED, Paper.COUNT))
    assert told.value.told["kind"] == kind


def test_the_same_facts_make_the_same_bytes() -> None:
    assert drawn(DIVIDED, Paper.COUNT) == drawn(DIVIDED, Paper.COUNT)


def test_a_signing_that_nobody_set_leaves_its_place() -> None:
    head = replace(heads(dossier(QN)), superior="", place="", signing={Paper.COUNT: Signing()})
    text = as_text(drawn(DIVIDED, Paper.COUNT, head=head))
    assert "Ngày 11 tháng 3 năm 2026" in text
