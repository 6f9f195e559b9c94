from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook

from bot.clock import MovableClock
from bot.db import approvals, drafts, outbox, people
from bot.db.approvals import Request
from bot.db.rulebooks import Kept, Turn
from bot.kit.unit import Context, UnitOfWork
from bot.people.rules.founding import Newcomer, SeatWanted
from bot.people.rules.people import Role, SeatHeld
from bot.reports import daily_digest
from bot.reports import store as reports
from tests.acts.committees import (
    AN,
    BINH,
    CLERK,
    DEPUTY,
    HEAD,
    STRANGER,
    VAN,
    House,
    clerk,
    founding,
    regulation_of,
)
from tests.acts.meanwhile import meanwhile
from tests.acts.phone import Phone
from tests.acts.running import opened

HEALTH, BUILDING, STRANGE, QUIET = "Chi bộ Sở Y tế", "=cmd()|'/c calc'!A1", "<b>&gpj", "Tạ"
UNITS = {HEALTH: 201, BUILDING: 202, STRANGE: 203, QUIET: 204}
ACCOUNT_OF_HEALTH = 201


@pytest.fixture
async def committee(house: House) -> int:
    """An Đảng bộ with a head, a member, a clerk and four units, on 16/3/2026."""
    members = [
        Newcomer(name, Role.MEMBER, (SeatWanted("ban_chap_hanh", office),))
        for name, office in ((AN, "secretary"), (BINH, "member"))
    ]
    units = [Newcomer(name, Role.UNIT) for name in UNITS]
    founded = await house.found(founding((*members, *units, clerk()), regulation="bac_kan"))
    await house.joins(AN, HEAD)
    await house.joins(BINH, DEPUTY)
    await house.joins(VAN, CLERK)
    for name, account in UNITS.items():
        await house.joins(name, account)
    async with house.context.work() as work:
        await daily_digest.again(work, founded.committee)
    return founded.committee


async def report_of(house: House, committee: int, debtor: str, period: str = "2026-Q1") -> int:
    async with house.context.look() as work:
        found = await reports.of_period(work.tx, committee, "BK-R2", period)
    return next(each.id for each in found if each.debtor_name == debtor)


async def delivers(context: Context, house: House, committee: int, unit: str, *files: str) -> None:
    phone = Phone(context, UNITS[unit])
    report = await report_of(house, committee, unit)
    first, *more = files
    await phone.opens("report_sent", report)
    await phone.sends(first, first.encode())
    assert phone.refused is None, phone.text
    for name in more:
        await phone.opens("report_add", report)
        await phone.sends(name, name.encode())
        assert phone.refused is None, phone.text


async def content_of(house: House, phone: Phone, place: int = 0) -> bytes:
    async with house.context.look() as work:
        content = await drafts.blob(work.tx, phone.files[place].sha256)
    assert content is not None
    return content


async def book_of(house: House, phone: Phone) -> Workbook:
    return load_workbook(io.BytesIO(await content_of(house, phone)))


# --- the cards -------------------------------------------------------------------------------


async def test_the_clerk_goes_from_the_year_to_one_report(van: Phone, committee: int) -> None:
    await van.opens("rboard", committee)
    assert "BẢNG BÁO CÁO NĂM 2026" in van.text
    assert "<b>Báo cáo công tác</b> (Điều 12.2)" in van.text
    await van.presses("Báo cáo công tác")
    assert "<b>Quý I/2026</b>, hạn hết ngày 31/3/2026 (thứ Ba): chưa đến hạn 4." in van.text
    await van.presses("Quý I/2026")
    assert f"– {HEALTH}: chưa đến hạn." in van.text
    await van.presses(HEALTH)
    assert f"Đơn vị, cá nhân báo cáo: {HEALTH}." in van.text
    await van.presses("Tình hình cả kỳ")
    assert "Tình hình: chưa đến hạn 4." in van.text


async def test_the_board_says_who_was_late_and_by_how_many_working_days(
    context: Context, van: Phone, house: House, clock: MovableClock, committee: int
) -> None:
    await delivers(context, house, committee, HEALTH, "bc.docx")
    clock.move_to(clock.now() + timedelta(days=37))  # thứ Tư, 08/04/2026
    await delivers(context, house, committee, BUILDING, "bc.docx")
    await van.opens("rperiod", await report_of(house, committee, HEALTH))
    assert "Tình hình: đúng hạn 1, muộn 1, chưa gửi 2." in van.text
    # 01, 02, 03, 06, 07, 08/04: sáu ngày làm việc sau 31/03
    assert "=cmd()|&#39;/c calc&#39;!A1: muộn 6 ngày làm việc, gửi ngày 08/4/2026" in van.text
    assert f"– {QUIET}: chưa gửi, quá hạn 6 ngày làm việc" in van.text


