"""A change of who sits where: asked for by the office, confirmed by a second person, made, told to the whole roll.

Guests and units stand on no roll and need no second person. A frozen roll is never touched here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.calendar import face as calendar
from bot.db import approvals, drafts, people
from bot.db.approvals import Request, State
from bot.db.fact import Fact
from bot.kit import seconding
from bot.kit.access import staff_changed
from bot.kit.notify import notify, number_of, reference, stamp
from bot.kit.seconding_cards import Asked, Moments
from bot.kit.seconding_kinds import Decided, Kind, kind
from bot.kit.unit import Context, Line, UnitOfWork
from bot.people import access, beginning, joining, store
from bot.people import change_cards as cards
from bot.people.access import House
from bot.people.joining import subject
from bot.people.rules.acting import StandIn, may_decide_about
from bot.people.rules.changes import (
    Change,
    Does,
    bodies_of,
    holds_office,
    judging_body,
    names_clerk,
    needs_decision,
    needs_second,
    refuse_change,
)
from bot.people.rules.people import Person, SeatHeld, head_of, members_of
from bot.people.rules.seconding import SILENT_DAYS, Seconds, seconds_for
from bot.regulations.rules.regulation import Body
from bot.values.action import Action, action
from bot.values.moments import in_viet_nam
from bot.values.refusal import NO_RIGHT, Refusal, Refused, refuse, require
from bot.values.typed_days import NO_PAPER, PaperMark

WAITS_DAYS = 20
"""Working days after which a request that nobody decided lapses."""


# --- what is asked ---------------------------------------------------------------------------


def seats_of(change: Change, house: House) -> tuple[SeatHeld, ...]:
    """The seats that a change is about: the one it names, else all of its person."""
    person = house.person(change.person)
    return (change.seat,) if change.seat else person.seats if person else ()


def _body(change: Change, house: House) -> Body:
    return judging_body(seats_of(change, house), house.staff.everybody, house.regulation)


def seconds_of(change: Change, house: House, asker: int, *, silent: bool = False) -> Seconds:
    """Who must confirm a change that this person asks for, as the committee stands now."""
    concerned = () if change.person is None else (change.person,)
    return seconds_for(house.staff, _body(change, house), asker, concerned, silent=silent)


def _about_head(change: Change, house: House) -> bool:
    """Whether it is about somebody who heads one of the bodies concerned."""
    everybody = house.staff.everybody
    heads = [head_of(everybody, b) for b in bodies_of(seats_of(change, house), house.regulation)]
    return any(head is not None and head.id == change.person for head in heads)


def roll_of(change: Change, house: House) -> list[Person]:
    """Whom a change is told: the rolls of the bodies concerned, their officers, the office, the person."""
    everybody = house.staff.everybody
    bodies = bodies_of(seats_of(change, house), house.regulation)
    rolls = [each for body in bodies for each in members_of(everybody, body.id)]
    officers = [each for each in everybody if any(each.officer_of(body.id) for body in bodies)]
    office = [each for each in everybody if each.is_clerk or each.id == change.person]
    return list({each.id: each for each in (*rolls, *officers, *office)}.values())


@dataclass(frozen=True)
class Staffing(Kind):
    """Requests about seats, offices and accounts, asked by a clerk; a head, too, asks who is a clerk."""

    name: str = "people"

    async def seconds(self, work: UnitOfWork, request: Request) -> Seconds:
        """In the order of second persons, of the body that the change is about."""
        house = await access.house_of(work, request.committee)
        silent = request.passed_on_at is not None
        return seconds_of(Change.of(request.content), house, request.asked_by, silent=silent)

    async def refuse(self, work: UnitOfWork, request: Request) -> Refusal | None:
        """The seats as they were when it was asked, and who asked still in the right to ask it."""
        house = await access.house_of(work, request.committee)
        asker = house.person(request.asked_by)
        change = Change.of(request.content)
        if asker is None or not _may_ask_for(change, asker, house):
            return Refusal("approval_asker_gone")
        return refuse_change(change, house.staff.everybody)

    async def carry_out(self, work: UnitOfWork, request: Request, decided: Decided) -> str:
        """Make the change."""
        house = await access.house_of(work, request.committee)
        asker = house.person(request.asked_by)
        if asker is None:
            refuse("approval_asker_gone")
        return await make(work, house, Change.of(request.content), asker, request, decided)

    async def asked(self, work: UnitOfWork, request: Request) -> Asked:
        """The change in words."""
        house = await access.house_of(work, request.committee)
        change = Change.of(request.content)
        leaver = house.person(change.person) if change.does is Does.RETIRE else None
        running = await access.running_of(work, leaver) if leaver else ()
        return cards.wish(work.say, house, change, len(running))

    async def moments(self, work: UnitOfWork, request: Request) -> Moments:
        """As every request waits."""
        return await moments_of(work, request)

    async def told_of(self, work: UnitOfWork, request: Request) -> Sequence[Person]:
        """A request about the head is told to the roll when it is asked."""
        house = await access.house_of(work, request.committee)
        change = Change.of(request.content)
        return roll_of(change, house) if _about_head(change, house) else ()

    async def refuse_person(self, work: UnitOfWork, request: Request, person: Person) -> Refusal:
        """Who stands in for the head learns what that does not cover; others learn nothing."""
        house = await access.house_of(work, request.committee)
        change = Change.of(request.content)
        acting = house.staff.acting(person, _body(change, house))
        if acting is None or acting.standing_in is None:
            return NO_RIGHT
        return may_decide_about(acting, change.person or 0) or NO_RIGHT

    def back(self, request: Request) -> Action:
        """To the person, or where there is none yet to the list."""
        if not request.about:
            return action("people", request.committee)
        return action("people_one", number_of(request.about))


kind(Staffing())


@beginning.began.follow
async def _stands_in(work: UnitOfWork, given: StandIn) -> None:
    """What waits for the head's word reaches who stands in."""
    person = await people.person(work.tx, given.to)
    if person is not None:
        await seconding.send_waiting(work, person)


