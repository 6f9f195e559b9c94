"""A tale in chapters on the page of phones: years to turn to, a sentence each, the archive offered at the end."""

import pytest
from playwright.async_api import Browser, Page, expect

from bot.dossiers.checking import checked
from simulator import demos
from simulator.demos import Tale, Wish
from tests.journeys.hands import Phones, phones
from tests.simulator.test_chapters import TALES

pytestmark = pytest.mark.browser

NARROW, TALL = 390, 844


async def chapter_shown(page: Page) -> str:
    return await page.locator('[data-chapter][aria-current="step"]').inner_text()


@pytest.mark.parametrize("width", [NARROW, 1440])
async def test_from_the_first_chapter_to_the_archive(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setattr(demos, "FOLDER", TALES)
    async with phones(browser, width=width, height=TALL, opened=True, tale=Tale.YEARS) as desk:
        page = desk.page
        assert "Phiếu gửi đi" in await chapter_shown(page)
        await expect(page.locator("[data-sentence]")).to_contain_text("Bí thư duyệt phiếu.")
        await expect(page.locator("[data-archive]")).to_be_hidden()
        await page.locator("[data-next-chapter]").click()
        await expect(page.locator("[data-sentence]")).to_contain_text("hai đồng chí im lặng.")
        await page.locator('[data-chapter="2"]').click()
        await expect(page.locator("[data-archive]")).to_contain_text("nguyên vẹn")
        await expect(page.locator("[data-next-chapter]")).to_be_hidden()
        await expect(page.locator("#status")).to_be_hidden()
        assert "Kết thúc" in await chapter_shown(page)
        await within(desk, width)
        async with page.expect_download() as downloading:
            await page.locator("[data-archive]").click()
        kept = await (await downloading.value).path()
        assert checked(kept.read_bytes()).holds
        await expect(page.locator('[data-chapter="0"]')).to_be_enabled()
        await page.locator('[data-chapter="0"]').click()
        await expect(page.locator("#status")).to_contain_text("Đang chuẩn bị kịch bản")
        assert desk.demo.wish.result() == Wish(Tale.YEARS, 0)


async def within(desk: Phones, width: int) -> None:
    """Nothing of the row of chapters stands beyond the edge, and what is pressed is large enough for a finger."""
    for name in ("[data-sentence]", "[data-archive]"):
        box = await desk.page.locator(name).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    pressed = await desk.page.locator('[data-chapter="2"]').bounding_box()
    assert pressed is not None
    assert pressed["height"] >= 44


async def test_a_tale_without_chapters_has_no_such_row(browser: Browser) -> None:
    async with phones(browser, width=NARROW, height=TALL, opened=False) as desk:
        await expect(desk.page.locator("#chapters")).to_be_hidden()
