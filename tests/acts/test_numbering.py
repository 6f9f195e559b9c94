"""Numbers of papers, on a file and on a server: never one for two, whoever presses at once."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import Insert, insert, select
from sqlalchemy.exc import IntegrityError

from bot.clock import MovableClock
from bot.consultations import store as consultations
from bot.db import people
from bot.db.schema import paper_numbers
from bot.issuing import face as issuing
from bot.issuing.rules.letterhead import Paper
from tests.acts.committees import AN, BINH, DEPUTY, HEAD, STRANGER, House
from tests.acts.phone import Phone
from tests.acts.running import opened
from tests.acts.test_new_roll import asks, comes, tomorrow
from tests.registers import broken_lines

BODY = "dang_doan"
SLIP = Paper.SLIP.value


@pytest.fixture
async def an(house: House, committee: int) -> Phone:
    """The head's phone, who has slips numbered."""
    head = Phone(house.context, HEAD)
    await head.opens("heading_set", committee, BODY, "symbol.slip")
    await head.types("PXYK/ĐĐ")
    assert head.refused is None
    return head


async def numbers(house: House) -> list[tuple[int, str]]:
    """Every number with what it was taken for, in its row."""
    async with house.context.look() as work:
        found = await work.tx.execute(
            select(paper_numbers.c.number, paper_numbers.c.subject).order_by(paper_numbers.c.number)
        )
        return [(row.number, row.subject) for row in found]


async def test_of_two_who_press_at_once_each_gets_a_number_of_its_own(
    an: Phone, van: Phone, house: House, committee: int
) -> None:
    matters = [await opened(house, committee) for _ in range(2)]
    for phone, matter in zip((an, van), matters, strict=True):
        await phone.opens("number", "consultation", matter, SLIP)
        assert "Lấy số 01-PXYK/ĐĐ" in phone.buttons
    await asyncio.gather(an.presses("Lấy số 01-PXYK/ĐĐ"), van.presses("Lấy số 01-PXYK/ĐĐ"))

    late = next(phone for phone in (an, van) if "Lấy số 02-PXYK/ĐĐ" in phone.buttons)
    assert "Số 01-PXYK/ĐĐ vừa được lấy cho một văn bản khác" in late.text
    assert len(await numbers(house)) == 1
    await late.presses("Lấy số 02-PXYK/ĐĐ")
    taken = await numbers(house)
    assert [number for number, _ in taken] == [1, 2]
    assert {subject for _, subject in taken} == {f"consultation:{matter}" for matter in matters}
    async with house.context.look() as work:
        assert await broken_lines(work.tx, committee) == []


async def test_of_one_paper_two_who_press_at_once_take_one_number(
    an: Phone, van: Phone, house: House, committee: int
) -> None:
    matter = await opened(house, committee)
    for phone in (an, van):
        await phone.opens("number", "consultation", matter, SLIP)
    await asyncio.gather(*(phone.presses("Lấy số 01-PXYK/ĐĐ") for phone in (an, van)))

    assert await numbers(house) == [(1, f"consultation:{matter}")]
    assert all("SỐ VĂN BẢN 01-PXYK/ĐĐ" in phone.text for phone in (an, van))


async def test_who_draws_up_the_paper_is_said_before_and_after_its_number_is_taken(
    an: Phone, house: House, committee: int, clock: MovableClock
) -> None:
    matter = await opened(house, committee)
    await an.opens("number", "consultation", matter, SLIP)
    assert "không lập tệp" not in an.text
    await an.presses("Lấy số 01-PXYK/ĐĐ")
    assert "Tệp của văn bản này lập ở «Văn bản»" in an.text
    await an.presses("Sổ số văn bản")
    assert "01-PXYK/ĐĐ" in an.text
    await (await an.opens("number", "consultation", matter, SLIP)).presses("Văn bản")
    assert "Phiếu xin ý kiến" in an.buttons

    clock.move_to(clock.now() + timedelta(days=9))
    async with house.context.work() as work:
        await consultations.close_it(matter, work.now, {"outcome": "adopted"}).into(work.tx)
    await an.opens("number", "consultation", matter, "resolution")
    assert "không lập tệp của văn bản này: văn phòng soạn thảo" in an.text
    await an.presses("Lấy số 01-NQ/ĐĐ")
    assert "văn phòng soạn thảo căn cứ kết quả đã ghi nhận" in an.text


