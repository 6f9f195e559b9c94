"""What clerk and head do upon a consultation: extend, strike, withdraw, close, record paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.consultations import access as consultations_access
from bot.consultations import announcements, cards, closing, launching, opinion_card, schedule
from bot.consultations import store as consultations
from bot.consultations.answering import subject
from bot.consultations.rules.consultation import Act, ActKind, Choice, Dossier, Receipt, Reply, Seat
from bot.consultations.rules.due import closes_at, presets
from bot.consultations.rules.outcome import Result
from bot.consultations.rules.rights import (
    Rights,
    may_act,
    may_assist,
    may_bring_to_meeting,
    may_close_by_hand,
    may_extend,
    may_record_delivery,
    may_record_reply,
    may_strike,
    may_use_words,
)
from bot.db import drafts, people
from bot.db.notice import Button, Card
from bot.kit import access
from bot.kit.screen import Screen
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import agenda
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import Strength
from bot.values.action import action
from bot.values.quiet_hours import first_awake
from bot.values.refusal import NO_RIGHT, Refusal, faulty
from bot.values.texts import TextFault, clean


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody of the office before a consultation, with the rights of this moment."""

    person: Person
    rights: Rights
    dossier: Dossier


async def look_at(work: UnitOfWork, account: int, consultation_id: int) -> Officer | Refusal:
    """The office's view of a consultation; nobody else learns anything (I10)."""
    dossier = await consultations.get(work.tx, consultation_id)
    if dossier is None:
        return Refusal("gone")
    person = await access.in_committee(work, account, dossier.committee)
    if person is None:
        return NO_RIGHT
    rights = await consultations_access.rights_upon(work, person, dossier)
    return Officer(person, rights, dossier) if rights.office else NO_RIGHT


async def running_for(work: UnitOfWork, account: int, consultation_id: int) -> Officer | Refusal:
    """As `look_at`, of a consultation that has opened."""
    officer = await look_at(work, account, consultation_id)
    if isinstance(officer, Officer) and officer.dossier.consultation is None:
        return Refusal("not_open")
    return officer


async def extend(
    context: Context,
    account: int,
    consultation_id: int,
    deadline: datetime,
    reason: str,
    at: datetime,
) -> Act | Refusal:
    """The head extends the whole matter, never shortens it; the roll is told at once."""
    async with context.work() as work:
        officer = await running_for(work, account, consultation_id)
        if isinstance(officer, Refusal):
            return officer
        refusal = may_extend(officer.dossier.running, officer.rights, deadline, at)
        if refusal or not reason.strip():
            return refusal or Refusal("reason_needed")
        return await _act(work, officer, ActKind.EXTEND, at, reason, until=deadline)


async def strike(
    context: Context, account: int, consultation_id: int, of: int, reason: str, at: datetime
) -> Act | Refusal:
    """The head takes a member off the roll of this matter; both denominators are kept (5.13)."""
    async with context.work() as work:
        officer = await running_for(work, account, consultation_id)
        if isinstance(officer, Refusal):
            return officer
        refusal = may_strike(officer.dossier.running, officer.rights, of, at)
        if refusal or not reason.strip():
            return refusal or Refusal("reason_needed")
        return await _act(work, officer, ActKind.STRIKE, at, reason, of=of)


async def _act(
    work: UnitOfWork,
    officer: Officer,
    kind: ActKind,
    at: datetime,
    reason: str,
    *,
    until: datetime | None = None,
    of: int | None = None,
) -> Act:
    act = Act(kind, at, by=officer.person.id, of=of, until=until, reason=reason.strip())
    await consultations.add_act(work.tx, officer.dossier.id, act)
    detail = {"reason": act.reason, "of": of, "until": until.isoformat() if until else None}
    dossier = await again(work, officer)
    await work.record(dossier.committee, officer.person, kind.value, subject(dossier), detail)
    upon = await people.person(work.tx, of) if of else None
    await announcements.act_done(
        work, dossier, kind.value, by=officer.person, reason=act.reason, of=upon
    )
    await schedule.arrange(work, dossier.running)
    return act


