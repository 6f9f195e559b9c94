"""Where each member stands and how many stand where. What the numbers come to is judged in `outcome`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.consultations.rules.consultation import Consultation, Position, Reply
from bot.consultations.rules.dating import answers, readings
from bot.consultations.rules.due import closes_at, due_moment
from bot.regulations.rules.regulation import (
    DifferingIs,
    Ground,
    Matter,
    Silence,
    SilencePolicy,
    WrittenRules,
)

KEPT_BY_TELEGRAM = timedelta(hours=24)
"""How long Telegram keeps updates for a bot that is away."""

FOR = (Position.APPROVE, Position.APPROVE_WITH_COMMENTS, Position.DEEMED_APPROVE)
SAID_FOR = (Position.APPROVE, Position.APPROVE_WITH_COMMENTS)
AGAINST = (Position.REJECT, Position.DIFFER)
ANSWERS = (*SAID_FOR, *AGAINST, Position.ABSTAIN)
"""Where a member stands who has answered."""

NO_ANSWER = (
    None,
    Position.DEEMED_APPROVE,
    Position.DEEMED_ABSTAIN,
    Position.SILENT,
    Position.NOT_RECEIVED,
    Position.WAITING,
    Position.INVALID,
)
"""Where a member stands who gave no answer in a first round; None where there was none.

An invalid slip takes the place of these: whoever hands one in is silent no more, and is deemed nothing.
"""

Positions = Mapping[int, Position]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of positions. Deemed agreement is never merged with agreement (glossary)."""

    counts: Mapping[Position, int]

    def __getitem__(self, position: Position) -> int:
        return self.counts.get(position, 0)

    @property
    def agreeing(self) -> int:
        """Agreement expressed, with comments, and deemed."""
        return sum(self[position] for position in FOR)

    @property
    def differing(self) -> int:
        """Rejections and differing opinions (ý kiến khác nhau)."""
        return sum(self[position] for position in AGAINST)


@dataclass(frozen=True, slots=True)
class Slips:
    """What came back of those who stand on the roll (thu về): who answered, and who gave invalid slips alone."""

    valid: int
    invalid: int

    @property
    def returned(self) -> int:
        """All that came back; who is deemed to agree is never among them."""
        return self.valid + self.invalid


def slips(consultation: Consultation) -> Slips:
    """How many came back, of a second round in that round alone; what was left out is as if not made (5.5)."""
    standing = {seat.person for seat in consultation.standing} - consultation.recused
    answered = standing & answers(consultation).keys()
    return Slips(len(answered), len(standing & consultation.invalid_slips.keys() - answered))


def tally(positions: Positions) -> Tally:
    """Count the positions; without those struck off they add up to the roll (I2)."""
    return Tally(dict(Counter(positions.values())))


def differs(rules: WrittenRules) -> tuple[Position, ...]:
    """The positions that are differing opinions; of agreement with comments the rule book says it."""
    with_comments = rules.differing_is is DifferingIs.WITH_COMMENTS
    return (*AGAINST, Position.APPROVE_WITH_COMMENTS) if with_comments else AGAINST


def differing(consultation: Consultation, counted: Tally) -> int:
    """How many differ: those on the roll, and those struck off it who had said so before (5.13)."""
    on_roll = sum(counted[position] for position in differs(consultation.rules))
    return on_roll + struck_differing(consultation)


def struck_differing(consultation: Consultation) -> int:
    """How many differing opinions stay of those struck off, in a second round also of the first one."""
    before = len(consultation.first.struck) if consultation.first else 0
    return before + len(struck_opinions(consultation))


def struck_opinions(consultation: Consultation) -> Mapping[int, Reply]:
    """The differing opinions of those struck off: a strike erases none, of who took no part there is none."""
    if consultation.rules.strike_erases:
        return {}
    told, last = differs(consultation.rules), standing_answers(consultation)
    return {
        person: last[person]
        for person in consultation.struck
        if person in last
        and person not in consultation.recused
        and Position(last[person].choice.value) in told
    }


def standing_answers(consultation: Consultation) -> Mapping[int, Reply]:
    """The answer of each that stands: in a second round the first one until a new one takes its place (5.19)."""
    counting = answers(consultation)
    return {**consultation.first.replies, **counting} if consultation.first else counting


def keeps_position(consultation: Consultation, person: int) -> bool:
    """Whether a member of a second round stands where it stood in the first: it has not answered anew (5.19)."""
    return (
        consultation.first is not None
        and consultation.has(person)
        and person not in consultation.recused
        and person not in answers(consultation)
        and not stands_invalid(consultation, person)
    )


def stands_invalid(consultation: Consultation, person: int) -> bool:
    """Whether an invalid slip is all that has come of a member: no answer counts, of neither round."""
    if person not in consultation.invalid_slips or person in answers(consultation):
        return False
    return consultation.first is None or consultation.first.positions[person] in NO_ANSWER


def unreached(consultation: Consultation) -> tuple[int, ...]:
    """Of those who are asked, whom the text never reached and whose answer nobody entered."""
    counting = answers(consultation)
    return tuple(
        seat.person
        for seat in consultation.asked
        if seat.person not in counting and seat.person not in consultation.received_at
    )


