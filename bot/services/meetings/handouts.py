"""Documents of a called meeting: brought by who prepares them, sent on by the office, received."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.calling import items_for, refuse_papers, refuse_stage
from bot.domain.card import Answer, Card
from bot.domain.files import FileRef
from bot.domain.meeting import AgendaItem, MeetingAct, MeetingActKind, MeetingStage
from bot.domain.notice import Notice
from bot.domain.press import press
from bot.domain.refusal import NO_RIGHT, Refusal
from bot.services import actors
from bot.services.cards.meetings import invitation
from bot.services.cards.meetings import papers as cards
from bot.services.desk import Desk, Work
from bot.services.meetings import floor, invitations, telling
from bot.services.meetings.calling_answers import refuse_document
from bot.services.meetings.floor import Floor
from bot.store import drafts, meeting_lists, meetings, outbox, papers, people
from bot.store.engine import Transaction
from bot.store.outbox import Outgoing

BRINGS = (MeetingStage.CALLED, MeetingStage.OPEN)
"""Stages in which further documents are taken."""


async def desk_card(
    desk: Desk, account: int, meeting_id: int, item: int | None = None
) -> Card | Refusal:
    """Where the office takes in further documents; what is sent next is for that item, or the whole."""
    async with desk.work() as work:
        stood = await _office(work, account, meeting_id)
        if isinstance(stood, Refusal):
            return stood
        return await _desk(work, account, stood, item)


async def _desk(work: Work, account: int, stood: Floor, item: int | None) -> Card:
    where = item if item and stood.meeting.item(item) else None
    ref = {"meeting": stood.meeting.id, "item": where}
    await drafts.await_words(work.tx, account, "mpapers", ref, work.now)
    kept = await papers.of_meeting(work.tx, stood.meeting.id)
    return cards.desk(work.say, stood.meeting, kept, where, work.now)


async def _office(work: Work, account: int, meeting_id: int) -> Floor | Refusal:
    stood = await floor.before(work, account, meeting_id)
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
        button=press("mchange", meeting.id),
    )


async def add(
    desk: Desk, account: int, meeting_id: int, item: int | None, file: FileRef, content: bytes
) -> Card | Refusal:
    """Take in a document for the office; it goes out when the office says so."""
    async with desk.work() as work:
        stood = await _office(work, account, meeting_id)
        if isinstance(stood, Refusal):
            return stood
        refusal = await _keep(work, stood, item, file, content)
        return refusal or await _desk(work, account, stood, item)


async def _keep(
    work: Work, stood: Floor, item: int | None, file: FileRef, content: bytes
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


async def send(desk: Desk, account: int, meeting_id: int) -> Card | Refusal:
    """Send what has come in to members, and to guests as far as open items go; late ones are refused or marked."""
    async with desk.work() as work:
        stood = await _office(work, account, meeting_id)
        if isinstance(stood, Refusal):
            return stood
        meeting = stood.meeting
        ready = [p for p in await papers.of_meeting(work.tx, meeting.id) if p.sent_at is None]
        if not ready:
            return Refusal("meeting_no_papers", back=press("mpapers", meeting.id))
        await papers.send(work.tx, [each.id for each in ready], work.now)
        await _record(work, stood, [each.file.name for each in ready])
        await invitations.send_papers(work, meeting, ready)
        await drafts.answered(work.tx, account)
        return cards.sent(work.say, meeting, len(ready))


async def put_away(desk: Desk, account: int, meeting_id: int) -> Card | Refusal:
    """Documents taken in that have not gone out are put aside; what is not sent is nobody's evidence."""
    async with desk.work() as work:
        stood = await _office(work, account, meeting_id)
        if isinstance(stood, Refusal):
            return stood
        kept = await papers.of_meeting(work.tx, meeting_id)
        unsent = [each for each in kept if each.sent_at is None]
        await papers.remove(work.tx, [each.id for each in unsent])
        detail: dict[str, object] = {"files": [each.file.name for each in unsent]}
        about = telling.about(meeting_id)
        await work.record(
            stood.meeting.committee, stood.person, "meeting_papers_away", about, detail
        )
        return await _desk(work, account, stood, None)


