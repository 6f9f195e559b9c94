"""The contents of a slip in its form: each changed, moved, taken off or added from the preview, the rest kept."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from bot.db import drafts
from bot.db.schema import consultations, register
from bot.kit.unit import Context
from tests.acts.committees import CLERK, HEAD, VAN, House
from tests.acts.phone import Phone

PLAN, BUDGET, SEMINAR = "Chương trình công tác", "Dự toán quý II", "Kế hoạch hội thảo"
EDIT, DONE = "Sửa các nội dung", "Xong các nội dung"


async def at_preview(context: Context, committee: int, *contents: str) -> Phone:
    """The clerk before the preview of a slip with these contents, all of them general matters."""
    van = await Phone(context, CLERK).opens("launch", committee)
    await van.presses("Cần thiết, đột xuất")
    await van.presses("Nội dung chung")
    for words in ("Công tác quý II", "Văn bản kèm theo", "sau 3 ngày làm việc"):
        await van.types(words)
    await van.presses("Không thuộc bí mật nhà nước")
    if contents:
        await van.presses("Phiếu có nhiều nội dung")
        await van.types("\n".join(contents))
        for _ in contents:
            await van.presses("Nội dung chung")
    return van


async def draft_of(context: Context, house: House) -> drafts.Draft:
    async with context.look() as work:
        draft = await drafts.latest(work.tx, house.ids[VAN], "launch")
    assert draft is not None
    return draft


async def asked(context: Context, house: House) -> list[tuple[str, str]]:
    return [
        (each["subject"], each.get("matter", ""))
        for each in (await draft_of(context, house)).fields["contents"]
    ]


def at(place: int, subject: str) -> str:
    return f"{place}. {subject}"


async def test_one_content_is_renamed_and_everything_else_is_kept(
    context: Context, house: House, committee: int
) -> None:
    van = await at_preview(context, committee, PLAN, BUDGET, SEMINAR)
    before = (await draft_of(context, house)).fields
    await van.presses(EDIT)
    await van.presses(at(2, BUDGET))
    await van.types("Dự toán quý III")
    assert "NỘI DUNG 2/3" in van.text
    await van.presses("Trở về các nội dung")
    await van.presses(DONE)

    assert await asked(context, house) == [
        (PLAN, "general"),
        ("Dự toán quý III", "general"),
        (SEMINAR, "general"),
    ]
    after = (await draft_of(context, house)).fields
    assert {**after, "contents": 0} == {**before, "contents": 0}
    assert "Trình duyệt" in van.buttons


async def test_a_content_is_moved_and_taken_off_and_another_comes_with_its_own_matter(
    context: Context, house: House, committee: int
) -> None:
    van = await at_preview(context, committee, PLAN, BUDGET, SEMINAR)
    await van.presses(EDIT)
    await van.presses(at(3, SEMINAR))
    await van.presses("Lên")
    await van.presses("Lên")
    assert "Lên" not in van.buttons
    await van.presses("Trở về các nội dung")
    await van.presses(at(2, PLAN))
    await van.presses("Bỏ nội dung này")
    await van.types("Phối hợp liên ngành")
    await van.presses(DONE)
    assert "Loại của nội dung 3/3: Phối hợp liên ngành" in van.text
    await van.presses("Phối hợp")

    assert await asked(context, house) == [
        (SEMINAR, "general"),
        (BUDGET, "general"),
        ("Phối hợp liên ngành", "coordination"),
    ]
    assert "Trình duyệt" in van.buttons


async def test_the_matter_of_one_content_is_chosen_anew(
    context: Context, house: House, committee: int
) -> None:
    van = await at_preview(context, committee, PLAN, BUDGET)
    await van.presses(EDIT)
    await van.presses(at(1, PLAN))
    await van.presses("Loại nội dung")
    await van.presses("Phối hợp")
    assert await asked(context, house) == [(PLAN, "coordination"), (BUDGET, "general")]


async def test_an_excluded_matter_is_refused_and_leads_back_to_its_content(
    context: Context, house: House, committee: int
) -> None:
    van = await at_preview(context, committee, PLAN, BUDGET)
    await van.presses(EDIT)
    await van.presses(at(2, BUDGET))
    await van.presses("Loại nội dung")
    await van.presses("Công tác cán bộ")
    assert van.refused == "matter_excluded"
    await van.presses("« Quay lại")
    assert "NỘI DUNG 2/2" in van.text
    assert await asked(context, house) == [(PLAN, "general"), (BUDGET, "general")]


async def test_a_button_pressed_twice_takes_off_one_content_only(
    context: Context, house: House, committee: int
) -> None:
    van = await at_preview(context, committee, PLAN, BUDGET, SEMINAR, "Quy chế chi tiêu")
    await van.presses(EDIT)
    await van.presses(at(1, PLAN))
    press = next(b.press for row in van.card.rows for b in row if b.label == "Bỏ nội dung này")
    assert press is not None
    await van.opens(press.action, *press.args)
    assert (await van.opens(press.action, *press.args)).refused == "stale_question"
    assert [subject for subject, _ in await asked(context, house)] == [
        BUDGET,
        SEMINAR,
        "Quy chế chi tiêu",
    ]


async def test_an_old_button_never_reaches_the_content_that_came_after_its_own(
    context: Context, house: House, committee: int
) -> None:
    van = await at_preview(context, committee, PLAN, BUDGET, SEMINAR)
    await van.presses(EDIT)
    await van.presses(at(3, SEMINAR))
    press = next(b.press for row in van.card.rows for b in row if b.label == "Bỏ nội dung này")
    assert press is not None
    await van.presses("Bỏ nội dung này")
    await van.types("Quy chế chi tiêu")
    assert (await van.opens(press.action, *press.args)).refused == "stale_question"
    three = [PLAN, BUDGET, "Quy chế chi tiêu"]
    assert [subject for subject, _ in await asked(context, house)] == three


async def test_an_old_button_never_reaches_contents_typed_after_all_were_given_up(
    context: Context, house: House, committee: int
) -> None:
    van = await at_preview(context, committee, PLAN, BUDGET, SEMINAR)
    await van.presses(EDIT)
    await van.presses(at(3, SEMINAR))
    press = next(b.press for row in van.card.rows for b in row if b.label == "Bỏ nội dung này")
    assert press is not None
    await van.presses("Trở về các nội dung")
    await van.presses("Phiếu chỉ có một nội dung")
    await van.presses("Bỏ các nội dung này")
    await van.presses("Phiếu có nhiều nội dung")
    await van.types(f"{SEMINAR}\n{BUDGET}\n{PLAN}")
    assert (await van.opens(press.action, *press.args)).refused == "stale_question"
    assert [subject for subject, _ in await asked(context, house)] == [SEMINAR, BUDGET, PLAN]


async def test_of_two_contents_none_is_taken_off(
    context: Context, house: House, committee: int
) -> None:
    van = await at_preview(context, committee, PLAN, BUDGET)
    await van.presses(EDIT)
    await van.presses(at(1, PLAN))
    assert "Bỏ nội dung này" not in van.buttons
    draft = (await draft_of(context, house)).id
    assert (await van.opens("lcontent_off", draft, "1")).refused == "contents_fewest"
    assert len(await asked(context, house)) == 2


async def test_the_contents_are_given_up_only_after_it_was_asked(
    context: Context, house: House, committee: int
) -> None:
    van = await at_preview(context, committee, PLAN, BUDGET)
    await van.presses(EDIT)
    await van.presses("Phiếu chỉ có một nội dung")
    assert len(await asked(context, house)) == 2
    await van.presses("Bỏ các nội dung này")
    assert await asked(context, house) == []
    assert "Phiếu có nhiều nội dung" in van.buttons


async def test_going_back_from_a_matter_loses_no_content(
    context: Context, house: House, committee: int
) -> None:
    van = await at_preview(context, committee)
    await van.presses("Phiếu có nhiều nội dung")
    await van.types(f"{PLAN}\n{BUDGET}")
    assert "Loại của nội dung 1/2" in van.text
    await van.presses("« Quay lại")
    assert "CÁC NỘI DUNG CỦA PHIẾU" in van.text
    assert await asked(context, house) == [(PLAN, ""), (BUDGET, "")]


@pytest.mark.parametrize("typed", [BUDGET, f"  {BUDGET.upper()} "])
async def test_two_contents_are_not_of_one_name(
    context: Context, house: House, committee: int, typed: str
) -> None:
    van = await at_preview(context, committee, PLAN, BUDGET)
    await van.presses(EDIT)
    assert (await van.types(typed)).refused == "contents_twice"
    await van.presses("« Quay lại")
    await van.presses(EDIT)
    await van.presses(at(1, PLAN))
    assert (await van.types(typed)).refused == "contents_twice"
    assert await asked(context, house) == [(PLAN, "general"), (BUDGET, "general")]


async def test_no_more_contents_come_than_one_slip_has_room_for(
    context: Context, house: House, committee: int
) -> None:
    nineteen = [f"Nội dung thứ {place}" for place in range(1, 20)]
    van = await at_preview(context, committee, *nineteen)
    await van.presses(EDIT)
    assert (await van.types("Một nữa\nHai nữa")).refused == "contents_many"
    assert len(await asked(context, house)) == 19
    assert (await van.types("Một nữa")).refused is None
    assert len(await asked(context, house)) == 20


async def test_what_is_sent_says_nothing_of_how_the_form_told_its_contents_apart(
    context: Context, house: House, committee: int
) -> None:
    van = await at_preview(context, committee, PLAN, BUDGET)
    await van.presses(EDIT)
    await van.presses(at(2, BUDGET))
    await van.presses("Lên")
    await van.presses("Trở về các nội dung")
    await van.presses(DONE)
    await van.presses("Trình duyệt")
    assert van.refused is None
    wanted = [{"subject": BUDGET, "matter": "general"}, {"subject": PLAN, "matter": "general"}]
    async with context.look() as work:
        kept = (await work.tx.execute(select(consultations.c.contents))).scalar_one()
        lines = select(register.c.detail).where(register.c.act == "submit")
        told = (await work.tx.execute(lines)).scalar_one()
    assert kept == wanted
    assert (json.loads(told) if isinstance(told, str) else told)["contents"] == wanted


async def test_the_head_reads_that_a_content_sent_back_has_become_another_matter(
    context: Context, house: House, committee: int
) -> None:
    van, head = await at_preview(context, committee, PLAN, BUDGET), Phone(context, HEAD)
    await van.presses("Trình duyệt")
    await head.opens("asked", 1)
    await head.presses("Trả lại để sửa")
    await head.types("Nội dung thứ hai là việc phối hợp")
    await van.opens("reopen", 1)
    await van.presses(EDIT)
    await van.presses(at(2, BUDGET))
    await van.presses("Loại nội dung")
    await van.presses("Phối hợp")
    await van.presses("Trở về các nội dung")
    await van.presses(DONE)
    await van.presses("Trình duyệt")
    assert van.refused is None
    told = (await head.opens("asked", 1)).text
    assert (
        "Loại của từng nội dung: «1. nội dung chung; 2. phối hợp», "
        "trước đó «1. nội dung chung; 2. nội dung chung»" in told
    )


@pytest.mark.parametrize("words", ["-", "–", "1.", "1.\n2)", "12"])
async def test_numbers_and_dashes_alone_are_no_contents(
    context: Context, house: House, committee: int, words: str
) -> None:
    van = await at_preview(context, committee, PLAN, BUDGET)
    await van.presses(EDIT)
    assert (await van.types(words)).refused == "contents_needed"
    assert "mỗi dòng một nội dung" in van.text
    draft = await draft_of(context, house)
    await van.opens("lcontent", draft.id, draft.fields["contents"][0]["key"])
    assert "NỘI DUNG 1/2" in van.text
    assert (await van.types(words)).refused == "contents_needed", "neither is it a new name"
    assert await asked(context, house) == [(PLAN, "general"), (BUDGET, "general")]
