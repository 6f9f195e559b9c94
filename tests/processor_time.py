"""What the tests cost: processor seconds of each folder, of this process, its workers and the processes they start.

Seconds by the wall depend on what else the machine does; these hardly do.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Generator

import pytest

COLLECTING = "collecting"
PROPERTY = "processor seconds"


def spent() -> float:
    """Processor seconds of this process and of those it started and saw end."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


class ProcessorTime:
    """Marks what each part of a test took on its report, and sums the reports by folder."""

    def __init__(self) -> None:
        self._before = 0.0
        self._tests = Counter[str]()
        self._seconds = defaultdict[str, float](float)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Until here everything was for all: starting, importing, collecting."""
        self._before = spent()
        worker = getattr(session.config, "workeroutput", None)
        if worker is None:
            self._seconds[COLLECTING] += self._before
        else:
            worker[PROPERTY] = self._before

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object, error: object) -> None:
        """A worker has ended, and tells what its collecting took."""
        self._seconds[COLLECTING] += getattr(node, "workeroutput", {}).get(PROPERTY, 0.0)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        before, self._before = self._before, spent()
        report.user_properties.append((PROPERTY, self._before - before))
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        folder = "/".join(report.nodeid.split("::")[0].split("/")[:2])
        for name, seconds in report.user_properties:
            if name == PROPERTY:
                self._seconds[folder] += float(str(seconds))
        self._tests[folder] += report.when == "call"

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        terminalreporter.section("processor seconds")
        for folder, seconds in sorted(self._seconds.items(), key=lambda each: -each[1]):
            terminalreporter.write_line(f"{seconds:8.1f} s {self._tests[folder]:6} {folder}")
        terminalreporter.write_line(f"{sum(self._seconds.values()):8.1f} s {self._tests.total():6}")
