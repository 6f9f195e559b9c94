from __future__ import annotations

import inspect
import pkgutil
import sys
from collections.abc import Iterator
from importlib import import_module

import bot
import handlers
import scheduler
import simulator
from bench.house import circles, imports
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
