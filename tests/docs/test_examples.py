"""What the pages show as an example works as it stands: stories, regulations, settings."""

import re
import tomllib
from pathlib import Path

import pytest

from bot import founding
from bot.commands.founding_file import Plan, read_plan
from bot.people.rules.founding import faults_of
from bot.regulations.loader import parse
from bot.regulations.rules.regulation import Regulation
from bot.settings import load
from bot.values.language import Language
from simulator import comparison
from simulator.story import Expectation, Step, Story
from simulator.story_verbs import VERBS
from tests.docs import pages
from tests.docs.pages import Example

STORIES_PAGE = "docs/stories.md"
TOML = pages.examples("toml")
STORIES = [each for each in TOML if "[[step]]" in each.code]
REGULATIONS = [each for each in TOML if "[offices]" in each.code]
COMMITTEES = [each for each in TOML if "[[person]]" in each.code]
PARTS = [each for each in TOML if re.match(r"\[+body\.", each.code)]
"""Parts of the regulation shown on the same page: each table in place of the one of its name."""
SETTINGS = [each for each in TOML if each not in STORIES + REGULATIONS + COMMITTEES + PARTS]


def _where(example: Example) -> str:
    first = example.code.splitlines()[0]
    return f"{example.page}-{pages.text(example.page).partition(first)[0].count(chr(10)) + 1}"


@pytest.mark.parametrize("example", STORIES, ids=_where)
def test_a_story_shown_comes_out_as_it_says(example: Example, tmp_path: Path) -> None:
    for shown in REGULATIONS:
        name = tomllib.loads(shown.code)["id"]
        (tmp_path / f"{name}.toml").write_text(shown.code, encoding="utf-8")
    file = tmp_path / "story.toml"
    file.write_text(example.code, encoding="utf-8")
    told: list[str] = []

    code = comparison.rehearse(
        Language.VIETNAMESE, [file], told.append, as_json=False, with_transcript=False
    )

    assert (code, told) == (0, told)


@pytest.mark.parametrize("example", REGULATIONS, ids=_where)
def test_a_regulation_shown_is_whole(example: Example) -> None:
    assert parse(example.code, example.page).bodies


@pytest.mark.parametrize("example", PARTS, ids=_where)
def test_a_part_of_a_regulation_fits_the_one_that_is_shown(example: Example) -> None:
    (whole,) = (each for each in REGULATIONS if each.page == example.page)
    heads = set(re.findall(r"^\[.*\]", example.code, re.MULTILINE))
    tables = whole.code.split("\n\n")
    kept = [table for table in tables if table.split("\n")[0] not in heads]

    assert parse("\n\n".join([*kept, example.code]), example.page).bodies


@pytest.mark.parametrize("example", COMMITTEES, ids=_where)
def test_a_committee_shown_can_be_founded(example: Example, tmp_path: Path) -> None:
    file = tmp_path / "tap_the.toml"
    file.write_text(example.code, encoding="utf-8")

    plan = read_plan(file)

    assert isinstance(plan, Plan), plan
    regulation = founding.read(plan.founding)
    assert isinstance(regulation, Regulation)
    assert faults_of(plan.founding, regulation) == ()


@pytest.mark.parametrize("example", SETTINGS, ids=_where)
def test_settings_shown_are_taken(
    example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DONGTHUAN_TOKEN", "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    (tmp_path / "webhook-secret.txt").write_text("aB3_cD4-eF5_gH6-", encoding="utf-8")
    file = tmp_path / "dongthuan.toml"
    file.write_text(example.code, encoding="utf-8")

    settings = load(file)

    for key, value in tomllib.loads(example.code).items():
        told, holder = (
            (value, getattr(settings, key)) if key == "webhook" else ({key: value}, settings)
        )
        for name, each in told.items():
            assert str(getattr(holder, name)) in {str(each), str(tmp_path / str(each))}


def test_each_kind_of_example_is_shown_somewhere() -> None:
    assert STORIES
    assert REGULATIONS
    assert COMMITTEES
    assert SETTINGS


def _rows_with(first: str) -> dict[str, str]:
    rows = (cells for cells in pages.rows(STORIES_PAGE) if len(cells) > 1)
    return {name: " ".join(cells[1:]) for cells in rows for name in re.findall(first, cells[0])}


def test_every_verb_is_explained_with_the_keys_it_takes() -> None:
    explained = _rows_with(r"`(\w+)`")

    assert sorted(VERBS.keys() - explained.keys()) == []
    for verb, (needed, allowed) in VERBS.items():
        wanted = {f"`{key}`" for key in needed} | {f"`{key}?`" for key in allowed}
        assert {key for key in wanted if key not in explained.get(verb, "")} == set(), verb


def test_every_key_of_a_story_is_explained() -> None:
    words = pages.prose(STORIES_PAGE)
    keys = {
        field.alias or name
        for part in (Story, Step, Expectation)
        for name, field in part.model_fields.items()
    }

    assert sorted(key for key in keys - {"expects"} if not re.search(rf"\b{key}\b", words)) == []
