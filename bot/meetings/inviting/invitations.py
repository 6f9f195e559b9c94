"""What a called meeting owes to people: invitations, documents, calendar files, changes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from bot.db import drafts, outbox, people, rulebooks
from bot.db import live_cards as places
from bot.db.notice import Card, Notice
from bot.kit.access import By
from bot.kit.live import live_card
from bot.kit.notify import notify, stamp
from bot.kit.unit import UnitOfWork
from bot.meetings import access, live
from bot.meetings import store as meetings
from bot.meetings.agenda import opinions
from bot.meetings.documents import store as papers
from bot.meetings.documents.store import Paper
from bot.meetings.inviting import cards
from bot.meetings.inviting.cards import Around, Difference
from bot.meetings.minutes import cards as minutes_cards
from bot.meetings.minutes import store as minutes_store
from bot.meetings.rules.calling import hosted, items_for, sees_closed
from bot.meetings.rules.meeting import Invitee, Meeting, MeetingActKind, MeetingStage
from bot.meetings.rules.minutes import may_read
from bot.people.face import within_reach
from bot.people.rules.people import Person
from bot.rendering import Rendering
from bot.values.corrections import Correction
from bot.values.files import FileRef
from bot.values.moments import VIET_NAM, in_viet_nam

if TYPE_CHECKING:
    from icalendar import Event, Timezone


def asked(meeting_id: int) -> str:
    """The live name of the card that asks for approval."""
    return f"masked:{meeting_id}"


async def around(work: UnitOfWork, meeting: Meeting) -> Around:
    """Names, documents and the other party of a meeting; before it is called also what has not gone out.

    Whoever has left since is named as before: what was done stays that person's.
    """
    regulation = await rulebooks.regulation(work.tx, meeting.rulebook)
    names = dict(await people.names_of_committee(work.tx, meeting.committee))
    kept = await papers.of_meeting(work.tx, meeting.id)
    called = meeting.act(MeetingActKind.CALL)
    return Around(
        names,
        tuple(each for each in kept if called is None or each.sent_at is not None),
        next((s for s in hosted(regulation, meeting.body) if s.id == meeting.session), None),
        await access.author(work, called.by or 0, called.acting_for) if called else None,
        opinions=await opinions.of_meeting(work, meeting),
    )


async def corrections(work: UnitOfWork, meeting: Meeting) -> list[Correction]:
    """What was corrected since the submission, by the names of those who did, earliest first."""
    found = []
    for act in meeting.mended:
        by = await access.author(work, act.by or 0, act.acting_for)
        found += [
            Correction(**each, at=act.at, by=by.name, acting_for=by.acting_for)
            for each in act.changed
        ]
    return found


async def refresh_asked(work: UnitOfWork, meeting: Meeting) -> None:
    """The head's card says what became of the request."""
    await places.refresh(work.tx, asked(meeting.id), work.now, about=live.about(meeting.id))


# --- live cards ------------------------------------------------------------------------------


@live_card("masked")
async def _request_card(work: UnitOfWork, ids: Sequence[int], chat_id: int) -> Card | None:
    """The request as head and office see it, with its answer once there is one."""
    stood = await access.find(work, chat_id, ids[0])
    if not stood.office:
        return None
    clerk = await people.person(work.tx, stood.meeting.prepared_by)
    found, name = await around(work, stood.meeting), clerk.name if clerk else ""
    made = await corrections(work, stood.meeting)
    return cards.request(
        work.say,
        stood.meeting,
        found,
        name,
        work.now,
        standing=stood.standing,
        corrections=made,
    )


@live_card("meeting")
async def _invitation_card(work: UnitOfWork, ids: Sequence[int], chat_id: int) -> Card | None:
    """One person's invitation, for that person's chat alone."""
    meeting_id, person_id = ids[:2]
    stood = await access.find(work, chat_id, meeting_id)
    if stood.person.id != person_id or stood.invitee is None:
        return None
    found = await around(work, stood.meeting)
    card = cards.card(work.say, stood.meeting, found, stood.invitee, work.now)
    minutes = await minutes_store.of_meeting(work.tx, meeting_id)
    if minutes.keeper != person_id or may_read(stood.meeting, minutes, stood.standing):
        return card
    return replace(card, rows=(*card.rows, minutes_cards.way(work.say, stood.meeting)))


