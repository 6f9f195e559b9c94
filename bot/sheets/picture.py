"""A year at a glance as pictures: its numbers as rows with their words, a page a phone's screen."""

from __future__ import annotations

from collections.abc import Sequence

from bot.consultations.overview import state_words
from bot.db.notice import Card
from bot.kit import made_files
from bot.kit.act import press
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context
from bot.regulations.rules.terms import Outcome
from bot.rendering import Rendering, initial
from bot.reports.rules.report import Standing
from bot.sheets import gathering
from bot.sheets.access import office
from bot.sheets.drawing import draw
from bot.sheets.rules.pages import Part, Row, Together, pages
from bot.sheets.rules.year import (
    Kept,
    MatterOfYear,
    MemberOfYear,
    MonthOfDuties,
    PeriodMet,
    RhythmOfYear,
    Year,
)
from bot.values.refusal import refuse

PAGE = 800
"""How high a page is, in points of a screen 390 wide: what a phone shows without scrolling."""
SUFFIX = ".png"


@press("year_picture")
async def fetch(context: Context, tap: Tap) -> Screen:
    """The year as pictures, for clerk and head; an empty one is said in words, and so is one that cannot be drawn."""
    committee, number = tap.number(0), tap.year(1)
    async with context.look() as work:
        before = await office(work, tap.account, committee)
        year = await gathering.year_of(work, before, number)
    if year.is_empty:
        refuse("sheet_year_empty")
    made = await drawn(context.say, year)
    async with context.work(reads=True) as work:
        before = await office(work, tap.account, committee)
        files = [await made_files.hold(work, name, each) for name, each in made.items()]
        detail = {"year": number, "sha256": [file.sha256 for file in files]}
        await work.record(committee, before.person, "year_picture", before.reference, detail)
    return Screen(files=tuple(files), files_card=made_card(context.say, year, len(files)))


async def drawn(say: Rendering, year: Year) -> dict[str, bytes]:
    """The year as pictures, by the names of their files; refuses where they cannot be drawn."""
    made = await draw(pages_of(say, year))
    names = (_name(say, year.number, place, len(made)) for place, _ in enumerate(made, 1))
    return dict(zip(names, made, strict=True))


def made_card(say: Rendering, year: Year, count: int) -> Card:
    """What stands above the pictures."""
    return Card(say.text("year_picture", year=year, count=count))


def _name(say: Rendering, year: int, place: int, count: int) -> str:
    name = say.label("sheet_file.picture", year=year)
    return f"{name} - {place}{SUFFIX}" if count > 1 else name + SUFFIX


# --- rows ----------------------------------------------------------------------------------------

DUTIES = {
    Standing.ON_TIME: "good",
    Standing.LATE: "slow",
    Standing.MISSING: "bad",
    Standing.NOT_DUE: "open",
}
PERIODS = {
    Kept.KEPT: ("good", "✓"),
    Kept.LACKING: ("bad", "✗"),
    Kept.RUNNING: ("open", "…"),
    Kept.AHEAD: ("none", ""),
    Kept.BEFORE: ("none", "–"),
}
ACROSS = 13
"""Periods in one row: the weeks of a quarter, the months of a year."""
FEWEST = 6
"""A box is never wider than where so many stand in a row."""
GOOD = (Outcome.ADOPTED.value, Outcome.AGREED.value, Outcome.COLLATED.value)
BAD = (Outcome.NOT_ADOPTED.value, Outcome.WITHDRAWN.value)


def pages_of(say: Rendering, year: Year) -> list[list[Row]]:
    """Every part of the year that has anything, on as many pages as it takes."""
    title = (
        _text(say.label("year_picture.title", year=year.number), 34, size=18, bold=True),
        _text(year.committee, 20, size=13),
        _text(say.label("year_picture.as_of", day=say.date(year.today)), 18, quiet=True),
    )
    parts = [_duties(say, year), _rhythms(say, year), _matters(say, year), _members(say, year)]
    return pages(title, [part for part in parts if part.rows], PAGE)


def _text(words: str, height: int, **how: object) -> Row:
    return {"kind": "text", "text": words, "height": height, **how}


def _part(
    say: Rendering, key: str, legend: Sequence[tuple[str, str]], rows: Sequence[Together]
) -> Part:
    """A part under its head, with what each look means two in a row; where it goes on the head says so."""
    means = tuple(
        {
            "kind": "legend",
            "height": 20,
            "across": 2,
            "parts": [{"look": look, "text": words} for look, words in legend[place : place + 2]],
        }
        for place in range(0, len(legend), 2)
    )
    head = say.label(f"year_picture.{key}")
    again = say.label("year_picture.goes_on", head=head)
    first, later = (_text(words, 36, size=15, bold=True) for words in (head, again))
    return Part((first, *means), (later, *means), rows)


def _bar(
    name: str, parts: Sequence[tuple[str, int]], of: int, text: str, *, named: int, told: int
) -> Row:
    """A bar after its name, in so much room, and before what it says, in so much."""
    return {
        "kind": "bar",
        "height": 21,
        "name": name,
        "named": named,
        "parts": [{"look": look, "count": count} for look, count in parts],
        "of": max(of, 1),
        "text": text,
        "told": told,
    }


