"""Acts of clerk and head upon a consultation: extend, strike, withdraw, close, deliveries and replies on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.consultation import Act, ActKind
from bot.domain.dossier import Dossier
from bot.domain.due import closes_at
from bot.domain.outcome import Result
from bot.domain.people import Person
from bot.domain.refusal import NO_RIGHT, Refusal
from bot.domain.rights import (
    Rights,
    may_act,
    may_assist,
    may_bring_to_meeting,
    may_close_by_hand,
    may_extend,
    may_strike,
)
from bot.services import actors, announcements, closing, launches, schedule
from bot.services.desk import Desk, Work
from bot.services.replies import subject
from bot.store import agenda, consultations, people


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody of the office before a consultation, with the rights of this moment."""

    person: Person
    rights: Rights
    dossier: Dossier


async def look_at(work: Work, account: int, consultation_id: int) -> Officer | Refusal:
    """The office's view of a consultation; nobody else learns anything (I10)."""
    dossier = await consultations.get(work.tx, consultation_id)
    if dossier is None:
        return Refusal("gone")
    person = await actors.in_committee(work, account, dossier.committee)
    if person is None:
        return NO_RIGHT
    rights = await actors.rights_upon(work, person, dossier)
    return Officer(person, rights, dossier) if rights.office else NO_RIGHT


async def running_for(work: Work, account: int, consultation_id: int) -> Officer | Refusal:
    """As `look_at`, of a consultation that has opened."""
    officer = await look_at(work, account, consultation_id)
    if isinstance(officer, Officer) and officer.dossier.consultation is None:
        return Refusal("not_open")
    return officer


async def extend(
    desk: Desk, account: int, consultation_id: int, deadline: datetime, reason: str, at: datetime
) -> Act | Refusal:
    """The head extends the whole matter, never shortens it; the roll is told at once."""
    async with desk.work() as work:
        officer = await running_for(work, account, consultation_id)
        if isinstance(officer, Refusal):
            return officer
        refusal = may_extend(officer.dossier.running, officer.rights, deadline, at)
        if refusal or not reason.strip():
            return refusal or Refusal("reason_needed")
        return await _act(work, officer, ActKind.EXTEND, at, reason, until=deadline)


async def strike(
    desk: Desk, account: int, consultation_id: int, of: int, reason: str, at: datetime
) -> Act | Refusal:
    """The head takes a member off the roll of this matter; both denominators are kept (5.13)."""
    async with desk.work() as work:
        officer = await running_for(work, account, consultation_id)
        if isinstance(officer, Refusal):
            return officer
        refusal = may_strike(officer.dossier.running, officer.rights, of, at)
        if refusal or not reason.strip():
            return refusal or Refusal("reason_needed")
        return await _act(work, officer, ActKind.STRIKE, at, reason, of=of)


async def _act(
    work: Work,
    officer: Officer,
    kind: ActKind,
    at: datetime,
    reason: str,
    *,
    until: datetime | None = None,
    of: int | None = None,
) -> Act:
    act = Act(kind, at, by=officer.person.id, of=of, until=until, reason=reason.strip())
    await consultations.add_act(work.tx, officer.dossier.id, act)
    detail = {"reason": act.reason, "of": of, "until": until.isoformat() if until else None}
    dossier = await again(work, officer)
    await work.record(dossier.committee, officer.person, kind.value, subject(dossier), detail)
    upon = await people.person(work.tx, of) if of else None
    await announcements.act_done(
        work, dossier, kind.value, by=officer.person, reason=act.reason, of=upon
    )
    await schedule.arrange(work, dossier.running)
    return act


async def again(work: Work, officer: Officer) -> Dossier:
    """The dossier after what was just written."""
    dossier = await consultations.get(work.tx, officer.dossier.id)
    if dossier is None:
        raise LookupError(f"consultation {officer.dossier.id} is gone")
    return dossier


async def withdraw(
    desk: Desk, account: int, consultation_id: int, reason: str, at: datetime
) -> Result | Refusal | None:
    """The head takes the matter back; nothing is counted. Before the opening the clerk may, too (None)."""
    return await _end(desk, account, consultation_id, ActKind.WITHDRAW, reason, at)


async def close_by_hand(
    desk: Desk, account: int, consultation_id: int, reason: str, at: datetime
) -> Result | Refusal | None:
    """The head closes before the due moment where nobody is left to answer, or decides what is held."""
    return await _end(desk, account, consultation_id, ActKind.CLOSE_BY_HAND, reason, at)


_MAY_END = {
    ActKind.WITHDRAW: may_act,
    ActKind.CLOSE_BY_HAND: may_close_by_hand,
    ActKind.TO_MEETING: may_bring_to_meeting,
}


