"""Reports in tables: owed, done, fixed by a committee, asked for beside the calendar. No rule lives here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    false,
    func,
    insert,
    or_,
    select,
    update,
)

from bot.db.fact import fact
from bot.db.schema import hand_duties, report_acts, report_dues, report_rounds, report_settings
from bot.db.searching import holds_number, holds_words
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction
from bot.db.upsert import insert_into
from bot.reports.rules.report import Report, ReportAct, ReportActKind
from bot.values.files import FileRef
from bot.values.sought import Sought, may_be_year, searchable

ENDS = (ReportActKind.DELIVER.value, ReportActKind.RECORD.value, ReportActKind.EXCUSE.value)


@dataclass(frozen=True, slots=True)
class NewReport:
    """A report about to be entered."""

    duty: str
    period: str
    debtor: str
    debtor_name: str
    rulebook: str
    what: str
    article: str
    first_day: date
    due_on: date
    person: int | None = None
    due_at: datetime | None = None
    hand_id: int | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What a committee fixed for its duties: due days by (duty, period), rules and reminders by duty."""

    days: Mapping[tuple[str, str], date] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    remind_days: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@fact
async def make(tx: Transaction, committee: int, reports: Iterable[NewReport], at: datetime) -> int:
    """Enter what is owed; what was entered before stays as it is. Gives how many were entered."""
    values = [
        {
            "committee_id": committee,
            "duty": each.duty,
            "period": each.period,
            "debtor": each.debtor,
            "debtor_name": each.debtor_name,
            "person_id": each.person,
            "rulebook": each.rulebook,
            "hand_id": each.hand_id,
            "what": each.what,
            "sought": searchable(f"{each.what} {each.debtor_name}"),
            "article": each.article,
            "first_day": each.first_day,
            "due_on": each.due_on,
            "due_at": each.due_at,
            "made_at": at,
        }
        for each in reports
    ]
    if not values:
        return 0
    statement = insert_into(tx, report_dues).on_conflict_do_nothing()
    return (await tx.execute(statement, values)).rowcount


@fact
async def renew(tx: Transaction, reports: Iterable[Report]) -> None:
    """What was made ahead goes by another rule book, or after an event put off: its words, its article, its days."""
    for each in reports:
        words = {"what": each.what, "sought": searchable(f"{each.what} {each.debtor_name}")}
        await tx.execute(
            update(report_dues)
            .where(report_dues.c.id == each.id)
            .values(
                period=each.period,
                first_day=each.first_day,
                rulebook=each.rulebook,
                article=each.article,
                due_on=each.due_on,
                **words,
            )
        )


async def known(tx: Transaction, committee: int) -> set[tuple[str, str, str]]:
    """Everything ever entered for a committee, as (duty, period, debtor)."""
    table = report_dues.c
    found = await tx.execute(
        select(table.duty, table.period, table.debtor).where(table.committee_id == committee)
    )
    return {(row.duty, row.period, row.debtor) for row in found}


async def get(tx: Transaction, report_id: int) -> Report | None:
    """One report with all that was done about it."""
    found = await _found(tx, *_BY_ID, {"of": report_id})
    return found[0] if found else None


async def of_ids(tx: Transaction, ids: Collection[int]) -> list[Report]:
    """These reports, by their last days."""
    return await _reports(tx, report_dues.c.id.in_(ids)) if ids else []


async def of_committee(tx: Transaction, committee: int) -> list[Report]:
    """Everything ever owed in a committee."""
    return await _reports(tx, report_dues.c.committee_id == committee)


async def of_period(tx: Transaction, committee: int, duty: str, period: str) -> list[Report]:
    """What all debtors of one duty owe for one period."""
    table = report_dues.c
    return await _reports(
        tx, and_(table.committee_id == committee, table.duty == duty, table.period == period)
    )


async def of_debtors(tx: Transaction, committee: int, debtors: Collection[str]) -> list[Report]:
    """Everything ever owed by these debtors."""
    table = report_dues.c
    return await _reports(tx, and_(table.committee_id == committee, table.debtor.in_(debtors)))


async def found(
    tx: Transaction, committee: int, sought: Sought, debtors: Collection[str] | None, limit: int
) -> tuple[int, list[tuple[datetime, int]]]:
    """How many a search finds by what, whose and the year; when the latest were entered, and their ids."""
    of = report_dues.c
    shown = [of.committee_id == committee, holds_words(of.sought, sought)]
    if debtors is not None:
        shown.append(of.debtor.in_(debtors))
    for each in sought.numbers:
        year = (
            of.due_on.between(date(each, 1, 1), date(each, 12, 31))
            if may_be_year(each)
            else false()
        )
        shown.append(or_(holds_number(of.sought, each), year))
    total = await tx.execute(select(func.count()).select_from(report_dues).where(*shown))
    wanted = select(of.made_at, of.id).where(*shown)
    rows = await tx.execute(wanted.order_by(of.made_at.desc(), of.id.desc()).limit(limit))
    return int(total.scalar() or 0), [(row.made_at, row.id) for row in rows]


