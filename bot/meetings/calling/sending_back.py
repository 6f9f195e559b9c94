"""A meeting that the head sends back with a remark, and its coming again: the same meeting, under the same id.

The answers of who prepared it are all kept. What is otherwise when it comes again is kept with it, so that
the head reads what has become of the remark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.db.fact import Fact
from bot.kit.act import act
from bot.kit.correcting import REMARK
from bot.kit.screen import Screen
from bot.kit.unit import UnitOfWork
from bot.meetings import access
from bot.meetings import store as meetings
from bot.meetings.access import Access
from bot.meetings.agenda import store as agenda
from bot.meetings.calling import convening
from bot.meetings.calling.view import WHOLE, CallingView, answers_of, as_meeting
from bot.meetings.documents import store as papers
from bot.meetings.documents.store import Paper
from bot.meetings.inviting import invitations
from bot.meetings.rules.calling import may_reopen
from bot.meetings.rules.meeting import AgendaItem, Meeting, MeetingAct, MeetingActKind
from bot.values.corrections import Changed, differing, files_differing, kept_moment
from bot.values.refusal import require


@act(
    "msend_back",
    find=access.approving,
    may=convening.may_decide_now,
    needs=(convening.reason_of("msend_back"),),
)
async def send_back(work: UnitOfWork, stood: Access, _at: datetime, remark: str) -> Screen:
    """The head sends it back with a remark: no invitation goes out, the draft opens again."""
    meeting = await convening.act_upon(work, stood, MeetingActKind.SEND_BACK, remark)
    await invitations.sent_back(work, meeting, stood.by, remark)
    return convening.done(work, meeting, "send_back")


# --- the draft, opened again -----------------------------------------------------------------


async def answers_again(work: UnitOfWork, back: Meeting) -> dict[str, Any]:
    """What was sent back as its answers, all of them; what waits and was left out stays left out."""
    taken = {item.waiting_id for item in back.items}
    waits = await agenda.waiting(work.tx, back.committee, back.body.id)
    said = back.act(MeetingActKind.SEND_BACK)
    return {
        **answers_of(back),
        "off": [each.id for each in waits if each.id not in taken],
        "files": _by_key(await papers.of_meeting(work.tx, back.id)),
        "secret_free": True,
        REMARK: said.reason if said else "",
    }


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
    convening.require_complete(form)
    stood = await access.find(work, form.person.account or 0, of)
    before = stood.meeting
    require(may_reopen(before, stood.standing))
    kept = await papers.of_meeting(work.tx, before.id)
    changed = [_told(each) for each in _differences(before, kept, form)]
    detail = {"changed": changed}
    again = MeetingAct(MeetingActKind.SUBMIT_AGAIN, work.now, stood.person.id, detail=detail)
    await work.write(
        meetings.mend(before.id, again, convening.columns_of(form)),
        stood.line("meeting_submit_again", {**convening.snapshot(as_meeting(form)), **detail}),
        *_rewritten(work, before, kept, form),
    )
    meeting = await meetings.there(work.tx, before.id)
    await invitations.ask_approval(work, meeting)
    await invitations.refresh_asked(work, meeting)
    toast = work.say.label("calling_toast.submitted")
    return Screen(live=invitations.asked(meeting.id), toast=toast)


def _rewritten(
    work: UnitOfWork, before: Meeting, kept: Sequence[Paper], form: CallingView
) -> Iterator[Fact[Any]]:
    """Agenda and documents as the form has them; nothing of them has gone out yet."""
    stays = {entry.item_id for entry in form.agenda}
    yield papers.remove([paper.id for paper in kept])
    yield meetings.take_off([item.id for item in before.items if item.id not in stays], work.now)
    yield from convening.items_of(before, form, form.person.id)


def _told(change: Changed) -> dict[str, str]:
    what, was, is_now = change
    return {"what": what, "before": was, "after": is_now}


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
