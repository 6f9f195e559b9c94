"""Verbs of spreadsheets and of the year at a glance as what people do on their phones."""

from __future__ import annotations

from bot.values.moments import in_viet_nam
from simulator.phone_client import PhoneClient
from simulator.story import Step
from simulator.verbs.roster import Roster, Verb


async def fetch_tally(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Open the result of a matter, and have its tally sent."""
    matter = cast.matter(step)
    await hands.try_press("result", matter)
    await hands.press("tally_sheet", matter)


async def fetch_attendance(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Open the dashboard of a meeting, and have its attendance sent."""
    meeting = cast.meeting(step)
    await hands.try_press("mdash", meeting)
    await hands.press("attendance_sheet", meeting)


async def fetch_matters(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Open the year in which it is asked, and have its matters sent."""
    year = in_viet_nam(step.at).year
    await hands.try_press("year", cast.committee, year)
    await hands.press("matters_sheet", cast.committee, year)


async def fetch_roster(cast: Roster, hands: PhoneClient, _step: Step) -> None:
    """Open the list of people, and have the roster of today sent."""
    await hands.try_press("people", cast.committee)
    await hands.press("roster_sheet", cast.committee)


async def fetch_year(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Open the year in which it is asked, and have its pictures sent."""
    year = in_viet_nam(step.at).year
    await hands.try_press("year", cast.committee, year)
    await hands.press("year_picture", cast.committee, year)


async def fetch_found(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Look for words, and have what they find sent."""
    await hands.try_press("search", cast.committee)
    await hands.say(step.words)
    await hands.press_label(cast.stage.say.label("sheet_button.search"))


VERBS: dict[str, Verb] = {
    "fetch_tally": fetch_tally,
    "fetch_attendance": fetch_attendance,
    "fetch_matters": fetch_matters,
    "fetch_roster": fetch_roster,
    "fetch_year": fetch_year,
    "fetch_found": fetch_found,
}
