"""The form "Mời họp" as cards: its questions, and the screens of items and guests below them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from bot.db.notice import Button, Card
from bot.kit.card import turn
from bot.meetings.calling import approval_cards
from bot.meetings.calling.answers import answerable
from bot.meetings.calling.view import WHOLE, Entry, Form
from bot.meetings.documents.store import Paper
from bot.meetings.inviting import cards
from bot.meetings.inviting.cards import Around
from bot.meetings.rules.calling import at, guest_rule, is_late, offered_starts, papers_due
from bot.meetings.rules.meeting import AgendaItem, Meeting, MeetingKind
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import Matter
from bot.rendering import Rendering, initial
from bot.values.action import action
from bot.values.moments import in_viet_nam
from bot.values.working_days import month_grid

Rows = list[tuple[Button, ...]]
HOURS = ("07:30", "08:00", "08:30", "09:00", "13:30", "14:00", "14:30", "15:00")
REDONE = ("starts", "place", "agenda", "guests")
"""What can be asked anew from the preview."""
SHORT = 48


def card(say: Rendering, form: Form) -> Card:
    """The question that stands, with what was answered so far; at the end the preview."""
    if form.field == "preview":
        return _preview(say, form)
    text = say.text(
        "calling_form",
        field=form.field,
        form=form,
        fields=form.fields,
        starts=form.starts,
        session=form.session,
        agenda=form.agenda,
        names={each.id: each.name for each in form.everybody},
        whole=form.files_of(WHOLE),
        guests=form.guests,
        papers=form.rules.papers,
        now=form.now,
    )
    rows = _ANSWERS.get(form.field, _none)(say, form)
    return Card(text, (*rows, *_ways_out(say, form)))


def _ways_out(say: Rendering, form: Form) -> Rows:
    """The way back and the way out; both name the question they stand under."""
    back = action("mback", form.draft.id, form.field) if form.answered else action("home")
    drop = say.label("calling_button.drop_change" if form.changes else "calling_button.drop")
    return [
        (Button(say.label("button.back"), back),),
        (Button(drop, action("mdrop", form.draft.id, form.field)),),
    ]


def dropped(say: Rendering, form: Form) -> Card:
    """The form was put aside."""
    text = say.text("calling_dropped", changes=form.changes)
    return Card(text, ((Button(say.label("button.home"), action("home")),),))


def short(words: str) -> str:
    """Words that fit on a button."""
    return words if len(words) <= SHORT else words[: SHORT - 2].rsplit(" ", 1)[0] + " …"


# --- the answers to each question ------------------------------------------------------------


def _none(_say: Rendering, _form: Form) -> Rows:
    return []


def _body(_say: Rendering, form: Form) -> Rows:
    return [
        (Button(body.name, action("mfill", form.draft.id, "body", body.id)),)
        for body in form.bodies
    ]


def _kind(say: Rendering, form: Form) -> Rows:
    kinds = [
        (each.value, say.label(f"meeting_kind.{each.value}"))
        for each in (MeetingKind.REGULAR, MeetingKind.EXTRAORDINARY)
    ]
    sessions = [
        (each.id, say.label("calling_button.session", party=each.party)) for each in form.sessions
    ]
    return [
        (Button(label, action("mfill", form.draft.id, "kind", value)),)
        for value, label in (*kinds, *sessions)
    ]


def _starts(say: Rendering, form: Form) -> Rows:
    offered = offered_starts(form.rules, form.kind, form.now, form.calendar)
    rows: Rows = [
        (
            Button(
                say.moment_short(start),
                action("mfill", form.draft.id, "starts", int(start.timestamp()) // 60),
            ),
        )
        for start in offered
    ]
    today = in_viet_nam(form.now).date()
    grid = action("mgrid", form.draft.id, today.year, today.month)
    return [*rows, (Button(say.label("button.month_grid"), grid),)]


def month(say: Rendering, form: Form, year: int, month_: int) -> Card:
    """A small month of buttons; after the day its hour is asked."""
    today = in_viet_nam(form.now).date()
    rows: Rows = []
    for week in month_grid(year, month_, today, form.calendar):
        days = [day for day in week if day and day.selectable]
        if days:
            rows.append(tuple(_day(say, form, each.day, off=not each.working) for each in days))
    rows.append(turn(say, "mgrid", form.draft.id, today, year, month_))
    rows.append((Button(say.label("button.back"), action("mform", form.draft.id)),))
    return Card(say.text("calling_month", month=month_, year=year), tuple(rows))


def _day(say: Rendering, form: Form, day: date, *, off: bool) -> Button:
    label = say.label("month.day_off" if off else "month.day", day=f"{day.day:02d}")
    return Button(label, action("mday", form.draft.id, day.isoformat()))


def hours(say: Rendering, form: Form, day: date) -> Card:
    """The hours of a day at which meetings begin; another one is typed."""
    starts = [at(day, time.fromisoformat(hour)) for hour in HOURS]
    buttons = [
        Button(
            say.label("calling_button.hour", hour=f"{start:%H}", minute=f"{start:%M}"),
            action("mfill", form.draft.id, "starts", int(start.timestamp()) // 60),
        )
        for start in starts
        if start > form.now
    ]
    rows: Rows = [tuple(buttons[n : n + 4]) for n in range(0, len(buttons), 4)]
    rows.append((Button(say.label("button.back"), action("mform", form.draft.id)),))
    return Card(say.text("calling_hours", day=day), tuple(rows))


def _agenda(say: Rendering, form: Form) -> Rows:
    rows: Rows = [
        (
            Button(
                say.label("calling_button.item", place=n, subject=short(entry.subject)),
                action("mentry", form.draft.id, entry.key),
            ),
        )
        for n, entry in enumerate(form.agenda, 1)
    ]
    left = [each for each in form.waiting if each.id in form.unticked]
    rows += [
        (
            Button(
                say.label("calling_button.untaken", subject=short(each.subject)),
                action("mtick", form.draft.id, each.id),
            ),
        )
        for each in left
    ]
    if form.files_of(WHOLE):
        away = action("mnofiles", form.draft.id, WHOLE)
        rows.append((Button(say.label("calling_button.no_files_whole"), away),))
    if form.agenda:
        done = action("mfill", form.draft.id, "agenda", "done")
        rows.append((Button(say.label("calling_button.agenda_done"), done, style="primary"),))
    return rows


def _guests(say: Rendering, form: Form) -> Rows:
    rows: Rows = [
        (
            Button(
                say.label("calling_button.category", who=short(rule.who)),
                action("mguests", form.draft.id, rule.id),
            ),
        )
        for rule in form.rules.guests
    ]
    other = Button(say.label("calling_button.other_guests"), action("mguests", form.draft.id, "-"))
    done = "calling_button.guests_done" if form.guests else "calling_button.no_guests"
    ends = action("mfill", form.draft.id, "guests", "done")
    return [*rows, (other,), (Button(say.label(done), ends, style="primary"),)]


def _secret_free(say: Rendering, form: Form) -> Rows:
    tick = action("mfill", form.draft.id, "secret_free", "yes")
    return [(Button(say.label("button.secret_free"), tick, style="primary"),)]


_ANSWERS: dict[str, Callable[[Rendering, Form], Rows]] = {
    "body": _body,
    "kind": _kind,
    "starts": _starts,
    "agenda": _agenda,
    "guests": _guests,
    "secret_free": _secret_free,
}


# --- the preview -----------------------------------------------------------------------------


def _preview(say: Rendering, form: Form) -> Card:
    meeting = as_meeting(form)
    text = say.text(
        "calling_preview",
        form=form,
        meeting=meeting,
        papers=form.rules.papers,
        late=form.kind is not MeetingKind.WORKING_SESSION
        and is_late(form.rules, meeting.starts_at, form.now),
        due=papers_due(form.rules, meeting.starts_at),
        preview=cards.text(say, meeting, around(form), approval_cards.ANYBODY, form.now),
        closed=[item for item in meeting.items if item.closed],
    )
    label = "calling_button.send_change" if form.changes else "button.submit"
    send = Button(say.label(label), action("msend", form.draft.id), style="success")
    redo = [
        (Button(say.label(f"calling_button.redo_{each}"), action("mredo", form.draft.id, each)),)
        for each in REDONE
    ]
    return Card(text, ((send,), *redo, *_ways_out(say, form)))


def as_meeting(form: Form) -> Meeting:
    """The complete form as the meeting it will become; for showing only."""
    if form.body is None or form.starts is None:
        raise LookupError("a complete form has its body and its start")
    return Meeting(
        id=0,
        committee=form.draft.committee,
        rulebook=form.regulation.digest,
        body=form.body,
        kind=form.kind,
        starts_at=form.starts,
        place=form.fields["place"],
        uid="",
        sequence=0,
        prepared_by=form.person.id,
        submitted_at=form.now,
        session=form.fields.get("session", ""),
        number=form.changes.number if form.changes else None,
        guests_wanted=form.guests,
        items=tuple(as_item(n, entry) for n, entry in enumerate(form.agenda, 1)),
    )


def as_item(place: int, entry: Entry) -> AgendaItem:
    """An entry of the form as an item; its id is its place until it is kept."""
    return AgendaItem(
        id=place,
        place=place,
        subject=entry.subject,
        matter=entry.matter,
        closed=entry.closed,
        reason=entry.reason,
        responsible=entry.responsible,
        waiting_id=entry.waiting_id,
        consultation_id=entry.consultation_id,
    )


def around(form: Form) -> Around:
    """Names and documents of the form, as those of the meeting it will become."""
    papers = [Paper(0, file, None, form.person.id) for file in form.files_of(WHOLE)]
    for place, entry in enumerate(form.agenda, 1):
        papers += [Paper(0, file, place, form.person.id) for file in entry.files]
    names = {each.id: each.name for each in form.everybody}
    return Around(names, tuple(papers), form.session)


PAGE = 20
"""Names on one page of a list to pick from."""


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
        (Button(say.label("calling_button.matter"), action("mpick", draft, key, "matter")),),
        (Button(say.label("calling_button.responsible"), action("mpick", draft, key, "who")),),
        (
            Button(
                say.label(f"calling_button.{closed}"),
                action("mset", draft, key, "closed", "no" if entry.closed else "yes"),
            ),
        ),
        (Button(say.label("calling_button.take_off"), action("mtakeoff", draft, key)),),
        (Button(say.label("calling_button.to_agenda"), action("mform", draft), style="primary"),),
    ]
    if entry.files:
        away = Button(say.label("calling_button.no_files"), action("mnofiles", draft, key))
        rows.insert(-2, (away,))
    return Card(text, tuple(rows))


def matters(say: Rendering, form: Form, entry: Entry) -> Card:
    """The kinds of matter to choose from."""
    rows: Rows = [
        (
            Button(
                initial(say.label(f"matter.{matter.value}")),
                action("mset", form.draft.id, entry.key, "matter", matter.value),
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
        (Button(each.name, action("mset", form.draft.id, entry.key, "who", each.id)),)
        for each in _page(known, page)
    ]
    rows += _pages(say, len(known), page, ("mpick", form.draft.id, entry.key, "who"))
    if entry.responsible is not None:
        none = action("mset", form.draft.id, entry.key, "who", "none")
        rows.append((Button(say.label("calling_button.nobody"), none),))
    text = say.text("calling_pick", entry=entry, what="who")
    return Card(text, (*rows, _to_item(say, form, entry)))


def _to_item(say: Rendering, form: Form, entry: Entry) -> tuple[Button, ...]:
    return (Button(say.label("button.back"), action("mentry", form.draft.id, entry.key)),)


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
                action("mwho", form.draft.id, category, each.id, _other(each.id in chosen)),
            ),
        )
        for each in _page(known, page)
    ]
    rows += _pages(say, len(known), page, ("mguests", form.draft.id, category))
    rows += [
        (
            Button(
                say.label("calling_button.uninvite", name=each.name),
                action("munguest", form.draft.id, category, place),
            ),
        )
        for place, each in enumerate(form.guests)
        if each.person is None and each.category == category.strip("-")
    ]
    done = Button(say.label("calling_button.to_guests"), action("mform", form.draft.id))
    return Card(text, (*rows, (done,)))


def _other(chosen: bool) -> str:
    return "no" if chosen else "yes"


def _page(known: list[Person], page: int) -> list[Person]:
    return known[page * PAGE : (page + 1) * PAGE]


def _pages(say: Rendering, count: int, page: int, way: tuple[str | int, ...]) -> Rows:
    pages = -(-count // PAGE)
    if pages <= 1:
        return []
    act, *args = way
    before = action(str(act), *args, (page - 1) % pages)
    after = action(str(act), *args, (page + 1) % pages)
    return [
        (
            Button(say.label("button.page_before"), before),
            Button(say.label("button.page_after"), after),
        )
    ]
