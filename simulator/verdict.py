"""Compares what came of a story with what it expects, and tells it. Nothing is played here."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from bot import logs
from bot.domain.consultation import Position
from bot.domain.moments import in_viet_nam
from bot.services.overview import MatterTold
from simulator import story
from simulator.rehearsal import Played, play
from simulator.story import Expectation, Story, StoryError


def rehearse(
    files: Sequence[Path], tell: Callable[[str], None], *, as_json: bool, with_transcript: bool
) -> int:
    """Play each story and tell what came of it; gives the exit code of the command."""
    logs.set_up(level="ERROR")
    codes = [
        _rehearse(file, tell, as_json=as_json, with_transcript=with_transcript) for file in files
    ]
    return max(codes)


def _rehearse(
    path: Path, tell: Callable[[str], None], *, as_json: bool, with_transcript: bool
) -> int:
    try:
        told = story.read(path)
        played = asyncio.run(play(told, path))
    except StoryError as fault:
        click.echo(str(fault), err=True)
        return 2
    found = differences(told, played)
    if as_json:
        tell(as_lines(told, played, found))
    if with_transcript:
        tell(transcript(played))
    if not as_json:
        tell(f"{'khác' if found else 'đạt'}: {path}: {told.title}")
    for difference in found:
        click.echo(f"{path}: {difference}", err=True)
    return 1 if found else 0


def differences(told: Story, played: Played) -> list[str]:
    """Everything that differs from what the story expects; empty when it holds."""
    found = list(played.failures)
    latest = list(played.matters.values())[-1] if played.matters else None
    found += _differ("expect", told.expect, latest, played)
    for name, expected in told.expects.items():
        found += _differ(f"expect.{name}", expected, played.matters.get(name), played)
    return found


_MATTER = {"outcome", "closed_at", "counts", "required", "roll", "articles", "next", "positions"}


def _differ(
    where: str, expected: Expectation, told: MatterTold | None, played: Played
) -> Iterator[str]:
    if told is None:
        if expected.model_fields_set & _MATTER:
            yield f"{where}: there is no such matter"
    else:
        yield from _facts(where, expected, told)
    yield from _words(where, expected, played)


def _facts(where: str, expected: Expectation, told: MatterTold) -> Iterator[str]:
    for key in ("outcome", "closed_at", "required", "roll", "next"):
        wanted, found = getattr(expected, key), getattr(told, key)
        if key in expected.model_fields_set and wanted != found:
            yield f"{where}.{key}: expected {_plain(wanted)}, found {_plain(found)}"
    for position, count in expected.counts.items():
        found = told.counts.get(position, 0)
        if found != count:
            yield f"{where}.counts.{position}: expected {count}, found {found}"
    for article in expected.articles:
        if article not in told.articles:
            yield f"{where}.articles: {article} is not among {', '.join(told.articles)}"
    for name, position in expected.positions.items():
        found_position = told.positions.get(name)
        if found_position != position:
            yield f"{where}.positions.{name}: expected {position}, found {found_position}"


def _words(where: str, expected: Expectation, played: Played) -> Iterator[str]:
    for name, wanted in expected.heard.items():
        place = 0
        texts = [heard.text for heard in played.heard[name]]
        for words in wanted:
            at = next((n for n in range(place, len(texts)) if words in texts[n]), None)
            if at is None:
                yield f"{where}.heard.{name}: {words!r} was not heard (in this order)"
                break
            place = at
    for name, unwanted in expected.not_heard.items():
        for words in unwanted:
            if any(words in heard.text for heard in played.heard[name]):
                yield f"{where}.not_heard.{name}: {words!r} was heard"


def as_lines(told_story: Story, played: Played, found: list[str]) -> str:
    """One object a line for each matter, with what everybody heard; one without a matter if there is none."""
    common = {
        "title": told_story.title,
        "holds": not found,
        "differences": found,
        "messages": {
            name: [{"time": _plain(heard.at), "text": heard.text} for heard in messages]
            for name, messages in played.heard.items()
        },
    }
    matters = [_matter(name, matter) for name, matter in played.matters.items()]
    return "\n".join(
        json.dumps({**matter, **common}, ensure_ascii=False) for matter in matters or [{"id": None}]
    )


def _matter(name: str, told: MatterTold) -> dict[str, Any]:
    return {
        "id": name,
        "number": told.number,
        "subject": told.subject,
        "outcome": told.outcome,
        "closed_at": _plain(told.closed_at) if told.closed_at else None,
        "roll": told.roll,
        "roll_at_opening": told.roll_at_opening,
        "required": told.required,
        "counts": {p.value: told.counts.get(p.value, 0) for p in Position},
        "positions": told.positions,
        "articles": list(told.articles),
        "next": told.next,
    }


_WHO = {
    "bot": "Bot",
    "edited": "Bot (sửa tin đã gửi)",
    "said": "{name}",
    "pressed": "{name} (bấm nút)",
}


def transcript(played: Played) -> str:
    """Every chat as a person would read it."""
    lines: list[str] = []
    for name, chat in played.chats.items():
        lines += ["", f"=== {name} ===", ""]
        for line in chat:
            who = _WHO[line.kind].format(name=name)
            lines.append(f"[{in_viet_nam(line.at):%d/%m/%Y %H:%M}] {who}:")
            lines += [f"    {text}" for text in line.text.splitlines()]
    return "\n".join(lines)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return in_viet_nam(value).isoformat()
    return str(value)
