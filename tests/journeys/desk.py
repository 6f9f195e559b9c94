"""A world of phones, the page that shows them, and the bot's side of it; no test may live here."""

from dataclasses import dataclass
from typing import Any

import aiohttp
from playwright.async_api import Locator, Page

from simulator.json_types import Json
from simulator.world import World


@dataclass
class Desk:
    """The page in a browser, and what the bot does over the protocol."""

    world: World
    page: Page
    http: aiohttp.ClientSession
    base: str

    async def call(self, method: str, **parameters: Any) -> Any:
        url = f"{self.base}/bot{self.world.token}/{method}"
        async with self.http.post(url, json=parameters) as answer:
            body = await answer.json()
            assert body["ok"], body
            return body["result"]

    async def send(self, user_id: int, text: str, **more: Any) -> int:
        more = {"parse_mode": "HTML", **more}
        return int(
            (await self.call("sendMessage", chat_id=user_id, text=text, **more))["message_id"]
        )

    def phone(self, user_id: int) -> Locator:
        return self.page.locator(f'.phone[data-user="{user_id}"]')

    def message(self, user_id: int, message_id: int) -> Locator:
        return self.phone(user_id).locator(f'[data-message="{message_id}"]')

    def latest_update(self, kind: str) -> Json:
        return next(u.body[kind] for u in reversed(self.world.updates.pending) if kind in u.body)

    async def opens(self) -> None:
        await self.page.goto(f"{self.base}/")
        await self.page.wait_for_selector("body[data-ready]")
