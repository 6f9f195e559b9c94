"""A committee that has ended, before every press there is: what only reads goes on, nothing else is written."""

from __future__ import annotations

from bot.clock import MovableClock
from bot.db import people
from bot.kit import form
from bot.kit.act import TABLE
from bot.kit.unit import Context
from bot.values.moments import in_viet_nam
from tests.acts.committees import CLERK, HEAD, VAN, House
from tests.acts.phone import Phone
from tests.acts.running import opened

READS = {"report_sheet", "roster_sheet", "paper_made", "dossier_made"}
"""Lines of the register that tell that a file was made of what there is."""


async def test_no_press_writes_in_it_any_more(
    context: Context, van: Phone, house: House, committee: int, clock: MovableClock
) -> None:
    matter = await opened(house, committee)
    assert (await van.opens("launch", committee)).refused is None
    today = f"{in_viet_nam(clock.now()):%Y%m%d}"
    asks = Phone(context, CLERK)
    await asks.opens("close_committee", committee, today, "")
    await asks.types("Số 15-QĐ/TU ngày 27/02/2026")
    number = asks.card.rows[-2][0].press
    assert number is not None
    assert (await Phone(context, HEAD).opens("approval_yes", number.args[0])).refused is None

    before = await house.acts(committee)
    given = ((committee,), (1, 1), (matter, "reject"))
    for name in sorted(TABLE.presses):
        for account in (CLERK, HEAD):
            for args in given:
                await Phone(context, account).opens(name, *args)
    since = (await house.acts(committee))[len(before) :]
    assert {act for _, act, _ in since} <= READS


async def test_forms_left_unfinished_are_dropped_with_it(
    context: Context, van: Phone, house: House, committee: int, clock: MovableClock
) -> None:
    await van.opens("launch", committee)
    today = f"{in_viet_nam(clock.now()):%Y%m%d}"
    asks = Phone(context, CLERK)
    await asks.opens("close_committee", committee, today, "")
    await asks.types("Số 15-QĐ/TU ngày 27/02/2026")
    number = asks.card.rows[-2][0].press
    assert number is not None
    await Phone(context, HEAD).opens("approval_yes", number.args[0])
    async with context.look() as work:
        assert await people.person(work.tx, house.ids[VAN]) is not None
        assert await form.unfinished(work, house.ids[VAN]) == []