async def test_one_debtor_sees_the_own_year_and_not_the_board(
    context: Context, van: Phone, house: House, committee: int
) -> None:
    await van.opens("rboard", committee)
    await van.presses("Theo đơn vị, cá nhân báo cáo")
    await van.presses(HEALTH)
    assert f"<b>{HEALTH}</b> · 2026" in van.text
    assert "Quý I/2026: Báo cáo công tác" in van.text


@pytest.mark.parametrize("account", [DEPUTY, ACCOUNT_OF_HEALTH, STRANGER])
async def test_nobody_but_clerk_and_head_sees_the_board_or_fetches_from_it(
    context: Context, house: House, committee: int, account: int
) -> None:
    await delivers(context, house, committee, HEALTH, "bc.docx")
    report = await report_of(house, committee, HEALTH)
    phone = Phone(context, account)
    for action, args in (
        ("rboard", (committee,)),
        ("rdebtors", (committee, 2026)),
        ("rxlsx", (committee,)),
        ("rduty", (report,)),
        ("rperiod", (report,)),
        ("rdebtor", (report,)),
        ("rzip", (report,)),
        ("rstats", (report,)),
        ("rhand", (committee,)),
        ("rhand_end", (report,)),
    ):
        await phone.opens(action, *args)
        assert phone.refused == "no_right", action


async def test_the_head_sees_what_the_clerk_sees(context: Context, committee: int) -> None:
    head = Phone(context, HEAD)
    await head.opens("rboard", committee)
    assert "BẢNG BÁO CÁO NĂM 2026" in head.text


async def test_a_year_that_cannot_be_is_an_old_button(van: Phone, committee: int) -> None:
    await van.opens("rboard", committee, 0)
    assert van.refused == "old_button"


async def test_an_empty_year_and_a_page_too_far_are_shown(van: Phone, committee: int) -> None:
    await van.opens("rboard", committee, 2031)
    assert "Năm này chưa có báo cáo nào" in van.text
    await van.opens("rboard", committee, 2026, 99)
    assert van.refused is None


async def test_a_report_that_does_not_exist_is_gone(van: Phone, committee: int) -> None:
    await van.opens("rperiod", 2_000_000)
    assert van.refused == "gone"


# --- the spreadsheet -------------------------------------------------------------------------


async def test_the_spreadsheet_has_a_sheet_a_year_and_words_stay_words(
    context: Context, van: Phone, house: House, committee: int
) -> None:
    await delivers(context, house, committee, BUILDING, "@SUM(1).docx")
    await van.opens("rxlsx", committee)
    assert [file.name for file in van.files] == ["Bang bao cao 2026-03-02.xlsx"]
    book = await book_of(house, van)
    assert book.sheetnames == ["2026"]
    page = book["2026"]
    assert page.freeze_panes == "A3"
    assert [cell.value for cell in page[2]][:6] == [
        *("TT", "Chế độ báo cáo", "Điều", "Kỳ", "Đơn vị, cá nhân báo cáo", "Hạn gửi (giờ Việt Nam)")
    ]
    strange = [row for row in page.iter_rows(min_row=3) if row[4].value == BUILDING]
    assert strange
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    sent = next(row for row in strange if row[9].value == "Đúng hạn")
    assert (sent[5].value, sent[11].value) == (datetime(2026, 3, 31), "@SUM(1).docx")  # noqa: DTZ001 - a day has no zone
    assert sent[4].quotePrefix


async def test_an_empty_board_makes_no_spreadsheet(context: Context, house: House) -> None:
    plan = founding(name="Một tập thể không có chế độ báo cáo")
    without = plan.regulation_text.partition("[duty.QN-R1]")[0]
    founded = await house.found(replace(plan, regulation_text=without))
    await house.joins(VAN, CLERK)
    van = Phone(context, CLERK)
    await van.opens("rxlsx", founded.committee)
    assert van.refused == "board_empty"


