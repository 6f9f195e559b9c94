"""What is shown of the end of a committee: asked, confirmed, done, what stands open, the refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from bot.committees import from_a_day
from bot.committees.closing import cards
from bot.committees.rules.closing import Known, refuse_successor
from bot.db.approvals import Request, State
from bot.db.closures import Closure
from bot.db.notice import Card
from bot.db.people import Committee
from bot.kit import closed
from bot.kit.ending import Standing
from bot.kit.seconding_cards import Asked
from bot.values.refusal import Refusal
from tests.rendering.scenes import SAY, Shown
from tests.rendering.shown_refusals import told
from tests.rules.committee import moment

NOW, SINCE = moment("2026-06-01 08:30"), date(2026, 7, 1)
COMMITTEE = Committee(1, "Đảng đoàn <Hội> & Liên hiệp", "")
SUCCESSOR = "Đảng ủy <Mặt trận>"
OPEN = (
    Standing("matter", "Chương trình công tác <quý II>"),
    Standing("matter_asked", "Kế hoạch tuyên truyền"),
    Standing("meeting", SAY.moment(NOW)),
    Standing("meeting_sits", SAY.moment(NOW)),
    Standing("item", "Quy hoạch cán bộ"),
    *(Standing("debt", f"Nhiệm vụ {each}") for each in range(1, 6)),
    Standing("report_overdue", "Báo cáo quý II · Nguyễn Văn An"),
    Standing("request", "Thêm Lê Văn Cường"),
)
KNOWN = (Known(1, COMMITTEE.name, False), Known(2, "Đảng ủy xã A", True))


def closure(successor: str = "") -> Closure:
    return Closure(1, SINCE, NOW, "15-QĐ/TU", date(2026, 5, 20), 7, None, successor)


def wish(*open_: Standing, successor: str = "") -> Asked:
    return cards.wish(SAY, SINCE, successor, open_, 1)


def request(state: State = State.CONFIRMED) -> Request:
    content: dict[str, Any] = {}
    return Request(7, 1, "close", "", content, 3, NOW, "15-QĐ/TU", date(2026, 5, 20), state=state)


def confirmed(asked: Asked, *names: str) -> Card:
    return from_a_day.confirmed(
        SAY, "close", COMMITTEE.name, replace(asked, more=None), request(), names
    )


def ended(*open_: Standing, successor: str = "", office: bool = False) -> Card:
    return cards.closed(SAY, COMMITTEE.name, closure(successor), open_, office=office)


def waiting(state: State) -> Refusal:
    return Refusal("close_waiting", values={"day": SINCE, "state": state.value})


SHOWN: Shown = {
    "close_day": lambda: cards.asks_day(SAY, COMMITTEE, OPEN, (date(2026, 6, 1), SINCE)),
    "close_day_nothing_open": lambda: cards.asks_day(SAY, COMMITTEE, (), (date(2026, 6, 1), SINCE)),
    "close_successor": lambda: cards.asks_successor(SAY, COMMITTEE.name, ("1", "2026-07-01")),
    "close_decision": lambda: cards.asks_decision(SAY, COMMITTEE.name),
    "close_confirmed": lambda: confirmed(wish(*OPEN, successor=SUCCESSOR), "Nguyễn Văn <An>"),
    "close_confirmed_by_machine": lambda: confirmed(wish()),
    "close_done": lambda: ended(*OPEN, successor=SUCCESSOR),
    "close_done_successor_gone": lambda: cards.closed(
        SAY, COMMITTEE.name, closure(SUCCESSOR), (), gone=True
    ),
    "close_done_office": lambda: ended(office=True),
    "close_open": lambda: cards.all_open(SAY, COMMITTEE, OPEN, 0),
    "close_open_nothing": lambda: cards.all_open(SAY, COMMITTEE, (), 0),
    "close_open_second_page": lambda: cards.all_open(SAY, COMMITTEE, OPEN * 2, 1),
    "refusal_close_itself": lambda: told(refuse_successor(COMMITTEE.name.upper(), 1, KNOWN)),
    "refusal_close_successor_closed": lambda: told(refuse_successor("Đảng ủy xã A", 1, KNOWN)),
    "refusal_close_waiting": lambda: told(waiting(State.ASKED)),
    "refusal_close_waiting_confirmed": lambda: told(waiting(State.CONFIRMED)),
    "refusal_committee_closed": lambda: told(
        Refusal("committee_closed", values=closed.words(COMMITTEE.name, closure()))
    ),
    "refusal_committee_closed_successor": lambda: told(
        Refusal("committee_closed", values=closed.words(COMMITTEE.name, closure(SUCCESSOR)))
    ),
}
