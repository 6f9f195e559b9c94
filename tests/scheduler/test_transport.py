from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
import structlog
from telegram import Bot
from telegram.error import NetworkError, TimedOut

from bot import logs
from scheduler import transport as scheduler_transport
from scheduler.transport import NotSentError, Transport
from simulator.server import BotApiServer
from simulator.world import World
from tests.scheduler.conftest import LAN

TOKEN = "7000000001:AAf-local_demonstration_only_x"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    written = io.StringIO()
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    logs.set_up(as_json=True, secrets=("mật khẩu proxy",), to=written)
    yield written
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()


async def test_a_call_that_reached_nobody_is_told_apart_from_one_of_unknown_fate(
    world: World, server: BotApiServer, bot: Bot
) -> None:
    world.faults.fail("drop_after", methods="sendMessage", times=1)
    with pytest.raises(NetworkError) as unknown:
        await scheduler_transport.send_text(bot, LAN, "một", (), protect=False)
    await server.close()
    with pytest.raises(NotSentError) as not_sent:
        await scheduler_transport.send_text(bot, LAN, "hai", (), protect=False)
    assert not isinstance(unknown.value, NotSentError)
    for error in (unknown.value, not_sent.value):
        assert world.token not in repr(error) + repr(error.__cause__)


async def test_a_proxy_that_is_not_there_means_not_sent(server: BotApiServer) -> None:
    transport = Transport(proxy="http://127.0.0.1:9")
    await transport.initialize()
    with pytest.raises(NotSentError):
        await transport.do_request(f"{server.base_url}{TOKEN}/getMe", "POST")
    await transport.shutdown()


async def test_an_answer_that_does_not_come_in_time_is_of_unknown_fate(
    world: World, server: BotApiServer
) -> None:
    world.latency = 5
    transport = Transport()
    await transport.initialize()
    with pytest.raises(TimedOut):
        await transport.do_request(f"{server.base_url}{TOKEN}/getMe", "POST", read_timeout=0.05)
    await transport.shutdown()


def test_no_token_and_no_secret_is_ever_written(lines: io.StringIO) -> None:
    address = f"https://api.telegram.org/bot{TOKEN}/getMe"
    structlog.get_logger("here").warning(
        "asked", address=address, parts=[address], why="mật khẩu proxy"
    )
    logging.getLogger("elsewhere").error("calling %s", address)
    text = lines.getvalue()
    assert text.count("<token>") == 4
    assert TOKEN not in text
    assert "mật khẩu" not in text


def test_an_error_is_written_without_its_words(lines: io.StringIO) -> None:
    try:
        raise LookupError("Lê Thị Lan không đồng ý")
    except LookupError as error:
        structlog.get_logger("here").error("failed", **logs.whereabouts(error))
        logging.getLogger("elsewhere").exception("failed")
    text = lines.getvalue()
    assert text.count("LookupError") == 2
    assert "Lan" not in text
    assert "test_transport.py" in text


def test_what_the_libraries_say_of_every_call_is_not_written(lines: io.StringIO) -> None:
    logging.getLogger("httpx").info("POST https://api.telegram.org")
    logging.getLogger("telegram.request.BaseRequest").error("Can not load invalid JSON data: Lan")
    assert lines.getvalue() == ""
