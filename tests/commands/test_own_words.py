"""The commands speak as the rule book of their committee does: its own offices, its own address."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.db.engine import Database
from bot.kit.unit import Context
from bot.people.rules.founding import Founding, Newcomer, SeatWanted
from bot.people.rules.people import Role
from bot.regulations.loader import parse
from bot.rendering import shared_rendering
from tests.acts.committees import CLERK, HEAD, LINK, House
from tests.commands.test_amend import DECISION, TOMORROW
from tests.commands.test_people import heard
from tests.commands.test_run import ask

BOOK = Path(__file__).parents[1] / "regulations" / "others" / "uy_ban_xa.toml"
"""It calls its head Chủ tịch, and addresses people as Ông/Bà."""
WHEN = "--from", TOMORROW, "--decision", DECISION
MAN, LAN, VAN = "Đỗ Văn Mẫn", "Lý Thị Lan", "Phạm Thị Vân"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    async def make() -> None:
        db = await Database.open(tmp_path / "dongthuan.db", create=True)
        house = House(Context(db, SystemClock(), shared_rendering(), LINK))
        text = BOOK.read_text(encoding="utf-8")
        regulation = parse(text, BOOK.name)
        body = regulation.bodies[0].id
        people = [
            Newcomer(MAN, Role.MEMBER, (SeatWanted(body, "chairman"),)),
            Newcomer(LAN, Role.MEMBER, (SeatWanted(body, "deputy"),)),
            Newcomer(VAN, Role.CLERK),
        ]
        confirmed = frozenset(each.name for each in regulation.settings)
        await house.found(
            Founding("Ủy ban Mẫu", BOOK.name, text, tuple(people), confirmed=confirmed)
        )
        await house.joins(MAN, HEAD)
        await house.joins(VAN, CLERK)
        await db.close()

    asyncio.run(make())
    return tmp_path


def test_what_is_asked_at_the_machine_reaches_people_in_their_own_words(folder: Path) -> None:
    done = ask(folder, "amend", "--set", "least_notice=2", *WHEN)

    assert done.exit_code == 0, done.output + done.stderr
    (told,) = [text for text in heard(folder, HEAD) if "ĐỀ NGHỊ CHỜ XÁC NHẬN" in text]
    assert "Ông/Bà" in told
    assert "đồng chí" not in told.casefold()


def test_a_roster_is_told_with_the_offices_of_the_rule_book(folder: Path) -> None:
    roster = f"Họ và tên,Vai trò,Chức vụ\n{LAN},Thành viên,Chủ tịch\n{MAN},Thành viên,Phó Chủ tịch\n{VAN},Văn phòng,\n"
    (folder / "moi.csv").write_text(roster, "utf-8")

    done = ask(folder, "roster", "--file", str(folder / "moi.csv"), *WHEN)

    assert done.exit_code == 0, done.output + done.stderr
    assert f"đổi: {LAN}, Phó Chủ tịch" in done.output
    assert "→ Chủ tịch" in done.output
    waiting = ask(folder, "people")
    assert waiting.exit_code == 0
    assert "đề nghị 1:" in waiting.output


def test_what_is_refused_is_told_in_the_same_words(folder: Path) -> None:
    no_clerk = ask(folder, "amend", "--set", "least_notice=2", *WHEN, "--clerk", "Ai đó")
    assert no_clerk.exit_code == 1
    assert VAN in no_clerk.stderr

    ask(folder, "amend", "--set", "least_notice=2", *WHEN)
    settled = ask(folder, "people", "--bot", "mau_bot", "confirm", "1")
    assert settled.exit_code == 1
    assert f"Ông/Bà {MAN}" in settled.stderr
    assert "đồng chí" not in settled.stderr.casefold()


def test_messages_that_are_held_are_told_as_their_readers_would_read_them(folder: Path) -> None:
    ask(folder, "amend", "--set", "least_notice=2", *WHEN)
    with closing(sqlite3.connect(folder / "dongthuan.db")) as database:
        database.execute("UPDATE outbox SET state = 'held' WHERE state = 'pending'")
        database.commit()

    listed = ask(folder, "unsent")

    assert listed.exit_code == 0
    assert "ĐỀ NGHỊ CHỜ XÁC NHẬN" in listed.output
    assert ask(folder, "status").output
    assert ask(folder, "set-aside").exit_code == 0
