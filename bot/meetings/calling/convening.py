"""A meeting before its head: approved, which fixes the roll and calls it; declined; sent back; or taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.db import people
from bot.db.notice import Card
from bot.kit import approval
from bot.kit.act import Verb
from bot.kit.approval import Kind, Step, Taken, Written
from bot.kit.ask import Words
from bot.kit.notify import reference
from bot.kit.occasions import Occurred, occurred
from bot.kit.prepared import Notices
from bot.kit.screen import Screen
from bot.kit.unit import Line, UnitOfWork
from bot.meetings import access, live
from bot.meetings import store as meetings
from bot.meetings.access import Access
from bot.meetings.agenda import discussing_again
from bot.meetings.agenda import store as agenda
from bot.meetings.attendance import awaiting
from bot.meetings.calling.view import others
from bot.meetings.documents import documents
from bot.meetings.documents import store as papers
from bot.meetings.inviting import cards, invitations
from bot.meetings.requests import extraordinary, questions
from bot.meetings.rules.calling import (
    may_correct,
    may_decide,
    may_recall,
    may_reopen,
    refuse_clash,
    refuse_invitation,
    refuse_papers,
    refuse_past,
)
from bot.meetings.rules.meeting import (
    AgendaItem,
    GuestWanted,
    Invitee,
    Mark,
    Meeting,
    MeetingAct,
    MeetingActKind,
    Noted,
)
from bot.people.face import enter_person, send_invitation
from bot.people.rules.people import Person, Role, SeatHeld, members_of
from bot.regulations.rules.duties import Happens
from bot.regulations.rules.standing import refuse_to_begin
from bot.values.action import action
from bot.values.corrections import as_told
from bot.values.files import FileRef
from bot.values.limits import REASON_LIMIT
from bot.values.refusal import Refusal, refuse, require


def done(work: UnitOfWork, meeting: Meeting, what: str) -> Screen:
    """What was done, with the way to the meeting."""
    return Screen(cards.done(work.say, meeting, what), about=live.about(meeting.id))


def reason_of(what: str) -> Words[Access]:
    """The reason of an act; nothing is done until it comes."""

    async def ask(work: UnitOfWork, stood: Access, _args: tuple[str, ...], _page: int) -> Screen:
        card = cards.reason_asked(work.say, stood.meeting, what)
        return Screen(card, about=live.about(stood.meeting.id))

    return Words(ask, REASON_LIMIT)


def acted(before: Access, kind: MeetingActKind, at: datetime, reason: str = "") -> MeetingAct:
    """An act of this person upon the meeting, with the head for whom it is done."""
    return MeetingAct(kind, at, before.person.id, reason.strip(), before.acting_for)


def line_of(before: Access, done: MeetingAct) -> Line:
    """The line of an act that says why."""
    detail = {"reason": done.reason, "acting_for": before.acting_for}
    return before.line(f"meeting_{done.kind.value}", detail)


def submitted(work: UnitOfWork, meeting: Meeting) -> Screen:
    """The meeting is in the head's hands."""
    toast = work.say.label("calling_toast.submitted")
    return Screen(live=invitations.asked(meeting.id), toast=toast)


# --- called ----------------------------------------------------------------------------------


def snapshot(meeting: Meeting) -> dict[str, object]:
    """What the register keeps of a meeting as it is submitted."""
    return {
        "body": meeting.body.id,
        "kind": meeting.kind.value,
        "session": meeting.session,
        "starts_at": meeting.starts_at.isoformat(),
        "place": meeting.place,
        "agenda": [item.subject for item in meeting.items],
        "state_secret": False,
    }


async def _refuse_call(work: UnitOfWork, before: Access) -> Refusal | None:
    """The lead time of papers holds at this moment, not at the submission: else another start is asked for.

    Neither is it called by a rule book in whose place another has come.
    """
    require(refuse_to_begin(before.meeting.stood))
    refusal = await _refuse_start(work, before.meeting)
    if refusal is None or not refusal.instead:
        return refusal
    way = action("mcorrect_starts", before.meeting.id)
    return replace(refusal, instead="correct_start", button=way)


async def _refuse_start(work: UnitOfWork, meeting: Meeting) -> Refusal | None:
    rules, kind, start = meeting.rules, meeting.kind, meeting.starts_at
    around = await others(work, meeting.committee, meeting.body, meeting.id)
    refusal = refuse_past(start, work.now) or refuse_clash(start, around)
    refusal = refusal or refuse_invitation(rules, kind, start, work.now)
    if await papers.of_meeting(work.tx, meeting.id):
        refusal = refusal or refuse_papers(rules, kind, start, work.now)
    everybody = await people.of_committee(work.tx, meeting.committee)
    if not members_of(everybody, meeting.body.id):
        return refusal or Refusal("empty_roll")
    return refusal


