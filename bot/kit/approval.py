"""What one person asks holds only once a second has confirmed it: one mechanism for all subjects, which knows none.

A request is asked; who may, confirms it or refuses it with a reason; who asked may take it back; it lapses when
it waited too long, or when what it asks for cannot be done any more. A subject enters its `Kind`: whose second word
is needed, what is then done, how it reads. Every step is a fact with its line; nothing changes before the word.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from bot.db import approvals, dues, people
from bot.db.approvals import Request, State, Voice
from bot.db.dues import DueMoment
from bot.db.notice import Card
from bot.kit import access
from bot.kit import approval_cards as cards
from bot.kit.access import By
from bot.kit.act import act, press
from bot.kit.approval_cards import Asked, Moments, Seen
from bot.kit.ask import Words
from bot.kit.due import arranged, due
from bot.kit.notify import notify, number_of, reference, stamp
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.kit.waiting import Waiting, waits
from bot.people.rules.people import Person, sits
from bot.people.rules.seconding import Seconds
from bot.values.action import Action, action
from bot.values.limits import SHORT_REASON_LIMIT
from bot.values.refusal import NO_RIGHT, Refusal, Refused, refuse, require

SILENT, OVER = "approval_silent", "approval_over"
"""What falls due: who was asked first was silent; it has waited too long."""


@dataclass(frozen=True, slots=True)
class Decided:
    """By whom a request was confirmed: persons, and as whom they acted; none where the machine's keeper did."""

    persons: tuple[Person, ...] = ()
    by: tuple[By, ...] = ()


class Kind(ABC):
    """One kind of request, as its subject answers for it; every question is asked in the transaction that acts."""

    name: str

    @abstractmethod
    async def seconds(self, work: UnitOfWork, request: Request) -> Seconds:
        """Who may confirm or refuse it now."""

    @abstractmethod
    async def refuse(self, work: UnitOfWork, request: Request) -> Refusal | None:
        """Why it cannot be carried out (any more): the state may have moved since it was asked."""

    @abstractmethod
    async def carry_out(self, work: UnitOfWork, request: Request, decided: Decided) -> str:
        """Do it and tell whom it concerns; gives what only who confirms is handed, such as a link, or ""."""

    @abstractmethod
    async def asked(self, work: UnitOfWork, request: Request) -> Asked:
        """What it asks, in words."""

    @abstractmethod
    async def moments(self, work: UnitOfWork, request: Request) -> Moments:
        """How long it waits."""

    @abstractmethod
    async def told_of(self, work: UnitOfWork, request: Request) -> Sequence[Person]:
        """Who hears of the request itself beside those who are asked; nobody where only its outcome is told."""

    @abstractmethod
    async def refuse_person(self, work: UnitOfWork, request: Request, person: Person) -> Refusal:
        """Why this person may not decide it."""

    @abstractmethod
    def back(self, request: Request) -> Action:
        """Where who asked goes back to."""


KINDS: dict[str, Kind] = {}
"""Every kind by its name. Filled while the subjects are imported."""


def kind(entered: Kind) -> Kind:
    """Enter a kind."""
    if entered.name in KINDS:
        raise ValueError(f"two kinds of request are named {entered.name!r}")
    KINDS[entered.name] = entered
    return entered


def _of(request: Request) -> Kind:
    return KINDS[request.kind]


# --- asking ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request still to be asked; see `Request`."""

    kind: str
    about: str
    content: Mapping[str, Any]
    decision: str = ""
    decided_on: date | None = None


async def ask(work: UnitOfWork, asker: Person, wanted: Wanted) -> Request:
    """Ask: who may confirm it has it before them at once; refused where it could not be carried out now."""
    unasked = Request(
        0,
        asker.committee,
        wanted.kind,
        wanted.about,
        wanted.content,
        asker.id,
        work.now,
        wanted.decision,
        wanted.decided_on,
    )
    require(await _of(unasked).refuse(work, unasked))
    line = _line(unasked, asker, "asked")
    request = replace(unasked, id=await work.write(approvals.ask(unasked), line))
    await _arm(work, request)
    seconds = await _of(request).seconds(work, request)
    others = [p for p in await _of(request).told_of(work, request) if p.id != asker.id]
    to = [*await _persons(work, seconds.everyone), *others]
    await _show(work, request, seconds, to, f"seconding:{request.id}")
    return request


