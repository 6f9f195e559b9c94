"""What is shown of rhythms: the reminder, how they stand, a meeting entered afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from bot.db.notice import Button, Card
from bot.kit import card
from bot.meetings.rhythm import cards
from bot.meetings.rules.meeting import MeetingAct, MeetingActKind
from bot.meetings.rules.rhythm import Cadence, Lack, cadences
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.regulations.rules.regulation import Regulation
from bot.values.action import action
from bot.values.refusal import Refusal
from tests.rendering.scenes import SAY, Shown
from tests.rendering.shown_sitting import meeting
from tests.rules.committee import moment


def regulation(name: str) -> Regulation:
    return load(regulations_dir() / f"{name}.toml", {})


def cadence(name: str, rule: str, body: str = "") -> Cadence:
    every = cadences(regulation(name))
    return next(c for c in every if c.rule.id == rule and body in ("", c.body.id))


def lack(of: Cadence, day: date, had: int = 0, *, over: bool = False) -> Lack:
    return Lack(of, of.period(day), had, over=over)


QN, CHI_UY = cadence("quang_ngai", "QN-M1"), cadence("quang_ngai", "QN-M11")
BTV, THUONG_TRUC = cadence("cap_huyen", "HU-M2"), cadence("cap_huyen", "HU-M3")
MARCH_17, JUNE_29, APRIL_1 = date(2026, 3, 17), date(2026, 6, 29), date(2026, 4, 1)
DECEMBER_31 = date(2026, 12, 31)


def told(refusal: Refusal) -> Card:
    return card.card(SAY, refusal)


HELD = replace(
    meeting(),
    acts=(MeetingAct(MeetingActKind.RECORD, moment("2026-03-17 08:00"), 80),),
    starts_at=moment("2026-03-12 12:00"),
)
WAITING = ((Button("Đã bàn: Kinh phí", action("held_item", 5, 7)),),)
SHOWN: Shown = {
    "rhythm_reminder_quarter": lambda: cards.reminder(SAY, 1, [lack(QN, MARCH_17)], MARCH_17),
    "rhythm_reminder_session_beside": lambda: cards.reminder(
        SAY, 1, [lack(QN, JUNE_29), lack(CHI_UY, JUNE_29)], JUNE_29
    ),
    "rhythm_reminder_one_of_two": lambda: cards.reminder(
        SAY, 1, [lack(BTV, date(2026, 3, 24), 1)], date(2026, 3, 24)
    ),
    "rhythm_reminder_none_of_two": lambda: cards.reminder(
        SAY, 1, [lack(BTV, date(2026, 3, 24))], date(2026, 3, 24)
    ),
    "rhythm_reminder_last_day": lambda: cards.reminder(
        SAY, 1, [lack(CHI_UY, DECEMBER_31)], DECEMBER_31
    ),
    "rhythm_reminder_over": lambda: cards.reminder(
        SAY, 1, [lack(QN, MARCH_17, over=True)], APRIL_1
    ),
    "rhythm_reminder_both": lambda: cards.reminder(
        SAY,
        1,
        [lack(BTV, MARCH_17, 1, over=True), lack(THUONG_TRUC, APRIL_1)],
        APRIL_1,
    ),
    "rhythm_overview": lambda: cards.overview(
        SAY,
        1,
        "Đảng đoàn Liên hiệp các Hội",
        [lack(QN, MARCH_17, 1), lack(CHI_UY, MARCH_17), lack(BTV, MARCH_17, 3)],
        MARCH_17,
    ),
    "rhythm_overview_empty": lambda: cards.overview(SAY, 1, "Ban Dân vận", [], MARCH_17),
    "rhythm_held": lambda: cards.ask_day(SAY, 1, lack(QN, MARCH_17)),
    "rhythm_held_session": lambda: cards.ask_day(SAY, 1, lack(CHI_UY, MARCH_17)),
    "rhythm_recorded": lambda: cards.recorded(SAY, 1, 5, lack(QN, MARCH_17, 1), date(2026, 3, 12)),
    "rhythm_recorded_one_of_two": lambda: cards.recorded(
        SAY, 1, 5, lack(BTV, MARCH_17, 1), date(2026, 3, 12)
    ),
    "rhythm_recorded_session": lambda: cards.recorded(
        SAY, 1, 5, lack(CHI_UY, MARCH_17, 1), date(2026, 3, 12)
    ),
    "rhythm_recorded_with_waiting": lambda: cards.recorded(
        SAY, 1, 5, lack(QN, MARCH_17, 1), date(2026, 3, 12), WAITING
    ),
    "rhythm_dealt": lambda: cards.dealt(SAY, HELD, WAITING),
    "rhythm_dealt_all": lambda: cards.dealt(SAY, HELD, ()),
    "rhythm_taken_back": lambda: cards.taken_back(SAY, 1, lack(QN, MARCH_17), date(2026, 3, 12)),
    "refusal_rhythm_unclear": lambda: told(Refusal("rhythm_unclear")),
    "refusal_rhythm_gone": lambda: told(Refusal("rhythm_gone")),
    **{
        f"refusal_{kind}": partial(told, Refusal(kind, values={"day": date(2026, 3, 12)}))
        for kind in ("rhythm_ahead", "rhythm_long_ago", "rhythm_already")
    },
}
