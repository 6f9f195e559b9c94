"""Compares what came of a story with what it expects, and tells it. Nothing is played here."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from bot import logs
from bot.consultations.overview import MatterTold
from bot.consultations.rules.consultation import Position
from bot.meetings.overview import MeetingSnapshot, VoteSnapshot
from bot.named_files import text_of
from bot.regulations.faults import marked
from bot.rendering import Terminal, shared_terminal
from bot.values.language import Language
from bot.values.moments import in_viet_nam
from bot.votes.rules.vote import APPROVE
from bot.words import words_of
from simulator import owed, story
from simulator.difference import Difference, other
from simulator.rehearsal import NotWrittenError, Played, play
from simulator.story import Expectation, Story
from simulator.story_faults import StoryError


def rehearse(
    language: Language,
    files: Sequence[Path],
    tell: Callable[[str], None],
    *,
    as_json: bool,
    with_transcript: bool,
    database: Path | None = None,
    papers: Path | None = None,
) -> int:
    """Play each story and tell what came of it; gives the exit code of the command.

    The database that one story played is kept as `database`, which nothing may be yet; every
    paper that the stories give rise to is written into the folder `papers`.
    """
    logs.set_up(level="ERROR")
    say = shared_terminal(language)
    codes = [
        _rehearse(
            say,
            file,
            tell,
            as_json=as_json,
            with_transcript=with_transcript,
            database=database,
            papers=papers,
        )
        for file in files
    ]
    return max(codes)


def _rehearse(
    say: Terminal,
    path: Path,
    tell: Callable[[str], None],
    *,
    as_json: bool,
    with_transcript: bool,
    database: Path | None,
    papers: Path | None,
) -> int:
    try:
        told = story.read(path)
        played = asyncio.run(play(told, path, keep=database, papers=papers))
    except StoryError as wrong:
        tell_faults(say, path, wrong)
        return 2
    except NotWrittenError as no:
        words = words_of(say.language, "rehearsal")["faults"]
        click.echo(words["unwritable"].format(path=no.path), err=True)
        return 2
    found = differences(told, played)
    if as_json:
        tell(as_lines(told, played, found))
    if with_transcript:
        tell(transcript(say, played))
    if not as_json:
        words = "rehearsal.differs" if found else "rehearsal.holds"
        tell(say.label(words, path=path, title=told.title))
    for difference in found:
        click.echo(f"{path}: {difference.told(say.language)}", err=True)
    return 1 if found else 0


def tell_faults(say: Terminal, path: Path, wrong: StoryError) -> None:
    """All that is wrong with a story's file, each with its line, as `dongthuan check` tells it of a rule book."""
    try:
        lines = text_of(path, errors="replace").split("\n")
    except OSError:  # the fault told says so
        lines = []
    faults = [marked(fault, lines, say.language) for fault in wrong.faults]
    click.echo(say.terminal("faults", name=str(path), faults=faults), err=True)


def differences(told: Story, played: Played) -> list[Difference]:
    """Everything that differs from what the story expects; empty when it holds."""
    found = list(played.failures)
    found += _differ("expect", told.expect, _latest(told.expect, played), played)
    for name, expected in told.expects.items():
        named = played.matters.get(name) or played.meetings.get(name) or played.votes.get(name)
        found += _differ(f"expect.{name}", expected, named, played)
    return found


Told = MatterTold | MeetingSnapshot | VoteSnapshot

_WORDS = {"heard", "not_heard", "board", "due", "waiting", "owed"}
"""What is said of people, reports and bodies, of no single matter."""


def _latest(expected: Expectation, played: Played) -> Told | None:
    """The latest thing of which all that is expected can be said."""
    wanted = expected.model_fields_set - _WORDS
    kinds: tuple[Iterable[Told], ...] = (
        played.votes.values(),
        played.matters.values(),
        played.meetings.values(),
    )
    for latest in (list(kind)[-1] for kind in kinds if kind):
        if all(hasattr(latest, key) for key in wanted):
            return latest
    return None


def _differ(
    where: str, expected: Expectation, told: Told | None, played: Played
) -> Iterator[Difference]:
    if told is None:
        if expected.model_fields_set - _WORDS:
            yield Difference("untold", {"where": where})
    else:
        yield from _facts(where, expected, told)
    yield from _words(where, expected, played)
    yield from _rows(f"{where}.board", expected.board, played.board)
    yield from _rows(f"{where}.due", expected.due, played.due)
    yield from _rows(f"{where}.waiting", expected.waiting, played.waiting)
    yield from owed.differs(f"{where}.owed", expected.owed, played.owed)


