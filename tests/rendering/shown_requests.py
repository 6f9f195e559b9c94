"""What clerk and head are shown of a request that is sent back or corrected, and of a paper added to what runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.consultations import cards, dashboard_card, opinion_card, request_cards
from bot.consultations.rules.consultation import Act, ActKind
from bot.consultations.rules.dossier import Added, Dossier
from bot.consultations.rules.rights import Rights
from bot.db.notice import Card
from bot.kit.access import By
from bot.values.corrections import Correction
from bot.values.files import FileRef
from tests.rendering.scenes import CLERK, SAY, WEDNESDAY, Shown, dossier, member, said
from tests.rendering.shown_office import HD, QN, RUNNING, WAITING
from tests.rules.committee import DEADLINE, OPENED, Committee

HEAD = member(QN, 1).name
REMARK = "Ghi nhầm quý; đề nghị kèm <phụ lục> & dự toán."
SENT_BACK = Act(ActKind.SEND_BACK, OPENED, by=1, reason=REMARK)
AGAIN = Act(ActKind.SUBMIT_AGAIN, OPENED + timedelta(minutes=20), by=80)
LATER = (DEADLINE + timedelta(days=1)).isoformat()
MADE = tuple(
    Correction(what, before, after, OPENED, CLERK)
    for what, before, after in (
        ("subject", "Chương trình công tác quý I", "Chương trình công tác quý II"),
        ("deadline", DEADLINE.isoformat(), LATER),
        ("deadline", "", LATER),
        ("file", "du-thao.docx", "du-thao-2.docx"),
        ("file", "", "phu-luc.xlsx"),
        ("file", "bia.pdf", ""),
        ("text", "Nội dung trước", "Nội dung sau"),
        ("matter", "general", "coordination"),
        ("ground", "urgent_no_meeting", "superior_direction"),
        ("silence_confirmed", "no", "yes"),
        ("submission_date", "2026-03-20", "2026-03-25"),
        ("special_reason", "", "Theo chỉ đạo của cấp trên"),
    )
)
MATTERS = Correction("content_matters", "general coordination", "general personnel", OPENED, CLERK)
BACK = replace(WAITING, remarks=(SENT_BACK,))
PAPER = FileRef("phu-luc-2.xlsx", "", "2" * 64, 34_816)


def request(**changes: Any) -> Card:
    papers = replace(WAITING, **changes)
    return request_cards.asks_approval(SAY, papers, CLERK, WEDNESDAY, DEADLINE)


def with_paper(of: Committee) -> Dossier:
    papers = dossier(of)
    return replace(papers, files=(*papers.files, PAPER), added=(Added(PAPER, WEDNESDAY, 80),))


def added(
    of: Committee, *, answered: bool = False, office: bool = False, more: bool = False
) -> Card:
    return cards.file_added(
        SAY,
        with_paper(of),
        by=By(CLERK),
        due=None if office else DEADLINE,
        now=WEDNESDAY,
        answered=answered,
        may_extend=office,
        more_time=more,
    )


SHOWN: Shown = {
    "approval_corrected": lambda: request(corrections=MADE[:2]),
    "approval_corrected_contents": lambda: request(corrections=(MATTERS,)),
    "approval_corrected_by_the_stand_in": lambda: request(
        corrections=(replace(MADE[0], by="Trần Thị Bình", acting_for=HEAD),)
    ),
    "approval_corrected_often": lambda: request(corrections=MADE),
    "approval_sent_back": lambda: request(remarks=(SENT_BACK,)),
    "approval_again": lambda: request(remarks=(SENT_BACK, AGAIN), corrections=MADE[:1]),
    "approval_again_unchanged": lambda: request(remarks=(SENT_BACK, AGAIN)),
    "dashboard_sent_back": lambda: dashboard_card.card(
        SAY, BACK, WEDNESDAY, rights=Rights(80, clerk=True)
    ),
    "dashboard_sent_back_head": lambda: dashboard_card.card(SAY, BACK, WEDNESDAY),
    "sent_back": lambda: request_cards.sent_back(SAY, BACK, By(HEAD), REMARK),
    "sent_back_by_the_stand_in": lambda: request_cards.sent_back(
        SAY, BACK, By("Trần Thị Bình", HEAD, "5.3"), REMARK
    ),
    "corrected": lambda: request_cards.corrected(
        SAY, replace(WAITING, corrections=MADE[:2]), By(HEAD)
    ),
    "correct_clerk": said("correct", dossier=WAITING, head=False),
    "correct_head": said("correct", dossier=WAITING, head=True),
    **{
        f"correct_ask_{what}": said("correct_ask", dossier=WAITING, what=what, now=WEDNESDAY)
        for what in ("subject", "deadline", "which_file")
    },
    "correct_ask_file_more": said(
        "correct_ask", dossier=WAITING, what="file", gone=None, now=WEDNESDAY
    ),
    "correct_ask_own_days": said(
        "correct_ask", dossier=replace(WAITING, deadline=None), what="deadline", now=WEDNESDAY
    ),
    "correct_ask_no_file_yet": said(
        "correct_ask", dossier=replace(WAITING, files=()), what="which_file", now=WEDNESDAY
    ),
    "correct_ask_file_replaced": said(
        "correct_ask", dossier=WAITING, what="file", gone=PAPER, now=WEDNESDAY
    ),
    "ask_reason_send_back": said("ask_reason", dossier=WAITING, act="send_back"),
    "act_confirmed_send_back": said("act_confirmed", dossier=BACK, act="send_back"),
    "act_confirmed_add_file": said("act_confirmed", dossier=dossier(RUNNING), act="add_file"),
    "add_file": said("add_file", dossier=dossier(RUNNING), confirmed=False),
    "add_file_agencies": said("add_file", dossier=dossier(HD), confirmed=False),
    "add_file_confirmed": said("add_file", dossier=dossier(RUNNING), confirmed=True),
    "file_added_waits": lambda: added(RUNNING),
    "file_added_answered": lambda: added(RUNNING, answered=True),
    "file_added_agency": lambda: added(HD, more=True),
    "file_added_head": lambda: added(RUNNING, office=True),
    "opinion_form_with_a_paper_added": lambda: opinion_card.card(
        SAY, with_paper(RUNNING), member(QN, 6), WEDNESDAY
    ),
    "files_with_a_paper_added": said("files", dossier=with_paper(RUNNING)),
}
