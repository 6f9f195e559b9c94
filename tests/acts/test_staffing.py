from __future__ import annotations

import pytest

from bot.db import people
from bot.people.rules.founding import Newcomer, SeatWanted
from bot.people.rules.people import Role
from tests.acts.committees import (
    AN,
    BINH,
    CLERK,
    CUONG,
    DEPUTY,
    DUNG,
    HEAD,
    MAI,
    VAN,
    House,
    clerk,
    founding,
    member,
)
from tests.acts.phone import DECISION, Phone, adds, changes, confirms
from tests.acts.running import frozen, opened


async def test_a_name_is_written_anew(van: Phone, house: House, committee: int) -> None:
    await (await van.opens("people", committee)).presses(BINH)
    await van.presses("Sửa họ tên")
    await van.types("Trần  Thị\tBính")
    assert "<b>Trần Thị Bính</b>" in van.text
    assert await house.person("Trần Thị Bính", committee)
    assert "«Trần Thị Bình» thành <b>Trần Thị Bính</b>" in (await house.heard(HEAD))[-1]


async def test_another_name_for_a_seat_never_joined_is_another_person(
    van: Phone, house: House, committee: int
) -> None:
    await van.opens("people_rename", house.ids[CUONG])
    await van.types(MAI)
    assert await house.person(MAI, committee) is None
    await confirms(van, HEAD)
    assert await house.person(MAI, committee)
    assert f"«{CUONG}» thành <b>{MAI}</b>" in (await house.heard(DEPUTY))[-1]


async def test_a_name_borne_by_another_is_refused(van: Phone, committee: int) -> None:
    await (await van.opens("people", committee)).presses(CUONG)
    await van.presses("Sửa họ tên")
    await van.types(BINH)
    assert van.refused == "name_taken"


async def test_an_office_is_changed_and_the_place_on_the_roll_stays(
    van: Phone, house: House, committee: int
) -> None:
    await (await van.opens("people", committee)).presses(CUONG)
    await van.presses("Vị trí tại Đảng đoàn")
    assert "Ủy viên" not in van.buttons
    await van.presses("Phó Bí thư")
    await van.types(DECISION)
    unchanged = await house.person(CUONG, committee)
    assert unchanged is not None
    assert [s.office for s in unchanged.seats] == ["member"]
    await confirms(van, HEAD)
    changed = await house.person(CUONG, committee)
    assert changed is not None
    assert [(s.office, s.place) for s in changed.seats] == [("deputy", 2)]
    await van.opens("people_seat", changed.id, "dang_doan")
    await van.presses("Chuyển thành kiêm nhiệm")
    await van.presses("Chưa có số quyết định")
    await confirms(van, HEAD)
    changed = await house.person(CUONG, committee)
    assert changed is not None
    assert [s.full_time for s in changed.seats] == [False]
    acts = [act for _, act, _ in await house.acts(committee)]
    assert acts.count("seat_changed") == 2


async def test_an_office_the_regulation_does_not_describe_is_not_given(
    van: Phone, house: House, committee: int
) -> None:
    for office in ("standing_deputy", "agency", "chairman", "clerk"):
        await van.opens("people_office", house.ids[CUONG], "dang_doan", office)
        assert van.refused == "seat_changed"
    await van.opens("people_office", house.ids[VAN], "", "secretary")
    assert van.refused == "seat_changed"


@pytest.fixture
async def provincial(house: House) -> int:
    """A committee of three bodies; Cường sits in the largest."""
    everywhere = tuple(
        SeatWanted(body, "secretary") for body in ("ban_chap_hanh", "ban_thuong_vu", "thuong_truc")
    )
    roster = (
        Newcomer(AN, Role.MEMBER, everywhere),
        member(CUONG, body="ban_chap_hanh"),
        member(DUNG, "deputy", "ban_chap_hanh"),
        clerk(),
    )
    founded = await house.found(founding(roster, regulation="bac_kan"))
    await house.joins(AN, HEAD)
    await house.joins(VAN, CLERK)
    return founded.committee


