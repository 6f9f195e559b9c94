"""The years of a dossier beside the rest of its record: matters, attendance, reports by month, the digests of pictures.

How many meetings a rhythm had is told by no other part of a record: of that the sums alone say anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.dossiers.duties import report_of
from bot.dossiers.meeting_record import meeting_of
from bot.dossiers.part import part_of, parts_of
from bot.dossiers.record import Record
from bot.dossiers.years import MemberOfYearPart, MonthPart, YearPart
from bot.meetings.rules.meeting import MeetingActKind
from bot.regulations.rules.regulation import Regulation
from bot.rendering import UNSAYABLE
from bot.reports.rules.report import Cell
from bot.sheets.rules.year import attendance, days_taken, duties_by_month
from bot.values.moments import in_viet_nam


def pictures_differ(record: Record, digests: Mapping[str, str]) -> Iterator[int]:
    """The years whose pictures are not those of their digests."""
    for year in record.years:
        if any(digests.get(each.path) != each.sha256 for each in year.pictures):
            yield year.number


def years_differ(record: Record, regulations: Mapping[str, Regulation]) -> Iterator[int]:
    """The years of which the record says otherwise elsewhere."""
    for year in record.years:
        try:
            differs = (
                _attendance_differs(year, record, regulations)
                or _matters_differ(year, record)
                or _duties_differ(year, record)
            )
        except UNSAYABLE:
            differs = True
        if differs:
            yield year.number


def _attendance_differs(
    year: YearPart, record: Record, regulations: Mapping[str, Regulation]
) -> bool:
    """Whether the record's own meetings of the year, where it has all of them, give another attendance."""
    committee = record.register_head.committee
    told = [
        meeting_of(each, committee, of.body(each.body))
        for each in record.meetings
        if (of := regulations.get(each.regulation)) is not None
    ]
    held = [
        each
        for each in told
        if in_viet_nam(each.starts_at).year == year.number and each.act(MeetingActKind.OPEN)
    ]
    if len(held) != year.meetings:
        return len(held) > year.meetings  # one that was still open is in no dossier
    return parts_of(MemberOfYearPart, attendance(held)) != year.members


def _matters_differ(year: YearPart, record: Record) -> bool:
    """Whether the closed matters of the year are others than the record's, beside those it has left out."""
    listed = {
        each.number: (each.subject, each.state, each.days)
        for each in year.matters
        if each.is_closed and each.days is not None
    }
    closed = {
        each.number: (
            each.subject,
            str(each.result.get("outcome")),
            days_taken(each.opened_at, each.closed_at),
        )
        for each in record.matters
        if each.result is not None and in_viet_nam(each.opened_at).year == year.number
    }
    apart = {each.number for each in record.page.left_out} if record.page else set[int | None]()
    told = {number: each for number, each in listed.items() if number in closed}
    return told != closed or not listed.keys() - closed.keys() <= apart


def _duties_differ(year: YearPart, record: Record) -> bool:
    """Whether the record's own duties give other numbers by month."""
    cells = [Cell(report_of(each), each.standing, 0) for each in record.duties]
    return year.duties != tuple(
        part_of(MonthPart, each, counts=dict(each.counts))
        for each in duties_by_month(cells, year.number)
    )
