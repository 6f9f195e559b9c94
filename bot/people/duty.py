"""A body puts one of its members on duty while those who lead it are away (HU 5.5). Who takes it on: absence.py."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.kit import access
from bot.kit.act import act
from bot.kit.ask import Pick, Words
from bot.kit.screen import Screen
from bot.kit.unit import UnitOfWork
from bot.people import absence_cards as cards
from bot.people.absence import asked, entered, span_of, taken
from bot.people.decision import read_decision, refuse_decision
from bot.people.desk import Desk, desk_of
from bot.people.rules.delegating import may_stand_in
from bot.people.rules.people import head_of
from bot.people.span import FirstMoment, LastMoment, starts
from bot.people.store import Absence
from bot.regulations.rules.meetings import DelegationRule
from bot.regulations.rules.regulation import Body
from bot.values.refusal import NO_RIGHT, Refusal, Refused, require
from bot.values.typed_days import LONGEST


async def _clerk_or_head(work: UnitOfWork, account: int, committee: int) -> Desk:
    """Who may enter that a body has put somebody on duty: a clerk, or that body's head."""
    person = await access.in_committee(work, account, committee)
    desk = await desk_of(work, person) if person else None
    heads = {each.id for each in desk.heads} if desk else set()
    if person is None or desk is None or not (person.is_clerk or person.id in heads):
        raise Refused(NO_RIGHT)
    return desk


# --- what is asked ---------------------------------------------------------------------------


async def _ask_body(work: UnitOfWork, desk: Desk, _args: tuple[str, ...], _page: int) -> Screen:
    return Screen(cards.ask_body(work.say, desk.person.committee, [b for b, _ in desk.on_duty]))


def _refuse_body(desk: Desk, body: str, _at: datetime) -> Refusal | None:
    found = desk.duty(body)
    if found is not None:
        heads = any(each.id == body for each in desk.headed_by(desk.person.id))
        return None if desk.person.is_clerk or heads else NO_RIGHT
    known = {each.id: each.name for each in desk.regulation.bodies}
    return Refusal("absence_no_duty", values={"body": known.get(body, "")})


async def _ask_whom(work: UnitOfWork, desk: Desk, args: tuple[str, ...], _page: int) -> Screen:
    body, rule = _duty(desk, args[1])
    return Screen(cards.ask_whom(work.say, args, body, rule, desk.may_be_on_duty(body, rule)))


def _duty(desk: Desk, body: str) -> tuple[Body, DelegationRule]:
    found = desk.duty(body)
    if found is None:
        raise Refused(Refusal("stale_question"))
    return found


async def _duty_start(work: UnitOfWork, desk: Desk, args: tuple[str, ...], _page: int) -> Screen:
    who = desk.named(args[2])
    return Screen(cards.ask_start(work.say, ("duty_new", *args), who, desk.person.committee))


async def _duty_end(work: UnitOfWork, desk: Desk, args: tuple[str, ...], _page: int) -> Screen:
    who, since = desk.named(args[2]), starts(args[3], work.now)
    return Screen(cards.ask_end(work.say, who, since, desk.person.committee))


async def _ask_decision(work: UnitOfWork, desk: Desk, args: tuple[str, ...], _page: int) -> Screen:
    return Screen(cards.ask_decision(work.say, _duty(desk, args[1])[0], desk.person.committee))


@act(
    "duty_new",
    find=_clerk_or_head,
    needs=(
        Pick(_ask_body, _refuse_body),
        Pick(_ask_whom),
        FirstMoment(_duty_start),
        LastMoment(_duty_end),
        Words(_ask_decision, LONGEST, refuse_decision, line=True),
    ),
)
async def put_on_duty(  # noqa: PLR0917 - the answers come in their order
    work: UnitOfWork,
    desk: Desk,
    at: datetime,
    body_id: str,
    to: str,
    start: str,
    end: str,
    decision: str,
) -> Screen:
    """Enter that a body has put one of its members on duty while those who lead it are away.

    Entered by a clerk, the member takes it on; the head's own entry holds at once.
    """
    body, rule = _duty(desk, body_id)
    head = head_of(desk.staff.everybody, body)
    person = next((p for p in desk.may_be_on_duty(body, rule) if str(p.id) == to), None)
    mark = read_decision(decision, at)
    if head is None or person is None:
        values = {"name": desk.named(to).name, "offices": list(rule.to), "body": body.name}
        raise Refused(Refusal("delegation_duty_office", rule.article, values=values))
    span = span_of(work, start, end, at)
    require(may_stand_in((rule,), span, desk.running(body), work.now))
    wanted = Absence(
        0,
        head.committee,
        head.id,
        span.starts_at,
        span.ends_at,
        entered_by=desk.person.id,
        body=body.id,
        to=person.id,
        decision=mark.basis,
        decided_on=mark.day,
    )
    absence = await entered(work, desk, wanted)
    if desk.person.id == head.id:
        return await taken(work, replace(desk, person=person), absence, by=desk.person)
    return await asked(work, desk, absence, [person])
