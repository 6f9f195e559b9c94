"""A matter opens: roll, calendar and deadline are frozen, its roll is told, and what falls due is put.

Who is on the roll, and whether it may open, is decided by who opens it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.consultations import announcements, schedule
from bot.consultations import store as consultations
from bot.consultations.rules.consultation import Seat
from bot.consultations.rules.dossier import Dossier
from bot.db import dues
from bot.kit.access import Access
from bot.kit.unit import UnitOfWork
from bot.people.rules.people import Person
from bot.values.moments import in_viet_nam
from bot.values.working_days import WorkingCalendar


async def open_it(
    work: UnitOfWork,
    dossier: Dossier,
    before: Access,
    seats: Sequence[Seat],
    days: WorkingCalendar,
    deadline: datetime,
) -> Dossier:
    """The request as it runs from now on, with its number; its line tells all that is frozen."""
    opening = consultations.open_it(
        dossier,
        seats,
        at=work.now,
        by=before.person.id,
        acting_for=before.acting_for,
        deadline=deadline,
        calendar=days,
    )
    frozen = _frozen(dossier, seats, days, deadline, work.now)
    await work.write(
        opening,
        lambda number: before.line("open", {"number": number, **frozen}, of=dossier.reference),
    )
    return await consultations.there(work.tx, dossier.id)


def _frozen(
    dossier: Dossier,
    seats: Sequence[Seat],
    days: WorkingCalendar,
    deadline: datetime,
    at: datetime,
) -> dict[str, object]:
    """What the register tells of an opening beside its number."""
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


async def send_out(work: UnitOfWork, opened: Dossier, by: Person | None = None) -> None:
    """The forms go to the roll, and word of it to the office; reminders, close and receipts fall due."""
    await announcements.opened(work, opened, by)
    await schedule.arrange(work, opened.running)
    await _watch_receipts(work, opened)


async def _watch_receipts(work: UnitOfWork, dossier: Dossier) -> None:
    """Where acknowledgement is asked, the office learns one working day later who has not given it."""
    running, window = dossier.running, dossier.body.written.window
    if window.acknowledge_within is None:
        return
    day = running.calendar.add_working_days(in_viet_nam(work.now).date(), window.acknowledge_within)
    at = running.calendar.end_of_day(day, window.day_ends_at)
    key = f"{schedule.UNACKNOWLEDGED}:{dossier.id}"
    await dues.put(work.tx, key, schedule.UNACKNOWLEDGED, at, consultation_id=dossier.id)