@joining.within_reach.follow
async def _within_reach(work: UnitOfWork, account: int) -> None:
    """What was asked before somebody joined who may decide it is sent now."""
    for person in await people.of_account(work.tx, account):
        await seconding.send_waiting(work, person)


def _may_ask_for(change: Change, asker: Person, house: House) -> bool:
    """Clerks ask for every change; who may name a clerk, for that."""
    return asker.is_clerk or (names_clerk(change) and house.may_name_clerk(asker))


def may_ask(change: Change, house: House) -> Refusal | None:
    """What can be made as the committee stands now."""
    return refuse_change(change, house.staff.everybody)


async def ask(
    work: UnitOfWork,
    asker: Person,
    change: Change,
    decision: PaperMark = NO_PAPER,
    actor: Person | None = None,
) -> Request | None:
    """Ask for a change; gives the request that waits, or None where it needs no second person and is made.

    The register names the `actor` where another than who asks enters it. Refused to whom it is not for, and
    where it cannot be made, lacks the decision that it rests on, or waits already.
    """
    house = await access.house_of(work, asker.committee)
    if not _may_ask_for(change, asker, house):
        raise Refused(NO_RIGHT)
    require(may_ask(change, house))
    person = house.person(change.person)
    if not needs_second(change, person):
        await make(work, house, change, asker)
        return None
    if needs_decision(change, person) and not (decision.number and decision.day):
        refuse("decision_needed")
    await _refuse_waiting(work, asker.committee, change)
    require(await refuse_calendar(work, asker.committee))
    about = subject(person) if person else ""
    wanted = seconding.Wanted("people", change.kept(), about, decision)
    return await seconding.ask(work, asker, wanted, actor)


async def moments_of(work: UnitOfWork, request: Request) -> Moments:
    """Three working days for who is asked first, and twenty in all; each ends with its last day."""
    days = await calendar.working_calendar(work.tx, request.committee)
    first = in_viet_nam(request.asked_at).date()
    ends = [days.add_working_days(first, count) for count in (SILENT_DAYS, WAITS_DAYS)]
    return Moments(*(days.end_of_day(day) for day in ends))


