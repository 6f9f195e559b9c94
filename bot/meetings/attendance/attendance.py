"""Answers to invitations, consent to absences, and who comes and goes on the day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.db import drafts, people
from bot.kit.act import Verb, act, press
from bot.kit.ask import Given, Pick, Words
from bot.kit.event import Event
from bot.kit.notify import notify, stamp
from bot.kit.screen import Screen
from bot.kit.taps import Tap, whole_number
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import access, live
from bot.meetings import store as meetings
from bot.meetings.access import Access
from bot.meetings.attendance import cards
from bot.meetings.live import about
from bot.meetings.rules.meeting import Invitee, Mark, Meeting, Noted
from bot.meetings.rules.rights import may_answer, may_check_in, may_consent, may_leave
from bot.values.limits import REASON_LIMIT
from bot.values.refusal import NO_RIGHT, Refusal, Refused, require


async def note(
    work: UnitOfWork, found: Access, of: int, mark: Mark, at: datetime, reason: str = ""
) -> None:
    """The fact, its line in the register, and the cards that show it."""
    acts = found.person.id != of or mark in (Mark.CONSENT, Mark.REFUSE)
    acting_for = found.acting_for if acts else None
    noted = Noted(of, mark, at, found.person.id, reason, acting_for)
    detail = {"person": of, "reason": reason, "acting_for": acting_for}
    await work.write(meetings.note(found.meeting.id, noted), found.line(mark.value, detail))
    await live.refresh(work, found.meeting, of)


def _of_office(found: Access, _at: datetime) -> Refusal | None:
    return None if found.office else NO_RIGHT


# --- answers ---------------------------------------------------------------------------------


def _may_answer(found: Access, at: datetime) -> Refusal | None:
    return may_answer(found.meeting, found.person.id, at)


@act("attend", find=access.find, may=_may_answer)
async def attend(work: UnitOfWork, found: Access, at: datetime) -> Screen:
    """The person attends: noted until the meeting begins; the same answer twice is noted once."""
    answer = found.meeting.answer(found.person.id)
    if answer is None or answer.mark is not Mark.ATTEND:
        await note(work, found, found.person.id, Mark.ATTEND, at)
        if (
            answer is not None and found.member
        ):  # who was asked for consent sees that it is not needed
            await live.refresh_absence(work, found.meeting, found.person.id)
    await _nothing_more_awaited(work, found)
    return _invitation(work, found, "toast.attends")


async def _nothing_more_awaited(work: UnitOfWork, found: Access) -> None:
    """The reason that another answer asked for is wanted no more."""
    if found.person.account is not None:
        await drafts.answered(work.tx, found.person.account)


async def _ask_absence(
    work: UnitOfWork, found: Access, _args: tuple[str, ...], _page: int
) -> Screen:
    """Why the person will be absent; nothing is noted until it is said."""
    card = cards.ask_absence(work.say, found)
    return Screen(card, about=about(found.meeting.id), keeps_place=True)


@act("absent", find=access.find, may=_may_answer, needs=(Words(_ask_absence, REASON_LIMIT),))
async def absent(work: UnitOfWork, found: Access, at: datetime, reason: str) -> Screen:
    """The absence goes to the head for consent; a guest's and the head's own to nobody."""
    own = found.head and found.acting_for is None
    await note(work, found, found.person.id, Mark.ABSENT, at, reason)
    if own and found.member:
        await note(work, found, found.person.id, Mark.CONSENT, at)
    elif found.member:
        await _ask_consent(work, found)
    answer = _invitation(work, found, "toast.absent")
    ways = (cards.head_absent(work.say, found.meeting),) if own and found.member else ()
    return replace(answer, extra=ways)


def _invitation(work: UnitOfWork, found: Access, toast: str) -> Screen:
    return Screen(
        live=live.invitation(found.meeting.id, found.person.id),
        toast=work.say.label(toast),
        about=about(found.meeting.id),
    )


# --- consent ---------------------------------------------------------------------------------


async def _ask_consent(work: UnitOfWork, found: Access) -> None:
    """The head, and the delegate in force, get the card; whoever asks does not decide."""
    asks = live.absence(found.meeting.id, found.person.id)
    to = [p for p in await access.chairs(work, found.meeting) if p.id != found.person.id]
    await notify(work, to, asks, f"{asks}:{stamp(work)}", about=about(found.meeting.id))
    await live.refresh_absence(work, found.meeting, found.person.id)


@press("absence")
async def show_absence(context: Context, tap: Tap) -> Screen:
    """The card that asks for consent, in place."""
    meeting, of = tap.number(0), tap.number(1)
    async with context.look() as work:
        found = await access.find(work, tap.account, meeting)
        require(_of_office(found, work.now))
    return Screen(live=live.absence(meeting, of), about=about(meeting))


def _may_consent(found: Access, of: str, _at: datetime) -> Refusal | None:
    return may_consent(found.meeting, found.standing, whole_number(of))


@act(
    "absence_ok",
    find=access.find,
    may=_of_office,
    needs=(Given(_may_consent),),
    verb=Verb("consent_absence", "meeting", ("of",)),
)
async def consent(work: UnitOfWork, found: Access, at: datetime, of: str) -> Screen:
    """The head consents to an absence."""
    return await _decide(work, found, int(of), Mark.CONSENT, at)


async def _ask_why_not(
    work: UnitOfWork, found: Access, args: tuple[str, ...], _page: int
) -> Screen:
    """Why the head does not consent; nothing is noted until it is said, or left out."""
    card = cards.ask_refusal(work.say, found.meeting, int(args[1]))
    return Screen(card, about=about(found.meeting.id), keeps_place=True)


@act(
    "absence_no",
    find=access.find,
    may=_of_office,
    needs=(Given(_may_consent), Words(_ask_why_not, REASON_LIMIT, optional=True)),
)
async def refuse_consent(
    work: UnitOfWork, found: Access, at: datetime, of: str, reason: str
) -> Screen:
    """The head does not consent to an absence, with a reason or without a word."""
    return await _decide(work, found, int(of), Mark.REFUSE, at, reason)


async def _decide(
    work: UnitOfWork, found: Access, of: int, mark: Mark, at: datetime, reason: str = ""
) -> Screen:
    """The head's word on an absence, and who spoke for whom; the member is told at once."""
    said = found.meeting.consent(of)
    if said is None or said.mark is not mark:
        await note(work, found, of, mark, at, reason)
        await live.refresh_absence(work, found.meeting, of)
        await _tell_member(work, found, of, mark, reason)
    await _nothing_more_awaited(work, found)
    return Screen(
        live=live.absence(found.meeting.id, of),
        toast=work.say.label(f"toast.absence_{mark.value}"),
        about=about(found.meeting.id),
    )


