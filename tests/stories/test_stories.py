"""Every story beside this file is a test; together they cover what the texts say of writing, meetings, reports."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.kit.unit import Context
from simulator import demos, story
from simulator.comparison import differences
from simulator.phone_client import PhoneClient
from simulator.rehearsal import play
from simulator.story_verbs import VERBS
from tests.stories import keyboards, read_anew, requests
from tests.stories.logged import faulty_lines, leaked, logged
from tests.stories.narrated import NARRATED, wordless
from tests.stories.recounted import disagreements
from tests.stories.watched import watching

YEARS = demos.FOLDER / "quang_ngai" / "years.toml"
"""Ten years of one committee, which the demonstration tells, too."""
FILES = [*sorted(Path(__file__).parent.glob("*.toml")), YEARS]
PLAYED = [path for path in FILES if path.stem != "q_bk_year_of_five_cycles"]
"""The year of reports is played once, where its mornings are counted."""

ROWS = {
    *(f"QN-W{n}" for n in range(1, 10)),
    *(f"BK-W{n}" for n in range(1, 10)),
    *(f"HU-W{n}" for n in range(1, 10)),
    *("HU-W4a", "HU-W4b"),
    *(f"HD-W{n}" for n in range(1, 12)),
    *(f"TV-W{n}" for n in range(1, 5)),
}
MEETINGS = {
    *(f"QN-M{n}" for n in range(1, 13)),
    *("QN-M3a", "QN-M7a"),
    *(f"BK-M{n}" for n in range(1, 10)),
    *(f"HU-M{n}" for n in range(1, 13)),
    *("HD-M1", "TV-M1"),
    *(f"ALL-M{n}" for n in range(1, 6)),
}
REPORTS = {
    *(f"QN-R{n}" for n in range(1, 9)),
    *(f"BK-R{n}" for n in range(1, 8)),
    *(f"HU-R{n}" for n in range(1, 9)),
    *(f"HD-R{n}" for n in range(1, 4)),
    *(f"TV-R{n}" for n in range(1, 5)),
}
KEPT = {("reply", "replies"), ("words", "replies")}
"""What stays after a refusal: a reply after the close, kept as late by an act of its own."""
RULES = {*(f"5.{n}" for n in range(1, 20))} - {"5.17"}
"""All but what a rule book is checked for before anything is played."""


@pytest.mark.parametrize("path", PLAYED, ids=lambda path: path.stem)
async def test_the_story_goes_as_it_says(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong, unreadable, refusable = list[str](), list[str](), list[str]()
    read_anew.watch(monkeypatch, wrong)
    keyboards.watch(monkeypatch, unreadable)
    requests.watch(monkeypatch, refusable)
    told, left = story.read(path), list[tuple[str, str]]()
    refuses = any(step.refused for step in told.steps)
    recounted, untold = list[str](), list[str]()

    async def look(context: Context) -> None:
        recounted.extend(await disagreements(context))
        if path.stem in NARRATED:
            untold.extend(await wordless(context))

    with logged() as log:
        played = await play(told, path, watching(left) if refuses else PhoneClient, look=look)

    assert differences(told, played) == []
    assert set(left) <= KEPT, "a refused press has changed a table"
    assert recounted == [], "a dossier does not hold by itself"
    assert untold == [], "the narrator has no words for an act"
    assert wrong == [], "facts advanced by an act are not those of the database"
    assert sorted(set(unreadable)) == []
    assert sorted(set(refusable)) == [], "Telegram would not take what the bot asks for"
    assert leaked(told, log.getvalue()) == [], "the log names somebody, or quotes words or a secret"
    assert faulty_lines(log.getvalue()) == []


def _covered() -> set[str]:
    marks = [re.search(r"^# covers: (.+)$", f.read_text("utf-8"), re.MULTILINE) for f in FILES]
    return {name.strip() for mark in marks if mark for name in mark[1].split(",")}


def test_every_row_about_writing_has_a_story() -> None:
    assert ROWS - _covered() == set()


def test_every_row_about_meetings_has_a_story() -> None:
    assert MEETINGS - _covered() == set()


def test_every_row_about_reports_has_a_story() -> None:
    assert REPORTS - _covered() == set()


def test_every_rule_that_follows_from_the_texts_has_a_story() -> None:
    assert RULES - _covered() == set()


def test_no_story_covers_what_does_not_exist() -> None:
    assert _covered() <= ROWS | MEETINGS | REPORTS | RULES


def test_every_verb_is_played() -> None:
    played = {step.does for path in FILES for step in story.read(path).steps}
    assert played == set(VERBS)


def test_no_two_stories_have_the_same_title() -> None:
    titles = [story.read(path).title for path in FILES]
    assert len(titles) == len(set(titles))
