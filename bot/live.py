"""Cards rendered when they are sent, and what a delivery proves. The delivery itself is at the door."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from bot.calendar import store as calendar
from bot.consultations import access, announcements, cards, opinion_card, schedule
from bot.consultations import store as consultations
from bot.consultations.answering import subject
from bot.consultations.rules.consultation import Dossier, Receipt
from bot.consultations.rules.due import regulation_deadline
from bot.consultations.rules.outcome import Stage, shown_state
from bot.db import live_cards, people
from bot.db.engine import Transaction
from bot.db.notice import Card
from bot.db.outbox import Outgoing
from bot.kit.unit import Context, UnitOfWork
from bot.meetings.documents import documents
from bot.meetings.inviting import invitations
from bot.meetings.sitting import showing
from bot.notices import lists as notice_lists
from bot.notices import sending as notices
from bot.people import joining
from bot.people import store as roster
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import Strength
from bot.reports import daily_digest
from bot.values.refusal import Refused
from bot.votes import voting


class Post:
    """What the delivery asks of the use cases while it sends."""

    def __init__(self, context: Context) -> None:
        self._desk = context

    async def live_card(self, tx: Transaction, live: str, chat_id: int) -> Card | None:
        """The card of that name as it is now, for that chat; None when nobody there may see it."""
        kind, *ids = live.split(":")
        work = UnitOfWork(self._desk, tx, self._desk.clock.now())
        try:
            return await LIVE_CARDS[kind](work, [int(each) for each in ids], chat_id)
        except Refused:
            return None

    async def settled(
        self, tx: Transaction, row: Outgoing, message_id: int | None, now: datetime
    ) -> None:
        """A sent form is a receipt; a sent live card has its place; a sent link is forgotten here."""
        if row.kind == "invitation":
            await roster.forget_link(tx, row.id)
        if message_id is None:
            return
        await documents.received(tx, row, now)
        if row.kind == notices.KIND and row.person_id:
            work = UnitOfWork(self._desk, tx, now)
            await notices.delivered(work, int(row.about.partition(":")[2]), row.person_id)
        if row.kind == "opinion_form" and row.consultation_id and row.person_id:
            live = announcements.form(row.consultation_id, row.person_id)
            await live_cards.place(tx, row.chat_id, message_id, live, now)
            await self._received(tx, row, now)
        elif row.kind == daily_digest.DIGEST:
            await live_cards.place(tx, row.chat_id, message_id, row.key, now)
        elif row.live and row.message_id is None:
            await live_cards.place(tx, row.chat_id, message_id, row.live, now)
            await live_cards.refresh(
                tx, row.live, now
            )  # what happened since it was drawn missed it

    async def _received(self, tx: Transaction, row: Outgoing, now: datetime) -> None:
        if row.consultation_id is None or row.person_id is None:
            return
        receipt = Receipt(row.person_id, Strength.DELIVERED, now)
        if not await consultations.add_receipt(tx, row.consultation_id, receipt):
            return
        await live_cards.refresh(tx, announcements.dash(row.consultation_id), now)
        member = await people.person(tx, row.person_id)
        mine = {member.committee: member.id} if member else {}
        dossier = await consultations.get_for(tx, row.consultation_id, mine, now)
        if dossier is None or dossier.consultation is None:
            return
        work = UnitOfWork(self._desk, tx, now)
        await work.record(dossier.committee, member, "delivered", subject(dossier), {})
        if now >= dossier.running.stated_deadline and not dossier.running.end:
            await schedule.arrange(work, dossier.running)

    async def unreachable(self, tx: Transaction, row: Outgoing, reason: str, now: datetime) -> None:
        """A form that did not arrive is told to the office once; a link is forgotten all the same."""
        if row.kind == "invitation":
            await roster.forget_link(tx, row.id)
        if row.kind != "opinion_form" or row.consultation_id is None or row.person_id is None:
            return
        dossier = await consultations.get(tx, row.consultation_id)
        member = await people.person(tx, row.person_id)
        if dossier is None or member is None or dossier.consultation is None:
            return
        work = UnitOfWork(self._desk, tx, now)
        if member.account is not None and reason == "blocked":
            await people.set_blocked(tx, member.account, now)
        detail = {"person": member.id, "reason": reason}
        await work.record(dossier.committee, None, "unreachable", subject(dossier), detail)
        await announcements.unreachable(work, dossier, member, reason)


async def _form(work: UnitOfWork, ids: Sequence[int], chat_id: int) -> Card | None:
    consultation_id, person_id = ids[:2]
    member = await people.person(work.tx, person_id)
    if member is None or member.account != chat_id:
        return None
    mine = {member.committee: member.id}
    dossier = await consultations.get_for(work.tx, consultation_id, mine, work.now)
    if dossier is None or dossier.consultation is None:
        return None
    return opinion_card.card(work.say, dossier, member, work.now)


async def _dashboard(work: UnitOfWork, ids: Sequence[int], chat_id: int) -> Card | None:
    found = await _officer(work, ids[0], chat_id)
    if found is None:
        return None
    person, dossier = found
    rights = await access.rights_upon(work, person, dossier)
    page = ids[1] if ids[1:] else 0
    return cards.card(work.say, dossier, work.now, page, rights=rights)


async def _asked(work: UnitOfWork, ids: Sequence[int], chat_id: int) -> Card | None:
    found = await _officer(work, ids[0], chat_id)
    return await asked_card(work, found[1]) if found else None


async def _report_morning(work: UnitOfWork, ids: Sequence[int], chat_id: int) -> Card | None:
    person = await people.person(work.tx, ids[0])
    if person is None or person.account != chat_id or not ids[1:]:
        return None
    return await daily_digest.morning_card(work, person, ids[1])


async def _officer(
    work: UnitOfWork, consultation_id: int, chat_id: int
) -> tuple[Person, Dossier] | None:
    """Clerk or head behind that chat, with the consultation."""
    dossier = await consultations.get(work.tx, consultation_id)
    if dossier is None:
        return None
    office = await access.office_of(work, dossier)
    person = next((p for p in office if p.account == chat_id), None)
    return (person, dossier) if person else None


async def asked_card(work: UnitOfWork, dossier: Dossier) -> Card:
    """The head's card that asks for approval, with its answer once there is one."""
    clerk = await people.person(work.tx, dossier.prepared_by)
    due = dossier.deadline
    if due is None:
        days = await calendar.working_calendar(work.tx, dossier.committee)
        due = regulation_deadline(dossier.body, days, work.now)
    return cards.asks_approval(work.say, dossier, clerk.name if clerk else "", work.now, due)


