"""What is shown of rhythms: the reminder, how they stand, a meeting entered afterwards. Nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.db.notice import Button, Card, Row
from bot.kit.card import to_home
from bot.meetings.rules.meeting import Meeting
from bot.meetings.rules.rhythm import Lack
from bot.rendering import Rendering
from bot.values.action import action


def reminder(say: Rendering, committee: int, lacking: Sequence[Lack], today: date) -> Card:
    """One message for everything that lacks this morning."""
    running = [lack for lack in lacking if not lack.over]
    over = [lack for lack in lacking if lack.over]
    text = say.text("rhythm_reminder", running=running, over=over, today=today)
    return Card(text, (*_ways(say, committee, lacking), to_home(say)))


def overview(
    say: Rendering, committee: int, name: str, stands: Sequence[Lack], today: date
) -> Card:
    """How every rhythm stands in its period of today."""
    text = say.text("rhythm_overview", committee=name, stands=stands, today=today)
    back = (Button(say.label("button.back"), action("mlist")),)
    return Card(text, (*_ways(say, committee, stands), back, to_home(say)))


def _ways(say: Rendering, committee: int, lacking: Sequence[Lack]) -> list[Row]:
    """Calling a meeting, and entering one that was held without the bot: one button a rhythm."""
    if not lacking:
        return []
    invite = Button(say.label("button.invite"), action("invite", committee), style="primary")
    return [(invite,), *((_held(say, committee, lack, lacking),) for lack in lacking)]


def _held(say: Rendering, committee: int, lack: Lack, among: Sequence[Lack]) -> Button:
    """Named by what tells it from the others: whose meetings, and the period where one has two."""
    words = say.label("rhythm_button.held")
    if len(among) > 1:
        alone = [of(each) for each in among].count(of(lack)) == 1
        key = "rhythm_button.held_of" if alone else "rhythm_button.held_of_in"
        words = say.label(key, of=of(lack), period=short(say, lack))
    return Button(words, action("held", committee, lack.cadence.code))


def of(lack: Lack) -> str:
    """Whose meetings, or with whom."""
    return lack.cadence.party or lack.cadence.body.name


def short(say: Rendering, lack: Lack) -> str:
    """The period on a button."""
    return say.period(lack.period).partition(" (")[0]


def ask_day(say: Rendering, committee: int, lack: Lack) -> Card:
    """On which day it was held; nothing is entered until the day comes."""
    back = (Button(say.label("button.back"), action("rhythm", committee)),)
    return Card(say.text("rhythm_held", lack=lack), (back, to_home(say)))


def recorded(
    say: Rendering,
    committee: int,
    meeting: int,
    lack: Lack,
    day: date,
    waiting: Sequence[Row] = (),
) -> Card:
    """It is entered and counts; what was dealt with there is asked; a typo can be taken back."""
    rows = (
        *waiting,
        (Button(say.label("rhythm_button.unheld"), action("unheld", meeting)),),
        (Button(say.label("rhythm_button.overview"), action("rhythm", committee)),),
        to_home(say),
    )
    return Card(say.text("rhythm_recorded", lack=lack, day=day, waiting=bool(waiting)), rows)


def dealt(say: Rendering, meeting: Meeting, waiting: Sequence[Row]) -> Card:
    """What a meeting entered by hand has dealt with, and what still waits."""
    rows = (
        *waiting,
        (Button(say.label("rhythm_button.unheld"), action("unheld", meeting.id)),),
        (Button(say.label("rhythm_button.overview"), action("rhythm", meeting.committee)),),
        to_home(say),
    )
    return Card(say.text("rhythm_dealt", meeting=meeting, waiting=bool(waiting)), rows)


def taken_back(say: Rendering, committee: int, lack: Lack, day: date) -> Card:
    """The entry counts no more."""
    rows = (
        (Button(say.label("rhythm_button.overview"), action("rhythm", committee)),),
        to_home(say),
    )
    return Card(say.text("rhythm_taken_back", lack=lack, day=day), rows)
