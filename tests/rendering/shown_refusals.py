"""Every refusal, by its kind, with the values its maker gives it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from bot.consultations.rules.rights import (
    refuse_body,
    refuse_election,
    refuse_ground,
    refuse_matter,
    refuse_submission,
)
from bot.db.notice import Card
from bot.kit import card
from bot.people.rules.delegating import only_head
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.regulations.rules.regulation import Ground, Matter
from bot.values.action import action
from bot.values.refusal import Refusal
from bot.values.spans import Span
from tests.rendering.scenes import SAY, WEDNESDAY, Shown
from tests.rules.committee import DEADLINE, OPENED, body, moment

LATEST = moment("2026-04-10 17:00")
ASKED = {"due": DEADLINE, "latest": LATEST, "until": LATEST}


def told(refusal: Refusal | None) -> Card:
    assert refusal is not None
    return card.card(SAY, refusal)


QUANG_NGAI = load(regulations_dir() / "quang_ngai.toml")


def offering(ground: Ground, matter: Matter) -> Refusal | None:
    """With the button of the launch form: it may wait for the next meeting."""
    refusal = refuse_matter(body("quang_ngai", "dang_doan"), matter, ground)
    button = action("item_instead", 1, "dang_doan", matter.value)
    return replace(refusal, button=button) if refusal else None


PLAIN = (
    *(
        "no_right",
        "gone",
        "old_button",
        "shows_what_is_lost",
        "not_here",
        "not_open",
        "declined_already",
    ),
    *("recalled_already", "no_urgent_rule", "sent_back_already", "submitted_again"),
    *("nothing_changed", "file_needed", "file_alone", "file_there_already", "nothing_sought"),
    *("approved_already", "on_agenda_already", "not_on_roll", "nobody_to_remind", "empty_roll"),
    *("reason_needed", "words_not_file", "text_needed", "file_not_asked", "draft_gone"),
    *("form_incomplete", "stale_question", "press_a_button", "old_screen", "words_gone"),
)
BY_RULE = (
    only_head("only_head", QUANG_NGAI, QUANG_NGAI.body("dang_doan")),
    Refusal("no_head", "4.5"),
    Refusal("closed", "8.2.1", values={"at": DEADLINE}),
    Refusal("withdrawn", "8.2.1", values={"at": WEDNESDAY}),
    Refusal("struck", values={"at": WEDNESDAY, "of_agencies": False}),
    Refusal("recused", "4.5"),
    Refusal("no_recusal"),
    Refusal("not_recused", "4.5"),
    Refusal("recused_for_good", "4.5", values={"due": DEADLINE}),
    Refusal("recuse_last", "4.5"),
    Refusal("received_already", values={"at": WEDNESDAY}),
    Refusal("replied_already", "3.1"),
    Refusal("no_reserve", "8.2.1"),
    Refusal("reserve_what", "9.2"),
    Refusal("reserve_secret", "9.2"),
    Refusal("no_photo_of_slips", "11.1"),
    Refusal("no_abstain", "11.1"),
    Refusal("board_many", values={"count": 16, "limit": 15}),
    Refusal("board_twice", values={"name": "Lê Văn Cường"}),
    Refusal("board_names_needed"),
    Refusal("page_kind"),
    Refusal("no_pages"),
    Refusal("no_paper_slip", values={"of_agencies": False}),
    Refusal("board_open_vote"),
    Refusal("reserve_late", "9.2", values={"until": DEADLINE}),
    Refusal("no_more_time", "8.2.1", instead="reply_or_words"),
    Refusal("no_meeting_choice", "8.2.1"),
    Refusal("never_shorter", "8.2.1", values={"due": DEADLINE, "until": WEDNESDAY}),
    Refusal("not_later", "3.1", values=ASKED),
    Refusal("too_much_time", "3.1", values=ASKED),
    Refusal("still_to_answer", "8.2.1", instead="extend_withdraw", values={"count": 3}),
    Refusal("last_on_roll", instead="withdraw"),
    Refusal("late_words", "8.2.1", values={"at": DEADLINE, "choice": "reject"}),
    Refusal("undatable_left", "8.2.1", instead="decide_outage"),
    Refusal("nothing_undatable", "8.2.1"),
    Refusal("text_empty", values={"length": 0, "limit": 300}),
    Refusal("text_too_long", values={"length": 123_456, "limit": 100_000}),
    Refusal("file_too_large", values={"size": 52_428_800, "limit": 20_971_520}),
    Refusal("contents_count", values={"count": 1, "fewest": 2, "most": 20}),
    Refusal("contents_many", values={"stood": 19, "most": 20}),
    Refusal("contents_fewest", values={"fewest": 2}),
    Refusal("contents_needed"),
    Refusal("contents_twice", values={"subject": "Kế hoạch <quý II> & dự toán"}),
    Refusal("too_many_files", values={"limit": 10}),
    Refusal("secret", values={"mark": "TỐI MẬT"}),
    Refusal("moment_past", values={"until": OPENED}),
    Refusal(
        "deadline_short", "8.2", values={"until": OPENED, "nearest": DEADLINE, "span": Span(3)}
    ),
    Refusal("moment_unreadable", values={"part": ""}),
    Refusal("moment_ambiguous", values={"part": "3 giờ"}),
    Refusal("moment_vague", values={"part": "tuần sau"}),
    Refusal("moment_no_month", values={"part": "ngày 27"}),
    Refusal("moment_lunar", values={"part": "âm lịch"}),
    Refusal("moment_impossible", values={"part": "31/2"}),
    Refusal("moment_incomplete", values={"part": "sáng"}),
    Refusal(
        "moment_weekday_mismatch",
        values={"part": "10/03/2026", "weekdays": ("thứ Ba", "thứ Tư")},
    ),
    Refusal("moment_too_far", values={"part": ""}),
    Refusal("submission_past", "5.2", values={"submission": date(2026, 3, 2)}),
    Refusal("urgent_excluded", "3.3", values={"matter": "personnel"}),
    Refusal("nobody_to_pick", values={"act": "delivery"}),
)
ABOUT_ROUNDS = (
    Refusal("round_unknown", "8.2.1", values={"body": "Đảng đoàn", "says": "nothing"}),
    Refusal("round_already", "15.2", values={"number": 12, "ended": False}),
    Refusal("round_days", "9.1", values={"until": WEDNESDAY, "given": DEADLINE, "days": 3}),
    *(
        Refusal(f"round_{kind}", "15.2")
        for kind in (
            *("third", "undivided", "called", "settled", "another_roll", "unnamed", "nobody"),
            "still_owed",
        )
    ),
)
LISTED = {"first": 2025, "last": 2029, "day": date(2031, 1, 1)}
ABOUT_PEOPLE = (
    *(Refusal(kind) for kind in ("invitation_unknown", "invitation_used", "invitation_revoked")),
    Refusal("invitation_expired", values={"expired": OPENED}),
    Refusal("account_seated", values={"name": "Trần Thị Bình", "invited": "Lê Quang Cường"}),
    *(Refusal(kind) for kind in ("person_bound", "person_gone", "last_clerk", "seat_changed")),
    *(
        Refusal(kind, values={"name": "Trần Thị Bình"})
        for kind in ("name_taken", "only_seat", "joined_already", "not_joined", "link_unseen")
    ),
    Refusal("one_name", values={"lines": 2, "clerk": True}),
    Refusal("clerk_is_there", values={"name": "Trần Thị Bình", "clerk": False, "may": True}),
    Refusal("clerk_not_of_roll", values={"name": "Trần Thị Bình"}),
    *(Refusal(f"approval_{kind}") for kind in ("own", "settled", "said", "waiting", "asker_gone")),
    Refusal("approval_not_machine", values={"names": ["Trần Thị Bình", "Lê Quang Cường"]}),
    *(Refusal(kind) for kind in ("decision_needed", "day_not_listed")),
    *(Refusal(f"day_{kind}", values={"part": "31/2"}) for kind in ("unreadable", "impossible")),
    Refusal(
        "day_weekday_mismatch",
        values={"part": "10/03/2026", "weekdays": ("thứ Ba", "thứ tư")},
    ),
    Refusal("day_out_of_range", values=LISTED),
    Refusal("calendar_no_year", values={"year": 2031}),
    Refusal("calendar_compared", values={"year": 2027, "source": "Thông báo số 9/TB <1>"}),
    Refusal("calendar_ends", values={"until": WEDNESDAY.replace(year=2030), "last": 2029}),
    Refusal("days_too_many", values={"limit": 31}),
    Refusal("day_works_anyway", values={"day": date(2026, 3, 4)}),
)
ABOUT_NOTICES = (
    Refusal("notice_only_head", "4.5"),
    *(Refusal(kind) for kind in ("notice_empty", "notice_nobody_waits", "notice_not_to")),
    Refusal("notice_acknowledged", values={"name": "Trần Thị Bình", "at": WEDNESDAY}),
)
A_MEETING = {
    "body": "Đảng đoàn",
    "starts_at": OPENED,
    "from": OPENED,
    "opened_at": OPENED,
    "closed_at": WEDNESDAY,
}
ABOUT_SITTINGS = (
    *(
        Refusal(f"sitting_{kind}", values=A_MEETING)
        for kind in (
            "answer_late",
            "check_in_early",
            "open_early",
            "day_passed",
            "not_checked_in",
            "opened_already",
            "runs",
            "closed",
            "cancelled",
            "not_called",
            "not_open",
            "vote_runs",
            "item_gone",
        )
    ),
    *(Refusal(f"sitting_{kind}") for kind in ("not_invited", "nobody_to_remind")),
    Refusal("sitting_only_chair", "4.4", values=A_MEETING),
    Refusal("sitting_own_absence", "3.5"),
    Refusal("minutes_over"),
    Refusal("minutes_of_another"),
    Refusal("minutes_early"),
    Refusal("minutes_long", values={"limit": 20_000, "count": 21_500}),
    Refusal("sitting_not_concluded", values={"subject": "Dự toán kinh phí & phân bổ"}),
    Refusal("sitting_no_absence", values={**A_MEETING, "name": "Trần Thị Bình"}),
    Refusal("sitting_person_left", values={"name": "Trần Thị Bình"}),
    Refusal("sitting_nobody_to_note", values={"mark": "check_in"}),
    Refusal("sitting_against_vote", "8.2.2, 7.2", values={"conclusion": "to_superior"}),
    Refusal("sitting_needs_vote", "8.2.2", values={"conclusion": "to_superior"}),
    Refusal(
        "sitting_needs_ballot",
        "8.2.2",
        values={"matter": "personnel"},
        back=action("conclude", 2, "adopted"),
    ),
    Refusal("meeting_lapsed_already"),
    Refusal(
        "sitting_no_quorum",
        "8.2.2",
        values={"present": 3, "required": 5, "roll": 7, "groups": ()},
    ),
    Refusal("delegation_no_rule", values={"body": "Các cơ quan được xin ý kiến"}),
    Refusal(
        "delegation_office",
        "5.5, 7.2",
        values={
            "body": "Ban Thường vụ",
            "name": "Lê Quang Cường",
            "offices": ["standing_member", "standing_deputy"],
        },
    ),
    Refusal(
        "delegation_duty_office",
        "5.5",
        values={
            "body": "Ban Thường vụ",
            "name": "Lê Quang Cường",
            "offices": ["standing_member"],
        },
    ),
    Refusal("delegation_backwards", "4.5", values={"starts_at": WEDNESDAY, "ends_at": OPENED}),
    Refusal(
        "delegation_overlaps",
        "4.5",
        values={"other_starts": OPENED, "other_ends": WEDNESDAY},
    ),
    *(Refusal(f"delegation_{kind}") for kind in ("over", "person_left")),
)
OTHERWISE: Shown = {
    "refusal_closed_content": lambda: told(
        Refusal("closed", "5.1", values={"at": WEDNESDAY, "content": 2})
    ),
    "refusal_sitting_against_vote_that_passed": lambda: told(
        Refusal("sitting_against_vote", "21.3", values={"conclusion": "adopted"})
    ),
    "refusal_sitting_nobody_to_see_off": lambda: told(
        Refusal("sitting_nobody_to_note", values={"mark": "leave"})
    ),
    "refusal_round_days_assumed": lambda: told(
        Refusal(
            "round_days",
            "9.1",
            values={"until": WEDNESDAY, "given": DEADLINE, "days": 3, "says": "assumed"},
        )
    ),
    "refusal_round_undivided_nor_for_a_cause": lambda: told(
        Refusal("round_undivided", "9.1", values={"causes": True})
    ),
    "refusal_matter_excluded_quang_ngai": lambda: told(
        refuse_matter(body("quang_ngai", "dang_doan"), Matter.PERSONNEL)
    ),
    "refusal_matter_excluded_cap_huyen": lambda: told(
        refuse_matter(body("cap_huyen", "ban_thuong_vu"), Matter.INSPECTION)
    ),
    "refusal_matter_excluded_bac_kan": lambda: told(
        refuse_matter(body("bac_kan", "ban_thuong_vu"), Matter.GENERAL)
    ),
    "refusal_matter_excluded_hai_duong": lambda: told(
        refuse_matter(body("hai_duong", "co_quan"), Matter.IMPORTANT)
    ),
    "refusal_matter_excluded_thuong_truc": lambda: told(
        refuse_matter(body("cap_huyen", "thuong_truc"), Matter.PERSONNEL)
    ),
    "refusal_matter_excluded_by_the_ground": lambda: told(
        offering(Ground.SUPERIOR_DIRECTION, Matter.PERSONNEL)
    ),
    "refusal_election": lambda: told(refuse_election(body("bac_kan", "ban_chap_hanh"))),
    "refusal_matter_excluded_tra_vinh": lambda: told(
        refuse_matter(body("tra_vinh", "doan_the"), Matter.APPRAISAL)
    ),
    "refusal_matter_excluded_without_reason": lambda: told(
        Refusal("matter_excluded", "8.2.1", values={"matter": "appraisal"})
    ),
    "refusal_body_excluded_bac_kan": lambda: told(refuse_body(body("bac_kan", "thuong_truc"))),
    "refusal_body_excluded_cap_huyen": lambda: told(
        refuse_body(body("cap_huyen", "ban_chap_hanh"))
    ),
    "refusal_ground_unknown": lambda: told(
        refuse_ground(body("quang_ngai", "dang_doan"), Ground.NOT_COMPLEX)
    ),
    "refusal_lead_time": lambda: told(
        refuse_submission(body("tra_vinh", "ban_dan_van"), date(2026, 3, 9), date(2026, 3, 4), "")
    ),
    "refusal_one_name_of_a_clerk_to_be": lambda: told(
        Refusal("one_name", values={"lines": 3, "clerk": False})
    ),
    "refusal_moment_unreadable_piece": lambda: told(
        Refusal("moment_unreadable", values={"part": "hoặc 28/11"})
    ),
    "refusal_moment_past_typed": lambda: told(Refusal("moment_past", values={"part": ""})),
    "refusal_nobody_to_pick_at_all": lambda: told(
        Refusal("nobody_to_pick", values={"act": "strike"}),
    ),
}
SHOWN: Shown = {
    **{f"refusal_{kind}": partial(told, Refusal(kind)) for kind in PLAIN},
    **{
        f"refusal_{each.kind}": partial(told, each)
        for each in (*BY_RULE, *ABOUT_ROUNDS, *ABOUT_PEOPLE, *ABOUT_SITTINGS, *ABOUT_NOTICES)
    },
    **OTHERWISE,
}
