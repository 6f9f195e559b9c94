"""The launch form as a card: one question, its answers, a way back. What is accepted is decided elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from bot.consultations import opinion_card
from bot.consultations.launch_form import OWN_DAYS, Form
from bot.consultations.rules.consultation import Dossier
from bot.consultations.rules.due import regulation_deadline
from bot.db.notice import Button, Card
from bot.kit.card import turn
from bot.regulations.rules.regulation import Clock, Ground, Matter
from bot.rendering import Rendering, initial
from bot.values.action import action
from bot.values.moments import VIET_NAM
from bot.values.working_days import month_grid

Rows = list[tuple[Button, ...]]


def card(say: Rendering, form: Form) -> Card:
    """The question that stands, with what was answered so far; at the end the preview."""
    if form.field == "preview":
        return _preview(say, form)
    text = say.text(
        "launch_form",
        field=form.field,
        fields=form.draft.fields,
        body=form.body,
        files=form.files,
        deadline=_deadline(form),
        submission=_submission(form),
        lead_time=form.body.written.lead_time if form.body else None,
        window=form.body.written.window if form.body else None,
        now=form.now,
    )
    rows = _ANSWERS.get(form.field, _none)(say, form)
    return Card(text, (*rows, *_ways_out(say, form)))


def dropped(say: Rendering) -> Card:
    """The form was put aside."""
    return Card(say.text("launch_dropped"), ((Button(say.label("button.home"), action("home")),),))


def submitted(say: Rendering, dossier: Dossier) -> Card:
    """The request is with the head now."""
    follow = Button(say.label("button.dashboard"), action("dash", dossier.id, 0))
    home = Button(say.label("button.home"), action("home"))
    return Card(say.text("launch_submitted", dossier=dossier), ((follow,), (home,)))


def month(say: Rendering, form: Form, year: int, month_: int) -> Card:
    """A small month of buttons; a day means the end of its working hours."""
    today = form.now.astimezone(VIET_NAM).date()
    weeks = month_grid(year, month_, today, form.calendar)
    rows: Rows = []
    for week in weeks:
        days = [day for day in week if day and day.selectable]
        if days:
            rows.append(tuple(_day(say, form, day.day, working=day.working) for day in days))
    rows.append(turn(say, "grid", form.draft.id, today, year, month_))
    rows.append((Button(say.label("button.back"), action("draft", form.draft.id)),))
    return Card(say.text("month_grid", month=month_, year=year, field=form.field), tuple(rows))


def _day(say: Rendering, form: Form, day: date, *, working: bool) -> Button:
    label = say.label("month.day" if working else "month.day_off", day=f"{day.day:02d}")
    if form.field == "submission_date":
        return Button(label, action("fill", form.draft.id, "submission_date", day.isoformat()))
    moment = form.calendar.end_of_day(day, form.day_ends_at)
    return Button(label, action("fill", form.draft.id, "deadline", _minutes(moment)))


def _preview(say: Rendering, form: Form) -> Card:
    dossier = as_dossier(form)
    due = _deadline(form) or form.now
    shown = opinion_card.preview(say, dossier, form.now, due)
    text = say.text(
        "launch_preview",
        dossier=dossier,
        preview=shown,
        due=due,
        now=form.now,
        own_days=form.draft.fields["deadline"] == OWN_DAYS,
    )
    send = Button(say.label("button.submit"), action("submit", form.draft.id), style="success")
    return Card(text, ((send,), *_ways_out(say, form)))


def as_dossier(form: Form) -> Dossier:
    """The complete form as the dossier it will become; for showing only."""
    fields = form.draft.fields
    if form.body is None:
        raise LookupError("a complete form has its body")
    return Dossier(
        id=0,
        committee=form.draft.committee,
        asker=form.committee,
        rulebook=form.regulation.digest,
        body=form.body,
        matter=Matter(fields["matter"]),
        ground=Ground(fields["ground"]),
        subject=fields["subject"],
        text=fields["text"],
        text_sha256="",
        deadline=_deadline(form),
        submission_date=_submission(form),
        special_reason=fields.get("special_reason", ""),
        silence_confirmed=bool(fields.get("silence_confirmed")),
        prepared_by=form.clerk.id,
        submitted_at=form.now,
        files=form.files,
    )


def _deadline(form: Form) -> datetime | None:
    value = form.draft.fields.get("deadline")
    if value is None or form.body is None:
        return None
    if value == OWN_DAYS:
        return regulation_deadline(form.body, form.calendar, form.now)
    return datetime.fromisoformat(value)


def _submission(form: Form) -> date | None:
    value = form.draft.fields.get("submission_date")
    return date.fromisoformat(value) if value else None


# --- answers by field ------------------------------------------------------------------------


def _none(_say: Rendering, _form: Form) -> Rows:
    return []


def _choices(say: Rendering, form: Form, field: str, values: list[str], table: str) -> Rows:
    return [
        (
            Button(
                initial(say.label(f"{table}.{value}")), action("fill", form.draft.id, field, value)
            ),
        )
        for value in values
    ]


def _body(_say: Rendering, form: Form) -> Rows:
    return [
        (Button(body.name, action("fill", form.draft.id, "body", body.id)),) for body in form.bodies
    ]


def _matter(say: Rendering, form: Form) -> Rows:
    """Accepted matters first; the excluded ones are refused with their article when chosen."""
    if form.body is None:
        return []
    accepted = [m.value for m in Matter if m in form.body.written.matters]
    others = [m.value for m in Matter if m.value not in accepted and m is not Matter.APPRAISAL]
    return _choices(say, form, "matter", accepted + others, "matter")


def _ground(say: Rendering, form: Form) -> Rows:
    grounds = [g.value for g in form.body.written.grounds] if form.body else []
    return _choices(say, form, "ground", grounds, "ground")


def _silence(say: Rendering, form: Form) -> Rows:
    return [
        (
            Button(
                say.label(f"button.silence_{value}"),
                action("fill", form.draft.id, "silence_confirmed", value),
            ),
        )
        for value in ("no", "yes")
    ]


def _text(say: Rendering, form: Form) -> Rows:
    if not form.files:
        return []
    done = Button(
        say.label("button.files_done"),
        action("fill", form.draft.id, "text", "done"),
        style="primary",
    )
    return [(done,)]


def _deadlines(say: Rendering, form: Form) -> Rows:
    rows: Rows = []
    if form.body and form.body.written.window.clock is Clock.RECIPIENT:
        window = form.body.written.window
        label = say.label("button.own_days", count=window.working_days)
        rows.append((Button(label, action("fill", form.draft.id, "deadline", OWN_DAYS)),))
    for preset in form.offered:
        hour = preset.moment.astimezone(VIET_NAM).hour
        key = say.label(f"deadline.{preset.key}", count=preset.count, hour=hour)
        label = say.label("deadline.offered", preset=key, day=say.day(preset.moment))
        minutes = _minutes(preset.moment)
        rows.append((Button(label, action("fill", form.draft.id, "deadline", minutes)),))
    return [*rows, *_calendar(say, form)]


def _calendar(say: Rendering, form: Form) -> Rows:
    today = form.now.astimezone(VIET_NAM).date()
    grid = action("grid", form.draft.id, today.year, today.month)
    return [(Button(say.label("button.month_grid"), grid),)]


def _secret_free(say: Rendering, form: Form) -> Rows:
    tick = Button(
        say.label("button.secret_free"),
        action("fill", form.draft.id, "secret_free", "yes"),
        style="primary",
    )
    return [(tick,)]


def _minutes(moment: datetime) -> int:
    return int(moment.timestamp()) // 60


_ANSWERS: dict[str, Callable[[Rendering, Form], Rows]] = {
    "body": _body,
    "matter": _matter,
    "ground": _ground,
    "silence_confirmed": _silence,
    "text": _text,
    "deadline": _deadlines,
    "submission_date": _calendar,
    "secret_free": _secret_free,
}


def _ways_out(say: Rendering, form: Form) -> Rows:
    """The way back and the way out; both name the question they stand under."""
    back = action("draft_back", form.draft.id, form.field) if form.answered else action("home")
    rows: Rows = [(Button(say.label("button.back"), back),)]
    drop = action("draft_drop", form.draft.id, form.field)
    rows.append((Button(say.label("button.draft_drop"), drop),))
    return rows
