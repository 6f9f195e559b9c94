"""Whatever is typed after a command: a clear refusal or an answer, never a traceback, and no file is touched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.commands.arguments import NUMBER, PATH, YEAR

ENDLESS = ("/dev/zero", "/dev/full")
"""Read, they never end."""
HOSTILE_PATHS = ("a\x00b", "a" * 5000, "/", "", "/proc/self/mem", "khong/co/o/day", *ENDLESS)
HOSTILE_NUMBERS = ("0", "-1", str(2**31), str(10**40), "1.5", "một", "")
HOSTILE_YEARS = (*HOSTILE_NUMBERS, "9999", "-5")
HOSTILE_TEXTS = ("", "\x00", "\u202e", "a" * 100_000, "{{7*7}}", "-")
LIVES_ON = {"run", "demo"}
"""What would go on until it is told to stop; their options are those of others."""
MAKES_FOLDERS = {"init"}
"""`init --sample` makes the folder that it is given, as it says."""
USAGE = 2
NOWHERE = "khong-co.toml"
"""Settings that are not there: what gets as far as them ends with that word."""


class Typed(NamedTuple):
    """One command with one value that nobody means."""

    words: tuple[str, ...]
    impossible: bool
    """Whether no machine has such a thing, so that it is refused before anything is looked for."""


def commands(group: click.Group, *before: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, each in sorted(group.commands.items()):
        if isinstance(each, click.Group):
            yield from commands(each, *before, name)
        elif name not in LIVES_ON:
            yield (*before, name), each


def hostile_for(param: click.Parameter) -> tuple[str, ...]:
    if param.type is NUMBER:
        return HOSTILE_NUMBERS
    if param.type is YEAR:
        return HOSTILE_YEARS
    return HOSTILE_PATHS if param.type is PATH else HOSTILE_TEXTS


def every() -> Iterator[Typed]:
    for words, command in commands(main):
        takes = [each for each in command.params if not getattr(each, "is_flag", False)]
        for param in takes:
            others = [each for each in takes if each is not param]
            beside = [written(each, "1") for each in others if each.required]
            beside += [written(each, NOWHERE) for each in others if each.name == "settings"]
            for hostile in hostile_for(param):
                given = sorted([written(param, hostile), *beside], key=lambda w: w[:2] != "--")
                yield Typed((*words, *given), param.type in (NUMBER, YEAR))


def written(param: click.Parameter, value: str) -> str:
    return f"{param.opts[0]}={value}" if isinstance(param, click.Option) else value


CASES = list(every())


@pytest.mark.usefixtures("little_memory")
@pytest.mark.parametrize("command", sorted({each.words[0] for each in CASES}))
def test_what_nobody_means_is_refused_in_words(command: str, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    for case in (each for each in CASES if each.words[0] == command):
        ended = CliRunner().invoke(main, case.words, input="")
        told = (case.words, ended.output, ended.exception)
        assert ended.exception is None or isinstance(ended.exception, SystemExit), told
        assert "Traceback" not in ended.output, told
        assert not case.impossible or ended.exit_code == USAGE, told
        if command not in MAKES_FOLDERS:
            assert sorted(tmp_path.rglob("*")) == before, case.words


@pytest.mark.parametrize("option", ["--database", "--papers"])
def test_what_a_rehearsal_cannot_write_is_told_and_the_story_is_no_traceback(
    option: str, tmp_path: Path
) -> None:
    (tmp_path / "tep").write_text("x")
    story = Path(__file__).parents[1] / "stories" / "y_two_committees_each_its_own_words.toml"
    ended = CliRunner().invoke(main, ["rehearse", str(story), f"{option}={tmp_path / 'tep' / 'x'}"])
    assert ended.exit_code == 2
    assert "không ghi được vào" in ended.stderr
    assert isinstance(ended.exception, SystemExit)
