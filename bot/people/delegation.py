"""Giving the chair to another for a time, and taking it back (QN 4.5, BK 6.6, HU 5.5, 7.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.calendar import store as calendar
from bot.db import people, rulebooks
from bot.db.notice import Button
from bot.kit import access
from bot.kit.act import act, press
from bot.kit.ask import Moment, Pick, moment_of
from bot.kit.notify import notify, reference, stamp
from bot.kit.screen import Screen
from bot.kit.taps import Sent, Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.people import delegation_cards as cards
from bot.people import store
from bot.people.rules.delegating import Span, may_delegate, may_stand_in, rule_for, rules_for
from bot.people.rules.people import Person, head_of
from bot.people.store import Delegation
from bot.regulations.rules.meetings import DelegationRule
from bot.regulations.rules.regulation import Body
from bot.values.action import action
from bot.values.moments import in_viet_nam
from bot.values.refusal import NO_RIGHT, Refusal, Refused, refuse, require, unclear
from bot.values.typed import FARTHEST, MomentFault, parse_moment
from bot.values.working_days import WorkingCalendar

MIDNIGHT = 24
LAST_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Chair:
    """The head of a body before the question who stands in, with the rules and everybody."""

    head: Person
    body: Body
    rules: tuple[DelegationRule, ...]
    everybody: tuple[Person, ...]

    def refuse(self, to: Person) -> Refusal | None:
        """Why this person may not stand in."""
        return may_delegate(self.rules, self.body, to, self.head.id)

    def allowed(self) -> list[Person]:
        """Those who may stand in, in the order of everybody."""
        return [person for person in self.everybody if self.refuse(person) is None]

    def delegate(self, to: str) -> Person:
        """The person of that number, where it may stand in; refused otherwise."""
        person = next((each for each in self.everybody if str(each.id) == to), None)
        if person is None:
            refuse("delegation_person_left")
        require(self.refuse(person))
        return person


@dataclass(frozen=True, slots=True)
class Chairs:
    """Somebody of a committee with the bodies headed there; the head alone delegates, never a delegate."""

    person: Person
    chairs: tuple[Chair, ...]
    calendar: WorkingCalendar

    def of(self, body: str) -> Chair:
        """The chair of that body; refused where it is another's."""
        for each in self.chairs:
            if each.body.id == body:
                return each
        raise Refused(NO_RIGHT)


async def _chairs(work: UnitOfWork, person: Person) -> tuple[Chair, ...]:
    """The bodies that the person heads and may give to another."""
    committee = await people.committee(work.tx, person.committee)
    regulation = await rulebooks.regulation(work.tx, committee.rulebook)
    everybody = tuple(await people.of_committee(work.tx, person.committee))
    found = []
    for body in regulation.bodies:
        head = head_of(everybody, body)
        if head is None or head.id != person.id:
            continue
        seat = person.seat_in(body.id)
        rules = rules_for(regulation, body, seat.office if seat else "")
        found.append(Chair(person, body, rules, everybody))
    return tuple(found)


async def _before(work: UnitOfWork, account: int, committee: int) -> Chairs:
    """Whoever heads a body of that committee; others are refused and learn nothing."""
    person = await access.in_committee(work, account, committee)
    chairs = await _chairs(work, person) if person else ()
    if person is None or not chairs:
        raise Refused(NO_RIGHT)
    return Chairs(person, chairs, await calendar.working_calendar(work.tx, committee))


async def list_rows(work: UnitOfWork, person: Person) -> list[tuple[Button, ...]]:
    """Whoever heads a body finds here the way to delegations, where the regulation has them."""
    if not await _chairs(work, person):
        return []
    label = work.say.label("delegation_button.list")
    return [(Button(label, action("deleg", person.committee)),)]


@press("deleg")
async def screen(context: Context, tap: Tap) -> Screen:
    """Who stands in for whom, with the ways to end it and to delegate anew."""
    committee = tap.number(0)
    async with context.look() as work:
        chairs = (await _before(work, tap.account, committee)).chairs
        running = await store.running(work.tx, committee, work.now)
        found = await people.persons(work.tx, [given.to for given in running])
    mine = {chair.body.id: chair.body for chair in chairs}
    given = [(each, found[each.to], mine[each.body]) for each in running if each.body in mine]
    bodies = [(chair.body, bool(chair.rules)) for chair in chairs]
    return Screen(cards.listed(context.say, committee, bodies, given, work.now))


# --- giving it -------------------------------------------------------------------------------


def _refuse_body(found: Chairs, body: str, _at: datetime) -> Refusal | None:
    """Only the own chair, and only where the regulation lets it be given."""
    chair = next((each for each in found.chairs if each.body.id == body), None)
    if chair is None:
        return NO_RIGHT
    if not chair.rules:
        return Refusal("delegation_no_rule", values={"body": chair.body.name})
    return None


async def _ask_body(work: UnitOfWork, found: Chairs, _args: tuple[str, ...], _page: int) -> Screen:
    bodies = [(chair.body, bool(chair.rules)) for chair in found.chairs]
    return Screen(cards.listed(work.say, found.person.committee, bodies, [], work.now))


