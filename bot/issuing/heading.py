"""How a body's papers are headed, signed and sent: asked by a clerk and confirmed by the head, or set by the head.

Papers drawn up before keep what stood on them; numbers taken keep their symbol.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.db import approvals
from bot.db.approvals import Request
from bot.db.notice import Card
from bot.issuing import access, reading, store
from bot.issuing import heading_cards as cards
from bot.issuing.access import Desk
from bot.issuing.rules.fields import CHOSEN, Field, Setting, read, setting
from bot.issuing.rules.letterhead import Letterhead, Paper
from bot.issuing.rules.numbers import may_begin_at, may_number, next_number
from bot.kit import seconding
from bot.kit.act import act, press
from bot.kit.ask import Given, Words
from bot.kit.notify import notify, reference, stamp
from bot.kit.screen import Screen
from bot.kit.seconding_cards import Asked
from bot.kit.seconding_kinds import Decided, kind
from bot.kit.taps import MalformedPressError, Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.kit.waiting import home_row
from bot.people import face as people
from bot.people.face import House, Office
from bot.people.rules.people import Person, sits
from bot.regulations.rules.regulation import Body
from bot.values.action import Action, action
from bot.values.limits import REASON_LIMIT
from bot.values.refusal import Refusal, Refused, refuse, require

HEADING = "heading"
"""Requests of this kind."""


# --- what is asked, and done -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """A body sets one thing otherwise; `value` as it is kept."""

    body: str
    setting: Setting
    value: Any

    def kept(self) -> dict[str, Any]:
        """As a request keeps it."""
        return {"body": self.body, "field": self.setting.name, "value": self.value}

    @classmethod
    def of(cls, request: Request) -> Change:
        """As a request kept it."""
        of = setting(request.content["field"])
        if of is None:
            raise LookupError(request.content["field"])
        return cls(request.content["body"], of, request.content["value"])


@dataclass(frozen=True)
class Heading(people.OfficeAsks):
    """Requests about how a body issues its papers, asked by a clerk."""

    name: str = HEADING

    def body(self, house: House, request: Request) -> Body:
        """The head of the body that issues the papers."""
        return house.regulation.body(request.content["body"])

    async def refuse_now(self, work: UnitOfWork, house: House, request: Request) -> Refusal | None:
        """The signer is still there, the row not begun meanwhile."""
        change, body = Change.of(request), self.body(house, request)
        if change.setting.field is Field.SIGNER and house.person(change.value["by"]) is None:
            return Refusal("issuing_signer_gone")
        return await _refuse_row(work, request.committee, body, change.setting)

    async def carry_out(self, work: UnitOfWork, request: Request, decided: Decided) -> str:
        """Set it, and tell the office."""
        house, body = await _house(work, request)
        asker = house.person(request.asked_by)
        if asker is None:
            refuse("approval_asker_gone")
        change = Change.of(request)
        by = {"request": request.id, "confirmed_by": [each.id for each in decided.persons]}
        told = {**change.kept(), **by}
        line = Line(request.committee, asker, "heading_set", reference("body", body.id), told)
        await _make(work, house, change, line, decided.persons)
        return ""

    async def asked(self, work: UnitOfWork, request: Request) -> Asked:
        """What stands there now, and what would stand there instead."""
        house, body = await _house(work, request)
        change = Change.of(request)
        chosen = await store.settings(work.tx, request.committee, body.id)
        was, now = (
            _letterhead(house, body, each) for each in (chosen, _with(house, body, chosen, change))
        )
        return cards.wish(work.say, body, change.setting, was, now, change.value)

    def back(self, request: Request) -> Action:
        """To the papers of the body."""
        return action("heading_body", request.committee, request.content["body"])


kind(Heading())


async def _house(work: UnitOfWork, request: Request) -> tuple[House, Body]:
    house = await people.house_of(work, request.committee)
    return house, house.regulation.body(request.content["body"])


def _letterhead(house: House, body: Body, chosen: Mapping[str, Any]) -> Letterhead:
    words = house.regulation.vocabulary
    return reading.of_settings(house.committee.name, body, house.staff.everybody, chosen, words)


def _with(house: House, body: Body, chosen: Mapping[str, Any], change: Change) -> dict[str, Any]:
    """What the body has set, with the change."""
    return {**chosen, _key(_letterhead(house, body, chosen), change.setting): change.value}


def _key(head: Letterhead, of: Setting) -> str:
    return of.key(head.symbols[of.paper] if of.paper else "")


async def _refuse_row(work: UnitOfWork, committee: int, body: Body, of: Setting) -> Refusal | None:
    """Where a row goes on is set while it is empty, and only for a paper that bears numbers."""
    if of.field is not Field.NEXT or of.paper is None:
        return None
    symbol = (await reading.letterhead(work.tx, committee, body.id)).symbols[of.paper]
    row = await access.row_of(work, committee, body.id, symbol)
    return may_number(symbol, 1) or may_begin_at(await store.of_row(work.tx, row))


async def _make(
    work: UnitOfWork, house: House, change: Change, line: Line, pressed: Sequence[Person]
) -> None:
    """The fact with its line, and the word of it to the office and the head, but for who pressed."""
    committee, body = house.committee.id, house.regulation.body(change.body)
    chosen = await store.settings(work.tx, committee, body.id)
    was, now = _letterhead(house, body, chosen), _with(house, body, chosen, change)
    values = {_key(was, change.setting): change.value}
    await work.write(store.set_(committee, body.id, values), line)
    reads = _letterhead(house, body, now)
    asked = cards.wish(work.say, body, change.setting, was, reads, change.value)
    to = [each for each in house.staff.office(body) if each not in pressed]
    name = line.actor.name if line.actor else ""
    card = cards.changed(work.say, house, body, asked, name)
    await notify(work, to, card, f"heading:{change.setting.name}:{stamp(work)}")


# --- on the phone ----------------------------------------------------------------------------


@home_row(85, "heading")
async def _on_home(work: UnitOfWork, person: Person) -> bool:
    if person.is_clerk or not sits(person):
        return person.is_clerk
    house = await people.house_of(work, person.committee)
    return any(house.staff.acting(person, body) for body in house.regulation.bodies)


@press("heading")
async def choose_body(context: Context, tap: Tap) -> Screen:
    """The bodies whose papers the person sees to; where there is one, its papers at once."""
    async with context.look() as work:
        office = await people.office_of(work, tap.account, tap.number(0))
        bodies = [
            body
            for body in office.regulation.bodies
            if office.actor.is_clerk or office.staff.acting(office.actor, body)
        ]
        if len(bodies) == 1:
            return Screen(await _shown(work, await access.at_desk(work, office, bodies[0])))
        return Screen(cards.bodies(work.say, office, bodies))


@press("heading_body")
async def show_body(context: Context, tap: Tap) -> Screen:
    """How a body heads its papers."""
    async with context.look() as work:
        return Screen(await _shown(work, await _desk(work, tap)))


async def _desk(work: UnitOfWork, tap: Tap) -> Desk:
    return await access.desk(work, tap.account, tap.number(0), tap.word(1))


async def _shown(work: UnitOfWork, desk: Desk) -> Card:
    return cards.heading(work.say, desk, len(await _waiting(work, desk)))


async def _waiting(work: UnitOfWork, desk: Desk) -> list[Request]:
    """What is asked about the body's papers and not decided."""
    found = await approvals.waiting(work.tx, desk.committee)
    return [r for r in found if r.kind == HEADING and r.content["body"] == desk.body.id]