async def open_of(tx: Transaction, committee: int) -> list[Report]:
    """What is neither delivered nor excused in a committee."""
    return await _found(tx, *_OPEN, {"of": committee})


def _queries(wanted: ColumnElement[bool]) -> tuple[Select[Any], Select[Any]]:
    """The reports wanted, and all that was done about them."""
    ids = select(report_dues.c.id).where(wanted).correlate(None)
    done = select(report_acts).where(report_acts.c.due_id.in_(ids)).order_by(report_acts.c.id)
    return select(report_dues).where(wanted), done


def _compiled(wanted: ColumnElement[bool]) -> tuple[Select[Any], Select[Any]]:
    reports, done = _queries(wanted)
    return compiled_once(reports), compiled_once(done)


def _not_ended() -> ColumnElement[bool]:
    ends = report_acts.alias()
    an_end = or_(*(ends.c.kind == each for each in ENDS))
    return ~exists().where(ends.c.due_id == report_dues.c.id, an_end).correlate(report_dues)


_BY_ID = _compiled(report_dues.c.id == bindparam("of"))
_OPEN = _compiled(and_(report_dues.c.committee_id == bindparam("of"), _not_ended()))


async def _reports(tx: Transaction, wanted: ColumnElement[bool]) -> list[Report]:
    return await _found(tx, *_queries(wanted))


async def _found(
    tx: Transaction,
    reports: Select[Any],
    done: Select[Any],
    given: Mapping[str, Any] | None = None,
) -> list[Report]:
    rows = (await tx.execute(reports, given)).all()
    acts: dict[int, list[ReportAct]] = {}
    for row in await tx.execute(done, given) if rows else ():
        acts.setdefault(row.due_id, []).append(_act(row))
    found = [_report(row, tuple(acts.get(row.id, ()))) for row in rows]
    return sorted(found, key=lambda one: (one.last_day, one.id))


def _report(row: Row[Any], acts: tuple[ReportAct, ...]) -> Report:
    return Report(
        id=row.id,
        committee=row.committee_id,
        duty=row.duty,
        period=row.period,
        debtor=row.debtor,
        debtor_name=row.debtor_name,
        rulebook=row.rulebook,
        what=row.what,
        article=row.article,
        first_day=row.first_day,
        due_on=row.due_on,
        made_at=row.made_at,
        person=row.person_id,
        due_at=row.due_at,
        hand_id=row.hand_id,
        acts=acts,
    )


def _act(row: Row[Any]) -> ReportAct:
    file = None
    if row.file_sha256 is not None:
        file = FileRef(row.file_name, row.file_id, row.file_sha256, row.file_size)
    return ReportAct(
        kind=ReportActKind(row.kind),
        at=row.at,
        by=row.by,
        day=row.day,
        number=row.number,
        paper_on=row.paper_on,
        words=row.words,
        file=file,
    )


async def note(tx: Transaction, acts: Sequence[tuple[int, ReportAct]]) -> None:
    """Note what is no legal fact, each upon the report of that id: somebody was reminded, put it off."""
    if acts:
        await tx.execute(_ADD, [_values(report_id, act) for report_id, act in acts])


add_acts = fact(note)
"""Acts upon the reports of those ids."""


_ADD = compiled_once(insert(report_acts))


def _values(report_id: int, act: ReportAct) -> dict[str, Any]:
    return {
        "due_id": report_id,
        "kind": act.kind.value,
        "at": act.at,
        "by": act.by,
        "day": act.day,
        "number": act.number,
        "paper_on": act.paper_on,
        "words": act.words,
        "file_name": act.file.name if act.file else "",
        "file_id": act.file.file_id if act.file else "",
        "file_sha256": act.file.sha256 if act.file else None,
        "file_size": act.file.size if act.file else 0,
    }


# --- what a committee fixed for itself ---------------------------------------------------------


async def settings(tx: Transaction, committee: int) -> Settings:
    """The due days and reminders that a committee fixed for itself."""
    rows = (await tx.execute(_SETTINGS, {"of": committee})).all()
    return Settings(
        {(row.duty, row.period): row.day for row in rows if row.day is not None},
        {row.duty: row.rule for row in rows if row.rule},
        {row.duty: tuple(row.remind_days) for row in rows if row.remind_days is not None},
    )


