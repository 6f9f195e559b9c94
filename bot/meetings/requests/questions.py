"""A question (chất vấn) and the answer that is owed to it: on the coming agenda, told once a day, given in the meeting.

An answer in writing is given where debts are settled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.db import people, rulebooks
from bot.db.dues import DueMoment
from bot.kit.due import Quiet, due, once_at
from bot.kit.notify import notify, reference, stamp
from bot.kit.unit import Line, UnitOfWork
from bot.meetings import live
from bot.meetings import store as meetings
from bot.meetings.agenda import store as agenda
from bot.meetings.agenda.store import WaitingItem
from bot.meetings.attendance.awaiting import still_called
from bot.meetings.live import about
from bot.meetings.requests import cards
from bot.meetings.requests.cards import Joined
from bot.meetings.requests.requests import Access
from bot.meetings.rules.meeting import (
    NO_BODY_MEETING,
    AgendaItem,
    Conclusion,
    Meeting,
    MeetingStage,
    Waits,
)
from bot.meetings.rules.requests import question_rule
from bot.meetings.sitting import sitting
from bot.owed import face as owed
from bot.owed.rules.debt import Debt, DebtKind, owner_of
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import Body
from bot.values.moments import begins, in_viet_nam
from bot.values.quiet_hours import MORNING, morning_of

JOINED = "questions_joined"
LAST_WORD = timedelta(hours=1)
"""So long before a meeting what was asked since the last morning is told at the latest."""


# --- owed --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Addressee:
    """Of whom a question is asked: one person, or a body, for which its head answers."""

    person: int | None = None
    body: str = ""


async def owe(work: UnitOfWork, by: Person, body: Body, subject: str, asked: Addressee) -> int:
    """The answer comes to be owed with the question (HU 22.4, BK 4.6); gives the debt."""
    rule = question_rule(body)
    if rule is None:
        raise LookupError(f"nobody is questioned in {body.id}")
    debt = Debt(
        DebtKind.ANSWER,
        reference("body", body.id),
        subject,
        rule.owed_by,
        since=work.now,
        days=rule.answer_days,
        committee=by.committee,
        body=asked.body,
        person=asked.person,
        asked_by=by.id,
    )
    return await owed.owe(work, debt, by, tell=False)


async def withdrawn(work: UnitOfWork, item: WaitingItem, by: Person) -> None:
    """A question taken back needs no answer."""
    debt = await owed.get(work.tx, item.debt_id) if item.debt_id else None
    if debt is not None:
        await owed.drop(work, debt, by, "withdrawn")


@owed.never_before(DebtKind.ANSWER)
async def _day_of_meeting(work: UnitOfWork, debt: Debt) -> date | None:
    """The answer may be given in the meeting that is called: it is not late before that (HU 22.4, BK 4.6)."""
    items = await agenda.of_debt(work.tx, debt.id)
    for meeting_id in await meetings.ids_called(work.tx, debt.committee) if items else ():
        meeting = await meetings.there(work.tx, meeting_id)
        if items & {item.waiting_id for item in meeting.items}:
            return in_viet_nam(meeting.starts_at).date()
    return None


async def days_move(work: UnitOfWork, *meetings_: Meeting) -> None:
    """A meeting has taken a question, given it back, or moved: the last day of its answer follows."""
    if any(item.waiting_id for each in meetings_ for item in each.items):
        await owed.follow(work, meetings_[0].committee)


# --- on the agenda of the coming meeting -------------------------------------------------------


async def coming(work: UnitOfWork, committee: int, body: str) -> Meeting | None:
    """The body's next meeting that is called and has not been opened."""
    today = begins(in_viet_nam(work.now).date())
    for meeting_id in await meetings.since(work.tx, committee, today):
        found = await meetings.there(work.tx, meeting_id)
        its_own = found.body.id == body and found.kind not in NO_BODY_MEETING
        if its_own and found.stage is MeetingStage.CALLED:
            return found
    return None


async def join(work: UnitOfWork, meeting: Meeting, item: WaitingItem, by: Person) -> None:
    """A question takes its place at the end of a called meeting's agenda; the invited hear of such once a day."""
    await _enter(work, meeting, [item], by)
    now = await meetings.there(work.tx, meeting.id)
    await days_move(work, now)
    await live.refresh(work, now)
    await once_at(work, JOINED, about(meeting.id), told_at(work.now, meeting.starts_at))


