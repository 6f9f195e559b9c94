"""What a count could still come to: answers that cannot be dated (5.5), members whom the text never reached (5.10)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from datetime import datetime
from operator import attrgetter

from bot.consultations.rules.consultation import Consultation, Position
from bot.consultations.rules.counted import ruled
from bot.consultations.rules.renewal import renews
from bot.consultations.rules.tally import (
    AGAINST,
    ANSWERS,
    FOR,
    SAID_FOR,
    Positions,
    differs,
    positions,
    possible_positions,
    struck_differing,
    struck_opinions,
    struck_readings,
    unreached,
)
from bot.regulations.rules.regulation import Outcome
from bot.regulations.rules.terms import Base, Numbers

ANYWHERE = frozenset({Position.NOT_RECEIVED, Position.APPROVE, Position.REJECT})
"""Where a member whom the text never reached might have stood, beside abstaining where there is such a box."""

Weight = tuple[Numbers, bool]
"""What members add to the numbers, as far as the rule asks for them, and whether anybody differs."""
NOTHING = Numbers()
_answers = attrgetter("answers")


def possible_outcomes(consultation: Consultation, due: datetime) -> tuple[Outcome, ...]:
    """Every outcome that answers which cannot be dated leave open; none where there are none (5.5).

    Computed for every combination of in time and late, by kinds of change: how many may stand where, not
    who. Those whom the text never reached may stand anywhere (5.10).
    """
    undecided, struck = possible_positions(consultation, due), struck_readings(consultation)
    if not undecided and not struck:
        return ()
    reached = positions(consultation, due)
    kinds = _kinds(consultation, _may_stand(consultation, reached) | undecided)
    kinds += Counter(frozenset((NOTHING, differ) for differ in each) for each in struck.values())
    sure = struck_differing(consultation) - len(
        struck_opinions(consultation).keys() & struck.keys()
    )
    return _outcomes(consultation, kinds, {(NOTHING, sure > 0)}, every=bool(renews(consultation)))


def absent_could_change(consultation: Consultation, reached: Positions) -> bool:
    """Whether members whom the text never reached could still bring another outcome."""
    if not unreached(consultation):
        return False
    kinds = _kinds(consultation, _may_stand(consultation, reached))
    sure = struck_differing(consultation) > 0
    changes = len(_outcomes(consultation, kinds, {(NOTHING, sure)})) > 1
    if changes or not renews(consultation):
        return changes
    return len(_outcomes(consultation, kinds, {(NOTHING, sure)}, every=True)) > 1


def _may_stand(consultation: Consultation, reached: Positions) -> dict[int, frozenset[Position]]:
    """Where everybody on the roll may stand: as they do, those whom the text never reached anywhere (5.10)."""
    stand = {seat.person: frozenset({reached[seat.person]}) for seat in consultation.standing}
    anywhere = ANYWHERE | ({Position.ABSTAIN} if consultation.rules.abstain else frozenset())
    return stand | {p: anywhere | {reached[p]} for p in unreached(consultation)}


def _outcomes(
    consultation: Consultation,
    kinds: Counter[frozenset[Weight]],
    sums: set[Weight],
    *,
    every: bool = False,
) -> tuple[Outcome, ...]:
    """What these kinds of change, each so many times, may come to beside the sums that are sure.

    `every`: also what lies between, for just half may come to what neither more nor less of them does.
    """
    for kind, persons in kinds.items():
        added = set(_together(kind, persons, every=every))
        sums = {(n + more, differ or also) for n, differ in sums for more, also in added}
    found = {ruled(consultation, numbers, differ=differ)[-1].outcome for numbers, differ in sums}
    return tuple(outcome for outcome in Outcome if outcome in found)


def _kinds(
    consultation: Consultation, stand: Mapping[int, frozenset[Position]]
) -> Counter[frozenset[Weight]]:
    """The kinds of change, how many members of each: what one of them adds, wherever it may stand."""
    told = differs(consultation.rules)
    return Counter(
        frozenset((_added(consultation, person, each), each in told) for each in may_be)
        for person, may_be in stand.items()
    )


def _added(consultation: Consultation, person: int, at: Position) -> Numbers:
    """What a member adds who stands there, of what the threshold asks: the fewer numbers, the fewer ways."""
    rule, again = consultation.threshold, renews(consultation).values()
    if rule is None:
        return NOTHING
    asks_against = rule.base is Base.REPLYING or any(each.share for each in again)
    return Numbers(
        agreeing=int(at in FOR),
        against=int(at in AGAINST and asks_against),
        answers=int(at in ANSWERS and rule.answers is not None),
        head=int(at in SAID_FOR and rule.tie is not None and person == consultation.head),
    )


def _together(kind: frozenset[Weight], persons: int, *, every: bool) -> Iterator[Weight]:
    """What so many members of a kind may add: nobody of them differing, or one that does beside all others."""
    calm = {numbers for numbers, differ in kind if not differ}
    if calm:
        yield from ((total, False) for total in _totals(calm, persons, every=every))
    anyhow = {numbers for numbers, _ in kind}
    for numbers in {numbers for numbers, differ in kind if differ}:
        rests = _totals(anyhow, persons - 1, every=every)
        yield from ((numbers + rest, True) for rest in rests)


def _totals(ways: Set[Numbers], persons: int, *, every: bool) -> Iterator[Numbers]:
    """What so many members add by these ways, as far as it may come to different outcomes.

    Unless `every` count is asked for, those ways suffice that nothing favours more, or less: no count between them
    comes to anything that none of theirs does, since what favours a matter never fails it. Of answers the
    fewest and the most suffice always: all that is asked is whether there are enough.
    """
    if every:
        alike = defaultdict[Numbers, list[Numbers]](list)
        for n in ways:
            alike[replace(n, answers=0)].append(n)
        fewest = {min(each, key=_answers) for each in alike.values()}
        most = {max(each, key=_answers) for each in alike.values()}
    else:
        fewest = {n for n in ways if not any(n.favours(m) for m in ways - {n})}
        most = {n for n in ways if not any(m.favours(n) for m in ways - {n})}
    for side in {frozenset(fewest), frozenset(most)}:
        yield from _sums(tuple(side), persons)


def _sums(several: tuple[Numbers, ...], persons: int) -> Iterator[Numbers]:
    """Every sum of so many of these, each as often as one likes."""
    first, *others = several
    if not others:
        yield first * persons
        return
    for times in range(persons + 1):
        yield from (first * times + rest for rest in _sums(tuple(others), persons - times))
