"""The .docx template of a paper, built from its words and a layout: what an office opens in Word and may edit.

The words stand in `templates/papers/<kind>.txt`, a line a paragraph:

    title: BÁO CÁO              what kind of paper it is, then what it is about, and its two lower corners
    subject: …                  (`recipients | words above`, `signature`, or who signs | under which name)
    left: recipients | Nơi nhận:
    right: signature
    signed: row in signatures   in their stead a place for each who signs: `row.left` and `row.right`
    ---
    # a heading                 > words of somebody        = a line in the middle       ~ a line with dots
    |: 12 90 63                 the columns of a table in millimetres, then its rows; the first is its head
    | Số | Họ và tên | Ý kiến |
    |% for each in members      a row that begins what is repeated; "|% endfor" ends it
    {%p if reason %}            what stands only sometimes, up to {%p endif %}
    ===                         a new page

Names in double braces are filled in by `writer.py`; nothing is computed there.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

from docx import Document
from docx.blkcntnr import BlockItemContainer
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from bot.issuing.rules.letterhead import Paper
from bot.places import templates_dir
from bot.typesetting.profile import Profile, profile

VERSION = 1
"""Of what a template may name; one of another version is refused."""
MARK = "dongthuan"
"""Begins the keywords of a template's properties, which say of which paper and version it is."""
CENTRE, LEFT, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
BLANK_LINES = 4
"""Between a post and a name, for the signature and the seal."""
HALVES = 72.0, 93.0
"""The widths of left and right foot, in millimetres."""
EQUAL = 82.5, 82.5
"""The widths of two places to sign beside each other."""
LAST_LINES = 3
"""Paragraphs that a signature takes along to a new page; some of them may not be there in the end."""
BOX = "☐"
"""Begins an answer to tick; it goes with the next one, and with the lines to write on below the last."""
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
SMALL = 12
"""Points of what stands in tables."""
NARROW = 35
"""Millimetres of a column that holds numbers: these stand in its middle."""


@dataclass(frozen=True, slots=True)
class Source:
    """The words of a paper before they are laid out."""

    title: str
    subject: str
    left: str
    right: str
    lines: tuple[str, ...]
    signed: str = ""
    """What the places to sign are repeated for, such as `row in signatures`: two beside each other."""
    repeats: str = ""
    """What the whole paper is repeated for, such as `slip in slips`; each begins a page."""


@cache
def shipped(paper: Paper, layout: str) -> bytes:
    """The template that ships for a kind of paper in a layout; the same bytes at any time."""
    document = _Laid(profile(layout)).out(source(paper))
    document.core_properties.keywords = f"{MARK} {paper.value}.{layout} {VERSION}"
    content = io.BytesIO()
    document.save(content)
    return dated(content.getvalue())


