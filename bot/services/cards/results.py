"""Result cards: the outcome with its numbers and articles, for members, for the office, and when held."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from bot.domain.card import Button, Card
from bot.domain.consultation import Position, Reply, Seat
from bot.domain.dossier import Dossier
from bot.domain.names import sort_key
from bot.domain.outcome import Result
from bot.domain.press import press
from bot.domain.tally import AGAINST
from bot.rendering import Rendering

ORDER = tuple(Position)


def for_members(say: Rendering, dossier: Dossier, result: Result) -> Card:
    """What every member sees after the close; reserved opinions are not in it (BK 9.2, HU 17.2)."""
    return Card(say.text("result", **view(dossier, result), office=False))


def for_office(say: Rendering, dossier: Dossier, result: Result) -> Card:
    """What clerk and head see: every position, the words of differing opinions, what follows."""
    rows: list[tuple[Button, ...]] = []
    if result.offers_meeting:
        rows.append((Button(say.label("button.to_meeting"), press("meeting", dossier.id)),))
    rows.append((Button(say.label("button.dashboard"), press("dash", dossier.id, 0)),))
    return Card(say.text("result", **view(dossier, result), office=True), tuple(rows))


def held(say: Rendering, dossier: Dossier, result: Result, now: datetime) -> Card:
    """Nothing is decided by absence: why, and what the officer can do."""
    text = say.text("held", **view(dossier, result), now=now)
    return Card(
        text,
        ((Button(say.label("button.dashboard"), press("dash", dossier.id, 0), style="primary"),),),
    )


def view(dossier: Dossier, result: Result) -> dict[str, object]:
    """The facts of a result as templates read them."""
    running, rules = dossier.running, dossier.body.written
    counts = {p.value: result.tally[p] for p in ORDER if result.tally[p]}
    return {
        "dossier": dossier,
        "result": result,
        "of_agencies": dossier.body.of_agencies,
        "counts": counts,
        "agreeing": result.tally.agreeing,
        "names": _names(dossier, result),
        "threshold": rules.threshold,
        "silence_article": rules.silence.article,
        "opinions": _written(dossier, result, AGAINST),
        "comments": _written(dossier, result, (Position.APPROVE_WITH_COMMENTS,)),
        "outages": [o for o in running.outages if o.start < (result.closed_at or o.end)],
    }


def in_order(dossier: Dossier) -> list[Seat]:
    """The standing roll as it is listed: persons by given name, agencies in the order of the roll."""
    seats = list(dossier.running.standing)
    return seats if dossier.body.of_agencies else sorted(seats, key=lambda s: sort_key(s.name))


def _names(dossier: Dossier, result: Result) -> Mapping[str, list[str]]:
    by_position: dict[str, list[str]] = {}
    for seat in in_order(dossier):
        by_position.setdefault(result.positions[seat.person].value, []).append(seat.name)
    return by_position


def _written(
    dossier: Dossier, result: Result, positions: Collection[Position]
) -> list[tuple[str, Reply]]:
    """Words that are not reserved, in the order of the roll; of secret slips by themselves, without names."""
    last = dossier.running.last_replies
    found = [
        (seat.name, last[seat.person])
        for seat in dossier.running.standing
        if result.positions.get(seat.person) in positions and not last[seat.person].reserved
    ]
    found = [(name, reply) for name, reply in found if reply.words]
    if not dossier.body.written.secret_slips:
        return found
    return [("", reply) for _, reply in sorted(found, key=lambda each: each[1].words)]
