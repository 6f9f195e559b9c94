"""The steps between a press and an answer on a member's form: asking for words, for a moment. No count changes here."""

from __future__ import annotations

from datetime import datetime

from bot.consultations import access as consultations_access
from bot.consultations import announcements, answering, opinion_card
from bot.consultations import cards as consultations_cards
from bot.consultations import store as consultations
from bot.consultations.answering import Opened
from bot.consultations.rules.consultation import Choice, Dossier
from bot.consultations.rules.due import days_after, due_moment
from bot.consultations.rules.outcome import state
from bot.consultations.rules.rights import may_have_time_until
from bot.db import drafts, people
from bot.db.notice import Button, Card
from bot.kit import access
from bot.kit.screen import Screen
from bot.kit.unit import Context
from bot.values.action import action
from bot.values.refusal import NO_RIGHT, Refusal, faulty, unclear
from bot.values.texts import WORDS_LIMIT, TextFault, clean
from bot.values.typed import MomentFault, parse_moment

OFFERED_DAYS = (1, 2, 3, 5, 10)
"""Working days beyond the own due moment offered to who asks for more time."""


def opinion_words(text: str) -> str | Refusal:
    """The words of an opinion, cleaned; empty or endless ones are refused."""
    words = clean(text, WORDS_LIMIT)
    return faulty(words) if isinstance(words, TextFault) else words


async def ask_words(
    context: Context, account: int, consultation_id: int, choice: Choice, at: datetime
) -> Screen | Refusal:
    """Ask for the words that belong to a choice; nothing is recorded until they come.

    After the close the bare choice is kept as late, and refused so.
    """
    found = await answering.may_answer(context, account, consultation_id, at)
    if isinstance(found, Refusal):
        if found.kind != "closed":
            return found
        return await answering.keep_late(context, account, consultation_id, choice, at) or found
    async with context.work() as work:
        ref = {"consultation": consultation_id, "choice": choice.value}
        await drafts.await_words(work.tx, account, "words", ref, work.now)
    text = context.say.text(
        "ask_words", dossier=found.dossier, choice=choice.value, of_agencies=_agencies(found)
    )
    rows = [(Button(context.say.label("button.back"), action("form", consultation_id)),)]
    if choice is Choice.APPROVE_WITH_COMMENTS:
        without = Button(
            context.say.label("button.without_words"),
            action("nowords", consultation_id, choice.value),
        )
        rows.insert(0, (without,))
    return Screen(Card(text, tuple(rows)), protects=consultation_id, keeps_place=True)


def _agencies(found: Opened) -> bool:
    return found.dossier.body.of_agencies


async def change(
    context: Context, account: int, consultation_id: int, at: datetime
) -> Screen | Refusal:
    """The choices again; the answer given stands until another is."""
    found = await answering.may_answer(context, account, consultation_id, at)
    if isinstance(found, Refusal):
        return found
    now = context.clock.now()
    card = opinion_card.card(context.say, found.dossier, found.person, now, changing=True)
    return Screen(card, protects=consultation_id, keeps_place=True)


async def confirmation(context: Context, account: int, consultation_id: int) -> Screen | Refusal:
    """After words were sent: the form below them, with the answer restated."""
    return await back_to_form(context, account, consultation_id)


async def back_to_form(
    context: Context, account: int, consultation_id: int, *, toast: str = ""
) -> Screen | Refusal:
    """The form as it is now, in place or as the next message."""
    async with context.look() as look:
        dossier = await consultations.get(look.tx, consultation_id)
        persons = await people.of_account(look.tx, account)
    person = next((p for p in persons if dossier and p.committee == dossier.committee), None)
    if dossier is None or person is None:
        return Refusal("gone")
    return Screen(live=announcements.form(dossier.id, person.id), toast=toast, protects=dossier.id)


def whole_text(context: Context, dossier: Dossier) -> Screen:
    """The text in full and its files, as new messages."""
    cards = (opinion_card.whole_text(context.say, dossier),) if dossier.text else ()
    return Screen(
        extra=cards,
        files=dossier.files,
        files_card=Card(context.say.text("files", dossier=dossier)) if dossier.files else None,
        protects=dossier.id,
    )


async def result(context: Context, account: int, consultation_id: int) -> Screen | Refusal:
    """The result once more, for the roll as members see it, for the office whole; nobody else."""
    async with context.look() as work:
        dossier = await consultations.get(work.tx, consultation_id)
        if dossier is None or dossier.consultation is None or dossier.closed_at is None:
            return Refusal("gone")
        reached = state(dossier.running, work.now).result
        office = [person.account for person in await consultations_access.office_of(work, dossier)]
        person = await access.in_committee(work, account, dossier.committee)
    on_roll = person and any(seat.person == person.id for seat in dossier.running.roll)
    if reached is None or not (account in office or on_roll):
        return NO_RIGHT
    tell = consultations_cards.for_office if account in office else consultations_cards.for_members
    return Screen(tell(context.say, dossier, reached), anew=True, protects=dossier.id)


async def ask_time(
    context: Context, account: int, consultation_id: int, at: datetime
) -> Screen | Refusal:
    """Offer moments within what the rule allows; a typed one is taken too."""
    found = await answering.may_ask_time(context, account, consultation_id, at)
    if isinstance(found, Refusal):
        return found
    async with context.work() as work:
        ref = {"consultation": consultation_id}
        await drafts.await_words(work.tx, account, "more_time", ref, work.now)
    now, running = context.clock.now(), found.dossier.running
    last = max(due_moment(running, found.person.id), now)
    offered = [days_after(running, last, days) for days in OFFERED_DAYS]
    allowed = [m for m in offered if not may_have_time_until(running, found.person.id, m, at)]
    rows = [
        (
            Button(
                context.say.moment_short(moment),
                action("more_at", consultation_id, int(moment.timestamp()) // 60),
            ),
        )
        for moment in allowed
    ]
    rows.append((Button(context.say.label("button.back"), action("form", consultation_id)),))
    more_time = running.rules.more_time
    text = context.say.text("ask_time", dossier=found.dossier, more_time=more_time)
    return Screen(Card(text, tuple(rows)), protects=consultation_id, keeps_place=True)


async def typed_moment(
    context: Context, consultation_id: int, text: str, at: datetime
) -> datetime | Refusal:
    """A moment typed for a running consultation, by its frozen calendar."""
    async with context.look() as look:
        dossier = await consultations.get(look.tx, consultation_id)
    if dossier is None or dossier.consultation is None:
        return Refusal("gone")
    running = dossier.consultation
    moment = parse_moment(text, at, running.calendar, running.rules.window.day_ends_at)
    return unclear(moment) if isinstance(moment, MomentFault) else moment
