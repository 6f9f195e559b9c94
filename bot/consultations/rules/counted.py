"""What a count has found, what the threshold says of it, and where the regulation sends it."""

from __future__ import annotations

from bot.consultations.rules.consultation import Consultation
from bot.consultations.rules.renewal import cause_of, ruling_of
from bot.consultations.rules.tally import AGAINST, ANSWERS, SAID_FOR, Positions, tally
from bot.regulations.rules.regulation import Cause, Row, Ruling
from bot.regulations.rules.terms import Judged, Numbers


def numbers(consultation: Consultation, reached: Positions) -> Numbers:
    """What the threshold is asked with, of those who stand there."""
    counted, head = tally(reached), consultation.head
    return Numbers(
        counted.agreeing,
        sum(counted[each] for each in AGAINST),
        sum(counted[each] for each in ANSWERS),
        int(head is not None and reached[head] in SAID_FOR),
    )


def required(consultation: Consultation, reached: Positions) -> int | None:
    """How many must agree, as its members stand; None where opinions are only collated."""
    judged = judged_of(consultation, numbers(consultation, reached))
    return judged.required if judged else None


def judged_of(consultation: Consultation, found: Numbers) -> Judged | None:
    """What the threshold says of these numbers; None where opinions are only collated."""
    threshold = consultation.threshold
    return threshold.judge(found, len(consultation.standing)) if threshold else None


def ruled(
    consultation: Consultation, found: Numbers, *, differ: bool
) -> tuple[Row, Cause | None, Ruling]:
    """The row of the regulation's outcome table that a count leads to (5.11), and what follows; one objection fails it.

    A cause to discuss it once more goes before what the table says of the row.
    """
    judged = judged_of(consultation, found)
    objected = differ and consultation.rules.objection is not None
    enough = not objected and (judged is None or judged.carries)
    row = Row.of(enough=enough, differing=differ)
    cause = cause_of(consultation, found, judged, enough=enough)
    return row, cause, ruling_of(consultation, cause) if cause else consultation.rulings[row]
