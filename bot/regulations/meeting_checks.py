"""What does not fit together in the rules of a body's meetings, votes and delegations. The rest: `checks.py`."""

from __future__ import annotations

from collections.abc import Iterator

from bot.regulations.faults import Finding, Findings, unlisted
from bot.regulations.positions import KeyPath
from bot.regulations.rules.regulation import Outcome
from bot.regulations.rules.terms import Matter
from bot.regulations.schema.common import Common
from bot.regulations.schema.document import Document
from bot.regulations.schema.meetings import DividedPart, MeetingsPart

SEATS = ("part_time", "full_time", "part_time_vice_president")
"""Words for seats by how they are held and marked, beside the offices."""
VOTED_OUTCOMES = (
    Outcome.NOT_ADOPTED,
    Outcome.TO_SUPERIOR,
    Outcome.TO_STANDING_COMMITTEE,
    Outcome.DISCUSS_AGAIN,
)
"""Outcomes that a vote may come to where opinions differ."""


def meeting_findings(
    path: KeyPath, part: MeetingsPart, document: Document, known: tuple[str, ...]
) -> Findings:
    """Everything in what a body's meetings go by that does not fit together, or names what the book does not have."""
    actors = (*document.offices, *known)
    for where, name in _actors(part):
        yield from unlisted((*path, *where), "actor_unknown", name, actors)
    for at, name in enumerate(part.requests.alone if part.requests else ()):
        where = (*path, "requests", "alone", at)
        yield from unlisted(where, "office_unknown", name, document.offices)
    for where, name in _bodies_named(part):
        yield from unlisted((*path, *where), "body_unknown", name, known)
    yield from _seats(path, part, (*SEATS, *document.offices))
    yield from _votes(path, part)
    shares = {"quorum": part.quorum, "requests": part.requests}
    for name, row in shares.items():
        if row and row.share.of == "replying":
            yield Finding((*path, name, "share", "of"), "share_of_replying", {})
    yield from _needs_common(path, part, document.common)


def _votes(path: KeyPath, part: MeetingsPart) -> Findings:
    """Where a divided vote goes is one of the conclusions that an item can have; no matter has two thresholds."""
    seen = set[Matter]()
    for at, each in enumerate(part.vote.own_threshold if part.vote else ()):
        twice = next((matter.value for matter in each.matters if matter in seen), None)
        if twice:
            where = (*path, "vote", "own_threshold", at)
            yield Finding(where, "threshold_twice", {"name": twice})
        seen |= set(each.matters)
    for name in ("divided", "divided_again") if part.vote else ():
        row: DividedPart | None = getattr(part.vote, name)
        if row and row.outcome not in VOTED_OUTCOMES:
            values = {"found": row.outcome.value, "allowed": ", ".join(VOTED_OUTCOMES)}
            yield Finding((*path, "vote", name, "outcome"), "ruling_not_chosen", values)


def _actors(part: MeetingsPart) -> Iterator[tuple[KeyPath, str]]:
    if part.convener:
        yield ("convener", "by"), part.convener.by
    if part.absence:
        yield ("absence", "consent_by"), part.absence.consent_by
    if part.preparation:
        yield ("preparation", "programme_by"), part.preparation.programme_by
    if part.minutes and part.minutes.kept_by:
        yield ("minutes", "kept_by"), part.minutes.kept_by
    for id_, each in part.delegation.items():
        yield ("delegation", id_, "of"), each.of
        yield from ((("delegation", id_, "to", at), name) for at, name in enumerate(each.to))


def _bodies_named(part: MeetingsPart) -> Iterator[tuple[KeyPath, str]]:
    if part.requests and part.requests.decided_by:
        yield ("requests", "decided_by"), part.requests.decided_by
    if part.confidence:
        yield ("confidence", "of_body"), part.confidence.of_body
    if part.urgent:
        for at, name in enumerate(part.urgent.instead_of):
            yield ("urgent", "instead_of", at), name
    for id_, rule in part.delegation.items():
        if rule.decided_by:
            yield ("delegation", id_, "decided_by"), rule.decided_by
    for id_, each in part.announcement.items():
        yield ("announcement", id_, "from_body"), each.from_body


def _seats(path: KeyPath, part: MeetingsPart, allowed: tuple[str, ...]) -> Findings:
    for at, group in enumerate(part.quorum.groups if part.quorum else ()):
        for place, name in enumerate(group.seats):
            where = (*path, "quorum", "groups", at, "seats", place)
            yield from unlisted(where, "seat_unknown", name, allowed)
    condition = part.quorum.condition if part.quorum else None
    if condition is None:
        return
    for key, names in (
        ("when_absent", condition.when_absent),
        ("must_attend", condition.must_attend),
    ):
        for at, name in enumerate(names):
            where = (*path, "quorum", "condition", key, at)
            yield from unlisted(where, "seat_unknown", name, allowed)


def _needs_common(path: KeyPath, part: MeetingsPart, common: Common) -> Findings:
    if part.vote and not part.vote.threshold and not common.threshold:
        yield Finding((*path, "vote"), "threshold_missing", {})
    if part.vote and part.vote.secret_matters and not part.vote.secret_article:
        yield Finding((*path, "vote"), "secret_article", {})
    if part.papers and part.papers.through_office and not common.papers_to_office:
        yield Finding((*path, "papers", "through_office"), "office_days_missing", {})
    if part.rhythm and not common.rhythm_reminders:
        yield Finding((*path, "rhythm"), "reminders_missing", {"name": "rhythm_reminders"})
