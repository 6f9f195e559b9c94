"""What a regulation file says that can never apply. Nothing here is a fault: the file is read all the same."""

from __future__ import annotations

from bot.regulations.faults import Finding, Findings
from bot.regulations.never_needed import never_needed
from bot.regulations.positions import KeyPath
from bot.regulations.rules.duties import Period
from bot.regulations.rules.regulation import Next
from bot.regulations.schema.document import Document
from bot.regulations.schema.duties import DutyPart
from bot.regulations.schema.written import CausesPart, SilencePart, WrittenPart

_ON_AN_AGENDA = (Next.TO_MEETING, Next.STANDING_COMMITTEE)


def never_applied(document: Document) -> Findings:
    """Everything in `document` that no matter, count, answer or period can lead to."""
    yield from _shared(document)
    yield from _unused_grounds(document)
    reserve = document.common.reserve
    for body_id, body in document.body.items():
        where = ("body", body_id, "written")
        if body.written.forbidden and not body.written.grounds:
            yield from _never_asked(where, body.written)
            continue
        yield from _written(where, body.written, reserve.article if reserve else None)
        yield from never_needed(where, body.written, document)
    for duty_id, duty in document.duty.items():
        yield from _duty(("duty", duty_id), duty)


def _shared(document: Document) -> Findings:
    """Values that stand for all bodies, and that none of them asks for."""
    common, bodies = document.common, document.body.values()
    written = [each.written for each in bodies]
    votes = [each.meetings.vote for each in bodies if each.meetings and each.meetings.vote]
    papers = [each.meetings.papers for each in bodies if each.meetings and each.meetings.papers]
    wanted = {
        "threshold": any(_counts(each) and each.threshold is None for each in written)
        or any(vote.threshold is None for vote in votes),
        "papers_to_office": any(each.through_office for each in papers),
        "duty_reminders": bool(document.duty),
        "report_due": bool(document.duty),
        "debtor_day": bool(document.duty),
    }
    for name, asked in wanted.items():
        if getattr(common, name) is not None and not asked:
            yield Finding(("common", name), "never_shared", {"name": name})


def _counts(part: WrittenPart) -> bool:
    """Whether answers in writing are counted at all."""
    return not part.collates and (bool(part.grounds) or part.forbidden is None)


def _unused_grounds(document: Document) -> Findings:
    """Grounds that the file names itself, or words for one, and no body is asked on."""
    used = {ground for body in document.body.values() for ground in body.written.grounds}
    for at, each in enumerate(document.own_grounds):
        if each not in used:
            yield Finding(("ground", at, "id"), "never_ground", {"name": each.value})
    for ground in document.words.ground:
        if ground not in used:
            where = ("words", "ground", ground.value)
            yield Finding(where, "never_ground", {"name": ground.value})


def _never_asked(path: KeyPath, part: WrittenPart) -> Findings:
    """How a body is asked in writing that never is."""
    article = part.forbidden.article if part.forbidden else part.article
    for name in sorted(part.model_fields_set - {"article", "note", "forbidden"}):
        yield Finding((*path, name), "never_asked", {"name": name, "article": article})


def _written(path: KeyPath, part: WrittenPart, reserve: str | None) -> Findings:
    yield from _rulings((*path, "rulings"), part)
    if part.silence and not _consents(part.silence):
        for key in ("covers", "asks", "shares_responsibility"):
            if getattr(part.silence, key):
                yield Finding((*path, "silence", key), "never_consents", {"name": key})
    if part.window and part.window.clock == "deadline" and part.window.recipient_due:
        yield Finding((*path, "window", "recipient_due"), "never_own_clock", {})
    if part.second_round and not _leaves_it_open(part):
        yield Finding((*path, "second_round"), "never_again", {})
    if part.reserve_article and reserve:
        yield Finding((*path, "reserve_article"), "never_reserve", {"article": reserve})
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
