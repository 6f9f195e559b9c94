from __future__ import annotations

import ast
import inspect
import pkgutil
import sys
from collections.abc import Iterator
from importlib import import_module

import bot
import handlers
import scheduler
import simulator
from bench.house import PACKAGES, circles, files, imports
from bench.transcripts import ROOT

COMMON = (bot, handlers, scheduler, simulator)
RUN_BY_ALEMBIC = ".migrations."
SET_BY_PYTHON = {"_abc_impl"}


def our_classes() -> Iterator[type]:
    for package in COMMON:
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if RUN_BY_ALEMBIC not in found.name:
                for value in vars(import_module(found.name)).values():
                    if inspect.isclass(value) and value.__module__ == found.name:
                        yield value


def is_of_a_library(base: type) -> bool:
    package = base.__module__.partition(".")[0]
    return package not in sys.stdlib_module_names | {each.__name__ for each in COMMON}


def private_names(owner: type) -> set[str]:
    return {name for name in vars(owner) if name.startswith("_") and not name.endswith("__")}


def test_no_class_overrides_what_a_library_keeps_to_itself() -> None:
    """The linter sees who reaches into another's private member, not who overrides one."""
    overridden = {
        (owner.__qualname__, name)
        for owner in our_classes()
        for base in owner.__mro__[1:]
        if is_of_a_library(base)
        for name in private_names(owner) & private_names(base) - SET_BY_PYTHON
    }
    assert overridden == set()


def test_no_module_leads_back_to_itself() -> None:
    """So any module may be the first that is imported, a face above all: none is met half made."""
    assert circles(imports(ROOT)) == []


def private_definitions(module: ast.Module) -> set[str]:
    """What a module names for itself alone; a function with a decorator is entered somewhere by it."""
    names: set[str] = set()
    for each in module.body:
        if isinstance(each, ast.Assign):
            names |= {target.id for target in each.targets if isinstance(target, ast.Name)}
        elif isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
            names.add(each.target.id)
        elif isinstance(each, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            names |= set() if each.decorator_list else {each.name}
    return {name for name in names if name.startswith("_") and not name.startswith("__")}


def test_what_a_module_names_for_itself_alone_it_reads() -> None:
    """The linter looks for names that nobody reads inside functions and among imports, not here."""
    unread = dict[str, set[str]]()
    for file in files(ROOT, *PACKAGES):
        module = ast.parse(file.read_text(encoding="utf-8"))
        read = {
            each.id
            for each in ast.walk(module)
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)
        }
        if left := private_definitions(module) - read:
            unread[str(file.relative_to(ROOT))] = left
    assert unread == {}
