"""The head has another stand in for a time, and takes it back (QN 3.3, 4.5, BK 6.6, HU 5.5, 7.2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.calendar import face as calendar
from bot.db import people, rulebooks, standing_in
from bot.db.notice import Button
from bot.kit import access
from bot.kit.act import act, press
from bot.kit.ask import Pick, moment_of
from bot.kit.notify import notify, reference, stamp
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.kit.waiting import home_row
from bot.people import absence, beginning, store
from bot.people import delegation_cards as cards
from bot.people.desk import Desk, desk_of
from bot.people.rules.acting import StandIn
from bot.people.rules.delegating import Span, may_delegate, may_stand_in, rule_for, rules_for
from bot.people.rules.people import Person, head_of, is_only_clerk
from bot.people.span import AT_ONCE, FirstMoment, LastMoment
from bot.people.span import starts as begins
from bot.regulations.rules.meetings import DelegationRule, Scope
from bot.regulations.rules.regulation import Body
from bot.values.action import action
from bot.values.refusal import NO_RIGHT, Refusal, Refused, refuse, require
from bot.values.working_days import WorkingCalendar


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
        rule = rule_for(self.rules, self.body.id, person)
        if rule is not None and rule.decided_by is not None:
            values = {"name": person.name, "body": self.body.name}
            refuse("delegation_by_decision", rule.article, **values)
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
    """Whoever heads a body or stands in, and the clerk where the text has somebody act for an absent head."""
    if not await sees(work, person):
        return []
    return [(Button(work.say.label("button.deleg"), action("deleg", person.committee)),)]


@home_row(95, "deleg", first=True)
async def sees(work: UnitOfWork, person: Person) -> bool:
    """Whether there is something for this person to do or to see there."""
    return _sees(await desk_of(work, person))


@press("deleg")
async def screen(context: Context, tap: Tap) -> Screen:
    """Who stands in for whom, with the ways to end it and to delegate anew."""
    committee = tap.number(0)
    async with context.look() as work:
        person = await access.in_committee(work, tap.account, committee)
        desk = await desk_of(work, person) if person else None
        if person is None or desk is None or not _sees(desk):
            raise Refused(NO_RIGHT)
        chairs = await _chairs(work, person)
    return Screen(cards.listed(context.say, desk, [(c.body, bool(c.rules)) for c in chairs]))


def _sees(desk: Desk) -> bool:
    """A head, who acts by an absence and may end it, and a clerk where there is something to enter."""
    person = desk.person
    stands_in = any(each.to == person.id and each.absence for each in desk.not_over)
    enters = person.is_clerk and (desk.may_be_away or desk.on_duty)
    return bool(desk.headed_by(person.id) or stands_in or enters)


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
    return Screen(cards.listed(work.say, await desk_of(work, found.person), bodies))


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
    to, starts = chair.delegate(args[2]), begins(args[3], work.now)
    return Screen(cards.ask_end(work.say, found.person.committee, chair.body, to, starts))


@act(
    "deleg_new",
    find=_before,
    needs=(
        Pick(_ask_body, _refuse_body),
        Pick(_ask_whom),
        FirstMoment(_ask_start),
        LastMoment(_ask_end),
    ),
)
async def give(  # noqa: PLR0917 - the answers come in their order
    work: UnitOfWork, found: Chairs, at: datetime, body: str, to: str, start: str, end: str
) -> Screen:
    """Enter the delegation and tell the delegate and the clerks; refused under the rule's article."""
    chair, committee = found.of(body), found.person.committee
    person, ends = chair.delegate(to), moment_of(end) or at
    starts = at if start == AT_ONCE else moment_of(start) or at
    wanted = Span(max(starts, work.now) if ends > work.now else starts, ends)
    rule = rule_for(chair.rules, body, person)
    article = rule.article if rule else ""
    by = (rule,) if rule else ()
    require(may_stand_in(by, wanted, await _running(work, chair), work.now))
    given = StandIn(
        0,
        committee,
        body,
        chair.head.id,
        person.id,
        wanted.starts_at,
        wanted.ends_at,
        article,
        rule.scope if rule else Scope.ALL,
    )
    detail = {
        "to": person.id,
        "from": wanted.starts_at.isoformat(),
        "until": wanted.ends_at.isoformat(),
        "article": article,
        "scope": given.scope.value,
    }
    line = Line(committee, chair.head, "delegate", reference("body", body), detail)
    given = replace(given, id=await work.write(store.stand_in(given, work.now), line))
    await beginning.arrange(work, [given])
    alone = is_only_clerk(chair.head, chair.everybody)
    card = cards.given(work.say, chair.body, chair.head, person, given, alone=alone)
    await notify(work, _told(chair, person), card, f"delegation:{committee}:{body}:{stamp(work)}")
    return Screen(cards.confirmed(work.say, committee, chair.body, person, given, alone=alone))


def _told(chair: Chair, to: Person) -> list[Person]:
    """The delegate and the clerks."""
    return [to, *(each for each in chair.everybody if each.is_clerk and each.id != to.id)]


async def _running(work: UnitOfWork, chair: Chair) -> list[Span]:
    return [
        Span(each.starts_at, each.ends_at)
        for each in await standing_in.not_over(work.tx, chair.head.committee, work.now)
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
            for each in await standing_in.not_over(work.tx, committee, work.now)
            if each.body == body and each.to == to
        ]
        if not running or person is None:
            refuse("delegation_over")
        if running[0].absence is not None:
            absent = await absence.find(work, tap.account, running[0].absence)
            require(absence.may_end(absent, tap.at))
            return await absence.end(work, absent, tap.at)
        first, *more = [store.withdraw(each.id, work.now) for each in running]
        detail = {"to": to, "reason": ""}
        line = Line(committee, chair.head, "withdraw_delegation", reference("body", body), detail)
        await work.write(first, line, *more)
        card = cards.withdrawn(work.say, chair.body, chair.head, person, running[0], work.now)
        key = f"delegation_end:{committee}:{body}:{stamp(work)}"
        await notify(work, _told(chair, person), card, key)
    return Screen(cards.ended(context.say, committee, chair.body, person))
