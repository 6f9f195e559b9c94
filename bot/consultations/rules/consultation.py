"""A written consultation as facts: who was asked what, what happened, to whom, when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from itertools import chain
from typing import Protocol, TypeVar

from bot.regulations.rules.regulation import (
    Body,
    Cause,
    Ground,
    Matter,
    Rulings,
    Silence,
    Strength,
    Threshold,
    WrittenRules,
)
from bot.values.moments import INSTANT
from bot.values.working_days import WorkingCalendar


class Choice(StrEnum):
    """What a member answers."""

    APPROVE = "approve"
    APPROVE_WITH_COMMENTS = "approve_with_comments"
    REJECT = "reject"
    DIFFER = "differ"
    ABSTAIN = "abstain"
    """Only where the rule book has it; it is for nothing and against nothing."""


def choices(rules: WrittenRules) -> tuple[Choice, ...]:
    """The boxes of a slip: abstaining is one only where the rule book says so."""
    return tuple(each for each in Choice if each is not Choice.ABSTAIN or rules.abstain)


DIFFERING = frozenset({Choice.REJECT, Choice.DIFFER})
"""The differing opinions (ý kiến khác nhau)."""
ASKS_WORDS = DIFFERING | {Choice.APPROVE_WITH_COMMENTS}
"""Choices whose words are asked for and reminded of; without them they are answers all the same (5.3)."""


class Position(StrEnum):
    """Where a member stands: the choices, the ways of not having chosen, off the roll."""

    APPROVE = "approve"
    APPROVE_WITH_COMMENTS = "approve_with_comments"
    REJECT = "reject"
    DIFFER = "differ"
    ABSTAIN = "abstain"
    DEEMED_APPROVE = "deemed_approve"
    DEEMED_ABSTAIN = "deemed_abstain"
    """Silent past the own due moment, where the rule book counts that as abstaining."""
    SILENT = "silent"
    NOT_RECEIVED = "not_received"
    INVALID = "invalid"
    """A paper slip came back that is no answer, and no answer stands."""
    WAITING = "waiting"
    RECUSED = "recused"
    """Takes no part, its own interest being at stake; whatever it had answered is no answer."""
    STRUCK = "struck"


@dataclass(frozen=True, slots=True)
class Seat:
    """One member on the roll, as at the opening."""

    person: int
    name: str
    office: str
    full_time: bool = True


class Dated(Protocol):
    """A fact of a moment."""

    @property
    def at(self) -> datetime:
        """Since when it is so."""
        ...


Fact = TypeVar("Fact", bound=Dated)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that the text reached a member, and from when."""

    person: int
    strength: Strength
    at: datetime


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer given at `at`; a `reserved` one may go upward, and never outside (BK 9.2, HU 17.2).

    A press that waited out an outage was made at some moment from `at` until `latest`, nobody knows when.
    """

    person: int
    choice: Choice
    at: datetime
    words: str = ""
    reserved: bool = False
    on_paper: bool = False
    photo: bool = False
    """Whether a photo of the paper is kept: its words are on it."""
    paged: bool = False
    """Whether pages of it were kept later."""
    latest: datetime | None = None
    content: int = 1
    """Which content of the slip it answers."""

    @property
    def on_pages(self) -> bool:
        """Whether its words may be read on a photo or scan."""
        return self.photo or self.paged

    @property
    def lacks_words(self) -> bool:
        """Whether words were asked for and none are known (5.3)."""
        return self.choice in ASKS_WORDS and not self.words and not self.on_pages


INVALID = Position.INVALID.value
"""In place of a choice, where a paper slip is kept that is none."""


@dataclass(frozen=True, slots=True)
class InvalidSlip:
    """A paper slip that came back and is no answer, and why; it takes no answer's place, and is none."""

    person: int
    reason: str
    at: datetime


