"""Reports on a real file and a clock that is moved: delivering, more time, who comes and goes, what may not be sent."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from bot import run_due
from bot.clock import MovableClock
from bot.db import drafts, rulebooks
from bot.db.schema import committees, dues, report_dues
from bot.kit.unit import Context
from bot.reports import overview
from bot.reports import store as reports
from bot.values.limits import FILE_LIMIT
from bot.values.moments import VIET_NAM
from tests.acts.beating import comes
from tests.acts.committees import (
    AN,
    BINH,
    CLERK,
    CUONG,
    CUONGS,
    DEPUTY,
    HEAD,
    MAI,
    NEW_PHONE,
    STRANGER,
    VAN,
    House,
    clerk,
    founding,
    member,
    regulation_of,
)
from tests.acts.phone import DECISION, Phone, adds, confirms

DUTY, QUARTER = "QN-R2", "2026-Q1"
DUE = date(2026, 3, 31)
REMINDED = "NHẮC BÁO CÁO"
BAC_KAN = (member(AN, "secretary", "ban_chap_hanh"), clerk())


def at(day: int, month: int, hour: int = 8) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=VIET_NAM)


async def reminded(house: House, account: int) -> list[str]:
    return [text for text in await house.heard(account) if text.startswith(f"<b>{REMINDED}")]


async def of(
    context: Context, committee: int, name: str, period: str = QUARTER, duty: str = DUTY
) -> int:
    found = await overview.find(context, committee, duty, period, debtor=name)
    assert found is not None
    return found.id


async def stands(context: Context, committee: int, name: str, period: str = QUARTER) -> str | None:
    return await overview.standing_of(context, committee, DUTY, period, name)


@pytest.fixture
async def binh(context: Context, committee: int) -> Phone:
    """The deputy's phone, on the own report of the first quarter."""
    return await Phone(context, DEPUTY).opens("report", await of(context, committee, BINH))


# --- delivering ------------------------------------------------------------------------------


async def test_a_report_is_delivered_with_number_and_date(
    binh: Phone, context: Context, house: House, committee: int
) -> None:
    await binh.presses("Đã gửi")
    await binh.types("số 12-BC/ĐĐ ngày 1/3/2026")

    assert "Văn bản số 12-BC/ĐĐ ngày 01/3/2026." in binh.text
    assert "Đúng hạn." in binh.text
    assert await stands(context, committee, BINH) == "on_time"
    assert await stands(context, committee, CUONG) == "not_due"
    report = await of(context, committee, BINH)
    assert (BINH, "report_deliver", f"report:{report}") in await house.acts(committee)


async def test_a_second_delivery_is_refused_and_a_further_file_taken(
    binh: Phone, context: Context, clock: MovableClock, committee: int
) -> None:
    await (await binh.presses("Đã gửi")).presses("Đã gửi, không kèm tệp")
    clock.move_to(at(2, 4))
    report = await of(context, committee, BINH)

    assert (await binh.opens("report_sent", report)).refused == "report_delivered"
    assert "đã được ghi nhận là gửi ngày 02/3/2026 (thứ Hai)" in binh.text
    await binh.presses("Gửi thêm tệp")
    await binh.sends("bao cao.docx")
    assert "Đã nhận thêm tệp «bao cao.docx»" in binh.text
    assert await stands(context, committee, BINH) == "on_time"
    await (await binh.opens("report", report)).presses("Xem tệp đã gửi")
    assert [file.name for file in binh.files] == ["bao cao.docx"]


async def test_words_in_place_of_a_further_file_are_answered_with_what_is_needed(
    binh: Phone, context: Context, committee: int
) -> None:
    await (await binh.presses("Đã gửi")).presses("Đã gửi, không kèm tệp")
    await (await binh.opens("report", await of(context, committee, BINH))).presses("Gửi thêm tệp")
    await binh.types("số 12-BC/ĐĐ ngày 1/3/2026")
    assert binh.refused == "report_file_needed"


