"""A meeting in the hands of its head: submitted, and submitted again after it was sent back, under the same id.

The answers of who prepared it are all kept. What is otherwise when it comes again is kept with it, so that
the head reads what has become of the remark.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from bot.db import register
from bot.db.fact import Fact
from bot.kit.approval import Step, Taken, take_and_show
from bot.kit.prepared import REMARK
from bot.kit.screen import Screen
from bot.kit.unit import Line, UnitOfWork
from bot.meetings import live
from bot.meetings import store as meetings
from bot.meetings.access import Access
from bot.meetings.agenda import store as agenda
from bot.meetings.calling.convening import CALL, NOTICES, snapshot, submitted
from bot.meetings.calling.view import (
    WHOLE,
    CallingView,
    answers_of,
    as_item,
    as_meeting,
    refuse_form,
    require_in,
)
from bot.meetings.documents import store as papers
from bot.meetings.documents.store import Paper
from bot.meetings.rules.meeting import AgendaItem, Meeting, MeetingActKind
from bot.people.rules.people import head_of
from bot.values.corrections import Changed, as_told, differing, files_differing, kept_moment
from bot.values.files import FileRef
from bot.values.refusal import Refusal, refuse, require


async def submit(work: UnitOfWork, form: CallingView) -> Screen:
    """A complete form goes to the head for approval."""
    _require_complete(form)
    meeting = await _entered(work, form)
    await NOTICES.ask(work, meeting)
    return submitted(work, meeting)


def _require_complete(form: CallingView) -> None:
    """Everything is asked again before the head sees it, for time has passed since the answers."""
    if form.body is None or form.starts is None:
        refuse("meeting_incomplete")
    if head_of(form.everybody, form.body) is None:
        require_in(form, Refusal("no_head", form.body.head_article))
    require_in(form, refuse_form(form, form.starts))


async def _entered(work: UnitOfWork, form: CallingView) -> Meeting:
    head = await register.head(work.tx, form.draft.committee)
    values = {
        **_columns(form),
        "committee_id": form.draft.committee,
        # No other line has this digest, so that no other calendar file is named by it; played again, it is the same.
        "uid": f"{UUID(head.digest[:32])}@dongthuan",
        "sequence": 0,
        "prepared_by": form.person.id,
        "submitted_at": work.now,
    }
    items = [as_item(place, entry) for place, entry in enumerate(form.agenda, 1)]
    documents = [(0, file) for file in form.files_of(WHOLE)]
    documents += [(n, file) for n, entry in enumerate(form.agenda, 1) for file in entry.files]

    def line(entered: Meeting) -> Line:
        told_of = live.about(entered.id)
        detail = snapshot(entered)
        return Line(entered.committee, form.person, "meeting_submit", told_of, detail)

    return await work.write(meetings.submit(values, items, documents), line)


def _columns(form: CallingView) -> dict[str, Any]:
    """What the answers of a complete form are in the meeting's own columns."""
    return {
        "rulebook": form.regulation.digest,
        "body": form.body.id if form.body else "",
        "kind": form.kind.value,
        "session": form.fields.get("session", ""),
        "starts_at": form.starts,
        "place": form.fields["place"],
        "guests_wanted": [asdict(guest) for guest in form.guests],
    }


def items_of(before: Meeting, form: CallingView, by: int) -> Iterator[Fact[Any]]:
    """Items that stay are written again, new ones are entered, each with the documents that came for it."""
    for place, entry in enumerate(form.agenda, 1):
        item = as_item(place, entry)
        if entry.item_id is None:
            yield meetings.add_item(before.id, item, entry.files, by)
            continue
        yield meetings.rewrite_item(entry.item_id, item)
        for file in entry.files:
            yield papers.add(before.id, entry.item_id, file, by)
    for file in form.files_of(WHOLE):
        yield papers.add(before.id, None, file, by)


# --- the draft, opened again -----------------------------------------------------------------


