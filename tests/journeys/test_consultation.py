"""A whole consultation on the page of phones, by its buttons alone: launched, approved, answered, closed, explained."""

import pytest
from playwright.async_api import Browser, expect

from tests.journeys.hands import Phones, phones

pytestmark = pytest.mark.browser

CLERK, HEAD = "Phạm Thị Vân", "Nguyễn Đức An"
BINH, KHANH, DUNG, GIANG = "Trần Thị Bình", "Lê Quốc Khánh", "Hoàng Thị Dung", "Vũ Minh Giang"
SUBJECT = "Kế hoạch hội thảo chuyên đề"
WORDS = "Đề nghị lùi hội thảo sang tháng 5."


async def launch(desk: Phones, *, submitting: bool = True) -> None:
    """What a clerk does, question by question."""
    phone = await desk.take_up(CLERK)
    await phone.locator('[data-opens="commands"]').click()
    await phone.locator('[data-command="start"]').click()
    await desk.press(CLERK, "Lập phiếu xin ý kiến")
    await desk.press(CLERK, "Cần thiết, đột xuất")
    await desk.press(CLERK, "Nội dung chung")
    await desk.sees(CLERK, "Tên nội dung xin ý kiến")
    await desk.write(CLERK, SUBJECT)
    await desk.sees(CLERK, "Nội dung, tài liệu xin ý kiến")
    await desk.write(CLERK, "Dự kiến tổ chức ngày 20/4 tại hội trường A.")
    await desk.press(CLERK, "05/3, thứ Năm, 17 giờ")
    await desk.press(CLERK, "Không thuộc bí mật nhà nước")
    await desk.sees(CLERK, "KIỂM TRA TRƯỚC KHI TRÌNH DUYỆT", SUBJECT, "thứ Năm, 05/03/2026")
    if submitting:
        await desk.press(CLERK, "Trình duyệt")


async def test_from_the_clerks_form_to_the_result_on_every_phone(browser: Browser) -> None:
    async with phones(browser, width=1440, height=900, opened=False) as desk:
        await launch(desk)
        await desk.sees(HEAD, "TRÌNH DUYỆT PHIẾU XIN Ý KIẾN", SUBJECT)
        await desk.press(HEAD, "Duyệt và gửi")
        await desk.sees(CLERK, "THEO DÕI", "Chưa nhận được (1)", KHANH)

        await desk.press(HEAD, "Tán thành")
        await desk.press(BINH, "Tán thành")
        await desk.sees(BINH, "XIN Ý KIẾN", "Ý kiến đã ghi nhận: Tán thành")
        await desk.press(DUNG, "Không tán thành")
        await desk.sees(DUNG, "KHÔNG TÁN THÀNH", "lý do không tán thành")
        await desk.write(DUNG, WORDS)
        await desk.sees(DUNG, "XIN Ý KIẾN", "Ý kiến đã ghi nhận: Không tán thành", WORDS)
        await desk.sees(CLERK, "THEO DÕI", "Đã trả lời (3)")
        await expect(desk.phone(CLERK).get_by_text(WORDS)).to_have_count(0)

        # On the way to the deadline lies the month's note of the register's head.
        await desk.to_next_due("08 giờ 00, thứ Hai, 02/03/2026")
        await desk.sees(CLERK, "MÃ ĐỐI CHIẾU SỔ THEO DÕI")
        await desk.to_next_due("08 giờ 00, thứ Tư, 04/03/2026")
        await desk.sees(GIANG, "NHẮC TRẢ LỜI", "được xem là đồng ý")
        await expect(desk.phone(BINH).get_by_text("NHẮC TRẢ LỜI")).to_have_count(0)
        await desk.to_next_due("14 giờ 00, thứ Năm, 05/03/2026")
        await desk.to_next_due("17 giờ 00, thứ Năm, 05/03/2026")

        for name in (CLERK, HEAD, BINH, DUNG, GIANG):
            await desk.sees(
                name,
                "KẾT QUẢ",
                "Thông qua. Số cần đạt: 5/7",
                "3 được xem là đồng ý do quá hạn trả lời (Điều 8.2.1)",
                "Không tán thành: 1. Chưa nhận được: 1.",
            )
        await desk.sees(HEAD, "KẾT QUẢ", "Từng đồng chí", WORDS)
        asked, told = (desk.page.locator("#told li").nth(place) for place in (0, 1))
        await expect(asked).to_contain_text("concerns the agency's tasks")
        await expect(told).to_contain_text("Needed 5 of 7 (at least 2/3 of the whole roll)")
        await expect(told).to_contain_text("Điều 8.2.1, 8.2.2 Quy chế")

        await desk.press(CLERK, "Văn bản")
        await desk.press(CLERK, "Biên bản kiểm phiếu")
        await desk.phone(CLERK).locator(".attachment a").last.click()
        paper = desk.page.locator("#paper[data-shown]")
        await expect(paper.get_by_text("Số cần đạt: 5/7", exact=False)).to_be_visible()
        await expect(paper).to_contain_text("Biên bản kiểm phiếu")


async def test_on_one_phones_width_a_member_joins_answers_and_sees_the_result(
    browser: Browser,
) -> None:
    async with phones(browser, width=390, height=844, opened=True) as desk:
        phone = await desk.take_up(KHANH)
        await phone.locator("[data-start]").click()
        await desk.sees(KHANH, "XIN Ý KIẾN BẰNG VĂN BẢN", "Quá hạn mà chưa trả lời")
        await desk.press(KHANH, "Tán thành, có góp ý")
        await desk.sees(KHANH, "TÁN THÀNH, CÓ GÓP Ý", "nêu góp ý")
        await desk.write(KHANH, "Đề nghị thêm một đơn vị khảo sát.")
        await desk.sees(KHANH, "XIN Ý KIẾN", "Ý kiến đã ghi nhận: Tán thành, có góp ý")
        assert await desk.page.evaluate("document.documentElement.scrollWidth") == 390
        for shown in (
            "08 giờ 00, thứ Tư, 04/03/2026",
            "14 giờ 00, thứ Năm, 05/03/2026",
            "17 giờ 00, thứ Năm, 05/03/2026",
        ):
            await desk.to_next_due(shown)
        await desk.sees(KHANH, "KẾT QUẢ", "Thông qua. Số cần đạt: 5/7", "Đạt 7/7")
        await desk.sees(HEAD, "KẾT QUẢ", "Từng đồng chí")


async def test_the_narrator_says_when_a_phone_blocks_the_bot_and_lets_it_in_again(
    browser: Browser,
) -> None:
    async with phones(browser, width=1440, height=900, opened=True) as desk:
        phone = await desk.take_up(BINH)
        await phone.locator('[data-opens="phone-menu"]').click()
        await phone.locator("[data-block]").click()
        await expect(phone.locator("[data-say]")).to_be_hidden()
        await expect(desk.page.locator("#told")).to_contain_text(f"{BINH} blocked the bot.")
        await phone.locator("[data-unblock-bar]").click()
        await expect(desk.page.locator("#told")).to_contain_text(f"{BINH} unblocked the bot")