def dated(document: bytes) -> bytes:
    """The same document with every part of one day, so that the same facts make the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as before, zipfile.ZipFile(made, "w") as after:
        for part in before.infolist():
            info = zipfile.ZipInfo(part.filename, FIRST_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(info, before.read(part))
    return made.getvalue()


@cache
def source(paper: Paper) -> Source:
    """The words of a kind of paper; raises FileNotFoundError for one without any."""
    text = (templates_dir() / "papers" / f"{paper.value}.txt").read_text(encoding="utf-8")
    head, _, body = text.partition("\n---\n")
    given = dict(_pair(line) for line in head.splitlines())
    return Source(
        title=given["title"],
        subject=given.get("subject", ""),
        left=given.get("left", ""),
        right=given.get("right", ""),
        signed=given.get("signed", ""),
        repeats=given.get("repeats", ""),
        lines=tuple(body.splitlines()),
    )


def _pair(line: str) -> tuple[str, str]:
    name, _, words = line.partition(":")
    return name.strip(), words.strip()


@dataclass
class _Laid:
    """A document as it grows, in one layout."""

    layout: Profile
    document: WordDocument = field(default_factory=Document)
    table: Table | None = None
    widths: tuple[float, ...] = ()

    def out(self, source: Source) -> WordDocument:
        """Lay the words out; gives the document."""
        self._page()
        if source.repeats:
            self._control(f"for {source.repeats}")
        self._head()
        self._title(source)
        for line, below in pairwise((*source.lines, "")):
            self._line(line, below)
        self._keep_with_what_follows()
        self._foot(source)
        if source.signed:
            self._places_to_sign(source.signed)
        if source.repeats:
            self._control("if not loop.last")
            self._end_section()
            self._control("endif")
            self._control("endfor")
        return self.document

    # --- the page --------------------------------------------------------------------------

    def _page(self) -> None:
        measures, text = self.layout.page, self.layout.text
        section = self.document.sections[0]
        section.start_type = WD_SECTION.NEW_PAGE
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = (
            Mm(measures.top.value),
            Mm(measures.bottom.value),
        )
        section.left_margin, section.right_margin = (
            Mm(measures.left.value),
            Mm(measures.right.value),
        )
        section.header_distance = Mm(measures.top.value / 2)
        section.different_first_page_header_footer = True
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = text.font.value, Pt(text.size.value)
        fonts = normal.element.rPr.rFonts
        for script in ("w:eastAsia", "w:cs", "w:hAnsi"):
            fonts.set(qn(script), text.font.value)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "vi-VN")
        normal.element.rPr.append(language)
        normal.paragraph_format.space_after = Pt(0)
        number = section.header.paragraphs[0]
        number.alignment = CENTRE
        _number_of_page(number)

    def _end_section(self) -> None:
        """Have what follows begin a page, and its pages be numbered from the first: it goes to somebody else."""
        section = self.document.element.body.sectPr
        numbered = OxmlElement("w:pgNumType")
        numbered.set(qn("w:start"), "1")
        section.find(qn("w:cols")).addprevious(numbered)
        made = self.document.add_paragraph()
        made.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        made.paragraph_format.line_spacing = Pt(
            1
        )  # it takes no room, or a full page is followed by an empty one
        _element(made).get_or_add_pPr().append(deepcopy(section))

    # --- head and title --------------------------------------------------------------------

    def _head(self) -> None:
        head = self.layout.head
        country = head.country_width.value
        left, right = self._halves(sum(HALVES) - country, country)
        self._short(left, "{%p if heading.superior %}")
        self._short(left, "{{ heading.superior }}", head.body_size.value)
        self._short(left, "{%p endif %}")
        self._short(left, "{{ heading.issuer }}", head.body_size.value, bold=True)
        if head.below_body.value:
            self._short(left, head.below_body.value, head.body_size.value)
        else:
            _rule(self._short(left, "", 4), 25)
        self._short(left, "{%p if heading.number %}")
        self._short(left, "{{ heading.number }}", head.body_size.value)
        self._short(left, "{%p endif %}")
        for line in head.country.value:
            last = self._short(right, line, head.country_size.value, bold=True)
        _rule(last, 0)
        self._short(right, "{{ heading.place_and_day }}", head.date_size.value, italic=True)
        for cell in (left, right):
            _drop_first(cell)

    def _title(self, source: Source) -> None:
        sizes = self.layout.title
        title = self._middle(source.title, sizes.size.value)
        title.paragraph_format.space_before = Pt(18)
        if source.subject:
            self._middle(source.subject, sizes.subject.value)
        rule = self._middle("", 4)
        _rule(rule, 65)
        rule.paragraph_format.space_after = Pt(12)

    def _middle(self, words: str, size: float) -> Paragraph:
        made = self.document.add_paragraph()
        made.alignment = CENTRE
        made.paragraph_format.keep_with_next = True
        _run(made, words, size, bold=True)
        return made

    # --- lines -----------------------------------------------------------------------------

    def _line(self, line: str, below: str) -> None:
        if line.startswith("|"):
            self._row(line[1:])
            return
        self.table = None
        if not line:
            return
        mark, _, words = line.partition(" ")
        if line.startswith("{%p"):
            self.document.add_paragraph(line)
        elif mark == "===":
            self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        elif mark == "#":
            heading = self._paragraph(words, bold=True)
            heading.paragraph_format.keep_with_next = True
        elif mark == ">":
            quoted = self._paragraph(words)
            quoted.alignment = LEFT  # a line that its writer ended would be stretched
            quoted.paragraph_format.left_indent = Mm(10)
        elif mark == "=":
            self._paragraph(words).alignment = CENTRE
        elif mark == "~":
            self._dotted(words).paragraph_format.keep_with_next = below.startswith("~") or None
        else:
            self._paragraph(line)

    def _paragraph(self, words: str, *, bold: bool = False) -> Paragraph:
        text = self.layout.text
        made = self.document.add_paragraph()
        made.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        form = made.paragraph_format
        form.first_line_indent, form.space_after = Mm(text.first_line.value), Pt(6)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(text.spacing.value)
        form.widow_control = True
        heads = words.startswith("**") and words.endswith("**")
        form.keep_with_next = heads or words.startswith(BOX) or None
        for place, part in enumerate(words.split("**")):
            if part:
                _run(made, part, text.size.value, bold=bold or place % 2 == 1)
        return made

    def _dotted(self, words: str) -> Paragraph:
        made = self._paragraph(words)
        width = 210 - self.layout.page.left.value - self.layout.page.right.value
        tabs = made.paragraph_format.tab_stops
        tabs.add_tab_stop(Mm(width), leader=WD_TAB_LEADER.DOTS)
        _run(made, "\t", self.layout.text.size.value)
        return made

    def _row(self, line: str) -> None:
        if line.startswith(":"):
            self.widths = tuple(float(each) for each in line[1:].split())
            self.table = None
            return
        head = self.table is None
        if self.table is None:
            self.table = self.document.add_table(0, len(self.widths))
            self.table.style = "Table Grid"
            self.table.alignment = WD_TABLE_ALIGNMENT.CENTER
            self.table.autofit = False
            _set_widths(self.table, self.widths)
        cells = [f"{{%tr {line[1:].strip()} %}}"] if line.startswith("%") else _cells(line)
        row = self.table.add_row()
        _mark(row.cells[0], "w:tblHeader" if head else "w:cantSplit")
        for place, (cell, width) in enumerate(zip(row.cells, self.widths, strict=True)):
            cell.width = Mm(width)
            words = cells[place] if place < len(cells) else ""
            made = cell.paragraphs[0]
            made.alignment = CENTRE if head or width <= NARROW else LEFT
            _run(made, words, SMALL, bold=head)

    # --- foot ------------------------------------------------------------------------------

    def _keep_with_what_follows(self) -> None:
        """A signature never stands alone on a page: the last words go with it.

        Those of a loop before them do not, where something always follows it: each round would hold on to the
        next, and none could end a page.
        """
        kept, within, always = 0, 0, False
        for each in reversed(self.document.paragraphs):
            if kept == LAST_LINES or (always and each.text.startswith("{%p endfor")):
                return
            if each.text.startswith("{%p"):
                within += each.text.startswith("{%p endif") - each.text.startswith("{%p if")
                continue
            each.paragraph_format.keep_with_next = True
            kept, always = kept + 1, always or not within

    def _foot(self, source: Source) -> None:
        if not source.left and not source.right:
            return
        left, right = self._halves(*HALVES)
        for cell, what in ((left, source.left), (right, source.right)):
            kind, _, words = (part.strip() for part in what.partition("|"))
            if kind == "recipients":
                self._recipients(cell, words)
            elif kind == "signature":
                self._signature(cell)
            elif kind:
                self._signed(cell, kind, words)
            for made in cell.paragraphs:
                made.paragraph_format.keep_with_next = True

    def _recipients(self, cell: BlockItemContainer, words: str) -> None:
        foot = self.layout.foot
        state = foot.post_bold.value
        run = self._short(cell, "", aligned=LEFT).add_run(words)
        run.font.size = Pt(foot.recipients_head.value)
        run.font.underline, run.font.bold, run.font.italic = not state, state, state
        self._short(cell, "{%p for each in recipients %}")
        self._short(cell, "- {{ each }}", foot.recipients.value, aligned=LEFT)
        self._short(cell, "{%p endfor %}")

    def _signature(self, cell: BlockItemContainer) -> None:
        size = self.layout.foot.sign_size.value
        self._short(cell, "{%p if signing.capacity %}")
        self._short(cell, "{{ signing.capacity }}", size, bold=True)
        self._short(cell, "{%p endif %}")
        self._signed(cell, "{{ signing.post }}", "{{ signing.name }}")

    def _signed(self, cell: BlockItemContainer, post: str, name: str) -> None:
        foot = self.layout.foot
        self._short(cell, post, foot.sign_size.value, bold=foot.post_bold.value)
        for _ in range(BLANK_LINES):
            self._short(cell, "", foot.sign_size.value)
        self._short(cell, name, foot.sign_size.value, bold=True)

    def _places_to_sign(self, signed: str) -> None:
        """As many rows as there are pairs; they stay together and with the last words while a page can hold them."""
        row, _, _ = signed.partition(" in ")
        table = self.document.add_table(3, 2)
        table.autofit = False
        _set_widths(table, EQUAL)
        for place, control in ((0, f"for {signed}"), (2, "endfor")):
            _run(table.rows[place].cells[0].paragraphs[0], f"{{%tr {control} %}}", SMALL)
        _mark(table.rows[1].cells[0], "w:cantSplit")
        for cell, side in zip(table.rows[1].cells, ("left", "right"), strict=True):
            self._signed(cell, f"{{{{ {row}.{side}.post }}}}", f"{{{{ {row}.{side}.name }}}}")
        for cells in table.rows:
            for cell, width in zip(cells.cells, EQUAL, strict=True):
                cell.width = Mm(width)
                for made in cell.paragraphs:
                    made.paragraph_format.keep_with_next = True

    # --- pieces ----------------------------------------------------------------------------

    def _halves(self, *widths: float) -> tuple[BlockItemContainer, BlockItemContainer]:
        table = self.document.add_table(1, 2)
        table.autofit = False
        _set_widths(table, widths)
        _mark(table.rows[0].cells[0], "w:cantSplit")
        for cell, width in zip(table.rows[0].cells, widths, strict=True):
            cell.width = Mm(width)
        return table.rows[0].cells[0], table.rows[0].cells[1]

    def _short(
        self,
        cell: BlockItemContainer,
        words: str,
        size: float = 14,
        *,
        aligned: WD_ALIGN_PARAGRAPH = CENTRE,
        **look: bool,
    ) -> Paragraph:
        made = cell.add_paragraph()
        made.alignment = aligned
        _run(made, words, size, **look)
        return made

    def _control(self, what: str) -> None:
        self.document.add_paragraph(f"{{%p {what} %}}")


def _run(
    made: Paragraph, words: str, size: float, *, bold: bool = False, italic: bool = False
) -> None:
    run = made.add_run(words)
    run.font.size = Pt(size)
    run.bold, run.italic = bold or None, italic or None


def _set_widths(table: Table, widths: Sequence[float]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)


def _cells(line: str) -> list[str]:
    return [each.strip() for each in line.strip().strip("|").split("|")]


def _drop_first(cell: BlockItemContainer) -> None:
    """A cell begins with an empty paragraph of its own."""
    first = _element(cell.paragraphs[0])
    first.getparent().remove(first)


def _element(made: Paragraph) -> Any:
    return made.paragraph_format.element


def _mark(cell: BlockItemContainer, name: str) -> None:
    """Say something of the row of a cell."""
    row = _element(cell.paragraphs[0]).getparent().getparent()
    row.get_or_add_trPr().append(OxmlElement(name))


_AFTER_BORDERS = (
    *("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct"),
    *(
        "w:topLinePunct",
        "w:autoSpaceDE",
        "w:autoSpaceDN",
        "w:bidi",
        "w:adjustRightInd",
        "w:snapToGrid",
    ),
    *("w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc"),
    *("w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId"),
    *("w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange"),
)
"""What the format has stand after the borders of a paragraph."""


def _rule(made: Paragraph, indent: float) -> None:
    """A line beneath a paragraph, shorter on both sides by `indent` millimetres."""
    border = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    look = {"val": "single", "sz": "6", "space": "1", "color": "auto"}
    for name, value in look.items():
        bottom.set(qn(f"w:{name}"), value)
    border.append(bottom)
    made.paragraph_format.left_indent = made.paragraph_format.right_indent = Mm(indent)
    _element(made).get_or_add_pPr().insert_element_before(border, *_AFTER_BORDERS)


def _number_of_page(made: Paragraph) -> None:
    for kind, words in _page_field():
        run = OxmlElement("w:r")
        part = OxmlElement("w:instrText" if words else "w:fldChar")
        if words:
            part.text = words
        else:
            part.set(qn("w:fldCharType"), kind)
        run.append(part)
        _element(made).append(run)


def _page_field() -> Iterator[tuple[str, str]]:
    yield "begin", ""
    yield "", "PAGE"
    yield "end", ""
