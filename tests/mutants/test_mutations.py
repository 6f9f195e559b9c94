"""What is made of a text, and that a mutant is met by whoever imported what it was made from."""

from __future__ import annotations

import ast
import os
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import pytest

from bot.consultations.rules import due, tally
from bot.consultations.rules.tally import Tally
from bot.consultations.rules.tally import tally as count
from bot.regulations.rules import terms
from bot.regulations.rules.terms import Threshold
from tests.mutants.__main__ import Record
from tests.mutants.mutations import mutants
from tests.mutants.planting import plant_in_process
from tests.mutants.trying import End, Failures, Laboratory, Mutated, Reach, Wanted

TWO_THIRDS = Threshold(Fraction(2, 3), inclusive=True, article="8.2.2")


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("return a < b", ["return None", "a <= b", "a >= b"]),
        ("return a and b", ["return None", "b", "a"]),
        ("return not a", ["return None", "a"]),
        ("return True", ["return False"]),
        ("return f(a + 3)", ["return None", "a - 3", "a + 4", "a + 2"]),
        ("return max(a)", ["return None", "min(a)"]),
        ("return a if b else c", ["return None", "a", "c"]),
        ("if a: return", ["pass"]),
        ("return [a for a in b if c]", ["return None", "for a in b"]),
        ("x: Literal[3] = a", []),
    ],
)
def test_what_is_made_of_a_text(text: str, becomes: list[str]) -> None:
    tree = ast.parse(f"def rule(a=1):\n    {text}")
    assert [each.becomes.strip() for each in mutants(tree)] == becomes


def test_the_text_is_left_as_it_was() -> None:
    text = "LEAST = 3\n\n\ndef rule(a):\n    return a > LEAST and a != 7"
    tree = ast.parse(text)
    assert [each.function for each in mutants(tree)][:3] == ["LEAST", "LEAST", "rule"]
    assert ast.unparse(tree).split() == text.split()


def test_what_told_it_last_is_tried_first_then_what_told_others_then_the_quick_ones(
    request: pytest.FixtureRequest,
) -> None:
    items: list[pytest.Item] = [
        pytest.Function.from_parent(request.node.parent, name=f"test_{n}", callobj=replace)
        for n in range(4)
    ]
    mutated = Mutated.of(tally)
    mutant = next(each for each in mutated.mutants if each.function == "tally")
    line = (str(tally.__file__), mutant.lines[0])
    reach = Reach([{line}, {line}, set(), {line}], [3.0, 1.0, 0.1, 2.0])
    laboratory = Laboratory(items, Failures())
    wanted = Wanted(mutated, mutant, None)
    assert laboratory.in_order(wanted, reach, []) == [1, 3, 0]
    assert laboratory.in_order(wanted, reach, [2, 3]) == [3, 1, 0]
    again = replace(wanted, killer=items[3].nodeid)
    assert laboratory.in_order(again, reach, [0]) == [3, 0, 1]


def test_of_other_rules_it_is_kept_which_test_told_and_not_what_became_of_it(
    tmp_path: Path,
) -> None:
    name = ("bot.a", "rule", "x", "y", 1)
    before, now = Record(tmp_path / "old.jsonl"), Record(tmp_path / "new.jsonl")
    before.add(name, End.SURVIVED, None)
    before.add(name, End.KILLED, "test_a")
    assert before.read() == {name: End.KILLED}
    assert now.read() == {}
    assert now.killers() == {name: "test_a"}
    now.add(name, End.ENDLESS, "test_b")
    assert now.killers() == {name: "test_b"}
    now.forget()
    assert (now.read(), now.killers()) == ({}, {name: "test_a"})


@pytest.mark.parametrize(
    ("module", "function", "becomes", "meets"),
    [
        # 2 of 3 is two thirds, and carries; more than two thirds would not
        (terms, "Threshold.met", "left > right", lambda: not TWO_THIRDS.met(2, 3)),
        # a property, a constant, and a function that another module has imported
        (tally, "Tally.agreeing", "return None", lambda: Tally({}).agreeing is None),
        (due, "SENDING_TAKES", "hours=2", lambda: due.SENDING_TAKES.seconds == 7200),
        (tally, "tally", "return None", lambda: count({}) is None),
    ],
)
def test_whoever_imported_it_meets_the_mutant(
    module: ModuleType, function: str, becomes: str, meets: Callable[[], bool]
) -> None:
    mutated = Mutated.of(module)
    mutant = next(m for m in mutated.mutants if (m.function, m.becomes) == (function, becomes))
    assert not meets()
    child = os.fork()
    if child == 0:
        end = 2
        try:
            plant_in_process(mutant, mutated.tree, module, mutated.functions)
            end = 0 if meets() else 1
        finally:
            os._exit(end)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert not meets()
