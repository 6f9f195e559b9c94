"""Answers, arrivals, the sitting and the chair, by the buttons of each phone."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.db import drafts, dues, people
from bot.db.dues import DueMoment
from bot.kit.due import DUE
from bot.kit.unit import Context
from bot.meetings.agenda import store as agenda
from bot.meetings.agenda.store import WaitingItem
from bot.meetings.attendance import awaiting
from bot.meetings.rules.meeting import AgendaItem, Conclusion, MeetingStage
from bot.regulations.rules.terms import Matter
from tests.acts.called import STARTS, again, called
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
    STRANGER,
    VAN,
    House,
)
from tests.acts.phone import Phone

DUNGS = 104
ON_THE_DAY = STARTS - HOUR


@pytest.fixture
async def everybody(house: House, committee: int) -> int:
    """The committee in which all five have joined."""
    await house.joins(CUONG, CUONGS)
    await house.joins(DUNG, DUNGS)
    return committee


def phone(context: Context, account: int) -> Phone:
    return Phone(context, account)


async def all_here(context: Context, meeting: int, *accounts: int) -> None:
    for account in accounts:
        assert (await phone(context, account).opens("checkin", meeting)).refused is None


# --- answers ---------------------------------------------------------------------------------


async def test_an_answer_may_change_until_the_start_and_exactly_then(
    house: House, context: Context, clock: MovableClock, everybody: int
) -> None:
    meeting = await called(house, everybody, "Kế hoạch quý II")
    cuong = phone(context, CUONGS)
    await cuong.opens("absent", meeting)
    await cuong.types("Đi công tác")
    clock.move_to(STARTS)
    assert (await cuong.opens("attend", meeting)).refused is None
    clock.move_to(STARTS + timedelta(seconds=1))
    assert (await cuong.opens("absent", meeting)).refused == "sitting_answer_late"
    assert "8 giờ 00, thứ Năm, 05/03/2026" in cuong.text


async def test_the_same_answer_twice_is_noted_once(
    house: House, context: Context, everybody: int
) -> None:
    meeting = await called(house, everybody, "Kế hoạch quý II")
    cuong = phone(context, CUONGS)
    await asyncio.gather(*(cuong.opens("attend", meeting) for _ in range(5)))
    assert len((await again(house, meeting)).notes) == 1


async def test_an_absence_goes_to_the_head_and_the_member_hears_the_word(
    house: House, context: Context, everybody: int
) -> None:
    meeting = await called(house, everybody, "Kế hoạch quý II")
    await phone(context, CUONGS).opens("absent", meeting)
    cuong = phone(context, CUONGS)
    await cuong.types("Đi công tác")
    an = await phone(context, HEAD).opens("absence", meeting, house.ids[CUONG])
    assert "Đi công tác" in an.text
    assert "Điều 3.5" in an.text
    await an.presses("Không đồng ý")
    await an.types("Phiên họp quan trọng")
    assert "Không đồng ý cho vắng" in an.text
    assert any("Phiên họp quan trọng" in text for text in await house.heard(CUONGS))
    await an.presses("Đồng ý cho vắng")
    assert [each.name for each in (await again(house, meeting)).absent_with_consent] == [CUONG]


async def test_only_the_head_consents_and_the_clerk_hears_under_which_article(
    house: House, context: Context, everybody: int
) -> None:
    meeting = await called(house, everybody, "Kế hoạch quý II")
    cuong = phone(context, CUONGS)
    await cuong.opens("absent", meeting)
    await cuong.types("Đi công tác")
    van = await phone(context, CLERK).opens("absence_ok", meeting, house.ids[CUONG])
    assert van.refused == "sitting_only_chair"
    assert "Điều 3.5" in van.text
    dung = await phone(context, DUNGS).opens("absence_ok", meeting, house.ids[CUONG])
    assert dung.refused == "no_right"


async def test_a_question_of_an_older_bot_is_answered_no_more(
    house: House, context: Context, everybody: int
) -> None:
    meeting = await called(house, everybody, "Kế hoạch quý II")
    async with context.work() as work:
        before = {"meeting": meeting, "of": house.ids[CUONG]}
        await drafts.await_words(work.tx, HEAD, "absence_no", before, work.now)
    assert (await phone(context, HEAD).types("Phiên họp quan trọng")).refused == "stale_question"


async def test_the_heads_own_absence_needs_nobodys_consent(
    house: House, context: Context, everybody: int
) -> None:
    meeting = await called(house, everybody, "Kế hoạch quý II")
    an = phone(context, HEAD)
    await an.opens("absent", meeting)
    assert "không phải xin ý kiến" in an.text
    await an.types("Họp ở tỉnh")
    assert [each.name for each in (await again(house, meeting)).absent_with_consent] == [AN]


# --- arrivals --------------------------------------------------------------------------------


async def test_checking_in_before_the_day_says_from_when(
    house: House, context: Context, clock: MovableClock, everybody: int
) -> None:
    meeting = await called(house, everybody, "Kế hoạch quý II")
    clock.move_to(STARTS - 8 * HOUR - timedelta(seconds=1))
    cuong = await phone(context, CUONGS).opens("checkin", meeting)
    assert cuong.refused == "sitting_check_in_early"
    assert "0 giờ 00, thứ Năm, 05/03/2026" in cuong.text
    clock.move_to(STARTS - 8 * HOUR)
    assert (await phone(context, CUONGS).opens("checkin", meeting)).refused is None


async def test_a_tap_repeated_or_in_parallel_checks_in_once(
    house: House, context: Context, clock: MovableClock, everybody: int
) -> None:
    meeting = await called(house, everybody, "Kế hoạch quý II")
    clock.move_to(ON_THE_DAY)
    cuong = phone(context, CUONGS)
    await asyncio.gather(*(cuong.opens("checkin", meeting) for _ in range(5)))
    found = await again(house, meeting)
    assert len(found.notes) == 1
    assert [each.name for each in found.present] == [CUONG]


async def test_the_office_checks_in_for_somebody_who_is_told(
    house: House, context: Context, clock: MovableClock, everybody: int
) -> None:
    meeting = await called(house, everybody, "Kế hoạch quý II")
    clock.move_to(ON_THE_DAY)
    van = await phone(context, CLERK).opens("checkin_of", meeting)
    await van.presses(CUONG)
    assert any("có mặt" in text and VAN in text for text in await house.heard(CUONGS))
    assert [each.name for each in (await again(house, meeting)).present] == [CUONG]


async def test_a_member_does_not_check_in_another(
    house: House, context: Context, clock: MovableClock, everybody: int
) -> None:
    meeting = await called(house, everybody, "Kế hoạch quý II")
    clock.move_to(ON_THE_DAY)
    cuong = await phone(context, CUONGS).opens("checkin_of", meeting, house.ids[DUNG])
    assert cuong.refused == "no_right"


async def test_a_forwarded_card_does_nothing_for_an_outsider(
    house: House, context: Context, clock: MovableClock, everybody: int
) -> None:
    meeting = await called(house, everybody, "Kế hoạch quý II")
    clock.move_to(ON_THE_DAY)
    for act in (
        ("attend", meeting),
        ("checkin", meeting),
        ("mopen", meeting),
        ("mshow", meeting),
    ):
        assert (await phone(context, STRANGER).opens(*act)).refused == "no_right"
    assert (await again(house, meeting)).notes == ()


async def test_a_member_retired_meanwhile_is_not_checked_in_any_more(
    house: House, context: Context, clock: MovableClock, everybody: int
) -> None:
    meeting = await called(house, everybody, "Kế hoạch quý II")
    clock.move_to(ON_THE_DAY)
    async with context.work() as work:
        await people.retire(work.tx, house.ids[CUONG], work.now)
    assert (await phone(context, CUONGS).opens("checkin", meeting)).refused == "no_right"
    van = await phone(context, CLERK).opens("checkin_of", meeting, house.ids[CUONG])
    assert van.refused == "sitting_person_left"
    assert CUONG in van.text


async def test_whoever_was_not_invited_is_not_checked_in(
    house: House, context: Context, clock: MovableClock, everybody: int
) -> None:
    meeting = await called(house, everybody, "Kế hoạch quý II")
    clock.move_to(ON_THE_DAY)
    van = await phone(context, CLERK).opens("checkin", meeting)
    assert van.refused == "sitting_not_invited"


async def test_late_arrivals_check_in_until_the_close(
    house: House, context: Context, clock: MovableClock, everybody: int
) -> None:
    meeting = await called(house, everybody, "Kế hoạch quý II")
    clock.move_to(STARTS)
    await phone(context, HEAD).opens("mopen", meeting)
    clock.move_to(STARTS + 2 * HOUR)
    await all_here(context, meeting, HEAD, DEPUTY, CUONGS)
    await phone(context, HEAD).opens("mclose", meeting, "yes")
    late = await phone(context, DUNGS).opens("checkin", meeting)
    assert late.refused == "sitting_closed"
    assert len((await again(house, meeting)).present) == 3


async def test_whoever_has_gone_is_present_no_more_and_may_come_back(
    house: House, context: Context, clock: MovableClock, everybody: int
) -> None:
    meeting = await called(house, everybody, "Kế hoạch quý II")
    clock.move_to(STARTS)
    cuong = phone(context, CUONGS)
    assert (await cuong.opens("leave", meeting)).refused == "sitting_not_checked_in"
    await cuong.opens("checkin", meeting)
    await cuong.opens("leave", meeting)
    assert (await again(house, meeting)).present == ()
    await cuong.opens("checkin", meeting)
    assert len((await again(house, meeting)).present) == 1


# --- the sitting -----------------------------------------------------------------------------


async def test_nobody_opens_before_the_day_and_nobody_but_the_head(
    house: House, context: Context, clock: MovableClock, everybody: int
) -> None:
    meeting = await called(house, everybody, "Kế hoạch quý II")
    early = await phone(context, HEAD).opens("mopen", meeting)
    assert early.refused == "sitting_open_early"
    clock.move_to(ON_THE_DAY)
    assert (await phone(context, CUONGS).opens("mopen", meeting)).refused == "no_right"
    van = await phone(context, CLERK).opens("mopen", meeting)
    assert (van.refused, "Điều 4.4" in van.text) == ("sitting_only_chair", True)
    an = await phone(context, HEAD).opens("mopen", meeting)
    assert "KHAI MẠC TRƯỚC GIỜ MỜI HỌP?" in an.text
    await an.presses("Khai mạc ngay")
    assert an.refused is None
    assert (await phone(context, HEAD).opens("mopen", meeting)).refused == "sitting_opened_already"


async def test_without_quorum_it_opens_and_says_what_cannot_be_done(
    house: House, context: Context, clock: MovableClock, everybody: int
) -> None:
    meeting = await called(house, everybody, "Kế hoạch quý II")
    clock.move_to(STARTS)
    await all_here(context, meeting, HEAD, DEPUTY)
    an = await phone(context, HEAD).opens("mopen", meeting)
    assert (
        "Chưa biểu quyết được nội dung nào: cần ít nhất 3 trong số 4 (Điều 8.2.2 Quy chế)"
        in an.text
    )
    item = (await again(house, meeting)).items[0].id
    refused = await phone(context, HEAD).opens("conclude", item, "adopted")
    assert (refused.refused, "Điều 8.2.2" in refused.text) == ("sitting_no_quorum", True)


async def test_the_clerk_records_conclusions_and_the_head_closes_once(
    house: House, context: Context, clock: MovableClock, everybody: int
) -> None:
    meeting = await called(house, everybody, "Kế hoạch quý II", "Kinh phí")
    clock.move_to(STARTS)
    await all_here(context, meeting, HEAD, DEPUTY, CUONGS)
    an = await phone(context, HEAD).opens("mopen", meeting)
    first = (await again(house, meeting)).items[0].id
    van = await phone(context, CLERK).opens("conclude", first, "adopted")
    await van.types("Giao văn phòng hoàn thiện")
    assert (await phone(context, CLERK).opens("mclose", meeting)).refused == "sitting_only_chair"
    await an.opens("mclose", meeting)
    assert "2. Kinh phí: hoãn sang cuộc họp sau (chưa ghi kết luận)" in an.text
    await an.presses("Xác nhận kết thúc")
    assert (await an.opens("mclose", meeting, "yes")).refused == "sitting_closed"
    found = await again(house, meeting)
    assert found.stage is MeetingStage.CLOSED
    assert [each.concluded.kind for each in found.items if each.concluded] == [
        Conclusion.ADOPTED,
        Conclusion.ADJOURNED,
    ]
    assert any("Giao văn phòng hoàn thiện" in text for text in await house.heard(CUONGS))


async def test_what_was_adjourned_waits_again_and_what_was_reported_does_not(
    house: House, context: Context, clock: MovableClock, everybody: int
) -> None:
    async with context.work() as work:
        waiting = WaitingItem("dang_doan", "Quy hoạch", "proposed", Matter.PERSONNEL, "Cần bàn sớm")
        kept = await agenda.wait_for(everybody, waiting, work.now).into(work.tx)
        await agenda.take([kept], work.now).into(work.tx)
    items = (
        AgendaItem(0, 1, "Kết quả xin ý kiến", reason="report_back"),
        AgendaItem(0, 2, "Quy hoạch", Matter.PERSONNEL, reason="proposed", waiting_id=kept),
    )
    meeting = await called(house, everybody, items=items)
    clock.move_to(STARTS)
    await all_here(context, meeting, HEAD, DEPUTY, CUONGS)
    await phone(context, HEAD).opens("mopen", meeting)
    await phone(context, HEAD).opens("mclose", meeting, "yes")
    async with context.look() as look:
        again_waiting = await agenda.waiting(look.tx, everybody)
    assert [(i.subject, i.reason, i.matter, i.words) for i in again_waiting] == [
        ("Quy hoạch", "adjourned", Matter.PERSONNEL, "Cần bàn sớm")
    ]
    concluded = (await again(house, meeting)).items[0].concluded
    assert concluded is not None
    assert concluded.kind is Conclusion.NOTED


# --- the chair -------------------------------------------------------------------------------


async def test_a_delegate_chairs_for_the_head_and_it_is_recorded_so(
    house: House, context: Context, clock: MovableClock, everybody: int
) -> None:
    meeting = await called(house, everybody, "Kế hoạch quý II")
    an = await phone(context, HEAD).opens("deleg_new", everybody, "dang_doan")
    await an.presses(BINH)
    await an.types("5/3")
    await an.types("6/3")
    assert "Từ: 00 giờ 00, thứ Năm, 05/03/2026" in an.text
    assert "Đến: 23 giờ 59, thứ Sáu, 06/03/2026" in an.text
    assert any("ủy quyền" in text for text in await house.heard(DEPUTY))
    clock.move_to(STARTS)
    binh = await phone(context, DEPUTY).opens("mopen", meeting)
    assert f"đồng chí {BINH} (thay mặt đồng chí {AN})" in binh.text
    opened = (await again(house, meeting)).acts[-1]
    assert (opened.by, opened.acting_for) == (house.ids[BINH], house.ids[AN])
    assert (await binh.opens("deleg", everybody)).refused == "no_right"


async def test_the_office_sees_who_will_chair_while_the_head_is_away(
    house: House, context: Context, everybody: int
) -> None:
    meeting = await called(house, everybody, "Kế hoạch quý II")
    an = phone(context, HEAD)
    await an.opens("absent", meeting)
    await an.types("Họp ở tỉnh")
    van = await phone(context, CLERK).opens("mdash", meeting)
    assert "Người chủ trì vắng mặt, chưa có ủy quyền chủ trì" in van.text
    await an.opens("deleg_new", everybody, "dang_doan", house.ids[BINH])
    await an.types("5/3")
    await an.types("5/3")
    await van.opens("mdash", meeting)
    assert f"Chủ trì theo ủy quyền: đồng chí {BINH}" in van.text


async def test_a_delegation_is_refused_backwards_overlapping_or_taken_back_twice(
    house: House, context: Context, everybody: int
) -> None:
    an = phone(context, HEAD)

    async def gives(to: str, start: str, end: str) -> str | None:
        await an.opens("deleg_new", everybody, "dang_doan", house.ids[to])
        await an.types(start)
        await an.types(end)
        return an.refused

    assert await gives(BINH, "6/3", "5/3") == "delegation_backwards"
    assert "Điều 4.5, 5.3" in an.text
    assert await gives(BINH, "5/3", "6/3") is None
    assert await gives(CUONG, "17 giờ 6/3", "7/3") == "delegation_overlaps"
    assert await gives(CUONG, "7/3", "8/3") is None
    assert (await an.opens("deleg_new", everybody, "dang_doan", house.ids[VAN])).refused == (
        "delegation_office"
    )
    end = ("deleg_end", everybody, "dang_doan", house.ids[BINH])
    assert (await an.opens(*end)).refused is None
    assert (await an.opens(*end)).refused == "delegation_over"


# --- reminders -------------------------------------------------------------------------------


async def test_reminders_go_the_morning_before_and_three_hours_before_to_the_silent_alone(
    house: House, context: Context, clock: MovableClock, everybody: int
) -> None:
    meeting = await called(house, everybody, "Kế hoạch quý II", starts=STARTS + 6 * HOUR)
    await phone(context, CUONGS).opens("attend", meeting)
    async with context.look() as look:
        due = [
            d
            for d in await dues.due_at(look.tx, STARTS + 10 * HOUR)
            if isinstance(d, DueMoment) and d.about == f"meeting:{meeting}"
        ]
    assert [d.at.isoformat() for d in due] == [
        "2026-03-04T01:00:00+00:00",
        "2026-03-04T17:00:00+00:00",
        "2026-03-05T04:00:00+00:00",
        "2026-03-05T06:30:00+00:00",
    ]
    async with context.work() as work:
        await DUE.acts[due[0].kind](work, due[0])
    reminded = [t for t in await house.heard(DUNGS) if "NHẮC TRẢ LỜI GIẤY MỜI" in t]
    assert len(reminded) == 1
    assert [t for t in await house.heard(CUONGS) if "NHẮC TRẢ LỜI GIẤY MỜI" in t] == []


async def test_a_reminder_missed_by_day_is_not_made_up_for_at_night_nor_said_twice(
    house: House, context: Context, clock: MovableClock, everybody: int
) -> None:
    meeting = await called(house, everybody, "Kế hoạch quý II", starts=STARTS + 6 * HOUR)
    clock.move_to(STARTS - 10 * HOUR)  # 22 giờ, thứ Tư: the morning's reminder was missed

    async def everything_due() -> list[str]:
        async with context.look() as look:
            found = await dues.due_at(look.tx, clock.now())
        waiting = [d for d in found if isinstance(d, DueMoment) and d.about]
        async with context.work() as work:
            for due in waiting:
                if due.kind in awaiting.KINDS and await dues.done(work.tx, due.id, work.now):
                    await DUE.acts[due.kind](work, due)
        return [t for t in await house.heard(DUNGS) if "NHẮC TRẢ LỜI GIẤY MỜI" in t]

    assert await everything_due() == []
    clock.move_to(STARTS - HOUR + timedelta(seconds=1))  # 7 giờ, thứ Năm
    assert len(await everything_due()) == 1
    clock.move_to(STARTS + 6 * HOUR - timedelta(minutes=20))  # both of the day were missed
    assert len(await everything_due()) == 2
    assert (await again(house, meeting)).notes == ()
