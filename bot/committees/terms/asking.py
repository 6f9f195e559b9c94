"""Another roll from a day on, a new term: asked by the office, confirmed by a second person, so at 00:00 of that day.

The frozen roll of a consultation is never touched: what is open ends as it began. A meeting called before is held by
the new roll. Who comes is invited, who goes is told, and the whole roll hears of it when it is confirmed and again when
it is so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.committees.from_a_day import FromADay, agreed, enter, readable, seated, tell_roll
from bot.committees.rules.amending import unknown_seats
from bot.committees.rules.days import refuse_day
from bot.committees.terms import cards, store
from bot.committees.terms.store import ROSTER, Wanted
from bot.consultations import face as consultations
from bot.db import terms
from bot.db.approvals import Request, State
from bot.db.fact import Fact
from bot.db.terms import Turn
from bot.kit import access, form, seconding
from bot.kit.access import staff_changed
from bot.kit.act import press
from bot.kit.due import arrange_all
from bot.kit.notify import notify, reference
from bot.kit.occasions import Occurred, occurred
from bot.kit.screen import Screen
from bot.kit.seconding_cards import Asked
from bot.kit.seconding_kinds import Decided
from bot.kit.taps import Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.meetings import face as meetings
from bot.people import face
from bot.people.face import House
from bot.people.rules.changes import Change, Does, holds_office
from bot.people.rules.new_roll import NewRoll, concerned, refuse_moved, refuse_roll
from bot.people.rules.people import Person, head_of
from bot.regulations.rules.duties import Happens
from bot.values.action import action
from bot.values.moments import in_viet_nam
from bot.values.refusal import Refusal, refuse, require
from bot.values.typed_days import PaperMark


@dataclass(frozen=True)
class NewRolls(FromADay):
    """Requests for another roll, or for a new term."""

    name: str = ROSTER
    falls: str = "roster"

    def barred(self, house: House, request: Request) -> frozenset[int]:
        """Who goes, and a head who gets another office; whoever follows in the order confirms it then."""
        wanted = Wanted.of(request.content).roll
        return concerned(wanted, house.regulation.bodies) if wanted else frozenset()

    async def refuse_now(self, work: UnitOfWork, house: House, request: Request) -> Refusal | None:
        """Everything is as the roster needs it."""
        wanted = Wanted.of(request.content).roll
        if wanted is None:
            return None
        moved = refuse_moved(wanted, house.staff.everybody)
        return moved or await refuse_rolled(work, house, wanted)

    def since(self, request: Request) -> date:
        """The day on which people sit as it says."""
        return Wanted.of(request.content).since

    async def confirmed_ahead(self, work: UnitOfWork, request: Request) -> None:
        """A term that begins on a day ahead ends the one before: what is owed for them is due from now on."""
        await _occurred(work, request)

    async def called_off(self, work: UnitOfWork, request: Request) -> None:
        """The term goes on: nothing is due at its end."""
        await _occurred(work, request)

    async def ahead(self, work: UnitOfWork, committee: int) -> Sequence[Request]:
        """What is confirmed and whose day has not come yet."""
        return await store.ahead(work.tx, committee)

    async def take(self, work: UnitOfWork, request: Request) -> None:
        """The committee has the new roll, or begins its term; what recurs follows, all are told.

        What cannot be done any more, since the people have become others, is not done by half: office and heads
        are told.
        """
        await _take(work, request)

    def heading(self, request: Request) -> str:
        """A new term has a heading of its own."""
        return "term" if Wanted.of(request.content).term else self.name

    async def asked(self, work: UnitOfWork, request: Request) -> Asked:
        """Who comes, who goes, who sits otherwise, and from when on."""
        house = await face.house_of(work, request.committee)
        return cards.wish(work.say, house, Wanted.of(request.content), request.id)

    async def told_of(self, work: UnitOfWork, request: Request) -> list[Person]:
        """A request about a head is told to the roll when it is asked."""
        house = await face.house_of(work, request.committee)
        barred = self.barred(house, request)
        heads = [head_of(house.staff.everybody, body) for body in house.regulation.bodies]
        about_head = any(head is not None and head.id in barred for head in heads)
        return seated(house) if about_head else []


ROSTERS = NewRolls()
enter(ROSTERS, 6)


async def refuse_rolled(
    work: UnitOfWork, house: House, roll: NewRoll, reader: int = 0
) -> Refusal | None:
    """Why the committee cannot have this roll now; forms that who goes has begun are finished or dropped first.

    A reader who goes is led to the own forms, everybody else to where the seat of one person is ended alone.
    """
    everybody = house.staff.everybody
    if (no := refuse_roll(roll, everybody, house.regulation)) is not None:
        return no
    lost = [
        (each.name, seat) for each, seat in unknown_seats(roll.after(everybody), house.regulation)
    ]
    if lost:
        return Refusal("roster_seats", values={"seats": lost})
    begun = [
        (person, draft.kind)
        for person in everybody
        if person.id in roll.goes
        for draft in await form.unfinished(work, person.id)
        if draft.kind != ROSTER
    ]
    if not begun:
        return None
    own = any(person.id == reader for person, _ in begun)
    names = [(person.name, kind) for person, kind in begun]
    instead, way = "people", action("people", house.committee.id)
    if own:
        instead, way = "drafts", action("drafts")
    return Refusal("roster_drafts", instead=instead, values={"drafts": names}, button=way)


async def ask(
    work: UnitOfWork,
    asker: Person,
    wanted: Wanted,
    decision: PaperMark,
    actor: Person | None = None,
) -> Request:
    """Ask for it; refused where another one waits or is ahead, and for a day that has passed."""
    require(await refuse_another(work, asker.committee))
    require(refuse_day(wanted.since, in_viet_nam(work.now).date()))
    require(await face.refuse_request(work, asker.committee))
    if wanted.roll is not None:
        house = await face.house_of(work, asker.committee)
        if not wanted.term and not cards.told(work.say, house, wanted):
            refuse("roster_nothing")
    asked = seconding.Wanted(ROSTER, wanted.kept(), decision=decision)
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
    """A page of all that changes: for whoever has it to decide, and for the whole roll once it is confirmed."""
    async with context.look() as work:
        request, back = await readable(work, tap.account, tap.number(0), ROSTERS)
        house = await face.house_of(work, request.committee)
        every = cards.told(work.say, house, Wanted.of(request.content))
        return Screen(cards.all_lines(work.say, every, request.id, back, tap.page(1)))


# --- when the day has come -------------------------------------------------------------------


async def _take(work: UnitOfWork, request: Request) -> None:
    wanted = Wanted.of(request.content)
    house = await face.house_of(work, request.committee)
    roll, today = wanted.roll, house.staff.everybody
    why = refuse_roll(roll, today, house.regulation) if roll else None
    if why is not None:
        await _not_possible(work, house, request, why)
        return
    asked = cards.wish(work.say, house, wanted, request.id)
    turn = _turn(work, request)
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
    if roll is not None:  # last: who goes has by then been told all that concerns the seat
        await meetings.reseat(work, request.committee, today)


def _turn(work: UnitOfWork, request: Request, refused: str = "") -> Fact[None]:
    wanted = Wanted.of(request.content)
    return terms.turn(
        Turn(request.committee, request.id, wanted.since, wanted.term, work.now, refused)
    )


async def _occurred(work: UnitOfWork, request: Request) -> None:
    if Wanted.of(request.content).term:
        for what in (Happens.TERM, Happens.TERM_END):
            await occurred.happened(work, Occurred(request.committee, what))


def _line(request: Request, did: str, **more: object) -> Line:
    detail = {
        **request.content,
        "request": request.id,
        **request.rests_on,
        **more,
    }
    return Line(request.committee, None, did, reference("committee", request.committee), detail)


async def _not_possible(work: UnitOfWork, house: House, request: Request, why: Refusal) -> None:
    line = _line(request, "roster_not_possible", why=why.kind)
    await work.write(_turn(work, request, why.kind), line)
    await _occurred(work, request)
    heads = {head.id for body in house.regulation.bodies for head in house.staff.heads(body)}
    to = [each for each in house.staff.everybody if each.is_clerk or each.id in heads]
    card = cards.not_possible(work.say, house.committee.name, request, why)
    key = f"roster_not_possible:{request.id}"
    await notify(work, to, card, key)


async def _tell(
    work: UnitOfWork, before: House, request: Request, asked: Asked, came: list[int]
) -> None:
    """Everybody who sits is told; who goes hears that, too; invitations of who comes are on their way."""
    house = await face.house_of(work, request.committee)
    name = house.committee.name
    card = cards.in_force(work.say, name, asked, request)
    await tell_roll(work, house, card, f"roster_taken:{request.id}")
    roll = Wanted.of(request.content).roll
    asker, confirmed = before.person(request.asked_by), agreed(before, request)
    decided = Decided(confirmed, tuple(access.by(each, None) for each in confirmed))
    for person in before.staff.everybody:
        if roll is not None and person.id in roll.goes and asker is not None:
            change = Change(Does.RETIRE, person.name, person.id)
            made = face.Made(change, person, asker, request, decided, person.name)
            await face.freed(work, name, made)
    for new in came:
        await _invite(work, house, confirmed, new)


async def _invite(work: UnitOfWork, house: House, confirmed: Sequence[Person], new: int) -> None:
    """Its link goes to the office and to who confirmed the roll; that of a head never to the office alone."""
    person = house.person(new)
    if person is None:
        return
    clerks = [each for each in house.staff.everybody if each.is_clerk and each.joined]
    ids = {each.id for each in confirmed}
    others = [each for each in house.staff.everybody if each.id in ids]
    if not others and holds_office(person.seats, house.regulation):
        return
    readers = list({each.id: each for each in (*clerks, *others)}.values())
    await face.send_invitation(work, None, readers, person)
