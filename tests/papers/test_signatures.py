"""Who signs the minutes of a count: everybody who counted has a place, and none stands alone on a page."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml.ns import qn

from bot.counting.rules.board import Board
from bot.issuing.rules.letterhead import Paper
from bot.papers.counted_by import signatures
from bot.typesetting.template import shipped
from bot.typesetting.writer import written
from tests.papers.drawn import as_text, fields, meeting_fields
from tests.papers.test_meeting_papers import HELD
from tests.papers.test_papers import DIVIDED
from tests.rendering.scenes import PERSONS, SAY

RECORDER = ("NGƯỜI LẬP BIÊN BẢN", "")
NOBODY = ("", "")


def board_of(people: int) -> Board:
    """A head; from three on members, and the last a witness: invented people of the roll and beside it."""
    names = [*PERSONS, "Hồ Văn Khánh", "Đỗ Thị Hoa", "Bùi Văn Hải"][:people]
    head, *others = names
    return Board(head, tuple(others[:-1]), tuple(others[-1:]), "Phòng họp số 2")


def pairs(boards: list[Board | None]) -> list[tuple[tuple[str, str], ...]]:
    rows = signatures(SAY, boards, "CHỦ TRÌ", "Lê Minh")
    return [tuple((each[s]["post"], each[s]["name"]) for s in ("left", "right")) for each in rows]


@pytest.mark.parametrize("people", [1, 3, 5, 9])
@pytest.mark.parametrize("paper", [Paper.COUNT, Paper.BALLOTS])
def test_everybody_who_counted_has_a_place_to_sign(people: int, paper: Paper) -> None:
    board = board_of(people)
    told = fields(DIVIDED, paper) if paper is Paper.COUNT else meeting_fields(HELD, paper)
    told["signatures"] = signatures(SAY, [board], "CHỦ TRÌ", "Lê Minh")
    table = Document(io.BytesIO(written(shipped(paper, "dang-05-2026"), told))).tables[-1]
    cells = [cell.text.split() for row in table.rows for cell in row.cells]
    assert len(table.rows) == (people + 2) // 2  # whoever drew the minutes up signs, too
    for name in board.names:
        assert sum(cell[-len(name.split()) :] == name.split() for cell in cells) == 1
    paragraphs = [each for row in table.rows for cell in row.cells for each in cell.paragraphs]
    rows = [each.paragraph_format.element.getparent().getparent() for each in paragraphs]
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)
    assert all(each.paragraph_format.keep_with_next for each in paragraphs)


def test_head_members_and_witnesses_sign_as_what_they_are() -> None:
    board = Board("Hồ Văn Khánh", ("Đỗ Thị Hoa", "Lý Nam"), ("Bùi Văn Hải",))
    assert pairs([board]) == [
        (RECORDER, ("TỔ TRƯỞNG TỔ KIỂM PHIẾU", "Hồ Văn Khánh")),
        (("THÀNH VIÊN TỔ KIỂM PHIẾU", "Đỗ Thị Hoa"), ("THÀNH VIÊN TỔ KIỂM PHIẾU", "Lý Nam")),
        (("NGƯỜI CHỨNG KIẾN", "Bùi Văn Hải"), NOBODY),
    ]


def test_without_a_board_whoever_presided_signs() -> None:
    assert pairs([None]) == [(RECORDER, ("CHỦ TRÌ", "Lê Minh"))]


def test_of_several_votes_each_signs_once_and_the_chair_for_the_one_without_a_board() -> None:
    board = Board("Hồ Văn Khánh")
    assert pairs([board, None, board]) == [
        (RECORDER, ("TỔ TRƯỞNG TỔ KIỂM PHIẾU", "Hồ Văn Khánh")),
        (("CHỦ TRÌ", "Lê Minh"), NOBODY),
    ]


def test_a_board_of_another_vote_signs_beside_the_first() -> None:
    of = replace(HELD, votes=(HELD.votes[0], replace(HELD.votes[0], id=9)))
    text = as_text(
        written(shipped(Paper.BALLOTS, "dang-05-2026"), meeting_fields(of, Paper.BALLOTS))
    )
    assert text.count("Hồ Văn Khánh") == 2 + 1  # told beside each vote; one place to sign