class ActKind(StrEnum):
    """Acts of an officer, a member or the clock upon an open consultation."""

    EXTEND = "extend"
    STRIKE = "strike"
    MORE_TIME = "more_time"
    RECUSE = "recuse"
    TAKE_PART = "take_part"
    """Who had said to take no part takes that back."""
    RECUSE_CONTENT = "recuse_content"
    """The same of one content of a slip with several; nothing is said of the others."""
    TAKE_PART_CONTENT = "take_part_content"
    WITHDRAW = "withdraw"
    CLOSE_BY_HAND = "close_by_hand"
    TO_MEETING = "to_meeting"
    DECLINE = "decline"
    HOLD = "hold"
    CLOSE = "close"
    CLOSE_CONTENT = "close_content"
    """An objection has ended one content of a slip with several; the others go on."""
    COUNT_UNDATABLE = "count_undatable"
    LEAVE_OUT_UNDATABLE = "leave_out_undatable"
    SEND_BACK = "send_back"
    SUBMIT_AGAIN = "submit_again"


ENDS = frozenset(
    {ActKind.WITHDRAW, ActKind.CLOSE_BY_HAND, ActKind.TO_MEETING, ActKind.CLOSE, ActKind.DECLINE}
)


OUT_OF_IT = (ActKind.RECUSE, ActKind.RECUSE_CONTENT)
RECUSALS = (*OUT_OF_IT, ActKind.TAKE_PART, ActKind.TAKE_PART_CONTENT)
"""What a member says of taking part, where an own interest is at stake; the last that is about a content counts."""
REMARKS = frozenset({ActKind.SEND_BACK, ActKind.SUBMIT_AGAIN})
"""How a request goes back to the office and comes again, before it opens."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act: who (None is the clock), upon whom, until when, why."""

    kind: ActKind
    at: datetime
    by: int | None = None
    of: int | None = None
    until: datetime | None = None
    reason: str = ""
    acting_for: int | None = None
    """The head, where another stood in."""
    content: int | None = None
    """Of a slip with several contents: about which of them it is; None is about all."""


@dataclass(frozen=True, slots=True)
class Outage:
    """A time in which nothing a member pressed is known to have been taken in.

    `lost`: it was taken in and is kept no more, the database having been brought back from a copy.
    """

    start: datetime
    end: datetime
    lost: bool = False


@dataclass(frozen=True, slots=True)
class FirstRound:
    """What a divided matter had come to, frozen when it is asked again; its own record never changes."""

    of: str
    """How the register names it: "consultation:3", "vote:5"."""
    number: int | None
    """Of the consultation, or of the meeting in which it was voted on."""
    ended_at: datetime
    positions: Mapping[int, Position]
    """Where everybody on its roll stood at the end."""
    asked: frozenset[int]
    """Who is asked again; nobody else answers anew."""
    replies: Mapping[int, Reply] = field(default_factory=dict)
    """The answers that stood then, of those on the roll."""
    struck: tuple[tuple[str, Reply], ...] = ()
    """The differing opinions of those who had been struck off, with their names: they stay (5.13)."""
    because: Cause | None = None
    """Why the rule book has it discussed once more, where that is no division."""

    @property
    def by_vote(self) -> bool:
        """Whether it was a vote in a meeting."""
        return self.of.startswith("vote:")


@dataclass(frozen=True, slots=True)
class Content:
    """One of several contents on a slip, with its own answers and its own result."""

    subject: str
    matter: Matter


