"""What clerk and head ask of the papers of a meeting, and the way to them on its dashboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.db.notice import Button, Card
from bot.issuing import face as issuing
from bot.issuing.rules.letterhead import Paper
from bot.issuing.rules.numbers import Number
from bot.kit.act import press
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import face as meetings
from bot.meetings.face import about
from bot.meetings.rules.meeting import Meeting
from bot.papers import drawing_up
from bot.papers.rules.which import papers_of_meeting
from bot.rendering import Rendering
from bot.values.action import action

Row = tuple[Button, ...]


@press("meeting_files")
async def papers(context: Context, tap: Tap) -> Screen:
    """The papers that a meeting gives rise to now; clerk and head alone see them."""
    async with context.look() as work:
        meeting = (await meetings.find_for_office(work, tap.account, tap.number(0))).meeting
        offered = papers_of_meeting(meeting)
        of = (meeting.committee, meeting.body.id)
        symbols = (await issuing.letterhead(work.tx, *of)).symbols
        numbers = {
            each: await issuing.number_taken(work.tx, *of, about(meeting.id), each)
            for each in offered
            if symbols[each]
        }
    return Screen(listed(context.say, meeting, offered, numbers))


@press("meeting_file")
async def paper(context: Context, tap: Tap) -> Screen:
    """One of them as a file to be opened in Word; the right to it is asked again when it is written."""
    meeting, wanted = tap.number(0), tap.one_of(1, Paper)
    async with context.look() as work:
        before = await meetings.find_for_office(work, tap.account, meeting)
        draft = await drawing_up.draft_of_meeting(work, before.meeting, wanted)
    made = await drawing_up.written(draft)
    async with context.work(reads=True) as work:
        before = await meetings.find_for_office(work, tap.account, meeting)
        of = (before.meeting.committee, before.reference)
        file = await drawing_up.told(work, before.person, *of, wanted, made)
    return Screen(files=(file,), files_card=made_card(context.say, before.meeting, wanted))


def listed(
    say: Rendering,
    meeting: Meeting,
    offered: tuple[Paper, ...],
    numbers: Mapping[Paper, Number | None],
) -> Card:
    """Each paper as a button; below one that bears a number the button of its number."""
    rows: list[Row] = []
    for each in offered:
        file = action("meeting_file", meeting.id, each.value)
        rows.append((Button(say.label(f"paper.{each.value}"), file),))
        if each in numbers:
            rows.append((issuing.number_button(say, about(meeting.id), each, numbers[each]),))
    back = Button(say.label("vote_button.meeting"), action("mdash", meeting.id))
    among_members = sum(item.closed for item in meeting.items)
    text = say.text(
        "meeting_files",
        meeting=meeting,
        papers=[each.value for each in offered],
        among_members=among_members,
    )
    return Card(text, (*rows, (back,)))


def made_card(say: Rendering, meeting: Meeting, paper: Paper) -> Card:
    """What stands above a paper that was drawn up."""
    return Card(say.text("meeting_file", meeting=meeting, paper=paper.value))


def _of_meeting(work: UnitOfWork, found: meetings.Access) -> Sequence[Row]:
    """The way to the papers, where there are any."""
    if not papers_of_meeting(found.meeting):
        return []
    label = work.say.label("button.papers")
    return [(Button(label, action("meeting_files", found.meeting.id)),)]


meetings.DASH_ROWS.append(_of_meeting)
