"""The monthly note: a head of the register given out to the office and two members, once, also after an outage."""

from __future__ import annotations

import re

from bot.clock import MovableClock
from bot.db.register import HeadGiven, after
from bot.kit.unit import Context
from bot.proofs.verification import verify
from bot.run_due import make_ready
from tests.acts.beating import beat
from tests.acts.committees import AN, CLERK, CUONG, CUONGS, DEPUTY, HEAD, STRANGER, VAN, House
from tests.acts.committees import founding as plan
from tests.acts.phone import Phone
from tests.rules.committee import moment

NOTE = "MÃ ĐỐI CHIẾU SỔ THEO DÕI"
PRINTED = re.compile(r"Mã đối chiếu sổ theo dõi: (\d+):(\d+):([0-9a-f ]{24})$")


async def comes(context: Context, clock: MovableClock, at: str) -> None:
    """The clock comes to that moment, and what fell due until then is acted on."""
    clock.move_to(moment(at))
    await beat(context, times=2)


async def notes(house: House, account: int) -> list[str]:
    return [text for text in await house.heard(account) if NOTE in text]


async def given(house: House, committee: int) -> list[dict[str, object]]:
    """What the register tells of heads that were given out."""
    async with house.context.look() as work:
        lines = await after(work.tx, committee, 0)
    return [dict(line.detail) for line in lines if line.act == "head_note"]


async def test_on_the_first_working_morning_office_and_two_members_get_the_head_and_it_is_recorded(
    context: Context, clock: MovableClock, house: House, committee: int
) -> None:
    await house.joins(CUONG, CUONGS)
    await comes(context, clock, "2026-04-01 07:59")
    assert await notes(house, HEAD) == []
    await comes(context, clock, "2026-04-01 08:01")
    texts = [await notes(house, account) for account in (CLERK, HEAD, DEPUTY, CUONGS)]
    assert [len(each) for each in texts] == [1, 1, 1, 1], "of four who may be drawn two have joined"
    assert await notes(house, STRANGER) == []
    assert [CUONG in text for [text] in texts] == [True, True, False, False], (
        "who is for the office"
    )
    [told] = await given(house, committee)
    office = [house.ids[name] for name in (AN, VAN)]
    assert sorted(told["office"]) == sorted(office)  # type: ignore[call-overload]
    assert len(told["drawn"]) == 2  # type: ignore[arg-type]
    printed = PRINTED.search(texts[0][0])
    assert printed is not None
    of, line, digits = int(printed[1]), int(printed[2]), printed[3].replace(" ", "")
    assert (of, line) == (committee, told["line"])
    assert str(told["digest"]).startswith(digits)
    kept = HeadGiven(of, line, digits)
    assert (await verify(context, [kept])).holds
    another = HeadGiven(of, line, "0" * 20)
    assert (await verify(context, [another])).lost == (another,)


async def test_after_an_outage_over_months_there_is_one_note_and_then_one_a_month(
    context: Context, clock: MovableClock, house: House, committee: int
) -> None:
    await comes(context, clock, "2026-03-20 09:00")
    clock.move_to(moment("2026-06-17 09:00"))
    await make_ready(context)
    await make_ready(context)
    await comes(context, clock, "2026-06-17 09:01")
    assert len(await notes(house, HEAD)) == len(await given(house, committee)) == 1
    await comes(context, clock, "2026-06-30 23:00")
    assert len(await notes(house, HEAD)) == 1
    await comes(context, clock, "2026-07-01 08:01")
    assert len(await notes(house, HEAD)) == len(await given(house, committee)) == 2


async def test_a_late_note_leaves_it_to_that_of_this_month_where_it_is_still_to_come(
    context: Context, clock: MovableClock, house: House, committee: int
) -> None:
    await comes(context, clock, "2026-03-20 09:00")
    clock.move_to(moment("2026-11-01 06:00"))  # a Sunday, before anybody is awake
    await make_ready(context)
    for day, hour, count in ((1, 6, 0), (1, 9, 0), (2, 8, 1), (3, 9, 1)):
        await comes(context, clock, f"2026-11-{day:02} {hour:02}:01")
        assert len(await notes(house, HEAD)) == len(await given(house, committee)) == count


async def test_where_nobody_has_joined_nothing_is_told_and_the_next_month_is_waited_for(
    context: Context, clock: MovableClock, house: House
) -> None:
    clock.move_to(moment("2026-03-31 09:00"))
    founded = await house.found(plan())
    await comes(context, clock, "2026-04-01 08:01")
    assert await given(house, founded.committee) == []
    await house.joins(AN, HEAD)
    await comes(context, clock, "2026-05-04 08:01")  # after the holidays of the 30th of April
    assert len(await notes(house, HEAD)) == 1
    [told] = await given(house, founded.committee)
    assert (told["office"], told["drawn"]) == ([house.ids[AN]], [])


async def test_a_day_off_announced_meanwhile_moves_the_note(
    context: Context, clock: MovableClock, house: House, committee: int, van: Phone
) -> None:
    await comes(context, clock, "2026-03-20 09:00")
    await van.opens("calendar_add", committee, "off", 2026)
    await van.types("01/04/2026")
    await comes(context, clock, "2026-04-01 09:00")
    assert await notes(house, HEAD) == []
    await comes(context, clock, "2026-04-02 08:01")
    assert len(await notes(house, HEAD)) == 1