@press("heading_papers")
async def list_papers(context: Context, tap: Tap) -> Screen:
    """Every type of paper with its symbol."""
    async with context.look() as work:
        return Screen(cards.papers(work.say, await _desk(work, tap)))


@press("heading_paper")
async def show_paper(context: Context, tap: Tap) -> Screen:
    """One type: its symbol, who signs, to whom it goes, which number comes next."""
    async with context.look() as work:
        return Screen(await _paper(work, await _desk(work, tap), tap.one_of(2, Paper)))


async def _paper(work: UnitOfWork, desk: Desk, paper: Paper) -> Card:
    row = await access.row_of(work, desk.committee, desk.body.id, desk.symbol(paper))
    taken = await store.of_row(work.tx, row)
    following = next_number(taken, desk.first(paper))
    return cards.paper(work.say, desk, paper, following, begun=bool(taken))


@press("heading_pick")
async def pick(context: Context, tap: Tap) -> Screen:
    """What may be chosen for a setting: a layout; who signs, and then as what."""
    of = _setting(tap.word(2))
    if of.field not in CHOSEN:
        raise MalformedPressError
    async with context.look() as work:
        desk = await _desk(work, tap)
        if of.field is Field.PROFILE:
            return Screen(cards.profiles(work.say, desk, of))
        if len(tap.args) > PICKED:
            return Screen(cards.capacities(work.say, desk, of, tap.number(PICKED)))
        return Screen(cards.signers(work.say, desk, of, 0))


