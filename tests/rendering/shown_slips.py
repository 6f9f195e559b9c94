"""Paper slips as they come back, and abstaining where a rule book has it: forms, dashboards, results."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from bot.consultations import cards, dashboard_card, opinion_card, ways
from bot.consultations.rules.consultation import Choice
from bot.counting.rules.board import MOST_NAMES, Board
from bot.db.notice import Card
from bot.kit.access import By
from bot.meetings.rules.meeting import Meeting
from bot.people.rules.people import Person
from bot.votes import cards as vote_cards
from bot.votes.rules.vote import ABSTAIN, APPROVE, THE_QUESTION
from tests.rendering import shown_votes
from tests.rendering.scenes import (
    AFTER,
    CLERK,
    SAY,
    SUBJECT,
    WEDNESDAY,
    Shown,
    answers,
    asked,
    dossier,
    member,
    whole_roll,
)
from tests.rendering.shown_results import both, split, with_secret_slips
from tests.rules.committee import ANSWERED, DEADLINE, Committee


def abstaining(of: Committee) -> Committee:
    """The same under a rule book by whose article 6.6 members may abstain."""
    facts = of.consultation
    written = replace(facts.body.written, abstain="6.6")
    return Committee(replace(facts, body=replace(facts.body, written=written)))


def meets_abstaining(of: Meeting) -> Meeting:
    """The same for its open votes, by article 5.4."""
    meets = of.body.meetings
    assert meets is not None
    assert meets.vote is not None
    vote = replace(meets.vote, abstain="5.4")
    return replace(of, body=replace(of.body, meetings=replace(meets, vote=vote)))


QN = whole_roll(asked("quang_ngai"))
TV = whole_roll(asked("tra_vinh"))
SLIPS = whole_roll(asked("bac_kan"))
TORN = "Đánh dấu cả hai ô; chữ ký <không rõ> & phiếu rách."
ONE_INVALID = split(QN, approve=5, reject=1).invalid(7, at=ANSWERED, reason=TORN)
ABSTAINED = answers(abstaining(split(QN, approve=6)), Choice.ABSTAIN, 7, 8)
SECRET = shown_votes.vote(secret=True)
QUESTIONS = ("head", "members", "witnesses", "place", "counts_at")
MEETS = meets_abstaining(shown_votes.BK)
RUNS = replace(shown_votes.vote(secret=False), abstains=True)
VOTED = shown_votes.answered(
    shown_votes.answered(RUNS, {THE_QUESTION: APPROVE}, 1, 2, 3, 4), {THE_QUESTION: ABSTAIN}, 5, 6
)


def form(of: Committee, person: int, *, late: bool = False) -> Card:
    now = AFTER if late else WEDNESDAY
    return opinion_card.card(SAY, dossier(of), member(of, person), now)


def entered(reason: str, *, waits: bool = True, mine: bool = True, stands: bool = False) -> Card:
    return cards.invalid_slip(
        SAY,
        dossier(ONE_INVALID),
        member(QN, 7),
        Person(80, 1, CLERK, 80, ()),
        reason,
        reader=cards.Reader(waits, DEADLINE, mine=mine, person=7 if mine else 8),
        stands=stands,
        now=WEDNESDAY,
    )


def why(*, stands: bool) -> Card:
    text = SAY.text("ask_invalid", dossier=dossier(QN), member=member(QN, 7).name, stands=stands)
    return Card(text, (ways.to_dashboard(SAY, dossier(QN)),))


BOARD = Board(
    "Lê Quang Cường",
    ("Phạm Thị Dung", "Bùi Văn <Khách>"),
    ("Đỗ Văn Khánh",),
    "Phòng họp số 2 & hội trường",
    AFTER,
)
ALONE = Board("Lê Quang Cường")
PLACED = Board("Lê Quang Cường", place="Văn phòng")


def board_form(question: str, board: Board = ALONE, stands: Board | None = None) -> Card:
    text = SAY.text(
        "board_form",
        subject=SUBJECT,
        question=question,
        board=board,
        stands=stands,
        most=MOST_NAMES,
    )
    return Card(text, ())


def board_named(board: Board, by: By, again: Board | None = None) -> Card:
    text = SAY.text("board_named", subject=SUBJECT, board=board, by=by, again=again)
    return Card(text, ())


def slip(template: str, **values: object) -> Card:
    text = SAY.text(template, dossier=dossier(QN), **values)
    return Card(text, ())


SHOWN: Shown = {
    "slip_page": lambda: slip("slip_page", member=member(QN, 7).name, kept=0),
    "slip_page_more": lambda: slip("slip_page", member=member(QN, 7).name, kept=2),
    "slips": lambda: slip("slips", count=2),
    "slips_none": lambda: slip("slips", count=0),
    "slip_shown": lambda: slip("slip_shown", member=member(QN, 7).name, count=3),
    "dashboard_scanned": lambda: dashboard_card.card(
        SAY, dossier(ONE_INVALID), AFTER, scanned=True
    ),
    "opinion_form_scanned": lambda: opinion_card.card(
        SAY, dossier(ONE_INVALID), member(QN, 7), WEDNESDAY, scanned=True
    ),
    **{f"board_form_{each}": partial(board_form, each) for each in QUESTIONS},
    "board_form_preview": lambda: board_form("preview", BOARD),
    "board_form_preview_changed": lambda: board_form("preview", PLACED, BOARD),
    "board_named": lambda: board_named(BOARD, By(CLERK)),
    "board_named_again": lambda: board_named(ALONE, By("Trần Thị Bình", "Nguyễn Văn An"), BOARD),
    "board_dropped": lambda: Card(SAY.text("board_dropped", subject=SUBJECT), ()),
    "dashboard_board": lambda: dashboard_card.card(SAY, dossier(QN), WEDNESDAY, board=BOARD),
    "vote_dash_board": lambda: vote_cards.dashboard(
        SAY, shown_votes.BK, shown_votes.BK.items[2], SECRET, head=True, board=PLACED
    ),
    "invalid_slip": lambda: entered(TORN),
    "invalid_slip_beside_an_answer": lambda: entered(TORN, waits=False, stands=True),
    "invalid_slip_to_the_roll": lambda: entered("", mine=False),
    "ask_invalid": lambda: why(stands=False),
    "ask_invalid_beside_an_answer": lambda: why(stands=True),
    "opinion_form_invalid": lambda: form(ONE_INVALID, 7),
    "opinion_form_invalid_closed": lambda: form(ONE_INVALID, 7, late=True),
    "dashboard_invalid": lambda: dashboard_card.card(SAY, dossier(ONE_INVALID), WEDNESDAY),
    **both("invalid", ONE_INVALID),
    **both("invalid_unnamed", with_secret_slips(split(SLIPS, approve=5).invalid(7, 8))),
    **both("invalid_collated", split(TV, approve=2).invalid(4)),
    "opinion_form_may_abstain": lambda: form(abstaining(QN), 7),
    "opinion_form_may_abstain_collated": lambda: form(abstaining(TV), 2),
    "opinion_form_abstained": lambda: form(ABSTAINED, 7),
    **both("abstained", ABSTAINED),
    "vote_card_may_abstain": shown_votes.card(MEETS, RUNS),
    **shown_votes.both("abstained", MEETS, shown_votes.closed(MEETS, VOTED)),
    "vote_card_abstained": shown_votes.card(
        MEETS, shown_votes.answered(RUNS, {THE_QUESTION: ABSTAIN}, 2)
    ),
}
