"""What other subjects may use of votes in meetings, and what votes ask of them; all else is their own."""

from bot.consultations.rules.rights import Rights
from bot.kit.event import Question
from bot.votes.store import get, newest, of_meeting, open_ones

may_be_asked_again: Question[tuple[str, Rights], bool] = Question()
"""Whether this reader may ask a divided matter again in writing now, by its name in the register."""

__all__ = ["get", "may_be_asked_again", "newest", "of_meeting", "open_ones"]
