"""Report duties: every duty of each text is loaded, with its article, periods and due day."""

from datetime import date

import pytest

from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.regulations.rules.duties import DueKind, Duty, FixedDay, PartyKind, Period
from bot.regulations.rules.regulation import Regulation


def read(name: str, **settings: object) -> Regulation:
    return load(regulations_dir() / f"{name}.toml", settings)


def duty(name: str, duty_id: str) -> Duty:
    return {each.id: each for each in read(name).duties}[duty_id]


MONTHLY = {Period.MONTH, Period.QUARTER, Period.HALF_YEAR, Period.YEAR}
TERM = {Period.TERM, Period.YEAR}
BY_HAND, BEFORE, LAST = DueKind.BY_HAND, DueKind.BEFORE_PERIOD, DueKind.LAST_WORKING_DAY


@pytest.mark.parametrize(
    ("regulation", "duty_id", "article", "periods", "due"),
    [
        ("quang_ngai", "QN-R1", "8.3.1", {Period.HALF_YEAR, Period.YEAR, Period.AD_HOC}, LAST),
        ("quang_ngai", "QN-R2", "3.7", {Period.QUARTER, Period.HALF_YEAR}, LAST),
        ("quang_ngai", "QN-R3", "8.1.2", {Period.YEAR, Period.AD_HOC}, LAST),
        ("quang_ngai", "QN-R3b", "8.1.3", {Period.YEAR}, LAST),
        ("quang_ngai", "QN-R3c", "8.1.3", {Period.YEAR}, LAST),
        ("quang_ngai", "QN-R7", "14.2", {Period.AD_HOC}, BY_HAND),
        ("quang_ngai", "QN-R8", "13.3", {Period.AD_HOC}, BY_HAND),
        ("quang_ngai", "QN-R6", "8.1.1", TERM, LAST),
        ("quang_ngai", "QN-R4", "8.3.2, 8.3.3", {Period.AD_HOC}, BY_HAND),
        ("quang_ngai", "QN-R5", "4.6", {Period.AD_HOC}, BY_HAND),
        ("bac_kan", "BK-R1", "12.1", {*MONTHLY, Period.NINE_MONTHS, Period.AD_HOC}, LAST),
        ("bac_kan", "BK-R2", "12.2", {*MONTHLY, Period.AD_HOC}, LAST),
        ("bac_kan", "BK-R3", "1.8, 12.4, 12.6", TERM, LAST),
        ("bac_kan", "BK-R5", "1.4", {Period.QUARTER}, LAST),
        ("bac_kan", "BK-R6", "3.1, 8.1", TERM, BEFORE),
        ("bac_kan", "BK-R6b", "3.1", {Period.NINE_MONTHS}, BEFORE),
        ("bac_kan", "BK-R7", "2.5, 15.2", MONTHLY, LAST),
        ("bac_kan", "BK-R4", "10.1, 7.1", TERM, BEFORE),
        ("bac_kan", "BK-R4b", "10.1, 7.1", MONTHLY, BEFORE),
        ("cap_huyen", "HU-R1", "20.2", {*MONTHLY, Period.AD_HOC}, LAST),
        ("cap_huyen", "HU-R2", "20.1", {Period.WEEK}, LAST),
        ("cap_huyen", "HU-R3", "22.1, 22.3, 4.7", TERM, LAST),
        ("cap_huyen", "HU-R3b", "22.1", {Period.YEAR}, LAST),
        ("cap_huyen", "HU-R3c", "22.3", {Period.TERM}, LAST),
        ("cap_huyen", "HU-R3d", "15.4", {Period.YEAR}, LAST),
        ("cap_huyen", "HU-R6", "8.3, 8.4", {Period.QUARTER, Period.AD_HOC}, LAST),
        ("cap_huyen", "HU-R6b", "9.3", {Period.QUARTER}, LAST),
        ("cap_huyen", "HU-R7", "7.1", {Period.YEAR}, LAST),
        ("cap_huyen", "HU-R8", "25.2", {Period.TERM}, LAST),
        ("cap_huyen", "HU-R4", "18.1, 18.2", TERM, BEFORE),
        ("cap_huyen", "HU-R4b", "18.1, 18.2", {*MONTHLY, Period.TERM}, BEFORE),
        ("cap_huyen", "HU-R5", "24", {Period.AD_HOC}, BY_HAND),
        ("hai_duong", "HD-R1", "17.3", {Period.YEAR}, LAST),
        ("hai_duong", "HD-R2", "11.3", {Period.YEAR}, LAST),
        ("hai_duong", "HD-R3", "4.2a", {Period.AD_HOC}, BY_HAND),
        ("hai_duong", "HD-R3b", "16.2", {Period.YEAR}, LAST),
        ("tra_vinh", "TV-R1", "6", {*MONTHLY, Period.AD_HOC}, LAST),
        ("tra_vinh", "TV-R2", "6", {Period.YEAR}, DueKind.FIXED_DAY),
        ("tra_vinh", "TV-R3", "6", {Period.YEAR}, DueKind.FIXED_DAY),
        ("tra_vinh", "TV-R4", "5.1", {Period.YEAR}, LAST),
    ],
)
def test_a_report_is_owed_in_these_periods(
    regulation: str, duty_id: str, article: str, periods: set[Period], due: DueKind
) -> None:
    owed = duty(regulation, duty_id)

    assert owed.article == article
    assert set(owed.periods) == periods
    assert owed.due.kind is due
    assert owed.due.assumption is (due is LAST)
    assert owed.remind_days == (7, 3, 1, 0)


