"""A vote in the room: what is asked, what it comes to; and a secret ballot as letters and bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from bot.regulations.rules.meetings import ConfidenceLevel, VoteRule
from bot.regulations.rules.regulation import Next, Outcome
from bot.regulations.rules.terms import Base, Judged, Matter, Numbers


class VoteKind(StrEnum):
    """What is asked."""

    APPROVE = "approve"
    """One question."""
    NAMES = "names"
    """Each name of a list is answered."""
    CONFIDENCE = "confidence"
    """Each name gets one of three levels (lấy phiếu tín nhiệm)."""


APPROVE, REJECT, DIFFER, ABSTAIN = "approve", "reject", "differ", "abstain"
THE_QUESTION = ""
"""Under which the answer to a vote without names is kept."""
LEAST_EVER = 3
"""No secret vote of fewer ballots is ever published, whatever is configured."""
MOST_NAMES = 30
"""Names on one list: a ballot travels whole in a button, one letter a name."""


class Unpublished(StrEnum):
    """Why a vote decides nothing."""

    TOO_FEW = "too_few"
    """So few ballots that they would show who chose what."""
    BOX_DIFFERS = "box_differs"
    """The box holds another number of ballots than the roll has names."""
    BOX_LOST = "box_lost"
    """The box cannot be opened: its key is gone."""
    NO_QUORUM = "no_quorum"
    """Too few members took part for anything to be decided."""
    ENDED = "ended"
    """The committee ended while it was open."""


Answers = Mapping[str, str]
"""One person's or one ballot's answers: by name, or under THE_QUESTION."""
NO_ANSWERS: Answers = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class OpenVote:
    """A named answer in an open vote; the last before the close counts."""

    person: int
    answers: Answers
    at: datetime
    words: str = ""
    reserved: bool = False
    """Whether the member reserves the opinion; it counts as before (BK 9.2, HU 17.2)."""

    @property
    def differs(self) -> bool:
        """Whether the one question was answered otherwise than by approving."""
        return self.answers.get(THE_QUESTION) in (REJECT, DIFFER)


@dataclass(frozen=True, slots=True)
class RaisedHands:
    """Hands raised in an open vote on one question, as the office entered them; the last entry counts.

    `among` are the members who were there and had not voted by phone at that moment: whoever raised a hand is
    one of them, and of those against it is known who. Nobody of them votes by phone while the entry stands.
    """

    approve: int
    against: tuple[int, ...]
    abstain: int
    among: frozenset[int]
    at: datetime
    by: int
    acting_for: int | None = None

    @property
    def total(self) -> int:
        """How many hands; 0 takes an earlier entry back."""
        return self.approve + len(self.against) + self.abstain

    @property
    def answers(self) -> tuple[Answers, ...]:
        """One answer a hand, without a name."""
        hands = ((APPROVE, self.approve), (REJECT, len(self.against)), (ABSTAIN, self.abstain))
        return tuple({THE_QUESTION: choice} for choice, count in hands for _ in range(count))

    @property
    def known(self) -> frozenset[int]:
        """Who has certainly taken part: those against, and everybody where nobody kept the hand down."""
        return self.among if self.total == len(self.among) else frozenset(self.against)


@dataclass(frozen=True, slots=True)
class Recusing:
    """What was said of a member's taking no part in a vote, an own interest being at stake; the last word counts."""

    person: int
    out: bool
    """Takes no part; else takes part again."""
    reason: str
    at: datetime
    by: int
    """The member, or whoever of the office entered it."""
    acting_for: int | None = None


