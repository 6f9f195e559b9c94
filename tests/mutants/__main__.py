"""Tries whether the tests of the rules would tell a fault in them, and writes docs/mutants.md. `make mutants`.

A mutant is a rule with one small fault. A test that fails kills it; one that nothing kills stands in
`survivors.toml` with the reason why no test can tell it, or this ends non-zero.

It is written here and not taken from a library. mutmut 3 leaves decorated functions out, so every
property, and constants of a module; it starts the tests anew in a copy of the tree. cosmic-ray starts
pytest once for every mutant, a hundred times what a mutant costs here that is killed by the test which killed it last:
that one is tried first, whatever has changed since. Interrupted, it goes on where it was: what became of a mutant
stays so until a rule, a rule book or a test changes, or `--anew` is said.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.mutants.mutations import Mutant
from tests.mutants.trying import End, Laboratory, Mutated, Trying, Wanted

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "mutants.md"
KEPT = ROOT / ".mutants"
REASONS = Path(__file__).with_name("survivors.toml")
TESTS = ("tests/rules", "tests/regulations")
MODULES = (
    "bot.regulations.rules.terms",
    "bot.consultations.rules.tally",
    "bot.consultations.rules.outcome",
    "bot.consultations.rules.counted",
    "bot.consultations.rules.possible",
    "bot.values.working_days",
    "bot.consultations.rules.due",
    "bot.people.rules.acting",
    "bot.people.rules.seconding",
    "bot.votes.rules.vote",
    "bot.votes.rules.rights",
    "bot.consultations.rules.dating",
    "bot.consultations.rules.rights",
)
"""The rules that are mutated, in the order in which they are tried."""

Name = tuple[str, str, str, str, int]
"""The module, then what a mutant is called."""


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant that no test can tell, and why."""

    module: str
    function: str
    was: str
    becomes: str
    reason: str
    nth: int = 1

    @property
    def name(self) -> Name:
        """What it is called in the records."""
        return self.module, self.function, self.was, self.becomes, self.nth


def main() -> int:
    """Try them and write the page; 0 if every mutant is killed or stands among those no test can tell."""
    asked = argparse.ArgumentParser(prog="python -m tests.mutants")
    asked.add_argument("-n", "--workers", type=int, default=2)
    asked.add_argument("--anew", action="store_true", help="forget what was killed before")
    asked.add_argument("modules", nargs="*", metavar="MODULE", help=f"of {', '.join(MODULES)}")
    wanted = asked.parse_args()
    chosen = wanted.modules or list(MODULES)
    digest = _digest()
    record = Record(KEPT / f"{digest}.jsonl")
    if wanted.anew:
        record.forget()
    ended: dict[Name, End] = {}
    trying = Trying(
        lambda laboratory: ended.update(_tried(laboratory, chosen, record, wanted.workers))
    )
    # Hypothesis is imported by this plugin, before pytest can look into its assertions; none of ours are there.
    imported = "ignore::pytest.PytestAssertRewriteWarning"
    plain = [
        "-W",
        imported,
        "-q",
        "--no-header",
        "--no-summary",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "-s",
        "--timeout",
        "0",
    ]
    code = pytest.main([*plain, *TESTS], plugins=[trying])
    if code != pytest.ExitCode.OK:
        sys.stdout.write(f"nothing was tried: pytest ended with {code!r}\n")
        return int(code)
    reasons = {each.name: each for each in survivors()}
    if not wanted.modules:
        PAGE.write_text(page(ended, reasons, digest), encoding="utf-8")
    wrong = list(_wrong(ended, reasons, chosen))
    sys.stdout.writelines(f"{line}\n" for line in wrong)
    return 1 if wrong else 0


def survivors() -> list[Survivor]:
    """Those no test can tell, as they stand in their file."""
    read = tomllib.loads(REASONS.read_text(encoding="utf-8"))
    return [Survivor(**each) for each in read.get("survivor", [])]


def _digest() -> str:
    """Of everything that decides what a rule gives, and of the tests that ask."""
    files = [*(ROOT / "bot").rglob("rules/*.py"), *(ROOT / "bot" / "values").glob("*.py")]
    files += (ROOT / "regulations").rglob("*.toml")
    files += (
        each
        for tests in TESTS
        for each in (ROOT / tests).rglob("*")
        if each.is_file() and each.suffix != ".pyc"
    )
    content = b"\0".join(each.read_bytes() for each in sorted(files))
    return hashlib.sha256(content).hexdigest()[:12]


