"""What whoever runs the machine sees and does about persons, where nobody in the committee could."""

from __future__ import annotations

from dataclasses import dataclass

from bot.db import people
from bot.db.approvals import Request
from bot.kit import seconding, speaking
from bot.kit.notify import notify, stamp
from bot.kit.seconding_cards import Asked
from bot.kit.spreadsheet import workbook
from bot.kit.unit import Context, UnitOfWork
from bot.people import access, cards, change_cards, changing, joining, roster_sheet
from bot.people.decision import read_decision, refuse_decision
from bot.people.rules.changes import as_clerk, no_clerk
from bot.people.rules.people import Person, sits
from bot.values.refusal import refuse, require


async def invite_by_machine(work: UnitOfWork, person_id: int) -> str:
    """Who runs the machine issues an invitation for a seat never joined; everybody who sits is told. Gives the link."""
    person = await people.person(work.tx, person_id)
    if person is None:
        refuse("person_gone")
    if person.joined:
        refuse("joined_already", name=person.name)
    work = await speaking.of_committee(work, person.committee)
    house = await access.house_of(work, person.committee)
    link = await joining.send_invitation(work, seconding.keeper(work, person.committee), (), person)
    card = cards.invited_by_machine(work.say, house.committee.name, person)
    everybody = [each for each in house.staff.everybody if sits(each)]
    await notify(work, everybody, card, f"machine_invited:{person.id}:{stamp(work)}")
    return link


@dataclass(frozen=True, slots=True)
class Given:
    """As typed: to whom the office's part is to be given, or whose is to end; by which decision, "" for none."""

    name: str
    ends: bool = False
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """A request that was entered: its number, in words, and who may confirm it on the phone; nobody where none can."""

    request: int
    title: str
    seconds: tuple[str, ...]


async def ask_part(work: UnitOfWork, committee: int, given: Given) -> Entered:
    """Ask for a clerk who may be gone that somebody is one besides, or no more; refused as on the phone."""
    work = await speaking.of_committee(work, committee)
    house = await access.house_of(work, committee)
    everybody = house.staff.everybody
    person = next((p for p in everybody if p.name.casefold() == given.name.casefold()), None)
    if person is None:
        refuse("machine_no_person", name=given.name, known=[each.name for each in everybody])
    require(refuse_decision(None, given.decision, work.now))
    clerks = sorted((p for p in everybody if p.is_clerk), key=lambda p: p.id == person.id)
    change = no_clerk(person) if given.ends else as_clerk(person)
    decision = read_decision(given.decision, work.now)
    by = seconding.keeper(work, committee)
    request = await changing.ask(work, clerks[0], change, decision, by)
    if request is None:
        raise LookupError("the office's part needs a second person")
    seconds = changing.seconds_of(change, house, clerks[0].id).everyone
    names = tuple(each.name for each in everybody if each.id in seconds)
    return Entered(request.id, change_cards.wish(work.say, house, change).title, names)


async def roster(work: UnitOfWork, committee: int) -> bytes:
    """The roster of today as a spreadsheet, in the words of its committee."""
    work = await speaking.of_committee(work, committee)
    return workbook([roster_sheet.of_house(work.say, await access.house_of(work, committee))])


@dataclass(frozen=True, slots=True)
class Ledger:
    """What whoever runs the machine sees of one committee: what waits, and who has not joined."""

    committee: str
    waiting: tuple[tuple[Request, Asked, bool], ...]
    """Each request, in words, and whether it waits for the machine."""
    not_joined: tuple[Person, ...]


async def ledgers(context: Context) -> tuple[Ledger, ...]:
    """Every committee as it stands."""
    async with context.look() as work:
        return tuple([await _ledger(work, c.id) for c in await people.all_committees(work.tx)])


async def _ledger(work: UnitOfWork, committee: int) -> Ledger:
    work = await speaking.of_committee(work, committee)
    house = await access.house_of(work, committee)
    found = await seconding.listed(work, committee)
    absent = tuple(each for each in house.staff.everybody if not each.joined)
    return Ledger(house.committee.name, found, absent)
