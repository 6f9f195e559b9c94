"""What other subjects may use of consultations; all else of it is its own."""

from bot.consultations.access import Access, steering
from bot.consultations.closing import agrees
from bot.consultations.listing.store import closed_ids_for, ids_of_committee, running_ids
from bot.consultations.opinion_card import silence_view
from bot.consultations.store import get

__all__ = [
    "Access",
    "agrees",
    "closed_ids_for",
    "get",
    "ids_of_committee",
    "running_ids",
    "silence_view",
    "steering",
]
