"""Verbs of papers as what an office does on its phones: numbers taken, explained, the heading set."""

from __future__ import annotations

from bot.issuing.rules.fields import CHOSEN, Field, setting
from bot.issuing.rules.letterhead import Paper
from simulator.difference import NotPossibleError
from simulator.phone_client import PhoneClient
from simulator.story import Step
from simulator.verbs.meetings import item_on
from simulator.verbs.roster import Roster, Verb


async def take_number(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Take the number of a paper about a matter, or about a meeting where the step names one."""
    subject = _subject(cast, step)
    if step.meeting is None:
        await hands.press("papers", subject[1])
    else:
        await hands.press("meeting_files", subject[1])
    shown = await hands.press("number", *subject, step.paper)
    offered = hands.screen_with("number_take").get("number_take", ())
    if offered[:3] == (subject[0], str(subject[1]), step.paper):
        shown = await hands.press("number_take", *offered)
    if step.number and not any(step.number in text for text in shown):
        raise NotPossibleError("other", where="number", wanted=step.number, found=shown)


async def fetch_paper(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Have a paper about a matter, about one content of it, or about a meeting drawn up as a file.

    Of a meeting the way may lead from the report that is owed of a vote, or of an item.
    """
    kind, of = _subject(cast, step)
    way, file = (
        ("papers", "paper_file") if kind == "consultation" else ("meeting_files", "meeting_file")
    )
    place = (step.content,) if step.content else ()
    if step.id in cast.votes.ids:
        await hands.press("vote_files", cast.votes.of(step.id, step.body))
    elif "item" in step.model_fields_set:
        await hands.press("item_files", await item_on(hands, of, step.item))
    else:
        await hands.press(way, of, *place)
    await hands.press(file, of, step.paper, *place)


async def fetch_notice(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """A member has the notice of a result drawn up, below the result."""
    place = (step.content,) if step.content else ()
    await hands.press("result_notice", cast.matter(step), *place)


async def fetch_dossier(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Have the dossier of a matter, or of a meeting where the step names one."""
    kind, of = _subject(cast, step)
    await hands.try_press(*(("result", of) if kind == "consultation" else ("mdash", of)))
    await hands.press("dossier_matter" if kind == "consultation" else "dossier_meeting", of)


def _subject(cast: Roster, step: Step) -> tuple[str, int]:
    if step.meeting is not None:
        return "meeting", cast.meetings.of(step.meeting, step.body)
    return "consultation", cast.matter(step)


async def skip_number(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Skip the next number of a paper's type, with a reason."""
    await _to_heading(cast, hands, step)
    await _to_paper(cast, hands, step, step.paper)
    await hands.press("number_row", cast.committee, cast.body(step), step.paper)
    await hands.press("number_skip", cast.committee, cast.body(step), step.paper)
    await hands.say(step.reason or "Đã cấp trên giấy")


async def drop_number(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Say why the paper that bears its number is not issued."""
    await hands.press("number", *_subject(cast, step), step.paper)
    drops = hands.screen_with("number_drop").get("number_drop")
    if drops is None:
        raise NotPossibleError("no_button", label="number_drop")
    await hands.press("number_drop", *drops)
    await hands.say(step.reason or "Văn bản không ban hành")


async def _to_heading(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """From home to how the body of the step heads its papers."""
    await hands.press("heading", cast.committee)
    if hands.shows("heading_body", cast.committee, cast.body(step)) is not None:
        await hands.press("heading_body", cast.committee, cast.body(step))


async def _to_paper(cast: Roster, hands: PhoneClient, step: Step, paper: Paper) -> None:
    """From there to one type of paper."""
    at = (cast.committee, cast.body(step))
    await hands.press("heading_papers", *at)
    await hands.press("heading_paper", *at, paper)


async def set_heading(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Set one thing of a body's papers: typed, or chosen where it is chosen; an empty `words` empties it."""
    of, at = setting(step.field), (cast.committee, cast.body(step), step.field)
    await _to_heading(cast, hands, step)
    if of is not None and of.paper is not None:
        await _to_paper(cast, hands, step, of.paper)
    if of is not None and of.field is Field.SIGNER:
        await hands.press("heading_pick", *at, cast.person(step.of))
        await hands.press("heading_choose", *at, cast.person(step.of), step.words)
    elif of is not None and of.field in CHOSEN:
        await hands.press("heading_pick", *at)
        await hands.press("heading_choose", *at, step.words)
    elif step.words:
        await hands.press("heading_set", *at)
        await hands.say(step.words)
    else:
        await hands.press("heading_set", *at, "")


async def confirm_heading(cast: Roster, hands: PhoneClient, _step: Step) -> None:
    """Confirm what was asked about papers last."""
    await hands.press("approval_yes", await _request(cast))


async def refuse_heading(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Refuse it, with a reason."""
    await hands.press("approval_no", await _request(cast))
    await hands.say(step.reason or "Giữ như hiện nay")


async def _request(cast: Roster) -> int:
    return await cast.asked_last("heading", lambda kind: kind == "heading")


VERBS: dict[str, Verb] = {
    "take_number": take_number,
    "fetch_paper": fetch_paper,
    "fetch_notice": fetch_notice,
    "fetch_dossier": fetch_dossier,
    "skip_number": skip_number,
    "drop_number": drop_number,
    "set_heading": set_heading,
    "confirm_heading": confirm_heading,
    "refuse_heading": refuse_heading,
}
