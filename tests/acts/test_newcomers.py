from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.clock import MovableClock
from bot.db import people
from bot.db.outbox import claim, settle_sent
from bot.db.schema import outbox
from bot.kit.unit import Context
from bot.live import Post
from bot.people.joining import Joined
from bot.people.rules.founding import Newcomer, SeatWanted
from bot.people.rules.people import Role
from tests.acts.committees import (
    AN,
    BINH,
    CLERK,
    CUONG,
    CUONGS,
    DEPUTY,
    HEAD,
    HOUR,
    MAI,
    NEW_PHONE,
    VAN,
    House,
    clerk,
    founding,
    join,
    member,
)
from tests.acts.phone import DECISION, Phone, adds, confirms


async def test_somebody_new_is_added_by_buttons_and_joins_by_the_link(
    van: Phone, house: House, committee: int
) -> None:
    await adds(van, committee, MAI)

    assert van.toast == "Đã gửi đề nghị."
    assert f"Thêm <b>{MAI}</b> vào danh sách" in van.text
    added = await house.person(MAI, committee)
    assert added is not None
    [seat] = added.seats
    assert (seat.role, seat.body, seat.office) == (Role.MEMBER, "dang_doan", "member")
    assert not seat.full_time
    assert seat.place == 4
    token = await house.last_link(CLERK)
    joined = await join(house.context, NEW_PHONE, token, house.context.clock.now())
    assert isinstance(joined, Joined)
    assert (VAN, "person_added", f"person:{added.id}") in await house.acts(committee)


async def test_the_whole_roll_hears_of_somebody_new_at_once(
    van: Phone, house: House, committee: int
) -> None:
    await adds(van, committee, MAI)
    told = (await house.heard(DEPUTY))[-1]
    assert f"Đã thêm <b>{MAI}</b> vào danh sách: Ủy viên, Đảng đoàn (kiêm nhiệm)" in told
    assert "Quyết định số 12-QĐ/TU ngày 27/02/2026" in told
    assert f"Người đề nghị: đồng chí {VAN}" in told
    assert f"Người xác nhận: đồng chí {AN}" in told
    assert "hiện có 5 thành viên biểu quyết" in told


async def test_the_link_goes_to_who_asked_and_who_confirmed(
    van: Phone, house: House, committee: int
) -> None:
    await adds(van, committee, MAI)
    assert await house.last_link(CLERK) == await house.last_link(HEAD)
    assert not any("start=" in text for text in await house.heard(DEPUTY))


async def test_a_clerk_is_added_without_a_body(van: Phone, house: House, committee: int) -> None:
    await (await van.opens("people", committee)).presses("Thêm người")
    await van.types(MAI)
    await van.presses("Cán bộ văn phòng")
    await van.presses("Chưa có số quyết định")
    await van.presses("Gửi đề nghị")
    assert await house.person(MAI, committee) is None
    await confirms(van, HEAD)

    added = await house.person(MAI, committee)
    assert added is not None
    assert added.is_clerk


async def test_who_stands_on_no_roll_is_added_by_the_office_alone(
    van: Phone, house: House, committee: int
) -> None:
    await (await van.opens("people", committee)).presses("Thêm người")
    await van.types(MAI)
    await van.presses("Đại biểu mời")
    await van.presses("Thêm và cấp lời mời")
    assert van.toast == "Đã thêm; lời mời ở tin nhắn tiếp theo."
    added = await house.person(MAI, committee)
    assert added is not None
    await van.presses("Kết thúc tham gia")
    await van.presses("Ghi nhận kết thúc tham gia")
    assert await house.person(MAI, committee) is None


async def test_a_seat_on_the_roll_is_not_given_without_a_decision(
    van: Phone, committee: int
) -> None:
    await (await van.opens("people", committee)).presses("Thêm người")
    await van.types(MAI)
    for label in ("Thành viên biểu quyết", "Đảng đoàn", "Ủy viên", "Kiêm nhiệm"):
        await van.presses(label)
    assert "Chưa có số quyết định" not in van.buttons
    await van.opens("form_fill", 1, "decision", "")
    assert van.refused == "decision_needed"


