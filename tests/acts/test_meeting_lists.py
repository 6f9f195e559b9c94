"""What waits for whom on the first screen, and what each sees under "Lịch họp"."""

from __future__ import annotations

from bot import home
from bot.clock import MovableClock
from bot.db import people
from bot.kit.unit import Context
from bot.meetings import store as meetings
from bot.meetings.rules.meeting import MeetingAct, MeetingActKind
from bot.values.action import action
from tests.acts.called import STARTS, called
from tests.acts.committees import (
    AN,
    CLERK,
    CUONG,
    CUONGS,
    HEAD,
    HOUR,
    KHACHS,
    STRANGER,
    VAN,
    House,
)
from tests.acts.phone import Phone


async def tasks(context: Context, account: int) -> str:
    return (await Phone(context, account).opens("tasks")).text


async def test_an_invitation_waits_until_it_is_answered(
    house: House, context: Context, with_guest: int
) -> None:
    meeting = await called(house, with_guest, "Kế hoạch quý II")
    for account in (CUONGS, KHACHS):
        assert "Trả lời giấy mời họp: <b>Đảng đoàn</b>" in await tasks(context, account)
        await Phone(context, account).opens("attend", meeting)
        assert "Hiện không có việc nào đang chờ" in await tasks(context, account)


async def test_what_waits_opens_the_card_that_can_be_answered_for_the_head_too(
    house: House, context: Context, with_guest: int
) -> None:
    meeting = await called(house, with_guest, "Kế hoạch quý II")
    for account in (HEAD, CUONGS):
        keys = [
            key.press
            for row in (await Phone(context, account).opens("tasks")).card.rows
            for key in row
        ]
        assert action("minvite", meeting) in keys


async def test_an_absence_waits_for_the_head_alone(
    house: House, context: Context, with_guest: int
) -> None:
    meeting = await called(house, with_guest, "Kế hoạch quý II")
    cuong = Phone(context, CUONGS)
    await cuong.opens("absent", meeting)
    await cuong.types("Đi công tác")
    assert f"Xét đề nghị vắng họp: <b>{CUONG}</b>" in await tasks(context, HEAD)
    assert "Xét đề nghị vắng" not in await tasks(context, CLERK)
    await Phone(context, HEAD).opens("absence_ok", meeting, house.ids[CUONG])
    assert "Xét đề nghị vắng" not in await tasks(context, HEAD)


async def test_nothing_waits_once_the_meeting_has_begun(
    house: House, context: Context, clock: MovableClock, with_guest: int
) -> None:
    await called(house, with_guest, "Kế hoạch quý II")
    clock.move_to(STARTS + HOUR)
    assert "giấy mời" not in await tasks(context, CUONGS)


async def test_a_guest_sees_only_the_meetings_of_the_own_invitations(
    house: House, context: Context, with_guest: int
) -> None:
    await called(house, with_guest, "Kế hoạch quý II")
    screen = await home.card(context, KHACHS)
    labels = [button.label for row in screen.rows for button in row]
    assert labels == ["Việc của tôi (1)", "Lịch họp", "Hướng dẫn"]
    async with context.work() as work:
        kept = await people.committee(work.tx, with_guest)
        values = {
            "committee_id": with_guest,
            "rulebook": kept.rulebook,
            "body": "dang_doan",
            "kind": "regular",
            "session": "",
            "starts_at": STARTS + 48 * HOUR,
            "place": "",
            "uid": "khac",
            "sequence": 0,
            "prepared_by": house.ids[VAN],
            "submitted_at": work.now,
        }
        other = (await meetings.submit(values, (), ()).into(work.tx)).id
    assert "07/03/2026" in (await Phone(context, CLERK).opens("mlist")).text
    assert "07/03/2026" not in (await Phone(context, KHACHS).opens("mlist")).text
    assert (await Phone(context, KHACHS).opens("mshow", other)).refused == "no_right"


async def test_a_meeting_that_is_over_or_cancelled_moves_down_the_list(
    house: House, context: Context, with_guest: int
) -> None:
    meeting = await called(house, with_guest, "Kế hoạch quý II")
    assert "<b>Sắp tới</b>" in (await Phone(context, CUONGS).opens("mlist")).text
    async with context.work() as work:
        act = MeetingAct(MeetingActKind.CANCEL, work.now, house.ids[AN])
        await meetings.add_act(meeting, act).into(work.tx)
    text = (await Phone(context, CUONGS).opens("mlist")).text
    assert "Hiện không có cuộc họp nào sắp tới" in text
    assert "đã hủy" in text


async def test_a_stranger_sees_no_meeting(house: House, context: Context, with_guest: int) -> None:
    await called(house, with_guest, "Kế hoạch quý II")
    assert "Đảng đoàn" not in (await Phone(context, STRANGER).opens("mlist")).text


async def test_more_meetings_than_one_page_are_turned_over_the_next_first_then_the_last(
    house: House, context: Context, with_guest: int
) -> None:
    async with context.work() as work:
        kept = await people.committee(work.tx, with_guest)
        for day in (*range(1, 13), -30, -29):  # twelve to come, two long past
            values = {
                "committee_id": with_guest,
                "rulebook": kept.rulebook,
                "body": "dang_doan",
                "kind": "regular",
                "session": "",
                "starts_at": STARTS + day * 24 * HOUR,
                "place": f"Phòng {day}",
                "uid": f"khac {day}",
                "sequence": 0,
                "prepared_by": house.ids[VAN],
                "submitted_at": work.now,
            }
            await meetings.submit(values, (), ()).into(work.tx)
    first = await Phone(context, CLERK).opens("mlist")
    second = await Phone(context, CLERK).opens("mlist", 1)
    assert _ways(first) == [*range(1, 11)]
    assert _ways(second) == [11, 12, 14, 13]
    assert "trang 1/2" in first.text
    assert "<b>Gần đây</b>" not in first.text
    assert "<b>Sắp tới</b>" in second.text
    assert "<b>Gần đây</b>" in second.text
    assert (await Phone(context, CLERK).opens("mlist", 7)).text == second.text
    assert "trang" not in (await Phone(context, KHACHS).opens("mlist")).text


def _ways(shown: Phone) -> list[int]:
    """The meetings that the list leads to, in its order."""
    pressed = [button.press for row in shown.card.rows for button in row]
    return [int(each.args[0]) for each in pressed if each and each.action == "mshow"]
