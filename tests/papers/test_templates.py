"""Templates in the hands of an office: taken out, edited, checked, put back, and gone back from."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from bot.issuing.rules.letterhead import Paper
from bot.places import templates_dir
from bot.typesetting import offered
from bot.typesetting.fields import groups_of, paths_in, paths_of, tree_of
from bot.typesetting.named import unknown_in
from bot.typesetting.offered import Template
from bot.typesetting.profile import names, profile
from bot.typesetting.template import shipped
from bot.typesetting.writer import misnamed, written
from bot.typesetting.writing import TemplateFault
from tests.papers.drawn import edited_with
from tests.papers.samples import samples_of

COUNT = Template(Paper.COUNT, "dang-05-2026")


def named_by(views: Iterable[Mapping[str, Any]]) -> set[str]:
    """Every path in any of them; that of a list which is empty in one and not in another is told by what is in it."""
    found = {path for view in views for path in paths_in(view)}
    return {path for path in found if not any(each.startswith(f"{path}.") for each in found)}


@pytest.mark.parametrize("paper", offered.DRAWN)
def test_a_template_is_tried_with_papers_as_they_are_drawn_up(paper: Paper) -> None:
    told = samples_of(paper)
    if os.environ.get("UPDATE_GOLDEN"):
        path = templates_dir() / "papers" / "samples" / f"{paper.value}.json"
        path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert offered.samples(paper) == told


@pytest.mark.parametrize("paper", offered.DRAWN)
def test_every_field_that_a_paper_has_is_told_and_none_that_it_has_not(paper: Paper) -> None:
    assert named_by(samples_of(paper).values()) == paths_of(paper)


def test_every_paper_has_its_fields_told() -> None:
    assert set(offered.DRAWN) == set(Paper)
    assert all(
        means for paper in Paper for group in groups_of(paper) for means in group.fields.values()
    )


@pytest.mark.parametrize("template", list(offered.templates()), ids=lambda each: each.name)
def test_no_branch_of_a_template_that_ships_names_what_is_no_field(template: Template) -> None:
    assert unknown_in(shipped(template.paper, template.layout), tree_of(template.paper)) == []


UNKNOWN = (
    ("{% if round %}{{ nguoi_ky }}{% endif %}", "nguoi_ky"),
    ("{% if not counted %}{{ count.tong }}{% endif %}", "tong"),
    ("{% for each in rows %}{{ each.ten }}{% endfor %}", "ten"),
    ("{% for each in rows %}{% else %}{{ each.name }}{% endfor %}", "each"),
    ("{% for each in count.lines if each.khac %}{% endfor %}", "khac"),
    ("{{ subject if counted else tieu_de }}", "tieu_de"),
    ("{{ rows[0].ten }}", "ten"),
    ("{{ (rows | first).ten }}", "ten"),
    ("{% set head = heading %}{% if round %}{{ head.so }}{% endif %}", "so"),
    ("{{ heading['so'] }}", "so"),
    ("{{ subject.khong_co }}", "khong_co"),
    ("{{ differing.name }}", "name"),
    ("{{ files | join(ngan_cach) }}", "ngan_cach"),
    ("{% macro dong(each) %}{{ each.bat_ky }}{{ sai }}{% endmacro %}", "sai"),
)


@pytest.mark.parametrize(("words", "name"), UNKNOWN)
def test_a_name_that_is_no_field_is_found_in_a_branch_that_no_paper_enters(
    words: str, name: str
) -> None:
    edited = edited_with(shipped(COUNT.paper, COUNT.layout), f"Thêm: {words}")
    fault = {"kind": "unknown", "name": name, "near": f"Thêm: {words}"[:60]}
    assert misnamed(edited, tree_of(COUNT.paper)) == [fault]


@pytest.mark.parametrize(
    "words",
    [
        "{{ subject.upper() }}{{ subject | title }}{{ subject[:9] }}",
        "{% for each in rows %}{{ loop.index }}. {{ each.name }}{% endfor %}",
        "{% for each in rows | sort(attribute='name') %}{{ each.name }}{% endfor %}",
        "{% set of = count.lines %}{% for each in of %}{{ each.what }}{% endfor %}",
        "{% if ghi_chu is defined %}{{ subject }}{% endif %}",
        "{% macro dong(each) %}{{ each.name }}{% endmacro %}{{ dong(heading | default({})) }}",
        "{{ heading['issuer'] }}{{ count.lines | length }}{{ count.sent + 1 }}",
    ],
)
def test_what_the_language_of_templates_allows_is_no_unknown_field(words: str) -> None:
    edited = edited_with(shipped(COUNT.paper, COUNT.layout), words)
    assert unknown_in(edited, tree_of(COUNT.paper)) == []


async def test_every_unknown_field_is_told_not_the_first_alone() -> None:
    edited = edited_with(shipped(COUNT.paper, COUNT.layout), "{{ mot }} và {{ hai }}")
    edited = edited_with(edited, "{% if round %}{{ ba }}{% endif %}")
    assert [each.name for each in await offered.tried(edited, COUNT)] == ["mot", "hai", "ba"]


async def test_an_unknown_field_in_the_head_of_the_pages_is_found() -> None:
    document = Document(io.BytesIO(shipped(COUNT.paper, COUNT.layout)))
    document.sections[0].header.add_paragraph("Trang của {{ noi_khac }}")
    content = io.BytesIO()
    document.save(content)
    fault = TemplateFault("unknown", "noi_khac", "Trang của {{ noi_khac }}")
    assert await offered.tried(content.getvalue(), COUNT) == [fault]


async def test_what_reaches_into_the_program_is_found_in_a_branch_that_no_paper_enters() -> None:
    edited = edited_with(
        shipped(COUNT.paper, COUNT.layout), "{% if round == 9 %}{{ subject.__class__ }}{% endif %}"
    )
    (fault,) = await offered.tried(edited, COUNT)
    assert (fault.kind, fault.name) == ("forbidden", "__class__")


async def test_a_template_that_only_some_papers_bear_is_found_by_the_one_that_does_not() -> None:
    # The first of nobody: a secret ballot has no rows.
    edited = edited_with(shipped(COUNT.paper, COUNT.layout), "{{ rows[0].name }}")
    (fault,) = await offered.tried(edited, COUNT)
    assert fault.kind in {"unknown", "failed"}


@pytest.mark.parametrize("template", list(offered.templates()), ids=lambda each: each.name)
def test_every_template_that_ships_draws_up_its_paper(template: Template) -> None:
    content = shipped(template.paper, template.layout)
    assert offered.template_of(content) == template
    assert all(written(content, view) for view in offered.samples(template.paper).values())


async def test_an_edited_template_is_known_by_its_properties_and_tried() -> None:
    edited = edited_with(shipped(COUNT.paper, COUNT.layout), "Ghi thêm: {{ subject }}.")
    assert offered.template_of(edited) == COUNT
    assert await offered.tried(edited, COUNT) == []


async def test_a_field_that_does_not_exist_is_told_with_the_words_beside_it() -> None:
    edited = edited_with(shipped(COUNT.paper, COUNT.layout), "Người ký: {{ nguoi_ky }}")
    faults = await offered.tried(edited, COUNT)
    assert faults == [TemplateFault("unknown", "nguoi_ky", "Người ký: {{ nguoi_ky }}")]


async def test_a_template_that_never_ends_is_stopped() -> None:
    loops = "".join(f"{{% for {name} in range(90000) %}}" for name in "abc") + "{% endfor %}" * 3
    edited = edited_with(shipped(COUNT.paper, COUNT.layout), loops)
    assert await offered.tried(edited, COUNT, seconds=2) == [TemplateFault("endless")]


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
