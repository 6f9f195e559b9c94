"""What a consultation comes to, with the numbers, the threshold and the articles. No words live here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.consultations.rules.consultation import Act, ActKind, Consultation, Position, Reply
from bot.consultations.rules.counted import judged_of, numbers, ruled
from bot.consultations.rules.dating import Dating, dating, undatable
from bot.consultations.rules.due import (
    ended_by_objection_of,
    objection_ends,
    time_is_over,
)
from bot.consultations.rules.possible import absent_could_change, possible_outcomes
from bot.consultations.rules.tally import (
    Positions,
    Tally,
    differing,
    keeps_position,
    lost_updates,
    positions,
    tally,
)
from bot.regulations.rules.regulation import Cause, Next, Outcome, Row, Ruling
from bot.regulations.rules.terms import Judged
from bot.values.moments import INSTANT


class HeldBy(StrEnum):
    """Why nothing is decided although the due moment has come (5.5, 5.10)."""

    NOT_RECEIVED = "not_received"
    OUTAGE = "outage"
    UNDATABLE = "undatable"
    TERM = "term"
    """A new term began while it was open: its roll is that of before, and its head another."""


@dataclass(frozen=True, slots=True)
class Result:
    """An outcome that explains itself. `required` is None where opinions are only collated.

    `roll` are those who count, `positions` also holds who was struck off. `row` is the row of the
    outcome table that decided; None where an officer did.
    """

    outcome: Outcome
    next: Next
    roll: int
    roll_at_opening: int
    required: int | None
    tally: Tally
    positions: Positions
    articles: tuple[str, ...]
    ruling_article: str
    closed_at: datetime | None
    held_by: HeldBy | None = None
    by_hand: bool = False
    offers_meeting: bool = False
    undatable: int = 0
    """How many members gave an answer of which nobody knows whether it was in time (5.5)."""
    dating: Dating | None = None
    """How these were taken; `open` where it made no difference, or where it is held for them."""
    possible: tuple[Outcome, ...] = ()
    """What it may come to, while it is held and nothing is decided about them."""
    row: Row | None = None
    kept: tuple[int, ...] = ()
    """Of a second round: who stands where it stood in the first, in the order of the roll."""
    base: int | None = None
    """Of how many `required` is; None where that is the whole roll."""
    by_tie: bool = False
    """Just half agreed, and the head was among them."""
    answers: int = 0
    """How many answered, where the text asks for a least number of answers."""
    answers_required: int = 0
    """That number; 0 where the text asks for none."""
    objected: str | None = None
    """The article by which one differing opinion failed it, whatever the numbers are."""
    because: Cause | None = None
    """Why the rule book has it discussed once more, whatever its outcome table says of the row."""
    place: int = 1
    """Of which content of the slip it is; its answers, not those of another one, explain it."""


class Stage(StrEnum):
    """Where an opened consultation stands; of contents that stand differently the earlier one tells of the slip."""

    OPEN = "open"
    HELD = "held"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class State:
    """The stage and, once there is one, the result."""

    stage: Stage
    result: Result | None = None


@dataclass(frozen=True, slots=True)
class Fall:
    """When a consultation falls due for good, by the facts known then, and why it is held there."""

    at: datetime
    known: Consultation
    held_by: HeldBy | None


def state(consultation: Consultation, now: datetime) -> State:
    """What the facts say at `now`; it never waits for a timer to have run.

    From its due moment on it is closed, though an answer of that very moment still counts.
    """
    if consultation.contents and not consultation.apart and consultation.rules.objection:
        return _of_slip(states(consultation, now))
    if (early := _ended_early(consultation, now)) is not None:
        return State(Stage.CLOSED, _counted(early.known, early.at, by_hand=False))
    if consultation.end is not None:
        return _ended(consultation, consultation.end)
    return _without_end(consultation, now)


def _without_end(consultation: Consultation, now: datetime) -> State:
    if (over := over_with_term(consultation)) is not None and over <= now:
        return State(Stage.HELD, _held(consultation.until(over), over, HeldBy.TERM))
    if now < consultation.deadline:
        return State(Stage.OPEN)  # nothing falls due before it, whoever is on the roll
    fall = _fall(consultation)
    if now < fall.at:
        return State(Stage.OPEN)
    if fall.held_by is not None:
        # what came in since tells what closing by hand, or deciding about an outage, would come to
        return State(Stage.HELD, _held(consultation.until(now), fall.at, fall.held_by))
    return State(Stage.CLOSED, _counted(fall.known, fall.at, by_hand=False))


def over_with_term(consultation: Consultation) -> datetime | None:
    """When a new term began while it was open; it is then withdrawn or opened anew, and never counted."""
    term = HeldBy.TERM.value
    began = (a.at for a in consultation.acts if a.kind is ActKind.HOLD and a.reason == term)
    return next(began, None)


def states(consultation: Consultation, now: datetime) -> tuple[State, ...]:
    """Of each content of a slip what the facts say; all stand at one stage but those that an objection ended."""
    return tuple(state(content, now) for content in consultation.each)


def _of_slip(found: Sequence[State]) -> State:
    """A slip goes on until its last content has ended; the result is that of a content which stands so."""
    stage = next(stage for stage in Stage if any(each.stage is stage for each in found))
    there = [each for each in found if each.stage is stage]
    last = max((r.closed_at for each in there if (r := each.result) and r.closed_at), default=None)
    return next(each for each in there if (each.result and each.result.closed_at) == last)


def shown_state(consultation: Consultation, now: datetime) -> State:
    """What people are told at `now`: at the due moment itself it is still open, for answers may come.

    A new term stands recorded, and no answer of its moment comes any more.
    """
    if over_with_term(consultation) is not None:
        return state(consultation, now)
    return state(consultation, now - INSTANT)


def _ended(consultation: Consultation, end: Act) -> State:
    known = consultation.until(end.at)
    if end.kind in (ActKind.WITHDRAW, ActKind.DECLINE):
        return State(Stage.WITHDRAWN, _without_count(known, end, Outcome.WITHDRAWN))
    if end.kind is ActKind.TO_MEETING:
        return State(Stage.CLOSED, _without_count(known, end, Outcome.TO_MEETING))
    by_hand = end.kind is ActKind.CLOSE_BY_HAND
    return State(Stage.CLOSED, _counted(known, end.at, by_hand=by_hand))


def _ended_early(consultation: Consultation, now: datetime) -> Fall | None:
    """When an objection ended it, of a slip one content whose others went on; what was done after changes nothing.

    What stands once the time is over falls by that, unless a slip is held then for another content.
    """
    ended = objection_ends(consultation)
    if ended is None or (now < ended and not consultation.close_recorded):
        return None
    over = over_with_term(consultation)
    if any(at is not None and at <= ended for at in (_end_of_slip(consultation), over)):
        return None
    fall = _fall(consultation)
    if fall.at <= ended and (fall.held_by is None or hold_reason(fall.known, fall.at)):
        return None
    return Fall(ended, consultation.until(ended), None)


def _end_of_slip(consultation: Consultation) -> datetime | None:
    return consultation.end.at if consultation.end else None


def _fall(consultation: Consultation) -> Fall:
    """When the time to answer is over: a walk from the deadline on, for facts postpone the fall or end a hold.

    None is taken after a close (I3).
    """
    moment = consultation.deadline
    while True:
        known = consultation.until(moment)
        due = time_is_over(known)
        if due > moment:
            # A strike or a shorter request for time may bring the due moment nearer again.
            moment = min(due, consultation.next_act(moment) or due)
            continue
        reasons = (hold_reason(each, moment) for each in known.each if not _over(each, moment))
        held_by = next((reason for reason in reasons if reason is not None), None)
        later = _may_end(consultation, known, moment, held_by)
        if held_by is None or later is None:
            return Fall(moment, known, held_by)
        moment = later


def _over(consultation: Consultation, moment: datetime) -> bool:
    """Whether an objection ended it before."""
    ended = objection_ends(consultation)
    return ended is not None and ended < moment


def _may_end(
    consultation: Consultation, known: Consultation, moment: datetime, held_by: HeldBy | None
) -> datetime | None:
    """The next fact after `moment` that can end a hold, if one came."""
    if held_by is not HeldBy.OUTAGE:
        return consultation.next_fact(moment)
    # A thousand may answer after an outage; only the last of those it silenced ends the hold.
    chances = [consultation.next_act(moment), consultation.next_receipt(moment)]
    missing = [
        (seat.person, content.place)
        for content in known.each
        for seat in known.asked
        if seat.person not in content.last_replies and seat.person not in known.invalid_slips
    ]
    came = [_came_back(consultation, person, place) for person, place in missing]
    if all(at is not None for at in came):
        chances.append(max((at for at in came if at is not None), default=None))
    return min((at for at in chances if at is not None), default=None)


def _came_back(consultation: Consultation, person: int, place: int) -> datetime | None:
    """When something first came of this person on that content: an answer, or an invalid slip."""
    replies = (r.at for r in consultation.replies if (r.person, r.content) == (person, place))
    slips = (slip.at for slip in consultation.invalid if slip.person == person)
    return min((*replies, *slips), default=None)


def hold_reason(consultation: Consultation, due: datetime) -> HeldBy | None:
    """Why the consultation must be held at its due moment, if it must (5.5, 5.10)."""
    reached = positions(consultation, due)
    if _silent(consultation, reached) and lost_updates(consultation, due):
        return HeldBy.OUTAGE
    if absent_could_change(consultation, reached):
        return HeldBy.NOT_RECEIVED
    if len(possible_outcomes(consultation, due)) > 1:
        return HeldBy.UNDATABLE
    return None


def _silent(consultation: Consultation, reached: Positions) -> bool:
    """Whether somebody who is asked has not answered, as far as is known."""
    if consultation.first is not None:
        return any(keeps_position(consultation, seat.person) for seat in consultation.asked)
    return any(p in (Position.SILENT, Position.NOT_RECEIVED) for p in reached.values())


def _counted(consultation: Consultation, at: datetime, *, by_hand: bool) -> Result:
    reached = positions(consultation, at)
    found, differ = numbers(consultation, reached), differing(consultation, tally(reached)) > 0
    row, cause, ruling = ruled(consultation, found, differ=differ)
    counted = _result(consultation, reached, ruling, closed_at=at, by_hand=by_hand, row=row)
    return replace(counted, because=cause)


def _held(consultation: Consultation, due: datetime, held_by: HeldBy) -> Result:
    article = consultation.rules.rulings.held_article or consultation.rules.article
    waits = Ruling(Outcome.HELD, Next.DECIDE, article)
    reached = positions(consultation, due)
    held = _result(consultation, reached, waits, closed_at=None, held_by=held_by)
    return replace(held, possible=possible_outcomes(consultation, due))


def _without_count(consultation: Consultation, end: Act, outcome: Outcome) -> Result:
    to_meeting = outcome is Outcome.TO_MEETING
    article = consultation.rules.meeting_article if to_meeting else None
    follows = Next.TO_MEETING if to_meeting else Next.NONE
    ended = Ruling(outcome, follows, article or consultation.rules.article)
    reached = positions(consultation, end.at)
    return _result(consultation, reached, ended, closed_at=end.at, by_hand=True)


def _result(
    consultation: Consultation,
    reached: Positions,
    ruling: Ruling,
    *,
    closed_at: datetime | None,
    held_by: HeldBy | None = None,
    by_hand: bool = False,
    row: Row | None = None,
) -> Result:
    total, counted, found = (
        len(consultation.standing),
        tally(reached),
        numbers(consultation, reached),
    )
    judged = judged_of(consultation, found)
    unclear = _unclear(consultation)
    return Result(
        outcome=ruling.outcome,
        next=ruling.next,
        roll=total,
        roll_at_opening=len(consultation.roll),
        required=judged.required if judged else None,
        tally=counted,
        positions=reached,
        articles=_articles(consultation, counted, judged, ruling.article),
        ruling_article=ruling.article,
        closed_at=closed_at,
        held_by=held_by,
        by_hand=by_hand,
        offers_meeting=ruling.offers_meeting,
        undatable=len(unclear),
        dating=dating(consultation, unclear[-1]) if unclear else None,
        row=row,
        kept=tuple(s.person for s in consultation.roll if keeps_position(consultation, s.person)),
        base=judged.base if judged and judged.base != total else None,
        by_tie=judged is not None and judged.by_tie,
        answers=found.answers if judged and judged.answers_required else 0,
        answers_required=judged.answers_required if judged else 0,
        objected=_objected(consultation, row),
        place=consultation.place,
    )


def _unclear(consultation: Consultation) -> list[Reply]:
    """Answers that cannot be dated; what would have taken back an objection that stood is told where no other is."""
    found = [replies[-1] for replies in undatable(consultation).values()]
    others = [each for each in found if not ended_by_objection_of(consultation, each.person)]
    return others or found


def _objected(consultation: Consultation, row: Row | None) -> str | None:
    rule = consultation.rules.objection
    return rule.article if rule and row is Row.FAILED_WITH_DIFFERING else None


def _articles(
    consultation: Consultation, counted: Tally, judged: Judged | None, ruling_article: str
) -> tuple[str, ...]:
    """The articles the result rests on: the writing, its ground, the threshold, silence, the ruling."""
    rules, threshold = consultation.rules, consultation.threshold
    cited = [rules.article, rules.grounds.get(consultation.ground)]
    if threshold and judged:
        cited.append(threshold.article)
        cited += [each.article for each in (threshold.in_favour, threshold.answers) if each]
        cited.append(threshold.tie if judged.halved else None)
    if differing(consultation, counted) and rules.objection:
        cited.append(rules.objection.article)
    if counted[Position.DEEMED_APPROVE] or counted[Position.DEEMED_ABSTAIN]:
        cited.append(consultation.silence.article)
    if counted[Position.ABSTAIN]:
        cited.append(rules.abstain)
    if counted[Position.RECUSED] and rules.recusal:
        cited.append(rules.recusal.article)
    cited.append(ruling_article)
    return tuple(dict.fromkeys(article for article in cited if article))
