"""Changes to the people of a committee, and who stands in for whom, in tables. No right is judged here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, update

from bot.db import people as people_tables
from bot.db.fact import fact
from bot.db.schema import (
    absences,
    committees,
    delegations,
    invitations,
    outbox,
    people,
    seats,
)
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction
from bot.people.rules.acting import StandIn
from bot.people.rules.new_roll import Listed, NewRoll
from bot.people.rules.people import Person, SeatHeld


async def committee_named(tx: Transaction, name: str) -> int | None:
    """The committee of that name, compared without regard to capitals."""
    found = await tx.execute(select(committees.c.id, committees.c.name))
    return next((row.id for row in found if row.name.casefold() == name.casefold()), None)


@fact
async def rename(tx: Transaction, person: int, name: str) -> None:
    """Write a person's name anew; rolls frozen before keep the old one."""
    await tx.execute(update(people).where(people.c.id == person).values(name=name))


async def _end_seat(tx: Transaction, person: int, seat: SeatHeld, at: datetime) -> None:
    """Take one seat out of every later roll; its row stays."""
    await tx.execute(
        update(seats)
        .where(
            seats.c.person_id == person,
            seats.c.role == seat.role.value,
            seats.c.body == seat.body,
            seats.c.retired_at.is_(None),
        )
        .values(retired_at=at)
    )


end_seat = fact(_end_seat)


@fact
async def enter(tx: Transaction, committee: int, name: str, seat: SeatHeld) -> int:
    """Enter somebody new with the first seat; gives the person's id."""
    new = await people_tables.add_person(tx, committee, name)
    await people_tables.add_seat(tx, committee, new, seat)
    return new


@fact
async def take_roster(
    tx: Transaction, committee: int, roll: NewRoll, today: Mapping[int, Person], at: datetime
) -> list[int]:
    """Seats as a roster has them from now on: of who stays, of who comes, of nobody who goes; gives who came, by id."""
    for gone in roll.goes:
        if gone in today:
            await people_tables.retire(tx, gone, at)
    came = []
    for each in roll.listed:
        if each.person is None:
            new = await people_tables.add_person(
                tx, committee, each.name, unit=each.unit, post=each.post, code=each.code
            )
            came.append(new)
            for seat in each.seats:
                await people_tables.add_seat(tx, committee, new, seat)
        else:
            await _seat_anew(tx, today[each.person], each, at)
    return came


async def _seat_anew(tx: Transaction, person: Person, listed: Listed, at: datetime) -> None:
    """What is as it was is not written anew."""
    was = {"name": person.name, **_beside(person)}
    row = {"name": listed.name, **_beside(person), **_said(_beside(listed))}
    if row != was:
        await tx.execute(update(people).where(people.c.id == person.id).values(**row))
    for seat in person.seats:
        if seat not in listed.seats:
            await _end_seat(tx, person.id, seat, at)
    for seat in listed.seats:
        if seat not in person.seats:
            await people_tables.add_seat(tx, person.committee, person.id, seat)


def _beside(each: Person | Listed) -> dict[str, str]:
    """What stands beside the name."""
    return {"unit": each.unit, "post": each.post, "code": each.code}


def _said(beside: Mapping[str, str]) -> dict[str, str]:
    """What a roster leaves empty stays as it was."""
    return {column: words for column, words in beside.items() if words}


add_seat = fact(people_tables.add_seat)
retire = fact(people_tables.retire)
bind = fact(people_tables.bind)
use_invitation = fact(people_tables.use_invitation)


async def open_invitation(tx: Transaction, person: int) -> datetime | None:
    """Until when the person's invitation opens the door; None when there is none to be used."""
    found = await tx.execute(
        select(func.max(invitations.c.expires_at)).where(
            invitations.c.person_id == person,
            invitations.c.used_at.is_(None),
            invitations.c.revoked_at.is_(None),
        )
    )
    until: datetime | None = found.scalar()
    return until


