"""Papers drawn up from invented facts, and a Word file as text: what stands on it, and how it is laid out."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from bot.consultations.rules.dossier import Dossier
from bot.counting.rules.board import Board
from bot.issuing.reading import of_settings
from bot.issuing.rules.letterhead import Letterhead, Paper, Signing, symbol_of
from bot.issuing.rules.numbers import Number
from bot.kit.access import By
from bot.meetings.face import Around
from bot.meetings.rules.meeting import Meeting
from bot.meetings.rules.minutes import Minutes
from bot.papers.consultations import Facts, view
from bot.papers.meetings import MeetingFacts, Task, meeting_view
from bot.papers.period_figures import PeriodFacts, figures_view
from bot.regulations.rules.terms import Profile
from bot.typesetting.profile import profile
from bot.typesetting.template import shipped
from bot.typesetting.writer import written
from tests.rendering.scenes import AFTER, SAY, asked, dossier, result
from tests.rendering.shown_calling import BARE
from tests.rendering.shown_report_board import counted
from tests.rules.committee import Committee, moment

GOLDEN = Path(__file__).parent / "golden"
REGISTER_HEAD = "1:57:3fa2 9c10 77de 0b1c 55aa"
SIGNING = Signing(1, "T/M", "Bí thư", "Nguyễn Văn An", "Đảng đoàn")
RECIPIENTS = ("Thường trực Tỉnh ủy (để báo cáo)", "Các đồng chí ủy viên", "Lưu Văn phòng")


NOTHING_WRITTEN = Minutes()
COUNTED = moment("2026-03-05 08:25")
BOARD = Board("Hồ Văn Khánh", ("Đỗ Thị Hoa",), ("Bùi Văn Hải",), "Phòng họp số 2", COUNTED)


def heads(of: Dossier | Meeting) -> Letterhead:
    """What an office has set: a superior body, a place, recipients."""
    usual = of_settings("", of.body, (), {})
    kind = profile(usual.profile).kind
    return replace(
        usual,
        issuer=of.body.name,
        symbols={paper: symbol_of(kind(paper), "ĐĐ", usual.profile) for paper in Paper},
        signing=dict.fromkeys(Paper, SIGNING),
        superior="Tỉnh ủy Thử Nghiệm",
        place="Thử Nghiệm",
        recipients=dict.fromkeys(Paper, RECIPIENTS),
    )


STATE = Signing(2, "KT.", "Phó Chủ tịch", "Trần Thị Bình", "Chủ tịch")


def state_heads(of: Dossier | Meeting) -> Letterhead:
    """The same for a People's Committee, whose papers follow the layout of the State."""
    kind = profile(Profile.STATE).kind
    return replace(
        heads(of),
        issuer="Ủy ban nhân dân xã Thử Nghiệm",
        superior="",
        symbols={paper: symbol_of(kind(paper), "UBND", Profile.STATE) for paper in Paper},
        signing=dict.fromkeys(Paper, STATE),
        recipients=dict.fromkeys(Paper, ("Như trên", "Ủy ban nhân dân tỉnh", "Lưu: VT")),
        profile=Profile.STATE,
    )


def numbered(paper: Paper, head: Letterhead) -> Number | None:
    """The number that a paper bears; of one that is no numbered type none."""
    symbol = head.symbols.get(paper, "")
    return Number(5, symbol, moment("2026-03-06 08:00").date()) if symbol else None


def fields(
    of: Committee,
    paper: Paper,
    *,
    numbered: bool = False,
    head: Letterhead | None = None,
    board: Board | None = None,
) -> dict[str, Any]:
    """What fills the template of a paper."""
    papers = dossier(of, first=of.consultation.first)
    letterhead = head or heads(papers)
    number = Number(5, letterhead.symbols.get(paper, ""), moment("2026-03-06 08:00").date())
    came_to = None if paper is Paper.SLIP else result(of)
    closed = papers if came_to is None else replace(papers, closed_at=came_to.closed_at)
    taken = number if numbered else None
    facts = Facts(closed, came_to, letterhead, taken, REGISTER_HEAD, AFTER, board)
    return view(SAY, paper, facts)


