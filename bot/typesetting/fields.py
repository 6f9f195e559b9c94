"""The fields that the template of each paper may name, read from `templates/papers/fields.toml`; not their values.

A field is named by its path: "count.lines[].what" is of each line of a list.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.issuing.rules.letterhead import Paper
from bot.places import templates_dir

LIST = "[]"
Tree = dict[str, Any]
"""The same as it is nested: of a name another tree, of a list one of its elements, of a word or a number nothing."""


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together, each by its path with what it means."""

    title: str
    fields: Mapping[str, str]


@cache
def groups_of(paper: Paper) -> tuple[Group, ...]:
    """The fields of a paper in the order in which they are told; none is told twice."""
    told = tomllib.loads((templates_dir() / "papers" / "fields.toml").read_text(encoding="utf-8"))
    known: set[str] = set()
    groups = []
    for name in told["papers"][paper.value]:
        fields = {path: means for path, means in told[name].items() if path not in known}
        known |= fields.keys()
        groups.append(Group(told["titles"][name], fields))
    return tuple(groups)


def paths_of(paper: Paper) -> frozenset[str]:
    """Every path that the template of a paper may name."""
    return frozenset(path for group in groups_of(paper) for path in group.fields)


def tree_of(paper: Paper) -> Tree:
    """The fields of a paper as they are nested."""
    tree: Tree = {}
    for path in paths_of(paper):
        _enter(tree, path.split("."))
    return tree


def _enter(tree: Tree, path: list[str]) -> None:
    name, *below = path
    bare = name.removesuffix(LIST)
    if not below:
        tree[bare] = [None] if name.endswith(LIST) else None
        return
    inside = tree.setdefault(bare, [{}] if name.endswith(LIST) else {})
    _enter(inside[0] if name.endswith(LIST) else inside, below)


def paths_in(view: object, path: str = "") -> Iterator[str]:
    """The paths of what fills a template; of an empty list that of the list alone."""
    if isinstance(view, Mapping):
        for name, each in view.items():
            yield from paths_in(each, f"{path}.{name}" if path else name)
    elif isinstance(view, list):
        yield from (found for each in view or [None] for found in paths_in(each, path + LIST))
    else:
        yield path
