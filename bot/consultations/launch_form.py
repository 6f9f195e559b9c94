"""The clerk's form "Lập phiếu xin ý kiến": its questions, what each takes, how it looks. Sent: `launch_sending.py`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from bot.consultations import launch_contents, opinion_card
from bot.consultations.launch_sending import asks_election_confirmed, send
from bot.consultations.launch_view import (
    OWN_DAYS,
    LaunchView,
    has_own_days,
    offered,
    offered_matters,
    view_of,
)
from bot.consultations.rules.consultation import Content
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.rights import (
    awaited_too_long,
    refuse_beyond,
    refuse_body,
    refuse_deadline,
    refuse_election,
    refuse_ground,
    refuse_matter,
    refuse_short,
    refuse_submission,
)
from bot.db.notice import Button, Card, Rows
from bot.kit import access
from bot.kit.act import press
from bot.kit.ask import minutes, moment_of
from bot.kit.card import to_home
from bot.kit.form import Answers, Days, Field, Form, answer, month_button, preview_rows, ways_out
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import Ground, Matter
from bot.rendering import Rendering, initial
from bot.values.action import Action, action
from bot.values.limits import ASKED_TEXT_LIMIT, FEWEST_CONTENTS, MOST_CONTENTS, SUBJECT_LIMIT
from bot.values.moments import VIET_NAM, in_viet_nam
from bot.values.refusal import NO_RIGHT, Refused, faulty, refuse, require, unclear
from bot.values.texts import TextFault, clean
from bot.values.typed import MomentFault, parse_moment
from bot.values.words import read_line, read_text
from bot.values.working_days import WorkingCalendar

KIND = "launch"


# --- beginning -------------------------------------------------------------------------------


@press("launch")
async def begin(context: Context, tap: Tap) -> Screen:
    """The press "Lập phiếu xin ý kiến": begin a form, or go on with the one left unfinished."""
    async with context.work() as work:
        clerk = await clerk_of(work, tap.account, tap.number(0))
        _, _, bodies = await offered(work, clerk.committee)
        if len(bodies) == 1:
            require(refuse_body(bodies[0]))
        return await FORM.begin(work, clerk, {})


async def clerk_of(work: UnitOfWork, account: int, committee: int) -> Person:
    """The clerk behind the account; nobody else fills in the form."""
    clerk = await access.in_committee(work, account, committee)
    if clerk is None or not clerk.is_clerk:
        raise Refused(NO_RIGHT)
    return clerk


# --- what each question takes ----------------------------------------------------------------


def _body(view: LaunchView, value: str) -> Answers:
    body = next((each for each in view.bodies if each.id == value), None)
    if body is None:
        refuse("stale_question")
    require(refuse_body(body))
    return {"body": value}


def _matter(view: LaunchView, value: str) -> Answers:
    if view.chosen.matter(value) is None:
        refuse("stale_question")
    refusal = refuse_matter(view.chosen, Matter(value), view.ground)
    exclusion = view.chosen.written.exclusion(Matter(value), view.ground)
    if refusal is not None and exclusion is not None and exclusion.offers_meeting:
        way = action("item_instead", view.draft.committee, view.chosen.id, value)
        refusal = replace(refusal, button=way)
    require(refusal)
    return {"matter": value}


def _no_election(view: LaunchView, value: str) -> Answers:
    if value != "yes":
        raise Refused(refuse_election(view.chosen))
    return {"no_election": True}


def _ground(view: LaunchView, value: str) -> Answers:
    if value not in {*Ground, *view.chosen.written.grounds}:
        refuse("stale_question")
    require(refuse_ground(view.chosen, Ground(value)))
    return {"ground": value}


def _silence(_view: LaunchView, value: str) -> Answers:
    return {"silence_confirmed": value == "yes"}


def _subject(_view: LaunchView, text: str, _at: datetime) -> Answers:
    return {"subject": read_line(text, SUBJECT_LIMIT)}


def _text(_view: LaunchView, text: str, _at: datetime) -> Answers:
    return {"text": read_text(text, ASKED_TEXT_LIMIT)}


def _files_only(view: LaunchView, _value: str) -> Answers:
    if not view.files:
        refuse("text_needed")
    return {"text": ""}


def _submission(view: LaunchView, value: str) -> Answers:
    return _submitted_on(view, _day(value))


def _submission_words(view: LaunchView, text: str, _at: datetime) -> Answers:
    return _submitted_on(view, _moment(view, text).astimezone(VIET_NAM).date())


def _submitted_on(view: LaunchView, day: date) -> Answers:
    refusal = refuse_submission(view.chosen, day, in_viet_nam(view.now).date(), "")
    if refusal is not None and refusal.instead == "special_reason":
        refusal = replace(refusal, button=answer(view, "special", day.isoformat()))
    require(refusal)
    return {"submission_date": day.isoformat(), "early_enough": True}


def _special(view: LaunchView, value: str) -> Answers:
    """After a refused date: the clerk marks the case special; the reason is asked next."""
    day = _day(value)
    if day <= in_viet_nam(view.now).date():
        refuse("submission_past", submission=day)
    return {"submission_date": day.isoformat(), "early_enough": False}


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        refuse("stale_question")


def _special_reason(_view: LaunchView, text: str, _at: datetime) -> Answers:
    reason = clean(text, ASKED_TEXT_LIMIT)
    if isinstance(reason, TextFault):
        raise Refused(faulty(reason))
    return {"special_reason": reason}


def _deadline(view: LaunchView, value: str) -> Answers:
    if value == OWN_DAYS and has_own_days(view.chosen):
        return {"deadline": OWN_DAYS}
    moment = moment_of(value) if value.isdecimal() else None
    if moment is None:
        refuse("stale_question")
    return _deadline_at(view, moment)


def _deadline_words(view: LaunchView, text: str, _at: datetime) -> Answers:
    return _deadline_at(view, _moment(view, text))


def _deadline_at(view: LaunchView, moment: datetime) -> Answers:
    require(refuse_deadline(moment, view.now))
    require(refuse_short(view.chosen.written.window, view.calendar, moment, view.now))
    require(refuse_beyond(view.calendar, moment))
    return {"deadline": moment.isoformat()}


def _moment(view: LaunchView, text: str) -> datetime:
    moment = parse_moment(text, view.now, view.calendar, view.day_ends_at)
    if isinstance(moment, MomentFault):
        raise Refused(unclear(moment))
    return moment


def _secret_free(_view: LaunchView, _value: str) -> Answers:
    return {"secret_free": True}


# --- how it looks ----------------------------------------------------------------------------


def _card(say: Rendering, view: LaunchView, question: str) -> Card:
    if question == "preview":
        return _preview(say, view)
    text = say.text(
        "launch_form",
        remark=view.remark,
        field=question,
        fields=view.fields,
        body=view.body,
        files=view.files,
        deadline=view.deadline,
        submission=view.submission,
        lead_time=view.body.written.lead_time if view.body else None,
        window=view.body.written.window if view.body else None,
        of_agencies=view.body.of_agencies if view.body else False,
        now=view.now,
        contents=view.contents,
        place=launch_contents.matterless(view),
        matters=view.matters,
        fewest_contents=FEWEST_CONTENTS,
        most_contents=MOST_CONTENTS,
    )
    return Card(text, (*_answers(say, view, question), *ways_out(say, FORM, view)))


def _answers(say: Rendering, view: LaunchView, question: str) -> Rows:
    buttons: Iterable[Button] = ()
    match question:
        case "body":
            buttons = [Button(body.name, answer(view, "body", body.id)) for body in view.bodies]
        case "matter":
            buttons = _choices(say, view, "matter", offered_matters(view.chosen))
        case "content_matter":
            buttons = _choices(
                say,
                view,
                question,
                offered_matters(view.chosen),
                f"{launch_contents.matterless(view)}-",
            )
        case "ground":
            buttons = _choices(say, view, "ground", view.chosen.written.grounds)
        case "no_election" | "silence_confirmed":
            name = "election" if question == "no_election" else "silence"
            buttons = [
                Button(say.label(f"button.{name}_{each}"), answer(view, question, each))
                for each in ("no", "yes")
            ]
        case "text" if view.files:
            label = say.label("button.files_done")
            buttons = [Button(label, answer(view, "text", "done"), style="primary")]
        case "submission_date":
            buttons = [month_button(say, view)]
        case "deadline":
            buttons = _deadlines(say, view)
        case "secret_free":
            label = say.label("button.secret_free")
            buttons = [Button(label, answer(view, "secret_free", "yes"), style="primary")]
    return tuple((button,) for button in buttons)


def _choices(
    say: Rendering, view: LaunchView, question: str, values: Iterable[Matter | Ground], of: str = ""
) -> list[Button]:
    """One button a matter or ground; `of` names the content of which a matter is chosen."""
    kind = "ground" if question == "ground" else "matter"
    return [
        Button(_on_a_button(say, kind, each), answer(view, question, f"{of}{each}"))
        for each in values
    ]


def _on_a_button(say: Rendering, question: str, one: Matter | Ground) -> str:
    """A matter or a ground in words; a ground in fewer where its whole name is too long for a button."""
    fewer = f"ground_button.{one}"
    return say.label(fewer) if say.has_label(fewer) else initial(say.label(f"{question}.{one}"))


def _deadlines(say: Rendering, view: LaunchView) -> list[Button]:
    buttons = []
    window = view.chosen.written.window
    if has_own_days(view.chosen):
        own = window.usual
        label = say.label(f"button.own_{own.counts.value}", count=own.count)
        buttons.append(Button(label, answer(view, "deadline", OWN_DAYS)))
    for preset in view.offered:
        label = say.label(f"deadline.{preset.key}", moment=say.moment_button(preset.moment))
        buttons.append(Button(label, answer(view, "deadline", minutes(preset.moment))))
    return [*buttons, month_button(say, view)]


def _day_of_deadline(view: LaunchView, day: date) -> Action:
    """A day means the end of its working hours."""
    return answer(view, "deadline", minutes(view.calendar.end_of_day(day, view.day_ends_at)))


def _day_of_submission(view: LaunchView, day: date) -> Action:
    return answer(view, "submission_date", day.isoformat())


def _calendar(view: LaunchView) -> WorkingCalendar:
    return view.calendar


def _preview(say: Rendering, view: LaunchView) -> Card:
    dossier = _as_dossier(view)
    due = view.deadline or view.now
    text = say.text(
        "launch_preview",
        dossier=dossier,
        files=view.files,
        preview=opinion_card.preview(say, dossier, view.now, due),
        due=due,
        now=view.now,
        own_days=view.fields["deadline"] == OWN_DAYS,
        too_long=awaited_too_long(view.chosen, view.submission, due),
        remark=view.remark,
    )
    rows = preview_rows(say, FORM, view, say.label("button.submit"))
    return Card(text, (*rows, *ways_out(say, FORM, view)))


def _as_dossier(view: LaunchView) -> Dossier:
    """The complete form as the dossier it will become; for showing only."""
    fields = view.fields
    return Dossier(
        id=0,
        committee=view.draft.committee,
        asker=view.committee,
        rulebook=view.regulation.digest,
        body=view.chosen,
        matter=Matter(fields["matter"]),
        ground=Ground(fields["ground"]),
        subject=fields["subject"],
        text=fields["text"],
        text_sha256="",
        deadline=view.deadline,
        submission_date=view.submission,
        special_reason=fields.get("special_reason", ""),
        silence_confirmed=bool(fields.get("silence_confirmed")),
        prepared_by=view.person.id,
        submitted_at=view.now,
        files=view.files,
        contents=tuple(Content(each["subject"], Matter(each["matter"])) for each in view.contents),
        anew_of=view.anew_of,
    )


def _dropped(say: Rendering, _view: LaunchView) -> Card:
    return Card(say.text("launch_dropped"), (to_home(say),))


# --- the form --------------------------------------------------------------------------------


def _has_body(view: LaunchView) -> bool:
    return view.body is not None


def _asks_body(view: LaunchView) -> bool:
    return len(view.bodies) > 1 or view.body is None


def _asks_silence(view: LaunchView) -> bool:
    body = view.body
    return body is not None and bool(
        set(view.matters) & set(body.written.silence.asks_confirmation)
    )


def _asks_content_matter(view: LaunchView) -> bool:
    return view.body is not None and launch_contents.matterless(view) is not None


def _asks_submission(view: LaunchView) -> bool:
    return view.body is not None and view.body.written.lead_time is not None


def _asks_reason(view: LaunchView) -> bool:
    return _asks_submission(view) and view.fields.get("early_enough") is False


FORM = Form(
    KIND,
    (
        Field("body", pressed=_body, asked=_asks_body),
        Field("ground", pressed=_ground, asked=_has_body),
        Field("matter", pressed=_matter, asked=_has_body),
        Field("no_election", pressed=_no_election, asked=asks_election_confirmed, again=False),
        Field("silence_confirmed", pressed=_silence, asked=_asks_silence),
        Field("subject", said=_subject, asked=_has_body),
        Field(
            "text",
            pressed=_files_only,
            said=_text,
            files=True,
            goes_on=ASKED_TEXT_LIMIT,
            asked=_has_body,
        ),
        Field(
            "submission_date",
            pressed=_submission,
            said=_submission_words,
            also={"special": _special},
            days=Days("month_grid", _calendar, _day_of_submission),
            asked=_asks_submission,
        ),
        Field("special_reason", said=_special_reason, goes_on=ASKED_TEXT_LIMIT, asked=_asks_reason),
        Field(
            "deadline",
            pressed=_deadline,
            said=_deadline_words,
            days=Days("month_grid", _calendar, _day_of_deadline),
            asked=_has_body,
        ),
        Field(
            "contents",
            said=launch_contents.typed,
            asked=_has_body,
            default=[],
            edited=launch_contents.edited,
        ),
        Field(
            "content_matter",
            pressed=launch_contents.given_matter,
            asked=_asks_content_matter,
            again=False,
        ),
        Field("secret_free", pressed=_secret_free, asked=_has_body, again=False),
    ),
    view=view_of,
    card=_card,
    send=send,
    dropped=_dropped,
    below=launch_contents.BELOW,
)