@pytest.mark.parametrize(
    ("regulation", "count"),
    [("quang_ngai", 10), ("bac_kan", 9), ("cap_huyen", 13), ("hai_duong", 4), ("tra_vinh", 4)],
)
def test_no_other_report_is_owed(regulation: str, count: int) -> None:
    assert len(read(regulation).duties) == count


def test_membership_figures_are_due_on_14_november_and_quality_on_30_november() -> None:
    figures, quality = duty("tra_vinh", "TV-R2").due.fixed, duty("tra_vinh", "TV-R3").due.fixed

    assert figures is not None
    assert quality is not None
    assert figures.last_day(2026) == date(2026, 11, 14)
    assert quality.last_day(2026) == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("day", "year", "last"),
    [
        (FixedDay(month=3, day=1, inclusive=False), 2026, date(2026, 2, 28)),
        (FixedDay(month=3, day=1, inclusive=False), 2028, date(2028, 2, 29)),
        (FixedDay(month=1, day=1, inclusive=False), 2026, date(2025, 12, 31)),
    ],
)
def test_before_the_first_of_a_month_is_the_last_of_the_one_before(
    day: FixedDay, year: int, last: date
) -> None:
    assert day.last_day(year) == last


def test_each_member_of_dang_doan_owes_a_report_on_the_field_in_charge() -> None:
    owed = duty("quang_ngai", "QN-R2")

    assert [(each.kind, each.ref) for each in owed.debtors] == [
        (PartyKind.EACH_MEMBER, "dang_doan")
    ]
    assert [(each.kind, each.name) for each in owed.to] == [(PartyKind.BODY, "Đảng đoàn")]


def test_the_office_collates_what_the_units_in_bac_kan_report() -> None:
    owed = duty("bac_kan", "BK-R2")

    assert owed.through == "Văn phòng Đảng ủy"
    assert [each.kind for each in owed.debtors] == [PartyKind.UNIT] * 3
    assert [each.ref for each in owed.to] == ["ban_thuong_vu"]


def test_another_due_day_can_be_chosen_for_all_reports() -> None:
    found = {each.id: each.due.kind for each in read("hai_duong", report_due="last_day").duties}

    assert found == {
        "HD-R1": DueKind.LAST_DAY,
        "HD-R2": DueKind.LAST_DAY,
        "HD-R3": DueKind.BY_HAND,
        "HD-R3b": DueKind.LAST_DAY,
    }


@pytest.mark.parametrize(
    ("regulation", "unasked"),
    [
        ("quang_ngai", set()),  # 8.3.1 says "khi có yêu cầu": on request
        ("bac_kan", {"BK-R1", "BK-R2"}),
        ("cap_huyen", {"HU-R1"}),
        ("hai_duong", set()),
        ("tra_vinh", {"TV-R1"}),
    ],
)
def test_a_report_may_be_sent_unasked_where_the_text_has_dot_xuat(
    regulation: str, unasked: set[str]
) -> None:
    assert {each.id for each in read(regulation).duties if each.unasked} == unasked


@pytest.mark.parametrize(
    ("regulation", "duty_id", "setting", "periods"),
    [
        ("bac_kan", "BK-R5", "bch_hears_reports", ["half_year"]),
        ("bac_kan", "BK-R7", "doan_report_periods", ["quarter", "year"]),
        ("cap_huyen", "HU-R6", "ubnd_report_periods", ["month"]),
        ("cap_huyen", "HU-R6b", "hdnd_report_periods", ["half_year"]),
    ],
)
def test_periods_that_the_text_leaves_open_are_the_committees(
    regulation: str, duty_id: str, setting: str, periods: list[str]
) -> None:
    owed = {each.id: each for each in read(regulation, **{setting: periods}).duties}[duty_id]

    assert owed.periods == tuple(map(Period, periods))


def test_a_committee_may_set_the_day_of_its_debtors_apart_from_that_of_the_collator() -> None:
    found = {each.id: each.due.debtor_day for each in read("bac_kan", debtor_day=25).duties}

    assert {id_ for id_, day in found.items() if day == 25} == {"BK-R2", "BK-R7"}
    assert {each.due.debtor_day for each in read("bac_kan").duties} == {0}