@pytest.mark.parametrize("account", [CUONGS, STRANGER])
async def test_nobody_delivers_or_sees_the_report_of_another(
    context: Context, house: House, committee: int, account: int
) -> None:
    await house.joins(CUONG, CUONGS)
    report, other = await of(context, committee, BINH), Phone(context, account)
    for action in ("report", "report_sent", "report_more", "report_later", "report_record"):
        assert (await other.opens(action, report)).refused == "no_right"
    assert (await other.opens("report_sent", report, "none")).refused == "no_right"
    assert await stands(context, committee, BINH) == "not_due"


async def test_the_office_notes_a_paper_by_the_day_it_came(
    van: Phone, context: Context, clock: MovableClock, committee: int
) -> None:
    clock.move_to(at(2, 4))
    await van.opens("report", await of(context, committee, CUONG))
    await van.presses("Ghi nhận bản giấy")
    await van.types("số 7-BC ngày 31/3/2026")
    assert "nhận ngày 31/3/2026" in van.text
    assert await stands(context, committee, CUONG) == "on_time"

    await van.opens("report_record", await of(context, committee, BINH))
    assert (await van.types("ngày 3/4/2026")).refused == "report_day_ahead"
    assert (await van.types("ngày 31/2/2026")).refused == "day_impossible"


async def test_a_body_owes_through_its_head_and_its_clerk(
    van: Phone, context: Context, committee: int
) -> None:
    report = await of(context, committee, "Đảng đoàn", "2026-H1", "QN-R1")
    assert (await Phone(context, DEPUTY).opens("report", report)).refused == "no_right"
    assert "Đã gửi" in (await Phone(context, HEAD).opens("report", report)).buttons
    await (await van.opens("report_sent", report)).presses("Đã gửi, không kèm tệp")
    assert (
        await overview.standing_of(context, committee, "QN-R1", "2026-H1", "dang_doan") == "on_time"
    )


async def test_an_unknown_duty_or_period_is_said_plainly(binh: Phone, committee: int) -> None:
    assert (
        await binh.opens("report_of", committee, "XX-R9", QUARTER)
    ).refused == "report_duty_unknown"
    assert (
        await binh.opens("report_of", committee, DUTY, "2026-W07")
    ).refused == "report_period_unknown"
    assert "hằng quý, 6 tháng" in binh.text
    assert (
        await binh.opens("report_of", committee, DUTY, "2026-13")
    ).refused == "report_period_unknown"
    assert (await binh.opens("report_of", committee, DUTY, "2027-Q4")).refused == "report_not_yet"
    assert (await binh.opens("report_of", committee, DUTY, "2025-Q4")).refused == "report_not_owed"
    assert (await binh.opens("report_of", committee, DUTY, QUARTER)).refused is None


# --- files that are not taken ----------------------------------------------------------------


def archive(*parts: str, types: str = "") -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for part in parts:
            made.writestr(part, b"x")
        if types:
            made.writestr("[Content_Types].xml", types)
    return content.getvalue()


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504
PROJECT = "_VBA_PROJECT".encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bao cao.docm", b"x"),
        ("SO LIEU.XLSM", b"x"),
        ("bao cao.docx", archive("word/document.xml", "word/vbaProject.bin")),
        ("so lieu.xlsx", archive("xl/workbook.xml", "XL/VBAPROJECT.BIN")),
        (
            "bao cao.docx",
            archive("word/a.xml", types="application/vnd.ms-word.document.macroEnabled.main+xml"),
        ),
        ("ho so.zip", archive("thang 5/bao cao.docm")),
        ("bao cao.doc", OLE + PROJECT),
    ],
)
async def test_a_file_with_macros_is_refused_and_nothing_is_recorded(
    binh: Phone, context: Context, committee: int, name: str, content: bytes
) -> None:
    await binh.presses("Đã gửi")
    assert (await binh.sends(name, content)).refused == "report_macros"
    assert await stands(context, committee, BINH) == "not_due"
    await binh.sends("bao cao.docx", archive("word/document.xml"))
    assert await stands(context, committee, BINH) == "on_time"


