"""What a member is shown before the close: forms, reminders, the text, questions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from bot.consultations import opinion_card
from bot.consultations.rules.consultation import ActKind, Choice, Reply
from bot.db.notice import Card
from bot.regulations.rules.regulation import Ground, Matter, Strength
from bot.values.refusal import Refusal
from tests.rendering import shown_results
from tests.rendering.scenes import (
    AFTER,
    SAY,
    WEDNESDAY,
    Shown,
    answers,
    asked,
    dossier,
    everyone,
    member,
    reading,
    said,
    whole_roll,
)
from tests.rendering.shown_refusals import told
from tests.rules.committee import DEADLINE, Committee, moment

WORDS = "Cần nêu rõ nguồn kinh phí.\nNếu a < b & b < c thì tính lại mục 2."
LONG_WORDS = "Đề nghị xem lại phần này, mục này, ý này. " * 250
LONG_TEXT = "Một là, rà soát toàn bộ nhiệm vụ được giao trong quý.\n" * 60
A_LATER_DAY = moment("2026-03-09 09:00")


def form(
    of: Committee,
    person: int = 2,
    *,
    now: datetime = WEDNESDAY,
    changing: bool = False,
    **papers: Any,
) -> Card:
    """One member's form."""
    return opinion_card.card(SAY, dossier(of, **papers), member(of, person), now, changing=changing)


def reminder(of: Committee, *, now: datetime = WEDNESDAY) -> Card:
    """The reminder to one who has not answered."""
    return opinion_card.reminder(SAY, dossier(of), member(of, 2), now)


def remind_me(of: Committee, **arranged: Any) -> Card:
    """What is arranged by «Nhắc tôi sau», or asked for it."""
    view = {"at": None, **arranged}
    return Card(opinion_card.remind_me(SAY, dossier(of), member(of, 2), WEDNESDAY, **view))


def words_reminder(of: Committee) -> Card:
    """The reminder to one who has answered without words."""
    return opinion_card.words_reminder(SAY, dossier(of), member(of, 2), WEDNESDAY)


QN = whole_roll(asked("quang_ngai"))
BK = whole_roll(asked("bac_kan"))
HU = whole_roll(asked("cap_huyen"))
HD = whole_roll(asked("hai_duong"))
TV = whole_roll(asked("tra_vinh"))
STANDING = whole_roll(asked("cap_huyen", "thuong_truc", size=3, ground=Ground.CANNOT_MEET))
APPRAISERS = whole_roll(
    asked("tra_vinh", "ban_dan_van", size=1, ground=Ground.APPRAISAL, matter=Matter.APPRAISAL)
)
PERSONNEL = whole_roll(asked("hai_duong", matter=Matter.PERSONNEL))
CONFIRMED = whole_roll(asked("hai_duong", matter=Matter.PERSONNEL, silence_confirmed=True))
DIRECTED = whole_roll(asked("quang_ngai", ground=Ground.SUPERIOR_DIRECTION))
DELIVERED = asked("quang_ngai").received(
    *everyone(asked("quang_ngai")), strength=Strength.DELIVERED
)
ABSENT = answers(asked("quang_ngai").received(*range(1, 6)), Choice.APPROVE, 1, 3)
BROUGHT_BACK = QN.brought_back(moment("2026-03-05 08:00"), moment("2026-03-05 10:00"))
DARK = QN.down(moment("2026-03-05 08:00"), moment("2026-03-06 10:00"))
PARTLY = asked("hai_duong").received(2).received(1, 3, 4, 5, at=A_LATER_DAY)

STATED = reading("hai_duong", recipient_due="stated").received(2)

QN_APPROVED = answers(QN, Choice.APPROVE, 2)
QN_REJECTED = answers(QN, Choice.REJECT, 2, words=WORDS)
BK_REJECTED = answers(BK, Choice.REJECT, 2, words=WORDS)

