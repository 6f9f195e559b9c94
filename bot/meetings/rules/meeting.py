"""One meeting as facts: who is invited, who said what, what is dealt with, where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from bot.regulations.rules.meetings import MeetingRules
from bot.regulations.rules.regulation import Body
from bot.regulations.rules.standing import Stood
from bot.regulations.rules.terms import Matter, Next
from bot.votes.rules.vote import Vote


class MeetingKind(StrEnum):
    """What kind of meeting is called."""

    REGULAR = "regular"
    EXTRAORDINARY = "extraordinary"
    EXTENDED = "extended"
    """Of the body, with others beside it; with the quorum of the body."""
    KEY_CADRES = "key_cadres"
    """A conference of key cadres: no meeting of the body; no quorum, no votes."""
    WORKING_SESSION = "working_session"
    """An exchange with a named other party; no quorum, no votes."""


NO_BODY_MEETING = (MeetingKind.WORKING_SESSION, MeetingKind.KEY_CADRES)
"""Kinds in which the body does not decide anything."""


class MeetingStage(StrEnum):
    """Where a meeting stands."""

    SUBMITTED = "submitted"
    """It waits for the head's approval."""
    SENT_BACK = "sent_back"
    """The head sent it back with a remark; it waits for the office."""
    DECLINED = "declined"
    CALLED = "called"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"
    """Its day passed and nobody opened it: it is no meeting."""


class MeetingActKind(StrEnum):
    """Acts of head and clerk upon a meeting."""

    CALL = "call"
    DECLINE = "decline"
    SEND_BACK = "send_back"
    SUBMIT_AGAIN = "submit_again"
    CORRECT = "correct"
    CHANGE = "change"
    SEND_PAPERS = "send_papers"
    RECORD = "record"
    """It was held without the bot and is entered afterwards."""
    CANCEL = "cancel"
    OPEN = "open"
    CLOSE = "close"
    LAPSE = "lapse"
    """The clock found that its day passed without an opening."""


MENDING = (MeetingActKind.SEND_BACK, MeetingActKind.SUBMIT_AGAIN, MeetingActKind.CORRECT)
"""Acts before the approval, by which what is to be approved becomes another."""


class Mark(StrEnum):
    """What is noted of one person's attendance, in the order in which it happens."""

    ATTEND = "attend"
    ABSENT = "absent"
    CONSENT = "consent"
    REFUSE = "refuse"
    CHECK_IN = "check_in"
    LEAVE = "leave"


class Conclusion(StrEnum):
    """What became of an item."""

    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    ADJOURNED = "adjourned"
    """It returns to the next agenda by itself."""
    NOTED = "noted"
    """Heard and noted: nothing was to be decided."""
    TO_SUPERIOR = "to_superior"
    TO_STANDING_COMMITTEE = "to_standing_committee"
    DISCUSS_AGAIN = "discuss_again"
    """Opinions differed for the first time: it returns to the next agenda (HU 15.2)."""
    NOT_PUBLISHED = "not_published"
    """A vote that decided nothing: it returns to the next agenda."""


BY_VOTE_ALONE = (
    Conclusion.TO_SUPERIOR,
    Conclusion.TO_STANDING_COMMITTEE,
    Conclusion.DISCUSS_AGAIN,
    Conclusion.NOT_PUBLISHED,
)
"""Conclusions that nobody records by hand: a vote came to them."""


DECIDES = (Conclusion.ADOPTED, Conclusion.NOT_ADOPTED)
"""Conclusions by which something is decided."""


class Waits(StrEnum):
    """Why an item waits for a meeting, beside what a consultation leaves (a `Next` id)."""

    PROPOSED = "proposed"
    QUESTION = "question"
    ADJOURNED = "adjourned"
    SETTLED_BETWEEN = "settled_between"
    """What another body settled between two sessions (BK 1.9, 2.10)."""
    TAKEN_OVER = "taken_over"
    """It waited in a committee that has ended, and whose work goes on here."""


TO_BE_HEARD = frozenset({Next.REPORT_BACK.value, Waits.SETTLED_BETWEEN.value})
"""Why items wait on which nothing is to be decided."""


@dataclass(frozen=True, slots=True)
class Invitee:
    """One person invited: a member of the roll, or a guest, who may speak and never votes."""

    person: int
    name: str
    office: str
    full_time: bool = True
    guest: bool = False
    category: str = ""
    """The id of the rule by which a guest is invited; empty when there is none."""
    part_time_vice_president: bool = False


@dataclass(frozen=True, slots=True)
class GuestWanted:
    """A guest as asked for before the meeting is called; without a person one still to be entered."""

    name: str
    category: str = ""
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """A mark of attendance: of whom, when, by whom, why."""

    person: int
    mark: Mark
    at: datetime
    by: int
    reason: str = ""
    acting_for: int | None = None


@dataclass(frozen=True, slots=True)
class MeetingAct:
    """One act upon a meeting. `acting_for` is whom a delegate stood in for."""

    kind: MeetingActKind
    at: datetime
    by: int | None = None
    reason: str = ""
    acting_for: int | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)

    @property
    def changed(self) -> Sequence[Mapping[str, str]]:
        """What a correction made otherwise: each what, before and after."""
        changed: Sequence[Mapping[str, str]] = self.detail.get("changed", ())
        return changed


