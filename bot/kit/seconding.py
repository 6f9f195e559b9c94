"""What one person asks holds only once a second has confirmed it: requests of every kind, which a subject enters.

They have a table and cards of their own, and go the way of whatever waits for approval; one that waited too long,
or cannot be carried out any more, lapses. A subject's `Kind` says whose second word is needed, what is then done, how
it reads. Nothing changes before the word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.db import approvals, dues, people
from bot.db.approvals import Request, State, Voice
from bot.db.dues import DueMoment
from bot.db.fact import Fact
from bot.db.notice import Card
from bot.kit import access, approval, speaking
from bot.kit import seconding_cards as cards
from bot.kit.act import press
from bot.kit.approval import Step, Taken, Written
from bot.kit.ask import Words
from bot.kit.due import arranged, due
from bot.kit.ending import Ending, Standing, ends, stands
from bot.kit.notify import notify, number_of, reference, stamp
from bot.kit.occasions import Occurred, occurred
from bot.kit.screen import Screen
from bot.kit.seconding_cards import Asked, Seen
from bot.kit.seconding_kinds import Decided, kind_of
from bot.kit.taps import Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.kit.waiting import Waiting, waits
from bot.people.rules.people import Person, sits
from bot.people.rules.seconding import Seconds
from bot.regulations.rules.duties import Happens
from bot.values.action import action
from bot.values.limits import SHORT_REASON_LIMIT
from bot.values.refusal import NO_RIGHT, Refusal, Refused, refuse, require
from bot.values.typed_days import NO_PAPER, PaperMark

SILENT, OVER = "approval_silent", "approval_over"
"""What falls due: who was asked first was silent; it has waited too long."""


LAST = 9
"""Where among what follows a change of the people requests lapse."""


# --- asking ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request still to be asked; see `Request`."""

    kind: str
    content: Mapping[str, Any]
    about: str = ""
    decision: PaperMark = NO_PAPER


async def ask(
    work: UnitOfWork, asker: Person, wanted: Wanted, actor: Person | None = None
) -> Request:
    """Ask: who may confirm it has it before them at once; refused where it could not be carried out now.

    The register names the `actor` where another than who asks enters it.
    """
    unasked = Request(
        0,
        asker.committee,
        wanted.kind,
        wanted.about,
        wanted.content,
        asker.id,
        work.now,
        wanted.decision.basis,
        wanted.decision.day,
    )
    require(await kind_of(unasked).refuse(work, unasked))
    line = _line(unasked, actor or asker, "asked")
    request = replace(unasked, id=await work.write(approvals.ask(unasked), line))
    await _arm(work, request)
    seconds = await kind_of(request).seconds(work, request)
    others = [p for p in await kind_of(request).told_of(work, request) if p.id != asker.id]
    to = [*await _persons(work, seconds.everyone), *others]
    await _show(work, request, seconds, to, f"seconding:{request.id}")
    return request


async def _arm(work: UnitOfWork, request: Request) -> None:
    moments = await kind_of(request).moments(work, request)
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
        **request.rests_on,
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
class Before(access.Access):
    """Somebody of the committee before a request; `stale` is why it cannot be carried out any more."""

    request: Request
    seconds: Seconds
    stale: Refusal | None = None
    why_not: Refusal = NO_RIGHT

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
    of = kind_of(request)
    seconds = await of.seconds(work, request)
    stale = await of.refuse(work, request) if request.state is State.ASKED else None
    acting = seconds.alone.get(person.id)
    if person.id in seconds.everyone:
        return Before(person, request, seconds, stale, acting=acting)
    heard = {request.asked_by, *(voice.person for voice in request.voices)}
    heard |= {each.id for each in await of.told_of(work, request)}
    why_not = await of.refuse_person(work, request, person)
    if person.id not in heard and why_not == NO_RIGHT:
        raise Refused(NO_RIGHT)
    return Before(person, request, seconds, stale, why_not)


def may_decide(before: Before) -> Refusal | None:
    """Whoever the order of second persons names, once; never who asked."""
    request, person = before.request, before.person
    if (settled := _refuse_settled(request)) is not None:
        return settled
    if before.asker:
        return Refusal("approval_own")
    if person.id not in before.seconds.everyone:
        return before.why_not
    said = any(voice.person == person.id for voice in request.voices)
    return Refusal("approval_said") if said else None


def may_take_back(before: Before) -> Refusal | None:
    """Only who asked, until it is settled."""
    return _refuse_settled(before.request) if before.asker else NO_RIGHT


def _refuse_settled(request: Request) -> Refusal | None:
    if request.state is State.ASKED:
        return None
    return Refusal("approval_settled", values={"state": request.state.value})


# --- the way of a request --------------------------------------------------------------------

_COMES_TO = {
    Step.APPROVED: State.CONFIRMED,
    Step.DECLINED: State.REFUSED,
    Step.TAKEN_BACK: State.TAKEN_BACK,
}
"""What a request has come to by a step; by none of the others is it settled."""


