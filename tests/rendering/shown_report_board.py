"""What is shown of the board of reports, of reports asked for by hand, and of the figures of a period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from bot.db.drafts import Draft
from bot.db.notice import Card
from bot.issuing.rules.letterhead import Paper
from bot.papers import period_figures
from bot.people.rules.acting import Staff
from bot.reports import ad_hoc, board, screens
from bot.reports.access import Access
from bot.reports.ad_hoc_form import AdHocView, card, dropped
from bot.reports.board import Board
from bot.reports.figures import figures
from bot.reports.figures.consulted import Asked, Consulted
from bot.reports.figures.figures import Figures, OfBody
from bot.reports.figures.store import Met, Voted
from bot.reports.rules.report import Report, cells
from bot.reports.rules.rights import Rights
from bot.reports.store import AdHoc
from bot.values.refusal import Refusal
from tests.rendering.scenes import SAY, WEDNESDAY, Shown
from tests.rendering.shown_refusals import told
from tests.rendering.shown_reports import (
    BK,
    BOOK,
    CALENDAR,
    EVERYBODY,
    EXCUSED,
    HALF,
    HEAD,
    LATE,
    MEMBER,
    MONTH,
    OF_BODY,
    OTHERS,
    QUARTER,
    SENT,
    THE_CLERK,
    UNIT,
    after,
    morning,
)
from tests.rules.committee import moment

NOW = moment("2026-07-03 09:00")
PLAIN = "Chi bộ Sở Nội vụ"
"""On a button a name stands as it is; what is escaped in a text is shown elsewhere."""
PLAIN_BOOK = replace(
    BOOK, staff=Staff(tuple(replace(p, name=PLAIN) if p is UNIT else p for p in EVERYBODY))
)
KEPT = (
    after(replace(MONTH, debtor_name=PLAIN), SENT),
    after(OTHERS, LATE),
    replace(QUARTER, debtor_name=PLAIN),
    after(replace(HALF, debtor_name=PLAIN), EXCUSED),
    OF_BODY,
)
HAND = AdHoc(
    committee=1,
    duty="DX-1",
    name="Tình hình khắc phục mưa lũ",
    words="Nêu rõ thiệt hại & <kiến nghị>.",
    to_whom="Văn phòng Đảng ủy",
    article="",
    due_on=date(2026, 7, 10),
    due_at=moment("2026-07-10 10:00"),
    asked_by=3,
    asked_at=NOW,
    id=1,
)
BY_RULE = replace(HAND, duty="BK-R1", name=OF_BODY.what, article="12.1", words="", due_at=None)
ASKED = replace(
    MONTH,
    id=9,
    debtor_name=PLAIN,
    duty="DX-1",
    period="2026-07-10",
    what=HAND.name,
    article="",
    due_on=date(2026, 7, 10),
    due_at=HAND.due_at,
    hand_id=1,
)


def of(*reports: Report, years: int = 2026) -> Board:
    return Board(THE_CLERK, BOOK, tuple(cells(reports, CALENDAR, NOW)), years)


def many() -> Board:
    numbered = [
        replace(OTHERS, id=100 + n, debtor=f"person:{100 + n}", debtor_name=f"Chi bộ {n:02d}")
        for n in range(1, 33)
    ]
    return of(*numbered)


ANSWERS = {
    "source": "own",
    "what": HAND.name,
    "debtors": ["p.4", "m.ban_chap_hanh"],
    "ticked": True,
    "to": HAND.to_whom,
    "due": "2026-07-10T10:00:00+07:00",
    "words": HAND.words,
}


def form(field: str, *, source: str = "own") -> Card:
    return card(SAY, _view(field, source), field)


def _view(field: str, source: str = "own") -> AdHocView:
    order = list(ANSWERS)
    known = order[: order.index(field)] if field in order else order
    fields: dict[str, Any] = {key: ANSWERS[key] for key in known}
    if source != "own":
        fields |= {"source": source, "debtors": ["b.ban_chap_hanh"]}
        fields.pop("what", None)
    duties = tuple(duty for duty in BK.duties if duty.id == "BK-R1")
    return AdHocView(
        draft=Draft(5, 1, 3, "hand_duty", fields, 0),
        person=THE_CLERK,
        files=(),
        now=NOW,
        book=PLAIN_BOOK,
        duties=duties,
    )


def numbers(*, ended: bool = True, **more: Any) -> Card:
    return figures.figures_card(SAY, counted(ended=ended, **more))


def counted(*, ended: bool = True, **more: Any) -> Figures:
    usual: dict[str, Any] = {
        "consulted": Consulted(
            [3, 5, 6, 7],
            {"adopted": [Asked(3), Asked(5), Asked(7, (1, 3))], "not_adopted": [Asked(7, (2,))]},
            [Asked(6)],
        ),
        "met": (
            Met(11, 1, moment("2026-06-05 08:00"), "regular", 3, 2),
            Met(12, 2, moment("2026-06-19 08:00"), "extraordinary", 3, None),
        ),
        "voted": Voted({"adopted": 2}, 1),
        "concluded": {"adopted": 2, "to_superior": 1, "adjourned": 1},
        "noticed": 1,
    }
    body = OfBody(BK.body("ban_chap_hanh"), 3, **(usual | more))
    return Figures(
        report=OF_BODY,
        first=date(2026, 6, 1),
        last=date(2026, 6, 30),
        until=NOW if ended else moment("2026-06-29 10:00"),
        ended=ended,
        bodies=(body,),
        received={"on_time": 12, "late": 2} if ended else {},
    )


def seen_by_the_office() -> Card:
    who = Rights(THE_CLERK.id, owes=True, clerk=True)
    return screens.one(SAY, Access(THE_CLERK, OF_BODY, who, BOOK), moment("2026-06-23 08:00"))


SHOWN: Shown = {
    "report_reminder_ad_hoc": lambda: morning(UNIT, [ASKED], [], NOW),
    "report_board_year": lambda: board.by_duty(SAY, of(*KEPT), 2026, 0),
    "report_board_empty": lambda: board.by_duty(SAY, of(), 2026, 0),
    "report_board_debtors": lambda: board.by_debtor(SAY, of(*KEPT), 2026, 0),
    "report_board_duty": lambda: board.by_period(SAY, of(*KEPT), MONTH, 0),
    "report_board_period": lambda: board.of_period(SAY, of(*KEPT), MONTH, 0),
    "report_board_period_second_page": lambda: board.of_period(SAY, many(), OTHERS, 1),
    "report_board_debtor": lambda: board.of_debtor(SAY, of(*KEPT), MONTH, 0),
    "report_board_by_hand": lambda: board.of_period(SAY, of(ASKED), ASKED, 0),
    "report_files_sheet": lambda: board.files_card(SAY, "Đảng bộ các cơ quan", "sheet", 1),
    "report_files_archive": lambda: board.files_card(SAY, "", "Báo cáo công tác, quý II/2026", 1),
    "report_files_parts": lambda: board.files_card(SAY, "", "Báo cáo công tác, quý II/2026", 3),
    "report_figures": numbers,
    "report_figures_so_far": lambda: numbers(
        ended=False,
        consulted=Consulted([6, 7], {"adopted": [Asked(5)]}, [Asked(6), Asked(7, (1, 3))]),
        met=(),
        voted=Voted(),
        concluded={},
        noticed=0,
    ),
    "figures_files": lambda: period_figures.listed(SAY, OF_BODY, {Paper.FIGURES: None}),
    "figures_file": lambda: period_figures.made_card(SAY, OF_BODY),
    "report_one_with_figures": seen_by_the_office,
    **{f"hand_form_{field}": partial(form, field) for field in ANSWERS if field != "debtors"},
    "hand_form_preview": partial(form, "preview"),
    "hand_form_of_a_duty": partial(form, "due", source="BK-R1"),
    "hand_dropped": lambda: dropped(SAY, _view("source")),
    "hand_asked": lambda: ad_hoc.done(SAY, HAND, [ASKED]),
    "hand_asked_by_rule": lambda: ad_hoc.done(SAY, BY_RULE, [OF_BODY]),
    "hand_told_unit": lambda: ad_hoc.told(SAY, HAND, UNIT, [ASKED], CALENDAR, NOW),
    "hand_told_head": lambda: ad_hoc.told(SAY, BY_RULE, HEAD, [OF_BODY], CALENDAR, NOW),
    "hand_withdrawal": lambda: ad_hoc.asks_withdrawal(SAY, 9, HAND, [ASKED, after(ASKED, SENT)]),
    "hand_back": lambda: ad_hoc.withdrawn(SAY, HAND, MEMBER),
    "hand_back_unit": lambda: ad_hoc.withdrawn(SAY, BY_RULE, UNIT),
}
REFUSALS: Shown = {
    f"refusal_{each.kind}": partial(told, each)
    for each in (
        Refusal("board_empty"),
        Refusal("board_nothing_delivered", "12.2"),
        Refusal("hand_nobody"),
        Refusal("hand_by_rule", "12.1"),
        Refusal("hand_withdrawn", values={"at": WEDNESDAY}),
    )
}
