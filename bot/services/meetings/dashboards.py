"""Live cards of a meeting's office: the dashboard, its items, requests to be absent. Nothing is written."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.domain.card import Answer, Button, Card
from bot.domain.meeting import AgendaItem, Mark, Meeting, MeetingStage
from bot.domain.people import head_of
from bot.domain.refusal import NO_RIGHT, Refusal
from bot.services.cards.meetings import attendance as attendance_cards
from bot.services.cards.meetings import sitting as cards
from bot.services.desk import Desk, Work
from bot.services.meetings import floor, invitations, showing, sitting, telling, vote_rows
from bot.services.meetings.floor import Floor
from bot.store import delegations, people

Row = tuple[Button, ...]
ItemRows = Callable[[Work, Floor, AgendaItem], Sequence[Row]]
"""What can be done upon an item, beside concluding it."""
DashRows = Callable[[Work, Floor], Sequence[Row]]
"""What can be done upon a meeting, beside attendance and the sitting."""

ITEM_ROWS: tuple[ItemRows, ...] = (vote_rows.of_item,)
DASH_ROWS: tuple[DashRows, ...] = (vote_rows.of_meeting, showing.office_rows)


async def show(desk: Desk, account: int, meeting_id: int) -> Answer | Refusal:
    """The meeting as it is to this person: the dashboard for the office, else the own invitation."""
    async with desk.look() as work:
        found = await floor.before(work, account, meeting_id)
    if isinstance(found, Refusal):
        return found
    if found.office:
        asked = found.meeting.stage in (MeetingStage.SUBMITTED, MeetingStage.DECLINED)
        live = invitations.asked(meeting_id) if asked else telling.dash(meeting_id)
        return Answer(live=live, about=telling.about(meeting_id))
    return _invitation(found)


async def show_invitation(desk: Desk, account: int, meeting_id: int) -> Answer | Refusal:
    """The own invitation, also of somebody of the office who is invited."""
    async with desk.look() as work:
        found = await floor.before(work, account, meeting_id)
    if isinstance(found, Refusal):
        return found
    return _invitation(found) if found.invitee else NO_RIGHT


def _invitation(found: Floor) -> Answer:
    live = telling.invitation(found.meeting.id, found.person.id)
    return Answer(live=live, about=telling.about(found.meeting.id))


async def show_dashboard(desk: Desk, account: int, meeting_id: int) -> Answer | Refusal:
    """The dashboard in place; only the office sees it."""
    async with desk.look() as work:
        found = await floor.before(work, account, meeting_id)
    if isinstance(found, Refusal):
        return found
    if not found.office:
        return NO_RIGHT
    return Answer(live=telling.dash(meeting_id), about=telling.about(meeting_id))


async def _office(work: Work, meeting_id: int, chat_id: int) -> Floor | None:
    found = await floor.before(work, chat_id, meeting_id)
    return found if isinstance(found, Floor) and found.office else None


async def _dashboard(work: Work, ids: Sequence[int], chat_id: int) -> Card | None:
    found = await _office(work, ids[0], chat_id)
    if found is None:
        return None
    more = [row for rows in DASH_ROWS for row in rows(work, found)]
    chair = await sitting.chair_of(work, found.meeting)
    ahead = await _chair_ahead(work, found.meeting)
    return cards.dashboard(work.say, found, chair, more, work.now, ahead=ahead)


async def _chair_ahead(work: Work, meeting: Meeting) -> cards.ChairAhead:
    """Who stands in at the start, and whether the chair is empty then."""
    given = await delegations.active(work.tx, meeting.committee, meeting.body.id, meeting.starts_at)
    found = await people.persons(work.tx, [each.to for each in given])
    head = head_of(await people.of_committee(work.tx, meeting.committee), meeting.body)
    answer = meeting.answer(head.id) if head else None
    away = answer is not None and answer.mark is Mark.ABSENT
    name = next((found[each.to].name for each in given if each.to in found), "")
    return cards.ChairAhead(name, empty=away and not name)


async def _items(work: Work, ids: Sequence[int], chat_id: int) -> Card | None:
    found = await _office(work, ids[0], chat_id)
    return cards.items(work.say, found.meeting) if found else None


async def _item(work: Work, ids: Sequence[int], chat_id: int) -> Card | None:
    pair = await sitting.item_of(work, chat_id, ids[1])
    if isinstance(pair, Refusal):
        return None
    found, item = pair
    more = [row for rows in ITEM_ROWS for row in rows(work, found, item)]
    said = item.concluded
    by = await floor.author(work, said.by, said.acting_for) if said else None
    person = await people.person(work.tx, item.responsible) if item.responsible else None
    responsible = person.name if person else ""
    return cards.item(work.say, found, item, by=by, responsible=responsible, more=more)


async def _absence(work: Work, ids: Sequence[int], chat_id: int) -> Card | None:
    found = await _office(work, ids[0], chat_id)
    member = found.meeting.invitee(ids[1]) if found else None
    if found is None or member is None:
        return None
    said = found.meeting.consent(member.person)
    by = await floor.author(work, said.by, said.acting_for) if said else None
    return attendance_cards.absence(work.say, found.meeting, member, found.standing, by)


LIVE_CARDS: Mapping[str, Callable[[Work, Sequence[int], int], Awaitable[Card | None]]] = {
    "mdash": _dashboard,
    "mitems": _items,
    "mitem": _item,
    "mabsent": _absence,
}
"""By the first word of a live card's name."""
