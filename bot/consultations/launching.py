"""A request before the head: approved, which freezes the roll and opens it; declined; sent back; or taken back."""

from __future__ import annotations

from dataclasses import replace

from bot.calendar import face as calendar
from bot.consultations import (
    access,
    announcements,
    asking,
    opening,
    opinion_card,
    request_cards,
)
from bot.consultations import store as consultations
from bot.consultations.access import Access
from bot.consultations.papers import store as papers
from bot.consultations.papers.store import Change
from bot.consultations.rules.consultation import ActKind, Seat
from bot.consultations.rules.correcting import may_correct, may_reopen, refuse_settled
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.due import regulation_deadline
from bot.consultations.rules.rights import (
    refuse_beyond,
    refuse_deadline,
    refuse_short,
    refuse_submission,
)
from bot.db import live_cards, people
from bot.db.notice import Card
from bot.kit import approval
from bot.kit.act import Verb, press
from bot.kit.approval import Kind, Step, Taken, Written
from bot.kit.event import Event
from bot.kit.prepared import Notices
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.people.rules.people import Person, members_of
from bot.regulations.rules.standing import refuse_to_begin
from bot.values.files import FileRef
from bot.values.moments import in_viet_nam
from bot.values.refusal import Refusal, refuse, require

# --- approving -------------------------------------------------------------------------------


async def _refuse_opening(work: UnitOfWork, before: Access) -> Refusal | None:
    """The deadline or the day of submission has meanwhile passed, or another rule book is in force."""
    dossier, now = before.dossier, work.now
    refusal = refuse_to_begin(dossier.stood)
    if dossier.deadline:
        days, window = (
            await calendar.working_calendar(work.tx, dossier.committee),
            dossier.body.written.window,
        )
        refusal = refusal or refuse_deadline(dossier.deadline, now)
        refusal = refusal or refuse_short(window, days, dossier.deadline, now)
    if dossier.submission_date:
        today, reason = in_viet_nam(now).date(), dossier.special_reason
        refusal = refusal or refuse_submission(dossier.body, dossier.submission_date, today, reason)
    return refusal


def _seat(member: Person, body: str) -> Seat:
    held = member.seat_in(body)
    if held is None:
        raise LookupError(f"person {member.id} has no seat in {body}")
    return Seat(member.id, member.name, held.office, held.full_time)


# --- the kind --------------------------------------------------------------------------------


def live(of: int) -> str:
    """The live name of the head's card that asks for approval."""
    return f"asked:{of}"


def _may(step: Step, before: Access) -> Refusal | None:
    """Until it is settled; what was sent back waits for a clerk."""
    match step:
        case Step.CORRECTED:
            return may_correct(before.dossier, before.rights)
        case Step.SUBMITTED_AGAIN:
            return may_reopen(before.dossier, clerk=before.rights.clerk)
        case _:
            return refuse_settled(before.dossier)


async def _anew(work: UnitOfWork, before: Access) -> Access:
    return replace(before, dossier=await consultations.there(work.tx, before.dossier.id))


_WRITTEN = {
    Step.DECLINED: (ActKind.DECLINE, "decline", "declined"),
    Step.TAKEN_BACK: (ActKind.WITHDRAW, "recall", "withdrawn"),
    Step.SENT_BACK: (ActKind.SEND_BACK, "send_back", ""),
}
"""The act of a step, its line in the register, and what the request has come to by it."""


def _written(work: UnitOfWork, before: Access, taken: Taken) -> Written:
    """An act of head or clerk; what was otherwise is kept as corrections."""
    of, by = before.dossier.id, before.person.id
    made = [Change(*each, work.now, by, before.acting_for) for each in taken.changes]
    corrected = papers.correct(of, made, taken.values)
    if taken.step is Step.CORRECTED:
        return [corrected], before.line("correct", taken.detail)
    if taken.step is Step.SUBMITTED_AGAIN:
        again = consultations.add_act(of, before.act(ActKind.SUBMIT_AGAIN, work.now))
        return [again, corrected], before.line("submit_again", taken.detail)
    kind, line, outcome = _WRITTEN[taken.step]
    done = consultations.add_act(of, before.act(kind, work.now, reason=taken.words))
    ended = [consultations.close_it(of, work.now, {"outcome": outcome})] if outcome else []
    return [done, *ended], before.line(line, {"reason": taken.words})


