"""Tries every fault, the long forms included, and writes docs/faults.md. Run as `make faults`.

Interrupted, it goes on where it was: what passed with this commit and this seed is not tried again.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import pytest

from bench.__main__ import machine
from tests.faults.record import Result, read

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "faults.md"
NOT_COVERED = Path(__file__).with_name("not_covered.toml")
"""Written by hand: what is not tried, and why."""
KEPT = ROOT / ".faults"
LONGEST = 1800
"""Seconds that one test may take here."""
SEED_DIGITS = 6


def _git(*words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()


def commit() -> str:
    """The commit that is tried; what has been changed since is part of its name."""
    changed = _git("diff", "HEAD", "--", ".", f":!{PAGE.relative_to(ROOT)}")
    dirty = f"+{hashlib.sha256(changed.encode()).hexdigest()[:8]}" if changed else ""
    return _git("rev-parse", "--short=12", "HEAD") + dirty


def main() -> int:
    """Try them, then write the page; the exit code is pytest's."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults")
    asked.add_argument("--seed", type=int, help="by default another one for every commit")
    asked.add_argument("-n", "--workers", default="2")
    asked.add_argument("pytest", nargs="*", help="further words for pytest")
    wanted, rest = asked.parse_known_args()
    tried = commit()
    seed = wanted.seed if wanted.seed is not None else int(tried[:SEED_DIGITS], 16)
    KEPT.mkdir(exist_ok=True)
    record = KEPT / f"{tried}-{seed}.jsonl"
    sys.stdout.write(f"commit {tried}, SEED={seed}, record {record.relative_to(ROOT)}\n")
    sys.stdout.flush()
    words = wanted.pytest or ["tests/faults"]
    code = subprocess.run(
        [
            sys.executable, "-m", "pytest", "-p", "tests.faults.record", "--record", str(record),
            "--long", "--seed", str(seed), "--timeout", str(LONGEST), "-n", wanted.workers,
            "--dist", "worksteal", *words, *rest,
        ],
        cwd=ROOT, check=False,
    ).returncode  # fmt: skip
    found = read(record)
    PAGE.write_text(page(tried, seed, found.values()), encoding="utf-8")
    sys.stdout.write(f"written: {PAGE.relative_to(ROOT)} (commit {tried}, SEED={seed})\n")
    all_passed_before = code == pytest.ExitCode.NO_TESTS_COLLECTED and found
    return 0 if all_passed_before else code


# --- the page --------------------------------------------------------------------------------


def page(tried: str, seed: int, found: Iterable[Result]) -> str:
    """What was tried, how often, how long it took and how it ended; a table for each module; what is not covered."""
    results = sorted(found, key=lambda each: each.test)
    ends = Counter(each.ended for each in results)
    head = HEAD.format(
        machine=machine(),
        commit=tried,
        seed=seed,
        tests=len(results),
        passed=ends["passed"],
        failed=ends["failed"],
        skipped=ends["skipped"],
        waiting=ends["waiting"],
        minutes=round(sum(each.seconds for each in results) / 60),
    )
    modules = groupby(results, key=lambda each: each.test.partition("::")[0])
    tables = (_table(module, list(of)) for module, of in modules)
    return "\n".join([head, *tables, _not_covered()])


def _table(module: str, results: list[Result]) -> str:
    rows = groupby(results, key=lambda each: each.test.partition("[")[0])
    return "\n".join(
        [
            f"## {_title(module)}\n",
            f"[{module}](../{module})\n",
            "| what is tried | rounds | how much | minutes | result |",
            "|---|---|---|---|---|",
            *(_row(name, list(of)) for name, of in rows),
            "",
        ]
    )


def _title(module: str) -> str:
    """The sentence with which the module opens, or its name."""
    told = ast.get_docstring(ast.parse((ROOT / module).read_text(encoding="utf-8")))
    return (told or Path(module).stem.removeprefix("test_")).splitlines()[0].rstrip(".")


def _row(name: str, of: list[Result]) -> str:
    sentence = name.rpartition("::")[2].removeprefix("test_").replace("_", " ")
    counted = Counter[str]()
    for each in of:
        counted.update(each.tried)
    much = ", ".join(f"{number:,} {what}" for what, number in sorted(counted.items()))
    waiting = sum(each.ended == "waiting" for each in of)
    rounds = f"{len(of) - waiting} of {len(of)}" if waiting else str(len(of))
    minutes = f"{sum(each.seconds for each in of) / 60:.1f}"
    return f"| {sentence} | {rounds} | {much} | {minutes} | {'; '.join(_ends(of))} |"


def _ends(of: list[Result]) -> Iterator[str]:
    """ "holds", or whose rounds do not, or why they were not tried."""
    failed = [each for each in of if each.ended == "failed"]
    if failed:
        named = (re.search(r"\[(.*)\]", each.test) for each in failed)
        yield f"**fails**: {', '.join(each[1] if each else 'once' for each in named)}"
    elif any(each.ended == "passed" for each in of):
        yield "holds"
    yield from sorted({f"not tried: {each.why}" for each in of if each.ended == "skipped"})
    if all(each.ended == "waiting" for each in of):
        yield "not come to"


def _not_covered() -> str:
    told = tomllib.loads(NOT_COVERED.read_text(encoding="utf-8"))
    rows = (f"- **{what}.** {' '.join(why.split())}" for what, why in told.items())
    return "\n".join(["## Not covered\n", *rows, ""])


HEAD = """# Faults

Written by `make faults` on {machine}, commit {commit}, `SEED={seed}`. The same seed
draws the same again: `make faults SEED={seed}`.

{tests} tests: **{passed} hold**, {failed} fail, {skipped} were not tried, to {waiting} this run did not come;
{minutes} minutes of tests. Of every test here that is not marked `faults_long` a short form is part of `make test`.

What must hold after each fault:

| | |
|---|---|
| I1 | one effective answer of each member on each matter; what was answered before is kept |
| I2 | the positions add up to the roll that was fixed at the opening |
| I3 | after the close nothing changes save by a recorded act of somebody entitled |
| I4 | the stored outcome equals what follows from rule book, roll, receipts, answers and acts alone |
| I5 | whatever somebody was told is on disk, never the other way round |
| I6 | every notice is sent, or given up with its reason; at most one copy more for each crash and message under way |
| I7 | every deadline is acted on once and never early; late only after an outage, and the record says so |
| I8 | the register holds, heads given out match, and legal tables equal what the lines give when played anew |
| I9 | no table, log, file, backup or message has a person beside a secret choice |
| I10 | who has no right at this moment changes nothing and learns nothing |
| I11 | silence counts only where the rule book gives it that effect, and after a receipt as strong as it asks for |

They are asked of the database by [tests/faults/invariants.py](../tests/faults/invariants.py); what needs a look before
the fault as well (I3, I5, I10) by the tests themselves.
"""


if __name__ == "__main__":
    sys.exit(main())