async def answers_again(
    work: UnitOfWork, before: Access
) -> tuple[Mapping[str, Any], Sequence[FileRef]]:
    """What was sent back as its answers, all of them; what waits and was left out stays left out."""
    back = before.meeting
    taken = {item.waiting_id for item in back.items}
    waits = await agenda.waiting(work.tx, back.committee, back.body.id)
    said = back.act(MeetingActKind.SEND_BACK)
    answers = {
        **answers_of(back),
        "off": [each.id for each in waits if each.id not in taken],
        "files": _by_key(await papers.of_meeting(work.tx, back.id)),
        "secret_free": True,
        REMARK: said.reason if said else "",
    }
    return answers, ()


def _by_key(kept: Sequence[Paper]) -> dict[str, list[dict[str, Any]]]:
    """The documents as the form keeps them: under the key of their item, or of the whole meeting."""
    files: dict[str, list[dict[str, Any]]] = {}
    for paper in kept:
        key = WHOLE if paper.item is None else f"i{paper.item}"
        files.setdefault(key, []).append(asdict(paper.file))
    return files


# --- its coming again ------------------------------------------------------------------------


async def submit_again(work: UnitOfWork, form: CallingView, of: int) -> Screen:
    """The answers of now take the place of those sent back, and the head is asked again."""
    _require_complete(form)
    before = await CALL.find_author(work, form.person.account or 0, of)
    require(CALL.refusal(Step.SUBMITTED_AGAIN, before))
    kept = await papers.of_meeting(work.tx, of)
    changes = tuple(_differences(before.meeting, kept, form))
    taken = Taken(
        Step.SUBMITTED_AGAIN,
        changes=changes,
        values=_columns(form),
        facts=tuple(_rewritten(work, before.meeting, kept, form)),
        detail={**snapshot(as_meeting(form)), "changed": [as_told(each) for each in changes]},
    )
    return await take_and_show(CALL, work, before, taken)


def _rewritten(
    work: UnitOfWork, before: Meeting, kept: Sequence[Paper], form: CallingView
) -> Iterator[Fact[Any]]:
    """Agenda and documents as the form has them; nothing of them has gone out yet."""
    stays = {entry.item_id for entry in form.agenda}
    yield papers.remove([paper.id for paper in kept])
    yield meetings.take_off([item.id for item in before.items if item.id not in stays], work.now)
    yield from items_of(before, form, form.person.id)


def _differences(before: Meeting, kept: Sequence[Paper], form: CallingView) -> Iterator[Changed]:
    """What is otherwise, by the questions of the form, as it is kept."""
    after = as_meeting(form)
    yield from differing(
        (
            ("meeting_body", before.body.name, after.body.name),
            ("meeting_kind", before.kind.value, after.kind.value),
            ("starts", kept_moment(before.starts_at), kept_moment(after.starts_at)),
            ("place", before.place, after.place),
        )
    )
    yield from _items_differing(before, form)
    asked, asks = {g.name for g in before.guests_wanted}, {g.name for g in after.guests_wanted}
    yield from (("guest", g.name, "") for g in before.guests_wanted if g.name not in asks)
    yield from (("guest", "", g.name) for g in after.guests_wanted if g.name not in asked)
    yield from files_differing([paper.file for paper in kept], form.files)


def _items_differing(before: Meeting, form: CallingView) -> Iterator[Changed]:
    """Items by their names: left out, renamed, otherwise described, new; and whether the order is another."""
    was, stays = {item.id: item for item in before.items}, {e.item_id for e in form.agenda}
    yield from (("item", item.subject, "") for item in before.items if item.id not in stays)
    for entry in form.agenda:
        item = was.get(entry.item_id or 0)
        if item is None:
            yield "item", "", entry.subject
            continue
        if item.subject != entry.subject:
            yield "item", item.subject, entry.subject
        if _said_of(item) != (entry.matter, entry.closed, entry.responsible):
            yield "item_details", item.subject, entry.subject
    stood = [item.id for item in before.items if item.id in stays]
    if stood != [entry.item_id for entry in form.agenda if entry.item_id in was]:
        yield "order", "", ""


def _said_of(item: AgendaItem) -> tuple[object, ...]:
    return item.matter, item.closed, item.responsible