UNDATABLE = shown_results.UNDATABLE
LATER = shown_results.LATER
COUNTED = UNDATABLE.decides(ActKind.COUNT_UNDATABLE, LATER).ended(ActKind.CLOSE, LATER)
LEFT_OUT = UNDATABLE.decides(ActKind.LEAVE_OUT_UNDATABLE, LATER).ended(ActKind.CLOSE, LATER)

UNANSWERED: Shown = {
    "form_quang_ngai": lambda: form(DELIVERED),
    "form_quang_ngai_directed": lambda: form(DIRECTED),
    "form_bac_kan": lambda: form(BK),
    "form_bac_kan_secret_slips": lambda: form(shown_results.with_secret_slips(shown_results.SLIPS)),
    "form_cap_huyen": lambda: form(HU),
    "form_cap_huyen_thuong_truc": lambda: form(STANDING),
    "form_hai_duong": lambda: form(HD),
    "form_hai_duong_not_received": lambda: form(asked("hai_duong")),
    "form_hai_duong_more_time": lambda: form(HD.asks_time(2, moment("2026-03-20 17:00"))),
    "form_hai_duong_personnel": lambda: form(PERSONNEL),
    "form_hai_duong_personnel_confirmed": lambda: form(CONFIRMED),
    "form_hai_duong_own_due_passed": lambda: form(PARTLY, now=AFTER),
    "form_tra_vinh": lambda: form(TV),
    "form_tra_vinh_appraisal": lambda: form(APPRAISERS, 1, submission_date=date(2026, 3, 20)),
    "form_tra_vinh_appraisal_special": lambda: form(
        APPRAISERS,
        1,
        submission_date=date(2026, 3, 9),
        special_reason="Cấp trên yêu cầu trình sớm <gấp>.",
    ),
    "form_long_text": lambda: form(QN, text=LONG_TEXT),
    "form_files_only": lambda: form(QN, text=""),
    "form_text_only": lambda: form(QN, files=()),
    "form_held_not_received": lambda: form(ABSENT, now=AFTER),
    "form_held_outage": lambda: form(DARK, now=AFTER),
    "form_held_brought_back": lambda: form(BROUGHT_BACK, now=AFTER),
}
ANSWERED: Shown = {
    "form_answered": lambda: form(QN_APPROVED),
    "form_answered_with_words": lambda: form(QN_REJECTED),
    "form_answered_long": lambda: form(answers(QN, Choice.DIFFER, 2, words=LONG_WORDS)),
    "form_answered_on_paper": lambda: form(answers(QN, Choice.APPROVE, 2, on_paper=True)),
    "form_answered_agency": lambda: form(answers(HD, Choice.APPROVE_WITH_COMMENTS, 2, words=WORDS)),
    "form_answered_may_reserve": lambda: form(BK_REJECTED),
    "form_answered_reserved": lambda: form(
        answers(BK, Choice.REJECT, 2, words=WORDS, reserved=True)
    ),
    "form_answered_own_due_passed": lambda: form(answers(PARTLY, Choice.APPROVE, 2), now=AFTER),
    "form_answered_without_words": lambda: form(answers(QN, Choice.REJECT, 2)),
    "form_answered_without_comments": lambda: form(answers(HD, Choice.APPROVE_WITH_COMMENTS, 2)),
    "form_undatable_held": lambda: form(UNDATABLE, 3, now=AFTER),
    "form_undatable_counted": lambda: form(COUNTED, 3, now=LATER),
    "form_undatable_left_out": lambda: form(LEFT_OUT, 3, now=LATER),
    "form_changing": lambda: form(QN_REJECTED, changing=True),
}
ENDED: Shown = {
    "form_closed_answered": lambda: form(QN_APPROVED, now=AFTER),
    "form_closed_unanswered": lambda: form(QN, now=AFTER),
    "form_closed_may_reserve": lambda: form(BK_REJECTED, now=AFTER),
    "form_closed_reserved": lambda: form(
        answers(BK, Choice.REJECT, 2, words=WORDS, reserved=True), now=AFTER
    ),
    "form_reserved_to_members": lambda: form(
        answers(
            whole_roll(reading("bac_kan", reserved_words="members")),
            Choice.REJECT,
            2,
            words=WORDS,
            reserved=True,
        )
    ),
    "form_closed_late": lambda: form(QN, now=AFTER, late=(Reply(2, Choice.REJECT, AFTER, WORDS),)),
    "form_closed_late_words": lambda: form(
        answers(QN, Choice.REJECT, 2),
        now=AFTER,
        late=(Reply(2, Choice.REJECT, AFTER, WORDS),),
    ),
    "form_closed_agency": lambda: form(HD, now=AFTER),
    "form_withdrawn": lambda: form(QN.ended(ActKind.WITHDRAW, WEDNESDAY)),
    "form_received_late": lambda: form(
        asked("quang_ngai").received(2, at=moment("2026-03-11 16:30")), now=A_LATER_DAY
    ),
    "form_stated_deadline_alone": lambda: form(STATED),
    "form_struck": lambda: form(QN.struck(2)),
    "form_struck_after_answering": lambda: form(QN_REJECTED.struck(2)),
    "form_struck_agency": lambda: form(HD.struck(2)),
}
REMINDERS: Shown = {
    "reminder_quang_ngai": lambda: reminder(QN),
    "reminder_bac_kan": lambda: reminder(BK),
    "reminder_cap_huyen": lambda: reminder(HU),
    "reminder_hai_duong": lambda: reminder(HD),
    "reminder_tra_vinh": lambda: reminder(TV),
    "reminder_last_hours": lambda: reminder(QN, now=DEADLINE - timedelta(hours=3)),
    "reminder_due_passed": lambda: reminder(PARTLY, now=AFTER),
}
TOMORROW = moment("2026-03-05 08:00")
QUESTIONS: Shown = {
    "remind_me": lambda: remind_me(QN, asks=True),
    "remind_me_agency": lambda: remind_me(HD, asks=True),
    "remind_me_chosen_anew": lambda: remind_me(BK, at=TOMORROW, asks=True),
    "remind_me_chosen": lambda: remind_me(TV, at=TOMORROW),
    "remind_me_moved": lambda: remind_me(
        HU, at=moment("2026-03-05 07:00"), typed=moment("2026-03-04 22:30")
    ),
    "refusal_remind_answered": lambda: told(Refusal("remind_answered")),
    "refusal_remind_no_time": lambda: told(Refusal("remind_no_time", values={"due": DEADLINE})),
    "refusal_remind_too_late": lambda: told(
        Refusal("remind_too_late", values={"due": DEADLINE, "quiet": False})
    ),
    "refusal_remind_too_late_quiet": lambda: told(
        Refusal("remind_too_late", values={"due": DEADLINE, "quiet": True})
    ),
    "words_reminder_reject": lambda: words_reminder(answers(QN, Choice.REJECT, 2)),
    "words_reminder_agency": lambda: words_reminder(answers(HD, Choice.APPROVE_WITH_COMMENTS, 2)),
    "whole_text": lambda: opinion_card.whole_text(SAY, dossier(QN)),
    "files": said("files", dossier=dossier(QN)),
    "ask_words_approve_with_comments": said(
        "ask_words", dossier=dossier(QN), choice="approve_with_comments", of_agencies=False
    ),
    "ask_words_reject": said("ask_words", dossier=dossier(QN), choice="reject", of_agencies=False),
    "ask_words_differ": said("ask_words", dossier=dossier(HD), choice="differ", of_agencies=True),
    "ask_time": said("ask_time", dossier=dossier(HD), more_time=HD.consultation.rules.more_time),
}
SHOWN: Shown = UNANSWERED | ANSWERED | ENDED | REMINDERS | QUESTIONS
BEFORE_THE_CLOSE = (*UNANSWERED, *ANSWERED, *REMINDERS, *QUESTIONS, "form_withdrawn", "form_struck")
