"""Answers that come as the close does, and words that come after an answer has been given."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.clock import MovableClock
from bot.consultations import store as consultations
from bot.consultations.rules.consultation import Act, ActKind, Receipt
from bot.db import drafts
from bot.db.schema import replies
from bot.kit.unit import Context, UnitOfWork
from bot.regulations.rules.regulation import Strength
from tests.acts.committees import AN, BINH, CUONG, DEPUTY, DUNG, HOUR, START, House
from tests.acts.meanwhile import meanwhile
from tests.acts.phone import Phone
from tests.acts.running import opened

WORDS = "Đề nghị bổ sung kinh phí."


@pytest.fixture
async def matter(house: House, committee: int) -> int:
    """A matter that everybody has acknowledged; its deadline is 72 hours after the start."""
    new = await opened(house, committee)
    async with house.context.work() as work:
        for name in (AN, BINH, CUONG, DUNG):
            receipt = Receipt(house.ids[name], Strength.ACKNOWLEDGED, work.now)
            await consultations.add_receipt(new, receipt).into(work.tx)
    return new


async def given(context: Context, matter: int) -> list[tuple[str, str, bool]]:
    """Every answer kept: choice, words, whether it came late."""
    async with context.look() as work:
        found = await work.tx.execute(
            select(replies).where(replies.c.consultation_id == matter).order_by(replies.c.id)
        )
        return [(row.choice, row.words, row.late) for row in found]


async def extended(work: UnitOfWork) -> None:
    """The head's extension, pressed before the close and carried out after the answer was refused."""
    dossier = await consultations.there(work.tx, 1)
    later = Act(ActKind.EXTEND, START + 71 * HOUR, until=START + 96 * HOUR, reason="Chờ số liệu")
    await consultations.add_act(dossier.id, later).into(work.tx)


async def test_an_answer_after_the_close_is_kept_as_late(
    context: Context, clock: MovableClock, matter: int
) -> None:
    clock.move_to(START + 73 * HOUR)
    assert (await Phone(context, DEPUTY).opens("reply", matter, "approve")).refused == "closed"
    assert await given(context, matter) == [("approve", "", True)]


async def test_an_answer_in_time_after_an_extension_meanwhile_is_not_kept_as_late(
    context: Context, clock: MovableClock, matter: int
) -> None:
    clock.move_to(START + 73 * HOUR)
    binh = Phone(meanwhile(context, 2, extended), DEPUTY)
    assert (await binh.opens("reply", matter, "approve")).refused is None
    assert await given(context, matter) == [("approve", "", False)]


async def test_words_are_asked_for_where_the_head_has_extended_meanwhile(
    context: Context, clock: MovableClock, matter: int
) -> None:
    clock.move_to(START + 73 * HOUR)
    binh = Phone(meanwhile(context, 2, extended), DEPUTY)
    assert (await binh.opens("reply", matter, "reject")).refused is None
    assert await given(context, matter) == [("reject", "", False)]
    await binh.types(WORDS)
    assert await given(context, matter) == [("reject", "", False), ("reject", WORDS, False)]


async def test_the_same_words_typed_twice_are_one_answer_and_nothing_more_is_awaited(
    context: Context, matter: int
) -> None:
    binh = Phone(context, DEPUTY)
    for _ in range(2):
        await binh.opens("reply", matter, "reject")
        await binh.types(WORDS)
    assert await given(context, matter) == [("reject", "", False), ("reject", WORDS, False)]
    async with context.look() as work:
        assert await drafts.awaited(work.tx, DEPUTY) is None
