"""What clerk and head may copy into their papers, and members may not: results and conclusions."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.clock import MovableClock
from bot.consultations import announcements
from bot.consultations import store as consultations
from bot.consultations.rules.outcome import state
from bot.db.schema import outbox
from bot.kit.unit import Context
from tests.acts.called import STARTS, called
from tests.acts.committees import CLERK, DEPUTY, HEAD, HOUR, House
from tests.acts.phone import Phone
from tests.acts.running import opened


async def protected(context: Context, head: str) -> dict[int, bool]:
    """Whether the message with that head is protected, by the account it went to."""
    async with context.look() as work:
        rows = (await work.tx.execute(select(outbox))).all()
    return {
        row.chat_id: row.consultation_id is not None or bool(row.about)
        for row in rows
        if row.text.startswith(head)
    }


async def test_the_office_may_copy_a_result_and_a_member_may_not(
    house: House, context: Context, committee: int
) -> None:
    matter = await opened(house, committee)
    async with context.work() as work:
        dossier = await consultations.there(work.tx, matter)
        result = state(dossier.running, work.now + 96 * HOUR).result
        assert result is not None
        await announcements.closed(work, dossier, result)
    assert await protected(context, "<b>KẾT QUẢ") == {CLERK: False, HEAD: False, DEPUTY: True}


async def test_the_office_may_copy_conclusions_and_a_member_may_not(
    house: House, context: Context, committee: int, clock: MovableClock
) -> None:
    meeting = await called(house, committee, "Kế hoạch quý II")
    clock.move_to(STARTS + timedelta(minutes=1))
    for account in (HEAD, DEPUTY):
        assert (await Phone(context, account).opens("checkin", meeting)).refused is None
    assert (await Phone(context, HEAD).opens("mopen", meeting)).refused is None
    head = await Phone(context, HEAD).opens("mclose", meeting)
    await head.opens("mclose", meeting, "yes")
    assert await protected(context, "<b>KẾT LUẬN") == {CLERK: False, HEAD: False, DEPUTY: True}
