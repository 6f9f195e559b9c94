"""The decision that a change of persons rests on: its number and its day, as an official types them."""

from __future__ import annotations

from datetime import datetime

from bot.values.moments import in_viet_nam
from bot.values.refusal import Refusal, Refused
from bot.values.typed_days import NO_PAPER, PaperFault, PaperMark, paper_mark


def refuse_decision(_before: object, line: str, at: datetime) -> Refusal | None:
    """It has a number and a day, and was made already; nothing at all is judged where it is needed."""
    if not line:
        return None
    today = in_viet_nam(at).date()
    mark = paper_mark(line, today)
    if isinstance(mark, PaperFault):
        return Refusal("day_impossible", values={"part": mark.part})
    if not mark.number or mark.day is None:
        return Refusal("absence_decision")
    return Refusal("absence_decision_ahead", values={"day": mark.day}) if mark.day > today else None


def read_decision(line: str, at: datetime) -> PaperMark:
    """Number and day; raises `Refused` where there are none to be read."""
    mark = paper_mark(line, in_viet_nam(at).date()) if line else NO_PAPER
    if isinstance(mark, PaperFault):
        raise Refused(Refusal("day_impossible", values={"part": mark.part}))
    return mark