def struck_readings(consultation: Consultation) -> Mapping[int, frozenset[bool]]:
    """Of those struck off with an answer that cannot be dated: whether they may have differed (5.5, 5.13)."""
    if consultation.rules.strike_erases:
        return {}
    told = differs(consultation.rules)
    return {
        person: frozenset(
            reply is not None and Position(reply.choice.value) in told for reply in replies
        )
        for person, replies in readings(consultation).items()
        if person in consultation.struck
    }


def positions(consultation: Consultation, now: datetime) -> dict[int, Position]:
    """Where each member is at `now`, the silent ones as at a close; those struck off beside the roll."""
    deems, counting = _deemed(consultation, now), answers(consultation)
    return {
        seat.person: _position(
            consultation, seat.person, counting.get(seat.person), now, silent=deems(seat.person)
        )
        for seat in consultation.roll
    }


def possible_positions(consultation: Consultation, now: datetime) -> dict[int, frozenset[Position]]:
    """Where each member may stand whose answer cannot be dated, and about whom nothing is decided (5.5)."""
    deems = _deemed(consultation, now)
    return {
        person: frozenset(
            _position(consultation, person, reply, now, silent=deems(person)) for reply in replies
        )
        for person, replies in readings(consultation).items()
        if consultation.asks(person)
    }


def _deemed(consultation: Consultation, now: datetime) -> Callable[[int], Position]:
    """Where silence would leave each: nothing is deemed of who has answered another content of the slip.

    What such a member left blank is never deemed; an answer that is left out is as if not made (5.5).
    """
    deemed = silence_leaves(consultation, now)
    others = (each for each in consultation.each if each.place != consultation.place)
    begun = frozenset(person for each in others for person in answers(each))
    return lambda person: Position.SILENT if person in begun else deemed


def silence_leaves(consultation: Consultation, now: datetime) -> Position:
    """Where a silent member stands: by the policy, the ground and the matter, if no long outage lay between (5.5)."""
    if silence_means_consent(consultation):
        deemed = Position.DEEMED_APPROVE
    elif silence_means_abstention(consultation):
        deemed = Position.DEEMED_ABSTAIN
    else:
        return Position.SILENT
    return Position.SILENT if lost_updates(consultation, now) else deemed


def silence_comes_to(
    silence: Silence, matter: Matter, ground: Ground, *, confirmed: bool, again: bool
) -> SilencePolicy:
    """What the regulation gives silence on this matter and ground, outages apart; in a second round nothing.

    `confirmed`: that it counts was confirmed at launch, where that is asked for the matter.
    """
    if again:
        return SilencePolicy.NOT_COUNTED
    asked = matter in silence.asks_confirmation and not confirmed
    if silence.policy is SilencePolicy.CONSENT and (ground not in silence.grounds or asked):
        return SilencePolicy.NOT_COUNTED
    return silence.policy


def _silence(consultation: Consultation) -> SilencePolicy:
    return silence_comes_to(
        consultation.silence,
        consultation.matter,
        consultation.ground,
        confirmed=consultation.silence_confirmed,
        again=consultation.first is not None,
    )


def silence_means_abstention(consultation: Consultation) -> bool:
    """Whether the regulation counts silence here as abstaining."""
    return _silence(consultation) is SilencePolicy.ABSTENTION


def silence_means_consent(consultation: Consultation) -> bool:
    """Whether the regulation counts silence here as consent."""
    return _silence(consultation) is SilencePolicy.CONSENT


def lost_updates(consultation: Consultation, now: datetime) -> bool:
    """Whether an outage within the window lasted as long as Telegram keeps updates, or lost what had come in.

    An extension that began after the outage gives a window of its own, in which silence counts again.
    """
    return any(
        outage.end > window_start(consultation)
        and (outage.lost or outage.end - outage.start >= KEPT_BY_TELEGRAM)
        for outage in consultation.outages
        if outage.start < min(now, closes_at(consultation))
    )


def window_start(consultation: Consultation) -> datetime:
    """The opening, or the last extension: from then members had a full window to answer."""
    extended = [act.at for act in consultation.acts if act.kind == "extend"]
    return max([consultation.opened_at, *extended])


def _position(
    consultation: Consultation, person: int, reply: Reply | None, now: datetime, *, silent: Position
) -> Position:
    if person in consultation.struck:
        return Position.STRUCK
    if person in consultation.recused:
        return Position.RECUSED
    stands = _said(consultation, person, reply)
    if stands is not None:
        return stands
    received = consultation.received_at.get(person)
    if received is None:
        return Position.NOT_RECEIVED
    if person in consultation.asked_until and now < due_moment(consultation, person):
        return Position.WAITING
    return silent if now >= due_moment(consultation, person) else Position.SILENT


def _said(consultation: Consultation, person: int, reply: Reply | None) -> Position | None:
    """What has come of a member, in this round or the first one; None where nothing has."""
    if reply is not None:
        return Position(reply.choice.value)
    kept = consultation.first.positions[person] if consultation.first else None
    invalid = person in consultation.invalid_slips and kept in NO_ANSWER
    return Position.INVALID if invalid else kept
