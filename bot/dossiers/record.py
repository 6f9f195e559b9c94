"""`record.json`: all facts of written consultations, to be read and counted anew without this program.

Its form is described for others in docs/recount/README.md; whoever changes it changes `VERSION` and that page.
Moments are ISO 8601 in UTC, with microseconds; persons are numbers that stand beside their names in the roll.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal

from bot.calendar import face as calendars
from bot.consultations.rules.consultation import (
    REMARKS,
    Act,
    ActKind,
    Choice,
    Consultation,
    Content,
    InvalidSlip,
    Outage,
    Receipt,
    Reply,
    Seat,
)
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.renewal import renews, ruling_of
from bot.consultations.rules.tally import differs, silence_means_abstention, silence_means_consent
from bot.dossiers.duties import DutyPart
from bot.dossiers.meeting_record import MeetingPart
from bot.dossiers.part import FilePart, Moment, Part, part_of, parts_of, values_of
from bot.dossiers.years import YearPart
from bot.issuing.rules.letterhead import Paper
from bot.regulations.rules.regulation import Body, Ground, Matter, Row, Strength
from bot.regulations.rules.terms import Base, Least

VERSION = 3
"""Version 2 told neither its page nor its papers, nor years; version 1 had no slips with several contents, no meetings,
no rules beside a share of the roll. Both are read, too."""


class SeatPart(Part):
    """One member on the roll."""

    person: int
    name: str
    office: str
    full_time: bool


class ReceiptPart(Part):
    """A proof that the text reached a member; strength 1 delivered, 2 acknowledged, 3 recorded on paper."""

    person: int
    strength: int
    at: Moment


class ReplyPart(Part):
    """An answer, given between `at` and `latest` where nobody knows when; a `late` one is kept and not counted."""

    person: int
    choice: Choice
    words: str
    at: Moment
    latest: Moment | None
    reserved: bool
    on_paper: bool
    photo: bool
    late: bool
    content: int | None = None
    """Of a slip with several contents: which one it answers."""


class InvalidPart(Part):
    """A paper slip that came back and is no answer, and why."""

    person: int
    reason: str
    at: Moment


class ActPart(Part):
    """An act upon it: by whom (null is the clock), upon whom, until when, why."""

    kind: ActKind
    at: Moment
    by: int | None
    of: int | None
    until: Moment | None
    reason: str
    acting_for: int | None
    content: int | None = None
    """Of a slip with several contents about which of them it is; null is about all."""


class OutagePart(Part):
    """A time in which nothing pressed is known to have been taken in."""

    start: Moment
    end: Moment
    lost: bool


class CalendarPart(Part):
    """The working calendar frozen at the opening."""

    version: str
    off: tuple[date, ...]
    working: tuple[date, ...]
    computed_years: tuple[int, ...]
    last_year: int | None


class RulingPart(Part):
    """What follows one row of the outcome table."""

    outcome: str
    next: str
    article: str


class LeastPart(Part):
    """A least number beside the share: the number, or the share of the roll that it is."""

    number: int
    share: str
    inclusive: bool


class AgainPart(Part):
    """A cause to discuss it once more: why, from which share on of those against or for it, and what follows."""

    because: str
    share: str | None
    inclusive: bool
    base: Base
    ruling: RulingPart


class RulesPart(Part):
    """What of the regulation decides, resolved for this matter, so that a stranger needs no other text."""

    share: str | None
    """The least share of the roll, such as "2/3"; null where opinions are only collated."""
    inclusive: bool
    """Whether the share itself is enough, or more than it is needed."""
    differing: tuple[Choice, ...]
    """Which answers are differing opinions."""
    silence_consents: bool
    """Whether silence after a receipt is agreement, for this matter and ground."""
    receipt: int
    """The least strength of a receipt."""
    strike_erases: bool
    own_clocks: bool
    """Whether each member's own time runs from the receipt; then only the product tells whether it is over."""
    rulings: dict[Row, RulingPart]
    base: Base = Base.MEMBERS
    """Of what the share is."""
    in_favour: LeastPart | None = None
    """How many must agree at least."""
    answers: LeastPart | None = None
    """How many must answer at least."""
    recused_out: bool = False
    """Whether the roll is the smaller for who takes no part."""
    silence_abstains: bool = False
    """Whether silence after a receipt is noted as abstaining, for this matter."""
    objection: int | None = None
    """So many minutes after it a standing differing opinion ends the matter, which it fails; null where none does."""
    tie_to: int | None = None
    """Who decides by agreeing where just half agrees; null where half is too few."""
    again: tuple[AgainPart, ...] = ()
    """Causes to discuss it once more; the first that the numbers give goes before `rulings`."""


