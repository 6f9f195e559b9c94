"""A whole meeting on the page of phones, by its buttons alone: from the call to the conclusions."""

import pytest
from playwright.async_api import Browser, expect

from simulator.demos import Tale
from tests.journeys.hands import Phones, phones

pytestmark = pytest.mark.browser

CLERK, HEAD, BINH, KHANH = "Phạm Thị Vân", "Nguyễn Đức An", "Trần Thị Bình", "Lê Quốc Khánh"
DUNG, GIANG, HA, CUONG = "Hoàng Thị Dung", "Vũ Minh Giang", "Đặng Thu Hà", "Bùi Quang Cường"
PROGRAMME, PERSONNEL = "Chương trình công tác quý II/2026", "Giới thiệu nhân sự Chủ tịch Hội"
REASON = "Đi công tác theo giấy triệu tập."


async def call(desk: Phones) -> None:
    """What a clerk does, question by question."""
    await desk.home(CLERK)
    await desk.press(CLERK, "Mời họp")
    await desk.press(CLERK, "Họp thường kỳ")
    await desk.sees(CLERK, "Thời gian họp", "ít nhất 1 ngày")
    await desk.press(CLERK, "12/3, thứ Năm, 08 giờ")
    await desk.write(CLERK, "Phòng họp tầng 2")
    await desk.sees(CLERK, "Chương trình họp")
    await desk.write(CLERK, f"{PROGRAMME}\n{PERSONNEL}")
    await desk.press(CLERK, f"2. {PERSONNEL}")
    await desk.press(CLERK, "Loại nội dung")
    await desk.press(CLERK, "Công tác cán bộ")
    await desk.press(CLERK, "Trở về chương trình")
    await desk.press(CLERK, "Xong chương trình")
    await desk.press(CLERK, "Không mời thêm")
    await desk.press(CLERK, "Không thuộc bí mật nhà nước")
    await desk.sees(CLERK, "KIỂM TRA TRƯỚC KHI TRÌNH DUYỆT", PROGRAMME, PERSONNEL)
    await desk.press(CLERK, "Trình duyệt")


async def answer(desk: Phones) -> None:
    """The head calls the meeting; six come, one asks to be absent and the head consents."""
    await desk.press(HEAD, "Duyệt và gửi giấy mời")
    await desk.sees(HEAD, "GIẤY MỜI HỌP", "Đã ghi nhận: đồng chí dự họp")
    for name in (BINH, KHANH, DUNG, GIANG, HA):
        await desk.press(name, "Dự họp")
        await desk.sees(name, "GIẤY MỜI HỌP", "Đã ghi nhận: đồng chí dự họp")
    await desk.press(CUONG, "Xin vắng")
    await desk.write(CUONG, REASON)
    await desk.sees(HEAD, "XIN VẮNG HỌP", CUONG, REASON, "Điều 3.5")
    await desk.press(HEAD, "Đồng ý cho vắng")
    await desk.sees(CUONG, "ĐỒNG Ý CHO VẮNG", "đã được đồng chí Nguyễn Đức An đồng ý")
    await desk.press(CLERK, "Xem cuộc họp")
    await desk.sees(CLERK, "Theo trả lời, đủ điều kiện họp: 6 đồng chí dự")


async def gather(desk: Phones) -> None:
    """On the day they check in, one by the clerk's hand, and the head opens."""
    for name in (HEAD, BINH, KHANH, DUNG, HA):
        await desk.press(name, "Có mặt")
    await desk.press(CLERK, "Điểm danh giúp")
    await desk.press(CLERK, GIANG)
    await desk.sees(GIANG, "ĐIỂM DANH", "đã ghi nhận đồng chí có mặt")
    await desk.press(HEAD, "Khai mạc")
    await desk.press(HEAD, "Khai mạc ngay")
    await desk.sees(HEAD, "Đang họp, có mặt 6/7 đồng chí: đủ điều kiện biểu quyết")


async def vote_openly(desk: Phones) -> None:
    """Four approve, one differs, the head last of all; before the close only the number is shown."""
    await desk.press(HEAD, "Nội dung và kết luận")
    await desk.press(HEAD, f"1. {PROGRAMME}")
    await desk.press(HEAD, "Lấy biểu quyết")
    await desk.press(HEAD, "Biểu quyết công khai")
    for name in (BINH, KHANH, DUNG, GIANG):
        await desk.press(name, "Tán thành")
    await desk.press(HA, "Ý kiến khác")
    await desk.write(HA, "Đề nghị lùi một tuần.")
    await desk.sees(HEAD, "Đã biểu quyết: 5/6 đồng chí có mặt")
    await desk.press(HEAD, "Tán thành")
    await desk.press(HEAD, "Kết thúc biểu quyết")
    for name in (BINH, CUONG):
        await desk.sees(name, "KẾT QUẢ BIỂU QUYẾT", "Thông qua. Số cần đạt: 5/7", "Tán thành: 5/7")


