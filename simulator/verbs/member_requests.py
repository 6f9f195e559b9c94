"""Members' requests as what people do on their phones: buttons and messages only."""

from __future__ import annotations

from bot.regulations.rules.terms import Matter
from simulator.hands import Hands, Seen
from simulator.story import Step
from simulator.verbs.cast import Cast, Refusal, Verb


async def _begin(cast: Cast, hands: Hands, wish: str) -> Seen:
    """By the list of meetings to the request, and to the body of the story where it is asked which."""
    if hands.shows("wish", cast.committee, wish) is None:
        await hands.say("/start")
        if hands.shows("mlist") is not None:
            await hands.press("mlist")
            await hands.press("wishes", cast.committee)
    seen = await hands.press("wish", cast.committee, wish)
    if seen.refusal is None and hands.shows("wish", cast.committee, wish, cast.story.body):
        seen = await hands.press("wish", cast.committee, wish, cast.story.body)
    return seen


async def ask_for_meeting(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Ask for an extraordinary meeting, and say why."""
    seen = await _begin(cast, hands, "meeting")
    if seen.refusal is not None:
        return seen.refusal
    words = step.subject or step.words or step.reason
    return (await hands.say(words or "Có việc cấp bách cần bàn tập thể")).refusal


async def propose_item(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Propose an item: its subject, what is said for it, its kind of matter."""
    seen = await _begin(cast, hands, "item")
    if seen.refusal is not None:
        return seen.refusal
    given = [words for words in (step.subject, step.words, step.reason) if words]
    subject, *why = given or ["Nội dung do ủy viên đề nghị"]
    seen = await hands.say(subject)
    draft = _draft(hands)
    if seen.refusal is None and why:
        await hands.press("form_again", draft, "words")
        seen = await hands.say("\n".join(why))
    if seen.refusal is None and step.matter is not Matter.GENERAL:
        await hands.press("form_again", draft, "matter")
        seen = await hands.press("form_fill", draft, "matter", step.matter.value)
    return seen.refusal or (await hands.press("form_send", draft)).refusal


async def ask_question(cast: Cast, hands: Hands, step: Step) -> Refusal:
    """Ask a question, of somebody if the story names one."""
    seen = await _begin(cast, hands, "question")
    if seen.refusal is not None:
        return seen.refusal
    words = step.subject or step.words or step.reason
    seen = await hands.say(words or "Đề nghị cho biết tiến độ thực hiện nghị quyết")
    draft = _draft(hands)
    if seen.refusal is None and step.of is not None:
        seen = await _pick(hands, draft, cast.person(step.of))
    return seen.refusal or (await hands.press("form_send", draft)).refusal


async def _pick(hands: Hands, draft: int, person: int) -> Seen:
    """Page by page to the one who is asked."""
    seen, page = await hands.press("form_again", draft, "asked_of"), 0
    while seen.refusal is None and hands.shows("form_fill", draft, "asked_of", person) is None:
        page += 1
        if hands.shows("form_show", draft, page) is None:
            break
        seen = await hands.press("form_show", draft, page)
    if seen.refusal is not None:
        return seen
    return await hands.press("form_fill", draft, "asked_of", person)


def _draft(hands: Hands) -> int:
    """The form that is shown; 0 while the bot does not answer."""
    found = hands.screen_with("form_send").get("form_send", ("0",))
    return int(found[0])


VERBS: dict[str, Verb] = {
    "ask_for_meeting": ask_for_meeting,
    "propose_item": propose_item,
    "ask_question": ask_question,
}