@dataclass(frozen=True, slots=True)
class VoteResult:
    """What a vote came to, with its numbers and articles.

    `counts` has for every name (or THE_QUESTION) how often each option was chosen; `adopted` the
    names that passed. A result that is not published has no counts.
    """

    outcome: Outcome
    next: Next
    roll: int
    present: int
    turnout: int
    required: int | None
    counts: Mapping[str, Mapping[str, int]]
    adopted: tuple[str, ...]
    articles: tuple[str, ...]
    least_ballots: int | None = None
    """How many ballots a secret vote needs to be published."""
    because: Unpublished | None = None
    """Why it was not published."""
    base: int | None = None
    """Of how many `required` is, where the share is of those who are for or against."""
    by_tie: bool = False
    """Just half was for it, and the head among them."""
    answers_required: int = 0
    """How many must have voted before anything carries; 0 where the text asks for no number."""
    recused: int = 0
    """How many took no part. Out of the base, `roll` and `present` of what was counted are without them."""


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote on one item. Of a secret one nothing but the turnout is known while it is open."""

    id: int
    item_id: int
    kind: VoteKind
    secret: bool
    matter: Matter
    names: tuple[str, ...]
    opened_at: datetime
    opened_by: int
    opened_for: int | None = None
    closed_at: datetime | None = None
    closed_by: int | None = None
    closed_for: int | None = None
    cast: tuple[OpenVote, ...] = ()
    """Of an open vote: every answer, in order."""
    voted: frozenset[int] = field(default_factory=frozenset)
    """Who has voted by phone; what an open answer said counts only while its member takes part."""
    raised: RaisedHands | None = None
    """Hands raised beside; none where there are no hands."""
    result: VoteResult | None = None
    abstains: bool = False
    """Whether abstaining was among the answers when it was opened."""
    recusals: tuple[Recusing, ...] = ()
    """What was said of taking no part, in order."""

    @property
    def questions(self) -> tuple[str, ...]:
        """What each voter answers: every name, or the one question."""
        return self.names or (THE_QUESTION,)

    @property
    def options(self) -> tuple[str, ...]:
        """What may be answered to each."""
        return options(self.kind, secret=self.secret, abstains=self.abstains)

    @property
    def effective(self) -> dict[int, OpenVote]:
        """The answer that counts, of each who voted openly and takes part."""
        out = self.recused
        return {each.person: each for each in self.cast if each.person not in out}

    @property
    def recused(self) -> frozenset[int]:
        """Who takes no part now."""
        last = {each.person: each.out for each in self.recusals}
        return frozenset(person for person, out in last.items() if out)

    @property
    def by_phone(self) -> frozenset[int]:
        """Who has voted by phone, and takes part."""
        return self.voted - self.recused

    @property
    def answers(self) -> list[Answers]:
        """Of an open vote: every answer that counts, by phone and by hand."""
        by_phone = [each.answers for each in self.effective.values()]
        return [*by_phone, *(self.raised.answers if self.raised else ())]

    @property
    def turnout(self) -> int:
        """How many have voted, by phone and by hand."""
        return len(self.by_phone) + (self.raised.total if self.raised else 0)


def said_by(vote: Vote, person: int | None) -> Answers:
    """What this person answered, where that is known: openly by phone, or all who were there raised one hand."""
    raised = vote.raised
    if person in vote.effective:
        return vote.effective[person].answers
    if raised is None or person not in raised.among or raised.approve < len(raised.among):
        return {}
    return {THE_QUESTION: APPROVE}


def options(kind: VoteKind, *, secret: bool, abstains: bool = False) -> tuple[str, ...]:
    """The answers of a vote, in the order shown. Words belong to open votes alone, and so does to abstain."""
    if kind is VoteKind.CONFIDENCE:
        return tuple(level.value for level in ConfidenceLevel)
    if secret:
        return (APPROVE, REJECT)
    given = (APPROVE, REJECT) if kind is VoteKind.NAMES else (APPROVE, REJECT, DIFFER)
    return (*given, ABSTAIN) if abstains else given


@dataclass(frozen=True, slots=True)
class Room:
    """Who could vote: the whole roll, and the members who attended the sitting of this vote."""

    roll: int
    present: int
    quorum: int = 0
    """How many of the roll a sitting needs; 0 where the text asks for no quorum."""
    recused: int = 0
    """How many of those present take no part in this vote."""

    def counted(self, rule: VoteRule) -> Room:
        """The room of which shares are taken: without who takes no part, where the rule book says so."""
        if rule.recusal is None or not rule.recusal.out_of_base:
            return self
        return replace(self, roll=self.roll - self.recused, present=self.present - self.recused)


def least_ballots(rule: VoteRule, room: Room) -> int:
    """How many ballots a secret vote needs to be published: at most the quorum, and never under three.

    Where there is no quorum, at most the roll. Two thirds of 4 members: 3 ballots, of 5 or 6: 4, of 9: 5.
    """
    return max(LEAST_EVER, min(rule.least_ballots, room.quorum or room.roll))


def count(
    rule: VoteRule,
    kind: VoteKind,
    questions: Sequence[str],
    cast: Sequence[Answers],
    room: Room,
    *,
    secret: bool,
    also: Sequence[str] = (),
    again: bool = False,
    head: Answers = NO_ANSWERS,
) -> VoteResult:
    """What the answers come to. Whoever did not vote is for nothing: silence never counts here.

    A secret vote with too few ballots is not published and decides nothing. `also` are the articles
    beside that of the threshold: why it was secret, or by which a confidence vote is held. `again`: opinions
    on the item differed in an earlier sitting or consultation. `head` is what the head answered, where that is known.
    """
    least = least_ballots(rule, room) if secret else None
    if least is not None and len(cast) < least:
        return unpublished(rule, room, len(cast), Unpublished.TOO_FEW, also)
    room = room.counted(rule)
    boxes = options(kind, secret=secret, abstains=rule.abstain is not None)
    counts = _counts(boxes, questions, cast)
    adopted: tuple[str, ...] = ()
    out = (rule.recusal.article,) if room.recused and rule.recusal else ()
    ruling, articles = _COLLATED, (*also, *out)
    judged: tuple[Judged, ...] = ()
    if kind is not VoteKind.CONFIDENCE:
        judged = tuple(_judged(rule, counts[each], room, head.get(each)) for each in questions)
        adopted = tuple(q for q, each in zip(questions, judged, strict=True) if each.carries)
        ruling = _ruling(rule, questions, counts, adopted, again=again)
        abstained = any(counts[question].get(ABSTAIN) for question in questions)
        by = (rule.abstain,) if abstained and rule.abstain else ()
        articles = (*_asked_by(rule, judged), *also, *by, *out, *ruling[2:])
    return VoteResult(
        outcome=Outcome(ruling[0]),
        next=Next(ruling[1]),
        roll=room.roll,
        present=room.present,
        turnout=len(cast),
        required=judged[0].required if judged else None,
        counts=counts,
        adopted=adopted,
        articles=tuple(dict.fromkeys(articles)),
        least_ballots=least,
        base=judged[0].base if judged and rule.threshold.base is Base.REPLYING else None,
        by_tie=any(each.by_tie for each in judged),
        answers_required=judged[0].answers_required if judged else 0,
        recused=room.recused,
    )


def _judged(rule: VoteRule, counted: Mapping[str, int], room: Room, head: str | None) -> Judged:
    """What the threshold says of the answers to one question."""
    found = Numbers(
        counted[APPROVE],
        counted[REJECT] + counted.get(DIFFER, 0),
        sum(counted.values()),
        int(head == APPROVE),
    )
    return rule.threshold.judge(found, room.roll, room.present)


def _asked_by(rule: VoteRule, judged: Sequence[Judged]) -> tuple[str, ...]:
    """The articles of the threshold: of the share, of what is asked beside it, of a tie that decided."""
    share = rule.threshold
    beside = (each.article for each in (share.in_favour, share.answers) if each)
    tied = any(each.by_tie for each in judged)
    return (share.article, *beside, *((share.tie,) if share.tie and tied else ()))


_COLLATED: tuple[str, ...] = (Outcome.COLLATED, Next.NONE)


def _ruling(
    rule: VoteRule,
    questions: Sequence[str],
    counts: Mapping[str, Mapping[str, int]],
    adopted: Sequence[str],
    *,
    again: bool,
) -> tuple[str, ...]:
    """Outcome, what follows, and the article that sends it there."""
    if len(adopted) == len(questions):
        return Outcome.ADOPTED, Next.NONE
    divided = any(
        counts[question][REJECT] or counts[question].get(DIFFER, 0)
        for question in questions
        if question not in adopted
    )
    ruling = (again and rule.divided_again) or rule.divided
    if divided and ruling:
        return ruling.outcome, ruling.next, ruling.article
    return Outcome.NOT_ADOPTED, Next.NONE


def unpublished(
    rule: VoteRule,
    room: Room,
    turnout: int,
    because: Unpublished,
    also: Sequence[str] = (),
) -> VoteResult:
    """A vote that decides nothing: no choice is told, and the meeting decides what to do."""
    least = least_ballots(rule, room) if because is Unpublished.TOO_FEW else None
    return VoteResult(
        outcome=Outcome.NOT_PUBLISHED,
        next=Next.DECIDE,
        roll=room.roll,
        present=room.present,
        turnout=turnout,
        required=None,
        counts={},
        adopted=(),
        articles=tuple(dict.fromkeys(also or (rule.article,))),
        least_ballots=least,
        because=because,
        recused=room.recused,
    )


def _counts(
    boxes: Sequence[str], questions: Sequence[str], cast: Iterable[Answers]
) -> dict[str, dict[str, int]]:
    found = {question: dict.fromkeys(boxes, 0) for question in questions}
    for answers in cast:
        for question, answer in answers.items():
            found[question][answer] = found[question].get(answer, 0) + 1
    return found


LETTERS = {
    APPROVE: "a",
    REJECT: "r",
    ConfidenceLevel.HIGH.value: "h",
    ConfidenceLevel.CONFIDENCE.value: "c",
    ConfidenceLevel.LOW.value: "l",
}
"""One letter for each answer: a ballot has one for each question, in the order of the list."""
_OPTIONS = {letter: option for option, letter in LETTERS.items()}
_COUNT_BYTES = 2


def fits(vote: Vote, letters: str, *, whole: bool) -> bool:
    """Whether the letters answer the first questions of this vote, or all of them with `whole`."""
    allowed = {LETTERS[option] for option in vote.options}
    most = len(vote.questions)
    return set(letters) <= allowed and (len(letters) == most if whole else len(letters) <= most)


def answers(vote: Vote, letters: str) -> dict[str, str]:
    """What the letters answer, by question."""
    return {
        question: _OPTIONS[letter]
        for question, letter in zip(vote.questions, letters, strict=False)
    }


def packed(ballots: Sequence[str], width: int, places: int) -> bytes:
    """A box: ballots of `width` letters, sorted, in as many bytes as all `places` of the roll need.

    Neither the order of casting nor, once sealed, the number of ballots can be read from it.
    """
    if len(ballots) > places or any(len(each) != width for each in ballots):
        raise ValueError("these ballots do not fit the box")
    inside = "".join(sorted(ballots)).encode("ascii")
    return len(ballots).to_bytes(_COUNT_BYTES, "big") + inside.ljust(width * places, b"\0")


def unpacked(box: bytes, width: int) -> tuple[str, ...]:
    """The ballots in a box, sorted."""
    number = int.from_bytes(box[:_COUNT_BYTES], "big")
    inside = box[_COUNT_BYTES : _COUNT_BYTES + number * width].decode("ascii")
    return tuple(inside[place * width : (place + 1) * width] for place in range(number))
