"""A first story for every body that can be asked in writing, made from the rule book and how many sit where.

It shows a clerk what silence and the threshold do before anybody is invited. Nothing is played here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.regulations.rules.regulation import (
    Body,
    Clock,
    Ground,
    Regulation,
    Strength,
    WrittenRules,
)
from bot.regulations.rules.terms import Matter
from bot.rendering import shared_rendering
from bot.values.moments import VIET_NAM
from bot.values.spans import Span
from bot.values.working_days import WorkingCalendar

USUAL_ROLL = 5
"""So many sit in a body whose roll is not known yet."""
START = datetime(2026, 3, 2, 8, tzinfo=VIET_NAM)
"""A Monday of a month without days off."""
CALENDAR = WorkingCalendar(frozenset(), frozenset(), "")
CLERK = "Phạm Thị Văn"
OFFICER = "Tạ Văn Uy"
_SURNAMES = ("Nguyễn", "Trần", "Lê", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô")
_NAMES = ("An", "Bình", "Cường", "Dung", "Giang", "Hạnh", "Khoa", "Lan", "Minh", "Oanh")


@dataclass(frozen=True, slots=True)
class First:
    """A story of one body as the text of its file: who is silent in it, what is asked and on which ground."""

    body: Body
    text: str
    silent: str
    matter: Matter
    ground: Ground


def first_stories(
    regulation: Regulation,
    file: str,
    rolls: Mapping[str, int] | None = None,
    settings: Mapping[str, object] | None = None,
) -> Iterator[First]:
    """A matter asked in writing of each body that can be: all answer but one, and it closes by the clock.

    `file` is where a story finds its rule book, `rolls` how many members each body has; a body without
    members has no story, one that is not told of has a usual number. `settings` are other values chosen.
    """
    for body in regulation.bodies:
        roll = USUAL_ROLL if rolls is None else rolls.get(body.id, 0)
        asked = _asked(body)
        if roll and asked:
            yield _first(regulation, body, file, _people(roll), asked, settings or {})


def _asked(body: Body) -> tuple[Matter, Ground] | None:
    """A matter and a ground on which the body takes it: a plain one where there is one."""
    rules = body.written
    if rules.forbidden:
        return None
    later = rules.silence.asks_confirmation | _elections(rules)
    matters = sorted(rules.matters, key=lambda each: (each in later, body.matters.index(each)))
    grounds = sorted(rules.grounds, key=[*Ground, *rules.grounds].index)
    taken = (
        (matter, ground)
        for matter in matters
        for ground in grounds
        if not rules.exclusion(matter, ground)
    )
    return next(taken, None)


def _elections(rules: WrittenRules) -> frozenset[Matter]:
    return frozenset(rules.no_election.matters) if rules.no_election else frozenset()


def _people(roll: int) -> list[str]:
    """Invented names, no two the same among the first hundred."""
    size = len(_NAMES)
    return [
        f"{_SURNAMES[(at + at // size) % size]} {'Thị' if at % 2 else 'Văn'} {_NAMES[at % size]}"
        for at in range(roll)
    ]


def _first(
    regulation: Regulation,
    body: Body,
    file: str,
    people: list[str],
    asked: tuple[Matter, Ground],
    settings: Mapping[str, object],
) -> First:
    head = OFFICER if body.of_agencies else people[0]
    *answering, silent = people
    opened = {"at": START + timedelta(hours=1), "who": head, "does": "approve_launch"}
    tables = [
        _table("", _story(body, file)),
        *_roll(regulation, body, people),
        *([_table("[settings]", settings)] if settings else []),
        _table("[[step]]", _launch(body.written, asked)),
        _table("[[step]]", opened),
        *(_table("[[step]]", each) for each in (*_received(body, people), *_replies(answering))),
    ]
    return First(body, "\n\n".join(tables).strip() + "\n", silent, *asked)


def _story(body: Body, file: str) -> dict[str, object]:
    return {
        "title": shared_rendering().label("first_story.title", body=body.name),
        "regulation": file,
        "body": body.id,
        "start": START,
        "end": _end(body.written),
    }


def _roll(regulation: Regulation, body: Body, people: list[str]) -> Iterator[str]:
    """The head first, then everybody in the plainest office, and an office beside them."""
    if body.of_agencies:
        yield from (_table("[[member]]", {"name": name}) for name in people)
        yield _table("[[officer]]", {"name": OFFICER, "office": body.heads[0]})
    else:
        plain = "member" if "member" in regulation.offices else list(regulation.offices)[-1]
        offices = (body.heads[0], *([plain] * (len(people) - 1)))
        for name, office in zip(people, offices, strict=True):
            yield _table("[[member]]", {"name": name, "office": office})
    yield _table("[[clerk]]", {"name": CLERK})


def _launch(rules: WrittenRules, asked: tuple[Matter, Ground]) -> dict[str, object]:
    matter, ground = asked
    launch: dict[str, object] = {
        "at": START,
        "who": CLERK,
        "does": "launch",
        "matter": matter.value,
        "ground": ground.value,
        "subject": shared_rendering().label("first_story.subject"),
        "deadline": _deadline(rules),
    }
    if rules.lead_time:
        launch["submission_date"] = (START + timedelta(days=rules.lead_time.days)).date()
    if matter in _elections(rules):
        launch["no_election"] = True
    return launch


def _received(body: Body, people: list[str]) -> Iterator[dict[str, object]]:
    """Where a clock runs from the receipt, or counts only once it is acknowledged, everybody acknowledges."""
    rules = body.written
    if rules.window.clock is Clock.DEADLINE and rules.silence.receipt is Strength.DELIVERED:
        return
    for name in people:
        yield {"at": START + timedelta(hours=2), "who": name, "does": "acknowledge"}


def _replies(answering: list[str]) -> Iterator[dict[str, object]]:
    for name in answering:
        at = START + timedelta(hours=3)
        yield {"at": at, "who": name, "does": "reply", "choice": "approve"}


def _deadline(rules: WrittenRules) -> datetime:
    """As the rule book suggests, or later where it asks for more time after the start."""
    window = rules.window
    spans = [window.suggested or Span(window.suggested_days)]
    spans += [window.least.span] if window.least else []
    return max(each.end(START, CALENDAR, window.day_ends_at) for each in spans)


def _end(rules: WrittenRules) -> datetime:
    """After the last clock has run out."""
    own, deadline = rules.window.own, _deadline(rules)
    last = own.end(deadline, CALENDAR, rules.window.day_ends_at) if own else deadline
    return last + timedelta(days=1)


def _table(heading: str, values: Mapping[str, object]) -> str:
    """A table of the story's file; what JSON writes of words, numbers, yes and lists, TOML reads."""
    rows = (
        f"{json.dumps(key, ensure_ascii=False)} = {_value(each)}" for key, each in values.items()
    )
    return "\n".join((*([heading] if heading else []), *rows))


def _value(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)
