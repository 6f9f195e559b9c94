"""What is shown of another roll and of a new term: the form, asked, confirmed, in force, all lines, the refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from bot.committees import from_a_day
from bot.committees.terms import cards
from bot.committees.terms.form import FORM, RosterView
from bot.committees.terms.reading import Readout
from bot.committees.terms.store import ROSTER, Wanted
from bot.db.approvals import Request, State
from bot.db.drafts import Draft
from bot.db.notice import Card
from bot.db.people import Committee
from bot.kit.seconding_cards import Asked
from bot.people.face import House
from bot.people.rules.acting import Staff
from bot.people.rules.founding import Newcomer, SeatWanted
from bot.people.rules.new_roll import NewRoll, Question, new_roll, refuse_roll
from bot.people.rules.people import Person, Role, SeatHeld
from bot.places import regulations_dir
from bot.regulations.loader import parse
from bot.values.action import action
from bot.values.refusal import Refusal
from tests.rendering.scenes import SAY, Shown
from tests.rendering.shown_refusals import told
from tests.rules.committee import moment

BOOK = parse((regulations_dir() / "quang_ngai.toml").read_text(encoding="utf-8"), "quang_ngai.toml")
BODY = "dang_doan"
NOW, SINCE = moment("2026-06-01 08:30"), date(2026, 6, 15)


def seat(office: str) -> tuple[SeatHeld, ...]:
    return (SeatHeld(Role.MEMBER, BODY, office),)


HEAD = Person(1, 1, "Nguyễn Văn <An>", 1, seat("secretary"))
DEPUTY = Person(2, 1, "Trần Thị Bình", 2, seat("deputy"), unit="Sở Y tế")
MEMBER = Person(3, 1, "Lê Văn Cường", None, seat("member"))
CLERK = Person(4, 1, "Phạm Thị Văn", 4, (SeatHeld(Role.CLERK, "", "clerk"),))
TODAY = (HEAD, DEPUTY, MEMBER, CLERK)
HOUSE = House(Committee(1, "Đảng đoàn <Hội> & Xã", BOOK.digest), BOOK, Staff(TODAY))


def line(name: str, office: str, role: Role = Role.MEMBER) -> Newcomer:
    return Newcomer(name, role, (SeatWanted(BODY, office),) if role is Role.MEMBER else ())


LINES = (
    line("Trần Thị Bình", "secretary"),
    line("Lê Văn Cường", "member"),
    line("Hoàng <Giang>", "member"),
    line("Phạm Thị Văn", "clerk", Role.CLERK),
)
ROLL = new_roll(LINES, TODAY, {0: 2, 1: 3, 3: 4})
SAME = new_roll(
    (line("Nguyễn Văn <An>", "secretary"), line("Trần Thị Bình", "deputy"), *LINES[1:2], LINES[3]),
    TODAY,
    {0: 1, 1: 2, 2: 3, 3: 4},
)
MANY = new_roll(
    (*LINES, *(line(f"Đỗ Văn {number}", "member") for number in range(1, 15))),
    TODAY,
    {0: 2, 1: 3, 3: 4},
)


HEADS = new_roll((line("Nguyễn Văn <An>", "secretary"), *LINES), TODAY, {0: 1, 1: 2, 2: 3, 4: 4})


def without(*names: str) -> NewRoll:
    """The roll of a roster that lacks these lines."""
    left = [each for each in LINES if each.name not in names]
    known = {each.name: each.id for each in TODAY}
    return new_roll(left, TODAY, {n: known[e.name] for n, e in enumerate(left) if e.name in known})


def wanted(roll: NewRoll | None = ROLL, *, term: bool = False) -> Wanted:
    return Wanted(SINCE, term, roll)


def request(of: Wanted) -> Request:
    asked = Request(7, 1, ROSTER, "", of.kept(), CLERK.id, NOW, "7-QĐ/ĐU", date(2026, 5, 29))
    return replace(asked, state=State.CONFIRMED)


def wish(of: Wanted) -> Asked:
    return cards.wish(SAY, HOUSE, of, 7)


def confirmed(of: Wanted, *names: str) -> Card:
    return from_a_day.confirmed(
        SAY, "term" if of.term else ROSTER, HOUSE.committee.name, wish(of), request(of), names
    )


def lines(page: int) -> Card:
    every = cards.told(SAY, HOUSE, wanted(MANY))
    return cards.all_lines(SAY, every, 7, action("approval", 7), page)


def in_force(of: Wanted) -> Card:
    return cards.in_force(SAY, HOUSE.committee.name, wish(of), request(of))


def form(
    question: Question | None = None, page: int = 0, roll: NewRoll | None = ROLL, **fields: Any
) -> Card:
    roll = None if question else (MANY if page else roll)
    view = RosterView(
        draft=Draft(5, 1, CLERK.id, ROSTER, fields, 1),
        person=CLERK,
        files=(),
        now=NOW,
        page=page,
        house=HOUSE,
        readout=Readout(roll, question) if "file" in fields else None,
        lines=cards.told(SAY, HOUSE, wanted(roll)) if roll and "file" in fields else (),
    )
    return FORM.card(SAY, view, FORM.standing(view))


FILE: dict[str, Any] = {"what": "both", "file": ["danh sach <1>.xlsx", ""], "pairs": {}}
WHOLE: dict[str, Any] = {
    **FILE,
    "since": SINCE.isoformat(),
    "decision": "Số 7-QĐ/ĐU ngày 29/5/2026",
}
ASKED = Question(2, "Trần Thị <Bính>", "Sở Xây dựng", (2,))


OF_ANOTHER_CODE = Question(2, "Trần Thị Bình", "", (2,), "CB <20>")
CODED = new_roll(
    (
        replace(LINES[0], code="CB 02"),
        replace(LINES[1], name="Lê Văn <Cương>", code="CB 03"),
        replace(LINES[2], code="CB 04"),
        replace(LINES[3], name="Phạm Thị Vân", code="#4"),
    ),
    TODAY,
    {0: 2, 1: 3, 3: 4},
)


def no(kind: str, **values: object) -> Card:
    return told(Refusal(kind, values=values))


DRAFTS = Refusal(
    "roster_drafts",
    instead="people",
    values={"drafts": [("Lê <Văn>", "launch"), ("Lê <Văn>", "wish")]},
    button=action("people", 1),
)

SHOWN: Shown = {
    "roster_form_what": form,
    "roster_form_file": lambda: form(what="roll"),
    "roster_form_same": lambda: form(ASKED, **FILE),
    "roster_form_same_of_another_code": lambda: form(OF_ANOTHER_CODE, **FILE),
    "roster_form_since": lambda: form(**FILE),
    "roster_form_decision": lambda: form(**FILE, since=SINCE.isoformat()),
    "roster_form_preview": lambda: form(**WHOLE),
    "roster_form_preview_second_page": lambda: form(page=1, **WHOLE),
    "roster_form_preview_of_a_term": lambda: form(
        **{
            each: v
            for each, v in {**WHOLE, "what": "term"}.items()
            if each not in FILE or each == "what"
        }
    ),
    "roster_dropped": lambda: FORM.dropped(
        SAY,
        RosterView(
            draft=Draft(5, 1, 4, ROSTER, {}, 1), person=CLERK, files=(), now=NOW, house=HOUSE
        ),
    ),
    "roster_confirmed": lambda: confirmed(wanted(), "Trần Thị Bình"),
    "roster_confirmed_by_machine": lambda: confirmed(wanted(term=True)),
    "roster_confirmed_many": lambda: confirmed(wanted(MANY, term=True), "Trần Thị Bình"),
    "roster_in_force": lambda: in_force(wanted()),
    "roster_in_force_by_code": lambda: in_force(wanted(CODED)),
    "roster_in_force_several_heads": lambda: in_force(wanted(HEADS)),
    "roster_form_preview_several_heads": lambda: form(roll=HEADS, **WHOLE),
    "roster_in_force_term": lambda: in_force(wanted(None, term=True)),
    "roster_in_force_unchanged": lambda: in_force(wanted(SAME, term=True)),
    "roster_not_possible": lambda: cards.not_possible(
        SAY, HOUSE.committee.name, request(wanted()), Refusal("roster_moved")
    ),
    "roster_lines": lambda: lines(0),
    "roster_lines_second_page": lambda: lines(1),
    "refusal_roster_waiting": lambda: no("roster_waiting", day=SINCE, asked=True),
    "refusal_roster_waiting_for_its_day": lambda: no("roster_waiting", day=SINCE, asked=False),
    "refusal_roster_nothing": lambda: no("roster_nothing"),
    "refusal_roster_large": lambda: no("roster_large", name="a & <b>.xlsx"),
    "refusal_roster_faults": lambda: no(
        "roster_faults",
        faults=[(0, "", "tệp không có dòng tiêu đề"), (3, "Chức vụ", "không rõ chức vụ «x»")],
        more=2,
        name="a & <b>.xlsx",
    ),
    "refusal_roster_who": lambda: no(
        "roster_who",
        line=3,
        name="Trần Thị <Bính>",
        unit="Sở Y tế",
        code="CB <4>",
        candidates=[(2, "Trần Thị Bình", ""), (5, "Trần Thị Bính", "Sở Xây dựng")],
    ),
    "refusal_roster_moved": lambda: told(refuse_roll(ROLL, TODAY[2:], BOOK)),
    "refusal_roster_name_twice": lambda: no("roster_name_twice", names=["Nguyễn Văn <An>"]),
    "refusal_roster_code_twice": lambda: no(
        "roster_code_twice", names=["Nguyễn Văn <An>", "Trần Thị Bình"]
    ),
    "refusal_roster_last_clerk": lambda: told(refuse_roll(without("Phạm Thị Văn"), TODAY, BOOK)),
    "refusal_roster_empty_body": lambda: told(
        refuse_roll(without(*(each.name for each in LINES[:3])), TODAY, BOOK)
    ),
    "refusal_roster_headless": lambda: told(refuse_roll(without("Trần Thị Bình"), TODAY, BOOK)),
    "refusal_roster_seats": lambda: no("roster_seats", seats=[("Lê <Văn>", seat("agency")[0])]),
    "refusal_over_with_term": lambda: told(Refusal("over_with_term", values={"at": NOW})),
    "refusal_roster_drafts": lambda: told(DRAFTS),
    "refusal_roster_own_drafts": lambda: told(
        replace(DRAFTS, instead="drafts", button=action("drafts"))
    ),
}
