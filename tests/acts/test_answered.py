"""The list "Đã trả lời" holds what the person answered in time, and nothing else."""

from __future__ import annotations

import pytest

from bot.consultations import store as consultations
from bot.consultations.rules.consultation import Choice, Reply
from tests.acts.committees import BINH, CUONG, CUONGS, DEPUTY, House
from tests.acts.phone import Phone
from tests.acts.running import opened

SUBJECT = "Chương trình công tác quý II"


@pytest.fixture
async def closed(house: House, committee: int) -> int:
    """A matter that Bình answered in time and Cường too late."""
    await house.joins(CUONG, CUONGS)
    matter = await opened(house, committee)
    async with house.context.work() as work:
        in_time = Reply(house.ids[BINH], Choice.APPROVE, work.now)
        await consultations.add_reply(matter, in_time, received_at=work.now).into(work.tx)
        await consultations.close_it(matter, work.now, {"outcome": "adopted"}).into(work.tx)
        late = Reply(house.ids[CUONG], Choice.REJECT, work.now, words="Chưa rõ.")
        await consultations.add_reply(matter, late, received_at=work.now, late=True).into(work.tx)
    return matter


async def test_a_closed_matter_is_listed_for_who_answered_it(house: House, closed: int) -> None:
    assert SUBJECT in (await Phone(house.context, DEPUTY).opens("answered")).text


async def test_an_answer_that_came_too_late_is_none(house: House, closed: int) -> None:
    text = (await Phone(house.context, CUONGS).opens("answered")).text
    assert SUBJECT not in text
    assert "Chưa có ý kiến trả lời nào." in text