async def _tell_member(work: UnitOfWork, found: Access, of: int, mark: Mark, reason: str) -> None:
    member = await people.person(work.tx, of)
    if member is None:
        return
    by = found.by
    card = cards.absence_answered(work.say, found.meeting, member, mark, reason, by)
    key = f"absence_answered:{found.meeting.id}:{stamp(work)}"
    await notify(work, [member], card, key, about=about(found.meeting.id))


# --- on the day ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody has checked in to a meeting."""

    meeting: int
    person: int


arrived: Event[Arrival] = Event()

MAY: Mapping[Mark, Callable[[Meeting, int, datetime], Refusal | None]] = {
    Mark.CHECK_IN: may_check_in,
    Mark.LEAVE: may_leave,
}


def _may_note_own(mark: Mark, found: Access, at: datetime) -> Refusal | None:
    return MAY[mark](found.meeting, found.person.id, at)


def _may_note(mark: Mark, found: Access, of: str, at: datetime) -> Refusal | None:
    return MAY[mark](found.meeting, whole_number(of), at)


async def _pick(
    mark: Mark, work: UnitOfWork, found: Access, _args: tuple[str, ...], page: int
) -> Screen:
    """Whom the office notes as there, or as gone."""
    meeting = found.meeting
    among = [each for each in meeting.invitees if _may_be(meeting, each, mark, work.now)]
    if not among:
        raise Refused(_nobody(meeting, mark, work.now))
    return Screen(cards.pick(work.say, meeting, among, mark, page), about=about(meeting.id))


