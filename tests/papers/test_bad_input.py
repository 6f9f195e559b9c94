"""What people and offices may write, leave out or send: every paper bears it, and nothing of it is carried out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from docx import Document

from bot.consultations.rules.consultation import Choice
from bot.issuing.rules.letterhead import Paper
from bot.typesetting import offered
from bot.typesetting.offered import Template
from bot.typesetting.template import shipped
from bot.typesetting.writer import written
from bot.typesetting.writing import TemplateFault
from bot.values.limits import TEMPLATE_LIMIT
from bot.votes.rules.vote import OpenVote
from tests.papers.drawn import as_text, drawn, drawn_meeting, edited_with, fields, heads
from tests.papers.test_meeting_papers import DIVIDED
from tests.papers.test_papers import LONG_NAME, STRANGE, renamed
from tests.papers.test_templates import COUNT
from tests.rendering.scenes import answers, asked, dossier
from tests.rendering.shown_results import QN
from tests.rendering.shown_sitting import STARTS

EVERY = [pytest.param(each, id=each.name) for each in offered.templates()]
LONG = "chữ " * 1250
"""Five thousand letters, as many as an opinion may have."""


def with_words(
    value: Any, words: Callable[[str], str], lists: Callable[[list[Any]], list[Any]]
) -> Any:
    """A view in which every word and every list is another."""
    if isinstance(value, str):
        return words(value)
    if isinstance(value, Mapping):
        return {name: with_words(each, words, lists) for name, each in value.items()}
    if isinstance(value, list):
        return lists([with_words(each, words, lists) for each in value])
    return value


@pytest.mark.parametrize("template", EVERY)
def test_signs_of_templates_pages_and_sheets_stand_as_they_were_written_in_every_field(
    template: Template,
) -> None:
    views = offered.samples(template.paper)
    for name in {"usual", "meeting"} & views.keys():
        told = with_words(views[name], lambda word: word and STRANGE, lambda each: each)
        text = as_text(written(shipped(template.paper, template.layout), told))
        assert STRANGE.replace("\u202e", "") in text
        assert "\u202e" not in text
        assert "49" not in text


@pytest.mark.parametrize("template", EVERY)
def test_a_paper_of_which_nothing_is_known_is_drawn_up(template: Template) -> None:
    # No superior, no place, nobody who signs, no recipients, nobody who answered, nothing to tell.
    usual = offered.samples(template.paper)["usual"]
    told = with_words(usual, lambda _: "", lambda _: [])
    text = as_text(written(shipped(template.paper, template.layout), told))
    assert "None" not in text
    assert "{" not in text


@pytest.mark.parametrize("layout", ["dang-05-2026", "nd30-2020"])
def test_without_a_superior_the_issuing_body_stands_first_and_no_empty_line_above(
    layout: str,
) -> None:
    head = replace(heads(dossier(QN)), superior="")
    document = Document(
        io.BytesIO(written(shipped(Paper.COUNT, layout), fields(QN, Paper.COUNT, head=head)))
    )
    first = document.tables[0].rows[0].cells[0].paragraphs[0]
    assert first.text == "ĐẢNG ĐOÀN"


def test_forty_opinions_of_five_thousand_letters_are_reported_whole() -> None:
    of = asked("cap_huyen", size=40)
    for person in range(1, 41):
        of = answers(of, Choice.REJECT, person, words=LONG)
    text = as_text(drawn(renamed(of, LONG_NAME), Paper.DIFFERING))
    assert text.count(LONG.strip()) == 40
    assert LONG_NAME in text


def test_an_opinion_of_five_thousand_letters_in_a_meeting_is_reported_whole() -> None:
    vote = replace(DIVIDED.votes[-1], cast=(OpenVote(7, {"": "differ"}, STARTS, LONG),))
    assert LONG.strip() in as_text(drawn_meeting(replace(DIVIDED, votes=(vote,)), Paper.DIFFERING))


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "endless"),
        ("{{ 'a' * 9999999999 }}", "endless"),
        (
            "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
            "endless",
        ),
        ("{{ ''['__class__'] }}", "forbidden"),
        ("{{ subject.format.__globals__ }}", "forbidden"),
        ("{{ lipsum.__globals__['os'] }}", "forbidden"),
        ("{% include '/etc/passwd' %}", "failed"),
        ("{% for each in rows %}{{ each.name }}", "broken"),
        ("{{ subject | khong_co_bo_loc }}", "broken"),
    ],
)
async def test_a_template_that_never_ends_or_reaches_into_the_program_is_refused(
    tag: str, kind: str
) -> None:
    edited = edited_with(shipped(COUNT.paper, COUNT.layout), tag)
    faults = await offered.tried(edited, COUNT, seconds=2)
    assert [each.kind for each in faults[:1]] == [kind]


def test_a_file_that_unpacks_to_gigabytes_is_no_template() -> None:
    bomb = io.BytesIO()
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("word/document.xml", "w") as part,
    ):
        for _ in range(65):
            part.write(bytes(1024**2))
    assert len(bomb.getvalue()) < TEMPLATE_LIMIT
    assert offered.template_of(bomb.getvalue()) == TemplateFault("too_large")


def test_a_template_larger_than_any_is_refused_unread() -> None:
    assert offered.template_of(bytes(TEMPLATE_LIMIT + 1)) == TemplateFault("too_large")
