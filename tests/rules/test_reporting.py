"""How one report stands, and on which mornings it is brought to mind; expected values by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.calendar.holidays_vn import default_calendar
from bot.reports.rules.report import (
    Report,
    ReportAct,
    ReportActKind,
    Standing,
    days_late,
    overdue_morning,
    reminders,
    standing,
)
from bot.reports.rules.rights import Rights, may_share_paper
from bot.values.files import FileRef, stem
from bot.values.typed_days import PaperFault, PaperMark, paper_mark
from bot.values.working_days import working_calendar
from tests.rules.committee import moment

CALENDAR = working_calendar(default_calendar(2025, 2027))
REPORT = Report(
    id=1,
    committee=1,
    duty="TV-R2",
    period="2026",
    debtor="person:4",
    debtor_name="Hội Nông dân",
    rulebook="0",
    what="Số liệu",
    article="6",
    first_day=date(2026, 1, 1),
    due_on=date(2026, 11, 14),  # a Saturday
    made_at=moment("2026-01-02 08:00"),
    person=4,
)


def done(kind: ReportActKind, at: str, day: date | None = None) -> ReportAct:
    return ReportAct(kind, moment(at), 4, day=day)


def after(*acts: ReportAct, of: Report = REPORT) -> Report:
    return replace(of, acts=acts)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-14 23:59:59", Standing.NOT_DUE),
        ("2026-11-15 00:00", Standing.MISSING),
    ],
)
def test_a_day_lasts_until_midnight_in_viet_nam(now: str, expected: Standing) -> None:
    assert standing(REPORT, moment(now)) is expected


@pytest.mark.parametrize(
    ("at", "expected", "late"),
    [
        ("2026-11-14 23:59:59", Standing.ON_TIME, 0),
        ("2026-11-15 00:00", Standing.LATE, 0),  # a Sunday: no working day has passed
        ("2026-11-16 08:00", Standing.LATE, 1),
        ("2026-11-20 08:00", Standing.LATE, 5),
    ],
)
def test_late_is_counted_in_working_days(at: str, expected: Standing, late: int) -> None:
    report = after(done(ReportActKind.DELIVER, at))
    now = moment("2026-12-31 08:00")
    assert standing(report, now) is expected
    assert days_late(report, CALENDAR, now) == late


def test_the_first_delivery_counts_and_files_are_kept_in_order() -> None:
    one, two = FileRef("a", "1", "0", 1), FileRef("b", "2", "1", 1)
    report = after(
        replace(done(ReportActKind.DELIVER, "2026-11-14 08:00"), file=one),
        replace(done(ReportActKind.ADD, "2026-11-20 08:00"), file=two),
    )
    assert report.files == (one, two)
    assert standing(report, moment("2026-12-01 08:00")) is Standing.ON_TIME


def test_a_paper_counts_by_the_day_on_which_it_came() -> None:
    report = after(done(ReportActKind.RECORD, "2026-11-17 08:00", date(2026, 11, 13)))
    assert standing(report, moment("2026-12-01 08:00")) is Standing.ON_TIME


def test_more_time_granted_moves_the_day_of_this_debtor_alone() -> None:
    asked = done(ReportActKind.ASK, "2026-11-13 08:00", date(2026, 11, 25))
    granted = done(ReportActKind.GRANT, "2026-11-13 09:00", date(2026, 11, 20))
    assert after(asked).request == asked
    report = after(asked, granted)
    assert report.request is None
    assert (report.stated_day, report.last_day) == (date(2026, 11, 14), date(2026, 11, 20))
    assert standing(report, moment("2026-11-20 23:00")) is Standing.NOT_DUE
    edited = after(asked, granted, done(ReportActKind.EDIT, "2026-11-14 08:00", date(2026, 11, 18)))
    assert edited.last_day == date(2026, 11, 20)


def test_who_is_let_off_may_still_deliver() -> None:
    excused = done(ReportActKind.EXCUSE, "2026-11-13 08:00")
    now = moment("2026-12-01 08:00")
    assert standing(after(excused), now) is Standing.EXCUSED
    delivered = after(excused, done(ReportActKind.DELIVER, "2026-11-14 08:00"))
    assert standing(delivered, now) is Standing.ON_TIME


def test_an_hour_fixed_by_a_person_still_counts_itself() -> None:
    by_hand = replace(REPORT, due_at=moment("2026-11-14 16:00"))
    assert standing(by_hand, moment("2026-11-14 16:00")) is Standing.NOT_DUE
    assert standing(by_hand, moment("2026-11-14 16:00:01")) is Standing.MISSING
    late = after(done(ReportActKind.DELIVER, "2026-11-14 16:01"), of=by_hand)
    assert standing(late, moment("2026-12-01 08:00")) is Standing.LATE
    granted = after(done(ReportActKind.GRANT, "2026-11-14 15:00", date(2026, 11, 16)), of=by_hand)
    assert standing(granted, moment("2026-11-16 22:00")) is Standing.NOT_DUE


# --- mornings ----------------------------------------------------------------------------------

DAYS = (7, 3, 1, 0)


@pytest.mark.parametrize(
    ("first", "last", "mornings", "overdue"),
    [
        # Saturday the 14th: 7 days before is a Saturday, the day itself, too
        ((2026, 1, 1), (2026, 11, 14), ["6/11", "11/11", "13/11"], "16/11"),
        ((2026, 1, 1), (2026, 11, 30), ["23/11", "27/11", "30/11"], "1/12"),
        ((2025, 1, 1), (2025, 11, 30), ["21/11", "27/11", "28/11"], "1/12"),  # a Sunday
        ((2026, 2, 9), (2026, 2, 13), ["10/2", "12/2", "13/2"], "23/2"),  # a week: not before it
        ((2026, 2, 1), (2026, 2, 17), ["10/2", "13/2"], "23/2"),  # in the middle of Tết
        ((2027, 1, 1), (2026, 12, 31), ["24/12", "28/12", "30/12", "31/12"], "4/1"),
    ],
)
def test_reminders_come_on_working_mornings_only(
    first: tuple[int, int, int], last: tuple[int, int, int], mornings: list[str], overdue: str
) -> None:
    report = replace(REPORT, first_day=date(*first), due_on=date(*last))
    told = [f"{day.day}/{day.month}" for day in reminders(report, DAYS, CALENDAR)]
    assert told == mornings
    listed = overdue_morning(report, CALENDAR)
    assert f"{listed.day}/{listed.month}" == overdue


def test_what_was_put_off_comes_again_while_it_is_in_time() -> None:
    again = after(done(ReportActKind.LATER, "2026-11-06 09:00", date(2026, 11, 9)))
    assert date(2026, 11, 9) in reminders(again, DAYS, CALENDAR)
    too_late = after(done(ReportActKind.LATER, "2026-11-13 09:00", date(2026, 11, 16)))
    assert date(2026, 11, 16) not in reminders(too_late, DAYS, CALENDAR)


# --- number and date of a paper ------------------------------------------------------------------

TODAY = date(2026, 6, 2)


@pytest.mark.parametrize(
    ("line", "number", "day"),
    [
        ("số 12-BC/ĐU ngày 28/5/2026", "12-BC/ĐU", date(2026, 5, 28)),
        ("12-BC/ĐU, ngày 28-5", "12-BC/ĐU", date(2026, 5, 28)),
        ("45", "45", None),
        ("15/11-BC", "15/11-BC", None),
        ("28/05/2026", "", date(2026, 5, 28)),
        ("ngày 31/12", "", date(2025, 12, 31)),
    ],
)
def test_number_and_date_are_read_as_people_type_them(
    line: str, number: str, day: date | None
) -> None:
    assert paper_mark(line, TODAY) == PaperMark(number, day)


@pytest.mark.parametrize("line", ["số 1 ngày 31/2/2026", "ngày 0/5", "số 4, 32/1/2026"])
def test_a_date_that_no_calendar_has_is_said_so(line: str) -> None:
    assert isinstance(paper_mark(line, TODAY), PaperFault)


# --- one paper for several reports -----------------------------------------------------------------

WHO = Rights(4, owes=True)
SENT = after(done(ReportActKind.DELIVER, "2026-11-10 09:00"))
WITH_IT = replace(REPORT, id=2, duty="TV-R1", period="2026-11")


@pytest.mark.parametrize(
    ("sent", "other", "who", "kind"),
    [
        (SENT, WITH_IT, WHO, None),
        (SENT, WITH_IT, Rights(5), "no_right"),
        (REPORT, WITH_IT, WHO, "report_not_together"),  # nothing was sent yet
        (SENT, replace(WITH_IT, due_on=date(2026, 11, 30)), WHO, "report_not_together"),
        (SENT, replace(WITH_IT, debtor="person:5"), WHO, "report_not_together"),
        (SENT, replace(WITH_IT, committee=2), WHO, "report_not_together"),
        (
            SENT,
            after(done(ReportActKind.DELIVER, "2026-11-09 09:00"), of=WITH_IT),
            WHO,
            "report_delivered",
        ),
        (SENT, SENT, WHO, "report_delivered"),
    ],
)
def test_one_paper_settles_what_the_same_debtor_owes_for_the_same_day(
    sent: Report, other: Report, who: Rights, kind: str | None
) -> None:
    refusal = may_share_paper(sent, other, who)
    assert (refusal.kind if refusal else None) == kind


@pytest.mark.parametrize(
    ("words", "last", "beside", "name"),
    [
        ("Báo cáo công tác", "quý I/2026", 0, "Báo cáo công tác, quý I-2026"),
        # 48 characters are left of 60: the words end where they are whole
        (
            "Kết quả thực hiện nhiệm vụ ở lĩnh vực được phân công",
            "quý I/2026",
            0,
            "Kết quả thực hiện nhiệm vụ ở lĩnh vực được phân, quý I-2026",
        ),
        ("Ban Tuyên giáo và Dân vận Tỉnh ủy", "tháng 6/2026", 31, "Ban Tuyên giáo, tháng 6-2026"),
        ("Trungtâmxúctiếnđầutư", "tháng 6/2026", 31, "Trungtâmxúctiến, tháng 6-2026"),
        ("../a\u202eb", "2026", 0, "-ab, 2026"),
    ],
)
def test_a_name_keeps_whole_what_tells_one_file_from_another(
    words: str, last: str, beside: int, name: str
) -> None:
    """Telegram cuts what is behind 60 characters."""
    assert stem(words, ", ", last, beside=beside) == name
    assert len(name) + beside <= 60