async def test_an_agency_is_added_without_a_service_and_an_officer_for_all_bodies(
    context: Context, house: House
) -> None:
    officer = Newcomer(AN, Role.OFFICER, (SeatWanted("", "secretary"),))
    roster = (member("Sở Tài chính", "agency", "co_quan"), officer, clerk())
    founded = await house.found(founding(roster, regulation="hai_duong"))
    await house.joins(VAN, CLERK)
    await house.joins(AN, HEAD)
    phone = Phone(context, CLERK)

    await (await phone.opens("people", founded.committee)).presses("Thêm người")
    await phone.types("Sở Nội vụ")
    await phone.presses("Thành viên biểu quyết")
    await phone.presses(phone.buttons[0])
    await phone.presses("Cơ quan")
    await phone.presses("Chưa có số quyết định")
    await phone.presses("Gửi đề nghị")
    await confirms(phone, HEAD)
    added = await house.person("Sở Nội vụ", founded.committee)
    assert added is not None
    assert added.seats[0].office == "agency"

    await (await phone.opens("people", founded.committee)).presses("Thêm người")
    await phone.types("Tạ Văn Uy")
    await phone.presses("Người duyệt của cơ quan đề nghị")
    await phone.presses("Mọi tập thể được xin ý kiến")
    await phone.presses("Phó Bí thư")
    await phone.presses("Chuyên trách")
    await phone.types(DECISION)
    await phone.presses("Gửi đề nghị")
    await confirms(phone, HEAD)
    uy = await house.person("Tạ Văn Uy", founded.committee)
    assert uy is not None
    assert uy.officer_of("co_quan")
    await phone.opens("people_seat", uy.id, "")
    await phone.presses("Bí thư")
    await phone.types(DECISION)
    await confirms(phone, HEAD)
    uy = await house.person("Tạ Văn Uy", founded.committee)
    assert uy is not None
    assert uy.seats[0].office == "secretary"


async def test_a_form_left_unfinished_is_found_again_and_gone_back_in(
    van: Phone, committee: int
) -> None:
    await (await van.opens("people", committee)).presses("Thêm người")
    await van.types(MAI)
    await van.opens("people_add", committee)
    assert f"Họ và tên: <b>{MAI}</b>" in van.text
    assert "Đề nghị chọn vai trò" in van.text
    await van.presses("« Quay lại")
    assert "Đề nghị nhập họ và tên" in van.text
    await van.presses("Hủy bản nháp")
    await van.presses("Hủy bản nháp")
    assert "Danh sách không thay đổi" in van.text
    await van.opens("people_add", committee)
    assert MAI not in van.text


async def test_a_name_is_borne_by_one_person_only(van: Phone, committee: int) -> None:
    await (await van.opens("people", committee)).presses("Thêm người")
    await van.types(BINH.upper())
    assert van.refused == "name_taken"
    await van.types("   ")
    assert van.refused == "text_empty"
    await van.types("ă" * 101)
    assert van.refused == "text_too_long"


async def test_two_names_typed_at_once_make_nobody(van: Phone, committee: int) -> None:
    await (await van.opens("people", committee)).presses("Thêm người")
    await van.types(f"{MAI}\nĐặng Văn Long")
    assert van.refused == "one_name"
    assert "có 2 dòng" in van.text
    await van.types(f"\n{MAI}\n")
    assert f"Họ và tên: <b>{MAI}</b>" in van.text


async def test_an_answer_to_another_question_is_stale(van: Phone, committee: int) -> None:
    await (await van.opens("people", committee)).presses("Thêm người")
    for field, value in (("role", "member"), ("office", "member"), ("name", "x")):
        await van.opens("form_fill", 1, field, value)
        assert van.refused == "stale_question"
        assert van.toast == "Đề nghị xem tin bên dưới."  # nothing is forbidden: the screen is old
    await van.opens("form_send", 1)
    assert van.refused == "form_incomplete"
    await van.opens("form_send", 99)  # no form of any kind
    assert van.refused == "draft_gone"


async def test_typing_where_a_button_is_asked_for_is_told(van: Phone, committee: int) -> None:
    await (await van.opens("people", committee)).presses("Thêm người")
    await van.types(MAI)
    await van.types("ủy viên")
    assert van.refused == "press_a_button"