async def forget_link(tx: Transaction, row: int) -> None:
    """Take the words out of a sent message that carried an invitation's link."""
    await tx.execute(update(outbox).where(outbox.c.id == row).values(text="", rows=[]))


async def drop_waiting(tx: Transaction, person: int, account: int, at: datetime) -> None:
    """What still waits to be sent to a person at an account is not sent any more."""
    await tx.execute(
        update(outbox)
        .where(
            outbox.c.chat_id == account,
            outbox.c.person_id == person,
            outbox.c.state.in_(("pending", "held")),
        )
        .values(state="dropped", reason="freed", settled_at=at)
    )


@fact
async def stand_in(tx: Transaction, given: StandIn, at: datetime) -> int:
    """Enter that somebody stands in (its id is given here); gives its id."""
    entered = await tx.execute(
        insert(delegations)
        .values(
            committee_id=given.committee,
            body=given.body,
            of=given.of,
            to=given.to,
            starts_at=given.starts_at,
            ends_at=given.ends_at,
            article=given.article,
            scope=given.scope.value,
            absence_id=given.absence,
            given_at=at,
        )
        .returning(delegations.c.id)
    )
    return int(entered.scalar_one())


@fact
async def withdraw(tx: Transaction, given: int, at: datetime) -> None:
    """Somebody stands in no longer than until now."""
    await tx.execute(update(delegations).where(delegations.c.id == given).values(withdrawn_at=at))


async def committee_of(tx: Transaction, given: int) -> int | None:
    """The committee in which somebody stands in by that id."""
    found = await tx.execute(select(delegations.c.committee_id).where(delegations.c.id == given))
    committee: int | None = found.scalar()
    return committee


@dataclass(frozen=True, slots=True)
class Absence:
    """A head's absence as the clerk entered it, from one moment to another.

    With `body` somebody is put on duty for that body alone, by its decision of that number and day; `to` is
    that one. Else any deputy whom the regulation names may take it on, for every body that the head heads.
    """

    id: int
    committee: int
    of: int
    starts_at: datetime
    ends_at: datetime
    entered_by: int
    body: str = ""
    to: int | None = None
    decision: str = ""
    decided_on: date | None = None
    ended_at: datetime | None = None


@fact
async def enter_absence(tx: Transaction, absence: Absence, at: datetime) -> int:
    """Enter an absence (its id is given here); gives its id."""
    entered = await tx.execute(
        insert(absences)
        .values(
            committee_id=absence.committee,
            of=absence.of,
            starts_at=absence.starts_at,
            ends_at=absence.ends_at,
            entered_by=absence.entered_by,
            body=absence.body,
            to=absence.to,
            decision=absence.decision,
            decided_on=absence.decided_on,
            entered_at=at,
        )
        .returning(absences.c.id)
    )
    return int(entered.scalar_one())


@fact
async def end_absence(tx: Transaction, absence: int, at: datetime) -> None:
    """An absence lasts no longer than until now."""
    await tx.execute(update(absences).where(absences.c.id == absence).values(ended_at=at))


async def absence(tx: Transaction, absence_id: int) -> Absence | None:
    """The absence of that id."""
    row = (await tx.execute(select(absences).where(absences.c.id == absence_id))).first()
    return _absence(row) if row else None


async def absences_of(tx: Transaction, committee: int, at: datetime) -> list[Absence]:
    """Absences not ended by `at`, the earliest first."""
    found = await tx.execute(_ABSENCES, {"of_committee": committee, "at": at})
    return [_absence(row) for row in found]


_ABSENCES = compiled_once(
    select(absences)
    .where(
        absences.c.committee_id == bindparam("of_committee"),
        absences.c.ended_at.is_(None),
        absences.c.ends_at >= bindparam("at"),
    )
    .order_by(absences.c.starts_at, absences.c.id)
)


def _absence(row: Row[Any]) -> Absence:
    return Absence(
        row.id,
        row.committee_id,
        row.of,
        row.starts_at,
        row.ends_at,
        row.entered_by,
        row.body,
        row.to,
        row.decision,
        row.decided_on,
        row.ended_at,
    )
