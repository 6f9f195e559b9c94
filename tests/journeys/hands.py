"""Several people's hands on the page of phones: they press, type and look as a visitor does. No test lives here."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Locator, Page, expect

from bot.values.labels import fitting
from simulator.demo import Demo, showing
from simulator.demos import Tale
from simulator.narrator import Told


class Phones:
    """The page of a demonstration in a browser."""

    def __init__(self, demo: Demo, page: Page) -> None:
        self.demo = demo
        self.page = page

    def phone(self, name: str) -> Locator:
        return self.page.locator(f'.phone[data-user="{self.demo.cast.hands[name].user_id}"]')

    async def take_up(self, name: str) -> Locator:
        """Have this phone on the desk."""
        phone = self.phone(name)
        if not await phone.is_visible():
            user = self.demo.cast.hands[name].user_id
            await self.page.locator(f'[data-show="{user}"]').click()
        await expect(phone).to_be_visible()
        return phone

    async def home(self, name: str) -> None:
        """Ask for the first screen, by the menu of commands."""
        phone = await self.take_up(name)
        await phone.locator('[data-opens="commands"]').click()
        await phone.locator('[data-command="start"]').click()
        await self.sees(name, "Kính chào đồng chí")

    async def press(self, name: str, label: str) -> None:
        """Press the newest button of these words, cut as on a phone, and wait until the bot has answered."""
        phone = await self.take_up(name)
        [[shown]] = fitting([[label]])
        key = (
            phone.locator("[data-press]").filter(has_text=re.compile(f"^{re.escape(shown)}$")).last
        )
        await key.click()
        await expect(phone.locator('[aria-busy="true"]')).to_have_count(0)

    async def write(self, name: str, text: str) -> None:
        phone = await self.take_up(name)
        await phone.locator("[data-text]").fill(text)
        await phone.locator("[data-text]").press("Enter")
        await expect(phone.locator('[data-side="person"] .text').last).to_have_text(text)

    async def sees(self, name: str, *words: str) -> None:
        """The newest card of the bot that has the first of these words has them all."""
        phone = await self.take_up(name)
        first = re.compile(re.escape(words[0]))  # a pattern minds capitals, a plain text does not
        card = phone.locator('[data-side="bot"]').filter(has_text=first).last
        for each in words:
            await expect(card).to_contain_text(each)

    async def to_next_due(self, shown: str) -> None:
        """Move the clock by the page's own button; `shown` is what it reads then."""
        await self.page.locator("[data-next-due]").click()
        await expect(self.page.locator("[data-clock]")).to_have_text(shown)
        await expect(self.page.locator("[data-next-due]")).to_be_enabled()


@asynccontextmanager
async def phones(
    browser: Browser,
    *,
    width: int,
    height: int,
    opened: bool,
    regulation: str = "quang_ngai",
    tale: Tale = Tale.CONSULTATION,
) -> AsyncIterator[Phones]:
    told: list[Told] = []
    async with showing(regulation, 0, told.append, tale=tale, opened=opened) as demo:
        page = await browser.new_page(viewport={"width": width, "height": height})
        await page.goto(demo.address)
        await page.wait_for_selector("body[data-ready]")
        yield Phones(demo, page)
        await page.close()
