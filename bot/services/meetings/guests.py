"""Guests of a meeting as it is called or changed: known persons, and those entered now with a way in."""

from __future__ import annotations

from bot.domain.meeting import GuestWanted, Invitee, Meeting
from bot.domain.people import Person, Role, SeatHeld
from bot.services import staffing
from bot.services.desk import Work
from bot.services.meetings.floor import Floor
from bot.store import people


async def guests_of(
    work: Work, stood: Floor, asked: tuple[GuestWanted, ...]
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


async def _new_guest(work: Work, stood: Floor, name: str) -> Person:
    committee = stood.meeting.committee
    new = await people.add_person(work.tx, committee, name)
    seat = SeatHeld(Role.GUEST, "", Role.GUEST.value)
    await people.add_seat(work.tx, committee, new, seat)
    detail = {"name": name, "role": Role.GUEST.value, "body": "", "office": seat.office}
    await work.record(committee, stood.person, "person_added", f"person:{new}", detail)
    return Person(new, committee, name, None, (seat,))


async def send_links(work: Work, stood: Floor, meeting: Meeting, newcomers: list[Person]) -> None:
    """The way into the bot for guests not known before, to whoever prepared the meeting."""
    clerk = await people.person(work.tx, meeting.prepared_by) or stood.person
    for guest in newcomers:
        await staffing.send_invitation(work, clerk, guest)
