"""Committees, people, seats and invitations in tables. Who may do what is not decided here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, func, insert, select, update

from bot.db import rulebooks
from bot.db.fact import fact
from bot.db.rulebooks import Kept, Turn
from bot.db.schema import accounts, committees, invitations, people, seats
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Reading, Transaction
from bot.people.rules.people import Person, Role, SeatHeld
from bot.regulations.rules.regulation import Regulation


@dataclass(frozen=True, slots=True)
class Committee:
    """A committee and the rule book it works by now."""

    id: int
    name: str
    rulebook: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation as found by its hash."""

    person: int
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


async def committee(tx: Reading, committee_id: int) -> Committee:
    """The committee of that id; it exists."""
    return _committee((await tx.execute(_COMMITTEE, {"of": committee_id})).one())


_COMMITTEE = compiled_once(
    select(committees).where(committees.c.id == bindparam("of")), lasting=True
)


async def all_committees(tx: Transaction) -> list[Committee]:
    """Every committee this bot serves."""
    return [_committee(row) for row in await tx.execute(_COMMITTEES)]


_COMMITTEES = compiled_once(select(committees).order_by(committees.c.id), lasting=True)


def _committee(row: Row[Any]) -> Committee:
    return Committee(row.id, row.name, row.rulebook)


async def add_committee(tx: Transaction, name: str, rulebook: str, created_at: datetime) -> int:
    """Enter a committee; its name is unique."""
    entered = await tx.execute(
        insert(committees)
        .values(name=name, rulebook=rulebook, created_at=created_at)
        .returning(committees.c.id)
    )
    return int(entered.scalar_one())


@fact
async def take_rulebook(tx: Transaction, regulation: Regulation, book: Kept, turn: Turn) -> None:
    """From now on the committee goes by this rule book; what is pinned under another keeps it."""
    digest = await rulebooks.keep(tx, regulation, book.name, book.text, book.settings)
    await rulebooks.turn(tx, turn)
    await tx.execute(
        update(committees).where(committees.c.id == turn.committee).values(rulebook=digest)
    )


async def add_person(
    tx: Transaction,
    committee_id: int,
    name: str,
    *,
    unit: str = "",
    post: str = "",
    code: str = "",
) -> int:
    """Enter a person without seats."""
    who = {"committee_id": committee_id, "name": name, "unit": unit, "post": post, "code": code}
    entered = await tx.execute(_ADD_PERSON, who)
    return int(entered.scalar_one())


_ADD_PERSON = compiled_once(insert(people).returning(people.c.id))
_ADD_SEAT = compiled_once(insert(seats))


async def add_seat(tx: Transaction, committee_id: int, person_id: int, seat: SeatHeld) -> None:
    """Give a person a seat."""
    row = {
        "committee_id": committee_id,
        "person_id": person_id,
        "role": seat.role.value,
        "body": seat.body,
        "office": seat.office,
        "full_time": seat.full_time,
        "part_time_vice_president": seat.part_time_vice_president,
        "place": seat.place,
    }
    await tx.execute(_ADD_SEAT, row)


async def of_committee(tx: Transaction, committee_id: int) -> list[Person]:
    """Everybody in the committee who is not retired."""
    return await _persons(tx, _OF_COMMITTEE, {"of": committee_id})


async def names_of_committee(tx: Transaction, committee_id: int) -> list[tuple[int, str]]:
    """Everybody who is or was in the committee, by id and name: what a search by name goes through."""
    found = await tx.execute(_NAMES, {"of": committee_id})
    return [(row.id, row.name) for row in found]


async def names(tx: Transaction, ids: Sequence[int]) -> dict[int, str]:
    """What these are called, also those who are retired."""
    found = {one.id: one.name for one in (await persons(tx, ids)).values()}
    gone = [each for each in ids if each not in found]
    if gone:
        left = await tx.execute(select(people.c.id, people.c.name).where(people.c.id.in_(gone)))
        found |= {row.id: row.name for row in left}
    return found


async def of_account(tx: Reading, account_id: int) -> list[Person]:
    """The persons this Telegram account is, one for each committee."""
    return await _persons(tx, _OF_ACCOUNT, {"of": account_id})


async def person(tx: Transaction, person_id: int) -> Person | None:
    """The person of that id unless retired."""
    found = await _persons(tx, _OF_ID, {"of": person_id})
    return found[0] if found else None


async def persons(tx: Transaction, ids: Sequence[int]) -> dict[int, Person]:
    """Those of these ids who are not retired."""
    if len(ids) <= FEW:
        each = [await person(tx, one) for one in ids]
        return {one.id: one for one in each if one is not None}
    found = await _persons(tx, _current().where(people.c.id.in_(ids)))
    return {one.id: one for one in found}


FEW = 4
"""So many are asked for one by one, as each is remembered; a list is worded anew for every length."""


def _current() -> Select[Any]:
    return (
        select(
            people.c.id,
            people.c.committee_id,
            people.c.name,
            people.c.account_id,
            people.c.unit,
            people.c.post,
            people.c.code,
            accounts.c.blocked_at,
            seats.c.role,
            seats.c.body,
            seats.c.office,
            seats.c.full_time,
            seats.c.part_time_vice_president,
            seats.c.place,
        )
        .select_from(
            people.outerjoin(
                seats, and_(seats.c.person_id == people.c.id, seats.c.retired_at.is_(None))
            ).outerjoin(accounts, accounts.c.id == people.c.account_id)
        )
        .where(people.c.retired_at.is_(None))
        .order_by(people.c.id, seats.c.id)
    )