async def test_what_the_bot_made_is_let_go_after_some_days(
    van: Phone, house: House, clock: MovableClock, committee: int
) -> None:
    await van.opens("rxlsx", committee)
    digest = van.files[0].sha256
    async with house.context.work() as work:
        await drafts.forget_made(work.tx, work.now - outbox.KEPT)
        assert await drafts.blob(work.tx, digest) is not None
    clock.move_to(clock.now() + outbox.KEPT + timedelta(minutes=1))
    async with house.context.work() as work:
        await drafts.forget_made(work.tx, work.now - outbox.KEPT)
        assert await drafts.blob(work.tx, digest) is None


# --- the files of one period together --------------------------------------------------------


async def test_the_files_of_a_period_come_together_under_safe_names(
    context: Context, van: Phone, house: House, committee: int
) -> None:
    await delivers(context, house, committee, HEALTH, "../../etc/passwd", "bc.docx", "BC.docx")
    await delivers(context, house, committee, STRANGE, "a\\b:c?\u202exfdp.docx")
    await van.opens("rzip", await report_of(house, committee, HEALTH))
    assert [file.name for file in van.files] == ["Báo cáo công tác, quý I-2026.zip"]
    whole = zipfile.ZipFile(io.BytesIO(await content_of(house, van)))
    assert whole.namelist() == [
        "00 - Danh mục.xlsx",
        "01 - Chi bộ Sở Y tế - etc passwd",
        "01 - Chi bộ Sở Y tế - bc.docx",
        "01 - Chi bộ Sở Y tế - BC (2).docx",
        "02 - b &gpj - a b c xfdp.docx",
    ]
    assert whole.read("01 - Chi bộ Sở Y tế - bc.docx") == b"bc.docx"
    assert whole.read("01 - Chi bộ Sở Y tế - BC (2).docx") == b"BC.docx"
    contents = load_workbook(io.BytesIO(whole.read("00 - Danh mục.xlsx")))["Danh mục"]
    listed = [[cell.value for cell in row] for row in contents.iter_rows(min_row=3)]
    assert [(row[1], row[2], row[6]) for row in listed] == [
        (HEALTH, "Đúng hạn", "01 - Chi bộ Sở Y tế - etc passwd"),
        (HEALTH, "Đúng hạn", "01 - Chi bộ Sở Y tế - bc.docx"),
        (HEALTH, "Đúng hạn", "01 - Chi bộ Sở Y tế - BC (2).docx"),
        (BUILDING, "Chưa đến hạn", None),
        (STRANGE, "Đúng hạn", "02 - b &gpj - a b c xfdp.docx"),
        (QUIET, "Chưa đến hạn", None),
    ]


async def test_an_empty_period_has_nothing_to_collate(
    van: Phone, house: House, committee: int
) -> None:
    await van.opens("rzip", await report_of(house, committee, HEALTH))
    assert van.refused == "board_nothing_delivered"
    assert "Điều 12.2" in van.text


async def test_who_fetched_what_is_in_the_register(
    context: Context, van: Phone, house: House, committee: int
) -> None:
    await delivers(context, house, committee, HEALTH, "bc.docx")
    report = await report_of(house, committee, HEALTH)
    await van.opens("rzip", report)
    await van.opens("rxlsx", committee)
    acts = await house.acts(committee)
    assert (VAN, "reports_collated", f"report:{report}") in acts
    assert (VAN, "report_sheet", f"committee:{committee}") in acts


@pytest.mark.parametrize(("act", "writing"), [("rxlsx", 1), ("rzip", 1), ("rzip", 2)])
async def test_who_leaves_while_the_file_is_made_gets_none(
    context: Context, house: House, committee: int, act: str, writing: int
) -> None:
    await delivers(context, house, committee, HEALTH, "bc.docx")
    of = committee if act == "rxlsx" else await report_of(house, committee, HEALTH)

    async def leaves(work: UnitOfWork) -> None:
        await people.retire(work.tx, house.ids[VAN], work.now)

    before = await house.acts(committee)
    van = await Phone(meanwhile(context, writing, leaves), CLERK).opens(act, of)
    assert (van.refused, van.files) == ("no_right", ())
    assert await house.acts(committee) == before


# --- the figures -----------------------------------------------------------------------------