def _may(step: Step, before: Before) -> Refusal | None:
    return (may_take_back if step is Step.TAKEN_BACK else may_decide)(before)


async def _stale(_work: UnitOfWork, before: Before) -> Refusal | None:
    return before.stale


def _verdict(before: Before, agrees: bool) -> Step:
    """All the words that it needs may not be there yet."""
    said: dict[bool, list[int]] = {agrees: [before.person.id], not agrees: []}
    for voice in before.request.voices:
        said[voice.agrees].append(voice.person or 0)
    verdict = before.seconds.verdict(said[True], said[False])
    if verdict is None:
        return Step.AGREED if agrees else Step.OBJECTED
    return Step.APPROVED if verdict else Step.DECLINED


def _written(work: UnitOfWork, before: Before, taken: Taken) -> Written:
    """The word of who decides, and what it comes to."""
    request, state, more = before.request, _COMES_TO.get(taken.step), {}
    facts: list[Fact[None]] = []
    if state is not None:
        facts.append(approvals.settle(request.id, state, work.now))
    if taken.agrees is not None:
        voice = Voice(before.person.id, taken.agrees, taken.words, before.acting_for)
        facts.append(approvals.say(request.id, voice, work.now))
        said = {"agrees": taken.agrees, "reason": taken.words}
        more = {**said, **access.acted_for(before.acting)}
    did = state.value if state else "seconded"
    return facts, _line(request, before.person, did, **more)


async def _anew(work: UnitOfWork, before: Before) -> Before:
    """With the second persons as they were when the step was taken."""
    request = await approvals.request(work.tx, before.request.id)
    return replace(before, request=request or before.request)


async def _tell(work: UnitOfWork, after: Before, taken: Taken) -> None:
    """What was confirmed is done; else those who have the request before them learn what became of it, and why."""
    request, seconds, person = after.request, after.seconds, after.person
    match taken.step:
        case Step.APPROVED:
            decided = await _decided(work, request, seconds)
            await kind_of(request).carry_out(work, request, decided)
            await occurred.happened(work, Occurred(request.committee, Happens.DECISION))
        case Step.DECLINED | Step.TAKEN_BACK:
            await _tell_settled(work, request, but=person.id)
        case Step.OBJECTED:
            to = await _readers(work, request, seconds, but=person.id)
            await _show(work, request, seconds, to, f"seconding_refused:{request.id}:{person.id}")


async def _readers(work: UnitOfWork, request: Request, seconds: Seconds, but: int) -> list[Person]:
    """Who asked, who may decide, and who was told of it; without the one who knows already."""
    asked = await _persons(work, seconds.everyone | {request.asked_by})
    told = await kind_of(request).told_of(work, request)
    return [each for each in (*asked, *told) if each.id != but]


async def _ask_reason(
    work: UnitOfWork, before: Before, _args: tuple[str, ...], _page: int
) -> Screen:
    asked = await kind_of(before.request).asked(work, before.request)
    return Screen(cards.asks_reason(work.say, asked, before.request.id))


async def _decided(work: UnitOfWork, request: Request, seconds: Seconds) -> Decided:
    ids = [voice.person for voice in request.voices if voice.agrees and voice.person]
    persons = [p for p in await _persons(work, frozenset(ids)) if p.id in seconds.everyone]
    alone = [p for p in persons if p.id in seconds.alone]
    persons = alone or persons
    by = tuple(access.by(each, seconds.alone.get(each.id)) for each in persons)
    return Decided(tuple(persons), by)


async def listed(work: UnitOfWork, committee: int) -> tuple[tuple[Request, Asked, bool], ...]:
    """Every request that waits, in words, and whether it waits for who runs the machine."""
    found = []
    for request in await approvals.waiting(work.tx, committee):
        seconds = await kind_of(request).seconds(work, request)
        found.append((request, await kind_of(request).asked(work, request), not seconds.everyone))
    return tuple(found)


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
    work = await speaking.of_committee(work, request.committee)
    seconds = await kind_of(request).seconds(work, request)
    if seconds.everyone:
        names = [each.name for each in await _persons(work, seconds.everyone)]
        refuse("approval_not_machine", names=names)
    require(await kind_of(request).refuse(work, request))
    settled = approvals.settle(request.id, State.CONFIRMED, work.now)
    said = approvals.say(request.id, Voice(None, agrees=True), work.now)
    by = keeper(work, request.committee)
    await work.write(settled, _line(request, by, State.CONFIRMED.value), said)
    request = replace(request, state=State.CONFIRMED, settled_at=work.now)
    handed_on = await kind_of(request).carry_out(work, request, Decided())
    await occurred.happened(work, Occurred(request.committee, Happens.DECISION))
    return handed_on


# --- how it ends otherwise -------------------------------------------------------------------


async def _waiting(work: UnitOfWork, moment: DueMoment) -> Request | None:
    request = await approvals.request(work.tx, number_of(moment.about))
    return request if request is not None and request.state is State.ASKED else None


