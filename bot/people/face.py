"""What other subjects may use of people and their offices; all else of it is its own."""

from bot.kit.access import staff_changed
from bot.people.access import HOLDERS, House, Office, clerk_of, house_of, office_of
from bot.people.beginning import began
from bot.people.cards import is_agency, seats
from bot.people.change_cards import Made
from bot.people.changing import freed
from bot.people.changing import refuse_calendar as refuse_request
from bot.people.decision import read_decision, refuse_decision
from bot.people.delegation import list_rows as delegation_rows
from bot.people.joining import LIFETIME as INVITATION_LIFETIME
from bot.people.joining import Invitation, invite, joined, send_invitation, within_reach
from bot.people.newcomer import begin_with as begin_newcomer
from bot.people.office_asks import OfficeAsks
from bot.people.presiding import presiding
from bot.people.roster_files import RosterFault, roster_of
from bot.people.roster_words import title as column_title
from bot.people.store import committee_named, take_roster
from bot.people.store import enter as enter_person

__all__ = [
    "HOLDERS",
    "INVITATION_LIFETIME",
    "House",
    "Invitation",
    "Made",
    "Office",
    "OfficeAsks",
    "RosterFault",
    "began",
    "begin_newcomer",
    "clerk_of",
    "column_title",
    "committee_named",
    "delegation_rows",
    "enter_person",
    "freed",
    "house_of",
    "invite",
    "is_agency",
    "joined",
    "office_of",
    "presiding",
    "read_decision",
    "refuse_decision",
    "refuse_request",
    "roster_of",
    "seats",
    "send_invitation",
    "staff_changed",
    "take_roster",
    "within_reach",
]
