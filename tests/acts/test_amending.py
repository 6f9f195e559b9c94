"""An amendment on a real file and a clock that is moved: when it is in force, and by what each period goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from bot import run_due
from bot.clock import MovableClock
from bot.committees.amending import asking
from bot.committees.amending.proposed import base, with_text
from bot.db import people, rulebooks
from bot.db.approvals import Request
from bot.db.rulebooks import Turn
from bot.db.schema import dues
from bot.kit.unit import Context
from bot.meetings.rhythm.access import watch
from bot.meetings.rhythm.over_year import rhythms_of_year
from bot.meetings.rhythm.rhythm import current
from bot.people import store
from bot.people.rules.founding import Founding, Newcomer
from bot.regulations.loader import parse
from bot.reports import store as reports
from bot.reports.rules.report import ReportActKind
from bot.values.moments import VIET_NAM
from bot.values.refusal import Refused
from bot.values.typed_days import PaperMark
from tests.acts.beating import comes
from tests.acts.committees import (
    AN,
    CLERK,
    CUONG,
    CUONGS,
    HEAD,
    VAN,
    House,
    clerk,
    founding,
    member,
)
from tests.acts.phone import Phone
from tests.registers import enter

BOOKS = Path(__file__).resolve().parents[1] / "stories" / "books"
BEFORE = (BOOKS / "chi_uy_truoc.toml").read_text(encoding="utf-8")
AFTER = (BOOKS / "chi_uy_sau.toml").read_text(encoding="utf-8")
DAY = date(2026, 6, 15)
ON = PaperMark("7-QĐ/ĐU", date(2026, 5, 29))


def at(day: int, month: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIET_NAM)


TWO = (member(AN, "secretary", "chi_uy"), clerk())


def plan(people_: tuple[Newcomer, ...] = TWO) -> Founding:
    names = frozenset(each.name for each in parse(BEFORE, "truoc.toml").settings)
    wanted = replace(founding(people_), regulation_text=BEFORE, regulation_name="truoc.toml")
    return replace(wanted, confirmed=names)


@pytest.fixture
async def amended(house: House, clock: MovableClock) -> int:
    """A committee in which another rule book is asked for, from 15 June on."""
    clock.move_to(at(1, 6))
    made = await house.found(plan())
    await house.joins(AN, HEAD)
    await house.joins(VAN, CLERK)
    await asks(house.context, made.committee)
    return made.committee


async def asks(context: Context, committee: int, day: date = DAY) -> Request:
    async with context.work() as work:
        van = next(p for p in await people.of_committee(work.tx, committee) if p.is_clerk)
        standing = await base(work, await people.committee(work.tx, committee))
        proposed = with_text(standing, "sau.toml", AFTER, {})
        return await asking.ask(work, van, proposed, day, ON)


async def confirms(context: Context) -> None:
    await Phone(context, HEAD).opens("approval_yes", 1)


async def means(context: Context, committee: int) -> str:
    """What silence means by the rule book of now."""
    async with context.look() as work:
        digest = (await people.committee(work.tx, committee)).rulebook
        regulation = await rulebooks.regulation(work.tx, digest)
    return regulation.bodies[0].written.silence.policy.value


async def owed(context: Context, committee: int) -> dict[str, str]:
    """Every report by duty and period: what it is, and whether it was excused."""
    async with context.look() as work:
        every = await reports.of_committee(work.tx, committee)
    excused = {r.id for r in every if r.last(ReportActKind.EXCUSE)}
    return {
        f"{r.duty} {r.period}": "excused" if r.id in excused else f"{r.what} ({r.article})"
        for r in every
    }


async def test_after_a_start_it_falls_due_though_the_row_of_its_day_was_lost(
    amended: int, context: Context, clock: MovableClock
) -> None:
    """A start puts what comes next anew, once; before the confirmation nothing is put."""
    assert await put(context) == []
    await confirms(context)
    async with context.work() as work:
        await work.tx.execute(delete(dues).where(dues.c.kind == "amendment"))
    for _ in range(2):
        await run_due.make_ready(context)
    assert await put(context) == [("amendment:1", at(15, 6, 0))]
    await comes(context, clock, at(14, 6, 23, 59))
    assert await means(context, amended) == "consent"
    await comes(context, clock, at(15, 6, 0))
    assert await means(context, amended) == "not_counted"
    await run_due.make_ready(context)
    assert await put(context) == []


async def put(context: Context) -> list[tuple[str, datetime]]:
    """What is put for the day of an amendment, and has not been done."""
    async with context.look() as work:
        rows = select(dues.c.key, dues.c.at).where(
            dues.c.kind == "amendment", dues.c.done_at.is_(None)
        )
        return [(row.key, row.at) for row in await work.tx.execute(rows)]


async def test_it_is_in_force_at_the_beginning_of_its_day_and_not_before(
    amended: int, context: Context, clock: MovableClock
) -> None:
    await confirms(context)
    await comes(context, clock, at(14, 6, 23, 59))
    assert await means(context, amended) == "consent"
    await comes(context, clock, at(15, 6, 0))
    assert await means(context, amended) == "not_counted"


async def test_what_nobody_confirmed_is_never_in_force(
    amended: int, context: Context, clock: MovableClock
) -> None:
    await comes(context, clock, at(20, 6))
    assert await means(context, amended) == "consent"


async def test_confirmed_on_its_day_or_later_it_is_in_force_at_once(
    amended: int, context: Context, clock: MovableClock
) -> None:
    await comes(context, clock, at(17, 6))
    await confirms(context)
    assert await means(context, amended) == "not_counted"
    async with context.look() as work:
        (turn,) = await rulebooks.turns(work.tx, amended)
    assert (turn.since, turn.at) == (DAY, clock.now())


async def test_a_restart_after_its_day_takes_it_once(
    amended: int, context: Context, clock: MovableClock
) -> None:
    await confirms(context)
    clock.move_to(at(18, 6))
    await run_due.make_ready(context)
    await comes(context, clock, at(18, 6, 9))
    await run_due.make_ready(context)
    await comes(context, clock, at(18, 6, 10))
    async with context.look() as work:
        turns = await rulebooks.turns(work.tx, amended)
    assert [turn.since for turn in turns] == [DAY]
    assert await means(context, amended) == "not_counted"


async def test_each_period_of_a_report_goes_by_the_rule_book_of_its_first_day(
    amended: int, context: Context, clock: MovableClock
) -> None:
    await confirms(context)
    old, new = (
        "Tình hình công tác của chi bộ (7.1)",
        "Tình hình và kết quả công tác của chi bộ (7.1.1)",
    )
    found = await owed(context, amended)
    assert found["CU-R1 2026-Q3"] == old  # made forty days ahead, before anybody asked

    await comes(context, clock, at(15, 6, 0))

    found = await owed(context, amended)
    assert found["CU-R9 2026-06"] == "excused"  # a duty that ends is not due after the day
    assert found["CU-R1 2026-Q2"] == old  # it began in April
    assert found["CU-R1 2026-Q3"] == new
    assert "CU-R2 2026-06" not in found  # a duty that begins starts with its first whole period
    assert found["CU-R2 2026-07"] == "Thu, nộp đảng phí (7.3)"


async def test_each_period_of_a_rhythm_goes_by_the_rule_book_of_its_first_day(
    amended: int, context: Context, clock: MovableClock
) -> None:
    await confirms(context)
    needed = []
    for moment in (at(14, 6), at(15, 6), at(30, 6), at(1, 7)):
        await comes(context, clock, moment)
        async with context.look() as work:
            lacks = await current(work, await watch(work, amended))
        needed.append([lack.cadence.times for lack in lacks])
    assert needed == [[1], [1], [1], [2]]


async def test_one_amendment_is_decided_before_another_is_asked(
    amended: int, context: Context
) -> None:
    with pytest.raises(Refused) as no:
        await asks(context, amended, date(2026, 7, 1))
    assert no.value.refusal.kind == "amend_waiting"


async def test_a_day_once_confirmed_is_taken(amended: int, context: Context) -> None:
    await confirms(context)
    with pytest.raises(Refused) as no:
        await asks(context, amended)
    assert no.value.refusal.kind == "amend_nothing"
    async with context.work() as work:
        van = next(p for p in await people.of_committee(work.tx, amended) if p.is_clerk)
        standing = await base(work, await people.committee(work.tx, amended))
        again = with_text(standing, "truoc.toml", BEFORE, {})
        with pytest.raises(Refused) as no:
            await asking.ask(work, van, again, DAY, ON)
    assert no.value.refusal.kind == "amend_day_taken"


async def test_only_the_office_and_who_decides_see_it_before_it_is_confirmed(
    amended: int, context: Context
) -> None:
    del amended
    stranger = await Phone(context, 999).opens("amend_lines", 1)
    assert stranger.refused == "no_right"
    head = await Phone(context, HEAD).opens("amend_lines", 1)
    assert "Im lặng: được xem là đồng ý → <b>không tính</b> (Điều 6.7)" in head.text


async def test_once_it_is_confirmed_the_roll_reads_all_of_it_and_finds_home_again(
    house: House, clock: MovableClock
) -> None:
    clock.move_to(at(1, 6))
    people_ = (member(AN, "secretary", "chi_uy"), member(CUONG, "member", "chi_uy"), clerk())
    made = await house.found(plan(people_))
    for name, account in ((AN, HEAD), (VAN, CLERK), (CUONG, CUONGS)):
        await house.joins(name, account)
    await asks(house.context, made.committee)
    cuong = Phone(house.context, CUONGS)
    assert (await cuong.opens("amend_lines", 1)).refused == "no_right"
    await confirms(house.context)
    assert "TOÀN BỘ THAY ĐỔI" in (await cuong.opens("amend_lines", 1)).text
    await cuong.presses("« Quay lại")
    assert cuong.refused is None


async def test_a_year_shows_an_amended_rhythm_once(
    amended: int, context: Context, clock: MovableClock
) -> None:
    await confirms(context)
    await comes(context, clock, at(1, 9))
    async with context.look() as work:
        van = next(p for p in await people.of_committee(work.tx, amended) if p.is_clerk)
        (row,) = (await rhythms_of_year(work, van.committee, van, 2026)).lacks
    assert [(lack.period.first.month, lack.cadence.times) for lack in row] == [
        *((month, 1) for month in range(1, 7)),
        *((month, 2) for month in range(7, 13)),
    ]


async def test_it_is_not_confirmed_once_another_rule_book_stands(
    amended: int, house: House, context: Context
) -> None:
    """Meanwhile the rule book that it goes out from has been replaced."""
    async with context.work() as work:
        committee = await people.committee(work.tx, amended)
        standing = await base(work, committee)
        other = with_text(standing, "khac.toml", AFTER.replace("Quy chế", "Quy chế (khác)", 1), {})
        turn = Turn(
            amended, committee.rulebook, other.regulation.digest, date(2026, 6, 1), work.now
        )
        book = other.kept
        pinned = rulebooks.pin(other.regulation, book.name, book.text, book.settings)
        await enter(work, amended, pinned)
        await enter(work, amended, people.take_rulebook(other.regulation, book, turn))
    assert (await Phone(context, HEAD).opens("approval_yes", 1)).refused == "amend_moved"


async def test_nor_once_its_clerk_is_gone(amended: int, house: House, context: Context) -> None:
    async with context.work() as work:
        await enter(work, amended, store.retire(house.ids[VAN], work.now))
    assert (await Phone(context, HEAD).opens("approval_yes", 1)).refused == "approval_asker_gone"


async def test_pages_of_one_kind_of_request_are_no_pages_of_another(
    amended: int, context: Context
) -> None:
    del amended
    assert (await Phone(context, HEAD).opens("roster_lines", 1)).refused == "gone"
