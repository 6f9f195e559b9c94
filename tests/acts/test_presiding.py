"""The first screen says who presides while the head is away or the seat is empty, to whoever sits there."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import MovableClock
from bot.kit.unit import Context
from bot.people import store
from bot.people.rules.acting import StandIn
from bot.people.store import Absence
from tests.acts.committees import AN, BINH, CLERK, CUONG, CUONGS, DEPUTY, STRANGER, VAN, House
from tests.acts.phone import Phone
from tests.registers import enter


async def home(context: Context, account: int) -> str:
    return (await Phone(context, account).opens("home")).text


async def test_an_absence_is_told_until_it_is_over(
    context: Context, house: House, committee: int, clock: MovableClock
) -> None:
    await house.joins(CUONG, CUONGS)
    assert "điều hành" not in await home(context, CUONGS)

    async with context.work() as work:
        of, to, by, now = house.ids[AN], house.ids[BINH], house.ids[VAN], work.now
        until = now + timedelta(days=2)
        absence = Absence(0, committee, of, now, until, by)
        number = await enter(work, committee, store.enter_absence(absence, now))
    for account in (CUONGS, DEPUTY, CLERK):
        told = await home(context, account)
        assert f"Đồng chí {AN} (Bí thư) vắng mặt đến" in told
        assert f"người được giao thay là đồng chí {BINH} (Điều 5.3 Quy chế)" in told
        assert f"vẫn do đồng chí {AN} điều hành" in told

    async with context.work() as work:
        given = StandIn(0, committee, "dang_doan", of, to, now, until, "5.3", absence=number)
        await enter(work, committee, store.stand_in(given, now))
    told = await home(context, CUONGS)
    assert f"đồng chí {BINH} (Phó Bí thư), thay đồng chí {AN} đến" in told
    assert "(Điều 5.3 Quy chế)" in told
    assert "điều hành" not in await home(context, STRANGER)

    clock.move_to(until + timedelta(seconds=1))
    assert "điều hành" not in await home(context, CUONGS)


async def test_an_empty_seat_is_told_until_it_is_filled(
    context: Context, house: House, committee: int
) -> None:
    async with context.work() as work:
        await enter(work, committee, store.retire(house.ids[AN], work.now))

    told = await home(context, DEPUTY)

    assert f"đồng chí {BINH} (Phó Bí thư); chức vụ Bí thư đang khuyết" in told
    assert "Quy chế không quy định trường hợp này" in told
    assert "Điều" not in told
