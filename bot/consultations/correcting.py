"""Small corrections of a request that waits for approval: its subject, its deadline, a file. By clerk and head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.calendar import face as calendar
from bot.consultations import access
from bot.consultations.launching import LAUNCH
from bot.consultations.papers import store as papers
from bot.consultations.rules.due import offered_by
from bot.consultations.rules.rights import refuse_beyond, refuse_deadline, refuse_short
from bot.db.fact import Fact
from bot.kit import correcting
from bot.kit.act import act
from bot.kit.ask import Moment, Words, moment_of
from bot.kit.card import moment_rows
from bot.kit.correcting import Corrections, asks, correct
from bot.kit.screen import Screen
from bot.kit.unit import UnitOfWork
from bot.values.action import action
from bot.values.corrections import kept_moment, refuse_unchanged
from bot.values.files import FileRef
from bot.values.limits import SUBJECT_LIMIT
from bot.values.refusal import Refusal, refuse
from bot.values.words import refuse_secret
from bot.values.working_days import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Access(access.Access):
    """Somebody of the office before a request, with the calendar by which a deadline is read."""

    days: WorkingCalendar


async def _find(work: UnitOfWork, account: int, of: int) -> Access:
    before = await access.office(work, account, of)
    days = await calendar.working_calendar(work.tx, before.dossier.committee)
    return Access(before.person, before.rights, before.dossier, days, acting=before.acting)


def _put(before: Access, gone: FileRef | None, file: FileRef) -> Sequence[Fact[Any]]:
    return [papers.replace_file(before.dossier.id, gone, file, before.person.id)]


CORRECTIONS = correcting.enter(
    Corrections(
        kind=LAUNCH,
        name="correct",
        words="correct",
        find=_find,
        names=lambda _: ("correct_subject", "correct_deadline"),
        view=lambda before: {"dossier": before.dossier},
        back=lambda before: action("asked" if before.head else "dash", before.dossier.id),
        kept=lambda before: {"protects": before.dossier.id},
        files=lambda before: before.dossier.files,
        put=_put,
    )
)


# --- its subject -----------------------------------------------------------------------------


async def _ask_subject(
    work: UnitOfWork, before: Access, _args: tuple[str, ...], _page: int
) -> Screen:
    return asks(CORRECTIONS, work, before, "subject")


def _refuse_subject(before: Access, subject: str, _at: datetime) -> Refusal | None:
    return refuse_secret(subject) or refuse_unchanged(before.dossier.subject, subject)


@act(
    "correct_subject",
    find=_find,
    may=CORRECTIONS.may,
    needs=(Words(_ask_subject, SUBJECT_LIMIT, _refuse_subject, line=True),),
)
async def correct_subject(work: UnitOfWork, before: Access, _at: datetime, subject: str) -> Screen:
    """Another subject in the place of the one submitted."""
    change = ("subject", before.dossier.subject, subject)
    return await correct(CORRECTIONS, work, before, change, values={"subject": subject})


# --- its deadline ----------------------------------------------------------------------------


async def _ask_deadline(
    work: UnitOfWork, before: Access, args: tuple[str, ...], _page: int
) -> Screen:
    window = before.dossier.body.written.window
    offered = [each.moment for each in offered_by(window, work.now, before.days)]
    taken = (each for each in offered if _refuse_deadline(before, each, work.now) is None)
    rows = moment_rows(work.say, "correct_deadline", args, taken)
    return asks(CORRECTIONS, work, before, "deadline", *rows)


def _calendar(before: Access) -> tuple[WorkingCalendar, int]:
    return before.days, before.dossier.body.written.window.day_ends_at


def _refuse_deadline(before: Access, until: datetime, at: datetime) -> Refusal | None:
    return (
        refuse_deadline(until, at)
        or refuse_short(before.dossier.body.written.window, before.days, until, at)
        or refuse_beyond(before.days, until)
        or refuse_unchanged(before.dossier.deadline, until)
    )


@act(
    "correct_deadline",
    find=_find,
    may=CORRECTIONS.may,
    needs=(Moment(_ask_deadline, _calendar, _refuse_deadline),),
)
async def correct_deadline(work: UnitOfWork, before: Access, _at: datetime, until: str) -> Screen:
    """Another deadline, also an earlier one: nobody has been asked yet."""
    moment, stood = moment_of(until), before.dossier.deadline
    if moment is None:
        refuse("stale_question")
    change = ("deadline", kept_moment(stood), kept_moment(moment))
    return await correct(CORRECTIONS, work, before, change, values={"deadline": moment})
