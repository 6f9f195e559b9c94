"""What other subjects may use of meetings; all else of it is its own."""

from bot.meetings.access import Access, find, office
from bot.meetings.agenda.between import SETTLED as SETTLED_BETWEEN
from bot.meetings.agenda.between import gather as gather_settled
from bot.meetings.agenda.discussing_again import moved as discussion_moved
from bot.meetings.agenda.opinions import NONE as NO_OPINIONS
from bot.meetings.agenda.opinions import Opinions, in_writing, outcome_in_writing
from bot.meetings.agenda.opinions import of_items as opinions_of
from bot.meetings.agenda.store import (
    WaitingItem,
    taken_off,
    to_discuss_again,
    wait,
    wait_again,
    wait_for,
    waiting,
)
from bot.meetings.agenda.store import withdraw as stop_waiting
from bot.meetings.attendance.attendance import Arrival, arrived
from bot.meetings.calling.reseating import reseat
from bot.meetings.documents.store import of_meeting as papers_of
from bot.meetings.inviting.cards import Around
from bot.meetings.inviting.invitations import around
from bot.meetings.live import about, invited, refresh
from bot.meetings.minutes.store import of_meeting as minutes_of
from bot.meetings.rhythm.over_year import attended_in_year, rhythms_of_year
from bot.meetings.rhythm.store import founded_at
from bot.meetings.sitting.showing import DASH_ROWS, ITEM_ROWS
from bot.meetings.sitting.sitting import chair_of, closed, find_for_office
from bot.meetings.store import get, ids_of_committee, of_item, there

__all__ = [
    "DASH_ROWS",
    "ITEM_ROWS",
    "NO_OPINIONS",
    "SETTLED_BETWEEN",
    "Access",
    "Around",
    "Arrival",
    "Opinions",
    "WaitingItem",
    "about",
    "around",
    "arrived",
    "attended_in_year",
    "chair_of",
    "closed",
    "discussion_moved",
    "find",
    "find_for_office",
    "founded_at",
    "gather_settled",
    "get",
    "ids_of_committee",
    "in_writing",
    "invited",
    "minutes_of",
    "of_item",
    "office",
    "opinions_of",
    "outcome_in_writing",
    "papers_of",
    "refresh",
    "reseat",
    "rhythms_of_year",
    "stop_waiting",
    "taken_off",
    "there",
    "to_discuss_again",
    "wait",
    "wait_again",
    "wait_for",
    "waiting",
]
