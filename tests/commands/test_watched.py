"""What whoever watches the machine sees of a running bot: health, figures, and what systemd is told."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from simulator.sandbox import Sandbox
from tests.commands.test_run import beside, run_apart, said
from tests.faults.committee import Committee, committee
from tests.faults.machine import living, nothing_waits, until

MINUTE, DAY = 60_000_000, 86_400_000_000


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Committee]:
    """A committee with one matter open, whose bot was stopped."""
    async with committee(tmp_path, 2, real_time=True) as made:
        await made.opens("Việc thứ nhất")
        await made.stage.stop_bot()
        yield made


@pytest.fixture
def place() -> str:
    """An address of this machine at which nobody answers yet."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{free.getsockname()[1]}"


async def page(place: str, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as client, client.get(f"http://{place}{path}") as answer:
        return answer.status, await answer.text()


def answers(place: str) -> bool:
    host, _, port = place.partition(":")
    with closing(socket.socket()) as asking:
        return asking.connect_ex((host, int(port))) == 0


def figures(text: str) -> dict[str, float]:
    """Each figure by its name, with its one label behind it."""
    return {
        "/".join((sample.name.removeprefix("dongthuan_"), *sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def change(stage: Sandbox, statement: str, *values: int) -> None:
    with closing(sqlite3.connect(stage.path, timeout=30)) as database:
        database.execute(statement, values)
        database.commit()


async def test_health_and_figures_say_how_the_house_stands(house: Committee, place: str) -> None:
    stage = house.stage
    async with living(stage, DONGTHUAN_METRICS_LISTEN=place) as bot:
        await until(lambda: said(stage, "Bot đang chạy") and nothing_waits(stage), bot)
        status, words = await page(place, "/health")
        found = json.loads(words)
        assert (status, found["well"], found["wrong"]) == (200, True, [])
        assert found["waiting"] == {"inbox": 0, "outbox": 0}
        assert found["backed_up_at"] is None

        house.presses(house.accounts[0], "me")
        await until(lambda: stage.world.unconfirmed == 0 and nothing_waits(stage), bot)
        copy = stage.path.with_name("sao_luu.db")
        assert (await beside(house, "backup", str(copy))).exit_code == 0
        await asyncio.sleep(1.1)  # one look at the house answers everybody for a second
        status, words = await page(place, "/metrics")
        shown = figures(words)
        assert status == 200
        assert (shown["well"], shown["committees"], shown["running_consultations"]) == (1, 1, 1)
        assert shown["register_line/1"] >= 4
        assert shown["updates_handled_total"] == 1
        assert shown["set_aside/dues"] == shown["set_aside/updates"] == 0
        assert shown["database_bytes"] >= stage.path.stat().st_size
        assert shown["process_resident_memory_bytes"] > 10_000_000
        assert shown["backup_timestamp_seconds"] == pytest.approx(copy.stat().st_mtime, abs=60)
        for name in (*house.names, "Việc thứ nhất", stage.world.token):
            assert name not in words
        assert (await page(place, "/"))[0] == 404


async def test_what_is_wrong_is_named_and_stops_nobody(house: Committee, place: str) -> None:
    stage = house.stage
    change(stage, "UPDATE liveness SET covered_until = covered_until - ?", 30 * MINUTE)
    change(stage, "UPDATE dues SET at = at - ? WHERE kind = 'close'", 90 * DAY)
    change(stage, "UPDATE dues SET set_aside_at = at WHERE kind != 'close'")
    change(
        stage,
        "UPDATE outbox SET state = 'pending', not_before = not_before - ? WHERE id ="
        " (SELECT max(id) FROM outbox WHERE legal AND priority = 1)",
        30 * MINUTE,
    )
    stage.world.faults.fail("away")
    done = await beside(house, "status")
    assert done.exit_code == 1
    for words in ("KHÔNG nghe được Telegram", "CHƯA GỬI ĐƯỢC", "QUÁ GIỜ chưa làm: 1"):
        assert words in done.stdout
    async with living(stage, DONGTHUAN_METRICS_LISTEN=place) as bot:
        await until(lambda: answers(place), bot)
        status, words = await page(place, "/health")
        assert status == 503
        assert json.loads(words)["wrong"] == ["not_heard", "unsent", "late"]
        shown = figures((await page(place, "/metrics"))[1])
        assert shown["well"] == 0
        assert shown["wrong/unsent"] == shown["wrong/late"] == shown["wrong/not_heard"] == 1
        assert shown["oldest_unsent_seconds"] >= 1800
        assert shown["due_late"] == 1
        assert shown["due_late_seconds"] >= 80 * 24 * 3600
        assert shown["set_aside/dues"] > 0


async def test_who_reads_slowly_or_never_holds_nothing_up(house: Committee, place: str) -> None:
    stage, port = house.stage, int(place.partition(":")[2])
    async with living(stage, DONGTHUAN_METRICS_LISTEN=place) as bot:
        await until(lambda: said(stage, "Bot đang chạy"), bot)
        idle = [socket.create_connection(("127.0.0.1", port), 20) for _ in range(100)]
        for line in idle[:8]:
            line.sendall(b"GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n" * 50)  # and never reads
        house.presses(house.accounts[0], "me")
        await until(lambda: stage.world.unconfirmed == 0 and nothing_waits(stage), bot)
        held = len(list(Path(f"/proc/{bot.pid}/fd").iterdir()))
        assert held < 16 + 60
        for line in idle:
            line.close()
        await until(lambda: len(list(Path(f"/proc/{bot.pid}/fd").iterdir())) < held, bot)
        assert (await page(place, "/health"))[0] == 200


async def test_a_place_that_is_taken_is_told(house: Committee) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        code, words = await run_apart(house.stage, metrics_listen=place)
    assert code == 1
    assert f"Không mở được nơi xem số liệu {place}" in words


# --- systemd -------------------------------------------------------------------------------------


@contextmanager
def supervisor(place: str) -> Iterator[socket.socket]:
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as line:
        line.bind(place)
        line.setblocking(False)
        yield line


async def hears(line: socket.socket) -> str:
    return (await asyncio.wait_for(asyncio.get_running_loop().sock_recv(line, 4096), 60)).decode()


async def test_systemd_hears_ready_alive_how_it_stands_and_stopping(house: Committee) -> None:
    stage = house.stage
    place = str(stage.path.parent / "notify")
    stage.world.faults.fail("away")
    with supervisor(place) as line:
        more = {"NOTIFY_SOCKET": place, "WATCHDOG_USEC": "100000"}
        async with living(stage, **more) as bot:
            assert await hears(line) == "READY=1", "also while Telegram is out of reach"
            heard = [await hears(line) for _ in range(6)]
            assert heard[::2] == ["WATCHDOG=1"] * 3
            assert all(each.startswith("STATUS=") and "nghe" in each for each in heard[1::2])
            bot.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(bot.wait(), 20) == 0
        last = ""
        while last != "STOPPING=1":
            last = await hears(line)


async def test_a_loop_that_hangs_is_not_said_to_be_alive(house: Committee) -> None:
    stage = house.stage
    place = str(stage.path.parent / "notify")
    with supervisor(place) as line:
        more = {"NOTIFY_SOCKET": place, "WATCHDOG_USEC": "100000"}
        async with living(stage, **more) as bot:
            await until(lambda: said(stage, "Bot đang chạy"), bot)
            os.kill(bot.pid, signal.SIGSTOP)
            while True:  # what it had said before
                try:
                    line.recv(4096)
                except BlockingIOError:
                    break
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(asyncio.get_running_loop().sock_recv(line, 4096), 1)
            os.kill(bot.pid, signal.SIGCONT)
            assert (await hears(line)).partition("=")[0] in {"WATCHDOG", "STATUS"}
