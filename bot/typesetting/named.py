"""Which fields a template names, found by reading it to its last branch; loaded by the writer alone, never by the bot.

A paper is tried with invented ones, and none of them enters every branch: what is written behind an `if` that no
sample takes would be found on the day. Here no branch is taken, and all are read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

ANYTHING = object()
"""What is not known from reading: what came of a filter, a sum, a call."""
SAME = frozenset({"list", "sort", "reverse", "unique", "select", "reject"})
"""Filters that give the elements they were given."""
GUARDS = frozenset({"defined", "undefined"})
TAGS = re.compile("<[^>]+>")


@dataclass(frozen=True, slots=True)
class Named:
    """A name that no paper of the kind has, or that a template may not name, with the words of its paragraph."""

    kind: str
    name: str
    words: str


def unknown_in(template: bytes, fields: Mapping[str, Any]) -> list[Named]:
    """Every name in body, heads and feet that is no field, in their order; raises what the libraries raise."""
    environment = ImmutableSandboxedEnvironment()
    found = dict[Named, None]()
    for part in _parts(DocxTemplate(io.BytesIO(template))):
        reader = _Reader(part.splitlines(), frozenset(environment.globals))
        reader.read(environment.parse(part), dict(fields))
        found |= dict.fromkeys(reader.found)
    return list(found)


def _parts(document: Any) -> Iterator[str]:
    """Body, heads and feet as the library turns them into templates, a line a paragraph."""
    document.init_docx()
    yield _by_lines(document.patch_xml(document.get_xml()))
    for uri in (document.HEADER_URI, document.FOOTER_URI):
        for _, part in document.get_headers_footers(uri):
            yield _by_lines(document.patch_xml(document.get_part_xml(part)))


def _by_lines(xml: str) -> str:
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", xml)


@dataclass
class _Reader:
    """Goes through a template and notes what it names; a scope tells what each name stands for."""

    lines: list[str]
    known: frozenset[str]
    found: list[Named] = field(default_factory=list)

    def read(self, node: nodes.Node, scope: dict[str, Any]) -> Any:
        """What a node stands for: a tree of fields, a list of one element, nothing below it, or anything."""
        reads = getattr(self, f"_{type(node).__name__.lower()}", None)
        return reads(node, scope) if reads else self._all(node, scope)

    def _all(self, node: nodes.Node, scope: dict[str, Any]) -> Any:
        for each in node.iter_child_nodes():
            self.read(each, scope)
        return ANYTHING

    def _note(self, kind: str, name: str, node: nodes.Node) -> Any:
        line = self.lines[node.lineno - 1] if node.lineno <= len(self.lines) else ""
        self.found.append(Named(kind, name, TAGS.sub("", line).strip()))
        return ANYTHING

    # --- names -----------------------------------------------------------------------------

    def _name(self, node: nodes.Name, scope: dict[str, Any]) -> Any:
        if node.ctx != "load":
            scope[node.name] = ANYTHING
            return ANYTHING
        if node.name in scope:
            return scope[node.name]
        return ANYTHING if node.name in self.known else self._note("unknown", node.name, node)

    def _getattr(self, node: nodes.Getattr, scope: dict[str, Any]) -> Any:
        of = self.read(node.node, scope)
        if node.attr.startswith("_"):
            return self._note("forbidden", node.attr, node)
        # a method goes before a field of that name: "items" of an invitation is reached by brackets alone
        if of is ANYTHING or hasattr(_like(of), node.attr):
            return ANYTHING
        return self._below(of, node.attr, node)

    def _getitem(self, node: nodes.Getitem, scope: dict[str, Any]) -> Any:
        of = self.read(node.node, scope)
        self.read(node.arg, scope)
        if isinstance(of, list):
            return of if isinstance(node.arg, nodes.Slice) else of[0]
        if of is ANYTHING or not isinstance(node.arg, nodes.Const):
            return ANYTHING
        return self._below(of, str(node.arg.value), node)

    def _below(self, of: Any, name: str, node: nodes.Node) -> Any:
        if isinstance(of, Mapping) and name in of:
            return of[name]
        return self._note("unknown", name, node)

    # --- what changes what names stand for -------------------------------------------------

    def _for(self, node: nodes.For, scope: dict[str, Any]) -> Any:
        over = self.read(node.iter, scope)
        within = {**scope, "loop": ANYTHING}
        if isinstance(node.target, nodes.Name):
            within[node.target.name] = over[0] if isinstance(over, list) else ANYTHING
        else:
            self.read(node.target, within)
        for each in (*([node.test] if node.test else ()), *node.body):
            self.read(each, within)
        for each in node.else_:
            self.read(each, scope)
        return ANYTHING

    def _assign(self, node: nodes.Assign, scope: dict[str, Any]) -> Any:
        means = self.read(node.node, scope)
        if isinstance(node.target, nodes.Name):
            scope[node.target.name] = means
        else:
            self.read(node.target, scope)
        return ANYTHING

    def _macro(self, node: nodes.Macro, scope: dict[str, Any]) -> Any:
        scope[node.name] = ANYTHING
        given = ("caller", "varargs", "kwargs", *(each.name for each in node.args))
        return self._all(node, {**scope, **dict.fromkeys(given, ANYTHING)})

    def _filter(self, node: nodes.Filter, scope: dict[str, Any]) -> Any:
        of = self.read(node.node, scope) if node.node else ANYTHING
        for each in node.args:
            self.read(each, scope)
        if isinstance(of, list) and node.name in {"first", "last", "random"}:
            return of[0]
        return of if node.name in SAME else ANYTHING

    def _test(self, node: nodes.Test, scope: dict[str, Any]) -> Any:
        """Whether something is there at all may be asked of any name."""
        return ANYTHING if node.name in GUARDS else self._all(node, scope)

    def _condexpr(self, node: nodes.CondExpr, scope: dict[str, Any]) -> Any:
        self.read(node.test, scope)
        first = self.read(node.expr1, scope)
        other = self.read(node.expr2, scope) if node.expr2 else first
        return first if first is other else ANYTHING


def _like(of: Any) -> Any:
    """Something with the methods that a value of this shape has."""
    return of if of is not None else ""
