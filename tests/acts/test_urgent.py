"""What one body settles for another because it is urgent is recorded, and waits for that one's meeting (Điều 3.3)."""

from __future__ import annotations

import pytest

from bot.db import people
from bot.meetings.agenda import store as agenda
from bot.meetings.agenda.store import WaitingItem
from bot.people.rules.founding import Newcomer, SeatWanted
from bot.people.rules.people import Role
from bot.regulations.rules.terms import Matter
from tests.acts.committees import (
    AN,
    BINH,
    CLERK,
    CUONG,
    CUONGS,
    DEPUTY,
    HEAD,
    STRANGER,
    VAN,
    House,
    clerk,
    founding,
    member,
)
from tests.acts.phone import Phone

DECISION = "Cho chủ trương hỗ trợ khắc phục mưa lũ tại Chi bộ Sở Thử nghiệm."
BODIES = ("thuong_truc", "ban_thuong_vu")
STANDING = (
    Newcomer(AN, Role.MEMBER, tuple(SeatWanted(body, "secretary") for body in BODIES)),
    Newcomer(BINH, Role.MEMBER, tuple(SeatWanted(body, "standing_deputy") for body in BODIES)),
    member(CUONG, "member", "ban_thuong_vu"),
    clerk(),
)


@pytest.fixture
async def bac_kan(house: House) -> int:
    """A secretary, a standing deputy, a member of Ban Thường vụ and a clerk, all joined."""
    founded = await house.found(founding(STANDING, regulation="bac_kan"))
    for name, account in ((AN, HEAD), (BINH, DEPUTY), (CUONG, CUONGS), (VAN, CLERK)):
        await house.joins(name, account)
    return founded.committee


async def waiting(house: House, committee: int) -> list[WaitingItem]:
    async with house.context.look() as work:
        return await agenda.waiting(work.tx, committee)


async def asked_for_words(phone: Phone, committee: int) -> Phone:
    await phone.opens("urgent", committee)
    await phone.presses("Ban Thường vụ")
    return await phone.presses("Nội dung chung")


@pytest.mark.parametrize("account", [CLERK, HEAD])
async def test_clerk_and_head_record_it_by_two_buttons_and_a_message(
    house: House, bac_kan: int, account: int
) -> None:
    phone = await asked_for_words(Phone(house.context, account), bac_kan)
    assert await waiting(house, bac_kan) == []
    await phone.types(DECISION)
    assert DECISION in phone.text
    assert "cuộc họp gần nhất của Ban Thường vụ để báo cáo (Điều 3.3 Quy chế)" in phone.text
    [item] = await waiting(house, bac_kan)
    assert (item.body, item.subject, item.reason) == ("ban_thuong_vu", DECISION, "report_back")
    assert (item.matter, item.words) == (Matter.GENERAL, "")
    actor = VAN if account == CLERK else AN
    assert (actor, "urgent_decision", "body:thuong_truc") in await house.acts(bac_kan)


@pytest.mark.parametrize(
    ("account", "shown"), [(CLERK, True), (HEAD, True), (DEPUTY, False), (CUONGS, False)]
)
async def test_the_button_stands_among_the_other_ways_of_who_may_record(
    house: House, bac_kan: int, account: int, shown: bool
) -> None:
    phone = await Phone(house.context, account).opens("others")
    assert ("Ghi việc cấp bách đã giải quyết" in phone.buttons) is shown


async def test_a_long_decision_is_kept_whole_under_a_short_subject(
    house: House, bac_kan: int
) -> None:
    phone = await asked_for_words(Phone(house.context, CLERK), bac_kan)
    decision = f"Hỗ trợ khắc phục mưa lũ.\n{'Chi bộ A. ' * 100}".strip()
    await phone.types(decision)
    [item] = await waiting(house, bac_kan)
    assert item.subject == "Hỗ trợ khắc phục mưa lũ. …"
    assert item.words == decision


@pytest.mark.parametrize(
    "matter",
    ["Công tác cán bộ", "Kiểm tra, giám sát", "Tiêu chuẩn chính trị", "Nhận xét, đánh giá cán bộ"],
)
async def test_inspection_and_personnel_are_refused_when_chosen(
    house: House, bac_kan: int, matter: str
) -> None:
    phone = await Phone(house.context, CLERK).opens("urgent", bac_kan)
    await phone.presses("Ban Chấp hành")
    await phone.presses(matter)
    assert phone.refused == "urgent_excluded"
    assert "Điều 3.3" in phone.text
    with pytest.raises(AssertionError, match="nobody awaits words"):
        await phone.types(DECISION)


@pytest.mark.parametrize("account", [DEPUTY, CUONGS, STRANGER])
async def test_nobody_else_records_anything(house: House, bac_kan: int, account: int) -> None:
    phone = Phone(house.context, account)
    for forged in (
        ("urgent", bac_kan),
        ("urgent", bac_kan, "ban_thuong_vu"),
        ("urgent", bac_kan, "ban_thuong_vu", "general"),
    ):
        await phone.opens(*forged)
        assert phone.refused == "no_right"
    assert await waiting(house, bac_kan) == []


async def test_a_body_it_may_not_decide_for_is_no_answer(house: House, bac_kan: int) -> None:
    phone = Phone(house.context, CLERK)
    await phone.opens("urgent", bac_kan, "thuong_truc")
    assert phone.refused == "stale_question"
    await phone.opens("urgent", bac_kan, "thuong_truc", "general")
    assert phone.refused == "stale_question"
    await phone.opens("urgent", bac_kan, "ban_thuong_vu", "no_such_matter")
    assert phone.refused == "old_button"


async def test_a_regulation_without_the_rule_says_so(house: House, committee: int) -> None:
    assert (
        await Phone(house.context, CLERK).opens("urgent", committee)
    ).refused == "no_urgent_rule"


async def test_words_without_a_letter_or_without_end_are_asked_for_again(
    house: House, bac_kan: int
) -> None:
    phone = await asked_for_words(Phone(house.context, CLERK), bac_kan)
    for words in ("\u200b", "a" * 2001):
        await phone.types(words)
        assert phone.refused is not None
    assert await waiting(house, bac_kan) == []
    await phone.types(DECISION)
    assert len(await waiting(house, bac_kan)) == 1


async def test_who_lost_the_office_meanwhile_records_nothing(house: House, bac_kan: int) -> None:
    phone = await asked_for_words(Phone(house.context, CLERK), bac_kan)
    async with house.context.work() as work:
        await people.retire(work.tx, house.ids[VAN], work.now)
    await phone.types(DECISION)
    assert phone.refused == "no_right"
    assert await waiting(house, bac_kan) == []
