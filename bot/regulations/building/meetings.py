"""How a body meets, from its checked shape to its values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from bot.regulations.building.written import abstain, needed, recusal, ruling, threshold
from bot.regulations.cells import Part
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
    QuorumGroup,
    QuorumReading,
    Rhythm,
    Scope,
    Unit,
    UrgentDecision,
    VoteRule,
    WorkingSession,
)
from bot.regulations.schema.common import Common
from bot.regulations.schema.duties import SessionPart
from bot.regulations.schema.meetings import (
    DelegationPart,
    ExtendedPart,
    MeetingsPart,
    PapersPart,
    QuestionsPart,
    QuorumConditionPart,
    QuorumPart,
    RequestsPart,
    RhythmPart,
    UrgentPart,
    VotePart,
)

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


def _same(kind: Callable[..., T], part: Part | None) -> T | None:
    """A domain value with the fields of its part, where there is one."""
    return None if part is None else kind(**part.model_dump())


def _by_id(kind: Callable[..., T], parts: Mapping[str, Part]) -> tuple[T, ...]:
    return tuple(kind(id=id_, **part.model_dump()) for id_, part in parts.items())


def _questions(part: QuestionsPart) -> Questioning:
    days = part.answer_days.value if part.answer_days else ANSWER_DAYS
    return Questioning(part.id, part.article, part.answer_article, days)


def _requests(part: RequestsPart, article: str) -> ExtraordinaryRequest:
    share = threshold(part.share, article)
    return ExtraordinaryRequest(part.id, share, part.decided_by, tuple(part.alone))


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
    groups = (QuorumGroup(each.name, tuple(each.seats), each.article) for each in part.groups)
    return Quorum(part.id, threshold(part.share, article), condition, tuple(groups))


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
        threshold=needed(share, article),
        thresholds={
            matter: needed(each, article) for each in part.own_threshold for matter in each.matters
        },
        secret_matters=frozenset(part.secret_matters),
        secret_article=part.secret_article,
        form_is_free=part.form_is_free,
        abstain=abstain(part.abstain, share.article or article),
        least_ballots=common.least_ballots.value if common.least_ballots else 5,
        divided=ruling(part.divided, sent_on) if part.divided else None,
        divided_again=ruling(part.divided_again, sent_on) if part.divided_again else None,
        recusal=recusal(part.recusal),
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
