"""Two committees of one bot: one ends and the other goes on with what it leaves, one thing after the other."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.clock import Clock, MovableClock
from bot.db import closures, people
from bot.kit.notify import reference
from bot.meetings.agenda import store as agenda
from bot.meetings.agenda.store import WaitingItem
from bot.owed import owing
from bot.owed import store as owed
from bot.owed.rules.debt import Debt, DebtKind
from bot.people.rules.founding import Newcomer
from bot.people.rules.people import Role
from bot.reports import generate
from bot.values.moments import begins, in_viet_nam
from tests.acts.beating import beat
from tests.acts.committees import (
    AN,
    BINH,
    CLERK,
    CUONG,
    CUONGS,
    DEPUTY,
    DUNG,
    HEAD,
    House,
    clerk,
    founding,
    member,
)
from tests.acts.phone import Phone
from tests.acts.running import opened
from tests.registers import broken_lines, enter

HOA, LAN, GIANG = "Vũ Thị Hoa", "Đinh Thị Lan", "Hoàng Văn Giang"
HOAS, LANS = 201, 205
SUCCESSOR = "Đảng đoàn Hội Kế tục Thử nghiệm"
TASK = "Soạn dự thảo quy chế"
DECISION = "Số 15-QĐ/TU ngày 27/02/2026"


@pytest.fixture
async def successor(house: House) -> int:
    """The head Hoa and the clerk Lan have joined."""
    founded = await house.found(founding([member(HOA, "secretary"), clerk(LAN)], SUCCESSOR))
    await house.joins(HOA, HOAS)
    await house.joins(LAN, LANS)
    return founded.committee


async def waits(house: House, committee: int, subject: str) -> int:
    """Something waits for the next meeting."""
    async with house.context.work() as work:
        (head,) = [p for p in await people.of_committee(work.tx, committee) if p.name == AN]
        item = WaitingItem("dang_doan", subject, "proposed", proposed_by=head.id)
        fact = agenda.wait_for(committee, item, work.now)
        return await enter(work, committee, fact)


async def ends(van: Phone, committee: int, clock: Clock, successor: str = SUCCESSOR) -> Phone:
    """The clerk asks for today, the head confirms it; gives the head's phone."""
    today = f"{in_viet_nam(clock.now()):%Y%m%d}"
    await van.opens("close_committee", committee, today)
    await van.types(successor)
    if van.refused is None:
        await van.types(DECISION)
    if van.refused is not None:
        return van
    an = Phone(van.context, HEAD)
    number = van.card.rows[-2][0].press
    assert number is not None
    await an.opens("approval_yes", number.args[0])
    assert an.refused is None, an.text
    return an


async def test_it_goes_on_with_what_waited_and_keeps_why_not(
    van: Phone, house: House, committee: int, successor: int, clock: MovableClock
) -> None:
    await waits(house, committee, "Quy hoạch cán bộ")
    await waits(house, committee, "Việc nội bộ")
    await ends(van, committee, clock)

    lan, hoa = Phone(house.context, LANS), Phone(house.context, HOAS)
    (told,) = [text for text in await house.heard(LANS) if "TIẾP NHẬN CÔNG VIỆC" in text]
    assert "theo Quyết định số 15-QĐ/TU ngày 27/02/2026" in told
    await lan.opens("takeover", successor)
    await lan.presses("6. Quy hoạch cán bộ")
    await lan.presses("Tiếp nhận")
    assert "ĐỀ NGHỊ CHỜ XÁC NHẬN" in lan.text
    assert await waiting(house, successor) == []
    await (await hoa.opens("tasks")).opens("approval_yes", 2)
    assert hoa.refused is None, hoa.text
    assert await waiting(house, successor) == ["Quy hoạch cán bộ"]

    await lan.opens("takeover", successor)
    await lan.presses("6. Việc nội bộ")
    await lan.presses("Không tiếp nhận")
    await lan.types("Không thuộc nhiệm vụ của đơn vị")
    await hoa.opens("approval_yes", 3)
    assert await waiting(house, successor) == ["Quy hoạch cán bộ"]
    assert await waiting(house, committee) == ["Quy hoạch cán bộ", "Việc nội bộ"]
    await lan.opens("takeover", successor, 3)
    assert "Việc nội bộ. Không tiếp nhận" in lan.text
    assert "Quy hoạch cán bộ. Đã tiếp nhận" in lan.text
    await both_hold(house, committee, successor)


async def both_hold(house: House, *committees: int) -> None:
    """The register of each is unbroken."""
    async with house.context.look() as work:
        for committee in committees:
            assert await broken_lines(work.tx, committee) == []


