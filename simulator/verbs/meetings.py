"""Verbs of calling a meeting as what people do on their phones, and how an item is found there."""

from __future__ import annotations

from pathlib import Path

from bot.values.action import parse
from simulator.phone_client import PhoneClient, Seen
from simulator.refusals import NotPossibleError
from simulator.story import Entry, Guest, Step, local
from simulator.verbs.roster import Refusal, Roster, Verb, in_turn


async def item_on(hands: PhoneClient, meeting: int, item: str | int) -> int | str:
    """The id on the button of an item; the refusal, in words, where the list is not shown."""
    seen = await hands.press("mitems", meeting)
    if seen.refusal is not None:
        return seen.refusal
    ids, lines = _listed(hands)
    place = item if isinstance(item, int) else _place(lines, item)
    if not 1 <= place <= len(ids):
        raise NotPossibleError(f"no item {item!r} on this agenda")
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


QUESTIONS = 20
"""More questions than any form has."""
LABEL = 40
"""So much of a subject stands on a button in any case."""
NO_AGENDA = "Nội dung theo chương trình công tác"
NO_PLACE = "Phòng họp cơ quan"
NO_REASON = "Do yêu cầu công tác"
SESSION = "working_session"
FORM = "form_drop"
"""The way out that every question of the form has."""


# --- the call --------------------------------------------------------------------------------


async def call_meeting(cast: Roster, hands: PhoneClient, step: Step) -> Refusal:
    """Fill in the form question by question, as its buttons ask, and send it."""
    seen = await _begin(cast, hands)
    form = hands.screen_with(FORM)
    if seen.refusal is None and form and "form_back" in form:
        await hands.press(FORM, *form[FORM])
        seen = await _begin(cast, hands)
    return seen.refusal or await _fill_in(cast, hands, step)


async def _begin(cast: Roster, hands: PhoneClient) -> Seen:
    if hands.shows("invite", cast.committee) is None:
        await hands.say("/start")
    return await hands.press("invite", cast.committee)


async def _fill_in(cast: Roster, hands: PhoneClient, step: Step) -> Refusal:
    for _ in range(QUESTIONS):
        form = hands.screen_with(FORM)
        if not cast.stage.hears or not form:
            return None
        draft, question = int(form[FORM][0]), form[FORM][1]
        if question == "preview":
            return (await hands.press("form_send", draft)).refusal
        refusal = await _answer(cast, hands, step, draft, question)
        if refusal is not None:
            return refusal
    return None


async def _answer(
    cast: Roster, hands: PhoneClient, step: Step, draft: int, question: str
) -> Refusal:
    """One question: by its button where the answer is a button, else in words."""
    if question == "agenda":
        return await _agenda(cast, hands, step, draft)
    if question == "guests":
        return await _guests(cast, hands, step, draft)
    in_words = {
        "starts": local(step.starts or step.at),
        "place": step.place or NO_PLACE,
        "reason": step.reason or NO_REASON,
    }
    if question in in_words:
        return (await hands.say(in_words[question])).refusal
    by_button = {"body": cast.story.body, "kind": _kind(hands, step), "secret_free": "yes"}
    return (await hands.press("form_fill", draft, question, by_button[question])).refusal


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


async def _agenda(cast: Roster, hands: PhoneClient, step: Step, draft: int) -> Refusal:
    """Type what the story names, say more of an item where it does, attach what belongs to the whole."""
    entries = list(step.agenda)
    if not entries and "agenda" not in step.model_fields_set and not _items(hands):
        entries = [Entry(subject=NO_AGENDA)]
    if entries:
        seen = await hands.say("\n".join(entry.subject for entry in entries))
        if seen.refusal is not None:
            return seen.refusal
    for entry in entries:
        refusal = await _details(cast, hands, entry, draft)
        if refusal is not None:
            return refusal
    refusal = await _files(cast, hands, step.files, step.place)
    if refusal is not None:
        return refusal
    return (await hands.press("form_fill", draft, "agenda", "done")).refusal


def _items(hands: PhoneClient) -> dict[str, str]:
    """The items on the screen: the key of each by its words."""
    return {label.partition(". ")[2]: args[1] for label, args in hands.labelled("mentry")}


async def _details(cast: Roster, hands: PhoneClient, entry: Entry, draft: int) -> Refusal:
    wanted = entry.model_fields_set - {"subject"}
    key = next((k for words, k in _items(hands).items() if _is(words, entry.subject)), "")
    if not wanted or not key:
        return None
    seen = await hands.press("mentry", draft, key)
    if seen.refusal is None and "matter" in wanted:
        await hands.press("mpick", draft, key, "matter")
        seen = await hands.press("mset", draft, key, "matter", entry.matter.value)
    if seen.refusal is None and entry.responsible:
        await hands.press("mpick", draft, key, "who")
        seen = await hands.press("mset", draft, key, "who", cast.person(entry.responsible))
    if seen.refusal is None and "closed" in wanted:
        seen = await hands.press("mset", draft, key, "closed", "yes" if entry.closed else "no")
    refusal = seen.refusal or await _files(cast, hands, entry.files, entry.subject)
    return refusal or (await hands.press("form_show", draft)).refusal


def _is(words: str, subject: str) -> bool:
    plain = " ".join(subject.split())
    return words == plain or words.startswith(plain[:LABEL])


