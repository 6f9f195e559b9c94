from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot import logs
from scheduler.sending import unquoted
from simulator import story
from simulator.rehearsal import play
from simulator.world import DEMO_TOKEN
from tests.faults.committee import committee

STORIES = Path(__file__).parents[1] / "stories"
PLAYED = (
    "qn_paper_reply",
    "qn_blocked_then_back",
    "hd_more_time",
    "outage_late_words",
    "telegram_429_around_opening",
)


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything any logger writes at any level."""
    before, page = logging.getLogger().level, io.StringIO()
    logs.set_up(level="DEBUG", to=page)
    yield page
    logging.basicConfig(force=True, level=before)
    structlog.reset_defaults()


@pytest.mark.parametrize("name", PLAYED)
async def test_the_log_of_a_whole_rehearsal_names_nobody_and_quotes_nothing(
    written: io.StringIO, name: str
) -> None:
    path = STORIES / f"{name}.toml"
    told = story.read(path)
    await play(told, path)
    people = [actor.name for actor in (*told.member, *told.clerk, *told.officer)]
    words = [part for step in told.step for part in (step.subject, step.words, step.reason)]
    assert written.getvalue()
    leaked = [part for part in (*people, *words, told.title) if part and part in written.getvalue()]
    assert leaked == []
    assert DEMO_TOKEN not in written.getvalue()
    assert DEMO_TOKEN.partition(":")[2] not in written.getvalue()


def test_what_telegram_quotes_of_a_message_is_left_out() -> None:
    refused = 'can\'t parse entities: unsupported start tag "Lời kín đáo" at byte offset 9'
    assert unquoted(refused) == 'can\'t parse entities: unsupported start tag "…" at byte offset 9'
    assert unquoted('broken off "Lời kín') == 'broken off "…"'


async def test_what_fails_is_logged_by_its_kind_and_place_alone(
    written: io.StringIO, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with committee(tmp_path, 2) as house:
        matter = await house.opens("Việc kín đáo")

        def fail(*_: object, **__: object) -> None:
            raise LookupError(f"{house.names[1]}: Lời kín đáo {DEMO_TOKEN}")

        monkeypatch.setattr("bot.consultations.answering.may_reply", fail)
        house.presses(house.accounts[1], "reply", matter, "approve")
        await house.stage.settle()
    log = written.getvalue()
    assert "LookupError" in log
    assert not any(word in log for word in (house.names[1], "kín đáo", DEMO_TOKEN))