def drawn(of: Committee, paper: Paper, **look: Any) -> bytes:
    """The paper as a file."""
    told = fields(of, paper, **look)
    layout = look["head"].profile if look.get("head") else heads(dossier(of)).profile
    return written(shipped(paper, layout), told)


def meeting_fields(
    of: Meeting,
    paper: Paper,
    *,
    around: Around = BARE,
    minutes: Minutes = NOTHING_WRITTEN,
    head: Letterhead | None = None,
) -> dict[str, Any]:
    """What fills the template of a paper of a meeting; it bears a number where a `head` is given."""
    chair = None if paper is Paper.INVITATION else By("Nguyễn Văn An")
    facts = MeetingFacts(
        of,
        around,
        chair,
        minutes,
        head or heads(of),
        numbered(paper, head) if head else None,
        REGISTER_HEAD,
        AFTER,
        boards={each.id: BOARD for each in of.votes if each.secret},
        tasks={3: [Task("Lê Quang Cường", "Trình lại dự toán & phụ lục", date(2026, 3, 20))]},
    )
    return meeting_view(SAY, paper, facts)


def period_fields(*, ended: bool = True, head: Letterhead | None = None) -> dict[str, Any]:
    """What fills the template of a period's figures; it bears a number where a `head` is given."""
    given = head or heads(dossier(asked("bac_kan")))
    number = numbered(Paper.FIGURES, head) if head else None
    facts = PeriodFacts(counted(ended=ended), given, number, REGISTER_HEAD, AFTER)
    return figures_view(SAY, facts)


def drawn_period(**look: Any) -> bytes:
    """The report of a period's figures as a file."""
    return written(shipped(Paper.FIGURES, "dang-05-2026"), period_fields(**look))


def drawn_meeting(of: Meeting, paper: Paper, **look: Any) -> bytes:
    """The paper of a meeting as a file."""
    return written(shipped(paper, heads(of).profile), meeting_fields(of, paper, **look))


def as_text(paper: bytes) -> str:
    """What stands on a paper, a line a paragraph, each with how it is laid out."""
    return "\n".join(_lines(paper)) + "\n"


def _lines(paper: bytes) -> Iterator[str]:
    document = Document(io.BytesIO(paper))
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    size = (section.page_width, section.page_height)
    yield f"page {_mm(*size)}, margins {_mm(*margins)}, {document.styles['Normal'].font.name}"
    for element in document.element.body.iter(qn("w:p")):
        yield _line(element)


def _mm(*lengths: Any) -> str:
    return " ".join(str(round(each.mm)) for each in lengths)


def _line(element: Any) -> str:
    words, looks = "", set()
    for run in element.iter(qn("w:r")):
        words += "".join(
            "⏎" if each.tag == qn("w:br") else each.text or ""
            for each in run
            if each.tag in {qn("w:t"), qn("w:br")}
        )
        size, bold = run.find(f".//{qn('w:sz')}"), run.find(f".//{qn('w:b')}")
        half = int(size.get(qn("w:val"))) if size is not None else 0
        looks.add(f"{half // 2}{'b' if bold is not None else ''}")
    cell = any(each.tag == qn("w:tc") for each in element.iterancestors())
    kept = element.find(f".//{qn('w:keepNext')}") is not None
    marks = f"{'|' if cell else ' '}{'^' if kept else ' '}"
    return f"{marks} [{' '.join(sorted(looks))}] {words}".rstrip()


def corners(paper: bytes) -> str:
    """What a layout decides: page, heads, title, the first words, and the foot; not what stands between."""
    lines = [line for line in _lines(paper) if line.strip("|^ []")]
    first = next(place for place, line in enumerate(lines) if line.startswith("   ["))
    last = max(place for place, line in enumerate(lines) if not line.startswith("|"))
    return "\n".join([*lines[: first + 1], "…", *lines[last:]]) + "\n"


def matches(name: str, text: str) -> None:
    """A paper reads as the file that keeps it; UPDATE_GOLDEN=1 writes that anew."""
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def edited_with(template: bytes, tag: str) -> bytes:
    """A template in which somebody has typed one more line."""
    document = Document(io.BytesIO(template))
    document.add_paragraph(tag)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()
