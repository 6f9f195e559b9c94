"""What clerk and head do upon a consultation: remind, extend, strike, record paper, end it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.consultations import (
    access,
    announcements,
    answering,
    asking,
    closing,
    recusing,
    schedule,
    slip_pages,
)
from bot.consultations import store as consultations
from bot.consultations.access import Access
from bot.consultations.launching import LAUNCH
from bot.consultations.rules.consultation import (
    Act,
    ActKind,
    Choice,
    InvalidSlip,
    Receipt,
    Reply,
)
from bot.consultations.rules.due import closes_at
from bot.consultations.rules.outcome import state
from bot.consultations.rules.rights import (
    may_act,
    may_assist,
    may_bring_to_meeting,
    may_close_by_hand,
    may_decide_outage,
    may_record_answer,
    may_record_delivery,
    may_strike,
    may_withdraw,
)
from bot.db import people
from bot.kit.access import acted_for
from bot.kit.act import Verb, act, press
from bot.kit.approval import Step, Taken, take_and_show
from bot.kit.ask import Given, moment_of
from bot.kit.screen import Screen
from bot.kit.taps import Tap, whole_number
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import face as meetings
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import Strength
from bot.values.files import ending_of_scan
from bot.values.quiet_hours import first_awake
from bot.values.refusal import Refusal, refuse, require


@press("dash")
async def dashboard(context: Context, tap: Tap) -> Screen:
    """The dashboard in place; only clerk and head see it."""
    page = tap.page(1)
    async with context.look() as work:
        before = await access.office(work, tap.account, tap.number(0))
    name = announcements.dash(before.dossier.id)
    return Screen(live=f"{name}:{page}" if page else name)


# --- what may be done now --------------------------------------------------------------------


def _may_act(before: Access, at: datetime) -> Refusal | None:
    return may_act(before.running, before.rights, at)


def _may_strike(before: Access, of: int, at: datetime) -> Refusal | None:
    return may_strike(before.running, before.rights, of, at)


def _may_assist(before: Access, at: datetime) -> Refusal | None:
    return may_assist(before.running, before.rights, at)


def _may_close(before: Access, at: datetime) -> Refusal | None:
    return may_close_by_hand(before.running, before.rights, at)


def _may_decide_outage(before: Access, at: datetime) -> Refusal | None:
    return may_decide_outage(before.running, before.rights, at)


def _may_bring(before: Access, at: datetime) -> Refusal | None:
    return may_bring_to_meeting(before.running, before.rights, at)


def _may_withdraw(before: Access, at: datetime) -> Refusal | None:
    """The head takes back what runs; before the opening the office may, too."""
    if before.dossier.consultation is None:
        return None
    return may_withdraw(before.running, before.rights, at)


def _may_record_delivery(before: Access, of: int, at: datetime) -> Refusal | None:
    return may_record_delivery(before.running, before.rights, of, at)


# --- while it runs ---------------------------------------------------------------------------


@act("remind", find=access.steering, may=_may_assist, verb=Verb("remind", "matter"))
async def remind(work: UnitOfWork, before: Access, _at: datetime) -> Screen:
    """The office reminds those who have not answered; never those who have.

    At night the reminder waits for the morning, unless the matter would be closed by then.
    """
    dossier, running = before.dossier, before.running
    members = await closing.to_remind(work, running)
    if not members:
        refuse("nobody_to_remind")
    when = first_awake(work.now)
    later = work.now < when < closes_at(running)
    if later:
        await schedule.remind_all_at(work, dossier.id, when)
    else:
        await closing.remind_all(work, dossier, members)
    reminded_at = when if later else work.now
    detail = {"persons": [each.id for each in members], "at": reminded_at.isoformat()}
    line = before.line("remind", detail)
    await work.record(line.committee, line.actor, line.act, line.subject, line.detail)
    if later:
        moment = work.say.moment(reminded_at)
        return Screen(toast=work.say.label("toast.reminded_later", at=moment))
    return Screen(toast=work.say.label("toast.reminded", count=len(members)))


@act(
    "extend",
    find=access.steering,
    may=_may_act,
    needs=(asking.LATER_DEADLINE, asking.reason("extend_reason")),
    verb=Verb("extend", "matter", ("deadline", "reason?")),
)
async def extend(work: UnitOfWork, before: Access, at: datetime, until: str, reason: str) -> Screen:
    """The head extends the whole matter, never shortens it; the roll is told at once."""
    extension = before.act(ActKind.EXTEND, at, until=moment_of(until), reason=reason)
    return await _done(work, before, extension)


@act(
    "strike",
    find=access.steering,
    may=_may_act,
    needs=(asking.member("strike", _may_strike), asking.reason("strike")),
    verb=Verb("strike", "matter", ("of", "reason?")),
)
async def strike(work: UnitOfWork, before: Access, at: datetime, of: str, reason: str) -> Screen:
    """The head takes a member off the roll of this matter; both denominators are kept (5.13)."""
    struck = before.act(ActKind.STRIKE, at, of=int(of), reason=reason)
    return await _done(work, before, struck)


async def _done(work: UnitOfWork, before: Access, done: Act) -> Screen:
    """An act upon the whole matter: kept, recorded, told to the roll; what falls due moves with it."""
    dossier, kind = before.dossier.with_act(done), done.kind.value
    until = done.until.isoformat() if done.until else None
    detail = {"reason": done.reason, "of": done.of, "until": until}
    await work.write(consultations.add_act(dossier.id, done), before.line(kind, detail))
    upon = await _on_roll(work, before, done.of) if done.of else None
    await announcements.act_done(work, dossier, kind, by=before.by, reason=done.reason, of=upon)
    await schedule.arrange(work, dossier.running)
    return asking.done(work.say, dossier, kind)


async def _on_roll(work: UnitOfWork, before: Access, of: int) -> Person:
    """A member of the roll, also one who has left the committee since: the name as at the opening, no account (5.2)."""
    found = await people.person(work.tx, of)
    name = next(seat.name for seat in before.running.roll if seat.person == of)
    return found or Person(of, before.person.committee, name, None, ())


@act(
    "delivery",
    find=access.steering,
    may=_may_assist,
    needs=(asking.member("delivery", _may_record_delivery),),
    verb=Verb("record_delivery", "matter", ("of",)),
)
async def record_delivery(work: UnitOfWork, before: Access, at: datetime, of: str) -> Screen:
    """The office records that the paper was handed over: when and by whom; that member's clock starts."""
    receipt = Receipt(int(of), Strength.RECORDED, at)
    dossier = before.dossier.with_receipt(receipt)
    detail = {"of": receipt.person, "at": at.isoformat()}
    proof = consultations.add_receipt(dossier.id, receipt, recorded_by=before.person.id)
    await work.write(proof, before.line("delivery", detail))
    upon = await _on_roll(work, before, receipt.person)
    await announcements.act_done(work, dossier, "delivery", by=before.by, of=upon)
    await schedule.arrange(work, dossier.running)
    return asking.done(work.say, dossier, "delivery")


