"""A rule book amended from a day on: asked by the office, confirmed by a second person, in force at 00:00 of that day.

What is open keeps the rule book that it began with; what begins later takes the new one. The whole roll is told when
it is confirmed, and again when it is in force.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.committees.amending import cards, store
from bot.committees.amending.proposed import Proposed, base
from bot.committees.amending.store import AMEND, Amendment
from bot.committees.rules.amending import refuse_day, refuse_seats
from bot.committees.rules.difference import difference, kept
from bot.db import approvals, dues, people, rulebooks
from bot.db.approvals import Request, State
from bot.db.dues import DueMoment
from bot.db.rulebooks import Turn
from bot.kit import access, seconding
from bot.kit.access import staff_changed
from bot.kit.act import press
from bot.kit.due import arrange_all, arranged, due
from bot.kit.notify import notify, number_of, reference
from bot.kit.screen import Screen
from bot.kit.seconding import Decided
from bot.kit.seconding_cards import Asked, Moments
from bot.kit.taps import Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.people import face
from bot.people.face import House
from bot.people.rules.changes import judging_body
from bot.people.rules.people import Person, sits
from bot.people.rules.seconding import Seconds, seconds_for
from bot.values.action import Action, action
from bot.values.moments import VIET_NAM, in_viet_nam
from bot.values.quiet_hours import first_awake
from bot.values.refusal import NO_RIGHT, Refusal, refuse, require
from bot.values.typed_days import PaperMark

IN_FORCE = "amendment"
"""What falls due at 00:00 of the day."""


@dataclass(frozen=True)
class Amending(seconding.Kind):
    """Requests for another rule book, or for another value of a setting."""

    name: str = AMEND

    async def seconds(self, work: UnitOfWork, request: Request) -> Seconds:
        """The head of the first body that has members, as with every request."""
        house = await face.house_of(work, request.committee)
        body = judging_body((), house.staff.everybody, house.regulation)
        silent = request.passed_on_at is not None
        return seconds_for(house.staff, body, request.asked_by, (), silent=silent)

    async def refuse(self, work: UnitOfWork, request: Request) -> Refusal | None:
        """Who asked is still of the office, what it goes out from still stands, and everybody has a place in it."""
        house = await face.house_of(work, request.committee)
        asker = house.person(request.asked_by)
        if asker is None or not asker.is_clerk:
            return Refusal("approval_asker_gone")
        wanted = Amendment.of(request.content)
        if (await base(work, house.committee)).regulation.digest != wanted.before:
            return Refusal("amend_moved")
        return refuse_seats(
            house.staff.everybody, await rulebooks.regulation(work.tx, wanted.rulebook)
        )

    async def carry_out(self, work: UnitOfWork, request: Request, decided: Decided) -> str:
        """It comes into force on its day, at once where that has begun; the whole roll is told."""
        wanted = Amendment.of(request.content)
        house = await face.house_of(work, request.committee)
        asked = await self.asked(work, request)
        names = [each.name for each in decided.persons]
        card = cards.confirmed(work.say, house.committee.name, asked, request, names)
        pressed = {each.id for each in decided.persons}
        to = [each for each in _roll(house) if each.id not in pressed]
        await notify(work, to, card, f"amend_confirmed:{request.id}")
        if _begins(wanted.since) <= work.now:
            await take(work, request)
        else:
            await _arm(work, request)
        return ""

    async def asked(self, work: UnitOfWork, request: Request) -> Asked:
        """What would stand otherwise, its beginning, with the way to all of it."""
        wanted = Amendment.of(request.content)
        now = await rulebooks.regulation(work.tx, wanted.rulebook)
        before = await rulebooks.regulation(work.tx, wanted.before)
        return cards.wish(work.say, before, now, wanted, request.id)

    async def moments(self, work: UnitOfWork, request: Request) -> Moments:
        """As every request waits."""
        return await face.request_moments(work, request)

    async def told_of(self, _work: UnitOfWork, _request: Request) -> Sequence[Person]:
        """Nobody beside those who are asked: the roll is told what is confirmed."""
        return ()

    async def refuse_person(self, _work: UnitOfWork, _request: Request, _person: Person) -> Refusal:
        """Others learn nothing until it is confirmed."""
        return NO_RIGHT

    def back(self, _request: Request) -> Action:
        """To the first screen."""
        return action("home")


AMENDING = Amending()
seconding.kind(AMENDING)


def _roll(house: House) -> list[Person]:
    """Everybody whom the rule book concerns."""
    return [each for each in house.staff.everybody if sits(each)]


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), VIET_NAM)


async def ask(
    work: UnitOfWork,
    asker: Person,
    proposed: Proposed,
    since: date,
    decision: PaperMark,
    actor: Person | None = None,
) -> Request:
    """Ask for it; refused where another one waits, and for a day that has passed or is another one's."""
    committee = await people.committee(work.tx, asker.committee)
    require(await refuse_another(work, committee.id))
    standing = await base(work, committee)
    require(refuse_day(since, in_viet_nam(work.now).date(), standing.ahead))
    require(await face.refuse_request(work, committee.id))
    before, now = standing.regulation.digest, proposed.regulation.digest
    wanted = Amendment(now, before, since, proposed.file)
    await _hand_in(work, actor or asker, proposed, before)
    asked = seconding.Wanted(AMEND, "", wanted.kept(), decision.number, decision.day)
    return await seconding.ask(work, asker, asked, actor)


