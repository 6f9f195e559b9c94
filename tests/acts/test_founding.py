from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from bot.calendar import store as calendar
from bot.db import people as db_people
from bot.db import rulebooks
from bot.db.schema import committees, invitations
from bot.db.schema import people as people_table
from bot.founding import Founded, found
from bot.people.joining import LIFETIME
from bot.people.rules.founding import Founding, Newcomer, SeatWanted
from bot.people.rules.people import Role, head_of, members_of
from tests.acts.committees import (
    AN,
    BINH,
    CUONG,
    DUNG,
    START,
    VAN,
    House,
    clerk,
    founding,
    member,
    without,
)


async def kinds(house: House, plan: Founding) -> list[str]:
    faults = await found(house.context, plan)
    assert not isinstance(faults, Founded)
    return [fault.kind for fault in faults]


async def test_a_committee_stands_with_its_people_in_the_order_of_the_roster(house: House) -> None:
    plan = founding((member(DUNG), member(AN, "secretary"), clerk(), member(BINH, "deputy")))
    founded = await house.found(plan)

    async with house.context.look() as work:
        everybody = await db_people.of_committee(work.tx, founded.committee)
        kept = await db_people.committee(work.tx, founded.committee)
        regulation = await rulebooks.regulation(work.tx, kept.rulebook)
    body = regulation.body("dang_doan")
    assert [p.name for p in members_of(everybody, "dang_doan")] == [DUNG, AN, BINH]
    head = head_of(everybody, body)
    assert head is not None
    assert head.name == AN
    assert [p.name for p in everybody if p.is_clerk] == [VAN]
    assert kept.name == plan.name


async def test_everybody_gets_an_invitation_of_72_hours(house: House) -> None:
    founded = await house.found(founding())

    assert [i.person.name for i in founded.invitations] == [AN, BINH, CUONG, DUNG, VAN]
    assert {i.expires_at for i in founded.invitations} == {START + LIFETIME}
    assert all(i.link not in repr(founded) for i in founded.invitations)


async def test_the_calendar_starts_with_the_public_holidays_of_five_years(house: House) -> None:
    founded = await house.found(founding())

    async with house.context.look() as work:
        days = await calendar.days(work.tx, founded.committee)
    assert {row.day.year for row in days} == {2025, 2026, 2027, 2028, 2029}
    assert date(2026, 9, 2) in {row.day for row in days}


async def test_the_first_line_of_the_register_tells_what_it_was_founded_from(house: House) -> None:
    founded = await house.found(founding())

    first, *later = await house.acts(founded.committee)
    assert first == ("người thiết lập", "found", founded.name)
    assert [act for _, act, _ in later] == ["reports_owed"]


async def test_settings_reach_the_rules(house: House) -> None:
    plan = without(founding(), "suggested_days")
    founded = await house.found(replace(plan, settings={"suggested_days": 7}))

    async with house.context.look() as work:
        kept = await db_people.committee(work.tx, founded.committee)
        regulation = await rulebooks.regulation(work.tx, kept.rulebook)
    assert regulation.body("dang_doan").written.window.suggested_days == 7


async def test_somebody_may_sit_in_several_bodies(house: House) -> None:
    seats = tuple(
        SeatWanted(body, "secretary") for body in ("ban_chap_hanh", "ban_thuong_vu", "thuong_truc")
    )
    roster = (Newcomer(AN, Role.MEMBER, seats), member(BINH, body="ban_chap_hanh"), clerk())
    founded = await house.found(founding(roster, regulation="bac_kan"))

    async with house.context.look() as work:
        everybody = await db_people.of_committee(work.tx, founded.committee)
    assert [p.name for p in members_of(everybody, "thuong_truc")] == [AN]
    assert [p.name for p in members_of(everybody, "ban_chap_hanh")] == [AN, BINH]


async def test_agencies_are_asked_by_an_officer_outside_their_list(house: House) -> None:
    roster = (
        member("Sở Tài chính", "agency", "co_quan"),
        Newcomer(AN, Role.OFFICER, (SeatWanted("", "secretary"),)),
        clerk(),
    )
    founded = await house.found(founding(roster, regulation="hai_duong"))

    async with house.context.look() as work:
        everybody = await db_people.of_committee(work.tx, founded.committee)
        kept = await db_people.committee(work.tx, founded.committee)
        regulation = await rulebooks.regulation(work.tx, kept.rulebook)
    head = head_of(everybody, regulation.body("co_quan"))
    assert head is not None
    assert head.name == AN
    assert [p.name for p in members_of(everybody, "co_quan")] == ["Sở Tài chính"]


AGENCY = member("Sở Tài chính", "agency", "co_quan")


