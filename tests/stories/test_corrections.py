"""What no verb of a story says of corrections: an older card pressed, a second form left open, a forgery found out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.consultations import overview
from bot.db.schema import corrections
from bot.meetings import overview as meetings_overview
from bot.proofs.verification import verify
from bot.values.moments import VIET_NAM
from simulator import story
from simulator.founding import assemble
from simulator.phone_client import PhoneClient, RefusedByBot
from simulator.rehearsal import take
from simulator.sandbox import Sandbox
from simulator.verbs.roster import Roster

HERE = Path(__file__).parent
CORRECTED = HERE / "l_qn_corrected_while_it_waits.toml"
MEETING_CORRECTED = HERE / "l_qn_meeting_corrected_while_it_waits.toml"
MEETING_SENT_BACK = HERE / "l_qn_meeting_sent_back_and_corrected.toml"
SENT_BACK = HERE / "l_qn_sent_back_and_corrected.toml"
CLERK, HEAD, MEMBER = "Phạm Thị Văn", "Nguyễn Văn An", "Trần Thị Bình"


@asynccontextmanager
async def on_stage(folder: Path, file: Path, until: datetime) -> AsyncIterator[tuple[Roster, int]]:
    """The story's committee after its steps until that moment, those that are refused left out; its matter."""
    told = story.read(file)
    async with Sandbox(folder, told.start) as stage:
        cast = await assemble(stage, told, file)
        for step in told.steps:
            if step.at <= until and not step.refused:
                await stage.move_to(step.at)
                assert await take(cast, step) is None
        await stage.move_to(until)
        yield cast, cast.matters.of(None)


def at(hour: int, minute: int) -> datetime:
    return datetime(2026, 3, 2, hour, minute, tzinfo=VIET_NAM)


@asynccontextmanager
async def called(folder: Path, file: Path, until: datetime) -> AsyncIterator[tuple[Roster, int]]:
    """As `on_stage`, with the meeting of a story that calls one."""
    async with on_stage(folder, file, until) as (cast, _):
        yield cast, cast.meetings.of(None)


def opened_again(hands: PhoneClient) -> int:
    """The draft on the card that shows a remark."""
    shown = next(m for m in reversed(hands.messages) if "Ý kiến khi trả lại" in m.text)
    return int(hands.actions_on(shown, "form_drop")[0][0])


async def waits(cast: Roster, meeting: int) -> str:
    told = await meetings_overview.meeting(cast.stage.bot.context, meeting)
    assert told is not None
    return told.state


async def stands(cast: Roster, matter: int) -> str:
    told = await overview.matter(cast.stage.bot.context, matter)
    assert told is not None
    return told.outcome


async def test_the_head_approves_what_he_saw(tmp_path: Path) -> None:
    async with on_stage(tmp_path, CORRECTED, at(8, 20)) as (cast, matter):
        head = cast.hands[HEAD]
        await head.press("approve", matter, 1)
        assert await stands(cast, matter) == "submitted"
        await head.press("approve", matter, 3)
        assert await stands(cast, matter) == "open"


async def test_a_card_from_before_any_correction_shows_the_corrected_one_and_asks_again(
    tmp_path: Path,
) -> None:
    async with on_stage(tmp_path, CORRECTED, at(8, 20)) as (cast, matter):
        head = cast.hands[HEAD]
        await head.press("approve", matter)
        assert await stands(cast, matter) == "submitted"
        assert head.shows("approve", matter, 3) is not None


async def test_another_form_left_unfinished_is_not_lost_by_taking_one_up_again(
    tmp_path: Path,
) -> None:
    async with on_stage(tmp_path, SENT_BACK, at(8, 10)) as (cast, matter):
        clerk = cast.hands[CLERK]
        await clerk.press("launch", cast.committee)
        other = int(clerk.screen_with("form_drop")["form_drop"][0])
        await clerk.press("form_fill", other, "ground", "urgent_no_meeting")
        await clerk.press("reopen", matter)
        reopened = int(clerk.screen_with("form_drop")["form_drop"][0])
        assert reopened != other
        await clerk.press("form_send", reopened)
        assert await stands(cast, matter) == "submitted"
        await clerk.press("launch", cast.committee)
        assert int(clerk.screen_with("form_drop")["form_drop"][0]) == other
        with pytest.raises(RefusedByBot, match="đã được trình lại"):
            await clerk.press("reopen", matter)


async def test_only_a_clerk_takes_up_what_was_sent_back(tmp_path: Path) -> None:
    async with on_stage(tmp_path, SENT_BACK, at(8, 10)) as (cast, matter):
        for name in (HEAD, MEMBER):
            with pytest.raises(RefusedByBot):
                await cast.hands[name].press("reopen", matter)
        assert await stands(cast, matter) == "sent_back"


async def test_a_correction_changed_afterwards_is_found_out(tmp_path: Path) -> None:
    async with on_stage(tmp_path, CORRECTED, at(8, 30)) as (cast, _):
        context = cast.stage.bot.context
        assert (await verify(context)).holds
        async with context.work() as work:
            await work.tx.execute(
                update(corrections).where(corrections.c.what == "subject").values(before="Khác")
            )
        found = await verify(context)
        assert [(each.table, each.columns) for each in found.differences] == [
            ("corrections", ("before",))
        ]


