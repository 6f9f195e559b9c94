"""Documents of a called meeting: taken in, brought by who prepares them, sent on, received; and when they are due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.db import drafts, dues, people
from bot.db.dues import DueMoment
from bot.db.notice import REMINDER, Button, Card, Row
from bot.kit import access as kit_access
from bot.kit.act import press, words
from bot.kit.due import Quiet, due
from bot.kit.files import beside, refuse_file
from bot.kit.live import Delivered, delivered
from bot.kit.notify import notify, number_of, stamp
from bot.kit.screen import Screen
from bot.kit.taps import Sent, Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.meetings import access
from bot.meetings import store as meetings
from bot.meetings.access import Access
from bot.meetings.documents import store as papers
from bot.meetings.documents.store import Paper
from bot.meetings.inviting import cards, invitations
from bot.meetings.inviting.cards import documents_by_item, open_button
from bot.meetings.live import about
from bot.meetings.rules.calling import (
    items_for,
    may_send_papers,
    paper_reminders,
    papers_due,
    prepared_by,
    takes_papers,
)
from bot.meetings.rules.meeting import AgendaItem, Meeting, MeetingAct, MeetingActKind, MeetingStage
from bot.rendering import Rendering
from bot.values.action import action
from bot.values.files import FileRef
from bot.values.refusal import NO_RIGHT, Refusal, Refused, refuse, require

PAPERS_DUE = "meeting_papers_due"


# --- the office ------------------------------------------------------------------------------


@press("mpapers")
async def take_in(context: Context, tap: Tap) -> Screen:
    """Where the office takes in further documents; what is sent next is for that item, or the whole."""
    item = tap.number(1) if len(tap.args) > 1 else None
    async with context.work() as work:
        return await _table(work, await _office(work, tap.account, tap.number(0)), item)


@words("mpapers")
async def taken_in(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen:
    """A document for the office; it goes out when the office says so."""
    async with context.look() as work:
        await _office(work, sent.account, ref["meeting"])
    file, content = await _fetched(sent)
    async with context.work() as work:
        stood = await _office(work, sent.account, ref["meeting"])
        kept = await _whole(work, stood, file, content)
        await papers.keep(work.tx, stood.meeting.id, ref["item"], kept, stood.person.id)
        return beside(work.say, await _table(work, stood, ref["item"]), sent)


async def _office(work: UnitOfWork, account: int, meeting_id: int) -> Access:
    stood = await access.find(work, account, meeting_id)
    require(may_send_papers(stood.meeting, stood.standing, work.now))
    return stood


async def _table(work: UnitOfWork, stood: Access, item: int | None) -> Screen:
    """What has come in and not gone out; what is sent next is awaited for the item."""
    meeting = stood.meeting
    where = item if item and meeting.item(item) else None
    ref = {"meeting": meeting.id, "item": where}
    await drafts.await_words(work.tx, stood.person.account or 0, "mpapers", ref, work.now)
    return Screen(table(work.say, meeting, await _unsent(work, meeting), where, work.now))


async def _unsent(work: UnitOfWork, meeting: Meeting) -> list[Paper]:
    return [each for each in await papers.of_meeting(work.tx, meeting.id) if each.sent_at is None]


async def _fetched(sent: Sent) -> tuple[FileRef, bytes]:
    """The file sent; its size and its name are judged before it is fetched."""
    if sent.file is None:
        refuse("meeting_file_needed")
    require(_refuse_document(sent.file.name, sent.file.size, 0))
    content = await sent.file.fetch()
    return FileRef(sent.file.name, sent.file.file_id, "", sent.file.size), content


def _refuse_document(name: str, size: int, already: int) -> Refusal | None:
    return refuse_file(name, size, already, too_many="meeting_many_files")


async def _whole(work: UnitOfWork, stood: Access, file: FileRef, content: bytes) -> FileRef:
    """The document with its content kept; refused where too much waits already."""
    waiting = len(await _unsent(work, stood.meeting))
    require(_refuse_document(file.name, len(content), waiting))
    sha256 = await drafts.keep_blob(work.tx, content)
    return replace(file, sha256=sha256, size=len(content))


@press("mpsend")
async def send(context: Context, tap: Tap) -> Screen:
    """What has come in goes to members, and to guests as far as open items go; late ones are refused or marked."""
    async with context.work() as work:
        stood = await _office(work, tap.account, tap.number(0))
        meeting = stood.meeting
        ready = await _unsent(work, meeting)
        if not ready:
            raise Refused(Refusal("meeting_no_papers", back=action("mpapers", meeting.id)))
        await _sent(work, stood, [each.file.name for each in ready])
        await invitations.send_papers(work, meeting, ready)
        await drafts.answered(work.tx, tap.account)
        return Screen(sent_on(work.say, meeting, len(ready)))


@press("mpaway")
async def discard(context: Context, tap: Tap) -> Screen:
    """Documents taken in that have not gone out are discarded; what is not sent is nobody's evidence."""
    async with context.work() as work:
        stood = await _office(work, tap.account, tap.number(0))
        meeting = stood.meeting
        unsent = await _unsent(work, meeting)
        detail = {"files": [each.file.name for each in unsent]}
        removal = papers.remove([each.id for each in unsent])
        await work.write(removal, stood.line("meeting_papers_away", detail))
        return await _table(work, stood, None)