@act("paper", find=access.steering, may=_may_assist, needs=asking.PAPER)
async def record_paper(  # noqa: PLR0917 - the answers stand in the order in which they are asked
    work: UnitOfWork,
    before: Access,
    at: datetime,
    of: str,
    choice: str,
    words: str,
    photo: bytes | None,
) -> Screen:
    """The office records a paper reply, which counts as any other; who must know of it is told.

    No photo is kept of a slip that is to stay without its name, and nothing that is neither picture nor PDF.
    """
    place, choice = asking.content_and_choice(before, choice)
    before = before.at(place)
    member = await _on_roll(work, before, int(of))
    require(may_record_answer(before.running, before.rights, member.id, at))
    rules = before.running.rules
    if photo is not None and rules.secret_slips:
        refuse("no_photo_of_slips", rules.article)
    if photo is not None and ending_of_scan(photo) is None:
        refuse("page_kind")
    paper = Reply(member.id, Choice(choice), at, words, on_paper=True, photo=photo is not None)
    reply = replace(paper, content=place)
    await answering.record(work, before, reply, of=member, photo=photo)
    if photo is not None:
        return await slip_pages.go_on(work, before, member.id)
    return asking.entered(work.say, before, "paper", member.id)


@act("invalid_slip", find=access.steering, may=_may_assist, needs=asking.INVALID_SLIP)
async def record_invalid(
    work: UnitOfWork, before: Access, at: datetime, of: str, reason: str
) -> Screen:
    """The office records that a paper slip is no answer, and why: never an opinion, never in place of one."""
    member = await _on_roll(work, before, int(of))
    slip = InvalidSlip(member.id, reason, at)
    dossier = before.dossier.with_invalid(slip)
    entered = consultations.add_invalid(dossier.id, slip, entered_by=before.person.id)
    await work.write(entered, before.line("invalid_slip", {"of": member.id, "reason": reason}))
    await announcements.invalid_slip(work, dossier, member, before.person, reason)
    await announcements.refresh(work, dossier, member.id)
    await schedule.arrange(work, dossier.running)
    return asking.entered(work.say, before, "invalid_slip", member.id)


