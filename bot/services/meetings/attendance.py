"""Answers to invitations, consent to absences, attendance on the day. What they come to is judged in the domain."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.attending import unanswered
from bot.domain.card import Answer
from bot.domain.meeting import Invitee, Mark, Meeting, MeetingStage, Noted
from bot.domain.meeting_rights import (
    Standing,
    may_answer,
    may_check_in,
    may_consent,
    may_leave,
    may_remind,
)
from bot.domain.notice import NOTICE, REMINDER
from bot.domain.people import Person
from bot.domain.refusal import NO_RIGHT, Refusal, faulty
from bot.domain.texts import TextFault, clean
from bot.services import schedule
from bot.services.cards.meetings import attendance as cards
from bot.services.desk import Desk, DueAct, Work
from bot.services.meetings import floor, telling, voting
from bot.services.meetings.floor import Floor
from bot.services.steering import Reminded
from bot.store import drafts, dues, meetings, people
from bot.store.dues import DueMoment

REASON_LIMIT = 2_000
REMIND = "meeting_remind"
REMIND_NOW = "meeting_remind_now"
ON_THE_DAY = "meeting_day"
ARRIVAL = timedelta(minutes=30)
"""How long before the start those who come are shown the button to check in."""

ON_ARRIVAL: tuple[Callable[[Work, int, int], Awaitable[None]], ...] = (voting.checked_in,)
"""What else follows when somebody (the second number) has checked in to a meeting (the first)."""


def standing(of: Floor) -> Standing:
    """What the person is to the meeting, as rights are judged."""
    return Standing(of.person.id, clerk=of.clerk, head=of.head)


def words_of(text: str) -> str | Refusal:
    """A reason or a conclusion, cleaned; an empty or endless one is refused."""
    words = clean(text, REASON_LIMIT)
    return faulty(words) if isinstance(words, TextFault) else words


# --- answers ---------------------------------------------------------------------------------


async def attend(desk: Desk, account: int, meeting_id: int, at: datetime) -> Answer | Refusal:
    """The person attends: noted until the meeting begins; the same answer twice is noted once."""
    async with desk.work() as work:
        found = await _may_answer(work, account, meeting_id, at)
        if isinstance(found, Refusal):
            return found
        answer = found.meeting.answer(found.person.id)
        if answer is None or answer.mark is not Mark.ATTEND:
            await _note(work, found, found.person.id, Mark.ATTEND, at)
            await _withdrawn_absence(work, found, answer)
        await drafts.answered(work.tx, account)
    return _invitation(desk, found, "toast.attends")


async def _withdrawn_absence(work: Work, found: Floor, before: Noted | None) -> None:
    """The cards that asked for consent show that the member comes after all."""
    if before is not None and found.member:
        await telling.refresh_absence(work, found.meeting, found.person.id)


async def ask_reason(desk: Desk, account: int, meeting_id: int, at: datetime) -> Answer | Refusal:
    """The person will be absent: why is asked; nothing is noted until it is said."""
    async with desk.work() as work:
        found = await _may_answer(work, account, meeting_id, at)
        if isinstance(found, Refusal):
            return found
        await drafts.await_words(work.tx, account, "absent", {"meeting": meeting_id}, work.now)
    return Answer(
        cards.ask_absence(desk.say, found), about=telling.about(meeting_id), keeps_place=True
    )


async def absent(
    desk: Desk, account: int, meeting_id: int, reason: str, at: datetime
) -> Answer | Refusal:
    """The reason: the absence goes to the head for consent; a guest's and the head's own to nobody."""
    words = words_of(reason)
    if isinstance(words, Refusal):
        return words
    async with desk.work() as work:
        found = await _may_answer(work, account, meeting_id, at)
        if isinstance(found, Refusal):
            return found
        own = found.head and found.acting_for is None
        await _note(work, found, found.person.id, Mark.ABSENT, at, words)
        if own and found.member:
            await _note(work, found, found.person.id, Mark.CONSENT, at)
        elif found.member:
            await _ask_consent(work, found)
        await drafts.answered(work.tx, account)
    answer = _invitation(desk, found, "toast.absent")
    ways = (cards.head_absent(desk.say, found.meeting),) if own and found.member else ()
    return replace(answer, extra=ways)


async def _may_answer(work: Work, account: int, meeting_id: int, at: datetime) -> Floor | Refusal:
    found = await floor.before(work, account, meeting_id)
    if isinstance(found, Refusal):
        return found
    return may_answer(found.meeting, found.person.id, at) or found


def _invitation(desk: Desk, found: Floor, toast: str) -> Answer:
    return Answer(
        live=telling.invitation(found.meeting.id, found.person.id),
        toast=desk.say.label(toast) if toast else "",
        about=telling.about(found.meeting.id),
    )


async def _note(
    work: Work, found: Floor, of: int, mark: Mark, at: datetime, reason: str = ""
) -> None:
    """The fact, its line in the register, and the cards that show it."""
    acts = found.person.id != of or mark in (Mark.CONSENT, Mark.REFUSE)
    acting_for = found.acting_for if acts else None
    await meetings.note(
        work.tx, found.meeting.id, Noted(of, mark, at, found.person.id, reason, acting_for)
    )
    detail: Mapping[str, object] = {"person": of, "reason": reason, "acting_for": acting_for}
    subject = telling.about(found.meeting.id)
    await work.record(found.meeting.committee, found.person, mark.value, subject, detail)
    await telling.refresh(work, found.meeting, of)


# --- consent ---------------------------------------------------------------------------------


async def _ask_consent(work: Work, found: Floor) -> None:
    """The head, and the delegate in force, get the card; whoever asks does not decide."""
    live = telling.absence(found.meeting.id, found.person.id)
    to = [p for p in await floor.chairs(work, found.meeting) if p.id != found.person.id]
    await telling.tell_live(work, to, live, f"{live}:{telling.stamp(work)}", found.meeting)
    await telling.refresh_absence(work, found.meeting, found.person.id)


async def show_absence(desk: Desk, account: int, meeting_id: int, of: int) -> Answer | Refusal:
    """The card that asks for consent, in place."""
    async with desk.look() as work:
        found = await floor.before(work, account, meeting_id)
    if isinstance(found, Refusal):
        return found
    if not found.office:
        return NO_RIGHT
    return Answer(live=telling.absence(meeting_id, of), about=telling.about(meeting_id))


async def may_refuse(desk: Desk, account: int, meeting_id: int, of: int) -> Answer | Refusal:
    """No consent: why may be said; nothing is noted until it is, or is left out."""
    async with desk.work() as work:
        found = await _may_consent(work, account, meeting_id, of)
        if isinstance(found, Refusal):
            return found
        ref = {"meeting": meeting_id, "of": of}
        await drafts.await_words(work.tx, account, "absence_no", ref, work.now)
    card = cards.ask_refusal(desk.say, found.meeting, of)
    return Answer(card, about=telling.about(meeting_id), keeps_place=True)


async def _may_consent(work: Work, account: int, meeting_id: int, of: int) -> Floor | Refusal:
    found = await floor.before(work, account, meeting_id)
    if isinstance(found, Refusal):
        return found
    return may_consent(found.meeting, standing(found), of) or found


async def decide_absence(
    desk: Desk,
    account: int,
    meeting_id: int,
    of: int,
    mark: Mark,
    *,
    at: datetime,
    reason: str = "",
) -> Answer | Refusal:
    """The head's word on an absence, and who spoke for whom; the member is told at once."""
    async with desk.work() as work:
        found = await _may_consent(work, account, meeting_id, of)
        if isinstance(found, Refusal):
            return found
        said = found.meeting.consent(of)
        if said is None or said.mark is not mark:
            await _note(work, found, of, mark, at, reason)
            await telling.refresh_absence(work, found.meeting, of)
            await _tell_member(work, found, of, mark, reason)
        await drafts.answered(work.tx, account)
    toast = desk.say.label(f"toast.absence_{mark.value}")
    return Answer(
        live=telling.absence(meeting_id, of), toast=toast, about=telling.about(meeting_id)
    )


