"""Plays a story on a stage. Who plays is in `casting`, what people do in `verbs`, what came of it in `played`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bot.consultations import overview as consultations_overview
from bot.meetings import overview as meetings_told
from bot.notices import acts as notice_acts
from simulator.casting import assemble, committee_of
from simulator.hands import Hands, cites
from simulator.played import Played, told
from simulator.refusals import NotPossibleError
from simulator.stage import INSTANT, Stage
from simulator.story import Step, Story
from simulator.troubles import TROUBLES
from simulator.verb_keys import (
    CONSULTATION_VERBS,
    MEETING_VERBS,
    NAMES,
    REPORT_VERBS,
    VOTE_VERBS,
)
from simulator.verbs import VERBS, Cast
from simulator.verbs.votes import asks_more

FORMS = frozenset(
    {
        *("launch", "call_meeting", "change_meeting", "send_papers", "send_notice", "add_duty"),
        *("ask_for_meeting", "propose_item", "ask_question"),
    }
)
"""Verbs that need the bot's answer to each question."""
ABOUT = {"launch": CONSULTATION_VERBS, "call_meeting": MEETING_VERBS}
"""Verbs about what such a form makes."""


async def play(story: Story, path: Path, hands: type[Hands] = Hands) -> Played:
    """Play a story from its start to its end, by such hands.

    Refuses (StoryError) a story whose committee cannot be founded.
    """
    with tempfile.TemporaryDirectory() as folder:
        async with Stage(Path(folder), story.start) as stage:
            events = stage.world.events.subscribe()
            cast = await assemble(
                stage, story, path, committee=committee_of(stage, story, path), hands=hands
            )
            failures = []
            for number, step in enumerate(story.steps, 1):
                await stage.move_to(step.at)
                failure = await take(cast, step)
                if failure:
                    failures.append(
                        f"step {number} ({step.at.isoformat()}, {step.does}): {failure}"
                    )
            await stage.move_to(story.end)
            await stage.move_to(story.end + INSTANT)
            return await told(cast, events, tuple(failures))


async def take(cast: Cast, step: Step) -> str | None:
    """Take one step now; gives what went otherwise than the step says.

    A form cannot be filled in while the bot is away or mute: that is done as soon as it answers.
    """
    if step.does in TROUBLES:
        await TROUBLES[step.does](cast.stage, step)
        return await _catch_up(cast)
    if not cast.stage.answers and _needs_a_form(cast, step):
        cast.postponed.append(step)
        return None
    late = await _catch_up(cast)  # the bot may have found Telegram again since the last step
    now = await _do(cast, step)
    return "; ".join(each for each in (late, now) if each) or None


def _needs_a_form(cast: Cast, step: Step) -> bool:
    """Whether a step is more than one press, or is about a matter whose form waits."""
    if step.does in FORMS:
        return True
    if step.does in VOTE_VERBS:
        opening = any(each.does == "open_vote" for each in cast.postponed)
        return opening or step.does != "vote" or asks_more(cast, step)
    return any(_waits_for(cast, step, form) for form, verbs in ABOUT.items() if step.does in verbs)


def _waits_for(cast: Cast, step: Step, form: str) -> bool:
    waiting = [each.id for each in cast.postponed if each.does == form]
    about = waiting[-1] if step.id is None and waiting else step.id
    return about in waiting


async def _catch_up(cast: Cast) -> str | None:
    failures = []
    while cast.postponed and cast.stage.answers:
        step = cast.postponed.pop(0)
        failure = await _do(cast, step)
        if failure:
            failures.append(f"{step.does} of {step.at.isoformat()} {failure}")
    return "; ".join(failures) or None


async def _do(cast: Cast, step: Step) -> str | None:
    if step.duty and step.does in REPORT_VERBS:
        duty, period = cast.occasion(step.duty, step.period)
        step = step.model_copy(update={"duty": duty, "period": period})
    try:
        refusal = await VERBS[step.does](cast, cast.hands[step.who or ""], step)
    except NotPossibleError as why:
        refusal = str(why)
    if step.does in NAMES and refusal is None and not await _name(cast, step):
        refusal = "nothing came of it"
    return _judge(step, refusal, heard=cast.stage.answers)


def _judge(step: Step, refusal: str | None, *, heard: bool) -> str | None:
    if refusal is None:
        # A bot that is away refuses later; what the person then hears belongs to no step.
        return "was taken, but should have been refused" if step.refused and heard else None
    if not step.refused:
        return f"was refused: {' '.join(refusal.split())}"
    if isinstance(step.refused, str) and not cites(refusal, step.refused):
        return f"was refused without citing {step.refused}: {' '.join(refusal.split())}"
    return None


async def _name(cast: Cast, step: Step) -> bool:
    """Give what a step has just made its name in the story; False if it made nothing."""
    if step.does == "add_duty":  # by what is asked for; a report of the term is no occasion
        return True
    context = cast.stage.bot.context
    named, newest = {
        "launch": (cast.matters, consultations_overview.newest),
        "call_meeting": (cast.meetings, meetings_told.newest),
        "open_vote": (cast.votes, meetings_told.newest_vote),
        "send_notice": (cast.notices, notice_acts.newest),
    }[step.does]
    found = await newest(context)
    if found is None or found in named.ids.values():
        return False
    named.add(step.id, found)
    return True
