"""Verbs of votes in the room as what people do on their phones: buttons and messages only."""

from __future__ import annotations

from collections.abc import Sequence

from bot.consultations.rules.consultation import Choice
from bot.regulations.rules.meetings import ConfidenceLevel
from bot.votes.rules.vote import LETTERS
from simulator.hands import Hands
from simulator.story import Step
from simulator.verbs.agenda import item_on
from simulator.verbs.cast import Cast, Refusal, Verb

# --- the head --------------------------------------------------------------------------------


async def open_vote(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Choose the item, perhaps another kind of matter, what is asked and in which form; type the names."""
    refusal = await _open_vote(cast, hands, step)
    if refusal is None:
        cast.opened.append(step)
    return refusal


async def _open_vote(cast: Cast, hands: Hands, step: Step) -> Refusal:
    meeting = cast.meetings.of(step.meeting)
    item = await item_on(hands, meeting, step.item)
    if isinstance(item, str):
        return item
    await hands.press("mitem", item)
    seen = await hands.press("vote_new", item)
    if seen.refusal is not None:
        return seen.refusal
    matter = _matter_shown(hands, item)
    if "matter" in step.model_fields_set and step.matter.value != matter:
        await hands.press("vote_matter", item)
        matter = step.matter.value
        await hands.press("vote_new", item, matter)
    return await _take_form(hands, step, item, matter)


def _matter_shown(hands: Hands, item: int) -> str:
    """The kind of matter that stands on the newest screen on which a form is chosen."""
    found = hands.screen_with("vote_open").get("vote_open", ())
    return found[1] if found and found[0] == str(item) else "general"


async def _take_form(hands: Hands, step: Step, item: int, matter: str) -> Refusal:
    kind, form = (
        step.kind or ("names" if step.names else "approve"),
        "secret" if step.secret else "open",
    )
    seen = await hands.press("vote_open", item, matter, kind, form)
    if seen.refusal is not None or kind == "approve":
        return seen.refusal
    seen = await hands.say("\n".join(step.names) or "-")
    if seen.refusal is not None:
        return seen.refusal
    draft = hands.screen_with("form_send").get("form_send", ("0",))
    return (await hands.press("form_send", draft[0])).refusal


async def close_vote(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Tap "Kết thúc biểu quyết"; where somebody has not voted, confirm."""
    vote = cast.vote(step)
    seen = await hands.press("vote_close", vote)
    if seen.refusal is None and hands.shows("vote_close_yes", vote) is not None:
        seen = await hands.press("vote_close_yes", vote)
    return seen.refusal


# --- members ---------------------------------------------------------------------------------


async def vote(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Answer on the card of the vote: in secret through the confirmation, openly at once."""
    vote_id, opened = cast.vote(step), _opened(cast, step)
    if opened is not None and opened.secret:
        return await _in_secret(hands, step, vote_id, opened.names)
    if opened is not None and opened.names:
        return await _names(hands, step, vote_id, opened.names)
    return await _question(cast, hands, step, vote_id)


def asks_more(cast: Cast, step: Step) -> bool:
    """Whether a vote cannot be given by one press: it then waits until the bot answers."""
    opened = _opened(cast, step)
    in_one = opened is not None and not opened.secret and not opened.names
    return not in_one or (step.choice is not None and step.choice.value == "differ")


def _opened(cast: Cast, step: Step) -> Step | None:
    """How the vote was opened, as everybody in the room has heard."""
    ids = list(cast.votes.ids.values())
    vote_id = cast.vote(step)
    return cast.opened[ids.index(vote_id)] if vote_id in ids else None


async def _question(cast: Cast, hands: Hands, step: Step, vote_id: int) -> Refusal:
    choice = _plain(step.choice)
    seen = await hands.press("vote", vote_id, choice)
    if seen.refusal is not None or choice != "differ" or not cast.stage.answers:
        return seen.refusal
    if not step.words:
        return "\n".join(seen.texts) or choice
    return (await hands.say(step.words)).refusal


async def _names(hands: Hands, step: Step, vote_id: int, names: Sequence[str]) -> Refusal:
    """Each name in the order of the list; those the story does not answer stay open."""
    for place, name in enumerate(names):
        choice = _wanted(step, name)
        if choice is None:
            continue
        if hands.shows("vote_name", vote_id, place, choice) is None:
            await hands.press("vote_on", vote_id, place)
        seen = await hands.press("vote_name", vote_id, place, choice)
        if seen.refusal is not None:
            return seen.refusal
    return None


async def _in_secret(hands: Hands, step: Step, vote_id: int, names: Sequence[str]) -> Refusal:
    """The whole ballot, one answer after the other, then the confirmation."""
    letters = ""
    for name in names or ("",):
        choice = _wanted(step, name) if name else _plain(step.choice)
        letters += LETTERS.get(choice or "", "x")
        seen = await hands.press("ballot", vote_id, letters)
        if seen.refusal is not None:
            return seen.refusal
    if hands.shows("cast", vote_id, letters) is None:
        return "the ballot was not shown for confirmation"
    return (await hands.press("cast", vote_id, letters)).refusal


def _wanted(step: Step, name: str) -> str | None:
    """What the story answers to a name: its own answer, or the one choice for all."""
    if name in step.answers:
        return step.answers[name]
    return _plain(step.choice) if step.choice else None


def _plain(choice: Choice | ConfidenceLevel | None) -> str:
    return choice.value if choice else Choice.APPROVE.value


VERBS: dict[str, Verb] = {"open_vote": open_vote, "vote": vote, "close_vote": close_vote}
