"""What a committee left is offered to its successor one by one: the clerk proposes, the head confirms.

People come by the form «Thêm người», with its own confirmation; what waited for a meeting waits for one of the
successor; tasks and reports owed become tasks there. What is not taken over keeps its reason. The committee that has
ended is not written any more: the request in the successor names from where each thing came.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.committees.closing import takeover_cards as cards
from bot.committees.rules.takeover import Left, Offer, Stands, last_day, names_twin
from bot.db import approvals, closures, people
from bot.db.approvals import Request, State
from bot.db.closures import Closure
from bot.kit import seconding
from bot.kit.act import act, press
from bot.kit.ask import Given, Words
from bot.kit.notify import notify, reference
from bot.kit.screen import Screen
from bot.kit.seconding_cards import Asked
from bot.kit.seconding_kinds import Decided, kind
from bot.kit.taps import MalformedPressError, Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.kit.waiting import home_row
from bot.meetings import face as meetings
from bot.meetings.rules.meeting import Waits
from bot.owed import face as owed
from bot.owed.rules.debt import Debt, DebtKind
from bot.people import face
from bot.people.face import House, Office
from bot.people.rules.changes import judging_body
from bot.people.rules.people import Person, head_of, sits
from bot.reports import face as reports
from bot.values.limits import SHORT_REASON_LIMIT
from bot.values.moments import in_viet_nam
from bot.values.refusal import Refusal, refuse, require

TAKE_OVER = "take_over"
"""Requests of this kind."""


# --- what is left ----------------------------------------------------------------------------


async def offers(work: UnitOfWork, closure: Closure) -> list[Offer]:
    """All that the committee left: its people, what waited for a meeting, tasks, reports."""
    of = closure.committee
    everybody = await people.of_committee(work.tx, of)
    return [
        *(
            Offer(of, Left.PERSON, each.id, each.name)
            for each in everybody
            if sits(each) and not face.is_agency(each)
        ),
        *(
            Offer(of, Left.ITEM, each.id, each.subject)
            for each in await meetings.waiting(work.tx, of)
        ),
        *(
            Offer(of, Left.DEBT, each.id, each.subject, each.due_on)
            for each in await owed.dropped_at(work.tx, of, closure.closed_at)
        ),
        *(
            Offer(of, Left.REPORT, each.id, f"{each.what} · {each.debtor_name}", each.last_day)
            for each in await reports.open_of(work.tx, of)
        ),
    ]


@dataclass(frozen=True, slots=True)
class Before:
    """Somebody of the office of a successor before what the committees that ended left to it."""

    office: Office
    from_: Mapping[int, str]
    """The names of the committees that ended."""
    left: tuple[tuple[Offer, Stands], ...]

    def found(self, of: str, kind: str, id_: str) -> tuple[Offer, Stands]:
        """The one that a button names."""
        for offer, stands in self.left:
            if (str(offer.of), offer.kind.value, str(offer.id)) == (of, kind, id_):
                return offer, stands
        raise MalformedPressError


async def _left(work: UnitOfWork, committee: int) -> list[Closure]:
    return [each for each in await closures.every(work.tx) if each.successor_id == committee]


async def _find(work: UnitOfWork, account: int, committee: int) -> Before:
    return await _before(work, await face.office_of(work, account, committee))


async def _clerk(work: UnitOfWork, account: int, committee: int) -> Before:
    return await _before(work, await face.clerk_of(work, account, committee))


async def _before(work: UnitOfWork, office: Office) -> Before:
    ended = await _left(work, office.committee.id)
    names = {each.id: each.name for each in await people.all_committees(work.tx)}
    decided = await _decided(work, office.committee.id)
    found = [offer for each in ended for offer in await offers(work, each)]
    units = {each.id: each.unit for each in await _people(work, ended)}
    there = [(each.name, each.unit) for each in office.everybody]
    stands = {
        offer.key: Stands.TAKEN
        for offer in found
        if offer.kind is Left.PERSON and names_twin(offer.title, units[offer.id], there)
    }
    return Before(
        office,
        {each.committee: names[each.committee] for each in ended},
        tuple((each, {**decided, **stands}.get(each.key, Stands.OPEN)) for each in found),
    )


async def _people(work: UnitOfWork, ended: list[Closure]) -> list[Person]:
    return [p for each in ended for p in await people.of_committee(work.tx, each.committee)]


async def _decided(work: UnitOfWork, committee: int) -> dict[tuple[int, str, int], Stands]:
    """How each stands by the requests about it; one refused, taken back or lapsed leaves it open."""
    stands: dict[tuple[int, str, int], Stands] = {}
    for request in await approvals.of_committee(work.tx, committee):
        if request.kind != TAKE_OVER or request.state not in (State.ASKED, State.CONFIRMED):
            continue
        of, kind, id_ = (request.content[each] for each in ("from", "what", "id"))
        done = Stands.TAKEN if request.content["take"] else Stands.KEPT
        stands[of, kind, id_] = Stands.ASKED if request.state is State.ASKED else done
    return stands


# --- proposed and confirmed ------------------------------------------------------------------


@dataclass(frozen=True)
class TakesOver(face.OfficeAsks):
    """Requests that one thing be taken over, or not."""

    name: str = TAKE_OVER

    async def refuse_now(self, _work: UnitOfWork, _house: House, _request: Request) -> None:
        """Nothing beside what every request asks."""

    async def carry_out(self, work: UnitOfWork, request: Request, decided: Decided) -> str:
        """What is taken over waits for a meeting, or is a task, here; who proposed it is told."""
        asker = await people.person(work.tx, request.asked_by)
        if asker is None:
            refuse("approval_asker_gone")
        if request.content["take"]:
            await _take(work, request, asker, decided.persons)
        house = await face.house_of(work, request.committee)
        card = cards.decided(work.say, house.committee.name, request, await _from(work, request))
        await notify(work, [asker], card, f"takeover:{request.id}")
        return ""

    async def asked(self, work: UnitOfWork, request: Request) -> Asked:
        """What is taken over or not, and from where."""
        return cards.wish(work.say, request, await _from(work, request))


kind(TakesOver())


async def _from(work: UnitOfWork, request: Request) -> str:
    return (await people.committee(work.tx, request.content["from"])).name


async def _take(
    work: UnitOfWork, request: Request, asker: Person, confirmed: tuple[Person, ...]
) -> None:
    house = await face.house_of(work, request.committee)
    body = judging_body((), house.staff.everybody, house.regulation)
    from_ = await _from(work, request)
    words = work.say.label("takeover.from", name=from_)
    of = reference("committee", request.content["from"])
    if request.content["what"] == Left.ITEM.value:
        left = await meetings.waiting(work.tx, request.content["from"])
        item = next(each for each in left if each.id == request.content["id"])
        waits = meetings.WaitingItem(
            body.id, item.subject, Waits.TAKEN_OVER.value, item.matter, words
        )
        detail = {"from": request.content["from"], "item": item.id, "subject": item.subject}
        line = Line(request.committee, asker, "taken_over", of, detail)
        await work.write(meetings.wait_for(request.committee, waits, work.now), line)
        return
    owner = await _owner(work, house, request) or head_of(house.staff.everybody, body)
    if owner is None:
        refuse("takeover_no_owner")
    task = Debt(
        DebtKind.TASK,
        of,
        f"{request.content['title']} ({words})",
        "",
        since=work.now,
        days=0,
        committee=request.committee,
        due_on=last_day(_day(request), in_viet_nam(work.now).date()),
        body=body.id,
        person=owner.id,
        asked_by=confirmed[0].id if confirmed else asker.id,
    )
    await owed.owe(work, task, asker)


def _day(request: Request) -> date:
    return date.fromisoformat(request.content["due"])


async def _owner(work: UnitOfWork, house: House, request: Request) -> Person | None:
    """Whoever owed it before, where the same account sits here."""
    if request.content["what"] != Left.DEBT.value:
        return None
    debt = await owed.get(work.tx, request.content["id"])
    before = await people.person(work.tx, debt.person) if debt and debt.person else None
    if before is None or before.account is None:
        return None
    return next((p for p in house.staff.everybody if p.account == before.account and sits(p)), None)


# --- on the phone ----------------------------------------------------------------------------


async def announce(work: UnitOfWork, closure: Closure, name: str) -> None:
    """The office of a successor that is served here learns what it may take over."""
    if closure.successor_id is None:
        return
    house = await face.house_of(work, closure.successor_id)
    office = {p.id: p for body in house.regulation.bodies for p in house.staff.office(body)}
    left = await offers(work, closure)
    card = cards.announced(work.say, house.committee, name, closure, len(left))
    await notify(work, list(office.values()), card, f"takeover_offered:{closure.committee}")


@home_row(12, "takeover", first=True)
async def _on_home(work: UnitOfWork, person: Person) -> bool:
    """While something left to the committee has not been decided; for clerks."""
    if not person.is_clerk or not await _left(work, person.committee):
        return False
    before = await _before(work, await face.office_of(work, person.account or 0, person.committee))
    return any(stands is Stands.OPEN for _, stands in before.left)


@press("takeover")
async def show(context: Context, tap: Tap) -> Screen:
    """A page of all that was left, each with how it stands."""
    async with context.look() as work:
        before = await _find(work, tap.account, tap.number(0))
        return Screen(cards.listed(work.say, before.office, before.from_, before.left, tap.page(1)))


@press("takeover_one")
async def show_one(context: Context, tap: Tap) -> Screen:
    """One thing, with what may become of it."""
    async with context.look() as work:
        before = await _find(work, tap.account, tap.number(0))
        offer, stands = before.found(tap.word(1), tap.word(2), tap.word(3))
        return Screen(cards.one(work.say, before.office, before.from_[offer.of], offer, stands))


@press("takeover_person")
async def add_person(context: Context, tap: Tap) -> Screen:
    """The form «Thêm người» for somebody of the committee that has ended."""
    async with context.work() as work:
        before = await _clerk(work, tap.account, tap.number(0))
        offer, stands = before.found(tap.word(1), Left.PERSON.value, tap.word(2))
        require(_refuse(stands))
        return await face.begin_newcomer(work, before.office.actor, offer.title)


def _refuse(stands: Stands) -> Refusal | None:
    if stands is Stands.OPEN:
        return None
    return Refusal("takeover_decided", values={"stands": stands.value})


@act("takeover_take", find=_clerk, needs=(Given(), Given(), Given()))
async def take(
    work: UnitOfWork, before: Before, _at: datetime, of: str, kind: str, id_: str
) -> Screen:
    """Propose that it be taken over; people come by their own form."""
    if kind == Left.PERSON.value:
        raise MalformedPressError
    return await _propose(work, before, (of, kind, id_), takes=True)


async def _ask_why(work: UnitOfWork, before: Before, args: tuple[str, ...], _page: int) -> Screen:
    offer, stands = before.found(args[1], args[2], args[3])
    require(_refuse(stands))
    return Screen(cards.asks_why(work.say, before.office, before.from_[offer.of], offer))


@act(
    "takeover_leave",
    find=_clerk,
    needs=(Given(), Given(), Given(), Words(_ask_why, SHORT_REASON_LIMIT)),
)
async def leave(
    work: UnitOfWork, before: Before, _at: datetime, of: str, kind: str, id_: str, reason: str
) -> Screen:
    """Propose that it be not taken over, for a reason."""
    return await _propose(work, before, (of, kind, id_), takes=False, reason=reason)


async def _propose(
    work: UnitOfWork, before: Before, named: tuple[str, str, str], *, takes: bool, reason: str = ""
) -> Screen:
    offer, stands = before.found(*named)
    require(_refuse(stands))
    actor = before.office.actor
    require(await face.refuse_request(work, actor.committee))
    content = {
        "from": offer.of,
        "what": offer.kind.value,
        "id": offer.id,
        "title": offer.title,
        "due": offer.due.isoformat() if offer.due else "",
        "take": takes,
        "reason": reason,
    }
    request = await seconding.ask(work, actor, seconding.Wanted(TAKE_OVER, content))
    return await seconding.shown(work, actor, request.id)
