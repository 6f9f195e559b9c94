"""Models to copy: every value is an assumption of its own, nobody decides by them, a copy is the committee's own."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.places import models_dir, regulations_dir
from bot.regulations.copying import own_copy
from bot.regulations.loader import load, parse, remarks

MODELS = sorted(models_dir().glob("*.toml"))


def test_there_are_three() -> None:
    assert [path.stem for path in MODELS] == ["chi_bo", "dang_uy_xa", "ubnd_xa"]


def _values(tree: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every value and share of a file, with its place."""
    if isinstance(tree, dict):
        if {"value", "at_least", "more_than"} & set(tree):
            yield place, tree
        for key, inner in tree.items():
            yield from _values(inner, f"{place}.{key}")
    elif isinstance(tree, list):
        for inner in tree:
            yield from _values(inner, place)


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_every_value_is_an_assumption_to_confirm(path: Path) -> None:
    tree = tomllib.loads(path.read_text(encoding="utf-8"))
    values = list(_values(tree))
    assert len(values) > 15
    assert [place for place, each in values if not each.get("assumption")] == []
    grounds = [each["written"].get("grounds", {}) for each in tree["body"].values()]
    assert all(each["assumption"] for of_body in grounds for each in of_body.values())
    written = [each["written"] for each in tree["body"].values()]
    assert all(each["silence"]["means"]["assumption"] for each in written if "silence" in each)
    differing = [
        of_body["rulings"][row]
        for of_body in written
        for row in ("enough_with_differing", "failed_with_differing")
        if "rulings" in of_body and of_body["rulings"][row] != of_body["rulings"].get("enough")
    ]
    assert all(each["applies"]["assumption"] for each in differing)
    rhythms = [
        each
        for body in tree["body"].values()
        for each in body.get("meetings", {}).get("rhythm", {}).values()
    ]
    assert all(each["times"]["assumption"] for each in rhythms)
    assert all(each["periods"]["assumption"] for each in tree["duty"].values())


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_it_says_that_it_is_a_model_and_nothing_in_it_can_never_apply(path: Path) -> None:
    regulation = load(path)
    assert regulation.model
    assert regulation.belongs_to
    assert remarks(path) == ()


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_a_copy_is_the_committees_own_and_holds_the_same(path: Path) -> None:
    model = load(path)
    name = 'Đảng ủy xã "Mẫu"'
    copy = own_copy(path.read_text(encoding="utf-8"), name)
    own = parse(copy, "own.toml")
    assert not own.model
    assert own.belongs_to == name
    assert own.bodies == model.bodies
    assert own.settings == model.settings
    assert copy.startswith(f"# {name}: ")
    assert "MẪU ĐỂ SAO CHÉP" not in copy


def test_the_books_say_which_body_and_time_they_are_of_and_are_no_models() -> None:
    books = [load(path) for path in sorted(regulations_dir().glob("*.toml"))]
    assert len(books) == 5
    assert all(each.belongs_to for each in books)
    assert not any(each.model for each in books)
