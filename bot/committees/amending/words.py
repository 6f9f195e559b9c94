"""A difference between two rule books in words: what it is about, where, before and after. Nothing is compared here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from bot.committees.amending.compared import Compared
from bot.committees.rules.difference import Difference, Kind, where
from bot.regulations.rules.duties import AfterEvent, Duty, FixedDay, Party
from bot.regulations.rules.meetings import (
    Announcement,
    DelegationRule,
    GuestRule,
    QuorumGroup,
    Rhythm,
    WorkingSession,
)
from bot.regulations.rules.regulation import Body, Ruling, Threshold, ThresholdOn
from bot.regulations.rules.terms import Least
from bot.regulations.rules.vocabulary import remembering
from bot.rendering import Words
from bot.values.spans import Span

CALLED = ("matter", "ground", "outcome", "next", "report_period", "setting_value")
"""Tables of words in which a value of a rule book may stand, besides those of its own."""

CALLED_BY: Mapping[type, str] = {
    Body: "name",
    Party: "name",
    WorkingSession: "party",
    GuestRule: "who",
    Duty: "what",
    DelegationRule: "what",
    QuorumGroup: "name",
    Announcement: "what",
}
"""By what an element of a rule book is called; others are told by their place."""
CITING = ("offices", "grounds", "abstain", "tie")
"""Places that hold an article, beside those whose name says so."""

VALUED = ("own", "thresholds")
"""Of several by a key: places where what comes or goes is what stands there, and not the key alone."""


@dataclass(frozen=True, slots=True)
class Told:
    """A difference in words; `about` is the body, report or session it is under, "" for all."""

    about: str
    place: str
    kind: str
    was: str
    now: str
    article: str
    assumed: bool = False
    """Whether the text says nothing of it: an assumption is amended, which is used where the article applies."""


def told(say: Words, of: Compared) -> tuple[Told, ...]:
    """Every difference in words, those of the older rule book, and of the newer for what it alone names."""
    say = say.under(remembering(of.before.vocabulary, [of.now.vocabulary], ()))
    bodies = {body.id: body.name for book in (of.before, of.now) for body in book.bodies}
    return tuple(
        _told(say, bodies, each, assumed=where(each.place) in of.assumed) for each in of.differences
    )


def _told(say: Words, bodies: Mapping[str, str], one: Difference, *, assumed: bool) -> Told:
    at, keys = one.place, list(one.place.keys)
    was, now = one.was, one.now
    name = at.aspect[-1][1] if at.aspect else at.name
    if name in CITING or name.endswith("article"):
        was, now = (_cited(say, each) for each in (was, now))
    alone = keys and at.name not in VALUED
    if alone and one.kind is Kind.COMES:
        now, keys = keys[-1], keys[:-1]
    if alone and one.kind is Kind.GOES:
        was, keys = keys[-1], keys[:-1]
    both = one.kind is Kind.CHANGES
    within = [value(say, bodies, each) for each in keys]
    aspects = [place(say, part, field) for part, field in at.aspect]
    names = (_part(say, at.part), *within, place(say, at.part, at.name), *aspects)
    return Told(
        about=value(say, bodies, at.of) if at.of else "",
        place=say.label("amended_list.in").join(dict.fromkeys(filter(None, names))),
        kind=one.kind.value,
        was=value(say, bodies, was) if both or was is not None else "",
        now=value(say, bodies, now) if both or now is not None else "",
        article=at.article,
        assumed=assumed,
    )


def _cited(say: Words, article: Any) -> Any:
    """An article as one; anything else as it is."""
    words = isinstance(article, str) and not isinstance(article, Enum)
    return say.label("amended_value.article", article=article) if words else article


def snake(name: str) -> str:
    """The name of a class as labels have it: "second_round_rule"."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _part(say: Words, part: str) -> str:
    return say.label(f"amended_part.{snake(part)}")


def place(say: Words, part: str, name: str) -> str:
    """What a place of a part is called."""
    own = f"amended_field.{snake(part)}_{name}"
    return say.label(own if say.has_label(own) else f"amended_field.{name}")


def value(say: Words, bodies: Mapping[str, str], of: Any) -> str:
    """A value of a rule book in words; a part of it by what it is called, and by nothing where its place says it."""
    match of:
        case None | ():
            return say.label("amended_value.none")
        case Enum():
            return _of_enum(say, of)
        case bool():
            return say.setting_value(of)
        case str() | int():
            return _word(say, bodies, str(of))
        case tuple():
            return say.label("list.comma").join(value(say, bodies, each) for each in of)
        case _:
            return _of_part(say, bodies, of)


def _of_enum(say: Words, of: Enum) -> str:
    own = f"amended_value.{snake(type(of).__name__)}_{of.value}".replace("-", "_")
    keys = (own, f"amended_value.{of.value}", *(f"{table}.{of.value}" for table in CALLED))
    return say.label(next(key for key in keys if say.has_label(key)))


def _word(say: Words, bodies: Mapping[str, str], of: str) -> str:
    """An id in words: a label, a body, an office, a mark of seats; anything else as it stands."""
    keys = (of, f"office.{of}", f"amended_value.{of}")
    found = next((say.label(key) for key in keys if say.has_label(key)), of)
    return bodies.get(of, found)


def _of_part(say: Words, bodies: Mapping[str, str], of: Any) -> str:
    match of:
        case Threshold() | Least() | ThresholdOn():
            return _count(say, bodies, of)
        case Ruling():
            return _ruling(say, bodies, of)
        case Span() | AfterEvent():
            return say.span(of) if isinstance(of, Span) else say.after(of, bodies)
        case FixedDay():
            label = "amended_value.until" if of.inclusive else "amended_value.before"
            return say.label(label, day=of.day, month=of.month)
        case Rhythm():
            unit = _of_enum(say, of.unit)
            label = "amended_value.rhythm" if of.every > 1 else "amended_value.rhythm_each"
            return say.label(label, times=of.times, every=of.every, unit=unit)
    named = CALLED_BY.get(type(of))
    return str(getattr(of, named)) if named else ""


def _count(say: Words, bodies: Mapping[str, str], of: Threshold | Least | ThresholdOn) -> str:
    """How much is needed; of some matters and grounds, of which."""
    if isinstance(of, ThresholdOn):
        among = [value(say, bodies, each) for each in (*sorted(of.matters), *sorted(of.grounds))]
        share = _count(say, bodies, of.threshold)
        return say.label("amended_list.in").join((say.label("list.comma").join(among), share))
    if isinstance(of, Least) and of.number:
        return str(of.number)
    return say.setting_value(f"{'>=' if of.inclusive else '>'} {of.fraction}")


def _ruling(say: Words, bodies: Mapping[str, str], of: Ruling) -> str:
    outcome, following = _of_enum(say, of.outcome), _of_enum(say, of.next)
    more = [say.label("amended_value.ruling", outcome=outcome, next=following, article=of.article)]
    if of.offers_meeting:
        more.append(say.label("amended_value.ruling_meeting"))
    if of.body:
        more.append(say.label("amended_value.ruling_body", body=_word(say, bodies, of.body)))
    return say.label("list.comma").join(more)
