"""What is owed: by whom, until which day, on which mornings it is brought to mind, who settles it with what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.calendar.holidays_vn import default_calendar
from bot.owed.rules.debt import (
    Debt,
    DebtKind,
    answerable,
    day_for,
    in_order,
    is_late,
    overdue_morning,
    owner_of,
    reminders,
    this_morning,
)
from bot.owed.rules.rights import (
    Rights,
    may_answer,
    may_date,
    may_put_off,
    may_put_off_to,
    may_say_concern,
    may_settle_by_paper,
    may_settle_task,
)
from bot.people.rules.acting import Staff
from bot.people.rules.people import Person, Role, SeatHeld
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.values.moments import VIET_NAM
from bot.values.working_days import working_calendar

QN = load(regulations_dir() / "quang_ngai.toml")
CALENDAR = working_calendar(default_calendar(2026, 2026))


def moment(month: int, day: int, hour: int = 17) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=VIET_NAM)


def member(number: int, office: str) -> Person:
    seat = SeatHeld(Role.MEMBER, "dang_doan", office, place=number)
    return Person(number, 1, f"Ủy viên {number}", number, (seat,))


HEAD, DEPUTY = member(1, "secretary"), member(2, "deputy")
CLERK = Person(9, 1, "Văn phòng", 9, (SeatHeld(Role.CLERK, "", "clerk"),))
EVERYBODY = (HEAD, DEPUTY, CLERK)
REPORT = Debt(
    DebtKind.UPWARD_REPORT,
    "consultation:1",
    "Việc",
    "7.2",
    moment(3, 3),
    5,
    1,
    due_on=date(2026, 3, 10),
    body="dang_doan",
    id=1,
)
ANSWER = replace(REPORT, kind=DebtKind.ANSWER, body="", person=2, id=2)


@pytest.mark.parametrize(
    ("since", "days", "due"),
    [
        (moment(3, 3), 5, date(2026, 3, 10)),  # Tuesday to Tuesday
        (moment(3, 6), 1, date(2026, 3, 9)),  # over a weekend
        (moment(3, 7), 1, date(2026, 3, 9)),  # owed since a Saturday
        (moment(4, 28), 2, date(2026, 5, 4)),  # 30 April and 1 May are days off
        (moment(3, 3, 23), 5, date(2026, 3, 10)),
    ],
)
def test_the_last_day_is_so_many_working_days_after_the_day(
    since: datetime, days: int, due: date
) -> None:
    assert day_for(since, days, CALENDAR) == due


def test_the_head_of_today_owes_what_a_body_owes() -> None:
    assert owner_of(REPORT, EVERYBODY, QN) == HEAD
    assert owner_of(REPORT, (DEPUTY, CLERK), QN) == DEPUTY
    assert owner_of(REPORT, (CLERK,), QN) is None


def test_a_person_owes_and_nobody_else_when_that_one_has_left() -> None:
    assert owner_of(ANSWER, EVERYBODY, QN) == DEPUTY
    assert owner_of(ANSWER, (HEAD, CLERK), QN) is None


def test_the_clerks_are_reminded_of_papers_and_of_no_answer() -> None:
    assert answerable(REPORT, Staff(EVERYBODY), QN) == (HEAD, CLERK)
    assert answerable(ANSWER, Staff(EVERYBODY), QN) == (DEPUTY,)
    of_body = replace(ANSWER, person=None, body="dang_doan")
    assert answerable(of_body, Staff(EVERYBODY), QN) == (HEAD,)


def test_it_is_brought_to_mind_on_working_mornings_before_its_day_and_listed_after_it() -> None:
    # due Tuesday 10/03: three days before is Saturday, so Friday; the day before; the day itself
    assert reminders(REPORT, CALENDAR) == (date(2026, 3, 6), date(2026, 3, 9), date(2026, 3, 10))
    assert overdue_morning(REPORT, CALENDAR) == date(2026, 3, 11)
    assert overdue_morning(replace(REPORT, due_on=date(2026, 3, 13)), CALENDAR) == date(2026, 3, 16)


def test_nobody_is_reminded_on_the_day_it_came_to_be_owed() -> None:
    short = replace(REPORT, due_on=date(2026, 3, 4), days=1)
    assert reminders(short, CALENDAR) == (date(2026, 3, 4),)


def test_an_outage_over_several_mornings_says_what_still_helps() -> None:
    other = replace(REPORT, due_on=date(2026, 3, 12), id=3)
    said = this_morning([REPORT, other], CALENDAR, date(2026, 3, 5), date(2026, 3, 11))
    assert said.late == (REPORT,)
    assert said.ahead == (other,)
    assert this_morning([REPORT], CALENDAR, date(2026, 3, 11), date(2026, 3, 12)).several == ()


def test_its_last_day_lasts_until_midnight() -> None:
    assert not is_late(REPORT, moment(3, 10, 23))
    assert is_late(REPORT, moment(3, 11, 0))
    assert not is_late(replace(REPORT, settled_at=moment(3, 9)), moment(3, 11, 0))


def test_debts_stand_by_due_day_then_in_the_order_of_their_making() -> None:
    early, later = replace(REPORT, id=5, due_on=date(2026, 3, 9)), replace(REPORT, id=4)
    assert in_order([later, early, REPORT]) == [early, REPORT, later]


# --- rights ------------------------------------------------------------------------------------

OWES, OFFICE, HEADS = Rights(1, owes=True), Rights(9, clerk=True), Rights(3, head=True)
NOBODY, ASKER = Rights(4), Rights(5, asked=True)
AT = moment(3, 9)


def kind_of(refusal: object) -> str:
    return getattr(refusal, "kind", "")


@pytest.mark.parametrize(
    ("who", "refused"),
    [(OWES, ""), (OFFICE, ""), (HEADS, "no_right"), (NOBODY, "no_right"), (ASKER, "no_right")],
)
def test_head_and_clerk_settle_a_paper(who: Rights, refused: str) -> None:
    assert kind_of(may_settle_by_paper(REPORT, who)) == refused


@pytest.mark.parametrize(
    ("debt", "refused"),
    [
        (replace(REPORT, settled_at=AT, number="1", paper_on=date(2026, 3, 9)), "debt_settled"),
        (replace(REPORT, dropped_at=AT), "debt_dropped"),
        (replace(REPORT, rests_since=AT), "debt_rests"),
        (replace(REPORT, kind=DebtKind.NOTICE, rests_since=AT), "debt_undecided"),
        (ANSWER, "no_right"),
    ],
)
def test_what_is_over_or_rests_is_not_settled(debt: Debt, refused: str) -> None:
    assert kind_of(may_settle_by_paper(debt, OWES)) == refused


@pytest.mark.parametrize(
    ("number", "day", "refused"),
    [
        ("12-BC/ĐĐ", date(2026, 3, 9), ""),
        ("12-BC/ĐĐ", date(2026, 2, 1), ""),
        ("12-BC/ĐĐ", date(2026, 3, 10), "debt_paper_ahead"),
        ("", date(2026, 3, 9), "debt_paper_needed"),
        ("12-BC/ĐĐ", None, "debt_paper_needed"),
    ],
)
def test_a_paper_has_a_number_and_a_date_that_is_not_ahead(
    number: str, day: date | None, refused: str
) -> None:
    assert kind_of(may_date(REPORT, number, day, AT)) == refused


@pytest.mark.parametrize(
    ("who", "refused"),
    [
        (OWES, ""),
        (OFFICE, "debt_answer_of_another"),
        (HEADS, "debt_answer_of_another"),
        (ASKER, "debt_answer_of_another"),
    ],
)
def test_only_whoever_is_asked_answers(who: Rights, refused: str) -> None:
    assert kind_of(may_answer(ANSWER, who)) == refused


def test_an_answer_is_given_once() -> None:
    given = replace(ANSWER, settled_at=AT, words="Đã làm.")
    assert kind_of(may_answer(given, OWES)) == "debt_settled"


def test_whether_a_notice_is_owed_is_said_once_by_the_office() -> None:
    asked = replace(REPORT, kind=DebtKind.NOTICE, rests_since=AT)
    assert may_say_concern(asked, OFFICE) is None
    assert kind_of(may_say_concern(asked, NOBODY)) == "no_right"
    assert kind_of(may_say_concern(replace(asked, rests_since=None), OFFICE)) == (
        "debt_concern_said"
    )
    assert kind_of(may_say_concern(replace(asked, dropped_at=AT), OFFICE)) == "debt_dropped"


LEADS = Rights(6, leads=True)
TASK = replace(REPORT, kind=DebtKind.TASK, body="", person=2, due_on=date(2026, 3, 20), id=3)


@pytest.mark.parametrize(
    ("who", "refused"),
    [(OWES, ""), (OFFICE, ""), (LEADS, ""), (HEADS, "no_right"), (NOBODY, "no_right")],
)
def test_a_task_is_done_by_whoever_owes_it_or_the_office(who: Rights, refused: str) -> None:
    assert kind_of(may_settle_task(TASK, who)) == refused


def test_a_task_is_done_once_and_no_other_debt_is_done_by_saying_so() -> None:
    assert kind_of(may_settle_task(replace(TASK, settled_at=AT), OWES)) == "debt_settled"
    assert kind_of(may_settle_task(REPORT, OWES)) == "no_right"


@pytest.mark.parametrize(
    ("who", "refused"),
    [
        (LEADS, ""),
        (OWES, "debt_only_head"),
        (OFFICE, "debt_only_head"),
        (HEADS, "debt_only_head"),
        (NOBODY, "no_right"),
    ],
)
def test_only_the_head_of_the_body_that_gave_a_task_puts_it_off(who: Rights, refused: str) -> None:
    assert kind_of(may_put_off(TASK, who)) == refused


@pytest.mark.parametrize(
    ("due", "day", "refused"),
    [
        (date(2026, 3, 20), date(2026, 3, 21), ""),
        (date(2026, 3, 20), date(2026, 3, 20), "debt_day_not_later"),
        (date(2026, 3, 2), date(2026, 3, 9), ""),  # the task is late, and today is the ninth
        (date(2026, 3, 2), date(2026, 3, 8), "debt_day_past"),
    ],
)
def test_more_time_ends_after_the_day_that_stands_and_not_before_today(
    due: date, day: date, refused: str
) -> None:
    assert kind_of(may_put_off_to(replace(TASK, due_on=due), LEADS, day, AT)) == refused
