"""A written consultation with its papers, from its submission on: before its opening, while it runs, after its end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.consultations.rules.consultation import (
    Act,
    ActKind,
    Consultation,
    Content,
    FirstRound,
    InvalidSlip,
    Receipt,
    Reply,
)
from bot.regulations.rules.regulation import Body, Ground, Matter, Outcome, Silence, Threshold
from bot.regulations.rules.standing import Stood
from bot.values.corrections import Correction
from bot.values.files import FileRef


@dataclass(frozen=True, slots=True)
class SecondRound:
    """The consultation in which a divided matter is asked again: its number, and its outcome once it has one."""

    id: int
    number: int | None
    opened_at: datetime | None
    closed_at: datetime | None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Anew:
    """The other one of two consultations, of which the later was prepared anew for the roll of a new term."""

    id: int
    number: int | None
    """None while the later one waits for approval."""


@dataclass(frozen=True, slots=True)
class Added:
    """A file added to what already ran; it takes no other's place."""

    file: FileRef
    at: datetime
    by: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """A consultation from its submission on; `number`, `opened_at` and `consultation` come with the opening."""

    id: int
    committee: int
    asker: str
    """The committee's name: in whose name it is asked."""
    rulebook: str
    body: Body
    matter: Matter
    ground: Ground
    subject: str
    text: str
    text_sha256: str
    deadline: datetime | None
    submission_date: date | None
    special_reason: str
    silence_confirmed: bool
    prepared_by: int
    submitted_at: datetime
    files: tuple[FileRef, ...] = ()
    """All of them, those added later at the end."""
    added: tuple[Added, ...] = ()
    """Those added while it ran."""
    remarks: tuple[Act, ...] = ()
    """How it went back to the office and came again, before the opening."""
    corrections: tuple[Correction, ...] = ()
    """What was corrected before the opening, earliest first."""
    number: int | None = None
    approved_by: int | None = None
    approved_for: int | None = None
    """The head, where another stood in."""
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    declined: bool = False
    recalled: bool = False
    """Taken back before it opened."""
    consultation: Consultation | None = None
    late: tuple[Reply, ...] = ()
    """What came after the close: answers and late words; kept, never counted."""
    first: FirstRound | None = None
    """Of a second round: what is asked again."""
    second: SecondRound | None = None
    """Once it is asked again: in which consultation."""
    seconds: tuple[SecondRound | None, ...] = ()
    """The same of each content of a slip with several."""
    contents: tuple[Content, ...] = ()
    """Where the slip asks about several: each of them, the first one too."""
    place: int = 0
    """About which of them this speaks; 0 is the slip."""
    stood: Stood | None = None
    """From when to when its rule book stood, where the committee has another by now."""
    title: str = ""
    """Where it speaks about one of them: the subject of the slip."""
    anew_of: Anew | None = None
    """What it was prepared anew from: that one was held when a new term began."""
    anew: Anew | None = None
    """Of what a new term holds: the one prepared anew from it, unless that was declined or taken back."""

    def of(self, place: int) -> Dossier:
        """The same about one content of the slip: its subject, its matter, its answers, its end."""
        content = self.contents[place - 1]
        return replace(
            self,
            place=place,
            closed_at=self._content_closed_at(place),
            title=self.title or self.subject,
            subject=content.subject,
            matter=content.matter,
            consultation=self.consultation and self.consultation.of(place),
            late=tuple(reply for reply in self.late if reply.content == place),
            second=self.seconds[place - 1] if self.seconds else None,
        )

    def _content_closed_at(self, place: int) -> datetime | None:
        """When the content ended, by an objection or with the slip; None while it is asked."""
        running = self.consultation
        if running is None or not running.ended_contents:
            return self.closed_at
        return running.ended_contents.get(place, running.end.at if running.end else None)

    def at(self, place: int) -> Dossier:
        """The content at that place of the slip; at 0 the slip itself."""
        return self.of(place) if place else self

    @property
    def several(self) -> tuple[Dossier, ...]:
        """Each content of a slip with several; of a slip with one nothing."""
        return tuple(self.of(place) for place, _ in enumerate(self.contents, 1))

    @property
    def each(self) -> tuple[Dossier, ...]:
        """Content by content; of a slip with one, itself."""
        return self.several or (self,)

    @property
    def of_content(self) -> tuple[int, ...]:
        """What a button says of it behind the number of the slip: which content; of the slip nothing."""
        return (self.place,) if self.place else ()

    @property
    def threshold(self) -> Threshold | None:
        """How much agreement its matter needs on its ground; None where opinions are only collated."""
        again = self.first is not None
        return self.body.written.threshold_of(self.matter, self.ground, again=again)

    @property
    def silence(self) -> Silence:
        """What silence means for its matter."""
        return self.body.written.silence.on(self.matter)

    @property
    def reference(self) -> str:
        """How the register names it."""
        return f"consultation:{self.id}"

    @property
    def named(self) -> str:
        """How what follows from it is named: "consultation:3", of one content of several "consultation:3.2"."""
        return f"{self.reference}.{self.place}" if self.place else self.reference

    @property
    def sent_back(self) -> Act | None:
        """The head's remark that the office has not answered yet by submitting it again."""
        last = self.remarks[-1] if self.remarks else None
        return last if last is not None and last.kind is ActKind.SEND_BACK else None

    @property
    def asks_approval(self) -> bool:
        """Whether it waits for the head now."""
        ended = self.declined or self.recalled
        return self.opened_at is None and not ended and self.sent_back is None

    @property
    def revision(self) -> int:
        """How often what the head is to approve has changed; a button carries the one that its reader saw."""
        return len(self.corrections) + len(self.remarks)

    def with_act(self, act: Act) -> Dossier:
        """The same after one more act upon what runs."""
        running = self.running
        return replace(self, consultation=replace(running, acts=(*running.acts, act)))

    def with_reply(self, reply: Reply) -> Dossier:
        """The same after one more answer in time; whether it is reserved holds for the whole opinion."""
        running, reserved = self.running, reply.reserved
        before = (
            replace(each, reserved=reserved)
            if (each.person, each.content) == (reply.person, reply.content)
            else each
            for each in running.replies
        )
        return replace(self, consultation=replace(running, replies=(*before, reply)))

    def with_invalid(self, slip: InvalidSlip) -> Dossier:
        """The same after one more paper slip that is no answer."""
        running = self.running
        return replace(self, consultation=replace(running, invalid=(*running.invalid, slip)))

    def with_receipt(self, receipt: Receipt) -> Dossier:
        """The same after one more proof; the first of each strength is kept."""
        running = self.running
        if running.has_receipt(receipt.person, receipt.strength):
            return self
        return replace(self, consultation=replace(running, receipts=(*running.receipts, receipt)))

    @property
    def running(self) -> Consultation:
        """The facts since the opening; only asked of what has opened."""
        if self.consultation is None:
            raise LookupError(f"consultation {self.id} has not opened")
        return self.consultation