@joining.within_reach.follow
async def resend_open_forms(work: UnitOfWork, account: int) -> None:
    """Somebody joined or let the bot in again: the forms and notices that wait go out."""
    await notices.resend_open(work, account)
    await invitations.resend(work, account)
    for person in await people.of_account(work.tx, account):
        for consultation_id in await consultations.open_ids_for(work.tx, person.id):
            dossier = await consultations.get(work.tx, consultation_id)
            if dossier is None or dossier.consultation is None:
                continue
            stage = shown_state(dossier.consultation, work.now).stage
            if stage in (Stage.OPEN, Stage.HELD):
                missed = person.id not in dossier.running.received_at
                await announcements.send_form(work, dossier, person, again=missed)


async def reachable(context: Context, account: int, at: datetime, *, blocked: bool) -> None:
    """An account blocked the bot, or let it in again; what waits for it is then sent."""
    async with context.work() as work:
        await people.set_blocked(work.tx, account, at if blocked else None)
        if not blocked:
            await joining.within_reach.happened(work, account)


LiveCard = Callable[[UnitOfWork, Sequence[int], int], Awaitable[Card | None]]
"""Renders a live card for a chat from the numbers of its name; None when nobody there may see it."""

LIVE_CARDS: Mapping[str, LiveCard] = {
    "form": _form,
    "dash": _dashboard,
    "asked": _asked,
    **showing.OFFICE_CARDS,
    **showing.APPROVAL_CARDS,
    **voting.LIVE_CARDS,
    **notice_lists.LIVE_CARDS,
    daily_digest.DIGEST: _report_morning,
}
"""By the first word of a live card's name."""
