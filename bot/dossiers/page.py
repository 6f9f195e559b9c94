"""`index.html`: drawn from what is in a dossier and nothing else, so that whoever checks it draws it once more."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import zip_longest

from bot.db.closures import Closure
from bot.dossiers import places, redrawing
from bot.dossiers.duties import DutyPart, report_of
from bot.dossiers.meeting_record import meeting_of
from bot.dossiers.record import ClosurePart, PagePart, Record
from bot.meetings.rules.closing import by_paper_ballot
from bot.regulations.rules.periods import parse_period
from bot.regulations.rules.regulation import Regulation
from bot.regulations.rules.vocabulary import COMMON, Vocabulary, remembering
from bot.rendering import Rendering

TEMPLATE = "dossier"
NEAR = 120
"""Characters of a line that are told of what differs."""


def words(gone_by: Sequence[Vocabulary], known: Collection[str]) -> Vocabulary:
    """The words of a dossier: of the last rule book that it went by, and of those before what that does not name."""
    if not gone_by:
        return COMMON
    *before, last = gone_by
    return remembering(last, before, known)


def page_part(say: Rendering, closure: Closure | None) -> PagePart:
    """What the page tells beside all else that the record has."""
    closed = None
    if closure is not None:
        told = {name: getattr(closure, name) for name in ClosurePart.model_fields}
        closed = ClosurePart(**told)
    return PagePart(edition=say.edition(TEMPLATE), closure=closed, papers=redrawing.edition())


def page(
    say: Rendering,
    record: Record,
    files: Mapping[str, object],
    books: Mapping[str, Regulation],
) -> bytes:
    """The page, in the words of the rule books that `say` speaks; `books` are those of the record, by digest."""
    told = record.page
    return say.page(
        TEMPLATE,
        record=record,
        files=places.shown(files),
        duties=[(each, _period(say, each), report_of(each).last_day) for each in record.duties],
        closure=told.closure if told else None,
        left_out=told.left_out if told else (),
        whole=places.TABLES in files,
        on_paper=dict(_on_paper(record, books)),
    ).encode()


def _on_paper(record: Record, books: Mapping[str, Regulation]) -> Iterator[tuple[int, str]]:
    """The items that a secret ballot on paper decided, each with the article that asks for it."""
    for each in record.meetings:
        held = meeting_of(each, 0, books[each.regulation].body(each.body))
        for item in held.items:
            if article := by_paper_ballot(held, item):
                yield item.id, article


def _period(say: Rendering, duty: DutyPart) -> str:
    """A period of the calendar in words: two reports of one article may fall due on one day."""
    period = parse_period(duty.period)
    return say.period(period) if period else ""


def speaking(say: Rendering, record: Record, books: Mapping[str, Regulation]) -> Rendering | None:
    """In the words of the rule books that a record names; None where one of them is not there to be asked."""
    if any(each.digest not in books for each in record.regulations):
        return None
    gone_by = [books[each.digest].vocabulary for each in record.regulations]
    return say.under(words(gone_by, say.keys))


def difference(drawn: bytes, found: bytes) -> str | None:
    """The first line in which the page that was found says something else; None where it is the one drawn."""
    if drawn == found:
        return None
    pairs = zip_longest(drawn.decode().split("\n"), found.decode(errors="replace").split("\n"))
    first = next(((there or "") for ours, there in pairs if ours != there), "")
    return first.strip()[:NEAR]
