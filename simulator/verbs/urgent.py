"""Recording what one body settled for another because it was urgent: buttons and messages only."""

from __future__ import annotations

from simulator.hands import Hands
from simulator.story import Step
from simulator.verbs.cast import Cast, Refusal, Verb, in_turn


async def settle_urgent(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Say for which body it was, what kind of matter, and the decision in words."""
    committee, body = cast.committee, cast.story.body
    return await in_turn(
        lambda: hands.press("urgent", committee),
        lambda: hands.press("urgent", committee, body),
        lambda: hands.press("urgent", committee, body, step.matter.value),
        lambda: hands.say(step.words),
    )


VERBS: dict[str, Verb] = {"settle_urgent": settle_urgent}
