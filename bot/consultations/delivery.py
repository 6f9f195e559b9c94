"""What a delivery means to a consultation, and its cards as they are drawn when sent. No right is decided here."""

from __future__ import annotations

from collections.abc import Sequence

from bot.calendar import face as calendar
from bot.consultations import (
    access,
    announcements,
    dashboard_card,
    opinion_card,
    request_cards,
    result_cards,
    schedule,
)
from bot.consultations import store as consultations
from bot.consultations.divided import offers_second_round
from bot.consultations.listing import store as listing
from bot.consultations.papers import store as papers
from bot.consultations.rules.consultation import Receipt
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.due import may_move, regulation_deadline
from bot.consultations.rules.outcome import Stage, shown_state, state
from bot.consultations.rules.rights import Rights, has_paper
from bot.counting import face as counting
from bot.db import live_cards, people
from bot.db.notice import Card
from bot.kit.access import By
from bot.kit.live import Delivered, Undelivered, delivered, live_card, undelivered
from bot.kit.unit import Line, UnitOfWork
from bot.people.face import within_reach
from bot.regulations.rules.regulation import Strength

FORM = "opinion_form"
"""The kind of the messages whose delivery is a receipt."""


@delivered.follow
async def _received(work: UnitOfWork, sent: Delivered) -> None:
    """A form that arrived is a receipt and has its place; a late one gives its member a due moment."""
    row = sent.row
    if row.kind != FORM or row.consultation_id is None or row.person_id is None:
        return
    live = announcements.form(row.consultation_id, row.person_id)
    await live_cards.place(work.tx, row.chat_id, sent.message_id, live, work.now)
    member = await people.person(work.tx, row.person_id)
    mine = {member.committee: member.id} if member else {}
    dossier = await consultations.get_for(work.tx, row.consultation_id, mine, work.now)
    if dossier is None or dossier.consultation is None:
        return
    at = dossier.running.after_what_has_ended(work.now)
    receipt = Receipt(row.person_id, Strength.DELIVERED, at)
    line = Line(dossier.committee, member, "delivered", dossier.reference, {})
    proof = consultations.add_receipt(dossier.id, receipt)
    if not await work.write(proof, lambda fresh: line if fresh else None):
        return
    await live_cards.refresh(work.tx, announcements.dash(dossier.id), work.now)
    running = dossier.running
    counts = receipt.strength >= running.rules.silence.receipt and not running.end
    if counts and may_move(running, receipt.person, work.now):
        whole = await consultations.there(work.tx, dossier.id)
        await schedule.arrange(work, whole.running)
        await live_cards.refresh(work.tx, live, work.now, consultation_id=dossier.id)


@undelivered.follow
async def _unreachable(work: UnitOfWork, lost: Undelivered) -> None:
    """A form that did not arrive is told to the office once."""
    row = lost.row
    if row.kind != FORM or row.consultation_id is None or row.person_id is None:
        return
    dossier = await consultations.get(work.tx, row.consultation_id)
    member = await people.person(work.tx, row.person_id)
    if dossier is None or member is None or dossier.consultation is None:
        return
    if member.account is not None and lost.reason == "blocked":
        await people.set_blocked(work.tx, member.account, work.now)
    detail = {"person": member.id, "reason": lost.reason}
    await work.record(dossier.committee, None, "unreachable", dossier.reference, detail)
    await announcements.unreachable(work, dossier, member, lost.reason)


@within_reach.follow_at(3)
async def _resend(work: UnitOfWork, account: int) -> None:
    """Somebody joined or let the bot in again: the forms that wait go out."""
    for person in await people.of_account(work.tx, account):
        for consultation_id in await listing.open_ids_for(work.tx, person.id):
            dossier = await consultations.get(work.tx, consultation_id)
            if dossier is None or dossier.consultation is None:
                continue
            stage = shown_state(dossier.consultation, work.now).stage
            if stage in (Stage.OPEN, Stage.HELD):
                missed = person.id not in dossier.running.received_at
                await announcements.send_form(work, dossier, person, again=missed)


# --- cards drawn when they are sent ----------------------------------------------------------


@live_card("form")
async def _form(work: UnitOfWork, ids: Sequence[int], chat_id: int) -> Card | None:
    consultation_id, person_id = ids[:2]
    member = await people.person(work.tx, person_id)
    if member is None or member.account != chat_id:
        return None
    mine = {member.committee: member.id}
    dossier = await consultations.get_for(work.tx, consultation_id, mine, work.now)
    if dossier is None or dossier.consultation is None:
        return None
    paper = has_paper(dossier.consultation, person_id)
    scanned = paper and person_id in await papers.pages(work.tx, dossier.id)
    return opinion_card.card(work.say, dossier, member, work.now, scanned=scanned)


@live_card("dash")
async def _dashboard(work: UnitOfWork, ids: Sequence[int], chat_id: int) -> Card | None:
    found = await _officer(work, ids[0], chat_id)
    if found is None:
        return None
    rights, dossier = found
    page = ids[1] if ids[1:] else 0
    days = (
        await calendar.working_calendar(work.tx, dossier.committee) if dossier.opened_at else None
    )
    board = await counting.board_of(work.tx, dossier.reference) if dossier.opened_at else None
    scanned = bool(await papers.pages(work.tx, dossier.id))
    return dashboard_card.card(
        work.say,
        dossier,
        work.now,
        page,
        rights=rights,
        calendar=days,
        board=board,
        scanned=scanned,
    )


@live_card("outcome")
async def _outcome(work: UnitOfWork, ids: Sequence[int], chat_id: int) -> Card | None:
    """The office's result of a divided matter, with the way to ask it again while there is one."""
    found = await _officer(work, ids[0], chat_id)
    if found is None:
        return None
    rights, dossier = found
    if len(ids) > 1:
        dossier = dossier.of(ids[1])
    result = state(dossier.running, work.now).result
    if dossier.closed_at is None or result is None:
        return None
    again = await offers_second_round(work, dossier.named, rights)
    return result_cards.for_office(work.say, dossier, result, again=again)


@live_card("asked")
async def _asked(work: UnitOfWork, ids: Sequence[int], chat_id: int) -> Card | None:
    """The head's card that asks for approval, with its answer once there is one."""
    found = await _officer(work, ids[0], chat_id)
    if found is None:
        return None
    rights, dossier = found
    clerk = await people.person(work.tx, dossier.prepared_by)
    due = dossier.deadline
    if due is None:
        days = await calendar.working_calendar(work.tx, dossier.committee)
        due = regulation_deadline(dossier.body, days, work.now)
    by = None
    if dossier.approved_by not in (None, rights.person):
        by = await _approver(work, dossier)
    name = clerk.name if clerk else ""
    return request_cards.asks_approval(work.say, dossier, name, work.now, due, by)


async def _approver(work: UnitOfWork, dossier: Dossier) -> By:
    """Who approved, and for whom."""
    ids = [each for each in (dossier.approved_by, dossier.approved_for) if each is not None]
    found = await people.persons(work.tx, ids)
    names = [found[each].name if each in found else "" for each in ids]
    return By(*names)


async def _officer(
    work: UnitOfWork, consultation_id: int, chat_id: int
) -> tuple[Rights, Dossier] | None:
    """What the clerk or head behind that chat is to the consultation, with it."""
    dossier = await consultations.get(work.tx, consultation_id)
    if dossier is None:
        return None
    staff = await access.staff_of(work, dossier)
    person = next((p for p in staff.office(dossier.body) if p.account == chat_id), None)
    return (staff.standing(person, dossier.body), dossier) if person else None