opened_anew: Event[Access] = Event()
"""What a new term held goes on in another, which has just opened."""


async def _approve(work: UnitOfWork, before: Access) -> Access:
    """Roll, rules, calendar and deadline are frozen, and the forms go out; refused where nobody is to be asked."""
    dossier = before.dossier
    members = members_of(await people.of_committee(work.tx, dossier.committee), dossier.body.id)
    if not members:
        refuse("empty_roll")
    days = await calendar.working_calendar(work.tx, dossier.committee)
    seats = [_seat(member, dossier.body.id) for member in members]
    deadline = dossier.deadline or regulation_deadline(dossier.body, days, work.now)
    require(refuse_beyond(days, deadline))
    opened = await opening.open_it(work, dossier, before, seats, days, deadline)
    if opened.anew_of is not None:
        await opened_anew.happened(work, replace(before, dossier=opened))
    await opening.send_out(work, opened)
    return replace(before, dossier=opened)


async def _files(_work: UnitOfWork, dossier: Dossier) -> tuple[FileRef, ...]:
    return dossier.files


async def _word(work: UnitOfWork, after: Access, taken: Taken) -> Card:
    say, dossier, by = work.say, after.dossier, after.by
    match taken.step:
        case Step.DECLINED:
            return request_cards.declined(say, dossier, by, taken.words)
        case Step.SENT_BACK:
            return request_cards.sent_back(say, dossier, by, taken.words)
        case _:
            return request_cards.corrected(say, dossier, by)


async def _refresh(work: UnitOfWork, dossier: Dossier, step: Step) -> None:
    """The head's card, and the dashboard on which it can be taken up or back."""
    shown = (live(dossier.id), announcements.dash(dossier.id))
    await live_cards.refresh(work.tx, shown[: 1 if step is Step.DECLINED else 2], work.now)


_DONE = {Step.DECLINED: "decline", Step.SENT_BACK: "send_back", Step.TAKEN_BACK: "withdraw"}
"""What was done, as the line on the screen calls it."""


async def _shown(work: UnitOfWork, after: Access, step: Step) -> Screen:
    """The dashboard of what has opened, the request as it is now, or what was done in one line."""
    say, of = work.say, after.dossier.id
    match step:
        case Step.APPROVED:
            toast = say.label("toast.approved")
            return Screen(live=announcements.dash(of), toast=toast, protects=of)
        case Step.CORRECTED:
            card = live(of) if after.head else announcements.dash(of)
            return Screen(live=card, toast=say.label("toast.corrected"))
        case _:
            return asking.done(say, after.dossier, _DONE[step])


NOTICES = Notices(
    asks="approval",
    what=lambda before: before.dossier,
    heads=access.heads_of,
    files=_files,
    word=_word,
    live=live,
    about=lambda of: {"consultation": of},
    refresh=_refresh,
)
LAUNCH = approval.enter(
    Kind(
        presses={
            Step.APPROVED: "approve",
            Step.SENT_BACK: "send_back",
            Step.DECLINED: "decline",
        },
        verbs={Step.DECLINED: Verb("decline_launch", "matter", ("reason?",))},
        find=access.approving,
        find_author=access.office,
        may=_may,
        why=asking.reason,
        refuse=_refuse_opening,
        revision=lambda before: before.dossier.revision,
        approve=_approve,
        written=_written,
        anew=_anew,
        tell=NOTICES.tell,
        shown=_shown,
    )
)


# --- as the head reads it --------------------------------------------------------------------


async def _waiting(work: UnitOfWork, tap: Tap) -> Access:
    before = await access.approving(work, tap.account, tap.number(0))
    require(refuse_settled(before.dossier))
    return before


@press("asked")
async def show(context: Context, tap: Tap) -> Screen:
    """A request that waits for the head's approval."""
    async with context.look() as work:
        before = await _waiting(work, tap)
    return Screen(live=live(before.dossier.id))


@press("asked_text")
async def whole_text(context: Context, tap: Tap) -> Screen:
    """The whole text and its files, for the head before approving."""
    async with context.look() as work:
        before = await _waiting(work, tap)
    return opinion_card.whole(context.say, before.dossier)
