"""A whole regulation file: its head and its bodies."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.regulations.cells import (
    Article,
    GroundId,
    MatterId,
    Name,
    OwnId,
    Part,
    ProfileId,
    RowId,
    Spoken,
    Words,
)
from bot.regulations.rules.regulation import Ground
from bot.regulations.rules.terms import Matter
from bot.regulations.schema.common import Common
from bot.regulations.schema.duties import DutyPart, SessionPart
from bot.regulations.schema.meetings import MeetingsPart
from bot.regulations.schema.written import WrittenPart

FORMAT = 1
"""The newest format of rule books that is read here; a file that names none was written before there were others."""


class BodyPart(Part):
    """A body with its rules."""

    name: Words
    of_agencies: bool = False
    heads: list[Name] = Field(min_length=1)
    head_article: Article
    upward_words: Words | None = None
    written: WrittenPart
    meetings: MeetingsPart | None = None


class WordsPart(Part):
    """Own words: how people are addressed, how offices, matters and grounds are called on screen and paper."""

    address: Spoken | None = None
    office: dict[Name, Spoken] = Field(default_factory=dict)
    matter: dict[MatterId, Spoken] = Field(default_factory=dict)
    ground: dict[GroundId, Spoken] = Field(default_factory=dict)


class OwnIdPart(Part):
    """A kind of content, or a ground, that the rule book names itself, with its words."""

    id: OwnId
    words: Spoken


class Document(Part):
    """A whole regulation file. `belongs_to` says of which body and time it is; a `model` is nobody's own yet.

    `layout` is of the papers of all its bodies; without it those about agencies are the State's, others the Party's.
    """

    format: Literal[1] = 1
    id: Name
    title: Words
    belongs_to: Words | None = None
    model: bool = False
    layout: ProfileId | None = None
    note: Words | None = None
    offices: dict[Name, Article] = Field(min_length=1)
    words: WordsPart = Field(default_factory=WordsPart)
    matter: list[OwnIdPart] = Field(default_factory=list)
    ground: list[OwnIdPart] = Field(default_factory=list)
    common: Common
    body: dict[Name, BodyPart] = Field(min_length=1)
    working_session: dict[RowId, SessionPart] = Field(default_factory=dict)
    duty: dict[RowId, DutyPart] = Field(default_factory=dict)

    @property
    def own_matters(self) -> tuple[Matter, ...]:
        """Kinds of content that the rule book names itself."""
        return tuple(Matter(each.id) for each in self.matter)

    @property
    def own_grounds(self) -> tuple[Ground, ...]:
        """Grounds that the rule book names itself."""
        return tuple(Ground(each.id) for each in self.ground)
