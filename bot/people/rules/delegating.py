"""Who may stand in for a body's head, and from when to when. Who does so now is known elsewhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.people.rules.people import Person
from bot.regulations.rules.meetings import DelegationRule
from bot.regulations.rules.regulation import Body, Regulation
from bot.values.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when somebody stands in; both ends belong to it."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: Span) -> bool:
        """Whether some moment belongs to both, but for one at which the one ends and the other begins."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def rules_for(regulation: Regulation, body: Body, head_office: str) -> tuple[DelegationRule, ...]:
    """The rules by which this body's head may be stood in for.

    A rule written under another body holds too where it is about the same office, for it is about the
    officer (BK 6.6, HU 7.2). One about a body that is away holds for the body under which it is written,
    whose daily work it is about (HU 5.5).
    """
    offices = {head_office, *body.heads[:1]}
    bodies = {each.id for each in regulation.bodies}
    found = [
        rule
        for each in regulation.bodies
        for rule in (each.meetings.delegations if each.meetings else ())
        if rule.of in offices or (each.id == body.id and rule.of in bodies)
    ]
    return tuple({rule.id: rule for rule in found}.values())


def rule_for(rules: Sequence[DelegationRule], body: str, person: Person) -> DelegationRule | None:
    """The rule that lets this person stand in, by the offices held; that in the body itself first."""
    offices = offices_of(person, body)
    return next((rule for office in offices for rule in rules if office in rule.to), None)


def offices_of(person: Person, body: str) -> list[str]:
    """The person's offices in bodies, that in this one first."""
    seats = [seat for seat in person.seats if seat.body]
    return [seat.office for seat in sorted(seats, key=lambda seat: seat.body != body)]


def away_rules(rules: Sequence[DelegationRule]) -> tuple[DelegationRule, ...]:
    """Those by which an office acts also without a delegation, while the head is away."""
    return tuple(rule for rule in rules if rule.away_article is not None)


def duty_rules(rules: Sequence[DelegationRule]) -> tuple[DelegationRule, ...]:
    """Those by which a body decides who is on duty in the head's place (HU 5.5)."""
    return tuple(rule for rule in rules if rule.decided_by is not None)


# --- may it be done --------------------------------------------------------------------------


def may_delegate(
    rules: Sequence[DelegationRule], body: Body, to: Person, head: int
) -> Refusal | None:
    """Only where the regulation has it, and only to an office that it names; never to oneself."""
    if not rules:
        return Refusal("delegation_no_rule", values={"body": body.name})
    if to.id == head or rule_for(rules, body.id, to) is None:
        offices = list(dict.fromkeys(office for rule in rules for office in rule.to))
        values = {"name": to.name, "offices": offices, "body": body.name}
        return Refusal("delegation_office", articles(rules), values=values)
    return None


def may_stand_in(
    rules: Sequence[DelegationRule], wanted: Span, running: Collection[Span], now: datetime
) -> Refusal | None:
    """The end comes after the start and after now, and no two stand in at the same time."""
    values = {"starts_at": wanted.starts_at, "ends_at": wanted.ends_at}
    if wanted.ends_at <= wanted.starts_at or wanted.ends_at <= now:
        return Refusal("delegation_backwards", articles(rules), values=values)
    for other in running:
        if wanted.overlaps(other):
            values |= {"other_starts": other.starts_at, "other_ends": other.ends_at}
            return Refusal("delegation_overlaps", articles(rules), values=values)
    return None


def may_be_absent(
    rules: Sequence[DelegationRule],
    head: Person,
    wanted: Span,
    entered: Collection[Span],
    now: datetime,
) -> Refusal | None:
    """An absence is entered where the text has somebody act for an absent head; no two at the same time."""
    away = away_rules(rules)
    if not away:
        return Refusal("absence_no_rule", values={"name": head.name})
    values = {"starts_at": wanted.starts_at, "ends_at": wanted.ends_at, "name": head.name}
    if wanted.ends_at <= wanted.starts_at or wanted.ends_at <= now:
        return Refusal("delegation_backwards", values=values)
    for other in entered:
        if wanted.overlaps(other):
            values |= {"other_starts": other.starts_at, "other_ends": other.ends_at}
            return Refusal("absence_overlaps", values=values)
    return None


def articles(rules: Sequence[DelegationRule]) -> str | None:
    """The articles of these rules, each once, in their order in the text."""
    return _each_once(rule.article for rule in rules)


def away_articles(rules: Sequence[DelegationRule]) -> str | None:
    """The articles by which these act for an absent head, each once, in their order in the text."""
    return _each_once(rule.away_article or rule.article for rule in rules)


def _each_once(cited: Iterable[str]) -> str | None:
    found = {each.strip() for several in cited for each in several.split(",")}
    return ", ".join(sorted(found, key=_place)) or None


def _place(article: str) -> list[tuple[int, str]]:
    """Its place in the text: numbers by their size, "4.10" after "4.9"."""
    parts = re.findall(r"(\d*)(\D*)", article)
    return [(int(number or 0), rest) for number, rest in parts]


_WHEN = ("away", "delegated", "duty")


def _when(rule: DelegationRule) -> str:
    """When it lets another act: "away" also without a delegation, "duty" by a body's decision."""
    if rule.decided_by is not None:
        return "duty"
    return "delegated" if rule.away_article is None else "away"


def only_head(kind: str, regulation: Regulation, body: Body) -> Refusal:
    """What is the head's alone: says who may act in the head's place, and by which article.

    The article of the refusal is that by which it is the head's, never one that lets another act.
    """
    rules = rules_for(regulation, body, "")
    named = [(_when(rule), rule.to, rule.article) for rule in rules]
    deputies = sorted(named, key=lambda each: _WHEN.index(each[0]))
    return Refusal(kind, body.head_article, values={"deputies": deputies, "heads": body.heads[:1]})
