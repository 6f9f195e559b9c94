"""Verbs of calling a meeting as what people do on their phones, and how an item is found there."""

from __future__ import annotations

from functools import partial

from bot.values.action import parse
from simulator.difference import NotPossibleError
from simulator.phone_client import PhoneClient, reads_as
from simulator.story import Entry, Guest, Step, local
from simulator.verbs.forms import begin, draft_on, fill_in, from_home
from simulator.verbs.roster import Roster, Verb


async def item_on(hands: PhoneClient, meeting: int, item: str | int) -> int:
    """The id on the button of an item, by its subject or its place on the list, from 1."""
    await hands.press("mitems", meeting)
    ids, lines = _listed(hands)
    place = item if isinstance(item, int) else _place(lines, item)
    if not 1 <= place <= len(ids):
        raise NotPossibleError("no_item", item=item)
    return ids[place - 1]


def _listed(hands: PhoneClient) -> tuple[list[int], list[str]]:
    """The newest list of items, known by its way to the dashboard: the ids on its buttons, and its lines."""
    for message in reversed(hands.messages):
        keys = [parse(key.data or "") for row in message.rows for key in row]
        actions = {key.action for key in keys if key}
        if message.from_bot and "mdash" in actions and "mitems" not in actions:
            ids = [int(key.args[0]) for key in keys if key and key.action == "mitem"]
            return ids, message.text.splitlines()
    return [], []


def _place(lines: list[str], subject: str) -> int:
    wanted = " ".join(subject.split())
    for line in lines:
        number, _, rest = line.partition(". ")
        if number.isdecimal() and rest.strip() == wanted:
            return int(number)
    return 0


NO_AGENDA = "Nội dung theo chương trình công tác"
NO_PLACE = "Phòng họp cơ quan"
NO_REASON = "Do yêu cầu công tác"
SESSION = "working_session"


# --- the call --------------------------------------------------------------------------------


