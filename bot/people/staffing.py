"""What a clerk does about people: invites, spells a name anew, and asks for changes of seats, offices and accounts.

Who confirms, and what is then made, is decided in changing.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.db.approvals import Request
from bot.kit import seconding
from bot.kit.act import act, press
from bot.kit.ask import Confirm, Given, Pick, Words
from bot.kit.screen import Screen
from bot.kit.taps import MalformedPressError, Tap
from bot.kit.unit import Context, UnitOfWork
from bot.people import access, cards, change_cards, changing, joining
from bot.people.access import Found
from bot.people.decision import read_decision, refuse_decision
from bot.people.roster import person_shown
from bot.people.rules.changes import (
    Change,
    Does,
    as_clerk,
    needs_decision,
    needs_second,
    no_clerk,
    refuse_last_clerk,
    refuse_name,
    refuse_part,
)
from bot.people.rules.people import Role, SeatHeld
from bot.values.action import action
from bot.values.limits import PERSON_NAME_LIMIT
from bot.values.refusal import Refusal, Refused, refuse, require
from bot.values.typed_days import LONGEST

SERVICE = {"full_time": True, "part_time": False}
MARKS = {"on": True, "off": False}


async def _done(work: UnitOfWork, found: Found, toast: str) -> Screen:
    """The person as it is after what was done."""
    account, person = found.office.actor.account or 0, found.person.id
    return await person_shown(work, await access.look_at(work, account, person), toast)


async def _asked(work: UnitOfWork, found: Found, change: Change, decision: str = "") -> Screen:
    """What was asked waits, and is shown; what needs no second person is made."""
    mark = read_decision(decision, work.now)
    request = await changing.ask(work, found.office.actor, change, mark)
    if request is not None:
        return await waits(work, found.office.actor.account or 0, request)
    if change.does is Does.RETIRE:
        card = cards.retired(work.say, found.person.committee, found.person.name, 0)
        return Screen(card, toast=work.say.label("people_toast.retired"))
    return await _done(work, found, "changed")


async def waits(work: UnitOfWork, account: int, request: Request) -> Screen:
    """The request as who asked sees it."""
    found = await seconding.before(work, account, request.id)
    screen = await seconding.shown(work, found.person, request.id)
    return replace(screen, toast=work.say.label("people_toast.asked"))


# --- invitations and names -------------------------------------------------------------------


def may_invite(found: Found, _at: datetime) -> Refusal | None:
    """Only who has not joined is invited."""
    person = found.person
    return Refusal("joined_already", values={"name": person.name}) if person.joined else None


@act("people_invite", find=access.before_clerk, may=may_invite)
async def invite(work: UnitOfWork, found: Found, _at: datetime) -> Screen:
    """A new invitation for somebody who has not joined: shown to who issues it and to who would confirm that seat."""
    house = await access.house_of(work, found.person.committee)
    asker = found.office.actor
    readers = changing.readers_of_link(house, found.person, asker)
    await joining.send_invitation(work, asker, readers, found.person)
    return await _done(work, found, "invited")


async def _ask_name(work: UnitOfWork, found: Found, _args: tuple[str, ...], _page: int) -> Screen:
    return Screen(cards.asks_name(work.say, found.person))


def _refuse_other(found: Found, name: str, _at: datetime) -> Refusal | None:
    return refuse_name(found.office.everybody, name, found.person.id)


@act(
    "people_rename",
    find=access.before,
    needs=(Words(_ask_name, PERSON_NAME_LIMIT, _refuse_other, line=True),),
)
async def rename(work: UnitOfWork, found: Found, _at: datetime, name: str) -> Screen:
    """Write a name anew, from the next roll on; for a seat never joined that is another person, and is asked."""
    if name == found.person.name:
        return await _done(work, found, "")
    return await _asked(work, found, Change(Does.RENAME, name, found.person.id))


# --- the decision that a change rests on -----------------------------------------------------

Made = Callable[[Found, tuple[str, ...]], Change]
"""The change that the answers so far make."""


def _decision(name: str, made: Made) -> Words[Found]:
    """Its number and day; for some changes a button says that there is none."""

    async def ask(work: UnitOfWork, found: Found, args: tuple[str, ...], _page: int) -> Screen:
        change = made(found, args[1:])
        house = await access.house_of(work, found.person.committee)
        require(changing.may_ask(change, house))
        none = None if needs_decision(change, found.person) else action(name, *args, "")
        asked = change_cards.wish(work.say, house, change)
        return Screen(change_cards.asks_decision(work.say, asked, found.person.id, none))

    return Words(ask, LONGEST, refuse_decision, line=True, optional=True)


# --- seats -----------------------------------------------------------------------------------


@press("people_seat")
async def seat(context: Context, tap: Tap) -> Screen:
    """One seat, with what it can be changed to."""
    async with context.look() as work:
        found = await access.before(work, tap.account, tap.number(0))
        held = found.seat(tap.word(1))
        return Screen(cards.seat(context.say, found.office, found.person, held))


def _held(found: Found, body: str, _at: datetime) -> Refusal | None:
    """A seat in that body."""
    try:
        found.seat(body)
    except Refused as no:
        return no.refusal
    return None


def _any(_found: Found, _answer: str, _at: datetime) -> Refusal | None:
    """Judged with the seat that it belongs to."""
    return None


def _other(alter: Callable[[Found, SeatHeld, str], SeatHeld]) -> Made:
    """The change that makes a seat otherwise, as a button says; refused where it is so already."""

    def made(found: Found, answers: tuple[str, ...]) -> Change:
        body, wanted = answers[:2]
        held = found.seat(body)
        new = alter(found, held, wanted)
        if held == new:
            refuse("seat_changed")
        return Change(Does.CHANGE_SEAT, found.person.name, found.person.id, held, new)

    return made


def _wanted(values: Mapping[str, bool], wanted: str) -> bool:
    """What a button says; raises `MalformedPressError` for what no button says."""
    if wanted not in values:
        raise MalformedPressError
    return values[wanted]


def _in_office(found: Found, held: SeatHeld, name: str) -> SeatHeld:
    if name not in cards.offered(found.office.regulation, held.role, held.body):
        refuse("seat_changed")
    return replace(held, office=name)


def _in_time(_found: Found, held: SeatHeld, service: str) -> SeatHeld:
    return replace(held, full_time=_wanted(SERVICE, service))


def _marked(found: Found, held: SeatHeld, wanted: str) -> SeatHeld:
    marked = _wanted(MARKS, wanted)
    if not cards.uses_mark(found.office.regulation, held):
        refuse("seat_changed")
    full_time = held.full_time and not marked
    return replace(held, full_time=full_time, part_time_vice_president=marked)


def _otherwise(name: str, alter: Callable[[Found, SeatHeld, str], SeatHeld]) -> None:
    """Enter the act that asks for a seat to be made otherwise, from the next roll on."""
    made = _other(alter)

    async def change(
        work: UnitOfWork, found: Found, _at: datetime, body: str, wanted: str, decision: str
    ) -> Screen:
        return await _asked(work, found, made(found, (body, wanted)), decision)

    act(name, find=access.before, needs=(Given(_held), Given(_any), _decision(name, made)))(change)


_otherwise("people_office", _in_office)
"""Another office in the same seat."""
_otherwise("people_time", _in_time)
"""Held full time or beside other work."""
_otherwise("people_mark", _marked)
"""Marked as a part-time vice president, or no more (8.2.2 in Quảng Ngãi)."""


def _free(found: Found, body: str, _at: datetime) -> Refusal | None:
    free = [each.id for each in cards.free_bodies(found.office, found.person)]
    return None if body in free else Refusal("seat_changed")


async def _ask_body(work: UnitOfWork, found: Found, _args: tuple[str, ...], _page: int) -> Screen:
    return Screen(cards.asks_body(work.say, found.office, found.person))


async def _ask_office(work: UnitOfWork, found: Found, args: tuple[str, ...], _page: int) -> Screen:
    body = found.office.regulation.body(args[1])
    return Screen(cards.asks_office(work.say, found.office, found.person, body))


def _further_seat(found: Found, answers: tuple[str, ...]) -> Change:
    body, name = answers[:2]
    person = found.person
    if name not in cards.offered(found.office.regulation, Role.MEMBER, body):
        refuse("seat_changed")
    full_time = all(seat.full_time for seat in person.seats)
    new = SeatHeld(Role.MEMBER, body, name, full_time)
    return Change(Does.ADD_SEAT, person.name, person.id, after=new)


@act(
    "people_join",
    find=access.before,
    needs=(Pick(_ask_body, _free), Pick(_ask_office), _decision("people_join", _further_seat)),
)
async def join_body(
    work: UnitOfWork, found: Found, _at: datetime, body: str, name: str, decision: str
) -> Screen:
    """A seat in a further body, last on its roll, from the next matter on."""
    return await _asked(work, found, _further_seat(found, (body, name)), decision)


# --- the office's part -----------------------------------------------------------------------


def may_be_clerk(found: Found, _at: datetime) -> Refusal | None:
    """Somebody of a roll, or who heads an agency, and has not the part already."""
    return refuse_part(found.person)


def _named_clerk(found: Found, _answers: tuple[str, ...]) -> Change:
    return as_clerk(found.person)


@act(
    "people_clerk",
    find=access.before_named,
    may=may_be_clerk,
    needs=(_decision("people_clerk", _named_clerk),),
)
async def name_clerk(work: UnitOfWork, found: Found, _at: datetime, decision: str) -> Screen:
    """The office's part for somebody who is there already, of whom a head may be himself."""
    return await _asked(work, found, _named_clerk(found, ()), decision)


