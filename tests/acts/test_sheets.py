"""Spreadsheets of a matter, a meeting, a year: what stands in which cell, and who may have them."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.clock import MovableClock
from bot.consultations import closing
from bot.consultations import store as consultations
from bot.consultations.rules.consultation import Act, ActKind, Receipt
from bot.db import approvals, drafts, people
from bot.db.approvals import Request
from bot.db.rulebooks import Kept, Turn
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import store as meetings
from bot.meetings.rules.meeting import AgendaItem
from bot.regulations.rules.regulation import Strength
from bot.regulations.rules.terms import Matter
from bot.reports.figures.consulted import Asked, Consulted, consulted
from bot.reports.figures.store import Span
from tests.acts.called import STARTS, called
from tests.acts.committees import (
    AN,
    BINH,
    CLERK,
    CUONG,
    CUONGS,
    DEPUTY,
    DUNG,
    HEAD,
    HOUR,
    START,
    STRANGER,
    VAN,
    House,
    clerk,
    founding,
    member,
    regulation_of,
)
from tests.acts.meanwhile import meanwhile
from tests.acts.phone import Phone
from tests.acts.running import opened

FORMULA = '=HYPERLINK("http://x","y")\n+1\n@SUM(A1)'


async def sheets_of(house: House, phone: Phone) -> dict[str, Worksheet]:
    assert phone.refused is None, phone.text
    (file,) = phone.files
    async with house.context.look() as work:
        content = await drafts.blob(work.tx, file.sha256)
    assert content is not None
    book = load_workbook(io.BytesIO(content))
    return {page.title: page for page in book.worksheets}


def cells(page: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in page.iter_rows()]


def local(day: int, hour: int) -> datetime:
    """A moment of March 2026 as a cell has it: by the clock of Viet Nam, without a zone."""
    return datetime(2026, 3, day, hour)  # noqa: DTZ001


# --- the tally -------------------------------------------------------------------------------


@pytest.fixture
async def matter(context: Context, clock: MovableClock, house: House, committee: int) -> int:
    """Bình differs in words like a formula an hour after the opening; An agrees; the others received it."""
    new = await opened(house, committee)
    async with house.context.work() as work:
        for name in (AN, BINH, CUONG):
            receipt = Receipt(house.ids[name], Strength.ACKNOWLEDGED, work.now)
            await consultations.add_receipt(new, receipt).into(work.tx)
    clock.move_to(START + HOUR)
    binh = await Phone(context, DEPUTY).opens("reply", new, "differ")
    await binh.types(FORMULA)
    await Phone(context, HEAD).opens("reply", new, "approve")
    return new


async def closes(house: House, matter: int, kind: ActKind = ActKind.CLOSE_BY_HAND) -> None:
    async with house.context.work() as work:
        dossier = await consultations.there(work.tx, matter)
        await closing.end(work, dossier, Act(kind, work.now, by=house.ids[AN], reason="Đủ ý kiến"))


async def test_the_tally_tells_every_count_every_member_and_words_as_words(
    context: Context, van: Phone, house: House, matter: int
) -> None:
    await closes(house, matter)
    await (await van.opens("result", matter)).presses("Tải bảng tổng hợp .xlsx")
    assert [file.name for file in van.files] == ["Bang tong hop y kien so 1.xlsx"]
    pages = await sheets_of(house, van)
    assert list(pages) == ["Tổng hợp", "Từng đồng chí"]
    told = cells(pages["Tổng hợp"])
    assert told[0][0] == "Bảng tổng hợp ý kiến · phiếu số 1 · Chương trình công tác quý II"
    # hai phần ba của 4 là 3; chỉ An tán thành
    assert "Số cần đạt: 3/4. Đạt: 1/4." in [row[0] for row in told]
    assert told[-4:] == [
        ["Tán thành", 1, AN],
        ["Ý kiến khác", 1, BINH],
        ["Không có ý kiến", 1, CUONG],
        ["Chưa nhận được", 1, DUNG],
    ]
    members = pages["Từng đồng chí"]
    assert [cell.value for cell in members[4]] == [
        *(2, BINH, "Phó Bí thư", local(2, 8), local(2, 9)),
        *("Ý kiến khác", None, None, FORMULA),
    ]
    assert all(
        c.data_type != "f" for page in pages.values() for row in page.iter_rows() for c in row
    )
    assert (members.freeze_panes, members.print_title_rows) == ("A3", "$2:$2")


async def test_no_tally_before_the_close_nor_of_what_was_withdrawn(
    van: Phone, house: House, matter: int
) -> None:
    assert (await van.opens("tally_sheet", matter)).refused == "sheet_not_closed"
    assert van.files == ()
    await closes(house, matter, ActKind.WITHDRAW)
    assert (await van.opens("tally_sheet", matter)).refused == "sheet_withdrawn"
    await van.opens("result", matter)
    assert "Tải bảng tổng hợp .xlsx" not in van.buttons


@pytest.mark.parametrize("account", [DEPUTY, STRANGER])
async def test_members_and_strangers_have_no_tally(
    context: Context, house: House, matter: int, account: int
) -> None:
    await closes(house, matter)
    assert (await Phone(context, account).opens("tally_sheet", matter)).refused == "no_right"


async def test_who_lost_the_right_while_it_was_made_has_nothing(
    context: Context, house: House, committee: int, matter: int
) -> None:
    await closes(house, matter)

    async def retires(work: UnitOfWork) -> None:
        await people.retire(work.tx, house.ids[VAN], work.now)

    van = await Phone(meanwhile(context, 1, retires), CLERK).opens("tally_sheet", matter)
    assert (van.refused, van.files) == ("no_right", ())
    assert [act for _, act, _ in await house.acts(committee) if act == "tally_sheet"] == []


# --- attendance ------------------------------------------------------------------------------


async def test_attendance_tells_who_came_when_and_who_had_consent(
    context: Context, clock: MovableClock, van: Phone, house: House, committee: int
) -> None:
    await house.joins(CUONG, CUONGS)
    meeting = await called(house, committee, "Kế hoạch quý II")
    await (await Phone(context, CUONGS).opens("absent", meeting)).types("+ Đi công tác")
    await Phone(context, HEAD).opens("absence_ok", meeting, house.ids[CUONG])
    assert (await van.opens("attendance_sheet", meeting)).refused == "sheet_not_opened"
    clock.move_to(STARTS - HOUR / 2)
    for account in (HEAD, DEPUTY):
        await Phone(context, account).opens("checkin", meeting)
    clock.move_to(STARTS)
    await Phone(context, HEAD).opens("mopen", meeting)
    clock.move_to(STARTS + HOUR)
    await Phone(context, DEPUTY).opens("leave", meeting)
    await (await van.opens("mdash", meeting)).presses("Tải danh sách dự họp .xlsx")
    assert [file.name for file in van.files] == ["Danh sach du hop 2026-03-05.xlsx"]
    told = cells((await sheets_of(house, van))["Dự họp"])
    assert told[2][0] == ("Thành viên dự: 2/4. Vắng, được đồng ý: 1. Vắng, chưa được đồng ý: 1.")
    # hai phần ba của 4 là 3 (Điều 8.2.2)
    assert told[3][0] == "Số thành viên phải có mặt: 3 (Điều 8.2.2 Quy chế)."
    half_past_seven = local(5, 7).replace(minute=30)
    assert told[5:] == [
        [1, AN, "Bí thư", None, None, half_past_seven, None, "Có mặt"],
        [2, BINH, "Phó Bí thư", None, None, half_past_seven, local(5, 9), "Có mặt, về trước"],
        [3, CUONG, "Ủy viên", "Xin vắng", "+ Đi công tác", None, None, "Vắng, được đồng ý"],
        [4, DUNG, "Ủy viên", None, None, None, None, "Vắng, chưa được đồng ý"],
    ]


async def test_only_the_office_has_the_attendance(
    context: Context, clock: MovableClock, house: House, committee: int
) -> None:
    meeting = await called(house, committee, "Kế hoạch quý II")
    clock.move_to(STARTS)
    await Phone(context, HEAD).opens("checkin", meeting)
    await Phone(context, HEAD).opens("mopen", meeting)
    for account in (DEPUTY, STRANGER):
        assert (
            await Phone(context, account).opens("attendance_sheet", meeting)
        ).refused == "no_right"


# --- the matters of a year -------------------------------------------------------------------


async def test_the_year_lists_every_matter_with_its_outcome_and_days(
    clock: MovableClock, van: Phone, house: House, committee: int, matter: int
) -> None:
    clock.move_to(START + 50 * HOUR)
    await closes(house, matter)
    await opened(house, committee)
    await van.opens("matters_sheet", committee, 2026)
    assert [file.name for file in van.files] == ["Noi dung nam 2026.xlsx"]
    told = cells((await sheets_of(house, van))["Xin ý kiến bằng văn bản"])
    subject, body = "Chương trình công tác quý II", "Đảng đoàn"
    assert told[2:] == [
        [1, 1, subject, body, local(2, 0), local(4, 0), 2, "Báo cáo cấp trên"],
        [2, 2, subject, body, local(4, 0), None, None, "Đang xin ý kiến"],
    ]


async def divided(context: Context, house: House, committee: int) -> int:
    """A slip with three contents before four members: adopted; somebody differs; left blank."""
    await house.joins(CUONG, CUONGS)
    three = ("Chương trình", "Dự toán", "Hội thảo")
    slip = await opened(house, committee, contents=three)
    for account in (HEAD, DEPUTY, CUONGS):
        await Phone(context, account).opens("reply", slip, "approve", 1)
    await Phone(context, HEAD).opens("reply", slip, "approve", 2)
    await Phone(context, DEPUTY).opens("reply", slip, "reject", 2)
    return slip


async def test_the_year_gives_each_content_of_a_slip_its_line(
    context: Context, clock: MovableClock, van: Phone, house: House, committee: int
) -> None:
    await opened(house, committee)
    slip = await divided(context, house, committee)
    await van.opens("matters_sheet", committee, 2026)
    told = cells((await sheets_of(house, van))["Xin ý kiến bằng văn bản"])
    assert [row[7] for row in told[2:]] == ["Đang xin ý kiến"] * 5
    clock.move_to(START + 50 * HOUR)
    await closes(house, slip)
    await van.opens("matters_sheet", committee, 2026)
    told = cells((await sheets_of(house, van))["Xin ý kiến bằng văn bản"])
    body, sent, ended = "Đảng đoàn", local(2, 0), local(4, 0)
    of_slip = [2, "Chương trình công tác quý II", "Kết quả theo từng nội dung"]
    assert [[row[0], row[2], row[7]] for row in told[3:4]] == [of_slip]
    assert told[4:] == [
        ["2.1", 2, "Nội dung 1: Chương trình", body, sent, ended, 2, "Thông qua"],
        ["2.2", 2, "Nội dung 2: Dự toán", body, sent, ended, 2, "Báo cáo cấp trên"],
        ["2.3", 2, "Nội dung 3: Hội thảo", body, sent, ended, 2, "Không thông qua"],
    ]


async def test_the_figures_of_a_period_count_each_content_of_a_slip(
    context: Context, house: House, committee: int
) -> None:
    whole = await opened(house, committee)
    slip = await divided(context, house, committee)
    async with house.context.look() as work:
        span = Span(committee, ("dang_doan",), START, START + 99 * HOUR)
        assert (await consulted(work, span)).running == [Asked(1), Asked(2)]
    for each in (whole, slip):
        await closes(house, each)
    async with house.context.look() as work:
        found = await consulted(work, span)
    assert found.opened == [1, 2]
    assert found.closed == {
        "not_adopted": [Asked(1), Asked(2, (3,))],
        "adopted": [Asked(2, (1,))],
        "to_superior": [Asked(2, (2,))],
    }


async def test_a_content_that_an_objection_ended_is_counted_on_its_own_day(
    house: House, clock: MovableClock
) -> None:
    """The slip went on for its other content: in the sheet of the year and in the figures the day is the same."""
    seats = [member(AN, "secretary", "hoi_dong"), member(BINH, body="hoi_dong")]
    plan = founding((*seats, clerk()), regulation="../tests/regulations/others/hoi_dong_im_lang")
    committee = (await house.found(plan)).committee
    for name, account in ((AN, HEAD), (BINH, DEPUTY), (VAN, CLERK)):
        await house.joins(name, account)
    slip = await opened(house, committee, "hoi_dong", "cannot_meet", ("Dự toán", "Chương trình"))
    for account in (HEAD, DEPUTY):
        await Phone(house.context, account).opens("reply", slip, "approve", 2)
    await Phone(house.context, DEPUTY).opens("reply", slip, "reject", 1)
    clock.move_to(START + HOUR)  # nửa giờ sau phản đối thì nội dung ấy kết thúc
    async with house.context.work() as work:
        await closing.conclude(work, await consultations.there(work.tx, slip))

    async def told(since: datetime, until: datetime) -> Consulted:
        async with house.context.look() as work:
            return await consulted(work, Span(committee, ("hoi_dong",), since, until))

    at_once, days = Consulted([1], {"to_meeting": [Asked(1, (1,))]}, [Asked(1, (2,))]), 24 * HOUR
    assert await told(START, START + days) == at_once
    clock.move_to(START + 73 * HOUR)
    async with house.context.work() as work:
        await closing.conclude(work, await consultations.there(work.tx, slip))
    assert await told(START, START + days) == at_once
    assert await told(START + days, START + 4 * days) == Consulted(
        [], {"adopted": [Asked(1, (2,))]}, []
    )
    van = await Phone(house.context, CLERK).opens("matters_sheet", committee, 2026)
    lines = cells((await sheets_of(house, van))["Xin ý kiến bằng văn bản"])
    assert [row[5] for row in lines[2:]] == [local(5, 0), local(2, 0), local(5, 0)]


async def test_a_matter_of_a_body_that_the_rule_book_of_now_has_no_more_keeps_its_name(
    van: Phone, house: House, committee: int, matter: int
) -> None:
    plan = founding(regulation="bac_kan")
    other, book = regulation_of(plan), Kept(plan.regulation_name, plan.regulation_text, {})
    async with house.context.work() as work:
        before = (await people.committee(work.tx, committee)).rulebook
        asked = Request(0, committee, "amend", "", {}, house.ids[VAN], work.now)
        request = await approvals.ask(asked).into(work.tx)
        turned = Turn(committee, before, other.digest, date(2026, 3, 3), work.now, request)
        await people.take_rulebook(other, book, turned).into(work.tx)
    await van.opens("matters_sheet", committee, 2026)
    told = cells((await sheets_of(house, van))["Xin ý kiến bằng văn bản"])
    assert [row[3] for row in told[2:]] == ["Đảng đoàn"]


async def test_the_year_lists_what_was_discussed_with_its_conclusion(
    context: Context, clock: MovableClock, van: Phone, house: House, committee: int
) -> None:
    await house.joins(CUONG, CUONGS)
    meeting = await called(house, committee, "Kế hoạch quý II", "=Nhân sự")
    clock.move_to(STARTS)
    for account in (HEAD, DEPUTY, CUONGS):
        await Phone(context, account).opens("checkin", meeting)
    head = await Phone(context, HEAD).opens("mopen", meeting)
    async with context.look() as work:
        first, _ = (await meetings.there(work.tx, meeting)).items
    await head.opens("conclude", first.id, "adopted", "")
    pages = await sheets_of(house, await van.opens("matters_sheet", committee, 2026))
    assert [row[5] for row in cells(pages["Bàn tại cuộc họp"])[2:]] == ["Đang họp", "Đang họp"]
    await head.opens("mclose", meeting, "yes")
    pages = await sheets_of(house, await van.opens("matters_sheet", committee, 2026))
    assert list(pages) == ["Bàn tại cuộc họp"]
    day, body = local(5, 0), "Đảng đoàn"
    assert cells(pages["Bàn tại cuộc họp"])[2:] == [
        [1, 1, day, body, "Kế hoạch quý II", "Thông qua", None],
        [2, 1, day, body, "=Nhân sự", "Hoãn sang cuộc họp sau", None],
    ]


async def test_the_year_names_a_secret_ballot_that_was_held_on_paper(
    context: Context, clock: MovableClock, van: Phone, house: House, committee: int
) -> None:
    await house.joins(CUONG, CUONGS)
    cadres = AgendaItem(0, 1, "Giới thiệu nhân sự", Matter.PERSONNEL)
    meeting = await called(house, committee, "Kế hoạch quý II", items=(cadres,))
    clock.move_to(STARTS)
    for account in (HEAD, DEPUTY, CUONGS):
        await Phone(context, account).opens("checkin", meeting)
    head = await Phone(context, HEAD).opens("mopen", meeting)
    async with context.look() as work:
        first, second = (await meetings.there(work.tx, meeting)).items
    count = "Phát ra 3, thu về 3, hợp lệ 3; tán thành 3."
    await head.opens("conclude", first.id, "adopted", count)
    await head.opens("conclude", second.id, "adopted", "")
    await head.opens("mclose", meeting, "yes")
    pages = await sheets_of(house, await van.opens("matters_sheet", committee, 2026))
    on_paper = "(biểu quyết bằng phiếu kín trên giấy, ghi nhận tại cuộc họp; Điều 8.2.2 Quy chế)"
    assert [row[5:] for row in cells(pages["Bàn tại cuộc họp"])[2:]] == [
        [f"Thông qua {on_paper}", count],
        ["Thông qua", None],
    ]


async def test_a_year_without_matters_and_a_year_that_cannot_be_are_refused(
    van: Phone, committee: int
) -> None:
    assert (await van.opens("matters_sheet", committee, 2025)).refused == "sheet_year_empty"
    assert (await van.opens("matters_sheet", committee, 0)).refused == "old_button"


@pytest.mark.parametrize("account", [DEPUTY, STRANGER])
async def test_only_the_office_has_the_list_of_a_year(
    context: Context, committee: int, matter: int, account: int
) -> None:
    phone = await Phone(context, account).opens("matters_sheet", committee, 2026)
    assert phone.refused == "no_right"
