"""Invented papers of every kind, each with what is particular about it, to try templates with. No test is here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.consultations.rules.consultation import Choice
from bot.consultations.rules.outcome import state
from bot.counting.rules.board import Board
from bot.issuing.rules.letterhead import Paper, Signing
from bot.meetings.rules.meeting import Meeting, MeetingActKind
from bot.papers.consultations import Facts, view
from tests.papers.drawn import (
    REGISTER_HEAD,
    fields,
    heads,
    meeting_fields,
    period_fields,
)
from tests.papers.test_meeting_papers import (
    DIVIDED,
    HELD,
    WITH_OPINIONS_ON_THE_BUDGET,
    WRITTEN,
    reserved_in,
)
from tests.papers.test_papers import LONG_NAME, renamed
from tests.rendering.scenes import AFTER, GAP, PERSONS, SAY, answers, asked, dossier, whole_roll
from tests.rendering.shown_calling import AROUND, BARE, HD, SESSION
from tests.rendering.shown_contents import ALL, slip
from tests.rendering.shown_results import BK, BK_RESERVED, HU, QN, by_hand, split, with_secret_slips
from tests.rendering.shown_rounds import HU as AGAIN
from tests.rendering.shown_sitting import AGENCY_MEETING, STARTS, TOO_FEW, acted
from tests.rendering.shown_sitting import QN as CALLED
from tests.rules.committee import Committee

Samples = dict[str, dict[str, Any]]
NINE = Board(PERSONS[0], PERSONS[1:8], ("Đỗ Văn Khánh",), "Phòng họp số 2", AFTER)
USUAL = split(QN, approve=3, comments=1, reject=2, differ=1)
CONSULTED = {
    Paper.SLIP: QN,
    **dict.fromkeys((Paper.TABLE, Paper.COUNT, Paper.RESULT), USUAL),
    Paper.DIFFERING: split(HU, approve=2, comments=1, reject=2),
}
"""Of written consultations the usual one of each paper."""
LONELY = split(whole_roll(asked("quang_ngai", size=1)), approve=1)
SILENT = asked("bac_kan")
SECRET = with_secret_slips(split(BK, approve=2, comments=1, differ=2))
INVALID = split(BK, approve=5).invalid(7, 8)
RESERVED = answers(
    answers(BK_RESERVED, Choice.APPROVE_WITH_COMMENTS, 5, words="Bổ sung kinh phí.", reserved=True),
    Choice.APPROVE,
    8,
    on_paper=True,
)
AGENCIES = split(whole_roll(asked("hai_duong")), approve=2, reject=1)
CHANGED = replace(
    split(QN, approve=5, reject=1).struck(9).consultation,
    outages=split(QN).down(*GAP).consultation.outages,
)
UNHEADED = replace(
    heads(dossier(QN)),
    superior="",
    place="",
    recipients={},
    signing=dict.fromkeys(Paper, Signing()),
)


def of_forty() -> Committee:
    """Forty members, each against it with words of two lines, the first by a name of sixty letters and more."""
    of = asked("quang_ngai", size=40)
    for person in range(1, 41):
        of = answers(of, Choice.REJECT, person, words=f"Ý kiến {person}.\nDòng thứ hai.")
    return renamed(of, LONG_NAME)


def samples_of(paper: Paper) -> Samples:
    """Papers of a kind, the usual one first."""
    if paper is Paper.SLIP:
        return _slips()
    if paper is Paper.FIGURES:
        return {
            "usual": period_fields(),
            "running": period_fields(ended=False),
            "unheaded": {**period_fields(), **_without_heads(period_fields()), "bodies": []},
        }
    if paper is Paper.DIFFERING:
        return {**_consulted(paper, CONSULTED[paper]), **_divided()}
    return _of_meetings(paper) if paper in MEETINGS else _consulted(paper, CONSULTED[paper])


MEETINGS = frozenset(
    {Paper.INVITATION, Paper.MINUTES, Paper.BALLOTS, Paper.CONCLUSION, Paper.RESOLUTION}
)


def _without_heads(told: dict[str, Any]) -> dict[str, Any]:
    """Where the office has set nothing yet."""
    heading = {**told["heading"], "superior": "", "number": ""}
    signing = dict.fromkeys(told["signing"], "")
    return {"heading": heading, "recipients": [], "signing": signing}


def _slips() -> Samples:
    asks = fields(QN, Paper.SLIP)
    several = slip()
    contents = view(
        SAY, Paper.SLIP, Facts(several, None, heads(several), None, REGISTER_HEAD, AFTER)
    )
    return {
        "usual": asks,
        "contents": contents,
        "one_member": fields(LONELY, Paper.SLIP),
        "agencies": fields(AGENCIES, Paper.SLIP),
        "unheaded": {**fields(QN, Paper.SLIP, head=UNHEADED), "files": []},
    }


def _consulted(paper: Paper, usual: Committee) -> Samples:
    content = replace(slip(*ALL), closed_at=AFTER).of(2)
    result = state(content.running, AFTER).result
    told = Facts(content, result, heads(content), None, REGISTER_HEAD, AFTER)
    found = {
        "usual": usual,
        "one_member": LONELY,
        "silent": SILENT,
        "secret": SECRET,
        "invalid": INVALID,
        "reserved": RESERVED,
        "second_round": answers(AGAIN, Choice.APPROVE, 1),
        "agencies": AGENCIES,
        "changed": Committee(CHANGED),
        "by_hand": by_hand(split(QN, reject=2)),
    }
    if paper in {Paper.TABLE, Paper.DIFFERING}:
        found["forty"] = of_forty()
    return {
        **{name: fields(of, paper) for name, of in found.items()},
        "content": view(SAY, paper, told),
        "board": fields(usual, paper, board=NINE, numbered=True),
        "unheaded": fields(usual, paper, head=UNHEADED),
    }


def _divided() -> Samples:
    """The same report of a meeting."""
    secret = replace(DIVIDED, votes=(replace(DIVIDED.votes[-1], secret=True, raised=None),))
    reserved = reserved_in("bac_kan", "ban_chap_hanh")
    paper = Paper.DIFFERING
    return {
        "meeting": meeting_fields(DIVIDED, paper, around=WITH_OPINIONS_ON_THE_BUDGET),
        "meeting_secret": meeting_fields(secret, paper, around=AROUND),
        "meeting_reserved": meeting_fields(reserved, paper, around=BARE),
    }


def _of_meetings(paper: Paper) -> Samples:
    usual = {
        Paper.INVITATION: CALLED,
        **dict.fromkeys(MEETINGS - {Paper.INVITATION}, HELD),
    }[paper]
    nothing = replace(usual, items=(), votes=(), place="")
    bare = meeting_fields(nothing, paper)
    found = {
        "usual": meeting_fields(usual, paper, around=AROUND, minutes=WRITTEN),
        "bare": bare,
        "unheaded": {**bare, **_without_heads(bare)},
    }
    if paper is Paper.INVITATION:
        found["agencies"] = meeting_fields(AGENCY_MEETING, paper, around=AROUND)
        session = replace(BARE, session=SESSION)
        found["session"] = meeting_fields(HD, paper, around=session)
    if paper is Paper.MINUTES:
        found["too_few"] = meeting_fields(_closed(TOO_FEW), paper)
    if paper is Paper.BALLOTS:
        again = tuple(replace(HELD.votes[0], id=each) for each in (1, 9))
        found["several"] = meeting_fields(replace(HELD, votes=again), paper)
    return found


def _closed(of: Meeting) -> Meeting:
    return acted(of, MeetingActKind.CLOSE, STARTS)
