"""What an act still needs of its person: what answers a question, and what no question asked for."""

from __future__ import annotations

import pytest

from bot.db import drafts
from bot.db.drafts import Prompt
from bot.kit.unit import Context
from bot.reports import overview
from tests.acts.committees import BINH, CUONG, DEPUTY, HEAD, House
from tests.acts.phone import Phone
from tests.acts.running import opened


@pytest.fixture
def an(context: Context) -> Phone:
    """The head's phone."""
    return Phone(context, HEAD)


async def awaited(context: Context, account: int) -> Prompt | None:
    async with context.look() as work:
        return await drafts.awaited(work.tx, account)


@pytest.mark.parametrize(
    "day", ["202647", "2026417", "2026-04-07", "20260230", "٢٠٢٦٠٤٠٧", "000000000"]
)
async def test_a_day_on_a_button_is_one_in_eight_digits(
    context: Context, committee: int, day: str
) -> None:
    report = await overview.find(context, committee, "QN-R2", "2026-Q1", debtor=BINH)
    assert report is not None
    binh = Phone(context, DEPUTY)
    assert (await binh.opens("report_more", report.id, day)).refused == "old_button"
    assert (await binh.opens("report_more", report.id, "20260407")).refused is None


@pytest.mark.parametrize("moment", ["00010101T00+07", "99991231T2359+00", "٢٩٥٤٢٢٢٠", "", "soon"])
async def test_a_moment_on_a_button_is_one_in_digits(
    house: House, committee: int, an: Phone, moment: str
) -> None:
    matter = await opened(house, committee)
    assert (await an.opens("extend", matter, moment)).refused == "old_button"


async def test_whom_to_strike_is_asked_again_and_no_reason_is_awaited_any_more(
    house: House, context: Context, committee: int, an: Phone
) -> None:
    matter = await opened(house, committee)
    await (await an.opens("strike", matter)).presses(BINH)
    assert await awaited(context, HEAD) is not None
    await an.opens("strike", matter)
    assert await awaited(context, HEAD) is None
    await an.presses(CUONG)
    await an.types("Đi công tác nước ngoài")
    assert [act for _, act, _ in await house.acts(committee)][-1] == "strike"


async def test_the_question_of_a_bot_that_asked_for_more_is_stale(
    house: House, context: Context, committee: int, an: Phone
) -> None:
    matter = await opened(house, committee)
    ref = {"of": matter, "answers": [str(house.ids[BINH]), "Đi công tác"]}
    async with context.work() as work:
        await drafts.await_words(work.tx, HEAD, "strike", ref, work.now)
    assert (await an.types("Đến hết tháng")).refused == "stale_question"