async def call_meeting(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Fill in the form question by question, as its buttons ask, and send it."""
    await begin(hands, partial(from_home, hands, "invite", cast.committee))
    await fill_in(cast, hands, step, _answer)


async def _answer(cast: Roster, hands: PhoneClient, step: Step, draft: int, question: str) -> None:
    """One question: by its button where the answer is a button, else in words."""
    in_words = {
        "starts": local(step.starts or step.at),
        "place": step.place or NO_PLACE,
        "reason": step.reason or NO_REASON,
    }
    if question == "agenda":
        await _agenda(cast, hands, step, draft)
    elif question == "guests":
        await _guests(cast, hands, step, draft)
    elif question in in_words:
        await hands.say(in_words[question])
    else:
        by_button = {"body": cast.body(step), "kind": _kind(hands, step), "secret_free": "yes"}
        await hands.press("form_fill", draft, question, by_button[question])


def _kind(hands: PhoneClient, step: Step) -> str:
    """The kind's button; of a working session the button of the one named, or of the only one offered."""
    if step.session:
        return step.session
    if step.kind != SESSION:
        return step.kind or "regular"
    offered = hands.choices("form_fill", 2)
    sessions = [each for each in offered if each not in ("regular", "extraordinary")]
    return sessions[0] if sessions else SESSION


# --- the agenda ------------------------------------------------------------------------------


async def _agenda(cast: Roster, hands: PhoneClient, step: Step, draft: int) -> None:
    """Type what the story names, say more of an item where it does, attach what belongs to the whole."""
    entries = list(step.agenda)
    if not entries and "agenda" not in step.model_fields_set and not _items(hands):
        entries = [Entry(subject=NO_AGENDA)]
    if entries:
        await hands.say("\n".join(entry.subject for entry in entries))
    for entry in entries:
        await _details(cast, hands, entry, draft)
    await _files(cast, hands, step.files, step.place)
    await hands.press("form_fill", draft, "agenda", "done")


def _items(hands: PhoneClient) -> dict[str, str]:
    """The items on the screen: the key of each by its words."""
    return {label.partition(". ")[2]: args[1] for label, args in hands.labelled("mentry")}


async def _details(cast: Roster, hands: PhoneClient, entry: Entry, draft: int) -> None:
    wanted = entry.model_fields_set - {"subject"}
    key = next((k for words, k in _items(hands).items() if reads_as(words, entry.subject)), "")
    if not wanted or not key:
        return
    await hands.press("mentry", draft, key)
    if "matter" in wanted:
        await hands.try_press("mpick", draft, key, "matter")
        await hands.press("mset", draft, key, "matter", entry.matter.value)
    if entry.responsible:
        await hands.try_press("mpick", draft, key, "who")
        await hands.press("mset", draft, key, "who", cast.person(entry.responsible))
    if "closed" in wanted:
        await hands.press("mset", draft, key, "closed", "yes" if entry.closed else "no")
    await _files(cast, hands, entry.files, entry.subject)
    await hands.press("form_show", draft)


async def _files(cast: Roster, hands: PhoneClient, names: tuple[str, ...], about: str) -> None:
    """Send files; one that is not beside the story gets invented content."""
    for name in names:
        await hands.send_file(*cast.file(name, f"{name}: {about}".encode()))


# --- guests ----------------------------------------------------------------------------------


async def _guests(cast: Roster, hands: PhoneClient, step: Step, draft: int) -> None:
    offered = hands.choices("mguests", 1)
    for guest in step.guests:
        category = guest.category if guest.category in offered else "-"
        await _guest(cast, hands, guest, draft, category)
    await hands.press("form_fill", draft, "guests", "done")


async def _guest(cast: Roster, hands: PhoneClient, guest: Guest, draft: int, category: str) -> None:
    await hands.press("mguests", draft, category)
    person = cast.persons.get(guest.name, 0)
    ways = {args[2]: args[3] for _, args in hands.labelled("mwho")}
    if str(person) in ways:
        if ways[str(person)] == "yes":
            await hands.press("mwho", draft, category, person, "yes")
    else:
        await hands.say(guest.name)
    await hands.press("form_show", draft)


# --- the head --------------------------------------------------------------------------------


async def cancel_meeting(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Call it off with a reason; one that waits for approval is taken back."""
    meeting = cast.meeting(step)
    if hands.shows("mrecall", meeting) is not None:
        await hands.press("mrecall", meeting)
    else:
        await hands.press("mcancel", meeting)
        await hands.say(step.reason or NO_REASON)


async def change_meeting(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Say why, answer again what the story names, and have everybody notified."""
    await hands.press("mchange", cast.meeting(step))
    await hands.say(step.reason or NO_REASON)
    draft = draft_on(hands)
    for field in ("starts", "place", "agenda", "guests"):
        if field not in step.model_fields_set:
            continue
        await hands.press("form_again", draft, field)
        if field == "agenda":
            await _take_off(hands, step, draft)
        if field == "guests":
            await _uninvite(cast, hands, step, draft)
        await _answer(cast, hands, step, draft, field)
    await hands.press("form_send", draft)


async def _take_off(hands: PhoneClient, step: Step, draft: int) -> None:
    """An agenda given again is the whole: what it leaves out comes off, save what waited for a meeting."""
    kept = [entry.subject for entry in step.agenda]
    for words, key in _items(hands).items():
        if any(reads_as(words, subject) for subject in kept) or key.startswith("w"):
            continue
        await hands.press("mtakeoff", draft, key)


async def _uninvite(cast: Roster, hands: PhoneClient, step: Step, draft: int) -> None:
    """Guests given again are all of them: who is left out is not invited any more."""
    named = {cast.persons.get(guest.name, 0) for guest in step.guests}
    await hands.press("mguests", draft, "-")
    for _, args in hands.labelled("mwho"):
        if args[3] == "no" and int(args[2]) not in named:
            await hands.press("mwho", *args)
    await hands.press("form_show", draft)


# --- documents -------------------------------------------------------------------------------


async def send_papers(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Take in documents, for an item where the story names one, and send them."""
    meeting = cast.meeting(step)
    await hands.press("mpapers", meeting)
    if "item" in step.model_fields_set:
        item = _item_of(hands, step)
        if item:
            await hands.press("mpapers", meeting, item)
    await _files(cast, hands, step.files or ("Tai lieu hop.docx",), "Tài liệu họp")
    await hands.press("mpsend", meeting)


def _item_of(hands: PhoneClient, step: Step) -> str:
    """An item by its subject or its place on the agenda, from 1."""
    offered = [
        (label.partition(": ")[2], args[1])
        for label, args in hands.labelled("mpapers")
        if len(args) > 1
    ]
    if isinstance(step.item, int):
        return offered[step.item - 1][1] if 0 < step.item <= len(offered) else ""
    return next((key for words, key in offered if reads_as(words, step.item)), "")


VERBS: dict[str, Verb] = {
    "call_meeting": call_meeting,
    "change_meeting": change_meeting,
    "cancel_meeting": cancel_meeting,
    "send_papers": send_papers,
}
