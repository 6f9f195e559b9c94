"""Every command, option and setting is explained where people look for it."""

import re

import click
import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.commands.speaking import VARIABLE, spoken
from bot.settings import FILE, NAMES_FILE, PREFIX, Settings
from bot.values.language import Language
from tests.docs import pages

RUNNING = "docs/van-hanh.md"
COMMANDS = sorted(main.commands)
OPTIONS = [
    (name, option)
    for name, command in sorted(main.commands.items())
    for parameter in command.params
    if isinstance(parameter, click.Option) and not parameter.hidden
    for option in parameter.opts
    if option.startswith("--")
]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_that_says_more_than_its_name(name: str) -> None:
    shown = CliRunner().invoke(main, [name, "--help"])

    assert shown.exit_code == 0
    for language in Language:
        told = spoken(main.commands[name], language, name)
        assert len((told.help or "").split()) >= 5


@pytest.mark.parametrize("language", Language)
def test_every_option_has_help(language: Language) -> None:
    helps = {
        (name, option): parameter.help
        for name, option in OPTIONS
        for parameter in spoken(main.commands[name], language, name).params
        if isinstance(parameter, click.Option) and option in parameter.opts
    }

    assert set(helps) == set(OPTIONS)
    assert [place for place, words in helps.items() if not words] == []


def test_every_option_is_named_to_who_runs_the_machine() -> None:
    told = {name: _row_of(name) for name in COMMANDS}
    missing = [(name, option) for name, option in OPTIONS if f"`{option}`" not in told[name]]

    assert [place for place in missing if place[1] != "--settings"] == []


def _row_of(command: str) -> str:
    """The row of the guide about a command; fails when there is none."""
    return next(
        " ".join(cells) for cells in pages.rows(RUNNING) if f"`dongthuan {command}`" in cells[0]
    )


@pytest.mark.parametrize("page", ["README.md", "README.vi.md", RUNNING])
def test_how_the_language_is_chosen_is_said_where_commands_are_listed(page: str) -> None:
    words = pages.text(page)

    assert "`--lang en`" in words
    assert f"`{VARIABLE}=en`" in words


@pytest.mark.parametrize("page", ["README.md", "README.vi.md", RUNNING])
def test_every_command_is_named_to_who_reads_of_it(page: str) -> None:
    words = pages.text(page)

    assert [name for name in COMMANDS if not re.search(rf"dongthuan {name}\b", words)] == []


def test_no_page_names_a_command_or_option_that_is_not_there() -> None:
    shown = r"\bdongthuan ([a-z]+(?:-[a-z]+)*)((?: (?:[A-Z][\w./]*|--[a-z-]+|[\w./-]+\.\w+))*)"
    named = [
        (page, name, option)
        for page in pages.pages()
        for name, rest in re.findall(shown, _code(page))
        for option in ("--help", *re.findall(r"--[a-z-]+", rest))
    ]
    known = {*OPTIONS, *((name, "--help") for name in COMMANDS)}

    assert named
    assert [place for place in named if place[1:] not in known] == []


def _code(page: str) -> str:
    """What a page shows as code: between marks, indented, or fenced."""
    spans = re.findall(r"`([^`\n]+)`", pages.text(page))
    indented = re.findall(r"^ {4}(.+)$", pages.text(page), re.MULTILINE)
    fenced = [
        example.code
        for each in ("", "sh", "ini")
        for example in pages.examples(each)
        if example.page == page
    ]
    return "\n".join([*spans, *indented, *fenced])


def test_no_page_names_a_make_target_that_is_not_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", pages.text("Makefile"), re.MULTILINE))
    named = [
        (page, target)
        for page in pages.pages()
        for target in re.findall(r"\bmake ([a-z-]+)", _code(page))
    ]

    assert named
    assert [place for place in named if place[1] not in targets] == []


def test_every_setting_is_listed_with_its_default() -> None:
    listed = {
        cells[0].strip("`"): cells for cells in pages.rows(RUNNING) if cells[0].startswith("`")
    }

    for name, field in Settings.model_fields.items():
        assert name in listed, name
        default = field.get_default()
        shown = listed[name][1]
        wanted = {None: "", (): "", False: "`false`", True: "`true`"}.get(default, f"`{default}`")
        assert shown == wanted, name


def test_the_page_says_how_settings_are_overridden() -> None:
    words = pages.text(RUNNING)

    assert FILE in words
    assert NAMES_FILE in words
    assert f"{PREFIX}DATABASE" in words
