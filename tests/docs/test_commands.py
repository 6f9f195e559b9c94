"""Every command, option and setting is explained where people look for it."""

import re

import click
import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.settings import FILE, NAMES_FILE, PREFIX, Settings
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
    assert len((main.commands[name].help or "").split()) >= 5


@pytest.mark.parametrize(("name", "option"), OPTIONS)
def test_every_option_has_help(name: str, option: str) -> None:
    found = next(p for p in main.commands[name].params if option in p.opts)

    assert isinstance(found, click.Option)
    assert found.help


@pytest.mark.parametrize(("name", "option"), OPTIONS)
def test_every_option_is_named_to_who_runs_the_machine(name: str, option: str) -> None:
    rows = [cells for cells in pages.rows(RUNNING) if f"`dongthuan {name}`" in cells[0]]

    assert rows
    assert option == "--settings" or f"`{option}`" in " ".join(rows[0])


@pytest.mark.parametrize("page", ["README.md", "README.vi.md", RUNNING])
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_named_to_who_reads_of_it(page: str, name: str) -> None:
    assert re.search(rf"dongthuan {name}\b", pages.text(page))


@pytest.mark.parametrize("page", pages.pages())
def test_no_page_names_a_command_or_option_that_is_not_there(page: str) -> None:
    named = re.findall(
        r"\bdongthuan ([a-z]+)((?: (?:[A-Z][\w./]*|--[a-z-]+|[\w./-]+\.\w+))*)", _code(page)
    )

    for name, rest in named:
        assert name in COMMANDS, name
        known = {option for command, option in OPTIONS if command == name} | {"--help"}
        assert {*re.findall(r"--[a-z-]+", rest)} <= known, (name, rest)


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


@pytest.mark.parametrize("page", pages.pages())
def test_no_page_names_a_make_target_that_is_not_there(page: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", pages.text("Makefile"), re.MULTILINE))

    assert {*re.findall(r"\bmake ([a-z-]+)", _code(page))} <= targets


def test_every_setting_is_listed_with_its_default() -> None:
    listed = {
        cells[0].strip("`"): cells for cells in pages.rows(RUNNING) if cells[0].startswith("`")
    }

    for name, field in Settings.model_fields.items():
        assert name in listed, name
        default = field.get_default()
        shown = listed[name][1]
        wanted = {None: "", False: "`false`", True: "`true`"}.get(default, f"`{default}`")
        assert shown == wanted, name


def test_the_page_says_how_settings_are_overridden() -> None:
    words = pages.text(RUNNING)

    assert FILE in words
    assert NAMES_FILE in words
    assert f"{PREFIX}DATABASE" in words