# --- a meeting -------------------------------------------------------------------------------


async def test_the_head_calls_the_meeting_that_he_saw(tmp_path: Path) -> None:
    async with called(tmp_path, MEETING_CORRECTED, at(8, 20)) as (cast, meeting):
        head = cast.hands[HEAD]
        await head.press("mapprove", meeting, 1)
        assert await waits(cast, meeting) == "submitted"
        await head.press("mapprove", meeting, 2)
        assert await waits(cast, meeting) == "called"


async def test_a_meetings_card_from_before_any_correction_shows_the_corrected_one_and_asks_again(
    tmp_path: Path,
) -> None:
    async with called(tmp_path, MEETING_CORRECTED, at(8, 20)) as (cast, meeting):
        head = cast.hands[HEAD]
        await head.press("mapprove", meeting)
        assert await waits(cast, meeting) == "submitted"
        assert head.shows("mapprove", meeting, 2) is not None


async def test_another_invitation_left_unfinished_is_not_lost_by_taking_one_up_again(
    tmp_path: Path,
) -> None:
    async with called(tmp_path, MEETING_SENT_BACK, at(8, 10)) as (cast, meeting):
        clerk = cast.hands[CLERK]
        await clerk.press("invite", cast.committee)
        other = int(clerk.screen_with("form_drop")["form_drop"][0])
        await clerk.press("form_fill", other, "kind", "regular")
        await clerk.press("mreopen", meeting)
        reopened = opened_again(clerk)
        assert reopened != other
        await clerk.press("mreopen", meeting)
        assert opened_again(clerk) == reopened
        await clerk.press("form_send", reopened)
        assert await waits(cast, meeting) == "submitted"
        await clerk.press("invite", cast.committee)
        assert int(clerk.screen_with("form_drop")["form_drop"][0]) == other
        with pytest.raises(RefusedByBot, match="đang chờ duyệt"):
            await clerk.press("mreopen", meeting)


async def test_only_who_prepares_meetings_takes_up_one_sent_back(tmp_path: Path) -> None:
    async with called(tmp_path, MEETING_SENT_BACK, at(8, 10)) as (cast, meeting):
        for name in (HEAD, MEMBER):
            with pytest.raises(RefusedByBot):
                await cast.hands[name].press("mreopen", meeting)
        assert await waits(cast, meeting) == "sent_back"


async def test_a_meeting_sent_back_is_taken_back_and_a_draft_of_it_comes_no_more(
    tmp_path: Path,
) -> None:
    async with called(tmp_path, MEETING_SENT_BACK, at(8, 10)) as (cast, meeting):
        clerk = cast.hands[CLERK]
        await clerk.press("mreopen", meeting)
        draft = int(clerk.screen_with("form_drop")["form_drop"][0])
        await clerk.press("mrecall", meeting)
        with pytest.raises(RefusedByBot, match="đã được rút"):
            await clerk.press("form_send", draft)
        assert await waits(cast, meeting) == "cancelled"


async def test_what_a_meetings_draft_left_out_and_took_in_is_told_to_the_head(
    tmp_path: Path,
) -> None:
    async with called(tmp_path, MEETING_SENT_BACK, at(8, 10)) as (cast, meeting):
        clerk, head = cast.hands[CLERK], cast.hands[HEAD]
        await clerk.press("mreopen", meeting)
        draft = int(clerk.screen_with("form_drop")["form_drop"][0])
        await clerk.press("form_again", draft, "agenda")
        keys = [args[1] for _, args in clerk.labelled("mentry")]
        await clerk.press("mmove", draft, keys[1], "up")
        await clerk.press("mset", draft, keys[0], "matter", "important")
        await clerk.press("mnofiles", draft, keys[1])
        await clerk.press("form_show", draft)
        await clerk.say("Việc phát sinh")
        await clerk.press("form_fill", draft, "agenda", "done")
        await clerk.press("form_again", draft, "guests")
        await clerk.say("Hồ Văn Mới")
        await clerk.press("form_fill", draft, "guests", "done")
        await clerk.press("form_send", draft)
        card = next(m.text for m in reversed(head.messages) if "Đã sửa sau khi trình" in m.text)
        for line in (
            "sửa thông tin của «Chương trình công tác quý I»",
            "Nội dung chương trình: thêm «Việc phát sinh»",
            "Thứ tự chương trình: đã sắp xếp lại",
            "Đại biểu mời: thêm «Hồ Văn Mới»",
            "Tệp: bỏ «Bao cao.docx»",
        ):
            assert line in card
        await head.press("mapprove", meeting, 2)
        found = await meetings_overview.meeting(cast.stage.bot.context, meeting)
        assert found is not None
        assert found.agenda == ("Báo cáo tháng", "Chương trình công tác quý I", "Việc phát sinh")