async def _arm(work: UnitOfWork, request: Request) -> None:
    moments = await _of(request).moments(work, request)
    about = reference("approval", request.id)
    for fall, at in ((SILENT, moments.silent), (OVER, moments.over)):
        await dues.put(work.tx, f"{fall}:{request.id}", fall, at, about=about)
    work.context.moments.wake()


@arranged(4)
async def _arrange(work: UnitOfWork, committee: int) -> None:
    for request in await approvals.waiting(work.tx, committee):
        await _arm(work, request)


def _line(request: Request, actor: Person | None, did: str, **more: object) -> Line:
    detail = {
        "kind": request.kind,
        "content": dict(request.content),
        "decision": request.decision,
        "decided_on": request.decided_on.isoformat() if request.decided_on else None,
        "asked_by": request.asked_by,
        **({"request": request.id} if request.id else {}),
        **more,
    }
    about = request.about or reference("committee", request.committee)
    return Line(request.committee, actor, f"approval_{did}", about, detail)


async def _persons(work: UnitOfWork, ids: frozenset[int]) -> list[Person]:
    found = await people.persons(work.tx, sorted(ids))
    return [found[each] for each in sorted(found)]


# --- who stands before it --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Before:
    """Somebody of the committee before a request; `stale` is why it cannot be carried out any more."""

    request: Request
    person: Person
    seconds: Seconds
    stale: Refusal | None = None
    why_not: Refusal = field(default=NO_RIGHT)

    @property
    def asker(self) -> bool:
        """Whether the person asked it."""
        return self.person.id == self.request.asked_by


async def before(work: UnitOfWork, account: int, request_id: int) -> Before:
    """Who asked, who may decide, who said something, who was told; others are refused and learn nothing."""
    request = await approvals.request(work.tx, request_id)
    person = await access.in_committee(work, account, request.committee) if request else None
    if request is None or person is None or not sits(person):
        raise Refused(NO_RIGHT)
    of = _of(request)
    seconds = await of.seconds(work, request)
    stale = await of.refuse(work, request) if request.state is State.ASKED else None
    if person.id in seconds.everyone:
        return Before(request, person, seconds, stale)
    heard = {request.asked_by, *(voice.person for voice in request.voices)}
    heard |= {each.id for each in await of.told_of(work, request)}
    why_not = await of.refuse_person(work, request, person)
    if person.id not in heard and why_not == NO_RIGHT:
        raise Refused(NO_RIGHT)
    return Before(request, person, seconds, stale, why_not)


def may_decide(before: Before, _at: datetime) -> Refusal | None:
    """Whoever the order of second persons names, once; never who asked."""
    request, person = before.request, before.person
    if request.state is not State.ASKED:
        return Refusal("approval_settled", values={"state": request.state.value})
    if before.asker:
        return Refusal("approval_own")
    if person.id not in before.seconds.everyone:
        return before.why_not
    said = any(voice.person == person.id for voice in request.voices)
    return Refusal("approval_said") if said else None


def may_take_back(before: Before, _at: datetime) -> Refusal | None:
    """Only who asked, until it is settled."""
    if not before.asker:
        return NO_RIGHT
    if before.request.state is not State.ASKED:
        return Refusal("approval_settled", values={"state": before.request.state.value})
    return None


# --- the second word -------------------------------------------------------------------------


@act("approval_yes", find=before, may=may_decide)
async def confirm(work: UnitOfWork, before: Before, _at: datetime) -> Screen:
    """The second person confirms; it is carried out once all the words that it needs are there."""
    require(before.stale)
    return await _say(work, before, agrees=True)


async def _ask_reason(
    work: UnitOfWork, before: Before, _args: tuple[str, ...], _page: int
) -> Screen:
    asked = await _of(before.request).asked(work, before.request)
    return Screen(cards.asks_reason(work.say, asked, before.request.id))


@act("approval_no", find=before, may=may_decide, needs=(Words(_ask_reason, SHORT_REASON_LIMIT),))
async def decline(work: UnitOfWork, before: Before, _at: datetime, reason: str) -> Screen:
    """The second person refuses, with a reason; nothing changes."""
    return await _say(work, before, agrees=False, reason=reason)


