"""A divided matter asked again: the form, both results, what its head is asked before."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from bot.consultations import result_cards
from bot.consultations.rules.consultation import ActKind, Choice, FirstRound, Position, Reply
from bot.consultations.rules.dossier import Dossier, SecondRound
from bot.db.notice import Card
from bot.kit.access import By
from bot.regulations.rules.regulation import Ground, Outcome
from tests.rendering.scenes import (
    AFTER,
    SAY,
    WEDNESDAY,
    Shown,
    answers,
    asked,
    dossier,
    result,
    said,
    whole_roll,
)
from tests.rendering.shown_forms import form
from tests.rules.committee import SENT, Committee, moment

GROUNDS = {"hai_duong": Ground.COORDINATION, "cap_huyen": Ground.CANNOT_MEET}
FIRST_ENDED = moment("2026-02-26 17:00")
NO = "Trùng kế hoạch thanh tra."


def again(
    regulation: str, body: str, asks: set[int] | None, *, size: int = 0, vote: bool = False
) -> Committee:
    """A second round after one in which the second of the roll rejected and all others agreed."""
    fresh = whole_roll(asked(regulation, body, size=size, ground=GROUNDS[regulation])).consultation
    everybody = [seat.person for seat in fresh.roll]
    stood = dict.fromkeys(everybody, Position.APPROVE) | {2: Position.REJECT}
    first = FirstRound(
        "vote:3" if vote else "consultation:6",
        2 if vote else 11,
        FIRST_ENDED,
        stood,
        frozenset(asks or everybody),
        replies={2: Reply(2, Choice.REJECT, FIRST_ENDED, NO)},
    )
    return Committee(replace(fresh, first=first))


def papers(of: Committee) -> Dossier:
    return dossier(of, first=of.consultation.first)


def members(of: Committee) -> Card:
    return result_cards.for_members(SAY, papers(of), result(of))


def office(of: Committee) -> Card:
    return result_cards.for_office(SAY, papers(of), result(of))


def first_of(of: Committee, second: SecondRound | None) -> Card:
    """The result of the divided first round, for the office."""
    papers_of = dossier(of, second=second, closed_at=AFTER)
    return result_cards.for_office(SAY, papers_of, result(of), again=second is None)


def shown_form(of: Committee, person: int = 2) -> Card:
    return form(of, person, first=of.consultation.first)


HD, HU = again("hai_duong", "co_quan", {2}), again("cap_huyen", "thuong_truc", None, size=3)
HU_AFTER_VOTE = again("cap_huyen", "thuong_truc", None, size=3, vote=True)
DIVIDED = answers(
    answers(whole_roll(asked("hai_duong")), Choice.APPROVE, 1, 3, 4, 5), Choice.REJECT, 2, words=NO
)
RUNS = SecondRound(8, 13, SENT, None)


def missed(of: Committee, person: int) -> Committee:
    """The same, but the text of the second round never reached this member."""
    facts = of.consultation
    kept = tuple(receipt for receipt in facts.receipts if receipt.person != person)
    return Committee(replace(facts, receipts=kept))


HU_MISSED = missed(answers(HU, Choice.APPROVE, 1, 2), 3)
HU_BY_HAND = HU_MISSED.ended(ActKind.CLOSE_BY_HAND, AFTER)
HD_BY_HAND = missed(HD, 2).ended(ActKind.CLOSE_BY_HAND, AFTER)


def held(of: Committee) -> Card:
    return result_cards.held(SAY, papers(of), result(of), AFTER)


def question(template: str, of: Committee, *names: str) -> Card:
    """What the head is asked before the second round goes out."""
    body = of.consultation.body
    view = {
        "matter": papers(of),
        "rule": body.written.second_round,
        "of_agencies": body.of_agencies,
        "because": None,
        "renewal": None,
        "asked": list(names),
        "until": AFTER,
    }
    return said(template, **view)()


ASKED_ALL = ("Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường")
SHOWN: Shown = {
    "form_second_round_hai_duong": partial(shown_form, HD),
    "form_second_round_thuong_truc": partial(shown_form, HU),
    "form_second_round_after_vote": partial(shown_form, HU_AFTER_VOTE, 1),
    "form_second_round_answered": partial(
        shown_form, answers(HU, Choice.APPROVE, 2, at=WEDNESDAY), 2
    ),
    "result_second_round_hai_duong": partial(members, HD),
    "result_second_round_hai_duong_office": partial(office, HD),
    "result_second_round_hai_duong_agreed": partial(members, answers(HD, Choice.APPROVE, 2)),
    "result_second_round_thuong_truc": partial(members, answers(HU, Choice.APPROVE, 2, 3)),
    "result_second_round_thuong_truc_office": partial(office, answers(HU, Choice.APPROVE, 1)),
    "held_second_round_not_received": partial(held, HU_MISSED),
    "held_second_round_not_received_agencies": partial(held, missed(HD, 2)),
    "result_second_round_not_received": partial(members, HU_BY_HAND),
    "result_second_round_not_received_office": partial(office, HU_BY_HAND),
    "result_second_round_not_received_agencies_office": partial(office, HD_BY_HAND),
    "result_divided_may_be_asked_again_office": partial(first_of, DIVIDED, None),
    "result_divided_asked_again_office": partial(first_of, DIVIDED, RUNS),
    "result_divided_settled_again_office": partial(
        first_of, DIVIDED, replace(RUNS, closed_at=AFTER, outcome=Outcome.AGREED)
    ),
    "ask_again_deadline_agencies": partial(question, "ask_again_deadline", HD, "Sở Tài chính"),
    "ask_again_deadline_body": partial(question, "ask_again_deadline", HU, *ASKED_ALL),
    "ask_again_text_agencies": partial(question, "ask_again_text", HD, "Sở Tài chính"),
    "ask_again_text_body": partial(question, "ask_again_text", HU, *ASKED_ALL),
    "ask_let_go": said("ask_let_go", matter=papers(HU)),
    "let_go": said("let_go", matter=papers(HU), by=By("Nguyễn Văn An"), reason=NO, at=AFTER),
    "let_go_after_vote": said(
        "let_go",
        matter=papers(HU_AFTER_VOTE),
        by=By("Trần Thị Bình", "Nguyễn Văn An"),
        reason=NO,
        at=AFTER,
    ),
}
