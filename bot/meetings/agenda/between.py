"""What a body settles between two sessions of another, gathered into one item of its next agenda (BK 1.9, 2.10)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.db import people, rulebooks
from bot.kit.notify import reference
from bot.kit.unit import Line, UnitOfWork
from bot.meetings.agenda import store as agenda
from bot.meetings.agenda.store import WaitingItem
from bot.meetings.rules.meeting import Waits
from bot.regulations.rules.meetings import Announcement
from bot.regulations.rules.terms import Outcome
from bot.values.texts import shortened

SETTLED = frozenset({Outcome.ADOPTED, Outcome.NOT_ADOPTED})
"""Outcomes by which a body has settled something by itself."""
LONGEST = 200
"""Characters of one subject among the others."""


async def gather(
    work: UnitOfWork, committee: int, body: str, settled: Sequence[tuple[str, str]]
) -> None:
    """Subjects, each with its outcome's id, join the item that waits, or begin it; nothing else of them is told."""
    if not settled:
        return
    rulebook = (await people.committee(work.tx, committee)).rulebook
    regulation = await rulebooks.regulation(work.tx, rulebook)
    for hears in regulation.bodies:
        rules = hears.meetings.announcements if hears.meetings else ()
        for rule in rules:
            if rule.gathers and rule.from_body == body:
                await _gather(work, committee, hears.id, rule, settled)


async def _gather(
    work: UnitOfWork,
    committee: int,
    hears: str,
    rule: Announcement,
    settled: Sequence[tuple[str, str]],
) -> None:
    for subject, outcome in settled:
        told = work.say.label(f"outcome.{outcome}")
        words = work.say.label(
            "settled_between.line", subject=shortened(subject, LONGEST), outcome=told
        )
        waiting = await agenda.waiting(work.tx, committee, hears)
        begun = next((each for each in waiting if each.reason == Waits.SETTLED_BETWEEN), None)
        item = WaitingItem(hears, rule.what, Waits.SETTLED_BETWEEN.value, words=words)
        line = Line(
            committee,
            None,
            "settled_between",
            reference("body", hears),
            {"subject": subject, "outcome": outcome, "article": rule.article},
        )
        if begun is None:
            await work.write(agenda.wait_for(committee, item, work.now), line)
        else:
            await work.write(agenda.add_words(begun.id, words), line)