_SETTINGS = compiled_once(
    select(report_settings).where(report_settings.c.committee_id == bindparam("of"))
)


@fact
async def fix(
    tx: Transaction,
    committee: int,
    duty: str,
    by: int,
    at: datetime,
    *,
    period: str = "",
    day: date | None = None,
    rule: str | None = None,
    remind_days: Sequence[int] | None = None,
) -> None:
    """Fix a due day for one period, or a rule or the days of reminding for always; the rest stays."""
    row = {
        "committee_id": committee,
        "duty": duty,
        "period": period,
        "day": day,
        "rule": rule or "",
        "remind_days": None if remind_days is None else list(remind_days),
        "set_by": by,
        "set_at": at,
    }
    given = {"day": day, "rule": rule, "remind_days": row["remind_days"]}
    changed = {key: row[key] for key, value in given.items() if value is not None}
    table = insert_into(tx, report_settings).values(row)
    keys = [report_settings.c.committee_id, report_settings.c.duty, report_settings.c.period]
    await tx.execute(
        table.on_conflict_do_update(
            index_elements=keys, set_={**changed, "set_by": by, "set_at": at}
        )
    )


@fact
async def unfix(tx: Transaction, committee: int, duty: str) -> None:
    """Let the regulation's own rule hold again for a duty; single periods keep their days."""
    table = report_settings.c
    await tx.execute(
        delete(report_settings).where(
            table.committee_id == committee, table.duty == duty, table.period == ""
        )
    )


# --- asked for beside the calendar --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AdHoc:
    """A report that somebody asked for beside the calendar. `duty` is that of the rule book, or an id of its own."""

    committee: int
    duty: str
    name: str
    words: str
    to_whom: str
    article: str
    due_on: date
    due_at: datetime | None
    asked_by: int
    asked_at: datetime
    id: int = 0
    withdrawn_at: datetime | None = None


@fact
async def add_ad_hoc(tx: Transaction, asked: AdHoc) -> int:
    """Keep what was asked for."""
    values = {
        "committee_id": asked.committee,
        "duty": asked.duty,
        "name": asked.name,
        "words": asked.words,
        "to_whom": asked.to_whom,
        "article": asked.article,
        "due_on": asked.due_on,
        "due_at": asked.due_at,
        "asked_by": asked.asked_by,
        "asked_at": asked.asked_at,
    }
    entered = await tx.execute(insert(hand_duties).values(**values).returning(hand_duties.c.id))
    return int(entered.scalar_one())


async def count_ad_hoc(tx: Transaction, committee: int) -> int:
    """How many a committee has asked for so far."""
    mine = select(func.count()).where(hand_duties.c.committee_id == committee)
    return int((await tx.execute(mine)).scalar_one())


async def ad_hoc(tx: Transaction, hand_id: int) -> AdHoc | None:
    """The report asked for by hand under that id; None where there is none."""
    row = (await tx.execute(select(hand_duties).where(hand_duties.c.id == hand_id))).first()
    if row is None:
        return None
    return AdHoc(
        committee=row.committee_id,
        duty=row.duty,
        name=row.name,
        words=row.words,
        to_whom=row.to_whom,
        article=row.article,
        due_on=row.due_on,
        due_at=row.due_at,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        id=row.id,
        withdrawn_at=row.withdrawn_at,
    )


async def newest_ad_hoc(tx: Transaction) -> tuple[int, str] | None:
    """The one asked for last, of all committees, with the duty it goes by."""
    found = await tx.execute(
        select(hand_duties.c.id, hand_duties.c.duty).order_by(hand_duties.c.id.desc()).limit(1)
    )
    row = found.first()
    return (row.id, row.duty) if row else None


@fact
async def withdraw_ad_hoc(tx: Transaction, hand_id: int, at: datetime) -> None:
    """It is asked for no more."""
    await tx.execute(
        update(hand_duties)
        .where(hand_duties.c.id == hand_id, hand_duties.c.withdrawn_at.is_(None))
        .values(withdrawn_at=at)
    )


# --- mornings ----------------------------------------------------------------------------------


async def through(tx: Transaction, committee: int) -> date | None:
    """The last morning on which all was done; None before the first."""
    found: date | None = (await tx.execute(_THROUGH, {"of": committee})).scalar()
    return found


_THROUGH = compiled_once(
    select(report_rounds.c.through).where(report_rounds.c.committee_id == bindparam("of"))
)


async def set_through(tx: Transaction, committee: int, day: date) -> None:
    """All is done up to and with the morning of that day."""
    table = insert_into(tx, report_rounds).values(committee_id=committee, through=day)
    await tx.execute(
        table.on_conflict_do_update(
            index_elements=[report_rounds.c.committee_id], set_={"through": day}
        )
    )
