"""How a body is asked in writing, from its checked shape to its values."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from bot.regulations.cells import Cell, LeastPart, Needed, Share
from bot.regulations.rules.regulation import (
    Asks,
    Cause,
    Clock,
    DifferingIs,
    Exclusion,
    Ground,
    LeadTime,
    LeastWindow,
    MoreTime,
    Next,
    NoElection,
    Objection,
    OutagePresses,
    Outcome,
    Recusal,
    Renewal,
    Reserve,
    ReservedWords,
    Rulings,
    SecondRoundRule,
    Silence,
    SilencePolicy,
    Strength,
    ThresholdOn,
    Window,
    WrittenRules,
)
from bot.regulations.rules.terms import Base, Least, Matter, Ruling, Threshold
from bot.regulations.schema.common import Common, RecusalPart
from bot.regulations.schema.document import BodyPart
from bot.regulations.schema.meetings import (
    DividedPart,
)
from bot.regulations.schema.written import (
    BecausePart,
    CausesPart,
    Excluded,
    Forbidden,
    MoreTimePart,
    NoElectionPart,
    ObjectionPart,
    RowPart,
    RulingPart,
    RulingsPart,
    SecondRoundPart,
    SilencePart,
    WindowPart,
    WrittenPart,
)
from bot.values.spans import Span


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
        base=Base(share.of),
    )


def needed(part: Needed, article: str) -> Threshold:
    """How much agreement a decision needs, with what is asked beside the share."""
    return replace(
        threshold(part, article),
        in_favour=_least(part.in_favour) if part.in_favour else None,
        answers=_least(part.answers) if part.answers else None,
        tie=part.tie.article if part.tie else None,
    )


def _least(part: LeastPart) -> Least:
    share = part.at_least or part.more_than
    fraction = Fraction(share) if share else Fraction(0)
    return Least(part.article, part.number or 0, fraction, part.more_than is None)


def sent_on_to(body: str, bodies: Mapping[str, BodyPart]) -> str | None:
    """The body that announces what comes from `body`; None where there is none."""
    found = (
        id_
        for id_, part in bodies.items()
        if part.meetings
        and any(each.from_body == body for each in part.meetings.announcement.values())
    )
    return next(found, None)


def reserve(part: WrittenPart, common: Common) -> Reserve | None:
    """The right to reserve an opinion; a rule book may also give it to one body that is asked in writing."""
    if common.reserve is not None:
        given = common.reserve
        return Reserve(given.article, given.days.value, ReservedWords(given.words.value))
    return Reserve(part.reserve_article) if part.reserve_article else None


def written_rules(
    part: WrittenPart, common: Common, matters: Collection[Matter], sent_on: str | None = None
) -> WrittenRules:
    """The writing rules of a body; those of a body that is never asked hold nothing but the reason.

    `matters` are all kinds of content that the file knows; `sent_on` is the body meant where a ruling sends on to
    the standing committee and names none.
    """
    grounds = active_grounds(part)
    if not grounds and part.forbidden:
        return _never(part.forbidden, common, matters)
    if part.silence is None or part.window is None or part.rulings is None:
        raise ValueError(part.article)
    share = part.threshold or common.threshold
    return WrittenRules(
        article=part.article,
        grounds=grounds,
        matters=frozenset(accepted(part)),
        exclusions=_exclusions(part),
        exclusions_on=_exclusions_on(part),
        forbidden=None,
        threshold=None if part.collates or share is None else needed(share, part.article),
        thresholds=tuple(_own_thresholds(part, grounds, matters)),
        silence=_silence(part.silence, grounds, common),
        window=_window(part.window, common, part.article),
        rulings=_rulings(part, part.rulings, sent_on),
        more_time=_more_time(part.more_time) if part.more_time else None,
        lead_time=LeadTime(**part.lead_time.model_dump()) if part.lead_time else None,
        meeting_article=part.meeting_article,
        outage_presses=_outage_presses(common),
        secret_slips=part.secret_slips is not None and part.secret_slips.value,
        abstain=abstain(part.abstain, part.article),
        differing_is=_differing_is(common),
        strike_erases=_kept_from_before(common),
        no_election=_no_election(part.no_election) if part.no_election else None,
        second_round=(
            _second_round(part.second_round, matters, sent_on) if part.second_round else None
        ),
        objection=_objection(part.objection) if part.objection else None,
        recusal=recusal(part.recusal),
    )


def _own_thresholds(
    part: WrittenPart, grounds: Mapping[Ground, str], matters: Collection[Matter]
) -> Iterator[ThresholdOn]:
    for each in part.own_threshold:
        yield ThresholdOn(
            frozenset(each.matters or matters),
            frozenset(each.grounds or grounds),
            needed(each, part.article),
        )


def _second_round(
    part: SecondRoundPart, matters: Collection[Matter], sent_on: str | None
) -> SecondRoundRule:
    return SecondRoundRule(
        Asks(part.asks),
        part.article,
        divided=ruling(part.divided, sent_on) if part.divided else None,
        failed=ruling(part.failed, sent_on) if part.failed else None,
        causes=dict(_causes(part.because, matters)),
        threshold=needed(part.threshold, part.article) if part.threshold else None,
        within=part.within.value if part.within else None,
        within_article=part.within.given_by if part.within else None,
        answer_days=part.answer_days.value if part.answer_days else None,
        answer_days_article=part.answer_days.given_by if part.answer_days else None,
    )


def _causes(part: CausesPart, matters: Collection[Matter]) -> Iterator[tuple[Cause, Renewal]]:
    for cause in Cause:
        because: BecausePart | None = getattr(part, cause.value)
        if because is not None:
            share: Share | None = getattr(because, "share", None)
            yield (
                cause,
                Renewal(
                    because.article,
                    frozenset(because.matters or matters),
                    threshold(share, because.article) if share else None,
                ),
            )


def _kept_from_before(common: Common) -> bool:
    """A rule book that names no least notice goes on as it was read when its matters opened (ADR 19)."""
    return common.least_notice is None


def _differing_is(common: Common) -> DifferingIs:
    cell = common.differing_is
    return DifferingIs(cell.value) if cell else DifferingIs.REJECT_DIFFER


def accepted(part: WrittenPart) -> list[Matter]:
    """The matters that are taken on some ground: those named, and those whose exclusion does not stand."""
    settled = (m for each in part.excluded if not each.stands for m in each.matters)
    return [*part.matters, *settled]


def _no_election(part: NoElectionPart) -> NoElection:
    return NoElection(frozenset(part.matters), part.article)


def abstain(cell: Cell[bool] | None, article: str) -> str | None:
    """The article by which abstaining is an answer; `article` stands in for an assumption that names none."""
    return (cell.article or article) if cell is not None and cell.value else None


def recusal(part: RecusalPart | None) -> Recusal | None:
    """Who takes no part, an own interest being at stake, in writing or in a vote; None where the text says nothing."""
    return Recusal(part.article, part.out_of_base) if part else None


def _objection(part: ObjectionPart) -> Objection:
    return Objection(part.article, part.minutes.value)


def _more_time(part: MoreTimePart) -> MoreTime:
    return MoreTime(most_days=part.most_days.value, article=part.article)


def _never(forbidden: Forbidden, common: Common, matters: Collection[Matter]) -> WrittenRules:
    reason = Exclusion(forbidden.article, forbidden.because, forbidden.instead, forbidden.says)
    nothing = Ruling(Outcome.NOT_ADOPTED, Next.NONE, forbidden.article)
    return WrittenRules(
        article=forbidden.article,
        grounds={},
        matters=frozenset(),
        exclusions=dict.fromkeys(matters, reason),
        forbidden=reason,
        threshold=None,
        silence=Silence(
            SilencePolicy.NOT_COUNTED, forbidden.article, _strength(common), frozenset()
        ),
        window=_window(WindowPart(clock="deadline"), common, forbidden.article),
        rulings=Rulings(nothing, nothing, nothing, nothing),
    )


def _exclusions(part: WrittenPart) -> dict[Matter, Exclusion]:
    return {
        matter: _exclusion(each)
        for each in part.excluded
        if each.stands and not each.grounds
        for matter in each.matters
    }


def _exclusions_on(part: WrittenPart) -> dict[tuple[Matter, Ground], Exclusion | None]:
    return {
        (matter, ground): _exclusion(each) if each.stands else None
        for each in part.excluded
        for ground in each.grounds
        for matter in each.matters
    }


def _exclusion(part: Excluded) -> Exclusion:
    return Exclusion(part.article, part.because, part.instead, part.says, part.offers_meeting)


def _strength(common: Common, part: SilencePart | None = None) -> Strength:
    cell = (part and part.receipt) or common.receipt
    return Strength[cell.value.upper()]


def _outage_presses(common: Common) -> OutagePresses:
    cell = common.outage_presses
    return OutagePresses(cell.value) if cell else OutagePresses.HOLD


def _silence(part: SilencePart, grounds: dict[Ground, str], common: Common) -> Silence:
    covered = (g for g in grounds if g not in part.covers or part.covers[g].value)
    return Silence(
        policy=SilencePolicy(part.means.value),
        article=part.article,
        receipt=_strength(common, part),
        grounds=frozenset(covered),
        asks_confirmation=frozenset(_asking(part)),
        shares_responsibility=part.shares_responsibility,
        own={
            matter: (SilencePolicy(each.means.value), each.article)
            for each in part.own
            for matter in each.matters
        },
    )


def _asking(part: SilencePart) -> list[Matter]:
    together = part.asks_together
    alone = [matter for matter, cell in part.asks.items() if cell.value]
    return [*alone, *(together.matters if together and together.value else ())]


def _window(part: WindowPart, common: Common, article: str) -> Window:
    within, suggested = part.acknowledge_within, part.suggested_days or common.suggested_days
    least = common.least_notice.value if common.least_notice else 0
    return Window(
        clock=Clock(part.clock),
        own=part.span,
        suggested_days=suggested.value,
        article=part.article,
        day_ends_at=(part.day_ends_at or common.day_ends_at).value,
        acknowledge_within=within.value if within else None,
        least_notice=least,
        notice_after_deadline=suggested.value if _kept_from_before(common) else max(least, 1),
        least=_least_window(part, article),
        suggested=part.suggested.span if part.suggested else None,
        stated_alone=part.recipient_due is not None and part.recipient_due.value == "stated",
    )


def _least_window(part: WindowPart, article: str) -> LeastWindow | None:
    cell = part.least_days
    if cell:
        return LeastWindow(Span(cell.value), cell.article or part.article or article)
    span, own = (part.least.span, part.least.article) if part.least else (None, None)
    return LeastWindow(span, own or part.article or article) if span else None


def _rulings(part: WrittenPart, rulings: RulingsPart, sent_on: str | None) -> Rulings:
    # Where opinions are only collated nothing fails, and the file need not say what would follow.
    divided = ruling(rulings.failed_with_differing or rulings.enough_with_differing, sent_on)
    if part.division_in_writing and part.division_in_writing.value == "meeting":
        divided = Ruling(Outcome.TO_MEETING, Next.TO_MEETING, divided.article)
    return Rulings(
        enough=ruling(rulings.enough, sent_on),
        enough_with_differing=ruling(rulings.enough_with_differing, sent_on),
        failed_with_differing=divided,
        failed=ruling(rulings.failed or rulings.enough, sent_on),
    )


def ruling(given: RulingPart | DividedPart, sent_on: str | None) -> Ruling:
    """One outcome with what follows; a matter sent on goes to `sent_on` where the part names no body."""
    part = given.chosen if isinstance(given, RulingPart) else given
    target = sent_on if part.next is Next.STANDING_COMMITTEE else None
    offers = isinstance(part, RowPart) and part.offers_meeting
    return Ruling(part.outcome, part.next, part.article, offers, part.body or target)