@dataclass(frozen=True, slots=True)
class Concluded:
    """The conclusion on an item: who recorded it, and for whom."""

    kind: Conclusion
    at: datetime
    by: int
    words: str = ""
    acting_for: int | None = None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item; `place` counts from 1."""

    id: int
    place: int
    subject: str
    matter: Matter = Matter.GENERAL
    closed: bool = False
    """Dealt with among members (nội dung cần họp riêng)."""
    reason: str = ""
    """Why it waited: a `Next` id or a `Waits`; empty for an item entered by hand."""
    responsible: int | None = None
    waiting_id: int | None = None
    consultation_id: int | None = None
    concluded: Concluded | None = None


@dataclass(frozen=True)
class Meeting:
    """A meeting from its submission on. The roll is fixed when it is called."""

    id: int
    committee: int
    rulebook: str
    body: Body
    kind: MeetingKind
    starts_at: datetime
    place: str
    uid: str
    sequence: int
    prepared_by: int
    submitted_at: datetime
    session: str = ""
    number: int | None = None
    called_at: datetime | None = None
    guests_wanted: tuple[GuestWanted, ...] = ()
    invitees: tuple[Invitee, ...] = ()
    items: tuple[AgendaItem, ...] = ()
    notes: tuple[Noted, ...] = ()
    acts: tuple[MeetingAct, ...] = ()
    votes: tuple[Vote, ...] = ()
    stood: Stood | None = None
    """From when to when its rule book stood, where the committee has another by now."""

    @property
    def rules(self) -> MeetingRules:
        """How its body meets; nothing is ruled where the text says nothing."""
        return self.body.meetings or MeetingRules()

    @cached_property
    def roll(self) -> tuple[Invitee, ...]:
        """The members, in the order of the roll: the denominator."""
        return tuple(each for each in self.invitees if not each.guest)

    @cached_property
    def guests(self) -> tuple[Invitee, ...]:
        """Those invited beside the members."""
        return tuple(each for each in self.invitees if each.guest)

    def invitee(self, person: int) -> Invitee | None:
        """The person as invited; None for anybody else."""
        return next((each for each in self.invitees if each.person == person), None)

    def item(self, item_id: int) -> AgendaItem | None:
        """The item of that id."""
        return next((each for each in self.items if each.id == item_id), None)

    def act(self, kind: MeetingActKind) -> MeetingAct | None:
        """The last act of that kind."""
        return next((act for act in reversed(self.acts) if act.kind is kind), None)

    @cached_property
    def stage(self) -> MeetingStage:
        """Where it stands, from its acts alone."""
        for kind, stage in _STAGES:
            if self.act(kind):
                return stage
        back = self.mended[-1:] and self.mended[-1].kind is MeetingActKind.SEND_BACK
        return MeetingStage.SENT_BACK if back else MeetingStage.SUBMITTED

    @cached_property
    def mended(self) -> tuple[MeetingAct, ...]:
        """How it went back to the office, came again, and was corrected before the approval."""
        return tuple(act for act in self.acts if act.kind in MENDING)

    @property
    def revision(self) -> int:
        """How often what the head is to approve has changed; a button carries the one that its reader saw."""
        return len(self.mended)

    @property
    def by_hand(self) -> bool:
        """Held without the bot and entered afterwards: nothing but its day is known."""
        return self.act(MeetingActKind.RECORD) is not None

    def last(self, person: int, *marks: Mark) -> Noted | None:
        """The last note of one of these marks on a person."""
        of = (n for n in reversed(self.notes) if n.person == person and n.mark in marks)
        return next(of, None)

    def answer(self, person: int) -> Noted | None:
        """Whether the person said to attend or to be absent; None before an answer."""
        return self.last(person, Mark.ATTEND, Mark.ABSENT)

    def consent(self, person: int) -> Noted | None:
        """What the head said to the absence that stands; None before a word, or without an absence."""
        said = None
        for note in reversed([each for each in self.notes if each.person == person]):
            if note.mark in (Mark.CONSENT, Mark.REFUSE):
                said = said or note
            elif note.mark in (Mark.ATTEND, Mark.ABSENT):
                return said if note.mark is Mark.ABSENT else None
        return None

    def is_present(self, person: int) -> bool:
        """Checked in and not gone."""
        last = self.last(person, Mark.CHECK_IN, Mark.LEAVE)
        return last is not None and last.mark is Mark.CHECK_IN

    @cached_property
    def present(self) -> tuple[Invitee, ...]:
        """Members who have checked in and not gone."""
        return tuple(each for each in self.roll if self.is_present(each.person))

    @cached_property
    def absent_with_consent(self) -> tuple[Invitee, ...]:
        """Members who are not there and to whose absence the head has consented."""
        return tuple(
            each
            for each in self.roll
            if not self._came(each.person)
            and (said := self.consent(each.person)) is not None
            and said.mark is Mark.CONSENT
        )

    @cached_property
    def absent_without_consent(self) -> tuple[Invitee, ...]:
        """Members who never came and have no consent, whatever they answered."""
        excused = {each.person for each in self.absent_with_consent}
        return tuple(
            each for each in self.roll if not self._came(each.person) and each.person not in excused
        )

    def _came(self, person: int) -> bool:
        return self.last(person, Mark.CHECK_IN) is not None


_STAGES = (
    (MeetingActKind.CANCEL, MeetingStage.CANCELLED),
    (MeetingActKind.CLOSE, MeetingStage.CLOSED),
    (MeetingActKind.RECORD, MeetingStage.CLOSED),
    (MeetingActKind.OPEN, MeetingStage.OPEN),
    (MeetingActKind.LAPSE, MeetingStage.LAPSED),
    (MeetingActKind.CALL, MeetingStage.CALLED),
    (MeetingActKind.DECLINE, MeetingStage.DECLINED),
)
