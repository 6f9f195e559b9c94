"""Rhythms on a real file and a clock that is moved: what falls due, who is told, what is entered by hand."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import delete, select

from bot import run_due
from bot.calendar import store as calendar
from bot.clock import MovableClock
from bot.db.schema import dues
from bot.kit.unit import Context
from bot.meetings.rhythm import rhythm
from bot.values.moments import VIET_NAM
from bot.values.working_days import CalendarDay
from tests.acts.beating import comes
from tests.acts.committees import (
    CLERK,
    CUONG,
    CUONGS,
    HEAD,
    MAI,
    STRANGER,
    House,
    clerk,
    founding,
    member,
)
from tests.acts.phone import Phone
from tests.rendering.shown_rhythm import QN

REMINDED = "NHẮC LỊCH HỌP ĐỊNH KỲ"
OVER = "KỲ HỌP ĐÃ QUA"


def at(day: int, month: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIET_NAM)


async def told(house: House, account: int) -> list[str]:
    return [text for text in await house.heard(account) if REMINDED in text or OVER in text]


async def open_dues(context: Context) -> list[str]:
    async with context.look() as work:
        rows = select(dues.c.key).where(dues.c.kind == rhythm.RHYTHM, dues.c.done_at.is_(None))
        return list((await work.tx.execute(rows)).scalars())


# --- when ------------------------------------------------------------------------------------


async def test_the_founding_arranges_the_first_morning(context: Context, committee: int) -> None:
    assert await open_dues(context) == [f"rhythm:{committee}:2026-03-17"]


async def test_one_act_arranges_the_next(
    context: Context, clock: MovableClock, house: House, committee: int
) -> None:
    await comes(context, clock, at(17, 3))
    assert len(await told(house, CLERK)) == len(await told(house, HEAD)) == 1
    assert await open_dues(context) == [f"rhythm:{committee}:2026-03-24"]


async def test_nothing_comes_before_its_morning(
    context: Context, clock: MovableClock, house: House, committee: int
) -> None:
    await comes(context, clock, at(17, 3, 7, 59))
    assert await told(house, CLERK) == []


@pytest.mark.usefixtures("committee")
async def test_a_restart_arranges_nothing_twice(
    context: Context, clock: MovableClock, house: House
) -> None:
    for _ in range(3):
        await run_due.make_ready(context)
    assert len(await open_dues(context)) == 1
    await comes(context, clock, at(17, 3))
    await run_due.make_ready(context)
    await comes(context, clock, at(17, 3, 9))
    assert len(await told(house, CLERK)) == 1


async def test_a_committee_of_an_older_bot_is_arranged_at_the_start(
    context: Context, clock: MovableClock, house: House, committee: int
) -> None:
    async with context.work() as work:
        await work.tx.execute(delete(dues).where(dues.c.kind == rhythm.RHYTHM))
    clock.move_to(at(20, 3))
    await run_due.make_ready(context)
    assert await open_dues(context) == [f"rhythm:{committee}:2026-03-24"]
    await comes(context, clock, at(24, 3))
    assert len(await told(house, CLERK)) == 1


async def test_after_an_outage_it_is_said_once_and_on_a_working_morning(
    context: Context, clock: MovableClock, house: House, committee: int
) -> None:
    await run_due.make_ready(context)
    await comes(
        context, clock, at(4, 4, 23)
    )  # Saturday night; three mornings and the end were missed
    assert await told(house, CLERK) == []
    await run_due.make_ready(context)
    await comes(context, clock, at(5, 4, 12))
    assert await told(house, CLERK) == []
    await comes(context, clock, at(6, 4))
    (text,) = await told(house, CLERK)
    assert OVER in text
    assert "quý I/2026" in text
    await comes(context, clock, at(7, 4))
    assert len(await told(house, CLERK)) == 1


@pytest.mark.usefixtures("committee")
async def test_back_within_the_day_it_is_said_at_once_with_the_days_that_are_left(
    context: Context, clock: MovableClock, house: House
) -> None:
    await comes(context, clock, at(18, 3, 15))
    (text,) = await told(house, CLERK)
    assert "còn 13 ngày" in text


async def test_a_day_off_announced_late_loses_no_reminder(
    context: Context, clock: MovableClock, house: House, committee: int
) -> None:
    await comes(context, clock, at(17, 3))
    clock.move_to(at(23, 3, 15))
    async with context.work() as work:
        off = CalendarDay(at(24, 3).date(), "off", "Nghỉ bão", "Văn phòng")
        await calendar.put_days(committee, [off]).into(work.tx)
    await comes(context, clock, at(24, 3))
    assert len(await told(house, CLERK)) == 1
    await comes(context, clock, at(25, 3))
    assert len(await told(house, CLERK)) == 2
    await comes(context, clock, at(26, 3))
    assert len(await told(house, CLERK)) == 2


async def test_a_day_off_entered_in_time_moves_the_reminder_before_it(
    context: Context, clock: MovableClock, house: House, committee: int, van: Phone
) -> None:
    await comes(context, clock, at(17, 3))
    await van.opens("calendar_add", committee, "off", 2026)
    await van.types("24/03/2026 Nghỉ bão")
    await comes(context, clock, at(23, 3))
    assert len(await told(house, CLERK)) == 2
    await comes(context, clock, at(25, 3))
    assert len(await told(house, CLERK)) == 2


@pytest.mark.usefixtures("committee")
async def test_the_morning_after_the_founding_says_nothing_of_a_period_before(
    context: Context, clock: MovableClock, house: House
) -> None:
    clock.move_to(at(31, 3, 14))
    await house.found(
        founding([member(CUONG, "secretary"), clerk(MAI)], name="Đảng đoàn thành lập muộn")
    )
    await house.joins(CUONG, CUONGS)
    await comes(context, clock, at(1, 4))
    assert await told(house, CUONGS) == []
    await comes(context, clock, at(16, 6))
    assert len(await told(house, CUONGS)) == 1


# --- entered by hand -------------------------------------------------------------------------


async def test_a_meeting_entered_by_hand_counts_and_can_be_taken_back(
    context: Context, clock: MovableClock, house: House, committee: int, van: Phone
) -> None:
    await van.opens("rhythm", committee)
    assert "Đảng đoàn, quý I/2026</b>: chưa có cuộc họp định kỳ nào" in van.text
    await van.presses("Đã họp: Đảng đoàn")
    await van.types("27/02/2026")
    assert "đã đủ theo quy định (Điều 8.2.1 Quy chế)" in van.text
    await comes(context, clock, at(17, 3))
    assert await told(house, CLERK) == []
    await van.presses("Bỏ ghi nhận")
    assert "không còn được tính" in van.text
    await comes(context, clock, at(24, 3))
    assert len(await told(house, CLERK)) == 1
    acts = [act for _, act, _ in await house.acts(committee)]
    assert acts.count("meeting_held") == acts.count("meeting_not_held") == 1


async def test_a_session_entered_by_hand_counts_for_the_session_alone(
    committee: int, van: Phone
) -> None:
    await van.opens("rhythm", committee)
    await van.presses("Đã họp: Chi ủy Chi bộ cơ quan")
    await van.types("15/1")
    assert "làm việc với Chi ủy Chi bộ cơ quan" in van.text
    await van.presses("Định kỳ họp")
    assert "đã có 1 buổi làm việc" in van.text
    assert "quý I/2026</b>: chưa có cuộc họp định kỳ nào" in van.text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hôm qua", "rhythm_unclear"),
        ("31/02/2026", "rhythm_unclear"),
        ("01/02/2026 - 03/02/2026", "rhythm_unclear"),
        ("03/03/2026", "rhythm_ahead"),
        ("01/01/2024", "rhythm_long_ago"),
    ],
)
async def test_a_day_that_cannot_be_meant_is_refused(
    committee: int, van: Phone, text: str, kind: str
) -> None:
    await (await van.opens("rhythm", committee)).presses("Đã họp: Đảng đoàn")
    await van.types(text)
    assert van.refused == kind
    await van.types("27/02/2026")
    assert van.refused is None


async def test_the_same_day_is_entered_once(committee: int, van: Phone) -> None:
    for _ in range(2):
        await (await van.opens("rhythm", committee)).opens("held", committee, QN.code)
        await van.types("27/2")
    assert van.refused == "rhythm_already"


async def test_a_day_without_its_year_is_the_last_one_of_that_name(
    committee: int, van: Phone
) -> None:
    await van.opens("held", committee, QN.code)
    await van.types("20/12")
    assert "20/12/2025" in van.text
    assert "Quý IV/2025" in van.text


# --- who -------------------------------------------------------------------------------------


@pytest.mark.parametrize("account", [CUONGS, STRANGER])
async def test_nobody_else_sees_or_enters_anything(
    context: Context, house: House, committee: int, van: Phone, account: int
) -> None:
    await house.joins(CUONG, CUONGS)
    await van.opens("held", committee, QN.code)
    await van.types("27/02/2026")
    outsider = Phone(context, account)
    for action, *args in (
        ("rhythm", committee),
        ("held", committee, QN.code),
        ("unheld", 1),
    ):
        await outsider.opens(str(action), *args)
        assert outsider.refused == "no_right"


async def test_a_cut_or_forged_button_is_an_old_one(committee: int, van: Phone) -> None:
    await van.opens("held", committee, "0badc0de")
    assert van.refused == "old_button"
    await van.opens("held", committee)
    assert van.refused == "old_button"
    await van.opens("unheld", 404)
    assert van.refused == "rhythm_gone"
