"""Who plays a story: the hands of everybody, and what things are called in it. No verb is known here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot.db import approvals
from bot.dossiers.checking import Checked
from bot.named_files import TooLargeError, content_of
from simulator.difference import NotPossibleError
from simulator.files import UPLOAD_LIMIT
from simulator.phone_client import PhoneClient
from simulator.sandbox import Sandbox
from simulator.story import Step, Story


@dataclass(slots=True)
class Named:
    """Things of one kind that steps have named, by their ids in the database, each of a body."""

    ids: dict[str, int] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)

    def add(self, name: str | None, id_: int, body: str) -> None:
        """Call the newest by its name in the story, or by its number."""
        called = name or f"#{id_}"
        self.ids.pop(called, None)
        self.ids[called], self.bodies[called] = id_, body

    def of(self, name: str | None, body: str = "") -> int:
        """The id behind a name, or the latest, of that body where one is named; 0 when there is none."""
        return self.ids.get(self._called(name, body), 0)

    def body_of(self, name: str | None, body: str = "") -> str:
        """The body of what `of` gives."""
        return self.bodies.get(self._called(name, body), body)

    def _called(self, name: str | None, body: str) -> str:
        of_body = (each for each in reversed(self.ids) if body in ("", self.bodies[each]))
        return name or next(of_body, "")


@dataclass(frozen=True, slots=True)
class Archive:
    """All of a committee in one file, as whoever runs the machine wrote it, and what checking it found."""

    content: bytes
    found: Checked


@dataclass(slots=True)
class Roster:
    """Who plays: the hands of everybody by name, their ids in the committee, what was named so far."""

    stage: Sandbox
    story: Story
    folder: Path
    committee: int
    hands: dict[str, PhoneClient]
    persons: dict[str, int]
    links: dict[str, str]
    beside: dict[str, Roster] = field(default_factory=dict)
    """The same for every other committee of the story, by its name."""
    matters: Named = field(default_factory=Named)
    meetings: Named = field(default_factory=Named)
    votes: Named = field(default_factory=Named)
    opened: list[Step] = field(default_factory=list)
    """The steps by which these votes were opened, in the same order."""
    notices: Named = field(default_factory=Named)
    questions: Named = field(default_factory=Named)
    """Questions by the answers that are owed to them."""
    tasks: Named = field(default_factory=Named)
    occasions: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Duty and period of each report asked for by hand, by its name in the story."""
    absences: int = 0
    """How many absences of heads were entered."""
    archive: Archive | None = None
    """The archive written last."""
    postponed: list[Step] = field(default_factory=list)
    """What could not be done while the bot was away or mute, in order: it is done when it answers."""

    def of(self, step: Step) -> Roster:
        """Who plays in the committee that the step is about."""
        return self.beside[step.in_] if step.in_ else self

    def body(self, step: Step) -> str:
        """The body that a step is about: the one that it names, or that of the story."""
        return step.body or self.story.body

    def matter(self, step: Step) -> int:
        """The consultation a step is about: the named one, or the latest."""
        return self.matters.of(step.id, step.body)

    def meeting(self, step: Step) -> int:
        """The meeting a step is about: the named one, or the latest."""
        return self.meetings.of(step.id, step.body)

    def vote(self, step: Step) -> int:
        """The vote a step is about: the named one, or the latest."""
        return self.votes.of(step.id, step.body)

    def notice(self, step: Step) -> int:
        """The notice a step is about: the named one, or the latest."""
        return self.notices.of(step.id, step.body)

    @property
    def latest_occasion(self) -> str:
        """The name of the report asked for by hand last."""
        return next(reversed(self.occasions), "")

    def occasion(self, duty: str, period: str) -> tuple[str, str]:
        """The duty and period meant: those of a report asked for by hand where it is called so."""
        if f"{duty} {period}" in self.occasions:
            return self.occasions[f"{duty} {period}"]
        named = self.occasions.get(duty)
        if named is None or (named[0] == duty and period not in (*OCCASION, named[1])):
            return duty, period
        return named

    def file(self, name: str, made_up: bytes | None = None) -> tuple[str, bytes]:
        """What a file is called, and what it holds: as it lies beside the story, else made up.

        NotPossibleError where there is neither, and where it is larger than the app sends.
        """
        path = self.folder / name
        try:
            content = content_of(path, UPLOAD_LIMIT) if path.is_file() else made_up
        except TooLargeError as large:
            raise NotPossibleError("file_too_large", file=name, limit=large.megabytes) from large
        if content is None:
            raise NotPossibleError("no_file", file=name)
        return path.name, content

    def person(self, name: str | None) -> int:
        """The id on buttons of somebody of the story; NotPossibleError while the committee has nobody of that name."""
        if (known := self.persons.get(name or "")) is None:
            raise NotPossibleError("nobody_now")
        return known

    async def asked_last(self, name: str, suits: Callable[[str], bool]) -> int:
        """The request for a second word of a kind that suits, the latest of this committee.

        NotPossibleError where nothing of the kind was asked; it is then called by this name.
        """
        async with self.stage.bot.context.look() as work:
            every = await approvals.of_committee(work.tx, self.committee)
        found = [each.id for each in every if suits(each.kind)]
        if not found:
            raise NotPossibleError("nothing_asked", name=name)
        return found[-1]


OCCASION = ("", "-", "ad_hoc", "by_hand", "đột_xuất")
"""How a story may call the period of what was asked for by hand."""

Verb = Callable[[Roster, PhoneClient, Step], Awaitable[None]]
"""What somebody does on a phone for a step; raises RefusedByBot or NotPossibleError where it is not taken."""