async def put_to_secret_vote(desk: Phones) -> None:
    await desk.press(HEAD, "Nội dung và kết luận")
    await desk.press(HEAD, f"2. {PERSONNEL}")
    await desk.press(HEAD, "Lấy biểu quyết")
    await desk.sees(HEAD, "LẤY BIỂU QUYẾT", "phải biểu quyết bằng phiếu kín (Điều 8.2.2)")
    await desk.press(HEAD, "Bỏ phiếu kín")


async def vote_in_secret(desk: Phones) -> None:
    """Six cast, each after a confirmation; afterwards no card shows a choice."""
    for name in (HEAD, BINH, KHANH, DUNG, GIANG, HA):
        await desk.sees(name, "LẤY PHIẾU KÍN", "Lưu ý: khi chọn, Telegram")
        await desk.press(name, "Không tán thành" if name == KHANH else "Tán thành")
        await desk.sees(name, "Phiếu của đồng chí", "Chưa có gì được ghi nhận")
        await desk.press(name, "Xác nhận bỏ phiếu")
        await desk.sees(name, "LẤY PHIẾU KÍN", "Đồng chí đã bỏ phiếu kín")
    shown = await desk.phone(KHANH).locator('[data-side="bot"]').filter(has_text="KÍN").all()
    assert "Không tán thành" not in await shown[-1].inner_text()
    await desk.press(HEAD, "Kết thúc biểu quyết")
    for name in (BINH, KHANH, CUONG):
        await desk.sees(
            name, "KẾT QUẢ LẤY PHIẾU KÍN", "Thông qua. Số cần đạt: 5/7", "Tán thành: 5/7"
        )


async def conclude(desk: Phones) -> None:
    await desk.press(CLERK, "Nội dung và kết luận")
    await desk.press(CLERK, f"1. {PROGRAMME}")
    await desk.press(CLERK, "Thông qua")
    await desk.write(CLERK, "Giao đồng chí Trần Thị Bình hoàn thiện.")
    await desk.sees(CLERK, "NỘI DUNG VÀ KẾT LUẬN", "Giao đồng chí Trần Thị Bình hoàn thiện.")
    await desk.press(HEAD, "Kết thúc cuộc họp")
    await desk.sees(HEAD, "KẾT THÚC CUỘC HỌP?", "thông qua (tán thành 5/7, cần 5/7")
    await desk.press(HEAD, "Xác nhận kết thúc")
    for name in (BINH, CUONG):
        await desk.sees(
            name, "KẾT LUẬN CUỘC HỌP", f"1. {PROGRAMME}: thông qua", "Dự họp: 6/7 đồng chí"
        )


async def test_from_the_clerks_form_to_the_conclusions_on_every_phone(browser: Browser) -> None:
    async with phones(browser, width=1440, height=900, opened=False, tale=Tale.MEETING) as desk:
        await call(desk)
        await desk.sees(HEAD, "TRÌNH DUYỆT CUỘC HỌP", PERSONNEL)
        await answer(desk)
        await desk.to_next_due("07 giờ 30, thứ Năm, 12/03/2026")
        await gather(desk)
        await vote_openly(desk)
        await desk.press(HEAD, "Về cuộc họp")
        await put_to_secret_vote(desk)
        await vote_in_secret(desk)
        await conclude(desk)
        told = desk.page.locator("#told")
        await expect(told).to_contain_text("opened a secret ballot")
        await expect(told).not_to_contain_text(f'{KHANH} voted on "{PERSONNEL}"')


async def test_on_one_phones_width_a_member_answers_and_checks_in(browser: Browser) -> None:
    async with phones(browser, width=390, height=844, opened=True, tale=Tale.MEETING) as desk:
        await desk.sees(KHANH, "GIẤY MỜI HỌP", "Phòng họp tầng 2", "nội dung họp riêng")
        await desk.press(KHANH, "Dự họp")
        await desk.sees(KHANH, "GIẤY MỜI HỌP", "Đã ghi nhận: đồng chí dự họp")
        await desk.press(HEAD, "Đồng ý cho vắng")
        await desk.sees(CUONG, "ĐỒNG Ý CHO VẮNG", "Điều 3.5")
        await desk.to_next_due("08 giờ 00, thứ Tư, 11/03/2026")
        await desk.sees(GIANG, "NHẮC TRẢ LỜI GIẤY MỜI HỌP")
        await expect(desk.phone(KHANH).get_by_text("NHẮC TRẢ LỜI")).to_have_count(0)
        await desk.to_next_due("20 giờ 30, thứ Tư, 11/03/2026")
        await desk.to_next_due("07 giờ 30, thứ Năm, 12/03/2026")
        await desk.press(KHANH, "Có mặt")
        await desk.sees(KHANH, "GIẤY MỜI HỌP", "Đã điểm danh: đồng chí có mặt")
        assert await desk.page.evaluate("document.documentElement.scrollWidth") == 390