async def test_an_old_document_without_macros_is_taken(
    binh: Phone, context: Context, committee: int
) -> None:
    await binh.presses("Đã gửi")
    await binh.sends("bao cao.doc", OLE)
    assert await stands(context, committee, BINH) == "on_time"


async def test_a_file_over_the_limit_is_refused_before_it_is_fetched(binh: Phone) -> None:
    await binh.presses("Đã gửi")
    assert (await binh.sends("bao cao.pdf", b"", size=FILE_LIMIT + 1)).refused == "file_too_large"
    assert (await binh.sends("bao cao.pdf", b"", size=FILE_LIMIT)).refused is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [("\0\0", "text_empty"), ("a" * 301, "text_too_long"), ("số 3 TUYỆT MẬT", "secret")],
)
async def test_words_that_cannot_be_kept_are_refused(binh: Phone, text: str, kind: str) -> None:
    await binh.presses("Đã gửi")
    assert (await binh.types(text)).refused == kind
    assert (await binh.types("số 5\0-BC")).refused is None
    assert "Văn bản số 5-BC." in binh.text


# --- more time -------------------------------------------------------------------------------


async def test_more_time_is_asked_granted_and_told(
    binh: Phone, van: Phone, context: Context, house: House, committee: int
) -> None:
    await binh.presses("Xin gia hạn")
    assert (await binh.types("31/3/2026")).refused == "report_not_later"
    assert (await binh.types("30/2/2026")).refused == "moment_impossible"
    await binh.types("7/4")
    assert "xin đến ngày 07/4/2026 (thứ Ba)" in binh.text
    assert (await house.heard(CLERK))[-1].startswith("<b>ĐỀ NGHỊ GIA HẠN BÁO CÁO</b>")

    report = await of(context, committee, BINH)
    assert (
        await Phone(context, DEPUTY).opens("report_grant", report, "20260407")
    ).refused == "no_right"
    await (await van.opens("report", report)).presses("Đồng ý đến 07/4/2026")
    assert "hết ngày 07/4/2026 (thứ Ba)" in (await house.heard(DEPUTY))[-1]
    assert await overview.due(context, committee, DUTY, QUARTER, BINH) == date(2026, 4, 7)
    assert await overview.due(context, committee, DUTY, QUARTER) == DUE
    assert (await van.opens("report_grant", report, "20260408")).refused == "report_not_asked"
    assert (await van.opens("report_grant", report, "2026")).refused == "old_button"


async def test_no_button_carries_what_is_no_answer_to_its_question(
    binh: Phone, van: Phone, context: Context, committee: int
) -> None:
    report = await of(context, committee, BINH)
    assert (await binh.opens("report_sent", report, "yes")).refused == "old_button"
    assert (await binh.opens("report_more", report, "2026-04-07")).refused == "old_button"
    assert (await binh.opens("report_more", report, "20260407", "1")).refused == "old_button"
    assert (await van.opens("report_excuse", report, " let off ")).refused == "old_button"
    assert await stands(context, committee, BINH) == "not_due"


async def test_words_that_an_older_bot_asked_for_are_asked_for_anew(
    binh: Phone, context: Context, committee: int
) -> None:
    report = await of(context, committee, BINH)
    async with context.work() as work:
        ref = {"report": report, "how": "deliver"}
        await drafts.await_words(work.tx, DEPUTY, "report_sent", ref, work.now)
    assert (await binh.types("số 12-BC/ĐĐ")).refused == "stale_question"
    assert await stands(context, committee, BINH) == "not_due"


async def test_more_time_is_declined_with_a_reason_or_without(
    binh: Phone, van: Phone, context: Context, clock: MovableClock, house: House, committee: int
) -> None:
    report = await of(context, committee, BINH)
    for answer in ("", "Cần tổng hợp ngay."):
        clock.move_to(clock.now() + timedelta(minutes=1))
        await (await binh.opens("report_more", report)).types("7/4")
        await (await van.opens("report", report)).presses("Không gia hạn")
        if answer:
            await van.types(answer)
        else:
            await van.presses("Không gia hạn, không ghi lý do")
        assert van.toast == "Đã ghi nhận không gia hạn."
    assert "Cần tổng hợp ngay." in (await house.heard(DEPUTY))[-1]
    assert await overview.due(context, committee, DUTY, QUARTER, BINH) == DUE


