"""What a called meeting owes to people: invitations, documents, calendar files, changes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from icalendar import Calendar, Event, vCalAddress

from bot.db import drafts, outbox, people, rulebooks
from bot.db import live_cards as places
from bot.db.notice import Card, Notice
from bot.kit.unit import UnitOfWork
from bot.meetings import access, notify
from bot.meetings import store as meeting_lists
from bot.meetings import store as meetings
from bot.meetings.access import By
from bot.meetings.calling import approval_cards as asked_cards
from bot.meetings.calling import approval_cards as change_cards
from bot.meetings.calling.approval_cards import Difference
from bot.meetings.documents import store as papers
from bot.meetings.documents.store import Paper
from bot.meetings.inviting import cards
from bot.meetings.inviting.cards import Around
from bot.meetings.rules.calling import hosted, items_for, sees_closed
from bot.meetings.rules.meeting import Invitee, Meeting, MeetingActKind, MeetingStage
from bot.people import store as delegations
from bot.people.joining import within_reach
from bot.people.rules.people import Person, head_of
from bot.rendering import Rendering
from bot.values.files import FileRef
from bot.values.moments import in_viet_nam


def asked(meeting_id: int) -> str:
    """The live name of the card that asks for approval."""
    return f"masked:{meeting_id}"


async def around(work: UnitOfWork, meeting: Meeting) -> Around:
    """Names, documents and the other party of a meeting; before it is called also what has not gone out."""
    regulation = await rulebooks.regulation(work.tx, meeting.rulebook)
    everybody = await people.of_committee(work.tx, meeting.committee)
    kept = await papers.of_meeting(work.tx, meeting.id)
    called = meeting.act(MeetingActKind.CALL)
    names = {each.id: each.name for each in everybody}
    return Around(
        names,
        tuple(each for each in kept if called is None or each.sent_at is not None),
        next((s for s in hosted(regulation, meeting.body) if s.id == meeting.session), None),
        await access.author(work, called.by or 0, called.acting_for) if called else None,
    )


async def heads_of(work: UnitOfWork, meeting: Meeting) -> list[Person]:
    """The head of the body, and whoever stands in for it now."""
    everybody = await people.of_committee(work.tx, meeting.committee)
    head = head_of(everybody, meeting.body)
    given = await delegations.active(work.tx, meeting.committee, meeting.body.id, work.now)
    standing_in = {each.to for each in given}
    return [p for p in everybody if p.id in standing_in or (head is not None and p.id == head.id)]


async def ask_approval(work: UnitOfWork, meeting: Meeting) -> None:
    """The head's card with approve and decline, and the documents."""
    files = tuple(each.file for each in await papers.of_meeting(work.tx, meeting.id))
    notices = [
        Notice(
            key=f"meeting_asked:{meeting.id}:{head.id}",
            chat_id=head.account,
            kind="meeting_asked",
            live=asked(meeting.id),
            files=files,
            about=notify.about(meeting.id),
            person_id=head.id,
        )
        for head in await heads_of(work, meeting)
        if head.account is not None
    ]
    await outbox.put_many(work.tx, notices, work.now)


async def refresh_asked(work: UnitOfWork, meeting: Meeting) -> None:
    """The head's card says what became of the request."""
    await places.refresh(work.tx, asked(meeting.id), work.now, about=notify.about(meeting.id))


# --- those invited ---------------------------------------------------------------------------


async def send(
    work: UnitOfWork, meeting: Meeting, to: Collection[int] | None = None, *, again: bool = False
) -> None:
    """The invitation to everybody invited who can be reached, with documents and the calendar file.

    `again` after one that never arrived.
    """
    stamp = f":{notify.stamp(work)}" if again else ""
    found = await around(work, meeting)
    calendar = await kept(work, meeting)
    persons = await people.persons(work.tx, [each.person for each in meeting.invitees])
    notices = [
        _invitation(meeting, found, persons[each.person], each, calendar, stamp)
        for each in meeting.invitees
        if each.person in persons and (to is None or each.person in to)
    ]
    await outbox.put_many(work.tx, [one for one in notices if one is not None], work.now)


def _invitation(
    meeting: Meeting,
    found: Around,
    person: Person,
    invited: Invitee,
    calendar: FileRef,
    stamp: str,
) -> Notice | None:
    if person.account is None:
        return None
    files = tuple(each.file for each in cards.papers_for(meeting, found.papers, invited))
    return Notice(
        key=f"meeting_invitation:{meeting.id}:{person.id}:{person.account}{stamp}",
        chat_id=person.account,
        kind="meeting_invitation",
        live=notify.invitation(meeting.id, person.id),
        files=(*files, calendar),
        about=notify.about(meeting.id),
        person_id=person.id,
    )


@within_reach.follow_at(2)
async def _resend(work: UnitOfWork, account: int) -> None:
    """Somebody joined or let the bot in again: invitations that never arrived go out."""
    for person in await people.of_account(work.tx, account):
        for meeting_id in await meeting_lists.ids_for(work.tx, person.id, work.now):
            shown = await places.where(work.tx, notify.invitation(meeting_id, person.id))
            meeting = await meetings.get(work.tx, meeting_id)
            if meeting is None or meeting.stage is not MeetingStage.CALLED:
                continue
            if all(chat != account for chat, _ in shown):
                await send(work, meeting, {person.id}, again=True)


