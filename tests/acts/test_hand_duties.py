from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.clock import MovableClock
from bot.kit.unit import Context
from bot.reports import store as reports
from bot.reports.rules.report import Report
from bot.values.moments import VIET_NAM
from tests.acts.committees import AN, BINH, DEPUTY, HEAD, STRANGER, VAN, House
from tests.acts.phone import Phone
from tests.registers import broken_lines

WHAT = "Tình hình khắc phục mưa lũ"


async def asked_who(van: Phone, committee: int) -> None:
    await van.opens("rboard", committee)
    await van.presses("Thêm báo cáo đột xuất")
    await van.presses("Việc khác, ngoài các điều trên")
    await van.types(WHAT)


async def asked_when(van: Phone, committee: int) -> None:
    await asked_who(van, committee)
    await van.presses("– Trần Thị Bình")
    await van.presses("Tiếp tục (đã chọn 1)")
    await van.types("Văn phòng Đảng đoàn")


async def asked_for(van: Phone, committee: int, when: str = "11/3") -> None:
    await asked_when(van, committee)
    await van.types(when)
    await van.presses("Không ghi thêm")
    await van.presses("Giao và báo ngay (1)")


async def made(house: House, committee: int) -> list[Report]:
    async with house.context.look() as work:
        every = await reports.of_committee(work.tx, committee)
    return [each for each in every if each.hand_id is not None]


async def test_what_is_asked_for_is_owed_and_told_at_once(
    van: Phone, house: House, committee: int
) -> None:
    await asked_for(van, committee)
    assert "ĐÃ GIAO BÁO CÁO ĐỘT XUẤT" in van.text
    [report] = await made(house, committee)
    assert (report.duty, report.period, report.debtor_name) == ("DX-1", "2026-03-11", BINH)
    assert (report.due_on, report.due_at, report.article) == (date(2026, 3, 11), None, "")
    told = [text for text in await house.heard(DEPUTY) if "BÁO CÁO ĐỘT XUẤT" in text]
    assert len(told) == 1
    assert "Gửi về: Văn phòng Đảng đoàn." in told[0]
    assert "Điều" not in told[0]
    assert (VAN, "add_duty", "hand_duty:1") in await house.acts(committee)


async def test_an_hour_that_is_said_is_the_last_moment(
    van: Phone, house: House, committee: int
) -> None:
    await asked_for(van, committee, "10 giờ ngày 11/3")
    [report] = await made(house, committee)
    assert report.due_at == datetime(2026, 3, 11, 10, tzinfo=VIET_NAM)


@pytest.mark.parametrize("when", ["17 giờ ngày 11/3", "17:00 11/3/2026"])
async def test_an_hour_that_ends_the_day_is_an_hour_too(
    van: Phone, house: House, committee: int, when: str
) -> None:
    await asked_for(van, committee, when)
    [report] = await made(house, committee)
    assert report.due_at == datetime(2026, 3, 11, 17, tzinfo=VIET_NAM)


@pytest.mark.parametrize(
    ("when", "refused"),
    [
        ("27/02/2026", "moment_past"),
        ("7 giờ hôm nay", "moment_past"),
        ("31/2", "moment_impossible"),
        ("khi nào xong", "moment_unreadable"),
    ],
)
async def test_a_day_that_cannot_be_is_refused(
    van: Phone, house: House, committee: int, when: str, refused: str
) -> None:
    await asked_when(van, committee)
    await van.types(when)
    assert van.refused == refused
    assert await made(house, committee) == []


async def test_nobody_ticked_is_nobody_to_ask(van: Phone, committee: int) -> None:
    await asked_who(van, committee)
    await van.presses("– Trần Thị Bình")
    await van.presses("Bỏ chọn hết")
    await van.opens("form_fill", 1, "ticked", "yes")
    assert van.refused == "hand_nobody"
    await van.opens("rhand_tick", 1, "p.999")
    assert van.refused == "stale_question"


async def test_a_duty_of_the_rule_book_is_cited_and_its_debtors_are_ticked(
    van: Phone, house: House, committee: int
) -> None:
    await van.opens("rhand", committee)
    await van.presses("Truyền đạt nội dung cơ bản sau mỗi kỳ họp Tỉnh ủy")
    assert "√ Bí thư" in van.buttons
    await van.presses("Tiếp tục (đã chọn 1)")
    await van.types("11/3")
    await van.presses("Không ghi thêm")
    await van.presses("Giao và báo ngay (1)")
    [report] = await made(house, committee)
    assert (report.duty, report.article, report.debtor_name) == ("QN-R5", "4.6", "Bí thư")
    assert [text for text in await house.heard(HEAD) if "Điều 4.6 Quy chế" in text]


async def test_the_notice_of_a_session_fulfils_what_was_asked_for(
    van: Phone, context: Context, house: House, committee: int
) -> None:
    await test_a_duty_of_the_rule_book_is_cited_and_its_debtors_are_ticked(van, house, committee)
    [report] = await made(house, committee)
    head = Phone(context, HEAD)
    await head.opens("report", report.id)
    await head.presses("Gửi thành thông báo")
    await head.types("Nội dung cơ bản kỳ họp Tỉnh ủy")
    await head.types("Các đồng chí quán triệt.")
    await head.presses("Không thuộc bí mật nhà nước")
    await head.presses("Gửi đến 3 nơi nhận")
    [report] = await made(house, committee)
    assert report.delivered is not None
    assert report.delivered.by == house.ids[AN]


