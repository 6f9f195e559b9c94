"""Who owes a report and who answers for it, under the five regulations."""

from __future__ import annotations

import pytest

from bot.people.rules.acting import Staff
from bot.people.rules.people import Person, Role, SeatHeld
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.regulations.rules.duties import Duty
from bot.regulations.rules.regulation import Regulation
from bot.reports.rules.owing import answerable, debtors, keys_of

BK, HU, QN, HD, TV = (
    load(regulations_dir() / f"{name}.toml")
    for name in ("bac_kan", "cap_huyen", "quang_ngai", "hai_duong", "tra_vinh")
)


def member(number: int, name: str, body: str, office: str = "member") -> Person:
    return Person(number, 1, name, number, (SeatHeld(Role.MEMBER, body, office, place=number),))


def beside(number: int, name: str, role: Role) -> Person:
    return Person(number, 1, name, number, (SeatHeld(role, "", role.value),))


def unit(number: int, name: str) -> Person:
    return beside(number, name, Role.UNIT)


CLERK = beside(90, "Phạm Thị Văn", Role.CLERK)


def duty(book: Regulation, id_: str) -> Duty:
    return next(each for each in book.duties if each.id == id_)


def owing(book: Regulation, id_: str, *people: Person) -> list[str]:
    return [each.key for each in debtors(duty(book, id_), people, book)]


HEAD = member(1, "Nguyễn Văn An", "ban_chap_hanh", "secretary")
SECOND = member(2, "Trần Thị Bình", "ban_chap_hanh")


def test_a_body_owes_through_its_head_and_the_clerks() -> None:
    assert owing(BK, "BK-R1", HEAD, SECOND, CLERK) == ["body:ban_chap_hanh"]
    people = (HEAD, SECOND, CLERK)
    assert answerable("body:ban_chap_hanh", Staff(people), BK) == (HEAD, CLERK)


def test_a_body_in_which_nobody_sits_owes_nothing() -> None:
    assert owing(BK, "BK-R4", HEAD, SECOND, CLERK) == []


def test_each_member_owes_and_a_body_once() -> None:
    assert owing(BK, "BK-R3", HEAD, SECOND, CLERK) == [
        "body:ban_chap_hanh",
        "person:1",
        "person:2",
    ]
    head = member(1, "An", "dang_doan", "secretary")
    assert owing(QN, "QN-R3b", head, CLERK) == ["body:dang_doan"]
    assert owing(QN, "QN-R3c", head, CLERK) == ["person:1"]
    assert keys_of(head, Staff((head, CLERK)), QN) == (
        "person:1",
        "body:dang_doan",
        "office:secretary",
    )


def test_an_office_owes_through_whoever_holds_it() -> None:
    head = member(1, "An", "dang_doan", "secretary")
    other = member(2, "Bình", "dang_doan", "deputy")
    assert owing(QN, "QN-R5", head, other, CLERK) == ["office:secretary"]
    assert answerable("office:secretary", Staff((head, other)), QN) == (head,)
    assert owing(QN, "QN-R5", other, CLERK) == []


def test_a_class_of_units_is_every_unit_of_the_committee() -> None:
    units = (unit(5, "Chi bộ Sở Nội vụ"), unit(6, "Đảng bộ Sở Y tế"))
    assert owing(BK, "BK-R2", HEAD, CLERK, *units) == ["person:5", "person:6"]


def test_a_unit_with_the_very_name_owes_what_is_asked_of_it_and_the_others_do_not() -> None:
    units = (unit(5, "VĂN PHÒNG HUYỆN ỦY"), unit(6, "Đảng ủy xã Bình An"))
    assert owing(HU, "HU-R2", CLERK, *units) == ["person:5"]
    assert owing(HU, "HU-R1", CLERK, *units) == ["person:6"]


@pytest.mark.parametrize("name", ["Văn phòng", "Văn phòng Huyện ủy Bình Sơn"])
def test_a_shorter_or_longer_name_means_the_same_unit(name: str) -> None:
    units = (unit(5, name), unit(6, "Đảng ủy xã Bình An"))
    assert owing(HU, "HU-R2", CLERK, *units) == ["person:5"]


def test_the_office_without_a_seat_of_its_name_is_its_clerks() -> None:
    units = (unit(6, "Đảng ủy xã Bình An"), unit(7, "Đảng ủy xã Bình Minh"))
    assert owing(HU, "HU-R2", CLERK, *units) == ["clerks:"]
    assert answerable("clerks:", Staff((HEAD, CLERK, *units)), HU) == (CLERK,)
    assert owing(BK, "BK-R2", HEAD, CLERK, *units) == ["person:6", "person:7"]


def test_an_agency_of_the_very_name_owes_as_a_unit() -> None:
    agency = member(3, "Ban cán sự đảng Ủy ban nhân dân tỉnh", "co_quan", "agency")
    assert owing(HD, "HD-R2", agency, member(4, "Sở Y tế", "co_quan", "agency"), CLERK) == [
        "person:3"
    ]


def test_a_single_unit_without_a_seat_of_its_name_is_the_only_unit_or_nobody() -> None:
    one, two = unit(5, "Khối các cơ quan"), unit(6, "UBND tỉnh")
    assert owing(HD, "HD-R2", CLERK) == []
    assert owing(HD, "HD-R2", CLERK, one) == ["person:5"]
    assert owing(HD, "HD-R2", CLERK, one, two) == []


def test_what_the_committee_itself_sends_to_a_superior_is_the_affair_of_its_office() -> None:
    assert owing(HD, "HD-R1", CLERK) == ["clerks:"]


def test_a_superior_never_owes_and_a_guest_neither() -> None:
    guest = beside(8, "Tỉnh ủy", Role.GUEST)
    for book in (BK, HU, QN, HD, TV):
        for each in book.duties:
            assert "person:8" not in owing(book, each.id, guest)


def test_one_meant_by_its_very_name_owes_only_where_there_is_one_of_that_name() -> None:
    league, other = unit(5, "Đoàn Các cơ quan tỉnh"), unit(6, "Chi bộ Sở Nội vụ")
    assert owing(BK, "BK-R7", HEAD, CLERK, other) == []
    assert owing(BK, "BK-R7", HEAD, CLERK, league, other) == ["person:5"]
    assert owing(BK, "BK-R2", HEAD, CLERK, league, other) == ["person:6"]
    chairman = unit(7, "Chủ tịch Ủy ban nhân dân")
    assert owing(HU, "HU-R6", CLERK, other) == []
    assert owing(HU, "HU-R6", CLERK, other, chairman) == ["person:7"]
    assert owing(HU, "HU-R1", CLERK, other, chairman) == ["person:6"]
