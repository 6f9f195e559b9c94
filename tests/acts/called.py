"""A meeting that was called, for tests of what comes after: its rows are entered, nobody is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.db import people, rulebooks
from bot.meetings import store as meetings
from bot.meetings.attendance import awaiting
from bot.meetings.rules.meeting import AgendaItem, Invitee, Meeting, MeetingAct, MeetingActKind
from bot.people.rules.people import Role, members_of
from tests.acts.committees import START, VAN, House

STARTS = START + timedelta(days=3)  # 8 giờ, thứ Năm


async def called(
    house: House,
    committee: int,
    *subjects: str,
    starts: datetime = STARTS,
    items: Sequence[AgendaItem] = (),
    body: str = "dang_doan",
) -> int:
    """A regular meeting of everybody in the body, guests of the committee invited too."""
    async with house.context.work() as work:
        kept = await people.committee(work.tx, committee)
        everybody = await people.of_committee(work.tx, committee)
        of = (await rulebooks.regulation(work.tx, kept.rulebook)).body(body)
        values = {
            "committee_id": committee,
            "rulebook": kept.rulebook,
            "body": body,
            "kind": "regular",
            "session": "",
            "starts_at": starts,
            "place": "Phòng họp số 1",
            "uid": f"cuoc-hop-{starts.timestamp()}",
            "sequence": 0,
            "prepared_by": house.ids[VAN],
            "submitted_at": work.now,
        }
        own = [AgendaItem(0, n, subject) for n, subject in enumerate(subjects, len(items) + 1)]
        meeting = await meetings.submit(values, [*items, *own], ()).into(work.tx)
        roll = [
            Invitee(p.id, p.name, seat.office, seat.full_time)
            for p in members_of(everybody, of.id)
            if (seat := p.seat_in(of.id))
        ]
        guests = [
            Invitee(p.id, p.name, "guest", guest=True)
            for p in everybody
            if any(seat.role is Role.GUEST for seat in p.seats)
        ]
        await meetings.call(meeting, [*roll, *guests], work.now).into(work.tx)
        act = MeetingAct(MeetingActKind.CALL, work.now)
        await meetings.add_act(meeting.id, act).into(work.tx)
        await awaiting.arrange(work, await meetings.there(work.tx, meeting.id))
    return meeting.id


async def again(house: House, meeting_id: int) -> Meeting:
    """The meeting as it stands now."""
    async with house.context.look() as look:
        found = await meetings.get(look.tx, meeting_id)
    assert found is not None
    return found
