"""Changes to the people of a committee, and who stands in for whom, in tables. No right is judged here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from bot.db import people as people_tables
from bot.db.fact import fact
from bot.db.schema import committees, delegations, invitations, outbox, people, rebindings, seats
from bot.db.transaction import Transaction
from bot.people.rules.people import SeatHeld


@dataclass(frozen=True, slots=True)
class RebindingRequest:
    """A clerk's request to free a person from its account, not settled yet."""

    id: int
    person: int
    asked_by: int


async def committee_named(tx: Transaction, name: str) -> int | None:
    """The committee of that name, compared without regard to capitals."""
    found = await tx.execute(select(committees.c.id, committees.c.name))
    return next((row.id for row in found if row.name.casefold() == name.casefold()), None)


@fact
async def rename(tx: Transaction, person: int, name: str) -> None:
    """Write a person's name anew; rolls frozen before keep the old one."""
    await tx.execute(update(people).where(people.c.id == person).values(name=name))


@fact
async def end_seat(tx: Transaction, person: int, seat: SeatHeld, at: datetime) -> None:
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


@fact
async def enter(tx: Transaction, committee: int, name: str, seat: SeatHeld) -> int:
    """Enter somebody new with the first seat; gives the person's id."""
    new = await people_tables.add_person(tx, committee, name)
    await people_tables.add_seat(tx, committee, new, seat)
    return new


add_seat = fact(people_tables.add_seat)
retire = fact(people_tables.retire)
bind = fact(people_tables.bind)
use_invitation = fact(people_tables.use_invitation)
ask_rebinding = fact(people_tables.ask_rebinding)
settle_rebinding = fact(people_tables.settle_rebinding)


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


async def rebinding_request(tx: Transaction, person: int) -> RebindingRequest | None:
    """The unsettled request to free this person, if there is one."""
    found = await tx.execute(
        select(rebindings).where(
            rebindings.c.person_id == person, rebindings.c.settled_at.is_(None)
        )
    )
    row = found.first()
    return RebindingRequest(row.id, row.person_id, row.asked_by) if row else None


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
            outbox.c.state == "pending",
        )
        .values(state="dropped", reason="freed", settled_at=at)
    )


@dataclass(frozen=True, slots=True)
class Delegation:
    """A delegation of a body's head to another person; both ends belong to it."""

    id: int
    committee: int
    body: str
    of: int
    to: int
    starts_at: datetime
    ends_at: datetime
    article: str
    withdrawn_at: datetime | None = None


@fact
async def add(tx: Transaction, delegation: Delegation, at: datetime) -> int:
    """Enter a delegation (its id is given here); gives its id."""
    entered = await tx.execute(
        insert(delegations)
        .values(
            committee_id=delegation.committee,
            body=delegation.body,
            of=delegation.of,
            to=delegation.to,
            starts_at=delegation.starts_at,
            ends_at=delegation.ends_at,
            article=delegation.article,
            given_at=at,
        )
        .returning(delegations.c.id)
    )
    return int(entered.scalar_one())


@fact
async def withdraw(tx: Transaction, delegation_id: int, at: datetime) -> None:
    """End a delegation before its time."""
    await tx.execute(
        update(delegations).where(delegations.c.id == delegation_id).values(withdrawn_at=at)
    )


async def running(tx: Transaction, committee: int, at: datetime) -> list[Delegation]:
    """Delegations not withdrawn that have not ended at `at`, the earliest first."""
    found = await tx.execute(
        select(delegations)
        .where(
            delegations.c.committee_id == committee,
            delegations.c.withdrawn_at.is_(None),
            delegations.c.ends_at >= at,
        )
        .order_by(delegations.c.starts_at, delegations.c.id)
    )
    return [_delegation(row) for row in found]


async def active(tx: Transaction, committee: int, body: str, at: datetime) -> list[Delegation]:
    """Delegations of that body's head in force at `at`."""
    return [
        each
        for each in await running(tx, committee, at)
        if each.body == body and each.starts_at <= at
    ]


def _delegation(row: Row[Any]) -> Delegation:
    return Delegation(
        row.id,
        row.committee_id,
        row.body,
        row.of,
        row.to,
        row.starts_at,
        row.ends_at,
        row.article,
        row.withdrawn_at,
    )
