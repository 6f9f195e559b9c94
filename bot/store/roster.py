"""Changes to the people of a committee in tables. Who may change them is not known here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from bot.domain.people import SeatHeld
from bot.store.schema import committees, invitations, outbox, people, rebindings, seats
from bot.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Wish:
    """A clerk's wish to free a person from its account, not settled yet."""

    id: int
    person: int
    asked_by: int


async def committee_named(tx: Transaction, name: str) -> int | None:
    """The committee of that name, compared without regard to capitals."""
    found = await tx.execute(select(committees.c.id, committees.c.name))
    return next((row.id for row in found if row.name.casefold() == name.casefold()), None)


async def rename(tx: Transaction, person: int, name: str) -> None:
    """Write a person's name anew; rolls frozen before keep the old one."""
    await tx.execute(update(people).where(people.c.id == person).values(name=name))


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


async def wish_for(tx: Transaction, person: int) -> Wish | None:
    """The unsettled wish to free this person, if there is one."""
    found = await tx.execute(
        select(rebindings).where(
            rebindings.c.person_id == person, rebindings.c.settled_at.is_(None)
        )
    )
    row = found.first()
    return Wish(row.id, row.person_id, row.asked_by) if row else None


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