async def test_a_second_press_adds_nobody_twice(van: Phone, house: House, committee: int) -> None:
    await adds(van, committee, MAI)
    await van.opens("form_send", 1)
    assert van.refused == "stale_question"
    async with house.context.look() as work:
        everybody = await people.of_committee(work.tx, committee)
    assert sum(p.name == MAI for p in everybody) == 1


async def test_a_reissued_invitation_opens_and_the_old_one_does_not(
    van: Phone, house: House, committee: int, clock: MovableClock
) -> None:
    clock.advance(80 * HOUR)
    await (await van.opens("people", committee)).presses(CUONG)
    assert "lời mời đã hết hạn" in van.text
    await van.presses("Cấp lại lời mời")
    assert "lời mời có giá trị đến" in van.text
    assert "còn 3 ngày" in van.text

    token = await house.last_link(CLERK)
    old = await join(house.context, CUONGS, house.tokens[CUONG], clock.now())
    assert not isinstance(old, Joined)
    assert isinstance(await join(house.context, CUONGS, token, clock.now()), Joined)


async def test_who_has_joined_needs_no_invitation(van: Phone, house: House, committee: int) -> None:
    await van.opens("people_invite", house.ids[BINH])
    assert van.refused == "joined_already"


async def test_the_link_stands_in_the_messages_to_clerk_and_head_only(
    van: Phone, house: House, committee: int
) -> None:
    await van.opens("people_invite", house.ids[CUONG])
    token = await house.last_link(CLERK)
    async with house.context.look() as work:
        rows = (await work.tx.execute(select(outbox.c.kind, outbox.c.text, outbox.c.key))).all()
    assert [row.kind for row in rows if token in row.text] == ["invitation", "invitation"]
    assert token == await house.last_link(HEAD)
    assert all(token not in row.key for row in rows)
    assert token not in van.text


@pytest.mark.parametrize("arrives", [True, False])
async def test_a_link_that_was_sent_is_kept_nowhere(
    van: Phone, house: House, committee: int, *, arrives: bool
) -> None:
    await van.opens("people_invite", house.ids[CUONG])
    token = await house.last_link(CLERK)
    async with house.context.work() as work:
        sent = []
        while claimed := await claim(work.tx, work.now, 100):  # one of a chat at a time
            for row in claimed:
                if row.kind == "invitation":
                    sent.append(row)
                else:
                    await settle_sent(work.tx, row.id, 7, work.now)
        assert [token in row.text for row in sent] == [True, True]
        post = Post(house.context)
        for row in sent:
            if arrives:
                await post.settled(work.tx, row, 7, work.now)
            else:
                await post.unreachable(work.tx, row, "blocked", work.now)

    told = (*await house.heard(CLERK), *await house.heard(HEAD))
    assert not any(token in text for text in told)


async def test_one_answer_is_taken_up_again_and_the_others_stay_as_far_as_they_fit(
    van: Phone, house: House, committee: int
) -> None:
    await (await van.opens("people", committee)).presses("Thêm người")
    await van.types("Đỗ Thị Mài")
    await van.presses("Thành viên biểu quyết")
    await van.presses("Đảng đoàn")
    await van.presses("Ủy viên")
    await van.presses("Kiêm nhiệm")
    await van.types(DECISION)
    await van.presses("Sửa họ tên")
    await van.types(MAI)
    assert "Vị trí: Ủy viên, Đảng đoàn (kiêm nhiệm)" in van.text
    await van.presses("Sửa vai trò")
    await van.presses("Thành viên biểu quyết")
    assert "Vị trí: Ủy viên, Đảng đoàn (kiêm nhiệm)" in van.text
    await van.presses("Sửa vai trò")
    await van.presses("Cán bộ văn phòng")
    assert "Vị trí: cán bộ văn phòng" in van.text
    assert "Sửa tập thể" not in van.buttons
    await van.presses("Gửi đề nghị")
    await confirms(van, HEAD)
    added = await house.person(MAI, committee)
    assert added is not None
    assert [(seat.role, seat.body) for seat in added.seats] == [(Role.CLERK, "")]