async def test_put_off_brings_it_back_the_next_working_morning(
    binh: Phone, context: Context, clock: MovableClock, house: House
) -> None:
    await comes(context, clock, at(24, 3))
    assert len(await reminded(house, DEPUTY)) == 1
    report_id = int((await binh.presses("Xin gia hạn")).card.rows[-1][0].press.args[0])  # type: ignore[union-attr]
    await binh.opens("report_later", report_id)
    assert binh.toast == "Sẽ nhắc lại sáng 25/3/2026 (thứ Tư)."
    await comes(context, clock, at(25, 3))
    assert len(await reminded(house, DEPUTY)) == 2
    assert len(await reminded(house, HEAD)) == 1


async def test_who_is_let_off_owes_it_no_more(
    van: Phone, context: Context, clock: MovableClock, house: House, committee: int
) -> None:
    await (await van.opens("report", await of(context, committee, BINH))).presses("Miễn kỳ này")
    await van.types("Đang đi học tập trung.")
    assert await stands(context, committee, BINH) == "excused"
    assert "Đang đi học tập trung." in (await house.heard(DEPUTY))[-1]
    await comes(context, clock, at(24, 3))
    assert await reminded(house, DEPUTY) == []


# --- who comes and goes ----------------------------------------------------------------------


async def test_who_joins_in_the_middle_of_a_period_owes_it(
    van: Phone, context: Context, clock: MovableClock, committee: int
) -> None:
    clock.move_to(at(31, 3, 16))
    await adds(van, committee, MAI)
    assert await stands(context, committee, MAI) == "not_due"
    assert await stands(context, committee, MAI, "2026-Q2") == "not_due"
    clock.move_to(at(1, 4, 9))
    assert await stands(context, committee, MAI) == "missing"


async def test_who_joins_after_the_day_does_not_owe_what_has_passed(
    van: Phone, context: Context, clock: MovableClock, committee: int
) -> None:
    clock.move_to(at(1, 4, 9))
    await adds(van, committee, MAI)
    assert await overview.find(context, committee, DUTY, QUARTER, debtor=MAI) is None
    assert await stands(context, committee, MAI, "2026-Q2") == "not_due"


async def test_what_somebody_owed_lapses_with_the_reason_when_he_leaves(
    van: Phone, context: Context, clock: MovableClock, house: House, committee: int
) -> None:
    report = await of(context, committee, CUONG)
    await (await van.opens("people_one", house.ids[CUONG])).presses("Kết thúc tham gia")
    await van.presses("Tiếp tục")
    await van.types(DECISION)
    await confirms(van, HEAD)
    assert await stands(context, committee, CUONG) == "excused"
    await van.opens("report", report)
    assert "Không còn giữ chức vụ phải báo cáo" in van.text
    await comes(context, clock, at(1, 4))
    [overdue] = [text for text in await house.heard(CLERK) if "QUÁ HẠN" in text]
    assert CUONG not in overdue
    assert BINH in overdue


async def test_what_was_missing_when_somebody_left_stays_missing(
    van: Phone, context: Context, clock: MovableClock, house: House, committee: int
) -> None:
    await comes(context, clock, at(1, 4))
    await (await van.opens("people_one", house.ids[CUONG])).presses("Kết thúc tham gia")
    await van.presses("Tiếp tục")
    await van.types(DECISION)
    await confirms(van, HEAD)
    assert await stands(context, committee, CUONG) == "missing"
    assert await stands(context, committee, CUONG, "2026-H1") == "excused"


# --- due days --------------------------------------------------------------------------------


async def test_the_clerk_fixes_a_day_for_one_period_and_the_others_stay(
    van: Phone, context: Context, committee: int
) -> None:
    await van.opens("report_period", committee, DUTY, QUARTER)
    assert (await van.types("1/3/2026")).refused in ("report_day_past", "moment_past")
    assert (await van.types("31/4/2026")).refused == "moment_impossible"
    await van.types("25/3/2026")
    assert "quý I/2026: hết ngày 25/3/2026 (thứ Tư)" in van.text.replace("Quý", "quý")
    assert await overview.due(context, committee, DUTY, QUARTER) == date(2026, 3, 25)
    assert await overview.due(context, committee, DUTY, "2026-Q2") == date(2026, 6, 30)