async def test_the_table_itself_holds_no_number_twice(
    an: Phone, house: House, committee: int
) -> None:
    matter = await opened(house, committee)
    await an.opens("number", "consultation", matter, SLIP)
    await an.presses("Lấy số 01-PXYK/ĐĐ")
    async with house.context.look() as work:
        row = (await work.tx.execute(select(paper_numbers))).one()._asdict()
    again = insert(paper_numbers).values({**row, "id": row["id"] + 1})
    with pytest.raises(IntegrityError):
        await written(house, again)


async def written(house: House, statement: Insert) -> None:
    async with house.context.work() as work:
        await work.tx.execute(statement)


async def test_a_number_dropped_is_told_to_nobody_as_taken(
    an: Phone, house: House, committee: int
) -> None:
    matter = await opened(house, committee)
    subject = f"consultation:{matter}"
    await (await an.opens("number", *subject.split(":"), SLIP)).presses("Lấy số 01-PXYK/ĐĐ")
    async with house.context.look() as work:
        taken = await issuing.number_taken(work.tx, committee, BODY, subject, Paper.SLIP)
        assert taken is not None
        assert taken.text == "01-PXYK/ĐĐ"
        assert await issuing.number_taken(work.tx, committee, BODY, subject, Paper.COUNT) is None
    await (await an.presses("Văn bản không ban hành")).types("In nhầm")

    async with house.context.look() as work:
        assert await issuing.number_taken(work.tx, committee, BODY, subject, Paper.SLIP) is None
    await an.opens("number", *subject.split(":"), SLIP)
    assert "Lấy số 02-PXYK/ĐĐ" in an.buttons


async def test_others_learn_nothing_of_numbers(an: Phone, house: House, committee: int) -> None:
    matter = await opened(house, committee)
    await (await an.opens("number", "consultation", matter, SLIP)).presses("Lấy số 01-PXYK/ĐĐ")
    presses = (
        ("number", "consultation", matter, SLIP),
        ("number_take", "consultation", matter, SLIP, 2),
        ("number_one", 1),
        ("number_drop", 1),
        ("number_row", committee, BODY, SLIP),
        ("number_skip", committee, BODY, SLIP),
        ("heading", committee),
        ("heading_body", committee, BODY),
        ("heading_set", committee, BODY, "place"),
        ("heading_choose", committee, BODY, "profile", "nd30-2020"),
    )
    for account in (DEPUTY, STRANGER):
        for press in presses:
            phone = Phone(house.context, account)
            await phone.opens(*press)
            assert phone.refused == "no_right", press
    assert await numbers(house) == [(1, f"consultation:{matter}")]


async def test_who_signs_and_left_signs_no_more(an: Phone, house: House, committee: int) -> None:
    await an.opens("heading_choose", committee, BODY, "signer.conclusion", house.ids[BINH], "T/M")
    async with house.context.look() as work:
        head = await issuing.letterhead(work.tx, committee, BODY)
    assert head.signing[Paper.CONCLUSION].name == BINH
    assert head.signing[Paper.CONCLUSION].post == "Phó Bí thư"
    async with house.context.work() as work:
        await people.retire(work.tx, house.ids[BINH], work.now)
    async with house.context.look() as work:
        head = await issuing.letterhead(work.tx, committee, BODY)
    assert head.signing[Paper.CONCLUSION].name == AN
    assert head.signing[Paper.CONCLUSION].post == "Bí thư"


async def test_a_new_term_begins_its_numbers_anew_while_slips_go_on(
    an: Phone, house: House, committee: int, clock: MovableClock
) -> None:
    old = await opened(house, committee)
    await an.opens("number", "consultation", old, SLIP)
    await an.presses("Lấy số 01-PXYK/ĐĐ")
    day = await tomorrow(house.context)
    request = await asks(house, committee, day, term=True)
    await an.opens("approval_yes", request)
    await comes(house.context, clock, day)

    new = await opened(house, committee)
    await an.opens("number", "consultation", new, SLIP)

    assert "Lấy số 01-PXYK/ĐĐ" in an.buttons
    async with house.context.look() as work:
        slips = [await consultations.get(work.tx, each) for each in (old, new)]
    assert [slip.number for slip in slips if slip] == [1, 2]