@due(SILENT, on=_waiting)
async def pass_on(work: UnitOfWork, request: Request, _moment: DueMoment) -> None:
    """Who was asked first was silent: the next may answer, too, and who asked learns whom it waits for."""
    asked_before = (await kind_of(request).seconds(work, request)).everyone
    passed = replace(request, passed_on_at=work.now)
    await work.write(approvals.pass_on(request.id, work.now), _line(request, None, "passed_on"))
    seconds = await kind_of(passed).seconds(work, passed)
    to = await _persons(work, (seconds.everyone - asked_before) | {request.asked_by})
    await _show(work, passed, seconds, to, f"seconding_passed:{request.id}")


@due(OVER, on=_waiting)
async def lapse(work: UnitOfWork, request: Request, _moment: DueMoment) -> None:
    """It has waited too long: nothing changes, and it may be asked anew."""
    await _lapse(work, request, "waited")


@access.staff_changed.follow_at(LAST)
async def lapse_stale(work: UnitOfWork, committee: int) -> None:
    """What cannot be carried out any more, since the people are others, does not wait any longer."""
    for request in await approvals.waiting(work.tx, committee):
        stale = await kind_of(request).refuse(work, request)
        if stale is not None:
            await _lapse(work, request, stale.kind)


@stands(40)
async def standing(work: UnitOfWork, committee: int) -> list[Standing]:
    """Requests that nobody has decided."""
    waiting = await approvals.waiting(work.tx, committee)
    others = [each for each in waiting if not await kind_of(each).is_about_the_end(work, each)]
    return [Standing("request", (await kind_of(each).asked(work, each)).title) for each in others]


@ends(40)
async def end(work: UnitOfWork, ending: Ending) -> None:
    """They lapse: who asked and who was asked learn why."""
    for request in await approvals.waiting(work.tx, ending.committee):
        await _lapse(work, request, "committee_closed")


async def _lapse(work: UnitOfWork, request: Request, why: str) -> None:
    lapsed = replace(request, state=State.LAPSED, settled_at=work.now)
    line = _line(request, None, State.LAPSED.value, why=why)
    await work.write(approvals.settle(request.id, State.LAPSED, work.now), line)
    await _tell_settled(work, lapsed)


async def _tell_settled(work: UnitOfWork, request: Request, but: int = 0) -> None:
    """Who asked, who was asked and who was told of it learn that it came to nothing."""
    seconds = await kind_of(request).seconds(work, request)
    to = await _readers(work, request, seconds, but)
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
    seconds = await kind_of(request).seconds(work, request)
    return cards.settled(work.say, await _seen(work, request, seconds, person))


async def _seen(work: UnitOfWork, request: Request, seconds: Seconds, person: Person) -> Seen:
    """The request before this person."""
    of = kind_of(request)
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
        decides=_decides(request, person, seconds),
    )


def _decides(request: Request, person: Person, seconds: Seconds) -> bool:
    return may_decide(Before(person, request, seconds)) is None


async def shown(work: UnitOfWork, person: Person, request_id: int) -> Screen:
    """The request as it stands, for somebody who may see it."""
    return await _shown(work, await before(work, person.account or 0, request_id))


async def _shown(work: UnitOfWork, found: Before, _step: Step | None = None) -> Screen:
    request, person = found.request, found.person
    if request.state is not State.ASKED:
        return Screen(await _settled_card(work, request, person))
    return Screen(await _card(work, request, found.seconds, person))


@press("approval")
async def show(context: Context, tap: Tap) -> Screen:
    """The request, for who asked, who may decide, and who was told."""
    async with context.look() as work:
        return await _shown(work, await before(work, tap.account, tap.number(0)))


async def send_waiting(work: UnitOfWork, person: Person) -> None:
    """What waits for a person who may decide only since now, such as one who stands in."""
    for request in await approvals.waiting(work.tx, person.committee):
        seconds = await kind_of(request).seconds(work, request)
        if _decides(request, person, seconds):
            await _show(work, request, seconds, [person], f"seconding:{request.id}")


@waits(8)
async def waiting_for(work: UnitOfWork, person: Person, committee: str) -> list[Waiting]:
    """Requests that this person may decide."""
    found = []
    for request in await approvals.waiting(work.tx, person.committee):
        seconds = await kind_of(request).seconds(work, request)
        if _decides(request, person, seconds):
            title = (await kind_of(request).asked(work, request)).title
            press_ = action("approval", request.id)
            found.append(Waiting("approval", title, request.asked_at, committee, press_))
    return found


approval.enter(
    approval.Kind(
        presses={
            Step.APPROVED: "approval_yes",
            Step.DECLINED: "approval_no",
            Step.TAKEN_BACK: "approval_back",
        },
        find=before,
        find_author=before,
        may=_may,
        why=lambda _: Words(_ask_reason, SHORT_REASON_LIMIT),
        refuse=_stale,
        revision=lambda _: 0,
        verdict=_verdict,
        written=_written,
        anew=_anew,
        tell=_tell,
        shown=_shown,
    )
)
