"""What clerk and head are shown: approval, dashboard, notices, the steps of their acts, and notices to the roll."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot import restored, run_due
from bot.consultations import cards, dashboard_card, request_cards
from bot.consultations.rules.consultation import ActKind, Choice, Reply
from bot.consultations.rules.due import moved_by
from bot.consultations.rules.rights import HEAD, Rights
from bot.db.dues import SetAside
from bot.db.notice import Card
from bot.kit.access import By
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import Ground, Matter
from tests.rendering.scenes import (
    AFTER,
    CLERK,
    OFFICER,
    SAY,
    WEDNESDAY,
    Shown,
    asked,
    dossier,
    member,
    result,
    said,
    submitted,
    whole_roll,
)
from tests.rendering.shown_results import A_DAY_AND_MORE, UNDATABLE, split, with_secret_slips
from tests.rules.committee import DEADLINE, OPENED, Committee, moment

REASON = "Cần thêm thời gian nghiên cứu <phụ lục 2> & đối chiếu."
LATER = moment("2026-03-18 17:00")


def board(
    of: Committee, *, now: datetime = WEDNESDAY, page: int = 0, rights: Rights = HEAD
) -> Card:
    return dashboard_card.card(SAY, dossier(of), now, page, rights=rights)


def approval(of: Committee, **papers: Any) -> Card:
    return request_cards.asks_approval(SAY, submitted(of, **papers), CLERK, OPENED, DEADLINE)


def unreachable(of: Committee, reason: str) -> Card:
    return cards.unreachable(SAY, dossier(of), member(of, 4), reason)


def act(
    of: Committee, kind: str, *, reader: int, upon: int | None = None, reason: str = ""
) -> Card:
    """The notice of an act as one member of the roll reads it."""
    facts = of.consultation
    waits = facts.has(reader) and reader not in facts.last_replies
    return cards.act_done(
        SAY,
        dossier(of),
        kind,
        by=By((OFFICER if facts.body.of_agencies else member(of, 1)).name),
        reason=reason,
        of=member(of, upon) if upon else None,
        reader=cards.Reader(
            waits, facts.stated_deadline if facts.has(reader) else None, mine=reader == upon
        ),
        now=WEDNESDAY,
    )


def paper(of: Committee, reply: Reply | None, reader: int = 0) -> Card:
    """As a member reads it who has not answered; who sees the reply itself has."""
    return cards.paper_reply(
        SAY,
        dossier(of),
        member(of, 4),
        Person(80, 1, CLERK, 80, ()),
        reply,
        due=of.consultation.stated_deadline,
        now=WEDNESDAY,
        waits=reply is None,
        reader=reader,
    )


QN = asked("quang_ngai")
BK = whole_roll(asked("bac_kan"))
HD = whole_roll(asked("hai_duong"))
RUNNING = split(QN.received(*range(1, 8)), approve=3, comments=1, reject=1)
DONE = split(whole_roll(QN), approve=9)
AGENCIES = split(asked("hai_duong").received(1, 2, 3), approve=1).asks_time(2, LATER)
CROWD = split(whole_roll(asked("quang_ngai", size=40)), approve=31)
EXTENDED = RUNNING.extended(LATER, WEDNESDAY)
STRUCK = RUNNING.struck(9)
FEW_REACHED = split(QN.received(*range(1, 6)), approve=4)
DARK = split(whole_roll(QN), approve=4).down(*A_DAY_AND_MORE)
BROUGHT_BACK = split(whole_roll(QN), approve=4).brought_back(*A_DAY_AND_MORE)
APPRAISAL = asked(
    "tra_vinh", "ban_dan_van", size=1, ground=Ground.APPRAISAL, matter=Matter.APPRAISAL
)
PERSONNEL = asked("hai_duong", matter=Matter.PERSONNEL)
CONFIRMED = asked("hai_duong", matter=Matter.PERSONNEL, silence_confirmed=True)
WAITING = submitted(QN)
COMPUTED = dossier(
    HD,
    consultation=replace(
        HD.consultation,
        calendar=replace(HD.consultation.calendar, computed_years=frozenset({2026})),
    ),
)
ANOTHER = replace(HD.consultation.calendar, days_off=frozenset({DEADLINE.date()}))

LAUNCH: Shown = {
    "approval_quang_ngai": lambda: approval(QN),
    "approval_bac_kan": lambda: approval(BK),
    "approval_hai_duong": lambda: approval(HD),
    "approval_hai_duong_personnel": lambda: approval(PERSONNEL),
    "approval_hai_duong_personnel_confirmed": lambda: approval(CONFIRMED),
    "approval_tra_vinh": lambda: approval(APPRAISAL, submission_date=date(2026, 3, 20)),
    "approval_tra_vinh_due_on_the_day": lambda: approval(
        APPRAISAL, submission_date=date(2026, 3, 11)
    ),
    "approval_declined": lambda: approval(QN, declined=True),
    "approval_recalled": lambda: approval(QN, recalled=True),
    "approval_given": lambda: request_cards.asks_approval(
        SAY, dossier(QN), CLERK, WEDNESDAY, DEADLINE
    ),
    "declined": lambda: request_cards.declined(SAY, WAITING, By(member(QN, 1).name), REASON),
    "unreached": lambda: cards.unreached(SAY, dossier(QN), [member(QN, 8), member(QN, 9)]),
    "unreached_agency": lambda: cards.unreached(SAY, dossier(HD), [member(HD, 5)]),
    "unreachable_blocked": lambda: unreachable(QN, "blocked"),
    "unreachable_no_chat": lambda: unreachable(QN, "no_chat"),
    "unreachable_unknown": lambda: unreachable(QN, "unknown"),
    "unreachable_refused": lambda: unreachable(HD, "refused: Bad Request: something"),
    "nobody_answered": lambda: cards.nobody_answered(SAY, dossier(QN), WEDNESDAY),
    "nobody_answered_agencies": lambda: cards.nobody_answered(SAY, dossier(HD), WEDNESDAY),
    "unacknowledged": lambda: cards.unacknowledged(
        SAY, dossier(HD), [member(HD, 3).name, member(HD, 5).name]
    ),
    "more_time": lambda: cards.more_time(SAY, dossier(HD), member(HD, 2), LATER, WEDNESDAY),
}
BOARDS: Shown = {
    "dashboard_waiting": lambda: dashboard_card.card(SAY, WAITING, WEDNESDAY),
    "dashboard_declined": lambda: dashboard_card.card(SAY, submitted(QN, declined=True), WEDNESDAY),
    "dashboard_recalled": lambda: dashboard_card.card(SAY, submitted(QN, recalled=True), WEDNESDAY),
    "dashboard_open": lambda: board(RUNNING),
    "dashboard_computed_years": lambda: dashboard_card.card(SAY, COMPUTED, WEDNESDAY),
    "dashboard_calendar_changed": lambda: dashboard_card.card(
        SAY, dossier(HD), WEDNESDAY, calendar=ANOTHER
    ),
    "calendar_moved": lambda: cards.calendar_moved(
        SAY, dossier(HD), moved_by(HD.consultation, ANOTHER), ANOTHER
    ),
    "dashboard_open_clerk": lambda: board(RUNNING, rights=Rights(80, clerk=True)),
    "dashboard_all_answered": lambda: board(DONE),
    "dashboard_agencies": lambda: board(AGENCIES),
    "dashboard_struck": lambda: board(RUNNING.struck(9)),
    "dashboard_received_late": lambda: board(
        asked("quang_ngai").received(*range(1, 9)).received(9, at=moment("2026-03-11 16:30"))
    ),
    "dashboard_second_page": lambda: board(CROWD, page=1),
    "dashboard_held_not_received": lambda: board(FEW_REACHED, now=AFTER),
    "dashboard_held_outage": lambda: board(DARK, now=AFTER),
    "dashboard_held_brought_back": lambda: board(BROUGHT_BACK, now=AFTER),
    "dashboard_held_undatable": lambda: board(UNDATABLE, now=AFTER),
    "dashboard_held_undatable_clerk": lambda: board(
        UNDATABLE, now=AFTER, rights=Rights(80, clerk=True)
    ),
    "dashboard_closed": lambda: board(DONE, now=AFTER),
    "dashboard_withdrawn": lambda: board(RUNNING.ended(ActKind.WITHDRAW, WEDNESDAY)),
}
ACTS: Shown = {
    "act_extend_waits": lambda: act(EXTENDED, "extend", reader=6, reason=REASON),
    "act_extend_waits_bac_kan": lambda: act(
        BK.extended(LATER, WEDNESDAY), "extend", reader=6, reason=REASON
    ),
    "act_extend_waits_agency": lambda: act(
        HD.extended(LATER, WEDNESDAY), "extend", reader=5, reason=REASON
    ),
    "act_extend_answered": lambda: act(EXTENDED, "extend", reader=1, reason=REASON),
    "act_strike_waits": lambda: act(STRUCK, "strike", reader=6, upon=9, reason=REASON),
    "act_strike_answered": lambda: act(STRUCK, "strike", reader=1, upon=9, reason=REASON),
    "act_strike_himself": lambda: act(STRUCK, "strike", reader=9, upon=9, reason=REASON),
    "act_strike_agency": lambda: act(HD.struck(5), "strike", reader=1, upon=5, reason=REASON),
    "act_delivery_waits": lambda: act(RUNNING, "delivery", reader=8, upon=8),
    "act_delivery_answered": lambda: act(RUNNING, "delivery", reader=1, upon=8),
    "act_delivery_agency": lambda: act(HD, "delivery", reader=4, upon=4),
    "act_close_by_hand": lambda: act(RUNNING, "close_by_hand", reader=6, reason=REASON),
    "act_count_undatable": lambda: act(UNDATABLE, "count_undatable", reader=1, reason=REASON),
    "act_leave_out_undatable": lambda: act(
        UNDATABLE, "leave_out_undatable", reader=1, reason=REASON
    ),
    "paper_reply_without_words": lambda: paper(
        RUNNING, Reply(4, Choice.REJECT, WEDNESDAY, on_paper=True)
    ),
    "paper_reply_photo": lambda: paper(
        RUNNING, Reply(4, Choice.REJECT, WEDNESDAY, on_paper=True, photo=True)
    ),
    "paper_reply_to_the_roll": lambda: paper(RUNNING, None),
    "paper_reply_in_full": lambda: paper(
        RUNNING, Reply(4, Choice.REJECT, WEDNESDAY, words=REASON, on_paper=True)
    ),
    "paper_reply_own": lambda: paper(
        RUNNING, Reply(4, Choice.REJECT, WEDNESDAY, words=REASON, on_paper=True), reader=4
    ),
    "paper_reply_agency": lambda: paper(HD, Reply(4, Choice.APPROVE, WEDNESDAY, on_paper=True)),
}
REASONS = ("strike", "withdraw", "close", "meeting", "extend_reason", "decide_outage")
DONE_ACTS = (
    "extend",
    "delivery",
    "paper",
    "strike",
    "withdraw",
    "close",
    "meeting",
    "decide_outage",
)
STEPS: Shown = {
    "ask_reason_recall": said("ask_reason", dossier=WAITING, act="withdraw"),
    "ask_reason_decline": said("ask_reason", dossier=WAITING, act="decline"),
    "act_confirmed_decline": said("act_confirmed", dossier=WAITING, act="decline"),
    **{
        f"ask_reason_{kind}": said("ask_reason", dossier=dossier(RUNNING), act=kind)
        for kind in REASONS
    },
    **{
        f"act_confirmed_{kind}": said("act_confirmed", dossier=dossier(RUNNING), act=kind)
        for kind in DONE_ACTS
    },
    **{
        f"pick_member_{kind}": said("pick_member", dossier=dossier(RUNNING), act=kind)
        for kind in ("delivery", "paper", "strike")
    },
    "pick_member_agency": said("pick_member", dossier=dossier(HD), act="strike"),
    "ask_taking": said("ask_taking", dossier=dossier(UNDATABLE), result=result(UNDATABLE)),
    "ask_deadline": said("ask_deadline", dossier=dossier(RUNNING), due=DEADLINE),
    "paper_choices": said("paper_choices", dossier=dossier(RUNNING), member="Bùi Thị Hoa"),
    **{
        f"ask_paper_words_{choice.value}": said(
            "ask_paper_words",
            dossier=dossier(RUNNING),
            member="Bùi Thị Hoa",
            choice=choice.value,
        )
        for choice in (Choice.APPROVE, Choice.REJECT)
    },
    "ask_paper_words_secret_slips": said(
        "ask_paper_words",
        dossier=dossier(with_secret_slips(asked("bac_kan"))),
        member="Bùi Thị Hoa",
        choice="reject",
    ),
}


def stopped(kind: str) -> Card:
    return run_due.card(
        SAY, "Đảng ủy xã Bình Minh", SetAside(17, kind, "LookupError", WEDNESDAY), WEDNESDAY
    )


SET_ASIDE: Shown = {
    "due_set_aside_close": lambda: stopped("close"),
    "due_set_aside_report_round": lambda: stopped("report_round"),
    "due_set_aside_unknown": lambda: stopped("unknown"),
}


def brought_back(*matters: restored.Matter, ballots: tuple[restored.Ballot, ...] = ()) -> Card:
    since, until = moment("2026-03-09 22:00"), moment("2026-03-10 14:30")
    found = restored.Restored(since, until, matters, ballots, held=3)
    return restored.card(SAY, 1, "Đảng ủy xã Bình Minh", found)


PROGRAMME = restored.Matter(
    1, 12, "Chương trình công tác", ("Trần Thị Bình", "Lê Quang Cường"), of_agencies=False
)
RESTORED: Shown = {
    "restored": lambda: brought_back(
        PROGRAMME,
        restored.Matter(1, 13, "Dự toán quý II", (), of_agencies=False),
        restored.Matter(2, 4, "Việc của tập thể khác", ("Vũ Thị Giang",), of_agencies=False),
        ballots=(
            restored.Ballot(1, "Giới thiệu nhân sự", secret=True),
            restored.Ballot(1, "Phân bổ kinh phí", secret=False),
            restored.Ballot(2, "Việc của tập thể khác", secret=False),
        ),
    ),
    "restored_many": lambda: brought_back(*[PROGRAMME] * 11),
    "restored_nothing_open": brought_back,
}
SHOWN: Shown = LAUNCH | BOARDS | ACTS | STEPS | SET_ASIDE | RESTORED
