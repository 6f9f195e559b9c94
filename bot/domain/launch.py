"""What a launch of a written consultation accepts, question by question. The form that asks lives elsewhere."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.refusal import Refusal
from bot.domain.regulation import Body, Exclusion, Ground, Matter


def refuse_body(body: Body) -> Refusal | None:
    """A body whose regulation gives it no consultation in writing."""
    forbidden = body.written.forbidden
    return _excluded("body_excluded", forbidden, body=body.name) if forbidden else None


def refuse_matter(body: Body, matter: Matter) -> Refusal | None:
    """A matter the regulation excludes, with its article and what to do instead."""
    refusal = refuse_body(body)
    if refusal or matter in body.written.matters:
        return refusal
    exclusion = body.written.exclusions.get(matter)
    if exclusion is None:
        return Refusal("matter_excluded", body.written.article, values={"matter": matter.value})
    return _excluded("matter_excluded", exclusion, matter=matter.value)


def refuse_ground(body: Body, ground: Ground) -> Refusal | None:
    """A ground the regulation does not know for this body."""
    refusal = refuse_body(body)
    if refusal or ground in body.written.grounds:
        return refusal
    return Refusal("ground_unknown", body.written.article, values={"ground": ground.value})


def refuse_deadline(deadline: datetime, now: datetime) -> Refusal | None:
    """A deadline must lie ahead."""
    if deadline <= now:
        return Refusal("moment_past", values={"until": deadline})
    return None


def refuse_submission(
    body: Body, submission: date, today: date, special_reason: str
) -> Refusal | None:
    """A text for appraisal comes early enough, unless marked special with a reason (TV 5.2)."""
    lead = body.written.lead_time
    if lead is None:
        return None
    if submission <= today:
        return Refusal("submission_past", lead.article, values={"submission": submission})
    days = (submission - today).days
    if days < lead.days and not special_reason.strip():
        values = {"days": days, "needed": lead.days, "submission": submission}
        return Refusal("lead_time", lead.article, instead="special_reason", values=values)
    return None


def _excluded(kind: str, exclusion: Exclusion, **values: object) -> Refusal:
    return Refusal(
        kind, exclusion.article, because=exclusion.because, instead=exclusion.instead, values=values
    )
