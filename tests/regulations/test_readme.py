"""The page that teaches a clerk: its example loads, and it names every key and every id."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from bot.regulations.cells import Cell, Office, Share
from bot.regulations.loader import parse
from bot.regulations.rules.duties import Period
from bot.regulations.rules.regulation import Ground, Matter, Next, Outcome
from bot.regulations.schema.document import Document
from tests.regulations.example import README, example


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for each in annotation.model_fields.values():
            yield from models(each.annotation)
    for inner in get_args(annotation):
        yield from models(inner)


def test_the_example_is_a_whole_regulation() -> None:
    regulation = parse(example(), "README.md")
    assert regulation.id == "chi_uy"
    assert {setting.name for setting in regulation.settings} == {
        "receipt",
        "least_notice",
        "day_ends_at",
        "rhythm_reminders",
        "duty_reminders",
        "report_due",
    }


def test_every_key_is_explained() -> None:
    parts: list[type[BaseModel]] = [*models(Document), Cell, Share]
    keys = {name for part in parts for name in part.model_fields}

    assert [key for key in sorted(keys) if not re.search(rf"\b{key}\b", README)] == []


@pytest.mark.parametrize("ids", [Matter, Ground, Period])
def test_every_id_that_may_be_written_is_named(ids: type[StrEnum]) -> None:
    assert [each.value for each in ids if f"`{each.value}`" not in README] == []


def test_every_office_outcome_and_consequence_that_may_be_written_is_named() -> None:
    acts_of_officers = {Outcome.HELD, Outcome.WITHDRAWN, Outcome.NOT_PUBLISHED, Next.DECIDE}
    wanted = {*get_args(Office), *(set(Outcome) | set(Next)) - acts_of_officers}

    assert [each for each in sorted(wanted) if f"`{each}`" not in README] == []
