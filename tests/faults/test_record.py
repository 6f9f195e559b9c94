"""What `make faults` writes down and tells, of results written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.__main__ import page
from tests.faults.record import Recorder, Result, read

KILL = "tests/faults/test_kill.py::test_none_is_lost"
LONG = "tests/faults/test_long_run.py::test_it_holds"
RESULTS = (
    Result(KILL, "failed", 60.0, {"kills": 1}),
    Result(f"{LONG}[seed1]", "passed", 90.0, {"kills": 1000}),
    Result(f"{LONG}[seed2]", "waiting"),
    Result("tests/faults/test_disk.py::test_full", "skipped", why="no root"),
    Result("tests/faults/test_forged.py::test_no_right", "waiting"),
)


def test_the_page_tells_of_each_test_how_often_how_long_and_how_it_ended() -> None:
    told = page("abc", 7, RESULTS)
    assert (
        "5 tests: **1 hold**, 1 fail, 1 were not tried, to 2 this run did not come;\n2 minutes"
        in told
    )
    assert "| none is lost | 1 | 1 kills | 1.0 | **fails**: once |" in told
    assert "| it holds | 1 of 2 | 1,000 kills | 1.5 | holds |" in told
    assert "| full | 1 |  | 0.0 | not tried: no root |" in told
    assert "| no right | 0 of 1 |  | 0.0 | not come to |" in told
    assert "commit abc, `SEED=7`" in told


def test_what_was_not_come_to_is_written_down_until_it_has_a_result(tmp_path: Path) -> None:
    record = tmp_path / "record.jsonl"
    recorder = Recorder(record, [], writes=True)
    for _ in range(2):  # two workers tell the same
        recorder.pytest_xdist_node_collection_finished([KILL, LONG])
    assert [each.ended for each in read(record).values()] == ["waiting", "waiting"]
    for when, outcome in (("setup", "passed"), ("call", "failed"), ("teardown", "passed")):
        said = "two are lost" if outcome == "failed" else None
        report = pytest.TestReport(KILL, ("", 0, ""), {}, outcome, said, when, duration=1.0)  # type: ignore[arg-type]
        recorder.pytest_runtest_logreport(report)
    recorder.pytest_xdist_node_collection_finished([KILL, LONG])
    assert read(record) == {
        KILL: Result(KILL, "failed", 3.0, why="two are lost"),
        LONG: Result(LONG, "waiting"),
    }
    assert len(record.read_text(encoding="utf-8").splitlines()) == 3
