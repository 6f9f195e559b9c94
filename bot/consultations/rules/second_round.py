"""A divided matter brought up once more: whether it may be, who is asked, what the first round had come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.consultations.rules.consultation import (
    Choice,
    Consultation,
    FirstRound,
    Position,
    Reply,
    Seat,
)
from bot.consultations.rules.dossier import SecondRound
from bot.consultations.rules.due import again_deadline
from bot.consultations.rules.outcome import Result
from bot.consultations.rules.rights import Rights, refuse_matter
from bot.consultations.rules.tally import differs, standing_answers, struck_opinions
from bot.meetings.rules.meeting import Meeting
from bot.regulations.rules.regulation import (
    Asks,
    Body,
    Ground,
    Matter,
    Provision,
    Row,
    WrittenRules,
)
from bot.values.files import FileRef
from bot.values.refusal import Refusal
from bot.values.working_days import WorkingCalendar
from bot.votes.rules.vote import THE_QUESTION, Vote

DIVIDED = (Row.ENOUGH_WITH_DIFFERING, Row.FAILED_WITH_DIFFERING)
"""Rows of the outcome table in which somebody differs; nobody differing is no division (5.19)."""


@dataclass(frozen=True, slots=True)
class Divided:
    """A matter of which a second round is wanted, as it stands now."""

    committee: int
    body: Body
    rulebook: str
    subject: str
    text: str
    matter: Matter
    ground: Ground | None
    """None where the body is not asked in writing at all."""
    prepared_by: int
    roll: tuple[Seat, ...]
    """Those who counted at its end."""
    named: str
    """How the register names it."""
    first: FirstRound | None
    """What it had come to; None before its end."""
    files: tuple[FileRef, ...] = ()
    divided: bool = False
    """Whether it has ended with opinions that differ, or otherwise so that it is discussed once more."""
    is_second: bool = False
    unnamed: bool = False
    """Nobody has one position to keep: a secret vote, or one on a list of names."""
    called: bool = False
    """Its item is on the agenda of a meeting, or was dealt with there."""
    settled: bool = False
    """What was owed for it is done."""
    another_roll: bool = False
    """A new term has begun since its end, and the body is no more the roll of the first round."""
    second: SecondRound | None = None
    """The round that it has had already, or that runs."""


def may_ask_again(matter: Divided, rights: Rights) -> Refusal | None:
    """The head, or who stands in, asks once more about what is divided, until it is dealt with otherwise.

    Never a third time, never where the text knows no second discussion (HU 15.2, HD 2.2).
    """
    return rights.refuse_rest() or _refuse_by_rule(matter) or _refuse_now(matter)


def may_let_go(matter: Divided) -> Refusal | None:
    """What a new term left to another roll may be let go, once; what its own body still can discuss again may not.

    No text says so, and none says who goes on with it: the article is that of the discussion which is owed.
    """
    rule, refusal = matter.body.written.second_round, _refuse_now(matter)
    article = rule.article if rule else None
    if refusal is None:
        return Refusal("round_still_owed", article)
    if refusal.kind != "round_another_roll":
        return refusal
    return Refusal("round_called", article) if matter.called else None


def refuse_days(
    body: Body, calendar: WorkingCalendar, until: datetime, now: datetime
) -> Refusal | None:
    """Where the rule book gives the days to answer a second round, its deadline is the end of the last one."""
    rule, given = body.written.second_round, again_deadline(body, calendar, now)
    if rule is None or given is None or until == given:
        return None
    article = rule.answer_days_article
    values: dict[str, object] = {"until": until, "given": given, "days": rule.answer_days}
    if article is None:
        values["says"] = Provision.ASSUMED.value
    return Refusal("round_days", article or rule.article, values=values)


def _refuse_by_rule(matter: Divided) -> Refusal | None:
    """What is not divided for the first time has no second round, whatever has become of it since."""
    rule = matter.body.written.second_round
    if rule is None or matter.ground is None:
        values = {"body": matter.body.name, "says": Provision.NOTHING.value}
        return Refusal("round_unknown", matter.body.written.article, values=values)
    if matter.is_second:
        return Refusal("round_third", rule.article)
    if not matter.divided or matter.first is None:
        return Refusal("round_undivided", rule.article, values={"causes": bool(rule.causes)})
    if matter.unnamed:
        return Refusal("round_unnamed", rule.article)
    if not matter.first.asked:
        return Refusal("round_nobody", rule.article)
    return refuse_matter(matter.body, matter.matter, matter.ground)


def _refuse_now(matter: Divided) -> Refusal | None:
    """It has been asked again already, is owed no more, was its roll's alone, or has been called for a meeting."""
    rule, second = matter.body.written.second_round, matter.second
    article = rule.article if rule else None
    if second is not None:
        values: dict[str, object] = {"number": second.number, "ended": second.closed_at is not None}
        return Refusal("round_already", article, values=values)
    if matter.settled:
        return Refusal("round_settled", article)
    if matter.another_roll:
        return Refusal("round_another_roll", article)
    return Refusal("round_called", article) if matter.called else None


def is_divided(result: Result | None) -> bool:
    """Whether a consultation ended by its count, with opinions that differ or a cause to discuss it once more."""
    if result is None or result.closed_at is None:
        return False
    return result.because is not None or result.row in DIVIDED


# --- what the first round had come to --------------------------------------------------------


def of_consultation(
    named: str, number: int | None, ended: Consultation, result: Result
) -> FirstRound:
    """A consultation as the first round: every position, and the answers with their words."""
    reached = {seat.person: result.positions[seat.person] for seat in ended.standing}
    answered = standing_answers(ended)
    names = {seat.person: seat.name for seat in ended.roll}
    return FirstRound(
        of=named,
        number=number,
        ended_at=result.closed_at or ended.stated_deadline,
        positions=reached,
        asked=_asked(ended.rules, reached),
        replies={person: answered[person] for person in reached if person in answered},
        struck=tuple((names[person], reply) for person, reply in struck_opinions(ended).items()),
        because=result.because,
    )


def of_vote(named: str, meeting: Meeting, vote: Vote) -> FirstRound:
    """An open vote on one question as the first round; who did not vote had no opinion."""
    cast = {
        each.person: Reply(
            each.person,
            Choice(each.answers[THE_QUESTION]),
            each.at,
            words=each.words,
            reserved=each.reserved,
        )
        for each in vote.effective.values()
        if not vote.secret and each.answers.get(THE_QUESTION) in set(Choice)
    }
    reached = {
        seat.person: Position(cast[seat.person].choice.value)
        if seat.person in cast
        else Position.SILENT
        for seat in meeting.roll
    }
    return FirstRound(
        of=named,
        number=meeting.number,
        ended_at=vote.closed_at or meeting.starts_at,
        positions=reached,
        asked=_asked(meeting.body.written, reached),
        replies=cast,
    )


def _asked(rules: WrittenRules, reached: dict[int, Position]) -> frozenset[int]:
    """Who is asked again: everybody on the roll, or those who differed."""
    rule = rules.second_round
    if rule is None or rule.asks is Asks.ALL:
        return frozenset(each for each, at in reached.items() if at is not Position.RECUSED)
    return frozenset(person for person, at in reached.items() if at in differs(rules))
