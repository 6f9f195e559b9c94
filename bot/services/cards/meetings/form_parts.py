"""The form's screens below a question: one item of the agenda, guests of one category. No answer is judged here."""

from __future__ import annotations

from bot.domain.calling import guest_rule
from bot.domain.card import Button, Card
from bot.domain.people import Person
from bot.domain.press import press
from bot.domain.regulation import Matter
from bot.rendering import Rendering, initial
from bot.services.meetings.calling_answers import answerable
from bot.services.meetings.calling_fields import Entry, Form

PAGE = 20
"""Names on one page of a list to pick from."""
Rows = list[tuple[Button, ...]]


# --- one item --------------------------------------------------------------------------------


def item(say: Rendering, form: Form, entry: Entry) -> Card:
    """One item with what is said of it, and the ways to say more."""
    place = form.agenda.index(entry) + 1
    names = {each.id: each.name for each in form.everybody}
    text = say.text(
        "calling_item",
        entry=entry,
        place=place,
        responsible=names.get(entry.responsible or 0, ""),
        preparation=form.rules.preparation,
    )
    draft, key = form.draft.id, entry.key
    closed = "open" if entry.closed else "closed"
    rows: Rows = [
        (Button(say.label("calling_button.matter"), press("mpick", draft, key, "matter")),),
        (Button(say.label("calling_button.responsible"), press("mpick", draft, key, "who")),),
        (
            Button(
                say.label(f"calling_button.{closed}"),
                press("mset", draft, key, "closed", "no" if entry.closed else "yes"),
            ),
        ),
        (Button(say.label("calling_button.take_off"), press("mtakeoff", draft, key)),),
        (Button(say.label("calling_button.to_agenda"), press("mform", draft), style="primary"),),
    ]
    if entry.files:
        away = Button(say.label("calling_button.no_files"), press("mnofiles", draft, key))
        rows.insert(-2, (away,))
    return Card(text, tuple(rows))


def matters(say: Rendering, form: Form, entry: Entry) -> Card:
    """The kinds of matter to choose from."""
    rows: Rows = [
        (
            Button(
                initial(say.label(f"matter.{matter.value}")),
                press("mset", form.draft.id, entry.key, "matter", matter.value),
            ),
        )
        for matter in Matter
    ]
    text = say.text("calling_pick", entry=entry, what="matter")
    return Card(text, (*rows, _to_item(say, form, entry)))


def persons(say: Rendering, form: Form, entry: Entry, page: int) -> Card:
    """Those who may answer for the item, a page at a time."""
    known = answerable(form)
    rows: Rows = [
        (Button(each.name, press("mset", form.draft.id, entry.key, "who", each.id)),)
        for each in _page(known, page)
    ]
    rows += _pages(say, len(known), page, ("mpick", form.draft.id, entry.key, "who"))
    if entry.responsible is not None:
        none = press("mset", form.draft.id, entry.key, "who", "none")
        rows.append((Button(say.label("calling_button.nobody"), none),))
    text = say.text("calling_pick", entry=entry, what="who")
    return Card(text, (*rows, _to_item(say, form, entry)))


def _to_item(say: Rendering, form: Form, entry: Entry) -> tuple[Button, ...]:
    return (Button(say.label("button.back"), press("mentry", form.draft.id, entry.key)),)


# --- guests ----------------------------------------------------------------------------------


def guests(say: Rendering, form: Form, category: str, page: int) -> Card:
    """Guests of one category: known ones to tick, others are typed; "-" is any other guest."""
    rule = guest_rule(form.rules, category)
    text = say.text("calling_guests", rule=rule, guests=form.guests, category=category.strip("-"))
    chosen = {each.person for each in form.guests}
    known = form.others_known
    rows: Rows = [
        (
            Button(
                say.label(
                    "calling_button.invited" if each.id in chosen else "calling_button.known",
                    name=each.name,
                ),
                press("mwho", form.draft.id, category, each.id, _other(each.id in chosen)),
            ),
        )
        for each in _page(known, page)
    ]
    rows += _pages(say, len(known), page, ("mguests", form.draft.id, category))
    rows += [
        (
            Button(
                say.label("calling_button.uninvite", name=each.name),
                press("munguest", form.draft.id, category, place),
            ),
        )
        for place, each in enumerate(form.guests)
        if each.person is None and each.category == category.strip("-")
    ]
    done = Button(say.label("calling_button.to_guests"), press("mform", form.draft.id))
    return Card(text, (*rows, (done,)))


def _other(chosen: bool) -> str:
    return "no" if chosen else "yes"


def _page(known: list[Person], page: int) -> list[Person]:
    return known[page * PAGE : (page + 1) * PAGE]


def _pages(say: Rendering, count: int, page: int, way: tuple[str | int, ...]) -> Rows:
    pages = -(-count // PAGE)
    if pages <= 1:
        return []
    action, *args = way
    before = press(str(action), *args, (page - 1) % pages)
    after = press(str(action), *args, (page + 1) % pages)
    return [
        (
            Button(say.label("button.page_before"), before),
            Button(say.label("button.page_after"), after),
        )
    ]
