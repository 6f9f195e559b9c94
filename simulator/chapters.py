"""The chapters of a long tale as its file has them. Nothing is played here."""

from __future__ import annotations

from pydantic import AwareDatetime

from bot.values.language import Language
from bot.values.moments import in_viet_nam
from simulator.seating import Strict


class Words(Strict):
    """What a chapter is called, and what happens in it in one sentence."""

    title: str
    told: str


class Chapter(Strict):
    """The steps after those of the chapter before, up to a moment at which a visitor looks around."""

    until: AwareDatetime
    vi: Words
    en: Words

    @property
    def year(self) -> int:
        """The year of Viet Nam in which it ends."""
        return in_viet_nam(self.until).year

    def heading(self, language: Language) -> str:
        """The chapter as it is begun, in this language."""
        words = self.vi if language is Language.VIETNAMESE else self.en
        return f"{self.year} · {words.title}. {words.told}"