@dataclass(frozen=True)
class Consultation:
    """All facts of one consultation, with the rules and the roll frozen at its opening."""

    id: int
    body: Body
    matter: Matter
    ground: Ground
    roll: tuple[Seat, ...]
    opened_at: datetime
    deadline: datetime
    calendar: WorkingCalendar
    receipts: tuple[Receipt, ...] = ()
    replies: tuple[Reply, ...] = ()
    acts: tuple[Act, ...] = ()
    outages: tuple[Outage, ...] = ()
    silence_confirmed: bool = False
    deadline_stated: bool = True
    """False where the regulation's own days were taken because nobody stated a deadline."""
    first: FirstRound | None = None
    """The divided matter that is asked again; None where this is no second round."""
    contents: tuple[Content, ...] = ()
    """Where the slip asks about several: each of them, the first one too."""
    place: int = 1
    """About which of them this speaks: its matter and its answers. Moments are those of the slip."""
    apart: bool = False
    """Whether it speaks about that content alone, which an objection may end before the others."""
    invalid: tuple[InvalidSlip, ...] = ()
    """Paper slips that came back and are no answer."""

    def of(self, place: int) -> Consultation:
        """The same about another content of the slip; every rule is applied to one of them."""
        matter = self.contents[place - 1].matter
        return replace(self, place=place, matter=matter, apart=True)

    @property
    def each(self) -> tuple[Consultation, ...]:
        """Content by content; of a slip with one, itself."""
        # Not kept for a slip with one: what holds itself stays until garbage is searched for.
        return self._several or (self,)

    @cached_property
    def _several(self) -> tuple[Consultation, ...]:
        return tuple(self.of(place) for place, _ in enumerate(self.contents, 1))

    @property
    def rules(self) -> WrittenRules:
        """The rules it was opened under."""
        return self.body.written

    @property
    def threshold(self) -> Threshold | None:
        """How much agreement its matter needs on its ground; None where opinions are only collated."""
        again = self.first is not None
        return self.rules.threshold_of(self.matter, self.ground, again=again)

    @property
    def silence(self) -> Silence:
        """What silence means for its matter."""
        return self.rules.silence.on(self.matter)

    @cached_property
    def head(self) -> int | None:
        """Whose side a tie goes to: the head on the roll at the opening."""
        return self.body.head_among((seat.office, seat.person) for seat in self.roll)

    @property
    def rulings(self) -> Rulings:
        """What follows a count: in a second round a division is the second one (HU 15.2, HD 2.2)."""
        again = self.rules.second_round
        if self.first is None or again is None:
            return self.rules.rulings
        return again.rulings(self.rules.rulings)

    @cached_property
    def end(self) -> Act | None:
        """The act that ended it, if one did; nothing is taken after it (I3)."""
        return next((act for act in self.acts if act.kind in ENDS), None)

    @cached_property
    def ended_contents(self) -> Mapping[int, datetime]:
        """By its place when each content ended that an objection ended before the slip, as it was recorded."""
        ended = (act for act in self.acts if act.kind is ActKind.CLOSE_CONTENT)
        return {act.content: act.at for act in ended if act.content is not None}

    @property
    def close_recorded(self) -> bool:
        """Whether the end of what this speaks about, the slip or a content, stands in the record."""
        return self.end is not None or (self.apart and self.place in self.ended_contents)

    @property
    def ended_by(self) -> Act | None:
        """The act that ended what this speaks about; None where an objection ended it before its slip."""
        return None if self.apart and self.place in self.ended_contents else self.end

    @property
    def others_go_on(self) -> bool:
        """Whether this content of a slip has ended and others are still asked."""
        return self.apart and self.place in self.ended_contents and self.end is None

    @cached_property
    def standing(self) -> tuple[Seat, ...]:
        """The roll without those struck off, and where the rule book says so without those who take no part."""
        rule = self.rules.recusal
        out = self.recused if rule and rule.out_of_base else frozenset()
        return tuple(
            seat for seat in self.roll if seat.person not in self.struck and seat.person not in out
        )

    @cached_property
    def asked(self) -> tuple[Seat, ...]:
        """Those who are to answer: the standing roll, of a second round those of it who are asked again."""
        taking = tuple(seat for seat in self.standing if seat.person not in self.recused)
        if self.first is None:
            return taking
        return tuple(seat for seat in taking if seat.person in self.first.asked)

    @cached_property
    def standing_on_slip(self) -> tuple[Seat, ...]:
        """Those who stand for anything on the slip; of a slip with one content the standing roll."""
        standing = {seat.person for each in self.each for seat in each.standing}
        return tuple(seat for seat in self.roll if seat.person in standing)

    @cached_property
    def on_slip(self) -> tuple[Seat, ...]:
        """Those who are to answer anything on the slip; of a slip with one content those asked."""
        asked = {seat.person for each in self.each for seat in each.asked}
        return tuple(seat for seat in self.roll if seat.person in asked)

    @cached_property
    def recused_from_all(self) -> frozenset[int]:
        """Those who take part in nothing on the slip."""
        return frozenset.intersection(*(each.recused for each in self.each))

    @cached_property
    def recused(self) -> frozenset[int]:
        """Those who take no part: they said so of this content and did not take it back, or in its first round."""
        before = self.first.positions.items() if self.first else ()
        return self.said_to_recuse | {person for person, at in before if at is Position.RECUSED}

    @cached_property
    def said_to_recuse(self) -> frozenset[int]:
        """Those who said so of this content itself, or of the slip, and did not take it back."""
        last = {act.of: act.kind for act in self.recusals}
        return frozenset(person for person, kind in last.items() if person and kind in OUT_OF_IT)

    @property
    def recusals(self) -> tuple[Act, ...]:
        """What members said of taking part in this content until it ended, in its order."""
        about, ended = (None, self.place), self.ended_contents.get(self.place)
        said = (a for a in self.acts if a.kind in RECUSALS and a.content in about)
        return tuple(a for a in said if ended is None or a.at <= ended)

    @cached_property
    def struck(self) -> Mapping[int, Act]:
        """Those taken off the roll of this matter, with the act that did it."""
        strikes = (act for act in self.acts if act.kind is ActKind.STRIKE)
        return {act.of: act for act in strikes if act.of is not None}

    @cached_property
    def stated_deadline(self) -> datetime:
        """The deadline after every extension."""
        return max([self.deadline, *(until for _, until in self.extensions)])

    @cached_property
    def extensions(self) -> tuple[tuple[datetime, datetime], ...]:
        """When the time was extended, and until when."""
        extended = (act for act in self.acts if act.kind is ActKind.EXTEND)
        return tuple((act.at, act.until) for act in extended if act.until)

    def deadline_at(self, moment: datetime) -> datetime:
        """The stated deadline as it stood at `moment`."""
        return max([self.deadline, *(until for at, until in self.extensions if at <= moment)])

    @cached_property
    def own_replies(self) -> tuple[Reply, ...]:
        """The answers to this content, in their order."""
        return tuple(reply for reply in self.replies if reply.content == self.place)

    @cached_property
    def last_replies(self) -> Mapping[int, Reply]:
        """The last answer to this content of each person who gave one."""
        return {reply.person: reply for reply in self.own_replies}

    @cached_property
    def first_replies(self) -> Mapping[int, datetime]:
        """When each person who answered anything on the slip first did: since then at least the receipt is proven."""
        return _earliest((reply.person, reply.at) for reply in self.replies)

    @cached_property
    def answered_all(self) -> Mapping[int, datetime]:
        """When each person had answered all that the slip asks of that person; without those who left something blank.

        A content that an objection has ended is asked no more. Of whom nothing is asked: when the first answer came.
        """
        if not self.contents:
            return self.first_replies
        still = [each for each in self.each if each.place not in self.ended_contents]
        firsts = [
            (
                {seat.person for seat in each.asked},
                _earliest((reply.person, reply.at) for reply in each.own_replies),
            )
            for each in still
        ]
        found = dict[int, datetime]()
        for person, first in self.first_replies.items():
            wanted = [came.get(person) for asked, came in firsts if person in asked]
            given = [at for at in wanted if at is not None]
            if len(given) == len(wanted):
                found[person] = max(given, default=first)
        return found

    @cached_property
    def invalid_slips(self) -> Mapping[int, InvalidSlip]:
        """Of each person whose paper slip was entered as invalid the last entry; an answer beside it stands."""
        return {slip.person: slip for slip in self.invalid}

    @cached_property
    def returned(self) -> Mapping[int, datetime]:
        """Since when something has come back of each person: an answer, or an invalid slip (thu về)."""
        slips = ((slip.person, slip.at) for slip in self.invalid)
        return _earliest(chain(self.first_replies.items(), slips))

    @cached_property
    def asked_until(self) -> Mapping[int, datetime]:
        """Until when members asked for time; the last word of each counts."""
        asked = (act for act in self.acts if act.kind is ActKind.MORE_TIME)
        return {act.of: act.until for act in asked if act.of is not None and act.until}

    @cached_property
    def received_at(self) -> Mapping[int, datetime]:
        """Since when receipt is proven as strongly as the regulation asks; what came back proves it too."""
        return _earliest(chain(self._receipt_proofs, self.returned.items()))

    @cached_property
    def clock_from(self) -> Mapping[int, datetime]:
        """From when a recipient's own clock runs: as `received_at`, but no paper answer starts one."""
        taps = ((reply.person, reply.at) for reply in self.replies if not reply.on_paper)
        return _earliest(chain(self._receipt_proofs, taps))

    def has_receipt(self, person: int, strength: Strength) -> bool:
        """Whether a proof of just this strength is kept for this person."""
        return any(each.person == person and each.strength == strength for each in self.receipts)

    def has(self, person: int) -> bool:
        """Whether this person stands on the roll now."""
        return person in self._persons_standing

    def asks(self, person: int) -> bool:
        """Whether this person is to answer now: stands on the roll, takes part, and is asked."""
        return person in self._persons_asked

    def asks_anything(self, person: int) -> bool:
        """Whether this person is to answer anything on the slip now."""
        return any(each.asks(person) for each in self.each)

    def blank_for(self, person: int) -> tuple[Consultation, ...]:
        """The contents that this person is asked and has not answered; one that an objection ended is asked no more."""
        return tuple(
            each
            for each in self.each
            if each.asks(person) and person not in each.last_replies and not each.others_go_on
        )

    def awaits(self, person: int) -> bool:
        """Whether an answer of this person is still wanted to anything on the slip."""
        return bool(self.blank_for(person))

    def until(self, moment: datetime) -> Consultation:
        """The same with its receipts, replies and acts up to `moment`, that moment included.

        Itself where none came later, with what was found out about it.
        """
        facts: chain[Dated] = chain(self.receipts, self.replies, self.acts, self.invalid)
        if all(fact.at <= moment for fact in facts):
            return self
        return replace(
            self,
            receipts=_up_to(self.receipts, moment),
            replies=_up_to(self.replies, moment),
            acts=_up_to(self.acts, moment),
            invalid=_up_to(self.invalid, moment),
        )

    def not_before(self, moment: datetime) -> datetime:
        """The moment, or that of the last fact known if it is later.

        A message is dated by its whole second: an act typed at the end of one must not leave out
        what was pressed within it.
        """
        facts: chain[Dated] = chain(self.receipts, self.replies, self.acts, self.invalid)
        return max([moment, *(fact.at for fact in facts)])

    def after_what_has_ended(self, moment: datetime) -> datetime:
        """The moment, or the next microsecond after the recorded end of this and of each content, if that is later.

        What comes in once a result is recorded is no part of it, also where the end is dated ahead or falls
        on the same moment (I3, I4).
        """
        last = max(
            [*self.ended_contents.values(), *((self.end.at,) if self.end else ())], default=None
        )
        return moment if last is None else max(moment, last + INSTANT)

    def next_fact(self, moment: datetime) -> datetime | None:
        """When the first receipt, reply or act after `moment` came."""
        facts: chain[Dated] = chain(self.receipts, self.replies, self.acts, self.invalid)
        return min((fact.at for fact in facts if fact.at > moment), default=None)

    def next_receipt(self, moment: datetime) -> datetime | None:
        """When after `moment` the text first reached somebody."""
        return min((at for at in self.received_at.values() if at > moment), default=None)

    def next_act(self, moment: datetime) -> datetime | None:
        """When the first act after `moment` was done."""
        return min((act.at for act in self.acts if act.at > moment), default=None)

    # Asked of every member in turn, such as for a list: to go through the roll each time would be its square.
    @cached_property
    def _persons_standing(self) -> frozenset[int]:
        return frozenset(seat.person for seat in self.standing)

    @cached_property
    def _persons_asked(self) -> frozenset[int]:
        return frozenset(seat.person for seat in self.asked)

    @cached_property
    def _receipt_proofs(self) -> tuple[tuple[int, datetime], ...]:
        needed = self.rules.silence.receipt
        proofs = [(r.person, r.at) for r in self.receipts if r.strength >= needed]
        asked = (act for act in self.acts if act.kind is ActKind.MORE_TIME)
        return (*proofs, *((act.of, act.at) for act in asked if act.of is not None))


def _earliest(proofs: Iterable[tuple[int, datetime]]) -> Mapping[int, datetime]:
    earliest: dict[int, datetime] = {}
    for person, at in proofs:
        earliest[person] = min(at, earliest.get(person, at))
    return earliest


def _up_to(facts: tuple[Fact, ...], moment: datetime) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact.at <= moment)