_NAMES = compiled_once(
    select(people.c.id, people.c.name).where(people.c.committee_id == bindparam("of"))
)
_OF_COMMITTEE = compiled_once(_current().where(people.c.committee_id == bindparam("of")))
_OF_ACCOUNT = compiled_once(_current().where(people.c.account_id == bindparam("of")))
_OF_ID = compiled_once(_current().where(people.c.id == bindparam("of")))


async def _persons(
    tx: Reading, query: Select[Any], of: Mapping[str, int] | None = None
) -> list[Person]:
    return list((await tx.execute(query, of)).once(_those_of))


def _those_of(found: Sequence[Row[Any]]) -> tuple[Person, ...]:
    by_person: dict[int, list[Row[Any]]] = {}
    for row in found:
        by_person.setdefault(row.id, []).append(row)
    return tuple(_person(rows) for rows in by_person.values())


def _person(rows: Sequence[Row[Any]]) -> Person:
    """One person from a row for each seat; a person without seats has one row without a role."""
    one = rows[0]
    seats_held = tuple(
        SeatHeld(
            Role(row.role),
            row.body,
            row.office,
            row.full_time,
            row.place,
            row.part_time_vice_president,
        )
        for row in rows
        if row.role is not None
    )
    reachable = one.blocked_at is None
    return Person(
        one.id,
        one.committee_id,
        one.name,
        one.account_id,
        seats_held,
        reachable,
        unit=one.unit,
        post=one.post,
        code=one.code,
    )


async def next_place(tx: Transaction, committee_id: int, body: str) -> int:
    """The place after the last seat of a body."""
    query = select(func.max(seats.c.place)).where(
        seats.c.committee_id == committee_id, seats.c.body == body
    )
    last = (await tx.execute(query)).scalar()
    return 0 if last is None else int(last) + 1


async def retire(tx: Transaction, person_id: int, at: datetime) -> None:
    """Take a person and its seats out of every later roll."""
    await tx.execute(
        update(people).where(people.c.id == person_id).values(retired_at=at, account_id=None)
    )
    await tx.execute(update(seats).where(seats.c.person_id == person_id).values(retired_at=at))
    await revoke_invitations(tx, person_id, at)


# --- accounts and invitations ----------------------------------------------------------------


async def bind(tx: Transaction, person_id: int, account_id: int | None) -> None:
    """Tie a person to an account, or to none."""
    await tx.execute(_BIND, {"of": person_id, "to": account_id})


_BIND = compiled_once(
    update(people).where(people.c.id == bindparam("of")).values(account_id=bindparam("to"))
)


async def is_bound(tx: Transaction, account_id: int) -> bool:
    """Whether an account is a person of some committee."""
    return (await tx.execute(_IS_BOUND, {"of": account_id})).first() is not None


_IS_BOUND = compiled_once(
    select(people.c.id).where(people.c.account_id == bindparam("of")).limit(1)
)


async def add_account(tx: Transaction, account_id: int, at: datetime) -> None:
    """Remember an account that opened the bot."""
    if (await tx.execute(_ACCOUNT, {"of": account_id})).first() is None:
        await tx.execute(_ADD_ACCOUNT, {"id": account_id, "joined_at": at})


_ACCOUNT = compiled_once(select(accounts.c.id).where(accounts.c.id == bindparam("of")))
_ADD_ACCOUNT = compiled_once(insert(accounts))


async def set_blocked(tx: Transaction, account_id: int, at: datetime | None) -> None:
    """Record that an account blocked the bot, or let it in again."""
    await tx.execute(_BLOCK, {"of": account_id, "at": at})


_BLOCK = compiled_once(
    update(accounts).where(accounts.c.id == bindparam("of")).values(blocked_at=bindparam("at"))
)


async def add_invitation(
    tx: Transaction, token_hash: str, person_id: int, issued_at: datetime, expires_at: datetime
) -> None:
    """Keep an invitation by the hash of its token."""
    row = {"token_hash": token_hash, "person_id": person_id}
    await tx.execute(_INVITE, row | {"issued_at": issued_at, "expires_at": expires_at})


_INVITE = compiled_once(insert(invitations))
_INVITATION = compiled_once(
    select(invitations).where(invitations.c.token_hash == bindparam("hash"))
)
_USE = compiled_once(
    update(invitations)
    .where(invitations.c.token_hash == bindparam("hash"))
    .values(used_at=bindparam("at"))
)
_REVOKE = compiled_once(
    update(invitations)
    .where(invitations.c.person_id == bindparam("of"), invitations.c.used_at.is_(None))
    .values(revoked_at=bindparam("at"))
)


async def invitation(tx: Transaction, token_hash: str) -> Invitation | None:
    """The invitation with that hash."""
    row = (await tx.execute(_INVITATION, {"hash": token_hash})).first()
    if row is None:
        return None
    return Invitation(row.person_id, row.expires_at, row.used_at, row.revoked_at)


async def use_invitation(tx: Transaction, token_hash: str, at: datetime) -> None:
    """Mark an invitation as used."""
    await tx.execute(_USE, {"hash": token_hash, "at": at})


async def revoke_invitations(tx: Transaction, person_id: int, at: datetime) -> None:
    """No earlier invitation of this person opens anything any more."""
    await tx.execute(_REVOKE, {"of": person_id, "at": at})
