"""What is owed at the end of a story, in the words in which a story expects it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.kit.unit import Context
from bot.owed import overview
from bot.owed.overview import DebtTold
from bot.owed.rules.debt import DebtKind
from simulator.difference import Difference, other
from simulator.verbs.roster import Roster


async def owed(cast: Roster, context: Context) -> dict[str, tuple[str, ...]]:
    """The open debts of everybody of whom the story expects some, by due day: "upward_report c1".

    Somebody who sits in several committees owes those of the story's first.
    """
    names = {name for each in cast.story.expected for name in each.owed}
    found = dict[str, tuple[str, ...]]()
    for name in sorted(names):
        found[name] = ()
        for of in (cast, *cast.beside.values()):
            if name in of.persons:
                debts = await overview.owed_by(context, of.committee, of.person(name))
                found[name] += tuple(f"{debt.kind} {_called(cast, debt)}" for debt in debts)
    return found


def _called(cast: Roster, debt: DebtTold) -> str:
    """The row of the rule book that asks for it, or what it follows from by its name in the story."""
    if debt.rule:
        return debt.rule
    subject, _, number = debt.of.partition(":")
    things = {"consultation": cast.matters, "vote": cast.votes}.get(subject)
    number, _, place = number.partition(".")
    of = int(number) if things else 0
    if debt.kind in (DebtKind.ANSWER, DebtKind.TASK):
        things = cast.questions if debt.kind == DebtKind.ANSWER else cast.tasks
        of = debt.id
    found = (name for name, id_ in things.ids.items() if id_ == of) if things else iter(())
    called = next(found, debt.of)
    return f"{called}.{place}" if place else called


def differs(
    where: str, wanted: Mapping[str, Sequence[str]], found: Mapping[str, Sequence[str]]
) -> Iterator[Difference]:
    """Whose debts are others than expected, or stand in another order."""
    for name, expected in wanted.items():
        if tuple(expected) != tuple(found[name]):
            yield other(f"{where}.{name}", tuple(expected), tuple(found[name]))
