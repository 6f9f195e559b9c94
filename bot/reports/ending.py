"""Reports when their committee ends: what was owed and not delivered stays on the record as it is."""

from __future__ import annotations

from bot.kit.ending import Standing, stands
from bot.kit.unit import UnitOfWork
from bot.reports import store
from bot.reports.lines import period_name
from bot.reports.rules.report import Report
from bot.values.moments import in_viet_nam


@stands(30)
async def standing(work: UnitOfWork, committee: int) -> list[Standing]:
    """What is neither delivered nor excused, each with its period and whose it is.

    What is overdue comes first, the newest of it before all; of what is still to come the nearest does.
    """
    today = in_viet_nam(work.now).date()
    found = sorted(await store.open_of(work.tx, committee), key=lambda each: each.last_day)
    overdue = [each for each in reversed(found) if each.last_day < today]
    return [
        *(Standing("report_overdue", _title(work, each)) for each in overdue),
        *(Standing("report_ahead", _title(work, each)) for each in found if each.last_day >= today),
    ]


def _title(work: UnitOfWork, report: Report) -> str:
    period = period_name(work.say, report.period)
    return " · ".join(filter(None, (report.what, period, report.debtor_name)))
