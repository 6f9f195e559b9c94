"""What a regulation file says that can never apply. Nothing here is a fault: the file is read all the same."""

from __future__ import annotations

from bot.regulations.faults import Finding, Findings
from bot.regulations.positions import KeyPath
from bot.regulations.rules.duties import Period
from bot.regulations.rules.regulation import Next
from bot.regulations.schema.document import Document
from bot.regulations.schema.duties import DutyPart
from bot.regulations.schema.written import CausesPart, SilencePart, WrittenPart

_ON_AN_AGENDA = (Next.TO_MEETING, Next.STANDING_COMMITTEE)


def never_applied(document: Document) -> Findings:
    """Every row of `document` that no count, no answer and no period can lead to."""
    for body_id, body in document.body.items():
        yield from _written(("body", body_id, "written"), body.written)
    for duty_id, duty in document.duty.items():
        yield from _duty(("duty", duty_id), duty)


def _written(path: KeyPath, part: WrittenPart) -> Findings:
    yield from _rulings((*path, "rulings"), part)
    if part.silence and not _consents(part.silence):
        for key in ("covers", "asks", "shares_responsibility"):
            if getattr(part.silence, key):
                yield Finding((*path, "silence", key), "never_consents", {"name": key})
    if part.window and part.window.clock == "deadline" and part.window.recipient_due:
        yield Finding((*path, "window", "recipient_due"), "never_own_clock", {})
    if part.second_round and not _leaves_it_open(part):
        yield Finding((*path, "second_round"), "never_again", {})
    if part.division_in_writing and not _goes_up(part):
        yield Finding((*path, "division_in_writing"), "never_goes_up", {})


def _consents(silence: SilencePart) -> bool:
    """Whether it is consent for any matter, or a committee may choose that it be."""
    meant = (silence.means, *(each.means for each in silence.own))
    return any(each.assumption or each.value == "consent" for each in meant)


def _rulings(path: KeyPath, part: WrittenPart) -> Findings:
    if part.rulings is None:
        return
    for name in ("failed_with_differing", "failed"):
        if part.collates and getattr(part.rulings, name):
            yield Finding((*path, name), "never_fails", {"name": name})
    for place, ruling in part.rulings.rows:
        if ruling.offers_meeting and ruling.next in _ON_AN_AGENDA:
            yield Finding((*path, *place, "offers_meeting"), "never_offered", {})


def _leaves_it_open(part: WrittenPart) -> bool:
    """Whether anything leads to a second round, or a division to a report before which there may be one."""
    rulings, again = part.rulings, part.second_round
    if again and again.because != CausesPart():
        return True
    rows = rulings.on_differing if rulings else ()
    return any(row.next in (Next.SECOND_ROUND, Next.UPWARD_REPORT) for row in rows)


def _goes_up(part: WrittenPart) -> bool:
    divided = part.rulings and part.rulings.failed_with_differing
    rows = divided.either if divided else ()
    return any(row.next is Next.UPWARD_REPORT for _, row in rows)


def _duty(path: KeyPath, part: DutyPart) -> Findings:
    before_period = part.due is not None and part.due.rule == "before_period"
    if before_period and part.every == {Period.AD_HOC}:
        yield Finding((*path, "due"), "never_begins", {})