async def _say(work: UnitOfWork, before: Before, *, agrees: bool, reason: str = "") -> Screen:
    request, person = before.request, before.person
    acting = before.seconds.alone.get(person.id)
    voice = Voice(person.id, agrees, reason, acting.acting_for if acting else None)
    heard = replace(request, voices=(*request.voices, voice))
    verdict = before.seconds.verdict(
        [v.person for v in heard.voices if v.agrees and v.person],
        [v.person for v in heard.voices if not v.agrees and v.person],
    )
    said, more = approvals.say(request.id, voice, work.now), access.acted_for(acting)
    if verdict is None:
        line = _line(request, person, "seconded", agrees=agrees, reason=reason, **more)
        await work.write(said, line)
        if not agrees:
            await _tell_refusal(work, heard, before.seconds, person)
        return Screen(await _card(work, heard, before.seconds, person))
    state = State.CONFIRMED if verdict else State.REFUSED
    settled = replace(heard, state=state, settled_at=work.now)
    line = _line(request, person, state.value, agrees=agrees, reason=reason, **more)
    await work.write(approvals.settle(request.id, state, work.now), line, said)
    if verdict:
        decided = await _decided(work, settled, before.seconds)
        await _of(request).carry_out(work, settled, decided)
    else:
        await _tell_settled(work, settled, but=person.id)
    return Screen(await _settled_card(work, settled, person))


async def _tell_refusal(work: UnitOfWork, request: Request, seconds: Seconds, by: Person) -> None:
    """One of those who may decide refuses while others still may: all who have the request learn of it, and why."""
    asked = await _persons(work, seconds.everyone | {request.asked_by})
    to = [p for p in (*asked, *await _of(request).told_of(work, request)) if p.id != by.id]
    await _show(work, request, seconds, to, f"seconding_refused:{request.id}:{by.id}")


async def _decided(work: UnitOfWork, request: Request, seconds: Seconds) -> Decided:
    ids = [voice.person for voice in request.voices if voice.agrees and voice.person]
    persons = [p for p in await _persons(work, frozenset(ids)) if p.id in seconds.everyone]
    alone = [p for p in persons if p.id in seconds.alone]
    persons = alone or persons
    by = tuple(access.by(each, seconds.alone.get(each.id)) for each in persons)
    return Decided(tuple(persons), by)


def keeper(work: UnitOfWork, committee: int) -> Person:
    """Who runs the machine, as the register names that one; nobody of the committee."""
    return Person(0, committee, work.say.label("register.machine"), None, ())


async def confirm_by_machine(work: UnitOfWork, request_id: int) -> str:
    """Who runs the machine confirms what nobody else can; gives what is to be handed on, such as a link.

    Refused where somebody who may decide has joined, and where it cannot be carried out.
    """
    request = await approvals.request(work.tx, request_id)
    if request is None or request.state is not State.ASKED:
        refuse("approval_settled", state=request.state.value if request else "")
    seconds = await _of(request).seconds(work, request)
    if seconds.everyone:
        names = [each.name for each in await _persons(work, seconds.everyone)]
        refuse("approval_not_machine", names=names)
    require(await _of(request).refuse(work, request))
    settled = approvals.settle(request.id, State.CONFIRMED, work.now)
    said = approvals.say(request.id, Voice(None, agrees=True), work.now)
    by = keeper(work, request.committee)
    await work.write(settled, _line(request, by, State.CONFIRMED.value), said)
    request = replace(request, state=State.CONFIRMED, settled_at=work.now)
    return await _of(request).carry_out(work, request, Decided())


# --- how it ends otherwise -------------------------------------------------------------------


@act("approval_back", find=before, may=may_take_back)
async def take_back(work: UnitOfWork, before: Before, _at: datetime) -> Screen:
    """Who asked takes it back; those who were asked are told."""
    request = replace(before.request, state=State.TAKEN_BACK, settled_at=work.now)
    line = _line(request, before.person, State.TAKEN_BACK.value)
    await work.write(approvals.settle(request.id, State.TAKEN_BACK, work.now), line)
    await _tell_settled(work, request, but=before.person.id)
    return Screen(await _settled_card(work, request, before.person))


async def _waiting(work: UnitOfWork, moment: DueMoment) -> Request | None:
    request = await approvals.request(work.tx, number_of(moment.about))
    return request if request is not None and request.state is State.ASKED else None


@due(SILENT, on=_waiting)
async def pass_on(work: UnitOfWork, request: Request, _moment: DueMoment) -> None:
    """Who was asked first was silent: the next may answer, too, and who asked learns whom it waits for."""
    asked_before = (await _of(request).seconds(work, request)).everyone
    passed = replace(request, passed_on_at=work.now)
    await work.write(approvals.pass_on(request.id, work.now), _line(request, None, "passed_on"))
    seconds = await _of(passed).seconds(work, passed)
    to = await _persons(work, (seconds.everyone - asked_before) | {request.asked_by})
    await _show(work, passed, seconds, to, f"seconding_passed:{request.id}")


