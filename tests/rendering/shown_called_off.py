"""What is shown of what is called off before its day: what is coming, the decision asked for, asked, done, refused."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.committees.calling_off import cards
from bot.db.approvals import Request, State
from bot.db.notice import Card
from bot.kit import seconding_cards
from bot.kit.seconding_cards import Asked, Moments, Seen
from bot.people.rules.seconding import Rank, Seconds
from bot.values.action import action
from bot.values.refusal import Refusal
from tests.rendering.scenes import SAY, Shown
from tests.rendering.shown_closing import COMMITTEE, NOW, SINCE, request, wish
from tests.rendering.shown_refusals import told

OF = wish(successor="Đảng ủy <Mặt trận>")
CONTENT: dict[str, Any] = {"of": 7}
ASKED = Request(
    9, 1, "call_off", "", CONTENT, 3, NOW, "20-QĐ/TU", date(2026, 6, 1), state=State.ASKED
)


def called_off() -> Asked:
    return cards.wish(SAY, OF, request(), SINCE)


def waiting() -> Card:
    seen = Seen(
        COMMITTEE.name,
        ASKED,
        called_off(),
        Seconds(Rank.HEAD, {1: None}),
        Moments(NOW, NOW),
        {1: "Nguyễn Văn An", 3: "Phạm Thị Văn"},
        action("home"),
        decides=True,
    )
    return seconding_cards.waiting(SAY, seen)


SHOWN: Shown = {
    "coming": lambda: cards.listed(SAY, COMMITTEE.name, [(7, OF)]),
    "coming_two_of_one_day": lambda: cards.listed(SAY, COMMITTEE.name, [(7, OF), (8, OF)]),
    "coming_nothing": lambda: cards.listed(SAY, COMMITTEE.name, []),
    "call_off_decision": lambda: cards.asks_decision(SAY, COMMITTEE, called_off()),
    "call_off_asked": waiting,
    "called_off": lambda: cards.done(SAY, COMMITTEE.name, called_off(), ASKED, ["Nguyễn Văn An"]),
    "called_off_by_machine": lambda: cards.done(SAY, COMMITTEE.name, called_off(), ASKED, []),
    "refusal_call_off_over": lambda: told(Refusal("call_off_over")),
    "refusal_call_off_which": lambda: told(
        Refusal("call_off_which", values={"known": [(7, OF.title), (8, "Danh sách <mới>")]})
    ),
    "refusal_call_off_which_of_none": lambda: told(Refusal("call_off_which", values={"known": []})),
    "refusal_call_off_waiting": lambda: told(
        Refusal("call_off_waiting", button=action("approval", 9))
    ),
    "refusal_call_off_built_on": lambda: told(
        Refusal("call_off_built_on", values={"day": date(2026, 7, 15)})
    ),
}