class ContentPart(Part):
    """One of several contents on a slip; its answers bear its place, from 1, as its result does."""

    subject: str
    matter: Matter
    rules: RulesPart


class MatterPart(Part):
    """One consultation."""

    id: int
    number: int | None
    body: str
    body_name: str
    matter: Matter
    ground: Ground
    subject: str
    text: str
    files: tuple[FilePart, ...]
    opened_at: Moment
    deadline: Moment
    deadline_stated: bool
    silence_confirmed: bool
    calendar: CalendarPart
    roll: tuple[SeatPart, ...]
    receipts: tuple[ReceiptPart, ...]
    replies: tuple[ReplyPart, ...]
    invalid: tuple[InvalidPart, ...]
    acts: tuple[ActPart, ...]
    outages: tuple[OutagePart, ...]
    second_of: str | None
    """What a second round asks again; only the product counts such a one."""
    contents: tuple[ContentPart, ...] = ()
    """Of a slip with several: each of them, in their order."""
    rules: RulesPart
    """Of a slip with several contents those of the first one."""
    regulation: str
    """The digest of the regulation it was opened under."""
    closed_at: Moment | None
    result: dict[str, Any] | None
    """The outcome as it was recorded at the close; of several contents that of each, in `contents`."""


class RegulationPart(Part):
    """A regulation: the path of its text in the dossier, the name it was read under, the values chosen."""

    digest: str
    name: str
    path: str
    settings: dict[str, Any]


class RegisterPart(Part):
    """Where the register stood when the dossier was made."""

    committee: int
    number: int
    digest: str


class ClosurePart(Part):
    """How the committee ended; `successor` by name."""

    since: date
    decision: str
    decided_on: date | None
    successor: str


class LeftOutPart(Part):
    """A consultation whose slips stay without names, so that no dossier has it."""

    number: int | None
    subject: str


class PagePart(Part):
    """What `index.html` tells beside everything else in the record."""

    edition: str
    """A digest of the words of the program that drew it: by others it would read otherwise."""
    closure: ClosurePart | None = None
    left_out: tuple[LeftOutPart, ...] = ()
    papers: str = ""
    """The same digest of the words of the papers; "" where nobody kept it."""


class PaperPart(Part):
    """A paper that was drawn up: which, and of what."""

    path: str
    paper: Paper
    of: str
    """As the register names it: "consultation:3", "meeting:1"."""
    content: int | None
    """Of a slip with several contents: which one it tells of."""
    own_template: bool
    """Whether the office's own words stand on it, which need not tell everything."""


class Record(Part):
    """The whole of it."""

    version: Literal[1, 2, 3]
    committee: str
    made_at: Moment
    regulations: tuple[RegulationPart, ...]
    """In the order in which something went by them first."""
    register_head: RegisterPart
    matters: tuple[MatterPart, ...]
    meetings: tuple[MeetingPart, ...] = ()
    duties: tuple[DutyPart, ...] = ()
    page: PagePart | None = None
    papers: tuple[PaperPart, ...] = ()
    years: tuple[YearPart, ...] = ()


# --- from the facts, and back -----------------------------------------------------------------------


def _opened(running: Consultation) -> dict[str, Any]:
    """What was frozen at the opening."""
    kept = calendars.as_kept(running.calendar)
    return {
        "opened_at": running.opened_at,
        "deadline": running.deadline,
        "deadline_stated": running.deadline_stated,
        "silence_confirmed": running.silence_confirmed,
        "calendar": CalendarPart(version=running.calendar.version, **kept),
        "roll": parts_of(SeatPart, running.roll),
        "second_of": running.first.of if running.first else None,
    }


def _happened(dossier: Dossier) -> dict[str, Any]:
    """What has come of it since, before the opening too, each kind in the order in which it is kept."""
    running, several = dossier.running, bool(dossier.contents)
    replies = [(reply, False) for reply in running.replies] + [(r, True) for r in dossier.late]
    return {
        "receipts": parts_of(ReceiptPart, running.receipts),
        "replies": tuple(
            part_of(ReplyPart, reply, late=late, content=reply.content if several else None)
            for reply, late in replies
        ),
        "invalid": parts_of(InvalidPart, running.invalid),
        "acts": parts_of(ActPart, (*dossier.remarks, *running.acts)),
        "outages": parts_of(OutagePart, running.outages),
    }


