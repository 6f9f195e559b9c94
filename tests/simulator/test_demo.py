"""The demonstration without a browser: it opens, moves, narrates and plays; no phone is drawn."""

import asyncio
import re
import signal
import sys
from datetime import datetime, timedelta
from socket import socket

import aiohttp
import click
import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.values.language import Language
from bot.values.moments import in_viet_nam
from simulator import demos, transcript
from simulator.comparison import differences
from simulator.demo import Demo, showing
from simulator.demos import Tale
from simulator.narrator import Told

KHANH, BINH = "Lê Quốc Khánh", "Trần Thị Bình"
ENDS = {
    ("quang_ngai", Tale.CONSULTATION): "Chương trình công tác quý II/2026: thông qua",
    ("bac_kan", Tale.CONSULTATION): "Chương trình công tác quý II/2026: không thông qua",
    ("cap_huyen", Tale.CONSULTATION): "đưa ra hội nghị",
    ("hai_duong", Tale.CONSULTATION): "các cơ quan thống nhất",
    ("tra_vinh", Tale.CONSULTATION): "đã tổng hợp",
    ("quang_ngai", Tale.MEETING): "Giới thiệu nhân sự Chủ tịch Hội Cơ khí: thông qua",
    ("bac_kan", Tale.MEETING): "Sơ kết công tác quý I/2026: thông qua",
    ("cap_huyen", Tale.MEETING): "Chương trình công tác quý II/2026: thông qua",
    ("quang_ngai", Tale.REPORTS): "(Điều 3.7): đúng hạn 11, muộn 1, chưa gửi 6.",
}
"""Words of the end of each tale; that of ten years is played among the stories, chapters in test_chapters.py."""
TOLD = [
    (regulation, tale) for regulation in demos.regulations() for tale in demos.under(regulation)
]


async def narrated(told: list[Told], words: str) -> Told:
    """Wait until the narrator has said these words."""
    async with asyncio.timeout(20):
        while True:
            found = next((one for one in told if words in f"{one.vi} {one.en}"), None)
            if found is not None:
                return found
            await asyncio.sleep(0.01)


async def moved(demo: Demo) -> datetime:
    """Move to what falls due next, by the page's own button; gives what its clock then shows."""
    page = demo.address.rstrip("/")
    async with (
        aiohttp.ClientSession() as http,
        http.post(
            f"{page}/page/clock", json={"to": "next_due"}, headers={"Origin": page}
        ) as answer,
    ):
        shown = await answer.json()
    assert shown["moved"]
    return in_viet_nam(datetime.fromisoformat(shown["clock"])).replace(microsecond=0)


def test_every_regulation_has_a_consultation_to_show() -> None:
    assert demos.regulations()[0] == "quang_ngai"
    assert len(demos.regulations()) == 5
    assert all(Tale.CONSULTATION in demos.under(each) for each in demos.regulations())


def test_every_tale_has_its_end_here_or_is_played_among_the_stories() -> None:
    assert set(TOLD) - set(ENDS) == {("quang_ngai", Tale.YEARS)}


@pytest.mark.parametrize(("regulation", "tale"), TOLD)
async def test_a_tale_hands_over_between_its_first_and_its_last_step(
    regulation: str, tale: Tale
) -> None:
    told, _ = demos.read(regulation, tale)
    assert told.handover is not None or told.chapters
    assert told.steps[0].at <= told.visited_from < told.steps[-1].at


def test_a_tale_that_is_not_told_is_refused_with_what_is() -> None:
    done = CliRunner().invoke(main, ["demo", "--tale", "meeting", "--regulation", "hai_duong"])
    assert done.exit_code == 2
    assert "meeting không có cho quy chế hai_duong" in done.output
    assert "consultation" in done.output


def test_the_command_plays_a_tale() -> None:
    done = CliRunner().invoke(main, ["demo", "--play", "--regulation", "tra_vinh"])
    assert done.exit_code == 0, done.output
    assert ENDS["tra_vinh", Tale.CONSULTATION] in " ".join(done.output.split())


