"""The sitting: opening, conclusions, the close, and what returns to the next agenda. Votes are held elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.db import drafts, dues
from bot.kit.screen import Screen
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import access, agenda, notify
from bot.meetings import store as meeting_lists
from bot.meetings import store as meetings
from bot.meetings.access import Floor
from bot.meetings.agenda import WaitingItem
from bot.meetings.attendance import awaiting
from bot.meetings.rules.meeting import (
    AgendaItem,
    Concluded,
    Conclusion,
    Meeting,
    MeetingAct,
    MeetingActKind,
)
from bot.meetings.rules.meeting import found as quorum_now
from bot.meetings.rules.rights import RETURNS_AS, at_the_close, may_close, may_conclude, may_open
from bot.meetings.sitting import cards
from bot.values.refusal import NO_RIGHT, Refusal
from bot.votes import ballots


async def open_it(
    context: Context, account: int, meeting_id: int, at: datetime
) -> Screen | Refusal:
    """Head or delegate opens on the day; without quorum too, and the dashboard says what that means."""
    async with context.work() as work:
        found = await access.before(work, account, meeting_id)
        if isinstance(found, Refusal):
            return found
        refusal = may_open(found.meeting, found.standing, at)
        if refusal:
            return refusal
        stands = quorum_now(found.meeting)
        detail = {"present": stands.present, "roll": stands.roll, "quorum": stands.holds}
        await _act(work, found, MeetingActKind.OPEN, at, detail)
    return Screen(
        live=notify.dash(meeting_id),
        toast=context.say.label("toast.meeting_opened"),
        about=notify.about(meeting_id),
    )


async def _act(
    work: UnitOfWork, found: Floor, kind: MeetingActKind, at: datetime, detail: Mapping[str, object]
) -> None:
    meeting = found.meeting
    act = MeetingAct(kind, at, found.person.id, acting_for=found.acting_for, detail=detail)
    await meetings.add_act(work.tx, meeting.id, act)
    about = notify.about(meeting.id)
    told = {**detail, "acting_for": found.acting_for}
    await work.record(meeting.committee, found.person, f"{kind.value}_meeting", about, told)
    await notify.refresh(work, meeting)


# --- conclusions -----------------------------------------------------------------------------


async def item_of(
    work: UnitOfWork, account: int, item_id: int
) -> tuple[Floor, AgendaItem] | Refusal:
    """The office before an item of a meeting; nobody else learns anything."""
    meeting_id = await meeting_lists.of_item(work.tx, item_id)
    found = (
        await access.before(work, account, meeting_id) if meeting_id else Refusal("meeting_gone")
    )
    if isinstance(found, Refusal):
        return found
    item = found.meeting.item(item_id)
    if not found.office:
        return NO_RIGHT
    return (
        (found, item)
        if item
        else Refusal("sitting_item_gone", values={"body": found.meeting.body.name})
    )


async def show_items(context: Context, account: int, meeting_id: int) -> Screen | Refusal:
    """The items with what was concluded, in place; for the office."""
    async with context.look() as work:
        found = await access.before(work, account, meeting_id)
    if isinstance(found, Refusal):
        return found
    if not found.office:
        return NO_RIGHT
    return Screen(live=notify.items(meeting_id), about=notify.about(meeting_id))


async def show_item(context: Context, account: int, item_id: int) -> Screen | Refusal:
    """One item with its votes, its conclusion and what can be done; for the office."""
    async with context.look() as work:
        pair = await item_of(work, account, item_id)
    if isinstance(pair, Refusal):
        return pair
    meeting = pair[0].meeting
    return Screen(live=notify.item(meeting.id, item_id), about=notify.about(meeting.id))


async def ask_words(
    context: Context, account: int, item_id: int, kind: Conclusion
) -> Screen | Refusal:
    """The conclusion in words, which may be left out; what a vote forbids is refused before."""
    async with context.work() as work:
        pair = await item_of(work, account, item_id)
        if isinstance(pair, Refusal):
            return pair
        found, item = pair
        refusal = may_conclude(found.meeting, found.standing, item, kind)
        if refusal:
            return refusal
        ref = {"item": item_id, "as": kind.value}
        await drafts.await_words(work.tx, account, "conclude", ref, work.now)
    card = cards.ask_words(context.say, found.meeting, item, kind)
    return Screen(card, about=notify.about(found.meeting.id))


async def conclude(
    context: Context, account: int, item_id: int, kind: Conclusion, words: str, at: datetime
) -> Screen | Refusal:
    """Record the conclusion with who recorded it; a later one takes its place until the close."""
    async with context.work() as work:
        pair = await item_of(work, account, item_id)
        if isinstance(pair, Refusal):
            return pair
        found, item = pair
        refusal = may_conclude(found.meeting, found.standing, item, kind)
        if refusal:
            return refusal
        last = item.concluded
        if last is None or (last.kind, last.words) != (kind, words):
            await _conclude(work, found, item, kind, at, words)
            await notify.refresh(work, found.meeting)
        await drafts.answered(work.tx, account)
    return Screen(
        live=notify.items(found.meeting.id),
        toast=context.say.label("toast.concluded"),
        about=notify.about(found.meeting.id),
    )


async def _conclude(
    work: UnitOfWork, found: Floor, item: AgendaItem, kind: Conclusion, at: datetime, words: str
) -> None:
    said = Concluded(kind, at, found.person.id, words, found.acting_for)
    await meetings.conclude(work.tx, item.id, said)
    detail = {
        "item": item.id,
        "subject": item.subject,
        "as": kind.value,
        "words": words,
        "acting_for": found.acting_for,
    }
    about = notify.about(found.meeting.id)
    await work.record(found.meeting.committee, found.person, "conclude", about, detail)


# --- the close -------------------------------------------------------------------------------


async def ask_close(context: Context, account: int, meeting_id: int) -> Screen | Refusal:
    """What will become of every item, before the meeting is closed for good."""
    async with context.look() as work:
        found = await access.before(work, account, meeting_id)
    if isinstance(found, Refusal):
        return found
    refusal = may_close(found.meeting, found.standing)
    if refusal:
        return refusal
    return Screen(cards.ask_close(context.say, found.meeting), about=notify.about(meeting_id))


async def close(context: Context, account: int, meeting_id: int, at: datetime) -> Screen | Refusal:
    """Close: every item gets its conclusion, what is adjourned waits for the next agenda, all are told."""
    async with context.work() as work:
        found = await access.before(work, account, meeting_id)
        if isinstance(found, Refusal):
            return found
        refusal = may_close(found.meeting, found.standing)
        if refusal:
            return refusal
        await _conclude_all(work, found, at)
        await _act(work, found, MeetingActKind.CLOSE, at, _numbers(found.meeting))
        await dues.cancel_about(work.tx, notify.about(meeting_id), awaiting.KINDS)
        closed = await meetings.get(work.tx, meeting_id)
        if closed is None:
            raise LookupError(f"meeting {meeting_id} is gone")
        await _tell_conclusions(work, closed)
        await ballots.after_close(work, closed)
    return Screen(
        live=notify.dash(meeting_id),
        toast=context.say.label("toast.meeting_closed"),
        about=notify.about(meeting_id),
    )


async def _conclude_all(work: UnitOfWork, found: Floor, at: datetime) -> None:
    waited = await agenda.some(
        work.tx, [item.waiting_id for item in found.meeting.items if item.waiting_id]
    )
    for item in found.meeting.items:
        kind = at_the_close(found.meeting, item)
        if item.concluded is None or item.concluded.kind is not kind:
            await _conclude(work, found, item, kind, at, "")
        if kind is Conclusion.ADJOURNED:
            again = _waits_again(found.meeting, item, waited.get(item.waiting_id or 0))
            await agenda.wait_for(work.tx, found.meeting.committee, again, at)


def _waits_again(meeting: Meeting, item: AgendaItem, before: WaitingItem | None) -> WaitingItem:
    """The item for the next agenda; whatever was known of it stays known."""
    if before is not None:
        return replace(before, subject=item.subject, matter=item.matter, reason=RETURNS_AS.value)
    return WaitingItem(
        meeting.body.id,
        item.subject,
        RETURNS_AS.value,
        item.matter,
        consultation_id=item.consultation_id,
    )


def _numbers(meeting: Meeting) -> dict[str, object]:
    """Attendance as it stands at the close, for the register."""
    return {
        "roll": len(meeting.roll),
        "present": [each.person for each in meeting.present],
        "with_consent": [each.person for each in meeting.absent_with_consent],
        "without_consent": [each.person for each in meeting.absent_without_consent],
        "guests": [each.person for each in meeting.guests if meeting.is_present(each.person)],
    }


async def _tell_conclusions(work: UnitOfWork, meeting: Meeting) -> None:
    """The conclusions to the members, and to the office with the way to the record."""
    chair = await chair_of(work, meeting)
    office = await access.office(work, meeting)
    members = await notify.invited(work, meeting, guests=False)
    card = cards.concluded(work.say, meeting, chair)
    to = {person.id: person for person in (*members, *office)}
    key = f"meeting_concluded:{meeting.id}"
    await notify.tell(work, list(to.values()), card, key, meeting=meeting)


async def chair_of(work: UnitOfWork, meeting: Meeting) -> access.By | None:
    """Who chaired: who opened the meeting, and for whom; None before it was opened."""
    act = meeting.act(MeetingActKind.OPEN)
    return await access.author(work, act.by, act.acting_for) if act and act.by else None