async def test_the_clerk_fixes_a_day_for_every_period_and_gives_it_up_again(
    van: Phone, context: Context, committee: int
) -> None:
    await van.opens("report_rule", committee, DUTY)
    assert (await van.types("thứ Năm")).refused == "report_rule_unclear"
    assert (await van.types("32")).refused == "report_rule_unclear"
    await van.types("5 tháng sau")
    assert await overview.due(context, committee, DUTY, QUARTER) == date(2026, 4, 5)
    assert await overview.due(context, committee, DUTY, "2026-H1") == date(2026, 7, 5)
    await van.presses("Trở lại hạn theo quy chế")
    assert await overview.due(context, committee, DUTY, QUARTER) == DUE


async def test_the_days_of_reminding_are_fixed_for_one_duty(
    van: Phone, context: Context, clock: MovableClock, house: House, committee: int
) -> None:
    await van.opens("report_remind_days", committee, DUTY)
    assert (await van.types("bảy")).refused == "report_days_unclear"
    assert (await van.types("7, 3, 400")).refused == "report_days_unclear"
    await van.types("5, 2")
    for day in (24, 26, 27, 30, 31):  # the 29th is a Sunday: two days before is the Friday
        await comes(context, clock, at(day, 3))
    assert len(await reminded(house, DEPUTY)) == 2


async def test_a_term_has_the_day_that_the_clerk_gives_it(context: Context, house: House) -> None:
    founded = await house.found(founding())
    await house.joins(VAN, CLERK)
    van, committee = Phone(context, CLERK), founded.committee
    await (await van.opens("report_duty", committee, "QN-R6")).presses("Đặt hạn cho nhiệm kỳ")
    await van.types("30/6/2030")
    assert await overview.due(context, committee, "QN-R6", "2030-T") == date(2030, 6, 30)
    assert await overview.standing_of(context, committee, "QN-R6", "term", "Đảng đoàn") == "not_due"


async def test_only_the_clerk_fixes_days_and_the_head_sees_them(
    context: Context, committee: int
) -> None:
    for phone in (Phone(context, HEAD), Phone(context, DEPUTY), Phone(context, STRANGER)):
        assert (await phone.opens("report_period", committee, DUTY, QUARTER)).refused == "no_right"
        assert (await phone.opens("report_rule", committee, DUTY)).refused == "no_right"
    assert (await Phone(context, HEAD).opens("report_duty", committee, DUTY)).refused is None
    assert (
        await Phone(context, DEPUTY).opens("report_duty", committee, DUTY)
    ).refused == "no_right"


# --- the morning -----------------------------------------------------------------------------


async def test_a_morning_may_come_twice_and_says_it_once(
    context: Context, clock: MovableClock, house: House, committee: int
) -> None:
    await comes(context, clock, at(24, 3))
    await run_due.make_ready(context)
    await comes(context, clock, at(24, 3, 9))
    assert len(await reminded(house, DEPUTY)) == 1
    async with context.look() as work:
        open_ = select(func.count()).where(dues.c.kind == "report_round", dues.c.done_at.is_(None))
        assert (await work.tx.execute(open_)).scalar_one() == 1


async def test_nobody_is_reminded_of_what_was_delivered(
    binh: Phone, context: Context, clock: MovableClock, house: House
) -> None:
    await (await binh.presses("Đã gửi")).presses("Đã gửi, không kèm tệp")
    for day in (24, 27, 30, 31):
        await comes(context, clock, at(day, 3))
    assert await reminded(house, DEPUTY) == []
    assert len(await reminded(house, HEAD)) == 4