async def test_the_figures_of_a_period_are_for_who_answers_for_the_bodys_report(
    van: Phone, context: Context, house: House, committee: int
) -> None:
    async with house.context.look() as work:
        own = await reports.of_period(work.tx, committee, "BK-R1", "2026-03")
    await van.opens("rstats", own[0].id)
    assert "SỐ LIỆU ĐỂ VIẾT BÁO CÁO" in van.text
    assert "0 đợt gửi trong kỳ" in van.text
    assert "chưa đến hạn 8" in van.text  # tháng 3 và quý I của bốn đơn vị
    unit = Phone(context, ACCOUNT_OF_HEALTH)
    await unit.opens("rstats", await report_of(house, committee, HEALTH))
    assert unit.refused == "no_right"


async def test_what_a_body_did_is_told_when_nobody_sits_in_it_any_more(
    van: Phone, house: House, clock: MovableClock, committee: int
) -> None:
    """As after a new term: what it asked in the period was lost with its last seat."""
    async with house.context.work() as work:
        seat = SeatHeld(Role.MEMBER, "ban_thuong_vu", "member", place=9)
        await people.add_seat(work.tx, committee, house.ids[BINH], seat)
    await opened(house, committee, of="ban_thuong_vu")
    async with house.context.work() as work:
        await people.retire(work.tx, house.ids[BINH], work.now)
    clock.move_to(clock.now() + timedelta(hours=1))
    async with house.context.look() as work:
        own = await reports.of_period(work.tx, committee, "BK-R1", "2026-03")
    await van.opens("rstats", own[0].id)
    told = van.text.split("Ban Thường vụ</b>")
    assert len(told) == 2
    assert told[1].startswith(" (hiện không còn thành viên)\n– Xin ý kiến bằng văn bản: 1 đợt gửi")
    assert "Thường trực" not in van.text  # nobody sits there, and it did nothing


async def takes(house: House, committee: int, book: str, day: date) -> None:
    plan = founding(regulation=book)
    regulation, kept = regulation_of(plan), Kept(plan.regulation_name, plan.regulation_text, {})
    async with house.context.work() as work:
        before = (await people.committee(work.tx, committee)).rulebook
        asked = Request(0, committee, "amend", "", {}, house.ids[VAN], work.now)
        request = await approvals.ask(asked).into(work.tx)
        turned = Turn(committee, before, regulation.digest, day, work.now, request)
        await people.take_rulebook(regulation, kept, turned).into(work.tx)


async def test_what_a_body_of_an_earlier_rule_book_did_is_told_last(
    van: Phone, house: House, clock: MovableClock, committee: int
) -> None:
    await takes(house, committee, "quang_ngai", date(2026, 3, 2))
    async with house.context.work() as work:
        seat = SeatHeld(Role.MEMBER, "dang_doan", "member", place=9)
        await people.add_seat(work.tx, committee, house.ids[BINH], seat)
    await opened(house, committee)
    async with house.context.work() as work:
        await people.retire(work.tx, house.ids[BINH], work.now)
    await takes(house, committee, "bac_kan", date(2026, 3, 3))
    clock.move_to(clock.now() + timedelta(hours=1))
    async with house.context.look() as work:
        own = await reports.of_period(work.tx, committee, "BK-R1", "2026-03")
    await van.opens("rstats", own[0].id)
    first, last = van.text.index("Ban Chấp hành</b>"), van.text.index("Đảng đoàn</b>")
    assert first < last
    assert "1 đợt gửi trong kỳ" in van.text[last:]


async def test_the_figures_become_a_paper_with_a_number(
    van: Phone, context: Context, house: House, committee: int
) -> None:
    async with house.context.look() as work:
        own = await reports.of_period(work.tx, committee, "BK-R1", "2026-03")
    await (await van.opens("rstats", own[0].id)).presses("Văn bản")
    await van.presses("Lấy số: Báo cáo số liệu (dự thảo)")
    assert "01-BC/" in van.text
    await (await van.opens("figures_files", own[0].id)).presses("Báo cáo số liệu (dự thảo)")
    (file,) = van.files
    assert file.name == "Báo cáo số liệu (dự thảo) - Ban Chấp hành, tháng 3-2026.docx"
    unit = Phone(context, ACCOUNT_OF_HEALTH)
    await unit.opens("figures_file", await report_of(house, committee, HEALTH))
    assert (unit.refused, unit.files) == ("no_right", ())
