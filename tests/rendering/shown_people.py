"""What is shown about people: the welcome, the list, one person, what an act about somebody owes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from bot.db.drafts import Draft
from bot.db.notice import Card
from bot.db.people import Committee
from bot.people import cards, editions
from bot.people.access import Found, Office
from bot.people.newcomer import FORM, NewcomerView
from bot.people.rules.people import Person, Role, SeatHeld
from bot.places import regulations_dir
from bot.regulations.loader import load
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
STANDING = sitting(5, PERSONS[4], seat("ban_chap_hanh"), seat("ban_thuong_vu", "standing_member"))
AGENCY = sitting(6, AGENCIES[1], seat("co_quan", "agency"))
OFFICER = sitting(7, "Tạ Văn Uy", SeatHeld(Role.OFFICER, "", "secretary"))
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


def one(
    of: Office, who: Person, *, invited_until: datetime | None = None, rebinding: bool = False
) -> Card:
    found = Found(of, who)
    return cards.card(SAY, found, WEDNESDAY, invited_until=invited_until, rebinding=rebinding)


def leaves(who: Person, act: str, *, alone: bool = False) -> Card:
    return cards.confirms(
        SAY,
        who,
        act,
        (who.id,),
        running=() if alone else MATTERS,
        headless=() if alone else QN.regulation.bodies,
        body="" if act == "retire" else "Ban Thường vụ",
    )


def changed(act: str, **view: object) -> Card:
    return cards.changed(SAY, BK, STANDING, act, view)


def settled(who: Person = DEPUTY, *, approved: bool, head: bool) -> Card:
    return cards.rebinding_settled(SAY, who, HEAD, approved=approved, head=head)


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
    "welcome_again": lambda: welcome(QN, HEAD, again=True),
    "people_invitation": lambda: cards.invitation(SAY, WAITING, f"{ADDRESS}?start=abc", UNTIL),
    "people_invitation_agency": lambda: cards.invitation(
        SAY, AGENCY, f"{ADDRESS}?start=abc", UNTIL
    ),
}
LISTS: Shown = {
    "people_list": lambda: listed(*QN.everybody),
    "people_list_agencies": lambda: listed(*HD.everybody, of=HD),
    "people_list_waiting": lambda: listed(WAITING, waiting=True),
    "people_list_nobody_waiting": lambda: listed(waiting=True),
    "people_list_second_page": lambda: listed(*CROWD, page=1),
    "people_list_for_head": lambda: listed(*QN.everybody, of=replace(QN, actor=HEAD)),
    "people_find": lambda: cards.asks_query(SAY, QN),
    "people_hits": lambda: cards.hits(SAY, QN, "binh <b>", [DEPUTY]),
    "people_hits_none": lambda: cards.hits(SAY, QN, "xyz", []),
    "people_hits_many": lambda: cards.hits(SAY, QN, "dinh", CROWD),
}
ONE: Shown = {
    "people_one": lambda: one(QN, DEPUTY),
    "people_one_several_seats": lambda: one(BK, STANDING),
    "people_one_agency": lambda: one(HD, AGENCY, rebinding=True),
    "people_one_with_unit_and_post": lambda: one(
        QN, replace(DEPUTY, unit="Sở <Tài chính>", post="Phó Chủ tịch HĐND tỉnh")
    ),
    "people_one_clerk": lambda: one(QN, THE_CLERK),
    "people_one_away": lambda: one(QN, AWAY),
    "people_one_invited": lambda: one(QN, WAITING, invited_until=UNTIL),
    "people_one_invitation_over": lambda: one(QN, WAITING, invited_until=OPENED),
    "people_one_not_invited": lambda: one(QN, WAITING),
    "people_one_for_head": lambda: one(replace(QN, actor=HEAD), DEPUTY),
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
    "people_retired": lambda: cards.retired(SAY, 1, DEPUTY.name, 2),
    "people_retired_alone": lambda: cards.retired(SAY, 1, DEPUTY.name, 0),
}
OWED: Shown = {
    "people_freed_retired": lambda: cards.freed(SAY, QN.committee.name, DEPUTY, "retired"),
    "people_freed_rebound": lambda: cards.freed(SAY, QN.committee.name, DEPUTY, "rebound"),
    "people_changed_added": lambda: changed("added"),
    "people_changed_renamed": lambda: changed("renamed", before="Hoàng Đức"),
    "people_changed_seat_changed": lambda: changed("seat_changed", seat=STANDING.seats[1]),
    "people_changed_seat_added": lambda: changed("seat_added", seat=STANDING.seats[1]),
    "people_changed_seat_ended": lambda: changed("seat_ended", seat=STANDING.seats[1]),
    "people_changed_retired": lambda: changed("retired"),
    "people_rebind": lambda: cards.confirms_rebinding(SAY, DEPUTY, [HEAD, STANDING]),
    "people_rebind_asked": lambda: cards.asks_rebinding(SAY, QN, DEPUTY, THE_CLERK, 3),
    "people_rebind_approved": lambda: settled(approved=True, head=False),
    "people_rebind_approved_to_head": lambda: settled(approved=True, head=True),
    "people_rebind_refused": lambda: settled(approved=False, head=False),
    "people_rebind_refused_to_head": lambda: settled(AGENCY, approved=False, head=True),
}
NEW: Shown = {
    "people_new_name": lambda: adds("name"),
    "people_new_role": lambda: adds("role", *ROLES, name="Mai Thị Lan"),
    "people_new_body": lambda: adds("body", "dang_doan", name="Mai Thị Lan", role="member"),
    "people_new_body_officer": lambda: adds(
        "body", "-", "co_quan", of=HD, name="Mai Thị Lan", role="officer"
    ),
    "people_new_office": lambda: adds("office", "deputy", "member", fields=SAT),
    "people_new_full_time": lambda: adds("full_time", "yes", "no", fields=SAT),
    "people_new_preview": lambda: adds("preview", fields=SAT, full_time="no"),
    "people_new_preview_clerk": lambda: adds("preview", name="Mai Thị Lan", role="clerk"),
    "people_new_dropped": lambda: adds("dropped"),
}
HAI_DUONG = load(regulations_dir() / "hai_duong.toml")
TWO = tuple(each for each in HAI_DUONG.settings if each.name in ("receipt", "important_in_writing"))
EDITIONS: Shown = {
    "edition": lambda: editions.told(SAY, Committee(1, "Đảng ủy Khối <mẫu>", ""), HAI_DUONG, TWO),
    "edition_without_settings": lambda: editions.told(
        SAY, Committee(1, "Đảng ủy Khối", ""), HAI_DUONG, ()
    ),
}

SHOWN: Shown = EDITIONS | JOINING | LISTS | ONE | OWED | NEW
