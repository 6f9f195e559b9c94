"""What a story leaves in the log: every event one line of JSON, and in none a name, a word or the token of anybody."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from bot import logs
from simulator.story import Story
from simulator.world import DEMO_TOKEN

WORDS = ("subject", "special_reason", "words", "text", "reason", "place", "decision")
"""What somebody types in a step."""


@contextmanager
def logged(*, as_json: bool = True) -> Iterator[io.StringIO]:
    """Everything that any logger writes at any level while the block lasts."""
    before, page = logging.getLogger().level, io.StringIO()
    logs.set_up(level="DEBUG", as_json=as_json, secrets=(DEMO_TOKEN,), to=page)
    try:
        yield page
    finally:
        logging.basicConfig(force=True, level=before)
        structlog.reset_defaults()


def leaked(told: Story, log: str) -> list[str]:
    """Which names, words or secrets of a story stand in a log; a number, which a moment may hold, tells nothing."""
    people = [actor.name for actor in (*told.member, *told.clerk, *told.officer)]
    words = [getattr(step, field) for step in told.steps for field in WORDS]
    secrets = [DEMO_TOKEN, DEMO_TOKEN.partition(":")[2]]
    tells = [each for each in (*people, *words, told.title, *secrets) if not each.isdigit()]
    return [each for each in tells if each and each in log]


def faulty_lines(log: str) -> list[str]:
    """Lines that are not one event, with its kind and its moment, as JSON."""
    return [line for line in log.splitlines() if not _is_event(line)]


def _is_event(line: str) -> bool:
    try:
        event = json.loads(line)
    except ValueError:
        return False
    return isinstance(event, dict) and {"event", "level", "timestamp"} <= event.keys()
