"""A legal fact is written with its line in the register or not at all: the code is read for it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("bot", "handlers", "scheduler", "simulator")
UNIT = "bot/kit/unit.py"
STORES = (
    *sorted((ROOT / "bot").rglob("store.py")),
    ROOT / "bot" / "db" / "approvals.py",
    ROOT / "bot" / "db" / "people.py",
)
WRITES = {"insert", "insert_for", "insert_into", "update", "delete"}

OF_THE_ROSTER = "bot/people/store.py gives it as a fact, and no act writes it in another way"
OF_THE_FOUNDING = (
    "the founding enters a committee whole under its own first line; an act takes the fact instead"
)
NOT_FACTS = {
    "bot/calendar/store.py": {
        "enter_years": "the founding enters the first years under its own line; "
        "the clock makes a fact of each that follows",
    },
    "bot/papers/store.py": {
        "use": "how papers look; each paper is told with the digest of what it was made from",
        "drop": "as `use`",
    },
    "bot/db/people.py": {
        "add_committee": OF_THE_FOUNDING,
        "add_person": OF_THE_FOUNDING,
        "add_seat": OF_THE_FOUNDING,
        "retire": OF_THE_ROSTER,
        "bind": OF_THE_ROSTER,
        "use_invitation": OF_THE_ROSTER,
        "add_account": "an account that opened the bot is an address, no right",
        "set_blocked": "whether an account lets the bot in is what Telegram says, nobody's act",
        "add_invitation": "an invitation's link is a secret on its way; who joins by it is the fact",
        "revoke_invitations": "a link opens nothing more once another one is on its way",
    },
    "bot/issuing/store.py": {"enter": OF_THE_FOUNDING},
    "bot/meetings/documents/store.py": {
        "keep": "what the office takes in is nobody's evidence until it goes out, which is the fact",
    },
    "bot/owed/store.py": {
        "note_morning": "somebody was reminded: no right hangs on it",
    },
    "bot/people/store.py": {
        "forget_link": "an invitation's link is a secret on its way, taken out of a sent message",
        "drop_waiting": "a message that waits for an account that is tied to nobody any more",
    },
    "bot/reports/store.py": {
        "note": "somebody was reminded, or puts a reminder off: no right hangs on it",
        "set_through": "how far the clock has gone through the mornings",
    },
    "bot/votes/store.py": {
        "cast": "of a secret ballot no line tells who has cast; "
        "the close seals the roll in one line (decision 33)",
    },
}
"""What a store writes by itself, by module and function, and why no line of the register goes with it."""


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def product() -> Iterator[Path]:
    for folder in PRODUCT:
        yield from sorted((ROOT / folder).rglob("*.py"))


Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(module: ast.Module) -> list[Function]:
    return [each for each in module.body if isinstance(each, Function)]


def names_in(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def is_fact(function: Function) -> bool:
    return any(isinstance(d, ast.Name) and d.id == "fact" for d in function.decorator_list)


def writing(module: ast.Module) -> set[str]:
    """Functions that write: themselves, by a statement kept beside them, or by a private function."""
    statements = {
        target.id
        for each in module.body
        if isinstance(each, ast.Assign) and names_in(each.value) & WRITES
        for target in each.targets
        if isinstance(target, ast.Name)
    }
    known, found = WRITES | statements, set[str]()
    while True:
        more = {each.name for each in functions(module) if names_in(each) & known} - found
        if not more:
            return found
        found |= more
        known = known | {name for name in more if name.startswith("_")}


def plain(module: ast.Module) -> set[str]:
    """What whoever imports this module can write without a fact."""
    facts = {each.name for each in functions(module) if is_fact(each)}
    return {name for name in writing(module) - facts if not name.startswith("_")}


def test_only_the_unit_of_work_writes_a_fact() -> None:
    places = {
        named(path)
        for path in product()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr == "into"
    }
    assert places == {UNIT}


def test_whatever_a_store_writes_is_a_fact_or_says_why_it_is_none() -> None:
    found = {named(path): plain(parsed(path)) for path in STORES}
    assert {name: each for name, each in found.items() if each} == {
        name: set(reasons) for name, reasons in NOT_FACTS.items()
    }


def test_of_the_roster_nothing_is_written_beside_its_facts_but_by_the_founding() -> None:
    allowed = {OF_THE_ROSTER: set[str](), OF_THE_FOUNDING: {"bot/founding.py"}}
    takers = taken_from_people()
    for name, reason in NOT_FACTS["bot/db/people.py"].items():
        if reason in allowed:
            assert takers.get(name, set()) - {"bot/people/store.py"} <= allowed[reason], name


def taken_from_people() -> dict[str, set[str]]:
    """Which modules take which function from bot.db.people, under whatever name they import it."""
    takers: dict[str, set[str]] = {}
    for path in product():
        module = parsed(path)
        imported = {
            alias.asname or alias.name
            for node in module.body
            if isinstance(node, ast.ImportFrom) and node.module == "bot.db"
            for alias in node.names
            if alias.name == "people"
        }
        for node in ast.walk(module) if imported else ():
            if isinstance(node, ast.Attribute) and names_in(node.value) & imported:
                takers.setdefault(node.attr, set()).add(named(path))
    return takers


def test_a_writing_function_is_found_however_it_writes() -> None:
    module = ast.parse(
        "_ADD = compiled_once(insert(acts))\n"
        "async def reads(tx): await tx.execute(select(acts))\n"
        "async def itself(tx): await tx.execute(delete(acts))\n"
        "async def by_a_statement(tx): await tx.execute(_ADD)\n"
        "async def _hidden(tx): await tx.execute(update(acts))\n"
        "async def by_another(tx): await _hidden(tx)\n"
        "@fact\n"
        "async def with_its_line(tx): await tx.execute(_ADD)\n"
    )
    assert plain(module) == {"itself", "by_a_statement", "by_another"}
