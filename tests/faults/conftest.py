"""A small committee that must come out of every fault whole."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.committee import Committee, committee
from tests.faults.machine import count


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Committee]:
    """Four members and a clerk; at the end no update was set aside, no message lost, nothing broken."""
    async with committee(tmp_path, 4) as made:
        yield made
        await made.stage.settle()
        assert count(made.stage.path, "inbox", "fault IS NOT NULL OR handled_at IS NULL") == 0
        assert count(made.stage.path, "outbox", "state = 'undeliverable'") == 0
        await made.verified()
