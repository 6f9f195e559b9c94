"""The papers of a dossier beside its record: what each must tell, and whether it stands on it.

A paper from the template that ships is drawn anew, and compared line by line. A template of an office is its own
affair, so that nobody can say what else may stand on a paper: there, and where a paper cannot be drawn anew, what is
compared are facts, each on one line with what it belongs to.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.consultations.rules.consultation import Position, choices
from bot.consultations.rules.tally import AGAINST
from bot.dossiers.meeting_record import MeetingPart, meeting_of
from bot.dossiers.paper_text import UNREADABLE, lines_of, plain
from bot.dossiers.record import MatterPart, PaperPart, Record
from bot.dossiers.redrawing import edition, expected, lacking
from bot.issuing.rules.letterhead import Paper
from bot.meetings.face import about
from bot.meetings.rules.closing import at_the_close
from bot.meetings.rules.voted import holding_on
from bot.papers.rules.which import WITHOUT_COUNT, adopted, differed, told_outside
from bot.regulations.rules.regulation import Body, Outcome, Regulation
from bot.rendering import UNSAYABLE, Rendering
from bot.votes.rules.vote import THE_QUESTION


@dataclass(frozen=True, slots=True)
class Said:
    """A label with what follows it, which says something else `within` these longer words: "tán thành" with "không"."""

    words: str
    within: tuple[str, ...]


Fact = tuple[str | Said, ...]
"""Words and numbers that stand on one line, in this order."""
COUNTED = frozenset({Paper.COUNT, Paper.TABLE, Paper.RESULT, Paper.DIFFERING})


@dataclass(frozen=True, slots=True)
class Compared:
    """A paper beside the record."""

    paper: PaperPart
    unsaid: tuple[str, ...] = ()
    """Lines or facts that do not stand on it, in words."""
    by_line: bool = False
    """Whether it was drawn anew and compared line by line; else facts were looked for."""
    is_read: bool = True
    """Whether it can be read, and the record tells of what it is."""


def compared(
    say: Rendering, record: Record, files: Mapping[str, bytes], books: Mapping[str, Regulation]
) -> Iterator[Compared]:
    """What each paper of a dossier does not say as its record does, in the words that `say` speaks."""
    parts: dict[str, MatterPart | MeetingPart] = {
        **{f"consultation:{each.id}": each for each in record.matters},
        **{about(each.id): each for each in record.meetings},
    }
    for paper in record.papers:
        part = parts.get(paper.of)
        try:
            lines = lines_of(files.get(paper.path, b""))
        except UNREADABLE:
            yield Compared(paper, is_read=False)
            continue
        several = isinstance(part, MatterPart) or paper.content is None  # a meeting has no contents
        if part is None or part.regulation not in books or not several:
            yield Compared(paper, is_read=False)
            continue
        try:
            yield _compared(say, record, paper, part, books[part.regulation], lines)
        except UNSAYABLE:  # of what the product could not have recorded
            yield Compared(paper, is_read=False)


def _compared(
    say: Rendering,
    record: Record,
    paper: PaperPart,
    part: MatterPart | MeetingPart,
    book: Regulation,
    lines: Sequence[str],
) -> Compared:
    """Line by line where it can be drawn anew; else by its facts."""
    if not paper.own_template and record.page and record.page.papers == edition():
        drawn = expected(say, record, paper, part, book)
        if drawn is not None:
            return Compared(paper, tuple(lacking(drawn, lines)), by_line=True)
    facts = _facts(say, paper, part, book.body(part.body))
    return Compared(paper, tuple(_words(each) for each in facts if not _stands(each, lines)))


def _facts(
    say: Rendering, paper: PaperPart, part: MatterPart | MeetingPart, body: Body
) -> Iterator[Fact]:
    if isinstance(part, MeetingPart):
        return _of_meeting(say, paper, part, body)
    return _of_matter(say, paper, part, body)


def _words(fact: Fact) -> str:
    """A fact in words, as it is told where it is lacking."""
    told = (each if isinstance(each, str) else each.words for each in fact)
    return ", ".join(filter(None, told))


def _stands(fact: Fact, lines: Sequence[str]) -> bool:
    """Whether the fact stands on one line; a number or a name never as a part of a longer one."""
    parts = [_sought(each) for each in fact if _words((each,))]
    return any(_follow(parts, line) for line in lines)


def _sought(part: str | Said) -> re.Pattern[str]:
    """Finds the part as its group, and whatever longer words hold it without one."""
    said = part if isinstance(part, Said) else Said(part, ())
    longer = [re.escape(plain(each)) for each in sorted(said.within, key=len, reverse=True)]
    every = "|".join([*longer, f"({re.escape(plain(said.words))})"])
    return re.compile(rf"(?<!\w)(?:{every})(?!\w)", re.IGNORECASE)


def _follow(parts: Sequence[re.Pattern[str]], line: str) -> bool:
    """Whether the line has the parts one after the other."""
    place = 0
    for part in parts:
        found = next((each for each in part.finditer(line, place) if each[1] is not None), None)
        if found is None:
            return False
        place = found.end()
    return True


def _label(say: Rendering, table: str, key: str, after: str = "") -> Said:
    label = say.label(f"{table}.{key}")
    longer = [each for each in say.labels(table) if label in each and each != label]
    return Said(f"{label}{after}", tuple(f"{each}{after}" for each in longer))


# --- of a matter -----------------------------------------------------------------------------------


def _of_matter(say: Rendering, paper: PaperPart, matter: MatterPart, body: Body) -> Iterator[Fact]:
    content = matter.contents[paper.content - 1] if paper.content else matter
    yield (content.subject,)
    yield ("" if matter.number is None else str(matter.number),)
    if paper.paper is Paper.SLIP:
        yield from ((seat.name,) for seat in matter.roll)
        return
    yield (say.moment(matter.opened_at),)
    result = _result(matter, paper.content)
    if paper.paper in COUNTED and result is not None:
        yield (_outcome(say, result, body),)
        if not any(each.kind in WITHOUT_COUNT for each in matter.acts):
            yield from _counts(say, result, body)
        yield from _opinions(say, paper, matter, result)


def _result(matter: MatterPart, content: int | None) -> Mapping[str, Any] | None:
    if content is None or matter.result is None:
        return matter.result
    of: Mapping[str, Any] = matter.result["contents"][content - 1]
    return of


def _outcome(say: Rendering, result: Mapping[str, Any], body: Body) -> str | Said:
    if body.of_agencies and result["outcome"] == Outcome.TO_MEETING.value:
        return say.label("paper_words.to_meeting_of_agencies")
    return _label(say, "outcome", result["outcome"])


def _counts(say: Rendering, result: Mapping[str, Any], body: Body) -> Iterator[Fact]:
    """How many stand where, of all."""
    counted = Counter(result["positions"].values())
    offered = {each.value for each in choices(body.written)}
    for position in (*offered, Position.DEEMED_APPROVE.value):
        if position in offered or counted[position]:
            yield _label(say, "position", position), f"{counted[position]}/{result['roll']}"


def _opinions(
    say: Rendering, paper: PaperPart, matter: MatterPart, result: Mapping[str, Any]
) -> Iterator[Fact]:
    """On the table each member with the opinion; there and in the report of differing ones these, word for word."""
    stands = result["positions"]
    last = {
        each.person: each
        for each in matter.replies
        if not each.late and each.content == paper.content
    }
    held = {who: each for who, each in last.items() if stands[str(who)] == each.choice.value}
    if paper.paper is Paper.TABLE:
        for seat in matter.roll:
            at = say.moment(held[seat.person].at) if seat.person in held else ""
            yield seat.name, _label(say, "position", stands[str(seat.person)]), at
    if paper.paper in (Paper.TABLE, Paper.DIFFERING):
        yield from ((each.words,) for each in held.values() if each.choice.value in AGAINST)


# --- of a meeting ----------------------------------------------------------------------------------


def _of_meeting(
    say: Rendering, paper: PaperPart, meeting: MeetingPart, body: Body
) -> Iterator[Fact]:
    tells = _MEETING.get(paper.paper)
    if tells is not None:
        yield from tells(say, meeting, body)


def _minutes(say: Rendering, meeting: MeetingPart, body: Body) -> Iterator[Fact]:
    """Who was asked, what was dealt with, what each vote counted, what each item came to."""
    held = meeting_of(meeting, 0, body)
    yield from ((each.name,) for each in meeting.invitees if not each.guest)
    for item in held.items:
        yield (item.subject,)
        yield (_label(say, "conclusion", at_the_close(held, item).value),)
    for vote in meeting.votes:
        if vote.result is not None and vote.result["outcome"] != Outcome.NOT_PUBLISHED.value:
            yield (f"{vote.result['turnout']}/{vote.result['roll']}",)
            for name, counts in vote.result["counts"].items():
                for option, count in counts.items():
                    yield name, _label(say, "vote_position", option, f" {count}")


def _ballots(say: Rendering, meeting: MeetingPart, _: Body) -> Iterator[Fact]:
    """Every secret vote in numbers."""
    for vote in meeting.votes:
        if vote.secret and vote.result is not None:
            for name, counts in vote.result["counts"].items():
                for option, count in counts.items():
                    of_all = f"{count}/{vote.result['roll']}"
                    yield name, _label(say, "vote_position", option), str(count), of_all


def _conclusion(say: Rendering, meeting: MeetingPart, body: Body) -> Iterator[Fact]:
    """What every item that others may know of came to."""
    held = meeting_of(meeting, 0, body)
    for item in told_outside(held):
        yield item.subject, _label(say, "conclusion", at_the_close(held, item).value)


def _resolution(_: Rendering, meeting: MeetingPart, body: Body) -> Iterator[Fact]:
    """What was adopted."""
    for item in adopted(meeting_of(meeting, 0, body)):
        yield (item.subject,)
        yield (item.concluded.words if item.concluded else "",)


def _divided(say: Rendering, meeting: MeetingPart, body: Body) -> Iterator[Fact]:
    """Every item on which opinions differed, what it came to, and who openly did not approve, word for word."""
    held = meeting_of(meeting, 0, body)
    names = {each.person: each.name for each in meeting.invitees}
    for item in differed(held):
        yield (item.subject,)
        yield (_label(say, "conclusion", at_the_close(held, item).value),)
        votes = (each.vote for each in holding_on(held, item) if not each.vote.secret)
        for person, cast in (one for vote in votes for one in vote.effective.items()):
            if cast.differs:
                answer = _label(say, "vote_position", cast.answers[THE_QUESTION])
                yield names.get(person, ""), answer
                yield (cast.words,)


_MEETING: Mapping[Paper, Callable[[Rendering, MeetingPart, Body], Iterator[Fact]]] = {
    Paper.MINUTES: _minutes,
    Paper.BALLOTS: _ballots,
    Paper.CONCLUSION: _conclusion,
    Paper.RESOLUTION: _resolution,
    Paper.DIFFERING: _divided,
}