@pytest.mark.parametrize(
    ("people_given", "regulation", "expected"),
    [
        ((), "quang_ngai", ["roster_empty"]),
        ((member(AN, "secretary"),), "quang_ngai", ["no_clerk"]),
        ((clerk(),), "quang_ngai", ["no_member"]),
        ((member(BINH), clerk()), "quang_ngai", ["no_head"]),
        ((AGENCY, clerk()), "hai_duong", ["no_head"]),
        (
            (member(AN, "secretary"), member(BINH), member("trần thị  Bình"), clerk()),
            "quang_ngai",
            ["name_twice", "name_twice", "name_unclean"],
        ),
        (
            (member(AN, "secretary"), member(BINH, body="ban_thuong_vu"), clerk()),
            "quang_ngai",
            ["body_unknown"],
        ),
        (
            (member(AN, "secretary"), member(BINH, "chairman"), clerk()),
            "quang_ngai",
            ["office_unknown"],
        ),
        (
            (member(AN, "secretary"), member("Sở Tài chính", "agency"), clerk()),
            "quang_ngai",
            ["office_unknown"],
        ),
        (
            (member(AN, "secretary"), Newcomer(BINH, Role.MEMBER), clerk()),
            "quang_ngai",
            ["seat_missing"],
        ),
        (
            (
                Newcomer(AN, Role.MEMBER, (SeatWanted("dang_doan", "secretary"),) * 2),
                clerk(),
            ),
            "quang_ngai",
            ["body_twice"],
        ),
        (
            (
                member(AN, "secretary"),
                Newcomer(VAN, Role.CLERK, (SeatWanted("dang_doan", "member"),)),
            ),
            "quang_ngai",
            ["clerk_seated"],
        ),
        (
            (
                member(AN, "secretary"),
                Newcomer(BINH, Role.OFFICER, (SeatWanted("", "deputy"),)),
                clerk(),
            ),
            "quang_ngai",
            ["officer_needless"],
        ),
        ((member(AN, "secretary"), member("  "), clerk()), "quang_ngai", ["person_empty"]),
        ((member(AN, "secretary"), member("ă" * 101), clerk()), "quang_ngai", ["person_too_long"]),
        (
            (member(AN, "secretary"), member("Trần\0 Thị\u202e Bình"), clerk()),
            "quang_ngai",
            ["name_unclean"],
        ),
    ],
)
async def test_what_is_wrong_with_a_roster_is_told_and_nothing_is_kept(
    house: House, people_given: tuple[Newcomer, ...], regulation: str, expected: list[str]
) -> None:
    assert await kinds(house, founding(people_given, regulation=regulation)) == expected
    async with house.context.look() as work:
        for table in (committees, people_table, invitations):
            assert (await work.tx.execute(select(func.count()).select_from(table))).scalar() == 0


async def test_a_name_twice_is_told_with_the_rows(house: House) -> None:
    twice = (replace(member(BINH), row=4), replace(member(BINH), row=9))
    faults = await found(house.context, founding((member(AN, "secretary"), *twice, clerk())))

    assert not isinstance(faults, Founded)
    assert [(fault.row, fault.values["rows"]) for fault in faults] == [(4, [4, 9]), (9, [4, 9])]


async def test_every_assumption_needs_a_word(house: House) -> None:
    plan = without(founding(), "receipt", "day_ends_at")
    assert await kinds(house, plan) == ["assumption_unconfirmed"] * 2


async def test_a_blank_of_the_model_text_is_filled_by_the_committee(house: House) -> None:
    roster = (member(AN, "secretary", "ban_chap_hanh"), clerk())
    plan = without(founding(roster, regulation="cap_huyen"), "bch_papers_days")
    assert await kinds(house, plan) == ["blank_unfilled"]
    await house.found(replace(plan, settings={"bch_papers_days": 4}))


async def test_a_setting_nobody_knows_and_an_impossible_value_are_told(house: House) -> None:
    plan = founding()
    assert await kinds(house, replace(plan, settings={"so_ngay": 3})) == ["regulation"]
    assert await kinds(house, replace(plan, settings={"day_ends_at": 25})) == ["regulation"]
    confirmed = plan.confirmed | {"so_ngay"}
    assert await kinds(house, replace(plan, confirmed=confirmed)) == ["setting_unknown"]


async def test_a_broken_regulation_is_told_with_its_line(house: House) -> None:
    faults = await found(house.context, replace(founding(), regulation_text='id = "x"\nid = "y"\n'))
    assert not isinstance(faults, Founded)
    assert [(fault.kind, fault.values["line"]) for fault in faults] == [("regulation", 2)]


@pytest.mark.parametrize("name", ["", "   ", "ă" * 201, "Đảng\nđoàn"])
async def test_a_committee_needs_a_name_on_one_line(house: House, name: str) -> None:
    [kind] = await kinds(house, founding(name=name))
    assert kind.startswith("name_")


async def test_a_name_serves_one_committee(house: House) -> None:
    await house.found(founding(name="Đảng đoàn Một"))
    assert await kinds(house, founding(name="đảng đoàn một")) == ["committee_exists"]
    await house.found(founding(name="Đảng đoàn Hai"))


async def test_a_thousand_people_are_seated_and_invited(house: House) -> None:
    many = [member(f"Ủy viên thứ {number}") for number in range(1, 999)]
    founded = await house.found(founding((member(AN, "secretary"), *many, clerk())))

    assert len(founded.invitations) == 1000
    async with house.context.look() as work:
        everybody = await db_people.of_committee(work.tx, founded.committee)
    assert len(members_of(everybody, "dang_doan")) == 999
