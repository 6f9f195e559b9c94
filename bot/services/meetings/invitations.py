"""What a called meeting owes to people: invitations, documents, calendar files, changes. No act is decided here."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.domain.calling import hosted, items_for, sees_closed
from bot.domain.card import Card
from bot.domain.files import FileRef
from bot.domain.meeting import Invitee, Meeting, MeetingActKind, MeetingStage
from bot.domain.notice import Notice
from bot.domain.people import Person, head_of
from bot.services.cards.meetings import asked as asked_cards
from bot.services.cards.meetings import changes as change_cards
from bot.services.cards.meetings import invitation as cards
from bot.services.cards.meetings.changes import Difference
from bot.services.cards.meetings.invitation import Around
from bot.services.desk import Work
from bot.services.meetings import calendar_file, floor, telling
from bot.services.meetings.floor import By
from bot.store import cards as places
from bot.store import delegations, meeting_lists, meetings, outbox, papers, people, rulebooks
from bot.store.papers import Paper


def asked(meeting_id: int) -> str:
    """The live name of the card that asks for approval."""
    return f"masked:{meeting_id}"


async def around(work: Work, meeting: Meeting) -> Around:
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
        await floor.author(work, called.by or 0, called.acting_for) if called else None,
    )


async def heads_of(work: Work, meeting: Meeting) -> list[Person]:
    """The head of the body, and whoever stands in for it now."""
    everybody = await people.of_committee(work.tx, meeting.committee)
    head = head_of(everybody, meeting.body)
    given = await delegations.active(work.tx, meeting.committee, meeting.body.id, work.now)
    standing_in = {each.to for each in given}
    return [p for p in everybody if p.id in standing_in or (head is not None and p.id == head.id)]


async def ask_approval(work: Work, meeting: Meeting) -> None:
    """The head's card with approve and decline, and the documents."""
    files = tuple(each.file for each in await papers.of_meeting(work.tx, meeting.id))
    notices = [
        Notice(
            key=f"meeting_asked:{meeting.id}:{head.id}",
            chat_id=head.account,
            kind="meeting_asked",
            live=asked(meeting.id),
            files=files,
            about=telling.about(meeting.id),
            person_id=head.id,
        )
        for head in await heads_of(work, meeting)
        if head.account is not None
    ]
    await outbox.put_many(work.tx, notices, work.now)


async def refresh_asked(work: Work, meeting: Meeting) -> None:
    """The head's card says what became of the request."""
    await places.refresh(work.tx, asked(meeting.id), work.now, about=telling.about(meeting.id))


# --- those invited ---------------------------------------------------------------------------


async def send(
    work: Work, meeting: Meeting, to: Collection[int] | None = None, *, again: bool = False
) -> None:
    """The invitation to everybody invited who can be reached, with documents and the calendar file.

    `again` after one that never arrived.
    """
    stamp = f":{telling.stamp(work)}" if again else ""
    found = await around(work, meeting)
    calendar = await calendar_file.kept(work, meeting)
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
        live=telling.invitation(meeting.id, person.id),
        files=(*files, calendar),
        about=telling.about(meeting.id),
        person_id=person.id,
    )


async def resend(work: Work, account: int) -> None:
    """Somebody joined or let the bot in again: invitations that never arrived go out."""
    for person in await people.of_account(work.tx, account):
        for meeting_id in await meeting_lists.ids_for(work.tx, person.id, work.now):
            shown = await places.where(work.tx, telling.invitation(meeting_id, person.id))
            meeting = await meetings.get(work.tx, meeting_id)
            if meeting is None or meeting.stage is not MeetingStage.CALLED:
                continue
            if all(chat != account for chat, _ in shown):
                await send(work, meeting, {person.id}, again=True)


async def called(
    work: Work,
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
    await telling.tell(
        work, [clerk] if clerk else [], card, f"meeting_called:{meeting.id}", meeting=meeting
    )


async def declined(work: Work, meeting: Meeting, by: By, reason: str) -> None:
    """To whoever prepared it: what the head said."""
    clerk = await people.person(work.tx, meeting.prepared_by)
    card = asked_cards.declined(work.say, meeting, by, reason)
    await telling.tell(
        work, [clerk] if clerk else [], card, f"meeting_declined:{meeting.id}", meeting=meeting
    )
    await refresh_asked(work, meeting)


async def changed(
    work: Work,
    meeting: Meeting,
    by: By,
    difference: Difference,
    gone: Sequence[Person],
) -> None:
    """To everybody invited what is different now; those no longer invited learn that."""
    calendar = await calendar_file.kept(work, meeting)
    for person in await telling.invited(work, meeting, guests=True):
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
    cancelled = await calendar_file.kept(work, meeting, cancelled=True)
    for person in gone:
        card = change_cards.uninvited(work.say, meeting, by)
        await _with_file(work, meeting, person, card, "meeting_uninvited", (cancelled,))
    await send(work, meeting, difference.newcomers)
    await telling.refresh(work, meeting)


async def cancelled(work: Work, meeting: Meeting, by: By, reason: str) -> None:
    """To everybody invited that the meeting does not take place, with the file that takes it off calendars."""
    calendar = await calendar_file.kept(work, meeting, cancelled=True)
    for person in await telling.invited(work, meeting, guests=True):
        invited = meeting.invitee(person.id)
        if invited is not None:
            card = change_cards.cancelled(work.say, meeting, by, reason, invited)
            await _with_file(work, meeting, person, card, "meeting_cancelled", (calendar,))
    await telling.refresh(work, meeting)


async def told_office(work: Work, meeting: Meeting, by: Person, card: Card, kind: str) -> None:
    """Head and delegates learn at once what a clerk did; clerks what the head did."""
    from_clerk = by.is_clerk
    everybody = await people.of_committee(work.tx, meeting.committee)
    heads = await heads_of(work, meeting)
    told = heads if from_clerk else [p for p in everybody if p.is_clerk]
    others = [p for p in told if p.id != by.id]
    await telling.tell(
        work, others, card, f"{kind}:{meeting.id}:{telling.stamp(work)}", meeting=meeting
    )


async def _with_file(
    work: Work,
    meeting: Meeting,
    person: Person,
    card: Card,
    kind: str,
    files: tuple[FileRef, ...],
) -> None:
    if person.account is None:
        return
    notice = Notice(
        key=f"{kind}:{meeting.id}:{telling.stamp(work)}:{person.id}",
        chat_id=person.account,
        kind=kind,
        card=card,
        files=files,
        about=telling.about(meeting.id),
        person_id=person.id,
    )
    await outbox.put(work.tx, notice, work.now)


# --- documents -------------------------------------------------------------------------------


async def send_papers(work: Work, meeting: Meeting, sent: Sequence[Paper]) -> None:
    """Further documents to members, and to guests as far as they may see them."""
    for person in await telling.invited(work, meeting, guests=True):
        invited = meeting.invitee(person.id)
        mine = cards.papers_for(meeting, sent, invited) if invited else ()
        if invited is None or not mine:
            continue
        card = change_cards.papers(work.say, meeting, mine, invited, work.now)
        files = tuple(each.file for each in mine)
        await _with_file(work, meeting, person, card, "meeting_papers", files)
    await telling.refresh(work, meeting)
