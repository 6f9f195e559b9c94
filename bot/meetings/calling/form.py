"""The form "Mời họp": which body, what kind, when, where, about what, with whom; a new meeting, or a change of one.

The agenda and the guests have screens of their own (parts); what comes of a complete form is not known here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from bot.db.notice import Button, Card, Rows
from bot.kit import access as kit_access
from bot.kit.act import press
from bot.kit.ask import minutes, moment_of
from bot.kit.card import to_home
from bot.kit.form import Answers, Days, Field, Form, answer, month_button, preview_rows, ways_out
from bot.kit.prepared import reopens
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.kit.waiting import home_row
from bot.meetings import access
from bot.meetings.calling import changing, parts, submitting
from bot.meetings.calling.convening import CALL
from bot.meetings.calling.view import (
    MORNING,
    WHOLE,
    CallingView,
    answers_of,
    as_meeting,
    bodies_of,
    refuse_start,
    require_in,
    view,
)
from bot.meetings.documents.store import Paper
from bot.meetings.inviting import cards
from bot.meetings.inviting.cards import ANYBODY, Around
from bot.meetings.rules.calling import (
    at,
    is_late,
    may_change,
    may_prepare_again,
    offered_starts,
    papers_due,
)
from bot.meetings.rules.meeting import MeetingKind
from bot.people.rules.people import Person, sits
from bot.rendering import Rendering
from bot.values.action import Action, action
from bot.values.limits import PLACE_LIMIT, SUBJECT_LIMIT
from bot.values.moments import VIET_NAM, in_viet_nam
from bot.values.refusal import NO_RIGHT, Refusal, Refused, refuse, require, unclear
from bot.values.typed import MomentFault, parse_moment
from bot.values.words import read_line

HOURS = ("07:30", "08:00", "08:30", "09:00", "13:30", "14:00", "14:30", "15:00")
HOURS_IN_A_ROW = 2
KINDS = (MeetingKind.REGULAR, MeetingKind.EXTRAORDINARY)
"""Kinds that any body may call; a working session is chosen by the other party."""
WITH_OTHERS = (MeetingKind.EXTENDED, MeetingKind.KEY_CADRES)
"""Kinds where the text gives conferences with others beside the body."""


# --- the questions ---------------------------------------------------------------------------


def _body(form: CallingView, value: str) -> Answers:
    if all(body.id != value for body in form.bodies):
        refuse("stale_question")
    return {"body": value}


def _kind(form: CallingView, value: str) -> Answers:
    if any(each.id == value for each in form.sessions):
        return {"kind": MeetingKind.WORKING_SESSION.value, "session": value}
    if value not in _kinds_of(form):
        refuse("stale_question")
    return {"kind": value, "session": ""}


def _kinds_of(form: CallingView) -> tuple[MeetingKind, ...]:
    """The kinds that the body may call."""
    return (*KINDS, *WITH_OTHERS) if form.rules.extended else KINDS


def _starts(form: CallingView, value: str) -> Answers:
    start = moment_of(value) if value.isdecimal() else None
    if start is None:
        refuse("stale_question")
    return _start_at(form, start)


def _start_at(form: CallingView, start: datetime) -> Answers:
    require_in(form, refuse_start(form, start))
    return {"starts": start.astimezone(VIET_NAM).isoformat()}


def _starts_in_words(form: CallingView, text: str, _at: datetime) -> Answers:
    start = parse_moment(text, form.now, form.calendar, MORNING)
    if not isinstance(start, MomentFault):
        return _start_at(form, start)
    past = Refusal("meeting_past", values={"start": None})
    raise Refused(past if start.kind == "past" else unclear(start))


def _place(_form: CallingView, text: str, _at: datetime) -> Answers:
    return {"place": read_line(text, PLACE_LIMIT)}


def _guests_done(_form: CallingView, _value: str) -> Answers:
    return {"guests": True}


def _secret_free(_form: CallingView, _value: str) -> Answers:
    return {"secret_free": True}


def _why(_form: CallingView, text: str, _at: datetime) -> Answers:
    return {"reason": read_line(text, SUBJECT_LIMIT)}


# --- how it looks ----------------------------------------------------------------------------


def _card(say: Rendering, form: CallingView, question: str) -> Card:
    """The question that stands, with what was answered so far; at the end the preview."""
    if question == "preview":
        return _preview(say, form)
    text = say.text(
        "calling_form",
        field=question,
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
    return Card(text, (*_answers(say, form, question), *_ways_out(say, form)))


def _ways_out(say: Rendering, form: CallingView) -> Rows:
    return ways_out(say, _form_of(form), form)


def _dropped(say: Rendering, form: CallingView) -> Card:
    text = say.text("calling_dropped", changes=form.changes)
    return Card(text, (to_home(say),))


def _answers(say: Rendering, form: CallingView, question: str) -> Rows:
    match question:
        case "body":
            return _column(form, question, [(body.name, body.id) for body in form.bodies])
        case "kind":
            return _column(form, question, _kinds(say, form))
        case "starts":
            offered = offered_starts(form.rules, form.kind, form.now, form.calendar)
            starts = [(say.moment_button(start), minutes(start)) for start in offered]
            return (*_column(form, question, starts), (month_button(say, form),))
        case "agenda" | "guests":
            rows = parts.agenda_rows if question == "agenda" else parts.guest_rows
            return rows(say, form)
        case "secret_free":
            tick = answer(form, "secret_free", "yes")
            return ((Button(say.label("button.secret_free"), tick, style="primary"),),)
        case _:
            return ()


def _column(form: CallingView, question: str, values: Sequence[tuple[str, str]]) -> Rows:
    return tuple((Button(label, answer(form, question, value)),) for label, value in values)


def _kinds(say: Rendering, form: CallingView) -> list[tuple[str, str]]:
    kinds = [(say.label(f"meeting_kind.{each.value}"), each.value) for each in _kinds_of(form)]
    sessions = [
        (say.label("calling_button.session", party=each.party), each.id) for each in form.sessions
    ]
    return kinds + sessions


def _day(form: CallingView, day: date) -> Action:
    return action("mday", form.draft.id, day.isoformat())


def hours(say: Rendering, form: CallingView, day: date) -> Card:
    """The hours of a day at which meetings begin; another one is typed."""
    starts = [at(day, time.fromisoformat(hour)) for hour in HOURS]
    buttons = [
        Button(
            say.label("calling_button.hour", hour=f"{start:%H}", minute=f"{start:%M}"),
            answer(form, "starts", minutes(start)),
        )
        for start in starts
        if start > form.now
    ]
    rows = [tuple(buttons[n : n + HOURS_IN_A_ROW]) for n in range(0, len(buttons), HOURS_IN_A_ROW)]
    back = Button(say.label("button.back"), action("form_show", form.draft.id))
    return Card(say.text("calling_hours", day=day), (*rows, (back,)))


def _preview(say: Rendering, form: CallingView) -> Card:
    meeting = as_meeting(form)
    text = say.text(
        "calling_preview",
        form=form,
        meeting=meeting,
        papers=form.rules.papers,
        late=form.kind is not MeetingKind.WORKING_SESSION
        and is_late(form.rules, meeting.starts_at, form.now),
        due=papers_due(form.rules, meeting.starts_at),
        preview=cards.text(say, meeting, _around(form), ANYBODY, form.now),
        closed=[item for item in meeting.items if item.closed],
    )
    label = "calling_button.send_change" if form.changes else "button.submit"
    rows = preview_rows(say, _form_of(form), form, say.label(label))
    return Card(text, (*rows, *_ways_out(say, form)))


def _around(form: CallingView) -> Around:
    """Names and documents of the form, as those of the meeting it will become."""
    papers = [Paper(0, file, None, form.person.id) for file in form.files_of(WHOLE)]
    for place, entry in enumerate(form.agenda, 1):
        papers += [Paper(0, file, place, form.person.id) for file in entry.files]
    names = {each.id: each.name for each in form.everybody}
    return Around(names, tuple(papers), form.session)


# --- the two forms ---------------------------------------------------------------------------


def _has_several_bodies(form: CallingView) -> bool:
    return len(form.bodies) > 1 or form.body is None


_DAYS: Days[CallingView] = Days("calling_month", lambda form: form.calendar, _day)


async def _send(work: UnitOfWork, form: CallingView) -> Screen:
    """Into the head's hands, as a new meeting or as one that was sent back."""
    if form.again is not None:
        return await submitting.submit_again(work, form, form.again)
    return await submitting.submit(work, form)


