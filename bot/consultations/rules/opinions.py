"""Members and their opinions as they are listed: in which order, and whose words without a name."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.consultations.rules.consultation import Position, Reply, Seat
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.outcome import Result
from bot.consultations.rules.tally import standing_answers, struck_opinions
from bot.values.names import sort_key


def in_order(dossier: Dossier) -> list[Seat]:
    """Those who are to answer as they are listed: persons by given name, agencies in the order of the roll.

    Of a slip with several contents those who answer any of them.
    """
    running = dossier.running
    return listed(dossier, running.asked if dossier.place else running.on_slip)


def standing_in_order(dossier: Dossier) -> list[Seat]:
    """The standing roll as it is listed, in a second round also those who are not asked again."""
    running = dossier.running
    return listed(dossier, running.standing if dossier.place else running.standing_on_slip)


def listed(dossier: Dossier, seats: Sequence[Seat]) -> list[Seat]:
    """Some of the roll in the order of lists."""
    in_their_order = dossier.body.of_agencies
    return list(seats) if in_their_order else sorted(seats, key=lambda s: sort_key(s.name))


def written(
    dossier: Dossier, result: Result, positions: Collection[Position]
) -> list[tuple[str, Reply]]:
    """Opinions in the order of the roll; of secret slips without names, sorted by their words.

    Of those struck off the differing opinions are among them.
    """
    counted, struck = standing_answers(dossier.running), struck_opinions(dossier.running)
    of = {p: counted[p] for p, where in result.positions.items() if where in positions}
    of |= {p: reply for p, reply in struck.items() if Position(reply.choice.value) in positions}
    found = [(seat.name, of[seat.person]) for seat in dossier.running.roll if seat.person in of]
    if dossier.first is not None:
        before = dossier.first.struck
        found += [(n, reply) for n, reply in before if Position(reply.choice.value) in positions]
    if not dossier.body.written.secret_slips:
        return found
    return [("", reply) for _, reply in sorted(found, key=lambda each: each[1].words)]
