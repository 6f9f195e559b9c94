"""`dongthuan people`: what who runs the machine sees and does where nobody in the committee could."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.clock import SystemClock
from bot.db import people
from bot.db.engine import Database
from bot.db.schema import outbox
from bot.kit.unit import Context
from bot.rendering import shared_rendering
from tests.acts.committees import (
    AN,
    BINH,
    CLERK,
    CUONG,
    CUONGS,
    DEPUTY,
    HEAD,
    LINK,
    VAN,
    House,
    founding,
)
from tests.acts.phone import DECISION, Phone
from tests.commands.test_run import ask

BOT = LINK.rpartition("/")[2]
Play = Callable[[House, int], Awaitable[None]]


def played(folder: Path, play: Play) -> None:
    """A committee in this folder, in which that has happened; the bot is stopped again."""

    async def make() -> None:
        db = await Database.open(folder / "dongthuan.db", create=True)
        house = House(Context(db, SystemClock(), shared_rendering(), LINK))
        await play(house, (await house.found(founding())).committee)
        await db.close()

    asyncio.run(make())


def heard(folder: Path, account: int) -> list[str]:
    async def look() -> list[str]:
        db = await Database.open(folder / "dongthuan.db", create=False)
        async with db.read() as tx:
            found = await tx.execute(select(outbox.c.text).where(outbox.c.chat_id == account))
            texts = list(found.scalars())
        await db.close()
        return texts

    return asyncio.run(look())


async def asks(house: House, _committee: int) -> None:
    """Nobody but the clerk and a member has joined; the clerk asks that Bình leaves."""
    await house.joins(VAN, CLERK)
    await house.joins(CUONG, CUONGS)
    van = await Phone(house.context, CLERK).opens("people_retire", house.ids[BINH], "yes")
    await van.types(DECISION)


async def asks_with_the_head(house: House, committee: int) -> None:
    await house.joins(AN, HEAD)
    await asks(house, committee)


def test_it_lists_what_waits_and_who_has_not_joined(tmp_path: Path) -> None:
    played(tmp_path, asks)
    done = ask(tmp_path, "people")
    assert done.exit_code == 0
    assert (
        f"đề nghị 1: {BINH} · kết thúc tham gia; chờ lệnh dongthuan people confirm 1" in done.output
    )
    assert f"người 1: {AN}, chưa tham gia" in done.output
    assert CUONG not in done.output


def test_it_confirms_where_nobody_who_could_has_joined_and_all_are_told(tmp_path: Path) -> None:
    played(tmp_path, asks)
    done = ask(tmp_path, "people", "--bot", BOT, "confirm", "1")
    assert done.exit_code == 0
    told = [text for text in heard(tmp_path, CUONGS) if "THAY ĐỔI NHÂN SỰ" in text]
    assert f"<b>{BINH}</b> kết thúc tham gia" in told[-1]
    assert "người quản trị máy chủ" in told[-1]
    again = ask(tmp_path, "people", "--bot", BOT, "confirm", "1")
    assert again.exit_code == 1
    assert "không còn chờ" in again.stderr


def test_it_does_not_confirm_what_somebody_in_the_committee_can(tmp_path: Path) -> None:
    played(tmp_path, asks_with_the_head)
    assert "chờ xác nhận trên bot" in ask(tmp_path, "people").output
    done = ask(tmp_path, "people", "--bot", BOT, "confirm", "1")
    assert done.exit_code == 1
    assert f"chờ đồng chí {AN} trả lời trên bot" in done.stderr
    assert heard(tmp_path, CUONGS)[-1:] != []
    assert not any("THAY ĐỔI NHÂN SỰ" in text for text in heard(tmp_path, CUONGS))


def test_it_invites_the_head_whose_link_the_office_alone_never_gets(tmp_path: Path) -> None:
    played(tmp_path, asks)
    done = ask(tmp_path, "people", "--bot", BOT, "invite", "1")
    assert done.exit_code == 0
    assert f"{LINK}?start=" in done.output
    assert not any("start=" in text for text in heard(tmp_path, CLERK))
    assert f"cấp lại lời mời cho đồng chí {AN}" in heard(tmp_path, CLERK)[-1]
    assert f"cấp lại lời mời cho đồng chí {AN}" in heard(tmp_path, CUONGS)[-1]


@pytest.mark.parametrize(
    ("number", "why"), [("3", "đã tham gia bot"), ("99", "không còn trong danh sách")]
)
def test_it_invites_nobody_who_has_joined_or_is_not_there(
    tmp_path: Path, number: str, why: str
) -> None:
    played(tmp_path, asks)
    done = ask(tmp_path, "people", "--bot", BOT, "invite", number)
    assert done.exit_code == 1
    assert why in done.stderr


def test_without_the_bots_name_there_is_no_link(tmp_path: Path) -> None:
    played(tmp_path, asks)
    done = ask(tmp_path, "people", "confirm", "1")
    assert done.exit_code == 1
    assert "--bot" in done.stderr


async def test_it_does_not_write_beside_a_running_bot(tmp_path: Path) -> None:
    db = await Database.open(tmp_path / "dongthuan.db", create=True)
    try:
        done = await asyncio.to_thread(ask, tmp_path, "people", "--bot", BOT, "confirm", "1")
        assert done.exit_code == 1
        assert "một tiến trình khác đang dùng" in done.stderr
        async with db.read() as tx:
            assert await people.all_committees(tx) == []
    finally:
        await db.close()


async def all_have_joined(house: House, _committee: int) -> None:
    for name, account in ((AN, HEAD), (BINH, DEPUTY), (VAN, CLERK)):
        await house.joins(name, account)


async def only_the_clerk_has_joined(house: House, _committee: int) -> None:
    await house.joins(VAN, CLERK)


def test_it_asks_that_the_head_be_a_clerk_and_the_next_in_rank_has_it_to_confirm(
    tmp_path: Path,
) -> None:
    played(tmp_path, all_have_joined)
    done = ask(tmp_path, "people", "clerk", AN.upper(), "--decision", DECISION)
    assert done.exit_code == 0, done.output
    assert f"Đã lập đề nghị 1: {AN} · kiêm cán bộ văn phòng" in done.output
    assert f"người xác nhận trên bot: {BINH}." in done.output
    asked = heard(tmp_path, DEPUTY)[-1]
    assert f"Giao <b>{AN}</b> kiêm cán bộ văn phòng" in asked
    assert "Quyết định số 12-QĐ/TU ngày 27/02/2026" in asked
    listed = ask(tmp_path, "people")
    assert f"đề nghị 1: {AN} · kiêm cán bộ văn phòng; chờ xác nhận trên bot" in listed.output


def test_where_nobody_can_confirm_it_the_machine_does(tmp_path: Path) -> None:
    played(tmp_path, only_the_clerk_has_joined)
    asked = ask(tmp_path, "people", "clerk", AN)
    assert "dongthuan people confirm 1" in asked.output
    assert ask(tmp_path, "people", "--bot", BOT, "confirm", "1").exit_code == 0
    assert f"<b>{AN}</b> kiêm cán bộ văn phòng" in heard(tmp_path, CLERK)[-1]
    ended = ask(tmp_path, "people", "clerk", AN, "--end")
    assert f"Đã lập đề nghị 2: {AN} · thôi kiêm cán bộ văn phòng" in ended.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("Bùi Thị Không",), "không có ai tên «Bùi Thị Không»"),
        ((VAN,), "đang là cán bộ văn phòng"),
        ((VAN, "--end"), "vị trí duy nhất"),
        ((BINH, "--end"), "Vị trí này đã thay đổi"),
        ((BINH, "--decision", "Số 3-QĐ/TU"), "quyết định"),
        ((BINH, "--committee", "Không có"), "Không có"),
    ],
)
def test_what_cannot_be_asked_is_told_and_nothing_is_entered(
    tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    played(tmp_path, all_have_joined)
    done = ask(tmp_path, "people", "clerk", *words)
    assert done.exit_code == 1
    assert told in done.stderr
    assert "không có đề nghị nào chờ xác nhận" in ask(tmp_path, "people").output