async def _tell_member(work: Work, found: Floor, of: int, mark: Mark, reason: str) -> None:
    member = await people.person(work.tx, of)
    if member is None:
        return
    by = await floor.named(work, found)
    card = cards.absence_answered(work.say, found.meeting, member, mark, reason, by)
    key = f"absence_answered:{found.meeting.id}:{telling.stamp(work)}"
    await telling.tell(work, [member], card, key, meeting=found.meeting)


# --- reminders -------------------------------------------------------------------------------


async def begin(work: Work, meeting: Meeting) -> None:
    """A meeting was called: clerk, head and delegate get its dashboard, the reminders are arranged."""
    live = telling.dash(meeting.id)
    await telling.tell_live(work, await floor.office(work, meeting), live, live, meeting)
    await arrange(work, meeting)


async def arrange(work: Work, meeting: Meeting) -> None:
    """Let the reminders and the morning of the day fall due where the start now says; safe to repeat."""
    about, kinds = telling.about(meeting.id), (REMIND, REMIND_NOW, ON_THE_DAY)
    await dues.cancel_about(work.tx, about, kinds)
    if meeting.stage is not MeetingStage.CALLED:
        await telling.refresh(work, meeting)
        return
    work.desk.moments.stir()
    wanted = [(REMIND, at) for at in schedule.reminders(meeting.starts_at)]
    arrival = schedule.first_awake(meeting.starts_at - ARRIVAL)
    for kind, at in (*wanted, (ON_THE_DAY, arrival)):
        if work.now < at <= meeting.starts_at:
            key = f"{kind}:{meeting.id}:{int(at.timestamp())}"
            await dues.put(work.tx, key, kind, at, about=about, rearm=True)
    await telling.refresh(work, meeting)


