"""A notice on its way to every member's phone, and what comes back: received, acknowledged, reminded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.db import live_cards as places
from bot.db import outbox, people, rulebooks
from bot.db.dues import DueMoment
from bot.db.notice import NOTICE, Notice
from bot.kit import access
from bot.kit.due import due, once_at
from bot.kit.live import Delivered
from bot.kit.live import delivered as on_delivery
from bot.kit.notify import number_of
from bot.kit.unit import Context, Line, UnitOfWork
from bot.notices import cards
from bot.notices import store as member_notices
from bot.notices.rules.notice import MemberNotice, may_read, may_record_paper
from bot.people.joining import within_reach
from bot.people.rules.people import Person
from bot.reports import daily_digest, generate
from bot.reports import store as reports
from bot.reports.rules.owing import keys_of
from bot.reports.rules.report import Report, ReportAct, ReportActKind
from bot.values.quiet_hours import first_awake
from bot.values.refusal import NO_RIGHT, Refused, refuse, require

REMIND = "notice_remind"
KIND = "member_notice"


def live(notice_id: int, person: int) -> str:
    """The live name of one member's card of a notice."""
    return f"notice:{notice_id}:{person}"


def board(notice_id: int) -> str:
    """The live name of the office's card: who has acknowledged."""
    return f"noticed:{notice_id}"


def about(notice_id: int) -> str:
    """What messages of a notice are about; such messages cannot be forwarded."""
    return f"notice:{notice_id}"


def subject(notice: MemberNotice) -> str:
    """What the register's lines of a notice are about."""
    return about(notice.id)


# --- sending ---------------------------------------------------------------------------------


async def send(
    work: UnitOfWork, sender: Person, notice: MemberNotice, to: Iterable[Person]
) -> None:
    """A notice just entered goes to its members and to the office; where it fulfils a duty, that is noted."""
    await fulfil(work, sender, notice)
    await _to_members(work, notice, to)
    await _to_office(work, notice)


async def there(work: UnitOfWork, notice_id: int) -> MemberNotice:
    """A notice that is known to be there."""
    notice = await member_notices.get(work.tx, notice_id)
    if notice is None:
        raise LookupError(f"notice {notice_id} is gone")
    return notice


async def _to_members(work: UnitOfWork, notice: MemberNotice, to: Iterable[Person]) -> None:
    await outbox.put_many(
        work.tx, [_message(notice, person) for person in to if person.account], work.now
    )


def _message(notice: MemberNotice, person: Person, *, again: str = "") -> Notice:
    return Notice(
        key=f"{KIND}:{notice.id}:{person.id}:{person.account}{again}",
        chat_id=person.account or 0,
        kind=KIND,
        live=live(notice.id, person.id),
        files=notice.files,
        about=about(notice.id),
        person_id=person.id,
    )


async def _to_office(work: UnitOfWork, notice: MemberNotice) -> None:
    """The clerks follow it, too; the sender sees the same card in answer to the press."""
    everybody = await people.of_committee(work.tx, notice.committee)
    for person in everybody:
        if person.account is not None and person.is_clerk and person.id != notice.sent_by:
            card = Notice(
                key=f"noticed:{notice.id}:{person.id}",
                chat_id=person.account,
                kind="noticed",
                live=board(notice.id),
                about=about(notice.id),
                person_id=person.id,
            )
            await outbox.put(work.tx, card, work.now)


@within_reach.follow_at(1)
async def resend_open(work: UnitOfWork, account: int) -> None:
    """Somebody joined or let the bot in again: the notices that never arrived go out."""
    for person in await people.of_account(work.tx, account):
        for notice in await member_notices.waiting_for(work.tx, person.id):
            of = notice.recipient(person.id)
            if of is not None and of.delivered_at is None:
                again = f":{int(work.now.timestamp() * 1000)}"
                await outbox.put(work.tx, _message(notice, person, again=again), work.now)


@on_delivery.follow
async def _delivered(work: UnitOfWork, sent: Delivered) -> None:
    """Telegram took a member's card; the office's card says so."""
    row = sent.row
    if row.kind != KIND or not row.person_id:
        return
    notice_id = number_of(row.about)
    if await member_notices.delivered(work.tx, notice_id, row.person_id, work.now):
        await places.refresh(work.tx, board(notice_id), work.now, about=about(notice_id))


# --- what comes back -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Read:
    """Somebody before a notice that was sent to that person; `again`: it was acknowledged before."""

    person: Person
    notice: MemberNotice
    again: bool = False


async def acknowledge(context: Context, account: int, notice_id: int, at: datetime) -> Read:
    """The press "Đã nhận"; pressed again it changes nothing: the first time counts."""
    async with context.work() as work:
        found = await _recipient(work, account, notice_id)
        line = Line(
            found.notice.committee, found.person, "acknowledge_notice", subject(found.notice), {}
        )
        fresh = await work.write(
            member_notices.acknowledge(notice_id, found.person.id, at),
            lambda fresh: line if fresh else None,
        )
        if not fresh:
            return Read(found.person, found.notice, again=True)
        await refresh(work, notice_id, found.person.id)
        return found


async def show(context: Context, account: int, notice_id: int) -> Read:
    """A notice once more, for whom it was sent to; nobody else learns anything (I10)."""
    async with context.look() as work:
        return await _recipient(work, account, notice_id)


