"""Papers of a meeting in the chat: when they are offered, to whom, and what the register says of one."""

from __future__ import annotations

import io

import pytest
from docx import Document

from bot.clock import MovableClock
from bot.db import drafts, people
from bot.kit.unit import Context
from bot.meetings import overview
from bot.papers import face
from tests.acts.called import STARTS, again, called
from tests.acts.committees import AN, CLERK, CUONG, CUONGS, DEPUTY, HEAD, HOUR, STRANGER, House
from tests.acts.phone import Phone


@pytest.fixture
async def meeting(house: House, committee: int) -> int:
    await house.joins(CUONG, CUONGS)
    return await called(house, committee, "Chương trình công tác", "Dự toán & phân bổ")


async def held(house: House, clock: MovableClock, context: Context, meeting: int) -> None:
    clock.move_to(STARTS - HOUR)
    for account in (HEAD, DEPUTY, CUONGS):
        await Phone(context, account).opens("checkin", meeting)
    clock.move_to(STARTS)
    await Phone(context, HEAD).opens("mopen", meeting)
    found = await again(house, meeting)
    van = await Phone(context, CLERK).opens("conclude", found.items[0].id, "adopted")
    await van.types("Giao văn phòng hoàn thiện")
    await Phone(context, HEAD).opens("mclose", meeting, "yes")


async def test_a_called_meeting_has_invitations_one_for_each_in_one_file(
    house: House, context: Context, meeting: int
) -> None:
    van = Phone(context, CLERK)
    await (await van.opens("mdash", meeting)).presses("Văn bản")
    await van.presses("Giấy mời họp")
    (file,) = van.files
    async with context.look() as work:
        content = await drafts.blob(work.tx, file.sha256)
    assert content is not None
    words = "\n".join(p.text for p in Document(io.BytesIO(content)).paragraphs)
    assert words.count("Kính gửi: ") == 4  # An, Bình, Cường, Dũng
    (line,) = await house.details("paper_made")
    assert (line["paper"], line["sha256"]) == ("invitation", file.sha256)
    refused = await van.opens("meeting_file", meeting, "meeting_minutes")
    assert refused.refused == "paper_not_of_meeting"


async def test_a_closed_meeting_has_minutes_a_conclusion_and_what_was_resolved(
    house: House, clock: MovableClock, context: Context, meeting: int
) -> None:
    await held(house, clock, context, meeting)
    an = await Phone(context, HEAD).opens("meeting_files", meeting)
    offered = ["Biên bản họp", "Thông báo kết luận", "Nghị quyết (dự thảo)"]
    assert [each for each in an.buttons if each in offered] == offered
    await an.presses("Biên bản họp")
    async with context.look() as work:
        content = await drafts.blob(work.tx, an.files[0].sha256)
    assert content is not None
    words = "\n".join(p.text for p in Document(io.BytesIO(content)).paragraphs)
    assert f"Chủ trì: đồng chí {AN}." in words
    assert "triệu tập: 4; dự họp: 3; vắng được đồng ý: 0; vắng khác: 1." in words


async def test_who_kept_the_minutes_and_left_since_stands_on_them_and_so_does_the_task_of_one_who_left(
    house: House, clock: MovableClock, context: Context, meeting: int
) -> None:
    await Phone(context, CLERK).opens("minutes_keeper", meeting, house.ids[CUONG])
    await held(house, clock, context, meeting)
    found = await again(house, meeting)
    van = await Phone(context, CLERK).opens("task_give", found.items[0].id, house.ids[CUONG])
    await van.types("20/3/2026")
    await van.types("Hoàn thiện dự thảo")
    async with house.context.work() as work:
        await people.retire(work.tx, house.ids[CUONG], work.now)
        await people.retire(work.tx, house.ids[AN], work.now)
    minutes = await read(context, meeting, "meeting_minutes")
    assert f"Chủ trì: đồng chí {AN}." in minutes
    assert minutes.endswith(AN)
    assert CUONG in await read(context, meeting, "meeting_minutes")
    assert f"Giao đồng chí {CUONG}: Hoàn thiện dự thảo. Hạn hoàn thành: 20/3/2026." in await read(
        context, meeting, "conclusion"
    )


async def read(context: Context, meeting: int, paper: str) -> str:
    """A paper as the office opens it: its paragraphs and its corners, without the list of who came."""
    van = await Phone(context, CLERK).opens("meeting_file", meeting, paper)
    async with context.look() as work:
        content = await drafts.blob(work.tx, van.files[0].sha256)
    assert content is not None
    document = Document(io.BytesIO(content))
    corners = [cell.text for row in document.tables[-1].rows for cell in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + corners)


@pytest.mark.parametrize("account", [DEPUTY, STRANGER])
async def test_papers_of_a_meeting_are_clerks_and_heads_alone(
    house: House, context: Context, meeting: int, account: int
) -> None:
    somebody = Phone(context, account)
    assert (await somebody.opens("meeting_files", meeting)).refused is not None
    assert (await somebody.opens("meeting_file", meeting, "invitation")).refused is not None
    assert await house.details("paper_made") == []


@pytest.mark.parametrize("forged", ["../../etc/passwd", "slip", ""])
async def test_a_forged_paper_is_none(context: Context, meeting: int, forged: str) -> None:
    van = Phone(context, CLERK)
    await van.opens("meeting_file", meeting, forged)
    assert van.files == ()


async def test_the_papers_of_a_meeting_are_found_by_its_number(
    house: House, context: Context, committee: int, meeting: int
) -> None:
    number = (await again(house, meeting)).number
    assert number is not None
    async with context.look() as work:
        assert await overview.numbered(work.tx, committee, number) == meeting
        assert await overview.numbered(work.tx, committee, number + 1) is None
    drafts_made = await face.all_of_meeting(context, meeting)
    assert [each.paper.value for each in drafts_made] == ["invitation"]
    assert await face.all_of_meeting(context, meeting + 1) == []