def _duties(say: Rendering, year: Year) -> Part:
    legend = [(look, say.label(f"year_duty.{standing.value}")) for standing, look in DUTIES.items()]
    of = max(month.total for month in year.duties)
    rows = [(_month(say, month, of),) for month in year.duties] if of else []
    return _part(say, "duties", legend, rows)


def _month(say: Rendering, month: MonthOfDuties, of: int) -> Row:
    """A month with a bar, and its counts by the letters of the legend."""
    there = {standing: count for standing, count in month.counts.items() if count}
    letters = " ".join(
        say.label(f"year_duty.{standing.value}")[0] + str(count)
        for standing, count in there.items()
    )
    parts = [(DUTIES[standing], count) for standing, count in there.items()]
    name = say.label("year_picture.month", month=month.number)
    text = letters or say.label("year_picture.nothing")
    return _bar(name, parts, of, text, named=68, told=112)


def _rhythms(say: Rendering, year: Year) -> Part:
    told = (Kept.KEPT, Kept.LACKING, Kept.RUNNING, Kept.AHEAD)
    legend = [(PERIODS[kept][0], _marked(say, kept)) for kept in told]
    rows: list[Together] = []
    for rhythm in year.rhythms:
        lines = [
            _boxes(say, rhythm.periods[place : place + ACROSS])
            for place in range(0, len(rhythm.periods), ACROSS)
        ]
        rows += [(_text(named(say, rhythm), 24), lines[0]), *((line,) for line in lines[1:])]
    return _part(say, "rhythms", legend, rows)


def _marked(say: Rendering, kept: Kept) -> str:
    return f"{PERIODS[kept][1]} {say.label(f'kept.{kept.value}')}".strip()


def named(say: Rendering, rhythm: RhythmOfYear) -> str:
    """Whose rhythm it is, how often where that is several times, and by which article."""
    cadence = rhythm.cadence
    whose = cadence.party or cadence.body.name
    if cadence.times > 1:
        return say.label(
            "year_picture.rhythm_of", whose=whose, times=cadence.times, article=cadence.article
        )
    return say.label("year_picture.rhythm", whose=whose, article=cadence.article)


def _boxes(say: Rendering, periods: Sequence[PeriodMet]) -> Row:
    boxes = [_box(say, each) for each in periods]
    return {"kind": "boxes", "height": 44, "across": max(FEWEST, len(boxes)), "boxes": boxes}


def _box(say: Rendering, each: PeriodMet) -> dict[str, str]:
    """One period; where it needs several meetings it tells how many it had."""
    look, mark = PERIODS[each.kept]
    counted = each.times > 1 and each.kept in (Kept.KEPT, Kept.LACKING, Kept.RUNNING)
    return {
        "look": look,
        "mark": f"{each.had}/{each.times}" if counted else mark,
        "name": short(say, each),
    }


def short(say: Rendering, each: PeriodMet) -> str:
    """A period by its short name, "T3"."""
    period = each.period
    return say.label(
        f"year_period.{period.shape.value}",
        number=period.number,
        day=f"{period.last.day}/{period.last.month}",
    )


def _matters(say: Rendering, year: Year) -> Part:
    legend = [
        ("good", say.label("year_matter.good")),
        ("bad", say.label("year_matter.bad")),
        ("slow", say.label("year_matter.other")),
        ("open", say.label("year_matter.running")),
    ]
    of = max((each.days or 0 for each in year.matters), default=0)
    return _part(say, "matters", legend, [_matter(say, each, of) for each in year.matters])


def _matter(say: Rendering, each: MatterOfYear, of: int) -> Together:
    """A matter over two lines: what it was, and what it came to after how many days."""
    number = "" if each.number is None else f"{each.number}. "
    state = initial(state_words(say, each.state))
    if each.days is not None:
        key = "days" if each.days else "same_day"
        state = say.label(f"year_picture.{key}", state=state, days=each.days)
    bar = _bar("", [(_look(each), each.days or 0)], of, state, named=0, told=216)
    return (_text(f"{number}{each.subject}", 24), bar)


def _look(each: MatterOfYear) -> str:
    if not each.is_closed:
        return "open"
    return "good" if each.state in GOOD else "bad" if each.state in BAD else "slow"


def _members(say: Rendering, year: Year) -> Part:
    legend = [
        ("good", say.label("year_member.came")),
        ("slow", say.label("year_member.excused")),
        ("bad", say.label("year_member.absent")),
    ]
    of = max((each.asked for each in year.members), default=0)
    return _part(say, "members", legend, [(_member(say, each, of),) for each in year.members])


def _member(say: Rendering, each: MemberOfYear, of: int) -> Row:
    """A member by name, and to how many meetings came of how many; the absences by the letters of the legend."""
    parts = [("good", each.came), ("slow", each.excused), ("bad", each.absent)]
    told = [f"{each.came}/{each.asked}"]
    if each.excused:
        told.append(say.label("year_member.excused")[0] + str(each.excused))
    if each.absent:
        told.append(say.label("year_member.absent")[0] + str(each.absent))
    return _bar(each.name, parts, of, " ".join(told), named=158, told=104)
