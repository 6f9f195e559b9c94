"""Answers to invitations, consent to absences, and who comes and goes on the day."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.db import drafts, people
from bot.kit.screen import Screen
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import access, notify
from bot.meetings import store as meetings
from bot.meetings.access import Floor
from bot.meetings.attendance import cards
from bot.meetings.rules.meeting import Invitee, Mark, Meeting, Noted
from bot.meetings.rules.rights import may_answer, may_check_in, may_consent, may_leave
from bot.values.refusal import NO_RIGHT, Refusal, faulty
from bot.values.texts import TextFault, clean
from bot.votes import voting

REASON_LIMIT = 2_000


def words_of(text: str) -> str | Refusal:
    """A reason or a conclusion, cleaned; an empty or endless one is refused."""
    words = clean(text, REASON_LIMIT)
    return faulty(words) if isinstance(words, TextFault) else words


# --- answers ---------------------------------------------------------------------------------


async def attend(context: Context, account: int, meeting_id: int, at: datetime) -> Screen | Refusal:
    """The person attends: noted until the meeting begins; the same answer twice is noted once."""
    async with context.work() as work:
        found = await _may_answer(work, account, meeting_id, at)
        if isinstance(found, Refusal):
            return found
        answer = found.meeting.answer(found.person.id)
        if answer is None or answer.mark is not Mark.ATTEND:
            await note(work, found, found.person.id, Mark.ATTEND, at)
            await _withdrawn_absence(work, found, answer)
        await drafts.answered(work.tx, account)
    return _invitation(context, found, "toast.attends")


async def _withdrawn_absence(work: UnitOfWork, found: Floor, before: Noted | None) -> None:
    """The cards that asked for consent show that the member comes after all."""
    if before is not None and found.member:
        await notify.refresh_absence(work, found.meeting, found.person.id)


async def ask_reason(
    context: Context, account: int, meeting_id: int, at: datetime
) -> Screen | Refusal:
    """The person will be absent: why is asked; nothing is noted until it is said."""
    async with context.work() as work:
        found = await _may_answer(work, account, meeting_id, at)
        if isinstance(found, Refusal):
            return found
        await drafts.await_words(work.tx, account, "absent", {"meeting": meeting_id}, work.now)
    return Screen(
        cards.ask_absence(context.say, found), about=notify.about(meeting_id), keeps_place=True
    )


async def absent(
    context: Context, account: int, meeting_id: int, reason: str, at: datetime
) -> Screen | Refusal:
    """The reason: the absence goes to the head for consent; a guest's and the head's own to nobody."""
    words = words_of(reason)
    if isinstance(words, Refusal):
        return words
    async with context.work() as work:
        found = await _may_answer(work, account, meeting_id, at)
        if isinstance(found, Refusal):
            return found
        own = found.head and found.acting_for is None
        await note(work, found, found.person.id, Mark.ABSENT, at, words)
        if own and found.member:
            await note(work, found, found.person.id, Mark.CONSENT, at)
        elif found.member:
            await _ask_consent(work, found)
        await drafts.answered(work.tx, account)
    answer = _invitation(context, found, "toast.absent")
    ways = (cards.head_absent(context.say, found.meeting),) if own and found.member else ()
    return replace(answer, extra=ways)


async def _may_answer(
    work: UnitOfWork, account: int, meeting_id: int, at: datetime
) -> Floor | Refusal:
    found = await access.before(work, account, meeting_id)
    if isinstance(found, Refusal):
        return found
    return may_answer(found.meeting, found.person.id, at) or found


def _invitation(context: Context, found: Floor, toast: str) -> Screen:
    return Screen(
        live=notify.invitation(found.meeting.id, found.person.id),
        toast=context.say.label(toast) if toast else "",
        about=notify.about(found.meeting.id),
    )


async def note(
    work: UnitOfWork, found: Floor, of: int, mark: Mark, at: datetime, reason: str = ""
) -> None:
    """The fact, its line in the register, and the cards that show it."""
    acts = found.person.id != of or mark in (Mark.CONSENT, Mark.REFUSE)
    acting_for = found.acting_for if acts else None
    await meetings.note(
        work.tx, found.meeting.id, Noted(of, mark, at, found.person.id, reason, acting_for)
    )
    detail: Mapping[str, object] = {"person": of, "reason": reason, "acting_for": acting_for}
    subject = notify.about(found.meeting.id)
    await work.record(found.meeting.committee, found.person, mark.value, subject, detail)
    await notify.refresh(work, found.meeting, of)


# --- consent ---------------------------------------------------------------------------------


async def _ask_consent(work: UnitOfWork, found: Floor) -> None:
    """The head, and the delegate in force, get the card; whoever asks does not decide."""
    live = notify.absence(found.meeting.id, found.person.id)
    to = [p for p in await access.chairs(work, found.meeting) if p.id != found.person.id]
    await notify.tell_live(work, to, live, f"{live}:{notify.stamp(work)}", found.meeting)
    await notify.refresh_absence(work, found.meeting, found.person.id)


async def show_absence(
    context: Context, account: int, meeting_id: int, of: int
) -> Screen | Refusal:
    """The card that asks for consent, in place."""
    async with context.look() as work:
        found = await access.before(work, account, meeting_id)
    if isinstance(found, Refusal):
        return found
    if not found.office:
        return NO_RIGHT
    return Screen(live=notify.absence(meeting_id, of), about=notify.about(meeting_id))


async def may_refuse(context: Context, account: int, meeting_id: int, of: int) -> Screen | Refusal:
    """No consent: why may be said; nothing is noted until it is, or is left out."""
    async with context.work() as work:
        found = await _may_consent(work, account, meeting_id, of)
        if isinstance(found, Refusal):
            return found
        ref = {"meeting": meeting_id, "of": of}
        await drafts.await_words(work.tx, account, "absence_no", ref, work.now)
    card = cards.ask_refusal(context.say, found.meeting, of)
    return Screen(card, about=notify.about(meeting_id), keeps_place=True)


async def _may_consent(work: UnitOfWork, account: int, meeting_id: int, of: int) -> Floor | Refusal:
    found = await access.before(work, account, meeting_id)
    if isinstance(found, Refusal):
        return found
    return may_consent(found.meeting, found.standing, of) or found


async def decide_absence(
    context: Context,
    account: int,
    meeting_id: int,
    of: int,
    mark: Mark,
    *,
    at: datetime,
    reason: str = "",
) -> Screen | Refusal:
    """The head's word on an absence, and who spoke for whom; the member is told at once."""
    async with context.work() as work:
        found = await _may_consent(work, account, meeting_id, of)
        if isinstance(found, Refusal):
            return found
        said = found.meeting.consent(of)
        if said is None or said.mark is not mark:
            await note(work, found, of, mark, at, reason)
            await notify.refresh_absence(work, found.meeting, of)
            await _tell_member(work, found, of, mark, reason)
        await drafts.answered(work.tx, account)
    toast = context.say.label(f"toast.absence_{mark.value}")
    return Screen(live=notify.absence(meeting_id, of), toast=toast, about=notify.about(meeting_id))


