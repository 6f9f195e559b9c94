"""A committee founded before follows the rule book that ships now, and is told once what it was never asked."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.db import people, rulebooks
from bot.db.register import said
from bot.db.schema import outbox, register
from bot.people.editions import Shipped, shipped, take
from bot.people.rules.founding import Founding
from bot.places import regulations_dir
from bot.regulations.faults import RegulationFaults
from bot.regulations.loader import parse
from bot.regulations.rules.regulation import Matter, Regulation
from tests.acts.committees import AN, BINH, CLERK, DEPUTY, HEAD, VAN, House, founding

NAME = "quang_ngai.toml"
NOW = (regulations_dir() / NAME).read_text(encoding="utf-8")
CELL = "[body.dang_doan.written.excluded.applies]"
BEFORE = NOW.replace(NOW[NOW.index(CELL) : NOW.index("[[", NOW.index(CELL))], "")
"""As the file was before it named that reading."""
OWN = BEFORE.replace('name = "Đảng đoàn"', 'name = "Đảng đoàn của chúng tôi"')


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


BOOKS = {"quang_ngai": Shipped(NAME, NOW, frozenset({digest(BEFORE)}))}


async def founded(house: House, text: str = BEFORE, **settings: object) -> int:
    plan: Founding = replace(founding(), regulation_text=text)
    names = frozenset(each.name for each in parse(text, NAME).settings) - set(settings)
    made = await house.found(replace(plan, settings=settings, confirmed=names))
    for name, account in ((AN, HEAD), (BINH, DEPUTY), (VAN, CLERK)):
        await house.joins(name, account)
    return made.committee


async def start(house: House, committee: int) -> None:
    async with house.context.work() as work:
        await take(work, await people.committee(work.tx, committee), BOOKS)


async def rules(house: House, committee: int) -> Regulation:
    async with house.context.look() as work:
        kept = await people.committee(work.tx, committee)
        return await rulebooks.regulation(work.tx, kept.rulebook)


async def told(house: House) -> list[tuple[int, str]]:
    async with house.context.look() as work:
        rows = await work.tx.execute(select(outbox).where(outbox.c.kind == "edition"))
        return [(row.chat_id, row.text) for row in rows]


async def lines(house: House) -> list[dict[str, object]]:
    async with house.context.look() as work:
        rows = await work.tx.execute(select(register).where(register.c.act == "edition"))
        return [said(row.detail) for row in rows]


async def test_it_takes_the_edition_of_now_and_clerk_and_head_are_told_once(house: House) -> None:
    committee = await founded(house)

    await start(house, committee)
    await start(house, committee)

    assert (await rules(house, committee)).digest == parse(NOW, NAME).digest
    messages = await told(house)
    assert sorted(chat for chat, _ in messages) == [HEAD, CLERK]
    assert all("Quy chế không quy định khi cấp trên chỉ đạo" in text for _, text in messages)
    (line,) = await lines(house)
    assert line["added"] == {"directed_cadre_exclusions": True}


async def test_the_values_that_it_chose_stay(house: House) -> None:
    committee = await founded(house, suggested_days=5)

    await start(house, committee)

    now = await rules(house, committee)
    assert now.body("dang_doan").written.window.suggested_days == 5
    assert Matter.CADRE_COMMENT in now.body("dang_doan").written.exclusions


async def test_a_file_of_its_own_is_never_replaced(house: House) -> None:
    committee = await founded(house, OWN)

    await start(house, committee)

    assert (await rules(house, committee)).body("dang_doan").name == "Đảng đoàn của chúng tôi"
    assert await told(house) == []
    assert await lines(house) == []


async def test_a_committee_of_now_is_told_nothing(house: House) -> None:
    committee = await founded(house, NOW)

    await start(house, committee)

    assert await told(house) == []


async def test_a_value_that_the_edition_does_not_know_leaves_everything_as_it_was(
    house: House,
) -> None:
    committee = await founded(house, suggested_days=5)
    gone = NOW.replace('setting = "suggested_days"', 'setting = "days_suggested"')
    books = {"quang_ngai": replace(BOOKS["quang_ngai"], text=gone)}

    with pytest.raises(RegulationFaults):
        async with house.context.work() as work:
            await take(work, await people.committee(work.tx, committee), books)

    assert (await rules(house, committee)).digest == parse(
        BEFORE, NAME, {"suggested_days": 5}
    ).digest
    assert await told(house) == []


def test_the_list_of_editions_names_the_rule_books_that_ship() -> None:
    books = shipped(regulations_dir())

    assert set(books) == {"quang_ngai", "bac_kan", "cap_huyen", "hai_duong", "tra_vinh"}
    assert all(book.earlier for book in books.values())