# --- those invited ---------------------------------------------------------------------------


async def send(
    work: UnitOfWork, meeting: Meeting, to: Collection[int] | None = None, *, again: bool = False
) -> None:
    """The invitation to everybody invited who can be reached, with documents and the calendar file.

    `again` after one that never arrived.
    """
    later = f":{stamp(work)}" if again else ""
    found = await around(work, meeting)
    calendar = await kept(work, meeting)
    persons = await people.persons(work.tx, [each.person for each in meeting.invitees])
    notices = [
        _invitation(meeting, found, persons[each.person], each, calendar, later)
        for each in meeting.invitees
        if each.person in persons and (to is None or each.person in to)
    ]
    told = [replace(one, not_before=work.tells_from) for one in notices if one is not None]
    await outbox.put_many(work.tx, told, work.now)


def _invitation(
    meeting: Meeting,
    found: Around,
    person: Person,
    invited: Invitee,
    calendar: FileRef,
    later: str,
) -> Notice | None:
    if person.account is None:
        return None
    files = tuple(each.file for each in cards.papers_for(meeting, found.papers, invited))
    return Notice(
        key=f"meeting_invitation:{meeting.id}:{person.id}:{person.account}{later}",
        chat_id=person.account,
        kind="meeting_invitation",
        live=live.invitation(meeting.id, person.id),
        files=(*files, calendar),
        about=live.about(meeting.id),
        person_id=person.id,
    )


@within_reach.follow_at(2)
async def _resend(work: UnitOfWork, account: int) -> None:
    """Somebody joined or let the bot in again: invitations that never arrived go out."""
    for person in await people.of_account(work.tx, account):
        for meeting_id in await meetings.ids_for(work.tx, person.id, work.now):
            shown = await places.where(work.tx, live.invitation(meeting_id, person.id))
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
    """To the person who prepared it: that the invitations are out, and whom they did not reach."""
    ids = [each.person for each in meeting.invitees]
    persons = await people.persons(work.tx, ids)
    unreached = [p.name for one in ids if (p := persons.get(one)) and not p.joined]
    card = cards.called(
        work.say,
        meeting,
        by,
        unreached=[name for name in unreached if name not in newcomers],
        newcomers=newcomers,
        dropped=dropped,
    )
    clerk = await people.person(work.tx, meeting.prepared_by)
    key = f"meeting_called:{meeting.id}"
    await notify(work, [clerk] if clerk else [], card, key, about=live.about(meeting.id))


async def changed(
    work: UnitOfWork,
    meeting: Meeting,
    by: By,
    difference: Difference,
    gone: Sequence[Person],
) -> None:
    """To everybody invited what is different now; those no longer invited learn that."""
    calendar = await kept(work, meeting)
    for person in await live.invited(work, meeting, guests=True):
        invited = meeting.invitee(person.id)
        if invited is None or person.id in difference.newcomers:
            continue
        seen = difference.for_person(
            items_for(meeting, invited), closed=sees_closed(meeting.rules, invited)
        )
        if seen.nothing:
            continue
        card = cards.changed(work.say, meeting, by, seen, invited, work.now)
        files = (calendar,) if seen.needs_calendar else ()
        await _with_file(work, meeting, person, card, "meeting_changed", files)
    cancelled = await kept(work, meeting, cancelled=True)
    for person in gone:
        card = cards.uninvited(work.say, meeting, by)
        await _with_file(work, meeting, person, card, "meeting_uninvited", (cancelled,))
    await send(work, meeting, difference.newcomers)
    await live.refresh(work, meeting)


