"""A watch on every unit of work: what it holds in memory is what the database holds.

Rows that are remembered are read once more at each use. Facts that an act has advanced, as an answer added
to a dossier, are read anew from the tables before the act is committed.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Executable

from bot.consultations import store as consultations
from bot.consultations.rules.dossier import Dossier
from bot.db import drafts, engine
from bot.db.drafts import Draft
from bot.db.remembering import Remembering, key_of
from bot.db.transaction import Rows, Transaction, Values
from bot.kit.unit import Context, UnitOfWork
from bot.notices import store as notices
from bot.notices.rules.notice import MemberNotice
from bot.reports import store as reports
from bot.reports.rules.report import Report
from bot.votes import store as votes
from bot.votes.rules.vote import Vote

Fact = Dossier | Draft | MemberNotice | Report | Vote
"""What acts advance. A meeting is always read anew: what is made of one by `replace` is only considered."""


@dataclasses.dataclass
class _Unit:
    """What one unit of work advanced, the last of each, and the dossiers that it read for one member."""

    advanced: dict[tuple[type[Any], int], Fact] = dataclasses.field(default_factory=dict)
    read_for: dict[int, tuple[Mapping[int, int], datetime]] = dataclasses.field(
        default_factory=dict
    )

    def note(self, fact: Fact) -> None:
        self.advanced[type(fact), fact.id] = fact

    async def anew(self, tx: Transaction, fact: Fact) -> Fact | None:
        match fact:
            case Dossier():
                slip = await self._slip(tx, fact.id)
                return slip.of(fact.place) if slip is not None and fact.place else slip
            case Draft():
                return await drafts.get(tx, fact.id)
            case MemberNotice():
                return await notices.get(tx, fact.id)
            case Report():
                return await reports.get(tx, fact.id)
            case Vote():
                found = await votes.get(tx, fact.id)
                return found[1] if found else None

    async def _slip(self, tx: Transaction, of: int) -> Dossier | None:
        if of in self.read_for:
            return await _GET_FOR(tx, of, *self.read_for[of])
        return await consultations.get(tx, of)


_GET_FOR = consultations.get_for
_unit: ContextVar[_Unit | None] = ContextVar("unit", default=None)


def watch(patch: pytest.MonkeyPatch, wrong: list[str]) -> None:
    """Write down whatever memory and tables tell differently from now on."""
    for kind in (Dossier, MemberNotice, Report, Vote):
        patch.setattr(kind, "__init__", _noting(kind.__init__))
    for name in ("add", "fill"):
        patch.setattr(drafts, name, _noting_given(getattr(drafts, name)))
    patch.setattr(consultations, "get_for", _get_for)
    patch.setattr(Context, "work", _checked(Context.work, wrong))
    patch.setattr(engine, "Remembering", _doubting(wrong))


def _noting(made: Callable[..., None]) -> Callable[..., None]:
    """A fact that `replace` makes is one advanced; the store makes its own otherwise."""

    def noting(fact: Any, *given: Any, **named: Any) -> None:
        made(fact, *given, **named)
        unit, here = _unit.get(), inspect.currentframe()
        maker = here.f_back if here else None
        if unit is None or maker is None or maker.f_code is not dataclasses.replace.__code__:
            return
        # A slip looked at by one of its contents is the same facts: nothing is advanced by that.
        looking = maker.f_back is not None and maker.f_back.f_code is Dossier.of.__code__
        if not looking:
            unit.note(fact)

    return noting


def _noting_given(fill: Callable[..., Awaitable[Draft]]) -> Callable[..., Awaitable[Draft]]:
    async def noting(*given: Any) -> Draft:
        draft = await fill(*given)
        unit = _unit.get()
        if unit is not None:
            unit.note(draft)
        return draft

    return noting


async def _get_for(
    tx: Transaction, consultation_id: int, person_in: Mapping[int, int], at: datetime
) -> Dossier | None:
    unit = _unit.get()
    if unit is not None:
        unit.read_for[consultation_id] = (person_in, at)
    return await _GET_FOR(tx, consultation_id, person_in, at)


def _checked(work: Any, wrong: list[str]) -> Any:
    @asynccontextmanager
    async def checked(context: Context, *, reads: bool = False) -> AsyncIterator[UnitOfWork]:
        async with work(context, reads=reads) as open_work:
            unit = _Unit()
            token = _unit.set(unit)
            try:
                yield open_work
            finally:
                _unit.reset(token)
            for fact in unit.advanced.values():
                anew = await unit.anew(open_work.tx, fact)
                if anew is not None and anew != fact:
                    wrong.append(_difference(fact, anew, f"{type(fact).__name__} {fact.id}"))

    return checked


def _difference(fact: Any, anew: Any, where: str) -> str:
    """The parts that differ, each as it was held and as it was read."""
    if type(fact) is not type(anew) or not dataclasses.is_dataclass(fact):
        return f"{where}: {fact!r}, read {anew!r}"
    names = [each.name for each in dataclasses.fields(fact)]
    parts = [(name, getattr(fact, name), getattr(anew, name)) for name in names]
    return "; ".join(_difference(a, b, f"{where}.{name}") for name, a, b in parts if a != b)


def _doubting(wrong: list[str]) -> type[Remembering]:
    class Doubting(Remembering):
        """Asks the database also where it remembers."""

        async def execute(self, statement: Executable, parameters: Values | None = None) -> Rows:
            known = statement.is_select and self._knows(statement, parameters)
            rows = await super().execute(statement, parameters)
            if known:
                anew = await self._tx.execute(statement, parameters)
                if [*rows] != [*anew]:
                    wrong.append(f"remembered otherwise: {statement}")
            return rows

        def _knows(self, statement: Executable, parameters: Values | None) -> bool:
            return self._memory_of(statement).recall(key_of(statement, parameters)) is not None

    return Doubting
