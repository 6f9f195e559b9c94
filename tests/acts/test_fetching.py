"""No file is fetched for somebody who may not send it, and none that is not taken."""

from __future__ import annotations

import pytest

from bot.db import people
from bot.kit.unit import Context
from bot.meetings.rules.meeting import AgendaItem
from bot.values.limits import FILE_LIMIT
from tests.acts.called import called
from tests.acts.committees import BINH, CUONG, CUONGS, VAN, House
from tests.acts.phone import Phone
from tests.acts.running import opened


async def leaves(house: House, name: str) -> None:
    async with house.context.work() as work:
        await people.retire(work.tx, house.ids[name], work.now)


async def test_a_document_of_who_is_of_the_office_no_more_is_not_fetched(
    house: House, committee: int, van: Phone
) -> None:
    meeting = await called(house, committee, "Kế hoạch quý II")
    await van.opens("mpapers", meeting)
    assert (await van.sends("Du thao.docx")).refused is None
    await leaves(house, VAN)
    assert (await van.sends("Khac.docx")).refused == "no_right"
    assert van.fetched == ["Du thao.docx"]


async def test_a_document_of_who_answers_for_no_item_any_more_is_not_fetched(
    house: House, context: Context, committee: int
) -> None:
    await house.joins(CUONG, CUONGS)
    item = AgendaItem(0, 1, "Kế hoạch quý II", responsible=house.ids[CUONG])
    await called(house, committee, items=[item])
    cuong = await Phone(context, CUONGS).opens("mbring", 1)
    assert (await cuong.sends("Du thao.docx")).refused is None
    await leaves(house, CUONG)
    assert (await cuong.sends("Khac.docx")).refused == "no_right"
    assert cuong.fetched == ["Du thao.docx"]


@pytest.mark.parametrize(
    ("name", "size", "kind"),
    [("phieu.jpg", FILE_LIMIT + 1, "file_too_large"), ("phiếu MẬT.jpg", 7, "secret")],
)
async def test_a_photo_of_a_paper_that_is_not_taken_is_not_fetched(
    house: House, committee: int, van: Phone, name: str, size: int, kind: str
) -> None:
    matter = await opened(house, committee)
    await van.opens("paper", matter, house.ids[BINH], "approve")
    assert (await van.sends(name, size=size)).refused == kind
    assert van.fetched == []


async def test_a_photo_that_turns_out_larger_than_announced_is_not_kept(
    house: House, committee: int, van: Phone
) -> None:
    matter = await opened(house, committee)
    await van.opens("paper", matter, house.ids[BINH], "approve")
    larger = await van.sends("phieu.jpg", b"0" * (FILE_LIMIT + 1), size=7)
    assert larger.refused == "file_too_large"
    assert (await van.sends("phieu.jpg", b"\xff\xd8\xff", size=FILE_LIMIT)).refused is None
