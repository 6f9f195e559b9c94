"""A launch from submission to opening: the clerk sends, the head approves or declines, the roll is frozen."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from bot.calendar import store as calendar
from bot.consultations import access as consultations_access
from bot.consultations import announcements, launch_form, schedule
from bot.consultations import store as consultations
from bot.consultations.answering import subject
from bot.consultations.launch_form import OWN_DAYS, Form
from bot.consultations.rules.consultation import Act, ActKind, Dossier, Seat
from bot.consultations.rules.due import regulation_deadline
from bot.consultations.rules.rights import (
    refuse_deadline,
    refuse_ground,
    refuse_matter,
    refuse_submission,
)
from bot.db import drafts, dues, people
from bot.kit import access
from bot.kit.unit import Context, UnitOfWork
from bot.people.rules.people import Person, head_of, members_of
from bot.regulations.rules.regulation import Ground, Matter
from bot.values.moments import VIET_NAM
from bot.values.refusal import NO_RIGHT, Refusal


async def submit(context: Context, account: int, draft_id: int) -> Dossier | Refusal:
    """Send a complete form for the head's approval; from here on its text no longer changes."""
    async with context.work() as work:
        form = await launch_form.own_form(work, account, draft_id)
        if isinstance(form, Refusal):
            return form
        refusal = await _refuse_submission(work, form)
        if refusal:
            return refusal
        consultation_id = await consultations.submit(work.tx, **_columns(form))
        await drafts.hand_over_files(work.tx, draft_id, consultation_id)
        await drafts.end(work.tx, draft_id, work.now)
        await drafts.answered(work.tx, account)
        dossier = await consultations.get(work.tx, consultation_id)
        if dossier is None:
            raise LookupError(f"consultation {consultation_id} is gone")
        await _record_submission(work, form.clerk, dossier)
        return dossier


async def _record_submission(work: UnitOfWork, clerk: Person, dossier: Dossier) -> None:
    detail = {
        "body": dossier.body.id,
        "matter": dossier.matter.value,
        "ground": dossier.ground.value,
        "subject": dossier.subject,
        "text_sha256": dossier.text_sha256,
        "files": [{"name": file.name, "sha256": file.sha256} for file in dossier.files],
        "silence_confirmed": dossier.silence_confirmed,
        "state_secret": False,
    }
    await work.record(dossier.committee, clerk, "submit", subject(dossier), detail)
    head = await consultations_access.head(work, dossier)
    if head:
        await announcements.ask_approval(work, dossier, head)


async def _refuse_submission(work: UnitOfWork, form: Form) -> Refusal | None:
    if form.field != "preview" or form.body is None:
        return Refusal("form_incomplete")
    everybody = await people.of_committee(work.tx, form.draft.committee)
    if head_of(everybody, form.body) is None:
        return Refusal("no_head", form.body.head_article)
    return _refuse_launch(form, form.now)


def _refuse_launch(form: Form, now: datetime) -> Refusal | None:
    """Everything is asked again at the moment it matters: time has passed since the answers."""
    fields, body = form.draft.fields, form.body
    if body is None:
        return Refusal("form_incomplete")
    refusal = refuse_matter(body, Matter(fields["matter"]))
    refusal = refusal or refuse_ground(body, Ground(fields["ground"]))
    if fields["deadline"] != OWN_DAYS:
        refusal = refusal or refuse_deadline(datetime.fromisoformat(fields["deadline"]), now)
    if "submission_date" in fields:
        day, reason = (
            date.fromisoformat(fields["submission_date"]),
            fields.get("special_reason", ""),
        )
        refusal = refusal or refuse_submission(body, day, now.astimezone(VIET_NAM).date(), reason)
    return refusal


def _columns(form: Form) -> dict[str, object]:
    fields = form.draft.fields
    deadline, submission = fields["deadline"], fields.get("submission_date")
    text = fields["text"]
    return {
        "committee_id": form.draft.committee,
        "rulebook": form.regulation.digest,
        "body": fields["body"],
        "matter": fields["matter"],
        "ground": fields["ground"],
        "subject": fields["subject"],
        "text": text,
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "deadline": None if deadline == OWN_DAYS else datetime.fromisoformat(deadline),
        "submission_date": date.fromisoformat(submission) if submission else None,
        "special_reason": fields.get("special_reason"),
        "silence_confirmed": bool(fields.get("silence_confirmed")),
        "prepared_by": form.clerk.id,
        "submitted_at": form.now,
    }


async def _asked(
    work: UnitOfWork, account: int, consultation_id: int
) -> tuple[Person, Dossier] | Refusal:
    """The head before a request that waits for approval."""
    dossier = await consultations.get(work.tx, consultation_id)
    if dossier is None:
        return Refusal("gone")
    person = await access.in_committee(work, account, dossier.committee)
    head = await consultations_access.head(work, dossier)
    if person is None or head is None or person.id != head.id:
        return Refusal("only_head", dossier.body.head_article) if person else NO_RIGHT
    if dossier.declined or dossier.recalled:
        return Refusal("declined_already" if dossier.declined else "recalled_already")
    if dossier.opened_at is not None:
        return Refusal("approved_already")
    return person, dossier


