"""Every way this Telegram can fail, switched on for some calls and not for others."""

import asyncio
from datetime import timedelta

import aiohttp
import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError

from bot.clock import MovableClock
from simulator.faults import Kind
from simulator.world import World
from tests.simulator.conftest import AN, BINH, GROUP, Raw


async def test_too_many_requests_names_the_seconds(raw: Raw, bot: Bot, world: World) -> None:
    world.faults.fail(429, retry_after=300, times=1)
    assert await raw.call("sendMessage", chat_id=AN, text="x") == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 300",
        "parameters": {"retry_after": 300},
    }
    await bot.send_message(AN, "x")
    assert world.deliveries_to(AN) == 1


async def test_a_flood_lasts_by_the_clock_and_counts_down(
    raw: Raw, world: World, clock: MovableClock
) -> None:
    world.faults.fail(429, lasting=timedelta(seconds=300))
    clock.advance(timedelta(seconds=200))
    words = await raw.refused("sendMessage", chat_id=AN, text="x")
    assert words == "Too Many Requests: retry after 100"
    clock.advance(timedelta(seconds=99, milliseconds=500))
    words = await raw.refused("sendMessage", chat_id=AN, text="x")
    assert words == "Too Many Requests: retry after 1"
    clock.advance(timedelta(milliseconds=500))
    await raw.result("sendMessage", chat_id=AN, text="x")


async def test_a_fault_meets_only_the_methods_and_chats_named(bot: Bot, world: World) -> None:
    fault = world.faults.fail(403, methods="sendMessage", chats=AN)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(AN, "x")
    await bot.send_message(BINH, "x")
    await bot.send_chat_action(AN, "typing")
    assert fault.hits == 1
    fault.end()
    await bot.send_message(AN, "x")


async def test_a_deactivated_account_can_be_played(bot: Bot, world: World) -> None:
    world.faults.fail("deactivated", times=1)
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(AN, "x")


async def test_a_server_error_comes_as_a_page_of_html(raw: Raw, bot: Bot, world: World) -> None:
    world.faults.fail(500)
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(AN, "x")
    async with raw.http.get(f"{raw.base}/getMe") as answer:
        assert answer.status == 502
        assert answer.content_type == "text/html"
    assert world.chat(AN).messages == []


@pytest.mark.parametrize(("kind", "delivered"), [("timeout", 0), ("away", 0), ("drop_after", 1)])
async def test_a_connection_is_dropped_before_or_after_delivery(
    raw: Raw, bot: Bot, world: World, kind: Kind, delivered: int
) -> None:
    world.faults.fail(kind)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await raw.call("sendMessage", chat_id=AN, text="thô")
    with pytest.raises(NetworkError):
        await bot.send_message(AN, "thư viện")
    assert world.deliveries_to(AN, "thô") == delivered
    assert world.deliveries_to(AN) == 2 * delivered
    world.faults.clear()
    await bot.send_message(AN, "lại")
    assert world.deliveries_to(AN, "lại") == 1


async def test_an_empty_answer_leaves_it_unknown_what_was_done(
    raw: Raw, bot: Bot, world: World
) -> None:
    world.faults.fail("empty", times=2)
    async with raw.http.post(
        f"{raw.base}/sendMessage", json={"chat_id": AN, "text": "x"}
    ) as answer:
        assert (answer.status, await answer.read()) == (200, b"")
    with pytest.raises(TelegramError, match="Invalid server response"):
        await bot.send_message(AN, "x")
    assert world.deliveries_to(AN) == 2


async def test_a_poll_that_waits_is_cut_when_telegram_goes_away(raw: Raw, world: World) -> None:
    polling = asyncio.create_task(raw.call("getUpdates", timeout=50))
    await world.updates.until_polled()
    world.faults.fail("away")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await asyncio.wait_for(polling, 5)
    world.say(AN, "giữ lại")
    world.faults.clear()
    assert len(await raw.result("getUpdates")) == 1


async def test_a_fault_of_sending_leaves_the_poll_alone(raw: Raw, world: World) -> None:
    polling = asyncio.create_task(raw.result("getUpdates", timeout=50))
    await world.updates.until_polled()
    world.faults.fail(429)
    world.faults.fail("drop_after")
    world.say(AN, "x")
    assert len(await asyncio.wait_for(polling, 5)) == 1


