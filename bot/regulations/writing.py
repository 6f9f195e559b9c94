"""From the shape of a body's writing rules to their domain values. The shape has been checked before."""

from __future__ import annotations

from bot.domain.matter import Matter
from bot.domain.regulation import (
    Clock,
    Exclusion,
    Ground,
    LeadTime,
    MoreTime,
    Next,
    Outcome,
    Ruling,
    Rulings,
    Silence,
    SilencePolicy,
    Strength,
    Window,
    WrittenRules,
)
from bot.domain.threshold import Threshold
from bot.regulations.cells import Share
from bot.regulations.schema import (
    Common,
    Forbidden,
    MoreTimePart,
    RulingPart,
    RulingsPart,
    SilencePart,
    WindowPart,
    WrittenPart,
)


def active_grounds(part: WrittenPart) -> dict[Ground, str]:
    """The grounds that are on, with their article (that of the writing rules for an assumption)."""
    return {
        ground: cell.article or part.article for ground, cell in part.grounds.items() if cell.value
    }


def threshold(share: Share, article: str) -> Threshold:
    """A share with its article; `article` stands in for an assumption that names none."""
    return Threshold(
        fraction=share.fraction,
        inclusive=share.at_least is not None,
        article=share.article or article,
        assumption=share.assumption or share.blank,
    )


def written_rules(part: WrittenPart, common: Common) -> WrittenRules:
    """The writing rules of a body; those of a body that is never asked hold nothing but the reason."""
    grounds = active_grounds(part)
    if not grounds and part.forbidden:
        return _never(part.forbidden, common)
    if part.silence is None or part.window is None or part.rulings is None:
        raise ValueError(part.article)
    share = part.threshold or common.threshold
    return WrittenRules(
        article=part.article,
        grounds=grounds,
        matters=frozenset(part.matters),
        exclusions=_exclusions(part),
        forbidden=None,
        threshold=None if part.collates or share is None else threshold(share, part.article),
        silence=_silence(part.silence, grounds, common),
        window=_window(part.window, common),
        rulings=_rulings(part.rulings),
        reserve_article=part.reserve_article,
        more_time=_more_time(part.more_time) if part.more_time else None,
        lead_time=LeadTime(**part.lead_time.model_dump()) if part.lead_time else None,
        meeting_article=part.meeting_article,
        secret_slips=part.secret_slips is not None and part.secret_slips.value,
    )


def _more_time(part: MoreTimePart) -> MoreTime:
    return MoreTime(most_days=part.most_days.value, article=part.article)


def _never(forbidden: Forbidden, common: Common) -> WrittenRules:
    reason = Exclusion(forbidden.article, forbidden.because, forbidden.instead)
    nothing = Ruling(Outcome.NOT_ADOPTED, Next.NONE, forbidden.article)
    return WrittenRules(
        article=forbidden.article,
        grounds={},
        matters=frozenset(),
        exclusions=dict.fromkeys(Matter, reason),
        forbidden=reason,
        threshold=None,
        silence=Silence(
            SilencePolicy.NOT_COUNTED, forbidden.article, _strength(common), frozenset()
        ),
        window=_window(WindowPart(clock="deadline"), common),
        rulings=Rulings(nothing, nothing, nothing, nothing),
    )


def _exclusions(part: WrittenPart) -> dict[Matter, Exclusion]:
    return {
        matter: Exclusion(each.article, each.because, each.instead)
        for each in part.excluded
        for matter in each.matters
    }


def _strength(common: Common, part: SilencePart | None = None) -> Strength:
    cell = (part and part.receipt) or common.receipt
    return Strength[cell.value.upper()]


def _silence(part: SilencePart, grounds: dict[Ground, str], common: Common) -> Silence:
    covered = (g for g in grounds if g not in part.covers or part.covers[g].value)
    return Silence(
        policy=SilencePolicy(part.means),
        article=part.article,
        receipt=_strength(common, part),
        grounds=frozenset(covered),
        asks_confirmation=frozenset(matter for matter, cell in part.asks.items() if cell.value),
        shares_responsibility=part.shares_responsibility,
    )


def _window(part: WindowPart, common: Common) -> Window:
    within = part.acknowledge_within
    return Window(
        clock=Clock(part.clock),
        working_days=part.working_days,
        suggested_days=(part.suggested_days or common.suggested_days).value,
        article=part.article,
        day_ends_at=(part.day_ends_at or common.day_ends_at).value,
        acknowledge_within=within.value if within else None,
    )


def _rulings(part: RulingsPart) -> Rulings:
    return Rulings(
        enough=_ruling(part.enough),
        enough_with_differing=_ruling(part.enough_with_differing),
        failed_with_differing=_ruling(part.failed_with_differing),
        failed=_ruling(part.failed),
    )


def _ruling(part: RulingPart) -> Ruling:
    return Ruling(part.outcome, part.next, part.article, part.offers_meeting)
