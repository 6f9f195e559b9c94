"""What is confirmed and counts from a day that has not come is called off: asked and confirmed as it was itself.

It may be an amendment, a roster, a new term or the end of the committee. Whoever was told that it will be is told
that it will not. What has begun is never called off: it is asked for anew, the other way round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.committees.calling_off import cards
from bot.committees.from_a_day import FromADay, tell_roll
from bot.committees.when import refuse_undecided
from bot.db import approvals, dues
from bot.db.approvals import Request, State
from bot.kit import seconding, seconding_kinds
from bot.kit.act import act, press
from bot.kit.ask import Words
from bot.kit.notify import reference
from bot.kit.screen import Screen
from bot.kit.seconding_cards import Asked
from bot.kit.seconding_kinds import Decided, kind_of
from bot.kit.taps import Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.kit.waiting import home_row
from bot.people import face
from bot.people.face import House, Office, read_decision
from bot.people.rules.people import Person
from bot.people.rules.seconding import Seconds
from bot.values.action import action
from bot.values.limits import SHORT_REASON_LIMIT
from bot.values.moments import begins
from bot.values.refusal import Refusal, Refused, refuse, require
from bot.values.typed_days import PaperMark

CALL_OFF = "call_off"
"""Requests of this kind, and the act that asks for one."""


@dataclass(frozen=True, slots=True)
class Coming:
    """What is confirmed and whose day has not come, with the kind that answers for it."""

    kind: FromADay
    request: Request


@dataclass(frozen=True)
class CallingOff(face.OfficeAsks):
    """Requests that something confirmed be not done on its day."""

    name: str = CALL_OFF

    async def refuse_now(self, work: UnitOfWork, _house: House, request: Request) -> Refusal | None:
        """Its day has not come, and nothing else goes out from it."""
        coming = await _coming(work, request.committee, request.content["of"])
        if coming is None:
            return Refusal("call_off_over")
        return await coming.kind.refuse_calling_off(work, coming.request)

    async def seconds(self, work: UnitOfWork, request: Request) -> Seconds:
        """Whoever might confirm what is called off; who asked that may confirm this, who asks this may not."""
        kind, of = await _of(work, request)
        return await kind.seconds(work, _as_asked(of, request))

    async def is_about_the_end(self, work: UnitOfWork, request: Request) -> bool:
        """Where the end is what would be called off."""
        kind, of = await _of(work, request)
        return await kind.is_about_the_end(work, of)

    async def told_of(self, work: UnitOfWork, request: Request) -> Sequence[Person]:
        """Whoever heard of the other request when it was asked."""
        kind, of = await _of(work, request)
        return await kind.told_of(work, of)

    async def carry_out(self, work: UnitOfWork, request: Request, decided: Decided) -> str:
        """Nothing falls due by it any more, and everybody whom it concerned is told."""
        kind, of = await _of(work, request)
        detail = {"request": of.id, "kind": of.kind, "by": request.id}
        about = reference("committee", request.committee)
        line = Line(request.committee, None, "called_off", about, detail)
        await work.write(approvals.settle(of.id, State.CALLED_OFF, work.now), line)
        await dues.cancel_about(work.tx, reference("approval", of.id), (kind.falls,))
        await kind.called_off(work, of)
        house = await face.house_of(work, request.committee)
        names = [each.name for each in decided.persons]
        asked = await self.asked(work, request)
        shown = cards.done(work.say, house.committee.name, asked, request, names)
        await tell_roll(work, house, shown, f"called_off:{request.id}", but=decided.persons)
        return ""

    async def asked(self, work: UnitOfWork, request: Request) -> Asked:
        """What would not be done, in its own words."""
        kind, of = await _of(work, request)
        return cards.wish(work.say, await kind.asked(work, of), of, kind.since(of))


CALLING_OFF = CallingOff()
seconding_kinds.kind(CALLING_OFF)


def _as_asked(of: Request, request: Request) -> Request:
    """The one request asked by who asks the other, and as long silent."""
    return Request(
        of.id,
        of.committee,
        of.kind,
        of.about,
        of.content,
        request.asked_by,
        request.asked_at,
        passed_on_at=request.passed_on_at,
    )


async def _of(work: UnitOfWork, request: Request) -> tuple[FromADay, Request]:
    """What a request would have called off, whatever has become of it."""
    of = await approvals.request(work.tx, request.content["of"])
    kind = kind_of(of) if of else None
    if of is None or not isinstance(kind, FromADay):
        raise LookupError(f"request {request.id} calls off nothing")
    return kind, of


async def coming(work: UnitOfWork, committee: int) -> list[Coming]:
    """All that is confirmed for a day that has not come, by that day; a day that came while nothing ran has begun."""
    kinds = [each for each in seconding_kinds.KINDS.values() if isinstance(each, FromADay)]
    found = [
        Coming(kind, request)
        for kind in kinds
        for request in await kind.ahead(work, committee)
        if begins(kind.since(request)) > work.now
    ]
    return sorted(found, key=lambda each: (each.kind.since(each.request), each.request.id))


async def _coming(work: UnitOfWork, committee: int, of: int) -> Coming | None:
    return next((each for each in await coming(work, committee) if each.request.id == of), None)


# --- asked -----------------------------------------------------------------------------------


async def ask(
    work: UnitOfWork, asker: Person, of: int, decision: PaperMark, actor: Person | None = None
) -> Request:
    """Ask for it; refused for what is not confirmed or has begun, and while the same is asked already."""
    await work.require_open(asker.committee)
    for other in await approvals.waiting(work.tx, asker.committee):
        if other.kind == CALL_OFF and other.content["of"] == of:
            raise Refused(Refusal("call_off_waiting", button=action("approval", other.id)))
    require(await face.refuse_request(work, asker.committee))
    asked = seconding.Wanted(CALL_OFF, {"of": of}, decision=decision)
    return await seconding.ask(work, asker, asked, actor)


@home_row(86, "coming")
async def _on_home(work: UnitOfWork, person: Person) -> bool:
    return person.is_clerk and bool(await coming(work, person.committee))


@press("coming")
async def show(context: Context, tap: Tap) -> Screen:
    """What is confirmed and waits for its day, for clerks; each may be called off."""
    async with context.look() as work:
        office = await face.clerk_of(work, tap.account, tap.number(0))
        found = [
            (each.request.id, await each.kind.asked(work, each.request))
            for each in await coming(work, office.committee.id)
        ]
        return Screen(cards.listed(work.say, office.committee.name, found))


@dataclass(frozen=True, slots=True)
class Before:
    """A clerk before what is confirmed and has not begun."""

    office: Office
    coming: Coming


async def _find(work: UnitOfWork, account: int, of: int) -> Before:
    request = await approvals.request(work.tx, of)
    if request is None:
        refuse("gone")
    office = await face.clerk_of(work, account, request.committee)
    found = await _coming(work, request.committee, of)
    if found is None:
        refuse("call_off_over")
    return Before(office, found)


async def _ask_decision(
    work: UnitOfWork, before: Before, _args: tuple[str, ...], _page: int
) -> Screen:
    kind, of = before.coming.kind, before.coming.request
    wish = cards.wish(work.say, await kind.asked(work, of), of, kind.since(of))
    return Screen(cards.asks_decision(work.say, before.office.committee, wish))


@act(
    CALL_OFF,
    find=_find,
    needs=(Words(_ask_decision, SHORT_REASON_LIMIT, refuse_undecided, line=True),),
)
async def ask_on_phone(work: UnitOfWork, before: Before, at: datetime, decision: str) -> Screen:
    """The clerk asks that it be not done; whoever might confirm the one confirms the other."""
    actor = before.office.actor
    request = await ask(work, actor, before.coming.request.id, read_decision(decision, at))
    return await seconding.shown(work, actor, request.id)
