"""The form "Mời họp" as it stands: what was answered, what waits, who may be invited. No answer is read here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.calendar import face as calendar
from bot.db import people, rulebooks
from bot.db.drafts import Draft
from bot.kit import access as kit_access
from bot.kit.form import View
from bot.kit.prepared import REMARK
from bot.kit.unit import UnitOfWork
from bot.meetings import store as meetings
from bot.meetings.agenda import store as agenda
from bot.meetings.agenda.store import WaitingItem
from bot.meetings.rules.calling import (
    hosted,
    place_of,
    refuse_clash,
    refuse_invitation,
    refuse_papers,
    refuse_past,
)
from bot.meetings.rules.meeting import AgendaItem, GuestWanted, Meeting, MeetingKind, Waits
from bot.people.rules.people import Person, Role, members_of
from bot.regulations.rules.meetings import MeetingRules, WorkingSession
from bot.regulations.rules.regulation import Body, Matter, Regulation
from bot.values.action import action
from bot.values.files import FileRef
from bot.values.refusal import NO_RIGHT, Refusal, Refused
from bot.values.working_days import WorkingCalendar

AHEAD = timedelta(days=1000)
"""How far ahead other meetings are looked for; no start lies further."""
MORNING = 8
"""The hour of a start typed as a day alone."""
WHOLE = "all"
"""The key under which documents of the whole meeting are kept."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as the form has it. `key` is "w12" for what waited, "o3" for what was typed, "i7" for what stands."""

    key: str
    subject: str
    matter: Matter = Matter.GENERAL
    closed: bool = False
    reason: str = ""
    responsible: int | None = None
    waiting_id: int | None = None
    consultation_id: int | None = None
    item_id: int | None = None
    files: tuple[FileRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallingView(View):
    """The form before the person who prepares a meeting; `files` are all its documents, of whatever item."""

    regulation: Regulation
    bodies: tuple[Body, ...]
    body: Body | None
    waiting: tuple[WaitingItem, ...]
    everybody: tuple[Person, ...]
    others: tuple[Meeting, ...]
    """Meetings of the body around the start chosen, but this one."""
    changes: Meeting | None
    """The meeting that this form changes; None for a new one."""
    calendar: WorkingCalendar

    @property
    def rules(self) -> MeetingRules:
        """How the body meets; nothing is ruled where the text says nothing."""
        return (self.body.meetings if self.body else None) or MeetingRules()

    @property
    def kind(self) -> MeetingKind:
        """The kind chosen; regular before that. That of a called meeting stays."""
        if self.changes is not None:
            return self.changes.kind
        return MeetingKind(self.fields.get("kind", MeetingKind.REGULAR))

    @property
    def again(self) -> int | None:
        """Which meeting comes before the head again, of a draft that was sent back; None for a new one."""
        of = self.fields.get("of")
        return int(of) if of is not None else None

    @property
    def remark(self) -> str:
        """What the head remarked when sending it back; "" for a new meeting."""
        return str(self.fields.get(REMARK, ""))

    @property
    def starts(self) -> datetime | None:
        """The start chosen."""
        value = self.fields.get("starts")
        return datetime.fromisoformat(value) if value else None

    @property
    def sessions(self) -> tuple[WorkingSession, ...]:
        """The working sessions that the body holds."""
        return hosted(self.regulation, self.body) if self.body else ()

    @property
    def session(self) -> WorkingSession | None:
        """The working session chosen."""
        wanted = self.fields.get("session")
        return next((each for each in self.sessions if each.id == wanted), None)

    @property
    def members(self) -> list[Person]:
        """The roll as it would be frozen now."""
        return members_of(self.everybody, self.body.id) if self.body else []

    @property
    def others_known(self) -> list[Person]:
        """Who may be invited beside the members: guests first, then those of other bodies."""
        on_roll = {each.id for each in self.members}
        beyond = (p for p in self.everybody if p.id not in on_roll)
        known = [p for p in beyond if any(s.role is not Role.CLERK for s in p.seats)]
        return sorted(known, key=lambda p: (any(s.body for s in p.seats), p.id))

    @property
    def guests(self) -> tuple[GuestWanted, ...]:
        """Those asked for so far."""
        return tuple(GuestWanted(**each) for each in self.fields.get("invited", ()))

    @property
    def agenda(self) -> tuple[Entry, ...]:
        """What waits and is ticked, by why it waits and since when; then what was typed, in its order.

        Once an item was moved, all stand as they stood then; later ones come last.
        """
        own = self.fields.get("own", [])
        typed = {each.get("waiting") for each in own}
        ticked = [w for w in self.waiting if w.id not in (*self.unticked, *typed)]
        ticked.sort(key=lambda w: (place_of(w.reason), w.id))
        by_id = {each.id: each for each in self.waiting}
        entries = [self._waited(f"w{w.id}", w) for w in ticked]
        entries += [
            self._waited(each["key"], by_id[each["waiting"]])
            if each.get("waiting") in by_id
            else self._typed(each)
            for each in own
        ]
        placed = {key: place for place, key in enumerate(self.fields.get("order", ()))}
        return tuple(sorted(entries, key=lambda each: placed.get(each.key, len(placed))))

    @property
    def unticked(self) -> tuple[int, ...]:
        """What waits and is left for another meeting."""
        return tuple(self.fields.get("off", ()))

    def entry(self, key: str) -> Entry | None:
        """The item of that key."""
        return next((each for each in self.agenda if each.key == key), None)

    def files_of(self, key: str) -> tuple[FileRef, ...]:
        """Documents attached so far to an item, or to the meeting as a whole."""
        return tuple(FileRef(**each) for each in self.fields.get("files", {}).get(key, ()))

    def _waited(self, key: str, item: WaitingItem) -> Entry:
        more = self.fields.get("more", {}).get(key, {})
        return Entry(
            key,
            item.subject,
            Matter(more.get("matter", item.matter)),
            bool(more.get("closed", item.reason == Waits.SETTLED_BETWEEN)),
            item.reason,
            more.get("responsible"),
            item.id,
            item.consultation_id,
            more.get("item"),
            self.files_of(key),
        )

    def _typed(self, each: Mapping[str, Any]) -> Entry:
        more = self.fields.get("more", {}).get(each["key"], {})
        return Entry(
            each["key"],
            each["subject"],
            Matter(more.get("matter", Matter.GENERAL)),
            bool(more.get("closed")),
            responsible=more.get("responsible"),
            item_id=more.get("item"),
            files=self.files_of(each["key"]),
        )


# --- loaded within a transaction -------------------------------------------------------------


async def view(work: UnitOfWork, person: Person, draft: Draft) -> CallingView:
    """The draft as a form at this moment; raises `Refused` when its person may prepare no meeting (any more)."""
    committee = await people.committee(work.tx, draft.committee)
    regulation = await rulebooks.regulation(work.tx, committee.rulebook)
    everybody = await people.of_committee(work.tx, draft.committee)
    bodies = await _bodies(work, person, regulation, everybody)
    if not bodies:
        raise Refused(NO_RIGHT)
    wanted = draft.fields.get("body") or (bodies[0].id if len(bodies) == 1 else "")
    body = next((each for each in bodies if each.id == wanted), None)
    changes = await _changed(work, draft)
    if changes is not None and body is None:
        raise Refused(NO_RIGHT)
    return CallingView(
        draft=replace(draft, fields=_known(draft.fields, regulation, body)),
        person=person,
        files=tuple(FileRef(**each) for kept in _documents(draft) for each in kept),
        now=work.now,
        regulation=regulation,
        bodies=bodies,
        body=body,
        waiting=await _waiting(work, draft, body, changes),
        everybody=tuple(everybody),
        others=await others(
            work, draft.committee, body, draft.fields.get("meeting", draft.fields.get("of", 0))
        ),
        changes=changes,
        calendar=await calendar.working_calendar(work.tx, draft.committee),
    )


def _known(fields: dict[str, Any], regulation: Regulation, body: Body | None) -> dict[str, Any]:
    """The answers that still hold: one's own bodies, and the working sessions that the body holds."""
    held = {each.id for each in hosted(regulation, body)} if body else set()
    gone = set() if body else {"body"}
    if fields.get("session") and fields["session"] not in held and "meeting" not in fields:
        gone |= {"kind", "session"}
    return {key: each for key, each in fields.items() if key not in gone}


def _documents(draft: Draft) -> list[list[dict[str, Any]]]:
    return list(draft.fields.get("files", {}).values())


async def bodies_of(work: UnitOfWork, person: Person) -> tuple[Body, ...]:
    """Bodies for which the person may prepare a meeting: a clerk for all, others where it is theirs.

    The head calls its body's meetings; who prepares the programme (QN 5.2) may do so, too.
    """
    committee = await people.committee(work.tx, person.committee)
    regulation = await rulebooks.regulation(work.tx, committee.rulebook)
    everybody = await people.of_committee(work.tx, person.committee)
    return await _bodies(work, person, regulation, everybody)


async def _bodies(
    work: UnitOfWork, person: Person, regulation: Regulation, everybody: list[Person]
) -> tuple[Body, ...]:
    seated = [body for body in regulation.bodies if members_of(everybody, body.id)]
    if person.is_clerk:
        return tuple(seated)
    return tuple([body for body in seated if await _may_prepare(work, person, body)])


async def _may_prepare(work: UnitOfWork, person: Person, body: Body) -> bool:
    if await kit_access.acting(work, person, body) is not None:
        return True
    seat = person.seat_in(body.id)
    rule = body.meetings.preparation if body.meetings else None
    return rule is not None and seat is not None and seat.office == rule.programme_by


async def _changed(work: UnitOfWork, draft: Draft) -> Meeting | None:
    meeting_id = draft.fields.get("meeting")
    return await meetings.get(work.tx, meeting_id) if meeting_id else None


async def _waiting(
    work: UnitOfWork, draft: Draft, body: Body | None, changes: Meeting | None
) -> tuple[WaitingItem, ...]:
    """What waits for the body; a change knows what its meeting has taken, and takes nothing more by itself."""
    if body is None:
        return ()
    if changes is None:
        return tuple(await agenda.waiting(work.tx, draft.committee, body.id))
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


async def others(
    work: UnitOfWork, committee: int, body: Body | None, but: int
) -> tuple[Meeting, ...]:
    """Meetings of the body from now on, save one."""
    if body is None:
        return ()
    start, end = work.now - timedelta(hours=1), work.now + AHEAD
    found = [
        await meetings.get(work.tx, each)
        for each in await meetings.between(work.tx, committee, body.id, start, end)
        if each != but
    ]
    return tuple(each for each in found if each is not None)


# --- what stands against it ------------------------------------------------------------------


def refuse_start(form: CallingView, start: datetime) -> Refusal | None:
    """A start that is past, too near to another meeting, or too near for an invitation."""
    refusal = refuse_past(start, form.now) or refuse_clash(start, form.others)
    return refusal or _refuse_short_notice(form, start)


def _refuse_short_notice(form: CallingView, start: datetime) -> Refusal | None:
    """A meeting that was called in time and begins no sooner than that needs no new lead time."""
    if form.changes is not None and start >= form.changes.starts_at:
        return None
    return refuse_invitation(form.rules, form.kind, start, form.now)


def refuse_form(form: CallingView, start: datetime) -> Refusal | None:
    """What stands against a complete form now: its start, its agenda, its papers, who answers for items."""
    refusal = refuse_past(start, form.now) or refuse_clash(start, form.others)
    refusal = refusal or (None if form.agenda else Refusal("meeting_agenda_empty"))
    refusal = refusal or _refuse_responsible(form) or _refuse_short_notice(form, start)
    if form.files:
        refusal = refusal or refuse_papers(form.rules, form.kind, start, form.now)
    return refusal


def _refuse_responsible(form: CallingView) -> Refusal | None:
    """Whoever answers for an item is still with the committee."""
    here = {each.id for each in form.everybody}
    for entry in form.agenda:
        if entry.responsible is not None and entry.responsible not in here:
            return Refusal("meeting_responsible_gone", values={"subject": entry.subject})
    return None


def require_in(form: CallingView, refusal: Refusal | None) -> None:
    """Go on only where nothing stands against it; a refusal leads back to the form, makes a new one extraordinary."""
    if refusal is not None:
        draft = form.draft.id
        extra = refusal.instead == "extraordinary"
        if extra and form.changes is not None:  # a called meeting stays what it was called as
            refusal, extra = replace(refusal, instead=None), False
        way = action("mextra", draft) if extra else None
        raise Refused(replace(refusal, back=action("form_show", draft), button=way))


# --- a meeting as answers --------------------------------------------------------------------


def answers_of(meeting: Meeting) -> dict[str, Any]:
    """A meeting as the answers that would make it."""
    guests = [
        {"name": each.name, "category": each.category, "person": each.person}
        for each in (meeting.guests or meeting.guests_wanted)
    ]
    return {
        "body": meeting.body.id,
        "kind": meeting.kind.value,
        "session": meeting.session,
        "starts": meeting.starts_at.isoformat(),
        "place": meeting.place,
        "own": [_as_own(item) for item in meeting.items],
        "more": {f"i{item.id}": _details(item) for item in meeting.items},
        "agenda": True,
        "invited": guests,
        "guests": True,
    }


def _as_own(item: AgendaItem) -> dict[str, Any]:
    own: dict[str, Any] = {"key": f"i{item.id}", "subject": item.subject}
    return own | ({"waiting": item.waiting_id} if item.waiting_id else {})


def _details(item: AgendaItem) -> dict[str, Any]:
    return {
        "matter": item.matter.value,
        "closed": item.closed,
        "responsible": item.responsible,
        "item": item.id,
    }


# --- a form as the meeting it will become ----------------------------------------------------


def as_item(place: int, entry: Entry) -> AgendaItem:
    """An entry of the form as an item; its id is its place until it is kept."""
    return AgendaItem(
        id=place,
        place=place,
        subject=entry.subject,
        matter=entry.matter,
        closed=entry.closed,
        reason=entry.reason,
        responsible=entry.responsible,
        waiting_id=entry.waiting_id,
        consultation_id=entry.consultation_id,
    )


def as_meeting(form: CallingView) -> Meeting:
    """The complete form as the meeting it will become; for showing only."""
    if form.body is None or form.starts is None:
        raise LookupError("a complete form has its body and its start")
    return Meeting(
        id=0,
        committee=form.draft.committee,
        rulebook=form.regulation.digest,
        body=form.body,
        kind=form.kind,
        starts_at=form.starts,
        place=form.fields["place"],
        uid="",
        sequence=0,
        prepared_by=form.person.id,
        submitted_at=form.now,
        session=form.fields.get("session", ""),
        number=form.changes.number if form.changes else None,
        guests_wanted=form.guests,
        items=tuple(as_item(n, entry) for n, entry in enumerate(form.agenda, 1)),
    )
