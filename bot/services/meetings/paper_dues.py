"""When those who prepare an item are reminded of its papers, and what is then said. No paper is kept here."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.calling import paper_reminders, prepared_by
from bot.domain.meeting import AgendaItem, Meeting, MeetingStage
from bot.domain.notice import REMINDER
from bot.services.cards.meetings import papers as cards
from bot.services.desk import DueAct, Work
from bot.services.meetings import telling
from bot.store import dues, meetings, papers, people
from bot.store.dues import DueMoment

PAPERS_DUE = "meeting_papers_due"


async def arrange(work: Work, meeting: Meeting) -> None:
    """Put the reminders where the start now has them; safe to repeat."""
    about = telling.about(meeting.id)
    await dues.cancel_about(work.tx, about, (PAPERS_DUE,))
    if meeting.stage is not MeetingStage.CALLED:
        return
    work.desk.moments.stir()
    for at in paper_reminders(meeting.rules, meeting.starts_at):
        if at > work.now:
            key = f"{PAPERS_DUE}:{meeting.id}:{int(at.timestamp())}"
            await dues.put(work.tx, key, PAPERS_DUE, at, about=about, rearm=True)


async def _remind(work: Work, due: DueMoment) -> None:
    """Whoever answers for an item without a document is reminded, unless its papers are due no more."""
    meeting = await meetings.get(work.tx, int(due.about.partition(":")[2]))
    if meeting is None or meeting.stage is not MeetingStage.CALLED:
        return
    until = prepared_by(meeting.rules, meeting.starts_at)
    if until is None or work.now > until:
        return
    has = {each.item for each in await papers.of_meeting(work.tx, meeting.id)}
    waits = [item for item in meeting.items if item.responsible and item.id not in has]
    await _tell(work, meeting, waits, due)


async def _tell(work: Work, meeting: Meeting, waits: list[AgendaItem], due: DueMoment) -> None:
    """One message to each person, with all its items."""
    persons = await people.persons(work.tx, [item.responsible or 0 for item in waits])
    for person in persons.values():
        mine = [item for item in waits if item.responsible == person.id]
        card = cards.reminder(work.say, meeting, mine, work.now)
        key = f"meeting_papers_due:{meeting.id}:{int(due.at.timestamp())}"
        await telling.tell(work, [person], card, key, meeting=meeting, priority=REMINDER)


DUE_ACTS: Mapping[str, DueAct] = {PAPERS_DUE: _remind}
"""By the kind of the due moment."""
