"""A meeting as a file that calendars read (iCalendar). It names no item: it may be passed on."""

from __future__ import annotations

from datetime import datetime

from icalendar import Calendar, Event, vCalAddress

from bot.domain.files import FileRef
from bot.domain.meeting import Meeting
from bot.domain.moments import in_viet_nam
from bot.rendering import Rendering
from bot.services.desk import Work
from bot.store import drafts

PRODUCT = "-//dongthuan//VN"
NOBODY = "mailto:khong-tra-loi@dongthuan.invalid"
"""An organiser must have an address; answers are given in the bot alone."""


def written(say: Rendering, meeting: Meeting, now: datetime, *, cancelled: bool = False) -> bytes:
    """The file: always the same UID, a sequence higher with every change, the time zone in it."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "REQUEST")
    calendar.add_component(_event(say, meeting, now, cancelled=cancelled))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(say: Rendering, meeting: Meeting, now: datetime, *, cancelled: bool) -> Event:
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", in_viet_nam(meeting.starts_at))
    event.add("summary", say.label("meeting.event", body=meeting.body.name, number=meeting.number))
    event.add("location", meeting.place)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    organiser = vCalAddress(NOBODY)
    organiser.params["cn"] = meeting.body.name
    event.add("organizer", organiser)
    return event


async def kept(work: Work, meeting: Meeting, *, cancelled: bool = False) -> FileRef:
    """The file on disk, ready to be sent; Telegram does not know it yet."""
    content = written(work.say, meeting, work.now, cancelled=cancelled)
    sha256 = await drafts.keep_blob(work.tx, content)
    name = work.say.label("meeting.file", number=meeting.number)
    return FileRef(name, "", sha256, len(content), open=True)
