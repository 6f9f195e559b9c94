"""A rule book as somebody would have it, read with the values chosen before, beside the one whose place it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.committees.amending import store
from bot.committees.amending.store import Amendment
from bot.committees.rules.difference import Difference, difference
from bot.db import rulebooks
from bot.db.people import Committee
from bot.db.rulebooks import Kept
from bot.kit.unit import UnitOfWork
from bot.regulations.faults import RegulationFaults
from bot.regulations.loader import parse
from bot.regulations.rules.regulation import Regulation
from bot.values.refusal import Refusal, Refused

FAULTS_TOLD = 6
"""Faults of a file that a message tells; the others are counted."""


@dataclass(frozen=True, slots=True)
class Base:
    """What an amendment goes out from: the rule book that stands last, and from when on, if that lies ahead."""

    regulation: Regulation
    kept: Kept
    ahead: date | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    """The rule book that would stand, with its text and its values; `file` where the text is another."""

    regulation: Regulation
    kept: Kept
    file: str = ""
    unasked: tuple[str, ...] = field(default=())
    """Settings that the committee was never asked about."""


async def base(work: UnitOfWork, committee: Committee) -> Base:
    """The rule book that the committee goes by once all that is confirmed is in force."""
    confirmed = await store.ahead(work.tx, committee.id)
    last = Amendment.of(confirmed[-1].content) if confirmed else None
    digest = last.rulebook if last else committee.rulebook
    return Base(
        await rulebooks.regulation(work.tx, digest),
        await rulebooks.kept(work.tx, digest),
        last.since if last else None,
    )


def with_settings(of: Base, settings: Mapping[str, object]) -> Proposed:
    """The same text with other values; refused where one is unknown or impossible, or where nothing changes."""
    kept = Kept(of.kept.name, of.kept.text, {**of.kept.settings, **settings})
    return _other(of, Proposed(_read(kept), kept))


def with_text(of: Base, name: str, text: str, settings: Mapping[str, object]) -> Proposed:
    """Another text, with the values chosen before where it knows them; refused if faulty, a model, or nothing new."""
    bare = _read(Kept(name, text, {}))
    if bare.model:
        raise Refused(Refusal("amend_model", values={"title": bare.title}))
    known = {each.name for each in bare.settings}
    carried = {each: v for each, v in of.kept.settings.items() if each in known}
    kept = Kept(name, text, {**carried, **settings})
    before = {each.name for each in of.regulation.settings}
    unasked = tuple(each for each in known if each not in before and each not in settings)
    return _other(of, Proposed(_read(kept), kept, name, unasked))


def _read(kept: Kept) -> Regulation:
    try:
        return parse(kept.text, kept.name, kept.settings)
    except RegulationFaults as wrong:
        told = [(fault.line, fault.key, fault.message) for fault in wrong.faults]
        values = {"faults": told[:FAULTS_TOLD], "more": len(told[FAULTS_TOLD:]), "name": kept.name}
        raise Refused(Refusal("amend_faults", values=values)) from wrong


def _other(of: Base, proposed: Proposed) -> Proposed:
    if not differences(of.regulation, proposed.regulation):
        raise Refused(Refusal("amend_nothing"))
    return proposed


def differences(before: Regulation, now: Regulation) -> tuple[Difference, ...]:
    """All that would stand otherwise."""
    return difference(before, now)
