"""Small corrections of a meeting that waits for approval: its start, its place, the name of an item, a document.

By who prepares it and by the head.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.calendar import face as calendar
from bot.db.fact import Fact
from bot.db.notice import Button
from bot.kit import correcting
from bot.kit.act import act
from bot.kit.ask import Moment, Pick, Words, moment_of
from bot.kit.card import moment_rows
from bot.kit.correcting import Corrections, asks, correct
from bot.kit.screen import Screen
from bot.kit.unit import UnitOfWork
from bot.meetings import access
from bot.meetings import store as meetings
from bot.meetings.calling.convening import CALL
from bot.meetings.calling.view import MORNING, others
from bot.meetings.documents import store as papers
from bot.meetings.documents.store import Paper
from bot.meetings.rules.calling import (
    offered_starts,
    refuse_clash,
    refuse_invitation,
    refuse_papers,
    refuse_past,
)
from bot.meetings.rules.meeting import AgendaItem, Meeting
from bot.values.action import action
from bot.values.corrections import kept_moment, refuse_unchanged
from bot.values.files import FileRef
from bot.values.limits import PLACE_LIMIT, SUBJECT_LIMIT
from bot.values.names import same
from bot.values.refusal import Refusal, refuse
from bot.values.words import refuse_secret
from bot.values.working_days import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Access(access.Access):
    """Somebody of the office before a meeting, with all by which a correction is judged."""

    days: WorkingCalendar
    others: tuple[Meeting, ...]
    papers: tuple[Paper, ...]


async def _find(work: UnitOfWork, account: int, of: int) -> Access:
    stood = await access.approving(work, account, of)
    meeting = stood.meeting
    return Access(
        stood.person,
        meeting,
        stood.invitee,
        await calendar.working_calendar(work.tx, meeting.committee),
        await others(work, meeting.committee, meeting.body, meeting.id),
        await papers.of_meeting(work.tx, meeting.id),
        acting=stood.acting,
    )


def _names(stood: Access) -> Sequence[str]:
    names = ("mcorrect_starts", "mcorrect_place", "mcorrect_item")
    return names if _renamed(stood.meeting) else names[:2]


def _late(stood: Access, at: datetime) -> Refusal | None:
    """A document that comes too late for the start that stands (QN 8.2.3)."""
    meeting = stood.meeting
    late = refuse_papers(meeting.rules, meeting.kind, meeting.starts_at, at)
    return replace(late, instead=None) if late else None


def _put(stood: Access, gone: FileRef | None, file: FileRef) -> Sequence[Fact[Any]]:
    """Of the same item as the one replaced, or one more of the whole meeting."""
    replaced = next((paper for paper in stood.papers if paper.file == gone), None)
    item = replaced.item if replaced else None
    return (
        papers.remove([replaced.id] if replaced else []),
        papers.add(stood.meeting.id, item, file, stood.person.id),
    )


CORRECTIONS = correcting.enter(
    Corrections(
        kind=CALL,
        name="mcorrect",
        words="calling_correct",
        find=_find,
        names=_names,
        view=lambda stood: {"meeting": stood.meeting},
        back=lambda stood: action("mshow", stood.meeting.id),
        kept=lambda stood: {"about": stood.reference},
        files=lambda stood: [paper.file for paper in stood.papers],
        put=_put,
        late=_late,
        too_many="meeting_many_files",
    )
)


# --- its start -------------------------------------------------------------------------------


async def _ask_starts(work: UnitOfWork, stood: Access, args: tuple[str, ...], _page: int) -> Screen:
    meeting = stood.meeting
    offered = offered_starts(meeting.rules, meeting.kind, work.now, stood.days)
    taken = (each for each in offered if _refuse_starts(stood, each, work.now) is None)
    rows = moment_rows(work.say, "mcorrect_starts", args, taken)
    return asks(CORRECTIONS, work, stood, "starts", *rows)


def _calendar(stood: Access) -> tuple[WorkingCalendar, int]:
    return stood.days, MORNING


def _refuse_starts(stood: Access, start: datetime, at: datetime) -> Refusal | None:
    """A start that is past, too near to another meeting, or too near for what is to go out before it."""
    meeting = stood.meeting
    refusal = refuse_past(start, at) or refuse_clash(start, stood.others)
    refusal = refusal or refuse_invitation(meeting.rules, meeting.kind, start, at)
    if stood.papers:
        refusal = refusal or refuse_papers(meeting.rules, meeting.kind, start, at)
    if refusal is not None:  # its kind is no small correction
        return replace(refusal, instead=None)
    return refuse_unchanged(meeting.starts_at, start)


@act(
    "mcorrect_starts",
    find=_find,
    may=CORRECTIONS.may,
    needs=(Moment(_ask_starts, _calendar, _refuse_starts),),
)
async def correct_starts(work: UnitOfWork, stood: Access, _at: datetime, start: str) -> Screen:
    """Another start, which leaves the regulation's lead time from now on (QN 8.2.3, HU 19.3)."""
    moment, stands = moment_of(start), stood.meeting.starts_at
    if moment is None:
        refuse("stale_question")
    change = ("starts", kept_moment(stands), kept_moment(moment))
    return await correct(CORRECTIONS, work, stood, change, values={"starts_at": moment})


