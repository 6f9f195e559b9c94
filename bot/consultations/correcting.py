"""Small corrections of a request that waits for approval: its subject, its deadline, a file. By clerk and head.

Who corrected, what was before and what is after stands in the register and on the card that asks for
approval. A change of anything else goes by way of sending it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.calendar import face as calendar
from bot.consultations import access, announcements
from bot.consultations import store as consultations
from bot.consultations.papers import store as papers
from bot.consultations.papers.store import Change
from bot.consultations.rules.correcting import may_correct
from bot.consultations.rules.due import presets
from bot.consultations.rules.rights import refuse_beyond, refuse_deadline
from bot.db.fact import Fact
from bot.db.notice import Button, Card
from bot.kit.act import act, press
from bot.kit.ask import Handed, Moment, Pick, Words, file_alone, minutes, moment_of
from bot.kit.correcting import ANOTHER, chosen, file_rows, refuse_file_again
from bot.kit.files import refuse_file
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.values.action import action
from bot.values.corrections import Changed, kept_moment, refuse_unchanged
from bot.values.files import FileRef
from bot.values.limits import SUBJECT_LIMIT
from bot.values.refusal import Refusal, refuse, require
from bot.values.words import refuse_secret
from bot.values.working_days import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Access(access.Access):
    """Somebody of the office before a request, with the calendar by which a deadline is read."""

    days: WorkingCalendar


async def _find(work: UnitOfWork, account: int, consultation_id: int) -> Access:
    before = await access.office(work, account, consultation_id)
    days = await calendar.working_calendar(work.tx, before.dossier.committee)
    return Access(before.person, before.rights, before.dossier, days, acting=before.acting)


def _may(before: Access, _at: datetime) -> Refusal | None:
    return may_correct(before.dossier, before.rights)


@press("correct")
async def what(context: Context, tap: Tap) -> Screen:
    """The press "Sửa trước khi duyệt": what of the request may be corrected."""
    async with context.look() as work:
        before = await _find(work, tap.account, tap.number(0))
        require(_may(before, work.now))
    say, dossier = context.say, before.dossier
    rows = [
        (Button(say.label(f"button.{name}"), action(name, dossier.id)),)
        for name in ("correct_subject", "correct_deadline", "correct_file")
    ]
    text = say.text("correct", dossier=dossier, head=before.head)
    return Screen(Card(text, (*rows, _back(work, before))), protects=dossier.id)


def _back(work: UnitOfWork, before: Access) -> tuple[Button, ...]:
    way = "asked" if before.head else "dash"
    return (Button(work.say.label("button.back"), action(way, before.dossier.id)),)


async def _done(
    work: UnitOfWork,
    before: Access,
    change: Changed,
    *facts: Fact[Any],
    values: Mapping[str, object] | None = None,
    detail: Mapping[str, object] | None = None,
    file: FileRef | None = None,
) -> Screen:
    """Keep a correction with its line; the head's card shows it, the clerk hears of the head's."""
    what, was, now_is = change
    dossier, person = before.dossier, before.person
    made = Change(what, was, now_is, work.now, person.id, before.acting_for)
    line = before.line("correct", {"what": what, "before": was, "after": now_is, **(detail or {})})
    await work.write(papers.correct(dossier.id, [made], dict(values or {})), line, *facts)
    after = await consultations.there(work.tx, dossier.id)
    await announcements.corrected(work, after, before.person, before.by, file)
    toast = work.say.label("toast.corrected")
    if before.head:
        return Screen(live=announcements.asked(dossier.id), toast=toast)
    return Screen(live=announcements.dash(dossier.id), toast=toast)


# --- its subject -----------------------------------------------------------------------------


async def _ask_subject(
    work: UnitOfWork, before: Access, _args: tuple[str, ...], _page: int
) -> Screen:
    text = work.say.text("correct_ask", dossier=before.dossier, what="subject", now=work.now)
    return Screen(Card(text, (_back(work, before),)), protects=before.dossier.id)


def _refuse_subject(before: Access, subject: str, _at: datetime) -> Refusal | None:
    return refuse_secret(subject) or refuse_unchanged(before.dossier.subject, subject)


@act(
    "correct_subject",
    find=_find,
    may=_may,
    needs=(Words(_ask_subject, SUBJECT_LIMIT, _refuse_subject, line=True),),
)
async def correct_subject(work: UnitOfWork, before: Access, _at: datetime, subject: str) -> Screen:
    """Another subject in the place of the one submitted."""
    change = ("subject", before.dossier.subject, subject)
    return await _done(work, before, change, values={"subject": subject})


# --- its deadline ----------------------------------------------------------------------------


async def _ask_deadline(
    work: UnitOfWork, before: Access, args: tuple[str, ...], _page: int
) -> Screen:
    say, window = work.say, before.dossier.body.written.window
    offered = presets(work.now, before.days, window.suggested_days, window.day_ends_at)
    rows = [
        (Button(say.moment_button(e.moment), action("correct_deadline", *args, minutes(e.moment))),)
        for e in offered
        if _refuse_deadline(before, e.moment, work.now) is None
    ]
    text = say.text("correct_ask", dossier=before.dossier, what="deadline", now=work.now)
    return Screen(Card(text, (*rows, _back(work, before))), protects=before.dossier.id)


def _calendar(before: Access) -> tuple[WorkingCalendar, int]:
    return before.days, before.dossier.body.written.window.day_ends_at


def _refuse_deadline(before: Access, until: datetime, at: datetime) -> Refusal | None:
    return (
        refuse_deadline(until, at)
        or refuse_beyond(before.days, until)
        or refuse_unchanged(before.dossier.deadline, until)
    )


@act(
    "correct_deadline",
    find=_find,
    may=_may,
    needs=(Moment(_ask_deadline, _calendar, _refuse_deadline),),
)
async def correct_deadline(work: UnitOfWork, before: Access, _at: datetime, until: str) -> Screen:
    """Another deadline, also an earlier one: nobody has been asked yet."""
    moment, stood = moment_of(until), before.dossier.deadline
    if moment is None:
        refuse("stale_question")
    change = ("deadline", kept_moment(stood), kept_moment(moment))
    return await _done(work, before, change, values={"deadline": moment})


# --- a file ----------------------------------------------------------------------------------


async def _ask_which(work: UnitOfWork, before: Access, args: tuple[str, ...], _page: int) -> Screen:
    rows = (*file_rows(work.say, "correct_file", args, before.dossier.files), _back(work, before))
    text = work.say.text("correct_ask", dossier=before.dossier, what="which_file", now=work.now)
    return Screen(Card(text, rows), protects=before.dossier.id)


def _refuse_which(before: Access, which: str, _at: datetime) -> Refusal | None:
    known = which == ANOTHER or chosen(before.dossier.files, which)
    return None if known else Refusal("stale_question")


async def _ask_file(work: UnitOfWork, before: Access, args: tuple[str, ...], _page: int) -> Screen:
    gone = chosen(before.dossier.files, args[1])
    text = work.say.text(
        "correct_ask", dossier=before.dossier, what="file", gone=gone, now=work.now
    )
    return Screen(Card(text, (_back(work, before),)), protects=before.dossier.id)


def _refuse_file(before: Access, handed: Handed, _at: datetime) -> Refusal | None:
    return refuse_file_again(before.dossier.files, handed)


@act(
    "correct_file",
    find=_find,
    may=_may,
    needs=(Pick(_ask_which, _refuse_which), file_alone(_ask_file, _refuse_file)),
)
async def correct_file(
    work: UnitOfWork, before: Access, _at: datetime, which: str, handed: str
) -> Screen:
    """A file in the place of one submitted, or one more; the bytes of both stay kept."""
    dossier, file = before.dossier, Handed.of(handed).file
    if file is None:
        refuse("file_needed")
    gone = chosen(dossier.files, which)
    if gone is None:
        require(refuse_file(file.name, file.size, len(dossier.files)))
    told = {"sha256": file.sha256, **({"gone_sha256": gone.sha256} if gone else {})}
    put = papers.replace_file(dossier.id, gone, file, before.person.id)
    change = ("file", gone.name if gone else "", file.name)
    return await _done(work, before, change, put, detail=told, file=file)
