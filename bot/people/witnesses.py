"""Once a month a head of the register is given out: to clerks, heads, and two members drawn anew each time.

Whoever rewrites the register has to reckon with those who keep one. Nothing is decided or changed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.calendar import face as calendar
from bot.db import dues, people, register, rulebooks
from bot.db.dues import DueMoment
from bot.db.notice import REMINDER, Card
from bot.kit.due import Quiet, arranged, due
from bot.kit.heads import printed
from bot.kit.notify import notify, number_of, reference
from bot.kit.unit import UnitOfWork
from bot.people.cards import is_agency
from bot.people.rules.people import Person, head_of
from bot.people.rules.witnesses import drawn, may_be_drawn, next_note
from bot.rendering import Rendering
from bot.values.moments import in_viet_nam

NOTE = "head_note"
"""What falls due each month, and the act by which the register tells to whom its head was given."""


@arranged(5)
@calendar.changed.follow
async def arrange(work: UnitOfWork, committee: int) -> None:
    """Let the next note fall due; safe to repeat, for a month has one."""
    at = next_note(work.now, await calendar.working_calendar(work.tx, committee))
    key = f"{NOTE}:{committee}:{_month(at)}"
    await dues.put(work.tx, key, NOTE, at, about=reference("committee", committee))
    work.context.moments.wake()


async def _committee(work: UnitOfWork, moment: DueMoment) -> int | None:
    """Of an earlier month's note, late by an outage, nothing where that of this month is still to come."""
    committee, month = number_of(moment.about), _month(work.now)
    coming = next_note(work.now, await calendar.working_calendar(work.tx, committee))
    late = not moment.key.endswith(f":{month}")
    return None if late and _month(coming) == month else committee


def _month(moment: datetime) -> str:
    return f"{in_viet_nam(moment):%Y-%m}"


@due(NOTE, on=_committee, quiet=Quiet.WAIT)
async def give(work: UnitOfWork, committee: int, _moment: DueMoment) -> None:
    """The head of this moment goes out, and the register tells to whom; to nobody where nobody has joined."""
    await arrange(work, committee)
    head = await register.head(work.tx, committee)
    everybody = await people.of_committee(work.tx, committee)
    office = await _office(work, committee, everybody)
    lot = drawn(may_be_drawn(everybody, {each.id for each in office}), head.digest)
    to = [each for each in (*office, *lot) if each.joined]
    if not to:
        return
    name = (await people.committee(work.tx, committee)).name

    def told(person: Person) -> Card:
        reader = person if person in lot else None
        return printed(
            work.say, card(work.say, name, lot, reader, work.now), head.given_out(committee)
        )

    await notify(work, to, told, f"{NOTE}:{committee}:{_month(work.now)}", priority=REMINDER)
    detail = {
        "line": head.number,
        "digest": head.digest,
        "office": [each.id for each in to if each not in lot],
        "drawn": [each.id for each in lot],
    }
    await work.record(committee, None, NOTE, reference("committee", committee), detail)


async def _office(work: UnitOfWork, committee: int, everybody: list[Person]) -> list[Person]:
    """Clerks, and the head of each body."""
    rulebook = (await people.committee(work.tx, committee)).rulebook
    regulation = await rulebooks.regulation(work.tx, rulebook)
    heads = {head.id for body in regulation.bodies if (head := head_of(everybody, body))}
    return [each for each in everybody if each.is_clerk or each.id in heads]


def card(
    say: Rendering, committee: str, lot: Sequence[Person], reader: Person | None, now: datetime
) -> Card:
    """What the code at its foot is for, and to keep it; the office reads who was drawn, the `reader` that it is he."""
    names = [(each.name, is_agency(each)) for each in lot]
    you = is_agency(reader) if reader else None
    return Card(say.text("head_note", committee=committee, drawn=names, reader=you, now=now))
