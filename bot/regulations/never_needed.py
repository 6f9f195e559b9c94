"""Grounds and thresholds that no matter can come to, least numbers that are always reached. None of it is a fault."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from bot.regulations.cells import LeastPart, Needed
from bot.regulations.faults import Finding, Findings
from bot.regulations.positions import KeyPath
from bot.regulations.rules.regulation import Ground
from bot.regulations.rules.terms import Matter
from bot.regulations.schema.document import Document
from bot.regulations.schema.written import SecondRoundPart, WrittenPart

Asked = tuple[Matter, Ground]
"""A matter that may be asked on a ground."""


def never_needed(path: KeyPath, part: WrittenPart, document: Document) -> Findings:
    """What of grounds, thresholds and causes of a body asked in writing can never be needed."""
    asked = frozenset(_asked(part, (*Matter, *document.own_matters)))
    for ground, cell in part.grounds.items():
        if not any(ground is on for _, on in asked):
            values = {"name": ground.value, "article": cell.article or part.article}
            yield Finding((*path, "grounds", ground.value), "never_on_ground", values)
    own = {
        matter_and_ground for each in part.own_threshold for matter_and_ground in _of(each, asked)
    }
    if part.threshold and asked and own == asked:
        article = part.threshold.article or part.article
        yield Finding((*path, "threshold"), "never_threshold", {"article": article})
    for at, each in enumerate(part.own_threshold):
        if not _of(each, asked):
            where, article = (*path, "own_threshold", at), each.article or part.article
            yield Finding(where, "never_threshold", {"article": article})
    share = part.threshold or document.common.threshold
    rows: list[tuple[KeyPath, Needed | None]] = [(("threshold",), part.threshold)]
    rows += [(("own_threshold", at), each) for at, each in enumerate(part.own_threshold)]
    for key, row in rows:
        if row and row.in_favour and _always_reached(row, row.in_favour):
            where = (*path, *key, "in_favour")
            yield Finding(where, "never_least", {"article": row.in_favour.article})
    needed = [each for each in (share, *part.own_threshold) if each]
    if part.second_round and needed:
        yield from _causes((*path, "second_round", "because"), part.second_round, needed)


def _asked(part: WrittenPart, matters: tuple[Matter, ...]) -> Iterator[Asked]:
    """Every matter on every ground on which it is taken, as the file is read or under another setting."""
    settled = {m for each in part.excluded if each.applies or each.lifted for m in each.matters}
    refused = {
        (matter, ground)
        for each in part.excluded
        if not (each.applies or each.lifted)
        for matter in each.matters
        for ground in each.grounds
    }
    for matter in matters:
        if matter in settled or matter in part.matters:
            yield from ((matter, on) for on in part.grounds if (matter, on) not in refused)


def _of(each: Needed, asked: frozenset[Asked]) -> frozenset[Asked]:
    """What a threshold of some matters and grounds is for; named none means every one."""
    matters, grounds = getattr(each, "matters", ()), getattr(each, "grounds", ())
    return frozenset(
        (matter, ground)
        for matter, ground in asked
        if (not matters or matter in matters) and (not grounds or ground in grounds)
    )


def _always_reached(share: Needed, least: LeastPart) -> bool:
    """Whether whoever reaches the share has so many in favour already: one is always asked for."""
    if least.number is not None:
        return least.number == 1
    if share.of != "members" or share.tie is not None:
        return False
    beside = Fraction(least.at_least or least.more_than or "1")
    if beside == share.fraction:
        return share.more_than is not None or least.more_than is None
    return beside < share.fraction


def _causes(path: KeyPath, again: SecondRoundPart, needed: list[Needed]) -> Findings:
    """Causes of a second round that no count gives under any of these thresholds."""
    because = again.because
    if because.few_answers and not any(each.answers for each in needed):
        values = {"article": because.few_answers.article}
        yield Finding((*path, "few_answers"), "never_few_answers", values)
    half = Fraction(1, 2)
    if because.tie and all(
        each.at_least and each.fraction <= half and not (each.in_favour or each.answers)
        for each in needed
    ):
        yield Finding((*path, "tie"), "never_tie", {"article": because.tie.article})
