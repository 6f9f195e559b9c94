"""What other subjects may use of consultations; all else of it is its own."""

from bot.consultations.access import Access, member, office, steering
from bot.consultations.closing import agrees, hold_for_term
from bot.consultations.listing.store import (
    Listed,
    Seen,
    closed_ids_for,
    ids_of_committee,
    running_ids,
)
from bot.consultations.opinion_card import silence_view
from bot.consultations.store import get, of_name, result_written

__all__ = [
    "Access",
    "Listed",
    "Seen",
    "agrees",
    "closed_ids_for",
    "get",
    "hold_for_term",
    "ids_of_committee",
    "member",
    "of_name",
    "office",
    "result_written",
    "running_ids",
    "silence_view",
    "steering",
]
