"""Plays the first stories of a rule book and tells what silence and the threshold came to. None is made here."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from bot import logs
from bot.regulations.loader import parse
from bot.regulations.rules.regulation import Regulation
from bot.rendering import Terminal, shared_terminal
from bot.values.language import Language
from simulator import comparison, story
from simulator.first import First, first_stories
from simulator.rehearsal import Played, play

RULE_BOOK = "quy_che.toml"
"""What the rule book is called beside the stories made from it."""


def rehearse_first(
    language: Language,
    text: str,
    tell: Callable[[str], None],
    *,
    rolls: Mapping[str, int] | None = None,
    settings: Mapping[str, object] | None = None,
    keep: Path | None = None,
    with_transcript: bool = False,
) -> int:
    """Play a first story for every body that is asked in writing; 1 if one went otherwise than it should.

    The stories and the rule book are kept in the folder `keep`, where there is one. Raises
    RegulationFaults where the rule book does not hold, FileExistsError where a file is there already.
    """
    logs.set_up(level="ERROR")
    say = shared_terminal(language)
    regulation = parse(text, RULE_BOOK, settings)
    stories = list(first_stories(regulation, RULE_BOOK, rolls, settings))
    tell(say.terminal("first_heading", regulation=regulation, stories=stories))
    with tempfile.TemporaryDirectory() as temporary:
        folder = keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / RULE_BOOK, text)
        codes = [
            _rehearse(say, regulation, first, folder, tell, with_transcript=with_transcript)
            for first in stories
        ]
    if keep and stories:
        tell("\n" + say.terminal("first_kept", folder=keep))
    return max(codes, default=0)


def _write(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8") as file:
        file.write(text)


def _rehearse(
    say: Terminal,
    regulation: Regulation,
    first: First,
    folder: Path,
    tell: Callable[[str], None],
    *,
    with_transcript: bool,
) -> int:
    path = folder / f"dien_tap_{first.body.id}.toml"
    _write(path, first.text)
    told = story.read(path)
    played = asyncio.run(play(told, path))
    own = say.under(regulation.vocabulary)
    if with_transcript:
        tell(comparison.transcript(own, played))
    if played.matters:
        tell("\n" + own.terminal("first_told", **_view(first, played)))
    differing = comparison.differences(told, played)
    for difference in differing:
        tell(difference.told(say.language))
    return 1 if differing else 0


def _view(first: First, played: Played) -> dict[str, object]:
    """What a clerk is shown of one: the numbers are those of the matter as it closed."""
    *_, matter = played.matters.values()
    approve = matter.counts.get("approve", 0)
    threshold = first.body.written.threshold_of(first.matter, first.ground)
    return {
        "body": first.body,
        "matter": matter,
        "approve": approve,
        "in_favour": approve + matter.counts.get("deemed_approve", 0),
        "silence": first.body.written.silence.on(first.matter),
        "position": matter.positions.get(first.silent, ""),
        "threshold": threshold,
        "silent": first.silent,
    }
