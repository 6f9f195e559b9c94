"""Forms that were sent or dropped: kept for thirty days, and what was only theirs goes with them."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert, select, update

from bot.db import drafts
from bot.db.schema import attachments, member_notices
from bot.db.schema import drafts as drafts_table
from bot.kit.unit import Context, UnitOfWork
from bot.values.files import FileRef
from tests.acts.committees import AN, START, VAN, House

DAY = timedelta(days=1)


async def ended(work: UnitOfWork, house: House, committee: int, days: int) -> int:
    """A form of the clerk's with one file, dropped so many days after the start."""
    clerk = house.ids[VAN]
    draft = await drafts.add(work.tx, committee, clerk, "launch", {}, START)
    digest = await drafts.keep_blob(work.tx, b"%PDF")
    await drafts.attach(work.tx, draft.id, FileRef("a.pdf", "f", digest, 4), clerk)
    await drafts.end(work.tx, draft.id, START + days * DAY)
    return draft.id


async def left(work: UnitOfWork) -> tuple[list[int], list[int | None]]:
    """Which forms there are, and of which forms the files are."""
    forms = await work.tx.execute(select(drafts_table.c.id).order_by(drafts_table.c.id))
    files = await work.tx.execute(select(attachments.c.draft_id).order_by(attachments.c.id))
    return list(forms.scalars()), list(files.scalars())


async def test_what_ended_before_goes_with_its_files_and_what_ended_later_stays(
    context: Context, house: House, committee: int
) -> None:
    async with context.work() as work:
        old = await ended(work, house, committee, days=1)
        young = await ended(work, house, committee, days=3)
        unsent = await drafts.add(work.tx, committee, house.ids[VAN], "launch", {}, START)
        assert await left(work) == ([old, young, unsent.id], [old, young])
        assert await drafts.purge(work.tx, START + 2 * DAY) == 1
        assert await left(work) == ([young, unsent.id], [young])


async def test_one_whose_file_went_on_to_a_notice_stays_with_it(
    context: Context, house: House, committee: int
) -> None:
    async with context.work() as work:
        handed_in = await ended(work, house, committee, days=1)
        newest = await ended(work, house, committee, days=1)
        notice = {
            "committee_id": committee, "body": "dang_doan", "duty": "", "subject": "Lịch", "text": "Lịch",
            "sent_by": house.ids[AN], "sent_at": START,
        }  # fmt: skip
        sent = insert(member_notices).values(notice).returning(member_notices.c.id)
        number = (await work.tx.execute(sent)).scalar_one()
        handed_over = update(attachments).where(attachments.c.draft_id == handed_in)
        await work.tx.execute(handed_over.values(notice_id=number))
        assert await drafts.purge(work.tx, START + 9 * DAY) == 0
        assert await left(work) == ([handed_in, newest], [handed_in])


async def test_the_number_of_a_form_that_is_gone_is_given_to_no_other(
    context: Context, house: House, committee: int
) -> None:
    async with context.work() as work:
        before = [await ended(work, house, committee, days=1) for _ in range(3)]
        assert await drafts.purge(work.tx, START + 9 * DAY) == 2
        again = await drafts.add(work.tx, committee, house.ids[VAN], "launch", {}, START)
        assert again.id == before[-1] + 1