PICKED = 3
"""The place of who was picked to sign."""


@press("heading_signers")
async def turn_signers(context: Context, tap: Tap) -> Screen:
    """Another page of those who may sign."""
    async with context.look() as work:
        desk = await _desk(work, tap)
        return Screen(cards.signers(work.say, desk, _setting(tap.word(2)), tap.page(3)))


@press("heading_choose")
async def choose(context: Context, tap: Tap) -> Screen:
    """Set what was chosen, or ask the head for it."""
    of, value = _setting(tap.word(2)), " ".join(tap.args[3:])
    if of.field not in CHOSEN:
        raise MalformedPressError
    async with context.work() as work:
        return await _set(work, await _desk(work, tap), of, value)


def _setting(name: str) -> Setting:
    of = setting(name)
    if of is None:
        raise MalformedPressError
    return of


async def _ask_words(work: UnitOfWork, office: Office, args: tuple[str, ...], _page: int) -> Screen:
    desk, of = await _typed(work, office, args[1], args[2])
    return Screen(cards.asks_words(work.say, desk, of))


async def _typed(work: UnitOfWork, office: Office, body: str, name: str) -> tuple[Desk, Setting]:
    """The setting that is typed, of a body before its office."""
    of = _setting(name)
    if of.field in CHOSEN:
        raise MalformedPressError
    return await access.desk_for(work, office, body), of


@act(
    "heading_set",
    find=people.office_of,
    needs=(Given(), Given(), Words(_ask_words, REASON_LIMIT, optional=True)),
)
async def set_typed(
    work: UnitOfWork, office: Office, _at: datetime, body: str, name: str, text: str
) -> Screen:
    """Set what was typed, or ask the head for it."""
    desk, of = await _typed(work, office, body, name)
    return await _set(work, desk, of, text)


async def _set(work: UnitOfWork, desk: Desk, of: Setting, text: str) -> Screen:
    """The head sets it; of a clerk the head is asked first. Refused is what cannot be read, and what is so already."""
    people_ids = {each.id for each in desk.office.everybody}
    value = read(of, text, people_ids, desk.letterhead.profile)
    if isinstance(value, Refusal):
        raise Refused(value)
    change = Change(desk.body.id, of, value)
    house = await people.house_of(work, desk.committee)
    require(await _refuse_row(work, desk.committee, desk.body, of))
    if desk.chosen.get(_key(desk.letterhead, of)) == value:
        refuse("nothing_changed")
    if desk.head:
        line = desk.line("heading_set", change.kept())
        await _make(work, house, change, line, [desk.person])
        anew = await access.at_desk(work, desk.office, desk.body)
        return Screen(await _shown(work, anew), work.say.label("toast.heading_set"))
    waiting = await _waiting(work, desk)
    if any(Change.of(each).setting == of for each in waiting):
        refuse("approval_waiting")
    require(await people.refuse_request(work, desk.committee))
    wanted = seconding.Wanted(HEADING, change.kept(), desk.reference)
    request = await seconding.ask(work, desk.person, wanted)
    return await seconding.shown(work, desk.person, request.id)
