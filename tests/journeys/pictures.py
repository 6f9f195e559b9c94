"""Takes the pictures of the documentation, of phones and of papers: `make pictures`. No test lives here."""

import asyncio
import os
import shutil
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot import logs
from bot.sheets.drawing import draw
from bot.sheets.picture import pages_of
from simulator.demos import Tale
from tests.conftest import BROWSERS, QUIET
from tests.journeys.hands import Phones, phones
from tests.journeys.test_consultation import BINH, CLERK, HEAD, launch
from tests.journeys.test_meeting import answer, call, gather, put_to_secret_vote
from tests.papers.pages import keep_pages
from tests.rendering.scenes import SAY
from tests.rendering.years import FULL

PLACE = Path(__file__).parents[2] / "docs" / "pictures"
LARGEST = 300_000
"""Bytes of a picture."""
MOMENTS = (
    "08 giờ 00, thứ Hai, 02/03/2026",  # the month's note of the register's head
    "08 giờ 00, thứ Tư, 04/03/2026",
    "14 giờ 00, thứ Năm, 05/03/2026",
    "17 giờ 00, thứ Năm, 05/03/2026",
)


async def stand(desk: Phones, name: str, words: str) -> None:
    """Have this phone stand at its newest card with such words, with nothing that passes by."""
    phone = desk.phone(name)
    card = phone.locator('[data-side="bot"]').filter(has_text=words).last
    await card.evaluate("card => card.scrollIntoView({ block: 'start' })")
    await expect(phone.locator(".toast")).to_be_empty(timeout=10_000)


async def keep(shown: Page | Locator, name: str) -> None:
    path = PLACE / f"{name}.png"
    await shown.screenshot(path=path, animations="disabled")
    assert path.stat().st_size < LARGEST, path


async def one_by_one(browser: Browser) -> None:
    """A phone each: the launch, a member's card, the dashboard, the result."""
    async with phones(browser, width=1500, height=1010, opened=False) as desk:
        await desk.page.locator("[data-narrator-close]").click()
        await launch(desk, submitting=False)
        await stand(desk, CLERK, "KIỂM TRA TRƯỚC KHI TRÌNH DUYỆT")
        await keep(desk.phone(CLERK), "launch")
        await desk.press(CLERK, "Trình duyệt")
        await desk.press(HEAD, "Duyệt và gửi")
        await desk.sees(BINH, "XIN Ý KIẾN BẰNG VĂN BẢN")
        await stand(desk, BINH, "XIN Ý KIẾN BẰNG VĂN BẢN")
        await keep(desk.phone(BINH), "member")
        await desk.press(BINH, "Tán thành")
        await desk.sees(HEAD, "THEO DÕI · số 1", "Đã trả lời (1)")
        await stand(desk, HEAD, "THEO DÕI · số 1")
        await keep(desk.phone(HEAD), "dashboard")
        for shown in MOMENTS:
            await desk.to_next_due(shown)
        await desk.sees(BINH, "KẾT QUẢ", "Thông qua")
        await stand(desk, BINH, "KẾT QUẢ")
        await keep(desk.phone(BINH), "result")


async def first_four(desk: Phones) -> None:
    """Only the first four phones, wide enough to be read."""
    await desk.page.evaluate("sessionStorage.clear()")
    await desk.page.reload()
    await desk.page.wait_for_selector("body[data-ready]")
    await desk.page.locator("[data-narrator-close]").click()


async def in_a_meeting(browser: Browser) -> None:
    """The head's dashboard while the meeting sits, and a member's secret ballot."""
    async with phones(browser, width=1500, height=1010, opened=False, tale=Tale.MEETING) as desk:
        await call(desk)
        await answer(desk)
        await desk.to_next_due("07 giờ 30, thứ Năm, 12/03/2026")
        await gather(desk)
        await first_four(desk)
        await stand(desk, HEAD, "Đang họp")
        await keep(desk.phone(HEAD), "meeting")
        await put_to_secret_vote(desk)
        await stand(desk, BINH, "LẤY PHIẾU KÍN")
        await keep(desk.phone(BINH), "ballot")


async def side_by_side(browser: Browser, scheme: Literal["light", "dark"], name: str) -> None:
    """The whole page, while answers come in."""
    async with phones(browser, width=1440, height=780, opened=True) as desk:
        await desk.page.emulate_media(color_scheme=scheme)
        await desk.press(HEAD, "Tán thành")
        await desk.sees(CLERK, "THEO DÕI · số 1", "Đã trả lời (1)")
        await stand(desk, CLERK, "THEO DÕI · số 1")
        await stand(desk, HEAD, "XIN Ý KIẾN BẰNG VĂN BẢN · số 1")
        await keep(desk.page, name)


async def a_year() -> None:
    """A year at a glance as the bot sends it: the first page of an invented one."""
    first, *_ = await draw(pages_of(SAY, FULL))
    (PLACE / "year.png").write_bytes(first)
    assert len(first) < LARGEST


async def main() -> None:
    logs.set_up(level="ERROR")
    PLACE.mkdir(parents=True, exist_ok=True)
    named = os.environ.get("DONGTHUAN_CHROMIUM")
    found = next(filter(None, map(shutil.which, [named] if named else BROWSERS)))
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=QUIET)
        await one_by_one(browser)
        await in_a_meeting(browser)
        await side_by_side(browser, "light", "phones")
        await side_by_side(browser, "dark", "phones-dark")
        await browser.close()
    await a_year()
    await asyncio.to_thread(keep_pages, PLACE)


if __name__ == "__main__":
    asyncio.run(main())
