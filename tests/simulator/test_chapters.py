"""A tale in chapters, without a browser: told in order and once, beside what visitors do; the archive at its end."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import click
import pytest

from bot.dossiers.checking import checked
from bot.values.language import Language
from bot.values.moments import in_viet_nam
from simulator import demos, story, transcript
from simulator.comparison import differences
from simulator.demo import Demo, showing
from simulator.demos import Tale, Wish
from simulator.narrator import Told

TALES = Path(__file__).parent / "tales"
BEGINNINGS = [
    "2026 · Phiếu gửi đi. Bí thư duyệt phiếu.",
    "2026 · Trả lời. Một đồng chí trả lời, hai đồng chí im lặng.",
    "2026 · Kết thúc. Tập thể kết thúc, hồ sơ còn lại.",
]
GONE = 404


OFFERED = demos.FOLDER
"""Where the tales lie that are offered; the fixture below puts those of the tests in their place."""


def test_the_year_in_a_heading_is_the_one_in_which_the_chapter_begins() -> None:
    """The heading says when a chapter ends, so none goes on over New Year."""
    with_chapters = [
        told for file in sorted(OFFERED.glob("*/*.toml")) if (told := story.read(file)).chapters
    ]
    assert with_chapters
    for told in with_chapters:
        for chapter in told.chapters:
            first = next(step.at for step in told.steps if told.chapter_at(step.at) is chapter)
            assert (in_viet_nam(first).year, chapter.vi.title) == (chapter.year, chapter.vi.title)


@pytest.fixture(autouse=True)
def _tales(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demos, "FOLDER", TALES)


@pytest.fixture
async def told() -> list[Told]:
    return []


@pytest.fixture
async def demo(told: list[Told]) -> AsyncIterator[Demo]:
    async with showing("quang_ngai", 0, told.append, tale=Tale.YEARS) as opened:
        yield opened


async def turned(demo: Demo, chapter: object, status: int = 200) -> dict[str, object]:
    """What the page answers to a press on a chapter."""
    page = demo.address.rstrip("/")
    async with (
        aiohttp.ClientSession() as http,
        http.post(
            f"{page}/page/chapter", json={"chapter": chapter}, headers={"Origin": page}
        ) as answer,
    ):
        assert answer.status == status
        found: dict[str, object] = await answer.json()
        return found


def shown(demo: Demo) -> str:
    return f"{in_viet_nam(demo.stage.clock.now()):%H:%M %d/%m}"


def beginnings(told: list[Told]) -> list[str]:
    return [one.vi for one in told if " · " in one.vi]


async def test_the_page_opens_at_the_end_of_the_first_chapter(demo: Demo, told: list[Told]) -> None:
    assert beginnings(told) == BEGINNINGS[:1]
    assert shown(demo) == "09:00 02/03"
    assert demo.cast.matters.ids, "the clerk has prepared it and the head approved"


async def test_turning_far_on_tells_every_chapter_once_and_writes_the_archive(
    demo: Demo, told: list[Told]
) -> None:
    done = await turned(demo, 2)
    assert done["off"] == ""
    assert done["told"] == len(BEGINNINGS)
    assert beginnings(told) == BEGINNINGS
    moments = [one.at for one in told]
    assert moments == sorted(moments), "the narrator goes forward"
    async with aiohttp.ClientSession() as http, http.get(f"{demo.address}page/archive") as answer:
        content = await answer.read()
    found = checked(content)
    assert found.holds
    assert found.counted == 1
    assert done["archive"] == {
        "files": found.files,
        "lines": found.lines,
        "bytes": len(content),
    }


async def test_a_chapter_that_has_been_told_begins_the_tale_anew(demo: Demo) -> None:
    assert await turned(demo, 0) == {"anew": True}
    assert demo.wish.result() == Wish(Tale.YEARS, 0)


async def test_what_visitors_did_before_is_told_and_the_tale_goes_on(demo: Demo) -> None:
    hands = demo.cast.hands["Nguyễn Văn An"]
    await hands.press("withdraw", demo.cast.matters.of(None))
    await hands.say("Chưa cần")
    done = await turned(demo, 2)
    assert "bị từ chối" in str(done["off"])
    assert done["told"] == len(BEGINNINGS)


@pytest.mark.parametrize("chapter", [-1, 3])
async def test_no_such_chapter_is_refused(demo: Demo, chapter: int) -> None:
    assert (await turned(demo, chapter, GONE))["error"] == "Không có chương này."


async def test_there_is_no_archive_before_it_is_written(demo: Demo) -> None:
    async with aiohttp.ClientSession() as http, http.get(f"{demo.address}page/archive") as answer:
        assert answer.status == GONE


async def test_it_can_be_opened_at_a_later_chapter(told: list[Told]) -> None:
    async with showing("quang_ngai", 0, told.append, tale=Tale.YEARS, chapter=1) as demo:
        assert beginnings(told) == BEGINNINGS[:2]
        assert shown(demo) == "17:00 05/03"


def test_a_play_heads_each_chapter_and_holds() -> None:
    lines: list[str] = []
    played = transcript.play(Language.VIETNAMESE, "quang_ngai", Tale.YEARS, lines.append, 0)
    assert differences(demos.read("quang_ngai", Tale.YEARS)[0], played) == []
    text = click.unstyle("\n".join(lines))
    assert [line for line in text.split("\n") if line in BEGINNINGS] == BEGINNINGS
    assert not re.search(r"\[ \d+:\w+", text)  # what a button carries is for no reader
    assert text.index("Hết hạn, kết thúc phiếu") < text.index(
        BEGINNINGS[2]
    )  # on the last day of the second