def may_be_clerk_no_more(found: Found, _at: datetime) -> Refusal | None:
    """Who holds it beside another seat; the last clerk has it until another has."""
    house, person = found.office.house, found.person
    return changing.may_ask(no_clerk(person), house)


def _clerk_no_more(found: Found, _answers: tuple[str, ...]) -> Change:
    return no_clerk(found.person)


@act(
    "people_clerk_no",
    find=access.before,
    may=may_be_clerk_no_more,
    needs=(_decision("people_clerk_no", _clerk_no_more),),
)
async def end_clerk(work: UnitOfWork, found: Found, _at: datetime, decision: str) -> Screen:
    """The office's part ended, every other seat kept."""
    return await _asked(work, found, _clerk_no_more(found, ()), decision)


# --- leaving ---------------------------------------------------------------------------------


async def _confirm(
    work: UnitOfWork, found: Found, act: str, body: str | None, args: tuple[str, ...]
) -> Screen:
    """What leaving means: which running matters keep their rolls, which body is left without a head."""
    office, person = found.office, found.person
    rest = office.without(person)
    if body is not None:
        kept = tuple(seat for seat in person.seats if seat.body != body)
        rest = (*rest, replace(person, seats=kept))
    names = {each.id: each.name for each in office.regulation.bodies}
    card = cards.confirms(
        work.say,
        person,
        act,
        args,
        running=await access.running_of(work, person),
        headless=office.headless(rest),
        body=names.get(body or "", ""),
        second=needs_second(Change(Does.RETIRE, person.name, person.id), person),
    )
    return Screen(card)