# --- its place -------------------------------------------------------------------------------


async def _ask_place(work: UnitOfWork, stood: Access, _args: tuple[str, ...], _page: int) -> Screen:
    return asks(CORRECTIONS, work, stood, "place")


def _refuse_place(stood: Access, place: str, _at: datetime) -> Refusal | None:
    return refuse_secret(place) or refuse_unchanged(stood.meeting.place, place)


@act(
    "mcorrect_place",
    find=_find,
    may=CORRECTIONS.may,
    needs=(Words(_ask_place, PLACE_LIMIT, _refuse_place, line=True),),
)
async def correct_place(work: UnitOfWork, stood: Access, _at: datetime, place: str) -> Screen:
    """Another place in that of the one submitted."""
    return await correct(
        CORRECTIONS, work, stood, ("place", stood.meeting.place, place), values={"place": place}
    )


# --- the name of an item ---------------------------------------------------------------------


def _renamed(meeting: Meeting) -> Sequence[AgendaItem]:
    """Items that may have another name; one that waited for a meeting keeps the name by which it did."""
    return [item for item in meeting.items if item.waiting_id is None]


def _item(stood: Access, which: str) -> AgendaItem | None:
    return next((item for item in _renamed(stood.meeting) if str(item.id) == which), None)


async def _ask_which(work: UnitOfWork, stood: Access, args: tuple[str, ...], _page: int) -> Screen:
    rows = [
        (
            Button(
                work.say.label("calling_button.item", place=item.place, subject=item.subject),
                action("mcorrect_item", *args, item.id),
            ),
        )
        for item in _renamed(stood.meeting)
    ]
    return asks(CORRECTIONS, work, stood, "which_item", *rows)


def _refuse_which(stood: Access, which: str, _at: datetime) -> Refusal | None:
    return None if _item(stood, which) else Refusal("stale_question")


async def _ask_name(work: UnitOfWork, stood: Access, args: tuple[str, ...], _page: int) -> Screen:
    return asks(CORRECTIONS, work, stood, "item", item=_item(stood, args[1]))


def _refuse_name(stood: Access, name: str, _at: datetime) -> Refusal | None:
    if any(item.subject == name for item in stood.meeting.items):
        return Refusal("nothing_changed")
    return refuse_secret(name)


@act(
    "mcorrect_item",
    find=_find,
    may=CORRECTIONS.may,
    needs=(
        Pick(_ask_which, _refuse_which),
        Words(_ask_name, SUBJECT_LIMIT, _refuse_name, line=True),
    ),
)
async def correct_item(
    work: UnitOfWork, stood: Access, _at: datetime, which: str, name: str
) -> Screen:
    """An item under another name, at its place; two items of one name are refused."""
    item = _item(stood, which)
    if item is None:
        refuse("stale_question")
    if any(same(each.subject, name) for each in stood.meeting.items if each != item):
        refuse("meeting_item_twice", subject=name)
    renamed = meetings.rewrite_item(item.id, replace(item, subject=name))
    return await correct(
        CORRECTIONS, work, stood, ("item", item.subject, name), renamed, detail={"item": item.id}
    )
