"""Verbs upon one's own account: blocking the bot, letting it in, joining."""

from __future__ import annotations

from simulator.hands import Hands
from simulator.story import Step
from simulator.verbs.cast import Cast, Refusal, Verb


async def block_bot(cast: Cast, hands: Hands, _step: Step) -> Refusal:
    """Block the bot in Telegram."""
    cast.stage.world.block(hands.user_id)
    await cast.stage.settle()
    return None


async def unblock_bot(cast: Cast, hands: Hands, _step: Step) -> Refusal:
    """Let the bot in again."""
    cast.stage.world.unblock(hands.user_id)
    await cast.stage.settle()
    return None


async def join(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Open the invitation; one that has run out is issued anew by a clerk first."""
    name = step.who or ""
    seen = await hands.open_link(cast.links[name])
    clerk = next((actor.name for actor in cast.story.clerk if actor.joined), None)
    if seen.refusal is None or clerk is None:
        return seen.refusal
    invited = await cast.hands[clerk].press("people_invite", cast.person(name))
    link = next((word for text in invited.texts for word in text.split() if "start=" in word), "")
    return (await hands.open_link(link)).refusal if link else seen.refusal


VERBS: dict[str, Verb] = {"block_bot": block_bot, "unblock_bot": unblock_bot, "join": join}
