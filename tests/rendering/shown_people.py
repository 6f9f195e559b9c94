"""What is shown about people: the welcome, the list, one person, what an act about somebody owes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from bot.db.approvals import Request, State, Voice
from bot.db.drafts import Draft
from bot.db.notice import Card
from bot.db.people import Committee
from bot.kit import seconding_cards
from bot.kit.access import By
from bot.kit.heads import printed
from bot.kit.seconding_cards import Moments, Seen
from bot.kit.seconding_kinds import Decided
from bot.people import cards, change_cards, editions, witnesses
from bot.people.access import Found, Office
from bot.people.newcomer import FORM, NewcomerView
from bot.people.rules.changes import Change, Does, as_clerk, no_clerk
from bot.people.rules.people import Person, Role, SeatHeld
from bot.people.rules.seconding import Rank, Seconds
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.values.action import action
from tests.rendering.scenes import AGENCIES, CLERK, PERSONS, SAY, WEDNESDAY, Shown
from tests.rules.committee import OPENED, moment

ADDRESS = "https://t.me/dongthuan_demo_bot"
UNTIL = moment("2026-03-06 15:30")
CLERK_SEAT = SeatHeld(Role.CLERK, "", "clerk")
THE_CLERK = Person(80, 1, CLERK, 80, (CLERK_SEAT,))


def sitting(number: int, name: str, *seats: SeatHeld, joined: bool = True) -> Person:
    return Person(number, 1, name, number if joined else None, seats)


def seat(body: str, office: str = "member", *, full_time: bool = True) -> SeatHeld:
    return SeatHeld(Role.MEMBER, body, office, full_time=full_time)


HEAD = sitting(1, PERSONS[0], seat("dang_doan", "secretary"))
DEPUTY = sitting(2, PERSONS[1], seat("dang_doan", "deputy", full_time=False))
MARKED = replace(DEPUTY.seats[0], full_time=False, part_time_vice_president=True)
WAITING = sitting(3, PERSONS[2], seat("dang_doan"), joined=False)
AWAY = replace(sitting(4, PERSONS[3], seat("dang_doan")), reachable=False)
MEMBER = sitting(8, PERSONS[5], seat("dang_doan"))
GUEST = sitting(9, "Lý Văn Khách", SeatHeld(Role.GUEST, "", "guest"))
STANDING = sitting(5, PERSONS[4], seat("ban_chap_hanh"), seat("ban_thuong_vu", "standing_member"))
AGENCY = sitting(6, AGENCIES[1], seat("co_quan", "agency"))
OFFICER = sitting(7, "Tạ Văn Uy", SeatHeld(Role.OFFICER, "", "secretary"))
BOTH = replace(HEAD, seats=(*HEAD.seats, CLERK_SEAT))
MATTERS = [(7, 12, "Chương trình <công tác>"), (8, 13, "Kế hoạch kiểm tra")]


def office(regulation: str = "quang_ngai", *everybody: Person, actor: Person = THE_CLERK) -> Office:
    rules = load(regulations_dir() / f"{regulation}.toml")
    committee = Committee(1, "Đảng đoàn Liên hiệp hội", "0")
    return Office(actor, committee, rules, (THE_CLERK, *everybody))


QN = office("quang_ngai", HEAD, DEPUTY, WAITING, AWAY)
BK = office("bac_kan", STANDING)
HD = office("hai_duong", AGENCY, OFFICER)


def welcome(of: Office, one: Person, *, again: bool = False) -> Card:
    return cards.welcome(SAY, one, of.committee.name, of.regulation, again=again)


def listed(*shown: Person, of: Office = QN, waiting: bool = False, page: int = 0) -> Card:
    return cards.listed(SAY, of, shown, page, waiting=waiting)


def one(of: Office, who: Person, *changes: Change, invited_until: datetime | None = None) -> Card:
    found = Found(of, who)
    waiting = [(n, change_cards.wish(SAY, of.house, each)) for n, each in enumerate(changes, 3)]
    return cards.card(SAY, found, WEDNESDAY, invited_until=invited_until, waiting=waiting)


def leaves(who: Person, act: str, *, alone: bool = False, second: bool = True) -> Card:
    return cards.confirms(
        SAY,
        who,
        act,
        (who.id,),
        running=() if alone else MATTERS,
        headless=() if alone else QN.regulation.bodies,
        body="" if act == "retire" else "Ban Thường vụ",
        second=second,
    )


def note(*lot: Person, reader: Person | None = None) -> Card:
    told = witnesses.card(SAY, QN.committee.name, lot, reader, WEDNESDAY)
    return printed(SAY, told, "1:57:3fa2 9c10 77de 0b1c 55aa")


DECIDED_ON = date(2026, 2, 27)
BTV, BCH = STANDING.seats[1], STANDING.seats[0]
ADD = Change(Does.ADD_PERSON, STANDING.name, after=BTV)
RENAME = Change(Does.RENAME, "Hoàng Đức", WAITING.id)
FURTHER = Change(Does.ADD_SEAT, STANDING.name, STANDING.id, after=BTV)
OTHER = Change(Does.CHANGE_SEAT, STANDING.name, STANDING.id, replace(BTV, office="deputy"), BTV)
END = Change(Does.END_SEAT, STANDING.name, STANDING.id, before=BTV)
RETIRE = Change(Does.RETIRE, DEPUTY.name, DEPUTY.id)
REBIND = Change(Does.REBIND, DEPUTY.name, DEPUTY.id)
REBIND_AGENCY = Change(Does.REBIND, AGENCY.name, AGENCY.id)


def request(change: Change, **more: Any) -> Request:
    told = {"decision": "12-QĐ/TU", "decided_on": DECIDED_ON, **more}
    return Request(3, 1, "people", "", change.kept(), THE_CLERK.id, WEDNESDAY, **told)


def changed(
    change: Change,
    *by: By,
    of: Office = BK,
    who: Person = STANDING,
    was: str = "",
    asked: bool = True,
    **more: Any,
) -> Card:
    upon = request(change, **more) if asked else None
    decided = Decided((), by) if asked else None
    return change_cards.changed(
        SAY, of.house, change_cards.Made(change, who, THE_CLERK, upon, decided, was)
    )


def freed(change: Change, *by: By, who: Person, running: int = 0, asked: bool = True) -> Card:
    upon, decided = (request(change), Decided((), by)) if asked else (None, None)
    made = change_cards.Made(change, who, THE_CLERK, upon, decided)
    return change_cards.freed(SAY, QN.committee.name, made, running)


HEADS = Seconds(Rank.HEAD, {HEAD.id: None})
# Of those who have joined, and never the deputy, about whom it is asked.
NEXT = Seconds(Rank.NEXT, {HEAD.id: None, AWAY.id: None})
TWO_OF_THEM = Seconds(Rank.TWO, {}, frozenset({AWAY.id, MEMBER.id}))
HEAD_OR_TWO = Seconds(Rank.TWO, {HEAD.id: None}, frozenset({AWAY.id, MEMBER.id}))
MACHINE = Seconds(Rank.MACHINE)


def seen(
    change: Change,
    seconds: Seconds = HEADS,
    *,
    of: Office = QN,
    asker: bool = False,
    decides: bool = False,
    **more: Any,
) -> Seen:
    names = {each.id: each.name for each in (*of.everybody, HEAD, DEPUTY, AWAY, MEMBER)}
    asked = change_cards.wish(SAY, of.house, change)
    moments = Moments(UNTIL, UNTIL + timedelta(days=20))
    back = action("people", 1)
    committee, upon = of.committee.name, request(change, **more)
    return Seen(committee, upon, asked, seconds, moments, names, back, asker, decides)


def waits(*args: Any, **more: Any) -> Card:
    return seconding_cards.waiting(SAY, seen(*args, **more))


def over(state: State, *voices: Voice, asker: bool = False, **more: Any) -> Card:
    told = seen(RETIRE, asker=asker, state=state, voices=voices, **more)
    return seconding_cards.settled(SAY, told)


AGREES = Voice(HEAD.id, agrees=True)
DIFFERS = Voice(HEAD.id, agrees=False, reason="Chờ ý kiến <Ban Tổ chức>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offering(NewcomerView):
    """A form whose question offers these answers, whatever the regulation has."""

    offers: tuple[str, ...] = ()

    def choices(self, name: str) -> tuple[str, ...]:
        return self.offers or NewcomerView.choices(self, name)


def adds(
    field: str,
    *choices: str,
    of: Office = QN,
    fields: Mapping[str, str] = MappingProxyType({}),
    **more: str,
) -> Card:
    draft = Draft(5, 1, 80, "person", {**fields, **more}, 0)
    view = Offering(draft=draft, person=THE_CLERK, files=(), now=OPENED, office=of, offers=choices)
    return FORM.dropped(SAY, view) if field == "dropped" else FORM.card(SAY, view, field)


SAT = {"name": "Mai Thị Lan", "role": "member", "body": "dang_doan", "office": "member"}
ROLES = ("member", "clerk", "officer")
CROWD = [sitting(n, f"Đinh Văn {n:02d}", seat("dang_doan")) for n in range(1, 13)]

JOINING: Shown = {
    "welcome_member": lambda: welcome(QN, HEAD),
    "welcome_several_seats": lambda: welcome(BK, STANDING),
    "welcome_agency": lambda: welcome(HD, AGENCY),
    "welcome_officer": lambda: welcome(HD, OFFICER),
    "welcome_clerk": lambda: welcome(QN, THE_CLERK),
    "welcome_member_and_clerk": lambda: welcome(QN, BOTH),
    "welcome_again": lambda: welcome(QN, HEAD, again=True),
    "people_invitation": lambda: cards.invitation(SAY, WAITING, f"{ADDRESS}?start=abc", UNTIL),
    "people_invitation_agency": lambda: cards.invitation(
        SAY, AGENCY, f"{ADDRESS}?start=abc", UNTIL, (HEAD.name, THE_CLERK.name)
    ),
}
LISTS: Shown = {
    "people_list": lambda: listed(*QN.everybody),
    "people_list_agencies": lambda: listed(*HD.everybody, of=HD),
    "people_list_waiting": lambda: listed(WAITING, waiting=True),
    "people_list_nobody_waiting": lambda: listed(waiting=True),
    "people_list_second_page": lambda: listed(*CROWD, page=1),
    "people_list_requests": lambda: cards.listed(
        SAY, QN, QN.everybody, 0, waiting=False, requested=2
    ),
    "people_requests": lambda: change_cards.requests(
        SAY,
        QN,
        [(3, change_cards.wish(SAY, QN.house, RETIRE)), (4, change_cards.wish(SAY, QN.house, ADD))],
    ),
    "people_requests_none": lambda: change_cards.requests(SAY, QN, []),
    "people_list_for_head": lambda: listed(*QN.everybody, of=replace(QN, actor=HEAD)),
    "people_find": lambda: cards.asks_query(SAY, QN),
    "people_hits": lambda: cards.hits(SAY, QN, "binh <b>", [DEPUTY]),
    "people_hits_none": lambda: cards.hits(SAY, QN, "xyz", []),
    "people_hits_many": lambda: cards.hits(SAY, QN, "dinh", CROWD),
}
ONE: Shown = {
    "people_one": lambda: one(QN, DEPUTY),
    "people_one_several_seats": lambda: one(BK, STANDING),
    "people_one_agency": lambda: one(HD, AGENCY, REBIND_AGENCY),
    "people_one_with_unit_and_post": lambda: one(
        QN, replace(DEPUTY, unit="Sở <Tài chính>", post="Phó Chủ tịch HĐND tỉnh", code="CB <02>")
    ),
    "people_one_clerk": lambda: one(QN, THE_CLERK),
    "people_one_away": lambda: one(QN, AWAY),
    "people_one_invited": lambda: one(QN, WAITING, invited_until=UNTIL),
    "people_one_invitation_over": lambda: one(QN, WAITING, invited_until=OPENED),
    "people_one_not_invited": lambda: one(QN, WAITING),
    "people_one_clerk_invited_by_head": lambda: one(
        replace(QN, actor=HEAD), replace(THE_CLERK, account=None)
    ),
    "people_one_for_head": lambda: one(replace(QN, actor=HEAD), DEPUTY),
    "people_one_head_for_head": lambda: one(replace(QN, actor=HEAD), HEAD),
    "people_one_member_and_clerk": lambda: one(QN, BOTH),
    "people_rename": lambda: cards.asks_name(SAY, DEPUTY),
    "people_seat": lambda: cards.seat(SAY, QN, DEPUTY, DEPUTY.seats[0]),
    "people_seat_marked": lambda: cards.seat(SAY, QN, DEPUTY, MARKED),
    "people_seat_one_of_two": lambda: cards.seat(SAY, BK, STANDING, STANDING.seats[1]),
    "people_seat_agency": lambda: cards.seat(SAY, HD, AGENCY, AGENCY.seats[0]),
    "people_join": lambda: cards.asks_body(SAY, BK, STANDING),
    "people_join_office": lambda: cards.asks_office(SAY, BK, STANDING, BK.regulation.bodies[2]),
    "people_leave": lambda: leaves(STANDING, "leave"),
    "people_retire": lambda: leaves(HEAD, "retire"),
    "people_retire_alone": lambda: leaves(WAITING, "retire", alone=True),
    "people_retire_guest": lambda: leaves(AWAY, "retire", alone=True, second=False),
    "people_decision": lambda: change_cards.asks_decision(
        SAY, change_cards.wish(SAY, QN.house, RETIRE), DEPUTY.id, None
    ),
    "people_decision_may_lack": lambda: change_cards.asks_decision(
        SAY, change_cards.wish(SAY, BK.house, OTHER), STANDING.id, action("people_time", 5, "x", "")
    ),
    "people_retired": lambda: cards.retired(SAY, 1, DEPUTY.name, 2),
    "people_retired_alone": lambda: cards.retired(SAY, 1, DEPUTY.name, 0),
}
OWED: Shown = {
    "people_freed_retired": lambda: freed(RETIRE, By(HEAD.name), who=DEPUTY),
    "people_freed_running": lambda: freed(RETIRE, By(HEAD.name), who=DEPUTY, running=2),
    "people_freed_guest": lambda: freed(RETIRE, who=GUEST, asked=False),
    "people_freed_rebound": lambda: freed(REBIND, By(HEAD.name), who=DEPUTY),
    "people_changed_added": lambda: changed(ADD, By(HEAD.name)),
    "people_changed_added_by_a_resolution": lambda: changed(
        ADD, By(HEAD.name), decision="nghị quyết số 05/2026"
    ),
    "people_changed_added_by_the_letters": lambda: changed(ADD, By(HEAD.name), decision="05-KL/TU"),
    "people_changed_added_by_a_paper_unknown": lambda: changed(
        ADD, By(HEAD.name), decision="05-XY/TU"
    ),
    "people_changed_guest": lambda: changed(
        Change(Does.ADD_PERSON, GUEST.name, after=GUEST.seats[0]), who=GUEST, asked=False
    ),
    "people_changed_renamed": lambda: changed(
        RENAME, By(HEAD.name), of=QN, who=WAITING, was="Hoàng <Đức>"
    ),
    "people_changed_seat_changed": lambda: changed(OTHER, By(HEAD.name)),
    "people_changed_seat_added": lambda: changed(
        FURTHER, By(DEPUTY.name, HEAD.name, "6.6"), decision="", decided_on=None
    ),
    "people_changed_clerk_added": lambda: changed(
        as_clerk(HEAD), By(DEPUTY.name), of=QN, who=BOTH, decision="", decided_on=None
    ),
    "people_changed_clerk_ended": lambda: changed(
        no_clerk(BOTH), By(DEPUTY.name), of=QN, who=HEAD, decision="", decided_on=None
    ),
    "people_changed_seat_ended": lambda: changed(END, By(DEPUTY.name), By(AWAY.name)),
    "people_changed_retired": lambda: changed(RETIRE, By(HEAD.name), of=QN, who=DEPUTY),
    "people_changed_rebound": lambda: changed(REBIND, of=QN, who=DEPUTY),
    "people_invited_by_machine": lambda: cards.invited_by_machine(SAY, QN.committee.name, WAITING),
    "people_rebind": lambda: cards.confirms_rebinding(SAY, DEPUTY, [HEAD, STANDING]),
    "people_rebind_nobody": lambda: cards.confirms_rebinding(SAY, DEPUTY, []),
}
REQUESTS: Shown = {
    "approval_asked_person": lambda: waits(ADD, of=BK, decides=True),
    "approval_asked_renamed": lambda: waits(RENAME, decides=True),
    "approval_asked_seat_added": lambda: waits(FURTHER, of=BK, decides=True),
    "approval_asked_clerk_added": lambda: waits(
        as_clerk(HEAD), NEXT, decides=True, decision="", decided_on=None
    ),
    "approval_asked_clerk_ended": lambda: waits(
        no_clerk(BOTH), NEXT, decides=True, decision="", decided_on=None
    ),
    "approval_asked_second_head": lambda: waits(
        Change(Does.CHANGE_SEAT, AWAY.name, AWAY.id, AWAY.seats[0], seat("dang_doan", "secretary")),
        decides=True,
    ),
    "approval_asked_seat_changed": lambda: waits(
        OTHER, of=BK, decides=True, decision="", decided_on=None
    ),
    "approval_asked_seat_ended": lambda: waits(END, of=BK, decides=True),
    "approval_asked_rebound": lambda: waits(REBIND, decides=True),
    "approval_asked_agency": lambda: waits(REBIND_AGENCY, of=HD, decides=True),
    "approval_asked_own": lambda: waits(RETIRE, asker=True),
    "approval_asked_told": lambda: waits(RETIRE),
    "approval_asked_running": lambda: seconding_cards.waiting(
        SAY, replace(seen(RETIRE), asked=change_cards.wish(SAY, QN.house, RETIRE, 2))
    ),
    "approval_asked_one_refused": lambda: waits(
        RETIRE, TWO_OF_THEM, voices=(Voice(AWAY.id, agrees=False, reason="Chờ quyết định."),)
    ),
    "approval_asked_passed_on": lambda: waits(RETIRE, NEXT, decides=True, passed_on_at=WEDNESDAY),
    "approval_asked_passed_on_to_nobody": lambda: waits(RETIRE, asker=True, passed_on_at=WEDNESDAY),
    "approval_asked_two": lambda: waits(RETIRE, TWO_OF_THEM, voices=(Voice(AWAY.id, agrees=True),)),
    "approval_asked_head_or_two": lambda: waits(RETIRE, HEAD_OR_TWO, passed_on_at=WEDNESDAY),
    "approval_asked_machine": lambda: waits(RETIRE, MACHINE, asker=True),
    "approval_reason": lambda: seconding_cards.asks_reason(
        SAY, change_cards.wish(SAY, QN.house, RETIRE), 3
    ),
    "approval_confirmed": lambda: over(State.CONFIRMED, AGREES),
    "approval_confirmed_by_machine": lambda: over(State.CONFIRMED, Voice(None, agrees=True)),
    "approval_refused": lambda: over(State.REFUSED, DIFFERS, asker=True),
    "approval_taken_back": lambda: over(State.TAKEN_BACK),
    "approval_lapsed": lambda: over(State.LAPSED),
}
REGISTER: Shown = {
    "head_note": lambda: note(AWAY, MEMBER),
    "head_note_drawn": lambda: note(AWAY, MEMBER, reader=MEMBER),
    "head_note_drawn_agency": lambda: note(AGENCY, MEMBER, reader=AGENCY),
    "head_note_nobody": note,
}
BY_HEAD = replace(QN, actor=HEAD)
NEW: Shown = {
    "people_new_name": lambda: adds("name"),
    "people_new_role": lambda: adds("role", *ROLES, name="Mai Thị Lan"),
    "people_new_body": lambda: adds("body", "dang_doan", name="Mai Thị Lan", role="member"),
    "people_new_body_officer": lambda: adds(
        "body", "-", "co_quan", of=HD, name="Mai Thị Lan", role="officer"
    ),
    "people_new_office": lambda: adds("office", "deputy", "member", fields=SAT),
    "people_new_full_time": lambda: adds("full_time", "yes", "no", fields=SAT),
    "people_new_decision": lambda: adds("decision", fields=SAT, full_time="no"),
    "people_new_decision_may_lack": lambda: adds("decision", name="Mai Thị Lan", role="clerk"),
    "people_new_preview": lambda: adds(
        "preview", fields=SAT, full_time="no", decision="Số 12-QĐ/TU ngày 27/02/2026"
    ),
    "people_new_preview_guest": lambda: adds("preview", name="Mai Thị Lan", role="guest"),
    "people_new_preview_clerk": lambda: adds(
        "preview", name="Mai Thị Lan", role="clerk", decision=""
    ),
    "people_new_dropped": lambda: adds("dropped"),
    "people_new_name_by_head": lambda: adds("name", of=BY_HEAD),
    "people_new_decision_by_head": lambda: adds("decision", of=BY_HEAD, name="Mai Thị Lan"),
    "people_new_preview_by_head": lambda: adds(
        "preview", of=BY_HEAD, name="Mai Thị Lan", decision=""
    ),
}
HAI_DUONG = load(regulations_dir() / "hai_duong.toml")
TWO = tuple(each for each in HAI_DUONG.settings if each.name in ("receipt", "important_in_writing"))
EDITIONS: Shown = {
    "edition": lambda: editions.told(SAY, Committee(1, "Đảng ủy Khối <mẫu>", ""), HAI_DUONG, TWO),
    "edition_without_settings": lambda: editions.told(
        SAY, Committee(1, "Đảng ủy Khối", ""), HAI_DUONG, ()
    ),
}

SHOWN: Shown = EDITIONS | JOINING | LISTS | ONE | OWED | REQUESTS | REGISTER | NEW
