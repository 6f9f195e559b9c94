"""Small corrections of a meeting that waits for approval: its start, its place, the name of an item, a document.

By who prepares it and by the head. Who corrected, what was before and what is after stands in the register
and on the card that asks for approval. A change of anything else goes by way of sending it back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.calendar import face as calendar
from bot.db.fact import Fact
from bot.db.notice import Button, Card
from bot.kit.act import act, press
from bot.kit.ask import Handed, Moment, Pick, Words, file_alone, minutes, moment_of
from bot.kit.correcting import ANOTHER, chosen, file_rows, refuse_file_again
from bot.kit.files import refuse_file
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import access
from bot.meetings import store as meetings
from bot.meetings.calling.view import MORNING, others
from bot.meetings.documents import store as papers
from bot.meetings.documents.store import Paper
from bot.meetings.inviting import invitations
from bot.meetings.rules.calling import (
    may_correct,
    offered_starts,
    refuse_clash,
    refuse_invitation,
    refuse_papers,
    refuse_past,
)
from bot.meetings.rules.meeting import AgendaItem, Meeting, MeetingAct, MeetingActKind
from bot.values.action import action
from bot.values.corrections import Changed, kept_moment, refuse_unchanged
from bot.values.files import FileRef
from bot.values.limits import PLACE_LIMIT, SUBJECT_LIMIT
from bot.values.names import same
from bot.values.refusal import Refusal, refuse, require
from bot.values.words import refuse_secret
from bot.values.working_days import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Access(access.Access):
    """Somebody of the office before a meeting, with all by which a correction is judged."""

    days: WorkingCalendar
    others: tuple[Meeting, ...]
    papers: tuple[Paper, ...]

    @property
    def files(self) -> tuple[FileRef, ...]:
        """Its documents, of whatever item."""
        return tuple(paper.file for paper in self.papers)


async def _find(work: UnitOfWork, account: int, meeting_id: int) -> Access:
    stood = await access.approving(work, account, meeting_id)
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


def _may(stood: access.Access, _at: datetime) -> Refusal | None:
    return may_correct(stood.meeting, stood.standing)


@press("mcorrect")
async def what(context: Context, tap: Tap) -> Screen:
    """The press "Sửa trước khi duyệt": what of the meeting may be corrected."""
    async with context.look() as work:
        stood = await access.approving(work, tap.account, tap.number(0))
        require(_may(stood, work.now))
    say, meeting = context.say, stood.meeting
    names = ["mcorrect_starts", "mcorrect_place", "mcorrect_item", "mcorrect_file"]
    if not _renamed(meeting):
        names.remove("mcorrect_item")
    rows = [(Button(say.label(f"button.{each}"), action(each, meeting.id)),) for each in names]
    text = say.text("calling_correct", meeting=meeting, head=stood.head)
    return Screen(Card(text, (*rows, _back(work, stood))), about=stood.reference)


def _back(work: UnitOfWork, stood: access.Access) -> tuple[Button, ...]:
    return (Button(work.say.label("button.back"), action("mshow", stood.meeting.id)),)


def _asks(
    work: UnitOfWork, stood: Access, asked: str, *rows: tuple[Button, ...], **more: object
) -> Screen:
    """The question what stands in the place of what stands now."""
    text = work.say.text(
        "calling_correct_ask", meeting=stood.meeting, what=asked, now=work.now, **more
    )
    return Screen(Card(text, (*rows, _back(work, stood))), about=stood.reference)


async def _done(
    work: UnitOfWork,
    stood: Access,
    change: Changed,
    *facts: Fact[Any],
    values: Mapping[str, object] | None = None,
    detail: Mapping[str, object] | None = None,
    file: FileRef | None = None,
) -> Screen:
    """Keep a correction with its line; the head's card shows it, who prepares it hears of the head's."""
    what, was, now_is = change
    told = {"what": what, "before": was, "after": now_is}
    made = MeetingAct(
        MeetingActKind.CORRECT,
        work.now,
        stood.person.id,
        acting_for=stood.acting_for,
        detail={"changed": [told]},
    )
    line = stood.line("meeting_correct", {**told, **(detail or {})})
    await work.write(meetings.mend(stood.meeting.id, made, dict(values or {})), line, *facts)
    after = await meetings.there(work.tx, stood.meeting.id)
    await invitations.corrected(work, after, stood.person, stood.by, file)
    toast = work.say.label("toast.corrected")
    return Screen(live=invitations.asked(after.id), toast=toast, about=stood.reference)


# --- its start -------------------------------------------------------------------------------


async def _ask_starts(work: UnitOfWork, stood: Access, args: tuple[str, ...], _page: int) -> Screen:
    meeting = stood.meeting
    offered = offered_starts(meeting.rules, meeting.kind, work.now, stood.days)
    rows = [
        (Button(work.say.moment_button(e), action("mcorrect_starts", *args, minutes(e))),)
        for e in offered
        if _refuse_starts(stood, e, work.now) is None
    ]
    return _asks(work, stood, "starts", *rows)


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
    may=_may,
    needs=(Moment(_ask_starts, _calendar, _refuse_starts),),
)
async def correct_starts(work: UnitOfWork, stood: Access, _at: datetime, until: str) -> Screen:
    """Another start, which leaves the regulation's lead time from now on (QN 8.2.3, HU 19.3)."""
    start = moment_of(until)
    if start is None:
        refuse("stale_question")
    change = ("starts", kept_moment(stood.meeting.starts_at), kept_moment(start))
    return await _done(work, stood, change, values={"starts_at": start})


