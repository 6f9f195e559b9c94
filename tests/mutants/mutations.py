"""Small changes to the text of a module, each of which would be a fault; nothing is run here.

A condition that loses an operand stands for `and` in place of `or` too: whoever tells `a and b` from
`a` and from `b` tells it from `a or b`. Not changed are annotations, decorators, default values and the
bodies of classes: they declare, and the functions that read them are changed.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

Field = tuple[ast.AST, str, int | None]
"""Where a node hangs: its parent, the field, and its place there where the field is a list."""

OTHER_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
"""Of an order: moved by one, and turned round."""
OTHER_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
OTHER_SIGNS: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add}
DECLARING = {"annotation", "returns", "decorator_list", "args"}
"""Fields that are not changed; the arguments of a call are a field `args`, too, but a list."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: where, what stood there, what stands there now. `nth` tells equal ones of a function apart."""

    function: str
    """The function by its qualified name, or the constant of the module."""
    was: str
    becomes: str
    nth: int
    lines: tuple[int, int]
    """Of the statement: no test that does not come to one of them can tell."""
    place: Field
    put: ast.AST
    constant: bool = False

    @property
    def name(self) -> tuple[str, str, str, int]:
        """What it is called in the records, whatever line it moves to."""
        return self.function, self.was, self.becomes, self.nth


def mutants(tree: ast.Module) -> list[Mutant]:
    """Every mutant of a module, in the order of its text."""
    named = Counter[tuple[str, str, str]]()
    found = []
    for function, root, constant in _roots(tree, ""):
        for place, context, statement in _places(root):
            node = _at(place)
            for put in _changes(node):
                seen, becomes = context or node, ""
                was = _told(seen)
                _put(place, put)
                becomes = _told(_at(place) if seen is node else seen)
                _put(place, node)
                named[function, was, becomes] += 1
                nth = named[function, was, becomes]
                lines = _lines(statement)
                found.append(Mutant(function, was, becomes, nth, lines, place, put, constant))
    return found


def plant(mutant: Mutant) -> None:
    """Make the change in the tree it was found in, for good."""
    _put(mutant.place, mutant.put)


# --- where ------------------------------------------------------------------------------------


def _roots(tree: ast.AST, within: str) -> Iterator[tuple[str, ast.AST, bool]]:
    """The functions, those of classes too, and the constants of the module."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            yield within + node.name, node, False
        elif isinstance(node, ast.ClassDef):
            yield from _roots(node, f"{within}{node.name}.")
        elif not within and isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node, True


def _places(root: ast.AST) -> Iterator[tuple[Field, ast.AST | None, ast.stmt]]:
    """Every node below, what it is told within if it is too small to be told alone, and its statement."""
    assert isinstance(root, ast.stmt)
    waiting: list[tuple[ast.AST, ast.stmt]] = [(root, root)]
    while waiting:
        parent, statement = waiting.pop(0)
        below: list[tuple[ast.AST, ast.stmt]] = []
        for place in _fields(parent):
            node = _at(place)
            own = node if isinstance(node, ast.stmt) else statement
            small = isinstance(node, (ast.Constant, ast.Name))
            yield place, (parent if small else None), own
            below.append((node, own))
        waiting[:0] = below


def _fields(parent: ast.AST) -> Iterator[Field]:
    for name, value in ast.iter_fields(parent):
        if name in DECLARING and not isinstance(parent, ast.Call):
            continue
        if isinstance(value, ast.AST):
            yield parent, name, None
        elif isinstance(value, list):
            for index, each in enumerate(value):
                if isinstance(each, ast.AST) and not _is_docstring(each):
                    yield parent, name, index


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _at(place: Field) -> ast.AST:
    parent, name, index = place
    held = getattr(parent, name)
    found: ast.AST = held if index is None else held[index]
    return found


def _put(place: Field, node: ast.AST) -> None:
    parent, name, index = place
    if index is None:
        setattr(parent, name, node)
    else:
        getattr(parent, name)[index] = node


def _lines(statement: ast.stmt) -> tuple[int, int]:
    """Of a statement with others in it: the lines before those."""
    body = getattr(statement, "body", None)
    last = body[0].lineno - 1 if isinstance(body, list) else statement.end_lineno or 0
    return statement.lineno, max(last, statement.lineno)


def _told(node: ast.AST) -> str:
    """The text in one line; of a statement with others in it the first line alone."""
    if isinstance(node, (ast.If, ast.For, ast.While, ast.With)):
        return ast.unparse(node).splitlines()[0]
    return " ".join(ast.unparse(node).split())


# --- what -------------------------------------------------------------------------------------


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in place of a node."""
    for change in (_compared, _joined, _counted, _named, _chosen, _returned, _left_out):
        for put in change(node):
            yield ast.fix_missing_locations(ast.copy_location(put, node))


def _compared(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare):
        for index, op in enumerate(node.ops):
            for other in OTHER_COMPARISONS[type(op)]:
                ops = [*node.ops[:index], other(), *node.ops[index + 1 :]]
                yield ast.Compare(node.left, ops, node.comparators)


def _joined(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.BoolOp):
        for index in range(len(node.values)):
            rest = [*node.values[:index], *node.values[index + 1 :]]
            yield rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand


def _counted(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield ast.Constant(node.value + 1)
        yield ast.Constant(node.value - 1)
    if isinstance(node, ast.BinOp) and type(node.op) in OTHER_SIGNS:
        yield ast.BinOp(node.left, OTHER_SIGNS[type(node.op)](), node.right)


def _named(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Name) and node.id in OTHER_NAMES:
        yield ast.Name(OTHER_NAMES[node.id], node.ctx)
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)


def _chosen(node: ast.AST) -> Iterator[ast.AST]:
    """One branch always, the other always, and of what is gone through everything."""
    if isinstance(node, ast.IfExp):
        yield node.body
        yield node.orelse
    if isinstance(node, ast.comprehension):
        for index in range(len(node.ifs)):
            rest = [*node.ifs[:index], *node.ifs[index + 1 :]]
            yield ast.comprehension(node.target, node.iter, rest, node.is_async)


def _returned(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Return) and node.value and not isinstance(node.value, ast.Constant):
        yield ast.Return(ast.Constant(None))


def _left_out(node: ast.AST) -> Iterator[ast.AST]:
    """A guard that is not there."""
    if isinstance(node, ast.If) and not node.orelse:
        yield ast.Pass()
