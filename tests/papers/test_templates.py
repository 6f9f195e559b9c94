"""Templates in the hands of an office: taken out, edited, checked, put back, and gone back from."""

from __future__ import annotations

import io
import json
import os
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from bot.issuing.rules.letterhead import Paper
from bot.places import templates_dir
from bot.typesetting import offered
from bot.typesetting.offered import Template
from bot.typesetting.profile import names, profile
from bot.typesetting.template import shipped
from bot.typesetting.writer import written
from bot.typesetting.writing import TemplateFault
from tests.papers.drawn import edited_with, fields, meeting_fields, period_fields
from tests.papers.test_meeting_papers import HELD
from tests.rendering.shown_results import HU, QN, split

COUNT = Template(Paper.COUNT, "dang-05-2026")
SAMPLES = {
    Paper.SLIP: QN,
    Paper.TABLE: split(QN, approve=3, comments=1, reject=2, differ=1),
    Paper.COUNT: split(QN, approve=3, comments=1, reject=2, differ=1),
    Paper.RESULT: split(QN, approve=3, comments=1, reject=2, differ=1),
    Paper.DIFFERING: split(HU, approve=2, comments=1, reject=2),
}

OF_MEETINGS = frozenset(
    {Paper.INVITATION, Paper.MINUTES, Paper.BALLOTS, Paper.CONCLUSION, Paper.RESOLUTION}
)


def told_on(paper: Paper) -> dict[str, Any]:
    """What fills the template of a paper, drawn up from invented facts."""
    if paper is Paper.FIGURES:
        return period_fields()
    return meeting_fields(HELD, paper) if paper in OF_MEETINGS else fields(SAMPLES[paper], paper)


def shape(value: object) -> object:
    """What a template may name: the names, whatever is filled in."""
    if isinstance(value, dict):
        return {name: shape(each) for name, each in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return type(value).__name__


@pytest.mark.parametrize("paper", offered.DRAWN)
def test_a_template_is_tried_with_every_field_that_a_paper_has(paper: Paper) -> None:
    told = told_on(paper)
    if os.environ.get("UPDATE_GOLDEN"):
        path = templates_dir() / "papers" / "samples" / f"{paper.value}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert shape(offered.sample(paper)) == shape(told)


@pytest.mark.parametrize("template", list(offered.templates()), ids=lambda each: each.name)
def test_every_template_that_ships_draws_up_its_paper(template: Template) -> None:
    content = shipped(template.paper, template.layout)
    assert offered.template_of(content) == template
    assert written(content, offered.sample(template.paper))


async def test_an_edited_template_is_known_by_its_properties_and_tried() -> None:
    edited = edited_with(shipped(COUNT.paper, COUNT.layout), "Ghi thêm: {{ subject }}.")
    assert offered.template_of(edited) == COUNT
    assert await offered.tried(edited, COUNT) is None


async def test_a_field_that_does_not_exist_is_told_with_the_words_beside_it() -> None:
    edited = edited_with(shipped(COUNT.paper, COUNT.layout), "Người ký: {{ nguoi_ky }}")
    fault = await offered.tried(edited, COUNT)
    assert fault == TemplateFault("unknown", "nguoi_ky", "Người ký: {{ nguoi_ky }}")


async def test_a_template_that_never_ends_is_stopped() -> None:
    loops = "".join(f"{{% for {name} in range(90000) %}}" for name in "abc") + "{% endfor %}" * 3
    edited = edited_with(shipped(COUNT.paper, COUNT.layout), loops)
    assert await offered.tried(edited, COUNT, seconds=2) == TemplateFault("endless")


@pytest.mark.parametrize(
    ("keywords", "kind"),
    [
        ("", "unmarked"),
        ("dongthuan nothing.dang-05-2026 1", "unmarked"),
        ("dongthuan counting_minutes.dang-05-2026 99", "other_version"),
    ],
)
def test_a_document_of_something_else_is_no_template(keywords: str, kind: str) -> None:
    document = Document(io.BytesIO(shipped(COUNT.paper, COUNT.layout)))
    document.core_properties.keywords = keywords
    content = io.BytesIO()
    document.save(content)
    found = offered.template_of(content.getvalue())
    assert isinstance(found, TemplateFault)
    assert found.kind == kind


@pytest.mark.parametrize("content", [b"", b"words", b"PK\x03\x04 cut"])
def test_what_is_no_document_is_told(content: bytes) -> None:
    assert offered.template_of(content) == TemplateFault("no_document")


def test_every_measure_of_a_layout_names_its_source() -> None:
    for name in names():
        told = profile(name).model_dump()
        for part in ("page", "text", "head", "title", "foot", "kinds"):
            assert all(measure["source"] for measure in told[part].values()), (name, part)


def test_the_name_of_the_country_stands_on_one_line() -> None:
    # Its 34 letters take 95.7 mm in Times New Roman, bold, 13 points; a cell keeps 1.9 mm on both sides.
    head = profile("nd30-2020").head
    assert head.country_size.value == 13
    assert head.country_width.value - 2 * 1.9 > 95.7


def test_each_slip_begins_a_page_of_its_own_numbers() -> None:
    document = Document(io.BytesIO(shipped(Paper.SLIP, "dang-05-2026")))
    assert len(document.sections) == 2
    numbers = [each.get(qn("w:start")) for each in document.element.iter(qn("w:pgNumType"))]
    assert numbers == ["1", "1"]
    assert all(each.different_first_page_header_footer for each in document.sections)
