"""What a member may request of a body's meetings: an extraordinary one, an item, an answer. Nothing is kept here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.people.rules.people import Person
from bot.regulations.rules.meetings import ExtraordinaryRequest, Questioning
from bot.regulations.rules.regulation import Body, Regulation
from bot.values.refusal import Refusal


class RequestKind(StrEnum):
    """What a member may request."""

    MEETING = "meeting"
    ITEM = "item"
    QUESTION = "question"


class Settled(StrEnum):
    """How a request for an extraordinary meeting ended."""

    WITHDRAWN = "withdrawn"
    CALLED = "called"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class MeetingRequest:
    """A member's request for an extraordinary meeting that is not settled."""

    id: int
    committee: int
    body: str
    person: int
    reason: str
    at: datetime
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """How many of a body's members of now ask for a meeting, and how many it takes."""

    count: int
    total: int
    required: int
    enough: bool
    alone: bool = False
    """One of those who ask holds an office that is enough by itself."""


def request_rule(body: Body) -> ExtraordinaryRequest | None:
    """The rule by which members of the body can ask for a meeting."""
    return body.meetings.requests if body.meetings else None


def question_rule(body: Body) -> Questioning | None:
    """The rule that gives questions a place on the body's agenda."""
    return body.meetings.questions if body.meetings else None


def allows(body: Body, kind: RequestKind) -> bool:
    """Whether the regulation gives members of the body this request; an item anybody may propose."""
    if kind is RequestKind.MEETING:
        return request_rule(body) is not None
    return kind is RequestKind.ITEM or question_rule(body) is not None


def seated(regulation: Regulation, person: Person) -> tuple[Body, ...]:
    """Bodies on whose roll the person stands."""
    return tuple(body for body in regulation.bodies if person.seat_in(body.id))


def bodies_for(regulation: Regulation, person: Person, kind: RequestKind) -> tuple[Body, ...]:
    """Bodies of which the person may request this."""
    return tuple(body for body in seated(regulation, person) if allows(body, kind))


def may_request(
    regulation: Regulation, person: Person, kind: RequestKind, body_id: str
) -> Refusal | None:
    """A member requests of the own body what the regulation gives; for all of one's bodies: "" as id."""
    mine = seated(regulation, person)
    if not mine:
        return Refusal("wish_members_only")
    chosen = [body for body in mine if body_id in ("", body.id)]
    if not chosen:
        return Refusal("wish_members_only")
    if any(allows(body, kind) for body in chosen):
        return None
    return _not_given(regulation, chosen[0], kind)


def _not_given(regulation: Regulation, body: Body, kind: RequestKind) -> Refusal:
    """The article says to whom the regulation gives it, or else how the body's meetings are called."""
    given = next((each for each in regulation.bodies if allows(each, kind)), None)
    values = {"body": body.name, "given": given.name if given else ""}
    if kind is RequestKind.QUESTION:
        rule = question_rule(given) if given else None
        return Refusal("wish_no_questions", rule.article if rule else None, values=values)
    asked = request_rule(given) if given else None
    return Refusal("wish_no_requests", asked.article if asked else _called_by(body), values=values)


def _called_by(body: Body) -> str | None:
    """Where the regulation says who calls the body's meetings, and how often."""
    rules = body.meetings
    if rules is None:
        return None
    called = [rules.convener.article] if rules.convener else []
    articles = dict.fromkeys([*called, *(rhythm.article for rhythm in rules.rhythms)])
    return ", ".join(articles) or None


def may_decline(body: Body) -> Refusal | None:
    """A meeting that enough members ask for is declined only where a body decides upon it; else it is called."""
    rule = request_rule(body)
    if rule is None or rule.decided_by is not None:
        return None
    return Refusal("wish_must_be_called", rule.article, values={"body": body.name})


def asked(rule: ExtraordinaryRequest, by: Collection[int], members: Mapping[int, str]) -> Asked:
    """Requests are counted against all members of now, by their office; whoever has left the body asks no more."""
    asking = set(by) & set(members)
    count, total = len(asking), len(members)
    alone = any(members[one] in rule.alone for one in asking)
    enough = alone or rule.share.met(count, total)
    return Asked(count, total, rule.share.required(total), enough, alone)