async def remind(desk: Desk, account: int, meeting_id: int, at: datetime) -> Reminded | Refusal:
    """Clerk or head remind those who have not answered; at night not before the morning."""
    async with desk.work() as work:
        found = await floor.before(work, account, meeting_id)
        if isinstance(found, Refusal):
            return found
        meeting = found.meeting
        refusal = may_remind(meeting, standing(found), at)
        if refusal:
            return refusal
        members = await _to_remind(work, meeting)
        if not members:
            return Refusal("sitting_nobody_to_remind")
        when = schedule.first_awake(work.now)
        later = work.now < when < meeting.starts_at
        if later:
            work.desk.moments.stir()
            key = f"{REMIND_NOW}:{meeting_id}:{int(when.timestamp())}"
            await dues.put(work.tx, key, REMIND_NOW, when, about=telling.about(meeting_id))
        else:
            await _remind(work, meeting, members, f"{telling.stamp(work)}", NOTICE)
        told_at = when if later else work.now
        detail = {"persons": [each.id for each in members], "at": told_at.isoformat()}
        about = telling.about(meeting_id)
        await work.record(meeting.committee, found.person, "remind_meeting", about, detail)
    return Reminded(len(members), told_at, later)


async def _to_remind(work: Work, meeting: Meeting) -> list[Person]:
    """Those without an answer who have joined and are still of the committee."""
    silent = {each.person for each in unanswered(meeting)}
    invited = await telling.invited(work, meeting, guests=True)
    return [person for person in invited if person.id in silent and person.joined]


async def _remind(work: Work, meeting: Meeting, to: list[Person], mark: str, priority: int) -> None:
    for person in to:
        card = cards.reminder(work.say, meeting, person, work.now)
        key = f"meeting_reminder:{meeting.id}:{mark}"
        await telling.tell(work, [person], card, key, meeting=meeting, priority=priority)


async def _remind_due(work: Work, meeting: Meeting, due: DueMoment) -> None:
    members = await _to_remind(work, meeting)
    if not members or work.now > meeting.starts_at:
        return
    await _remind(work, meeting, members, due.key, REMINDER)
    detail = {"persons": [each.id for each in members]}
    about = telling.about(meeting.id)
    await work.record(meeting.committee, None, "remind_meeting", about, detail)


async def _arrivals_due(work: Work, meeting: Meeting, due: DueMoment) -> None:
    """Shortly before the start those who come get the button to check in, and the cards show it."""
    coming = [
        person
        for person in await telling.invited(work, meeting, guests=True)
        if (answer := meeting.answer(person.id)) is not None
        and answer.mark is Mark.ATTEND
        and not meeting.is_present(person.id)
    ]
    for person in coming:
        card = cards.arrival(work.say, meeting, person)
        key = f"meeting_arrival:{due.key}"
        await telling.tell(work, [person], card, key, meeting=meeting, priority=REMINDER)
    await telling.refresh(work, meeting)


