"""How updates reach the bot: polled, confirmed, kept a day, or carried to a webhook; and files."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, Conflict

from bot.clock import MovableClock
from simulator.world import World
from tests.simulator.conftest import AN, BINH, Raw


async def test_an_offset_confirms_what_lies_below_it(bot: Bot, world: World) -> None:
    for words in ("một", "hai", "ba"):
        world.say(AN, words)
    first = await bot.get_updates()
    assert [u.message.text for u in first if u.message] == ["một", "hai", "ba"]
    assert [u.update_id - first[0].update_id for u in first] == [0, 1, 2]
    assert world.unconfirmed == 3
    rest = await bot.get_updates(offset=first[1].update_id)
    assert [u.update_id for u in rest] == [first[1].update_id, first[2].update_id]
    assert world.unconfirmed == 2
    assert await bot.get_updates(offset=first[2].update_id + 1) == ()
    assert world.unconfirmed == 0


async def test_a_negative_offset_keeps_the_last_ones(bot: Bot, world: World) -> None:
    for words in ("một", "hai", "ba"):
        world.say(AN, words)
    kept = await bot.get_updates(offset=-1)
    assert [u.message.text for u in kept if u.message] == ["ba"]
    assert world.unconfirmed == 1
    assert len(await bot.get_updates(offset=-5)) == 1


async def test_at_most_a_hundred_come_at_once(bot: Bot, world: World) -> None:
    for number in range(130):
        world.say(AN, str(number))
    assert len(await bot.get_updates(limit=500)) == 100
    assert len(await bot.get_updates(limit=0)) == 100
    assert len(await bot.get_updates(limit=7)) == 7


async def test_ids_may_restart_lower_after_a_quiet_week(bot: Bot, world: World) -> None:
    world.say(AN, "trước")
    last = (await bot.get_updates())[0].update_id
    await bot.get_updates(offset=last + 1)
    world.updates.skip_ids(12)
    world.say(AN, "sau")
    assert [u.update_id for u in await bot.get_updates(offset=last + 1)] == [12]


async def test_a_long_poll_wakes_at_once_when_something_comes(raw: Raw, world: World) -> None:
    polling = asyncio.create_task(raw.result("getUpdates", timeout=50))
    await world.updates.until_polled()
    world.say(AN, "chào")
    updates = await asyncio.wait_for(polling, 5)
    assert [u["message"]["text"] for u in updates] == ["chào"]


async def test_a_long_poll_ends_when_the_clock_is_moved_past_it_and_after_50_seconds(
    raw: Raw, world: World, clock: MovableClock
) -> None:
    polling = asyncio.create_task(raw.result("getUpdates", timeout=3600))
    await world.updates.until_polled()
    clock.advance(timedelta(seconds=49))
    await asyncio.sleep(0)
    assert world.updates.polled
    clock.advance(timedelta(seconds=1))
    assert await asyncio.wait_for(polling, 5) == []


async def test_a_second_poller_ends_the_first_with_409(bot: Bot, raw: Raw, world: World) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=50))
    await world.updates.until_polled()
    second = asyncio.create_task(raw.result("getUpdates", timeout=50))
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await asyncio.wait_for(first, 5)
    await world.updates.until_polled()
    world.say(AN, "x")
    assert len(await asyncio.wait_for(second, 5)) == 1


async def test_a_poller_who_went_away_disturbs_nobody(raw: Raw, world: World) -> None:
    gone = asyncio.create_task(raw.result("getUpdates", timeout=50))
    await world.updates.until_polled()
    gone.cancel()
    await asyncio.wait((gone,))
    world.say(AN, "x")
    assert len(await raw.result("getUpdates")) == 1


async def test_allowed_updates_are_kept_until_said_otherwise(raw: Raw, world: World) -> None:
    await raw.result("getUpdates", allowed_updates=["callback_query"])
    world.say(AN, "unheard")
    assert await raw.result("getUpdates") == []
    await raw.result("getUpdates", allowed_updates='["message"]')
    world.say(AN, "heard")
    assert len(await raw.result("getUpdates")) == 1
    await raw.result("getUpdates", allowed_updates=[])
    world.block(AN)
    assert len(await raw.result("getUpdates")) == 2


async def test_updates_older_than_a_day_are_dropped(
    raw: Raw, world: World, clock: MovableClock
) -> None:
    world.say(AN, "cũ")
    clock.advance(timedelta(hours=1))
    world.say(AN, "mới")
    clock.advance(timedelta(hours=23, seconds=1))
    assert [u["message"]["text"] for u in await raw.result("getUpdates")] == ["mới"]


async def test_one_thousand_people_and_updates_lose_nothing(raw: Raw, world: World) -> None:
    for number in range(1000, 2000):
        world.add_person(number, f"Người {number}")
        world.open_link(number, "x")
    taken, offset = [], 0
    while batch := await raw.result("getUpdates", offset=offset):
        taken += [u["message"]["from"]["id"] for u in batch]
        offset = batch[-1]["update_id"] + 1
    assert taken == list(range(1000, 2000))


@asynccontextmanager
async def webhook(statuses: list[int]) -> AsyncIterator[tuple[str, "asyncio.Queue[Any]"]]:
    """A bot's webhook that answers with these statuses, then with 200; tells what came."""
    came: asyncio.Queue[Any] = asyncio.Queue()

    async def take(request: web.Request) -> web.Response:
        came.put_nowait(
            (request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.json())
        )
        return web.Response(status=statuses.pop(0) if statuses else 200)

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook", came
    finally:
        await runner.cleanup()


