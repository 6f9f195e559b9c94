"""What is shown about reports: the morning's word, the lists of those overdue, one report, the duties."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.calendar.holidays_vn import default_calendar
from bot.db.notice import Card
from bot.db.people import Committee
from bot.db.rulebooks import InForce
from bot.people.rules.acting import Staff
from bot.people.rules.people import Person, Role, SeatHeld
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.regulations.rules.duties import AfterEvent, DueKind, DueRule, Duty, Happens
from bot.regulations.rules.occasions import Occasion, period_after
from bot.reports import access, digest_cards, due_days, lines, screens, unasked
from bot.reports.access import Access
from bot.reports.generate import Ledger
from bot.reports.rules.due_days import due_day, upcoming
from bot.reports.rules.owing import answerable
from bot.reports.rules.report import Report, ReportAct, ReportActKind
from bot.reports.rules.rights import Rights
from bot.reports.store import Settings
from bot.values.files import FileRef
from bot.values.refusal import Refusal
from bot.values.spans import Counts, Span
from bot.values.working_days import working_calendar
from tests.rendering.scenes import CLERK, PERSONS, SAY, Shown
from tests.rendering.shown_refusals import told
from tests.rules.committee import moment

BK = load(regulations_dir() / "bac_kan.toml")
CALENDAR = working_calendar(default_calendar(2026, 2027))
HEAD = Person(1, 1, PERSONS[0], 1, (SeatHeld(Role.MEMBER, "ban_chap_hanh", "secretary"),))
MEMBER = Person(2, 1, PERSONS[1], 2, (SeatHeld(Role.MEMBER, "ban_chap_hanh", "member"),))
THE_CLERK = Person(3, 1, CLERK, 3, (SeatHeld(Role.CLERK, "", "clerk"),))
UNIT = Person(4, 1, "Chi bộ <Sở Nội vụ>", 4, (SeatHeld(Role.UNIT, "", "unit"),))
OTHER = Person(5, 1, "Chi bộ Sở Tài chính & Đầu tư", 5, (SeatHeld(Role.UNIT, "", "unit"),))
EVERYBODY = (HEAD, MEMBER, THE_CLERK, UNIT, OTHER)
BOOK = Ledger(
    Committee(1, "Đảng bộ các cơ quan", "0"),
    BK,
    Staff(tuple(EVERYBODY)),
    CALENDAR,
    Settings(),
    (InForce(None, BK),),
)
SEVEN_BEFORE = moment("2026-06-23 08:00")
AFTER = moment("2026-07-01 08:00")
DUE = date(2026, 6, 30)


def report(number: int, duty: str, period: str, debtor: str, name: str, *acts: ReportAct) -> Report:
    known = duty_of(duty)
    return Report(
        id=number,
        committee=1,
        duty=duty,
        period=period,
        debtor=debtor,
        debtor_name=name,
        rulebook="0",
        what=known.what,
        article=known.article,
        first_day=date(2026, 6, 1),
        due_on=DUE,
        made_at=moment("2026-05-04 08:00"),
        person=int(debtor[7:]) if debtor.startswith("person:") else None,
        acts=acts,
    )


def duty_of(id_: str) -> Duty:
    return next(each for each in BK.duties if each.id == id_)


MONTH = report(1, "BK-R2", "2026-06", "person:4", UNIT.name)
QUARTER = report(2, "BK-R2", "2026-Q2", "person:4", UNIT.name)
HALF = report(3, "BK-R2", "2026-H1", "person:4", UNIT.name)
OTHERS = report(4, "BK-R2", "2026-06", "person:5", OTHER.name)
OF_BODY = report(5, "BK-R1", "2026-06", "body:ban_chap_hanh", "Ban Chấp hành")
OF_MEMBER = report(6, "BK-R3", "2030-T", "person:2", MEMBER.name)
FILE = FileRef("bao cao <thang 6>.docx", "f", "0" * 64, 48_200)


def act(kind: ReportActKind, at: str, **more: object) -> ReportAct:
    return ReportAct(kind, moment(at), 4, **more)  # type: ignore[arg-type]  # fields by name


def after(one_: Report, *acts: ReportAct) -> Report:
    return replace(one_, acts=(*one_.acts, *acts))


SENT = act(
    ReportActKind.DELIVER,
    "2026-06-29 15:00",
    number="12-BC/CB",
    paper_on=date(2026, 6, 28),
    file=FILE,
)
LATE = act(ReportActKind.DELIVER, "2026-07-02 09:00")
ON_PAPER = act(ReportActKind.RECORD, "2026-07-02 09:00", day=date(2026, 6, 30), number="7-BC")
ASKED = act(ReportActKind.ASK, "2026-06-29 15:00", day=date(2026, 7, 7))
GRANTED = act(ReportActKind.GRANT, "2026-06-29 16:00", day=date(2026, 7, 6))
DECLINED = act(ReportActKind.DECLINE, "2026-06-29 16:00", words="Cần tổng hợp <ngay>.")
EXCUSED = act(ReportActKind.EXCUSE, "2026-06-29 16:00", words="Mới thành lập.")
ADDED = act(ReportActKind.ADD, "2026-06-30 16:00", file=FILE)


def before(of: Report, person: Person) -> Access:
    owing = answerable(of.debtor, BOOK.staff, BK)
    who = Rights(person.id, owes=person in owing, clerk=person.is_clerk, head=person is HEAD)
    return Access(person, of, who, BOOK)


def card(of: Report, person: Person, now: datetime) -> Card:
    return screens.one(SAY, before(of, person), now)


MEETING, TERM = (Happens.MEETING, Span(15)), (Happens.TERM, Span(20, Counts.CALENDAR_DAYS_EXACT))


def a_duty_after(due: tuple[Happens, Span], body: str | None = None) -> Card:
    what, span = due
    rule = DueRule(DueKind.AFTER, article="11.3", after=AfterEvent(what, span, body))
    of = replace(duty_of("BK-R1"), what="Biên bản cuộc họp", periods=(), due=rule, article="11.3")
    day, number = date(2026, 4, 22), 3 if body else None
    period = period_after(Occasion(what, 12, day, number, body or ""))
    days = [(period, date(2026, 5, 18))]
    return due_days.one(SAY, BOOK, of, days, [UNIT.name], may_edit=True)


def morning(person: Person, ahead: list[Report], late: list[Report], now: datetime) -> Card:
    return digest_cards.reminder(SAY, person, ahead, late, CALENDAR, now)


def a_duty(id_: str, settings: Settings = BOOK.settings, *, may_edit: bool = True) -> Card:
    of = duty_of(id_)
    days = [
        (period, day)
        for period in upcoming(of, date(2026, 6, 23))
        if (day := due_day(of.due, period, CALENDAR)) and day >= date(2026, 6, 23)
    ]
    book = replace(BOOK, settings=settings)
    return due_days.one(SAY, book, of, days, [UNIT.name, OTHER.name], may_edit=may_edit)


def mine() -> Card:
    shown = [lines.line(SAY, each, CALENDAR, AFTER) for each in (MONTH, after(QUARTER, ASKED))]
    sent = [lines.line(SAY, after(HALF, SENT), CALENDAR, AFTER)]
    text = SAY.text(
        "report_mine", committee="Đảng bộ", lines=shown, later=2, sent=sent, today=AFTER.date()
    )
    return Card(text, tuple((lines.button(each),) for each in (*shown, *sent)))


def nothing() -> Card:
    return Card(SAY.text("report_mine", committee="Đảng bộ", lines=[], later=0, sent=[], today=DUE))


def files() -> Card:
    words = lines.line(SAY, after(MONTH, SENT), CALENDAR, AFTER)
    return Card(SAY.text("report_files", one=words, files=(FILE,)))


OWN = Settings(rules={"BK-R2": "25"}, remind_days={"BK-R2": (5, 1)})
SENDER = unasked.Sender(UNIT, BOOK, access.may_send(BOOK, UNIT))
STARTED = replace(after(MONTH, SENT), period="2026-06-29", what="Báo cáo đột xuất")
FLOOD = "Mưa lũ gây <thiệt hại> trụ sở"
TO_AGENCIES: Shown = {
    "report_reminder_one": lambda: morning(UNIT, [MONTH], [], SEVEN_BEFORE),
    "report_reminder_several": lambda: morning(UNIT, [MONTH, QUARTER, HALF], [], SEVEN_BEFORE),
    "report_reminder_answered": lambda: morning(
        UNIT, [after(MONTH, SENT), after(QUARTER, ASKED), HALF], [], moment("2026-06-30 08:00")
    ),
    "report_reminder_settled": lambda: morning(UNIT, [], [after(MONTH, SENT)], AFTER),
    "report_reminder_late": lambda: morning(UNIT, [], [MONTH], AFTER),
    "report_ask_delivery": lambda: screens.asks_delivery(
        SAY, before(MONTH, UNIT), "deliver", SEVEN_BEFORE
    ),
    "report_ask_add": lambda: screens.asks_delivery(
        SAY, before(after(MONTH, SENT), UNIT), "add", SEVEN_BEFORE
    ),
    "report_ask_until": lambda: screens.asks_until(SAY, before(MONTH, UNIT), SEVEN_BEFORE),
    "report_delivered": lambda: screens.delivered(
        SAY, before(after(MONTH, SENT), UNIT), "deliver", SEVEN_BEFORE
    ),
    "report_delivered_with_others": lambda: screens.delivered(
        SAY, before(after(MONTH, SENT), UNIT), "deliver", SEVEN_BEFORE, (QUARTER, HALF)
    ),
    "report_unasked_ask_file": lambda: unasked.asks(
        SAY, SENDER, "BK-R2", "file", ("1", "BK-R2", "none")
    ),
    "report_unasked_ask_words": lambda: unasked.asks(SAY, SENDER, "BK-R2", "words"),
    "hand_unasked_told": lambda: unasked.told(SAY, duty_of("BK-R2"), STARTED, FLOOD, HEAD),
    "hand_unasked_sent": lambda: unasked.shown_to_sender(SAY, duty_of("BK-R2"), STARTED, FLOOD),
    "report_delivered_late": lambda: screens.delivered(
        SAY, before(after(MONTH, LATE), UNIT), "deliver", AFTER
    ),
    "report_added": lambda: screens.delivered(
        SAY, before(after(MONTH, SENT, ADDED), UNIT), "add", AFTER
    ),
    "report_done_asked": lambda: screens.done(
        SAY, before(after(MONTH, ASKED), UNIT), "asked", SEVEN_BEFORE
    ),
    "report_told_granted": lambda: screens.decided(
        SAY, before(after(MONTH, ASKED, GRANTED), UNIT), "granted", SEVEN_BEFORE
    ),
    "report_told_excused": lambda: screens.decided(
        SAY, before(after(MONTH, EXCUSED), UNIT), "excused", SEVEN_BEFORE
    ),
    "report_one_open": lambda: card(MONTH, UNIT, SEVEN_BEFORE),
    "report_one_sent": lambda: card(after(MONTH, SENT), UNIT, AFTER),
    "report_one_late": lambda: card(after(MONTH, LATE), UNIT, AFTER),
    "report_one_excused": lambda: card(after(MONTH, EXCUSED), UNIT, AFTER),
    "report_mine": mine,
    "report_mine_nothing": nothing,
    "report_files": files,
}
SHOWN: Shown = {
    **TO_AGENCIES,
    "report_reminder_of_a_body": lambda: morning(HEAD, [OF_BODY], [], SEVEN_BEFORE),
    "report_reminder_of_a_term": lambda: morning(MEMBER, [OF_MEMBER], [], SEVEN_BEFORE),
    "report_reminder_both": lambda: morning(THE_CLERK, [OF_BODY], [MONTH], AFTER),
    "report_overdue": lambda: digest_cards.overdue_list(
        SAY, 1, "Đảng bộ", [MONTH, OTHERS, QUARTER, OF_BODY], AFTER.date()
    ),
    "report_overdue_head": lambda: digest_cards.overdue_short(
        SAY, "Đảng bộ", [MONTH, OTHERS], [UNIT.name, OTHER.name], AFTER.date()
    ),
    "report_one_office_asked": lambda: card(after(MONTH, ASKED), THE_CLERK, SEVEN_BEFORE),
    "report_one_office_granted": lambda: card(
        after(MONTH, ASKED, GRANTED), THE_CLERK, moment("2026-07-02 09:00")
    ),
    "report_one_office_of_a_body": lambda: card(OF_BODY, THE_CLERK, AFTER),
    "report_ask_record": lambda: screens.asks_delivery(
        SAY, before(MONTH, THE_CLERK), "record", SEVEN_BEFORE
    ),
    "report_recorded": lambda: screens.delivered(
        SAY, before(after(MONTH, ON_PAPER), THE_CLERK), "record", AFTER
    ),
    "report_asked": lambda: screens.asked(SAY, before(after(MONTH, ASKED), UNIT), SEVEN_BEFORE),
    "report_asked_of_a_body": lambda: screens.asked(
        SAY, before(after(OF_BODY, ASKED), HEAD), AFTER
    ),
    **{
        f"report_ask_office_{what}": lambda what=what: screens.asks(  # type: ignore[misc]
            SAY, before(after(MONTH, ASKED), THE_CLERK), what, SEVEN_BEFORE
        )
        for what in ("grant", "decline", "excuse")
    },
    "report_told_declined": lambda: screens.decided(
        SAY, before(after(MONTH, ASKED, DECLINED), UNIT), "declined", SEVEN_BEFORE
    ),
    "report_done_granted": lambda: screens.done(
        SAY, before(after(MONTH, ASKED, GRANTED), THE_CLERK), "granted", SEVEN_BEFORE
    ),
    "report_done_declined": lambda: screens.done(
        SAY, before(after(MONTH, ASKED, DECLINED), THE_CLERK), "declined", SEVEN_BEFORE
    ),
    "report_done_excused": lambda: screens.done(
        SAY, before(after(MONTH, EXCUSED), THE_CLERK), "excused", SEVEN_BEFORE
    ),
    "report_duties": lambda: due_days.listed(SAY, BOOK),
    "report_duty": lambda: a_duty("BK-R2"),
    "report_duty_own_rule": lambda: a_duty("BK-R2", OWN),
    "report_duty_before_period": lambda: a_duty("BK-R4"),
    "report_duty_after_a_meeting": lambda: a_duty_after(MEETING, "ban_chap_hanh"),
    "report_duty_after_a_term": lambda: a_duty_after(TERM),
    "report_duty_read_only": lambda: a_duty("BK-R2", may_edit=False),
    "report_ask_day_rule": lambda: due_days.asks(SAY, BOOK, duty_of("BK-R2"), "rule", ""),
    "report_ask_day_days": lambda: due_days.asks(SAY, BOOK, duty_of("BK-R2"), "days", ""),
    "report_ask_day_period": lambda: due_days.asks(
        SAY, BOOK, duty_of("BK-R2"), "period", "2026-Q2"
    ),
    "report_ask_day_term": lambda: due_days.asks(SAY, BOOK, duty_of("BK-R3"), "period", "T"),
}

OF = {"what": duty_of("BK-R2").what, "owed": duty_of("BK-R2")}
DAY = {"day": date(2026, 6, 30)}
REFUSED = (
    Refusal("report_delivered", "12.2", instead="report_add", values={"on": DUE, "at": AFTER}),
    Refusal("report_excused", "12.2", values={"why": "Mới thành lập."}),
    Refusal("report_not_delivered", "12.2"),
    Refusal("report_file_needed"),
    Refusal("report_macros", values={"name": "bao cao <1>.docm"}),
    Refusal("report_day_ahead", values=DAY),
    Refusal("report_day_far", values=DAY),
    Refusal("report_day_past", values=DAY),
    Refusal("report_not_later", "12.2", values={"due": DUE}),
    Refusal("report_too_far", "12.2", values={"until": DUE, "latest": DUE}),
    Refusal("report_not_asked"),
    Refusal("report_not_unasked", "12.2"),
    Refusal("report_not_together", "12.2"),
    Refusal("report_no_later", values={"due": DUE, "past": False}),
    Refusal("report_duty_unknown", values={"duty": "XX-R9"}),
    Refusal("report_period_unknown", "12.2", values={**OF, "period": "2026-W07"}),
    Refusal("report_not_yet", "12.2", values={**OF, "period": "quý IV/2027"}),
    Refusal("report_not_owed", "12.2", values={**OF, "period": "tháng 1/2026"}),
    Refusal("report_rule_unclear", values={"text": "ngày kia <?>"}),
    Refusal("report_days_unclear", values={"most": 6, "before": 90}),
)
REFUSALS: Shown = {
    f"refusal_{refusal.kind}": lambda refusal=refusal: told(refusal)  # type: ignore[misc]
    for refusal in REFUSED
}
SHOWN |= REFUSALS
