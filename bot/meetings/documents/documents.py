"""Documents of a called meeting: when they are due, brought by who prepares them, sent on, received."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.db import drafts, dues, outbox, people
from bot.db.dues import DueMoment
from bot.db.notice import REMINDER, Card, Notice
from bot.kit import access as kit_access
from bot.kit.due import due
from bot.kit.live import Delivered, delivered
from bot.kit.notify import number_of
from bot.kit.screen import Screen
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import access as meetings_access
from bot.meetings import notify
from bot.meetings import store as meeting_lists
from bot.meetings import store as meetings
from bot.meetings.access import Floor
from bot.meetings.calling.answers import refuse_document
from bot.meetings.documents import cards as documents_cards
from bot.meetings.documents import store as papers
from bot.meetings.inviting import cards as inviting_cards
from bot.meetings.inviting import invitations
from bot.meetings.rules.calling import (
    items_for,
    paper_reminders,
    prepared_by,
    refuse_papers,
    refuse_stage,
)
from bot.meetings.rules.meeting import AgendaItem, Meeting, MeetingAct, MeetingActKind, MeetingStage
from bot.values.action import action
from bot.values.files import FileRef
from bot.values.refusal import NO_RIGHT, Refusal

BRINGS = (MeetingStage.CALLED, MeetingStage.OPEN)
"""Stages in which further documents are taken."""


async def desk_card(
    context: Context, account: int, meeting_id: int, item: int | None = None
) -> Card | Refusal:
    """Where the office takes in further documents; what is sent next is for that item, or the whole."""
    async with context.work() as work:
        stood = await _office(work, account, meeting_id)
        if isinstance(stood, Refusal):
            return stood
        return await _desk(work, account, stood, item)


async def _desk(work: UnitOfWork, account: int, stood: Floor, item: int | None) -> Card:
    where = item if item and stood.meeting.item(item) else None
    ref = {"meeting": stood.meeting.id, "item": where}
    await drafts.await_words(work.tx, account, "mpapers", ref, work.now)
    kept = await papers.of_meeting(work.tx, stood.meeting.id)
    return documents_cards.context(work.say, stood.meeting, kept, where, work.now)


async def _office(work: UnitOfWork, account: int, meeting_id: int) -> Floor | Refusal:
    stood = await meetings_access.before(work, account, meeting_id)
    if isinstance(stood, Refusal):
        return stood
    return refuse(stood, work.now) or stood


def refuse(stood: Floor, now: datetime) -> Refusal | None:
    """Whether further documents may go out now: by the office, of a called meeting, in time."""
    if not stood.office:
        return NO_RIGHT
    if stood.meeting.stage not in BRINGS:
        return refuse_stage(stood.meeting)
    return _late(stood, now)


def _late(stood: Floor, now: datetime) -> Refusal | None:
    meeting = stood.meeting
    refusal = refuse_papers(meeting.rules, meeting.kind, meeting.starts_at, now)
    if refusal is None:
        return None
    return replace(
        refusal,
        kind="meeting_papers_closed",
        instead="later_start",
        button=action("mchange", meeting.id),
    )


async def add(
    context: Context, account: int, meeting_id: int, item: int | None, file: FileRef, content: bytes
) -> Card | Refusal:
    """Take in a document for the office; it goes out when the office says so."""
    async with context.work() as work:
        stood = await _office(work, account, meeting_id)
        if isinstance(stood, Refusal):
            return stood
        refusal = await _keep(work, stood, item, file, content)
        return refusal or await _desk(work, account, stood, item)


async def _keep(
    work: UnitOfWork, stood: Floor, item: int | None, file: FileRef, content: bytes
) -> Refusal | None:
    kept = await papers.of_meeting(work.tx, stood.meeting.id)
    waiting = sum(each.sent_at is None for each in kept)
    refusal = refuse_document(file.name, len(content), waiting)
    if refusal:
        return refusal
    sha256 = await drafts.keep_blob(work.tx, content)
    whole = replace(file, sha256=sha256, size=len(content))
    await papers.add(work.tx, stood.meeting.id, item, whole, stood.person.id)
    return None


async def send(context: Context, account: int, meeting_id: int) -> Card | Refusal:
    """Send what has come in to members, and to guests as far as open items go; late ones are refused or marked."""
    async with context.work() as work:
        stood = await _office(work, account, meeting_id)
        if isinstance(stood, Refusal):
            return stood
        meeting = stood.meeting
        ready = [p for p in await papers.of_meeting(work.tx, meeting.id) if p.sent_at is None]
        if not ready:
            return Refusal("meeting_no_papers", back=action("mpapers", meeting.id))
        await papers.send(work.tx, [each.id for each in ready], work.now)
        await _record(work, stood, [each.file.name for each in ready])
        await invitations.send_papers(work, meeting, ready)
        await drafts.answered(work.tx, account)
        return documents_cards.sent(work.say, meeting, len(ready))


async def put_away(context: Context, account: int, meeting_id: int) -> Card | Refusal:
    """Documents taken in that have not gone out are put aside; what is not sent is nobody's evidence."""
    async with context.work() as work:
        stood = await _office(work, account, meeting_id)
        if isinstance(stood, Refusal):
            return stood
        kept = await papers.of_meeting(work.tx, meeting_id)
        unsent = [each for each in kept if each.sent_at is None]
        await papers.remove(work.tx, [each.id for each in unsent])
        detail: dict[str, object] = {"files": [each.file.name for each in unsent]}
        about = notify.about(meeting_id)
        await work.record(
            stood.meeting.committee, stood.person, "meeting_papers_away", about, detail
        )
        return await _desk(work, account, stood, None)


