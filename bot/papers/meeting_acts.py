"""What clerk and head ask of the papers of a meeting, and the way to them on its dashboard."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial

from bot.db.notice import Button, Card, Row
from bot.db.transaction import Transaction
from bot.issuing.rules.letterhead import Paper
from bot.kit.act import press
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import face as meetings
from bot.meetings.face import about
from bot.meetings.rules.meeting import Meeting
from bot.owed import face as owed
from bot.papers import drawing_up
from bot.papers.issued import of_meeting
from bot.papers.listing import Numbers, numbers_of, rows_of
from bot.papers.rules.which import numbered_of_meeting, papers_of_meeting
from bot.rendering import Rendering
from bot.values.action import Action, action
from bot.values.refusal import refuse
from bot.votes import face as votes


@press("meeting_files")
async def papers(context: Context, tap: Tap) -> Screen:
    """The papers that a meeting gives rise to now; clerk and head alone see them."""
    async with context.look() as work:
        return await _listed(work, tap.account, tap.number(0))


async def _listed(work: UnitOfWork, account: int, meeting_id: int) -> Screen:
    meeting = (await meetings.find_for_office(work, account, meeting_id)).meeting
    issued = await of_meeting(work, meeting.id)
    numbers = await numbers_of(work, issued, about(meeting.id))
    return Screen(listed(work.say, meeting, papers_of_meeting(meeting), numbers))


async def _meeting_of_vote(tx: Transaction, vote: int) -> int | None:
    found = await votes.get(tx, vote)
    return found[0] if found else None


MEETING_OF: Mapping[str, Callable[[Transaction, int], Awaitable[int | None]]] = {
    "vote": _meeting_of_vote,
    "item": meetings.of_item,
}
"""The meeting of a vote, and of an item that a ballot on paper has divided, to which whoever owes the report is led."""


def _leads_from(of: str) -> None:
    """The papers of the meeting in which it was, for whoever owes the report of it."""

    async def papers_of(context: Context, tap: Tap) -> Screen:
        async with context.look() as work:
            meeting_id = await MEETING_OF[of](work.tx, tap.number(0))
            if meeting_id is None:
                refuse("meeting_gone")
            return await _listed(work, tap.account, meeting_id)

    press(f"{of}_files")(papers_of)
    owed.draws(of)(partial(action, f"{of}_files"))


for _of in MEETING_OF:
    _leads_from(_of)


@press("meeting_file")
async def paper(context: Context, tap: Tap) -> Screen:
    """One of them as a file to be opened in Word."""
    wanted = tap.one_of(1, Paper)

    async def find(work: UnitOfWork) -> meetings.Access:
        return await meetings.find_for_office(work, tap.account, tap.number(0))

    async def draw(work: UnitOfWork, before: meetings.Access) -> drawing_up.Draft:
        return await drawing_up.draft_of_meeting(work, before.meeting, wanted)

    before, file = await drawing_up.handed_out(context, find, draw)
    return Screen(files=(file,), files_card=made_card(context.say, before.meeting, wanted))


def listed(say: Rendering, meeting: Meeting, offered: tuple[Paper, ...], numbers: Numbers) -> Card:
    """Each paper as a button, and the numbers that they bear."""
    rows = rows_of(say, about(meeting.id), offered, partial(_file, meeting), numbers)
    back = Button(say.label("vote_button.meeting"), action("mdash", meeting.id))
    among_members = sum(item.closed for item in meeting.items)
    text = say.text(
        "meeting_files",
        meeting=meeting,
        papers=[each.value for each in offered],
        among_members=among_members,
    )
    return Card(text, (*rows, (back,)))


def _file(meeting: Meeting, paper: Paper) -> Action:
    return action("meeting_file", meeting.id, paper.value)


def made_card(say: Rendering, meeting: Meeting, paper: Paper) -> Card:
    """What stands above a paper that was drawn up."""
    return Card(say.text("meeting_file", meeting=meeting, paper=paper.value))


def _of_meeting(work: UnitOfWork, found: meetings.Access) -> Sequence[Row]:
    """The way to the papers and their numbers, where there are any."""
    if not numbered_of_meeting(found.meeting):
        return []
    label = work.say.label("button.papers")
    return [(Button(label, action("meeting_files", found.meeting.id)),)]


meetings.DASH_ROWS.append(_of_meeting)
