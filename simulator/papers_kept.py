"""The papers that a story gives rise to, as they stood last: slips and invitations are gone once they are answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.papers import face as papers
from bot.papers.face import Draft
from bot.reports import overview as reports
from simulator.verbs.roster import Roster

Key = tuple[str, int, str, int]
"""Of a matter, a meeting or a report by its id: the kind of a paper, and the how many-th of it."""


class PapersKept:
    """Every paper of every matter, meeting and period of a story."""

    def __init__(self) -> None:
        self._kept: dict[Key, Draft] = {}

    @property
    def drafts(self) -> list[Draft]:
        """What was kept, in the order in which each arose first."""
        return list(self._kept.values())

    async def look(self, cast: Roster) -> None:
        """Keep what matters and meetings give rise to now; while the bot is away nothing changes."""
        if not cast.stage.answers:
            return
        async with cast.stage.context() as context:
            for one in (cast, *cast.beside.values()):
                for matter in one.matters.ids.values():
                    found = await papers.all_of_matter(context, matter)
                    self._keep("consultation", matter, found)
                for meeting in one.meetings.ids.values():
                    found = await papers.all_of_meeting(context, meeting)
                    self._keep("meeting", meeting, found)

    async def look_at_figures(self, cast: Roster) -> None:
        """Keep the figures of the periods whose reports were due until now."""
        async with cast.stage.context() as context:
            for one in (cast, *cast.beside.values()):
                async with context.look() as work:
                    ids = await reports.ids_of(work.tx, one.committee, None)
                for report in ids:
                    self._keep("report", report, await papers.all_of_report(context, report))

    def _keep(self, of: str, id_: int, found: Sequence[Draft]) -> None:
        seen = Counter[str]()
        for each in found:
            seen[each.paper.value] += 1
            self._kept[of, id_, each.paper.value, seen[each.paper.value]] = each
