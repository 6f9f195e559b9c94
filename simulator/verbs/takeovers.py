"""Verbs of a committee that goes on with what another leaves, thing by thing. What is left is not known here."""

from __future__ import annotations

from bot.committees.closing.takeover import offers
from bot.db import closures
from simulator.difference import NotPossibleError
from simulator.phone_client import PhoneClient
from simulator.story import Step
from simulator.verbs.people import fill_in_person
from simulator.verbs.roster import Roster, Verb

Key = tuple[str, ...]
"""By what the buttons know one thing: of which committee, what, its number there."""


async def take_over(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Propose that one thing be taken over; a second person confirms it."""
    await hands.press("takeover_take", cast.committee, *await _shown(cast, hands, step.subject))


async def leave_behind(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Propose that one thing be not taken over, with the reason."""
    await hands.press("takeover_leave", cast.committee, *await _shown(cast, hands, step.subject))
    await hands.say(step.reason)


async def take_over_person(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Fill in the form of a newcomer for somebody of the committee that has ended."""
    of, _, person = await _shown(cast, hands, step.of or "")
    await hands.press("takeover_person", cast.committee, of, person)
    await fill_in_person(cast, hands, step)


async def _shown(cast: Roster, hands: PhoneClient, title: str) -> Key:
    """Have the one of this title shown, among what is left on the day."""
    async with cast.stage.bot.context.look() as work:
        ended = [c for c in await closures.every(work.tx) if c.successor_id == cast.committee]
        left = [offer for each in ended for offer in await offers(work, each)]
    found = next((offer.key for offer in left if offer.title == title), None)
    await hands.press("takeover", cast.committee)
    if found is None:
        raise NotPossibleError("nothing_waits", subject=title)
    key = tuple(map(str, found))
    await hands.press("takeover_one", cast.committee, *key)
    return key


VERBS: dict[str, Verb] = {
    "take_over": take_over,
    "leave_behind": leave_behind,
    "take_over_person": take_over_person,
}