async def called(
    work: UnitOfWork,
    meeting: Meeting,
    by: By,
    *,
    newcomers: Sequence[str],
    dropped: Sequence[str],
) -> None:
    """To whoever prepared it: that the invitations are out, and whom they did not reach."""
    ids = [each.person for each in meeting.invitees]
    persons = await people.persons(work.tx, ids)
    unreached = [p.name for one in ids if (p := persons.get(one)) and not p.joined]
    card = asked_cards.called(
        work.say,
        meeting,
        by,
        unreached=[name for name in unreached if name not in newcomers],
        newcomers=newcomers,
        dropped=dropped,
    )
    clerk = await people.person(work.tx, meeting.prepared_by)
    await notify.tell(
        work, [clerk] if clerk else [], card, f"meeting_called:{meeting.id}", meeting=meeting
    )


async def declined(work: UnitOfWork, meeting: Meeting, by: By, reason: str) -> None:
    """To whoever prepared it: what the head said."""
    clerk = await people.person(work.tx, meeting.prepared_by)
    card = asked_cards.declined(work.say, meeting, by, reason)
    await notify.tell(
        work, [clerk] if clerk else [], card, f"meeting_declined:{meeting.id}", meeting=meeting
    )
    await refresh_asked(work, meeting)


async def changed(
    work: UnitOfWork,
    meeting: Meeting,
    by: By,
    difference: Difference,
    gone: Sequence[Person],
) -> None:
    """To everybody invited what is different now; those no longer invited learn that."""
    calendar = await kept(work, meeting)
    for person in await notify.invited(work, meeting, guests=True):
        invited = meeting.invitee(person.id)
        if invited is None or person.id in difference.newcomers:
            continue
        seen = difference.for_person(
            items_for(meeting, invited), closed=sees_closed(meeting.rules, invited)
        )
        if seen.nothing:
            continue
        card = change_cards.changed(work.say, meeting, by, seen, invited, work.now)
        files = (calendar,) if seen.needs_calendar else ()
        await _with_file(work, meeting, person, card, "meeting_changed", files)
    cancelled = await kept(work, meeting, cancelled=True)
    for person in gone:
        card = change_cards.uninvited(work.say, meeting, by)
        await _with_file(work, meeting, person, card, "meeting_uninvited", (cancelled,))
    await send(work, meeting, difference.newcomers)
    await notify.refresh(work, meeting)


async def cancelled(work: UnitOfWork, meeting: Meeting, by: By, reason: str) -> None:
    """To everybody invited that the meeting does not take place, with the file that takes it off calendars."""
    calendar = await kept(work, meeting, cancelled=True)
    for person in await notify.invited(work, meeting, guests=True):
        invited = meeting.invitee(person.id)
        if invited is not None:
            card = change_cards.cancelled(work.say, meeting, by, reason, invited)
            await _with_file(work, meeting, person, card, "meeting_cancelled", (calendar,))
    await notify.refresh(work, meeting)


async def told_office(
    work: UnitOfWork, meeting: Meeting, by: Person, card: Card, kind: str
) -> None:
    """Head and delegates learn at once what a clerk did; clerks what the head did."""
    from_clerk = by.is_clerk
    everybody = await people.of_committee(work.tx, meeting.committee)
    heads = await heads_of(work, meeting)
    told = heads if from_clerk else [p for p in everybody if p.is_clerk]
    others = [p for p in told if p.id != by.id]
    await notify.tell(
        work, others, card, f"{kind}:{meeting.id}:{notify.stamp(work)}", meeting=meeting
    )


async def _with_file(
    work: UnitOfWork,
    meeting: Meeting,
    person: Person,
    card: Card,
    kind: str,
    files: tuple[FileRef, ...],
) -> None:
    if person.account is None:
        return
    notice = Notice(
        key=f"{kind}:{meeting.id}:{notify.stamp(work)}:{person.id}",
        chat_id=person.account,
        kind=kind,
        card=card,
        files=files,
        about=notify.about(meeting.id),
        person_id=person.id,
    )
    await outbox.put(work.tx, notice, work.now)


# --- documents -------------------------------------------------------------------------------


async def send_papers(work: UnitOfWork, meeting: Meeting, sent: Sequence[Paper]) -> None:
    """Further documents to members, and to guests as far as they may see them."""
    for person in await notify.invited(work, meeting, guests=True):
        invited = meeting.invitee(person.id)
        mine = cards.papers_for(meeting, sent, invited) if invited else ()
        if invited is None or not mine:
            continue
        card = change_cards.papers(work.say, meeting, mine, invited, work.now)
        files = tuple(each.file for each in mine)
        await _with_file(work, meeting, person, card, "meeting_papers", files)
    await notify.refresh(work, meeting)


PRODUCT = "-//dongthuan//VN"
NOBODY = "mailto:khong-tra-loi@dongthuan.invalid"
"""An organiser must have an address; answers are given in the bot alone."""


def written(say: Rendering, meeting: Meeting, now: datetime, *, cancelled: bool = False) -> bytes:
    """The file: always the same UID, a sequence higher with every change, the time zone in it."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "REQUEST")
    calendar.add_component(_event(say, meeting, now, cancelled=cancelled))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(say: Rendering, meeting: Meeting, now: datetime, *, cancelled: bool) -> Event:
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", in_viet_nam(meeting.starts_at))
    event.add("summary", say.label("meeting.event", body=meeting.body.name, number=meeting.number))
    event.add("location", meeting.place)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    organiser = vCalAddress(NOBODY)
    organiser.params["cn"] = meeting.body.name
    event.add("organizer", organiser)
    return event


async def kept(work: UnitOfWork, meeting: Meeting, *, cancelled: bool = False) -> FileRef:
    """The file on disk, ready to be sent; Telegram does not know it yet."""
    content = written(work.say, meeting, work.now, cancelled=cancelled)
    sha256 = await drafts.keep_blob(work.tx, content)
    name = work.say.label("meeting.file", number=meeting.number)
    return FileRef(name, "", sha256, len(content), open=True)