_OF_ANY: tuple[Field[CallingView], ...] = (
    Field("starts", pressed=_starts, said=_starts_in_words, days=_DAYS),
    Field("place", said=_place),
    Field(
        "agenda", pressed=parts.agenda_done, said=parts.added_items, files=True, filed=parts.filed
    ),
    Field("guests", pressed=_guests_done, said=parts.other_guests),
    Field("secret_free", pressed=_secret_free, again=False),
)
"""What is asked of a new meeting and of a change; of one that was called body and kind stay."""
NEW = Form(
    "meeting",
    (
        Field("body", pressed=_body, asked=_has_several_bodies),
        Field("kind", pressed=_kind),
        *_OF_ANY,
    ),
    view=view,
    card=_card,
    send=_send,
    dropped=_dropped,
    below=parts.BELOW,
    too_many="meeting_many_files",
)
CHANGE = Form(
    "meeting_change",
    (*_OF_ANY, Field("reason", said=_why)),
    view=view,
    card=_card,
    send=changing.change,
    dropped=_dropped,
    below=parts.BELOW,
    too_many="meeting_many_files",
)


def _form_of(form: CallingView) -> Form[CallingView]:
    return CHANGE if form.changes else NEW


# --- what is pressed -------------------------------------------------------------------------


@home_row(40, "invite", first=True)
async def _on_home(work: UnitOfWork, person: Person) -> bool:
    return person.is_clerk or (sits(person) and bool(await bodies_of(work, person)))