async def waiting(house: House, committee: int) -> list[str]:
    async with house.context.look() as work:
        return [each.subject for each in await agenda.waiting(work.tx, committee)]


async def test_a_person_comes_by_the_form_with_the_name_given(
    van: Phone, house: House, committee: int, successor: int, clock: MovableClock
) -> None:
    await ends(van, committee, clock)
    lan = Phone(house.context, LANS)
    await lan.opens("takeover", successor)
    await lan.presses(f"2. {BINH}")
    await lan.presses("Thêm người này")
    assert BINH in lan.text
    assert "Thành viên biểu quyết" in lan.buttons


async def test_a_report_that_was_owed_becomes_a_task_of_the_head(
    van: Phone, house: House, committee: int, successor: int, clock: MovableClock
) -> None:
    async with house.context.work() as work:
        book = await generate.ledger(work, committee)
        await generate.make(work, book, await generate.happened(work, book))
    await ends(van, committee, clock)
    lan, hoa = Phone(house.context, LANS), Phone(house.context, HOAS)
    await lan.opens("takeover", successor)
    label = next(each for each in lan.buttons if each.startswith("6. "))
    await lan.presses(label)
    await lan.presses("Tiếp nhận")
    await hoa.opens("approval_yes", 2)
    async with house.context.look() as work:
        (task,) = await owed.open_of(work.tx, successor)
    assert (task.person, task.committee) == (house.ids[HOA], successor)
    assert task.due_on >= date(2026, 3, 2)


async def owes(house: House, committee: int, name: str, due_on: date) -> None:
    """Somebody has been given a task by the head."""
    async with house.context.work() as work:
        known = await people.persons(work.tx, [house.ids[AN]])
        task = Debt(
            DebtKind.TASK,
            reference("committee", committee),
            TASK,
            "",
            since=work.now,
            days=0,
            committee=committee,
            due_on=due_on,
            body="dang_doan",
            person=house.ids[name],
            asked_by=house.ids[AN],
        )
        await owing.owe(work, task, known[house.ids[AN]])


async def left(house: House, committee: int) -> int:
    """The one task that its end left open."""
    async with house.context.look() as work:
        ended = await closures.of(work.tx, committee)
        assert ended is not None
        (task,) = await owed.dropped_at(work.tx, committee, ended.closed_at)
    return task.id


@pytest.mark.parametrize(
    ("owner", "due_on", "taken_by", "last"),
    [
        (BINH, date(2026, 3, 9), BINH, date(2026, 3, 9)),
        (BINH, date(2026, 2, 27), BINH, date(2026, 3, 2)),
        (DUNG, date(2026, 3, 9), HOA, date(2026, 3, 9)),
        (CUONG, date(2026, 3, 9), HOA, date(2026, 3, 9)),
        (AN, date(2026, 3, 9), HOA, date(2026, 3, 9)),
    ],
)
async def test_a_task_stays_with_whose_account_sits_in_both_and_else_becomes_the_heads(
    house: House, committee: int, owner: str, due_on: date, taken_by: str, last: date
) -> None:
    """Bình sits in both; Cường is a guest there; Dũng has not joined here nor Giang there; An is not there."""
    await house.joins(CUONG, CUONGS)
    await owes(house, committee, owner, due_on)
    beside = [Newcomer(CUONG, Role.GUEST), member(GIANG), member(BINH), clerk(LAN)]
    founded = await house.found(founding([member(HOA, "secretary"), *beside], SUCCESSOR))
    for name, account in ((HOA, HOAS), (LAN, LANS), (BINH, DEPUTY), (CUONG, CUONGS)):
        await house.joins(name, account)
    await ends(Phone(house.context, CLERK), committee, house.context.clock)

    lan, hoa = Phone(house.context, LANS), Phone(house.context, HOAS)
    await lan.opens(
        "takeover_one", founded.committee, committee, "debt", await left(house, committee)
    )
    await lan.presses("Tiếp nhận")
    await hoa.opens("approval_yes", 2)
    async with house.context.look() as work:
        (task,) = await owed.open_of(work.tx, founded.committee)
        assert task.person is not None
        person = await people.person(work.tx, task.person)
    assert person is not None
    assert (person.name, person.committee) == (taken_by, founded.committee)
    assert task.due_on == last


async def test_a_task_is_taken_over_once(
    van: Phone, house: House, committee: int, successor: int, clock: MovableClock
) -> None:
    """Proposed a second time while the head has not answered, and once more after that."""
    await owes(house, committee, BINH, date(2026, 3, 9))
    await ends(van, committee, clock)
    lan, named = (
        Phone(house.context, LANS),
        (successor, committee, "debt", await left(house, committee)),
    )
    await lan.opens("takeover_take", *named)
    assert (await lan.opens("takeover_take", *named)).refused == "takeover_decided"
    await Phone(house.context, HOAS).opens("approval_yes", 2)
    assert (await lan.opens("takeover_take", *named)).refused == "takeover_decided"
    async with house.context.look() as work:
        assert [each.subject for each in await owed.open_of(work.tx, successor)] == [
            f"{TASK} (tiếp nhận từ Đảng đoàn Liên hiệp Hội tỉnh Thử nghiệm)"
        ]


