"""What is shown of a matter that a new term holds, and of the one prepared anew from it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from bot.consultations import dashboard_card, opinion_card, request_cards, result_cards
from bot.consultations.rules.consultation import Act, ActKind, Choice
from bot.consultations.rules.dossier import Anew
from bot.consultations.rules.outcome import HeldBy
from bot.consultations.rules.rights import Rights, may_extend, may_prepare_anew
from bot.db.notice import Card
from tests.rendering.scenes import (
    AFTER,
    CLERK,
    SAY,
    WEDNESDAY,
    Shown,
    answers,
    asked,
    dossier,
    member,
    result,
    submitted,
)
from tests.rendering.shown_refusals import told
from tests.rendering.shown_rounds import HD, HU
from tests.rendering.shown_rounds import papers as second_round
from tests.rules.committee import DEADLINE, OPENED

CLERKS, HEADS = Rights(80, clerk=True), Rights(1, head=True)
TERM = Act(ActKind.HOLD, WEDNESDAY, reason=HeldBy.TERM.value)
QN = asked("quang_ngai")
OVER = answers(QN, Choice.APPROVE, 3).adding(acts=[TERM])
WITHDRAWN = OVER.ended(ActKind.WITHDRAW, AFTER)
HELD = dossier(OVER)
SECOND = HU.adding(acts=[TERM])
WAITS, OPENED_ANEW = Anew(9, None), Anew(9, 13)
NEW = {"anew_of": Anew(7, 12)}


def held(rights: Rights) -> Card:
    return result_cards.held(SAY, HELD, result(OVER), WEDNESDAY, head=rights.head, rights=rights)


def preview() -> Card:
    new = submitted(QN, **NEW)
    shown = opinion_card.preview(SAY, new, OPENED, DEADLINE)
    view = {"dossier": new, "files": new.files, "preview": shown, "due": DEADLINE, "now": OPENED}
    return Card(SAY.text("launch_preview", **view, own_days=False, too_long=None, remark=""))


SHOWN: Shown = {
    "held_over_with_a_term": partial(held, HEADS),
    "held_over_with_a_term_clerk": partial(held, CLERKS),
    "held_over_with_a_term_second_round": lambda: result_cards.held(
        SAY, second_round(SECOND), result(SECOND), WEDNESDAY, head=False, rights=CLERKS
    ),
    "dashboard_over_with_a_term_second_round": lambda: dashboard_card.card(
        SAY, second_round(SECOND), WEDNESDAY, rights=CLERKS
    ),
    "refusal_round_anew": lambda: told(may_prepare_anew(second_round(SECOND), clerk=True)),
    "refusal_round_anew_of_agencies": lambda: told(
        may_prepare_anew(second_round(HD.adding(acts=[TERM])), clerk=True)
    ),
    "refusal_over_with_term_second_round": lambda: told(
        may_extend(SECOND.consultation, HEADS, AFTER, WEDNESDAY)
    ),
    "dashboard_over_with_a_term": lambda: dashboard_card.card(SAY, HELD, WEDNESDAY, rights=CLERKS),
    "dashboard_prepared_anew": lambda: dashboard_card.card(
        SAY, replace(HELD, anew=WAITS), WEDNESDAY, rights=CLERKS
    ),
    "dashboard_opened_anew": lambda: dashboard_card.card(
        SAY, dossier(WITHDRAWN, anew=OPENED_ANEW), AFTER, rights=CLERKS
    ),
    "dashboard_anew": lambda: dashboard_card.card(
        SAY, dossier(QN, **NEW), WEDNESDAY, rights=CLERKS
    ),
    "launch_preview_anew": preview,
    "approval_anew": lambda: request_cards.asks_approval(
        SAY, submitted(QN, **NEW), CLERK, OPENED, DEADLINE
    ),
    "form_anew": lambda: opinion_card.card(SAY, dossier(QN, **NEW), member(QN, 3), WEDNESDAY),
    "result_withdrawn_for_anew": lambda: result_cards.for_members(
        SAY, dossier(WITHDRAWN, anew=OPENED_ANEW), result(WITHDRAWN)
    ),
    "refusal_not_over_with_term": lambda: told(may_prepare_anew(dossier(QN), clerk=True)),
    "refusal_prepared_anew": lambda: told(may_prepare_anew(replace(HELD, anew=WAITS), clerk=True)),
    "refusal_opened_anew": lambda: told(
        may_prepare_anew(replace(HELD, anew=OPENED_ANEW), clerk=True)
    ),
}
