"""A request before the head: approved, which freezes the roll and opens it; declined; or taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.calendar import face as calendar
from bot.consultations import access, announcements, asking, opinion_card, schedule
from bot.consultations import store as consultations
from bot.consultations.access import Access
from bot.consultations.rules.consultation import Act, ActKind, Dossier, Seat
from bot.consultations.rules.due import regulation_deadline
from bot.consultations.rules.rights import refuse_beyond, refuse_deadline, refuse_submission
from bot.db import dues, people
from bot.kit.act import Verb, act, press
from bot.kit.correcting import SEEN, shown_as_now
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.people.rules.people import Person, members_of
from bot.values.moments import in_viet_nam
from bot.values.refusal import Refusal, refuse, require
from bot.values.working_days import WorkingCalendar


@press("asked")
async def show(context: Context, tap: Tap) -> Screen:
    """A request that waits for the head's approval."""
    async with context.look() as work:
        before = await access.approving(work, tap.account, tap.number(0))
    return Screen(live=announcements.asked(before.dossier.id))


@press("asked_text")
async def whole_text(context: Context, tap: Tap) -> Screen:
    """The whole text and its files, for the head before approving."""
    async with context.look() as work:
        before = await access.approving(work, tap.account, tap.number(0))
    return opinion_card.whole(context.say, before.dossier)


# --- approving -------------------------------------------------------------------------------


@act("approve", find=access.approving, needs=(SEEN,))
async def approve(work: UnitOfWork, before: Access, _at: datetime, seen: str) -> Screen:
    """The head approves: roll, rules, calendar and deadline are frozen, and the forms go out.

    What is approved is what was `seen`: corrected since, it is shown again, and nothing goes out yet.
    Refused where the deadline or the day of submission has meanwhile passed, or nobody is to be asked.
    """
    dossier = before.dossier
    if seen != str(dossier.revision):
        return shown_as_now(work, announcements.asked(dossier.id))
    require(_refuse_opening(dossier, work.now))
    everybody = await people.of_committee(work.tx, dossier.committee)
    members = members_of(everybody, dossier.body.id)
    if not members:
        refuse("empty_roll")
    opened = await _open(work, before, members)
    await announcements.opened(work, opened)
    await schedule.arrange(work, opened.running)
    await watch_receipts(work, opened)
    toast = work.say.label("toast.approved")
    return Screen(live=announcements.dash(dossier.id), toast=toast, protects=dossier.id)


def _refuse_opening(dossier: Dossier, now: datetime) -> Refusal | None:
    refusal = refuse_deadline(dossier.deadline, now) if dossier.deadline else None
    if dossier.submission_date:
        today, reason = in_viet_nam(now).date(), dossier.special_reason
        refusal = refusal or refuse_submission(dossier.body, dossier.submission_date, today, reason)
    return refusal


async def _open(work: UnitOfWork, before: Access, members: list[Person]) -> Dossier:
    dossier = before.dossier
    days = await calendar.working_calendar(work.tx, dossier.committee)
    seats = [_seat(member, dossier.body.id) for member in members]
    deadline = dossier.deadline or regulation_deadline(dossier.body, days, work.now)
    require(refuse_beyond(days, deadline))
    opening = consultations.open_it(
        dossier,
        seats,
        at=work.now,
        by=before.person.id,
        acting_for=before.acting_for,
        deadline=deadline,
        calendar=days,
    )
    detail = opening_told(dossier, seats, days, deadline, work.now)
    await work.write(opening, lambda number: before.line("open", {"number": number, **detail}))
    return await consultations.there(work.tx, dossier.id)


def opening_told(
    dossier: Dossier,
    seats: Sequence[Seat],
    days: WorkingCalendar,
    deadline: datetime,
    at: datetime,
) -> dict[str, object]:
    """What the register tells of an opening beside its number: all that is frozen by it."""
    computed = days.computed_between(in_viet_nam(at).date(), in_viet_nam(deadline).date())
    return {
        "roll": [{"person": seat.person, "name": seat.name} for seat in seats],
        "deadline": deadline.isoformat(),
        "deadline_stated": dossier.deadline is not None,
        "rulebook": dossier.rulebook,
        "calendar": days.version,
        "text_sha256": dossier.text_sha256,
        **({"computed_years": list(computed)} if computed else {}),
    }


def _seat(member: Person, body: str) -> Seat:
    held = member.seat_in(body)
    if held is None:
        raise LookupError(f"person {member.id} has no seat in {body}")
    return Seat(member.id, member.name, held.office, held.full_time)


async def watch_receipts(work: UnitOfWork, dossier: Dossier) -> None:
    """Where acknowledgement is asked, the office learns one working day later who has not given it."""
    running, window = dossier.running, dossier.body.written.window
    if window.acknowledge_within is None:
        return
    day = running.calendar.add_working_days(in_viet_nam(work.now).date(), window.acknowledge_within)
    at = running.calendar.end_of_day(day, window.day_ends_at)
    key = f"{schedule.UNACKNOWLEDGED}:{dossier.id}"
    await dues.put(work.tx, key, schedule.UNACKNOWLEDGED, at, consultation_id=dossier.id)


# --- ending it before it opened --------------------------------------------------------------


@act(
    "decline",
    find=access.approving,
    needs=(asking.reason("decline"),),
    verb=Verb("decline_launch", "matter", ("reason?",)),
)
async def decline(work: UnitOfWork, before: Access, _at: datetime, reason: str) -> Screen:
    """The head declines with a reason; the clerk is told."""
    dossier = before.dossier
    await _end(work, before, before.act(ActKind.DECLINE, work.now, reason=reason))
    await announcements.declined(work, dossier, before.by, reason)
    return asking.done(work.say, dossier, "decline")


async def recall(work: UnitOfWork, before: Access, reason: str) -> None:
    """Take a request back before it opens: by the office that prepared it, or by the head."""
    await _end(work, before, before.act(ActKind.WITHDRAW, work.now, reason=reason))
    await announcements.recalled(work, before.dossier)


_ENDED = {ActKind.DECLINE: ("decline", "declined"), ActKind.WITHDRAW: ("recall", "withdrawn")}
"""What an end before the opening is called in the register, and what it comes to."""


async def _end(work: UnitOfWork, before: Access, ending: Act) -> None:
    dossier, (act_done, outcome) = before.dossier, _ENDED[ending.kind]
    await work.write(
        consultations.add_act(dossier.id, ending),
        before.line(act_done, {"reason": ending.reason}),
        consultations.close_it(dossier.id, work.now, {"outcome": outcome}),
    )
