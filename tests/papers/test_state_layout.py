"""Every paper in the layout of the State (Nghị định 30/2020/NĐ-CP): heads, sizes, symbols, signature, recipients."""

from __future__ import annotations

import pytest

from bot.issuing.rules.letterhead import Paper
from bot.regulations.rules.terms import Profile
from bot.typesetting.profile import profile
from bot.typesetting.template import shipped
from bot.typesetting.writer import written
from tests.papers.drawn import corners, fields, matches, meeting_fields, period_fields, state_heads
from tests.papers.samples import CONSULTED, MEETINGS
from tests.papers.test_meeting_papers import DIVIDED, HELD, WRITTEN
from tests.rendering.scenes import dossier
from tests.rendering.shown_calling import AROUND
from tests.rendering.shown_results import QN
from tests.rendering.shown_sitting import QN as CALLED

DIVIDED_MEETING = "differing_opinions_of_a_meeting"
NAMES = (*(paper.value for paper in Paper), DIVIDED_MEETING)


def in_the_states_layout(name: str) -> bytes:
    """The paper of a People's Committee."""
    paper = Paper.DIFFERING if name == DIVIDED_MEETING else Paper(name)
    if name == DIVIDED_MEETING:
        told = meeting_fields(DIVIDED, paper, head=state_heads(DIVIDED))
    elif paper in MEETINGS:
        of = CALLED if paper is Paper.INVITATION else HELD
        told = meeting_fields(of, paper, around=AROUND, minutes=WRITTEN, head=state_heads(of))
    elif paper is Paper.FIGURES:
        told = period_fields(head=state_heads(dossier(QN)))
    else:
        head = state_heads(dossier(CONSULTED[paper]))
        told = fields(CONSULTED[paper], paper, head=head, numbered=bool(head.symbols[paper]))
    return written(shipped(paper, Profile.STATE), told)


@pytest.mark.parametrize("name", NAMES)
def test_a_paper_stands_as_it_was_looked_at(name: str) -> None:
    matches(f"state/{name}", corners(in_the_states_layout(name)))


@pytest.mark.parametrize("name", NAMES)
def test_no_paper_of_the_state_bears_what_is_the_partys(name: str) -> None:
    told = corners(in_the_states_layout(name))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in told
    assert "Độc lập - Tự do - Hạnh phúc" in told
    assert "ĐẢNG CỘNG SẢN" not in told
    assert "T/M" not in told


@pytest.mark.parametrize("paper", Paper)
def test_a_numbered_type_has_its_symbol_with_a_colon_and_a_hyphen(paper: Paper) -> None:
    # Nghị định 30, Phụ lục I: "Số: 05/BC-UBND"; a paper of no type bears no number.
    kind = profile(Profile.STATE).kind(paper)
    told = corners(in_the_states_layout(paper.value))
    assert ("Số: " in told) is bool(kind)
    if kind:
        assert f"Số: 05/{kind}-UBND" in told