async def _enter(
    work: UnitOfWork, meeting: Meeting, items: Sequence[WaitingItem], by: Person
) -> None:
    place = max((item.place for item in meeting.items), default=0)
    for place_, item in enumerate(items, place + 1):
        entry = AgendaItem(
            0, place_, item.subject, item.matter, reason=item.reason, waiting_id=item.id
        )
        rule = question_rule(meeting.body)
        article = rule.article if rule else ""
        detail = {"question": item.id, "subject": item.subject, "article": article}
        line = Line(meeting.committee, by, "question_joined", about(meeting.id), detail)
        await work.write(
            meetings.add_item(meeting.id, entry), line, agenda.take([item.id], work.now)
        )


def told_at(now: datetime, starts_at: datetime) -> datetime:
    """When the invited hear of a question: the next morning at eight, an hour before the start at the latest."""
    here = in_viet_nam(now)
    day = here.date() if here.time() < MORNING else here.date() + timedelta(days=1)
    return max(now, min(morning_of(day), starts_at - LAST_WORD))


async def join_called(work: UnitOfWork, meeting: Meeting, by: Person) -> None:
    """What was asked while the call waited for approval stands on the agenda, and so in the invitation."""
    if meeting.kind in NO_BODY_MEETING:
        return
    waiting = await agenda.waiting(work.tx, meeting.committee, meeting.body.id)
    late = []
    for item in waiting:
        debt = await owed.get(work.tx, item.debt_id) if item.debt_id else None
        if item.reason == Waits.QUESTION and debt and debt.since > meeting.submitted_at:
            late.append(item)
    await _enter(work, meeting, late, by)


@due(JOINED, on=still_called, quiet=Quiet.WAIT)
async def _tell(work: UnitOfWork, meeting: Meeting, _moment: DueMoment) -> None:
    """Everybody invited reads what was asked since the call, who asks, and who answers."""
    waited = await agenda.some(work.tx, [i.waiting_id for i in meeting.items if i.waiting_id])
    joined = []
    for item in meeting.items:
        before = waited.get(item.waiting_id or 0)
        debt = await owed.get(work.tx, before.debt_id) if before and before.debt_id else None
        if debt and meeting.called_at and debt.since > meeting.called_at and not item.closed:
            joined.append(await _joined(work, item, debt, meeting.body))
    if joined:
        card = cards.questions_joined(work.say, meeting, joined)
        to = await live.invited(work, meeting, guests=True)
        key = f"{JOINED}:{meeting.id}:{stamp(work)}"
        await notify(work, to, card, key, about=about(meeting.id))


async def _joined(work: UnitOfWork, item: AgendaItem, debt: Debt, body: Body) -> Joined:
    everybody = await people.of_committee(work.tx, debt.committee)
    rulebook = (await people.committee(work.tx, debt.committee)).rulebook
    answers = owner_of(debt, everybody, await rulebooks.regulation(work.tx, rulebook))
    by = next((each.name for each in everybody if each.id == debt.asked_by), "")
    return Joined(item.subject, body, by, answers.name if answers else "")


# --- answered in the meeting -------------------------------------------------------------------


@sitting.closed.follow
async def _answered(work: UnitOfWork, meeting: Meeting) -> None:
    """A question on which something was concluded was answered there; one that is adjourned stands open."""
    waited = await agenda.some(work.tx, [i.waiting_id for i in meeting.items if i.waiting_id])
    for item in meeting.items:
        before, said = waited.get(item.waiting_id or 0), item.concluded
        if before is None or before.debt_id is None or said is None:
            continue
        debt = await owed.get(work.tx, before.debt_id)
        if debt is not None and not debt.is_over and said.kind is not Conclusion.ADJOURNED:
            by = await people.person(work.tx, said.by)
            await owed.settle(work, debt, by, owed.Settlement(work.now, said.by, words=said.words))


async def heard(work: UnitOfWork, item: WaitingItem, by: Person) -> None:
    """A question dealt with at a meeting without the bot was answered there."""
    debt = await owed.get(work.tx, item.debt_id) if item.debt_id else None
    if debt is not None and not debt.is_over:
        await owed.settle(work, debt, by, owed.Settlement(work.now, by.id))


async def not_heard(work: UnitOfWork, item: WaitingItem, by: Person) -> None:
    """That was entered by mistake: the answer is owed again, unless it was given in writing."""
    debt = await owed.get(work.tx, item.debt_id) if item.debt_id else None
    if debt is not None and debt.settled_at is not None and not debt.words:
        await owed.resume(work, debt, by)


def addressee(found: Access, chosen: int | str, body: Body) -> Addressee:
    """Of whom the form says the question is asked: without a choice it is the body that meets."""
    if isinstance(chosen, str) and chosen:
        return Addressee(body=chosen)
    if any(person.id == chosen for person in found.everybody):
        return Addressee(person=int(chosen))
    return Addressee(body=body.id)
