"""The roster handed out: read again as it is it changes nothing, whatever the rule book calls its offices."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.committees.terms.reading import read
from bot.db.people import Committee
from bot.kit.spreadsheet import workbook
from bot.kit.unit import Context
from bot.people.access import House as Stands
from bot.people.roster_sheet import of_house
from bot.people.rules.acting import Staff
from bot.people.rules.founding import AGENCY
from bot.people.rules.new_roll import turns
from bot.people.rules.people import CLERKS_PART, Person, Role, SeatHeld
from bot.places import models_dir, regulations_dir
from bot.regulations.loader import load
from bot.rendering import shared_rendering
from tests.acts.committees import BINH, CLERK, DEPUTY, HEAD, STRANGER, House
from tests.acts.phone import Phone

BOOKS = sorted([*regulations_dir().glob("*.toml"), *models_dir().glob("*.toml")])
NAMES = ("Nguyễn Văn An", "Trần Thị Bình (Sở Y tế)", "Lê Văn Cường", "Đỗ Thị Dung", "Vũ Em")


def everybody(book: Path) -> Stands:
    """Each office in each body and in all of them together, differing offices of one person, clerk and officer."""
    regulation = load(book)
    people: list[Person] = []

    def comes(*seats: SeatHeld, unit: str = "", post: str = "", code: str = "") -> None:
        name = f"{NAMES[len(people) % 5]} {'ABCDEFGHIKLMNOPQRSTUVXY'[len(people) // 5]}"
        people.append(
            Person(len(people) + 1, 1, name, None, seats, unit=unit, post=post, code=code)
        )

    bodies = [body for body in regulation.bodies if not body.of_agencies]
    for office in [each for each in regulation.offices if each != AGENCY]:
        for body in bodies:
            comes(SeatHeld(Role.MEMBER, body.id, office), post="Chủ tịch HĐND")
        if bodies:
            comes(*(SeatHeld(Role.MEMBER, body.id, office, full_time=False) for body in bodies))
    if len(bodies) > 1:
        offices = [each for each in regulation.offices if each != AGENCY]
        mixed = zip(bodies, reversed(offices), strict=False)
        comes(*(SeatHeld(Role.MEMBER, body.id, office) for body, office in mixed), code="=CB-7")
    for body in regulation.bodies:
        if body.of_agencies:
            comes(SeatHeld(Role.MEMBER, body.id, AGENCY), unit="Sở Y tế, tầng 2")
            comes(SeatHeld(Role.OFFICER, body.id, "secretary"))
    if any(body.of_agencies for body in regulation.bodies):
        comes(SeatHeld(Role.OFFICER, "", "secretary"))
        comes(SeatHeld(Role.OFFICER, "", "secretary"), CLERKS_PART)
    for body in bodies[:1]:
        comes(SeatHeld(Role.MEMBER, body.id, body.heads[0], full_time=False), CLERKS_PART)
    comes(SeatHeld(Role.CLERK, "", "clerk"), unit="Văn phòng")
    comes(SeatHeld(Role.GUEST, "", "guest"))
    return Stands(Committee(1, "Tập thể", regulation.digest), regulation, Staff(tuple(people)))


@pytest.mark.parametrize("book", BOOKS, ids=lambda each: each.stem)
def test_read_again_as_it_is_it_changes_nothing(book: Path) -> None:
    stands = everybody(book)
    say = shared_rendering().under(stands.regulation.vocabulary)

    found = read(stands, "danh_sach.xlsx", workbook([of_house(say, stands)]), {})

    assert found.question is None
    assert found.roll is not None
    assert len(found.roll.listed) == len(stands.staff.everybody) - 1
    """The guest stands on no roll, and is not in it."""
    assert list(turns(found.roll)) == []


def test_whoever_is_renamed_in_it_is_the_same() -> None:
    stands = everybody(regulations_dir() / "quang_ngai.toml")
    sheet = of_house(shared_rendering(), stands)
    name = [each.heading for each in sheet.columns].index("Họ và tên")
    rows = [[*row] for row in sheet.rows]
    was, rows[0][name] = rows[0][name], "Phùng Thị Hoa"
    edited = type(sheet)(sheet.name, sheet.title, sheet.columns, rows, sheet.notes)

    roll = read(stands, "danh_sach.xlsx", workbook([edited]), {}).roll

    assert roll is not None
    turned = [(each.was and each.was.name, each.now and each.now.name) for each in turns(roll)]
    assert turned == [(was, "Phùng Thị Hoa")]


def test_its_lines_stand_in_the_order_of_the_roll_and_not_of_the_names() -> None:
    regulation = load(regulations_dir() / "quang_ngai.toml")
    placed = (("Vũ Em", "secretary", 0), ("Lê Văn Cường", "member", 2), ("Nguyễn An", "deputy", 1))
    people = [
        Person(at, 1, name, None, (SeatHeld(Role.MEMBER, "dang_doan", office, place=place),))
        for at, (name, office, place) in enumerate(placed, 1)
    ]
    people[1] = replace(people[1], seats=(CLERKS_PART, *people[1].seats))
    """The office's part has a place of its own, and moves nobody up."""
    stands = Stands(Committee(1, "Tập thể", regulation.digest), regulation, Staff(tuple(people)))

    sheet = of_house(shared_rendering(), stands)

    assert [row[1] for row in sheet.rows] == ["Vũ Em", "Nguyễn An", "Lê Văn Cường"]


async def test_clerks_and_heads_have_it_sent_and_nobody_else(
    context: Context, house: House, committee: int
) -> None:
    for account in (CLERK, HEAD):
        sent = await Phone(context, account).opens("roster_sheet", committee)
        assert sent.refused is None
    for account in (DEPUTY, STRANGER):
        refused = await Phone(context, account).opens("roster_sheet", committee)
        assert refused.refused == "no_right"
        assert BINH not in refused.text