async def again(work: UnitOfWork, officer: Officer) -> Dossier:
    """The dossier after what was just written."""
    dossier = await consultations.get(work.tx, officer.dossier.id)
    if dossier is None:
        raise LookupError(f"consultation {officer.dossier.id} is gone")
    return dossier


async def withdraw(
    context: Context, account: int, consultation_id: int, reason: str, at: datetime
) -> Result | Refusal | None:
    """The head takes the matter back; nothing is counted. Before the opening the clerk may, too (None)."""
    return await _end(context, account, consultation_id, ActKind.WITHDRAW, reason, at)


async def close_by_hand(
    context: Context, account: int, consultation_id: int, reason: str, at: datetime
) -> Result | Refusal | None:
    """The head closes before the due moment where nobody is left to answer, or decides what is held."""
    return await _end(context, account, consultation_id, ActKind.CLOSE_BY_HAND, reason, at)


_MAY_END = {
    ActKind.WITHDRAW: may_act,
    ActKind.CLOSE_BY_HAND: may_close_by_hand,
    ActKind.TO_MEETING: may_bring_to_meeting,
}


async def may_end(
    context: Context, account: int, consultation_id: int, kind: ActKind, at: datetime
) -> Officer | Refusal:
    """Whether the head may do this now; asked before a reason is asked for."""
    async with context.look() as work:
        officer = await look_at(work, account, consultation_id)
        if isinstance(officer, Refusal):
            return officer
        return _refuse_end(officer, kind, at) or officer


def _refuse_end(officer: Officer, kind: ActKind, at: datetime) -> Refusal | None:
    running = officer.dossier.consultation
    if running is None:
        return None if kind is ActKind.WITHDRAW else Refusal("not_open")
    return _MAY_END[kind](running, officer.rights, at)


async def may_steer(
    context: Context, account: int, consultation_id: int, at: datetime, *, head_only: bool
) -> Officer | Refusal:
    """Whether an act of the head, or of the office, is possible at all now."""
    async with context.look() as work:
        officer = await running_for(work, account, consultation_id)
        if isinstance(officer, Refusal):
            return officer
        may = may_act if head_only else may_assist
        return may(officer.dossier.running, officer.rights, at) or officer


async def _end(
    context: Context, account: int, consultation_id: int, kind: ActKind, reason: str, at: datetime
) -> Result | Refusal | None:
    async with context.work() as work:
        officer = await look_at(work, account, consultation_id)
        if isinstance(officer, Refusal):
            return officer
        refusal = _refuse_end(officer, kind, at)
        if refusal or not reason.strip():
            return refusal or Refusal("reason_needed")
        if officer.dossier.consultation is None:
            return await launching.recall(work, officer.person, officer.dossier, reason)
        ends_at = officer.dossier.running.not_before(at)
        act = Act(kind, ends_at, by=officer.person.id, reason=reason.strip())
        if kind is ActKind.CLOSE_BY_HAND:
            await announcements.act_done(
                work, officer.dossier, kind.value, by=officer.person, reason=act.reason
            )
        return await closing.end(work, officer.dossier, act)


async def bring_to_meeting(
    context: Context, account: int, consultation_id: int, reason: str, at: datetime
) -> Result | Refusal | None:
    """The officer's choice instead of the close, where the regulation gives it (HD 3.3)."""
    return await _end(context, account, consultation_id, ActKind.TO_MEETING, reason, at)


async def is_closed(context: Context, consultation_id: int) -> bool:
    """Whether it has ended."""
    async with context.look() as work:
        found = await consultations.get(work.tx, consultation_id)
    return found is not None and found.closed_at is not None


async def dossier(context: Context, account: int, consultation_id: int) -> Dossier | Refusal:
    """The dossier for somebody of the office."""
    async with context.look() as work:
        officer = await look_at(work, account, consultation_id)
    return officer if isinstance(officer, Refusal) else officer.dossier


async def take_offered_meeting(
    context: Context, account: int, consultation_id: int
) -> Refusal | None:
    """After a close without agreement and with differing opinions the head may bring it to a meeting."""
    async with context.work() as work:
        officer = await running_for(work, account, consultation_id)
        if isinstance(officer, Refusal):
            return officer
        return await _offered_meeting(work, officer)