async def _confirm_leave(
    work: UnitOfWork, found: Found, args: tuple[str, ...], _page: int
) -> Screen:
    return await _confirm(work, found, "leave", args[1], args)


def _refuse_leaving(found: Found, body: str, at: datetime) -> Refusal | None:
    """The only seat is given up by leaving the committee."""
    if (gone := _held(found, body, at)) is not None:
        return gone
    only = len(found.person.seats) == 1
    return Refusal("only_seat", values={"name": found.person.name}) if only else None


def _seat_ended(found: Found, answers: tuple[str, ...]) -> Change:
    person = found.person
    return Change(Does.END_SEAT, person.name, person.id, before=found.seat(answers[0]))


@act(
    "people_leave",
    find=access.before,
    needs=(Given(_refuse_leaving), Confirm(_confirm_leave), _decision("people_leave", _seat_ended)),
)
async def leave(
    work: UnitOfWork, found: Found, _at: datetime, body: str, _yes: str, decision: str
) -> Screen:
    """Out of one body, from the next matter on."""
    return await _asked(work, found, _seat_ended(found, (body,)), decision)


def may_retire(found: Found, _at: datetime) -> Refusal | None:
    """The last clerk stays until there is another."""
    return refuse_last_clerk(found.person, found.office.everybody)


async def _confirm_retire(
    work: UnitOfWork, found: Found, args: tuple[str, ...], _page: int
) -> Screen:
    return await _confirm(work, found, "retire", None, args)


def _retired(found: Found, _answers: tuple[str, ...]) -> Change:
    return Change(Does.RETIRE, found.person.name, found.person.id)


@act(
    "people_retire",
    find=access.before,
    may=may_retire,
    needs=(Confirm(_confirm_retire), _decision("people_retire", _retired)),
)
async def retire(work: UnitOfWork, found: Found, _at: datetime, _yes: str, decision: str) -> Screen:
    """Out of the committee: the account is freed, running matters keep the rolls they froze."""
    return await _asked(work, found, _retired(found, ()), decision)


# --- another account -------------------------------------------------------------------------


def may_rebind(found: Found, _at: datetime) -> Refusal | None:
    """Only who has joined is tied to an account."""
    person = found.person
    return None if person.joined else Refusal("not_joined", values={"name": person.name})


async def _confirm_rebinding(
    work: UnitOfWork, found: Found, _args: tuple[str, ...], _page: int
) -> Screen:
    house = await access.house_of(work, found.person.committee)
    seconds = changing.seconds_of(_rebound(found), house, found.office.actor.id)
    named = [each for each in house.staff.everybody if each.id in seconds.everyone]
    return Screen(cards.confirms_rebinding(work.say, found.person, named))


def _rebound(found: Found) -> Change:
    return Change(Does.REBIND, found.person.name, found.person.id)


@act("people_rebind", find=access.before, may=may_rebind, needs=(Confirm(_confirm_rebinding),))
async def rebind(work: UnitOfWork, found: Found, _at: datetime, _yes: str) -> Screen:
    """Another Telegram account for somebody who has joined; no decision of the committee stands behind it."""
    return await _asked(work, found, _rebound(found))
