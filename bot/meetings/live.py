"""The live cards of a meeting: their names, whom they reach, and how they come to show the facts of now."""

from __future__ import annotations

from bot.db import live_cards, people
from bot.kit.notify import reference
from bot.kit.unit import UnitOfWork
from bot.meetings.rules.meeting import Meeting
from bot.people.rules.people import Person


def about(meeting_id: int) -> str:
    """What messages and due moments of a meeting are about."""
    return reference("meeting", meeting_id)


def invitation(meeting_id: int, person: int) -> str:
    """The live name of one person's invitation."""
    return f"meeting:{meeting_id}:{person}"


def dash(meeting_id: int) -> str:
    """The live name of a meeting's dashboard."""
    return f"mdash:{meeting_id}"


def items(meeting_id: int) -> str:
    """The live name of a meeting's list of items."""
    return f"mitems:{meeting_id}"


def item(meeting_id: int, item_id: int) -> str:
    """The live name of one item before the office."""
    return f"mitem:{meeting_id}:{item_id}"


def absence(meeting_id: int, person: int) -> str:
    """The live name of the card that asks for consent to a member's absence."""
    return f"mabsent:{meeting_id}:{person}"


async def refresh_absence(work: UnitOfWork, meeting: Meeting, person: int) -> None:
    """Have the cards that ask for consent show the facts of now."""
    live = absence(meeting.id, person)
    await live_cards.refresh(work.tx, live, work.now, about=about(meeting.id))


async def refresh(work: UnitOfWork, meeting: Meeting, person: int | None = None) -> None:
    """Have the dashboards and items, and one person's or everybody's invitation, show the facts of now."""
    shown = invitation(meeting.id, person) if person else about(meeting.id)
    every = (dash(meeting.id), items(meeting.id), f"mitem:{meeting.id}", shown)
    await live_cards.refresh(work.tx, every, work.now, about=about(meeting.id))


async def invited(work: UnitOfWork, meeting: Meeting, *, guests: bool) -> list[Person]:
    """Those invited who are still of the committee, members first; guests where wanted."""
    ids = [each.person for each in meeting.invitees if guests or not each.guest]
    found = await people.persons(work.tx, ids)
    everybody = {each.id for each in await people.of_committee(work.tx, meeting.committee)}
    return [found[one] for one in ids if one in found and one in everybody]