async def _tell_member(work: UnitOfWork, found: Floor, of: int, mark: Mark, reason: str) -> None:
    member = await people.person(work.tx, of)
    if member is None:
        return
    by = await access.named(work, found)
    card = cards.absence_answered(work.say, found.meeting, member, mark, reason, by)
    key = f"absence_answered:{found.meeting.id}:{notify.stamp(work)}"
    await notify.tell(work, [member], card, key, meeting=found.meeting)


ON_ARRIVAL: tuple[Callable[[UnitOfWork, int, int], Awaitable[None]], ...] = (voting.checked_in,)
"""What else follows when somebody (the second number) has checked in to a meeting (the first)."""


async def check_in(
    context: Context, account: int, meeting_id: int, of: int | None, at: datetime
) -> Screen | Refusal:
    """The person's own tap, or the office's for somebody; once is enough."""
    return await _on_the_day(context, account, meeting_id, of, Mark.CHECK_IN, at)


async def leave(
    context: Context, account: int, meeting_id: int, of: int | None, at: datetime
) -> Screen | Refusal:
    """Somebody goes before the close: the person's own tap, or the office's."""
    return await _on_the_day(context, account, meeting_id, of, Mark.LEAVE, at)


async def _on_the_day(
    context: Context, account: int, meeting_id: int, of: int | None, mark: Mark, at: datetime
) -> Screen | Refusal:
    async with context.work() as work:
        found = await access.before(work, account, meeting_id)
        if isinstance(found, Refusal):
            return found
        person = found.person.id if of is None else of
        if person != found.person.id and not found.office:
            return NO_RIGHT
        may = may_check_in if mark is Mark.CHECK_IN else may_leave
        refusal = may(found.meeting, person, at) or await _still_invited(work, found, person)
        if refusal:
            return refusal
        last = found.meeting.last(person, Mark.CHECK_IN, Mark.LEAVE)
        again = last is not None and last.mark is mark
        if not again:
            await note(work, found, person, mark, at)
            await _tell_noted(work, found, person, mark)
            if mark is Mark.CHECK_IN:
                for arrived in ON_ARRIVAL:
                    await arrived(work, meeting_id, person)
    return _noted(context, found, person, mark, again=again)