async def _call(work: UnitOfWork, stood: Access) -> Access:
    """Roll, guests and number are fixed, and the invitations go out."""
    stays, gone = await _still_there(work, stood.meeting)
    if not stays:
        refuse("meeting_agenda_empty")
    meeting = replace(stood.meeting, items=stays)
    everybody = await people.of_committee(work.tx, meeting.committee)
    roll = roll_of(everybody, meeting.body.id)
    invited, newcomers = await guests_of(work, stood, meeting.guests_wanted)
    call = acted(stood, MeetingActKind.CALL, work.now)
    detail = _called(stood, replace(meeting, invitees=(*roll, *invited)))
    await work.write(
        meetings.call(meeting, [*roll, *invited], work.now),
        lambda number: stood.line("meeting_call", {**detail, "number": number}),
        meetings.take_off([item.id for item in gone], work.now),
        *(meetings.place_item(item.id, item.place) for item in stays),
        meetings.add_act(meeting.id, call),
        agenda.take(waiting_of(meeting), work.now),
        papers.send(meeting.id, work.now),
    )
    called = await _convener_attends(work, stood)
    await discussing_again.items_moved(work, called)
    await extraordinary.settled_by_call(work, called, stood.person)
    await questions.join_called(work, called, stood.person)
    await questions.days_move(work, await meetings.there(work.tx, called.id))
    await invitations.send(work, called)
    by = stood.by
    await invitations.called(
        work,
        called,
        by,
        newcomers=[p.name for p in newcomers],
        dropped=[item.subject for item in gone],
    )
    await send_links(work, stood, called, newcomers)
    await invitations.refresh_asked(work, called)
    await documents.arrange(work, called)
    await awaiting.begin(work, called, stood.person)
    await occurred.happened(work, Occurred(called.committee, Happens.MEETING))
    return replace(stood, meeting=called)


async def _convener_attends(work: UnitOfWork, stood: Access) -> Meeting:
    """The meeting as called: who calls it and sits on its roll attends, without being asked."""
    called = await meetings.there(work.tx, stood.meeting.id)
    invited = called.invitee(stood.person.id)
    if invited is None or invited.guest:
        return called
    comes = Noted(invited.person, Mark.ATTEND, work.now, stood.person.id)
    detail = {"person": invited.person, "reason": "", "acting_for": None}
    await work.write(meetings.note(called.id, comes), stood.line(Mark.ATTEND.value, detail))
    return await meetings.there(work.tx, called.id)


async def _still_there(
    work: UnitOfWork, meeting: Meeting
) -> tuple[tuple[AgendaItem, ...], list[AgendaItem]]:
    """The agenda without items taken elsewhere or withdrawn meanwhile, placed anew; and those items."""
    waits = {each.id for each in await agenda.waiting(work.tx, meeting.committee, meeting.body.id)}
    gone = [item for item in meeting.items if item.waiting_id and item.waiting_id not in waits]
    stays = enumerate((item for item in meeting.items if item not in gone), 1)
    return tuple(replace(item, place=place) for place, item in stays), gone


def waiting_of(meeting: Meeting) -> list[int]:
    """What its agenda has taken from what waited."""
    return [item.waiting_id for item in meeting.items if item.waiting_id]


def roll_of(everybody: Sequence[Person], body: str) -> list[Invitee]:
    """All who have a seat in the body, as the roll of its meeting keeps them."""
    return [_as_member(each, body) for each in members_of(everybody, body)]


def _as_member(person: Person, body: str) -> Invitee:
    held = person.seat_in(body)
    if held is None:
        raise LookupError(f"person {person.id} has no seat in {body}")
    return Invitee(
        person.id,
        person.name,
        held.office,
        held.full_time,
        part_time_vice_president=held.part_time_vice_president,
    )


def _called(stood: Access, meeting: Meeting) -> dict[str, object]:
    """What the register keeps of a call, but for the number, which the call gives."""
    return {
        **snapshot(meeting),
        "roll": [{"person": each.person, "name": each.name} for each in meeting.roll],
        "guests": [
            {"person": each.person, "name": each.name, "category": each.category}
            for each in meeting.guests
        ],
        "acting_for": stood.acting_for,
        "rulebook": meeting.rulebook,
    }


async def guests_of(
    work: UnitOfWork, stood: Access, asked: tuple[GuestWanted, ...]
) -> tuple[list[Invitee], list[Person]]:
    """The guests as invited; those not known yet are entered, and given second."""
    persons = await people.persons(work.tx, [each.person for each in asked if each.person])
    invited: list[Invitee] = []
    newcomers: list[Person] = []
    for each in asked:
        person = persons.get(each.person) if each.person else None
        if each.person and person is None:
            continue  # retired since
        if person is None:
            person = await _new_guest(work, stood, each.name)
            newcomers.append(person)
        office = person.seats[0].office if person.seats else Role.GUEST.value
        invited.append(Invitee(person.id, person.name, office, True, True, each.category))
    return invited, newcomers


