"""What is shown of a committee's work that another goes on with: offered, proposed, decided, the refusals."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.committees.closing import takeover_cards as cards
from bot.committees.rules.takeover import Left, Offer, Stands
from bot.db.approvals import Request, State
from bot.db.notice import Card
from bot.db.people import Committee
from bot.people.face import Office
from bot.people.rules.people import Person, Role, SeatHeld
from bot.values.refusal import Refusal
from tests.rendering.scenes import CLERK, SAY, Shown
from tests.rendering.shown_closing import NOW, closure
from tests.rendering.shown_issuing import REGULATION
from tests.rendering.shown_refusals import told

NAME, SUCCESSOR = "Đảng đoàn <Hội> & Liên hiệp", Committee(2, "Đảng ủy <Mặt trận>", "")
CLERK_SEAT = SeatHeld(Role.CLERK, "", "clerk")
OFFICE = Office(Person(3, 2, CLERK, 3, (CLERK_SEAT,)), SUCCESSOR, REGULATION, ())
DUE = date(2026, 6, 30)
PERSON = Offer(1, Left.PERSON, 5, "Nguyễn Văn An")
ITEM = Offer(1, Left.ITEM, 6, "Quy hoạch <cán bộ>")
DEBT = Offer(1, Left.DEBT, 7, "Hoàn thiện dự thảo", DUE)
REPORT = Offer(1, Left.REPORT, 8, "Báo cáo quý II · Trần Thị Bình", DUE)
LEFT = (
    (PERSON, Stands.OPEN),
    (ITEM, Stands.TAKEN),
    (DEBT, Stands.ASKED),
    (REPORT, Stands.KEPT),
)
MANY = tuple((Offer(1, Left.ITEM, each, f"Việc {each}"), Stands.OPEN) for each in range(1, 13))


def request(offer: Offer, *, take: bool, reason: str = "") -> Request:
    content: dict[str, Any] = {
        "from": offer.of,
        "what": offer.kind.value,
        "id": offer.id,
        "title": offer.title,
        "due": offer.due.isoformat() if offer.due else "",
        "take": take,
        "reason": reason,
    }
    return Request(7, 2, "take_over", "", content, 3, NOW, "", None, state=State.CONFIRMED)


def one(offer: Offer, stands: Stands = Stands.OPEN) -> Card:
    return cards.one(SAY, OFFICE, NAME, offer, stands)


def listed(*left: tuple[Offer, Stands], page: int = 0) -> Card:
    return cards.listed(SAY, OFFICE, {1: NAME}, left, page)


def decided(offer: Offer, *, take: bool, reason: str = "") -> Card:
    return cards.decided(SAY, SUCCESSOR.name, request(offer, take=take, reason=reason), NAME)


SHOWN: Shown = {
    "takeover_offered": lambda: cards.announced(SAY, SUCCESSOR, NAME, closure(SUCCESSOR.name), 4),
    "takeover_offered_nothing": lambda: cards.announced(
        SAY, SUCCESSOR, NAME, closure(SUCCESSOR.name), 0
    ),
    "takeover": lambda: listed(*LEFT),
    "takeover_second_page": lambda: listed(*MANY, page=1),
    "takeover_nothing": listed,
    "takeover_from_nobody": lambda: cards.listed(SAY, OFFICE, {}, (), 0),
    "takeover_person": lambda: one(PERSON),
    "takeover_item": lambda: one(ITEM),
    "takeover_debt": lambda: one(DEBT),
    "takeover_report_kept": lambda: one(REPORT, Stands.KEPT),
    "takeover_leave": lambda: cards.asks_why(SAY, OFFICE, NAME, DEBT),
    "takeover_taken": lambda: decided(ITEM, take=True),
    "takeover_kept": lambda: decided(REPORT, take=False, reason="Đã nộp <bản giấy>"),
    "refusal_takeover_asked": lambda: told(
        Refusal("takeover_decided", values={"stands": Stands.ASKED.value})
    ),
    "refusal_takeover_decided": lambda: told(
        Refusal("takeover_decided", values={"stands": Stands.TAKEN.value})
    ),
    "refusal_takeover_no_owner": lambda: told(Refusal("takeover_no_owner")),
}
