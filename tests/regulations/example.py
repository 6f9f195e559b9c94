"""The rule book that regulations/README.md explains key by key, and what is said of one that was changed."""

from __future__ import annotations

import re

import pytest

from bot.places import regulations_dir
from bot.regulations.faults import Fault, RegulationFaults
from bot.regulations.loader import parse

README = (regulations_dir() / "README.md").read_text(encoding="utf-8")


def example() -> str:
    """The rule book in full, as the page has it."""
    found = re.search(r"```toml\n(.*?)```", README, re.DOTALL)
    assert found is not None
    return found[1]


def faults_of(text: str) -> tuple[Fault, ...]:
    """Every fault of a rule book; it has some."""
    with pytest.raises(RegulationFaults) as raised:
        parse(text, "chi_uy.toml")
    return raised.value.faults