async def test_what_is_decided_is_not_decided_again_and_a_member_proposes_nothing(
    van: Phone, house: House, committee: int, successor: int, clock: MovableClock
) -> None:
    item = await waits(house, committee, "Quy hoạch cán bộ")
    await ends(van, committee, clock)
    lan, hoa = Phone(house.context, LANS), Phone(house.context, HOAS)
    named = (successor, committee, "item", item)
    assert (await hoa.opens("takeover_take", *named)).refused == "no_right"
    assert (await van.opens("takeover_take", *named)).refused == "no_right"
    await lan.opens("takeover_take", *named)
    assert (await lan.opens("takeover_take", *named)).refused == "takeover_decided"
    assert (
        await lan.opens("takeover_take", successor, committee, "item", 99)
    ).refused == "old_button"


async def test_a_committee_that_has_ended_is_read_only_and_the_other_goes_on(
    van: Phone, house: House, committee: int, successor: int, clock: MovableClock
) -> None:
    matter = await opened(house, committee)
    an = await ends(van, committee, clock)
    for phone, act, *args in (
        (an, "withdraw", matter),
        (an, "reply", matter, "approve"),
        (van, "launch", committee),
        (van, "people_add", committee),
        (van, "invite", committee),
        (van, "close_committee", committee),
        (van, "heading_set", committee, "dang_doan", "place"),
    ):
        assert (await phone.opens(act, *args)).refused == "committee_closed", act
    assert (await van.opens("people", committee)).refused is None
    assert (await an.opens("search", committee)).refused is None
    assert (await Phone(house.context, LANS).opens("launch", successor)).refused is None
    async with house.context.look() as work:
        closure = await closures.of(work.tx, committee)
    assert closure is not None
    assert (closure.successor_id, closure.successor) == (successor, SUCCESSOR)
    await both_hold(house, committee, successor)


@pytest.mark.parametrize(
    ("name", "why"),
    [("Đảng đoàn Liên hiệp Hội tỉnh Thử nghiệm", "close_itself"), (SUCCESSOR, None)],
)
async def test_none_goes_on_with_itself(
    van: Phone, committee: int, successor: int, clock: MovableClock, name: str, why: str | None
) -> None:
    assert (await ends(van, committee, clock, name)).refused == why


async def test_nor_with_one_that_has_ended(
    van: Phone, house: House, committee: int, successor: int, clock: MovableClock
) -> None:
    await ends(van, committee, clock)
    lan = Phone(house.context, LANS)
    today = f"{in_viet_nam(clock.now()):%Y%m%d}"
    await lan.opens("close_committee", successor, today)
    await lan.types("Đảng đoàn Liên hiệp Hội tỉnh Thử nghiệm")
    assert lan.refused == "close_successor_closed"


async def test_a_successor_that_has_ended_meanwhile_takes_nothing_over(
    van: Phone, house: House, committee: int, successor: int, clock: MovableClock
) -> None:
    """Asked and confirmed for 10 March; the successor ends on 2 March."""
    await waits(house, committee, "Quy hoạch cán bộ")
    await van.opens("close_committee", committee, "20260310")
    await van.types(SUCCESSOR)
    await van.types(DECISION)
    number = van.card.rows[-2][0].press
    assert number is not None
    await Phone(house.context, HEAD).opens("approval_yes", number.args[0])
    lan, hoa = Phone(house.context, LANS), Phone(house.context, HOAS)
    await lan.opens("close_committee", successor, f"{in_viet_nam(clock.now()):%Y%m%d}", "")
    await lan.types(DECISION)
    number = lan.card.rows[-2][0].press
    assert number is not None
    await hoa.opens("approval_yes", number.args[0])
    assert hoa.refused is None, hoa.text

    clock.move_to(begins(date(2026, 3, 10)) + timedelta(seconds=1))
    await beat(house.context)
    async with house.context.look() as work:
        ended = await closures.of(work.tx, committee)
    assert ended is not None
    assert (ended.successor, ended.successor_id) == (SUCCESSOR, None)
    assert not any("TIẾP NHẬN CÔNG VIỆC" in each for each in await house.heard(LANS))
    assert any("Đơn vị này cũng đã kết thúc" in each for each in await house.heard(HEAD))
