"""Who comes and goes on the day of a meeting: by the person's own tap, or noted by the office."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.domain.card import Answer
from bot.domain.meeting import Invitee, Mark, Meeting
from bot.domain.meeting_rights import may_check_in, may_leave
from bot.domain.refusal import NO_RIGHT, Refusal
from bot.services.cards.meetings import attendance as cards
from bot.services.desk import Desk, Work
from bot.services.meetings import attendance, floor, telling, voting
from bot.services.meetings.floor import Floor
from bot.store import people

ON_ARRIVAL: tuple[Callable[[Work, int, int], Awaitable[None]], ...] = (voting.checked_in,)
"""What else follows when somebody (the second number) has checked in to a meeting (the first)."""


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
            await attendance.note(work, found, person, mark, at)
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