async def test_an_update_can_come_again_after_it_was_confirmed(raw: Raw, world: World) -> None:
    world.faults.fail("duplicate_update", chats=AN, times=1)
    world.say(AN, "hai lần")
    world.say(AN, "một lần")
    first = await raw.result("getUpdates")
    offset = first[-1]["update_id"] + 1
    assert await raw.result("getUpdates", offset=offset) == [first[0]]
    assert await raw.result("getUpdates", offset=offset) == []


async def test_a_press_can_come_under_a_second_update_id(raw: Raw, bot: Bot, world: World) -> None:
    sent = await bot.send_message(AN, "x")
    world.faults.fail("press_again", times=1)
    world.press(AN, sent.message_id, "1:ack:7")
    one, two = await raw.result("getUpdates")
    assert one["callback_query"] == two["callback_query"]
    assert two["update_id"] == one["update_id"] + 1


async def test_a_query_can_be_too_old_to_answer(
    bot: Bot, world: World, clock: MovableClock
) -> None:
    sent = await bot.send_message(AN, "x")
    pressed = world.press(AN, sent.message_id, "1:ack:7")
    world.faults.fail("expired_query", times=1)
    words = r"(?i)^query is too old and response timeout expired or query id is invalid$"
    with pytest.raises(BadRequest, match=words):
        await bot.answer_callback_query(pressed.query_id)
    clock.advance(timedelta(seconds=16))
    with pytest.raises(BadRequest, match=words):
        await bot.answer_callback_query(pressed.query_id)
    with pytest.raises(BadRequest, match=words):
        await bot.answer_callback_query("77")
    assert not pressed.answered


async def test_faults_of_a_chat_meet_the_answer_to_its_press(bot: Bot, world: World) -> None:
    sent = await bot.send_message(AN, "x")
    pressed = world.press(AN, sent.message_id, "1:ack:7")
    world.faults.fail(500, methods=["answerCallbackQuery"], chats=[AN], times=1)
    with pytest.raises(NetworkError):
        await bot.answer_callback_query(pressed.query_id)
    await bot.answer_callback_query(pressed.query_id)
    assert pressed.answered


async def test_limits_are_kept_when_enforced(raw: Raw, world: World, clock: MovableClock) -> None:
    world.enforce_limits = True
    send = "sendMessage"
    await raw.result(send, chat_id=AN, text="1")
    assert await raw.refused(send, chat_id=AN, text="2") == "Too Many Requests: retry after 1"
    await raw.result(send, chat_id=BINH, text="1")
    clock.advance(timedelta(seconds=1))
    await raw.result(send, chat_id=AN, text="3")
    assert world.deliveries_to(AN) == 2


async def test_thirty_a_second_in_all_are_taken_and_no_more(
    raw: Raw, world: World, clock: MovableClock
) -> None:
    world.enforce_limits = True
    for number in range(1001, 1032):
        world.add_person(number, "Người").started = True
    for number in range(1001, 1031):
        await raw.result("sendMessage", chat_id=number, text="x")
    await raw.refused("sendMessage", chat_id=1031, text="x")
    clock.advance(timedelta(seconds=1))
    await raw.result("sendMessage", chat_id=1031, text="x")


async def test_twenty_a_minute_go_to_a_group(raw: Raw, world: World, clock: MovableClock) -> None:
    world.enforce_limits = True
    for _ in range(20):
        await raw.result("sendMessage", chat_id=GROUP, text="x")
        clock.advance(timedelta(seconds=1))
    refused = await raw.refused("sendMessage", chat_id=GROUP, text="x")
    assert refused == "Too Many Requests: retry after 40"


async def test_every_call_is_counted(bot: Bot, world: World) -> None:
    await bot.send_message(AN, "x")
    world.faults.fail(403, times=1)
    with pytest.raises(Forbidden):
        await bot.send_message(AN, "x")
    assert (world.calls["sendmessage"], world.deliveries_to(AN)) == (2, 1)
