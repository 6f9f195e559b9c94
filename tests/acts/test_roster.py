from __future__ import annotations

import pytest

from bot.kit.unit import Context
from tests.acts.committees import (
    AN,
    BINH,
    CLERK,
    CUONG,
    DEPUTY,
    DUNG,
    HEAD,
    STRANGER,
    VAN,
    House,
    clerk,
    founding,
    member,
)
from tests.acts.phone import Phone


async def test_the_list_sorts_by_given_name_and_says_who_has_joined(
    van: Phone, committee: int
) -> None:
    await van.opens("people", committee)

    assert van.buttons[:5] == [AN, BINH, CUONG, DUNG, VAN]
    assert "5 người, 3 đã tham gia bot, 2 chưa tham gia" in van.text
    assert f"<b>{AN}</b>: Bí thư, Đảng đoàn. Đã tham gia." in van.text
    assert f"<b>{CUONG}</b>: Ủy viên, Đảng đoàn. Chưa tham gia." in van.text


async def test_only_those_who_have_not_joined_can_be_shown(van: Phone, committee: int) -> None:
    await (await van.opens("people", committee)).presses("Chỉ xem người chưa tham gia")
    assert van.buttons[:2] == [CUONG, DUNG]
    await van.presses("Xem tất cả")
    assert van.buttons[:5] == [AN, BINH, CUONG, DUNG, VAN]


async def test_the_head_sees_the_list_and_changes_nobody_but_who_is_a_clerk(
    context: Context, committee: int
) -> None:
    head = Phone(context, HEAD)
    await head.opens("people", committee)
    assert "Thêm người" not in head.buttons
    await head.presses(CUONG)
    assert head.buttons == ["Giao kiêm cán bộ văn phòng", "Danh sách nhân sự"]


@pytest.mark.parametrize("account", [DEPUTY, STRANGER])
@pytest.mark.parametrize(
    ("action", "args"),
    [
        ("people", ("committee",)),
        ("people", ("committee", 0, "waiting")),
        ("people_find", ("committee",)),
        ("people_add", ("committee",)),
        ("people_requests", ("committee",)),
        ("people_one", ("cuong",)),
    ],
)
async def test_members_and_strangers_learn_nothing(
    context: Context,
    house: House,
    committee: int,
    account: int,
    action: str,
    args: tuple[str | int, ...],
) -> None:
    ids = {"committee": committee, "cuong": house.ids[CUONG]}
    phone = Phone(context, account)
    await phone.opens(action, *(ids.get(str(arg), arg) for arg in args))
    assert phone.refused == "no_right"


ACTS = [
    ("people_invite", ()),
    ("people_rename", ()),
    ("people_seat", ("dang_doan",)),
    ("people_office", ("dang_doan", "deputy")),
    ("people_time", ("dang_doan", "part_time")),
    ("people_join", ()),
    ("people_join", ("dang_doan", "member")),
    ("people_leave", ("dang_doan",)),
    ("people_leave", ("dang_doan", "yes")),
    ("people_retire", ()),
    ("people_retire", ("yes",)),
    ("people_rebind", ()),
    ("people_rebind", ("yes",)),
    ("people_mark", ("dang_doan", "on")),
    ("people_retire", ("yes", "")),
]


@pytest.mark.parametrize("account", [HEAD, DEPUTY, STRANGER])
@pytest.mark.parametrize(("action", "args"), ACTS)
async def test_only_the_clerk_changes_people(
    context: Context, house: House, committee: int, account: int, action: str, args: tuple[str, ...]
) -> None:
    before = await house.acts(committee)
    phone = Phone(context, account)
    await phone.opens(action, house.ids[CUONG], *args)
    assert phone.refused == "no_right"
    assert await house.acts(committee) == before


@pytest.mark.parametrize(("action", "args"), [("people_one", ()), *ACTS])
async def test_a_clerk_of_another_committee_learns_and_changes_nothing(
    context: Context, house: House, committee: int, action: str, args: tuple[str, ...]
) -> None:
    target, other_clerk = house.ids[CUONG], 205
    await house.found(
        founding((member("Vũ Văn Em", "secretary"), clerk("Ngô Thị Phương")), name="Đảng đoàn Hai")
    )
    await house.joins("Ngô Thị Phương", other_clerk)
    phone = Phone(context, other_clerk)

    await phone.opens(action, target, *args)

    assert phone.refused == "no_right"
    assert CUONG not in phone.text
    await phone.opens("people", committee)
    assert phone.refused == "no_right"


async def test_a_cut_or_forged_press_is_an_old_button(van: Phone, committee: int) -> None:
    for action, args in (("people", ()), ("people", ("x",)), ("people_one", ("-1",))):
        await van.opens(action, *args)
        assert van.refused == "old_button"
    await van.opens("people", committee, 999)
    assert van.refused is None


async def test_a_thousand_people_are_paged_and_found(context: Context, house: House) -> None:
    many = [member(f"Ủy viên {number:04d}") for number in range(1, 999)]
    founded = await house.found(founding((member(AN, "secretary"), *many, clerk())))
    await house.joins(VAN, CLERK)
    phone = Phone(context, CLERK)

    await phone.opens("people", founded.committee)
    assert "Trang 1/100." in phone.text
    seen = set(phone.buttons[:10])
    for _ in range(99):
        await phone.presses("Trang sau »")
        seen |= set(phone.buttons[:10])
    assert "Trang 100/100." in phone.text
    assert len(seen) == 1000
    await phone.presses("Trang sau »")
    assert "Trang 1/100." in phone.text

    await phone.presses("Tìm theo tên")
    await phone.types("uy 0777")
    assert phone.buttons[0] == "Ủy viên 0777"
    await phone.types("Uỷ viên")
    assert "Có 998 người khớp" in phone.text
    assert "10 người đầu" in phone.text


@pytest.mark.parametrize("query", ["trần thị bình", "TRAN BINH", "bình", "bi tr", "Trần  Bình"])
async def test_a_name_is_found_with_or_without_marks(
    van: Phone, committee: int, query: str
) -> None:
    await (await van.opens("people", committee)).presses("Tìm theo tên")
    await van.types(query)
    assert van.buttons[0] == BINH
    assert "Có 1 người khớp" in van.text


async def test_nobody_found_is_said_and_hostile_words_stay_words(
    van: Phone, committee: int
) -> None:
    await (await van.opens("people", committee)).presses("Tìm theo tên")
    await van.types("<b>{{7*7}}</b>")
    assert "Không có ai khớp với «&lt;b&gt;{{7*7}}&lt;/b&gt;»" in van.text
    await van.types("\u202e\0")
    assert van.refused == "text_empty"
    await van.types("ă" * 5000)
    assert van.refused == "text_too_long"