@pytest.mark.parametrize(("regulation", "tale"), ENDS)
def test_a_play_reads_as_a_chat_ends_with_the_explained_result_and_holds_what_it_expects(
    regulation: str, tale: Tale
) -> None:
    lines: list[str] = []
    played = transcript.play(Language.VIETNAMESE, regulation, tale, lines.append, 0)
    assert differences(demos.read(regulation, tale)[0], played) == []
    text = click.unstyle("\n".join(lines))
    assert re.search(r"^\d\d:\d\d  [^:]+: bấm \[ ", text, re.MULTILINE)
    assert not re.search(r"bấm \[ \d+:", text), "every button pressed is one that was shown"
    assert max(len(line) for line in text.split("\n")) <= 100
    explained = " ".join(text.rpartition("═")[2].split())
    assert ENDS[regulation, tale] in explained
    assert re.search(r"Căn cứ: Điều [\d., ]+ Quy chế\.", explained)


async def test_one_consultation_is_open_and_one_person_has_not_joined() -> None:
    told: list[Told] = []
    async with showing("quang_ngai", 0, told.append) as demo:
        people = demo.stage.world.people.values()
        assert [p.full_name for p in people if not p.started] == [KHANH]
        assert [p.full_name for p in people][:2] == ["Phạm Thị Vân", "Nguyễn Đức An"]
        opened = await narrated(told, "approved: no. 1 goes out")
        assert opened.article == "Điều 8.2.1, 4.5, 8.2.2 Quy chế"
        assert "Needed: 5 of 7 (at least 2/3 of the whole roll)" in opened.en
        first = demo.stage.clock.now()
        await asyncio.sleep(0)
        assert demo.stage.clock.now() > first, "the clock flows"


async def test_the_clock_stops_at_every_due_moment_on_its_way() -> None:
    told: list[Told] = []
    async with showing("quang_ngai", 0, told.append) as demo:
        assert (await moved(demo)).isoformat() == "2026-03-04T08:00:00+07:00"
        reminded = await narrated(told, "6 reminded of no. 1")
        assert reminded.article == "Điều 8.2.1 Quy chế"
        assert (await moved(demo)).isoformat() == "2026-03-05T14:00:00+07:00"
        assert (await moved(demo)).isoformat() == "2026-03-05T17:00:00+07:00"
        closed = await narrated(told, "Time is up for no. 1: adopted")
        assert "Được xem là đồng ý 6; chưa nhận được 1." in closed.vi
        assert closed.article == "Điều 8.2.1, 8.2.2 Quy chế"


async def test_the_mornings_on_which_nobody_is_told_anything_are_passed_over() -> None:
    told: list[Told] = []
    async with showing("quang_ngai", 0, told.append) as demo:
        for _ in range(3):
            await moved(demo)
        assert (await moved(demo)).isoformat() == "2026-03-17T08:00:00+07:00"
        reminded = await narrated(told, "no meeting set")
        assert reminded.article == "Điều 8.2.1 Quy chế", "two weeks before the quarter ends"


async def test_faults_blocks_and_refusals_are_told_too() -> None:
    told: list[Told] = []
    async with showing("quang_ngai", 0, told.append) as demo:
        world, hands = demo.stage.world, demo.cast.hands
        world.block(hands[BINH].user_id)
        await narrated(told, f"{BINH} blocked the bot")
        world.faults.fail("away")
        assert "24 giờ" in (await narrated(told, "out of reach")).vi
        world.faults.clear()
        await narrated(told, "Telegram works again")
        world.say(hands["Nguyễn Đức An"].user_id, "/start không-có-lời-mời-này")
        refused = await narrated(told, "Nguyễn Đức An was refused")
        assert refused.article == ""


async def test_telegram_away_holds_up_neither_the_clock_nor_the_page() -> None:
    told: list[Told] = []
    async with showing("quang_ngai", 0, told.append) as demo:
        demo.stage.world.faults.fail("away")
        target = demo.stage.clock.now() + timedelta(days=1)
        await demo.move(target)
        assert demo.stage.clock.now() >= target


async def test_a_port_that_is_taken_is_replaced_and_said() -> None:
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "demo", "--port", str(port)),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        assert process.stdout is not None
        said = ""
        while "Dừng: Ctrl-C" not in said:
            said += (await process.stdout.readline()).decode()
        process.send_signal(signal.SIGINT)
        rest, _ = await process.communicate()
    assert f"Cổng {port} đang bận" in click.unstyle(said)
    assert process.returncode == 0
    assert "Traceback" not in rest.decode()


def test_speed_without_a_play_is_refused() -> None:
    done = CliRunner().invoke(main, ["demo", "--speed", "3"])
    assert done.exit_code == 2
    assert "--play" in done.output
