from __future__ import annotations

import io
import re

import pytest
from sqlalchemy import select

from bot import logs
from bot.clock import MovableClock
from bot.db import people
from bot.db.schema import invitations
from bot.kit import card as kit_card
from bot.kit.taps import Sent
from bot.people import joining
from bot.people.joining import Joined, joined, token_hash
from bot.values.refusal import Refusal
from tests.acts.committees import (
    AN,
    BINH,
    CUONG,
    HOUR,
    VAN,
    House,
    clerk,
    founding,
    join,
    member,
)
from tests.registers import broken_lines

PHONE, OTHER_PHONE = 70_001, 70_002


def kind(answer: object) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.kind


@pytest.fixture
async def committee(house: House) -> int:
    return (await house.found(founding())).committee


async def test_a_token_has_256_bits_fits_a_link_and_is_kept_only_as_its_hash(
    house: House, committee: int
) -> None:
    tokens = list(house.tokens.values())
    assert len(set(tokens)) == 5
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in tokens)
    async with house.context.look() as work:
        kept = set((await work.tx.execute(select(invitations.c.token_hash))).scalars())
    assert kept == {token_hash(token) for token in tokens}


async def test_an_invitation_ties_an_account_to_the_invited_person(
    house: House, committee: int
) -> None:
    await house.joins(BINH, PHONE)

    async with house.context.look() as work:
        persons = await people.of_account(work.tx, PHONE)
    assert [person.name for person in persons] == [BINH]
    assert persons[0].reachable
    assert (BINH, "join", f"person:{house.ids[BINH]}") in await house.acts(committee)


async def test_the_welcome_names_committee_person_office_and_what_the_bot_does(
    house: House, committee: int
) -> None:
    await house.joins(BINH, PHONE)

    [welcome] = await house.heard(PHONE)
    assert f"Kính chào đồng chí {BINH}" in welcome
    assert "Đảng đoàn Liên hiệp Hội tỉnh Thử nghiệm" in welcome
    assert "Phó Bí thư, Đảng đoàn" in welcome
    assert "Phiếu xin ý kiến bằng văn bản" in welcome


async def test_a_clerk_is_welcomed_as_one(house: House, committee: int) -> None:
    await house.joins(VAN, PHONE)

    [welcome] = await house.heard(PHONE)
    assert "Cán bộ văn phòng" in welcome
    assert "lập phiếu xin ý kiến" in welcome


async def test_a_start_repeated_by_the_same_person_is_no_error_and_writes_nothing(
    house: House, committee: int
) -> None:
    await house.joins(BINH, PHONE)
    before = await house.acts(committee)

    sent = Sent(PHONE, PHONE, "/start", house.context.clock.now())
    answer = await joined(house.context, sent, house.tokens[BINH])

    assert answer.card is not None
    assert "Đã tham gia từ trước" in answer.card.text
    assert await house.acts(committee) == before


async def test_a_forged_or_cut_token_is_unknown_and_says_nothing_of_anybody(
    house: House, committee: int
) -> None:
    now = house.context.clock.now()
    for token in ("", "x", house.tokens[BINH][:-1], "A" * 43, "'; DROP TABLE people", "Ế" * 64):
        refusal = await join(house.context, PHONE, token, now)
        assert refusal == Refusal("invitation_unknown")


async def test_an_invitation_opens_once(house: House, committee: int) -> None:
    await house.joins(BINH, PHONE)

    taken = await join(house.context, OTHER_PHONE, house.tokens[BINH], house.context.clock.now())
    assert kind(taken) == "invitation_used"


async def test_an_invitation_opens_until_its_72nd_hour_and_not_after(
    house: House, committee: int, clock: MovableClock
) -> None:
    clock.advance(72 * HOUR)
    await house.joins(BINH, PHONE)

    late = clock.now() + HOUR
    refusal = await join(house.context, OTHER_PHONE, house.tokens[CUONG], late)
    assert kind(refusal) == "invitation_expired"


async def test_what_was_sent_in_time_opens_although_it_was_taken_in_late(
    house: House, committee: int, clock: MovableClock
) -> None:
    sent = clock.now() + 71 * HOUR
    clock.advance(90 * HOUR)

    assert isinstance(await join(house.context, PHONE, house.tokens[BINH], sent), Joined)