async def unseated(work: UnitOfWork, meeting: Meeting, gone: Sequence[Person]) -> None:
    """To who is no member any more: the meeting takes place without them, and leaves their calendars."""
    calendar = await kept(work, meeting, cancelled=True)
    for person in gone:
        card = cards.unseated(work.say, meeting)
        await _with_file(work, meeting, person, card, "meeting_unseated", (calendar,))


async def cancelled(work: UnitOfWork, meeting: Meeting, by: By, reason: str) -> None:
    """To everybody invited that the meeting does not take place, with the file that takes it off calendars."""
    calendar = await kept(work, meeting, cancelled=True)
    for person in await live.invited(work, meeting, guests=True):
        invited = meeting.invitee(person.id)
        if invited is not None:
            card = cards.cancelled(work.say, meeting, by, reason, invited)
            await _with_file(work, meeting, person, card, "meeting_cancelled", (calendar,))
    await live.refresh(work, meeting)


async def notify_office(
    work: UnitOfWork, meeting: Meeting, by: Person, card: Card, kind: str
) -> None:
    """Head and delegates learn at once what a clerk did; clerks what the head did; who is both tells both."""
    heads = await access.chairs(work, meeting)
    to = {p.id: p for p in heads} if by.is_clerk else {}
    if not by.is_clerk or by.id in to:
        everybody = await people.of_committee(work.tx, meeting.committee)
        to |= {p.id: p for p in everybody if p.is_clerk}
    others = [p for p in to.values() if p.id != by.id]
    key = f"{kind}:{meeting.id}:{stamp(work)}"
    await notify(work, others, card, key, about=live.about(meeting.id))


async def _with_file(
    work: UnitOfWork,
    meeting: Meeting,
    person: Person,
    card: Card,
    kind: str,
    files: tuple[FileRef, ...],
) -> None:
    key, subject = f"{kind}:{meeting.id}:{stamp(work)}", live.about(meeting.id)
    await notify(work, [person], card, key, about=subject, files=files)


# --- documents -------------------------------------------------------------------------------


async def send_papers(work: UnitOfWork, meeting: Meeting, sent: Sequence[Paper]) -> None:
    """Further documents to members, and to guests as far as they may see them."""
    for person in await live.invited(work, meeting, guests=True):
        invited = meeting.invitee(person.id)
        mine = cards.papers_for(meeting, sent, invited) if invited else ()
        if invited is None or not mine:
            continue
        card = cards.more_papers(work.say, meeting, mine, invited, work.now)
        files = tuple(each.file for each in mine)
        await _with_file(work, meeting, person, card, "meeting_papers", files)
    await live.refresh(work, meeting)


PRODUCT = "-//dongthuan//VN"
NOBODY = "mailto:khong-tra-loi@dongthuan.invalid"
"""What is published has an organiser, and an organiser an address; answers are given in the bot alone."""
USUAL_LENGTH = timedelta(hours=2)
"""A call says when a meeting begins, not when it ends; a calendar needs both."""


def written(say: Rendering, meeting: Meeting, now: datetime, *, cancelled: bool = False) -> bytes:
    """The file: always the same UID, a sequence higher with every change, the time zone in it.

    It is published, not requested: answers are given in the bot alone, and a request that names nobody is shown as
    "you are not invited". A cancellation is told by the status of the event.
    """
    from icalendar import Calendar  # noqa: PLC0415 - heavy, and seldom needed

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(say, meeting, now, cancelled=cancelled))
    calendar.add_component(_zone())
    return calendar.to_ical()


@cache
def _zone() -> Timezone:
    """The zone as the file describes it; made once, since that takes as long as all else of a press."""
    from icalendar import Timezone  # noqa: PLC0415 - heavy, and seldom needed

    return Timezone.from_tzinfo(VIET_NAM)


def _event(say: Rendering, meeting: Meeting, now: datetime, *, cancelled: bool) -> Event:
    from icalendar import Event, vCalAddress  # noqa: PLC0415 - heavy, and seldom needed

    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", in_viet_nam(meeting.starts_at))
    event.add("dtend", in_viet_nam(meeting.starts_at + USUAL_LENGTH))
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