async def _files(cast: Roster, hands: PhoneClient, names: tuple[str, ...], about: str) -> Refusal:
    """Send files; one that is not beside the story gets invented content."""
    for name in names:
        path = cast.folder / name
        content = path.read_bytes() if path.is_file() else f"{name}: {about}".encode()
        seen = await hands.send_file(Path(name).name, content)
        if seen.refusal is not None:
            return seen.refusal
    return None


# --- guests ----------------------------------------------------------------------------------


async def _guests(cast: Roster, hands: PhoneClient, step: Step, draft: int) -> Refusal:
    offered = hands.choices("mguests", 1)
    for guest in step.guests:
        category = guest.category if guest.category in offered else "-"
        refusal = await _guest(cast, hands, guest, draft, category)
        if refusal is not None:
            return refusal
    return (await hands.press("form_fill", draft, "guests", "done")).refusal


async def _guest(
    cast: Roster, hands: PhoneClient, guest: Guest, draft: int, category: str
) -> Refusal:
    seen = await hands.press("mguests", draft, category)
    person = cast.persons.get(guest.name, 0)
    ways = {args[2]: args[3] for _, args in hands.labelled("mwho")}
    if seen.refusal is None and str(person) in ways:
        if ways[str(person)] == "yes":
            seen = await hands.press("mwho", draft, category, person, "yes")
    elif seen.refusal is None:
        seen = await hands.say(guest.name)
    return seen.refusal or (await hands.press("form_show", draft)).refusal


# --- the head --------------------------------------------------------------------------------


async def cancel_meeting(cast: Roster, hands: PhoneClient, step: Step) -> Refusal:
    """Call it off with a reason; one that waits for approval is taken back."""
    meeting = cast.meeting(step)
    if hands.shows("mrecall", meeting) is not None:
        return (await hands.press("mrecall", meeting)).refusal
    return await in_turn(
        lambda: hands.press("mcancel", meeting),
        lambda: hands.say(step.reason or NO_REASON),
    )


async def change_meeting(cast: Roster, hands: PhoneClient, step: Step) -> Refusal:
    """Say why, answer again what the story names, and have everybody notified."""
    seen = await hands.press("mchange", cast.meeting(step))
    if seen.refusal is None:
        seen = await hands.say(step.reason or NO_REASON)
    if seen.refusal is not None:
        return seen.refusal
    draft = int(hands.screen_with(FORM)[FORM][0])
    for field in ("starts", "place", "agenda", "guests"):
        if field not in step.model_fields_set:
            continue
        refusal = (await hands.press("form_again", draft, field)).refusal
        if refusal is None and field == "agenda":
            refusal = await _take_off(hands, step, draft)
        if refusal is None and field == "guests":
            refusal = await _uninvite(cast, hands, step, draft)
        refusal = refusal or await _answer(cast, hands, step, draft, field)
        if refusal is not None:
            return refusal
    return (await hands.press("form_send", draft)).refusal


async def _take_off(hands: PhoneClient, step: Step, draft: int) -> Refusal:
    """An agenda given again is the whole: what it leaves out comes off, save what waited for a meeting."""
    kept = [entry.subject for entry in step.agenda]
    for words, key in _items(hands).items():
        if any(_is(words, subject) for subject in kept) or key.startswith("w"):
            continue
        seen = await hands.press("mtakeoff", draft, key)
        if seen.refusal is not None:
            return seen.refusal
    return None


async def _uninvite(cast: Roster, hands: PhoneClient, step: Step, draft: int) -> Refusal:
    """Guests given again are all of them: who is left out is not invited any more."""
    named = {cast.persons.get(guest.name, 0) for guest in step.guests}
    seen = await hands.press("mguests", draft, "-")
    for _, args in hands.labelled("mwho"):
        if seen.refusal is None and args[3] == "no" and int(args[2]) not in named:
            seen = await hands.press("mwho", *args)
    return seen.refusal or (await hands.press("form_show", draft)).refusal


# --- documents -------------------------------------------------------------------------------


async def send_papers(cast: Roster, hands: PhoneClient, step: Step) -> Refusal:
    """Take in documents, for an item where the story names one, and send them."""
    meeting = cast.meeting(step)
    seen = await hands.press("mpapers", meeting)
    if seen.refusal is None and "item" in step.model_fields_set:
        item = _item_of(hands, step)
        seen = await hands.press("mpapers", meeting, item) if item else seen
    if seen.refusal is not None:
        return seen.refusal
    refusal = await _files(cast, hands, step.files or ("Tai lieu hop.docx",), "Tài liệu họp")
    return refusal or (await hands.press("mpsend", meeting)).refusal


def _item_of(hands: PhoneClient, step: Step) -> str:
    """An item by its subject or its place on the agenda, from 1."""
    offered = [
        (label.partition(": ")[2], args[1])
        for label, args in hands.labelled("mpapers")
        if len(args) > 1
    ]
    if isinstance(step.item, int):
        return offered[step.item - 1][1] if 0 < step.item <= len(offered) else ""
    return next((key for words, key in offered if _is(words, step.item)), "")


VERBS: dict[str, Verb] = {
    "call_meeting": call_meeting,
    "change_meeting": change_meeting,
    "cancel_meeting": cancel_meeting,
    "send_papers": send_papers,
}
