"""Whether a rule book has a matter discussed once more after such a count. Who may open that is judged elsewhere."""

from __future__ import annotations

from bot.consultations.rules.consultation import Consultation
from bot.regulations.rules.regulation import Cause, Next, Outcome, Renewal, Ruling, Threshold
from bot.regulations.rules.terms import Base, Judged, Numbers


def renews(consultation: Consultation) -> dict[Cause, Renewal]:
    """The causes that hold for its matter; none in a second round, for there is no third."""
    rule = consultation.rules.second_round
    if rule is None or consultation.first is not None:
        return {}
    return {
        cause: each for cause, each in rule.causes.items() if consultation.matter in each.matters
    }


def cause_of(
    consultation: Consultation, found: Numbers, judged: Judged | None, *, enough: bool
) -> Cause | None:
    """The first cause that these numbers give to discuss it once more; None where there is none."""
    roll = len(consultation.standing)
    for cause, rule in renews(consultation).items():
        if judged and _gives(cause, rule, found, judged, roll, enough=enough):
            return cause
    return None


def ruling_of(consultation: Consultation, cause: Cause) -> Ruling:
    """What follows a count that gives a cause: it is discussed once more, by the article of the cause."""
    article = renews(consultation)[cause].article
    return Ruling(Outcome.DISCUSS_AGAIN, Next.SECOND_ROUND, article)


def _gives(
    cause: Cause, rule: Renewal, found: Numbers, judged: Judged, roll: int, *, enough: bool
) -> bool:
    if cause is Cause.OPPOSED:
        return rule.share is not None and _reaches(rule.share, found.against, found, roll)
    if enough:
        return False
    if cause is Cause.FEW_ANSWERS:
        return found.answers < judged.answers_required
    if cause is Cause.TIE:
        return 0 < found.agreeing * 2 == judged.base
    return rule.share is None or _reaches(rule.share, found.agreeing, found, roll)


def _reaches(share: Threshold, count: int, found: Numbers, roll: int) -> bool:
    """Whether so many are that share of the roll, or of those for or against; nobody is no share of nobody."""
    base = found.agreeing + found.against if share.base is Base.REPLYING else roll
    return count > 0 and share.met(count, base)
