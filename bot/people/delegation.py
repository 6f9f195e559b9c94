"""Giving the chair to another for a time, and taking it back (QN 4.5, BK 6.6, HU 5.5, 7.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.calendar import store as calendar
from bot.db import drafts, people, rulebooks
from bot.db.notice import Button
from bot.kit import access
from bot.kit.notify import notify, stamp
from bot.kit.screen import Screen
from bot.kit.unit import Context, UnitOfWork
from bot.people import delegation_cards
from bot.people import store as delegations
from bot.people.rules.delegating import Span, may_delegate, may_stand_in, rule_for, rules_for
from bot.people.rules.people import Person, head_of
from bot.people.store import Given
from bot.regulations.rules.meetings import Delegation
from bot.regulations.rules.regulation import Body
from bot.values.action import action
from bot.values.moments import in_viet_nam
from bot.values.refusal import NO_RIGHT, Refusal, unclear
from bot.values.typed import FARTHEST, MomentFault, parse_moment

MIDNIGHT = 24
LAST_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Chair:
    """The head of a body before the question who stands in, with the rules and everybody."""

    head: Person
    body: Body
    rules: tuple[Delegation, ...]
    everybody: tuple[Person, ...]

    def allowed(self) -> list[Person]:
        """Those who may stand in, in the order of everybody."""
        return [
            person
            for person in self.everybody
            if may_delegate(self.rules, self.body, person, self.head.id) is None
        ]


async def list_rows(work: UnitOfWork, person: Person) -> list[tuple[Button, ...]]:
    """Whoever heads a body finds here the way to delegations, where the regulation has them."""
    if not await _chairs(work, person):
        return []
    label = work.say.label("delegation_button.list")
    return [(Button(label, action("deleg", person.committee)),)]


async def _chairs(work: UnitOfWork, person: Person) -> list[Chair]:
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
    return found


async def _chair(work: UnitOfWork, account: int, committee: int, body: str) -> Chair | Refusal:
    """The head alone delegates, never a delegate; nobody else learns anything."""
    person = await access.in_committee(work, account, committee)
    if person is None:
        return NO_RIGHT
    return next((c for c in await _chairs(work, person) if c.body.id == body), NO_RIGHT)


async def screen(context: Context, account: int, committee: int) -> Screen | Refusal:
    """Who stands in for whom, with the ways to end it and to delegate anew."""
    async with context.look() as work:
        person = await access.in_committee(work, account, committee)
        chairs = await _chairs(work, person) if person else []
        running = await delegations.running(work.tx, committee, work.now)
        found = await people.persons(work.tx, [given.to for given in running])
    if not chairs:
        return NO_RIGHT
    mine = {chair.body.id: chair.body for chair in chairs}
    given = [(each, found[each.to], mine[each.body]) for each in running if each.body in mine]
    return Screen(
        delegation_cards.listed(context.say, committee, chairs_of(chairs), given, work.now)
    )


def chairs_of(chairs: Sequence[Chair]) -> list[tuple[Body, bool]]:
    """Each body with whether its regulation lets the chair be given."""
    return [(chair.body, bool(chair.rules)) for chair in chairs]


async def pick(context: Context, account: int, committee: int, body: str) -> Screen | Refusal:
    """To whom; only those whose office the rule names are offered."""
    async with context.look() as work:
        chair = await _chair(work, account, committee, body)
    if isinstance(chair, Refusal):
        return chair
    if not chair.rules:
        return Refusal("delegation_no_rule", values={"body": chair.body.name})
    return Screen(
        delegation_cards.pick(context.say, committee, chair.body, chair.rules, chair.allowed())
    )


async def ask_start(
    context: Context, account: int, committee: int, body: str, to: int
) -> Screen | Refusal:
    """From when; the right and the office are checked before anything is asked."""
    async with context.work() as work:
        found = await _delegate(work, account, committee, body, to)
        if isinstance(found, Refusal):
            return found
        chair, person = found
        ref = {"committee": committee, "body": body, "to": to}
        await drafts.await_words(work.tx, account, "deleg_from", ref, work.now)
    return Screen(delegation_cards.ask_start(context.say, committee, chair.body, person))


async def _delegate(
    work: UnitOfWork, account: int, committee: int, body: str, to: int
) -> tuple[Chair, Person] | Refusal:
    chair = await _chair(work, account, committee, body)
    if isinstance(chair, Refusal):
        return chair
    person = next((each for each in chair.everybody if each.id == to), None)
    if person is None:
        return Refusal("delegation_person_left")
    return may_delegate(chair.rules, chair.body, person, chair.head.id) or (chair, person)


async def typed(context: Context, committee: int, text: str, *, ends: bool) -> datetime | Refusal:
    """A typed moment; a day without an hour is that whole day in Viet Nam."""
    async with context.look() as work:
        days = await calendar.working_calendar(work.tx, committee)
    now = context.clock.now()
    hour = MIDNIGHT if ends else 0
    moment = parse_moment(text, now, days, hour, earliest=now - FARTHEST)
    if isinstance(moment, MomentFault):
        return unclear(moment)
    at_midnight = in_viet_nam(moment).hour == in_viet_nam(moment).minute == 0
    return moment - LAST_SECOND if ends and at_midnight else moment


async def ask_end(
    context: Context, account: int, committee: int, body: str, to: int, starts_at: datetime
) -> Screen | Refusal:
    """Until when; a start that has passed means from now on."""
    async with context.work() as work:
        found = await _delegate(work, account, committee, body, to)
        if isinstance(found, Refusal):
            return found
        chair, person = found
        starts = max(starts_at, work.now)
        ref = {"committee": committee, "body": body, "to": to, "from": starts.isoformat()}
        await drafts.await_words(work.tx, account, "deleg_until", ref, work.now)
    return Screen(delegation_cards.ask_end(context.say, committee, chair.body, person, starts))


async def give(
    context: Context, account: int, committee: int, body: str, to: int, span: Span
) -> Screen | Refusal:
    """Enter the delegation and tell the delegate and the clerks; refused under the rule's article."""
    async with context.work() as work:
        found = await _delegate(work, account, committee, body, to)
        if isinstance(found, Refusal):
            return found
        chair, person = found
        starts = max(span.starts_at, work.now) if span.ends_at > work.now else span.starts_at
        wanted = Span(starts, span.ends_at)
        refusal = may_stand_in(chair.rules, wanted, await _running(work, chair), work.now)
        if refusal:
            return refusal
        rule = rule_for(chair.rules, body, person)
        article = rule.article if rule else ""
        given = Given(
            0, committee, body, chair.head.id, to, wanted.starts_at, wanted.ends_at, article
        )
        await delegations.add(work.tx, given, work.now)
        detail = {
            "to": to,
            "from": wanted.starts_at.isoformat(),
            "until": wanted.ends_at.isoformat(),
            "article": article,
        }
        await work.record(committee, chair.head, "delegate", f"body:{body}", detail)
        await drafts.answered(work.tx, account)
        card = delegation_cards.given(work.say, chair.body, chair.head, person, given)
        key = f"delegation:{committee}:{body}:{stamp(work)}"
        await notify(work, _told(chair, person), card, key)
    return Screen(delegation_cards.confirmed(context.say, committee, chair.body, person, given))


