"""A committee ends: asked for by the clerk, confirmed by a second person, done at 00:00 of the day.

What stands open is listed before; at the end each subject ends its own with the reason, nothing falls due any more,
everybody is told, and the head of the register is given out to the office.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.calendar import face as calendar
from bot.committees.closing import cards, takeover
from bot.committees.from_a_day import FromADay, agreed, enter, tell_roll
from bot.committees.rules.closing import Known, refuse_successor, served_here
from bot.committees.rules.days import refuse_day
from bot.committees.when import offered, refuse_undecided
from bot.db import approvals, closures, drafts, dues, people
from bot.db.approvals import Request, State
from bot.db.closures import Closure
from bot.kit import ending, seconding
from bot.kit.act import act, press
from bot.kit.ask import Day, Words
from bot.kit.due import DUE
from bot.kit.ending import Ending
from bot.kit.heads import with_head
from bot.kit.notify import reference
from bot.kit.screen import Screen
from bot.kit.seconding_cards import Asked
from bot.kit.taps import Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.kit.waiting import for_clerks, home_row
from bot.people import face
from bot.people.face import House, Office, read_decision
from bot.people.rules.people import Person
from bot.values.action import action
from bot.values.limits import SHORT_REASON_LIMIT
from bot.values.moments import in_viet_nam
from bot.values.refusal import Refusal, require
from bot.values.typed_days import PaperMark
from bot.values.working_days import WorkingCalendar

CLOSE = "close"
"""Requests of this kind."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What a request asks: the end from a day on; the successor by name, and by id where it is served here."""

    since: date
    successor: str = ""
    successor_id: int | None = None

    def kept(self) -> dict[str, Any]:
        """As a request keeps it."""
        return {
            "from": self.since.isoformat(),
            "successor": self.successor,
            "successor_id": self.successor_id,
        }

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Closing:
        """As a request kept it."""
        since = date.fromisoformat(content["from"])
        return cls(since, content["successor"], content["successor_id"])


@dataclass(frozen=True)
class Ends(FromADay):
    """Requests that the committee end."""

    name: str = CLOSE
    falls: str = "close_committee"
    read_by_roll: bool = False

    async def refuse_now(self, work: UnitOfWork, _house: House, request: Request) -> Refusal | None:
        """The successor may still go on with it."""
        wanted = Closing.of(request.content)
        return refuse_successor(wanted.successor, request.committee, await known(work))

    async def is_about_the_end(self, _work: UnitOfWork, _request: Request) -> bool:
        """It asks for it."""
        return True

    def since(self, request: Request) -> date:
        """The first day without it."""
        return Closing.of(request.content).since

    async def ahead(self, work: UnitOfWork, committee: int) -> Sequence[Request]:
        """What is confirmed, while it has not ended."""
        if await closures.of(work.tx, committee) is not None:
            return ()
        return [each for each in await _of(work, committee) if each.state is State.CONFIRMED]

    async def take(self, work: UnitOfWork, request: Request) -> None:
        """All that stands open ends, nothing falls due any more, and from this line on it is read only."""
        await _close(work, request)

    async def asked(self, work: UnitOfWork, request: Request) -> Asked:
        """From when on, who goes on, and while it is to come what stands open."""
        ended = await closures.of(work.tx, request.committee)
        open_ = () if ended else tuple(await ending.standing(work, request.committee))
        wanted = Closing.of(request.content)
        return cards.wish(work.say, wanted.since, wanted.successor, open_, request.committee)


CLOSES = Ends()
enter(CLOSES, 6)


async def known(work: UnitOfWork) -> tuple[Known, ...]:
    """Every committee of this installation."""
    ended = {each.committee for each in await closures.every(work.tx)}
    everybody = await people.all_committees(work.tx)
    return tuple(Known(each.id, each.name, each.id in ended) for each in everybody)


# --- asked -----------------------------------------------------------------------------------


async def refuse_asking(
    work: UnitOfWork, committee: int, since: date, successor: str
) -> Refusal | None:
    """Why it cannot be asked: the day, the successor, or another request that waits or is confirmed."""
    for other in await _of(work, committee):
        if other.state in (State.ASKED, State.CONFIRMED):
            day = Closing.of(other.content).since
            values = {"day": day, "state": other.state.value}
            return Refusal("close_waiting", values=values, button=action("approval", other.id))
    today = in_viet_nam(work.now).date()
    return refuse_day(since, today) or refuse_successor(successor, committee, await known(work))


async def _of(work: UnitOfWork, committee: int) -> list[Request]:
    found = await approvals.of_committee(work.tx, committee)
    return [each for each in found if each.kind == CLOSE]