async def _offered_meeting(work: UnitOfWork, officer: Officer) -> Refusal | None:
    dossier = officer.dossier
    if not officer.rights.head:
        return NO_RIGHT
    if not await consultations.offers_meeting(work.tx, dossier.id):
        return Refusal("no_meeting_choice", dossier.body.written.article)
    if any(
        item.consultation_id == dossier.id and item.reason == "to_meeting"
        for item in await agenda.waiting(work.tx, dossier.committee)
    ):
        return Refusal("on_agenda_already")
    await agenda.wait(work.tx, dossier, dossier.body.id, "to_meeting", work.now)
    await work.record(dossier.committee, officer.person, "to_meeting", subject(dossier), {})
    return None


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many are reminded, and when: in the quiet hours of the night not before the morning."""

    count: int
    at: datetime
    later: bool


async def remind(
    context: Context, account: int, consultation_id: int, at: datetime
) -> Reminded | Refusal:
    """The clerk reminds those who have not answered; never those who have.

    At night the reminder waits for the morning, unless the matter would be closed by then.
    """
    async with context.work() as work:
        officer = await running_for(work, account, consultation_id)
        if isinstance(officer, Refusal):
            return officer
        running = officer.dossier.running
        refusal = may_assist(running, officer.rights, at)
        if refusal:
            return refusal
        members = await closing.to_remind(work, running)
        if not members:
            return Refusal("nobody_to_remind")
        when = first_awake(work.now)
        later = work.now < when < closes_at(running)
        if later:
            await schedule.remind_all_at(work, consultation_id, when)
        else:
            await closing.remind_all(work, officer.dossier, members)
        told_at = when if later else work.now
        detail = {"persons": [member.id for member in members], "at": told_at.isoformat()}
        dossier = officer.dossier
        await work.record(dossier.committee, officer.person, "remind", subject(dossier), detail)
        return Reminded(len(members), told_at, later)


REASON_LIMIT = 2_000
PAGE = 20
"""Names on one page of a list to pick from."""

Rows = list[tuple[Button, ...]]

ENDS = {
    "withdraw": ActKind.WITHDRAW,
    "close": ActKind.CLOSE_BY_HAND,
    "meeting": ActKind.TO_MEETING,
}


def reason_words(text: str) -> str | Refusal:
    """A reason, cleaned; an empty or endless one is refused."""
    words = clean(text, REASON_LIMIT)
    return faulty(words) if isinstance(words, TextFault) else words


async def ask_reason(
    context: Context,
    account: int,
    dossier: Dossier,
    act: str,
    more: Mapping[str, Any] | None = None,
) -> Screen:
    """Ask for the reason of an act; nothing is done until it comes."""
    async with context.work() as work:
        ref = {"consultation": dossier.id, **(more or {})}
        await drafts.await_words(work.tx, account, act, ref, work.now)
    text = context.say.text("ask_reason", dossier=dossier, act=act)
    back = Button(context.say.label("button.back"), action("asked", dossier.id))
    return Screen(Card(text, ((back,) if act == "decline" else _back(context, dossier),)))


async def done(context: Context, account: int, dossier: Dossier, act: str) -> Screen:
    """After an act: what was done, in one line, with the way to the dashboard."""
    async with context.work() as work:
        await drafts.answered(work.tx, account)
    return Screen(
        Card(
            context.say.text("act_confirmed", dossier=dossier, act=act), (_back(context, dossier),)
        )
    )


def _back(context: Context, dossier: Dossier) -> tuple[Button, ...]:
    return (Button(context.say.label("button.dashboard"), action("dash", dossier.id, 0)),)


async def ask_ending(
    context: Context, account: int, consultation_id: int, act: str, at: datetime
) -> Screen | Refusal:
    """Withdraw, close by hand, bring to a meeting: the right is checked before a reason is asked."""
    officer = await may_end(context, account, consultation_id, ENDS[act], at)
    if isinstance(officer, Refusal):
        return officer
    return await ask_reason(context, account, officer.dossier, act)


async def pick_member(
    context: Context, account: int, consultation_id: int, act: str, at: datetime, page: int = 0
) -> Screen | Refusal:
    """A list of members to choose from: those of the roll for whom the act makes sense."""
    officer = await may_steer(context, account, consultation_id, at, head_only=act == "strike")
    if isinstance(officer, Refusal):
        return officer
    seats = _candidates(officer, act)
    if not seats:
        return Refusal("nobody_to_pick", values={"act": act})
    pages = -(-len(seats) // PAGE)
    page %= pages
    rows: Rows = [
        (Button(seat.name, action(f"{act}_of", consultation_id, seat.person)),)
        for seat in seats[page * PAGE : (page + 1) * PAGE]
    ]
    if pages > 1:
        rows.append(_pages(context, consultation_id, act, page, pages))
    rows.append(_back(context, officer.dossier))
    text = context.say.text("pick_member", dossier=officer.dossier, act=act)
    return Screen(Card(text, tuple(rows)))


def _pages(
    context: Context, consultation_id: int, act: str, page: int, pages: int
) -> tuple[Button, ...]:
    before = action(act, consultation_id, (page - 1) % pages)
    after = action(act, consultation_id, (page + 1) % pages)
    return (
        Button(context.say.label("button.page_before"), before),
        Button(context.say.label("button.page_after"), after),
    )


def _candidates(officer: Officer, act: str) -> list[Seat]:
    running = officer.dossier.running
    seats = cards.in_order(officer.dossier)
    if act == "delivery":
        seats = [seat for seat in seats if seat.person not in running.received_at]
    return seats


async def ask_deadline(
    context: Context, account: int, consultation_id: int, at: datetime
) -> Screen | Refusal:
    """Offer later deadlines; a typed one is taken too."""
    officer = await may_steer(context, account, consultation_id, at, head_only=True)
    if isinstance(officer, Refusal):
        return officer
    running, window = officer.dossier.running, officer.dossier.body.written.window
    async with context.work() as work:
        ref = {"consultation": consultation_id}
        await drafts.await_words(work.tx, account, "extend", ref, work.now)
        base = max(work.now, running.stated_deadline)
        offered = presets(base, running.calendar, window.suggested_days, window.day_ends_at)
    rows: Rows = [
        (
            Button(
                context.say.moment_short(preset.moment),
                action("extend_at", consultation_id, int(preset.moment.timestamp()) // 60),
            ),
        )
        for preset in offered
        if may_extend(running, officer.rights, preset.moment, at) is None
    ]
    rows.append(_back(context, officer.dossier))
    text = context.say.text("ask_deadline", dossier=officer.dossier, due=running.stated_deadline)
    return Screen(Card(text, tuple(rows)))


async def extend_to(
    context: Context, account: int, consultation_id: int, until: datetime, at: datetime
) -> Screen | Refusal:
    """A later deadline was chosen: checked now, then the reason is asked for."""
    officer = await may_steer(context, account, consultation_id, at, head_only=True)
    if isinstance(officer, Refusal):
        return officer
    refusal = may_extend(officer.dossier.running, officer.rights, until, at)
    if refusal:
        return refusal
    more = {"until": until.isoformat()}
    return await ask_reason(context, account, officer.dossier, "extend_reason", more)


async def paper_choices(
    context: Context, account: int, consultation_id: int, of: int, at: datetime
) -> Screen | Refusal:
    """What the paper of this member says."""
    officer = await may_steer(context, account, consultation_id, at, head_only=False)
    if isinstance(officer, Refusal):
        return officer
    if not officer.dossier.running.has(of):
        return Refusal("not_on_roll")
    rows: Rows = [
        (
            Button(
                context.say.label(f"choice.{choice.value}"),
                action("paper_as", consultation_id, of, choice.value),
                style=opinion_card.STYLES[choice],
            ),
        )
        for choice in Choice
    ]
    rows.append(_back(context, officer.dossier))
    name = _name(officer, of)
    text = context.say.text("paper_choices", dossier=officer.dossier, member=name)
    return Screen(Card(text, tuple(rows)))


def _name(officer: Officer, of: int) -> str:
    return next(seat.name for seat in officer.dossier.running.roll if seat.person == of)


async def ask_paper_words(
    context: Context, account: int, consultation_id: int, of: int, choice: Choice, at: datetime
) -> Screen | Refusal:
    """The words on the paper, or a photo of it; an agreement needs neither."""
    officer = await may_steer(context, account, consultation_id, at, head_only=False)
    if isinstance(officer, Refusal):
        return officer
    async with context.work() as work:
        ref = {"consultation": consultation_id, "of": of, "choice": choice.value}
        await drafts.await_words(work.tx, account, "paper", ref, work.now)
    text = context.say.text(
        "ask_paper_words", dossier=officer.dossier, member=_name(officer, of), choice=choice.value
    )
    rows: Rows = [_back(context, officer.dossier)]
    if choice in (Choice.APPROVE, Choice.APPROVE_WITH_COMMENTS):
        plain = action("paper_plain", consultation_id, of, choice.value)
        rows.insert(0, (Button(context.say.label("button.without_photo"), plain, style="primary"),))
    return Screen(Card(text, tuple(rows)))


async def dashboard(
    context: Context, account: int, consultation_id: int, page: int
) -> Screen | Refusal:
    """The dashboard in place; only clerk and head see it."""
    async with context.look() as look:
        officer = await look_at(look, account, consultation_id)
    if isinstance(officer, Refusal):
        return officer
    name = announcements.dash(consultation_id)
    return Screen(live=f"{name}:{page}" if page else name)


async def record_delivery(
    context: Context, account: int, consultation_id: int, of: int, at: datetime
) -> Receipt | Refusal:
    """The clerk records that the paper was handed over: when and by whom; that member's clock starts."""
    async with context.work() as work:
        officer = await running_for(work, account, consultation_id)
        if isinstance(officer, Refusal):
            return officer
        refusal = may_record_delivery(officer.dossier.running, officer.rights, of, at)
        if refusal:
            return refusal
        receipt = Receipt(of, Strength.RECORDED, at)
        await consultations.add_receipt(
            work.tx, officer.dossier.id, receipt, recorded_by=officer.person.id
        )
        dossier = await again(work, officer)
        detail = {"of": of, "at": at.isoformat()}
        await work.record(dossier.committee, officer.person, "delivery", subject(dossier), detail)
        member = await people.person(work.tx, of)
        await announcements.act_done(work, dossier, "delivery", by=officer.person, of=member)
        await schedule.arrange(work, dossier.running)
        return receipt


