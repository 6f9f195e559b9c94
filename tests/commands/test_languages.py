"""Both languages of the command line say the same things: the same files, keys, fields and cases."""

import string
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from jinja2 import Environment, nodes

from bot.__main__ import main
from bot.commands.speaking import Group, language_of, spoken
from bot.places import templates_dir
from bot.values.language import Language

CLI = templates_dir() / "cli"
VIETNAMESE, ENGLISH = (CLI / language for language in (Language.VIETNAMESE, Language.ENGLISH))
OF_VIETNAMESE_ALONE = {"click.toml"}
"""Click speaks English by itself."""
TABLES = sorted(
    path.name for path in VIETNAMESE.glob("*.toml") if path.name not in OF_VIETNAMESE_ALONE
)
TEMPLATES = sorted(path.name for path in VIETNAMESE.glob("*.j2"))


def test_both_languages_have_the_same_files() -> None:
    assert {path.name for path in ENGLISH.iterdir()} == {*TABLES, *TEMPLATES}


def flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def words(path: Path) -> dict[str, object]:
    return dict(flat(tomllib.loads(path.read_text(encoding="utf-8"))))


def fields(text: object) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(str(text)) if name}


@pytest.mark.parametrize("name", [name for name in TABLES if name != "labels.toml"])
def test_a_table_has_the_same_keys_and_fields_in_both_languages(name: str) -> None:
    vietnamese, english = words(VIETNAMESE / name), words(ENGLISH / name)

    assert set(vietnamese) == set(english)
    assert [key for key in english if fields(english[key]) != fields(vietnamese[key])] == []


def test_a_label_in_english_is_one_that_vietnamese_has_with_the_same_fields() -> None:
    vietnamese = words(templates_dir() / "labels.toml") | words(VIETNAMESE / "labels.toml")
    english = words(ENGLISH / "labels.toml")

    assert set(words(VIETNAMESE / "labels.toml")) - set(english) == set()
    assert [key for key in english if key not in vietnamese] == []
    assert [key for key in english if not fields(english[key]) <= fields(vietnamese[key])] == []


SHOWN = ("setting_value", "setting_open", "setting_yes", "setting_no", "setting_unit", "report_period",
         "outcome", "next", "due_kind", "counted", "service")  # fmt: skip


@pytest.mark.parametrize("table", SHOWN)
def test_what_the_program_says_of_a_setting_a_result_or_a_due_moment_is_there_in_english(
    table: str,
) -> None:
    vietnamese = words(templates_dir() / "labels.toml")
    english = words(ENGLISH / "labels.toml")

    def of_table(labels: Mapping[str, object]) -> set[str]:
        return {key for key in labels if key.startswith(f"{table}.")}

    assert of_table(vietnamese)
    assert of_table(vietnamese) == of_table(english)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_knows_the_same_names_and_cases_in_both_languages(name: str) -> None:
    vietnamese, english = (parsed(folder / name) for folder in (VIETNAMESE, ENGLISH))

    assert names(vietnamese) == names(english)
    assert cases(vietnamese) == cases(english)


def parsed(path: Path) -> nodes.Template:
    return Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))


def names(tree: nodes.Template) -> set[str]:
    """What a template reads of its view, down to the last part of each."""
    read = {each.name for each in tree.find_all(nodes.Name)}
    return read | {each.attr for each in tree.find_all(nodes.Getattr)}


def cases(tree: nodes.Template) -> set[str]:
    """The kinds that a template distinguishes: every word that something is compared with."""
    compared = (operand.expr for each in tree.find_all(nodes.Compare) for operand in each.ops)
    values = (each.value for each in compared if isinstance(each, nodes.Const))
    return {value for value in values if isinstance(value, str)}


# --- the language of a run ------------------------------------------------------------------------

CHOSEN = [
    ((), {}, Language.VIETNAMESE),
    (("check", "a"), {"LANG": "en_US.UTF-8", "LC_ALL": "en_US", "LANGUAGE": "en"}, Language.VIETNAMESE),
    (("check", "a"), {"DONGTHUAN_LANG": "en"}, Language.ENGLISH),
    (("check", "a"), {"DONGTHUAN_LANG": "EN"}, Language.ENGLISH),
    (("check", "a"), {"DONGTHUAN_LANG": "fr"}, Language.VIETNAMESE),
    (("--lang", "en", "check"), {}, Language.ENGLISH),
    (("check", "a", "--lang=en"), {}, Language.ENGLISH),
    (("--lang", "vi", "check"), {"DONGTHUAN_LANG": "en"}, Language.VIETNAMESE),
    (("--lang", "fr"), {"DONGTHUAN_LANG": "en"}, Language.ENGLISH),
    (("--help", "--lang", "en"), {}, Language.ENGLISH),
    (("check", "--lang"), {}, Language.VIETNAMESE),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "environment", "language"), CHOSEN)
def test_the_language_is_what_is_typed_else_the_environment_else_vietnamese(
    typed: tuple[str, ...], environment: dict[str, str], language: Language
) -> None:
    assert language_of(typed, environment) is language


def commands(group: Group, path: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        yield f"{path}{name}"
        if isinstance(command, Group):
            yield from commands(command, f"{path}{name} ")


@pytest.mark.parametrize("command", ["", *commands(main)])
def test_the_help_of_a_command_is_in_one_language(command: str) -> None:
    vietnamese = CliRunner(env={"LANG": "en_US.UTF-8", "LANGUAGE": "en"}).invoke(
        main, [*command.split(), "--help"]
    )
    english = CliRunner().invoke(main, [*command.split(), "--help", "--lang", "en"])

    assert (vietnamese.exit_code, english.exit_code) == (0, 0)
    for word in ("Usage", "Options", "Commands", "Show this message"):
        assert word not in vietnamese.output
    assert "In lời hướng dẫn này." in vietnamese.output
    told = english.output.replace("FILE", "").replace("Đồng thuận", "")
    assert "Show this message and exit." in told
    assert not set(told) & set("ạảấầậắằặẹếềểễệịọốồộớờợụứừựỳýỵđăâêôơư")


def test_a_command_keeps_no_language_for_the_next_run() -> None:
    runner = CliRunner()
    first = runner.invoke(main, ["status", "--help"]).output
    english = runner.invoke(main, ["--lang", "en", "status", "--help"]).output

    assert runner.invoke(main, ["status", "--help"]).output == first != english


@pytest.mark.parametrize("language", Language)
def test_a_command_without_words_is_refused(language: Language) -> None:
    with pytest.raises(KeyError):
        spoken(main, language, "dongthuan nothing")