def _may_be(meeting: Meeting, each: Invitee, mark: Mark, at: datetime) -> bool:
    here = meeting.is_present(each.person)
    return here is (mark is Mark.LEAVE) and MAY[mark](meeting, each.person, at) is None


def _nobody(meeting: Meeting, mark: Mark, at: datetime) -> Refusal:
    """Why nobody can be picked: the day, or that there is nobody left."""
    somebody = meeting.invitees[0].person if meeting.invitees else 0
    refusal = may_check_in(meeting, somebody, at) if somebody else None
    return refusal or Refusal("sitting_nobody_to_note", values={"mark": mark.value})


def _picked(mark: Mark) -> Pick[Access]:
    return Pick(partial(_pick, mark), partial(_may_note, mark))


@act("checkin", find=access.find, may=partial(_may_note_own, Mark.CHECK_IN))
async def check_in(work: UnitOfWork, found: Access, at: datetime) -> Screen:
    """The person's own arrival; once is enough."""
    return await _note_on_the_day(work, found, found.person.id, Mark.CHECK_IN, at)


@act("checkin_of", find=access.find, may=_of_office, needs=(_picked(Mark.CHECK_IN),))
async def check_in_of(work: UnitOfWork, found: Access, at: datetime, of: str) -> Screen:
    """Somebody's arrival, noted by the office."""
    return await _note_on_the_day(work, found, int(of), Mark.CHECK_IN, at)


@act("leave", find=access.find, may=partial(_may_note_own, Mark.LEAVE))
async def leave(work: UnitOfWork, found: Access, at: datetime) -> Screen:
    """The person goes before the close."""
    return await _note_on_the_day(work, found, found.person.id, Mark.LEAVE, at)


@act("leave_of", find=access.find, may=_of_office, needs=(_picked(Mark.LEAVE),))
async def leave_of(work: UnitOfWork, found: Access, at: datetime, of: str) -> Screen:
    """Somebody's leaving, noted by the office."""
    return await _note_on_the_day(work, found, int(of), Mark.LEAVE, at)


async def _note_on_the_day(
    work: UnitOfWork, found: Access, of: int, mark: Mark, at: datetime
) -> Screen:
    require(await _still_invited(work, found, of))
    last = found.meeting.last(of, Mark.CHECK_IN, Mark.LEAVE)
    again = last is not None and last.mark is mark
    if not again:
        await note(work, found, of, mark, at)
        await _tell_noted(work, found, of, mark)
        if mark is Mark.CHECK_IN:
            await arrived.happened(work, Arrival(found.meeting.id, of))
    return _noted(work, found, of, mark, again=again)


async def _still_invited(work: UnitOfWork, found: Access, of: int) -> Refusal | None:
    """Whoever has left the committee, or the body, since the invitation is not checked in any more."""
    invitee = found.meeting.invitee(of)
    everybody = await people.of_committee(work.tx, found.meeting.committee)
    person = next((each for each in everybody if each.id == of), None)
    sits = person is not None and person.seat_in(found.meeting.body.id) is not None
    if person is None or (invitee is not None and not invitee.guest and not sits):
        return Refusal("sitting_person_left", values={"name": invitee.name if invitee else ""})
    return None


async def _tell_noted(work: UnitOfWork, found: Access, of: int, mark: Mark) -> None:
    """What the office notes of somebody is told to that person at once."""
    if of == found.person.id:
        return
    person = await people.person(work.tx, of)
    if person is not None:
        by = found.by
        card = cards.noted_by_office(work.say, found.meeting, person, mark, work.now, by)
        key = f"meeting_noted:{found.meeting.id}:{mark.value}:{stamp(work)}"
        await notify(work, [person], card, key, about=about(found.meeting.id))


def _noted(work: UnitOfWork, found: Access, of: int, mark: Mark, *, again: bool) -> Screen:
    """One's own: the invitation in place. Of another: the list it was picked from."""
    invitee, meeting = found.meeting.invitee(of), found.meeting.id
    toast = work.say.label(
        f"toast.{mark.value}{'_again' if again else ''}", name=invitee.name if invitee else ""
    )
    own = of == found.person.id and not found.office
    shown = live.invitation(meeting, of) if own else live.dash(meeting)
    return Screen(live=shown, toast=toast, about=about(meeting))
