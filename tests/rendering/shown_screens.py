"""The first screen, its lists, the launch form, and what strangers and groups are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.consultations import launch_cards as form_card
from bot.consultations.launch_form import OWN_DAYS, Form
from bot.consultations.rules.consultation import Choice, Dossier
from bot.db.drafts import Draft
from bot.db.notice import Card
from bot.kit.waiting import Waiting
from bot.meetings.agenda import WaitingItem
from bot.people.rules.people import Person, Role, SeatHeld
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.values.action import action
from tests.rendering.scenes import (
    AFTER,
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


def of_meeting(kind: str, subject: str) -> Waiting:
    return Waiting(kind, subject, DEADLINE, COMMITTEE, action("mshow", 3), DEADLINE)


INVITED = of_meeting("rsvp", "Đảng đoàn")
OF_MEETINGS = (INVITED, of_meeting("meeting", "Đảng đoàn"), of_meeting("absence", "Lê Quang Cường"))
STANDING = body("bac_kan", "thuong_truc")
URGENT = STANDING.meetings.urgent if STANDING.meetings else None
BODY_NAMES = {"ban_thuong_vu": "Ban Thường vụ", "ban_chap_hanh": "Ban Chấp hành"}
ON_AGENDA = [
    WaitingItem("ban_thuong_vu", "Hỗ trợ khắc phục <mưa lũ>", "report_back"),
    WaitingItem("ban_chap_hanh", SUBJECT, "to_meeting", consultation_id=7),
]


def urgent(question: str) -> Callable[[], Card]:
    return said("urgent", question=question, body=STANDING, rule=URGENT)


def home(person: Person, *things: Waiting, committees: tuple[str, ...] = (COMMITTEE,)) -> Card:
    view = {
        "persons": (person,),
        "committees": dict(enumerate(committees)),
        "count": len(things),
        "next": things[0] if things else None,
        "now": WEDNESDAY,
    }
    return Card(SAY.text("home", **view))


def tasks(*things: Waiting, total: int = 0, several: bool = False) -> Card:
    view = {"waiting": things, "total": total or len(things), "several": several}
    return Card(SAY.text("tasks", now=WEDNESDAY, **view))


def form(regulation: str, field: str, *, body_id: str = "", **fields: Any) -> Form:
    """A form of that regulation whose next question is `field`."""
    rules = load(regulations_dir() / f"{regulation}.toml")
    chosen = body_id or BODIES[regulation][0]
    of = None if field == "body" else rules.body(chosen)
    return Form(
        draft=Draft(5, 1, 80, "launch", ({"body": chosen} if of else {}) | fields, 0),
        committee="Đảng ủy Khối các cơ quan tỉnh",
        regulation=rules,
        bodies=rules.bodies,
        body=of,
        field=field,
        files=FILES if "text" in fields or fields.pop("with_files", False) else (),
        offered=(),
        calendar=WEEKENDS,
        clerk=Person(80, 1, CLERK, 80, (CLERK_SEAT,)),
        now=WEDNESDAY,
    )


def asks(form: Form) -> Card:
    return form_card.card(SAY, form)


NAMED = {"matter": "general", "ground": "urgent_no_meeting", "subject": SUBJECT}
COMPLETE = {**NAMED, "text": TEXT, "deadline": DEADLINE.isoformat()}
TO_AGENCIES = {"matter": "coordination", "ground": "coordination", "subject": SUBJECT}
PERSONNEL = {"matter": "personnel", "ground": "coordination"}
APPRAISED = {"matter": "appraisal", "ground": "appraisal", "subject": SUBJECT, "text": TEXT}
EARLY = {"submission_date": "2026-03-20", "early_enough": True}
LATE = {"submission_date": "2026-03-09", "early_enough": False}

LAUNCH: Shown = {
    "launch_body": lambda: asks(form("bac_kan", "body")),
    "launch_matter": lambda: asks(form("quang_ngai", "matter")),
    "launch_ground": lambda: asks(form("quang_ngai", "ground", matter="general")),
    "launch_silence": lambda: asks(form("hai_duong", "silence_confirmed", **PERSONNEL)),
    "launch_subject": lambda: asks(
        form("hai_duong", "subject", **PERSONNEL, silence_confirmed=True)
    ),
    "launch_text": lambda: asks(form("quang_ngai", "text", **NAMED)),
    "launch_text_with_files": lambda: asks(form("quang_ngai", "text", **NAMED, with_files=True)),
    "launch_submission_date": lambda: asks(
        form("tra_vinh", "submission_date", body_id="ban_dan_van", **APPRAISED)
    ),
    "launch_special_reason": lambda: asks(
        form("tra_vinh", "special_reason", body_id="ban_dan_van", **APPRAISED, **LATE)
    ),
    "launch_deadline": lambda: asks(form("quang_ngai", "deadline", **NAMED, text=TEXT)),
    "launch_deadline_agencies": lambda: asks(
        form("hai_duong", "deadline", **TO_AGENCIES, text=TEXT)
    ),
    "launch_deadline_appraisal": lambda: asks(
        form("tra_vinh", "deadline", body_id="ban_dan_van", **APPRAISED, **EARLY)
    ),
    "launch_secret_free": lambda: asks(form("quang_ngai", "secret_free", **COMPLETE)),
    "launch_preview": lambda: asks(form("quang_ngai", "preview", **COMPLETE)),
    "launch_preview_own_days": lambda: asks(
        form("hai_duong", "preview", **TO_AGENCIES, text=TEXT, deadline=OWN_DAYS)
    ),
    "launch_preview_too_late": lambda: asks(
        form("quang_ngai", "preview", **(COMPLETE | {"deadline": OPENED.isoformat()}))
    ),
    "launch_dropped": lambda: form_card.dropped(SAY),
    "launch_submitted": lambda: form_card.submitted(SAY, submitted(QN)),
    "launch_submitted_agencies": lambda: form_card.submitted(SAY, submitted(HD)),
    "month_grid_deadline": lambda: form_card.month(SAY, form("quang_ngai", "deadline"), 2026, 3),
    "month_grid_submission": lambda: form_card.month(
        SAY, form("tra_vinh", "submission_date", body_id="ban_dan_van"), 2026, 4
    ),
}
SCREENS: Shown = {
    "home_nothing_waits": lambda: home(member(QN, 2)),
    "home_reply_waits": lambda: home(member(QN, 2), REPLY, APPROVE),
    "home_approval_waits": lambda: home(member(QN, 1), APPROVE, committees=(COMMITTEE, OTHER)),
    "home_decision_waits": lambda: home(member(QN, 1), DECIDE),
    "home_agency": lambda: home(member(HD, 2)),
    "home_clerk": lambda: home(Person(80, 1, CLERK, 80, (CLERK_SEAT,))),
    "home_invitation_waits": lambda: home(member(QN, 2), INVITED),
    "tasks_of_meetings": lambda: tasks(*OF_MEETINGS),
    "tasks": lambda: tasks(APPROVE_OWN_DAYS, DECIDE, REPLY, APPROVE),
    "tasks_none": tasks,
    "tasks_more": lambda: tasks(REPLY, total=23, several=True),
    "answered": said(
        "answered",
        lines=[
            (dossier(ANSWERED), member(QN, 2)),
            (dossier(ANSWERED, **CLOSED), member(QN, 2)),
        ],
        now=WEDNESDAY,
    ),
    "answered_none": said("answered", lines=[], now=WEDNESDAY),
    "watch": said(
        "watch",
        lines=[
            (submitted(QN), "submitted"),
            (submitted(QN, declined=True), "declined"),
            (dossier(QN), "open"),
            (dossier(QN, number=11), "held"),
            (dossier(QN, closed_at=DEADLINE, number=10), "closed"),
            (dossier(QN, closed_at=DEADLINE, number=9), "withdrawn"),
        ],
        items=[],
        bodies=BODY_NAMES,
        now=AFTER,
        office=True,
    ),
    "watch_with_agenda": said(
        "watch", lines=[], items=ON_AGENDA, bodies=BODY_NAMES, now=AFTER, office=True
    ),
    "watch_none": said("watch", lines=[], items=[], bodies=BODY_NAMES, now=AFTER, office=True),
    "watch_none_member": said(
        "watch", lines=[], items=[], bodies=BODY_NAMES, now=AFTER, office=False
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
    "stray": said("stray", screen=SAY.text("stranger")),
    "group": said("group", link="https://t.me/dongthuan_demo_bot"),
}
SHOWN: Shown = LAUNCH | SCREENS
