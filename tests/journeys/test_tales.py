"""The page goes from one tale to the next on the same address, and comes back by itself."""

import asyncio
from socket import socket

import pytest
from playwright.async_api import Browser, expect

from bot.rendering import Terminal
from bot.values.language import Language
from simulator.demo import one_after_the_other
from simulator.demos import Tale, under

pytestmark = pytest.mark.browser

TURNING = 20_000
"""Milliseconds of real time that setting a stage may take."""


def free_port() -> int:
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.mark.parametrize("tale", under("quang_ngai"))
async def test_a_tale_chosen_in_the_bar_begins_anew_on_the_open_page(
    browser: Browser, tale: Tale
) -> None:
    port, first = free_port(), Tale.CONSULTATION
    address = f"http://127.0.0.1:{port}/"
    stages: list[str] = []
    shown_there, ended = asyncio.Event(), asyncio.Event()

    def echo(line: str) -> None:
        if address in line:
            stages.append(line)
            shown_there.set()

    say = Terminal(Language.VIETNAMESE)
    running = asyncio.create_task(one_after_the_other(say, "quang_ngai", first, port, echo, ended))
    async with asyncio.timeout(TURNING / 1000):
        await shown_there.wait()
    page = await browser.new_page(viewport={"width": 1440, "height": 900})
    await page.goto(address)
    await page.wait_for_selector("body[data-ready]")
    await page.locator('[data-advance="86400"]').click()
    await expect(page.locator("[data-clock]")).to_contain_text("03/03/2026")

    await page.locator('[data-opens="tales"]').click()
    shown = page.locator(f'[data-tale="{first.value}"]')
    await expect(shown).to_have_attribute("data-shown", "")
    await page.locator(f'[data-tale="{tale.value}"]').click()

    await expect(page.locator("[data-clock]")).not_to_contain_text("03/03/2026", timeout=TURNING)
    await expect(page.locator(".phone:visible")).to_have_count(4, timeout=TURNING)
    await expect(page.locator(f'[data-tale="{tale.value}"]')).to_have_attribute("data-shown", "")
    await page.wait_for_selector("#status", state="hidden")
    ended.set()
    await running
    await page.close()
    assert len(stages) == len((first, tale)), "both were shown on the same address"
