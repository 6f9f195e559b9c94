"""Who came to a meeting, as a spreadsheet for its office: members against the quorum, guests after them."""

from __future__ import annotations

from bot.db.notice import Button, Row
from bot.kit.act import press
from bot.kit.screen import Screen
from bot.kit.sent_sheets import Named, send
from bot.kit.spreadsheet import Column, Sheet, Value
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import face as meetings
from bot.meetings.rules.meeting import Invitee, Meeting
from bot.meetings.rules.quorum import found as quorum_of
from bot.rendering import Rendering, initial
from bot.sheets.rules.attending import attended, came_at, left_at
from bot.sheets.rules.rights import may_have_attendance
from bot.values.action import action
from bot.values.moments import in_viet_nam
from bot.values.refusal import require

COLUMNS = {
    "place": 6,
    "name": 32,
    "office": 30,
    "answer": 22,
    "reason": 40,
    "came": 18,
    "left": 18,
    "stands": 30,
}


@press("attendance_sheet")
async def fetch(context: Context, tap: Tap) -> Screen:
    """Everybody invited with answer, arrival and departure; for clerk and head, once it was opened."""

    async def find(work: UnitOfWork) -> meetings.Access:
        return await meetings.find_for_office(work, tap.account, tap.number(0))

    async with context.look() as work:
        meeting = (await find(work)).meeting
    require(may_have_attendance(meeting))
    day = f"{in_viet_nam(meeting.starts_at):%Y-%m-%d}"
    file = context.say.label("sheet_file.attendance", day=day)
    named = Named(
        "attendance_sheet", file, f"{meeting.body.name}, {context.say.day(meeting.starts_at)}"
    )
    return await send(context, find, named, [of_meeting(context.say, meeting)])


def of_meeting(say: Rendering, meeting: Meeting) -> Sheet:
    """The members in the order of the roll, then the guests."""
    every = enumerate((*meeting.roll, *meeting.guests), 1)
    rows = [[place, *_row(say, meeting, each)] for place, each in every]
    title = say.label(
        "sheet.attendance", body=meeting.body.name, at=say.moment_zoned(meeting.starts_at)
    )
    return Sheet(
        say.label("sheet.attending"),
        title,
        [Column(say.label(f"attendance_sheet.{each}"), width) for each, width in COLUMNS.items()],
        rows,
        notes=_notes(say, meeting),
    )


def _notes(say: Rendering, meeting: Meeting) -> list[str]:
    quorum, came = quorum_of(meeting), len(meeting.roll)
    came -= len(meeting.absent_with_consent) + len(meeting.absent_without_consent)
    notes = [
        say.label("sheet.place", place=meeting.place),
        say.label(
            "sheet.came",
            came=came,
            roll=len(meeting.roll),
            excused=len(meeting.absent_with_consent),
            absent=len(meeting.absent_without_consent),
        ),
    ]
    if quorum.required:
        notes.append(
            say.label("sheet.quorum", required=quorum.required, articles=", ".join(quorum.articles))
        )
    return notes


def _row(say: Rendering, meeting: Meeting, each: Invitee) -> list[Value]:
    answer = meeting.answer(each.person)
    return [
        each.name,
        initial(say.label(f"office.{each.office}")),
        initial(say.label(f"attending.{answer.mark.value}")) if answer else "",
        answer.reason if answer else "",
        came_at(meeting, each.person),
        left_at(meeting, each.person),
        initial(say.label(f"attended.{attended(meeting, each).value}")),
    ]


def _of_meeting(work: UnitOfWork, found: meetings.Access) -> list[Row]:
    """The way to it from the dashboard, once there is something to tell."""
    if may_have_attendance(found.meeting) is not None:
        return []
    way = action("attendance_sheet", found.meeting.id)
    return [(Button(work.say.label("sheet_button.attendance"), way),)]


meetings.DASH_ROWS.append(_of_meeting)
