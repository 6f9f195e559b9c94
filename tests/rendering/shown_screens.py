"""The first screen, its lists, the launch form, and what strangers and groups are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.consultations.launch_contents import BELOW, LIST, ONE, asks_none, matters
from bot.consultations.launch_form import FORM
from bot.consultations.launch_sending import submitted as submitted_card
from bot.consultations.launch_view import OWN_DAYS, LaunchView
from bot.consultations.listing.store import Listed
from bot.consultations.rules.consultation import Choice
from bot.consultations.rules.dossier import Dossier
from bot.db.closures import Closure
from bot.db.drafts import Draft
from bot.db.notice import Card
from bot.kit.form import asks_drop
from bot.kit.live import retired
from bot.kit.questions import answered_by_words
from bot.kit.search import Found
from bot.kit.waiting import UnderWay, Waiting
from bot.meetings.agenda.store import WaitingItem
from bot.people.rules.people import Person, Role, SeatHeld
from bot.people.rules.presiding import Case, Presiding
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.values.action import action
from tests.rendering.scenes import (
    BODIES,
    CLERK,
    FILES,
    SAY,
    SUBJECT,
    TEXT,
    WEDNESDAY,
    Shown,
    answers,
    asked,
    dossier,
    member,
    said,
    submitted,
    whole_roll,
)
from tests.rules.committee import DEADLINE, OPENED, WEEKENDS, body

QN = whole_roll(asked("quang_ngai"))
HD = whole_roll(asked("hai_duong"))
ANSWERED = answers(QN, Choice.APPROVE, 2)
CLOSED = {"closed_at": DEADLINE, "number": 9, "subject": "Kế hoạch kiểm tra năm 2026"}
COMMITTEE, OTHER = "Đảng đoàn Liên hiệp hội", "Đảng bộ Khối"
CLERK_SEAT = SeatHeld(Role.CLERK, "", "clerk")


def waiting(kind: str, papers: Dossier, due: datetime | None) -> Waiting:
    at = due or papers.submitted_at
    return Waiting(kind, papers.subject, at, COMMITTEE, action("form", papers.id), due)


REPLY = waiting("reply", dossier(QN), DEADLINE)
APPROVE = waiting("approve", submitted(QN, subject="Kế hoạch kiểm tra năm 2026"), DEADLINE)
APPROVE_OWN_DAYS = waiting("approve", submitted(HD, deadline=None, subject="Quy hoạch"), None)
DECIDE = waiting("decide", dossier(QN, number=11, subject="Dự toán kinh phí"), WEDNESDAY)
HELD_EARLY = waiting("decide", dossier(QN, number=12, subject="Chương trình năm"), DEADLINE)


def of_meeting(kind: str, subject: str) -> Waiting:
    return Waiting(kind, subject, DEADLINE, COMMITTEE, action("mshow", 3), DEADLINE)


INVITED = of_meeting("rsvp", "Đảng đoàn")
OF_MEETINGS = (INVITED, of_meeting("meeting", "Đảng đoàn"), of_meeting("absence", "Lê Quang Cường"))
VOTE = Waiting("vote", "Dự toán kinh phí", WEDNESDAY, COMMITTEE, action("vote_card", 5), now=True)
STANDING = body("bac_kan", "thuong_truc")
URGENT = STANDING.meetings.urgent if STANDING.meetings else None
BODY_NAMES = {
    "dang_doan": "Đảng đoàn",
    "ban_thuong_vu": "Ban Thường vụ",
    "ban_chap_hanh": "Ban Chấp hành",
}
ON_AGENDA = [
    WaitingItem("ban_thuong_vu", "Hỗ trợ khắc phục <mưa lũ>", "report_back"),
    WaitingItem("ban_chap_hanh", SUBJECT, "to_meeting", consultation_id=7),
    WaitingItem("ban_chap_hanh", "Quy chế làm việc", ""),  # of a meeting that never sat
]


ON_DUTY = "Trực giải quyết công việc hằng ngày khi Thường trực đi vắng, do Ban Thường vụ phân công"
ENDED = Closure(0, date(2026, 3, 1), WEDNESDAY, "15-QĐ/TU", date(2026, 2, 20), 7)


def sits(*voted_on: str, committee: str = COMMITTEE) -> UnderWay:
    return UnderWay("Đảng đoàn", WEDNESDAY, voted_on, committee, action("mshow", 3))


def urgent(question: str) -> Callable[[], Card]:
    return said("urgent", question=question, body=STANDING, rule=URGENT)


def home(
    person: Person,
    *things: Waiting,
    committees: tuple[str, ...] = (COMMITTEE,),
    ended: dict[int, Closure] | None = None,
    follows: dict[int, list[str]] | None = None,
    presiding: tuple[Presiding, ...] = (),
    under_way: tuple[UnderWay, ...] = (),
    others: int = 0,
) -> Card:
    view = {
        "under_way": under_way,
        "others": others,
        "presiding": {0: presiding},
        "persons": (person,),
        "committees": dict(enumerate(committees)),
        "count": len(things),
        "next": things[0] if things else None,
        "now": WEDNESDAY,
        "ended": ended or {},
        "follows": follows or {},
    }
    return Card(SAY.text("home", **view))


def away(*takers: str, article: str = "") -> Presiding:
    head = member(QN, 1)
    return Presiding(
        Case.AWAY, (COMMITTEE,), head, head, article, "secretary", WEDNESDAY, takers=takers
    )


def tasks(*things: Waiting, total: int = 0, several: bool = False) -> Card:
    view = {"waiting": things, "total": total or len(things), "several": several}
    return Card(SAY.text("tasks", now=WEDNESDAY, **view))


def form(
    regulation: str, field: str, *, body_id: str = "", with_files: bool = False, **fields: Any
) -> LaunchView:
    """A form of that regulation; when it asks for the body, it has none."""
    rules = load(regulations_dir() / f"{regulation}.toml")
    chosen = body_id or BODIES[regulation][0]
    return LaunchView(
        draft=Draft(5, 1, 80, "launch", ({} if field == "body" else {"body": chosen}) | fields, 0),
        person=Person(80, 1, CLERK, 80, (CLERK_SEAT,)),
        files=FILES if "text" in fields or with_files else (),
        now=WEDNESDAY,
        committee="Đảng ủy Khối các cơ quan tỉnh",
        regulation=rules,
        bodies=rules.bodies,
        body=None if field == "body" else rules.body(chosen),
        offered=(),
        calendar=WEEKENDS,
    )


def asks(regulation: str, field: str, **given: Any) -> Card:
    return FORM.card(SAY, form(regulation, field, **given), field)


def month(regulation: str, number: int, **given: Any) -> Card:
    """A month of buttons for the question that stands after these answers."""
    return FORM.month(SAY, form(regulation, "", **given), 2026, number)


def below(kind: str, key: str, contents: list[dict[str, str]]) -> Card:
    """A screen below the preview of a slip with these contents."""
    given: dict[str, Any] = {**COMPLETE, "contents": contents}
    return BELOW[kind].card(SAY, form("quang_ngai", "preview", **given), key)


def of_a_slip(card: Callable[..., Card], *key: str) -> Card:
    given: dict[str, Any] = {**COMPLETE, "contents": THREE}
    return card(SAY, form("quang_ngai", "preview", **given), *key)


NAMED = {"matter": "general", "ground": "urgent_no_meeting", "subject": SUBJECT}
COMPLETE = {**NAMED, "text": TEXT, "deadline": DEADLINE.isoformat()}
TO_AGENCIES = {"matter": "coordination", "ground": "coordination", "subject": SUBJECT}
PERSONNEL = {"matter": "personnel", "ground": "coordination"}
APPRAISED = {"matter": "appraisal", "ground": "appraisal", "subject": SUBJECT, "text": TEXT}
EARLY = {"submission_date": "2026-03-20", "early_enough": True}
LATE = {"submission_date": "2026-03-09", "early_enough": False}

CONTENTS = [
    {"key": "1", "subject": SUBJECT, "matter": "general"},
    {"key": "2", "subject": "Kế hoạch hội thảo", "matter": "general"},
]
HALF_CHOSEN = [CONTENTS[0], {"key": "2", "subject": "Kế hoạch hội thảo"}]
THREE = [*CONTENTS, {"key": "4", "subject": "Quy chế chi tiêu nội bộ"}]

LAUNCH: Shown = {
    "launch_body": lambda: asks("bac_kan", "body"),
    "launch_matter": lambda: asks("quang_ngai", "matter"),
    "launch_ground": lambda: asks("quang_ngai", "ground", matter="general"),
    "launch_no_election": lambda: asks(
        "bac_kan", "no_election", body_id="ban_chap_hanh", matter="personnel", ground="cannot_meet"
    ),
    "launch_silence": lambda: asks("hai_duong", "silence_confirmed", **PERSONNEL),
    "launch_subject": lambda: asks("hai_duong", "subject", **PERSONNEL, silence_confirmed=True),
    "launch_text": lambda: asks("quang_ngai", "text", **NAMED),
    "launch_text_with_files": lambda: asks("quang_ngai", "text", **NAMED, with_files=True),
    "launch_text_with_a_caption": lambda: asks(
        "quang_ngai", "text", **NAMED, with_files=True, text_caption="Kính gửi <các> đồng chí."
    ),
    "launch_submission_date": lambda: asks(
        "tra_vinh", "submission_date", body_id="ban_dan_van", **APPRAISED
    ),
    "launch_special_reason": lambda: asks(
        "tra_vinh", "special_reason", body_id="ban_dan_van", **APPRAISED, **LATE
    ),
    "launch_deadline": lambda: asks("quang_ngai", "deadline", **NAMED, text=TEXT),
    "launch_deadline_agencies": lambda: asks("hai_duong", "deadline", **TO_AGENCIES, text=TEXT),
    "launch_deadline_appraisal": lambda: asks(
        "tra_vinh", "deadline", body_id="ban_dan_van", **APPRAISED, **EARLY
    ),
    "launch_contents": lambda: asks("quang_ngai", "contents", **COMPLETE),
    "launch_content_matter": lambda: asks(
        "quang_ngai", "content_matter", **COMPLETE, contents=HALF_CHOSEN
    ),
    "launch_secret_free": lambda: asks("quang_ngai", "secret_free", **COMPLETE),
    "launch_preview": lambda: asks("quang_ngai", "preview", **COMPLETE),
    "launch_preview_contents": lambda: asks("quang_ngai", "preview", **COMPLETE, contents=CONTENTS),
    "launch_contents_edited": lambda: below(LIST, "", THREE),
    "launch_contents_one": lambda: below(ONE, "2", THREE),
    "launch_contents_one_of_two": lambda: below(ONE, "1", CONTENTS),
    "launch_contents_matter": lambda: of_a_slip(matters, "4"),
    "launch_contents_none": lambda: of_a_slip(asks_none),
    "launch_preview_after_submission": lambda: asks(
        "tra_vinh",
        "preview",
        body_id="ban_dan_van",
        **APPRAISED,
        submission_date="2026-03-10",
        early_enough=False,
        special_reason="Trình gấp theo yêu cầu của Thường trực.",
        deadline=DEADLINE.isoformat(),
    ),
    "launch_preview_own_days": lambda: asks(
        "hai_duong", "preview", **TO_AGENCIES, text=TEXT, deadline=OWN_DAYS
    ),
    "launch_preview_too_late": lambda: asks(
        "quang_ngai", "preview", **(COMPLETE | {"deadline": OPENED.isoformat()})
    ),
    "form_drop": lambda: asks_drop(SAY, 7),
    "card_retired": lambda: retired(SAY),
    "question_answered": lambda: answered_by_words(SAY, "GIA HẠN · số 1 · Kế hoạch <năm>"),
    "launch_dropped": lambda: FORM.dropped(SAY, form("quang_ngai", "matter")),
    "launch_submitted": lambda: submitted_card(SAY, submitted(QN)),
    "launch_submitted_agencies": lambda: submitted_card(SAY, submitted(HD)),
    "month_grid_deadline": lambda: month("quang_ngai", 3, **NAMED, text=TEXT),
    "month_grid_submission": lambda: month("tra_vinh", 4, body_id="ban_dan_van", **APPRAISED),
}
ONE_PAGE: dict[str, Any] = {"first": 0, "page": 1, "pages": 1}


def line(
    number: int | None, state: str, *, until: datetime | None = None, closed: datetime | None = None
) -> tuple[Listed, tuple[str, datetime | None]]:
    """One matter on the list "Theo dõi", with how it stands."""
    opened = OPENED if number else None
    of = Listed(
        7,
        number,
        SUBJECT,
        "dang_doan",
        OPENED,
        opened,
        closed,
        None,
        again=number == 11,
        several=False,
    )
    return of, (state, until)


def watched(*lines: tuple[Listed, tuple[str, datetime | None]], **more: Any) -> Callable[[], Card]:
    told = {"items": [], "office": True, **ONE_PAGE, **more}
    return said("watch", lines=lines, bodies=BODY_NAMES, **told)


def found(kind: str, subject: str, number: int | None, state: str) -> Found:
    return Found(
        kind, subject, number, state, None if kind == "meeting" else OPENED, action("home")
    )


SCREENS: Shown = {
    "home_nothing_waits": lambda: home(member(QN, 2)),
    "home_reply_waits": lambda: home(member(QN, 2), REPLY, APPROVE),
    "home_approval_waits": lambda: home(member(QN, 1), APPROVE, committees=(COMMITTEE, OTHER)),
    "home_decision_waits": lambda: home(member(QN, 1), DECIDE),
    "home_sitting": lambda: home(member(QN, 2), under_way=(sits(),)),
    "home_voting": lambda: home(
        member(QN, 2),
        VOTE,
        INVITED,
        under_way=(sits(VOTE.subject),),
    ),
    "home_sitting_in_several": lambda: home(
        member(QN, 1),
        committees=(COMMITTEE, OTHER),
        under_way=(sits(), sits("Kế hoạch <năm>", "Dự toán kinh phí", committee=OTHER)),
        others=1,
    ),
    "home_ended": lambda: home(member(QN, 1), ended={0: ENDED}),
    "home_merged": lambda: home(
        member(QN, 1),
        committees=(COMMITTEE, OTHER),
        ended={0: replace(ENDED, successor_id=1, successor=OTHER)},
        follows={1: [COMMITTEE]},
    ),
    "home_seat_empty": lambda: home(
        member(QN, 3),
        presiding=(
            Presiding(
                Case.VACANT,
                (COMMITTEE,),
                member(QN, 2),
                member(QN, 2),
                office="deputy",
                vacant="secretary",
            ),
        ),
    ),
    "home_nobody_presides": lambda: home(
        member(QN, 3),
        presiding=(Presiding(Case.NOBODY, (COMMITTEE,), None, None, vacant="secretary"),),
    ),
    "home_head_away": lambda: home(
        member(QN, 3),
        presiding=(
            Presiding(
                Case.STANDS_IN,
                (COMMITTEE, "Ban <Thường vụ>"),
                member(QN, 2),
                member(QN, 1),
                "5.3",
                "deputy",
                WEDNESDAY,
            ),
            Presiding(
                Case.STANDS_IN,
                ("Thường trực",),
                member(QN, 2),
                member(QN, 1),
                "3.3, 4.5",
                "",
                WEDNESDAY,
                chairs_only=True,
            ),
        ),
    ),
    "home_head_away_and_nobody_stands_in": lambda: home(
        member(QN, 3), REPLY, presiding=(away("Trần Thị Bình", article="5.3"),)
    ),
    "home_head_away_and_one_of_two_may": lambda: home(
        member(QN, 3), presiding=(away("Trần Thị Bình", "Lê Quang Cường", article="6.6"),)
    ),
    "home_head_away_and_nobody_may": lambda: home(member(QN, 3), presiding=(away(),)),
    "home_on_duty": lambda: home(
        member(QN, 3),
        presiding=(
            Presiding(
                Case.ON_DUTY,
                ("Ban Thường vụ",),
                member(QN, 2),
                member(QN, 1),
                "5.5",
                "standing_member",
                WEDNESDAY,
                what=ON_DUTY,
            ),
        ),
    ),
    "home_on_duty_not_taken": lambda: home(
        member(QN, 3),
        presiding=(replace(away("Lê Quang Cường", article="5.5"), case=Case.DUTY_WAITS),),
    ),
    "home_agency": lambda: home(member(HD, 2)),
    "home_clerk": lambda: home(Person(80, 1, CLERK, 80, (CLERK_SEAT,))),
    "home_invitation_waits": lambda: home(member(QN, 2), INVITED),
    "tasks_of_meetings": lambda: tasks(*OF_MEETINGS),
    "tasks": lambda: tasks(APPROVE_OWN_DAYS, DECIDE, REPLY, APPROVE),
    "tasks_held_before_its_deadline": lambda: tasks(HELD_EARLY),
    "tasks_none": tasks,
    "tasks_more": lambda: tasks(REPLY, total=23, several=True),
    "answered": said(
        "answered",
        lines=[
            (dossier(ANSWERED), member(QN, 2), ""),
            (dossier(ANSWERED, **CLOSED), member(QN, 2), "thông qua"),
        ],
        **ONE_PAGE,
    ),
    "answered_second_page": said(
        "answered",
        lines=[(dossier(ANSWERED, **CLOSED), member(QN, 2), "không thông qua")],
        first=10,
        page=2,
        pages=2,
    ),
    "answered_none": said("answered", lines=[], **ONE_PAGE),
    "watch": watched(
        line(None, "chờ duyệt"),
        line(None, "trả lại để sửa"),
        line(12, "đang xin ý kiến", until=DEADLINE),
        line(11, "tạm dừng, chờ quyết định"),
        line(10, "thông qua", closed=DEADLINE),
        line(9, "đã rút", closed=DEADLINE),
    ),
    "watch_second_page": watched(
        line(2, "không thông qua", closed=DEADLINE), first=10, page=2, pages=2
    ),
    "watch_with_agenda": watched(items=ON_AGENDA),
    "watch_none": watched(),
    "watch_none_member": watched(office=False),
    "search": said("search"),
    "search_results": said(
        "search_results",
        text="K’Tiêng",
        total=3,
        counts={"consultation": 2, "meeting": 1},
        found=[
            found("consultation", SUBJECT, 12, "đang xin ý kiến"),
            found("meeting", "02/3, thứ Hai · Đảng đoàn", 3, "đã kết thúc"),
            found("consultation", "Nhận xét <cán bộ>", None, "chờ duyệt"),
        ],
        **ONE_PAGE | {"first": 1},
    ),
    "search_results_second_page": said(
        "search_results",
        text="2026",
        total=9,
        counts={"consultation": 9},
        found=[found("consultation", SUBJECT, 1, "thông qua")],
        first=9,
        page=2,
        pages=2,
    ),
    "search_nothing": said(
        "search_results",
        text="dự toán <2025>",
        total=0,
        counts={},
        found=[],
        **ONE_PAGE | {"first": 1},
    ),
    "urgent_body": urgent("body"),
    "urgent_matter": urgent("matter"),
    "urgent_words": urgent("words"),
    "urgent_recorded": said(
        "urgent_recorded",
        body=STANDING,
        of=body("bac_kan", "ban_thuong_vu"),
        rule=URGENT,
        decision="Hỗ trợ khắc phục <mưa lũ> & ngập úng.",
    ),
    "help": said("help"),
    "stranger": said("stranger"),
    **{
        f"stray_{what}": said(
            "stray", what=what, screen=SAY.text("stranger"), answered=what == "words"
        )
        for what in ("words", "file", "command", "left")
    },
    "drafts": said("drafts", count=22, shown=20),
    "drafts_none": said("drafts", count=0, shown=0),
    "group": said("group", link="https://t.me/dongthuan_demo_bot"),
}
SHOWN: Shown = LAUNCH | SCREENS