async def _sent(work: UnitOfWork, stood: Access, names: list[str]) -> None:
    detail: dict[str, object] = {"files": names, "acting_for": stood.acting_for}
    kind = MeetingActKind.SEND_PAPERS
    sent = MeetingAct(kind, work.now, stood.person.id, "", stood.acting_for, detail)
    await work.write(
        papers.send(stood.meeting.id, work.now),
        stood.line("meeting_papers", detail),
        meetings.add_act(stood.meeting.id, sent),
    )


# --- who prepares an item --------------------------------------------------------------------


@press("mbring")
async def ask_for_document(context: Context, tap: Tap) -> Screen:
    """Whoever answers for an item wants to send its document in."""
    item_id = tap.number(0)
    async with context.work() as work:
        stood, item = await _responsible(work, tap.account, item_id)
        await drafts.await_words(work.tx, tap.account, "mbring", {"item": item_id}, work.now)
        return Screen(asks(work.say, stood.meeting, item))


@words("mbring")
async def bring(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen:
    """A document from the person who answers for the item: kept with it; the office is notified, with the file."""
    async with context.look() as work:
        await _responsible(work, sent.account, ref["item"])
    file, content = await _fetched(sent)
    async with context.work() as work:
        stood, item = await _responsible(work, sent.account, ref["item"])
        meeting = stood.meeting
        kept = await _whole(work, stood, file, content)
        bringing = papers.add(meeting.id, item.id, kept, stood.person.id)
        detail = {"item": item.subject, "file": file.name}
        await work.write(bringing, stood.line("meeting_paper_brought", detail))
        card = brought(work.say, meeting, item, stood.person.name, file.name)
        everybody = await people.of_committee(work.tx, meeting.committee)
        clerks = [person for person in everybody if person.is_clerk]
        key = f"meeting_brought:{item.id}:{stamp(work)}"
        await notify(work, clerks, card, key, about=about(meeting.id), files=(file,))
        return beside(work.say, Screen(thanks(work.say, meeting, item, file.name)), sent)


async def _responsible(work: UnitOfWork, account: int, item_id: int) -> tuple[Access, AgendaItem]:
    """Whoever answers for the item need not be invited."""
    meeting_id = await meetings.of_item(work.tx, item_id)
    if meeting_id is None:
        refuse("meeting_gone")
    meeting = await meetings.get(work.tx, meeting_id)
    item = meeting.item(item_id) if meeting else None
    person = await kit_access.in_committee(work, account, meeting.committee) if meeting else None
    if meeting is None or item is None or person is None or item.responsible != person.id:
        raise Refused(NO_RIGHT)
    require(takes_papers(meeting))
    invitee = meeting.invitee(person.id)
    return Access(person, meeting, invitee), item


# --- who got what ----------------------------------------------------------------------------


@press("mtext")
async def show(context: Context, tap: Tap) -> Screen:
    """The documents once more, as new messages, as far as the person may have them."""
    meeting_id = tap.number(0)
    async with context.look() as work:
        stood = await access.find(work, tap.account, meeting_id)
        meeting = stood.meeting
        found, items = (await invitations.around(work, meeting)).papers, meeting.items
    if stood.invitee and not stood.office:
        found = cards.papers_for(meeting, found, stood.invitee)
        items = items_for(meeting, stood.invitee)
    if not found:
        raise Refused(Refusal("meeting_no_papers_yet", back=action("mshow", meeting_id)))
    return Screen(
        files=tuple(each.file for each in found),
        files_card=cards.documents(context.say, meeting, found, items),
        about=about(meeting_id),
    )


@delivered.follow
async def _received(work: UnitOfWork, sent: Delivered) -> None:
    """A delivered message about a meeting carried documents: who got which, and when."""
    row = sent.row
    if not row.about.startswith("meeting:") or not row.files or row.person_id is None:
        return
    carried = {(file.name, file.sha256) for file in row.files}
    ids = [
        each.id
        for each in await papers.of_meeting(work.tx, number_of(row.about))
        if each.sent_at is not None and (each.file.name, each.file.sha256) in carried
    ]
    committee = await papers.committee_of(work.tx, number_of(row.about))
    line = Line(committee, None, "papers_delivered", row.about, {"person": row.person_id})
    proof = papers.received(ids, row.person_id, work.now)
    await work.write(proof, lambda fresh: line if fresh else None)


# --- when they are due -----------------------------------------------------------------------


async def arrange(work: UnitOfWork, meeting: Meeting) -> None:
    """Put the reminders where the start now has them; safe to repeat."""
    subject = about(meeting.id)
    await dues.cancel_about(work.tx, subject, (PAPERS_DUE,))
    if meeting.stage is not MeetingStage.CALLED:
        return
    work.context.moments.wake()
    for at in paper_reminders(meeting.rules, meeting.starts_at):
        if at > work.now:
            key = f"{PAPERS_DUE}:{meeting.id}:{int(at.timestamp())}"
            await dues.put(work.tx, key, PAPERS_DUE, at, about=subject, rearm=True)


async def _awaits_papers(work: UnitOfWork, moment: DueMoment) -> Meeting | None:
    """The meeting of a moment, while it is called and its papers are still due."""
    meeting = await meetings.get(work.tx, number_of(moment.about))
    if meeting is None or meeting.stage is not MeetingStage.CALLED:
        return None
    until = prepared_by(meeting.rules, meeting.starts_at)
    return meeting if until is not None and work.now <= until else None


@due(PAPERS_DUE, on=_awaits_papers, quiet=Quiet.WAIT)
async def _remind(work: UnitOfWork, meeting: Meeting, moment: DueMoment) -> None:
    """Whoever answers for an item without a document is reminded."""
    has = {each.item for each in await papers.of_meeting(work.tx, meeting.id)}
    waits = [item for item in meeting.items if item.responsible and item.id not in has]
    persons = await people.persons(work.tx, [item.responsible or 0 for item in waits])
    for person in persons.values():  # one message to each, with all its items
        mine = [item for item in waits if item.responsible == person.id]
        card = reminder(work.say, meeting, mine, work.now)
        key = f"meeting_papers_due:{meeting.id}:{int(moment.at.timestamp())}"
        await notify(work, [person], card, key, about=moment.about, priority=REMINDER)


# --- the cards -------------------------------------------------------------------------------


def table(
    say: Rendering, meeting: Meeting, ready: Sequence[Paper], where: int | None, now: datetime
) -> Card:
    """Where further documents are taken in: for an item, or for the whole meeting; and the way to send them."""
    text = say.text(
        "meeting_papers_desk",
        meeting=meeting,
        where=meeting.item(where) if where else None,
        groups=documents_by_item(ready, meeting.items),
        due=papers_due(meeting.rules, meeting.starts_at),
        papers=meeting.rules.papers,
        now=now,
    )
    return Card(text, (*_rows(say, meeting, ready, where),))


def _rows(say: Rendering, meeting: Meeting, ready: Sequence[Paper], where: int | None) -> list[Row]:
    rows: list[Row] = []
    if ready:
        send = action("mpsend", meeting.id)
        label = say.label("calling_button.papers_send", count=len(ready))
        rows.append((Button(label, send, style="success"),))
        away = Button(say.label("calling_button.papers_away"), action("mpaway", meeting.id))
        rows.append((away,))
    rows += [
        (
            Button(
                say.label("calling_button.papers_for", place=place, subject=item.subject),
                action("mpapers", meeting.id, item.id),
            ),
        )
        for place, item in enumerate(meeting.items, 1)
        if item.id != where
    ]
    if where:
        whole = Button(say.label("calling_button.papers_whole"), action("mpapers", meeting.id))
        rows.append((whole,))
    return [*rows, (open_button(say, meeting),)]


def reminder(say: Rendering, meeting: Meeting, items: Sequence[AgendaItem], now: datetime) -> Card:
    """To the person who answers for items whose documents are not there yet: until when, and the way to send them."""
    text = say.text(
        "meeting_papers_due",
        meeting=meeting,
        items=items,
        due=prepared_by(meeting.rules, meeting.starts_at),
        papers=meeting.rules.papers,
        preparation=meeting.rules.preparation,
        now=now,
    )
    rows: list[Row] = [
        (
            Button(
                say.label("calling_button.bring", subject=item.subject),
                action("mbring", item.id),
                style="primary",
            ),
        )
        for item in items
    ]
    return Card(text, (*rows, (open_button(say, meeting),)))


def asks(say: Rendering, meeting: Meeting, item: AgendaItem) -> Card:
    """A document is awaited from the person who answers for the item."""
    text = say.text("meeting_bring", meeting=meeting, item=item, brought="")
    return Card(text, ((open_button(say, meeting),),))


def thanks(say: Rendering, meeting: Meeting, item: AgendaItem, name: str) -> Card:
    """The document is with the office."""
    text = say.text("meeting_bring", meeting=meeting, item=item, brought=name)
    return Card(text, ((open_button(say, meeting),),))


def brought(say: Rendering, meeting: Meeting, item: AgendaItem, by: str, name: str) -> Card:
    """To the office: a document has come in for an item, and the way to send it on."""
    text = say.text("meeting_brought", meeting=meeting, item=item, by=by, name=name)
    send = Button(
        say.label("calling_button.papers"), action("mpapers", meeting.id), style="primary"
    )
    return Card(text, ((send,), (open_button(say, meeting),)))


def sent_on(say: Rendering, meeting: Meeting, count: int) -> Card:
    """The documents are on their way."""
    text = say.text("meeting_papers_sent", meeting=meeting, count=count)
    return Card(text, ((open_button(say, meeting),),))
