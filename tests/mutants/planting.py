"""A mutant takes the place of what it was made from, in the process that runs; whoever imported it meets it.

The code of a function is exchanged and not the function: what others imported from its module, what a
property holds and what a class holds is the same object. A constant is computed anew, and given to
every module that holds the old one under its name.
"""

from __future__ import annotations

import ast
import gc
import sys
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType

from tests.mutants.mutations import Mutant, plant


def functions_of(module: ModuleType) -> list[FunctionType]:
    """Every function of a module that lives, however it is held; looked for once, for it goes through all memory."""
    gc.unfreeze()
    found = [
        each
        for each in gc.get_objects()
        if isinstance(each, FunctionType) and each.__code__.co_filename == module.__file__
    ]
    gc.freeze()
    return found


def plant_in_process(
    mutant: Mutant, tree: ast.Module, module: ModuleType, functions: list[FunctionType]
) -> None:
    """From now on this process has the fault; it cannot be taken back, so it is a process of its own."""
    plant(mutant)
    if mutant.constant:
        _exchange_constant(mutant.function, tree, module)
    else:
        _exchange_code(mutant.function, tree, module, functions)


def _exchange_code(
    name: str, tree: ast.Module, module: ModuleType, functions: list[FunctionType]
) -> None:
    compiled = compile(tree, str(module.__file__), "exec")
    new = {each.co_firstlineno: each for each in _codes(compiled) if each.co_qualname == name}
    for each in functions:
        if each.__code__.co_qualname == name:
            each.__code__ = new[each.__code__.co_firstlineno]


def _codes(code: CodeType) -> Iterator[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from _codes(each)


def _exchange_constant(name: str, tree: ast.Module, module: ModuleType) -> None:
    assigned = next(
        each
        for each in tree.body
        if isinstance(each, ast.Assign)
        and isinstance(each.targets[0], ast.Name)
        and each.targets[0].id == name
    )
    old = vars(module)[name]
    alone = ast.Module([assigned], type_ignores=[])
    exec(compile(alone, str(module.__file__), "exec"), vars(module))  # noqa: S102 - our own text
    new = vars(module)[name]
    for other in list(sys.modules.values()):
        if vars(other).get(name) is old:
            setattr(other, name, new)
