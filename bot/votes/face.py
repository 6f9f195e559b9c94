"""What other subjects may use of votes in meetings, and what votes ask of them; all else is their own."""

from bot.consultations.rules.rights import Rights
from bot.kit.event import Question
from bot.votes.store import from_kept as result_from_kept
from bot.votes.store import get, newest, of_meeting, open_ones
from bot.votes.store import plain as result_as_kept

may_be_asked_again: Question[tuple[str, Rights], bool] = Question()
"""Whether this reader may ask a divided matter again in writing now, by its name in the register."""

__all__ = [
    "get",
    "may_be_asked_again",
    "newest",
    "of_meeting",
    "open_ones",
    "result_as_kept",
    "result_from_kept",
]
