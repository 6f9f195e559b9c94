"""What came of a tale, in words for the end of a play. Nothing is played here and nothing is changed."""

from __future__ import annotations

from collections.abc import AsyncIterator

from bot.consultations import overview as consultations_overview
from bot.meetings import overview as meetings_overview
from bot.reports import overview as reports_told
from simulator.verb_keys import REPORT_VERBS
from simulator.verbs import Cast


async def explained(cast: Cast) -> AsyncIterator[str]:
    """Each thing that steps have named, with its numbers and the articles it rests on."""
    context, say = cast.stage.bot.context, cast.stage.say
    for matter_id in cast.matters.ids.values():
        matter = await consultations_overview.matter(context, matter_id)
        agencies = bool(cast.story.officer)
        yield say.terminal("demo_result", matter=matter, of_agencies=agencies)
    votes = [await meetings_overview.vote(context, vote_id) for vote_id in cast.votes.ids.values()]
    taken = [vote for vote in votes if vote is not None]
    for meeting_id in cast.meetings.ids.values():
        meeting = await meetings_overview.meeting(context, meeting_id)
        if meeting is None:
            continue
        own = [vote for vote in taken if vote.item in meeting.agenda]
        articles = dict.fromkeys([*meeting.articles, *(a for vote in own for a in vote.articles)])
        yield say.terminal("demo_meeting", meeting=meeting, votes=own, articles=tuple(articles))
    if any(step.does in REPORT_VERBS for step in cast.story.step):
        duties = await reports_told.by_duty(context, cast.committee)
        cited = dict.fromkeys(one.article for one in duties if one.article)
        yield say.terminal("demo_reports", duties=duties, articles=tuple(cited))
