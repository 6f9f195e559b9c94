"""Meetings called before another roll: on its day and after it they have the new one; what is open keeps its own."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import MovableClock
from bot.kit.unit import Context
from bot.people.rules.founding import Newcomer
from bot.people.rules.people import Role
from bot.sheets.rules.year import attendance
from tests.acts.called import again, called
from tests.acts.committees import (
    AN,
    BINH,
    CUONG,
    DEPUTY,
    DUNG,
    FIVE,
    HEAD,
    HOUR,
    START,
    House,
    founding,
)
from tests.acts.phone import Phone
from tests.acts.test_new_roll import asks, comes, tomorrow

GIANG = "Hoàng Văn Giang"
BEFORE = {AN, BINH, CUONG, DUNG}
AFTER = {AN, BINH, GIANG}
THE_DAY = START + timedelta(days=1)  # 8 giờ of the day from which the roster counts


async def roll(house: House, meeting: int) -> set[str]:
    return {each.name for each in (await again(house, meeting)).roll}


async def test_a_meeting_on_the_day_or_later_has_the_new_roll_and_one_that_is_open_its_own(
    context: Context, house: House, committee: int, clock: MovableClock
) -> None:
    evening = await called(house, committee, "Việc một", starts=START + 12 * HOUR)
    same_day = await called(house, committee, "Việc hai", starts=THE_DAY)
    later = await called(house, committee, "Việc ba", starts=THE_DAY + timedelta(days=1))
    day = await tomorrow(context)
    await Phone(context, HEAD).opens("approval_yes", await asks(house, committee, day))
    clock.move_to(START + 12 * HOUR)
    for account in (HEAD, DEPUTY):
        await Phone(context, account).opens("checkin", evening)
    await Phone(context, HEAD).opens("mopen", evening)

    assert await roll(house, same_day) == BEFORE
    await comes(context, clock, day)
    assert await roll(house, evening) == BEFORE
    assert await roll(house, same_day) == AFTER
    assert await roll(house, later) == AFTER


async def test_a_guest_who_gets_a_seat_is_a_member_then_and_other_guests_stay(
    context: Context, house: House, clock: MovableClock
) -> None:
    other = "Ngô Văn Lâm"
    made = await house.found(
        founding((*FIVE, *(Newcomer(each, Role.GUEST) for each in (GIANG, other))))
    )
    await house.joins(AN, HEAD)
    meeting = await called(house, made.committee, "Việc một", starts=THE_DAY)
    assert {each.name for each in (await again(house, meeting)).guests} == {GIANG, other}
    day = await tomorrow(context)
    await Phone(context, HEAD).opens("approval_yes", await asks(house, made.committee, day))
    await comes(context, clock, day)

    assert await roll(house, meeting) == AFTER
    assert [each.name for each in (await again(house, meeting)).guests] == [other]


async def test_attendance_of_a_year_counts_each_by_the_meetings_of_the_own_seat(
    context: Context, house: House, committee: int, clock: MovableClock
) -> None:
    """An comes to both; Cường has a seat at the first alone, Giang at the second alone, and neither comes."""
    first = await called(house, committee, "Việc một", starts=START + 12 * HOUR)
    second = await called(house, committee, "Việc hai", starts=THE_DAY)
    day = await tomorrow(context)
    await Phone(context, HEAD).opens("approval_yes", await asks(house, committee, day))
    clock.move_to(START + 12 * HOUR)
    await Phone(context, HEAD).opens("checkin", first)
    await comes(context, clock, day)
    clock.move_to(THE_DAY)
    await Phone(context, HEAD).opens("checkin", second)

    both = [await again(house, each) for each in (first, second)]
    found = {each.name: (each.came, each.absent) for each in attendance(both)}
    assert found[AN] == (2, 0)
    assert found[BINH] == (0, 2)
    assert found[CUONG] == found[DUNG] == found[GIANG] == (0, 1)
