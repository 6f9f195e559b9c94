"""Answers that come as the close does, and words that come after an answer has been given."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.clock import MovableClock
from bot.consultations import store as consultations
from bot.consultations.rules.consultation import Act, ActKind, Receipt
from bot.db import drafts, register
from bot.db.schema import replies
from bot.kit.unit import Context, UnitOfWork
from bot.people.rules.founding import Newcomer, SeatWanted
from bot.people.rules.people import Role
from bot.regulations.rules.regulation import Strength
from tests.acts.committees import (
    AN,
    BINH,
    CLERK,
    CUONG,
    DEPUTY,
    DUNG,
    HOUR,
    START,
    House,
    clerk,
    founding,
)
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


# --- a press is an answer --------------------------------------------------------------------


async def test_to_go_back_from_the_question_leaves_the_answer_as_pressed(
    context: Context, matter: int
) -> None:
    binh = await Phone(context, DEPUTY).opens("reply", matter, "reject")
    await binh.presses("« Quay lại")
    assert "<b>Không tán thành</b>" in binh.text
    assert "chưa nêu lý do" in binh.text
    assert await given(context, matter) == [("reject", "", False)]


async def test_another_choice_takes_the_place_of_an_answer_and_of_its_words_at_once(
    context: Context, matter: int
) -> None:
    binh = await Phone(context, DEPUTY).opens("reply", matter, "reject")
    await binh.types(WORDS)
    await binh.opens("reply", matter, "differ")
    assert await given(context, matter) == [
        ("reject", "", False),
        ("reject", WORDS, False),
        ("differ", "", False),
    ]


async def test_the_choice_that_stands_given_again_is_shown_as_it_stands(
    context: Context, matter: int
) -> None:
    binh = await Phone(context, DEPUTY).opens("reply", matter, "approve")
    await binh.opens("edit", matter)
    assert "Đề nghị đồng chí chọn lại dưới đây." in binh.text
    await binh.presses("Tán thành")
    assert "chọn lại" not in binh.text
    assert "Sửa ý kiến" in binh.buttons
    assert await given(context, matter) == [("approve", "", False)]


async def test_words_may_be_given_later_by_the_button_of_the_form(
    context: Context, matter: int
) -> None:
    binh = await Phone(context, DEPUTY).opens("reply", matter, "approve_with_comments")
    await (await binh.presses("« Quay lại")).presses("Nêu góp ý")
    await binh.types(WORDS)
    assert WORDS in binh.text
    assert "Nêu góp ý" not in binh.buttons
    assert (await given(context, matter))[-1] == ("approve_with_comments", WORDS, False)


async def test_words_after_the_close_are_kept_as_late_words_and_the_answer_stands(
    context: Context, clock: MovableClock, matter: int
) -> None:
    binh = await Phone(context, DEPUTY).opens("reply", matter, "reject")
    clock.move_to(START + 73 * HOUR)
    await binh.types(WORDS)
    assert binh.refused == "late_words"
    assert "vẫn giữ nguyên" in binh.text
    assert await given(context, matter) == [("reject", "", False), ("reject", WORDS, True)]
    await binh.opens("form", matter)
    assert "lời gửi muộn" in binh.text


async def test_words_for_a_choice_that_a_paper_has_replaced_are_not_taken(
    context: Context, house: House, matter: int
) -> None:
    binh = await Phone(context, DEPUTY).opens("reply", matter, "reject")
    await Phone(context, CLERK).opens("paper", matter, house.ids[BINH], "approve", "")
    assert (await binh.types(WORDS)).refused == "stale_question"
    assert await given(context, matter) == [("reject", "", False), ("approve", "", False)]


async def test_a_paper_without_words_is_taken(context: Context, house: House, matter: int) -> None:
    van = await Phone(context, CLERK).opens("paper", matter, house.ids[CUONG], "differ")
    await van.presses("Ghi nhận, không kèm lời và ảnh")
    assert await given(context, matter) == [("differ", "", False)]


# --- a receipt leaves a line of its own ------------------------------------------------------


async def lines(context: Context, committee: int) -> list[str]:
    async with context.look() as work:
        return [line.act for line in await register.after(work.tx, committee, 0)]


async def test_a_receipt_proven_by_a_choice_has_its_own_line_before_the_answer(
    context: Context, house: House, committee: int
) -> None:
    new = await opened(house, committee)
    await Phone(context, DEPUTY).opens("reply", new, "reject")
    assert (await lines(context, committee))[-2:] == ["acknowledge", "reply"]
    await Phone(context, DEPUTY).opens("edit", new)
    assert (await lines(context, committee))[-2:] == ["acknowledge", "reply"]


async def test_a_receipt_proven_by_taking_up_the_choices_has_its_own_line(
    context: Context, house: House, committee: int
) -> None:
    new = await opened(house, committee)
    await Phone(context, DEPUTY).opens("edit", new)
    assert (await lines(context, committee))[-1] == "acknowledge"


async def test_a_receipt_proven_by_asking_for_time_has_its_own_line_before_the_wish(
    context: Context, house: House
) -> None:
    agency = Newcomer("Sở Y tế", Role.MEMBER, (SeatWanted("co_quan", "agency"),))
    officer = Newcomer(AN, Role.OFFICER, (SeatWanted("", "secretary"),))
    founded = await house.found(founding((agency, officer, clerk()), regulation="hai_duong"))
    await house.joins("Sở Y tế", DEPUTY)
    new = await opened(house, founded.committee, "co_quan", "coordination")
    asks = await Phone(context, DEPUTY).opens("more", new)
    await asks.presses(asks.buttons[0])
    assert (await lines(context, founded.committee))[-2:] == ["acknowledge", "more_time"]