def matter_of(
    dossier: Dossier, result: Mapping[str, Any] | None, paths: Mapping[str, str]
) -> MatterPart:
    """A consultation that has opened; `paths` says where each of its files lies, by digest."""
    running = dossier.running
    return part_of(
        MatterPart,
        dossier,
        body=dossier.body.id,
        body_name=dossier.body.name,
        regulation=dossier.rulebook,
        files=tuple(part_of(FilePart, each, path=paths[each.sha256]) for each in dossier.files),
        **_opened(running),
        **_happened(dossier),
        contents=tuple(
            part_of(ContentPart, content, rules=rules_of(running.of(place)))
            for place, content in enumerate(running.contents, 1)
        ),
        rules=rules_of(running.each[0]),
        result=dict(result) if result else None,
    )


def _again(running: Consultation) -> Iterator[AgainPart]:
    for cause, rule in renews(running).items():
        ruled = ruling_of(running, cause)
        yield AgainPart(
            because=cause.value,
            share=str(rule.share.fraction) if rule.share else None,
            inclusive=rule.share.inclusive if rule.share else True,
            base=rule.share.base if rule.share else Base.MEMBERS,
            ruling=RulingPart(
                outcome=ruled.outcome.value, next=ruled.next.value, article=ruled.article
            ),
        )


def rules_of(running: Consultation) -> RulesPart:
    """What of the rules decides this matter."""
    rules, threshold = running.rules, running.threshold
    rulings = {row: running.rulings[row] for row in Row}
    return RulesPart(
        share=str(threshold.fraction) if threshold else None,
        inclusive=threshold.inclusive if threshold else True,
        differing=tuple(Choice(each.value) for each in differs(rules)),
        silence_consents=silence_means_consent(running),
        receipt=int(rules.silence.receipt),
        strike_erases=rules.strike_erases,
        own_clocks=rules.window.clock == "recipient",
        rulings={
            row: RulingPart(outcome=each.outcome.value, next=each.next.value, article=each.article)
            for row, each in rulings.items()
        },
        base=threshold.base if threshold else Base.MEMBERS,
        in_favour=_least(threshold.in_favour) if threshold else None,
        answers=_least(threshold.answers) if threshold else None,
        recused_out=rules.recusal is not None and rules.recusal.out_of_base,
        silence_abstains=silence_means_abstention(running),
        objection=rules.objection.minutes if rules.objection else None,
        tie_to=running.head if threshold and threshold.tie else None,
        again=tuple(_again(running)),
    )


def _least(least: Least | None) -> LeastPart | None:
    if least is None:
        return None
    return LeastPart(number=least.number, share=str(least.fraction), inclusive=least.inclusive)


def consultation_of(part: MatterPart, body: Body) -> Consultation:
    """The consultation that a record tells, under the rules of its body; never of a second round."""
    days = part.calendar.model_dump(mode="json", exclude={"version"})
    acts = [each for each in part.acts if each.kind not in REMARKS]
    return Consultation(
        id=part.id,
        body=body,
        matter=part.matter,
        ground=part.ground,
        roll=tuple(Seat(**values_of(each)) for each in part.roll),
        opened_at=part.opened_at,
        deadline=part.deadline,
        calendar=calendars.from_kept(days, part.calendar.version),
        receipts=tuple(
            Receipt(each.person, Strength(each.strength), each.at) for each in part.receipts
        ),
        replies=tuple(_reply(each) for each in part.replies if not each.late),
        invalid=tuple(InvalidSlip(**values_of(each)) for each in part.invalid),
        acts=tuple(Act(**values_of(each)) for each in acts),
        outages=tuple(Outage(**values_of(each)) for each in part.outages),
        silence_confirmed=part.silence_confirmed,
        deadline_stated=part.deadline_stated,
        contents=tuple(Content(each.subject, each.matter) for each in part.contents),
    )


def _reply(part: ReplyPart) -> Reply:
    """An answer that counts; on a slip with one content it answers the first."""
    told = values_of(part)
    del told["late"]
    return Reply(**{**told, "content": part.content or 1})
