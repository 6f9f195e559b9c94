"""Another roll on a real file and a clock that is moved: who reads it, who decides it, what stands on the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot import run_due
from bot.clock import MovableClock
from bot.committees.terms import asking
from bot.committees.terms.reading import read
from bot.committees.terms.store import Wanted
from bot.db import drafts, liveness
from bot.kit import seconding
from bot.kit.unit import Context
from bot.people import face, machine, store
from bot.values.moments import begins, in_viet_nam
from bot.values.refusal import Refused
from bot.values.typed_days import PaperMark
from tests.acts.committees import (
    AN,
    BINH,
    CLERK,
    CUONG,
    DEPUTY,
    DUNG,
    FIVE,
    HEAD,
    STRANGER,
    VAN,
    House,
    clerk,
    founding,
    member,
)
from tests.acts.phone import Phone
from tests.registers import enter

GIANG, EM = "Hoàng Văn Giang", "Vũ Văn Em"
ROSTER = f"""Họ và tên,Vai trò,Chức vụ
{AN},Thành viên,Bí thư
{BINH},Thành viên,Phó Bí thư
{GIANG},Thành viên,Ủy viên
{VAN},Văn phòng,
"""
"""Of four of today Cường and Dung go, and Giang comes."""
NEW_HEAD = f"""Họ và tên,Vai trò,Chức vụ
{EM},Thành viên,Bí thư
{BINH},Thành viên,Phó Bí thư
{GIANG},Thành viên,Ủy viên
{VAN},Văn phòng,
"""
OTHERS = 205


async def asks(
    house: House, committee: int, day: date, roster: str = ROSTER, *, term: bool = False
) -> int:
    async with house.context.work() as work:
        found = await face.house_of(work, committee)
        roll = read(found, "danh_sach.csv", roster.encode(), {}).roll
        van = found.person(house.ids[VAN])
        assert van is not None
        on = PaperMark("7-QĐ/ĐU", in_viet_nam(work.now).date())
        return (await asking.ask(work, van, Wanted(day, term, roll), on)).id


async def names(house: House, committee: int) -> list[str]:
    async with house.context.look() as work:
        found = await face.house_of(work, committee)
    return sorted(each.name for each in found.staff.everybody)


async def tomorrow(context: Context) -> date:
    async with context.look() as work:
        return in_viet_nam(work.now).date() + timedelta(days=1)


async def comes(context: Context, clock: MovableClock, day: date) -> None:
    clock.move_to(begins(day) + timedelta(seconds=1))
    async with context.work() as work:
        await liveness.cover(work.tx, clock.now())
    await run_due.run_due(context, clock.now())


async def test_the_roll_reads_it_once_it_is_confirmed_and_others_never(
    context: Context, house: House, committee: int
) -> None:
    await house.found(
        founding((member("Vũ Văn Em", "secretary"), clerk("Ngô Thị Phương")), name="Đảng đoàn Hai")
    )
    await house.joins("Ngô Thị Phương", OTHERS)
    request = await asks(house, committee, await tomorrow(context))
    binh = Phone(context, DEPUTY)
    assert (await binh.opens("roster_lines", request)).refused == "no_right"
    await Phone(context, HEAD).opens("approval_yes", request)

    assert "Hoàng Văn Giang" in (await binh.opens("roster_lines", request)).text
    await binh.presses("« Quay lại")
    assert binh.refused is None
    for account in (STRANGER, OTHERS):
        other = await Phone(context, account).opens("roster_lines", request)
        assert other.refused == "no_right"
        assert "Giang" not in other.text


async def test_nobody_decides_it_but_the_head(
    context: Context, house: House, committee: int
) -> None:
    request = await asks(house, committee, await tomorrow(context))
    for account in (CLERK, DEPUTY, STRANGER):
        assert (await Phone(context, account).opens("approval_yes", request)).refused
    assert CUONG in await names(house, committee)


async def test_it_is_so_on_its_day_and_not_before(
    context: Context, house: House, committee: int, clock: MovableClock
) -> None:
    day = await tomorrow(context)
    request = await asks(house, committee, day)
    await Phone(context, HEAD).opens("approval_yes", request)
    assert CUONG in await names(house, committee)

    await comes(context, clock, day)
    assert await names(house, committee) == sorted((AN, BINH, "Hoàng Văn Giang", VAN))


async def test_a_day_that_has_begun_is_at_once(
    context: Context, house: House, committee: int
) -> None:
    request = await asks(house, committee, await tomorrow(context) - timedelta(days=1))
    await Phone(context, HEAD).opens("approval_yes", request)
    assert await names(house, committee) == sorted((AN, BINH, "Hoàng Văn Giang", VAN))


async def test_who_goes_finishes_or_drops_the_own_forms_first(
    context: Context, house: House
) -> None:
    """Lan, of the office, has begun a form and is not in the roster."""
    lan = "Đinh Thị Lan"
    made = await house.found(founding((*FIVE, clerk(lan))))
    await house.joins(AN, HEAD)
    await house.joins(lan, OTHERS)
    begun = await Phone(context, OTHERS).opens("launch", made.committee)
    assert begun.refused is None, begun.text
    with pytest.raises(Refused) as no:
        await asks(house, made.committee, await tomorrow(context))
    assert no.value.refusal.kind == "roster_drafts"
    assert lan in str(no.value.refusal.values["drafts"])


async def test_who_goes_and_sends_the_roster_is_led_to_the_own_forms(
    context: Context, house: House, committee: int
) -> None:
    """Văn prepares the roll without Văn, with a slip left unfinished; once it is dropped the roster is taken."""
    van = Phone(context, CLERK)
    await van.opens("launch", committee)
    await van.opens("roster", committee)
    await van.presses("Chỉ thay danh sách")
    without_van = ROSTER.replace(VAN, "Đinh Thị Lan").encode()
    assert (await van.sends("danh_sach.csv", without_van)).refused == "roster_drafts"
    await van.presses("Bản nháp đang lập")
    assert "Phiếu xin ý kiến" in " ".join(van.buttons)


async def test_words_in_the_place_of_the_roster_are_told_that_a_file_is_asked_for(
    context: Context, committee: int
) -> None:
    van = Phone(context, CLERK)
    await van.opens("roster", committee)
    await van.presses("Chỉ thay danh sách")
    assert (await van.types(ROSTER)).refused == "file_alone"
    assert (await van.sends("danh_sach.csv", ROSTER.encode())).refused is None


async def test_a_roster_left_unfinished_begins_anew_once_it_can_be_none(
    context: Context, house: House, committee: int
) -> None:
    """Its file was taken; then Dung, who goes by it, begins a form: the old file leads into no dead end."""
    van, dung = Phone(context, CLERK), house.ids[DUNG]
    await van.opens("roster", committee)
    await van.presses("Chỉ thay danh sách")
    assert (await van.sends("danh_sach.csv", ROSTER.encode())).refused is None
    async with context.work() as work:
        await drafts.add(work.tx, committee, dung, "wish", {}, work.now)

    assert (await van.opens("roster", committee)).refused is None
    assert "Chỉ thay danh sách" in van.buttons


async def test_it_is_not_confirmed_once_the_people_are_others(
    context: Context, house: House, committee: int
) -> None:
    request = await asks(house, committee, await tomorrow(context))
    async with context.work() as work:
        await enter(work, committee, store.retire(house.ids[DUNG], work.now))
    assert (await Phone(context, HEAD).opens("approval_yes", request)).refused == "roster_moved"


async def test_on_its_day_nothing_is_done_by_half(
    context: Context, house: House, committee: int, clock: MovableClock
) -> None:
    """Binh, whom the roster keeps, is gone by then: office and head are told, everybody else stays as they are."""
    day = await tomorrow(context)
    request = await asks(house, committee, day)
    await Phone(context, HEAD).opens("approval_yes", request)
    async with context.work() as work:
        await enter(work, committee, store.retire(house.ids[BINH], work.now))
    await comes(context, clock, day)
    assert await names(house, committee) == sorted((AN, CUONG, DUNG, VAN))
    for account in (HEAD, CLERK):
        assert any("CHƯA ÁP DỤNG ĐƯỢC DANH SÁCH MỚI" in each for each in await house.heard(account))


async def test_confirmed_at_the_machine_the_link_of_a_new_head_reaches_nobody_and_that_of_a_member_the_clerk(
    context: Context, house: House
) -> None:
    """Only the clerk has joined; who runs the machine hands the head's link on."""
    made = await house.found(founding())
    await house.joins(VAN, CLERK)
    today = await tomorrow(context) - timedelta(days=1)
    request = await asks(house, made.committee, today, NEW_HEAD)
    async with context.work() as work:
        await seconding.confirm_by_machine(work, request)
    assert await names(house, made.committee) == sorted((BINH, EM, GIANG, VAN))
    links = [text for text in await house.heard(CLERK) if "start=" in text]
    assert [GIANG in text for text in links] == [True]
    em = await house.person(EM, made.committee)
    assert em is not None
    async with context.work() as work:
        link = await machine.invite_by_machine(work, em.id)
    token = link.partition("start=")[2]
    assert not any(token in text for text in await house.heard(CLERK))
