"""The head is away: the clerk enters it, a deputy takes the work on, the head ends it (QN 5.3, BK 6.6, HU 5.5, 7.2).

Two persons stand behind everybody who acts so: the clerk who enters, and who takes it on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.db import standing_in
from bot.db.notice import Card
from bot.kit import access
from bot.kit.act import act, press
from bot.kit.ask import Pick, moment_of
from bot.kit.notify import notify, reference
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.kit.waiting import Waiting, waits
from bot.people import absence_cards as cards
from bot.people import beginning, store
from bot.people.desk import Desk, desk_of
from bot.people.rules.acting import StandIn
from bot.people.rules.delegating import (
    Span,
    away_articles,
    away_rules,
    duty_rules,
    may_be_absent,
    may_stand_in,
)
from bot.people.rules.people import Person, sits
from bot.people.span import FirstMoment, LastMoment, starts
from bot.people.store import Absence
from bot.regulations.rules.meetings import DelegationRule
from bot.regulations.rules.regulation import Body
from bot.values.action import action
from bot.values.refusal import NO_RIGHT, Refusal, Refused, require


async def _clerk(work: UnitOfWork, account: int, committee: int) -> Desk:
    """A clerk of the committee; others are refused and learn nothing."""
    person = await access.in_committee(work, account, committee)
    if person is None or not person.is_clerk:
        raise Refused(NO_RIGHT)
    return await desk_of(work, person)


# --- entering it -----------------------------------------------------------------------------


async def _ask_who(work: UnitOfWork, desk: Desk, _args: tuple[str, ...], _page: int) -> Screen:
    return Screen(cards.ask_who(work.say, desk.person.committee, desk.may_be_away))


def _refuse_who(desk: Desk, of: str, _at: datetime) -> Refusal | None:
    """A head for whom the text has somebody act."""
    head = next((each for each in desk.heads if str(each.id) == of), None)
    if head is None:
        return Refusal("absence_no_head")
    if not away_rules(desk.rules_of(head.id)):
        return Refusal("absence_no_rule", values={"name": head.name})
    return None


async def _ask_start(work: UnitOfWork, desk: Desk, args: tuple[str, ...], _page: int) -> Screen:
    head = desk.named(args[1])
    return Screen(cards.ask_start(work.say, ("absence_new", *args), head, desk.person.committee))


async def _ask_end(work: UnitOfWork, desk: Desk, args: tuple[str, ...], _page: int) -> Screen:
    head, since = desk.named(args[1]), starts(args[2], work.now)
    return Screen(cards.ask_end(work.say, head, since, desk.person.committee))


@act(
    "absence_new",
    find=_clerk,
    needs=(Pick(_ask_who, _refuse_who), FirstMoment(_ask_start), LastMoment(_ask_end)),
)
async def enter(
    work: UnitOfWork, desk: Desk, at: datetime, of: str, start: str, end: str
) -> Screen:
    """The clerk enters that a head is away; the roll and the head are told, and a deputy may take it on."""
    head, span = desk.named(of), span_of(work, start, end, at)
    others = [Span(a.starts_at, a.ends_at) for a in desk.absences if a.of == head.id and not a.body]
    require(may_be_absent(desk.rules_of(head.id), head, span, others, work.now))
    wanted = Absence(
        0, head.committee, head.id, span.starts_at, span.ends_at, entered_by=desk.person.id
    )
    absence = await entered(work, desk, wanted)
    return await asked(work, desk, absence, desk.deputies(head.id))


def span_of(work: UnitOfWork, start: str, end: str, at: datetime) -> Span:
    """From when to when, as answered; a start that has passed means from now on."""
    until = moment_of(end) or at
    since = starts(start, at)
    return Span(max(since, work.now) if until > work.now else since, until)


async def entered(work: UnitOfWork, desk: Desk, wanted: Absence) -> Absence:
    """The absence as a fact, with its line in the register."""
    line = Line(wanted.committee, desk.person, "enter_absence", reference("person", wanted.of), {
        "of": wanted.of,
        "body": wanted.body,
        "to": wanted.to,
        "from": wanted.starts_at.isoformat(),
        "until": wanted.ends_at.isoformat(),
        "decision": wanted.decision,
        "decided_on": wanted.decided_on.isoformat() if wanted.decided_on else None,
    })  # fmt: skip
    return replace(wanted, id=await work.write(store.enter_absence(wanted, work.now), line))


async def asked(work: UnitOfWork, desk: Desk, absence: Absence, takers: Sequence[Person]) -> Screen:
    """Roll and head learn who is away; who may take it on has the button, but for who entered it."""
    can_take = {person.id for person in takers} - {desk.person.id}

    def shown(person: Person) -> Card:
        takes = person.id in can_take
        return cards.told_of(work.say, desk, absence, takers, person, takes=takes)

    told = [p for p in (*desk.told(absence), *takers) if p.id != desk.person.id]
    await notify(work, told, shown, f"absence:{absence.id}")
    return Screen(cards.entered(work.say, desk, absence, takers))


# --- taking it on ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Before:
    """Somebody of the committee before an absence."""

    desk: Desk
    absence: Absence


async def find(work: UnitOfWork, account: int, absence_id: int) -> Before:
    """Whoever sits in the committee; what that one may do is judged by the act. Guests and units learn nothing."""
    absence = await store.absence(work.tx, absence_id)
    person = await access.in_committee(work, account, absence.committee) if absence else None
    if absence is None or person is None or not sits(person):
        raise Refused(NO_RIGHT)
    return Before(await desk_of(work, person), absence)


def may_take_on(before: Before, at: datetime) -> Refusal | None:
    """Whom the text names, once, until its end; never who entered it: two persons stand behind it."""
    desk, absence = before.desk, before.absence
    person, rules = desk.person, desk.rules_of(absence.of)
    duty = bool(absence.body)
    named = person.id == absence.to if duty else bool(desk.takes(absence.of, person))
    if not named or person.id == absence.of:
        among = duty_rules(rules) if duty else away_rules(rules)
        offices = [office for rule in among for office in rule.to]
        article = away_articles(among)
        return Refusal("absence_not_yours", article, values={"offices": offices})
    if person.id == absence.entered_by:
        return Refusal("absence_own_entry")
    if absence.ended_at is not None or at > absence.ends_at:
        return Refusal("absence_over")
    taken = next((each for each in desk.not_over if each.absence == absence.id), None)
    if taken is not None:
        return Refusal("absence_taken", values={"name": desk.name(taken.to)})
    return None


@press("away")
async def show(context: Context, tap: Tap) -> Screen:
    """Who is away and who may act meanwhile, with the button for whom it is meant."""
    async with context.look() as work:
        before = await find(work, tap.account, tap.number(0))
        desk, absence = before.desk, before.absence
        takes = may_take_on(before, tap.at) is None
        takers = [desk.named(absence.to)] if absence.to else desk.deputies(absence.of)
        card = cards.told_of(work.say, desk, absence, takers, desk.person, takes=takes)
    return Screen(card)


@act("take_on", find=find, may=may_take_on)
async def take_on(work: UnitOfWork, before: Before, _at: datetime) -> Screen:
    """The deputy acts for the head from now, or from its beginning, to its end; roll and head are told."""
    return await taken(work, before.desk, before.absence, by=before.desk.person)


async def taken(work: UnitOfWork, desk: Desk, absence: Absence, *, by: Person) -> Screen:
    """Who stands in, for each body where nobody else does so at that time; refused where none is left."""
    person, head = desk.person, desk.named(absence.of)
    span = Span(max(absence.starts_at, work.now), absence.ends_at)
    bodies = _bodies(desk, absence)
    refusals = [may_stand_in((rule,), span, desk.running(body), work.now) for body, rule in bodies]
    free = [each for each, why in zip(bodies, refusals, strict=True) if why is None]
    if not free:
        require(next(iter(refusals), Refusal("absence_over")))
    given = [
        StandIn(
            0,
            head.committee,
            body.id,
            head.id,
            person.id,
            span.starts_at,
            span.ends_at,
            rule.away_article or rule.article,
            rule.scope,
            absence.id,
        )
        for body, rule in free
    ]
    line = Line(head.committee, by, "take_on", reference("person", head.id), {
        "absence": absence.id,
        "of": head.id,
        "to": person.id,
        "bodies": {each.body: each.article for each in given},
        "from": span.starts_at.isoformat(),
        "until": span.ends_at.isoformat(),
    })  # fmt: skip
    first, *more = [store.stand_in(each, work.now) for each in given]
    await work.write(first, line, *more)
    not_over = await standing_in.not_over(work.tx, head.committee, work.now)
    await beginning.arrange(work, [each for each in not_over if each.absence == absence.id])

    def shown(each: Person) -> Card:
        return cards.taken(work.say, desk, absence, given, each)

    told = [each for each in (*desk.told(absence), person) if each.id != by.id]
    await notify(work, told, shown, f"absence_taken:{absence.id}:{person.id}")
    return Screen(shown(by))


def _bodies(desk: Desk, absence: Absence) -> list[tuple[Body, DelegationRule]]:
    if not absence.body:
        return desk.takes(absence.of, desk.person)
    on_duty = desk.duty(absence.body)
    return [on_duty] if on_duty else []


# --- the end ---------------------------------------------------------------------------------


def may_end(before: Before, at: datetime) -> Refusal | None:
    """The head who is back, the clerk who entered it wrongly, or who acts and cannot any longer."""
    desk, absence = before.desk, before.absence
    acts = {each.to for each in desk.not_over if each.absence == absence.id}
    if desk.person.id not in (absence.of, absence.entered_by, *acts):
        return NO_RIGHT
    over = absence.ended_at is not None or at > absence.ends_at
    return Refusal("absence_over") if over else None


@act("back", find=find, may=may_end)
async def end(work: UnitOfWork, before: Before, _at: datetime) -> Screen:
    """From now on nobody acts by this absence; what was done meanwhile stays; all who were told are told."""
    desk, absence = before.desk, before.absence
    given = [each for each in desk.not_over if each.absence == absence.id]
    line = Line(absence.committee, desk.person, "end_absence", reference("person", absence.of), {
        "absence": absence.id,
        "of": absence.of,
        "to": given[0].to if given else None,
    })  # fmt: skip
    await work.write(
        store.end_absence(absence.id, work.now),
        line,
        *(store.withdraw(each.id, work.now) for each in given),
    )
    card = cards.over(work.say, desk, absence, desk.name(given[0].to) if given else "", work.now)
    others = [each for each in desk.told(absence) if each.id != desk.person.id]
    await notify(work, others, card, f"absence_end:{absence.id}")
    return Screen(card)


# --- what waits ------------------------------------------------------------------------------


@waits(6)
async def waiting_for(work: UnitOfWork, person: Person, committee: str) -> list[Waiting]:
    """Absences that this person may take on."""
    entered = await store.absences_of(work.tx, person.committee, work.now)
    if not entered:
        return []
    desk = await desk_of(work, person)
    return [
        Waiting(
            "take_on",
            desk.name(each.of),
            each.starts_at,
            committee,
            action("away", each.id),
        )
        for each in entered
        if may_take_on(Before(desk, each), work.now) is None
    ]
