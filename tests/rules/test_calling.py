"""What may be called and when, by numbers written by hand from the regulations."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.meetings.rules.calling import (
    guest_rule,
    hosted,
    is_late,
    items_for,
    may_correct,
    may_decide,
    may_recall,
    may_reopen,
    offered_starts,
    paper_reminders,
    papers_due,
    place_of,
    prepared_by,
    refuse_clash,
    refuse_invitation,
    refuse_papers,
    refuse_past,
    refuse_stage,
    sees_closed,
)
from bot.meetings.rules.meeting import (
    AgendaItem,
    GuestWanted,
    Invitee,
    Meeting,
    MeetingAct,
    MeetingActKind,
    MeetingKind,
)
from bot.people.rules.acting import Standing
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.regulations.rules.meetings import MeetingRules
from bot.values.refusal import Refusal
from tests.rules.committee import CALENDAR_2026, WEEKENDS, body, moment

MINUTE = timedelta(minutes=1)
START = moment("2026-03-05 08:00")


def rules(regulation: str, of: str) -> MeetingRules:
    return body(regulation, of).meetings or MeetingRules()


QN = rules("quang_ngai", "dang_doan")
BK = rules("bac_kan", "ban_chap_hanh")
HU_BCH = rules("cap_huyen", "ban_chap_hanh")
HU_BTV = rules("cap_huyen", "ban_thuong_vu")
REGULAR, EXTRAORDINARY, EXTENDED, KEY_CADRES, SESSION = MeetingKind


def kind(refusal: Refusal | None) -> str | None:
    return refusal.kind if refusal else None


def meeting(starts: datetime = START, *acts: MeetingActKind, of: str = "dang_doan") -> Meeting:
    regulation = "quang_ngai" if of == "dang_doan" else "bac_kan"
    return Meeting(
        id=1,
        committee=1,
        rulebook="",
        body=body(regulation, of),
        kind=REGULAR,
        starts_at=starts,
        place="Phòng họp",
        uid="u",
        sequence=0,
        prepared_by=9,
        submitted_at=starts - timedelta(days=5),
        called_at=starts - timedelta(days=4) if MeetingActKind.CALL in acts else None,
        acts=tuple(MeetingAct(kind, starts - timedelta(days=4)) for kind in acts),
    )


# --- the lead time ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of", "due"),
    [
        (QN, "2026-03-04 08:00"),  # 8.2.3: một ngày
        (HU_BCH, "2026-03-02 08:00"),  # 19.3: gợi ý 3 ngày
        (HU_BTV, "2026-03-03 08:00"),  # 19.3: gợi ý 2 ngày
    ],
)
def test_papers_are_due_so_many_times_twenty_four_hours_before(of: MeetingRules, due: str) -> None:
    assert papers_due(of, START) == moment(due)
    assert not is_late(of, START, moment(due))
    assert is_late(of, START, moment(due) + MINUTE)


def test_by_dates_any_hour_of_the_day_before_is_in_time() -> None:
    assert QN.papers is not None
    of = replace(QN, papers=replace(QN.papers, by_dates=True))
    assert papers_due(of, moment("2026-03-05 08:00")) == moment("2026-03-04 23:59:59")


def test_where_the_text_gives_no_days_nothing_is_late() -> None:
    assert papers_due(BK, START) is None
    assert not is_late(BK, START, START)
    assert refuse_papers(BK, REGULAR, START, START) is None


def test_a_regular_meetings_papers_a_minute_late_are_refused_with_the_article() -> None:
    refused = refuse_papers(QN, REGULAR, START, moment("2026-03-04 08:01"))
    assert refused is not None
    assert (refused.kind, refused.article, refused.instead) == (
        "meeting_papers_late",
        "8.2.3",
        "extraordinary",
    )
    assert refuse_papers(QN, REGULAR, START, moment("2026-03-04 08:00")) is None


@pytest.mark.parametrize("kind", [EXTRAORDINARY, SESSION])
def test_other_meetings_papers_may_come_late(kind: MeetingKind) -> None:
    assert refuse_papers(QN, kind, START, START - MINUTE) is None
    assert refuse_invitation(HU_BCH, kind, START, START - MINUTE) is None


def test_the_invitation_itself_has_its_days_only_where_the_text_names_it() -> None:
    assert refuse_invitation(QN, REGULAR, START, START - MINUTE) is None
    late = refuse_invitation(HU_BCH, REGULAR, START, moment("2026-03-02 08:01"))
    assert late is not None
    assert (late.kind, late.article) == ("meeting_call_late", "19.3")
    assert refuse_invitation(HU_BCH, REGULAR, START, moment("2026-03-02 08:00")) is None


# --- who prepares ----------------------------------------------------------------------------


def test_papers_go_to_the_office_first_where_the_text_says_so() -> None:
    assert prepared_by(HU_BCH, START) == moment("2026-02-28 08:00")  # năm ngày
    assert prepared_by(QN, START) == moment("2026-03-04 08:00")
    assert prepared_by(BK, START) is None


def test_who_prepares_is_reminded_two_days_before_and_on_the_day_at_eight() -> None:
    assert paper_reminders(QN, moment("2026-03-11 14:00")) == (
        moment("2026-03-08 08:00"),
        moment("2026-03-10 08:00"),
    )
    assert paper_reminders(BK, START) == ()


def test_papers_due_before_eight_are_called_for_the_day_before() -> None:
    assert paper_reminders(QN, moment("2026-03-11 07:30")) == (
        moment("2026-03-07 08:00"),
        moment("2026-03-09 08:00"),
    )


# --- the start -------------------------------------------------------------------------------


def test_a_meeting_is_called_for_a_moment_ahead() -> None:
    assert refuse_past(START, START) is not None
    assert refuse_past(START, START - MINUTE) is None


@pytest.mark.parametrize(("apart", "refused"), [(0, True), (59, True), (60, False), (-59, True)])
def test_two_meetings_of_a_body_are_an_hour_apart(apart: int, refused: bool) -> None:
    other = meeting(START, MeetingActKind.CALL)
    found = refuse_clash(START + apart * MINUTE, [other])
    assert (found is not None) is refused
    if found:
        assert found.values["place"] == "Phòng họp"


@pytest.mark.parametrize(
    "ended", [MeetingActKind.CANCEL, MeetingActKind.DECLINE, MeetingActKind.CLOSE]
)
def test_a_meeting_that_is_over_takes_up_no_hour(ended: MeetingActKind) -> None:
    assert refuse_clash(START, [meeting(START, ended)]) is None


def test_starts_offered_are_early_enough_and_on_working_days() -> None:
    friday = moment("2026-03-06 09:00")
    assert offered_starts(QN, REGULAR, friday, WEEKENDS) == (
        moment("2026-03-09 08:00"),
        moment("2026-03-09 14:00"),
        moment("2026-03-10 08:00"),
        moment("2026-03-11 08:00"),
        moment("2026-03-12 08:00"),
    )
    assert offered_starts(HU_BCH, REGULAR, friday, WEEKENDS)[0] == moment("2026-03-10 08:00")
    assert offered_starts(HU_BCH, EXTRAORDINARY, friday, WEEKENDS)[0] == moment("2026-03-09 08:00")


def test_no_start_is_offered_in_tet() -> None:
    before = moment("2026-02-13 09:00")
    assert offered_starts(QN, REGULAR, before, CALENDAR_2026)[0] == moment("2026-02-23 08:00")


# --- who sees what ---------------------------------------------------------------------------

OPEN, CLOSED = AgendaItem(1, 1, "Sơ kết"), AgendaItem(2, 2, "Nhân sự", closed=True)


@pytest.mark.parametrize(
    ("of", "invited", "sees"),
    [
        (BK, Invitee(1, "An", "member"), True),
        (BK, Invitee(2, "Kiểm", "guest", guest=True, category="BK-M3"), False),
        (BK, GuestWanted("Tỉnh", "BK-M4"), False),
        (BK, GuestWanted("Khác"), False),
        (QN, GuestWanted("Mời", "QN-M7"), True),
        (QN, GuestWanted("Khác"), False),
        (HU_BCH, GuestWanted("Kiểm", "HU-M6"), False),
    ],
)
def test_closed_items_are_for_members_and_for_whom_the_rule_lets_in(
    of: MeetingRules, invited: Invitee | GuestWanted, sees: bool
) -> None:
    assert sees_closed(of, invited) is sees


def test_a_guest_is_shown_the_open_items_alone() -> None:
    both = replace(meeting(of="ban_chap_hanh"), items=(OPEN, CLOSED))
    assert items_for(both, GuestWanted("Kiểm", "BK-M3")) == (OPEN,)
    assert items_for(both, Invitee(1, "An", "member")) == (OPEN, CLOSED)


def test_a_category_is_one_of_the_bodys_own_rules() -> None:
    rule = guest_rule(BK, "BK-M4")
    assert rule is not None
    assert rule.article == "6.5"
    assert guest_rule(QN, "BK-M4") is None


def test_waiting_items_come_by_their_reason() -> None:
    reasons = [
        "question",
        "proposed",
        "adjourned",
        "standing_committee",
        "to_meeting",
        "report_back",
    ]
    assert sorted(reasons, key=place_of) == [
        "report_back",
        "standing_committee",
        "to_meeting",
        "adjourned",
        "proposed",
        "question",
    ]


def test_a_working_session_is_held_by_the_body_it_names_else_by_the_first() -> None:
    hai_duong = load(regulations_dir() / "hai_duong.toml")
    assert [s.id for s in hosted(hai_duong, hai_duong.bodies[0])] == [
        "HD-M1",
        "HD-M1b",
        "HD-M1c",
    ]
    cap_huyen = load(regulations_dir() / "cap_huyen.toml")
    assert [s.id for s in hosted(cap_huyen, cap_huyen.body("ban_thuong_vu"))] == ["HU-M10"]
    assert hosted(cap_huyen, cap_huyen.body("ban_chap_hanh")) == ()


HEAD, CLERK, MEMBER = Standing(1, head=True), Standing(9, clerk=True), Standing(2)
BACK, AGAIN = MeetingActKind.SEND_BACK, MeetingActKind.SUBMIT_AGAIN


@pytest.mark.parametrize(
    ("acts", "corrects", "reopens", "recalls", "decides"),
    [
        ((), None, "meeting_submitted_already", None, None),
        ((BACK,), "meeting_sent_back_already", None, None, "meeting_sent_back_already"),
        ((BACK, AGAIN), None, "meeting_submitted_already", None, None),
        (
            (BACK, AGAIN, BACK),
            "meeting_sent_back_already",
            None,
            None,
            "meeting_sent_back_already",
        ),
        ((BACK, MeetingActKind.CANCEL), *["meeting_recalled_already"] * 4),
        ((MeetingActKind.DECLINE,), *["meeting_declined_already"] * 4),
        ((BACK, AGAIN, MeetingActKind.CALL), *["meeting_called_already"] * 4),
    ],
)
def test_what_waits_is_corrected_and_what_was_sent_back_is_opened_again(
    acts: tuple[MeetingActKind, ...],
    corrects: str | None,
    reopens: str | None,
    recalls: str | None,
    decides: str | None,
) -> None:
    one = meeting(START, *acts)
    for standing in (HEAD, CLERK):
        assert kind(may_correct(one, standing)) == corrects
        assert kind(may_recall(one, standing)) == recalls
    assert kind(may_reopen(one, CLERK)) == reopens
    assert kind(may_decide(one, HEAD)) == decides


def test_nobody_else_mends_what_waits() -> None:
    for one in (meeting(START), meeting(START, BACK)):
        assert kind(may_correct(one, MEMBER)) == "no_right"
        assert kind(may_recall(one, MEMBER)) == "no_right"
        assert kind(may_reopen(one, MEMBER)) == "no_right"
        assert kind(may_reopen(one, HEAD)) == "no_right"
        assert kind(may_decide(one, CLERK)) == "meeting_only_head"


def test_what_was_sent_back_keeps_its_hour() -> None:
    assert refuse_clash(START, [meeting(START, BACK)]) is not None


def test_each_return_and_each_correction_makes_another_revision() -> None:
    corrected = (BACK, AGAIN, MeetingActKind.CORRECT)
    assert [meeting(START, *corrected[:n]).revision for n in range(4)] == [0, 1, 2, 3]
    assert meeting(START, *corrected, MeetingActKind.CALL).revision == 3


def test_what_was_taken_back_before_its_call_is_not_called_cancelled() -> None:
    assert refuse_stage(meeting(START, MeetingActKind.CANCEL)) == Refusal(
        "meeting_recalled_already"
    )
    called = meeting(START, MeetingActKind.CALL, MeetingActKind.CANCEL)
    assert refuse_stage(called) == Refusal("meeting_cancelled_already")
