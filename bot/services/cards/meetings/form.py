"""The form "Mời họp" as a card: one question, its answers, a way back. What is accepted is decided elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from bot.domain.calling import at, is_late, offered_starts, papers_due
from bot.domain.card import Button, Card
from bot.domain.deadlines import month_grid
from bot.domain.meeting import AgendaItem, Meeting, MeetingKind
from bot.domain.moments import in_viet_nam
from bot.domain.press import press
from bot.rendering import Rendering
from bot.services.cards.meetings import asked, invitation
from bot.services.cards.meetings.invitation import Around
from bot.services.cards.months import turn
from bot.services.meetings.calling_fields import WHOLE, Entry, Form
from bot.store.papers import Paper

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
    back = press("mback", form.draft.id, form.field) if form.answered else press("home")
    drop = say.label("calling_button.drop_change" if form.changes else "calling_button.drop")
    return [
        (Button(say.label("button.back"), back),),
        (Button(drop, press("mdrop", form.draft.id, form.field)),),
    ]


def dropped(say: Rendering, form: Form) -> Card:
    """The form was put aside."""
    text = say.text("calling_dropped", changes=form.changes)
    return Card(text, ((Button(say.label("button.home"), press("home")),),))


def short(words: str) -> str:
    """Words that fit on a button."""
    return words if len(words) <= SHORT else words[: SHORT - 2].rsplit(" ", 1)[0] + " …"


# --- the answers to each question ------------------------------------------------------------


def _none(_say: Rendering, _form: Form) -> Rows:
    return []


def _body(_say: Rendering, form: Form) -> Rows:
    return [
        (Button(body.name, press("mfill", form.draft.id, "body", body.id)),) for body in form.bodies
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
        (Button(label, press("mfill", form.draft.id, "kind", value)),)
        for value, label in (*kinds, *sessions)
    ]


def _starts(say: Rendering, form: Form) -> Rows:
    offered = offered_starts(form.rules, form.kind, form.now, form.calendar)
    rows: Rows = [
        (
            Button(
                say.moment_short(start),
                press("mfill", form.draft.id, "starts", int(start.timestamp()) // 60),
            ),
        )
        for start in offered
    ]
    today = in_viet_nam(form.now).date()
    grid = press("mgrid", form.draft.id, today.year, today.month)
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
    rows.append((Button(say.label("button.back"), press("mform", form.draft.id)),))
    return Card(say.text("calling_month", month=month_, year=year), tuple(rows))


def _day(say: Rendering, form: Form, day: date, *, off: bool) -> Button:
    label = say.label("month.day_off" if off else "month.day", day=f"{day.day:02d}")
    return Button(label, press("mday", form.draft.id, day.isoformat()))


def hours(say: Rendering, form: Form, day: date) -> Card:
    """The hours of a day at which meetings begin; another one is typed."""
    starts = [at(day, time.fromisoformat(hour)) for hour in HOURS]
    buttons = [
        Button(
            say.label("calling_button.hour", hour=f"{start:%H}", minute=f"{start:%M}"),
            press("mfill", form.draft.id, "starts", int(start.timestamp()) // 60),
        )
        for start in starts
        if start > form.now
    ]
    rows: Rows = [tuple(buttons[n : n + 4]) for n in range(0, len(buttons), 4)]
    rows.append((Button(say.label("button.back"), press("mform", form.draft.id)),))
    return Card(say.text("calling_hours", day=day), tuple(rows))


def _agenda(say: Rendering, form: Form) -> Rows:
    rows: Rows = [
        (
            Button(
                say.label("calling_button.item", place=n, subject=short(entry.subject)),
                press("mentry", form.draft.id, entry.key),
            ),
        )
        for n, entry in enumerate(form.agenda, 1)
    ]
    left = [each for each in form.waiting if each.id in form.unticked]
    rows += [
        (
            Button(
                say.label("calling_button.untaken", subject=short(each.subject)),
                press("mtick", form.draft.id, each.id),
            ),
        )
        for each in left
    ]
    if form.files_of(WHOLE):
        away = press("mnofiles", form.draft.id, WHOLE)
        rows.append((Button(say.label("calling_button.no_files_whole"), away),))
    if form.agenda:
        done = press("mfill", form.draft.id, "agenda", "done")
        rows.append((Button(say.label("calling_button.agenda_done"), done, style="primary"),))
    return rows


def _guests(say: Rendering, form: Form) -> Rows:
    rows: Rows = [
        (
            Button(
                say.label("calling_button.category", who=short(rule.who)),
                press("mguests", form.draft.id, rule.id),
            ),
        )
        for rule in form.rules.guests
    ]
    other = Button(say.label("calling_button.other_guests"), press("mguests", form.draft.id, "-"))
    done = "calling_button.guests_done" if form.guests else "calling_button.no_guests"
    ends = press("mfill", form.draft.id, "guests", "done")
    return [*rows, (other,), (Button(say.label(done), ends, style="primary"),)]


def _secret_free(say: Rendering, form: Form) -> Rows:
    tick = press("mfill", form.draft.id, "secret_free", "yes")
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
        preview=invitation.text(say, meeting, around(form), asked.ANYBODY, form.now),
        closed=[item for item in meeting.items if item.closed],
    )
    label = "calling_button.send_change" if form.changes else "button.submit"
    send = Button(say.label(label), press("msend", form.draft.id), style="success")
    redo = [
        (Button(say.label(f"calling_button.redo_{each}"), press("mredo", form.draft.id, each)),)
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