async def refuse_calendar(work: UnitOfWork, committee: int) -> Refusal | None:
    """Working days are counted only as far as their days off are known."""
    days = await calendar.working_calendar(work.tx, committee)
    until = days.add_working_days(in_viet_nam(work.now).date(), WAITS_DAYS)
    if days.reaches(until):
        return None
    return Refusal(
        "calendar_ends", values={"last": days.last_year, "until": days.end_of_day(until)}
    )


async def _refuse_waiting(work: UnitOfWork, committee: int, change: Change) -> None:
    """The same is not asked twice at a time; what is asked otherwise about one seat waits side by side."""
    for request in await waiting(work, committee):
        other = Change.of(request.content)
        same = (other.does, other.person, other.before) == (
            change.does,
            change.person,
            change.before,
        )
        if same and (change.person or other.name.casefold() == change.name.casefold()):
            refuse("approval_waiting")


async def waiting(work: UnitOfWork, committee: int, person: int | None = None) -> list[Request]:
    """Requests about the people of a committee, or about one of them, that nobody has decided yet."""
    found = [r for r in await approvals.waiting(work.tx, committee) if r.kind == "people"]
    return [r for r in found if person is None or r.content["person"] == person]


# --- what is made ----------------------------------------------------------------------------


async def make(
    work: UnitOfWork,
    house: House,
    change: Change,
    asker: Person,
    request: Request | None = None,
    decided: Decided | None = None,
) -> str:
    """Make a change: fact and line, the word to the whole roll, the invitation or the end of an account.

    Gives the link of a new invitation, or "".
    """
    before = house.person(change.person)
    told_before = roll_of(change, house)
    person = await _write(work, house, change, asker, _grounds(request, decided))
    house = await access.house_of(work, asker.committee)
    to = {each.id: each for each in (*told_before, *roll_of(change, house), asker)}
    presser = decided.persons[-1].id if decided and decided.persons else None
    pressed_by = asker.id if request is None else presser
    was = before.name if before else ""
    made = cards.Made(change, person, asker, request, decided, was)
    card = cards.changed(work.say, house, made)
    others = [each for each in to.values() if each.id != pressed_by]
    await notify(work, others, card, f"staffing:{change.does}:{person.id}:{stamp(work)}")
    await staff_changed.happened(work, asker.committee)
    if before is not None and change.does in (Does.RETIRE, Does.REBIND):
        await freed(work, house.committee.name, replace(made, person=before))
    if change.does not in (Does.ADD_PERSON, Does.REBIND):
        return ""
    readers = (asker, *(decided.persons if decided else ()))
    return await joining.send_invitation(work, asker, readers, replace(person, account=None))


def _grounds(request: Request | None, decided: Decided | None) -> dict[str, object]:
    """What the line of a change says of the decision that it rests on, and of who confirmed it."""
    if request is None or decided is None:
        return {}
    return {
        "request": request.id,
        "confirmed_by": [each.id for each in decided.persons],
        **request.rests_on,
    }


async def _write(
    work: UnitOfWork, house: House, change: Change, asker: Person, grounds: dict[str, object]
) -> Person:
    """The facts of a change with its line; gives the person as it then is."""
    committee = house.committee.id
    if change.person is None:
        return await _enter(work, committee, change, asker, grounds)
    person = house.person(change.person)
    if person is None:
        refuse("person_gone")
    if change.does is Does.ADD_SEAT and change.after is not None:
        place = await people.next_place(work.tx, committee, change.after.body)
        change = replace(change, after=replace(change.after, place=place))
    running = [number for number, _, _ in await access.running_of(work, person)]
    detail = {**_told(change, person, running), **grounds}
    first, *more = _facts(work, change, person)
    await work.write(first, Line(committee, asker, change.does, subject(person), detail), *more)
    now = (await people.persons(work.tx, [person.id])).get(person.id)
    return now or person