async def test_somebody_joins_and_leaves_a_further_body(
    van: Phone, house: House, provincial: int
) -> None:
    await (await van.opens("people", provincial)).presses(CUONG)
    await van.presses("Thêm vào tập thể khác")
    await van.presses("Ban Thường vụ")
    await van.presses("Ủy viên Ban Thường vụ")
    await van.types(DECISION)
    await confirms(van, HEAD)
    cuong = await house.person(CUONG, provincial)
    assert cuong is not None
    assert [s.body for s in cuong.seats] == ["ban_chap_hanh", "ban_thuong_vu"]

    await van.opens("people_seat", cuong.id, "ban_thuong_vu")
    await van.presses("Thôi giữ chức vụ này")
    await van.presses("Tiếp tục")
    await van.types(DECISION)
    await confirms(van, HEAD)
    cuong = await house.person(CUONG, provincial)
    assert cuong is not None
    assert [s.body for s in cuong.seats] == ["ban_chap_hanh"]
    await van.opens("people_leave", cuong.id, "ban_chap_hanh", "yes")
    assert van.refused == "only_seat"
    await van.opens("people_join", cuong.id, "ban_chap_hanh", "member")
    assert van.refused == "seat_changed"
    acts = [act for _, act, _ in await house.acts(provincial)]
    assert ("seat_added" in acts, "seat_ended" in acts) == (True, True)


async def test_leaving_a_body_without_a_head_is_warned_of(
    van: Phone, house: House, provincial: int
) -> None:
    await van.opens("people_leave", house.ids[AN], "ban_chap_hanh")
    assert "chưa có người duyệt phiếu" not in van.text  # Dũng, Phó Bí thư, is there
    await changes(van, HEAD, "people_retire", house.ids[DUNG], "yes")
    await van.opens("people_leave", house.ids[AN], "ban_chap_hanh")
    assert "chưa có người duyệt phiếu tại: Ban Chấp hành" in van.text


async def test_retiring_is_asked_twice_and_frees_the_account(
    van: Phone, house: House, committee: int
) -> None:
    await (await van.opens("people", committee)).presses(BINH)
    await van.presses("Kết thúc tham gia")
    await van.presses("Tiếp tục")
    await van.types(DECISION)
    assert await house.person(BINH, committee)
    await confirms(van, HEAD)

    assert await house.person(BINH, committee) is None
    async with house.context.look() as work:
        assert await people.of_account(work.tx, DEPUTY) == []
    assert "không còn gắn với đồng chí Trần Thị Bình" in (await house.heard(DEPUTY))[-1]
    assert f"<b>{BINH}</b> kết thúc tham gia" in (await house.heard(CLERK))[-1]
    await van.opens("people_retire", house.ids[BINH], "yes")
    assert van.refused == "person_gone"


async def test_a_frozen_roll_never_changes_and_the_way_to_strike_is_shown(
    van: Phone, house: House, committee: int
) -> None:
    running = await opened(house, committee)
    roll = await frozen(house, running)
    await (await van.opens("people", committee)).presses(BINH)
    await van.presses("Kết thúc tham gia")
    assert "Chương trình công tác quý II" in van.text
    assert "Đưa ra khỏi danh sách" in van.text
    assert "Bảng theo dõi phiếu số 1" in van.buttons
    await van.presses("Tiếp tục")
    await van.types(DECISION)
    await confirms(van, HEAD)
    await changes(van, HEAD, "people_office", house.ids[CUONG], "dang_doan", "deputy")
    await adds(van, committee, MAI)

    assert await frozen(house, running) == roll
    assert (BINH, "deputy") in roll
    assert (CUONG, "member") in roll


async def test_the_last_clerk_stays_until_there_is_another(
    van: Phone, house: House, committee: int
) -> None:
    await van.opens("people_retire", house.ids[VAN])
    assert van.refused == "last_clerk"
    await van.opens("people_retire", house.ids[VAN], "yes")
    assert van.refused == "last_clerk"


async def test_a_retired_clerk_has_no_right_any_more(
    van: Phone, house: House, committee: int
) -> None:
    await (await van.opens("people", committee)).presses("Thêm người")
    await van.types(MAI)
    await van.presses("Cán bộ văn phòng")
    await van.presses("Chưa có số quyết định")
    await van.presses("Gửi đề nghị")
    await confirms(van, HEAD)
    await changes(van, HEAD, "people_retire", house.ids[VAN], "yes")
    await van.opens("people", committee)
    assert van.refused == "no_right"
