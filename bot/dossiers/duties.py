"""Report duties in `record.json`: who owed what until when, and what was done about it, beside what the lines tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from bot.db.schema import report_acts, report_dues
from bot.db.schema.base import EPOCH
from bot.dossiers.comparing import row_of, same
from bot.dossiers.extract import told_rows
from bot.dossiers.part import Moment, Part, part_of, values_of
from bot.reports.rules.report import Report, ReportAct, ReportActKind, Standing, standing

TOLD_IN = frozenset({report_dues.name, report_acts.name})
"""Whatever line tells of duties, of many at once too: a dossier that has duties carries it whole."""
UNTOLD = (ReportActKind.REMIND, ReportActKind.LIST, ReportActKind.LATER)
"""What is done about a duty without a right hanging on it; no line tells it."""


class DutyActPart(Part):
    """What was done about a duty (by null is the clock); `day` is the day it names."""

    kind: ReportActKind
    at: Moment
    by: int | None
    day: date | None
    number: str
    paper_on: date | None
    words: str
    file_sha256: str | None


class DutyPart(Part):
    """What one debtor owed for one period, and how it stood when the dossier was made."""

    id: int
    duty: str
    period: str
    debtor: str
    debtor_name: str
    what: str
    article: str
    first_day: date
    due_on: date
    due_at: Moment | None
    regulation: str
    standing: Standing
    acts: tuple[DutyActPart, ...]


def duty_part(report: Report, standing: Standing) -> DutyPart:
    """A duty as the record tells it."""
    return part_of(
        DutyPart,
        report,
        regulation=report.rulebook,
        standing=standing,
        acts=tuple(_act_part(each) for each in report.acts if each.kind not in UNTOLD),
    )


def _act_part(act: ReportAct) -> DutyActPart:
    file = act.file.sha256 if act.file else None
    return part_of(DutyActPart, act, file_sha256=file)


def duties_differ(
    duties: Sequence[DutyPart], lines: list[dict[str, Any]], made_at: datetime
) -> Iterator[int]:
    """The duties of which the register tells otherwise, or that stood otherwise by what was done."""
    told = told_rows(lines)
    owed, acts = told.get(report_dues.name, {}), told.get(report_acts.name, {})
    for each in duties:
        done = [
            row
            for row in acts.values()
            if row["due_id"] == each.id and row["kind"] not in {kind.value for kind in UNTOLD}
        ]
        rows = [row for row in owed.values() if row["id"] == each.id]
        if not (
            same(report_dues, [_due(each)], rows)
            and same(report_acts, [_act(each, act) for act in each.acts], done)
            and _stood(each, made_at)
        ):
            yield each.id


def _stood(duty: DutyPart, made_at: datetime) -> bool:
    """Whether it stood as the record says, by what was done."""
    try:
        return standing(report_of(duty), made_at) is duty.standing
    except OverflowError:  # a moment that no calendar holds
        return False


def report_of(duty: DutyPart) -> Report:
    """The duty that a record tells, as far as its standing hangs on it."""
    done = [values_of(each) for each in duty.acts]
    acts = [{name: act[name] for name in act if name != "file_sha256"} for act in done]
    told = values_of(duty)
    for name in ("regulation", "standing", "acts"):
        del told[name]
    return Report(
        **told,
        committee=0,
        rulebook=duty.regulation,
        made_at=EPOCH,  # no standing hangs on it
        acts=tuple(ReportAct(**each) for each in acts),
    )


def _due(duty: DutyPart) -> dict[str, Any]:
    return row_of(duty, "standing", "acts", regulation="rulebook")


def _act(duty: DutyPart, act: DutyActPart) -> dict[str, Any]:
    return {"due_id": duty.id, **row_of(act)}
