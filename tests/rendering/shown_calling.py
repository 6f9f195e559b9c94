"""What is said about calling a meeting: the form, the request, the invitation, changes, documents, refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from bot.db.drafts import Draft
from bot.db.notice import Card
from bot.kit import card
from bot.kit.access import By
from bot.meetings.agenda.opinions import Opinions
from bot.meetings.agenda.store import WaitingItem
from bot.meetings.calling import form as calling_form
from bot.meetings.calling import parts
from bot.meetings.calling.form import CHANGE, NEW
from bot.meetings.calling.view import CallingView
from bot.meetings.documents import documents
from bot.meetings.documents.store import Paper
from bot.meetings.inviting import cards as inviting_cards
from bot.meetings.inviting.cards import Around, Difference
from bot.meetings.rules.meeting import (
    GuestWanted,
    Invitee,
    Mark,
    Meeting,
    MeetingAct,
    MeetingActKind,
    MeetingKind,
)
from bot.people.rules.acting import Standing
from bot.people.rules.people import Person, Role, SeatHeld
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.regulations.rules.terms import Matter
from bot.values.action import action
from bot.values.corrections import Correction
from bot.values.files import FileRef
from bot.values.refusal import Refusal
from tests.rendering.scenes import CLERK, OFFICER, PERSONS, SAY, Shown, said
from tests.rendering.shown_sitting import (
    BEFORE,
    CALLED,
    CAME_ALONG,
    QN,
    STARTS,
    acted,
    marked,
    meeting,
)
from tests.rules.committee import CALENDAR_2026, body, moment

BK = meeting("bac_kan", "ban_chap_hanh")
HU = meeting("cap_huyen", "ban_chap_hanh")
TV = meeting("tra_vinh", "doan_the", size=5)
HD = replace(
    meeting("hai_duong", "co_quan", size=5),
    kind=MeetingKind.WORKING_SESSION,
    session="HD-M1c",
)
NOTICED = moment("2026-03-02 09:30")
FILE, TABLE = (
    FileRef("Du thao.docx", "f1", "0" * 64, 48_200),
    FileRef("Bang <so>.xlsx", "", "1" * 64, 900),
)
KEPT = (
    Paper(1, FILE, None, 80, CALLED),
    Paper(2, TABLE, 2, 80, CALLED),
    Paper(3, FILE, 3, 80, CALLED),
)
NAMES = dict(enumerate(PERSONS, 1))
AROUND = Around(NAMES, KEPT, convener=By(PERSONS[0]))
BARE = Around(NAMES)
MEMBER = QN.roll[1]
GUEST = QN.guests[0]
OTHER_GUEST = replace(GUEST, category="")
BK_GUEST = replace(GUEST, category="BK-M3")
SESSION = next(
    s for s in load(regulations_dir() / "hai_duong.toml").working_sessions if s.id == "HD-M1c"
)


def invited(of: Meeting, who: Invitee, around: Around = BARE, now: datetime = NOTICED) -> Card:
    return inviting_cards.card(SAY, of, around, who, now)


LATE = replace(QN, kind=MeetingKind.EXTRAORDINARY)
WITH_OPINIONS = replace(AROUND, opinions={QN.items[0].id: CAME_ALONG})
SETTLED = Opinions(
    settled="Tiêu chuẩn chính trị đợt 1: thông qua\nĐánh giá cán bộ <2>: không thông qua"
)
ANNOUNCED = Opinions(announced="adopted")
WITH_ANNOUNCED = replace(AROUND, opinions={QN.items[0].id: ANNOUNCED})
WITH_SETTLED = replace(AROUND, opinions={QN.items[0].id: SETTLED})
LATE_PAPERS = replace(AROUND, papers=(Paper(1, FILE, None, 80, moment("2026-03-04 16:00")),))

INVITATIONS: Shown = {
    "meeting_invitation_member": lambda: invited(QN, MEMBER, AROUND),
    "meeting_invitation_by_delegate": lambda: invited(
        QN, MEMBER, replace(BARE, convener=By(PERSONS[1], PERSONS[0]))
    ),
    "meeting_invitation_with_opinions": lambda: invited(QN, MEMBER, WITH_OPINIONS),
    "meeting_invitation_with_announced": lambda: invited(QN, MEMBER, WITH_ANNOUNCED),
    "meeting_invitation_with_settled": lambda: invited(QN, MEMBER, WITH_SETTLED),
    "meeting_invitation_guest_without_opinions": lambda: invited(QN, GUEST, WITH_OPINIONS),
    "meeting_invitation_guest": lambda: invited(QN, GUEST, AROUND),
    "meeting_invitation_guest_without_rule": lambda: invited(QN, OTHER_GUEST, AROUND),
    "meeting_invitation_guest_bac_kan": lambda: invited(BK, BK_GUEST, AROUND),
    "meeting_invitation_agency": lambda: invited(TV, TV.roll[0]),
    "meeting_invitation_session": lambda: invited(HD, HD.roll[0], replace(BARE, session=SESSION)),
    "meeting_invitation_late_papers": lambda: invited(LATE, MEMBER, LATE_PAPERS, BEFORE),
    "meeting_invitation_attends": lambda: invited(marked(QN, Mark.ATTEND, 2), MEMBER),
    "meeting_invitation_begun": lambda: invited(
        acted(marked(QN, Mark.ATTEND, 2), MeetingActKind.OPEN, STARTS), MEMBER, now=STARTS
    ),
    "meeting_invitation_absent": lambda: invited(marked(QN, Mark.ABSENT, 2, reason="Ốm"), MEMBER),
    "meeting_invitation_absent_consent": lambda: invited(
        marked(marked(QN, Mark.ABSENT, 2, reason="Ốm"), Mark.CONSENT, 2, by=1), MEMBER
    ),
    "meeting_invitation_absent_refused": lambda: invited(
        marked(marked(QN, Mark.ABSENT, 2, reason="Ốm"), Mark.REFUSE, 2, by=1), MEMBER
    ),
    "meeting_invitation_cancelled": lambda: invited(
        acted(QN, MeetingActKind.CANCEL, BEFORE), MEMBER
    ),
    "meeting_invitation_closed": lambda: invited(
        acted(QN, MeetingActKind.CLOSE, STARTS), MEMBER, now=STARTS
    ),
}

# --- the request -----------------------------------------------------------------------------

SUBMITTED = replace(
    QN,
    invitees=(),
    acts=(),
    number=None,
    called_at=None,
    guests_wanted=(GuestWanted("Lý Văn Khách"),),
)
DECLINED = replace(
    SUBMITTED, acts=(MeetingAct(MeetingActKind.DECLINE, BEFORE, 1, "Chưa đủ nội dung <1>"),)
)
RECALLED = replace(SUBMITTED, acts=(MeetingAct(MeetingActKind.CANCEL, BEFORE, 80),))


AS_HEAD, AS_CLERK = Standing(1, head=True), Standing(80, clerk=True)


SENT_BACK = replace(
    SUBMITTED,
    acts=(MeetingAct(MeetingActKind.SEND_BACK, CALLED, 1, "Ghi nhầm <quý>"),),
)
CAME_AGAIN = replace(
    SENT_BACK,
    acts=(*SENT_BACK.acts, MeetingAct(MeetingActKind.SUBMIT_AGAIN, NOTICED, 80)),
)
CORRECTED = replace(
    SUBMITTED,
    acts=(MeetingAct(MeetingActKind.CORRECT, NOTICED, 80),),
)
MADE = tuple(
    Correction(what, before, after, NOTICED, CLERK)
    for what, before, after in (
        ("meeting_body", "Ban Thường vụ", "Ban Chấp hành"),
        ("meeting_kind", "regular", "extraordinary"),
        ("starts", "2026-03-04T08:00:00+07:00", "2026-03-05T08:00:00+07:00"),
        ("place", "Phòng họp", "Hội trường"),
        ("item", "Việc <A>", ""),
        ("item", "Việc B", "Việc <B>, lần hai"),
        ("item", "", "Việc C"),
        ("item_details", "Việc D", "Việc D"),
        ("order", "", ""),
        ("guest", "Lý Văn Khách", ""),
        ("guest", "", "Hồ Văn Mới"),
        ("file", "Du thao.docx", "Du thao 2.docx"),
    )
)
BY_STAND_IN = replace(MADE[3], by=PERSONS[1], acting_for=PERSONS[0])


def request(
    of: Meeting,
    *made: Correction,
    head: bool,
    now: datetime = CALLED,
    around: Around = BARE,
) -> Card:
    standing = AS_HEAD if head else AS_CLERK
    return inviting_cards.request(SAY, of, around, CLERK, now, standing=standing, corrections=made)


REQUESTS: Shown = {
    "calling_asked_head": lambda: request(SUBMITTED, head=True, around=AROUND),
    "calling_asked_head_late": lambda: request(
        SUBMITTED, head=True, now=moment("2026-03-04 16:00")
    ),
    "calling_asked_clerk": lambda: request(SUBMITTED, head=False),
    "calling_asked_approved_head": lambda: request(QN, head=True),
    "calling_asked_approved_clerk": lambda: request(QN, head=False),
    "calling_asked_declined_head": lambda: request(DECLINED, head=True),
    "calling_asked_declined_clerk": lambda: request(DECLINED, head=False),
    "calling_asked_recalled": lambda: request(RECALLED, head=False),
    "calling_asked_sent_back_head": lambda: request(SENT_BACK, head=True),
    "calling_asked_sent_back_clerk": lambda: request(SENT_BACK, head=False),
    "calling_asked_again": lambda: request(CAME_AGAIN, *MADE[2:4], head=True),
    "calling_asked_again_unchanged": lambda: request(CAME_AGAIN, head=True),
    "calling_asked_corrected": lambda: request(CORRECTED, BY_STAND_IN, head=True),
    "calling_asked_corrected_often": lambda: request(CORRECTED, *MADE, head=True),
    "calling_sent_back": lambda: inviting_cards.sent_back(
        SAY, SENT_BACK, By(PERSONS[1], PERSONS[0]), "Ghi nhầm <quý>"
    ),
    **{
        f"calling_corrected_{number}": partial(
            inviting_cards.corrected, SAY, CORRECTED, By(PERSONS[0]), made
        )
        for number, made in enumerate(MADE, 1)
    },
    "calling_correct_clerk": said("calling_correct", meeting=SUBMITTED, head=False),
    "calling_correct_head": said("calling_correct", meeting=SUBMITTED, head=True),
    **{
        f"calling_correct_ask_{what}": said(
            "calling_correct_ask",
            meeting=SUBMITTED,
            what=what,
            now=CALLED,
            item=QN.items[0],
            files=(FILE, TABLE),
            gone=FILE,
        )
        for what in ("starts", "place", "which_item", "item", "which_file", "file")
    },
    "calling_correct_ask_which_file_none": said(
        "calling_correct_ask", meeting=SUBMITTED, what="which_file", now=CALLED, files=()
    ),
    "calling_correct_ask_file_more": said(
        "calling_correct_ask", meeting=SUBMITTED, what="file", now=CALLED, gone=None
    ),
    "calling_correct_ask_starts_hu": said(
        "calling_correct_ask", meeting=HU, what="starts", now=CALLED
    ),
    "calling_declined": lambda: inviting_cards.declined(
        SAY, SUBMITTED, By(PERSONS[0]), "Chưa đủ <nội dung>"
    ),
    "calling_called": lambda: inviting_cards.called(
        SAY, QN, By(PERSONS[0]), unreached=[], newcomers=[], dropped=[]
    ),
    "calling_called_unreached": lambda: inviting_cards.called(
        SAY,
        QN,
        By(PERSONS[1], PERSONS[0]),
        unreached=[PERSONS[3]],
        newcomers=["Lý Văn Khách"],
        dropped=["Việc đã rút"],
    ),
    "calling_reason_decline": lambda: inviting_cards.reason_asked(SAY, SUBMITTED, "mdecline"),
    "calling_reason_send_back": lambda: inviting_cards.reason_asked(SAY, SUBMITTED, "msend_back"),
    "calling_reason_cancel": lambda: inviting_cards.reason_asked(SAY, QN, "mcancel"),
    **{
        f"calling_done_{act}": partial(inviting_cards.done, SAY, QN, act)
        for act in ("decline", "send_back", "recall", "cancel", "change")
    },
}

# --- after the call --------------------------------------------------------------------------

MOVED = Difference(
    "Bí thư họp Tỉnh ủy buổi sáng",
    starts_before=moment("2026-03-04 08:00"),
    place_before="Hội trường",
)
REORDERED = Difference(
    "Việc A chưa chuẩn bị xong",
    agenda_before=QN.items[:1],
    guests=("Hồ Văn Mới",),
    uninvited=("Lý Văn Khách",),
)


def changed(of: Meeting, who: Invitee, what: Difference) -> Card:
    return inviting_cards.changed(SAY, of, By(PERSONS[0]), what, who, NOTICED)


CHANGES: Shown = {
    "meeting_changed_moved": lambda: changed(marked(QN, Mark.ATTEND, 2), MEMBER, MOVED),
    "meeting_changed_agenda": lambda: changed(QN, MEMBER, REORDERED),
    "meeting_changed_agenda_guest": lambda: changed(BK, BK_GUEST, REORDERED),
    "meeting_changed_agency": lambda: inviting_cards.changed(
        SAY, TV, By(OFFICER.name), MOVED, TV.roll[0], NOTICED
    ),
    "meeting_uninvited": lambda: inviting_cards.uninvited(SAY, QN, By(CLERK)),
    "meeting_unseated": lambda: inviting_cards.unseated(SAY, QN),
    "meeting_reseated": lambda: inviting_cards.reseated(
        SAY,
        QN,
        come=["Hoàng Văn <Giang>"],
        gone=["Đỗ Thị Dung", "Vũ Văn Em"],
        untold=["Trịnh Văn <Phúc>"],
        unreached=["Hoàng Văn <Giang>"],
    ),
    "meeting_reseated_otherwise": lambda: inviting_cards.reseated(
        SAY, QN, come=[], gone=[], untold=[], unreached=[]
    ),
    "meeting_cancelled": lambda: inviting_cards.cancelled(
        SAY, QN, By(PERSONS[1], PERSONS[0]), "Trùng lịch <họp>", MEMBER
    ),
    "meeting_cancelled_agency": lambda: inviting_cards.cancelled(
        SAY, TV, By(OFFICER.name), "Trùng lịch", TV.roll[0]
    ),
    "meeting_office_change": lambda: inviting_cards.office_word(
        SAY, QN, By(CLERK), "change", MOVED
    ),
    "meeting_office_agenda": lambda: inviting_cards.office_word(
        SAY, QN, By(CLERK), "change", REORDERED
    ),
    "meeting_office_cancel": lambda: inviting_cards.office_word(SAY, QN, By(CLERK), "cancel"),
}
PAPERS: Shown = {
    "meeting_papers_again": lambda: inviting_cards.documents(SAY, QN, KEPT, QN.items),
    "meeting_papers_more": lambda: inviting_cards.more_papers(SAY, QN, KEPT[1:], MEMBER, NOTICED),
    "meeting_papers_more_late": lambda: inviting_cards.more_papers(
        SAY, LATE, KEPT[:1], MEMBER, BEFORE
    ),
    "meeting_papers_desk": lambda: documents.table(SAY, QN, (), None, NOTICED),
    "meeting_papers_desk_item": lambda: documents.table(
        SAY, QN, [replace(KEPT[1], sent_at=None)], 2, NOTICED
    ),
    "meeting_papers_desk_without_days": lambda: documents.table(SAY, BK, (), None, NOTICED),
    "meeting_papers_sent": lambda: documents.sent_on(SAY, QN, 2),
    "meeting_papers_due": lambda: documents.reminder(SAY, QN, QN.items[1:], NOTICED),
    "meeting_papers_due_office": lambda: documents.reminder(
        SAY, replace(HU, starts_at=STARTS + timedelta(days=7)), HU.items[2:], NOTICED
    ),
    "meeting_bring": lambda: documents.asks(SAY, QN, QN.items[2]),
    "meeting_bring_thanks": lambda: documents.thanks(SAY, QN, QN.items[2], "Du toan.xlsx"),
    "meeting_brought": lambda: documents.brought(SAY, QN, QN.items[2], PERSONS[2], "Du toan.xlsx"),
}

# --- the form --------------------------------------------------------------------------------

SEATED = tuple(
    Person(
        n, 1, name, n, (SeatHeld(Role.MEMBER, "", "secretary" if n == 1 else "member", place=n),)
    )
    for n, name in enumerate(PERSONS[:5], 1)
)
KNOWN = Person(70, 1, "Lý Văn Khách", 70, (SeatHeld(Role.GUEST, "", "guest"),))
OFFICE = Person(80, 1, CLERK, 80, (SeatHeld(Role.CLERK, "", "clerk"),))
WAITING = (
    WaitingItem("", "Đề nghị của ủy viên", "proposed", id=1),
    WaitingItem("", "Kết quả xin ý kiến quý I & II", "report_back", id=2),
    WaitingItem("", "Việc hoãn lại", "adjourned", Matter.PERSONNEL, id=3),
)
UP_TO: dict[str, Any] = {
    "kind": "regular",
    "starts": STARTS.isoformat(),
    "place": "Phòng họp số 1",
    "agenda": True,
    "guests": True,
    "secret_free": True,
}
OWN = [{"key": "o1", "subject": "Dự toán & phân bổ"}, {"key": "o2", "subject": "Việc khác"}]
MORE = {"o1": {"responsible": 2, "closed": True, "matter": "important"}}
FILES = {
    "all": [{"name": "Du thao.docx", "file_id": "f", "sha256": "0", "size": 48_200}],
    "o1": [{"name": "Bang so.xlsx", "file_id": "g", "sha256": "1", "size": 900}],
}
INVITED = [
    {"name": "Lý Văn Khách", "category": "QN-M7", "person": 70},
    {"name": "Hồ Văn Mới", "category": "", "person": None},
]


def filled(
    upto: str = "", regulation: str = "quang_ngai", of: str = "dang_doan", **more: Any
) -> CallingView:
    """The form with every question before `upto` answered, and what else is given."""
    rules = load(regulations_dir() / f"{regulation}.toml")
    answers = {}
    for field, value in UP_TO.items():
        if field == upto:
            break
        answers[field] = value
    changes_ = more.pop("changes", None)
    now = more.pop("now", CALLED)
    bodies = more.pop("bodies", (body(regulation, of),))
    chosen = None if upto == "body" else body(regulation, of)
    seats = [replace(p, seats=(replace(p.seats[0], body=of),)) for p in SEATED]
    waiting = more.pop("waiting", ())
    return CallingView(
        draft=Draft(7, 1, 80, "meeting", {**answers, **more}, 0),
        files=tuple(FileRef(**each) for kept in more.get("files", {}).values() for each in kept),
        regulation=rules,
        bodies=bodies,
        body=chosen,
        waiting=waiting,
        everybody=(*seats, KNOWN, OFFICE),
        others=(),
        changes=changes_,
        calendar=CALENDAR_2026,
        person=OFFICE,
        now=now,
    )


def screen(*args: Any, **more: Any) -> Card:
    return shown(filled(*args, **more))


def shown(view: CallingView) -> Card:
    """The question that stands, or the preview."""
    form = CHANGE if view.changes else NEW
    return form.card(SAY, view, form.standing(view))


WITH_AGENDA = filled("agenda", waiting=WAITING, own=OWN, more=MORE, files=FILES, off=[1])
WHOLE_FORM = filled(waiting=WAITING, own=OWN, more=MORE, files=FILES, invited=INVITED)
LATE_FORM = filled(own=OWN, now=moment("2026-03-04 16:00"))
CHANGED = filled("", own=OWN, changes=QN, reason="Đổi lịch")


def item(key: str) -> Card:
    return parts.item(SAY, WITH_AGENDA, key)


FORMS: Shown = {
    "calling_form_body": lambda: screen(
        "body", bodies=(body("quang_ngai", "dang_doan"), body("bac_kan", "ban_thuong_vu"))
    ),
    "calling_form_kind": lambda: screen("kind"),
    "calling_form_starts": lambda: screen("starts"),
    "calling_form_starts_cap_huyen": lambda: screen("starts", "cap_huyen", "ban_chap_hanh"),
    "calling_form_place": lambda: screen("place"),
    "calling_form_agenda_empty": lambda: screen("agenda"),
    "calling_form_agenda": lambda: shown(WITH_AGENDA),
    "calling_form_agenda_typed": lambda: shown(filled("agenda", own=OWN)),
    "calling_form_guests": lambda: screen("guests", own=OWN),
    "calling_form_guests_bac_kan": lambda: screen(
        "guests", "bac_kan", "ban_chap_hanh", own=OWN, invited=INVITED[1:]
    ),
    "calling_form_secret_free": lambda: screen("secret_free", own=OWN, invited=INVITED),
    "calling_form_reason": lambda: screen("", own=OWN, changes=QN),
    "calling_month": lambda: NEW.month(SAY, filled("starts"), 2026, 3),
    "calling_hours": lambda: calling_form.hours(SAY, filled("starts"), date(2026, 3, 5)),
    "calling_item": lambda: item("o1"),
    "calling_item_waiting": lambda: item("w3"),
    "calling_pick_matter": lambda: parts.matters(SAY, WITH_AGENDA, WITH_AGENDA.agenda[0].key),
    "calling_pick_who": lambda: parts.persons(SAY, WITH_AGENDA, WITH_AGENDA.agenda[2].key, 0),
    "calling_guests_rule": lambda: parts.guests(SAY, WHOLE_FORM, "QN-M7", 0),
    "calling_guests_other": lambda: parts.guests(SAY, WHOLE_FORM, "-", 0),
    "calling_preview": lambda: shown(WHOLE_FORM),
    "calling_preview_again": lambda: shown(filled(own=OWN, remark="Ghi nhầm <quý>")),
    "calling_form_again": lambda: screen("place", remark="Ghi nhầm <quý>"),
    "calling_preview_late": lambda: shown(LATE_FORM),
    "calling_preview_change": lambda: shown(CHANGED),
    "calling_dropped": lambda: NEW.dropped(SAY, WHOLE_FORM),
    "calling_dropped_change": lambda: CHANGE.dropped(SAY, CHANGED),
}


# --- refusals --------------------------------------------------------------------------------

TOO_LATE = {"days": 1, "start": STARTS, "due": moment("2026-03-04 08:00")}
BY_RULE = (
    Refusal("meeting_past", values={"start": CALLED}),
    Refusal("meeting_clash", values={"start": STARTS, "number": 4, "place": "Phòng họp số 1"}),
    Refusal("meeting_papers_late", "8.2.3", instead="extraordinary", values=TOO_LATE),
    Refusal("meeting_papers_closed", "8.2.3", instead="later_start", values=TOO_LATE),
    Refusal("meeting_call_late", "19.3", instead="extraordinary", values=TOO_LATE),
    Refusal("meeting_many_items", values={"limit": 30}),
    Refusal("meeting_item_keeps_name", values={"subject": "Quy hoạch cán bộ 2026-2031"}),
    Refusal("meeting_items_needed"),
    Refusal("meeting_guests_needed"),
    Refusal("meeting_item_twice", values={"subject": "Quy hoạch cán bộ 2026-2031"}),
    Refusal("meeting_many_files", values={"limit": 10}),
    Refusal("meeting_responsible_gone", values={"subject": "Dự toán"}),
    Refusal("meeting_guest_on_roll", values={"name": PERSONS[1]}),
    Refusal("meeting_only_head", "4.4, 4.5"),
    *(
        Refusal(f"meeting_{kind}")
        for kind in (
            *("gone", "agenda_empty", "file_needed", "incomplete", "unchanged", "no_papers"),
            *("no_papers_yet", "submitted_already", "declined_already", "recalled_already"),
            "sent_back_already",
            *("called_already", "open_already", "closed_already", "cancelled_already"),
        )
    ),
)
REFUSALS: Shown = {
    **{f"refusal_{each.kind}": partial(card.card, SAY, each) for each in BY_RULE},
    "refusal_meeting_past_typed": lambda: card.card(
        SAY, Refusal("meeting_past", values={"start": None})
    ),
    "refusal_meeting_clash_submitted": lambda: card.card(
        SAY,
        Refusal("meeting_clash", values={"start": STARTS, "number": None, "place": "Hội trường"}),
    ),
    "refusal_meeting_papers_late_at_approval": lambda: card.card(
        SAY,
        Refusal(
            "meeting_papers_late",
            "8.2.3",
            instead="correct_start",
            button=action("mcorrect_starts", 1),
            values=TOO_LATE,
        ),
    ),
}
SHOWN: Shown = INVITATIONS | REQUESTS | CHANGES | PAPERS | FORMS | REFUSALS
TO_AGENCIES = (
    "meeting_invitation_agency",
    "meeting_invitation_session",
    "meeting_changed_agency",
    "meeting_cancelled_agency",
)
