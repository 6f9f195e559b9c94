"""A tale on its way: its steps taken one after the other, and chapter by chapter where it has chapters."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.values.language import Language
from simulator.chapters import Chapter
from simulator.difference import Difference
from simulator.founding import entitle
from simulator.narrator import Narrator, Told
from simulator.rehearsal import take
from simulator.verbs.roster import Roster


class Telling:
    """Takes the steps of a story, each once and in order, however far one wants to go at a time."""

    def __init__(self, cast: Roster, narrator: Narrator) -> None:
        self.cast = cast
        self.chapters = cast.story.chapters
        self.told = 0
        """So many chapters have been told, or are being told."""
        self._narrator = narrator
        self._left = cast.story.steps
        self._turn = asyncio.Lock()

    async def until(self, moment: datetime) -> list[Difference]:
        """Go on to a moment; gives what could not be done as told, because visitors did otherwise before."""
        failures = []
        while self._left and self._left[0].at <= moment:
            step = self._left.pop(0)
            await self.cast.stage.move_to(step.at)
            failures.append(await take(self.cast, step))
        await self.cast.stage.move_to(moment)
        return [each for each in failures if each]

    async def through(self, number: int) -> list[Difference]:
        """Go on through all chapters to the end of that one, the first is 0; none is told again."""
        failures = list[Difference]()
        async with self._turn:
            while self.told <= number:
                chapter = self.chapters[self.told]
                await self._begin(chapter)
                failures += await self.until(chapter.until)
                await entitle(self.cast)
        return failures

    async def _begin(self, chapter: Chapter) -> None:
        """Say what the chapter tells, when its first step is about to be taken."""
        first = min([chapter.until, *(step.at for step in self._left[:1])])
        await self.cast.stage.move_to(first)
        await self._narrator.tell_all()
        self.told += 1
        vi, en = (chapter.heading(each) for each in (Language.VIETNAMESE, Language.ENGLISH))
        self._narrator.say(Told(self.cast.stage.clock.now(), vi, en, ""))
