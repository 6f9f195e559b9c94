"""The first story of every rule book and model that ships goes as it should: one is silent, and it closes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.places import models_dir, regulations_dir
from bot.regulations.loader import load, parse
from simulator import story
from simulator.comparison import differences
from simulator.first import first_stories
from simulator.rehearsal import play

BOOKS = (*sorted(regulations_dir().glob("*.toml")), *sorted(models_dir().glob("*.toml")))
CLOSED = {
    "bac_kan ban_chap_hanh": ("adopted", 3, "silent"),
    "bac_kan ban_thuong_vu": ("adopted", 3, "silent"),
    "cap_huyen ban_thuong_vu": ("adopted", 3, "silent"),
    "cap_huyen thuong_truc": ("not_adopted", 5, "silent"),
    "hai_duong co_quan": ("agreed", 5, "deemed_approve"),
    "quang_ngai dang_doan": ("adopted", 4, "deemed_approve"),
    "tra_vinh doan_the": ("collated", None, "silent"),
    "tra_vinh ban_dan_van": ("collated", None, "silent"),
    "chi_bo chi_bo": ("adopted", 3, "silent"),
    "dang_uy_xa ban_thuong_vu": ("adopted", 3, "silent"),
    "dang_uy_xa thuong_truc": ("not_adopted", 5, "silent"),
    "ubnd_xa uy_ban": ("adopted", 3, "silent"),
}
"""Of five, four agree: what it comes to, how many it needs, what the fifth counts as."""


def test_there_is_one_for_every_body_that_is_asked_in_writing() -> None:
    made = [
        f"{path.stem} {first.body.id}" for path in BOOKS for first in first_stories(load(path), "x")
    ]
    assert made == list(CLOSED)


@pytest.mark.parametrize("named", CLOSED)
async def test_it_goes_as_it_should(named: str, tmp_path: Path) -> None:
    book, body = named.split()
    path = next(path for path in BOOKS if path.stem == book)
    first = next(each for each in first_stories(load(path), str(path)) if each.body.id == body)
    file = tmp_path / "first.toml"
    file.write_text(first.text, encoding="utf-8")

    told = story.read(file)
    played = await play(told, file)

    assert differences(told, played) == []
    (matter,) = played.matters.values()
    assert (matter.outcome, matter.required, matter.positions[first.silent]) == CLOSED[named]
    assert matter.roll == 5


async def test_other_values_and_the_sizes_of_the_roster_are_played(tmp_path: Path) -> None:
    path = models_dir() / "chi_bo.toml"
    chosen = {"threshold": ">= 2/3", "suggested_days": 5}
    regulation = parse(path.read_text(encoding="utf-8"), path.name, chosen)
    (first,) = first_stories(regulation, str(path), {"chi_bo": 3}, chosen)
    file = tmp_path / "first.toml"
    file.write_text(first.text, encoding="utf-8")

    played = await play(story.read(file), file)

    (matter,) = played.matters.values()
    assert (matter.roll, matter.required, matter.outcome) == (3, 2, "adopted")


def test_a_body_without_members_has_none() -> None:
    regulation = load(regulations_dir() / "cap_huyen.toml")
    assert list(first_stories(regulation, "x", {"ban_chap_hanh": 20})) == []