async def record_reply(
    context: Context,
    account: int,
    consultation_id: int,
    of: int,
    choice: Choice,
    words: str,
    *,
    at: datetime,
    photo: bytes | None = None,
) -> Reply | Refusal:
    """The clerk records a paper reply, which counts as any other; who must know of it is told."""
    async with context.work() as work:
        officer = await running_for(work, account, consultation_id)
        if isinstance(officer, Refusal):
            return officer
        refusal = may_record_reply(officer.dossier.running, officer.rights, of, at)
        refusal = refusal or may_use_words(choice, words)
        member = await people.person(work.tx, of)
        if refusal or member is None:
            return refusal or Refusal("not_on_roll")
        reply = Reply(of, choice, at, words=words.strip(), on_paper=True)
        await _enter(work, officer, member, reply, photo)
        return reply


async def _enter(
    work: UnitOfWork, officer: Officer, member: Person, reply: Reply, photo: bytes | None
) -> None:
    sha256 = await drafts.keep_blob(work.tx, photo) if photo else None
    await consultations.add_reply(
        work.tx,
        officer.dossier.id,
        reply,
        received_at=work.now,
        entered_by=officer.person.id,
        photo_sha256=sha256,
    )
    dossier = await again(work, officer)
    detail = {"of": member.id, "choice": reply.choice.value, "words": reply.words, "photo": sha256}
    await work.record(dossier.committee, officer.person, "paper_reply", subject(dossier), detail)
    await announcements.paper_reply(work, dossier, member, officer.person, reply)
    await announcements.refresh(work, dossier, member.id)
    await schedule.arrange(work, dossier.running)