async def _record(work: UnitOfWork, stood: Floor, names: list[str]) -> None:
    meeting = stood.meeting
    detail: dict[str, object] = {"files": names, "acting_for": stood.acting_for}
    act = MeetingAct(
        MeetingActKind.SEND_PAPERS, work.now, stood.person.id, "", stood.acting_for, detail
    )
    await meetings.add_act(work.tx, meeting.id, act)
    await work.record(
        meeting.committee, stood.person, "meeting_papers", notify.about(meeting.id), detail
    )


# --- who prepares an item --------------------------------------------------------------------


async def ask(context: Context, account: int, item_id: int) -> Card | Refusal:
    """Whoever answers for an item may bring its document."""
    async with context.work() as work:
        found = await _responsible(work, account, item_id)
        if isinstance(found, Refusal):
            return found
        stood, item = found
        await drafts.await_words(work.tx, account, "mbring", {"item": item_id}, work.now)
        return documents_cards.asks(work.say, stood.meeting, item)


async def bring(
    context: Context, account: int, item_id: int, file: FileRef, content: bytes
) -> Card | Refusal:
    """A document from whoever answers for the item: kept with it, and told to the office with the file."""
    async with context.work() as work:
        found = await _responsible(work, account, item_id)
        if isinstance(found, Refusal):
            return found
        stood, item = found
        refusal = await _keep(work, stood, item_id, file, content)
        if refusal:
            return refusal
        detail = {"item": item.subject, "file": file.name}
        await work.record(
            stood.meeting.committee,
            stood.person,
            "meeting_paper_brought",
            notify.about(stood.meeting.id),
            detail,
        )
        await _tell_office(work, stood, item, file)
        return documents_cards.thanks(work.say, stood.meeting, item, file.name)


async def _responsible(
    work: UnitOfWork, account: int, item_id: int
) -> tuple[Floor, AgendaItem] | Refusal:
    meeting_id = await meeting_lists.of_item(work.tx, item_id)
    if meeting_id is None:
        return Refusal("meeting_gone")
    meeting = await meetings.get(work.tx, meeting_id)
    item = meeting.item(item_id) if meeting else None
    person = await kit_access.in_committee(work, account, meeting.committee) if meeting else None
    if meeting is None or item is None or person is None or item.responsible != person.id:
        return NO_RIGHT  # whoever prepares an item need not be invited
    if meeting.stage not in BRINGS:
        return refuse_stage(meeting)
    invitee = meeting.invitee(person.id)
    return Floor(person, meeting, clerk=False, head=False, acting_for=None, invitee=invitee), item


