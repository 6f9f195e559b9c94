"""What is shown of how papers are headed and numbered: what is set, asked and changed, numbers, the refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from bot.db.notice import Card
from bot.db.people import Committee
from bot.issuing import cards, heading_cards, reading
from bot.issuing.access import Desk
from bot.issuing.rules import fields, numbers
from bot.issuing.rules.fields import Setting, setting
from bot.issuing.rules.letterhead import Paper
from bot.issuing.rules.numbers import Entry
from bot.issuing.subjects import Issued
from bot.kit.seconding_cards import Asked
from bot.people.face import House, Office
from bot.people.rules.acting import Staff
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.values.action import action
from bot.values.refusal import Refusal
from tests.rendering.scenes import SAY, Shown
from tests.rendering.shown_refusals import told
from tests.rendering.shown_reports import HEAD, MEMBER, THE_CLERK
from tests.rules.committee import moment

REGULATION = load(regulations_dir() / "bac_kan.toml")
BODY = REGULATION.body("ban_chap_hanh")
EVERYBODY = (HEAD, MEMBER, THE_CLERK)
COMMITTEE = Committee(1, "Đảng bộ <các> cơ quan", "")
OFFICE = Office(THE_CLERK, COMMITTEE, REGULATION, EVERYBODY)
HOUSE = House(COMMITTEE, REGULATION, Staff(EVERYBODY))
CHOSEN: dict[str, Any] = {
    "superior": "Tỉnh ủy A & B",
    "issuer": "Đảng ủy <các> cơ quan",
    "place": "Quảng Ngãi",
    "symbol.conclusion": "TB/ĐU",
    "signer.conclusion": {"by": MEMBER.id, "capacity": "T/M"},
    "post.conclusion": "Phó Bí thư",
    "to.conclusion": ["Thường trực Tỉnh ủy (để báo cáo)", "Lưu Văn phòng"],
}
DESK = Desk(THE_CLERK, OFFICE, BODY, CHOSEN)
BARE = replace(DESK, chosen={})
SINCE, DAY = date(2025, 8, 1), date(2026, 3, 2)
TAKEN = Entry(
    7, 1, BODY.id, "BB", 5, "BB/ĐU", Paper.COUNT, "consultation:3", "Kế hoạch <A> & B", DAY, 3
)
DROPPED = replace(
    TAKEN, id=8, number=6, reason="Sai danh sách", dropped_at=moment("2026-03-03 08:00")
)
SKIPPED = replace(
    TAKEN, id=9, number=7, paper=None, subject="", title="", reason="Đã cấp trên giấy"
)
ISSUED = Issued(
    1,
    "ban_chap_hanh",
    "Kế hoạch <A> & B",
    frozenset({Paper.COUNT, Paper.RESOLUTION}),
    frozenset({Paper.COUNT}),
    frozenset({Paper.RESOLUTION}),
    action("papers", 3),
)
OFFERED = cards.Offered("consultation:3", "Kế hoạch <A> & B", Paper.COUNT, "BB/ĐU", by_hand=False)
MANY = [replace(TAKEN, id=each, number=each) for each in range(1, 13)]


def _named(name: str) -> Setting:
    found = setting(name)
    assert found is not None
    return found


def wished(name: str, value: Any) -> Asked:
    of = _named(name)
    was = DESK.letterhead
    key = of.key(was.symbols[of.paper] if of.paper else "")
    now = reading.of_settings(COMMITTEE.name, BODY, EVERYBODY, {**CHOSEN, key: value})
    return heading_cards.wish(SAY, BODY, of, was, now, value)


def changed(name: str, value: Any) -> Card:
    return heading_cards.changed(SAY, HOUSE, BODY, wished(name, value), HEAD.name)


def asks(name: str) -> Card:
    return heading_cards.asks_words(SAY, DESK, _named(name))


def row(*entries: Entry, following: int, page: int = 0) -> Card:
    book = cards.Book(Paper.COUNT, SINCE, entries, following)
    return cards.row(SAY, DESK, book, page)


def unread(name: str, text: str) -> Card:
    found = fields.read(_named(name), text, (), "dang-05-2026")
    assert isinstance(found, Refusal)
    return told(found)


SHOWN: Shown = {
    "issuing_bodies": lambda: heading_cards.bodies(SAY, OFFICE, REGULATION.bodies),
    "issuing_heading": lambda: heading_cards.heading(SAY, DESK, 1),
    "issuing_heading_bare": lambda: heading_cards.heading(SAY, BARE, 0),
    "issuing_papers": lambda: heading_cards.papers(SAY, DESK),
    "issuing_paper": lambda: heading_cards.paper(SAY, DESK, Paper.CONCLUSION, 38, begun=False),
    "issuing_paper_begun": lambda: heading_cards.paper(SAY, BARE, Paper.COUNT, 6, begun=True),
    "issuing_paper_unnumbered": lambda: heading_cards.paper(SAY, DESK, Paper.SLIP, 1, begun=False),
    **{
        f"issuing_ask_{name.replace('.', '_')}": partial(asks, name)
        for name in (
            *("superior", "place", "symbol.conclusion", "to.conclusion"),
            *("post.conclusion", "next.conclusion"),
        )
    },
    "issuing_profiles": lambda: heading_cards.profiles(SAY, DESK, _named("profile")),
    "issuing_signers": lambda: heading_cards.signers(SAY, DESK, _named("signer.conclusion"), 0),
    "issuing_capacities": lambda: heading_cards.capacities(
        SAY, DESK, _named("signer.conclusion"), HEAD.id
    ),
    "issuing_changed_place": partial(changed, "place", "Tỉnh Quảng Ngãi"),
    "issuing_changed_superior": partial(changed, "superior", ""),
    "issuing_changed_signer": partial(
        changed, "signer.conclusion", {"by": HEAD.id, "capacity": "T/M"}
    ),
    "issuing_changed_next": partial(changed, "next.conclusion", 38),
    "number_ask": lambda: cards.asks_number(SAY, OFFERED, 5, 0),
    "number_ask_passed": lambda: cards.asks_number(SAY, OFFERED, 6, 5),
    "number_ask_drawn_up_by_hand": lambda: cards.asks_number(
        SAY, replace(OFFERED, paper=Paper.RESOLUTION, symbol="NQ/ĐU", by_hand=True), 5, 0
    ),
    "number_one": lambda: cards.number(SAY, TAKEN, ISSUED),
    "number_one_drawn_up_by_hand": lambda: cards.number(
        SAY, replace(TAKEN, paper=Paper.RESOLUTION, symbol="NQ/ĐU"), ISSUED
    ),
    "number_one_dropped": lambda: cards.number(SAY, DROPPED, ISSUED),
    "number_one_skipped": lambda: cards.number(SAY, SKIPPED, None),
    "number_drop": lambda: cards.asks_drop(SAY, TAKEN),
    "number_skip": lambda: cards.asks_skip(SAY, DESK, Paper.CONCLUSION, 9),
    "number_row": lambda: row(TAKEN, DROPPED, SKIPPED, following=8),
    "number_row_empty": lambda: row(following=1),
    "number_row_page": lambda: row(*MANY, following=13, page=1),
    "refusal_issuing_not_yet": lambda: told(
        Refusal("issuing_not_yet", values={"paper": "counting_minutes"})
    ),
    "refusal_issuing_unnumbered": lambda: told(numbers.may_number("", 1)),
    "refusal_issuing_numbers_end": lambda: told(numbers.may_number("BB/ĐU", 10_000)),
    "refusal_issuing_settled": lambda: told(numbers.may_drop(DROPPED)),
    "refusal_issuing_row_begun": lambda: told(numbers.may_begin_at([TAKEN])),
    "refusal_issuing_number_unreadable": partial(unread, "next.conclusion", "ba mươi"),
    "refusal_issuing_symbol_unreadable": partial(unread, "symbol.conclusion", "số 5"),
    "refusal_issuing_value_unknown": partial(unread, "profile", "nd31"),
    "refusal_issuing_signer_gone": partial(unread, "signer.conclusion", "99 T/M"),
    "refusal_issuing_too_many_recipients": partial(
        unread, "to.conclusion", "\n".join(f"Chi bộ {each}" for each in range(21))
    ),
}