@pytest.mark.usefixtures("committee")
async def test_at_night_and_on_days_off_nothing_is_said(
    context: Context, clock: MovableClock, house: House
) -> None:
    await comes(context, clock, at(27, 3, 22))
    assert await reminded(house, DEPUTY) == []
    await comes(context, clock, at(28, 3, 12))  # a Saturday
    assert await reminded(house, DEPUTY) == []
    await comes(context, clock, at(30, 3))
    assert len(await reminded(house, DEPUTY)) == 1


async def test_quarter_and_half_year_come_in_one_message(
    context: Context, clock: MovableClock, house: House, committee: int
) -> None:
    for day in (1, 2):
        await comes(context, clock, at(day, 6))
    before = len(await reminded(house, DEPUTY))
    await comes(context, clock, at(23, 6))
    [text] = (await reminded(house, DEPUTY))[before:]
    assert "quý II/2026" in text
    assert "6 tháng đầu năm 2026" in text


# --- a rule book edited ----------------------------------------------------------------------


async def test_what_was_made_keeps_its_rule_book(
    context: Context, clock: MovableClock, house: House, committee: int
) -> None:
    plan = founding()
    text = plan.regulation_text.replace(
        'what = "Kết quả thực hiện nhiệm vụ ở lĩnh vực được phân công"', 'what = "Tên mới"'
    )
    assert text != plan.regulation_text
    async with context.work() as work:
        edited = regulation_of(replace(plan, regulation_text=text))
        await rulebooks.keep(work.tx, edited, plan.regulation_name, text, {})
        await work.tx.execute(update(committees).values(rulebook=edited.digest))
    await comes(context, clock, at(1, 7))
    async with context.look() as work:
        found = await reports.of_committee(work.tx, committee)
    names = {(each.period, each.what) for each in found if each.duty == DUTY}
    assert (QUARTER, "Kết quả thực hiện nhiệm vụ ở lĩnh vực được phân công") in names
    assert (QUARTER, "Tên mới") not in names
    assert ("2026-Q3", "Tên mới") in names


async def test_every_report_is_made_once(
    context: Context, clock: MovableClock, committee: int
) -> None:
    for month in range(3, 13):
        await comes(context, clock, at(2, month, 9))
        await run_due.make_ready(context)
    async with context.look() as work:
        rows: Sequence[tuple[str, str, str]] = [
            tuple(row)
            for row in await work.tx.execute(
                select(report_dues.c.duty, report_dues.c.period, report_dues.c.debtor)
            )
        ]
    assert len(rows) == len(set(rows))
    periods = {period for duty, period, _ in rows if duty == DUTY}
    assert periods == {
        "2026-Q1",
        "2026-Q2",
        "2026-Q3",
        "2026-Q4",
        "2026-H1",
        "2026-H2",
        "2027-Q1",
        "2027-H1",
    }


async def test_the_first_screen_leads_to_ones_own_reports(binh: Phone, committee: int) -> None:
    await binh.opens("reports", committee)
    assert "BÁO CÁO CỦA TÔI" in binh.text
    assert "quý I/2026" in binh.text
    assert AN not in binh.text


async def test_a_new_phone_sees_nothing(context: Context, committee: int) -> None:
    assert (await Phone(context, NEW_PHONE).opens("reports", committee)).refused == "no_right"


async def test_a_unit_is_added_by_buttons_joins_by_its_link_and_owes(
    context: Context, house: House
) -> None:
    founded = await house.found(founding(BAC_KAN, regulation="bac_kan"))
    await house.joins(VAN, CLERK)
    van = Phone(context, CLERK)
    await (await van.opens("people", founded.committee)).presses("Thêm người")
    await van.types("Chi bộ Sở Nội vụ")
    await van.presses("Đơn vị báo cáo")
    await van.presses("Thêm và cấp lời mời")
    assert "Chi bộ Sở Nội vụ" in van.text

    house.tokens["Chi bộ Sở Nội vụ"] = await house.last_link(CLERK)
    await house.joins("Chi bộ Sở Nội vụ", NEW_PHONE)
    phone = await Phone(context, NEW_PHONE).opens("reports", founded.committee)
    assert phone.refused is None
    assert "Báo cáo công tác, tháng 3/2026" in phone.text
