"""Another roll from a day on, a new term: asked by the office, confirmed by a second person, so at 00:00 of that day.

Frozen rolls are never touched: what is open ends as it began. Who comes is invited, who goes is told, and the whole
roll hears of it when it is confirmed and again when it is so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.committees.office_asks import OfficeAsks
from bot.committees.rules.amending import refuse_day, unknown_seats
from bot.committees.rules.roster import NewRoll, concerned, refuse_moved, refuse_roll
from bot.committees.terms import cards, store
from bot.committees.terms.store import ROSTER, Wanted
from bot.consultations import face as consultations
from bot.db import approvals, dues
from bot.db.approvals import Request, State
from bot.db.dues import DueMoment
from bot.kit import access, form, seconding
from bot.kit.access import staff_changed
from bot.kit.act import press
from bot.kit.due import arrange_all, arranged, due
from bot.kit.notify import notify, number_of, reference
from bot.kit.screen import Screen
from bot.kit.seconding import Decided
from bot.kit.seconding_cards import Asked
from bot.kit.taps import Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.people import face
from bot.people.face import House
from bot.people.rules.changes import Change, Does, holds_office, judging_body
from bot.people.rules.people import Person, head_of, sits
from bot.people.rules.seconding import Seconds, seconds_for
from bot.values.action import action
from bot.values.moments import VIET_NAM, in_viet_nam
from bot.values.quiet_hours import first_awake
from bot.values.refusal import Refusal, refuse, require
from bot.values.typed_days import PaperMark

IN_FORCE = "roster"
"""What falls due at 00:00 of the day."""


@dataclass(frozen=True)
class NewRolls(OfficeAsks):
    """Requests for another roll, or for a new term."""

    name: str = ROSTER

    async def seconds(self, work: UnitOfWork, request: Request) -> Seconds:
        """The head of the first body; where that one goes or gets another office, whoever follows in the order."""
        house = await face.house_of(work, request.committee)
        everybody = house.staff.everybody
        body = judging_body((), everybody, house.regulation)
        barred = _concerned(request, house)
        silent = request.passed_on_at is not None
        return seconds_for(house.staff, body, request.asked_by, barred, silent=silent)

    async def refuse(self, work: UnitOfWork, request: Request) -> Refusal | None:
        """Who asked is still of the office, and everything is as the roster needs it."""
        house = await face.house_of(work, request.committee)
        asker = house.person(request.asked_by)
        if asker is None or not asker.is_clerk:
            return Refusal("approval_asker_gone")
        roll = Wanted.of(request.content).roll
        if roll is None:
            return None
        moved = refuse_moved(roll, house.staff.everybody)
        return moved or await refuse_rolled(work, house, roll)

    async def carry_out(self, work: UnitOfWork, request: Request, decided: Decided) -> str:
        """It is so on its day, at once where that has begun; the roll of today is told."""
        if _begins(Wanted.of(request.content).since) <= work.now:
            await take(work, request)
            return ""
        house = await face.house_of(work, request.committee)
        asked = await self.asked(work, request)
        names = [each.name for each in decided.persons]
        card = cards.confirmed(work.say, house.committee.name, asked, request, names)
        pressed = {each.id for each in decided.persons}
        to = [each for each in _roll(house) if each.id not in pressed]
        await notify(work, to, card, f"roster_confirmed:{request.id}")
        await _arm(work, request)
        return ""

    async def asked(self, work: UnitOfWork, request: Request) -> Asked:
        """Who comes, who goes, who sits otherwise, and from when on."""
        house = await face.house_of(work, request.committee)
        return cards.wish(work.say, house, Wanted.of(request.content), request.id)

    async def told_of(self, work: UnitOfWork, request: Request) -> list[Person]:
        """A request about a head is told to the roll when it is asked."""
        house = await face.house_of(work, request.committee)
        barred = _concerned(request, house)
        heads = [head_of(house.staff.everybody, body) for body in house.regulation.bodies]
        about_head = any(head is not None and head.id in barred for head in heads)
        return _roll(house) if about_head else []


ROSTERS = NewRolls()
seconding.kind(ROSTERS)


def _roll(house: House) -> list[Person]:
    return [each for each in house.staff.everybody if sits(each)]


def _concerned(request: Request, house: House) -> frozenset[int]:
    roll = Wanted.of(request.content).roll
    return concerned(roll, house.regulation.bodies) if roll else frozenset()


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), VIET_NAM)


async def refuse_rolled(work: UnitOfWork, house: House, roll: NewRoll) -> Refusal | None:
    """Why the committee cannot have this roll now; forms that who goes has begun are finished or dropped first."""
    everybody = house.staff.everybody
    if (no := refuse_roll(roll, everybody, house.regulation)) is not None:
        return no
    lost = [
        (each.name, seat) for each, seat in unknown_seats(roll.after(everybody), house.regulation)
    ]
    if lost:
        return Refusal("roster_seats", values={"seats": lost})
    begun = [
        (person.name, draft.kind)
        for person in everybody
        if person.id in roll.goes
        for draft in await form.unfinished(work, person.id)
        if draft.kind != ROSTER
    ]
    return Refusal("roster_drafts", values={"drafts": begun}) if begun else None


async def ask(
    work: UnitOfWork,
    asker: Person,
    wanted: Wanted,
    decision: PaperMark,
    actor: Person | None = None,
) -> Request:
    """Ask for it; refused where another one waits or is ahead, and for a day that has passed."""
    require(await refuse_another(work, asker.committee))
    require(refuse_day(wanted.since, in_viet_nam(work.now).date(), None))
    require(await face.refuse_request(work, asker.committee))
    if wanted.roll is not None:
        house = await face.house_of(work, asker.committee)
        if not wanted.term and not cards.told(work.say, house, wanted):
            refuse("roster_nothing")
    asked = seconding.Wanted(ROSTER, "", wanted.kept(), decision.number, decision.day)
    return await seconding.ask(work, asker, asked, actor)


async def refuse_another(work: UnitOfWork, committee: int) -> Refusal | None:
    """One roll is decided, and its day has come, before another is asked."""
    other = await store.undecided(work.tx, committee)
    if other is None:
        return None
    values = {"day": Wanted.of(other.content).since, "asked": other.state is State.ASKED}
    return Refusal("roster_waiting", values=values, button=action("approval", other.id))


@press("roster_lines")
async def show_lines(context: Context, tap: Tap) -> Screen:
    """A page of all that changes: for whoever has it to decide."""
    async with context.look() as work:
        found = await seconding.before(work, tap.account, tap.number(0))
        house = await face.house_of(work, found.request.committee)
        wanted = Wanted.of(found.request.content)
        return Screen(cards.all_lines(work.say, house, wanted, found.request.id, tap.page(1)))


# --- when the day has come -------------------------------------------------------------------


async def _arm(work: UnitOfWork, request: Request) -> None:
    at = _begins(Wanted.of(request.content).since)
    about = reference("approval", request.id)
    await dues.put(work.tx, f"{IN_FORCE}:{request.id}", IN_FORCE, at, about=about)
    work.context.moments.wake()


@arranged(6)
async def _arrange(work: UnitOfWork, committee: int) -> None:
    for request in await store.ahead(work.tx, committee):
        await _arm(work, request)


async def _ahead(work: UnitOfWork, moment: DueMoment) -> Request | None:
    request = await approvals.request(work.tx, number_of(moment.about))
    if request is None or request.state is not State.CONFIRMED:
        return None
    still = await store.ahead(work.tx, request.committee)
    return request if any(each.id == request.id for each in still) else None


@due(IN_FORCE, on=_ahead)
async def _fall_due(work: UnitOfWork, request: Request, _moment: DueMoment) -> None:
    await take(work, request)


async def take(work: UnitOfWork, request: Request) -> None:
    """The committee has the new roll, or begins its term, from now on; what recurs follows, all are told.

    What cannot be done any more, since the people have become others, is not done by half: office and heads are told.
    """
    wanted = Wanted.of(request.content)
    house = await face.house_of(work, request.committee)
    roll, today = wanted.roll, house.staff.everybody
    why = refuse_roll(roll, today, house.regulation) if roll else None
    if why is not None:
        await _not_possible(work, house, request, why)
        return
    asked = cards.wish(work.say, house, wanted, request.id)
    turn = store.turn(request, work.now)
    if roll is None:
        await work.write(turn, _line(request, "term_begun"))
        came: list[int] = []
    else:
        known = {each.id: each for each in today}
        taken = face.take_roster(request.committee, roll, known, work.now)
        came = await work.write(taken, _line(request, "roster_taken"), turn)
    await arrange_all(work, request.committee)
    await staff_changed.happened(work, request.committee)
    if wanted.term:
        await consultations.hold_for_term(work, request.committee)
    await _tell(work, house, request, asked, came)


def _line(request: Request, did: str, **more: object) -> Line:
    detail = {
        **request.content,
        "request": request.id,
        "decision": request.decision,
        "decided_on": request.decided_on.isoformat() if request.decided_on else None,
        **more,
    }
    return Line(request.committee, None, did, reference("committee", request.committee), detail)


async def _not_possible(work: UnitOfWork, house: House, request: Request, why: Refusal) -> None:
    line = _line(request, "roster_not_possible", why=why.kind)
    await work.write(store.turn(request, work.now, why.kind), line)
    heads = {head.id for body in house.regulation.bodies for head in house.staff.heads(body)}
    to = [each for each in house.staff.everybody if each.is_clerk or each.id in heads]
    card = cards.not_possible(work.say, house.committee.name, request, why)
    key = f"roster_not_possible:{request.id}"
    await notify(work, to, card, key, not_before=first_awake(work.now))


async def _tell(
    work: UnitOfWork, before: House, request: Request, asked: Asked, came: list[int]
) -> None:
    """Everybody who sits is told; who goes hears that, too; invitations of who comes are on their way."""
    awake = first_awake(work.now)
    house = await face.house_of(work, request.committee)
    name = house.committee.name
    card = cards.in_force(work.say, name, asked, request)
    await notify(work, _roll(house), card, f"roster_taken:{request.id}", not_before=awake)
    roll = Wanted.of(request.content).roll
    asker, agreed = before.person(request.asked_by), _agreed(before, request)
    for person in before.staff.everybody:
        if roll is not None and person.id in roll.goes and asker is not None:
            change = Change(Does.RETIRE, person.name, person.id)
            made = face.Made(change, person, asker, request, agreed, person.name)
            await face.freed(work, name, made, awake)
    for new in came:
        await _invite(work, house, agreed, new, awake)


def _agreed(house: House, request: Request) -> Decided:
    """By whom it was confirmed."""
    voices = [each for each in request.voices if each.agrees and each.person]
    people = [house.person(each.person) for each in voices]
    persons = tuple(each for each in people if each is not None)
    return Decided(persons, tuple(access.by(each, None) for each in persons))


async def _invite(
    work: UnitOfWork, house: House, agreed: Decided, new: int, awake: datetime
) -> None:
    """Its link goes to the office and to who confirmed the roll; that of a head never to the office alone."""
    person = house.person(new)
    if person is None:
        return
    clerks = [each for each in house.staff.everybody if each.is_clerk and each.joined]
    confirmed = {each.id for each in agreed.persons}
    others = [each for each in house.staff.everybody if each.id in confirmed]
    if not others and holds_office(person.seats, house.regulation):
        return
    readers = list({each.id: each for each in (*clerks, *others)}.values())
    await face.send_invitation(work, None, readers, person, awake)
