"""What is said about attendance, the sitting, conclusions and who takes the chair."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.consultations.rules.consultation import Choice, Reply
from bot.db.notice import Card
from bot.kit.access import By
from bot.meetings.access import Access
from bot.meetings.agenda.opinions import Opinions
from bot.meetings.attendance import cards as attendance_cards
from bot.meetings.minutes import cards as minutes_cards
from bot.meetings.overview import Line
from bot.meetings.rules.meeting import (
    AgendaItem,
    Concluded,
    Conclusion,
    GuestWanted,
    Invitee,
    Mark,
    Meeting,
    MeetingAct,
    MeetingActKind,
    MeetingKind,
    Noted,
)
from bot.meetings.rules.minutes import Keeper, Minutes, Piece
from bot.meetings.sitting import cards as sitting_cards
from bot.meetings.sitting import lapsing, tasks
from bot.people import delegation_cards
from bot.people.desk import Desk
from bot.people.rules.acting import Acting, Staff, StandIn, Standing
from bot.people.rules.delegating import rules_for
from bot.people.rules.people import Person, Role, SeatHeld
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.regulations.rules.terms import Matter, Next, Outcome
from bot.votes.rules.vote import Vote, VoteKind, VoteResult
from tests.rendering.scenes import AGENCIES, CLERK, OFFICER, PERSONS, SAY, Shown, said
from tests.rules.committee import CALENDAR_2026, body, moment

CALLED = moment("2026-03-02 09:00")
STARTS = moment("2026-03-05 08:00")
BEFORE = moment("2026-03-04 15:30")
MINUTE = timedelta(minutes=1)
HEAD, SECOND, CLERK_ID, GUEST = 1, 2, 80, 70
AN, BINH = PERSONS[0], PERSONS[1]
BY_HEAD, FOR_HEAD = By(AN), By(BINH, AN)
ITEMS = (
    AgendaItem(1, 1, "Kết quả xin ý kiến về chương trình công tác quý II", reason="report_back"),
    AgendaItem(2, 2, "Quy hoạch cán bộ 2026-2031", Matter.PERSONNEL, closed=True, responsible=2),
    AgendaItem(3, 3, "Dự toán kinh phí & phân bổ", responsible=3),
)


def roll_of(regulation: str, size: int) -> tuple[Invitee, ...]:
    names = AGENCIES if regulation in ("hai_duong", "tra_vinh") else PERSONS
    offices = (
        ["agency"] * size
        if names is AGENCIES
        else ["secretary", "deputy", "organisation_member", *["member"] * size]
    )
    return tuple(
        Invitee(n, name, office, full_time=names is AGENCIES or n <= 4)
        for n, (name, office) in enumerate(zip(names[:size], offices, strict=False), 1)
    )


def meeting(regulation: str = "quang_ngai", of: str = "dang_doan", size: int = 7) -> Meeting:
    """A meeting that was called, nobody having answered."""
    return Meeting(
        id=3,
        committee=1,
        rulebook="0",
        body=body(regulation, of),
        kind=MeetingKind.REGULAR,
        starts_at=STARTS,
        place="Phòng họp số 1",
        uid="3",
        sequence=0,
        prepared_by=CLERK_ID,
        submitted_at=CALLED,
        number=4,
        called_at=CALLED,
        invitees=(
            *roll_of(regulation, size),
            Invitee(GUEST, "Lý Văn Khách", "guest", guest=True, category="QN-M7"),
        ),
        items=ITEMS,
        acts=(MeetingAct(MeetingActKind.CALL, CALLED, HEAD),),
        guests_wanted=(GuestWanted("Lý Văn Khách", "QN-M7", GUEST),),
    )


def marked(of: Meeting, mark: Mark, *persons: int, by: int = 0, reason: str = "") -> Meeting:
    notes = [Noted(one, mark, BEFORE, by or one, reason) for one in persons]
    return replace(of, notes=(*of.notes, *notes))


def acted(of: Meeting, kind: MeetingActKind, at: datetime, by: int = HEAD) -> Meeting:
    acting_for = None if by == HEAD else HEAD
    return replace(of, acts=(*of.acts, MeetingAct(kind, at, by, acting_for=acting_for)))


def concluded(of: Meeting, place: int, kind: Conclusion, words: str = "") -> Meeting:
    said_so = Concluded(kind, STARTS + 60 * MINUTE, CLERK_ID, words)
    items = [replace(i, concluded=said_so) if i.place == place else i for i in of.items]
    return replace(of, items=tuple(items))


QN = meeting()
ASKED = marked(QN, Mark.ABSENT, 5, reason="Đi công tác tại <Hà Nội>")
ANSWERED = marked(marked(ASKED, Mark.ATTEND, 1, 2, 3, 4), Mark.ABSENT, 6, reason="Ốm")
CONSENTED = marked(ANSWERED, Mark.CONSENT, 5, by=HEAD)
REFUSED = marked(ANSWERED, Mark.REFUSE, 5, by=HEAD, reason="Nội dung thuộc lĩnh vực phụ trách")
OUT_OF_REACH = marked(QN, Mark.ABSENT, 5, 6, 7, reason="Bận")
SITS = acted(marked(CONSENTED, Mark.CHECK_IN, 1, 2, 3, 4, 7, GUEST), MeetingActKind.OPEN, STARTS)
TOO_FEW = acted(marked(CONSENTED, Mark.CHECK_IN, 1, 3, 4), MeetingActKind.OPEN, STARTS, by=SECOND)
ADOPTED = VoteResult(Outcome.ADOPTED, Next.NONE, 7, 5, 5, 5, {"": {"approve": 5}}, (), ("8.2.2",))
VOTED = replace(
    SITS,
    votes=(
        Vote(
            1,
            2,
            VoteKind.APPROVE,
            secret=True,
            matter=Matter.PERSONNEL,
            names=(),
            opened_at=STARTS + 10 * MINUTE,
            opened_by=HEAD,
            closed_at=STARTS + 20 * MINUTE,
            result=ADOPTED,
        ),
    ),
)
NOTED = concluded(VOTED, 1, Conclusion.NOTED, "Các thành viên nhất trí với thông báo.")
ENDED = acted(
    concluded(concluded(NOTED, 2, Conclusion.ADOPTED), 3, Conclusion.ADJOURNED),
    MeetingActKind.CLOSE,
    STARTS + 90 * MINUTE,
)
ON_PAPER = concluded(
    SITS,
    2,
    Conclusion.ADOPTED,
    "Phát ra 5, thu về 5, hợp lệ 5; cả 5 đều tán thành. Tổ kiểm phiếu: đồng chí Trần Thị Bình.",
)
UP = replace(
    VOTED.votes[0],
    secret=False,
    matter=Matter.GENERAL,
    result=replace(
        ADOPTED,
        outcome=Outcome.TO_SUPERIOR,
        next=Next.UPWARD_REPORT,
        counts={"": {"approve": 4, "reject": 1, "differ": 0}},
        articles=("8.2.2", "7.2"),
    ),
)
ONE_FAILS = replace(
    VOTED.votes[0],
    id=2,
    kind=VoteKind.NAMES,
    names=("Cao Văn Một", "Tô Thị Hai"),
    opened_at=STARTS + 30 * MINUTE,
    closed_at=STARTS + 40 * MINUTE,
    result=replace(
        ADOPTED,
        outcome=Outcome.TO_SUPERIOR,
        next=Next.UPWARD_REPORT,
        counts={
            "Cao Văn Một": {"approve": 5, "reject": 0},
            "Tô Thị Hai": {"approve": 2, "reject": 3},
        },
        adopted=("Cao Văn Một",),
        articles=("8.2.2", "7.2"),
    ),
)
VOTED_TWICE = replace(SITS, votes=(VOTED.votes[0], ONE_FAILS))
CAME_ALONG = Opinions(
    (
        ("Lê Văn Cường", Reply(3, Choice.DIFFER, CALLED, "Nên lùi sang quý III.")),
        ("Trần Thị Bình", Reply(2, Choice.REJECT, CALLED)),
        ("Vũ Thị Giang", Reply(6, Choice.REJECT, CALLED, "Kinh phí chưa rõ.", reserved=True)),
    ),
    spoken="Hoàng Văn Đức: Nên chờ ý kiến cấp trên.",
)
DIVIDED = replace(SITS, votes=(UP,))
NOT_PUBLISHED = replace(
    SITS,
    votes=(
        replace(
            VOTED.votes[0],
            result=replace(
                ADOPTED,
                outcome=Outcome.NOT_PUBLISHED,
                next=Next.DECIDE,
                turnout=3,
                required=None,
                counts={},
            ),
        ),
    ),
)
LAPSED = replace(QN, acts=(*QN.acts, MeetingAct(MeetingActKind.LAPSE, STARTS + 16 * 60 * MINUTE)))
AGENCY_MEETING = replace(
    meeting("hai_duong", "co_quan", 5), place="", invitees=roll_of("hai_duong", 5)
)


def person(number: int, name: str, office: str = "member") -> Person:
    seat = SeatHeld(Role.MEMBER, "dang_doan", office)
    return Person(number, 1, name, number, (seat,))


AN_PERSON, BINH_PERSON = person(1, AN, "secretary"), person(2, BINH, "deputy")
VAN = Person(CLERK_ID, 1, CLERK, CLERK_ID, (SeatHeld(Role.CLERK, "", "clerk"),))
GUEST_PERSON = Person(GUEST, 1, "Lý Văn Khách", GUEST, (SeatHeld(Role.GUEST, "", "guest"),))
AGENCY = Person(2, 1, AGENCIES[1], 2, (SeatHeld(Role.MEMBER, "co_quan", "agency"),))
HEAD_STANDS = Standing(HEAD, head=True)


def before(of: Meeting, who: Person = AN_PERSON, *, for_head: bool = False) -> Access:
    acting = None
    if for_head:
        given = StandIn(1, 1, of.body.id, HEAD, who.id, of.starts_at, of.starts_at, "5.3")
        acting = Acting(who, AN_PERSON, given)
    elif who.id == HEAD or who is OFFICER:
        acting = Acting(who, who)
    return Access(who, of, of.invitee(who.id), acting=acting)


def dashboard(
    of: Meeting, who: Person = AN_PERSON, now: datetime = BEFORE, **more: bool
) -> Callable[[], Card]:
    opened = of.act(MeetingActKind.OPEN)
    chair = None if opened is None else FOR_HEAD if opened.acting_for else BY_HEAD
    return lambda: sitting_cards.dashboard(SAY, before(of, who, **more), chair, (), now)


def absence(
    of: Meeting, by: By | None = None, standing: Standing = HEAD_STANDS
) -> Callable[[], Card]:
    member = of.invitee(5)
    assert member is not None
    return lambda: attendance_cards.absence(SAY, of, member, standing, by)


def item(of: Meeting, place: int, by: By | None = None) -> Callable[[], Card]:
    return lambda: sitting_cards.item(
        SAY, before(of), of.items[place - 1], by=by, responsible=BINH, more=()
    )


def at_desk(*not_over: StandIn) -> Desk:
    everybody = Staff((AN_PERSON, BINH_PERSON))
    return Desk(AN_PERSON, QUANG_NGAI, everybody, CALENDAR_2026, not_over, (), BEFORE)


def given() -> StandIn:
    ends = moment("2026-03-06 23:59")
    return StandIn(1, 1, "dang_doan", HEAD, SECOND, moment("2026-03-05 00:00"), ends, "4.5, 5.3")


QUANG_NGAI = load(regulations_dir() / "quang_ngai.toml")
RULES = rules_for(QUANG_NGAI, QN.body, "secretary")
LISTED = [
    Line(QN, "Đảng đoàn Liên hiệp hội"),
    Line(replace(QN, kind=MeetingKind.EXTRAORDINARY, acts=()), "Đảng đoàn Liên hiệp hội"),
]
PAST = [
    Line(ENDED, "Đảng đoàn Liên hiệp hội"),
    Line(acted(QN, MeetingActKind.CANCEL, BEFORE), "Đảng đoàn Liên hiệp hội"),
    Line(replace(QN, acts=(MeetingAct(MeetingActKind.RECORD, BEFORE, 80),)), "Đảng bộ Khối"),
]


def meeting_list(
    coming: list[Line], past: list[Line], *, several: bool = False, page: int = 1, pages: int = 1
) -> Callable[[], Card]:
    return said("meeting_list", coming=coming, past=past, several=several, page=page, pages=pages)


TO_AGENCIES: Shown = {
    "sitting_ask_absence_agency": lambda: attendance_cards.ask_absence(
        SAY, before(AGENCY_MEETING, AGENCY)
    ),
    "sitting_absence_answered_agency": lambda: attendance_cards.absence_answered(
        SAY, AGENCY_MEETING, AGENCY, Mark.CONSENT, "", By(OFFICER.name)
    ),
    "sitting_reminder_agency": lambda: attendance_cards.reminder(
        SAY, AGENCY_MEETING, AGENCY, BEFORE
    ),
    "sitting_arrival_agency": lambda: attendance_cards.arrival(SAY, AGENCY_MEETING, AGENCY),
    "sitting_noted_agency": lambda: attendance_cards.noted_by_office(
        SAY, AGENCY_MEETING, AGENCY, Mark.CHECK_IN, STARTS, By(CLERK)
    ),
    "sitting_concluded_agency": lambda: sitting_cards.concluded(
        SAY,
        concluded(
            acted(marked(AGENCY_MEETING, Mark.CHECK_IN, 1, 2, 3), MeetingActKind.OPEN, STARTS),
            1,
            Conclusion.NOTED,
        ),
        By(OFFICER.name),
    ),
}
WRITTEN = Minutes(
    (Keeper(SECOND, BEFORE, HEAD),),
    (
        Piece(3, "Ba ý kiến về tiến độ; đề nghị tính lại nếu a < b.", STARTS + 20 * MINUTE, SECOND),
        Piece(3, "Nhất trí giao & theo dõi.", STARTS + 25 * MINUTE, SECOND),
    ),
)
OVER = acted(SITS, MeetingActKind.CLOSE, STARTS + 90 * MINUTE)
LATER = replace(
    WRITTEN,
    pieces=(*WRITTEN.pieces, Piece(3, "Dự thảo <mới>.", STARTS + 120 * MINUTE, SECOND, anew=True)),
)
KEEPS = Standing(SECOND)


def minutes_of(
    of: Meeting, written: Minutes, who: Standing, keeper: str = ""
) -> Callable[[], Card]:
    closed = BY_HEAD if of is OVER else None
    return lambda: minutes_cards.overview(
        SAY, of, written, who, keeper=keeper, opened=BY_HEAD, closed=closed
    )


MINUTES: Shown = {
    "minutes_clerk": minutes_of(SITS, Minutes(), Standing(CLERK_ID, clerk=True)),
    "minutes_keeper": minutes_of(SITS, WRITTEN, KEEPS, BINH),
    "minutes_closed": minutes_of(OVER, WRITTEN, Standing(HEAD, head=True), BINH),
    "minutes_item_nothing": lambda: minutes_cards.item(SAY, SITS, WRITTEN, KEEPS, ITEMS[0]),
    "minutes_item": lambda: minutes_cards.item(SAY, SITS, WRITTEN, KEEPS, ITEMS[2], writes=True),
    "minutes_item_read": lambda: minutes_cards.item(
        SAY, SITS, WRITTEN, Standing(HEAD, head=True), ITEMS[2]
    ),
    "minutes_item_long": lambda: minutes_cards.item(
        SAY,
        SITS,
        replace(WRITTEN, pieces=(Piece(3, "Ý kiến dài. " * 300, STARTS, SECOND),)),
        KEEPS,
        ITEMS[2],
    ),
    "minutes_item_after_close": lambda: minutes_cards.item(
        SAY, OVER, LATER, KEEPS, ITEMS[2], authors=[BINH]
    ),
    "minutes_ask_words": lambda: minutes_cards.asks_words(SAY, ITEMS[2], anew=False),
    "minutes_ask_words_anew": lambda: minutes_cards.asks_words(SAY, ITEMS[2], anew=True),
    "minutes_ask_keeper": lambda: minutes_cards.asks_keeper(
        SAY, SITS, (BINH_PERSON, AN_PERSON), ()
    ),
    "minutes_named": lambda: minutes_cards.named(SAY, SITS, FOR_HEAD),
}


SHOWN: Shown = {
    **MINUTES,
    **TO_AGENCIES,
    "sitting_list": meeting_list(LISTED, PAST, several=True),
    "sitting_list_first_page": meeting_list(LISTED, PAST[:1], pages=2),
    "sitting_list_page": meeting_list([], PAST, page=2, pages=2),
    "sitting_list_none": meeting_list([], []),
    "task_ask_who": lambda: tasks.asks_who(SAY, ITEMS[2], (BINH_PERSON, AN_PERSON), ()),
    "task_ask_by": lambda: tasks.asks_day(
        SAY, ITEMS[2], BINH, ("3", "2"), [date(2026, 3, 12), date(2026, 3, 19)]
    ),
    "task_ask_words": lambda: tasks.asks_words(SAY, ITEMS[2], BINH, date(2026, 3, 12)),
    "sitting_ask_absence": lambda: attendance_cards.ask_absence(
        SAY, before(QN, person(5, PERSONS[4]))
    ),
    "sitting_ask_absence_head": lambda: attendance_cards.ask_absence(SAY, before(QN)),
    "sitting_ask_absence_guest": lambda: attendance_cards.ask_absence(
        SAY, before(QN, GUEST_PERSON)
    ),
    "sitting_head_absent": lambda: attendance_cards.head_absent(SAY, QN),
    "sitting_absence": absence(ANSWERED),
    "sitting_absence_for_clerk": absence(ANSWERED, standing=Standing(CLERK_ID, clerk=True)),
    "sitting_absence_consented": absence(CONSENTED, FOR_HEAD),
    "sitting_absence_refused": absence(REFUSED, BY_HEAD),
    "sitting_absence_taken_back": absence(marked(ANSWERED, Mark.ATTEND, 5)),
    "sitting_ask_refusal": lambda: attendance_cards.ask_refusal(SAY, ANSWERED, 5),
    "sitting_absence_answered_yes": lambda: attendance_cards.absence_answered(
        SAY, QN, person(5, PERSONS[4]), Mark.CONSENT, "", FOR_HEAD
    ),
    "sitting_absence_answered_no": lambda: attendance_cards.absence_answered(
        SAY, QN, person(5, PERSONS[4]), Mark.REFUSE, "Nội dung thuộc lĩnh vực phụ trách", BY_HEAD
    ),
    "sitting_reminder": lambda: attendance_cards.reminder(SAY, QN, BINH_PERSON, BEFORE),
    "sitting_arrival": lambda: attendance_cards.arrival(SAY, QN, BINH_PERSON),
    "sitting_noted_here": lambda: attendance_cards.noted_by_office(
        SAY, SITS, BINH_PERSON, Mark.CHECK_IN, STARTS, By(CLERK)
    ),
    "sitting_noted_gone": lambda: attendance_cards.noted_by_office(
        SAY, SITS, BINH_PERSON, Mark.LEAVE, STARTS + 30 * MINUTE, By(CLERK)
    ),
    "sitting_pick_here": lambda: attendance_cards.pick(SAY, QN, QN.invitees, Mark.CHECK_IN, 0),
    "sitting_pick_gone": lambda: attendance_cards.pick(SAY, SITS, SITS.present, Mark.LEAVE, 0),
    "sitting_dashboard_submitted": dashboard(replace(QN, acts=(), number=None)),
    "sitting_dashboard_called": dashboard(QN),
    "sitting_dashboard_answered": dashboard(ANSWERED),
    "sitting_dashboard_clerk": dashboard(ANSWERED, VAN),
    "sitting_dashboard_consented": dashboard(marked(CONSENTED, Mark.ATTEND, 7)),
    "sitting_dashboard_out_of_reach": dashboard(OUT_OF_REACH),
    "sitting_dashboard_on_the_day": dashboard(
        marked(ANSWERED, Mark.CHECK_IN, 2, GUEST), now=STARTS - 20 * MINUTE
    ),
    "sitting_dashboard_open": dashboard(SITS, now=STARTS + MINUTE),
    "sitting_dashboard_too_few": dashboard(
        TOO_FEW, BINH_PERSON, now=STARTS + MINUTE, for_head=True
    ),
    "sitting_dashboard_closed": dashboard(ENDED, now=STARTS + 100 * MINUTE),
    "sitting_dashboard_cancelled": dashboard(acted(QN, MeetingActKind.CANCEL, BEFORE)),
    "sitting_dashboard_delegate": lambda: sitting_cards.dashboard(
        SAY, before(ANSWERED, VAN), None, (), BEFORE, ahead=sitting_cards.ChairAhead(BINH)
    ),
    "sitting_dashboard_nobody_chairs": lambda: sitting_cards.dashboard(
        SAY, before(ANSWERED, VAN), None, (), BEFORE, ahead=sitting_cards.ChairAhead(empty=True)
    ),
    "sitting_dashboard_agencies": dashboard(
        marked(AGENCY_MEETING, Mark.ATTEND, 1, 2), OFFICER, now=BEFORE
    ),
    "sitting_items": lambda: sitting_cards.items(SAY, NOTED),
    "sitting_item_open": item(SITS, 3),
    "sitting_item_voted": item(VOTED, 2),
    "sitting_item_concluded": item(NOTED, 1, By(CLERK)),
    "sitting_item_too_few": item(TOO_FEW, 3),
    "sitting_ask_conclusion": lambda: sitting_cards.ask_words(
        SAY, SITS, ITEMS[2], Conclusion.NOT_ADOPTED
    ),
    "sitting_item_secret": item(SITS, 2),
    "sitting_ask_conclusion_secret": lambda: sitting_cards.ask_words(
        SAY, SITS, ITEMS[1], Conclusion.ADOPTED
    ),
    "sitting_ask_conclusion_secret_too_few": lambda: sitting_cards.ask_words(
        SAY, TOO_FEW, ITEMS[1], Conclusion.ADOPTED
    ),
    "sitting_ask_conclusion_secret_not_adopted": lambda: sitting_cards.ask_words(
        SAY, SITS, ITEMS[1], Conclusion.NOT_ADOPTED
    ),
    "sitting_ask_conclusion_secret_upward": lambda: sitting_cards.ask_words(
        SAY, SITS, ITEMS[1], Conclusion.TO_SUPERIOR
    ),
    "sitting_item_voted_twice": item(VOTED_TWICE, 2),
    "sitting_items_voted_twice": lambda: sitting_cards.items(SAY, VOTED_TWICE),
    "sitting_concluded_voted_twice": lambda: sitting_cards.concluded(SAY, VOTED_TWICE, FOR_HEAD),
    "sitting_ask_conclusion_secret_put_off": lambda: sitting_cards.ask_words(
        SAY, SITS, ITEMS[1], Conclusion.ADJOURNED
    ),
    "sitting_item_on_paper": item(ON_PAPER, 2, By(CLERK)),
    "sitting_items_on_paper": lambda: sitting_cards.items(SAY, ON_PAPER),
    "sitting_ask_close_on_paper": lambda: sitting_cards.ask_close(SAY, ON_PAPER),
    "sitting_concluded_on_paper": lambda: sitting_cards.concluded(SAY, ON_PAPER, FOR_HEAD),
    "sitting_ask_open": lambda: sitting_cards.ask_open(SAY, NOTED, STARTS - 10 * MINUTE),
    "sitting_ask_close": lambda: sitting_cards.ask_close(SAY, NOTED),
    "sitting_ask_close_all_concluded": lambda: sitting_cards.ask_close(
        SAY, replace(ENDED, acts=SITS.acts)
    ),
    "sitting_ask_close_never_enough": lambda: sitting_cards.ask_close(SAY, TOO_FEW),
    "sitting_ask_close_divided": lambda: sitting_cards.ask_close(SAY, DIVIDED),
    "sitting_ask_close_not_published": lambda: sitting_cards.ask_close(SAY, NOT_PUBLISHED),
    "sitting_item_divided": lambda: sitting_cards.item(
        SAY,
        before(DIVIDED, person(HEAD, PERSONS[0])),
        DIVIDED.items[1],
        by=None,
        responsible="",
        more=(),
        opinions=CAME_ALONG.shown(whole=True),
    ),
    "sitting_concluded_divided": lambda: sitting_cards.concluded(SAY, DIVIDED, FOR_HEAD),
    "sitting_concluded_never_enough": lambda: sitting_cards.concluded(SAY, TOO_FEW, FOR_HEAD),
    "sitting_lapsed": lambda: lapsing.told(SAY, LAPSED),
    "sitting_dashboard_lapsed": lambda: sitting_cards.dashboard(
        SAY, before(LAPSED), None, (), STARTS + 24 * 60 * MINUTE
    ),
    "sitting_concluded": lambda: sitting_cards.concluded(SAY, ENDED, FOR_HEAD),
    "delegations_none": lambda: delegation_cards.listed(SAY, at_desk(), [(QN.body, True)]),
    "delegations": lambda: delegation_cards.listed(SAY, at_desk(given()), [(QN.body, True)]),
    "delegations_without_rule": lambda: delegation_cards.listed(
        SAY, at_desk(), [(AGENCY_MEETING.body, False)]
    ),
    "delegation_pick": lambda: delegation_cards.pick(SAY, 1, QN.body, RULES, [BINH_PERSON]),
    "delegation_pick_nobody": lambda: delegation_cards.pick(SAY, 1, QN.body, RULES, []),
    "delegation_from": lambda: delegation_cards.ask_start(SAY, 1, QN.body, BINH_PERSON),
    "delegation_until": lambda: delegation_cards.ask_end(SAY, 1, QN.body, BINH_PERSON, STARTS),
    "delegation_given": lambda: delegation_cards.given(
        SAY, QN.body, AN_PERSON, BINH_PERSON, given()
    ),
    "delegation_confirmed": lambda: delegation_cards.confirmed(
        SAY, 1, QN.body, BINH_PERSON, given()
    ),
    "delegation_given_by_only_clerk": lambda: delegation_cards.given(
        SAY, QN.body, AN_PERSON, BINH_PERSON, given(), alone=True
    ),
    "delegation_confirmed_by_only_clerk": lambda: delegation_cards.confirmed(
        SAY, 1, QN.body, BINH_PERSON, given(), alone=True
    ),
    "delegation_withdrawn": lambda: delegation_cards.withdrawn(
        SAY, QN.body, AN_PERSON, BINH_PERSON, given(), BEFORE
    ),
    "delegation_ended": lambda: delegation_cards.ended(SAY, 1, QN.body, BINH_PERSON),
}
