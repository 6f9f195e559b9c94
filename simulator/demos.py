"""The demonstrations that can be shown, under which regulation each is told, and what came of one in words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.consultations import overview as consultations_overview
from bot.meetings import overview as meetings_overview
from bot.reports import overview as reports_told
from simulator import story
from simulator.story import Story
from simulator.story_verbs import REPORT_VERBS
from simulator.verbs.roster import Roster

FOLDER = Path(__file__).parent / "demos"
USUAL_REGULATION = "quang_ngai"


class Tale(StrEnum):
    """What a demonstration tells."""

    CONSULTATION = "consultation"
    MEETING = "meeting"
    REPORTS = "reports"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a visitor wants to see: a tale from its beginning, told up to a chapter where it has chapters."""

    tale: Tale
    chapter: int = 0


class NotToldError(Exception):
    """A regulation under which a tale is not told; the values say which are."""

    def __init__(self, **values: str) -> None:
        super().__init__(values)
        self.values = values


def regulations() -> tuple[str, ...]:
    """The regulations that can be shown, the usual one first."""
    known = sorted(folder.name for folder in FOLDER.iterdir() if any(folder.glob("*.toml")))
    return (USUAL_REGULATION, *(each for each in known if each != USUAL_REGULATION))


def under(regulation: str) -> tuple[Tale, ...]:
    """The tales told under a regulation."""
    return tuple(tale for tale in Tale if _path(regulation, tale).is_file())


def read(regulation: str, tale: Tale) -> tuple[Story, Path]:
    """A tale and where it lies; NotToldError where it is not told."""
    path = _path(regulation, tale)
    if not path.is_file():
        places = ", ".join(each for each in regulations() if tale in under(each)) or "–"
        told = ", ".join(under(regulation)) or "–"
        raise NotToldError(tale=tale.value, regulation=regulation, places=places, told=told)
    return story.read(path), path


def _path(regulation: str, tale: Tale) -> Path:
    return FOLDER / regulation / f"{tale.value}.toml"


async def explained(cast: Roster) -> AsyncIterator[str]:
    """Each thing that steps have named, with its numbers and the articles it rests on."""
    context, say = cast.stage.bot.context, cast.stage.say
    for matter_id in cast.matters.ids.values():
        matter = await consultations_overview.matter(context, matter_id)
        agencies = bool(cast.story.officer)
        yield say.plain("cli/demo_result", matter=matter, of_agencies=agencies)
    votes = [await meetings_overview.vote(context, vote_id) for vote_id in cast.votes.ids.values()]
    taken = [vote for vote in votes if vote is not None]
    for meeting_id in cast.meetings.ids.values():
        meeting = await meetings_overview.meeting(context, meeting_id)
        if meeting is None:
            continue
        own = [vote for vote in taken if vote.item in meeting.agenda]
        articles = dict.fromkeys([*meeting.articles, *(a for vote in own for a in vote.articles)])
        yield say.plain("cli/demo_meeting", meeting=meeting, votes=own, articles=tuple(articles))
    if any(step.does in REPORT_VERBS for step in cast.story.step):
        duties = await reports_told.by_duty(context, cast.committee)
        cited = dict.fromkeys(one.article for one in duties if one.article)
        yield say.plain("cli/demo_reports", duties=duties, articles=tuple(cited))
