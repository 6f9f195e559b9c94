"""The matters of a year with what they came to, in writing and in meetings, as a spreadsheet for the office."""

from __future__ import annotations

from collections.abc import Sequence

from bot.consultations import overview as consultations
from bot.consultations.face import Listed
from bot.kit.act import press
from bot.kit.screen import Screen
from bot.kit.sent_sheets import Named, send
from bot.kit.spreadsheet import Column, Sheet, Value
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import face as meetings
from bot.meetings.overview import concluded_words
from bot.meetings.rules.closing import at_the_close
from bot.meetings.rules.meeting import AgendaItem, Meeting, MeetingStage
from bot.rendering import Rendering, initial
from bot.sheets.access import Access, office
from bot.sheets.rules.year import days_taken
from bot.values.moments import in_viet_nam
from bot.values.refusal import refuse

WRITTEN = {
    "place": 6,
    "number": 10,
    "subject": 70,
    "body": 34,
    "sent": 16,
    "closed": 16,
    "days": 10,
    "state": 34,
}
DISCUSSED = {
    "place": 6,
    "meeting": 10,
    "held": 16,
    "body": 34,
    "subject": 60,
    "state": 28,
    "words": 60,
}


@press("matters_sheet")
async def fetch(context: Context, tap: Tap) -> Screen:
    """What was asked in writing and what was discussed in a year, as far as its reader sees it."""
    year, say = tap.year(1), context.say

    async def find(work: UnitOfWork) -> Access:
        return await office(work, tap.account, tap.number(0))

    async with context.look() as work:
        before = await find(work)
        seen = await consultations.seen_by(work, before.person)
        listed = await consultations.of_year(work, seen, year)
        held = await meetings.attended_in_year(work, before.committee, before.person, year)
        if not listed and not held:
            refuse("sheet_year_empty")
        written = [
            row
            for place, each in enumerate(listed, 1)
            for row in await _written(work, before, place, each)
        ]
    sheets = [
        _sheet(say, before, year, "written", WRITTEN, written),
        _sheet(say, before, year, "discussed", DISCUSSED, _discussed(say, held)),
    ]
    file = say.label("sheet_file.matters", year=year)
    named = Named("matters_sheet", file, f"{before.name}, {year}")
    return await send(context, find, named, [sheet for sheet in sheets if sheet.rows])


def _sheet(
    say: Rendering,
    before: Access,
    year: int,
    name: str,
    widths: dict[str, int],
    rows: Sequence[Sequence[Value]],
) -> Sheet:
    columns = [Column(say.label(f"matters_sheet.{each}"), widths[each]) for each in widths]
    called = initial(say.label(f"matters.{name}"))
    title = say.label("sheet.matters", matters=called, year=year, committee=before.name)
    return Sheet(called, title, columns, rows)


def _discussed(say: Rendering, held: Sequence[Meeting]) -> list[list[Value]]:
    """Every item of the meetings that were opened, in their order; what it came to once the meeting has closed."""
    every = [(meeting, item) for meeting in held for item in meeting.items]
    return [[place, *_item(say, meeting, item)] for place, (meeting, item) in enumerate(every, 1)]


def _item(say: Rendering, meeting: Meeting, item: AgendaItem) -> list[Value]:
    state, words = say.label("meeting_stage.open"), ""
    if meeting.stage is MeetingStage.CLOSED:
        state, said = concluded_words(say, meeting, item), item.concluded
        words = said.words if said and said.kind is at_the_close(meeting, item) else ""
    return [
        meeting.number,
        in_viet_nam(meeting.starts_at).date(),
        meeting.body.name,
        item.subject,
        initial(state),
        words,
    ]


async def _written(work: UnitOfWork, before: Access, place: int, each: Listed) -> list[list[Value]]:
    """The line of a slip, and under that of one with several contents a line of each with what it came to."""
    lines = [await _slip(work, before, place, each)]
    number, sent = each.number, in_viet_nam(each.opened_at).date() if each.opened_at else None
    for one in await consultations.contents_of(work, each):
        state = consultations.state_words(work.say, one.stage)
        values = {"place": one.place, "subject": one.subject}
        lines.append(
            [
                f"{place}.{one.place}",
                number,
                work.say.label("sheet.content", **values),
                before.bodies[each.body],
                sent,
                in_viet_nam(one.closed_at).date() if one.closed_at else None,
                days_taken(each.opened_at, one.closed_at),
                initial(state),
            ]
        )
    return lines


async def _slip(work: UnitOfWork, before: Access, place: int, each: Listed) -> list[Value]:
    state = consultations.state_words(work.say, await consultations.stage_of(work, each))
    subject = work.say.label("sheet.again", subject=each.subject) if each.again else each.subject
    return [
        place,
        each.number,
        subject,
        before.bodies[each.body],
        in_viet_nam(each.opened_at).date() if each.opened_at else None,
        in_viet_nam(each.closed_at).date() if each.closed_at else None,
        days_taken(each.opened_at, each.closed_at),
        initial(state),
    ]
