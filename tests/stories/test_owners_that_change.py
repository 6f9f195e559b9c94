"""What is owed when its owner is another, or the calendar is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from bot.owed import overview
from bot.values.moments import VIET_NAM
from simulator import story
from simulator.founding import assemble
from simulator.rehearsal import take
from simulator.sandbox import Sandbox
from simulator.story import Step
from simulator.verbs.roster import Roster

CLERK, HEAD, DEPUTY = "Phạm Thị Văn", "Nguyễn Văn An", "Trần Thị Bình"
HERE = Path(__file__).parent
REPORT = HERE / "o_qn_upward_report.toml"
QUESTIONS = HERE / "o_bk_question_overdue.toml"


def moment(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIET_NAM)


@asynccontextmanager
async def on_stage(folder: Path, file: Path, steps: int) -> AsyncIterator[Roster]:
    """The story's committee after its first steps."""
    told = story.read(file)
    async with Sandbox(folder, told.start) as stage:
        cast = await assemble(stage, told, file)
        for step in told.steps[:steps]:
            await stage.move_to(step.at)
            assert await take(cast, step) is None
        yield cast


async def owed(cast: Roster, name: str) -> list[str]:
    found = await overview.owed_by(cast.stage.bot.context, cast.committee, cast.person(name))
    return [debt.kind for debt in found]


async def retire(cast: Roster, name: str) -> None:
    """The office asks that somebody leaves, and the second person confirms it."""
    at = cast.stage.clock.now()
    second = DEPUTY if name == HEAD else HEAD
    for who, does in ((CLERK, "end_seat"), (second, "confirm_personnel")):
        assert await take(cast, Step(at=at, who=who, does=does, of=name)) is None


def heard(cast: Roster, name: str) -> str:
    phone = cast.hands[name]
    return "\n".join(message.text for message in cast.stage.world.chat(phone.user_id).messages)


async def test_the_new_head_owes_what_the_body_owed_and_settles_it(tmp_path: Path) -> None:
    async with on_stage(tmp_path, REPORT, 5) as cast:
        await cast.stage.move_to(moment(3, 4, 9))
        assert await owed(cast, HEAD) == ["upward_report"]
        assert await owed(cast, DEPUTY) == []
        await retire(cast, HEAD)
        assert await owed(cast, DEPUTY) == ["upward_report"]
        await cast.stage.move_to(moment(3, 10, 9))
        context = cast.stage.bot.context
        [debt] = await overview.owed_by(context, cast.committee, cast.person(DEPUTY))
        await cast.hands[DEPUTY].press("settle_paper", debt.id)
        await cast.hands[DEPUTY].say("số 12-BC/ĐĐ ngày 09/03/2026")
        assert await owed(cast, DEPUTY) == []


async def test_nobody_owes_the_answer_of_somebody_who_has_left(tmp_path: Path) -> None:
    async with on_stage(tmp_path, QUESTIONS, 1) as cast:
        assert await owed(cast, DEPUTY) == ["answer"]
        await cast.stage.move_to(moment(5, 6, 9))
        await retire(cast, DEPUTY)
        assert await owed(cast, DEPUTY) == []


async def test_a_day_off_announced_later_moves_the_last_day(tmp_path: Path) -> None:
    async with on_stage(tmp_path, REPORT, 5) as cast:
        await cast.stage.move_to(moment(3, 4, 9))
        clerk = cast.hands[CLERK]
        await clerk.press("calendar_add", cast.committee, "off", 2026)
        await clerk.say("09/03/2026 - 10/03/2026 Nghỉ bù")
        await cast.stage.move_to(moment(3, 11, 9))  # two days later than Tuesday 10/03: Thursday
        assert await owed(cast, HEAD) == ["upward_report"]
        assert "VIỆC QUÁ HẠN" not in heard(cast, CLERK)
        await cast.stage.move_to(moment(3, 13, 9))
        assert "VIỆC QUÁ HẠN" in heard(cast, CLERK)
