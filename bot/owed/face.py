"""What other subjects may use of what somebody owes; all else of it is its own."""

from bot.owed.cards import draws, leads
from bot.owed.concerning import ask as ask_whom_it_concerns
from bot.owed.owing import (
    changed,
    drop,
    follow,
    may_be_let_go,
    never_before,
    open_for,
    owe,
    rest,
    resume,
    settle,
    settled,
    shown,
)
from bot.owed.rules.rights import may_name_day
from bot.owed.store import (
    Settlement,
    dropped_at,
    get,
    last_morning,
    note_morning,
    of_subject,
    open_of,
    told_on,
)

__all__ = [
    "Settlement",
    "ask_whom_it_concerns",
    "changed",
    "draws",
    "drop",
    "dropped_at",
    "follow",
    "get",
    "last_morning",
    "leads",
    "may_be_let_go",
    "may_name_day",
    "never_before",
    "note_morning",
    "of_subject",
    "open_for",
    "open_of",
    "owe",
    "rest",
    "resume",
    "settle",
    "settled",
    "shown",
    "told_on",
]