async def _ask_whom(work: UnitOfWork, found: Chairs, args: tuple[str, ...], _page: int) -> Screen:
    """Only those whose office the rule names are offered."""
    chair = found.of(args[1])
    committee = found.person.committee
    return Screen(cards.pick(work.say, committee, chair.body, chair.rules, chair.allowed()))


async def _ask_start(work: UnitOfWork, found: Chairs, args: tuple[str, ...], _page: int) -> Screen:
    chair = found.of(args[1])
    to = chair.delegate(args[2])
    return Screen(cards.ask_start(work.say, found.person.committee, chair.body, to))


async def _ask_end(work: UnitOfWork, found: Chairs, args: tuple[str, ...], _page: int) -> Screen:
    chair = found.of(args[1])
    to, starts = chair.delegate(args[2]), _start(args[3], work.now)
    return Screen(cards.ask_end(work.say, found.person.committee, chair.body, to, starts))


def _start(answer: str, now: datetime) -> datetime:
    """From when; a start that has passed means from now on."""
    return max(moment_of(answer) or now, now)


def _calendar(found: Chairs) -> tuple[WorkingCalendar, int]:
    return found.calendar, 0


def _any(_found: Chairs, _moment: datetime, _at: datetime) -> Refusal | None:
    """Both ends are judged together, once they are known."""
    return None


@dataclass(frozen=True, slots=True)
class End(Moment[Chairs]):
    """A moment at which a delegation begins, or, with `last`, ends; it may have passed.

    A day without an hour is that whole day in Viet Nam.
    """

    last: bool = False

    def read(self, before: Chairs, sent: Sent, /) -> str:
        """The moment as an official types it."""
        hour = MIDNIGHT if self.last else 0
        earliest = sent.at - FARTHEST
        moment = parse_moment(sent.text, sent.at, before.calendar, hour, earliest=earliest)
        if isinstance(moment, MomentFault):
            raise Refused(unclear(moment))
        if not self.last:
            return max(moment, sent.at).isoformat()
        at_midnight = in_viet_nam(moment).hour == in_viet_nam(moment).minute == 0
        return (moment - LAST_SECOND if at_midnight else moment).isoformat()


@act(
    "deleg_new",
    find=_before,
    needs=(
        Pick(_ask_body, _refuse_body),
        Pick(_ask_whom),
        End(_ask_start, _calendar, _any),
        End(_ask_end, _calendar, _any, last=True),
    ),
)
async def give(  # noqa: PLR0917 - the answers come in their order
    work: UnitOfWork, found: Chairs, at: datetime, body: str, to: str, start: str, end: str
) -> Screen:
    """Enter the delegation and tell the delegate and the clerks; refused under the rule's article."""
    chair, committee = found.of(body), found.person.committee
    person, ends = chair.delegate(to), moment_of(end) or at
    starts = at if start == cards.AT_ONCE else moment_of(start) or at
    wanted = Span(max(starts, work.now) if ends > work.now else starts, ends)
    require(may_stand_in(chair.rules, wanted, await _running(work, chair), work.now))
    rule = rule_for(chair.rules, body, person)
    article = rule.article if rule else ""
    given = Delegation(
        0, committee, body, chair.head.id, person.id, wanted.starts_at, wanted.ends_at, article
    )
    detail = {
        "to": person.id,
        "from": wanted.starts_at.isoformat(),
        "until": wanted.ends_at.isoformat(),
        "article": article,
    }
    line = Line(committee, chair.head, "delegate", reference("body", body), detail)
    await work.write(store.add(given, work.now), line)
    card = cards.given(work.say, chair.body, chair.head, person, given)
    await notify(work, _told(chair, person), card, f"delegation:{committee}:{body}:{stamp(work)}")
    return Screen(cards.confirmed(work.say, committee, chair.body, person, given))


def _told(chair: Chair, to: Person) -> list[Person]:
    """The delegate and the clerks."""
    return [to, *(each for each in chair.everybody if each.is_clerk and each.id != to.id)]


async def _running(work: UnitOfWork, chair: Chair) -> list[Span]:
    return [
        Span(each.starts_at, each.ends_at)
        for each in await store.running(work.tx, chair.head.committee, work.now)
        if each.body == chair.body.id
    ]


# --- taking it back --------------------------------------------------------------------------


@press("deleg_end")
async def withdraw(context: Context, tap: Tap) -> Screen:
    """End what this person was given before its time; the delegate and the clerks are told."""
    committee, body, to = tap.number(0), tap.word(1), tap.number(2)
    async with context.work() as work:
        chair = (await _before(work, tap.account, committee)).of(body)
        person = await people.person(work.tx, to)
        running = [
            each
            for each in await store.running(work.tx, committee, work.now)
            if each.body == body and each.to == to
        ]
        if not running or person is None:
            refuse("delegation_over")
        first, *more = [store.withdraw(each.id, work.now) for each in running]
        detail = {"to": to, "reason": ""}
        line = Line(committee, chair.head, "withdraw_delegation", reference("body", body), detail)
        await work.write(first, line, *more)
        card = cards.withdrawn(work.say, chair.body, chair.head, person, running[0], work.now)
        key = f"delegation_end:{committee}:{body}:{stamp(work)}"
        await notify(work, _told(chair, person), card, key)
    return Screen(cards.ended(context.say, committee, chair.body, person))