async def test_a_webhook_gets_updates_with_its_secret_and_polling_is_refused(
    bot: Bot, world: World
) -> None:
    async with webhook([]) as (url, came):
        world.say(AN, "trước")
        await bot.set_webhook(url, secret_token="Bi_mat-1", allowed_updates=["message"])
        with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates()
        world.say(BINH, "sau")
        secret, first = await asyncio.wait_for(came.get(), 5)
        _, second = await asyncio.wait_for(came.get(), 5)
        assert secret == "Bi_mat-1"
        assert [u["message"]["text"] for u in (first, second)] == ["trước", "sau"]
        info = await bot.get_webhook_info()
        assert (info.url, info.allowed_updates) == (url, ("message",))
        await bot.delete_webhook()
        assert (await bot.get_webhook_info()).url == ""
        assert await bot.get_updates() == ()


async def test_a_webhook_that_fails_gets_the_same_update_again(
    bot: Bot, world: World, clock: MovableClock
) -> None:
    async with webhook([500]) as (url, came):
        await bot.set_webhook(url)
        world.say(AN, "x")
        _, first = await asyncio.wait_for(came.get(), 5)
        info = await bot.get_webhook_info()
        async with asyncio.timeout(5):
            while info.last_error_message is None:
                info = await bot.get_webhook_info()
        assert info.pending_update_count == 1
        assert info.last_error_message == (
            "Wrong response from the webhook: 500 Internal Server Error"
        )
        again = asyncio.create_task(came.get())
        async with asyncio.timeout(5):
            while not again.done():
                clock.advance(timedelta(seconds=1))
                await asyncio.sleep(0)
        assert again.result()[1] == first


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        (
            {"url": "https://example.org/x"},
            "bad webhook: this local server delivers to this machine alone",
        ),
        (
            {"url": "http://localhost/x", "secret_token": "a b"},
            "secret token contains unallowed characters",
        ),
    ],
)
async def test_bad_webhooks_are_refused(raw: Raw, parameters: dict[str, str], words: str) -> None:
    assert await raw.refused("setWebhook", **parameters) == f"Bad Request: {words}"


async def test_a_file_from_a_person_can_be_downloaded(bot: Bot, world: World) -> None:
    world.send_document(AN, "danh sách.xlsx", b"roster", caption="Danh sách /help")
    world.send_photo(BINH, b"\xff\xd8\xff picture")
    document, photo = (u.message for u in await bot.get_updates())
    assert document is not None
    assert photo is not None
    assert document.caption == "Danh sách /help"
    assert document.document is not None
    assert document.document.file_name == "danh sách.xlsx"
    file = await document.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"roster"
    assert bytes(await (await photo.photo[-1].get_file()).download_as_bytearray()) == (
        b"\xff\xd8\xff picture"
    )


async def test_files_over_20_megabytes_cannot_be_downloaded(bot: Bot, world: World) -> None:
    sent = world.send_document(AN, "a.bin", bytes(20 * 1024 * 1024 + 1))
    assert sent.document is not None
    with pytest.raises(BadRequest, match=r"(?i)^file is too big$"):
        await bot.get_file(sent.document.file_id)
    with pytest.raises(BadRequest, match=r"(?i)^invalid file_id"):
        await bot.get_file("x")


async def test_a_download_needs_the_token_and_a_path_that_is(
    bot: Bot, raw: Raw, world: World
) -> None:
    sent = world.send_document(AN, "a.txt", b"x")
    assert sent.document is not None
    base = str(bot.base_file_url)

    async def status(address: str) -> int:
        async with aiohttp.ClientSession() as http, http.get(address) as answer:
            return answer.status

    assert await status(f"{base}/{sent.document.path}") == 200
    assert await status(f"{base}x/{sent.document.path}") == 401
    assert await status(f"{base}/documents/nothing") == 404