def _while_called(act: Callable[[Work, Meeting, DueMoment], Awaitable[None]]) -> DueAct:
    async def fall_due(work: Work, due: DueMoment) -> None:
        meeting = await meetings.get(work.tx, int(due.about.split(":")[1]))
        if meeting is not None and meeting.stage is MeetingStage.CALLED:
            await act(work, meeting, due)

    return fall_due


DUE_ACTS: Mapping[str, DueAct] = {
    REMIND: _while_called(_remind_due),
    REMIND_NOW: _while_called(_remind_due),
    ON_THE_DAY: _while_called(_arrivals_due),
}
"""What is done when a moment before a meeting falls due."""


# --- the day ---------------------------------------------------------------------------------


async def check_in(
    desk: Desk, account: int, meeting_id: int, of: int | None, at: datetime
) -> Answer | Refusal:
    """The person's own tap, or the office's for somebody; once is enough."""
    return await _on_the_day(desk, account, meeting_id, of, Mark.CHECK_IN, at)


async def leave(
    desk: Desk, account: int, meeting_id: int, of: int | None, at: datetime
) -> Answer | Refusal:
    """Somebody goes before the close: the person's own tap, or the office's."""
    return await _on_the_day(desk, account, meeting_id, of, Mark.LEAVE, at)


async def _on_the_day(
    desk: Desk, account: int, meeting_id: int, of: int | None, mark: Mark, at: datetime
) -> Answer | Refusal:
    async with desk.work() as work:
        found = await floor.before(work, account, meeting_id)
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
            await _note(work, found, person, mark, at)
            await _tell_noted(work, found, person, mark)
            if mark is Mark.CHECK_IN:
                for arrived in ON_ARRIVAL:
                    await arrived(work, meeting_id, person)
    return _noted(desk, found, person, mark, again=again)


async def _still_invited(work: Work, found: Floor, of: int) -> Refusal | None:
    """Whoever has left the committee, or the body, since the invitation is not checked in any more."""
    invitee = found.meeting.invitee(of)
    everybody = await people.of_committee(work.tx, found.meeting.committee)
    person = next((each for each in everybody if each.id == of), None)
    sits = person is not None and person.seat_in(found.meeting.body.id) is not None
    if person is None or (invitee is not None and not invitee.guest and not sits):
        return Refusal("sitting_person_left", values={"name": invitee.name if invitee else ""})
    return None


async def _tell_noted(work: Work, found: Floor, of: int, mark: Mark) -> None:
    """What the office notes of somebody is told to that person at once."""
    if of == found.person.id:
        return
    person = await people.person(work.tx, of)
    if person is not None:
        by = await floor.named(work, found)
        card = cards.noted_by_office(work.say, found.meeting, person, mark, work.now, by)
        key = f"meeting_noted:{found.meeting.id}:{mark.value}:{telling.stamp(work)}"
        await telling.tell(work, [person], card, key, meeting=found.meeting)


def _noted(desk: Desk, found: Floor, of: int, mark: Mark, *, again: bool) -> Answer:
    """One's own: the invitation in place. Of another: the list it was picked from."""
    invitee = found.meeting.invitee(of)
    toast = desk.say.label(
        f"toast.{mark.value}{'_again' if again else ''}", name=invitee.name if invitee else ""
    )
    about = telling.about(found.meeting.id)
    if of == found.person.id and not found.office:
        return Answer(live=telling.invitation(found.meeting.id, of), toast=toast, about=about)
    return Answer(live=telling.dash(found.meeting.id), toast=toast, about=about)


async def pick(
    desk: Desk, account: int, meeting_id: int, mark: Mark, at: datetime, page: int
) -> Answer | Refusal:
    """Whom the office notes as there, or as gone."""
    async with desk.look() as work:
        found = await floor.before(work, account, meeting_id)
    if isinstance(found, Refusal):
        return found
    if not found.office:
        return NO_RIGHT
    among = [each for each in found.meeting.invitees if _may_be(found.meeting, each, mark, at)]
    if not among:
        return _nobody(found.meeting, mark, at)
    card = cards.pick(desk.say, found.meeting, among, mark, page)
    return Answer(card, about=telling.about(meeting_id))


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
