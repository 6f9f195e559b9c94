"""Who may prepare anew what a new term holds: a clerk, one at a time, and nothing that no term holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.consultations.rules.consultation import Act, ActKind
from bot.consultations.rules.dossier import Anew, Dossier
from bot.consultations.rules.outcome import HeldBy
from bot.consultations.rules.rights import may_prepare_anew
from bot.values.action import action
from tests.rendering.scenes import asked, dossier, submitted
from tests.rendering.shown_rounds import HD, HU, HU_AFTER_VOTE
from tests.rendering.shown_rounds import papers as second_round
from tests.rules.committee import ANSWERED, DEADLINE, Committee

QN = asked("quang_ngai")
TERM = Act(ActKind.HOLD, ANSWERED, reason=HeldBy.TERM.value)
OTHERWISE = Act(ActKind.HOLD, ANSWERED, reason=HeldBy.NOT_RECEIVED.value)
HELD = QN.adding(acts=[TERM])
WITHDRAWN = HELD.ended(ActKind.WITHDRAW, DEADLINE)


@pytest.mark.parametrize(
    ("papers", "refused"),
    [
        (dossier(HELD), None),
        (dossier(WITHDRAWN), None),
        (dossier(QN), "not_over_with_term"),
        (dossier(QN.adding(acts=[OTHERWISE])), "not_over_with_term"),
        (dossier(QN.ended(ActKind.WITHDRAW, DEADLINE)), "not_over_with_term"),
        (submitted(QN), "not_over_with_term"),
        (dossier(HELD, anew=Anew(9, None)), "prepared_anew"),
        (dossier(WITHDRAWN, anew=Anew(9, 13)), "prepared_anew"),
    ],
)
def test_a_clerk_prepares_anew_what_a_new_term_holds_once(
    papers: Dossier, refused: str | None
) -> None:
    refusal = may_prepare_anew(papers, clerk=True)
    assert (refusal.kind if refusal else None) == refused
    if refusal and refused == "prepared_anew":
        assert refusal.button == action("dash", 9, 0)


@pytest.mark.parametrize(
    ("second", "article"), [(HU, "15.2"), (HU_AFTER_VOTE, "15.2"), (HD, "2.2")]
)
def test_a_second_round_is_made_no_first_one_again(second: Committee, article: str) -> None:
    """What is prepared anew is a first round: divided, it would be discussed a third time."""
    of = second.adding(acts=[TERM])
    for over in (of, of.ended(ActKind.WITHDRAW, DEADLINE)):
        refusal = may_prepare_anew(second_round(over), clerk=True)
        assert refusal is not None
        assert (refusal.kind, refusal.article) == ("round_anew", article)


def test_nobody_else_prepares_it() -> None:
    for papers in (dossier(HELD), replace(dossier(HELD), anew=Anew(9, None)), dossier(QN)):
        refusal = may_prepare_anew(papers, clerk=False)
        assert refusal is not None
        assert refusal.kind == "no_right"