async def test_the_same_asked_for_twice_for_one_day_is_two_occasions(
    van: Phone, house: House, committee: int
) -> None:
    for _ in range(2):
        await van.opens("rhand", committee)
        await van.presses("Truyền đạt nội dung cơ bản sau mỗi kỳ họp Tỉnh ủy")
        await van.presses("Tiếp tục (đã chọn 1)")
        await van.types("11/3")
        await van.presses("Không ghi thêm")
        await van.presses("Giao và báo ngay (1)")
    periods = [report.period for report in await made(house, committee)]
    assert periods == ["2026-03-11", "2026-03-11-2"]


async def test_it_is_taken_back_after_one_more_question(
    van: Phone, house: House, committee: int
) -> None:
    await asked_for(van, committee)
    await van.presses("Tình hình cả kỳ")
    await van.presses("Rút báo cáo này")
    assert "1 đơn vị, cá nhân chưa gửi không phải gửi nữa" in van.text
    [report] = await made(house, committee)
    assert report.is_open
    await van.presses("Xác nhận rút")
    assert "được miễn 1" in van.text
    assert [text for text in await house.heard(DEPUTY) if "KHÔNG PHẢI GỬI BÁO CÁO NỮA" in text]
    await van.opens("rhand_end", report.id, "yes")
    assert van.refused == "hand_withdrawn"


async def test_what_the_rule_book_asks_for_cannot_be_taken_back(
    van: Phone, house: House, committee: int
) -> None:
    async with house.context.look() as work:
        usual = await reports.of_committee(work.tx, committee)
    await van.opens("rhand_end", usual[0].id, "yes")
    assert van.refused == "hand_by_rule"


async def test_the_head_may_ask_and_a_member_may_not(context: Context, committee: int) -> None:
    head = Phone(context, HEAD)
    await head.opens("rhand", committee)
    assert "THÊM BÁO CÁO ĐỘT XUẤT" in head.text
    for account in (DEPUTY, STRANGER):
        phone = Phone(context, account)
        await phone.opens("rhand", committee)
        assert phone.refused == "no_right"
        await phone.opens("form_show", 1)
        assert phone.refused == "no_right"


async def test_a_form_can_be_gone_back_in_and_dropped(
    van: Phone, house: House, committee: int
) -> None:
    await asked_when(van, committee)
    await van.presses("« Quay lại")
    assert "Nơi nhận báo cáo" in van.text
    await van.presses("« Quay lại")
    assert "<b>Đơn vị, cá nhân báo cáo</b>" in van.text
    assert "√ Trần Thị Bình" in van.buttons
    await van.presses("Hủy bản nháp")
    await van.presses("Hủy bản nháp")
    assert await made(house, committee) == []


async def test_any_question_can_be_taken_up_again_from_the_preview(
    van: Phone, house: House, committee: int
) -> None:
    await asked_when(van, committee)
    await van.types("11/3")
    await van.presses("Không ghi thêm")
    await van.presses("Sửa hạn gửi")
    assert "<b>Hạn gửi</b>" in van.text
    await van.types("12/3")
    assert "Hạn gửi: hết ngày 12/3/2026 (thứ Năm)." in van.text
    await van.presses("Sửa đơn vị, cá nhân báo cáo")
    assert "√ Trần Thị Bình" in van.buttons
    await van.presses("√ Trần Thị Bình")
    await van.presses("– Hoàng Văn Dũng")
    await van.presses("Tiếp tục (đã chọn 1)")
    await van.presses("Giao và báo ngay (1)")
    [report] = await made(house, committee)
    assert (report.debtor_name, report.due_on) == ("Hoàng Văn Dũng", date(2026, 3, 12))


async def test_a_page_of_names_past_the_end_is_the_last(van: Phone, committee: int) -> None:
    await asked_who(van, committee)
    first = van.buttons
    await van.opens("form_show", 1, 99)
    assert van.refused is None
    assert van.buttons == first


async def test_marks_of_secrecy_and_strange_words(van: Phone, committee: int) -> None:
    await van.opens("rhand", committee)
    await van.presses("Việc khác, ngoài các điều trên")
    await van.types("TỐI MẬT: phương án bảo vệ")
    assert van.refused == "secret"
    await van.types("<b>{{7*7}}</b>\u202e")
    assert "<b>&lt;b&gt;{{7*7}}&lt;/b&gt;</b>" in van.text


async def test_a_moment_that_passes_while_the_form_lies_is_refused(
    van: Phone, house: House, clock: MovableClock, committee: int
) -> None:
    await asked_when(van, committee)
    await van.types("10 giờ hôm nay")
    await van.presses("Không ghi thêm")
    clock.move_to(datetime(2026, 3, 2, 10, 30, tzinfo=VIET_NAM))
    await van.presses("Giao và báo ngay (1)")
    assert van.refused == "moment_past"
    assert await made(house, committee) == []


async def test_the_register_holds(van: Phone, house: House, committee: int) -> None:
    await asked_for(van, committee)
    async with house.context.look() as work:
        assert await broken_lines(work.tx, committee) == []
