"""What is shown of what is owed after a decision: each kind, how it ended, the morning's word, the refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from bot import subjects  # noqa: F401 - subjects enter the ways to what their debts follow from
from bot.db.notice import Card
from bot.kit.access import By
from bot.owed import cards
from bot.owed.access import Access
from bot.owed.rules import rights
from bot.owed.rules.debt import Debt, DebtKind, Morning
from bot.owed.rules.rights import Rights
from bot.people.rules.people import Person
from bot.reports import debts, digest_cards
from bot.values.refusal import Refusal
from tests.rendering.scenes import SAY, Shown
from tests.rendering.shown_refusals import told
from tests.rendering.shown_reports import BOOK, CALENDAR, HEAD, MEMBER, SEVEN_BEFORE, THE_CLERK
from tests.rules.committee import moment

CLOSED = moment("2026-06-22 17:00")
SENT = moment("2026-06-25 09:00")
DUE = date(2026, 6, 29)
REPORT = Debt(
    DebtKind.UPWARD_REPORT,
    "consultation:3",
    "Sắp xếp <các> đơn vị & nhân sự",
    "7.2",
    CLOSED,
    5,
    1,
    due_on=DUE,
    body="ban_chap_hanh",
    id=7,
)
NOTICE = replace(
    REPORT,
    kind=DebtKind.NOTICE,
    of="item:4",
    subject="Kế hoạch công tác năm",
    article="13.3",
    rule="QN-R8",
    to_whom="Chi ủy Chi bộ cơ quan",
    id=8,
)
UNDECIDED = replace(NOTICE, rests_since=CLOSED)
ANSWER = replace(
    REPORT,
    kind=DebtKind.ANSWER,
    of="body:ban_chap_hanh",
    subject="Vì sao dự án đường tỉnh <A> chậm tiến độ?",
    article="22.4, 4.7",
    body="",
    person=MEMBER.id,
    asked_by=HEAD.id,
    id=9,
)
ROUND = replace(REPORT, kind=DebtKind.SECOND_ROUND, article="15.2", id=10)
TASK = replace(
    REPORT,
    kind=DebtKind.TASK,
    of="item:4",
    subject="Lập dự thảo <kế hoạch> & trình trước ngày 25",
    article="",
    person=MEMBER.id,
    asked_by=HEAD.id,
    id=11,
)
LEADS = Rights(1, leads=True)
GONE_OUT = replace(REPORT, settled_at=SENT, number="12-BC/ĐU", paper_on=date(2026, 6, 24))
WORDS = "Do vướng giải phóng mặt bằng & thời tiết; đã xử lý."
OWES, OFFICE, NOBODY = Rights(1, owes=True), Rights(3, clerk=True), Rights(5)


def before(debt: Debt, who: Rights = OWES, person: Person = HEAD) -> Access:
    owner = MEMBER if debt.person else HEAD
    return Access(person, debt, who, owner, HEAD if debt.asked_by else None)


def one(debt: Debt, who: Rights = OWES) -> Card:
    return cards.one(SAY, before(debt, who), SEVEN_BEFORE)


def morning(said: Morning, person: Person = HEAD) -> Card:
    listed = debts.listed(SAY, BOOK, said, SEVEN_BEFORE.date())
    return digest_cards.reminder(SAY, person, [], [], CALENDAR, SEVEN_BEFORE, owed=listed)


PLAIN = replace(REPORT, subject="Sắp xếp các đơn vị & nhân sự", due_on=date(2026, 6, 22))
ASKED = replace(ANSWER, subject="Vì sao dự án đường tỉnh chậm tiến độ?", due_on=PLAIN.due_on)
LATE = Morning(late=(PLAIN, ASKED))
AHEAD = Morning(
    ahead=(
        replace(PLAIN, due_on=SEVEN_BEFORE.date()),
        replace(ASKED, due_on=DUE, settled_at=SENT),
        replace(ASKED, due_on=DUE),
    )
)
LISTED = debts.listed(SAY, BOOK, LATE, SEVEN_BEFORE.date())
TODAY = SEVEN_BEFORE.date()


SHOWN: Shown = {
    "debt_second_round_let_go": lambda: cards.one(SAY, before(ROUND), SEVEN_BEFORE, let_go=True),
    "debt_second_round_let_go_clerk": lambda: cards.one(
        SAY, before(ROUND, OFFICE), SEVEN_BEFORE, let_go=True
    ),
    "debt_upward_report": partial(one, REPORT),
    "debt_upward_report_clerk": partial(one, REPORT, OFFICE),
    "debt_upward_report_late": partial(one, replace(REPORT, due_on=date(2026, 6, 22))),
    "debt_upward_report_sent": partial(one, GONE_OUT),
    "debt_upward_report_rests": partial(one, replace(REPORT, rests_since=SENT)),
    "debt_upward_report_dropped": partial(one, replace(REPORT, dropped_at=SENT)),
    "debt_notice": partial(one, NOTICE),
    "debt_answer": partial(one, ANSWER),
    "debt_answer_of_another": partial(one, ANSWER, NOBODY),
    "debt_answer_given": partial(one, replace(ANSWER, settled_at=SENT, words=WORDS)),
    "debt_answer_in_the_meeting": partial(one, replace(ANSWER, settled_at=SENT)),
    "debt_second_round": partial(one, ROUND),
    "debt_second_round_done": partial(one, replace(ROUND, settled_at=SENT)),
    "debt_task": partial(one, TASK),
    "debt_task_head": partial(one, TASK, LEADS),
    "debt_task_office": partial(one, TASK, OFFICE),
    "debt_task_done": partial(one, replace(TASK, settled_at=SENT)),
    "debt_task_done_words": partial(one, replace(TASK, settled_at=SENT, words=WORDS)),
    "task_ask_done": lambda: cards.asks_done(SAY, TASK),
    "task_ask_day": lambda: cards.asks_day(SAY, TASK, [date(2026, 6, 30), date(2026, 7, 2)]),
    "task_done": lambda: cards.told_done(
        SAY, replace(TASK, settled_at=SENT), MEMBER.name, By(THE_CLERK.name)
    ),
    "task_done_words": lambda: cards.told_done(
        SAY, replace(TASK, settled_at=SENT, words=WORDS), MEMBER.name, By(MEMBER.name)
    ),
    "task_put_off": lambda: cards.told_put_off(
        SAY, replace(TASK, due_on=date(2026, 7, 6)), DUE, MEMBER.name, By(HEAD.name)
    ),
    "debt_ask_paper": lambda: cards.asks_paper(SAY, before(REPORT)),
    "debt_ask_answer": lambda: cards.asks_answer(SAY, before(ANSWER)),
    "debt_answered": lambda: cards.answered(SAY, replace(ANSWER, words=WORDS), By(MEMBER.name)),
    "debt_concern": lambda: cards.concern(SAY, before(UNDECIDED, OFFICE, THE_CLERK)),
    "debt_concern_yes": lambda: cards.concern(SAY, before(NOTICE, OFFICE, THE_CLERK)),
    "debt_concern_no": lambda: cards.concern(
        SAY, before(replace(UNDECIDED, dropped_at=SENT), OFFICE, THE_CLERK)
    ),
    "debt_morning_ahead": partial(morning, AHEAD),
    "debt_morning_late": partial(morning, LATE, MEMBER),
    "debt_overdue": lambda: digest_cards.overdue_list(
        SAY, 1, "Đảng bộ các cơ quan", [], TODAY, owed=LISTED
    ),
    "debt_overdue_head": lambda: digest_cards.overdue_short(
        SAY, "Đảng bộ các cơ quan", [], (), TODAY, owed=LISTED
    ),
    "refusal_debt_settled": lambda: told(rights.may_settle_by_paper(GONE_OUT, OWES)),
    "refusal_debt_settled_answer": lambda: told(
        rights.may_answer(replace(ANSWER, settled_at=SENT, words=WORDS), OWES)
    ),
    "refusal_debt_dropped": lambda: told(
        rights.may_settle_by_paper(replace(REPORT, dropped_at=SENT), OWES)
    ),
    "refusal_debt_rests": lambda: told(
        rights.may_settle_by_paper(replace(REPORT, rests_since=SENT), OWES)
    ),
    "refusal_debt_undecided": lambda: told(rights.may_settle_by_paper(UNDECIDED, OFFICE)),
    "refusal_debt_concern_said": lambda: told(rights.may_say_concern(NOTICE, OFFICE)),
    "refusal_debt_only_head": lambda: told(rights.may_put_off(TASK, OFFICE)),
    "refusal_debt_day_not_later": lambda: told(rights.may_put_off_to(TASK, LEADS, DUE, SENT)),
    "refusal_debt_day_past": lambda: told(rights.may_name_day(date(2026, 6, 24), SENT)),
    "refusal_debt_paper_needed": lambda: told(rights.may_date(REPORT, "", None, SENT)),
    "refusal_debt_paper_ahead": lambda: told(
        rights.may_date(REPORT, "12-BC/ĐU", date(2026, 6, 26), SENT)
    ),
    "refusal_debt_answer_of_another": lambda: told(rights.may_answer(ANSWER, NOBODY)),
    "refusal_debt_not_closed": lambda: told(Refusal("debt_not_closed", "8.2.1")),
}