async def _tell_office(work: UnitOfWork, stood: Floor, item: AgendaItem, file: FileRef) -> None:
    meeting = stood.meeting
    card = documents_cards.brought(work.say, meeting, item, stood.person.name, file.name)
    everybody = await people.of_committee(work.tx, meeting.committee)
    notices = [
        Notice(
            key=f"meeting_brought:{item.id}:{notify.stamp(work)}:{person.id}",
            chat_id=person.account,
            kind="meeting_brought",
            card=card,
            files=(file,),
            about=notify.about(meeting.id),
            person_id=person.id,
        )
        for person in everybody
        if person.is_clerk and person.account is not None
    ]
    await outbox.put_many(work.tx, notices, work.now)


# --- who got what ----------------------------------------------------------------------------


async def documents(context: Context, account: int, meeting_id: int) -> Screen | Refusal:
    """The documents once more, as new messages, as far as the person may have them."""
    async with context.look() as work:
        stood = await meetings_access.before(work, account, meeting_id)
        if isinstance(stood, Refusal):
            return stood
        meeting = stood.meeting
        found = (await invitations.around(work, meeting)).papers
        items = meeting.items
        if stood.invitee and not stood.office:
            found = inviting_cards.papers_for(meeting, found, stood.invitee)
            items = items_for(meeting, stood.invitee)
    if not found:
        return Refusal("meeting_no_papers_yet", back=action("mshow", meeting_id))
    return Screen(
        files=tuple(each.file for each in found),
        files_card=inviting_cards.documents(context.say, meeting, found, items),
        about=notify.about(meeting_id),
    )


@delivered.follow
async def _received(work: UnitOfWork, sent: Delivered) -> None:
    """A delivered message about a meeting carried documents: who got which, and when."""
    row = sent.row
    kind, _, meeting_id = row.about.partition(":")
    if kind != "meeting" or not row.files or row.person_id is None:
        return
    carried = {(file.name, file.sha256) for file in row.files}
    ids = [
        each.id
        for each in await papers.of_meeting(work.tx, int(meeting_id))
        if each.sent_at is not None and (each.file.name, each.file.sha256) in carried
    ]
    await papers.received(work.tx, ids, row.person_id, work.now)


PAPERS_DUE = "meeting_papers_due"


async def arrange(work: UnitOfWork, meeting: Meeting) -> None:
    """Put the reminders where the start now has them; safe to repeat."""
    about = notify.about(meeting.id)
    await dues.cancel_about(work.tx, about, (PAPERS_DUE,))
    if meeting.stage is not MeetingStage.CALLED:
        return
    work.context.moments.wake()
    for at in paper_reminders(meeting.rules, meeting.starts_at):
        if at > work.now:
            key = f"{PAPERS_DUE}:{meeting.id}:{int(at.timestamp())}"
            await dues.put(work.tx, key, PAPERS_DUE, at, about=about, rearm=True)


async def _awaits_papers(work: UnitOfWork, moment: DueMoment) -> Meeting | None:
    """The meeting of a moment, while it is called and its papers are still due."""
    meeting = await meetings.get(work.tx, number_of(moment.about))
    if meeting is None or meeting.stage is not MeetingStage.CALLED:
        return None
    until = prepared_by(meeting.rules, meeting.starts_at)
    return meeting if until is not None and work.now <= until else None


@due(PAPERS_DUE, on=_awaits_papers)
async def _remind(work: UnitOfWork, meeting: Meeting, moment: DueMoment) -> None:
    """Whoever answers for an item without a document is reminded."""
    has = {each.item for each in await papers.of_meeting(work.tx, meeting.id)}
    waits = [item for item in meeting.items if item.responsible and item.id not in has]
    await _tell(work, meeting, waits, moment)


async def _tell(
    work: UnitOfWork, meeting: Meeting, waits: list[AgendaItem], moment: DueMoment
) -> None:
    """One message to each person, with all its items."""
    persons = await people.persons(work.tx, [item.responsible or 0 for item in waits])
    for person in persons.values():
        mine = [item for item in waits if item.responsible == person.id]
        card = documents_cards.reminder(work.say, meeting, mine, work.now)
        key = f"meeting_papers_due:{meeting.id}:{int(moment.at.timestamp())}"
        await notify.tell(work, [person], card, key, meeting=meeting, priority=REMINDER)
