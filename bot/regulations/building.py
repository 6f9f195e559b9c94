"""From the shape of a regulation's parts, checked before, to their values: writing, meetings, sessions, duties."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from bot.regulations.cells import Cell, Part, Share
from bot.regulations.rules.duties import DueKind, DueRule, Duty, FixedDay, Party, PartyKind, Period
from bot.regulations.rules.meetings import (
    ANSWER_DAYS,
    REMIND_DAYS,
    AbsenceRule,
    Announcement,
    ConfidenceVote,
    Convener,
    DelegationRule,
    Extended,
    ExtraordinaryRequest,
    GuestRule,
    MeetingRules,
    Minutes,
    PaperLead,
    PassOn,
    Preparation,
    Questioning,
    Quorum,
    QuorumCondition,
    QuorumReading,
    Rhythm,
    Scope,
    Unit,
    UrgentDecision,
    VoteRule,
    WorkingSession,
)
from bot.regulations.rules.regulation import (
    Asks,
    Clock,
    DifferingIs,
    Exclusion,
    Ground,
    LeadTime,
    MoreTime,
    Next,
    NoElection,
    OutagePresses,
    Outcome,
    Reserve,
    ReservedWords,
    Rulings,
    SecondRoundRule,
    Silence,
    SilencePolicy,
    Strength,
    Window,
    WrittenRules,
)
from bot.regulations.rules.terms import Matter, Ruling, Threshold
from bot.regulations.schema import (
    BodyPart,
    Common,
    DelegationPart,
    DividedPart,
    DuePart,
    DutyPart,
    Excluded,
    ExtendedPart,
    Forbidden,
    MeetingsPart,
    MoreTimePart,
    NoElectionPart,
    PapersPart,
    PartyPart,
    QuestionsPart,
    QuorumConditionPart,
    QuorumPart,
    RequestsPart,
    RhythmPart,
    RulingPart,
    RulingsPart,
    SecondRoundPart,
    SessionPart,
    SilencePart,
    UrgentPart,
    VotePart,
    WindowPart,
    WrittenPart,
    day_and_month,
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


def written_rules(part: WrittenPart, common: Common, sent_on: str | None = None) -> WrittenRules:
    """The writing rules of a body; those of a body that is never asked hold nothing but the reason.

    `sent_on` is the body meant where a ruling sends on to the standing committee and names none.
    """
    grounds = active_grounds(part)
    if not grounds and part.forbidden:
        return _never(part.forbidden, common)
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
        threshold=None if part.collates or share is None else threshold(share, part.article),
        silence=_silence(part.silence, grounds, common),
        window=_window(part.window, common),
        rulings=_rulings(part, part.rulings, sent_on),
        more_time=_more_time(part.more_time) if part.more_time else None,
        lead_time=LeadTime(**part.lead_time.model_dump()) if part.lead_time else None,
        meeting_article=part.meeting_article,
        outage_presses=_outage_presses(common),
        secret_slips=part.secret_slips is not None and part.secret_slips.value,
        abstain=_abstain(part.abstain, part.article),
        differing_is=_differing_is(common),
        strike_erases=_kept_from_before(common),
        no_election=_no_election(part.no_election) if part.no_election else None,
        second_round=_second_round(part.second_round, sent_on) if part.second_round else None,
    )


def _second_round(part: SecondRoundPart, sent_on: str | None) -> SecondRoundRule:
    return SecondRoundRule(Asks(part.asks), part.article, _ruling(part.divided, sent_on))


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


def _abstain(cell: Cell[bool] | None, article: str) -> str | None:
    """The article by which abstaining is an answer; `article` stands in for an assumption that names none."""
    return (cell.article or article) if cell is not None and cell.value else None


def _more_time(part: MoreTimePart) -> MoreTime:
    return MoreTime(most_days=part.most_days.value, article=part.article)


def _never(forbidden: Forbidden, common: Common) -> WrittenRules:
    reason = Exclusion(forbidden.article, forbidden.because, forbidden.instead, forbidden.says)
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
        policy=SilencePolicy(part.means),
        article=part.article,
        receipt=_strength(common, part),
        grounds=frozenset(covered),
        asks_confirmation=frozenset(_asking(part)),
        shares_responsibility=part.shares_responsibility,
    )


def _asking(part: SilencePart) -> list[Matter]:
    together = part.asks_together
    alone = [matter for matter, cell in part.asks.items() if cell.value]
    return [*alone, *(together.matters if together and together.value else ())]


def _window(part: WindowPart, common: Common) -> Window:
    within, suggested = part.acknowledge_within, part.suggested_days or common.suggested_days
    least = common.least_notice.value if common.least_notice else 0
    return Window(
        clock=Clock(part.clock),
        working_days=part.working_days,
        suggested_days=suggested.value,
        article=part.article,
        day_ends_at=(part.day_ends_at or common.day_ends_at).value,
        acknowledge_within=within.value if within else None,
        least_notice=least,
        notice_after_deadline=suggested.value if _kept_from_before(common) else max(least, 1),
        stated_alone=part.recipient_due is not None and part.recipient_due.value == "stated",
    )


def _rulings(part: WrittenPart, rulings: RulingsPart, sent_on: str | None) -> Rulings:
    # Where opinions are only collated nothing fails, and the file need not say what would follow.
    divided = _ruling(rulings.failed_with_differing or rulings.enough_with_differing, sent_on)
    if part.division_in_writing and part.division_in_writing.value == "meeting":
        divided = Ruling(Outcome.TO_MEETING, Next.TO_MEETING, divided.article)
    return Rulings(
        enough=_ruling(rulings.enough, sent_on),
        enough_with_differing=_ruling(rulings.enough_with_differing, sent_on),
        failed_with_differing=divided,
        failed=_ruling(rulings.failed or rulings.enough, sent_on),
    )


def _ruling(part: RulingPart | DividedPart, sent_on: str | None) -> Ruling:
    target = sent_on if part.next is Next.STANDING_COMMITTEE else None
    offers = isinstance(part, RulingPart) and part.offers_meeting
    return Ruling(part.outcome, part.next, part.article, offers, part.body or target)


T = TypeVar("T")


def meeting_rules(
    part: MeetingsPart, common: Common, article: str, sent_on: str | None = None
) -> MeetingRules:
    """How a body meets; `article` stands in where an assumption names none."""
    return MeetingRules(
        rhythms=tuple(_rhythm(id_, each, common) for id_, each in part.rhythm.items()),
        quorum=_quorum(part.quorum, article) if part.quorum else None,
        vote=_vote(part.vote, common, article, sent_on) if part.vote else None,
        papers=_papers(part.papers, common) if part.papers else None,
        minutes=_same(Minutes, part.minutes),
        convener=_same(Convener, part.convener),
        preparation=_same(Preparation, part.preparation),
        absence=_same(AbsenceRule, part.absence),
        requests=_requests(part.requests, article) if part.requests else None,
        questions=_questions(part.questions) if part.questions else None,
        pass_on=_same(PassOn, part.pass_on),
        confidence=_same(ConfidenceVote, part.confidence),
        urgent=_urgent(part.urgent) if part.urgent else None,
        extended=_extended(part.extended) if part.extended else None,
        guests=_by_id(GuestRule, part.guest),
        delegations=tuple(_delegation(id_, each) for id_, each in part.delegation.items()),
        announcements=_by_id(Announcement, part.announcement),
    )


def _delegation(id_: str, part: DelegationPart) -> DelegationRule:
    return DelegationRule(
        id=id_,
        of=part.of,
        to=tuple(part.to),
        what=part.what,
        article=part.article,
        away_article=part.away_article,
        decided_by=part.decided_by,
        scope=Scope(part.scope.value) if part.scope else Scope.ALL,
    )


def working_session(id_: str, part: SessionPart, common: Common) -> WorkingSession:
    """A recurring exchange with another party."""
    reminders = common.rhythm_reminders
    days = tuple(reminders.value) if reminders else REMIND_DAYS
    return WorkingSession(id=id_, **part.model_dump(), remind_days=days)


def duty(id_: str, part: DutyPart, common: Common, bodies: dict[str, BodyPart]) -> Duty:
    """Who owes which report to whom; the due day is that of [common] where the duty names none."""
    reminders = common.duty_reminders
    return Duty(
        id=id_,
        debtors=tuple(_party(each, bodies) for each in part.debtors),
        to=tuple(_party(each, bodies) for each in part.to),
        what=part.what,
        periods=tuple(part.periods.value),
        due=_due(part, common),
        article=part.article,
        through=part.through,
        unasked=part.unasked,
        remind_days=tuple(reminders.value) if reminders else (),
    )


def _same(kind: Callable[..., T], part: Part | None) -> T | None:
    """A domain value with the fields of its part, where there is one."""
    return None if part is None else kind(**part.model_dump())


def _by_id(kind: Callable[..., T], parts: Mapping[str, Part]) -> tuple[T, ...]:
    return tuple(kind(id=id_, **part.model_dump()) for id_, part in parts.items())


def _questions(part: QuestionsPart) -> Questioning:
    days = part.answer_days.value if part.answer_days else ANSWER_DAYS
    return Questioning(part.id, part.article, part.answer_article, days)


def _requests(part: RequestsPart, article: str) -> ExtraordinaryRequest:
    return ExtraordinaryRequest(part.id, threshold(part.share, article), part.decided_by)


def _urgent(part: UrgentPart) -> UrgentDecision:
    return UrgentDecision(part.id, tuple(part.instead_of), frozenset(part.excluded), part.article)


def _rhythm(id_: str, part: RhythmPart, common: Common) -> Rhythm:
    reminders = common.rhythm_reminders
    return Rhythm(
        id=id_,
        times=part.times.value,
        every=part.every,
        unit=part.unit,
        article=part.article,
        assumption=part.times.assumption or part.times.blank,
        remind_days=tuple(reminders.value) if reminders else (),
        from_last=_runs_from_last(part, common),
    )


def _runs_from_last(part: RhythmPart, common: Common) -> bool:
    """Whether "every so many months" is read as an interval; once in each period has nothing to run from."""
    reading = common.rhythm_reading.value if common.rhythm_reading else "calendar"
    several = part.unit is Unit.MONTH and part.every > 1 and part.times.value == 1
    return reading == "from_last" and several


def _extended(part: ExtendedPart) -> Extended:
    return Extended(part.id, part.counts.value, part.article)


def _quorum(part: QuorumPart, article: str) -> Quorum:
    condition = _condition(part.condition) if part.condition else None
    return Quorum(part.id, threshold(part.share, article), condition)


def _condition(part: QuorumConditionPart) -> QuorumCondition:
    return QuorumCondition(
        id=part.id,
        when_absent=tuple(part.when_absent),
        must_attend=tuple(part.must_attend),
        reading=QuorumReading(part.reading.value),
        article=part.article,
        assumption=part.reading.assumption,
    )


def _vote(part: VotePart, common: Common, article: str, sent_on: str | None) -> VoteRule | None:
    share = part.threshold or common.threshold
    if share is None:
        return None
    return VoteRule(
        id=part.id,
        threshold=threshold(share, article),
        secret_matters=frozenset(part.secret_matters),
        secret_article=part.secret_article,
        form_is_free=part.form_is_free,
        abstain=_abstain(part.abstain, share.article or article),
        of_present=share.of == "present",
        least_ballots=common.least_ballots.value if common.least_ballots else 5,
        divided=_ruling(part.divided, sent_on) if part.divided else None,
        divided_again=_ruling(part.divided_again, sent_on) if part.divided_again else None,
    )


def _papers(part: PapersPart, common: Common) -> PaperLead:
    office = common.papers_to_office if part.through_office else None
    return PaperLead(
        id=part.id,
        to_members=part.to_members.value,
        article=part.article,
        to_office=office.value if office else None,
        extraordinary_exempt=part.extraordinary_exempt,
        with_invitation=part.with_invitation,
        assumption=part.to_members.assumption or part.to_members.blank,
        by_dates=common.days_before is not None and common.days_before.value == "dates",
    )


def _party(part: PartyPart, bodies: dict[str, BodyPart]) -> Party:
    for kind, ref in (
        (PartyKind.BODY, part.body),
        (PartyKind.EACH_MEMBER, part.each_member_of),
    ):
        if ref is not None:
            return Party(kind, bodies[ref].name, ref)
    if part.office is not None:
        return Party(PartyKind.OFFICE, part.office, part.office)
    if part.unit is not None:
        return Party(PartyKind.UNIT, part.unit, by_name=part.by_name)
    return Party(PartyKind.SUPERIOR, part.superior or "")


def _due(part: DutyPart, common: Common) -> DueRule:
    if part.due is not None:
        return _stated_due(part.due, part.article)
    if common.report_due is None or set(part.periods.value) == {Period.AD_HOC}:
        return DueRule(DueKind.BY_HAND)
    cell = common.report_due
    day = common.debtor_day.value if part.through and common.debtor_day else 0
    return DueRule(
        DueKind(cell.value), debtor_day=day, article=cell.article, assumption=cell.assumption
    )


def _stated_due(part: DuePart, article: str) -> DueRule:
    if part.rule is not None:
        return DueRule(DueKind(part.rule), article=part.article or article)
    day, month = day_and_month(part.before or part.latest or "")
    fixed = FixedDay(month=month, day=day, inclusive=part.before is None)
    return DueRule(DueKind.FIXED_DAY, fixed, article=part.article or article)
