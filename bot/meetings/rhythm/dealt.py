"""What was dealt with at a meeting entered by hand: waiting items that it discharges, pressed one after the other."""

from __future__ import annotations

from bot.db.notice import Button, Row
from bot.kit.act import press
from bot.kit.notify import reference
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.meetings import store as meetings
from bot.meetings.agenda import discussing_again
from bot.meetings.agenda import store as agenda
from bot.meetings.agenda.store import WaitingItem
from bot.meetings.requests import questions
from bot.meetings.rhythm import cards
from bot.meetings.rhythm.access import Watcher, entered
from bot.meetings.rules.meeting import AgendaItem, Meeting, MeetingStage
from bot.values.action import action
from bot.values.refusal import refuse


async def rows(work: UnitOfWork, meeting: Meeting) -> list[Row]:
    """One button for every item that waits for this body: whether it was dealt with there."""
    waits = await agenda.waiting(work.tx, meeting.committee, meeting.body.id)
    return [
        (
            Button(
                work.say.label(
                    "rhythm_button.dealt",
                    subject=each.subject,
                ),
                action("held_item", meeting.id, each.id),
            ),
        )
        for each in waits
    ]


@press("held_item")
async def deal(context: Context, tap: Tap) -> Screen:
    """The press "Đã bàn: …": the item was dealt with at the meeting entered by hand, and waits no more."""
    meeting_id, waiting_id = tap.number(0), tap.number(1)
    async with context.work() as work:
        watcher, meeting = await entered(work, tap.account, meeting_id)
        waits = await agenda.waiting(work.tx, meeting.committee, meeting.body.id)
        item = next((each for each in waits if each.id == waiting_id), None)
        if item is None or meeting.stage is MeetingStage.CANCELLED:
            refuse("rhythm_gone")
        await _write(work, watcher, meeting, item)
        await discussing_again.settle(work, meeting.committee, item, watcher.person)
        await questions.heard(work, item, watcher.person)
        now = await meetings.there(work.tx, meeting_id)
        left = await rows(work, now)
    return Screen(cards.dealt(context.say, now, left))


async def take_back(work: UnitOfWork, watcher: Watcher, meeting: Meeting) -> None:
    """The meeting was entered by mistake: what its items had discharged is owed again."""
    waited = await agenda.some(work.tx, [i.waiting_id for i in meeting.items if i.waiting_id])
    for item in waited.values():
        await discussing_again.owe_again(work, meeting.committee, item, watcher.person)
        await questions.not_heard(work, item, watcher.person)


async def _write(work: UnitOfWork, watcher: Watcher, meeting: Meeting, item: WaitingItem) -> None:
    placed = AgendaItem(
        0,
        len(meeting.items) + 1,
        item.subject,
        item.matter,
        reason=item.reason,
        waiting_id=item.id,
        consultation_id=item.consultation_id,
    )
    detail = {"subject": item.subject, "reason": item.reason}
    about = reference("meeting", meeting.id)
    await work.write(
        meetings.add_item(meeting.id, placed),
        Line(meeting.committee, watcher.person, "meeting_held_item", about, detail),
        agenda.take([item.id], work.now),
    )