async def may_end(
    desk: Desk, account: int, consultation_id: int, kind: ActKind, at: datetime
) -> Officer | Refusal:
    """Whether the head may do this now; asked before a reason is asked for."""
    async with desk.look() as work:
        officer = await look_at(work, account, consultation_id)
        if isinstance(officer, Refusal):
            return officer
        return _refuse_end(officer, kind, at) or officer


def _refuse_end(officer: Officer, kind: ActKind, at: datetime) -> Refusal | None:
    running = officer.dossier.consultation
    if running is None:
        return None if kind is ActKind.WITHDRAW else Refusal("not_open")
    return _MAY_END[kind](running, officer.rights, at)


async def may_steer(
    desk: Desk, account: int, consultation_id: int, at: datetime, *, head_only: bool
) -> Officer | Refusal:
    """Whether an act of the head, or of the office, is possible at all now."""
    async with desk.look() as work:
        officer = await running_for(work, account, consultation_id)
        if isinstance(officer, Refusal):
            return officer
        may = may_act if head_only else may_assist
        return may(officer.dossier.running, officer.rights, at) or officer


async def _end(
    desk: Desk, account: int, consultation_id: int, kind: ActKind, reason: str, at: datetime
) -> Result | Refusal | None:
    async with desk.work() as work:
        officer = await look_at(work, account, consultation_id)
        if isinstance(officer, Refusal):
            return officer
        refusal = _refuse_end(officer, kind, at)
        if refusal or not reason.strip():
            return refusal or Refusal("reason_needed")
        if officer.dossier.consultation is None:
            return await launches.recall(work, officer.person, officer.dossier, reason)
        ends_at = officer.dossier.running.not_before(at)
        act = Act(kind, ends_at, by=officer.person.id, reason=reason.strip())
        if kind is ActKind.CLOSE_BY_HAND:
            await announcements.act_done(
                work, officer.dossier, kind.value, by=officer.person, reason=act.reason
            )
        return await closing.end(work, officer.dossier, act)


async def bring_to_meeting(
    desk: Desk, account: int, consultation_id: int, reason: str, at: datetime
) -> Result | Refusal | None:
    """The officer's choice instead of the close, where the regulation gives it (HD 3.3)."""
    return await _end(desk, account, consultation_id, ActKind.TO_MEETING, reason, at)


async def is_closed(desk: Desk, consultation_id: int) -> bool:
    """Whether it has ended."""
    async with desk.look() as work:
        found = await consultations.get(work.tx, consultation_id)
    return found is not None and found.closed_at is not None


async def dossier(desk: Desk, account: int, consultation_id: int) -> Dossier | Refusal:
    """The dossier for somebody of the office."""
    async with desk.look() as work:
        officer = await look_at(work, account, consultation_id)
    return officer if isinstance(officer, Refusal) else officer.dossier


async def take_offered_meeting(desk: Desk, account: int, consultation_id: int) -> Refusal | None:
    """After a close without agreement and with differing opinions the head may bring it to a meeting."""
    async with desk.work() as work:
        officer = await running_for(work, account, consultation_id)
        if isinstance(officer, Refusal):
            return officer
        return await _offered_meeting(work, officer)


async def _offered_meeting(work: Work, officer: Officer) -> Refusal | None:
    dossier = officer.dossier
    if not officer.rights.head:
        return NO_RIGHT
    if not await consultations.offers_meeting(work.tx, dossier.id):
        return Refusal("no_meeting_choice", dossier.body.written.article)
    if any(
        item.consultation_id == dossier.id and item.reason == "to_meeting"
        for item in await agenda.waiting(work.tx, dossier.committee)
    ):
        return Refusal("on_agenda_already")
    await agenda.wait(work.tx, dossier, dossier.body.id, "to_meeting", work.now)
    await work.record(dossier.committee, officer.person, "to_meeting", subject(dossier), {})
    return None


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many are reminded, and when: in the quiet hours of the night not before the morning."""

    count: int
    at: datetime
    later: bool


async def remind(
    desk: Desk, account: int, consultation_id: int, at: datetime
) -> Reminded | Refusal:
    """The clerk reminds those who have not answered; never those who have.

    At night the reminder waits for the morning, unless the matter would be closed by then.
    """
    async with desk.work() as work:
        officer = await running_for(work, account, consultation_id)
        if isinstance(officer, Refusal):
            return officer
        running = officer.dossier.running
        refusal = may_assist(running, officer.rights, at)
        if refusal:
            return refusal
        members = await closing.to_remind(work, running)
        if not members:
            return Refusal("nobody_to_remind")
        when = schedule.first_awake(work.now)
        later = work.now < when < closes_at(running)
        if later:
            await schedule.remind_all_at(work, consultation_id, when)
        else:
            await closing.remind_all(work, officer.dossier, members)
        told_at = when if later else work.now
        detail = {"persons": [member.id for member in members], "at": told_at.isoformat()}
        dossier = officer.dossier
        await work.record(dossier.committee, officer.person, "remind", subject(dossier), detail)
        return Reminded(len(members), told_at, later)
