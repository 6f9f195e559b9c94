"""The form "Mời họp" as values: its questions, its agenda, its guests so far. What answers fill in lives elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.db.drafts import Draft
from bot.meetings.agenda import WaitingItem
from bot.meetings.rules.calling import hosted, place_of
from bot.meetings.rules.meeting import GuestWanted, Meeting, MeetingKind
from bot.people.rules.people import Person, members_of
from bot.regulations.rules.meetings import MeetingRules, WorkingSession
from bot.regulations.rules.regulation import Body, Matter, Regulation
from bot.values.files import FileRef
from bot.values.working_days import WorkingCalendar

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


@dataclass(frozen=True, slots=True)
class Form:
    """A draft with all that is needed to show its next question."""

    draft: Draft
    committee: str
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
    person: Person
    now: datetime

    @property
    def fields(self) -> Mapping[str, Any]:
        """The answers so far."""
        return self.draft.fields

    @property
    def rules(self) -> MeetingRules:
        """How the body meets; nothing is ruled where the text says nothing."""
        return (self.body.meetings if self.body else None) or MeetingRules()

    @property
    def asked(self) -> list[str]:
        """The questions of this form, in order."""
        body = ["body"] if len(self.bodies) > 1 or self.body is None else []
        rest = ["kind", "starts", "place", "agenda", "guests", "secret_free"]
        return body + rest + (["reason"] if self.changes else [])

    @property
    def field(self) -> str:
        """The first question without an answer, or "preview" when there is none."""
        return next((each for each in self.asked if each not in self.fields), "preview")

    @property
    def answered(self) -> list[str]:
        """The questions that have an answer, in order."""
        return [each for each in self.asked if each in self.fields]

    @property
    def kind(self) -> MeetingKind:
        """The kind chosen; regular before that."""
        return MeetingKind(self.fields.get("kind", MeetingKind.REGULAR))

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
        known = [p for p in self.everybody if p.id not in on_roll and not p.is_clerk]
        return sorted(known, key=lambda p: (any(s.body for s in p.seats), p.id))

    @property
    def guests(self) -> tuple[GuestWanted, ...]:
        """Those asked for so far."""
        return tuple(GuestWanted(**each) for each in self.fields.get("invited", ()))

    @property
    def agenda(self) -> tuple[Entry, ...]:
        """What waits and is ticked, by why it waits and since when; then what was typed, in its order."""
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
        return tuple(entries)

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

    @property
    def has_files(self) -> bool:
        """Whether any document would go out with it."""
        return any(self.fields.get("files", {}).values())

    def _waited(self, key: str, item: WaitingItem) -> Entry:
        more = self.fields.get("more", {}).get(key, {})
        return Entry(
            key,
            item.subject,
            Matter(more.get("matter", item.matter)),
            bool(more.get("closed")),
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
