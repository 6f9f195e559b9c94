"""The code by which a roster knows somebody whose name is spelt otherwise: the office's own, else a number of ours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bot.people.rules.people import Person
from bot.values.names import plain

_NUMBER = re.compile(r"#\d+")


def code_of(person: Person) -> str:
    """As the roster handed out has it: the office's own code, else the number of the person here."""
    return person.code or _number(person)


def is_number(code: str) -> bool:
    """Whether it is a number of ours, which nobody gets by a file: «#12»."""
    return _NUMBER.fullmatch(code) is not None


def bearers(people: Iterable[Person]) -> Mapping[str, Person]:
    """Who is meant by which code; the number stands for everybody, also beside a code of the office."""
    everybody = list(people)
    numbered = {_number(each): each for each in everybody}
    return numbered | {plain(each.code): each for each in everybody if each.code}


def twice(codes: Sequence[str]) -> frozenset[str]:
    """The codes, as compared, that stand more than once."""
    counts = Counter(plain(each) for each in codes if each)
    return frozenset(code for code, count in counts.items() if count > 1)


def _number(person: Person) -> str:
    return f"#{person.id}"