def _told(chair: Chair, to: Person) -> list[Person]:
    """The delegate and the clerks."""
    return [to, *(each for each in chair.everybody if each.is_clerk and each.id != to.id)]


async def _running(work: UnitOfWork, chair: Chair) -> list[Span]:
    return [
        Span(each.starts_at, each.ends_at)
        for each in await delegations.running(work.tx, chair.head.committee, work.now)
        if each.body == chair.body.id
    ]


async def withdraw(
    context: Context, account: int, committee: int, body: str, to: int, reason: str = ""
) -> Screen | Refusal:
    """End what this person was given before its time; the delegate and the clerks are told."""
    async with context.work() as work:
        chair = await _chair(work, account, committee, body)
        if isinstance(chair, Refusal):
            return chair
        person = await people.person(work.tx, to)
        running = [
            each
            for each in await delegations.running(work.tx, committee, work.now)
            if each.body == body and each.to == to
        ]
        if not running or person is None:
            return Refusal("delegation_over")
        for each in running:
            await delegations.withdraw(work.tx, each.id, work.now)
        detail = {"to": to, "reason": reason}
        await work.record(committee, chair.head, "withdraw_delegation", f"body:{body}", detail)
        card = delegation_cards.withdrawn(
            work.say, chair.body, chair.head, person, running[0], work.now
        )
        key = f"delegation_end:{committee}:{body}:{stamp(work)}"
        await notify(work, _told(chair, person), card, key)
    return Screen(delegation_cards.ended(context.say, committee, chair.body, person))