def _rows(where: str, wanted: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Difference]:
    """Rows of reports, how each stands, or when it is due; of bodies, what waits for them."""
    for row, expected in wanted.items():
        if found.get(row) != expected:
            yield other(f"{where}.{row}", expected, found.get(row))


def _facts(where: str, expected: Expectation, told: Told) -> Iterator[Difference]:
    for key in sorted(expected.model_fields_set - _WORDS - set(_OF_MANY)):
        wanted, found = getattr(expected, key), getattr(told, key, None)
        if wanted != found:
            yield other(f"{where}.{key}", wanted, found)
    for key in sorted(expected.model_fields_set & set(_OF_MANY)):
        found = getattr(told, key, None)
        if found is None:
            yield Difference("no_such", {"where": f"{where}.{key}"})
        else:
            yield from _OF_MANY[key](f"{where}.{key}", getattr(expected, key), found)


def _counts(
    where: str, wanted: Mapping[str, int | Mapping[str, int]], found: Mapping[str, Any]
) -> Iterator[Difference]:
    """A number expected of a name of a list is how many approve of that name."""
    for key, expected in wanted.items():
        counted = found.get(key, 0)
        if isinstance(expected, Mapping):
            yield from _counts(f"{where}.{key}", expected, counted or {})
            continue
        number = counted.get(APPROVE, 0) if isinstance(counted, Mapping) else counted
        if number != expected:
            yield other(f"{where}.{key}", expected, number)


def _articles(where: str, wanted: Sequence[str], found: Sequence[str]) -> Iterator[Difference]:
    for article in wanted:
        if article not in found:
            yield Difference(
                "not_cited", {"where": where, "article": article, "found": ", ".join(found)}
            )


def _positions(
    where: str, wanted: Mapping[str, str], found: Mapping[str, str]
) -> Iterator[Difference]:
    for name, position in wanted.items():
        if found.get(name) != position:
            yield other(f"{where}.{name}", position, found.get(name))


_OF_MANY: Mapping[str, Callable[[str, Any, Any], Iterator[Difference]]] = {
    "counts": _counts,
    "articles": _articles,
    "positions": _positions,
}
"""Expectations that say something of some, and nothing of the others."""


def _words(where: str, expected: Expectation, played: Played) -> Iterator[Difference]:
    for name, wanted in expected.heard.items():
        place = 0
        texts = [heard.text for heard in played.heard[name]]
        for words in wanted:
            at = next((n for n in range(place, len(texts)) if words in texts[n]), None)
            if at is None:
                yield Difference("not_heard", {"where": f"{where}.heard.{name}", "words": words})
                break
            place = at
    for name, unwanted in expected.not_heard.items():
        for words in unwanted:
            if any(words in heard.text for heard in played.heard[name]):
                yield Difference("heard", {"where": f"{where}.not_heard.{name}", "words": words})


def as_lines(told_story: Story, played: Played, found: list[Difference]) -> str:
    """One object a line for each matter, meeting and vote, with what everybody heard; one if there is none.

    It is for programs, and the same in every language.
    """
    common = {
        "title": told_story.title,
        "holds": not found,
        "differences": [each.told(Language.ENGLISH) for each in found],
        "messages": {
            name: [{"time": _plain(heard.at), "text": heard.text} for heard in messages]
            for name, messages in played.heard.items()
        },
    }
    told: list[dict[str, Any]] = [
        *(_matter(name, each) for name, each in played.matters.items()),
        *(_as_is(name, each) for name, each in played.meetings.items()),
        *(_as_is(name, each) for name, each in played.votes.items()),
    ]
    return "\n".join(
        json.dumps({**each, **common}, ensure_ascii=False) for each in told or [{"id": None}]
    )


def _as_is(name: str, told: MeetingSnapshot | VoteSnapshot) -> dict[str, Any]:
    values = {
        key: _plain(value) if isinstance(value, datetime) else value
        for key, value in asdict(told).items()
    }
    return {**values, "id": name}


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


def transcript(say: Terminal, played: Played) -> str:
    """Every chat as a person would read it."""
    lines: list[str] = []
    for name, chat in played.chats.items():
        lines += ["", f"=== {name} ===", ""]
        for line in chat:
            who = say.label(f"rehearsal.{line.kind}", name=name)
            lines.append(f"[{in_viet_nam(line.at):%d/%m/%Y %H:%M}] {who}:")
            lines += [f"    {text}" for text in line.text.splitlines()]
    return "\n".join(lines)


def _plain(value: datetime) -> str:
    return in_viet_nam(value).isoformat()
