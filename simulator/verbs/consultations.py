"""Verbs of consultations, urgent decisions and one's own account, as what people do on their phones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bot.consultations.rules.consultation import ASKS_WORDS
from simulator.phone_client import PhoneClient, RefusedByBot
from simulator.story import Step, local
from simulator.verbs.forms import begin, fill_in, from_home, standing
from simulator.verbs.roster import Roster, Verb

# --- the launch ------------------------------------------------------------------------------


async def launch(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Fill in the form question by question, as its buttons ask, and send it."""
    await begin(hands, partial(from_home, hands, "launch", cast.committee))
    await fill_in(cast, hands, step, _answer, ["contents"] if step.contents else [])


async def prepare_anew(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """On the dashboard of what a new term holds: prepare it anew, answer what is asked again, and send it."""
    held = cast.matters.of(step.of)
    await hands.press("dash", held, 0)
    await hands.press("prepare_anew", held)
    await fill_in(cast, hands, step, _answer)


async def add_file(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """On the dashboard: say that it is no secret, and send the file."""
    matter = cast.matter(step)
    await hands.press("add_file", matter)
    await hands.press("add_file", matter, "yes")
    await hands.send_file(*cast.file(step.file, f"{step.file}: {step.subject}".encode()))


async def search(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """From the list "Lịch họp", which everybody has: look for these words."""
    await hands.press("mlist")
    await hands.press("search", cast.committee)
    await hands.say(step.words)


async def _answer(cast: Roster, hands: PhoneClient, step: Step, draft: int, question: str) -> None:
    """One question: by its button where the answer is a button, else in words."""
    contents = "\n".join(each.subject for each in step.contents)
    in_words = {
        "contents": contents,
        "subject": step.subject,
        "special_reason": step.special_reason,
    }
    by_button = {
        "body": cast.body(step),
        "matter": step.matter.value,
        "ground": step.ground.value if step.ground else "",
        "no_election": "yes" if step.no_election else "no",
        "silence_confirmed": "yes" if step.silence else "no",
        "secret_free": "yes",
    }
    if question == "text":
        await _text(cast, hands, step, draft)
    elif question == "deadline":
        await _deadline(hands, step, draft)
    elif question == "submission_date":
        await _submission_date(hands, step, draft)
    elif question == "content_matter":
        await _content_matter(hands, step, draft)
    elif question in in_words:
        await hands.say(in_words[question])
    else:
        await hands.press("form_fill", draft, question, by_button[question])


async def _content_matter(hands: PhoneClient, step: Step, draft: int) -> None:
    """The matter of the content that stands: as the story has it, else that of the slip."""
    for place, each in enumerate(step.contents, 1):
        value = f"{place}-{each.matter or step.matter}"
        if hands.shows("form_fill", draft, "content_matter", value) is not None:
            await hands.press("form_fill", draft, "content_matter", value)
            return


async def _text(cast: Roster, hands: PhoneClient, step: Step, draft: int) -> None:
    for name in step.files:
        await hands.send_file(*cast.file(name, f"{name}: {step.subject}".encode()))
    if step.files:
        await hands.press("form_fill", draft, "text", "done")
    else:
        await hands.say(step.subject)


async def _deadline(hands: PhoneClient, step: Step, draft: int) -> None:
    if step.deadline is not None:
        await hands.say(local(step.deadline))
    elif hands.shows("form_fill", draft, "deadline", "own") is not None:
        await hands.press("form_fill", draft, "deadline", "own")
    else:
        await hands.say("sau 3 ngày làm việc")


async def _submission_date(hands: PhoneClient, step: Step, draft: int) -> None:
    """A day too soon is given all the same where the story has a special reason."""
    day = step.submission_date or step.at.date()
    try:
        await hands.say(local(day))
    except RefusedByBot:
        if not step.special_reason:
            raise
        await hands.press("form_fill", draft, "special", day.isoformat())


async def item_instead(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Under a refusal of the launch: have it wait for the next meeting, under a subject of its own."""
    await hands.press("item_instead", cast.committee, cast.body(step), step.matter.value)
    await hands.say(step.subject)


async def second_round(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Ask a divided matter or vote again: until when, then its text, as it was or another one."""
    of = cast.matters.ids.get(step.of or "")
    name = "second_round" if of is not None else "second_round_vote"
    first = of if of is not None else cast.votes.of(step.of)
    place = (step.content,) if step.content else ()
    if place:
        name = "second_round_content"
    await hands.press(name, first, *place)
    await hands.say(local(step.deadline) if step.deadline else "sau 3 ngày làm việc")
    if step.text:
        await hands.say(step.text)
        return
    for _, args in hands.labelled(name):
        if args[-1] == "":
            await hands.press(name, *args)


# --- members ---------------------------------------------------------------------------------


async def acknowledge(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Tap "Đã nhận"."""
    await hands.press("ack", cast.matter(step))


async def open_text(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Open the text."""
    await hands.press("text", cast.matter(step))


async def reply(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Choose, give the words asked for if the story has them, and reserve the opinion if it says so."""
    if step.answers:
        await _answer_contents(cast, hands, step)
        return
    matter, choice = cast.matter(step), step.opinion
    if hands.shows("reply", matter, choice.value) is None and hands.shows("edit", matter):
        await hands.try_press("edit", matter)
    await hands.press("reply", matter, choice.value)
    if step.words and choice in ASKS_WORDS:
        await hands.say(step.words)
    if step.reserved:
        await hands.press("reserve", matter)


async def _answer_contents(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Content by content: the boxes of the one that stands, else the way to it first."""
    matter = cast.matter(step)
    for place, choice in step.answers.items():
        if hands.shows("reply", matter, choice, place) is None:
            await hands.try_press("edit", matter, place)
        await hands.press("reply", matter, choice, place)
        if step.worded.get(place):
            await hands.say(step.worded[place])


async def recuse(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Take no part in the slip, in one of several contents, the way to which comes first, or in a vote; say why."""
    if _of_vote(cast, step):
        await hands.press("vote_recuse", cast.vote(step))
        await hands.say(step.reason)
        return
    matter, of = cast.matter(step), (step.content,) if step.content else ()
    if of and hands.shows("recuse", matter, *of) is None:
        await hands.try_press("edit", matter, *of)
    await hands.press("recuse", matter, *of)
    await hands.say(step.reason)


async def record_recusal(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Enter for somebody who said so on paper, or in the room of a vote, that this person takes no part."""
    of = cast.person(step.of)
    if _of_vote(cast, step):
        if hands.shows("vote_recuse_of", cast.vote(step), of) is None:
            await hands.try_press("vote_recusals", cast.vote(step))
        await hands.press("vote_recuse_of", cast.vote(step), of)
    else:
        place = (step.content,) if step.content else ()
        await hands.press("paper_recuse", cast.matter(step), of, *place)
    await hands.say(step.reason)


async def take_part(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Take it back: of the slip or a content, or of a vote, in which the office does so for whom it entered."""
    if _of_vote(cast, step):
        of = (cast.person(step.of),) if step.of else ()
        await hands.press("vote_take_part", cast.vote(step), *of)
    else:
        place = (step.content,) if step.content else ()
        await hands.press("take_part", cast.matter(step), *place)


def _of_vote(cast: Roster, step: Step) -> bool:
    """Whether a step that may name either means a vote: by its `id`, or where there is no consultation."""
    return step.id in cast.votes.ids or not cast.matters.ids


async def reserve(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Have the own opinion reserved, or with `reserved = false` not any more: of a consultation or a named vote."""
    mark = "reserve" if step.reserved else "unreserve"
    if _of_vote(cast, step):
        await hands.press(f"vote_{mark}", cast.vote(step))
    else:
        of = (step.content,) if step.content else ()
        await hands.press(mark, cast.matter(step), *of)


# --- the dashboard ---------------------------------------------------------------------------


async def record_reply(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Record what a paper says, or why it is no answer."""
    if step.answers:
        await _record_contents(cast, hands, step)
        return
    matter, of, choice = cast.matter(step), cast.person(step.of), step.opinion
    await hands.press("paper", matter)
    await hands.press("paper", matter, of)
    if step.invalid:
        await hands.press("invalid_slip", matter, of)
        await hands.say(step.invalid)
        await _pages(cast, hands, step, step.files)
        return
    await hands.press("paper", matter, of, choice.value)
    if step.words:
        await hands.say(step.words)
        await _pages(cast, hands, step, step.files)
    elif step.files:
        for name in step.files:
            await hands.send_file(*_page(cast, name))
    else:
        await hands.press("paper", matter, of, choice.value, "")


async def _record_contents(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Content by content: the box that the paper has, and its words."""
    matter, of = cast.matter(step), cast.person(step.of)
    for place, choice in step.answers.items():
        boxed = f"{place}-{choice}"
        await hands.press("paper", matter)
        await hands.press("paper", matter, of)
        await hands.press("paper", matter, of, boxed)
        if step.worded.get(place):
            await hands.say(step.worded[place])
        else:
            await hands.press("paper", matter, of, boxed, "")


async def _pages(cast: Roster, hands: PhoneClient, step: Step, names: Sequence[str]) -> None:
    """Send photos of a paper slip that was entered before."""
    if names:
        await hands.press("slip_page", cast.matter(step), cast.person(step.of))
    for name in names:
        await hands.send_file(*_page(cast, name))


def _page(cast: Roster, name: str) -> tuple[str, bytes]:
    """A photo beside the story, or one made up, under its name; what is called otherwise is none."""
    begins = {".jpg": b"\xff\xd8\xff", ".png": b"\x89PNG\r\n\x1a\n", ".pdf": b"%PDF-"}
    return cast.file(name, begins.get(Path(name).suffix, b"") + name.encode())


async def name_counting_board(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """From the dashboard of a matter, or of the vote of that `id`: say who counts, or change it."""
    if step.id in cast.votes.ids or not cast.matters.ids:
        await hands.press("vote_board", cast.vote(step))
    else:
        await hands.press("board", cast.matter(step))
    asked = standing(hands)
    if asked is not None and asked[1] == "preview":
        for question in BOARD:
            await hands.press("form_again", asked[0], question)
            await _board(cast, hands, step, asked[0], question)
    await fill_in(cast, hands, step, _board)


BOARD = ("head", "members", "witnesses", "place", "counts_at")
"""The questions about a counting board."""


async def _board(_cast: Roster, hands: PhoneClient, step: Step, draft: int, question: str) -> None:
    """One of them in words, or by the button that leaves it without an answer."""
    said = {
        "head": step.head,
        "members": "\n".join(step.members),
        "witnesses": "\n".join(step.witnesses),
        "place": step.place,
        "counts_at": local(step.counts_at) if step.counts_at else "",
    }
    if said[question]:
        await hands.say(said[question])
    else:
        await hands.press("form_fill", draft, question, "none")


async def settle_urgent(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Say for which body it was, what kind of matter, and the decision in words."""
    committee, body = cast.committee, cast.body(step)
    await hands.press("urgent", committee)
    await hands.press("urgent", committee, body)
    await hands.press("urgent", committee, body, step.matter.value)
    await hands.say(step.words)


async def block_bot(cast: Roster, hands: PhoneClient, _step: Step) -> None:
    """Block the bot in Telegram."""
    cast.stage.world.block(hands.user_id)
    await cast.stage.settle()


async def unblock_bot(cast: Roster, hands: PhoneClient, _step: Step) -> None:
    """Let the bot in again."""
    cast.stage.world.unblock(hands.user_id)
    await cast.stage.settle()


async def types(_cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Type this, whatever the bot awaits."""
    await hands.say(step.words)


async def presses(_cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Press the button that reads so."""
    await hands.press_label(step.words)


async def edit_message(_cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Change the last own message, as the app lets anybody do."""
    await hands.edit_last(step.words)


async def meeting_after(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Bring what differed to a meeting, after a close that offers it."""
    place = (step.content,) if step.content else ()
    await hands.press("meeting_after", cast.matter(step), *place)


VERBS: dict[str, Verb] = {
    "launch": launch,
    "add_file": add_file,
    "search": search,
    "second_round": second_round,
    "prepare_anew": prepare_anew,
    "meeting_after": meeting_after,
    "item_instead": item_instead,
    "acknowledge": acknowledge,
    "open_text": open_text,
    "reply": reply,
    "recuse": recuse,
    "record_recusal": record_recusal,
    "take_part": take_part,
    "reserve": reserve,
    "record_reply": record_reply,
    "name_counting_board": name_counting_board,
    "settle_urgent": settle_urgent,
    "block_bot": block_bot,
    "unblock_bot": unblock_bot,
    "types": types,
    "presses": presses,
    "edit_message": edit_message,
}