async def _record(work: Work, stood: Floor, names: list[str]) -> None:
    meeting = stood.meeting
    detail: dict[str, object] = {"files": names, "acting_for": stood.acting_for}
    act = MeetingAct(
        MeetingActKind.SEND_PAPERS, work.now, stood.person.id, "", stood.acting_for, detail
    )
    await meetings.add_act(work.tx, meeting.id, act)
    await work.record(
        meeting.committee, stood.person, "meeting_papers", telling.about(meeting.id), detail
    )


# --- who prepares an item --------------------------------------------------------------------


async def ask(desk: Desk, account: int, item_id: int) -> Card | Refusal:
    """Whoever answers for an item may bring its document."""
    async with desk.work() as work:
        found = await _responsible(work, account, item_id)
        if isinstance(found, Refusal):
            return found
        stood, item = found
        await drafts.await_words(work.tx, account, "mbring", {"item": item_id}, work.now)
        return cards.asks(work.say, stood.meeting, item)


async def bring(
    desk: Desk, account: int, item_id: int, file: FileRef, content: bytes
) -> Card | Refusal:
    """A document from whoever answers for the item: kept with it, and told to the office with the file."""
    async with desk.work() as work:
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
            telling.about(stood.meeting.id),
            detail,
        )
        await _tell_office(work, stood, item, file)
        return cards.thanks(work.say, stood.meeting, item, file.name)


async def _responsible(
    work: Work, account: int, item_id: int
) -> tuple[Floor, AgendaItem] | Refusal:
    meeting_id = await meeting_lists.of_item(work.tx, item_id)
    if meeting_id is None:
        return Refusal("meeting_gone")
    meeting = await meetings.get(work.tx, meeting_id)
    item = meeting.item(item_id) if meeting else None
    person = await actors.in_committee(work, account, meeting.committee) if meeting else None
    if meeting is None or item is None or person is None or item.responsible != person.id:
        return NO_RIGHT  # whoever prepares an item need not be invited
    if meeting.stage not in BRINGS:
        return refuse_stage(meeting)
    invitee = meeting.invitee(person.id)
    return Floor(person, meeting, clerk=False, head=False, acting_for=None, invitee=invitee), item


async def _tell_office(work: Work, stood: Floor, item: AgendaItem, file: FileRef) -> None:
    meeting = stood.meeting
    card = cards.brought(work.say, meeting, item, stood.person.name, file.name)
    everybody = await people.of_committee(work.tx, meeting.committee)
    notices = [
        Notice(
            key=f"meeting_brought:{item.id}:{telling.stamp(work)}:{person.id}",
            chat_id=person.account,
            kind="meeting_brought",
            card=card,
            files=(file,),
            about=telling.about(meeting.id),
            person_id=person.id,
        )
        for person in everybody
        if person.is_clerk and person.account is not None
    ]
    await outbox.put_many(work.tx, notices, work.now)


# --- who got what ----------------------------------------------------------------------------


async def documents(desk: Desk, account: int, meeting_id: int) -> Answer | Refusal:
    """The documents once more, as new messages, as far as the person may have them."""
    async with desk.look() as work:
        stood = await floor.before(work, account, meeting_id)
        if isinstance(stood, Refusal):
            return stood
        meeting = stood.meeting
        found = (await invitations.around(work, meeting)).papers
        items = meeting.items
        if stood.invitee and not stood.office:
            found = invitation.papers_for(meeting, found, stood.invitee)
            items = items_for(meeting, stood.invitee)
    if not found:
        return Refusal("meeting_no_papers_yet", back=press("mshow", meeting_id))
    return Answer(
        files=tuple(each.file for each in found),
        files_card=invitation.documents(desk.say, meeting, found, items),
        about=telling.about(meeting_id),
    )


async def received(tx: Transaction, row: Outgoing, now: datetime) -> None:
    """A delivered message about a meeting carried documents: who got which, and when."""
    kind, _, meeting_id = row.about.partition(":")
    if kind != "meeting" or not row.files or row.person_id is None:
        return
    carried = {(file.name, file.sha256) for file in row.files}
    ids = [
        each.id
        for each in await papers.of_meeting(tx, int(meeting_id))
        if each.sent_at is not None and (each.file.name, each.file.sha256) in carried
    ]
    await papers.received(tx, ids, row.person_id, now)