async def _recipient(work: UnitOfWork, account: int, notice_id: int) -> Read:
    notice = await member_notices.get(work.tx, notice_id)
    if notice is None:
        refuse("gone")
    person = await access.in_committee(work, account, notice.committee)
    if person is None:
        raise Refused(NO_RIGHT)
    require(may_read(notice, person.id))
    return Read(person, notice)


async def refresh(work: UnitOfWork, notice_id: int, person: int) -> None:
    """Have one member's card and the office's card show the facts of now."""
    for name in (live(notice_id, person), board(notice_id)):
        await places.refresh(work.tx, name, work.now, about=about(notice_id))


# --- the office ------------------------------------------------------------------------------


async def office_before(
    work: UnitOfWork, account: int, notice_id: int
) -> tuple[Person, MemberNotice]:
    """The sender, or a clerk of the committee, before a notice; nobody else learns anything (I10)."""
    notice = await member_notices.get(work.tx, notice_id)
    if notice is None:
        refuse("gone")
    person = await access.in_committee(work, account, notice.committee)
    if person is None:
        raise Refused(NO_RIGHT)
    kept = await people.committee(work.tx, notice.committee)
    body = (await rulebooks.regulation(work.tx, kept.rulebook)).body(notice.body)
    everybody = await people.of_committee(work.tx, notice.committee)
    office = {one.id for one in access.office_among(everybody, body)} | {notice.sent_by}
    if person.id not in office:
        raise Refused(NO_RIGHT)
    return person, notice


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many are reminded, and when: in the quiet hours of the night not before the morning."""

    count: int
    at: datetime
    later: bool


async def remind(context: Context, account: int, notice_id: int) -> Reminded:
    """Those who have not acknowledged are reminded; never those who have, and nobody at night."""
    async with context.work() as work:
        found = await office_before(work, account, notice_id)
        by, notice = found
        waiting = await _reachable(work, notice)
        if not waiting:
            refuse("notice_nobody_waits")
        when = first_awake(work.now)
        later = when > work.now
        if later:
            await once_at(work, REMIND, about(notice.id), when)
        else:
            await _remind_now(work, notice, waiting)
        detail = {"persons": [person.id for person in waiting], "at": when.isoformat()}
        await work.record(notice.committee, by, "remind_notice", subject(notice), detail)
        return Reminded(len(waiting), when, later)


async def _reachable(work: UnitOfWork, notice: MemberNotice) -> list[Person]:
    ids = [one.person for one in notice.waiting]
    found = (await people.persons(work.tx, ids)).values()
    return [person for person in found if person.account is not None]


async def _remind_now(work: UnitOfWork, notice: MemberNotice, to: Iterable[Person]) -> None:
    stamp = int(work.now.timestamp() * 1000)
    card = cards.reminder(work.say, notice)
    await outbox.put_many(
        work.tx,
        [
            Notice(
                key=f"{REMIND}:{notice.id}:{person.id}:{stamp}",
                chat_id=person.account or 0,
                kind=REMIND,
                card=card,
                priority=NOTICE,
                legal=False,
                about=about(notice.id),
                person_id=person.id,
            )
            for person in to
        ],
        work.now,
    )


async def _sent(work: UnitOfWork, moment: DueMoment) -> MemberNotice | None:
    return await member_notices.get(work.tx, number_of(moment.about))


@due(REMIND, on=_sent)
async def _remind_due(work: UnitOfWork, notice: MemberNotice, _moment: DueMoment) -> None:
    """In the morning: who has acknowledged meanwhile is left alone."""
    await _remind_now(work, notice, await _reachable(work, notice))


async def record_paper(
    context: Context, account: int, notice_id: int, of: int, at: datetime
) -> MemberNotice:
    """The office records that a notice was handed over on paper; it counts as any other acknowledgement."""
    async with context.work() as work:
        found = await office_before(work, account, notice_id)
        by, notice = found
        require(may_record_paper(notice, of))
        await work.write(
            member_notices.acknowledge(notice_id, of, at, on_paper=True),
            Line(notice.committee, by, "notice_on_paper", subject(notice), {"of": of}),
        )
        await refresh(work, notice_id, of)
        return await there(work, notice_id)


async def fulfil(work: UnitOfWork, sender: Person, notice: MemberNotice) -> Report | None:
    """Note what the sender owes by this duty now as delivered: what has begun first, then what is due first."""
    if not notice.duty:
        return None
    book = await generate.ledger(work, notice.committee)
    keys = keys_of(sender, book.everybody, book.regulation)
    owed = [
        report
        for report in await reports.of_debtors(work.tx, notice.committee, keys)
        if report.duty == notice.duty and report.is_open
    ]
    today = generate.today(work)
    begun = [report for report in owed if report.first_day <= today <= report.last_day]
    report = next(iter((*begun, *owed)), None)
    if report is None:
        return None
    act = ReportAct(
        ReportActKind.DELIVER,
        work.now,
        sender.id,
        words=notice.subject,
        file=notice.files[0] if notice.files else None,
    )
    detail = {"duty": report.duty, "period": report.period, "notice": notice.id}
    line = Line(notice.committee, sender, "report_deliver", f"report:{report.id}", detail)
    await work.write(reports.add_acts([(report.id, act)]), line)
    delivered = replace(report, acts=(*report.acts, act))
    await daily_digest.refresh(work, delivered)
    return delivered
