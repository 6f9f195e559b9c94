"""The agenda and the guests of the form "Mời họp": their rows, the screens below them, what is pressed there.

What else the form asks, and what comes of it, is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.db.notice import Button, Card, Row, Rows
from bot.kit.act import press
from bot.kit.below import Screens
from bot.kit.card import in_rows, page_of
from bot.kit.form import Answers, Below, answer
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context
from bot.meetings.calling.view import WHOLE, CallingView, Entry
from bot.meetings.rules.calling import guest_rule
from bot.people.rules.people import Person
from bot.rendering import Rendering, initial
from bot.values.action import action
from bot.values.files import FileRef
from bot.values.limits import GUEST_NAME_LIMIT, SUBJECT_LIMIT
from bot.values.names import same
from bot.values.refusal import Refused, faulty, refuse
from bot.values.texts import TextFault, clean_line
from bot.values.words import read_line, read_list

MOST_ITEMS = 30
PAGE = 20
"""Names on one page of a list to pick from."""
OTHER = "-"
"""The group of guests whom no rule names."""
UP, DOWN = "up", "down"
"""Which way an item moves on the agenda."""
ITEM, GUESTS = "item", "guests"
ITEMS_NEEDED = "meeting_items_needed"
"""The screens, as they are named where words are awaited."""


# --- the agenda: what answers fill in --------------------------------------------------------


def added_items(form: CallingView, text: str, _at: datetime) -> Answers:
    """Items typed, one a line; one equal to what waits is that item, at the typed place. None named is refused."""
    own = list(form.fields.get("own", []))
    for line in read_list(text, ITEMS_NEEDED):
        own = _with_item(form, own, read_line(line, SUBJECT_LIMIT))
    if len(own) > MOST_ITEMS:
        refuse("meeting_many_items", limit=MOST_ITEMS)
    if "order" not in form.fields:
        return {"own": own}
    before = {each["key"]: place for place, each in enumerate(form.fields.get("own", []))}
    moved = {each["key"] for place, each in enumerate(own) if before.get(each["key"]) != place}
    return {"own": own, "order": [key for key in form.fields["order"] if key not in moved]}


def _moved(form: CallingView, key: str, up: str) -> Answers:
    """The item and its neighbour change places."""
    keys = [each.key for each in form.agenda]
    place = keys.index(_entry(form, key).key)
    other = place - 1 if up == UP else place + 1
    if up not in (UP, DOWN) or not 0 <= other < len(keys):
        refuse("stale_question")
    keys[place], keys[other] = keys[other], keys[place]
    return {"order": keys}


def _renamed(form: CallingView, key: str, text: str, _at: datetime) -> Answers:
    """The item under another name; one that waits, or that those invited have read, keeps its own."""
    read_list(text, ITEMS_NEEDED)
    entry, subject = _entry(form, key), read_line(text, SUBJECT_LIMIT)
    if not may_be_renamed(form, entry):
        refuse("meeting_item_keeps_name", subject=entry.subject)
    if any(same(each.subject, subject) for each in form.agenda if each.key != key):
        refuse("meeting_item_twice", subject=subject)
    own = [
        {**each, "subject": subject} if each["key"] == key else each for each in form.fields["own"]
    ]
    return {"own": own}


def may_be_renamed(form: CallingView, entry: Entry) -> bool:
    """Whether the item was typed into this form, and nobody has been told of it."""
    return entry.waiting_id is None and (form.changes is None or entry.item_id is None)


def _with_item(form: CallingView, own: list[dict[str, Any]], subject: str) -> list[dict[str, Any]]:
    stands = [each for each in own if same(each["subject"], subject)]
    if stands:  # typed once more, it moves to the end
        return [each for each in own if each not in stands] + stands
    waits = next((w for w in form.waiting if same(w.subject, subject)), None)
    key = f"o{1 + max((int(each['key'][1:]) for each in own if each['key'][0] == 'o'), default=0)}"
    entry: dict[str, Any] = {"key": key, "subject": subject}
    return [*own, entry | {"waiting": waits.id} if waits else entry]


def agenda_done(form: CallingView, _value: str) -> Answers:
    """The agenda as it is; a meeting about nothing is not called."""
    if not form.agenda:
        refuse("meeting_agenda_empty")
    return {"agenda": True}


def filed(form: CallingView, where: str, file: FileRef) -> Answers:
    """A document of the item on whose screen it was sent, else of the meeting as a whole."""
    kind, _, key = where.partition(":")
    key = key if kind == ITEM else WHOLE
    files = dict(form.fields.get("files", {}))
    return {"files": files | {key: [*files.get(key, ()), asdict(file)]}}


def _ticked(form: CallingView, waiting_id: int) -> Answers:
    if all(each.id != waiting_id for each in form.waiting):
        refuse("stale_question")
    off = [each for each in form.unticked if each != waiting_id]
    return {"off": off if waiting_id in form.unticked else [*off, waiting_id]}


def _entry(form: CallingView, key: str) -> Entry:
    entry = form.entry(key)
    if entry is None:
        refuse("stale_question")
    return entry


def _without_item(form: CallingView, key: str) -> Answers:
    """What was typed is gone, what waits is left for another meeting."""
    entry = _entry(form, key)
    own = [each for each in form.fields.get("own", []) if each["key"] != key]
    files = {k: v for k, v in form.fields.get("files", {}).items() if k != key}
    off = [*form.unticked, entry.waiting_id] if entry.waiting_id else list(form.unticked)
    return {"own": own, "off": off, "files": files}


def _without_files(form: CallingView, key: str) -> Answers:
    files = form.fields.get("files", {})
    if key not in files:
        refuse("stale_question")
    return {"files": {k: v for k, v in files.items() if k != key}}


def _detailed(form: CallingView, key: str, what: str, value: str) -> Answers:
    """What an item is about, who answers for it, whether it is dealt with among members."""
    _entry(form, key)
    given: dict[str, Any] = {}
    if what == "matter" and form.regulation.matter(value):
        given = {"matter": value}
    elif what == "closed" and value in ("yes", "no"):
        given = {"closed": value == "yes"}
    elif what == "who" and value == "none":
        given = {"responsible": None}
    elif what == "who" and value in {str(each.id) for each in _answerable(form)}:
        given = {"responsible": int(value)}
    if not given:
        refuse("stale_question")
    more = dict(form.fields.get("more", {}))
    return {"more": more | {key: more.get(key, {}) | given}}


def _answerable(form: CallingView) -> list[Person]:
    """Who may answer for an item: the members, then others of the committee who sit somewhere."""
    others = [p for p in form.others_known if any(seat.body for seat in p.seats)]
    return [*form.members, *others]


# --- the agenda: how it looks ----------------------------------------------------------------


def agenda_rows(say: Rendering, form: CallingView) -> Rows:
    """Under the question "Chương trình họp?": each item, what is left out, the documents of the whole."""
    draft = form.draft.id
    rows = [
        (
            Button(
                say.label(
                    "calling_button.item",
                    place=n,
                    subject=entry.subject,
                ),
                action("mentry", draft, entry.key),
            ),
        )
        for n, entry in enumerate(form.agenda, 1)
    ]
    rows += [
        (
            Button(
                say.label("calling_button.untaken", subject=each.subject),
                action("mtick", draft, each.id),
            ),
        )
        for each in form.waiting
        if each.id in form.unticked
    ]
    if form.files_of(WHOLE):
        away = action("mnofiles", draft, WHOLE)
        rows.append((Button(say.label("calling_button.no_files_whole"), away),))
    if form.agenda:
        done = say.label("calling_button.agenda_done")
        rows.append((Button(done, answer(form, "agenda", "done"), style="primary"),))
    return tuple(rows)


def item(say: Rendering, form: CallingView, key: str) -> Card:
    """One item with what is said of it, and the ways to say more."""
    entry = _entry(form, key)
    names = {each.id: each.name for each in form.everybody}
    text = say.text(
        "calling_item",
        entry=entry,
        place=form.agenda.index(entry) + 1,
        responsible=names.get(entry.responsible or 0, ""),
        preparation=form.rules.preparation,
        renames=may_be_renamed(form, entry),
    )
    draft = form.draft.id
    closed = "open" if entry.closed else "closed"
    presses = [
        ("matter", action("mpick", draft, key, "matter")),
        ("responsible", action("mpick", draft, key, "who")),
        (closed, action("mset", draft, key, "closed", "no" if entry.closed else "yes")),
    ]
    if entry.files:
        presses.append(("no_files", action("mnofiles", draft, key)))
    presses.append(("take_off", action("mtakeoff", draft, key)))
    rows = [(Button(say.label(f"calling_button.{label}"), wanted),) for label, wanted in presses]
    place = form.agenda.index(entry)
    ways = [way for way, may in ((UP, place > 0), (DOWN, place < len(form.agenda) - 1)) if may]
    moves = [
        Button(say.label(f"calling_button.{way}"), action("mmove", draft, key, way)) for way in ways
    ]
    to_agenda = say.label("calling_button.to_agenda")
    done = Button(to_agenda, action("form_show", draft), style="primary")
    return Card(text, (*in_rows(moves), *rows, (done,)))


def matters(say: Rendering, form: CallingView, key: str) -> Card:
    """The kinds of matter to choose from."""
    entry = _entry(form, key)
    rows = [
        (
            Button(
                initial(say.label(f"matter.{matter.value}")),
                action("mset", form.draft.id, key, "matter", matter.value),
            ),
        )
        for matter in form.regulation.matters
    ]
    text = say.text("calling_pick", entry=entry, what="matter")
    return Card(text, (*rows, _to_item(say, form, key)))


def persons(say: Rendering, form: CallingView, key: str, number: int) -> Card:
    """Those who may answer for the item, a page at a time."""
    entry, draft = _entry(form, key), form.draft.id
    page = page_of(_answerable(form), number, PAGE)
    rows: list[Row] = [
        (Button(each.name, action("mset", draft, key, "who", each.id)),) for each in page.entries
    ]
    rows += page.turns(say, lambda to: action("mpick", draft, key, "who", to))
    if entry.responsible is not None:
        none = action("mset", draft, key, "who", "none")
        rows.append((Button(say.label("calling_button.nobody"), none),))
    text = say.text("calling_pick", entry=entry, what="who")
    return Card(text, (*rows, _to_item(say, form, key)))


def _to_item(say: Rendering, form: CallingView, key: str) -> Row:
    return (Button(say.label("button.back"), action("mentry", form.draft.id, key)),)


# --- guests ----------------------------------------------------------------------------------


def _added_guests(form: CallingView, group: str, text: str, _at: datetime) -> Answers:
    """Guests by name, one a line; a name that is known is that person; refused where nobody is named."""
    category = group.strip(OTHER)
    invited = [dict(each) for each in form.fields.get("invited", ())]
    for line in read_list(text, "meeting_guests_needed"):
        name = clean_line(line, GUEST_NAME_LIMIT)
        if isinstance(name, TextFault):
            raise Refused(faulty(name))
        if any(same(member.name, name) for member in form.members):
            refuse("meeting_guest_on_roll", name=name)
        known = next((p.id for p in form.others_known if same(p.name, name)), None)
        invited = _with_guest(invited, {"name": name, "category": category, "person": known})
    return {"invited": invited}


def other_guests(form: CallingView, text: str, at: datetime) -> Answers:
    """Guests typed at the question itself: whom no rule names."""
    return _added_guests(form, OTHER, text, at)


def _known_guest(form: CallingView, category: str, person_id: int, *, invited: bool) -> Answers:
    """Somebody known is invited under a rule, or not any more."""
    person = next((p for p in form.others_known if p.id == person_id), None)
    if person is None or (category and guest_rule(form.rules, category) is None):
        refuse("stale_question")
    rest = [dict(each) for each in form.fields.get("invited", ())]
    guest = {"name": person.name, "category": category, "person": person.id}
    if invited:
        return {"invited": _with_guest(rest, guest)}
    return {"invited": [each for each in rest if each["person"] != person.id]}


def _with_guest(invited: Sequence[dict[str, Any]], guest: dict[str, Any]) -> list[dict[str, Any]]:
    """Nobody is invited twice; the later rule holds."""
    return [*(each for each in invited if not _same_guest(each, guest)), guest]


def _same_guest(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    if one["person"] is not None or other["person"] is not None:
        return bool(one["person"] == other["person"])
    return same(one["name"], other["name"])


def _without_guest(form: CallingView, place: int) -> Answers:
    invited = list(form.fields.get("invited", ()))
    if place >= len(invited):
        refuse("stale_question")
    return {"invited": invited[:place] + invited[place + 1 :]}


def guest_rows(say: Rendering, form: CallingView) -> Rows:
    """Under the question "Mời thêm đại biểu?": the groups that the regulation names, and others."""
    groups = [
        (
            say.label("calling_button.category", who=rule.who),
            rule.id,
        )
        for rule in form.rules.guests
    ]
    groups.append((say.label("calling_button.other_guests"), OTHER))
    rows = [(Button(label, action("mguests", form.draft.id, of)),) for label, of in groups]
    done = "calling_button.guests_done" if form.guests else "calling_button.no_guests"
    ends = answer(form, "guests", "done")
    return (*rows, (Button(say.label(done), ends, style="primary"),))


def guests(say: Rendering, form: CallingView, category: str, number: int = 0) -> Card:
    """Guests of one group: known ones to tick, a page at a time; others are typed."""
    rule, draft = guest_rule(form.rules, category), form.draft.id
    if category != OTHER and rule is None:
        refuse("stale_question")
    group = category.strip(OTHER)
    text = say.text("calling_guests", rule=rule, guests=form.guests, category=group)
    page = page_of(form.others_known, number, PAGE)
    rows = [_known_row(say, form, category, each) for each in page.entries]
    rows += page.turns(say, lambda to: action("mguests", draft, category, to))
    rows += [
        (
            Button(
                say.label("calling_button.uninvite", name=each.name),
                action("munguest", draft, category, place),
            ),
        )
        for place, each in enumerate(form.guests)
        if each.person is None and each.category == group
    ]
    done = Button(say.label("calling_button.to_guests"), action("form_show", draft))
    return Card(text, (*rows, (done,)))


def _known_row(say: Rendering, form: CallingView, category: str, known: Person) -> Row:
    chosen = any(each.person == known.id for each in form.guests)
    label = say.label(f"calling_button.{'invited' if chosen else 'known'}", name=known.name)
    way = "no" if chosen else "yes"
    return (Button(label, action("mwho", form.draft.id, category, known.id, way)),)


BELOW: Mapping[str, Below[CallingView]] = {
    ITEM: Below(item, said=_renamed),
    GUESTS: Below(guests, said=_added_guests),
}
"""The screens below the questions "agenda" and "guests"."""


# --- what is pressed -------------------------------------------------------------------------


SCREENS = Screens(CallingView)


@press("mtick")
async def tick(context: Context, tap: Tap) -> Screen:
    """What waits is taken, or left for another meeting."""
    waiting = tap.number(1)
    return await SCREENS.keep(context, tap, lambda form: _ticked(form, waiting))


@press("mentry")
async def show_item(context: Context, tap: Tap) -> Screen:
    """One item: what it is about, who answers for it."""
    return await SCREENS.show(context, tap, f"{ITEM}:{tap.word(1)}")


@press("mpick")
async def choose(context: Context, tap: Tap) -> Screen:
    """The kinds of matter, or the persons, to choose from for an item."""
    key, what, page, say = tap.word(1), tap.word(2), tap.page(3), context.say
    if what == "matter":
        return await SCREENS.show(
            context, tap, f"{ITEM}:{key}", lambda form: matters(say, form, key)
        )
    return await SCREENS.show(
        context, tap, f"{ITEM}:{key}", lambda form: persons(say, form, key, page)
    )


@press("mset")
async def set_detail(context: Context, tap: Tap) -> Screen:
    """Something said of an item."""
    key, what, value = tap.word(1), tap.word(2), tap.word(3)
    return await SCREENS.keep(
        context, tap, lambda form: _detailed(form, key, what, value), f"{ITEM}:{key}"
    )


@press("mmove")
async def move(context: Context, tap: Tap) -> Screen:
    """An item goes one place up or down."""
    key, way = tap.word(1), tap.word(2)
    return await SCREENS.keep(context, tap, lambda form: _moved(form, key, way), f"{ITEM}:{key}")


@press("mtakeoff")
async def take_off(context: Context, tap: Tap) -> Screen:
    """An item comes off the agenda."""
    key = tap.word(1)
    return await SCREENS.keep(context, tap, lambda form: _without_item(form, key))


@press("mnofiles")
async def remove_files(context: Context, tap: Tap) -> Screen:
    """The documents of an item, or of the meeting as a whole, are taken off the form."""
    key = tap.word(1)
    where = "" if key == WHOLE else f"{ITEM}:{key}"
    return await SCREENS.keep(context, tap, lambda form: _without_files(form, key), where)


@press("mguests")
async def show_guests(context: Context, tap: Tap) -> Screen:
    """Guests of one group."""
    category, page = tap.word(1), tap.page(2)
    return await SCREENS.show(
        context, tap, f"{GUESTS}:{category}", lambda form: guests(context.say, form, category, page)
    )


@press("mwho")
async def invite_known(context: Context, tap: Tap) -> Screen:
    """Somebody known is invited, or not any more."""
    category, person, invited = tap.word(1), tap.number(2), tap.word(3) == "yes"
    return await SCREENS.keep(
        context,
        tap,
        lambda form: _known_guest(form, category.strip(OTHER), person, invited=invited),
        f"{GUESTS}:{category}",
    )


@press("munguest")
async def uninvite(context: Context, tap: Tap) -> Screen:
    """A guest comes off the list."""
    category, place = tap.word(1), tap.number(2)
    return await SCREENS.keep(
        context, tap, lambda form: _without_guest(form, place), f"{GUESTS}:{category}"
    )
