"""A card that one message does not hold: its beginning in place, all of it by a press."""

from __future__ import annotations

from bot.db import live_cards
from bot.kit.unit import Context
from bot.live import Post
from bot.meetings import live
from bot.meetings.rules.meeting import AgendaItem
from bot.values.texts import TELEGRAM_LIMIT, split_for_telegram
from tests.acts.called import called
from tests.acts.committees import HEAD, STRANGER, House
from tests.acts.phone import Phone

MESSAGE = 1
"""The number of the message that a phone of these tests presses on."""
SUBJECTS = [f"Việc thứ {n}: " + "chuẩn bị đại hội " * 15 for n in range(1, 21)]


async def long_invitation(house: House, context: Context, committee: int, account: int) -> str:
    """A meeting with more items than one message holds, on the screen of that account."""
    items = [AgendaItem(0, n, subject) for n, subject in enumerate(SUBJECTS, 1)]
    name = live.items(await called(house, committee, items=items))
    async with context.work() as work:
        await live_cards.place(work.tx, account, MESSAGE, name, work.now)
    return name


async def test_the_beginning_fits_and_says_where_the_rest_is(
    house: House, context: Context, committee: int
) -> None:
    name, post = await long_invitation(house, context, committee, HEAD), Post(context)
    async with context.look() as work:
        card = await post.live_card(work.tx, name, HEAD)
    assert card is not None
    assert len(split_for_telegram(card.text)) > 1
    shown = post.beginning(card)
    assert len(split_for_telegram(shown.text, TELEGRAM_LIMIT)) == 1
    assert "phần còn lại có ở nút «Đọc toàn bộ nội dung»" in shown.text
    assert [b.label for row in shown.rows for b in row][-1] == "Đọc toàn bộ nội dung"
    assert post.beginning(shown) == shown


async def test_a_press_gives_all_of_it(house: House, context: Context, committee: int) -> None:
    await long_invitation(house, context, committee, HEAD)
    an = await Phone(context, HEAD).opens("whole")
    assert an.refused is None
    assert all(f"Việc thứ {n}:" in an.text for n in range(1, 21))
    assert an.buttons == []


async def test_who_may_not_see_the_card_reads_nothing_by_its_button(
    house: House, context: Context, committee: int
) -> None:
    await long_invitation(house, context, committee, STRANGER)
    assert (await Phone(context, STRANGER).opens("whole")).refused == "old_button"


async def test_a_message_that_shows_no_card_has_nothing_more(
    context: Context, committee: int
) -> None:
    assert committee
    assert (await Phone(context, HEAD).opens("whole")).refused == "old_button"