@due(OVER, on=_waiting)
async def lapse(work: UnitOfWork, request: Request, _moment: DueMoment) -> None:
    """It has waited too long: nothing changes, and it may be asked anew."""
    await _lapse(work, request, "waited")


async def lapse_stale(work: UnitOfWork, committee: int) -> None:
    """What cannot be carried out any more, since the state has moved, does not wait any longer."""
    for request in await approvals.waiting(work.tx, committee):
        stale = await _of(request).refuse(work, request)
        if stale is not None:
            await _lapse(work, request, stale.kind)


async def _lapse(work: UnitOfWork, request: Request, why: str) -> None:
    lapsed = replace(request, state=State.LAPSED, settled_at=work.now)
    line = _line(request, None, State.LAPSED.value, why=why)
    await work.write(approvals.settle(request.id, State.LAPSED, work.now), line)
    await _tell_settled(work, lapsed)


async def _tell_settled(work: UnitOfWork, request: Request, but: int = 0) -> None:
    """Who asked, who was asked and who was told of it learn that it came to nothing."""
    seconds = await _of(request).seconds(work, request)
    asked = await _persons(work, seconds.everyone | {request.asked_by})
    to = [p for p in (*asked, *await _of(request).told_of(work, request)) if p.id != but]
    shown = {each.id: await _settled_card(work, request, each) for each in to}
    key = f"seconding_settled:{request.id}:{stamp(work)}"
    await notify(work, to, lambda person: shown[person.id], key)


# --- how it looks ----------------------------------------------------------------------------


async def _show(
    work: UnitOfWork, request: Request, seconds: Seconds, to: Sequence[Person], key: str
) -> None:
    shown = {each.id: await _card(work, request, seconds, each) for each in to}
    await notify(work, to, lambda person: shown[person.id], key)


async def _card(work: UnitOfWork, request: Request, seconds: Seconds, person: Person) -> Card:
    return cards.waiting(work.say, await _seen(work, request, seconds, person))


async def _settled_card(work: UnitOfWork, request: Request, person: Person) -> Card:
    seconds = await _of(request).seconds(work, request)
    return cards.settled(work.say, await _seen(work, request, seconds, person))


async def _seen(work: UnitOfWork, request: Request, seconds: Seconds, person: Person) -> Seen:
    """The request before this person."""
    of = _of(request)
    committee = await people.committee(work.tx, request.committee)
    spoken = {each.person for each in request.voices if each.person} | {request.asked_by}
    known = await people.persons(work.tx, [*spoken, *seconds.everyone])
    return Seen(
        committee.name,
        request,
        await of.asked(work, request),
        seconds,
        await of.moments(work, request),
        {number: each.name for number, each in known.items()},
        of.back(request),
        asker=person.id == request.asked_by,
        decides=may_decide(Before(request, person, seconds), work.now) is None,
    )


async def shown(work: UnitOfWork, person: Person, request_id: int) -> Screen:
    """The request as it stands, for somebody who may see it."""
    found = await before(work, person.account or 0, request_id)
    if found.request.state is not State.ASKED:
        return Screen(await _settled_card(work, found.request, found.person))
    return Screen(await _card(work, found.request, found.seconds, found.person))


@press("approval")
async def show(context: Context, tap: Tap) -> Screen:
    """The request, for who asked, who may decide, and who was told."""
    async with context.look() as work:
        found = await before(work, tap.account, tap.number(0))
        return await shown(work, found.person, found.request.id)


async def send_waiting(work: UnitOfWork, person: Person) -> None:
    """What waits for a person who may decide only since now, such as one who stands in."""
    for request in await approvals.waiting(work.tx, person.committee):
        seconds = await _of(request).seconds(work, request)
        if may_decide(Before(request, person, seconds), work.now) is None:
            await _show(work, request, seconds, [person], f"seconding:{request.id}")


@waits(8)
async def waiting_for(work: UnitOfWork, person: Person, committee: str) -> list[Waiting]:
    """Requests that this person may decide."""
    found = []
    for request in await approvals.waiting(work.tx, person.committee):
        seconds = await _of(request).seconds(work, request)
        if may_decide(Before(request, person, seconds), work.now) is None:
            title = (await _of(request).asked(work, request)).title
            press_ = action("approval", request.id)
            found.append(Waiting("approval", title, request.asked_at, committee, press_))
    return found
