"""What a member does with an opinion form: answer, change, reserve, acknowledge, ask for time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.consultations import announcements, schedule
from bot.consultations import store as consultations
from bot.consultations.rules.consultation import Act, ActKind, Choice, Dossier, Receipt, Reply
from bot.consultations.rules.rights import (
    may_have_more_time,
    may_have_time_until,
    may_reply,
    may_reserve,
    may_use_words,
)
from bot.db import drafts, live_cards, people
from bot.kit.unit import Context, UnitOfWork
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import Clock, Strength
from bot.values.refusal import NO_RIGHT, Refusal, faulty
from bot.values.texts import WORDS_LIMIT, Cut, TextFault, cut, joined


@dataclass(frozen=True, slots=True)
class Opened:
    """A member before a form that may be answered."""

    person: Person
    dossier: Dossier


async def give(
    context: Context,
    account: int,
    consultation_id: int,
    choice: Choice,
    words: str,
    at: datetime,
    *,
    cut_at: Cut | None = None,
) -> Reply | Refusal:
    """Record an answer given at `at`; the last one before the close counts (5.3).

    After the close it is kept as late, not counted, and refused with that reason (5.4). The same
    answer twice is one answer. Where the app may have cut the words (`cut_at`), what follows joins them.
    """
    async with context.work() as work:
        found = await _form_of(work, account, consultation_id, at)
        if isinstance(found, Refusal):
            return found
        person, dossier = found.person, found.dossier
        needed = may_use_words(choice, words)
        if needed:
            return needed
        reply = Reply(person.id, choice, at, words=words.strip())
        refusal = may_reply(dossier.running, person.id, at)
        if refusal:
            if refusal.kind == "closed":
                await _keep_late(work, found, reply)
            return refusal
        before = dossier.running.last_replies.get(person.id)
        if before and (before.choice, before.words) == (choice, reply.words):
            return before
        await _accept(work, found, replace(reply, reserved=before.reserved if before else False))
        await _await_the_rest(work, account, consultation_id, cut_at)
        return reply


async def go_on(
    context: Context, account: int, consultation_id: int, piece: str, at: datetime, where: Cut
) -> Reply | Refusal:
    """The next piece of words that the app has cut: the answer they began is given with all of them."""
    async with context.work() as work:
        found = await _form_of(work, account, consultation_id, at)
        if isinstance(found, Refusal):
            return found
        running = found.dossier.running
        before = running.last_replies.get(found.person.id)
        refusal = may_reply(running, found.person.id, at)
        if refusal or before is None:
            return refusal or Refusal("gone")
        words = joined(before.words, piece, where, WORDS_LIMIT)
        if isinstance(words, TextFault):
            return faulty(words)
        reply = replace(before, words=words, at=at, on_paper=False)
        if words != before.words:
            await _accept(work, found, reply)
        await _await_the_rest(work, account, consultation_id, cut(piece, at))
        return reply


async def _await_the_rest(
    work: UnitOfWork, account: int, consultation_id: int, cut_at: Cut | None
) -> None:
    if cut_at is None:
        await drafts.answered(work.tx, account)
        return
    ref = {"consultation": consultation_id, "cut": dict(cut_at)}
    await drafts.await_words(work.tx, account, "words_go_on", ref, work.now)


async def keep_late(
    context: Context, account: int, consultation_id: int, choice: Choice, at: datetime
) -> Refusal | None:
    """Keep a choice pressed after the close, without words, as late; gives the refusal shown."""
    async with context.work() as work:
        found = await _form_of(work, account, consultation_id, at)
        if isinstance(found, Refusal):
            return found
        refusal = may_reply(found.dossier.running, found.person.id, at)
        if refusal and refusal.kind == "closed":
            await _keep_late(work, found, Reply(found.person.id, choice, at))
        return refusal


async def _accept(work: UnitOfWork, found: Opened, reply: Reply) -> None:
    person, dossier = found.person, found.dossier
    await consultations.add_reply(work.tx, dossier.id, reply, received_at=work.now)
    await _acknowledge(work, found)
    detail = {"choice": reply.choice.value, "words": reply.words, "reserved": reply.reserved}
    detail["at"] = reply.at.isoformat()
    await work.record(dossier.committee, person, "reply", subject(dossier), detail)
    await follow(work, found)


async def _keep_late(work: UnitOfWork, found: Opened, reply: Reply) -> None:
    dossier = found.dossier
    await consultations.add_reply(work.tx, dossier.id, reply, received_at=work.now, late=True)
    detail = {"choice": reply.choice.value, "words": reply.words, "at": reply.at.isoformat()}
    await work.record(dossier.committee, found.person, "late_reply", subject(dossier), detail)
    await announcements.refresh(work, dossier)


async def reserve(
    context: Context, account: int, consultation_id: int, at: datetime, *, reserved: bool
) -> Reply | Refusal:
    """Mark the own answer as reserved (bảo lưu) or take the mark off, until the close."""
    async with context.work() as work:
        found = await _form_of(work, account, consultation_id, at)
        if isinstance(found, Refusal):
            return found
        running = found.dossier.running
        refusal = may_reserve(running, found.person.id, at)
        if refusal:
            return refusal
        before = running.last_replies.get(found.person.id)
        if before is None:
            return Refusal("reserve_what", running.rules.reserve_article)
        if before.reserved == reserved:
            return before
        reply = replace(before, reserved=reserved, at=at)
        await _accept(work, found, reply)
        return reply


async def acknowledge(
    context: Context, account: int, consultation_id: int, at: datetime
) -> Opened | Refusal:
    """The member has seen the text: "Đã nhận", or opening it. Repeating changes nothing."""
    async with context.work() as work:
        found = await _form_of(work, account, consultation_id, at)
        if isinstance(found, Refusal):
            return found
        if may_reply(found.dossier.running, found.person.id, at) is None:
            fresh = await _acknowledge(work, found)
            if fresh:
                await work.record(
                    found.dossier.committee, found.person, "acknowledge", subject(found.dossier), {}
                )
                await follow(work, found)
        return found


async def may_answer(
    context: Context, account: int, consultation_id: int, at: datetime
) -> Opened | Refusal:
    """Whether this account may answer now; the same predicate as for the answer itself."""
    async with context.work() as work:
        found = await _form_of(work, account, consultation_id, at)
        if isinstance(found, Refusal):
            return found
        refusal = may_reply(found.dossier.running, found.person.id, at)
        if refusal is None and await _acknowledge(work, found):
            await follow(work, found, over_form=True)
        return refusal or found


async def may_ask_time(
    context: Context, account: int, consultation_id: int, at: datetime
) -> Opened | Refusal:
    """Whether this account may ask for more time now."""
    async with context.work() as work:
        found = await _form_of(work, account, consultation_id, at)
        if isinstance(found, Refusal):
            return found
        return may_have_more_time(found.dossier.running, found.person.id, at) or found


async def ask_more_time(
    context: Context, account: int, consultation_id: int, until: datetime, at: datetime
) -> Act | Refusal:
    """The recipient fixes when it will answer (HD 3.1); the requester is told, its clock moves."""
    async with context.work() as work:
        found = await _form_of(work, account, consultation_id, at)
        if isinstance(found, Refusal):
            return found
        person, dossier = found.person, found.dossier
        refusal = may_have_time_until(dossier.running, person.id, until, at)
        if refusal:
            return refusal
        act = Act(ActKind.MORE_TIME, at, by=person.id, of=person.id, until=until)
        await consultations.add_act(work.tx, dossier.id, act)
        await _acknowledge(work, found)
        detail = {"until": until.isoformat()}
        await work.record(dossier.committee, person, "more_time", subject(dossier), detail)
        await announcements.more_time(work, dossier, person, until)
        await follow(work, found, moved=True)
        return act


async def _form_of(
    work: UnitOfWork, account: int, consultation_id: int, at: datetime
) -> Opened | Refusal:
    persons = await people.of_account(work.tx, account)
    person_in = {person.committee: person.id for person in persons}
    dossier = await consultations.get_for(work.tx, consultation_id, person_in, at)
    if dossier is None or dossier.consultation is None:
        return Refusal("gone")
    person = next((p for p in persons if p.committee == dossier.committee), None)
    if person is None or not any(s.person == person.id for s in dossier.running.roll):
        return NO_RIGHT
    return Opened(person, dossier)


async def _acknowledge(work: UnitOfWork, found: Opened) -> bool:
    receipt = Receipt(found.person.id, Strength.ACKNOWLEDGED, work.now)
    return await consultations.add_receipt(work.tx, found.dossier.id, receipt)


async def follow(
    work: UnitOfWork, found: Opened, *, moved: bool = False, over_form: bool = False
) -> None:
    """After a member's act: cards show it, and what falls due moves where clocks depend on it.

    With `over_form` a question is about to stand where the form stood: it must not be drawn over.
    """
    dossier, running = found.dossier, found.dossier.running
    if over_form:
        await live_cards.refresh(work.tx, announcements.dash(dossier.id), work.now)
    else:
        await announcements.refresh(work, dossier, found.person.id)
    own_clocks = running.rules.window.clock is Clock.RECIPIENT
    if moved or own_clocks or work.now >= running.stated_deadline:
        whole = await consultations.get(work.tx, dossier.id)
        if whole and whole.consultation:
            await schedule.arrange(work, whole.consultation)


def subject(dossier: Dossier) -> str:
    """How the register names a consultation."""
    return f"consultation:{dossier.id}"