def _tried(
    laboratory: Laboratory, chosen: list[str], record: Record, workers: int
) -> Iterator[tuple[Name, End]]:
    all_of = [Mutated.of(importlib.import_module(name)) for name in chosen]
    reach = laboratory.reach([each.module for each in all_of])
    if reach.failed:
        raise SystemExit(f"these fail without any mutant: {', '.join(reach.failed)}")
    known, killers = record.read(), record.killers()
    alive = {each.name for each in survivors()}
    wanted = []
    for mutated in all_of:
        for mutant in mutated.mutants:
            name = _name(mutated, mutant)
            if name in known:
                yield name, known[name]
            else:
                wanted.append(Wanted(mutated, mutant, killers.get(name)))
    # What is said to live goes through every test that comes to it: the others are told before.
    wanted.sort(key=lambda each: _name(each.mutated, each.mutant) in alive)
    sys.stdout.write(f"{len(wanted)} mutants to try\n")
    for tried in laboratory.try_all(wanted, reach, workers):
        name = _name(tried.wanted.mutated, tried.wanted.mutant)
        record.add(name, tried.end, tried.killer)
        yield name, tried.end
    told = {killer for name, killer in record.killers().items() if name[0] in chosen}
    if alone := laboratory.failing_alone(told):
        raise SystemExit(f"these fail alone, without any mutant: {', '.join(alone)}")


def _name(mutated: Mutated, mutant: Mutant) -> Name:
    return (mutated.module.__name__, *mutant.name)


class Record:
    """What became of each mutant, and the test that told it, a line as soon as it is known; a file for each digest."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[Name, End]:
        """The last that is known of each, of these rules and tests."""
        return {name: end for name, end, _ in _lines(self._path)}

    def killers(self) -> dict[Name, str]:
        """The test that told each last, of whatever rules and tests."""
        kept = sorted(self._path.parent.glob("*.jsonl"), key=lambda each: each.stat().st_mtime)
        return {name: killer for each in kept for name, _, killer in _lines(each) if killer}

    def add(self, name: Name, end: End, killer: str | None) -> None:
        """Keep one."""
        self._path.parent.mkdir(exist_ok=True)
        with self._path.open("a", encoding="utf-8") as kept:
            kept.write(json.dumps([name, end, killer], ensure_ascii=False) + "\n")

    def forget(self) -> None:
        """Nothing of these rules and tests is known any more; which test told what is no claim, and stays elsewhere."""
        self._path.unlink(missing_ok=True)


def _lines(path: Path) -> Iterator[tuple[Name, End, str | None]]:
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            name, end, killer = json.loads(line)
            yield tuple(name), End(end), killer


# --- what is said -----------------------------------------------------------------------------

ALIVE = (End.SURVIVED, End.UNREACHED)


def _wrong(
    ended: dict[Name, End], reasons: dict[Name, Survivor], chosen: list[str]
) -> Iterator[str]:
    for name, end in ended.items():
        if end in ALIVE and name not in reasons:
            module, function, was, becomes, nth = name
            yield f"{end}: {module}.{function}, {nth}\n    {was}\n    {becomes}"
    for name in reasons:
        if name[0] in chosen and ended.get(name) not in ALIVE:
            yield f"does not survive any more, but is said to: {name}"


def page(ended: dict[Name, End], reasons: dict[Name, Survivor], digest: str) -> str:
    """How many of each module, why those are alive that are, and of which rules this was so."""
    rows = [
        _row(
            f"`{module}`", _text(module), [end for name, end in ended.items() if name[0] == module]
        )
        for module in MODULES
    ]
    total = _row("**all**", "", list(ended.values()))
    of = f"So it was of the rules, rule books and tests whose digest begins with `{digest}`."
    return "\n".join([HEAD, *rows, total, "", of, "", *_reasons(ended, reasons)])


def _text(module: str) -> str:
    """By which the text that was mutated is known again, whatever else has changed since."""
    path = ROOT.joinpath(*module.split(".")).with_suffix(".py")
    return f"`{hashlib.sha256(path.read_bytes()).hexdigest()[:8]}`"


def _row(name: str, text: str, ends: Iterable[End]) -> str:
    counted = Counter(ends)
    alive = sum(counted[each] for each in ALIVE)
    numbers = (counted.total(), counted[End.KILLED], counted[End.ENDLESS], alive)
    return f"| {name} | {text} | {' | '.join(map(str, numbers))} |"


def _reasons(ended: dict[Name, End], reasons: dict[Name, Survivor]) -> Iterator[str]:
    yield "## Alive\n"
    for name in (each for each, end in ended.items() if end in ALIVE):
        reason = reasons[name].reason if name in reasons else "**a test is missing**"
        yield f"- `{name[0]}.{name[1]}`: `{name[2]}` → `{name[3]}`. {reason}"
    yield ""


HEAD = """# Mutants

Written by `make mutants`. Each is a rule with one small fault: a comparison moved by one or turned round, a
condition without one of its parts, a guard left out, a number greater or less by one, `min` for `max`, another
thing returned. It is killed when a test of the rules or of the rule books fails, endless when it would not end.
Those alive are told with the reason why no test can tell them; one without a reason makes `make mutants` fail.

All are tried anew whenever a rule, a rule book or one of these tests has changed: nothing is taken over but which
test killed each last, and that test is tried first. A mutant alive goes through every test that comes to its lines.

| rules | sha256 begins | mutants | killed | endless | alive |
|---|---|---|---|---|---|"""


if __name__ == "__main__":
    sys.exit(main())
