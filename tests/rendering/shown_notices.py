"""What is shown of a notice to members: the form, a member's card, who has acknowledged."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from bot.db.drafts import Draft
from bot.db.notice import Card
from bot.notices import cards
from bot.notices.form import FORM, NoticeView, Purpose
from bot.notices.rules.notice import MemberNotice, Recipient
from bot.people.rules.people import Person, Role, SeatHeld
from bot.places import regulations_dir
from bot.regulations.loader import parse
from tests.rendering.scenes import FILES, SAY, WEDNESDAY, Shown
from tests.rules.committee import OPENED


def _regulation(name: str) -> Any:
    path = regulations_dir() / f"{name}.toml"
    return parse(path.read_text(encoding="utf-8"), path.name)


QN, TV = _regulation("quang_ngai"), _regulation("tra_vinh")
BODY = QN.body("dang_doan")
DUTY = next(duty for duty in QN.duties if duty.id == "QN-R5")
AN = Person(1, 1, "Nguyễn Văn An", 1, (SeatHeld(Role.MEMBER, "dang_doan", "secretary"),))
BINH = Person(2, 1, "Trần Thị Bình", 2, (SeatHeld(Role.MEMBER, "dang_doan", "deputy"),))
OFFICER = Person(9, 1, "Tạ Văn Uy", 9, (SeatHeld(Role.OFFICER, "", "secretary"),))
SUBJECT = "Nội dung cơ bản kỳ họp Tỉnh ủy tháng 2"
TEXT = (
    "Tỉnh ủy thông qua chương trình công tác năm.\nĐề nghị quán triệt trong lĩnh vực <phụ trách>."
)
TO = (
    Recipient(2, "Trần Thị Bình", OPENED, WEDNESDAY),
    Recipient(3, "Lê Quang Cường", OPENED),
    Recipient(4, "Phạm Thị Dung"),
    Recipient(5, "Hoàng Văn Đức"),
    Recipient(6, "Vũ Thị Giang", None, WEDNESDAY + timedelta(hours=1), on_paper=True),
)
SENT = MemberNotice(3, 1, "dang_doan", "QN-R5", SUBJECT, TEXT, 1, None, OPENED, FILES, TO)
DONE = replace(SENT, recipients=tuple(replace(one, acknowledged_at=WEDNESDAY) for one in TO))
MANY = replace(
    SENT,
    files=(),
    recipients=tuple(Recipient(n, f"Đinh Văn {n:02d}", OPENED) for n in range(1, 36)),
)
FIELDS = {"purpose": "QN-R5", "subject": SUBJECT, "text": TEXT, "secret_free": True}
PURPOSES = (Purpose("QN-R5", BODY, DUTY), Purpose("dang_doan", BODY))


def asked(field: str) -> Card:
    fields = list(FIELDS)
    known = fields[: fields.index(field)] if field in FIELDS else fields
    answers = {key: FIELDS[key] for key in known}
    view = NoticeView(
        draft=Draft(5, 1, 1, "notice", answers, 0),
        person=AN,
        acting_for=None,
        regulation=QN,
        purposes=PURPOSES,
        files=FILES if field in ("text", "preview") else (),
        recipients=(BINH,) * 4,
        now=OPENED,
    )
    return FORM.card(SAY, view, field)


def to_member(place: int, sent: MemberNotice = SENT) -> Card:
    return cards.notice(SAY, sent, QN, AN, TO[place])


def to_agency() -> Card:
    sent = replace(SENT, body="doan_the", duty="", files=())
    return cards.notice(SAY, sent, TV, OFFICER, Recipient(7, "Tỉnh đoàn", OPENED))


def board(sent: MemberNotice, page: int = 0) -> Card:
    return cards.board(SAY, sent, QN, AN, frozenset({5}), page)


SHOWN: Shown = {
    **{f"notice_form_{field}": partial(asked, field) for field in (*FIELDS, "preview")},
    "notice_dropped": lambda: cards.dropped(SAY),
    "notice_new": lambda: to_member(1),
    "notice_acknowledged": lambda: to_member(0),
    "notice_on_paper": lambda: to_member(4),
    "notice_to_agency": to_agency,
    "notice_files": lambda: cards.files(SAY, SENT),
    "notice_reminder": lambda: cards.reminder(SAY, SENT),
    "notice_board": lambda: board(SENT),
    "notice_board_done": lambda: board(DONE),
    "notice_board_second_page": lambda: board(MANY, 1),
    "notice_paper": lambda: cards.pick(SAY, SENT),
    "notice_list_office": lambda: cards.listed(SAY, 1, [SENT, DONE], 0, office=True, may_send=True),
    "notice_list_member": lambda: cards.listed(SAY, 1, [SENT], 0, office=False, may_send=False),
    "notice_list_empty": lambda: cards.listed(SAY, 1, [], 0, office=True, may_send=False),
}