# --- its place -------------------------------------------------------------------------------


async def _ask_place(work: UnitOfWork, stood: Access, _args: tuple[str, ...], _page: int) -> Screen:
    return _asks(work, stood, "place")


def _refuse_place(stood: Access, place: str, _at: datetime) -> Refusal | None:
    return refuse_secret(place) or refuse_unchanged(stood.meeting.place, place)


@act(
    "mcorrect_place",
    find=_find,
    may=_may,
    needs=(Words(_ask_place, PLACE_LIMIT, _refuse_place, line=True),),
)
async def correct_place(work: UnitOfWork, stood: Access, _at: datetime, place: str) -> Screen:
    """Another place in that of the one submitted."""
    return await _done(work, stood, ("place", stood.meeting.place, place), values={"place": place})


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
    return _asks(work, stood, "which_item", *rows)


def _refuse_which(stood: Access, which: str, _at: datetime) -> Refusal | None:
    return None if _item(stood, which) else Refusal("stale_question")


async def _ask_name(work: UnitOfWork, stood: Access, args: tuple[str, ...], _page: int) -> Screen:
    return _asks(work, stood, "item", item=_item(stood, args[1]))


def _refuse_name(stood: Access, name: str, _at: datetime) -> Refusal | None:
    if any(item.subject == name for item in stood.meeting.items):
        return Refusal("nothing_changed")
    return refuse_secret(name)


@act(
    "mcorrect_item",
    find=_find,
    may=_may,
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
    return await _done(work, stood, ("item", item.subject, name), renamed, detail={"item": item.id})


# --- a document ------------------------------------------------------------------------------


async def _ask_which_file(
    work: UnitOfWork, stood: Access, args: tuple[str, ...], _page: int
) -> Screen:
    rows = file_rows(work.say, "mcorrect_file", args, stood.files)
    return _asks(work, stood, "which_file", *rows, files=stood.files)


def _refuse_which_file(stood: Access, which: str, _at: datetime) -> Refusal | None:
    known = which == ANOTHER or chosen(stood.files, which)
    return None if known else Refusal("stale_question")


async def _ask_file(work: UnitOfWork, stood: Access, args: tuple[str, ...], _page: int) -> Screen:
    return _asks(work, stood, "file", gone=chosen(stood.files, args[1]))


def _refuse_file(stood: Access, handed: Handed, at: datetime) -> Refusal | None:
    """A file that is there already, or comes too late for the start that stands (QN 8.2.3)."""
    meeting = stood.meeting
    late = refuse_papers(meeting.rules, meeting.kind, meeting.starts_at, at)
    late = replace(late, instead=None) if late else None
    return refuse_file_again(stood.files, handed) or late


@act(
    "mcorrect_file",
    find=_find,
    may=_may,
    needs=(Pick(_ask_which_file, _refuse_which_file), file_alone(_ask_file, _refuse_file)),
)
async def correct_file(
    work: UnitOfWork, stood: Access, _at: datetime, which: str, handed: str
) -> Screen:
    """A document in the place of one submitted, or one more of the whole meeting; the bytes of both stay kept."""
    file, meeting = Handed.of(handed).file, stood.meeting
    if file is None:
        refuse("file_needed")
    gone = chosen(stood.files, which)
    replaced = next((paper for paper in stood.papers if paper.file == gone), None)
    if replaced is None:
        require(refuse_file(file.name, file.size, len(stood.files), too_many="meeting_many_files"))
    item = replaced.item if replaced else None
    return await _done(
        work,
        stood,
        ("file", gone.name if gone else "", file.name),
        papers.remove([replaced.id] if replaced else []),
        papers.add(meeting.id, item, file, stood.person.id),
        detail={"sha256": file.sha256, **({"gone_sha256": gone.sha256} if gone else {})},
        file=file,
    )
