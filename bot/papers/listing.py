"""The papers of one thing as rows of buttons: each as a file, and the number that it bears or may take."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.db.notice import Button, Row
from bot.issuing import face as issuing
from bot.issuing.rules.letterhead import Paper
from bot.issuing.rules.numbers import Number
from bot.kit.unit import UnitOfWork
from bot.rendering import Rendering
from bot.values.action import Action

Numbers = Mapping[Paper, Number | None]
"""What each paper that is numbered bears; None where nothing is taken yet."""


async def numbers_of(work: UnitOfWork, issued: issuing.Issued | None, subject: str) -> Numbers:
    """The papers about a subject that bear numbers, those drawn up by hand too."""
    if issued is None:
        return {}
    of = (issued.committee, issued.body)
    symbols = (await issuing.letterhead(work.tx, *of)).symbols
    return {
        each: await issuing.number_taken(work.tx, *of, subject, each)
        for each in Paper
        if each in issued.papers and symbols[each]
    }


def rows_of(
    say: Rendering,
    subject: str,
    offered: Sequence[Paper],
    file: Callable[[Paper], Action],
    numbers: Numbers,
) -> Iterator[Row]:
    """Each paper as a button with its number below; then the numbers of papers drawn up by hand."""
    for each in offered:
        yield (Button(say.label(f"paper.{each.value}"), file(each)),)
        if each in numbers:
            yield (issuing.number_button(say, subject, each, numbers[each]),)
    for each, taken in numbers.items():
        if each not in offered:
            yield (issuing.number_button(say, subject, each, taken),)
