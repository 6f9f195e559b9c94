"""From the shape of meeting rules, sessions and duties to their domain values; checked before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from bot.domain.duties import DueKind, DueRule, Duty, FixedDay, Party, PartyKind, Period
from bot.domain.meetings import (
    REMIND_DAYS,
    AbsenceRule,
    Announcement,
    ConfidenceVote,
    Convener,
    Delegation,
    ExtraordinaryRequest,
    GuestRule,
    MeetingRules,
    Minutes,
    PaperLead,
    Preparation,
    Questioning,
    Quorum,
    QuorumCondition,
    QuorumReading,
    Rhythm,
    UrgentDecision,
    VoteRule,
    WorkingSession,
)
from bot.domain.ruling import Ruling
from bot.regulations.cells import Part
from bot.regulations.duty_schema import DuePart, DutyPart, PartyPart, SessionPart, day_and_month
from bot.regulations.meeting_schema import (
    MeetingsPart,
    PapersPart,
    QuorumConditionPart,
    QuorumPart,
    RequestsPart,
    RhythmPart,
    UrgentPart,
    VotePart,
)
from bot.regulations.schema import BodyPart, Common
from bot.regulations.writing import threshold

T = TypeVar("T")


def meeting_rules(part: MeetingsPart, common: Common, article: str) -> MeetingRules:
    """How a body meets; `article` stands in where an assumption names none."""
    return MeetingRules(
        rhythms=tuple(_rhythm(id_, each, common) for id_, each in part.rhythm.items()),
        quorum=_quorum(part.quorum, article) if part.quorum else None,
        vote=_vote(part.vote, common, article) if part.vote else None,
        papers=_papers(part.papers, common) if part.papers else None,
        minutes=_same(Minutes, part.minutes),
        convener=_same(Convener, part.convener),
        preparation=_same(Preparation, part.preparation),
        absence=_same(AbsenceRule, part.absence),
        requests=_requests(part.requests, article) if part.requests else None,
        questions=_same(Questioning, part.questions),
        confidence=_same(ConfidenceVote, part.confidence),
        urgent=_urgent(part.urgent) if part.urgent else None,
        guests=_by_id(GuestRule, part.guest),
        delegations=tuple(
            Delegation(id_, each.of, tuple(each.to), each.what, each.article)
            for id_, each in part.delegation.items()
        ),
        announcements=_by_id(Announcement, part.announcement),
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
        periods=tuple(part.periods),
        due=_due(part, common),
        article=part.article,
        through=part.through,
        remind_days=tuple(reminders.value) if reminders else (),
    )


def _same(kind: Callable[..., T], part: Part | None) -> T | None:
    """A domain value with the fields of its part, where there is one."""
    return None if part is None else kind(**part.model_dump())


def _by_id(kind: Callable[..., T], parts: Mapping[str, Part]) -> tuple[T, ...]:
    return tuple(kind(id=id_, **part.model_dump()) for id_, part in parts.items())


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
    )


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


def _vote(part: VotePart, common: Common, article: str) -> VoteRule | None:
    share = part.threshold or common.threshold
    if share is None:
        return None
    return VoteRule(
        id=part.id,
        threshold=threshold(share, article),
        secret_matters=frozenset(part.secret_matters),
        secret_article=part.secret_article,
        form_is_free=part.form_is_free,
        of_present=share.of == "present",
        least_ballots=common.least_ballots.value if common.least_ballots else 5,
        divided=Ruling(**part.divided.model_dump()) if part.divided else None,
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
        return Party(PartyKind.UNIT, part.unit)
    return Party(PartyKind.SUPERIOR, part.superior or "")


def _due(part: DutyPart, common: Common) -> DueRule:
    if part.due is not None:
        return _stated_due(part.due, part.article)
    if common.report_due is None or set(part.periods) == {Period.AD_HOC}:
        return DueRule(DueKind.BY_HAND)
    cell = common.report_due
    return DueRule(DueKind(cell.value), article=cell.article, assumption=cell.assumption)


def _stated_due(part: DuePart, article: str) -> DueRule:
    if part.rule is not None:
        return DueRule(DueKind(part.rule), article=part.article or article)
    day, month = day_and_month(part.before or part.latest or "")
    fixed = FixedDay(month=month, day=day, inclusive=part.before is None)
    return DueRule(DueKind.FIXED_DAY, fixed, part.article or article)
