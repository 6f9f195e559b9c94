"""Verbs of attendance, the sitting, votes and members' requests as what people do on their phones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.consultations.rules.consultation import Choice
from bot.regulations.loader import parse as parse_regulation
from bot.regulations.rules.meetings import ConfidenceLevel
from bot.regulations.rules.terms import Matter
from bot.values.action import parse
from bot.votes.rules.vote import LETTERS
from simulator.difference import NotPossibleError
from simulator.founding import regulation_text
from simulator.phone_client import PhoneClient, reads_as
from simulator.story import Step, local
from simulator.verbs.absences import on_duty
from simulator.verbs.meetings import item_on
from simulator.verbs.roster import Roster, Verb


async def rsvp(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Answer the invitation; an absence needs a reason."""
    await hands.press(step.answer, cast.meeting(step))
    if step.answer == "absent":
        await hands.say(step.reason or "Bận công tác")


async def refuse_absence(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Tap "Không đồng ý", with a reason or without."""
    meeting, of = cast.meeting(step), cast.person(step.of)
    await hands.press("absence_no", meeting, of)
    if step.reason:
        await hands.say(step.reason)
    else:
        await hands.press("absence_no", meeting, of, "")


Button = tuple[str, *tuple[int | str, ...]]
"""The action of a button and its arguments."""


async def _find(hands: PhoneClient, wanted: Button, way: Button) -> None:
    """Go where a button is, unless it stands somewhere already; whether it does is seen when it is pressed."""
    if hands.shows(*wanted) is None:
        await hands.try_press(*way)


def _noted(action: str) -> Verb:
    async def note(cast: Roster, hands: PhoneClient, step: Step) -> None:
        """One's own by one tap; another's from the list of names."""
        meeting = cast.meeting(step)
        if step.of in (None, step.who):
            await hands.press(action, meeting)
        else:
            of = cast.person(step.of)
            await _find(hands, (f"{action}_of", meeting, of), (f"{action}_of", meeting))
            await hands.press(f"{action}_of", meeting, of)

    return note


async def open_meeting(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Tap "Khai mạc" on the dashboard, and once more where the bot asks: its hour has not come."""
    meeting = cast.meeting(step)
    await _find(hands, ("mopen", meeting), ("mshow", meeting))
    await hands.press("mopen", meeting)
    if hands.shows("mopen", meeting, "yes"):
        await hands.press("mopen", meeting, "yes")


async def conclude(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Choose the item and its conclusion, with words or without."""
    item = await item_on(hands, cast.meeting(step), step.item)
    await hands.try_press("mitem", item)
    await hands.press("conclude", item, step.as_)
    if step.words:
        await hands.say(step.words)
    else:
        await hands.press("conclude", item, step.as_, "")


async def keep_minutes(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Name, page by page, who keeps the minutes of the meeting."""
    meeting, of, page = cast.meeting(step), cast.person(step.of), 0
    await hands.press("minutes", meeting)
    await hands.press("minutes_keeper", meeting)
    while hands.shows("minutes_keeper", meeting, of) is None:
        page += 1
        if hands.shows("minutes_keeper", meeting, f"~{page}") is None:
            break
        await hands.press("minutes_keeper", meeting, f"~{page}")
    await hands.press("minutes_keeper", meeting, of)


async def write_minutes(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Write the course of the discussion of an item, after what stands or in its place."""
    await hands.press("minutes", cast.meeting(step))
    items = hands.labelled("minutes_item")
    places = (
        (place == step.item or reads_as(label.partition(". ")[2], str(step.item)), args)
        for place, (label, args) in enumerate(items, 1)
    )
    item = next((int(args[0]) for meant, args in places if meant), 0)
    if not item:
        raise NotPossibleError("no_item", item=step.item)
    await hands.press("minutes_item", item)
    await hands.press("minutes_write", item, "anew" if step.anew else "add")
    await hands.say(step.words)


async def add_task(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Choose the item, page by page who is to do it, then the day and what is to be done."""
    item = await item_on(hands, cast.meetings.of(step.meeting, step.body), step.item)
    await hands.try_press("mitem", item)
    await hands.press("task_give", item)
    of, page = cast.person(step.of), 0
    while hands.shows("task_give", item, of) is None:
        page += 1
        if hands.shows("task_give", item, f"~{page}") is None:
            break
        await hands.press("task_give", item, f"~{page}")
    await hands.press("task_give", item, of)
    await hands.say(local(step.by or step.at))
    await hands.say(step.words)


async def close_meeting(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Tap "Kết thúc cuộc họp" on the dashboard, read what becomes of the items, confirm."""
    meeting = cast.meeting(step)
    await _find(hands, ("mclose", meeting), ("mshow", meeting))
    await hands.press("mclose", meeting)
    await hands.press("mclose", meeting, "yes")


async def record_meeting(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Enter a meeting held without the bot, by its day, then press what it dealt with."""
    await hands.press("mlist")
    await hands.press("rhythm", cast.committee)
    await hands.press("held", cast.committee, _rhythm(cast, hands, step))
    await hands.say(local(step.day) if isinstance(step.day, date) else str(step.day))
    for item in step.items:
        await _deal(hands, item)


def _rhythm(cast: Roster, hands: PhoneClient, step: Step) -> str:
    """What stands on the button that speaks of the body, or on the only one."""
    text, file = regulation_text(cast.story, cast.folder / "story.toml")
    name = parse_regulation(text, file).body(cast.body(step)).name
    offered = hands.labelled("held")
    for label, args in offered:
        if len(offered) == 1 or reads_as(label.partition(": ")[2], name):
            return args[1]
    raise NotPossibleError("no_held_meeting", body=name)


async def _deal(hands: PhoneClient, subject: str) -> None:
    for label, args in hands.labelled("held_item"):
        if reads_as(label.partition(": ")[2], subject):
            await hands.press("held_item", *args)
            return
    raise NotPossibleError("nothing_waits", subject=subject)


async def delegate(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Choose who stands in, and say from when until when; who is put on duty, by the body's decision."""
    to, body = cast.person(step.to), cast.body(step)
    await _find(hands, ("deleg_new", cast.committee, body), ("deleg", cast.committee))
    await _find(hands, ("deleg_new", cast.committee, body, to), ("deleg_new", cast.committee, body))
    if hands.shows("duty_new", cast.committee, body, to):
        await on_duty(cast, hands, step, to)
        return
    await hands.press("deleg_new", cast.committee, body, to)
    await hands.say(local(step.from_ or step.at))
    await hands.say(local(step.until or step.at))


async def withdraw_delegation(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Take the chair back from the one named, or from whoever has it."""
    await hands.press("deleg", cast.committee)
    to = cast.person(step.to) if step.to else _given_to(hands)
    back = hands.screen_with("back").get("back")
    if not to and back:
        await hands.press("back", *back)
        return
    await hands.press("deleg_end", cast.committee, cast.body(step), to)


def _given_to(hands: PhoneClient) -> int:
    """The first person on the newest list of delegations; 0 when nobody is."""
    for message in reversed(hands.messages):
        keys = [parse(key.data or "") for row in message.rows for key in row]
        ends = [key for key in keys if key and key.action == "deleg_end"]
        if message.from_bot and ends:
            return int(ends[0].args[2])
    return 0


# --- the head --------------------------------------------------------------------------------


async def open_vote(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Choose the item, perhaps another kind of matter, what is asked and in which form; type the names."""
    await _open_vote(cast, hands, step)
    cast.opened.append(step)


async def _open_vote(cast: Roster, hands: PhoneClient, step: Step) -> None:
    meeting = cast.meetings.of(step.meeting, step.body)
    item = await item_on(hands, meeting, step.item)
    await hands.try_press("mitem", item)
    await hands.press("vote_new", item)
    matter = _matter_shown(hands, item)
    if "matter" in step.model_fields_set and step.matter.value != matter:
        await hands.try_press("vote_matter", item)
        matter = step.matter.value
        await hands.try_press("vote_new", item, matter)
    await _take_form(hands, step, item, matter)


def _matter_shown(hands: PhoneClient, item: int) -> str:
    """The kind of matter that stands on the newest screen on which a form is chosen."""
    found = hands.screen_with("vote_open").get("vote_open", ())
    return found[1] if found and found[0] == str(item) else "general"


async def _take_form(hands: PhoneClient, step: Step, item: int, matter: str) -> None:
    kind, form = (
        step.kind or ("names" if step.names else "approve"),
        "secret" if step.secret else "open",
    )
    await hands.press("vote_open", item, matter, kind, form)
    if kind == "approve":
        return
    await hands.say("\n".join(step.names) or "-")
    draft = hands.screen_with("form_send").get("form_send", ("0",))
    await hands.press("form_send", draft[0])


async def raise_hands(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Tick who is against, say how many are for and how many abstain, and enter it."""
    if len(step.names) != step.against:
        raise NotPossibleError("hands_unnamed", against=step.against, names=len(step.names))
    await hands.press("vote_hands", cast.vote(step))
    draft = int(hands.screen_with("form_fill").get("form_fill", ("0",))[0])
    for name in step.names:
        await hands.press("form_fill", draft, "against", cast.person(name))
    await hands.press("form_fill", draft, "against", "done")
    for number in (step.for_, step.abstain):
        await hands.say(str(number))
    await hands.press("form_send", draft)


async def close_vote(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Tap "Kết thúc biểu quyết"; where somebody has not voted, confirm."""
    vote = cast.vote(step)
    await hands.press("vote_close", vote)
    if hands.shows("vote_close_yes", vote) is not None:
        await hands.press("vote_close_yes", vote)


# --- members ---------------------------------------------------------------------------------


async def vote(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Answer on the card of the vote: in secret through the confirmation, openly at once."""
    vote_id, opened = cast.vote(step), _opened(cast, step)
    if opened is not None and opened.secret:
        await _in_secret(hands, step, vote_id, opened.names)
    elif opened is not None and opened.names:
        await _names(hands, step, vote_id, opened.names)
    else:
        await _question(cast, hands, step, vote_id)


def asks_more(cast: Roster, step: Step) -> bool:
    """Whether a vote cannot be given by one press: it then waits until the bot answers."""
    opened = _opened(cast, step)
    in_one = opened is not None and not opened.secret and not opened.names
    return not in_one or bool(step.words)


def _opened(cast: Roster, step: Step) -> Step | None:
    """How the vote was opened, as everybody in the room has heard."""
    ids = list(cast.votes.ids.values())
    vote_id = cast.vote(step)
    return cast.opened[ids.index(vote_id)] if vote_id in ids else None


async def _question(cast: Roster, hands: PhoneClient, step: Step, vote_id: int) -> None:
    choice = _plain(step.choice)
    await hands.press("vote", vote_id, choice)
    if choice == "differ" and step.words and cast.stage.answers:
        await hands.say(step.words)
    if step.reserved:
        await hands.press("vote_reserve", vote_id)


async def _names(hands: PhoneClient, step: Step, vote_id: int, names: Sequence[str]) -> None:
    """Each name in the order of the list; those the story does not answer stay open."""
    for place, name in enumerate(names):
        choice = _wanted(step, name)
        if choice is None:
            continue
        if hands.shows("vote_name", vote_id, place, choice) is None:
            await hands.try_press("vote_on", vote_id, place)
        await hands.press("vote_name", vote_id, place, choice)


async def _in_secret(hands: PhoneClient, step: Step, vote_id: int, names: Sequence[str]) -> None:
    """The whole ballot, one answer after the other, then the confirmation."""
    letters = ""
    for name in names or ("",):
        choice = _wanted(step, name) if name else _plain(step.choice)
        letters += LETTERS.get(choice or "", "x")
        await hands.press("ballot", vote_id, letters)
    if hands.shows("cast", vote_id, letters) is None:
        raise NotPossibleError("ballot_unconfirmed")
    await hands.press("cast", vote_id, letters)


def _wanted(step: Step, name: str) -> str | None:
    """What the story answers to a name: its own answer, or the one choice for all."""
    if name in step.answers:
        return step.answers[name]
    return _plain(step.choice) if step.choice else None


def _plain(choice: Choice | ConfidenceLevel | None) -> str:
    return choice.value if choice else Choice.APPROVE.value


async def _begin(cast: Roster, hands: PhoneClient, step: Step, wish: str) -> None:
    """By the list of meetings to the request, and to the body meant where the step or the bot says which."""
    if hands.shows("wish", cast.committee, wish) is None:
        await hands.try_say("/start")
        if hands.shows("mlist") is not None:
            await hands.try_press("mlist")
            await hands.try_press("wishes", cast.committee)
    await hands.press("wish", cast.committee, wish)
    if step.body or hands.shows("wish", cast.committee, wish, cast.body(step)):
        await hands.press("wish", cast.committee, wish, cast.body(step))


async def ask_for_meeting(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Ask for an extraordinary meeting, and say why."""
    await _begin(cast, hands, step, "meeting")
    words = step.subject or step.words or step.reason
    await hands.say(words or "Có việc cấp bách cần bàn tập thể")


async def propose_item(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Propose an item: its subject, what is said for it, its kind of matter."""
    await _begin(cast, hands, step, "item")
    given = [words for words in (step.subject, step.words, step.reason) if words]
    subject, *why = given or ["Nội dung do ủy viên đề nghị"]
    await hands.say(subject)
    draft = _draft(hands)
    if why:
        await hands.try_press("form_again", draft, "words")
        await hands.say("\n".join(why))
    if step.matter is not Matter.GENERAL:
        await hands.try_press("form_again", draft, "matter")
        await hands.press("form_fill", draft, "matter", step.matter.value)
    await hands.press("form_send", draft)


async def ask_question(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Ask a question, of somebody if the story names one, or of a body by its id."""
    await _begin(cast, hands, step, "question")
    words = step.subject or step.words or step.reason
    await hands.say(words or "Đề nghị cho biết tiến độ thực hiện nghị quyết")
    draft = _draft(hands)
    if step.of is not None:
        await _pick(hands, draft, cast.persons.get(step.of, step.of))
    await hands.press("form_send", draft)


async def _pick(hands: PhoneClient, draft: int, person: int | str) -> None:
    """Page by page to the one who is asked."""
    await hands.press("form_again", draft, "asked_of")
    page = 0
    while hands.shows("form_fill", draft, "asked_of", person) is None:
        page += 1
        if hands.shows("form_show", draft, page) is None:
            break
        await hands.press("form_show", draft, page)
    await hands.press("form_fill", draft, "asked_of", person)


def _draft(hands: PhoneClient) -> int:
    """The form that is shown; 0 while the bot does not answer."""
    found = hands.screen_with("form_send").get("form_send", ("0",))
    return int(found[0])


VERBS: dict[str, Verb] = {
    "rsvp": rsvp,
    "refuse_absence": refuse_absence,
    "check_in": _noted("checkin"),
    "leave": _noted("leave"),
    "open_meeting": open_meeting,
    "conclude": conclude,
    "keep_minutes": keep_minutes,
    "write_minutes": write_minutes,
    "add_task": add_task,
    "close_meeting": close_meeting,
    "record_meeting": record_meeting,
    "delegate": delegate,
    "withdraw_delegation": withdraw_delegation,
    "open_vote": open_vote,
    "vote": vote,
    "raise_hands": raise_hands,
    "close_vote": close_vote,
    "ask_for_meeting": ask_for_meeting,
    "propose_item": propose_item,
    "ask_question": ask_question,
}
