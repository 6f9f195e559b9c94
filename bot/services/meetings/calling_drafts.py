"""A draft of the form "Mời họp" with all it needs to be shown. No answer is judged here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.domain.meeting import AgendaItem, Meeting
from bot.domain.people import Person, members_of
from bot.domain.refusal import NO_RIGHT, Refusal
from bot.domain.regulation import Body
from bot.services import draft_forms
from bot.services.desk import Work
from bot.services.meetings import floor
from bot.services.meetings.calling_fields import Form
from bot.store import agenda, calendar, drafts, meeting_lists, meetings, people, rulebooks
from bot.store.agenda import WaitingItem
from bot.store.drafts import Draft

NEW, CHANGE = "meeting", "meeting_change"
KINDS = (NEW, CHANGE)
AHEAD = timedelta(days=1000)
"""How far ahead other meetings are looked for; no start lies further."""


async def own(work: Work, account: int, draft_id: int) -> Form | Refusal:
    """The form inside a transaction already begun; only whoever began it and still may prepare."""
    found = await draft_forms.own(work, account, draft_id, *KINDS)
    if isinstance(found, Refusal):
        return found
    person, draft = found
    return await form_of(work, person, draft) if await bodies_of(work, person) else NO_RIGHT


async def bodies_of(work: Work, person: Person) -> tuple[Body, ...]:
    """Bodies for which the person may prepare a meeting: a clerk for all, others where it is theirs.

    The head calls its body's meetings; whoever prepares the programme (QN 5.2) may do so, too.
    """
    committee = await people.committee(work.tx, person.committee)
    regulation = await rulebooks.regulation(work.tx, committee.rulebook)
    everybody = await people.of_committee(work.tx, person.committee)
    seated = [body for body in regulation.bodies if members_of(everybody, body.id)]
    if person.is_clerk:
        return tuple(seated)
    return tuple([body for body in seated if await _may_prepare(work, person, body)])


async def _may_prepare(work: Work, person: Person, body: Body) -> bool:
    if (await floor.heads(work, person, body, work.now))[0]:
        return True
    seat = person.seat_in(body.id)
    rule = body.meetings.preparation if body.meetings else None
    return rule is not None and seat is not None and seat.office == rule.programme_by


async def kept(work: Work, form: Form, more: dict[str, Any], *, without: str = "") -> Form:
    """The form with more answers, or without one."""
    fields = {key: value for key, value in form.fields.items() if key != without}
    return await form_of(
        work, form.person, await draft_forms.kept(work, form.draft, {**fields, **more})
    )


async def shown(work: Work, account: int, form: Form, where: str) -> Form:
    """What is typed next answers this form, on the screen `where`."""
    ref = {"draft": form.draft.id, "in": where}
    await drafts.await_words(work.tx, account, "mform", ref, work.now)
    return form


async def form_of(work: Work, person: Person, draft: Draft) -> Form:
    """The draft as a form at this moment."""
    committee = await people.committee(work.tx, draft.committee)
    regulation = await rulebooks.regulation(work.tx, committee.rulebook)
    bodies = await bodies_of(work, person)
    wanted = draft.fields.get("body") or (bodies[0].id if len(bodies) == 1 else "")
    body = next((each for each in bodies if each.id == wanted), None)
    changes = await _changed(work, draft)
    return Form(
        draft=draft,
        committee=committee.name,
        regulation=regulation,
        bodies=bodies,
        body=body,
        waiting=await _waiting(work, draft, body, changes),
        everybody=tuple(await people.of_committee(work.tx, draft.committee)),
        others=await others(work, draft.committee, body, changes.id if changes else 0),
        changes=changes,
        calendar=await calendar.working_calendar(work.tx, draft.committee),
        person=person,
        now=work.now,
    )


async def _changed(work: Work, draft: Draft) -> Meeting | None:
    meeting_id = draft.fields.get("meeting")
    return await meetings.get(work.tx, meeting_id) if meeting_id else None


async def _waiting(
    work: Work, draft: Draft, body: Body | None, changes: Meeting | None
) -> tuple[WaitingItem, ...]:
    """What waits for the body; a change knows what its meeting has taken, and takes nothing more by itself."""
    if body is None:
        return ()
    waits = await agenda.waiting(work.tx, draft.committee, body.id)
    if changes is None:
        return tuple(waits)
    return tuple(_as_waiting(item, body) for item in changes.items if item.waiting_id)


def _as_waiting(item: AgendaItem, body: Body) -> WaitingItem:
    return WaitingItem(
        body.id,
        item.subject,
        item.reason,
        item.matter,
        consultation_id=item.consultation_id,
        id=item.waiting_id or 0,
    )


async def others(work: Work, committee: int, body: Body | None, but: int) -> tuple[Meeting, ...]:
    """Meetings of the body from now on, save one."""
    if body is None:
        return ()
    start, end = work.now - timedelta(hours=1), work.now + AHEAD
    found = [
        await meetings.get(work.tx, each)
        for each in await meeting_lists.between(work.tx, committee, body.id, start, end)
        if each != but
    ]
    return tuple(each for each in found if each is not None)
