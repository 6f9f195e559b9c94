"""A report delivered and seen on the board, on the page of phones, by its buttons alone."""

import pytest
from playwright.async_api import Browser, FilePayload, expect

from simulator.demos import Tale
from tests.journeys.hands import Phones, phones

pytestmark = pytest.mark.browser

CLERK, HEAD, BINH, GIANG = "Phạm Thị Vân", "Nguyễn Đức An", "Trần Thị Bình", "Vũ Minh Giang"
DUTY = "Kết quả thực hiện nhiệm vụ ở lĩnh vực được phân công"


async def send_file(desk: Phones, name: str, file: str, content: bytes) -> None:
    phone = await desk.take_up(name)
    kept = FilePayload(name=file, mimeType="application/octet-stream", buffer=content)
    await phone.locator("[data-file][type=file]").set_input_files(files=kept)


async def test_a_report_is_delivered_with_its_file_and_stands_on_the_board(
    browser: Browser,
) -> None:
    async with phones(browser, width=1440, height=900, opened=True, tale=Tale.REPORTS) as desk:
        await desk.sees(BINH, "NHẮC BÁO CÁO", "quý I/2026", "Điều 3.7 Quy chế")
        await desk.press(BINH, "Đã gửi")
        await send_file(desk, BINH, "Báo cáo quý I.docx", b"noi dung")
        await desk.sees(BINH, "GHI NHẬN VIỆC GỬI BÁO CÁO", "quý I/2026")

        await desk.press(GIANG, "Xin gia hạn")
        await desk.write(GIANG, "3/4")
        await desk.sees(CLERK, "ĐỀ NGHỊ GIA HẠN BÁO CÁO", GIANG, "03/4/2026")
        await desk.press(CLERK, "Đồng ý đến 03/4/2026")

        await desk.home(CLERK)
        await desk.press(CLERK, "Việc khác")
        await desk.press(CLERK, "Bảng báo cáo")
        await desk.sees(CLERK, "BẢNG BÁO CÁO NĂM 2026", DUTY)
        await desk.press(CLERK, DUTY)
        await desk.press(CLERK, "Quý I/2026")
        await desk.sees(CLERK, f"{BINH}: đúng hạn", f"{GIANG}: chưa đến hạn")
        await desk.press(CLERK, "Tải các báo cáo của kỳ (.zip)")
        await expect(
            desk.phone(CLERK).get_by_text(
                "Kết quả thực hiện nhiệm vụ ở lĩnh vực được phân, quý I-2026.zip"
            )
        ).to_be_visible()
        await expect(desk.phone(GIANG).get_by_text("BẢNG BÁO CÁO")).to_have_count(0)


async def test_a_notice_is_sent_acknowledged_and_followed(browser: Browser) -> None:
    async with phones(browser, width=1440, height=900, opened=True, tale=Tale.REPORTS) as desk:
        await desk.home(HEAD)
        await desk.press(HEAD, "Việc khác")
        await desk.press(HEAD, "Thông báo")
        await desk.press(HEAD, "Gửi thông báo")
        await desk.press(HEAD, "Truyền đạt nội dung cơ bản sau mỗi kỳ họp Tỉnh ủy")
        await desk.write(HEAD, "Nội dung cơ bản kỳ họp Tỉnh ủy tháng 3")
        await desk.sees(HEAD, "Nội dung, tài liệu thông báo")
        await desk.write(HEAD, "Các đồng chí quán triệt trong lĩnh vực phụ trách.")
        await desk.press(HEAD, "Không thuộc bí mật nhà nước")
        await desk.press(HEAD, "Gửi đến 2 nơi nhận")
        await desk.press(BINH, "Đã nhận")
        await desk.sees(BINH, "THÔNG BÁO", "Điều 4.6 Quy chế", "Đã xác nhận nhận được")
        await desk.sees(HEAD, "THÔNG BÁO ĐÃ GỬI", "Đã xác nhận: 1/2 đồng chí")
        await desk.sees(CLERK, "THÔNG BÁO ĐÃ GỬI", "Đã xác nhận: 1/2 đồng chí", GIANG)