async def approve(context: Context, account: int, consultation_id: int) -> Dossier | Refusal:
    """The head approves: roll, rules, calendar and deadline are frozen, and the forms go out."""
    async with context.work() as work:
        asked = await _asked(work, account, consultation_id)
        if isinstance(asked, Refusal):
            return asked
        approver, dossier = asked
        refusal = _refuse_opening(dossier, work.now)
        if refusal:
            return refusal
        everybody = await people.of_committee(work.tx, dossier.committee)
        members = members_of(everybody, dossier.body.id)
        if not members:
            return Refusal("empty_roll")
        opened = await _open(work, dossier, approver, members)
        await announcements.opened(work, opened, approver)
        await schedule.arrange(work, opened.running)
        await _watch_receipts(work, opened)
        return opened


def _refuse_opening(dossier: Dossier, now: datetime) -> Refusal | None:
    refusal = refuse_deadline(dossier.deadline, now) if dossier.deadline else None
    if dossier.submission_date:
        today = now.astimezone(VIET_NAM).date()
        refusal = refusal or refuse_submission(
            dossier.body, dossier.submission_date, today, dossier.special_reason
        )
    return refusal


async def _open(
    work: UnitOfWork, dossier: Dossier, approver: Person, members: list[Person]
) -> Dossier:
    days = await calendar.working_calendar(work.tx, dossier.committee)
    seats = [_seat(member, dossier.body.id) for member in members]
    deadline = dossier.deadline or regulation_deadline(dossier.body, days, work.now)
    number = await consultations.open_it(
        work.tx, dossier, seats, at=work.now, by=approver.id, deadline=deadline, calendar=days
    )
    opened = await consultations.get(work.tx, dossier.id)
    if opened is None:
        raise LookupError(f"consultation {dossier.id} is gone")
    detail = {
        "number": number,
        "roll": [{"person": seat.person, "name": seat.name} for seat in seats],
        "deadline": deadline.isoformat(),
        "rulebook": dossier.rulebook,
        "calendar": days.version,
        "text_sha256": dossier.text_sha256,
    }
    await work.record(dossier.committee, approver, "open", subject(dossier), detail)
    return opened


def _seat(member: Person, body: str) -> Seat:
    held = member.seat_in(body)
    if held is None:
        raise LookupError(f"person {member.id} has no seat in {body}")
    return Seat(member.id, member.name, held.office, held.full_time)


async def _watch_receipts(work: UnitOfWork, dossier: Dossier) -> None:
    """Where acknowledgement is asked, the office learns one working day later who has not given it."""
    running, window = dossier.running, dossier.body.written.window
    if window.acknowledge_within is None:
        return
    day = running.calendar.add_working_days(
        work.now.astimezone(VIET_NAM).date(), window.acknowledge_within
    )
    at = running.calendar.end_of_day(day, window.day_ends_at)
    key = f"{schedule.UNACKNOWLEDGED}:{dossier.id}"
    await dues.put(work.tx, key, schedule.UNACKNOWLEDGED, at, consultation_id=dossier.id)


async def may_decline(context: Context, account: int, consultation_id: int) -> Dossier | Refusal:
    """Whether this account may decline; asked before a reason is asked for."""
    async with context.look() as work:
        asked = await _asked(work, account, consultation_id)
        return asked if isinstance(asked, Refusal) else asked[1]


async def decline(
    context: Context, account: int, consultation_id: int, reason: str
) -> Dossier | Refusal:
    """The head declines with a reason; the clerk is told."""
    async with context.work() as work:
        asked = await _asked(work, account, consultation_id)
        if isinstance(asked, Refusal):
            return asked
        head, dossier = asked
        if not reason.strip():
            return Refusal("reason_needed")
        act = Act(ActKind.DECLINE, work.now, by=head.id, reason=reason.strip())
        await consultations.add_act(work.tx, dossier.id, act)
        await consultations.close_it(work.tx, dossier.id, work.now, {"outcome": "declined"})
        await work.record(
            dossier.committee, head, "decline", subject(dossier), {"reason": act.reason}
        )
        await announcements.declined(work, dossier, head, act.reason)
        return dossier


async def recall(work: UnitOfWork, person: Person, dossier: Dossier, reason: str) -> Refusal | None:
    """Take a request back before it opens: by the office that prepared it, or by the head."""
    if dossier.declined or dossier.recalled:
        return Refusal("declined_already" if dossier.declined else "recalled_already")
    act = Act(ActKind.WITHDRAW, work.now, by=person.id, reason=reason.strip())
    await consultations.add_act(work.tx, dossier.id, act)
    await consultations.close_it(work.tx, dossier.id, work.now, {"outcome": "withdrawn"})
    detail = {"reason": act.reason}
    await work.record(dossier.committee, person, "recall", subject(dossier), detail)
    await announcements.recalled(work, dossier)
    return None
