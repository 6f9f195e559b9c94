"""Due moments that cannot be acted on: none holds another up, each is tried three times, and the clerk is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import OperationalError

from bot import run_due, set_aside, subjects  # noqa: F401 - every subject enters what falls due
from bot.clock import MovableClock
from bot.db import dues, liveness
from bot.db.dues import DueMoment
from bot.db.faults import StoreFault
from bot.db.schema import prompts
from bot.health import health
from bot.kit.due import DUE, DueAct
from bot.kit.unit import Context, UnitOfWork
from bot.values.moments import INSTANT
from tests.acts.committees import CLERK, HEAD, START, House, founding

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class Acts:
    """Acts of a world of its own: "good" and "bad", each writes a row, and "bad" fails after it."""

    def __init__(self) -> None:
        self.tried: list[str] = []
        self.error: Exception = LookupError("Nguyễn Văn An")
        self.broken = True

    async def good(self, work: UnitOfWork, due: DueMoment) -> None:
        self.tried.append(due.key)
        await self._write(work, due)

    async def bad(self, work: UnitOfWork, due: DueMoment) -> None:
        self.tried.append(due.key)
        await self._write(work, due)
        if self.broken:
            raise self.error

    async def _write(self, work: UnitOfWork, due: DueMoment) -> None:
        row = {"account_id": due.id, "kind": due.key, "ref": {}, "asked_at": work.now}
        await work.tx.execute(insert(prompts), row)

    async def apart(self, context: Context) -> bool:
        self.tried.append("apart")
        if self.broken:
            raise self.error
        return True

    async def late(self, context: Context) -> bool:
        self.tried.append("late")
        return not self.broken


@pytest.fixture
def acts(monkeypatch: pytest.MonkeyPatch) -> Acts:
    made = Acts()
    by_kind: Mapping[str, DueAct] = {"good": made.good, "close": made.bad}
    monkeypatch.setattr(DUE, "acts", by_kind)
    monkeypatch.setattr(DUE, "apart", {"wipe": made.apart, "late": made.late})
    return made


@pytest.fixture
async def heard(context: Context, committee: int) -> None:
    """Telegram is heard at every beat, and nothing is due save what a test puts."""
    async with context.work() as work:
        await work.tx.execute(text("DELETE FROM dues"))
        await liveness.cover(work.tx, START)


async def put(context: Context, key: str, kind: str, at: datetime = START, about: str = "") -> None:
    async with context.work() as work:
        await dues.put(work.tx, key, kind, at, about=about)


async def damage(context: Context, statement: str) -> None:
    async with context.work() as work:
        await work.tx.execute(text(statement))


async def written(context: Context) -> list[str]:
    async with context.look() as look:
        rows = await look.tx.execute(text("SELECT kind FROM prompts ORDER BY kind"))
        return list(rows.scalars())


async def beat(context: Context) -> None:
    now = context.clock.now()
    async with context.work() as work:
        if await liveness.covered_until(work.tx) is not None:
            await liveness.cover(work.tx, now)
    await run_due.run_due(context, now)


async def beats(context: Context, clock: MovableClock, times: int) -> None:
    for _ in range(times):
        clock.advance(MINUTE + INSTANT)
        await beat(context)


@pytest.mark.usefixtures("heard")
async def test_one_that_fails_leaves_nothing_and_holds_nobody_up(
    context: Context, clock: MovableClock, acts: Acts, committee: int
) -> None:
    await put(context, "a", "good")
    await put(context, "b", "close", about=f"committee:{committee}")
    await put(context, "c", "good")
    await beats(context, clock, 1)
    assert acts.tried == ["a", "b", "c"]
    assert await written(context) == ["a", "c"]


@pytest.mark.usefixtures("heard")
async def test_it_is_tried_in_three_beats_set_aside_and_the_clerk_alone_is_told_once(
    context: Context, clock: MovableClock, acts: Acts, house: House, committee: int
) -> None:
    before = len(await house.heard(CLERK)), len(await house.heard(HEAD))
    await put(context, "b", "close", about=f"committee:{committee}")
    clock.advance(INSTANT)
    for _ in range(3):
        await beat(context)  # again at the same moment: it waits for the next minute
        await beats(context, clock, 1)
    await beats(context, clock, 5)
    assert acts.tried == ["b"] * 3
    heard = await house.heard(CLERK)
    assert (len(heard), len(await house.heard(HEAD))) == (before[0] + 1, before[1])
    assert "kết thúc đợt xin ý kiến" in heard[-1]
    found = await health(context)
    assert [(each.kind, each.fault) for each in found.set_aside] == [("close", "LookupError")]
    assert found.next_due is None


@pytest.mark.usefixtures("heard")
async def test_what_was_set_aside_stays_so_over_every_start_until_it_is_taken_up_again(
    context: Context,
    clock: MovableClock,
    acts: Acts,
    house: House,
    committee: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(DUE, "arranged", [])
    await put(context, "b", "close", about=f"committee:{committee}")
    await beats(context, clock, 4)
    told = len(await house.heard(CLERK))
    acts.broken = False
    for _ in range(3):
        await run_due.make_ready(context)
        await beats(context, clock, 2)
    assert acts.tried == ["b"] * 3
    [stopped] = (await health(context)).set_aside
    assert len(await house.heard(CLERK)) == told
    async with context.work() as work:
        await set_aside.retry(work, [str(stopped.id)])
    await beats(context, clock, 1)
    assert await written(context) == ["b"]
    assert (await health(context)).set_aside == ()


@pytest.mark.usefixtures("heard")
async def test_whole_batches_that_fail_do_not_keep_the_next_from_acting(
    context: Context, clock: MovableClock, acts: Acts
) -> None:
    for number in range(2 * run_due.BATCH):
        await put(context, f"b{number}", "close")
    await put(context, "last", "good", START + timedelta(seconds=1))
    await beats(context, clock, 1)
    assert len(acts.tried) == 2 * run_due.BATCH + 1
    assert await written(context) == ["last"]


@pytest.mark.usefixtures("heard")
async def test_one_that_failed_does_not_hide_the_moment_of_the_next(
    context: Context, clock: MovableClock, acts: Acts
) -> None:
    await put(context, "b", "close")
    await put(context, "next", "good", START + timedelta(seconds=20))
    clock.advance(timedelta(seconds=10))
    await beat(context)
    async with context.look() as look:
        assert await dues.next_moment(look.tx) == START + timedelta(seconds=20) + INSTANT


@pytest.mark.parametrize(
    "damage_done",
    [
        "UPDATE dues SET at = 'hôm qua' WHERE key = 'b'",
        "UPDATE dues SET at = -99999999999999999 WHERE key = 'b'",
        "UPDATE dues SET at = 9223372036854775807 WHERE key = 'b'",
        "UPDATE dues SET kind = 'no such kind' WHERE key = 'b'",
        "UPDATE dues SET kind = CAST(x'ff00fe' AS TEXT) WHERE key = 'b'",
        "UPDATE dues SET key = CAST(x'ff' AS TEXT) WHERE key = 'b'",
    ],
)
@pytest.mark.usefixtures("heard")
async def test_a_row_that_cannot_be_read_is_set_aside_and_the_others_act(
    context: Context,
    clock: MovableClock,
    acts: Acts,
    house: House,
    committee: int,
    damage_done: str,
) -> None:
    acts.broken = False
    await put(context, "a", "good")
    await put(context, "b", "good", about=f"committee:{committee}")
    await put(context, "c", "good", START + 2 * MINUTE)
    await damage(context, damage_done)
    async with context.look() as look:
        assert await dues.next_moment(look.tx) == START + INSTANT
    told = len(await house.heard(CLERK))
    await beats(context, clock, 4)
    assert await written(context) == ["a", "c"]
    assert len((await health(context)).set_aside) == 1
    assert len(await house.heard(CLERK)) == told + 1


@pytest.mark.usefixtures("heard")
async def test_one_whose_committee_cannot_be_told_is_set_aside_all_the_same(
    context: Context, clock: MovableClock, acts: Acts
) -> None:
    await put(context, "b", "close", about="meeting:không phải số")
    await put(context, "c", "close", about="meeting:999")
    await beats(context, clock, 4)
    assert len((await health(context)).set_aside) == 2


@pytest.mark.usefixtures("heard")
async def test_what_is_done_apart_fails_and_waits_without_holding_others_up(
    context: Context, clock: MovableClock, acts: Acts
) -> None:
    await put(context, "w", "wipe")
    await put(context, "l", "late")
    await put(context, "a", "good")
    await beats(context, clock, 1)
    assert acts.tried == ["apart", "late", "a"]
    await beats(context, clock, 4)
    assert (acts.tried.count("apart"), acts.tried.count("late")) == (3, 5)
    acts.broken = False
    await beats(context, clock, 2)
    assert acts.tried.count("late") == 6


@pytest.mark.parametrize(
    "error",
    [
        StoreFault("unreachable", "disk", "full"),
        OperationalError("INSERT", None, OSError("the server has gone")),
    ],
)
@pytest.mark.usefixtures("heard")
async def test_what_the_whole_store_refuses_is_counted_against_no_due_moment(
    context: Context, clock: MovableClock, acts: Acts, error: Exception
) -> None:
    acts.error = error
    await put(context, "a", "good")
    await put(context, "b", "close")
    for _ in range(5):
        with pytest.raises(StoreFault):
            await beats(context, clock, 1)
    assert await written(context) == []
    acts.broken = False
    await beats(context, clock, 1)
    assert await written(context) == ["a", "b"]


@pytest.mark.usefixtures("heard")
async def test_moved_to_another_moment_it_starts_afresh(
    context: Context, clock: MovableClock, acts: Acts
) -> None:
    await put(context, "b", "close")
    await beats(context, clock, 4)
    await put(context, "b", "close")
    await beats(context, clock, 1)
    assert len(acts.tried) == 3
    await put(context, "b", "close", START + MINUTE)
    await beats(context, clock, 3)
    assert len(acts.tried) == 6
    assert len((await health(context)).set_aside) == 1


@pytest.mark.usefixtures("heard")
async def test_a_committee_that_cannot_be_arranged_at_a_start_keeps_no_other_from_it(
    context: Context, house: House, committee: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = (
        await house.found(replace(founding(), name="Đảng đoàn Hội Thử nghiệm thứ hai"))
    ).committee
    arranged: list[int] = []

    async def arrange(work: UnitOfWork, of: int) -> None:
        if of == committee:
            raise LookupError
        arranged.append(of)

    monkeypatch.setattr(DUE, "arranged", [(0, arrange)])
    await run_due.make_ready(context)
    assert arranged == [other]


def test_every_kind_has_words_for_the_clerk(context: Context) -> None:
    assert {*DUE.acts, *DUE.apart} == {
        "close", "remind", "remind_all", "unacknowledged",
        "meeting_remind", "meeting_remind_now", "meeting_morning", "meeting_day",
        "meeting_papers_due", "wipe", "rhythm", "report_round", "notice_remind", "calendar_ahead",
        "meeting_lapse", "meeting_lapsed", "questions_joined", "stand_in", "remind_me",
        "approval_silent", "approval_over", "head_note", "amendment", "roster", "close_committee",
    }  # fmt: skip
    for kind in (*DUE.acts, *DUE.apart, run_due.UNKNOWN):
        assert context.say.label(f"due_kind.{kind}")
