"""A meeting that is called and not held when its committee gets another roll: who sits on its day is on its roll.

Guests stay invited, and so does every answer given. What is open or over keeps the roll it had.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.db import people
from bot.kit.notify import notify, stamp
from bot.kit.unit import Line, UnitOfWork
from bot.meetings import access, live
from bot.meetings import store as meetings
from bot.meetings.calling.convening import roll_of
from bot.meetings.inviting import cards, invitations
from bot.meetings.rules.meeting import Invitee, Meeting
from bot.meetings.rules.rights import day_of
from bot.people.rules.people import Person
from bot.values.moments import in_viet_nam


async def reseat(work: UnitOfWork, committee: int, before: Sequence[Person]) -> None:
    """From now on the committee has another roll; `before` is everybody as until now, for who left is told, too.

    A body that has no member any more keeps its meetings as they were called.
    """
    everybody, today = await people.of_committee(work.tx, committee), in_viet_nam(work.now).date()
    for number in await meetings.ids_called(work.tx, committee):
        meeting = await meetings.there(work.tx, number)
        roll = roll_of(everybody, meeting.body.id)
        if roll and day_of(meeting) >= today and set(roll) != set(meeting.roll):
            await _seat(work, meeting, roll, {each.id: each for each in before})


async def _seat(
    work: UnitOfWork, was: Meeting, roll: Sequence[Invitee], before: Mapping[int, Person]
) -> None:
    known, stay = {each.person for each in was.roll}, {each.person for each in roll}
    come = [each for each in roll if each.person not in known]
    gone = [each for each in was.roll if each.person not in stay]
    detail = {
        "roll": [{"person": each.person, "name": each.name} for each in roll],
        "come": [each.person for each in come],
        "gone": [each.person for each in gone],
    }
    line = Line(was.committee, None, "meeting_roll", live.about(was.id), detail)
    await work.write(meetings.seat(was.id, roll), line, meetings.change(was.id, {}))
    meeting = await meetings.there(work.tx, was.id)
    await invitations.send(work, meeting, {each.person for each in come})
    left = [before[each.person] for each in gone if each.person in before]
    await invitations.unseated(work, meeting, left)
    told = {each.id for each in left if each.joined}
    joined = await people.persons(work.tx, [each.person for each in come])
    unreached = [
        each.name
        for each in come
        if (person := joined.get(each.person)) is None or not person.joined
    ]
    card = cards.reseated(
        work.say,
        meeting,
        come=[each.name for each in come],
        gone=[each.name for each in gone if each.person in told],
        untold=[each.name for each in gone if each.person not in told],
        unreached=unreached,
    )
    key = f"meeting_reseated:{meeting.id}:{stamp(work)}"
    office = await access.office(work, meeting)
    await notify(work, office, card, key, about=live.about(meeting.id))
    await live.refresh(work, meeting)
