"""Which papers a consultation gives rise to now, and who may have them."""

from __future__ import annotations

from bot.consultations.rules.consultation import Dossier
from bot.consultations.rules.outcome import Result
from bot.issuing.rules.letterhead import Paper
from bot.regulations.rules.regulation import Outcome

DIVIDED = frozenset({Outcome.TO_SUPERIOR, Outcome.TO_STANDING_COMMITTEE, Outcome.DISCUSS_AGAIN})
"""Outcomes after which the differing opinions are reported (QN 7.2, HD 2.2, HU 15.2)."""


def papers_of(dossier: Dossier, result: Result | None) -> tuple[Paper, ...]:
    """What the office and the head may have drawn up: slips once it has opened, the others once it is closed.

    Opinions are shown to nobody before the close, on paper as little as on a screen.
    """
    if dossier.consultation is None or dossier.contents:
        return ()  # a paper tells one result: none is drawn up of a slip with several contents
    if dossier.closed_at is None or result is None:
        return (Paper.SLIP,)
    if result.outcome is Outcome.WITHDRAWN:
        return (Paper.RESULT,)
    told = (Paper.COUNT, Paper.TABLE, Paper.RESULT)
    return (*told, Paper.DIFFERING) if result.outcome in DIVIDED else told
