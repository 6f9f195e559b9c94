"""Templates as an office has them in its hands: which there are, and whether an edited one can be used."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError

from bot.issuing.rules.letterhead import Paper
from bot.places import templates_dir
from bot.typesetting.profile import names
from bot.typesetting.template import MARK, VERSION
from bot.typesetting.writing import SECONDS, TemplateFault, Writer
from bot.values.limits import TEMPLATE_LIMIT

UNPACKED = 64 * 1024**2
"""Bytes that all its parts may come to once they are unpacked."""
DRAWN = (
    *(Paper.SLIP, Paper.TABLE, Paper.COUNT, Paper.RESULT, Paper.DIFFERING),
    *(Paper.INVITATION, Paper.MINUTES, Paper.BALLOTS, Paper.CONCLUSION, Paper.RESOLUTION),
    Paper.FIGURES,
)
"""The papers that are drawn up."""


@dataclass(frozen=True, slots=True)
class Template:
    """A template by what it is for: a paper in a layout; `name` is what its file is called without its ending."""

    paper: Paper
    layout: str

    @property
    def name(self) -> str:
        """As a file: "counting_minutes.dang-05-2026"."""
        return f"{self.paper.value}.{self.layout}"


def templates() -> Iterator[Template]:
    """Every template there is."""
    for layout in names():
        for paper in DRAWN:
            yield Template(paper, layout)


def named(name: str) -> Template | None:
    """The template of that name, with or without the ending of a file; None where there is none."""
    bare = name.removesuffix(".docx")
    return next((each for each in templates() if each.name == bare), None)


def template_of(content: bytes) -> Template | TemplateFault:
    """Which template an edited file was made from: its properties say so, whatever the file is called."""
    if len(content) > TEMPLATE_LIMIT:
        return TemplateFault("too_large")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > UNPACKED:
                return TemplateFault("too_large")
        keywords = Document(io.BytesIO(content)).core_properties.keywords.split()
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, OSError):
        return TemplateFault("no_document")
    mark, name, version = (
        keywords if len(keywords) == len(("mark", "name", "version")) else ("",) * 3
    )
    found = named(name)
    if mark != MARK or found is None:
        return TemplateFault("unmarked")
    if version != str(VERSION):
        return TemplateFault("other_version", version)
    return found


async def tried(
    content: bytes, template: Template, *, seconds: int = SECONDS
) -> list[TemplateFault]:
    """What is wrong with an edited template: every name that is no field, in any branch of it; else the first fault
    that shows when invented papers are drawn up from it, from the emptiest to the fullest.
    """
    of = template.paper, template.layout, content
    async with Writer() as writer:
        faults = await writer.misnamed(*of, seconds=seconds)
        if faults:
            return faults
        for view in samples(template.paper).values():
            made = await writer.write(*of, view, seconds=seconds)
            if isinstance(made, TemplateFault):
                return [made]
    return []


def samples(paper: Paper) -> dict[str, dict[str, Any]]:
    """Invented papers of a kind by what is particular about each: what fills a template, between them every field."""
    path = templates_dir() / "papers" / "samples" / f"{paper.value}.json"
    read: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return read
