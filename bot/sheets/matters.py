"""The written consultations of a year with what they came to, as a spreadsheet for the office."""

from __future__ import annotations

from bot.consultations import overview as consultations
from bot.consultations.face import Listed
from bot.kit.act import press
from bot.kit.screen import Screen
from bot.kit.sent_sheets import Named, send
from bot.kit.spreadsheet import Column, Sheet, Value
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.rendering import initial
from bot.sheets.access import Access, office, year_of
from bot.sheets.rules.year import days_taken
from bot.values.moments import in_viet_nam
from bot.values.refusal import refuse

COLUMNS = {
    "place": 6,
    "number": 10,
    "subject": 70,
    "body": 34,
    "sent": 16,
    "closed": 16,
    "days": 10,
    "state": 34,
}


@press("matters_sheet")
async def fetch(context: Context, tap: Tap) -> Screen:
    """The consultations that were sent in a year, as far as its reader sees them."""
    year = year_of(tap)

    async def find(work: UnitOfWork) -> Access:
        return await office(work, tap.account, tap.number(0))

    async with context.look() as work:
        before = await find(work)
        seen = await consultations.seen_by(work, before.person)
        listed = await consultations.of_year(work, seen, year)
        if not listed:
            refuse("sheet_year_empty")
        rows = [await _row(work, before, place, each) for place, each in enumerate(listed, 1)]
    title = context.say.label("sheet.matters", year=year, committee=before.name)
    columns = [
        Column(context.say.label(f"matters_sheet.{each}"), COLUMNS[each]) for each in COLUMNS
    ]
    sheet = Sheet(str(year), title, columns, rows)
    file = context.say.label("sheet_file.matters", year=year)
    return await send(
        context, find, Named("matters_sheet", file, f"{before.name}, {year}"), [sheet]
    )


async def _row(work: UnitOfWork, before: Access, place: int, each: Listed) -> list[Value]:
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