async def ask(
    work: UnitOfWork,
    asker: Person,
    since: date,
    successor: str,
    decision: PaperMark,
    actor: Person | None = None,
) -> Request:
    """Ask for it; the register names the `actor` where another than the clerk enters it."""
    await work.require_open(asker.committee)
    require(await refuse_asking(work, asker.committee, since, successor))
    require(await face.refuse_request(work, asker.committee))
    found = served_here(successor, await known(work))
    wanted = Closing(since, found.name if found else successor, found.id if found else None)
    asked = seconding.Wanted(CLOSE, wanted.kept(), decision=decision)
    return await seconding.ask(work, asker, asked, actor)


@dataclass(frozen=True, slots=True)
class Before:
    """A clerk before the end of the own committee, with the working days by which a day is meant."""

    office: Office
    calendar: WorkingCalendar
    known: tuple[Known, ...]


async def _find(work: UnitOfWork, account: int, committee: int) -> Before:
    office = await face.clerk_of(work, account, committee)
    days = await calendar.working_calendar(work.tx, committee)
    return Before(office, days, await known(work))


home_row(87, "close_committee")(for_clerks)


def _refuse_day(_before: Before, day: date, at: datetime) -> Refusal | None:
    return refuse_day(day, in_viet_nam(at).date())


def _refuse_successor(before: Before, name: str, _at: datetime) -> Refusal | None:
    return refuse_successor(name, before.office.committee.id, before.known)


async def _ask_day(work: UnitOfWork, before: Before, _args: tuple[str, ...], _page: int) -> Screen:
    open_ = await ending.standing(work, before.office.committee.id)
    today = in_viet_nam(work.now).date()
    return Screen(cards.asks_day(work.say, before.office.committee, open_, offered(today)))


async def _ask_successor(
    work: UnitOfWork, before: Before, args: tuple[str, ...], _page: int
) -> Screen:
    return Screen(cards.asks_successor(work.say, before.office.committee.name, args))


async def _ask_decision(
    work: UnitOfWork, before: Before, _args: tuple[str, ...], _page: int
) -> Screen:
    return Screen(cards.asks_decision(work.say, before.office.committee.name))


@act(
    "close_committee",
    find=_find,
    needs=(
        Day(_ask_day, lambda before: before.calendar, _refuse_day),
        Words(_ask_successor, SHORT_REASON_LIMIT, _refuse_successor, optional=True, line=True),
        Words(_ask_decision, SHORT_REASON_LIMIT, refuse_undecided, line=True),
    ),
)
async def ask_on_phone(
    work: UnitOfWork, before: Before, at: datetime, day: str, successor: str, decision: str
) -> Screen:
    """The clerk asks for the end; a second person reads what stands open, and confirms it."""
    actor = before.office.actor
    since = date.fromisoformat(day)
    request = await ask(work, actor, since, successor, read_decision(decision, at))
    return await seconding.shown(work, actor, request.id)


@press("close_open")
async def show_open(context: Context, tap: Tap) -> Screen:
    """A page of all that stands open, for clerks and heads."""
    async with context.look() as work:
        office = await face.office_of(work, tap.account, tap.number(0))
        open_ = await ending.standing(work, office.committee.id)
        return Screen(cards.all_open(work.say, office.committee, open_, tap.page(1)))


# --- when the day has come -------------------------------------------------------------------


async def _close(work: UnitOfWork, request: Request) -> None:
    wanted, committee = Closing.of(request.content), request.committee
    house = await face.house_of(work, committee)
    confirmed = agreed(house, request)
    name = house.committee.name
    open_ = tuple(await ending.standing(work, committee))
    reason = work.say.plain("messages/close_reason", request=request)
    by = confirmed[0] if confirmed else None
    await ending.end_all(work, Ending(committee, by, reason))
    await dues.cancel_committee(work.tx, committee, frozenset(DUE.apart))
    await drafts.end_all(work.tx, committee, work.now)
    gone = refuse_successor(wanted.successor, committee, await known(work)) is not None
    closure = Closure(
        committee,
        wanted.since,
        work.now,
        request.decision,
        request.decided_on,
        request.id,
        None if gone else wanted.successor_id,
        wanted.successor,
    )
    line = Line(
        committee,
        None,
        "committee_closed",
        reference("committee", committee),
        {
            "from": wanted.since.isoformat(),
            "request": request.id,
            **request.rests_on,
            "successor": wanted.successor,
            "confirmed_by": [each.id for each in confirmed],
            "stood_open": [[each.kind, each.title] for each in open_],
        },
    )
    await work.write(closures.close(closure), line)
    office = {each.id for body in house.regulation.bodies for each in house.staff.office(body)}
    shown = cards.closed(work.say, name, closure, open_, gone=gone)
    kept = await with_head(
        work, committee, cards.closed(work.say, name, closure, open_, gone=gone, office=True)
    )
    await tell_roll(
        work,
        house,
        lambda person: kept if person.id in office else shown,
        f"committee_closed:{committee}",
    )
    await takeover.announce(work, closure, name)