async def _hand_in(work: UnitOfWork, actor: Person, proposed: Proposed, before: str) -> None:
    """Its text and values are kept, whatever becomes of it."""
    now, book = proposed.regulation, proposed.kept
    detail = {"regulation": now.id, "rulebook": now.digest, "before": before}
    about = reference("rulebook", now.digest[:12])
    line = Line(actor.committee, actor, "rulebook_handed_in", about, detail)
    await work.write(rulebooks.pin(now, book.name, book.text, book.settings), line)


async def refuse_another(work: UnitOfWork, committee: int) -> Refusal | None:
    """One amendment is decided before another is asked."""
    other = await store.waiting(work.tx, committee)
    if other is None:
        return None
    values = {"day": Amendment.of(other.content).since}
    return Refusal("amend_waiting", values=values, button=action("approval", other.id))


@press("amend_lines")
async def show_lines(context: Context, tap: Tap) -> Screen:
    """A page of all that it changes: for whoever has it to decide, and for the whole roll once it is confirmed."""
    async with context.look() as work:
        request = await approvals.request(work.tx, tap.number(0))
        if request is None or request.kind != AMEND:
            refuse("gone")
        person = await access.in_committee(work, tap.account, request.committee)
        on_roll = person is not None and sits(person) and request.state is State.CONFIRMED
        if not on_roll:
            await seconding.before(work, tap.account, request.id)
        back = action("home") if on_roll else action("approval", request.id)
        wanted = Amendment.of(request.content)
        before = await rulebooks.regulation(work.tx, wanted.before)
        now = await rulebooks.regulation(work.tx, wanted.rulebook)
        lines = cards.Lines(before, now, request.id, back)
        return Screen(cards.all_lines(work.say, lines, tap.page(1)))


# --- when the day has come -------------------------------------------------------------------


async def _arm(work: UnitOfWork, request: Request) -> None:
    at = _begins(Amendment.of(request.content).since)
    about = reference("approval", request.id)
    await dues.put(work.tx, f"{IN_FORCE}:{request.id}", IN_FORCE, at, about=about)
    work.context.moments.wake()


@arranged(5)
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
    """The committee goes by the new rule book from now on; what recurs follows, and the whole roll is told."""
    wanted = Amendment.of(request.content)
    committee = await people.committee(work.tx, request.committee)
    before = await rulebooks.regulation(work.tx, committee.rulebook)
    now = await rulebooks.regulation(work.tx, wanted.rulebook)
    turn = Turn(committee.id, before.digest, now.digest, wanted.since, work.now, request.id)
    line = Line(committee.id, None, "amended", reference("rulebook", now.digest[:12]), {
        "regulation": now.id,
        "rulebook": now.digest,
        "before": before.digest,
        "from": wanted.since.isoformat(),
        "request": request.id,
        "decision": request.decision,
        "decided_on": request.decided_on.isoformat() if request.decided_on else None,
        "difference": [kept(each) for each in difference(before, now)],
    })  # fmt: skip
    book = await rulebooks.kept(work.tx, wanted.rulebook)
    await work.write(people.take_rulebook(now, book, turn), line)
    await arrange_all(work, committee.id)
    await staff_changed.happened(work, committee.id)
    house = await face.house_of(work, committee.id)
    lost = refuse_seats(house.staff.everybody, now)
    asked = cards.wish(work.say, before, now, wanted, request.id)
    shown = cards.in_force(work.say, committee.name, asked, request, lost)
    awake = first_awake(work.now)
    await notify(work, _roll(house), shown, f"amended:{request.id}", not_before=awake)
