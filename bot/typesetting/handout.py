"""One sheet in large type for members: how to answer on the phone. Its words stand in `templates/papers/handout.txt`.

The first line is the title, "# " begins a heading; «buttons» and **words on the screen** are bold. Nothing of a
committee stands on it.
"""

from __future__ import annotations

import io
import re

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from bot.places import templates_dir

FONT = "Times New Roman"
TITLE, HEADING, TEXT = 25, 23, 21
"""Sizes in points, to be read at arm's length; the sheet stays one page."""
MARGIN, BETWEEN = 15, 3
"""Of the page in millimetres; below a paragraph in points."""
_STANDS_OUT = re.compile(r"(«[^»]+»|\*\*[^*]+\*\*)")


def handout() -> bytes:
    """The sheet as a Word file, to be edited and printed."""
    text = (templates_dir() / "papers" / "handout.txt").read_text(encoding="utf-8")
    title, *lines = text.splitlines()
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(MARGIN)
    head = document.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _put(head, title, TITLE, bold=True)
    for line in lines:
        heading = line.startswith("# ")
        paragraph = document.add_paragraph()
        _put(paragraph, line.removeprefix("# "), HEADING if heading else TEXT, bold=heading)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _put(paragraph: Paragraph, words: str, size: int, *, bold: bool) -> None:
    paragraph.paragraph_format.space_after = Pt(BETWEEN)
    for part in filter(None, _STANDS_OUT.split(words)):
        run = paragraph.add_run(part.strip("*"))
        run.font.name, run.font.size = FONT, Pt(size)
        run.bold = bold or _STANDS_OUT.fullmatch(part) is not None