@act(
    "paper_recuse",
    find=access.steering,
    may=_may_assist,
    needs=asking.PAPER_RECUSAL,
)
async def record_recusal(
    work: UnitOfWork, before: Access, at: datetime, of: str, answer: str, reason: str
) -> Screen:
    """The office records that a paper slip says to take no part, in a content or at 0 in the slip."""
    member, place = await _on_roll(work, before, int(of)), int(answer)
    require(asking.refuse_recusal(before, member.id, place, at))
    await recusing.record_recusal(work, before, member, place, at, reason)
    return asking.done(work.say, before.dossier, "paper_recuse")


# --- the end ---------------------------------------------------------------------------------


@act(
    "withdraw",
    find=access.office,
    may=_may_withdraw,
    needs=(asking.reason("withdraw"),),
    verb=Verb("withdraw", "matter", ("reason?",)),
)
async def withdraw(work: UnitOfWork, before: Access, at: datetime, reason: str) -> Screen:
    """The head takes the matter back; nothing is counted. Before the opening the clerk may, too."""
    dossier = before.dossier
    if dossier.declined:
        require(Refusal("declined_already", repeats=False))
    if dossier.recalled:
        refuse("recalled_already")
    if dossier.consultation is None:
        return await take_and_show(LAUNCH, work, before, Taken(Step.TAKEN_BACK, reason))
    await _end(work, before, ActKind.WITHDRAW, at, reason)
    return asking.done(work.say, before.dossier, "withdraw")


@act(
    "close",
    find=access.steering,
    may=_may_close,
    needs=(asking.reason("close"),),
    verb=Verb("close_by_hand", "matter", ("reason?",)),
)
async def close_by_hand(work: UnitOfWork, before: Access, at: datetime, reason: str) -> Screen:
    """The head closes before the due moment where nobody is left to answer, or decides what is held."""
    await announcements.act_done(
        work, before.dossier, ActKind.CLOSE_BY_HAND.value, by=before.by, reason=reason
    )
    await _end(work, before, ActKind.CLOSE_BY_HAND, at, reason)
    return asking.done(work.say, before.dossier, "close")


@act(
    "decide_outage",
    find=access.steering,
    may=_may_decide_outage,
    needs=(asking.TAKEN, asking.reason("decide_outage")),
    verb=Verb("decide_outage", "matter", ("as", "reason?")),
)
async def decide_outage(
    work: UnitOfWork, before: Access, _at: datetime, taken: str, reason: str
) -> Screen:
    """The head counts what may have been pressed in time or late, or leaves it out; that ends the hold (5.5).

    It is of the moment of the transaction: it decides about everything that had come in by then.
    """
    kind = asking.TAKINGS[taken]
    decided = Act(kind, work.now, by=before.person.id, reason=reason)
    dossier = before.dossier.with_act(decided)
    detail = {"as": taken, "reason": reason}
    await work.write(
        consultations.add_act(dossier.id, decided), before.line("decide_outage", detail)
    )
    await announcements.act_done(work, dossier, kind.value, by=before.by, reason=reason)
    await closing.conclude(work, dossier)
    return asking.done(work.say, dossier, "decide_outage")


@act("meeting", find=access.steering, may=_may_bring, needs=(asking.reason("meeting"),))
async def bring_to_meeting(work: UnitOfWork, before: Access, at: datetime, reason: str) -> Screen:
    """The officer's choice instead of the close, where the regulation gives it (HD 3.3)."""
    await _end(work, before, ActKind.TO_MEETING, at, reason)
    return asking.done(work.say, before.dossier, "meeting")


async def _end(work: UnitOfWork, before: Access, kind: ActKind, at: datetime, reason: str) -> None:
    ends_at = before.running.not_before(at)
    done = before.act(kind, ends_at, reason=reason)
    await closing.end(work, before.dossier, done, acted_for(before.acting))


@act("meeting_after", find=access.steering, needs=(Given(default="0"),))
async def take_offered_meeting(
    work: UnitOfWork, before: Access, _at: datetime, content: str
) -> Screen:
    """After a close without agreement and with differing opinions the head may bring it to a meeting.

    Of a slip with several contents it is one of them.
    """
    before = before.at(whole_number(content)) if before.dossier.contents else before
    dossier = before.dossier
    require(before.rights.refuse_rest())
    result = state(before.running, work.now).result if dossier.closed_at is not None else None
    if result is None or not result.offers_meeting:
        refuse("no_meeting_choice", dossier.body.written.article)
    if any(
        (item.consultation_id, item.content or 0, item.reason)
        == (dossier.id, dossier.place, "to_meeting")
        for item in await meetings.waiting(work.tx, dossier.committee)
    ):
        refuse("on_agenda_already")
    waits = meetings.wait(dossier, dossier.body.id, "to_meeting", work.now)
    await work.write(waits, before.line("to_meeting"))
    return asking.done(work.say, dossier, "meeting")
