"""What is said when a head is away: entered, taken on, over, refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from bot.consultations import request_cards
from bot.kit.access import By
from bot.people import absence_cards as cards
from bot.people import delegation_cards
from bot.people.desk import Desk
from bot.people.rules.acting import Staff, StandIn
from bot.people.rules.delegating import only_head
from bot.people.rules.people import Person, Role, SeatHeld
from bot.people.store import Absence
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.regulations.rules.meetings import Scope
from bot.regulations.rules.regulation import Body, Regulation
from bot.values.refusal import Refusal
from tests.rendering.scenes import CLERK, PERSONS, SAY, Shown, asked, dossier
from tests.rendering.shown_refusals import told
from tests.rules.committee import CALENDAR_2026, moment

QN = asked("quang_ngai")
NOW = moment("2026-03-02 09:00")
FROM, UNTIL = moment("2026-03-02 08:30"), moment("2026-03-06 23:59")
QUANG_NGAI, CAP_HUYEN = (
    load(regulations_dir() / f"{name}.toml") for name in ("quang_ngai", "cap_huyen")
)


def seated(number: int, office: str, *bodies: str) -> Person:
    seats = tuple(SeatHeld(Role.MEMBER, body, office) for body in bodies)
    return Person(number, 1, PERSONS[number - 1], number, seats)


VAN = Person(80, 1, CLERK, 80, (SeatHeld(Role.CLERK, "", "clerk"),))
AN, BINH = seated(1, "secretary", "dang_doan"), seated(2, "deputy", "dang_doan")
AWAY = Absence(3, 1, AN.id, FROM, UNTIL, entered_by=VAN.id)
ACTS = StandIn(7, 1, "dang_doan", AN.id, BINH.id, NOW, UNTIL, "5.3", absence=3)
BTV = ("ban_chap_hanh", "ban_thuong_vu")
LEADER, ON_DUTY = seated(1, "secretary", *BTV), seated(2, "standing_member", *BTV)
DUTY = replace(
    AWAY,
    body="ban_thuong_vu",
    to=ON_DUTY.id,
    decision="12-QĐ/HU",
    decided_on=date(2026, 2, 27),
)
DUTY_ACTS = replace(ACTS, body="ban_thuong_vu", to=ON_DUTY.id, article="5.5")


def duty_in_place_of(office: str) -> Regulation:
    """The district's rule book, were the duty written for one officer's absence and not for a body's."""
    return replace(CAP_HUYEN, bodies=tuple(_in_place_of(each, office) for each in CAP_HUYEN.bodies))


def _in_place_of(body: Body, office: str) -> Body:
    if body.meetings is None:
        return body
    rules = tuple(
        replace(rule, of=office) if rule.decided_by else rule for rule in body.meetings.delegations
    )
    return replace(body, meetings=replace(body.meetings, delegations=rules))


def desk(of: Person, *given: StandIn, regulation: Regulation = QUANG_NGAI) -> Desk:
    others = (AN, BINH) if regulation is QUANG_NGAI else (LEADER, ON_DUTY)
    staff = Staff((*others, VAN), given)
    absence = AWAY if regulation is QUANG_NGAI else DUTY
    return Desk(of, regulation, staff, CALENDAR_2026, given, (absence,), NOW)


def without_van() -> Desk:
    """The head has the office's part himself, and nobody else has it."""
    head = replace(AN, seats=(*AN.seats, SeatHeld(Role.CLERK, "", "clerk")))
    return replace(desk(BINH), staff=Staff((head, BINH), ()))