@press("invite")
async def begin(context: Context, tap: Tap) -> Screen:
    """The press "Mời họp": begin a form, or go on with the one left unfinished."""
    async with context.work() as work:
        person = await kit_access.in_committee(work, tap.account, tap.number(0))
        if person is None or not await bodies_of(work, person):
            raise Refused(NO_RIGHT)
        return await NEW.begin(work, person, {})


@press("mchange")
async def begin_change(context: Context, tap: Tap) -> Screen:
    """A called meeting is to be changed: everything is answered but the reason."""
    async with context.work() as work:
        stood = await access.find(work, tap.account, tap.number(0))
        require(may_change(stood.meeting, stood.standing))
        known = {"meeting": stood.meeting.id, "secret_free": True}
        answers = {**answers_of(stood.meeting), **known}
        return await CHANGE.begin(work, stood.person, answers, again=True)


@press("magain")
async def prepare_again(context: Context, tap: Tap) -> Screen:
    """A declined or recalled meeting as a new form; the start, the papers and the tick are asked again."""
    async with context.work() as work:
        stood = await access.find(work, tap.account, tap.number(0))
        require(may_prepare_again(stood.meeting, stood.standing))
        answers = answers_of(stood.meeting)
        del answers["starts"]
        return await NEW.begin(work, stood.person, answers, again=True)


reopens(CALL, "mreopen", NEW, submitting.answers_again)


@press("mextra")
async def make_extraordinary(context: Context, tap: Tap) -> Screen:
    """After a refusal for want of time: the meeting is called as an extraordinary one."""
    return await parts.SCREENS.keep(context, tap, _extraordinary)


def _extraordinary(form: CallingView) -> Answers:
    """The kind of a new meeting; of one that was called it stays."""
    if form.changes is not None:
        refuse("stale_question")
    return _kind(form, MeetingKind.EXTRAORDINARY.value)


@press("mday")
async def show_hours(context: Context, tap: Tap) -> Screen:
    """The hours of a day chosen on the month, unless it is past."""
    try:
        day = date.fromisoformat(tap.word(1))
    except ValueError:
        refuse("stale_question")

    def card(form: CallingView) -> Card:
        if day < in_viet_nam(form.now).date():
            refuse("stale_question")
        return hours(context.say, form, day)

    return await parts.SCREENS.show(context, tap, "", card)
