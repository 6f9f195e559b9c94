"""Notices to members in tables: what was sent, to whom, who has acknowledged it. No rule lives here."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    true,
    update,
)

from bot.db.fact import fact
from bot.db.schema import attachments, member_notices, notice_receipts
from bot.db.searching import among, holds_number, holds_words, in_year
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction
from bot.kit.search import Query
from bot.notices.rules.notice import MemberNotice, Recipient
from bot.values.files import FileRef
from bot.values.sought import searchable


@fact
async def add(tx: Transaction, notice: MemberNotice, draft_id: int) -> int:
    """Keep a notice with its recipients; the files of the form it was written in become its own."""
    values = {
        "committee_id": notice.committee,
        "body": notice.body,
        "duty": notice.duty,
        "subject": notice.subject,
        "sought": searchable(notice.subject),
        "text": notice.text,
        "sent_by": notice.sent_by,
        "acting_for": notice.acting_for,
        "sent_at": notice.sent_at,
    }
    entered = await tx.execute(
        insert(member_notices).values(**values).returning(member_notices.c.id)
    )
    new = int(entered.scalar_one())
    rows = [
        {
            "notice_id": new,
            "person_id": one.person,
            "name": one.name,
            "place": place,
            "recorded": False,
        }
        for place, one in enumerate(notice.recipients)
    ]
    await tx.execute(insert(notice_receipts), rows)
    await tx.execute(
        update(attachments).where(attachments.c.draft_id == draft_id).values(notice_id=new)
    )
    return new


async def get(tx: Transaction, notice_id: int) -> MemberNotice | None:
    """The notice with its files and recipients, or None."""
    found = await tx.execute(select(member_notices).where(member_notices.c.id == notice_id))
    row = found.first()
    return await _whole(tx, row) if row else None


async def _whole(tx: Transaction, row: Row[tuple[object, ...]]) -> MemberNotice:
    files = await tx.execute(
        select(attachments).where(attachments.c.notice_id == row.id).order_by(attachments.c.id)
    )
    to = await tx.execute(
        select(notice_receipts)
        .where(notice_receipts.c.notice_id == row.id)
        .order_by(notice_receipts.c.place)
    )
    return MemberNotice(
        id=row.id,
        committee=row.committee_id,
        body=row.body,
        duty=row.duty,
        subject=row.subject,
        text=row.text,
        sent_by=row.sent_by,
        acting_for=row.acting_for,
        sent_at=row.sent_at,
        files=tuple(FileRef(f.name, f.file_id, f.sha256, f.size) for f in files),
        recipients=tuple(
            Recipient(r.person_id, r.name, r.delivered_at, r.acknowledged_at, r.recorded)
            for r in to
        ),
    )


async def newest(tx: Transaction) -> int | None:
    """The notice sent last, of all committees."""
    found: int | None = (await tx.execute(select(func.max(member_notices.c.id)))).scalar()
    return found


async def of_committee(tx: Transaction, committee: int, limit: int) -> list[MemberNotice]:
    """The latest notices of a committee, newest first."""
    found = await tx.execute(
        select(member_notices)
        .where(member_notices.c.committee_id == committee)
        .order_by(member_notices.c.id.desc())
        .limit(limit)
    )
    return [await _whole(tx, row) for row in found.all()]


async def found(
    tx: Transaction, query: Query, bodies: Collection[str], limit: int
) -> tuple[int, list[tuple[datetime, int, str, bool]]]:
    """How many a search finds; when each of the latest was sent, its id, its subject, and whether of the office.

    A clerk sees all, a head those of `bodies`, a sender the own, everybody those sent to him; a person
    is found as the sender or one to whom it was sent.
    """
    of, person, sought = member_notices.c, query.person, query.sought
    to = select(notice_receipts.c.notice_id)
    office = (
        true() if person.is_clerk else or_(of.body.in_(sorted(bodies)), of.sent_by == person.id)
    )
    mine = of.id.in_(to.where(notice_receipts.c.person_id == person.id))
    shown = [of.committee_id == person.committee, or_(office, mine)]
    if sought.words:
        sent_to = to.where(among(notice_receipts.c.person_id, query.persons))
        named = or_(among(of.sent_by, query.persons), and_(office, of.id.in_(sent_to)))
        shown.append(or_(holds_words(of.sought, sought), named))
    shown += [
        or_(holds_number(of.sought, each), in_year(of.sent_at, each)) for each in sought.numbers
    ]
    total = await tx.execute(select(func.count()).select_from(member_notices).where(*shown))
    wanted = select(of.sent_at, of.id, of.subject, office.label("office")).where(*shown)
    rows = await tx.execute(wanted.order_by(of.sent_at.desc(), of.id.desc()).limit(limit))
    return int(total.scalar() or 0), [(r.sent_at, r.id, r.subject, bool(r.office)) for r in rows]


async def waiting_for(tx: Transaction, person: int) -> list[MemberNotice]:
    """The notices this person has not acknowledged, oldest first."""
    found = await tx.execute(_WAITING, {"for": person})
    return [await _whole(tx, row) for row in found.all()]


_WAITING = compiled_once(
    select(member_notices)
    .join(notice_receipts, notice_receipts.c.notice_id == member_notices.c.id)
    .where(
        notice_receipts.c.person_id == bindparam("for"),
        notice_receipts.c.acknowledged_at.is_(None),
    )
    .order_by(member_notices.c.id)
)


@fact
async def delivered(tx: Transaction, notice_id: int, person: int, at: datetime) -> bool:
    """Telegram took it for this person; False when that was known already."""
    first = notice_receipts.c.delivered_at.is_(None)
    done = await tx.execute(
        update(notice_receipts).where(_of(notice_id, person), first).values(delivered_at=at)
    )
    return bool(done.rowcount)


@fact
async def acknowledge(
    tx: Transaction, notice_id: int, person: int, at: datetime, *, on_paper: bool = False
) -> bool:
    """This person has it; False when that was acknowledged already: the first time counts."""
    first = notice_receipts.c.acknowledged_at.is_(None)
    done = await tx.execute(
        update(notice_receipts)
        .where(_of(notice_id, person), first)
        .values(acknowledged_at=at, recorded=on_paper)
    )
    return bool(done.rowcount)


def _of(notice_id: int, person: int) -> ColumnElement[bool]:
    return (notice_receipts.c.notice_id == notice_id) & (notice_receipts.c.person_id == person)
