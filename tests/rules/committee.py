"""A small language for tests: committees, what their members do and when. Nothing is judged here."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bot.consultations.rules.consultation import (
    Act,
    ActKind,
    Choice,
    Consultation,
    InvalidSlip,
    Outage,
    Position,
    Receipt,
    Reply,
    Seat,
)
from bot.consultations.rules.outcome import Result, State, state
from bot.consultations.rules.tally import positions
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.regulations.rules.regulation import Body, Ground, Matter, Strength
from bot.values.moments import VIET_NAM
from bot.values.working_days import WorkingCalendar

TABLES = Path(__file__).parent / "tables"
HEAD = 1
WEEKENDS = WorkingCalendar(frozenset(), frozenset(), "weekends only")
CALENDAR_2026 = WorkingCalendar(
    frozenset(
        {
            *(date(2026, 1, day) for day in (1, 2)),
            *(date(2026, 2, day) for day in (16, 17, 18, 19, 20)),
            *(date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2)),
        }
    ),
    frozenset({date(2026, 1, 10)}),
    "2026",
)


def moment(text: str) -> datetime:
    """A moment in Viet Nam from "2026-03-05 17:00"; a day alone is its midnight."""
    return datetime.fromisoformat(text).replace(tzinfo=VIET_NAM)


OPENED = moment("2026-03-02 08:00")  # a Monday
SENT = moment("2026-03-02 09:00")
ANSWERED = moment("2026-03-03 10:00")
DEADLINE = moment("2026-03-11 17:00")  # the end of seven working days after SENT
A_MOMENT = timedelta(microseconds=1)


@cache
def body(regulation: str, body_id: str) -> Body:
    """A body as its regulation's file describes it."""
    return load(regulations_dir() / f"{regulation}.toml").body(body_id)


def table(name: str) -> dict[str, Any]:
    """A table written by hand, from `tables/`."""
    return tomllib.loads((TABLES / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Committee:
    """Members 1, 2, 3 … before whom one matter lies; every act gives the committee after it."""

    consultation: Consultation

    def received(
        self, *people: int, at: datetime = SENT, strength: Strength = Strength.ACKNOWLEDGED
    ) -> Committee:
        """The text reached these members, as well proven as said."""
        return self.adding(receipts=[Receipt(person, strength, at) for person in people])

    def answers(
        self,
        *people: int,
        choice: Choice,
        at: datetime = ANSWERED,
        on_paper: bool = False,
        words: str = "…",
        latest: datetime | None = None,
    ) -> Committee:
        """These members answer; with `latest` nobody knows when between the two moments."""
        return self.adding(
            replies=[
                Reply(person, choice, at, words, on_paper=on_paper, latest=latest)
                for person in people
            ]
        )

    def invalid(
        self, *people: int, at: datetime = ANSWERED, reason: str = "Đánh dấu cả hai ô"
    ) -> Committee:
        """The office enters a paper slip of each of these as invalid."""
        return self.adding(invalid=[InvalidSlip(person, reason, at) for person in people])

    def decides(self, kind: ActKind, at: datetime) -> Committee:
        """The head decides what is done with answers that cannot be dated."""
        return self.adding(acts=[Act(kind, at, by=HEAD, reason="…")])

    def extended(self, until: datetime, at: datetime) -> Committee:
        """The head extends the whole matter."""
        return self.adding(acts=[Act(ActKind.EXTEND, at, by=HEAD, until=until, reason="…")])

    def asks_time(self, person: int, until: datetime, at: datetime = ANSWERED) -> Committee:
        """A recipient fixes when it will answer."""
        return self.adding(acts=[Act(ActKind.MORE_TIME, at, by=person, of=person, until=until)])

    def struck(self, *people: int, at: datetime = ANSWERED) -> Committee:
        """The head takes these members off the roll."""
        return self.adding(
            acts=[Act(ActKind.STRIKE, at, by=HEAD, of=person, reason="…") for person in people]
        )

    def ended(self, kind: ActKind, at: datetime) -> Committee:
        """The matter ends by this act."""
        by = None if kind is ActKind.CLOSE else HEAD
        return self.adding(acts=[Act(kind, at, by=by, reason="…")])

    def down(self, start: datetime, end: datetime) -> Committee:
        """The bot was away."""
        return self.adding(outages=[Outage(start, end)])

    def brought_back(self, start: datetime, end: datetime) -> Committee:
        """Of this time nothing is kept: the database was brought back from a copy."""
        return self.adding(outages=[Outage(start, end, lost=True)])

    def state(self, now: datetime) -> State:
        """What the facts say at `now`."""
        return state(self.consultation, now)

    def result(self, now: datetime = DEADLINE) -> Result:
        """The result at `now`, which there must be."""
        result = self.state(now).result
        assert result is not None
        return result

    def position(self, person: int, now: datetime = DEADLINE) -> Position:
        """Where one member stands at `now`."""
        return positions(self.consultation, now)[person]

    def adding(self, **facts: Iterable[Any]) -> Committee:
        """These facts besides: receipts, replies, acts, outages."""
        own: Mapping[str, Any] = self.consultation.__dict__
        added: dict[str, Any] = {name: (*own[name], *more) for name, more in facts.items()}
        return Committee(replace(self.consultation, **added))


def committee(
    of: Body,
    size: int,
    *,
    deadline: datetime = DEADLINE,
    matter: Matter | None = None,
    ground: Ground | None = None,
    silence_confirmed: bool = False,
    calendar: WorkingCalendar = WEEKENDS,
    opened_at: datetime = OPENED,
) -> Committee:
    """A committee of so many before whom a matter was laid, none of whom it has reached yet.

    By default one for which nobody has to confirm what silence means.
    """
    rules = of.written
    plain = set(rules.matters) - rules.silence.asks_confirmation
    return Committee(
        Consultation(
            id=1,
            body=of,
            matter=matter or min(plain or rules.matters),
            ground=ground or min(rules.grounds),
            roll=tuple(Seat(n, f"Ủy viên {n}", "member") for n in range(1, size + 1)),
            opened_at=opened_at,
            deadline=deadline,
            calendar=calendar,
            silence_confirmed=silence_confirmed,
        )
    )


@dataclass(frozen=True)
class Split:
    """How a committee divided: so many for, against, silent though the text came, never reached."""

    approve: int
    reject: int
    silent: int
    absent: int

    @property
    def size(self) -> int:
        """How many they are."""
        return self.approve + self.reject + self.silent + self.absent

    def under(self, of: Body) -> Committee:
        """A committee of that body divided so."""
        voted = self.approve + self.reject
        return (
            committee(of, self.size)
            .received(*range(1, voted + self.silent + 1))
            .answers(*range(1, self.approve + 1), choice=Choice.APPROVE)
            .answers(*range(self.approve + 1, voted + 1), choice=Choice.REJECT)
        )


def splits(size: int) -> Iterable[Split]:
    """Every way in which a committee of that size can divide."""
    for approve in range(size + 1):
        for reject in range(size + 1 - approve):
            for silent in range(size + 1 - approve - reject):
                yield Split(approve, reject, silent, size - approve - reject - silent)