async def _enter(
    work: UnitOfWork, committee: int, change: Change, asker: Person, grounds: dict[str, object]
) -> Person:
    """Somebody new, last on the roll of the body."""
    seat = change.after
    if seat is None:
        refuse("stale_question")
    place = await people.next_place(work.tx, committee, seat.body)
    seat = replace(seat, place=place)
    detail = {"name": change.name, **_of_seat(seat), **grounds}
    new = await work.write(
        store.enter(committee, change.name, seat),
        lambda new: Line(committee, asker, change.does, reference("person", new), detail),
    )
    return Person(new, committee, change.name, None, (seat,))


def _facts(work: UnitOfWork, change: Change, person: Person) -> list[Fact[None]]:
    facts: list[Fact[None]] = []
    match change.does:
        case Does.RENAME:
            facts.append(store.rename(person.id, change.name))
        case Does.REBIND:
            facts.append(store.bind(person.id, None))
        case Does.RETIRE:
            facts.append(store.retire(person.id, work.now))
    if change.before is not None:
        facts.append(store.end_seat(person.id, change.before, work.now))
    if change.after is not None:
        facts.append(store.add_seat(person.committee, person.id, change.after))
    return facts


def _told(change: Change, person: Person, running: list[int]) -> dict[str, object]:
    """What the line of the register tells of a change."""
    seat = change.seat
    match change.does:
        case Does.RENAME:
            return {"before": person.name, "after": change.name}
        case Does.REBIND:
            return {}
        case Does.RETIRE:
            return {"name": person.name, "running": running}
        case Does.CHANGE_SEAT if change.before and change.after:
            both = {"before": _written(change.before), "after": _written(change.after)}
            return {"body": change.after.body, **both}
        case _:
            return _of_seat(seat) if seat else {}


def _of_seat(seat: SeatHeld) -> dict[str, object]:
    """A seat that begins or ends, with its role: a clerk's and an officer's before all have no body."""
    return {"role": seat.role.value, "body": seat.body, **_written(seat)}


def _written(seat: SeatHeld) -> dict[str, object]:
    marks = {"part_time_vice_president": True} if seat.part_time_vice_president else {}
    return {"office": seat.office, "full_time": seat.full_time, **marks}


async def freed(work: UnitOfWork, committee: str, made: cards.Made) -> None:
    """The account a person had hears that it is that person no longer, and nothing more follows."""
    person = made.person
    if person.account is None:
        return
    await store.drop_waiting(work.tx, person.id, person.account, work.now)
    await drafts.answered(work.tx, person.account)
    running = await access.running_of(work, person) if made.change.does is Does.RETIRE else ()
    card = cards.freed(work.say, committee, made, len(running))
    key = f"freed:{person.id}:{stamp(work)}"
    await notify(work, [person], card, key)


# --- an invitation once more -----------------------------------------------------------------


def readers_of_link(house: House, person: Person, clerk: Person) -> list[Person]:
    """Who is shown the link that a clerk issues once more: the clerk, and who would confirm a change of that seat.

    Refused where that is nobody and the seat leads a body: its link never reaches the clerk alone.
    """
    if not needs_second(Change(Does.RETIRE, person.name, person.id), person):
        return [clerk]
    seconds = seconds_of(Change(Does.RETIRE, person.name, person.id), house, clerk.id)
    others = [each for each in house.staff.everybody if each.id in seconds.everyone]
    if not others and holds_office(person.seats, house.regulation):
        refuse("link_unseen", name=person.name)
    return [clerk, *others]


async def newest(context: Context, name: str, person: int) -> int | None:
    """The request about that person, or about adding one of that name, asked last; one that waits comes first."""
    async with context.look() as work:
        found = await approvals.of_kind(work.tx, "people")
    about = [r for r in found if r.content["person"] == person or r.content["name"] == name]
    about.sort(key=lambda each: (each.state is State.ASKED, each.id))
    return about[-1].id if about else None
