"""The words that a rule book brings with it: how people are addressed, how it calls offices, matters and grounds."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

ADDRESS = "đồng chí"
"""How people are addressed unless the rule book says otherwise."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a rule book says in words of its own; the rest is said as everywhere."""

    address: str = ADDRESS
    """"đồng chí", "Ông/Bà": as it stands within a sentence."""
    labels: tuple[tuple[str, str], ...] = ()
    """Own words under the key of a label, such as "office.secretary"."""


COMMON = Vocabulary()
"""Nothing in words of its own."""


def remembering(
    now: Vocabulary, before: Iterable[Vocabulary], known: Collection[str]
) -> Vocabulary:
    """The words of now, with those of rule books before for what neither they nor the `known` labels name.

    What began under an older rule book is then still told with the offices that its roll had.
    """
    labels = {key: words for each in before for key, words in each.labels if key not in known}
    return Vocabulary(now.address, tuple((labels | dict(now.labels)).items()))


def together(vocabularies: Iterable[Vocabulary]) -> Vocabulary:
    """The words for somebody who sits under several rule books at once.

    The first that has a word of its own is followed; where they address people otherwise, none of them is.
    """
    several = tuple(dict.fromkeys(vocabularies))
    addresses = {each.address for each in several}
    labels = {key: words for each in reversed(several) for key, words in each.labels}
    return Vocabulary(addresses.pop() if len(addresses) == 1 else ADDRESS, tuple(labels.items()))
