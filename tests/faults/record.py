"""What `make faults` has tried of one commit with one seed, a line for each test: what passed is not tried again.

A plugin of pytest, given with `-p`; it decides nothing about a fault.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True, slots=True)
class Result:
    """How one test ended ("passed", "failed", "skipped"), in how many seconds, and what it tried how often.

    One that was not come to yet is "waiting". `why` is the reason of a skip, or all that a failure said: an interrupted
    run prints none.
    """

    test: str
    ended: str
    seconds: float = 0.0
    tried: dict[str, int] = field(default_factory=dict)
    why: str = ""


def read(record: Path) -> dict[str, Result]:
    """The last result of each test; a line that an interruption cut off is none."""
    found = {}
    for line in record.read_text(encoding="utf-8").splitlines() if record.exists() else ():
        try:
            each = Result(**json.loads(line))
        except ValueError:
            continue
        found[each.test] = each
    return found


class Recorder:
    """Leaves out what has passed, and writes down how the others end."""

    def __init__(self, record: Path, passed: list[str], *, writes: bool) -> None:
        self._record = record
        self._passed = passed
        self._writes = writes
        self._under_way: dict[str, Result] = {}

    def pytest_configure_node(self, node: Any) -> None:
        """Whoever runs beside leaves out the same."""
        node.workerinput["passed"] = self._passed

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """What has passed is not run again."""
        passed = set(self._passed)
        config.hook.pytest_deselected(items=[each for each in items if each.nodeid in passed])
        items[:] = [each for each in items if each.nodeid not in passed]

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """What a worker will run; each has the same."""
        self._wait(ids)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """What will be run here; nothing where workers run it."""
        self._wait([each.nodeid for each in session.items])

    def _wait(self, ids: list[str]) -> None:
        """Write down what has no result yet, so that an interruption leaves out nothing without a word."""
        if self._writes:
            known = read(self._record)
            self._write(Result(each, "waiting") for each in ids if each not in known)

    def _write(self, results: Iterable[Result]) -> None:
        with self._record.open("a", encoding="utf-8") as file:
            for each in results:
                file.write(json.dumps(asdict(each), ensure_ascii=False) + "\n")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test has passed when its end has, too."""
        if not self._writes:
            return
        before = self._under_way.get(report.nodeid, Result(report.nodeid, "passed"))
        ended = before.ended if report.outcome == "passed" else report.outcome
        why = _why(report) or before.why
        tried = dict(before.tried)
        for name, number in report.user_properties if report.when == "call" else ():
            if isinstance(number, int):  # others are what a test cost
                tried[name] = tried.get(name, 0) + number
        seconds = round(before.seconds + report.duration, 2)
        self._under_way[report.nodeid] = Result(report.nodeid, ended, seconds, tried, why)
        if report.when == "teardown":
            self._write([self._under_way.pop(report.nodeid)])


def _why(report: pytest.TestReport) -> str:
    if isinstance(report.longrepr, tuple):  # a skip: where, on which line, why
        return str(report.longrepr[2])
    return report.longreprtext if report.failed else ""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where it stands what was tried."""
    parser.addoption("--record", type=Path, help="the file that says what passed")


def pytest_configure(config: pytest.Config) -> None:
    """Begin: who runs beside is told what has passed, and reads it from no file that grows meanwhile."""
    beside = getattr(config, "workerinput", None)
    record = Path(config.getoption("record"))
    passed = (
        [each.test for each in read(record).values() if each.ended == "passed"]
        if beside is None
        else list(beside["passed"])
    )
    config.pluginmanager.register(Recorder(record, passed, writes=beside is None), "recorder")
