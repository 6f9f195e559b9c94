"""Requests that one person asks and another confirms, in tables. What they ask, who may confirm: not known here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from bot.db.fact import fact
from bot.db.schema import approval_voices, approvals
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction


class State(StrEnum):
    """What has become of a request."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
    """By who asked."""
    LAPSED = "lapsed"
    """It waited too long, or cannot be carried out any more."""
    CALLED_OFF = "called_off"
    """It was confirmed for a day to come, and another request has taken that back before."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What one person said to a request; no person is who runs the machine."""

    person: int | None
    agrees: bool
    reason: str = ""
    acting_for: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One request: `content` is what is asked, as its kind keeps it; `about` names whom or what it concerns.

    `decision` and `decided_on` are number and day of the decision that it rests on, "" and None where it has
    none. `passed_on_at` is when others were asked, because who was asked first had been silent.
    """

    id: int
    committee: int
    kind: str
    about: str
    content: Mapping[str, Any]
    asked_by: int
    asked_at: datetime
    decision: str = ""
    decided_on: date | None = None
    passed_on_at: datetime | None = None
    state: State = State.ASKED
    settled_at: datetime | None = None
    voices: tuple[Voice, ...] = field(default=())

    @property
    def rests_on(self) -> dict[str, str | None]:
        """Number and day of the decision, as lines of the register tell them."""
        day = self.decided_on.isoformat() if self.decided_on else None
        return {"decision": self.decision, "decided_on": day}


@fact
async def ask(tx: Transaction, request: Request) -> int:
    """Enter a request (its id is given here); gives its id."""
    entered = await tx.execute(
        insert(approvals)
        .values(
            committee_id=request.committee,
            kind=request.kind,
            about=request.about,
            content=dict(request.content),
            decision=request.decision,
            decided_on=request.decided_on,
            asked_by=request.asked_by,
            asked_at=request.asked_at,
            state=State.ASKED.value,
        )
        .returning(approvals.c.id)
    )
    return int(entered.scalar_one())


@fact
async def say(tx: Transaction, request: int, voice: Voice, at: datetime) -> None:
    """Keep what one person said to it."""
    await tx.execute(
        insert(approval_voices).values(
            approval_id=request,
            person_id=voice.person,
            agrees=voice.agrees,
            reason=voice.reason,
            acting_for=voice.acting_for,
            at=at,
        )
    )


@fact
async def settle(tx: Transaction, request: int, state: State, at: datetime) -> None:
    """It waits no longer."""
    await tx.execute(
        update(approvals).where(approvals.c.id == request).values(state=state.value, settled_at=at)
    )


@fact
async def pass_on(tx: Transaction, request: int, at: datetime) -> None:
    """From now on others may answer, too."""
    await tx.execute(update(approvals).where(approvals.c.id == request).values(passed_on_at=at))


async def request(tx: Transaction, request_id: int) -> Request | None:
    """The request of that id, settled or not."""
    row = (await tx.execute(select(approvals).where(approvals.c.id == request_id))).first()
    return (await _with_voices(tx, [row]))[0] if row else None


async def waiting(tx: Transaction, committee: int) -> list[Request]:
    """Everything in a committee that is not settled, the earliest first."""
    return await _with_voices(tx, (await tx.execute(_WAITING, {"of": committee})).all())


_WAITING = compiled_once(
    select(approvals)
    .where(approvals.c.committee_id == bindparam("of"), approvals.c.state == State.ASKED.value)
    .order_by(approvals.c.id)
)


async def of_committee(tx: Transaction, committee: int) -> list[Request]:
    """Everything ever asked in a committee, the earliest first."""
    found = await tx.execute(
        select(approvals).where(approvals.c.committee_id == committee).order_by(approvals.c.id)
    )
    return await _with_voices(tx, found.all())


async def of_kind(tx: Transaction, kind: str) -> list[Request]:
    """Everything of that kind, settled or not, of whatever committee, the earliest first."""
    found = await tx.execute(
        select(approvals).where(approvals.c.kind == kind).order_by(approvals.c.id)
    )
    return await _with_voices(tx, found.all())


async def _with_voices(tx: Transaction, rows: Sequence[Row[Any]]) -> list[Request]:
    said: dict[int, list[Voice]] = {row.id: [] for row in rows}
    if rows:
        found = await tx.execute(
            select(approval_voices)
            .where(approval_voices.c.approval_id.in_(said))
            .order_by(approval_voices.c.id)
        )
        for each in found:
            voice = Voice(each.person_id, each.agrees, each.reason, each.acting_for)
            said[each.approval_id].append(voice)
    return [_request(row, tuple(said[row.id])) for row in rows]


def _request(row: Row[Any], voices: tuple[Voice, ...]) -> Request:
    return Request(
        row.id,
        row.committee_id,
        row.kind,
        row.about,
        row.content,
        row.asked_by,
        row.asked_at,
        row.decision,
        row.decided_on,
        row.passed_on_at,
        State(row.state),
        row.settled_at,
        voices,
    )
