"""Live cards of a meeting's office before and during the sitting, and the ways to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.db import people
from bot.db.notice import Button, Card, Row
from bot.kit import access as kit_access
from bot.kit.act import press
from bot.kit.live import live_card
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import access as meetings_access
from bot.meetings import live
from bot.meetings.access import Access
from bot.meetings.agenda import opinions
from bot.meetings.attendance import cards as attendance_cards
from bot.meetings.inviting import invitations
from bot.meetings.minutes import cards as minutes_cards
from bot.meetings.minutes import store as minutes_store
from bot.meetings.rules.calling import ASKED, may_change, may_send_papers
from bot.meetings.rules.meeting import AgendaItem, Mark, Meeting, MeetingStage
from bot.meetings.rules.minutes import may_read
from bot.meetings.sitting import cards as sitting_cards
from bot.meetings.sitting import sitting, tasks
from bot.values.action import action
from bot.values.refusal import NO_RIGHT, Refused


def office_rows(work: UnitOfWork, stood: Access) -> Sequence[Row]:
    """What the office can do upon a called meeting: documents, changes, calling it off."""
    meeting = stood.meeting
    rows: list[Row] = []
    if may_send_papers(meeting, stood.standing, work.now) is None:
        rows.append(
            (Button(work.say.label("calling_button.papers"), action("mpapers", meeting.id)),)
        )
    if may_change(meeting, stood.standing) is None:
        change, cancel = action("mchange", meeting.id), action("mcancel", meeting.id)
        rows.append((Button(work.say.label("calling_button.change"), change),))
        rows.append((Button(work.say.label("calling_button.cancel"), cancel, style="danger"),))
    return rows


ItemRows = Callable[[UnitOfWork, Access, AgendaItem], Sequence[Row]]
"""What can be done upon an item, beside concluding it."""
DashRows = Callable[[UnitOfWork, Access], Sequence[Row]]
"""What can be done upon a meeting, beside attendance and the sitting."""
ITEM_ROWS: list[ItemRows] = []
DASH_ROWS: list[DashRows] = []
"""Subjects that have something to do there enter it here while they are imported."""


@press("mshow")
async def show(context: Context, tap: Tap) -> Screen:
    """The meeting as it is to this person: the dashboard for the office, else the own invitation."""
    async with context.look() as work:
        found = await meetings_access.find(work, tap.account, tap.number(0))
    meeting = found.meeting
    if not found.office:
        return _invitation(found)
    asked = meeting.stage in (*ASKED, MeetingStage.DECLINED)
    shown = invitations.asked(meeting.id) if asked else live.dash(meeting.id)
    return Screen(live=shown, about=live.about(meeting.id))


@press("minvite")
async def show_invitation(context: Context, tap: Tap) -> Screen:
    """The own invitation, also of somebody of the office who is invited."""
    async with context.look() as work:
        found = await meetings_access.find(work, tap.account, tap.number(0))
    if found.invitee is None:
        raise Refused(NO_RIGHT)
    return _invitation(found)


def _invitation(found: Access) -> Screen:
    own = live.invitation(found.meeting.id, found.person.id)
    return Screen(live=own, about=live.about(found.meeting.id))


@press("mdash")
async def show_dashboard(context: Context, tap: Tap) -> Screen:
    """The dashboard in place; only the office sees it."""
    return await _for_office(context, tap, live.dash)


@press("mitems")
async def show_items(context: Context, tap: Tap) -> Screen:
    """The items with what was concluded, in place; for the office."""
    return await _for_office(context, tap, live.items)


async def _for_office(context: Context, tap: Tap, name: Callable[[int], str]) -> Screen:
    meeting = tap.number(0)
    async with context.look() as work:
        await sitting.find_for_office(work, tap.account, meeting)
    return Screen(live=name(meeting), about=live.about(meeting))


@press("mitem")
async def show_item(context: Context, tap: Tap) -> Screen:
    """One item with its votes, its conclusion and what can be done; for the office."""
    async with context.look() as work:
        found, item = await sitting.find_item(work, tap.account, tap.number(0))
    meeting = found.meeting.id
    return Screen(live=live.item(meeting, item.id), about=live.about(meeting))


@live_card("mdash")
async def _dashboard(work: UnitOfWork, ids: Sequence[int], chat_id: int) -> Card | None:
    found = await sitting.find_for_office(work, chat_id, ids[0])
    more = [row for rows in DASH_ROWS for row in rows(work, found)]
    more += office_rows(work, found)
    minutes = await minutes_store.of_meeting(work.tx, found.meeting.id)
    if may_read(found.meeting, minutes, found.standing) is None:
        more.append(minutes_cards.way(work.say, found.meeting))
    chair = await sitting.chair_of(work, found.meeting)
    ahead = await _chair_ahead(work, found.meeting)
    return sitting_cards.dashboard(work.say, found, chair, more, work.now, ahead=ahead)


async def _chair_ahead(work: UnitOfWork, meeting: Meeting) -> sitting_cards.ChairAhead:
    """Who stands in at the start, and whether the chair is empty then."""
    staff = await kit_access.staff(work, meeting.committee, meeting.starts_at)
    chairs = staff.chairs(meeting.body)
    answer = meeting.answer(chairs[0].head.id) if chairs else None
    away = answer is not None and answer.mark is Mark.ABSENT
    others = [(each.person.name, each.standing_in) for each in chairs if each.standing_in]
    name, given = others[0] if others else ("", None)
    by_absence = given is not None and given.absence is not None
    return sitting_cards.ChairAhead(name, empty=away and not name, by_absence=by_absence)


@live_card("mitems")
async def _items(work: UnitOfWork, ids: Sequence[int], chat_id: int) -> Card | None:
    found = await sitting.find_for_office(work, chat_id, ids[0])
    return sitting_cards.items(work.say, found.meeting)


@live_card("mitem")
async def _item(work: UnitOfWork, ids: Sequence[int], chat_id: int) -> Card | None:
    found, item = await sitting.find_item(work, chat_id, ids[1])
    more = [row for rows in ITEM_ROWS for row in rows(work, found, item)]
    more += await tasks.rows(work, found, item)
    said = item.concluded
    by = await meetings_access.author(work, said.by, said.acting_for) if said else None
    person = await people.person(work.tx, item.responsible) if item.responsible else None
    responsible = person.name if person else ""
    differing = (await opinions.of_meeting(work, found.meeting)).get(item.id)
    return sitting_cards.item(
        work.say,
        found,
        item,
        by=by,
        responsible=responsible,
        more=more,
        opinions=differing.shown(whole=True) if differing else None,
    )


@live_card("mabsent")
async def _absence(work: UnitOfWork, ids: Sequence[int], chat_id: int) -> Card | None:
    found = await sitting.find_for_office(work, chat_id, ids[0])
    member = found.meeting.invitee(ids[1])
    if member is None:
        return None
    said = found.meeting.consent(member.person)
    by = await meetings_access.author(work, said.by, said.acting_for) if said else None
    return attendance_cards.absence(work.say, found.meeting, member, found.standing, by)