async def _still_invited(work: UnitOfWork, found: Floor, of: int) -> Refusal | None:
    """Whoever has left the committee, or the body, since the invitation is not checked in any more."""
    invitee = found.meeting.invitee(of)
    everybody = await people.of_committee(work.tx, found.meeting.committee)
    person = next((each for each in everybody if each.id == of), None)
    sits = person is not None and person.seat_in(found.meeting.body.id) is not None
    if person is None or (invitee is not None and not invitee.guest and not sits):
        return Refusal("sitting_person_left", values={"name": invitee.name if invitee else ""})
    return None


async def _tell_noted(work: UnitOfWork, found: Floor, of: int, mark: Mark) -> None:
    """What the office notes of somebody is told to that person at once."""
    if of == found.person.id:
        return
    person = await people.person(work.tx, of)
    if person is not None:
        by = await access.named(work, found)
        card = cards.noted_by_office(work.say, found.meeting, person, mark, work.now, by)
        key = f"meeting_noted:{found.meeting.id}:{mark.value}:{notify.stamp(work)}"
        await notify.tell(work, [person], card, key, meeting=found.meeting)


def _noted(context: Context, found: Floor, of: int, mark: Mark, *, again: bool) -> Screen:
    """One's own: the invitation in place. Of another: the list it was picked from."""
    invitee = found.meeting.invitee(of)
    toast = context.say.label(
        f"toast.{mark.value}{'_again' if again else ''}", name=invitee.name if invitee else ""
    )
    about = notify.about(found.meeting.id)
    if of == found.person.id and not found.office:
        return Screen(live=notify.invitation(found.meeting.id, of), toast=toast, about=about)
    return Screen(live=notify.dash(found.meeting.id), toast=toast, about=about)


async def pick(
    context: Context, account: int, meeting_id: int, mark: Mark, at: datetime, page: int
) -> Screen | Refusal:
    """Whom the office notes as there, or as gone."""
    async with context.look() as work:
        found = await access.before(work, account, meeting_id)
    if isinstance(found, Refusal):
        return found
    if not found.office:
        return NO_RIGHT
    among = [each for each in found.meeting.invitees if _may_be(found.meeting, each, mark, at)]
    if not among:
        return _nobody(found.meeting, mark, at)
    card = cards.pick(context.say, found.meeting, among, mark, page)
    return Screen(card, about=notify.about(meeting_id))


def _may_be(meeting: Meeting, each: Invitee, mark: Mark, at: datetime) -> bool:
    here = meeting.is_present(each.person)
    if mark is Mark.LEAVE:
        return here and may_leave(meeting, each.person, at) is None
    return not here and may_check_in(meeting, each.person, at) is None


def _nobody(meeting: Meeting, mark: Mark, at: datetime) -> Refusal:
    """Why nobody can be picked: the day, or that there is nobody left."""
    somebody = meeting.invitees[0].person if meeting.invitees else 0
    refusal = may_check_in(meeting, somebody, at) if somebody else None
    return refusal or Refusal("sitting_nobody_to_note", values={"mark": mark.value})
