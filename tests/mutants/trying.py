"""Every mutant in a fork of one process that has imported and collected all, with the tests that come to it."""

from __future__ import annotations

import ast
import mmap
import os
import pickle
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import FrameType, FunctionType, ModuleType

import hypothesis
import pytest

from tests.mutants.mutations import Mutant, mutants
from tests.mutants.planting import functions_of, plant_in_process

ROOM = 3 * 1024**3
"""Bytes of address space: a mutant that fills memory without end is stopped."""
PATIENCE = 4
"""How many times what it took unchanged a test may take of a mutant, in processor time, and `START` besides."""
START = 5
Line = tuple[str, int]


class End(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    ENDLESS = "endless"
    """A test took more processor time than it may: it would have run into its limit."""
    SURVIVED = "survived"
    UNREACHED = "unreached"
    """No test comes to its lines."""


_ENDS = {0: End.SURVIVED, 1: End.KILLED}
_NO_ANSWER = 3
_WORD = 4
"""Bytes of the number of a test on the board of a trial."""


@dataclass
class Mutated:
    """A module with its mutants."""

    module: ModuleType
    tree: ast.Module
    mutants: list[Mutant]
    functions: list[FunctionType]

    @classmethod
    def of(cls, module: ModuleType) -> Mutated:
        """The module as its file stands."""
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        return cls(module, tree, mutants(tree), functions_of(module))


@dataclass
class Reach:
    """What each test comes to, and how long it took."""

    lines: list[set[Line]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def most(self, test: int) -> float:
        """The processor seconds a test may take of a mutant: run first, it makes what others before it had kept."""
        return START + PATIENCE * self.seconds[test]

    def tests(self, mutated: Mutated, mutant: Mutant) -> list[int]:
        """Those that come to the mutant, the quick ones first."""
        path = str(mutated.module.__file__)
        wanted = {(path, line) for line in range(mutant.lines[0], mutant.lines[1] + 1)}
        if mutant.constant:
            found = [n for n, seen in enumerate(self.lines) if any(at == path for at, _ in seen)]
        else:
            found = [n for n, seen in enumerate(self.lines) if seen & wanted]
        return sorted(found, key=lambda n: self.seconds[n])


@dataclass(frozen=True, slots=True)
class Wanted:
    """A mutant to try, and the test that told it when it was tried last."""

    mutated: Mutated
    mutant: Mutant
    killer: str | None

    @property
    def rule(self) -> tuple[str, str]:
        """The module and the function: what tells one mutant of it is likely to tell another."""
        return self.mutated.module.__name__, self.mutant.function


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a mutant, and the test that told it."""

    wanted: Wanted
    end: End
    killer: str | None


@dataclass(frozen=True, slots=True)
class Trial:
    """One that goes on. On the board, which the fork shares, stands the number of the test it has come to."""

    wanted: Wanted
    tests: list[int]
    board: mmap.mmap


class Failures:
    """Sees how tests end, for pytest tells it to plugins alone."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A failure in any part of a test is one."""
        if report.failed:
            self.seen.append(report.nodeid)


class Trying:
    """A plugin: instead of running the tests that were collected, it tries mutants with them."""

    def __init__(self, work: Callable[[Laboratory], None]) -> None:
        self._work = work
        self._failures = Failures()

    def pytest_configure(self, config: pytest.Config) -> None:
        """The same examples for every mutant; a slow machine is no failure, and nobody reads a smallest example."""
        hypothesis.settings.register_profile(
            "mutants",
            max_examples=40,
            deadline=None,
            derandomize=True,
            database=None,
            phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        hypothesis.settings.load_profile("mutants")
        config.pluginmanager.register(self._failures)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Give what was collected to the work."""
        self._work(Laboratory(session.items, self._failures))
        return True


class Laboratory:
    """Tests that are loaded, and forks to run them in."""

    def __init__(self, items: list[pytest.Item], failures: Failures) -> None:
        self._items = items
        self._failures = failures

    def reach(self, modules: Iterable[ModuleType]) -> Reach:
        """Run every test once, unchanged, in a fork: what a cache keeps of it does not hide a mutant."""
        files = {str(module.__file__) for module in modules}
        reading, writing = os.pipe()
        child = _fork(lambda: self._trace(files, writing))
        os.close(writing)
        with os.fdopen(reading, "rb") as told:
            found: Reach = pickle.load(told)  # noqa: S301 - written by the fork of this process
        os.waitpid(child, 0)
        return found

    def _trace(self, files: set[str], writing: int) -> int:
        found = Reach()
        seen: set[Line] = set()

        def line(frame: FrameType, event: str, _: object) -> object:
            if event == "line":
                seen.add((frame.f_code.co_filename, frame.f_lineno))
            return line

        def call(frame: FrameType, event: str, _: object) -> object:
            return line if frame.f_code.co_filename in files else None

        for index in range(len(self._items)):
            seen = set()
            began = time.process_time()
            sys.settrace(call)  # type: ignore[arg-type]  # what it returns is such a function again
            self._run(index, index + 1 if index + 1 < len(self._items) else None)
            sys.settrace(None)
            found.lines.append(seen)
            found.seconds.append(time.process_time() - began)
        found.failed = self._failures.seen
        with os.fdopen(writing, "wb") as told:
            pickle.dump(found, told)
        return 0

    def try_all(self, wanted: Iterable[Wanted], reach: Reach, workers: int) -> Iterator[Tried]:
        """Every mutant with its end, as they end; so many at once."""
        killers = defaultdict[tuple[str, str], Counter[int]](Counter)
        running: dict[int, Trial] = {}
        for each in wanted:
            if len(running) == workers:
                yield self._ended(running, killers)
            likely = [i for i, _ in killers[each.rule].most_common()]
            tests = self.in_order(each, reach, likely)
            if not tests:
                yield Tried(each, End.UNREACHED, None)
                continue
            trial = Trial(each, tests, mmap.mmap(-1, mmap.PAGESIZE))
            running[_fork(self._trial(trial, reach))] = trial
        while running:
            yield self._ended(running, killers)

    def in_order(self, wanted: Wanted, reach: Reach, likely: Sequence[int]) -> list[int]:
        """The tests that may tell it: what told it last, what told others of its function, then the quick ones."""
        tests = reach.tests(wanted.mutated, wanted.mutant)
        if wanted.mutant.constant:
            tests = [*self._holding(wanted.mutant.function), *tests]
        last = [n for n in tests if self._items[n].nodeid == wanted.killer]
        known = set(tests)
        return list(dict.fromkeys([*last, *(n for n in likely if n in known), *tests]))

    def _ended(
        self, running: dict[int, Trial], killers: dict[tuple[str, str], Counter[int]]
    ) -> Tried:
        child, status = os.wait()
        trial = running.pop(child)
        end = End.ENDLESS if os.WIFSIGNALED(status) else _ENDS[os.WEXITSTATUS(status)]
        with trial.board as board:
            killer = int.from_bytes(board[:_WORD])
        if end is End.SURVIVED:
            return Tried(trial.wanted, end, None)
        killers[trial.wanted.rule][killer] += 1
        return Tried(trial.wanted, end, self._items[killer].nodeid)

    def failing_alone(self, tests: Iterable[str]) -> list[str]:
        """Those that fail in a fork of their own without any mutant: that such a one failed tells nothing."""
        wanted = set(tests)
        return [
            item.nodeid
            for index, item in enumerate(self._items)
            if item.nodeid in wanted and self._fails_alone(index)
        ]

    def _fails_alone(self, index: int) -> bool:
        def run() -> int:
            self._run(index, None)
            return len(self._failures.seen)

        return os.waitstatus_to_exitcode(os.waitpid(_fork(run), 0)[1]) != 0

    def _holding(self, name: str) -> list[int]:
        """The tests whose file has imported a constant: they may look at it and come to no line of its module."""
        modules = [item.getparent(pytest.Module) for item in self._items]
        return [n for n, each in enumerate(modules) if each and name in vars(each.obj)]

    def _trial(self, trial: Trial, reach: Reach) -> Callable[[], int]:
        mutated, tests = trial.wanted.mutated, trial.tests

        def run() -> int:
            resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))
            mutant = trial.wanted.mutant
            plant_in_process(mutant, mutated.tree, mutated.module, mutated.functions)
            for each, after in zip(tests, [*tests[1:], None], strict=True):
                trial.board[:_WORD] = each.to_bytes(_WORD)
                most = int(time.process_time() + reach.most(each)) + 1
                resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))
                self._run(each, after)
                if self._failures.seen:
                    return 1
            return 0

        return run

    def _run(self, index: int, after: int | None) -> None:
        """Run one test, and take down those of its fixtures that the next one does not share."""
        item = self._items[index]
        following = None if after is None else self._items[after]
        item.ihook.pytest_runtest_protocol(item=item, nextitem=following)


def _fork(run: Callable[[], int]) -> int:
    """The number of a process that does this, says nothing, and ends with what it gives."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    code = _NO_ANSWER
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        code = run()
    finally:
        os._exit(code)