REFUSED = (
    *(Refusal(f"absence_{kind}") for kind in ("no_head", "over", "own_entry", "decision")),
    Refusal("absence_no_rule", values={"name": AN.name}),
    Refusal("absence_no_duty", values={"body": "Đảng đoàn"}),
    Refusal("absence_decision_ahead", values={"day": date(2026, 3, 9)}),
    Refusal(
        "absence_overlaps",
        values={"name": AN.name, "other_starts": FROM, "other_ends": UNTIL},
    ),
    Refusal("absence_not_yours", "5.3", values={"offices": ["deputy"]}),
    Refusal("absence_taken", values={"name": BINH.name}),
    Refusal("acting_beyond", "3.3, 4.5", values={"head": AN.name}),
    Refusal("acting_own_seat", values={"head": AN.name}),
    Refusal(
        "delegation_by_decision", "5.5", values={"name": ON_DUTY.name, "body": "Ban Thường vụ"}
    ),
)
SHOWN: Shown = {
    **{f"refusal_{each.kind}": partial(told, each) for each in REFUSED},
    "refusal_only_head_with_duty": lambda: told(
        only_head("only_head", CAP_HUYEN, CAP_HUYEN.body("ban_thuong_vu"))
    ),
    "absence_ask_who": lambda: cards.ask_who(SAY, 1, [AN]),
    "absence_ask_body": lambda: cards.ask_body(SAY, 1, [CAP_HUYEN.body("ban_thuong_vu")]),
    "absence_ask_start": lambda: cards.ask_start(SAY, ("absence_new", "1", "1"), AN, 1),
    "absence_ask_end": lambda: cards.ask_end(SAY, AN, FROM, 1),
    "absence_ask_decision": lambda: cards.ask_decision(SAY, CAP_HUYEN.body("ban_thuong_vu"), 1),
    "absence_entered": lambda: cards.entered(SAY, desk(VAN), AWAY, [BINH]),
    "absence_entered_to_head": lambda: cards.told_of(SAY, desk(VAN), AWAY, [BINH], AN, takes=False),
    "absence_entered_to_deputy": lambda: cards.told_of(
        SAY, desk(VAN), AWAY, [BINH], BINH, takes=True
    ),
    "absence_entered_of_the_only_clerk": lambda: cards.told_of(
        SAY, without_van(), replace(AWAY, entered_by=AN.id), [BINH], BINH, takes=True
    ),
    "absence_taken_of_the_only_clerk": lambda: cards.taken(SAY, without_van(), AWAY, [ACTS], BINH),
    "absence_entered_without_deputy": lambda: cards.entered(SAY, desk(VAN), AWAY, []),
    "absence_entered_on_duty": lambda: cards.told_of(
        SAY, desk(VAN, regulation=CAP_HUYEN), DUTY, [ON_DUTY], ON_DUTY, takes=True
    ),
    "absence_entered_on_duty_for_an_officer": lambda: cards.told_of(
        SAY,
        desk(VAN, regulation=duty_in_place_of("secretary")),
        DUTY,
        [ON_DUTY],
        LEADER,
        takes=False,
    ),
    "absence_taken": lambda: cards.taken(SAY, desk(BINH), AWAY, [ACTS], AN),
    "absence_taken_own": lambda: cards.taken(SAY, desk(BINH), AWAY, [ACTS], BINH),
    "absence_taken_on_duty": lambda: cards.taken(
        SAY, desk(ON_DUTY, regulation=CAP_HUYEN), DUTY, [DUTY_ACTS], LEADER
    ),
    "absence_taken_on_duty_for_an_officer": lambda: cards.taken(
        SAY, desk(ON_DUTY, regulation=duty_in_place_of("secretary")), DUTY, [DUTY_ACTS], LEADER
    ),
    "absence_over": lambda: cards.over(SAY, desk(AN), AWAY, BINH.name, NOW),
    "absence_over_by_deputy": lambda: cards.over(SAY, desk(BINH), AWAY, BINH.name, NOW),
    "absence_over_before_taken": lambda: cards.over(SAY, desk(VAN), AWAY, "", NOW),
    "delegations_with_absence": lambda: delegation_cards.listed(SAY, desk(VAN, ACTS), []),
    "delegations_with_absence_waiting": lambda: delegation_cards.listed(SAY, desk(VAN), []),
    "delegations_on_duty": lambda: delegation_cards.listed(
        SAY, desk(VAN, DUTY_ACTS, regulation=CAP_HUYEN), []
    ),
    "delegation_given_to_chair": lambda: delegation_cards.given(
        SAY,
        QUANG_NGAI.body("dang_doan"),
        AN,
        BINH,
        replace(ACTS, absence=None, article="3.3, 4.5", scope=Scope.CHAIR_AND_SIGN),
    ),
    "approval_given_by_deputy": lambda: request_cards.asks_approval(
        SAY, dossier(QN), CLERK, NOW, UNTIL, By(BINH.name, AN.name)
    ),
    "declined_by_deputy": lambda: request_cards.declined(
        SAY, dossier(QN), By(BINH.name, AN.name, "5.3"), "Chưa đủ căn cứ"
    ),
}
