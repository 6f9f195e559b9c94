"""The glossary says what is: every id it lists is one of the code, every one is listed, in the words of the screen."""

import ast
import re
import tomllib
from functools import cache

import pytest

from bot.places import templates_dir
from tests.docs import pages

GLOSSARY = "docs/glossary.md"
ON_SCREEN = {
    "Choice": "choice",
    "Conclusion": "conclusion",
    "DebtKind": "debt",
    "DueKind": "report_due_kind",
    "Ground": "ground",
    "Matter": "matter",
    "MeetingKind": "meeting_kind",
    "MeetingStage": "meeting_stage",
    "Next": "next",
    "Outcome": "outcome",
    "Period": "report_period",
    "Position": "position",
    "Stage": "stage",
    "Standing": "standing",
    "Waits": "waits",
}
"""The table of labels in which the words of an enumeration stand."""


@cache
def _code() -> tuple[ast.Module, ...]:
    files = sorted((pages.ROOT / "bot").rglob("*.py"))
    return tuple(ast.parse(file.read_text(encoding="utf-8")) for file in files)


@cache
def enumerations() -> dict[str, set[str]]:
    """The members of every enumeration of the code, by its name."""
    return {
        part.name: {
            target.id
            for line in part.body
            if isinstance(line, ast.Assign)
            for target in line.targets
            if isinstance(target, ast.Name)
        }
        for module in _code()
        for part in module.body
        if isinstance(part, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id.endswith("Enum") for base in part.bases)
    }


def _offices() -> list[str]:
    tables = [
        ast.literal_eval(part.value)
        for module in _code()
        for part in module.body
        if isinstance(part, ast.Assign) and ast.unparse(part.targets[0]) == "OFFICES"
    ]
    assert len(tables) == 1
    return list(tables[0])


@cache
def listed() -> dict[str, list[tuple[str, str]]]:
    """The members that the lists of ids name, by their enumeration, each with its Vietnamese word."""
    found: dict[str, list[tuple[str, str]]] = {}
    ids = pages.prose(GLOSSARY).partition("## Ids that data keep")[2].partition("\n## ")[0]
    for word, name, member in re.findall(
        r"^\| (.+?) \| .+? \| `(\w+)\.(\w+)` \|$", ids, re.MULTILINE
    ):
        found.setdefault(name, []).append((member, word))
    return found


def test_the_glossary_lists_enumerations_of_the_code() -> None:
    assert listed()
    assert {*listed()} - {*enumerations()} == set()


@pytest.mark.parametrize("name", sorted(listed()))
def test_an_enumeration_is_listed_whole(name: str) -> None:
    assert sorted(member for member, _ in listed()[name]) == sorted(enumerations()[name])


def test_every_member_named_anywhere_in_the_glossary_exists() -> None:
    named = re.findall(r"`([A-Z]\w+)\.([A-Z_]+)`", pages.prose(GLOSSARY))

    assert [(name, member) for name, member in named if member not in enumerations()[name]] == []


def test_every_office_is_listed_in_the_order_of_rank() -> None:
    words = pages.prose(GLOSSARY).partition("### People")[2].partition("\n### ")[0]

    assert re.findall(r"\| `(\w+)` \|$", words, re.MULTILINE) == _offices()


@pytest.mark.parametrize("name", sorted(ON_SCREEN))
def test_the_glossary_speaks_as_the_screen_does(name: str) -> None:
    tables = tomllib.loads((templates_dir() / "labels.toml").read_text(encoding="utf-8"))
    labels = tables[ON_SCREEN[name]]

    assert {member: word.casefold() for member, word in listed()[name]} == {
        member: labels[member.lower()].casefold() for member in enumerations()[name]
    }