async def _new_guest(work: UnitOfWork, stood: Access, name: str) -> Person:
    committee = stood.meeting.committee
    seat = SeatHeld(Role.GUEST, "", Role.GUEST.value)
    detail = {"name": name, "role": Role.GUEST.value, "body": "", "office": seat.office}
    new = await work.write(
        enter_person(committee, name, seat),
        lambda entered: Line(
            committee, stood.person, "person_added", reference("person", entered), detail
        ),
    )
    return Person(new, committee, name, None, (seat,))


async def send_links(
    work: UnitOfWork, stood: Access, meeting: Meeting, newcomers: list[Person]
) -> None:
    """The way into the bot for guests not known before, to the person who prepared the meeting."""
    clerk = await people.person(work.tx, meeting.prepared_by) or stood.person
    for guest in newcomers:
        await send_invitation(work, clerk, [clerk], guest)


# --- the kind --------------------------------------------------------------------------------

_PREDICATES = {
    Step.CORRECTED: may_correct,
    Step.SUBMITTED_AGAIN: may_reopen,
    Step.TAKEN_BACK: may_recall,
}
_KINDS = {
    Step.DECLINED: MeetingActKind.DECLINE,
    Step.TAKEN_BACK: MeetingActKind.CANCEL,
    Step.SENT_BACK: MeetingActKind.SEND_BACK,
    Step.SUBMITTED_AGAIN: MeetingActKind.SUBMIT_AGAIN,
    Step.CORRECTED: MeetingActKind.CORRECT,
}
"""The act upon the meeting that a step is."""
_DONE = {Step.DECLINED: "decline", Step.SENT_BACK: "send_back", Step.TAKEN_BACK: "recall"}
"""What was done, as the line on the screen calls it."""


def _may(step: Step, before: Access) -> Refusal | None:
    """The head decides on what was submitted; who prepares it takes it back or up again."""
    return _PREDICATES.get(step, may_decide)(before.meeting, before.standing)


async def _anew(work: UnitOfWork, before: Access) -> Access:
    return replace(before, meeting=await meetings.there(work.tx, before.meeting.id))


def _written(work: UnitOfWork, before: Access, taken: Taken) -> Written:
    """An act upon the meeting; what was otherwise is kept with it."""
    of, kind = before.meeting.id, _KINDS[taken.step]
    if taken.step in (Step.CORRECTED, Step.SUBMITTED_AGAIN):
        changed = {"changed": [as_told(each) for each in taken.changes]}
        made = replace(acted(before, kind, work.now), detail=changed)
        mended = meetings.mend(of, made, taken.values)
        return [mended], before.line(f"meeting_{kind.value}", taken.detail)
    ended = acted(before, kind, work.now, taken.words)
    return [meetings.add_act(of, ended)], line_of(before, ended)


async def _files(work: UnitOfWork, meeting: Meeting) -> tuple[FileRef, ...]:
    return tuple(each.file for each in await papers.of_meeting(work.tx, meeting.id))


async def _word(work: UnitOfWork, after: Access, taken: Taken) -> Card:
    say, meeting, by = work.say, after.meeting, after.by
    match taken.step:
        case Step.DECLINED:
            return cards.declined(say, meeting, by, taken.words)
        case Step.SENT_BACK:
            return cards.sent_back(say, meeting, by, taken.words)
        case _:
            made = (await invitations.corrections(work, meeting))[-1]
            return cards.corrected(say, meeting, by, made)


async def _refresh(work: UnitOfWork, meeting: Meeting, _step: Step) -> None:
    await invitations.refresh_asked(work, meeting)


async def _shown(work: UnitOfWork, after: Access, step: Step) -> Screen:
    """The dashboard of what is called, the request as it is now, or what was done in one line."""
    meeting, label = after.meeting, work.say.label
    match step:
        case Step.APPROVED:
            toast = label("calling_toast.called")
            return Screen(live=live.dash(meeting.id), toast=toast, about=after.reference)
        case Step.CORRECTED:
            toast, card = label("toast.corrected"), invitations.asked(meeting.id)
            return Screen(live=card, toast=toast, about=after.reference)
        case Step.SUBMITTED_AGAIN:
            return submitted(work, meeting)
        case _:
            return done(work, meeting, _DONE[step])


NOTICES = Notices(
    asks="meeting_asked",
    others="meeting_",
    what=lambda before: before.meeting,
    heads=access.chairs,
    files=_files,
    word=_word,
    live=invitations.asked,
    about=lambda of: {"about": live.about(of)},
    refresh=_refresh,
)
CALL = approval.enter(
    Kind(
        presses={
            Step.APPROVED: "mapprove",
            Step.SENT_BACK: "msend_back",
            Step.DECLINED: "mdecline",
            Step.TAKEN_BACK: "mrecall",
        },
        verbs={Step.DECLINED: Verb("decline_meeting", "meeting", ("reason?",))},
        find=access.approving,
        find_author=access.find,
        may=_may,
        why=reason_of,
        refuse=_refuse_call,
        revision=lambda before: before.meeting.revision,
        approve=_call,
        written=_written,
        anew=_anew,
        tell=NOTICES.tell,
        shown=_shown,
    )
)
