"""What two rule books say differently, place by place, as values. How that is told is not known here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import Enum, StrEnum
from typing import Any

from bot.regulations.rules.duties import AfterEvent, Duty, FixedDay
from bot.regulations.rules.meetings import WorkingSession
from bot.regulations.rules.regulation import Body, Regulation, Ruling, Threshold
from bot.regulations.rules.terms import Least
from bot.regulations.rules.vocabulary import Vocabulary
from bot.values.spans import Span

SHARED = (Threshold, Least)
SHARE = ("fraction", "inclusive", "number")
"""What of these is one thing said in two fields, or in the place of one another."""
WHOLE = (*SHARED, Ruling, FixedDay, AfterEvent, Span)
"""What is told as one value and never in its parts."""

UNTOLD: Mapping[tuple[str, str], str] = {
    ("Regulation", "digest"): "made of all the rest",
    (
        "Regulation",
        "settings",
    ): "each stands in the place that it sets; a clerk is shown them apart",
}
"""Places of which nothing is told, by class and name, with the reason."""
ID = "id"
"""Nor is an id: of several, one of another id is another one; of what there is once, it names nothing to people."""


class Kind(StrEnum):
    """What becomes of a place."""

    COMES = "comes"
    GOES = "goes"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: under which body, duty or working session, in which part, under which keys."""

    of: object = None
    """The body, duty or working session; None for what holds for all."""
    part: str = ""
    """The part of a rule book, by the name of its class: "Silence"."""
    name: str = ""
    """What it is there: "policy"."""
    keys: tuple[object, ...] = ()
    """Of several: which matter, which ground, which rhythm."""
    aspect: tuple[tuple[str, str], ...] = ()
    """Of a threshold: what of it besides the share, by the names of its class and of the field."""
    article: str = ""
    """The nearest article above it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One place that the two say differently; `was` is None for what comes, `now` for what goes."""

    kind: Kind
    place: Place
    was: Any = field(default=None)
    now: Any = field(default=None)


def difference(before: Regulation, now: Regulation) -> tuple[Difference, ...]:
    """All that the second says otherwise than the first, in the order of its parts; nothing where both say the same."""
    return tuple(_parts(before, now, Place()))


def _any(was: Any, now: Any, at: Place) -> Iterator[Difference]:
    """The differences between two values of one place."""
    if was == now:
        return
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        yield from _mapped(was, now, at)
    elif at.part == Vocabulary.__name__ and isinstance(was, tuple):
        yield from _called(dict(was), dict(now), at)
    elif isinstance(was, frozenset) and isinstance(now, frozenset):
        yield from _members(was, now, at)
    elif _named(was) or _named(now):
        yield from _mapped(_by_id(was), _by_id(now), at)
    elif isinstance(was, SHARED) and type(was) is type(now):
        yield from _shares(was, now, at)
    elif _paired(was, now):
        for old, new in zip(was, now, strict=True):
            yield from _any(old, new, replace(at, keys=(*at.keys, new)))
    elif is_dataclass(was) and type(was) is type(now) and not isinstance(was, WHOLE):
        yield from _parts(was, now, at)
    else:
        yield _one(was, now, at)


def _parts(was: Any, now: Any, at: Place) -> Iterator[Difference]:
    part = type(now).__name__
    of = now if isinstance(now, Body | Duty | WorkingSession) else at.of
    for each in fields(now):
        if each.name == ID or (part, each.name) in UNTOLD:
            continue
        article = "" if each.name.endswith("article") else _article(now) or at.article
        keys = () if of is now else at.keys
        place = Place(of, part, each.name, keys, article=article)
        yield from _any(getattr(was, each.name), getattr(now, each.name), place)


def _called(was: Mapping[str, str], now: Mapping[str, str], at: Place) -> Iterator[Difference]:
    """Own words, by the label in whose place each stands; None is none."""
    for key in dict.fromkeys((*was, *now)):
        if was.get(key) != now.get(key):
            keyed = replace(at, keys=(*at.keys, key))
            yield Difference(Kind.CHANGES, keyed, was.get(key), now.get(key))


def _shares(was: Any, now: Any, at: Place) -> Iterator[Difference]:
    """The share, or the number in its place, as one, and whatever else is said of it one by one."""
    if any(getattr(was, name, 0) != getattr(now, name, 0) for name in SHARE):
        yield _one(was, now, at)
    for each in fields(now):
        if each.name not in SHARE:
            article = "" if each.name == "article" else now.article
            aspect = (*at.aspect, (type(now).__name__, each.name))
            there = replace(at, aspect=aspect, article=article)
            yield from _any(getattr(was, each.name), getattr(now, each.name), there)


def _mapped(was: Mapping[Any, Any], now: Mapping[Any, Any], at: Place) -> Iterator[Difference]:
    for key in (*was, *(each for each in now if each not in was)):
        old, new = was.get(key), now.get(key)
        there = old if old is not None else new
        keyed = replace(at, keys=(*at.keys, there if hasattr(there, ID) else key))
        if key not in now:
            yield Difference(Kind.GOES, _cited(keyed, old), was=old)
        elif key not in was:
            yield Difference(Kind.COMES, _cited(keyed, new), now=new)
        else:
            yield from _any(old, new, keyed)


def _members(was: frozenset[Any], now: frozenset[Any], at: Place) -> Iterator[Difference]:
    if gone := was - now:
        yield Difference(Kind.GOES, at, was=_sorted(gone))
    if come := now - was:
        yield Difference(Kind.COMES, at, now=_sorted(come))


def _sorted(several: frozenset[Any]) -> tuple[Any, ...]:
    return tuple(sorted(several, key=str))


def _one(was: Any, now: Any, at: Place) -> Difference:
    if was is None or now is None:
        kind = Kind.COMES if was is None else Kind.GOES
        return Difference(kind, _cited(at, was if now is None else now), was, now)
    return Difference(Kind.CHANGES, _cited(at, now), was, now)


def _cited(at: Place, what: Any) -> Place:
    """With the article of what stands there, where it has one."""
    return replace(at, article=_article(what) or at.article)


def _article(of: Any) -> str:
    return getattr(of, "article", None) or ""


def _named(several: Any) -> bool:
    """Whether these are elements that are known by their ids."""
    return isinstance(several, tuple) and bool(several) and hasattr(several[0], ID)


def _paired(was: Any, now: Any) -> bool:
    """Whether these are as many elements without ids, one in the place of the other."""
    several = isinstance(was, tuple) and isinstance(now, tuple) and len(was) == len(now)
    return several and bool(was) and is_dataclass(was[0])


def _by_id(several: Any) -> Mapping[str, Any]:
    return {each.id: each for each in several or ()}


def where(at: Place) -> str:
    """A place in ids, one after the other; the same in every rule book that has it."""
    of = getattr(at.of, ID, "")
    ids = [of, at.part, at.name, *(_word(each) for each in at.keys)]
    return ".".join(filter(None, [*ids, *(name for _, name in at.aspect)]))


def kept(one: Difference) -> list[str]:
    """A difference as a line of the register keeps it: what, where, before and after."""
    return [one.kind.value, where(one.place), _word(one.was), _word(one.now)]


def _word(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Threshold):
        return f"{'>=' if value.inclusive else '>'} {value.fraction}"
    if isinstance(value, tuple | frozenset):
        return ", ".join(_word(each) for each in value)
    if hasattr(value, ID):
        return str(value.id)
    return str(value)
