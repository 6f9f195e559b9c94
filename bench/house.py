"""Prints how the house stands at a commit and here, by numbers that serve reading. Run as `make house BASE=<commit>`.

Modules (files `*.py`) and all of their lines are counted in the product's packages and bench/, which
are all Python outside tests. Counted in the product's packages alone:

- `isinstance(…, Refusal)`: lines with such a call;
- "if refused, return": `if` statements whose condition speaks of a refusal (a name or attribute with
  `refus` in it, no isinstance) and whose first statement is a `return`;
- classes named Form;
- pagers: functions that cut a page out of a list, `each[page * SIZE : (page + 1) * SIZE]`;
- import circles: sets of product modules that import one another in a ring, however far inside a
  function, as grimp sees them.

Measured on the running bot, which plays bench/replies.toml (see bench/traced.py):

- SQL statements a press, until it is answered and with all that follows; processor time a press
  with all that follows: the better of two plays of each side, in turn;
- for a typed deadline of the launch form, how many files of handlers, forms and subjects are
  visited, and how often one goes from one of them to another.

`--suite` runs the tests here and prints their wall time.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import monotonic

from bench.transcripts import ROOT, git, unpack

PACKAGES = ("bot", "handlers", "scheduler", "simulator")
STORY = ROOT / "bench" / "replies.toml"
TRACED = ROOT / "bench" / "traced.py"
ROUNDS = 2
Numbers = dict[str, float]

CIRCLES = """
import json, sys, grimp
graph = grimp.build_graph(*sys.argv[1:])
print(json.dumps({one: sorted(graph.find_modules_directly_imported_by(one)) for one in graph.modules}))
"""


def files(tree: Path, *rooms: str) -> list[Path]:
    """Every Python file in these rooms."""
    return sorted(file for room in rooms for file in (tree / room).rglob("*.py"))


def written(tree: Path) -> Numbers:
    """What is counted in the text."""
    outside_tests = files(tree, *PACKAGES, "bench")
    texts = [file.read_text(encoding="utf-8") for file in files(tree, *PACKAGES)]
    nodes = [node for text in texts for node in ast.walk(ast.parse(text))]
    asked = re.compile(r"isinstance\([^)]*Refusal")
    return {
        "modules": len(outside_tests),
        "lines": sum(len(file.read_text(encoding="utf-8").splitlines()) for file in outside_tests),
        "isinstance(…, Refusal)": sum(
            bool(asked.search(line)) for text in texts for line in text.splitlines()
        ),
        "if refused, return": sum(_hands_on(node) for node in nodes),
        "classes named Form": sum(
            isinstance(node, ast.ClassDef) and node.name == "Form" for node in nodes
        ),
        "pagers": len(list(pagers(tree))),
        "import circles": len(circles(imports(tree))),
    }


def _hands_on(node: ast.AST) -> bool:
    if not isinstance(node, ast.If) or not isinstance(node.body[0], ast.Return):
        return False
    names = {each.id for each in ast.walk(node.test) if isinstance(each, ast.Name)}
    names |= {each.attr for each in ast.walk(node.test) if isinstance(each, ast.Attribute)}
    speaks = any("refus" in name.lower() for name in names - {"Refusal"})
    return speaks and not {"isinstance", "Refusal"} <= names


def pagers(tree: Path) -> Iterator[str]:
    """Every function that cuts out a page: where it stands."""
    for file in files(tree, *PACKAGES):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and any(
                _is_page(each) for each in ast.walk(node)
            ):
                yield f"{file.relative_to(tree)}: {node.name}"


def _is_page(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Slice)
        and isinstance(node.lower, ast.BinOp)
        and isinstance(node.upper, ast.BinOp)
        and isinstance(node.lower.op, ast.Mult)
        and isinstance(node.upper.op, ast.Mult)
        and ast.unparse(node.lower.right) == ast.unparse(node.upper.right)
    )


def imports(tree: Path) -> dict[str, list[str]]:
    """For each module of the product, those that it imports."""
    rooms = [room for room in PACKAGES if (tree / room).is_dir()]
    told: dict[str, list[str]] = json.loads(_run(tree, "-c", CIRCLES, *rooms))
    return told


def circles(imported: dict[str, list[str]]) -> list[set[str]]:
    """Sets of modules each of which leads to every other."""
    leads = {one: _reached(imported, one) for one in imported}
    found: list[set[str]] = []
    for one, reached in leads.items():
        if one in reached and not any(one in ring for ring in found):
            found.append({other for other in reached if one in leads[other]})
    return found


def _reached(imported: dict[str, list[str]], start: str) -> set[str]:
    reached: set[str] = set()
    ahead = [start]
    while ahead:
        for other in imported[ahead.pop()]:
            if other not in reached:
                reached.add(other)
                ahead.append(other)
    return reached


def running(trees: Iterable[Path]) -> list[Numbers]:
    """What is measured on the running bot of each tree, in turn."""
    found = [_watched(tree, "counts") for tree in trees]
    for _ in range(ROUNDS):
        for numbers, tree in zip(found, trees, strict=True):
            took = _watched(tree, "time")["milliseconds"]
            numbers["milliseconds"] = min(took, numbers.get("milliseconds", took))
    return found


def _watched(tree: Path, what: str) -> Numbers:
    told: Numbers = json.loads(_run(tree, TRACED, what, STORY).splitlines()[-1])
    return told


def _run(tree: Path, *words: str | Path) -> str:
    at = os.environ | {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    with tempfile.TemporaryDirectory() as folder:  # no settings file lies there
        ran = subprocess.run(
            [sys.executable, "-P", *words], cwd=folder, env=at, check=True, stdout=subprocess.PIPE
        )
    return ran.stdout.decode()


NAMES = {
    "answering": "SQL statements until a press is answered",
    "statements": "SQL statements a press, in all",
    "milliseconds": "processor time a press, ms",
    "files": "typed deadline: files",
    "switches": "typed deadline: switches between them",
}


def show(before: Numbers, after: Numbers) -> None:
    """The table."""
    print(f"{'':42}{'before':>10}{'now':>10}")
    for key, was in before.items():
        digits = 1 if key in ("answering", "statements", "milliseconds") else 0
        print(f"{NAMES.get(key, key):42}{was:>10,.{digits}f}{after[key]:>10,.{digits}f}")


def suite() -> None:
    """Run every test and tell how long that took."""
    began = monotonic()
    subprocess.run([sys.executable, "-m", "pytest", "-q"], cwd=ROOT, check=True)
    print(f"every test: {monotonic() - began:.0f} s")


def main() -> None:
    """Print the table."""
    told = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    told.add_argument("--base", default="5ae445a", help="The commit to compare with. [5ae445a]")
    told.add_argument("--still", action="store_true", help="Only what is counted in the text.")
    told.add_argument(
        "--list", action="store_true", help="Name pagers and circles that stand here."
    )
    told.add_argument("--suite", action="store_true", help="Run every test here, too.")
    asked = told.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        base = unpack(
            git("rev-parse", "--verify", f"{asked.base}^{{commit}}"), Path(folder) / "base"
        )
        before, after = written(base), written(ROOT)
        if not asked.still:
            measured = running((base, ROOT))
            before, after = before | measured[0], after | measured[1]
    show(before, after)
    if asked.list:
        print(
            *pagers(ROOT),
            *(" <-> ".join(sorted(ring)) for ring in circles(imports(ROOT))),
            sep="\n",
        )
    if asked.suite:
        suite()


if __name__ == "__main__":
    main()