async def test_a_newer_invitation_takes_the_place_of_an_older_one(
    house: House, committee: int
) -> None:
    async with house.context.work() as work:
        person = await people.person(work.tx, house.ids[BINH])
        assert person is not None
        newer = await joining.invite(work, person)

    old = await join(house.context, PHONE, house.tokens[BINH], house.context.clock.now())
    assert kind(old) == "invitation_revoked"
    token = newer.link.partition("=")[2]
    assert isinstance(await join(house.context, PHONE, token, house.context.clock.now()), Joined)


async def test_an_invitation_of_somebody_retired_opens_nothing(
    house: House, committee: int
) -> None:
    async with house.context.work() as work:
        await people.retire(work.tx, house.ids[BINH], work.now)

    taken = await join(house.context, PHONE, house.tokens[BINH], house.context.clock.now())
    assert kind(taken) == "invitation_revoked"


async def test_one_account_is_one_person_in_a_committee(house: House, committee: int) -> None:
    await house.joins(BINH, PHONE)

    refusal = await join(house.context, PHONE, house.tokens[CUONG], house.context.clock.now())

    assert isinstance(refusal, Refusal)
    assert refusal.kind == "account_seated"
    assert refusal.values == {"name": BINH, "invited": CUONG}
    await house.joins(CUONG, OTHER_PHONE)  # the refused invitation was not used up


async def test_a_person_tied_to_an_account_needs_rebinding_first(
    house: House, committee: int
) -> None:
    async with house.context.work() as work:
        person = await people.person(work.tx, house.ids[BINH])
        assert person is not None
        await people.add_account(work.tx, PHONE, work.now)
        await people.bind(work.tx, person.id, PHONE)

    taken = await join(house.context, OTHER_PHONE, house.tokens[BINH], house.context.clock.now())
    assert kind(taken) == "person_bound"


async def test_one_account_may_be_a_person_in_several_committees(
    house: House, committee: int
) -> None:
    other = founding((member(AN, "secretary"), member(BINH), clerk()), name="Đảng đoàn thứ hai")
    await house.joins(BINH, PHONE)
    await house.found(other)
    await house.joins(BINH, PHONE)

    async with house.context.look() as work:
        persons = await people.of_account(work.tx, PHONE)
    assert len({person.committee for person in persons}) == 2


async def test_an_account_of_one_committee_learns_nothing_of_another(
    house: House, committee: int
) -> None:
    secret_name = "Đảng đoàn Không ai biết"
    await house.found(founding((member(CUONG, "secretary"), clerk()), name=secret_name))
    other_token = house.tokens[CUONG]
    await house.joins(CUONG, OTHER_PHONE)
    await house.joins(BINH, PHONE)

    refusal = await join(house.context, PHONE, other_token, house.context.clock.now())

    assert refusal == Refusal("invitation_used")
    assert not any(secret_name in text for text in await house.heard(PHONE))


async def test_the_register_of_joining_holds(house: House, committee: int) -> None:
    await house.joins(AN, PHONE)
    await house.joins(BINH, OTHER_PHONE)

    async with house.context.look() as work:
        assert await broken_lines(work.tx, committee) == []


async def test_no_token_is_written_to_the_log(house: House, committee: int) -> None:
    written = io.StringIO()
    logs.set_up(level="DEBUG", to=written)
    now = house.context.clock.now()
    await house.joins(BINH, PHONE)
    await join(house.context, OTHER_PHONE, house.tokens[BINH], now)
    await join(house.context, PHONE, house.tokens[CUONG], now)

    assert all(token not in written.getvalue() for token in house.tokens.values())


@pytest.mark.parametrize(
    ("refusal", "way_out"),
    [
        (Refusal("invitation_unknown"), "cấp lại lời mời"),
        (Refusal("invitation_used"), "báo ngay cho cán bộ văn phòng"),
        (Refusal("invitation_revoked"), "lời mời được cấp sau cùng"),
        (Refusal("account_seated", values={"name": BINH, "invited": CUONG}), "đúng người nhận"),
        (Refusal("person_bound"), "đổi tài khoản"),
    ],
)
async def test_each_refusal_says_what_can_be_done(
    house: House, refusal: Refusal, way_out: str
) -> None:
    text = kit_card.card(house.context.say, refusal).text
    assert way_out in text
