"""How a spreadsheet goes out: made beside the loop, held until it is sent, told in the register."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.db.notice import Card
from bot.kit import made_files
from bot.kit.access import Access
from bot.kit.screen import Screen
from bot.kit.spreadsheet import SUFFIX, Sheet, workbook
from bot.kit.unit import Context, UnitOfWork
from bot.rendering import Rendering

Finds = Callable[[UnitOfWork], Awaitable[Access]]
"""Who has it made, before what; refuses everybody else."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a spreadsheet is called: its kind, the file without its ending, of what it is."""

    kind: str
    file: str
    of: str


async def send(
    context: Context, find: Finds, named: Named, sheets: Sequence[Sheet], *, kept_by: str = ""
) -> Screen:
    """The sheets as a file after a message; the right to them is asked once more when they are made.

    The office may save it and pass it on; where it is about what its reader must keep to himself, `kept_by` says what.
    """
    content = await asyncio.to_thread(workbook, sheets)
    async with context.work(reads=True) as work:
        before = await find(work)
        file = await made_files.hold(work, named.file + SUFFIX, content, protected=bool(kept_by))
        person, detail = before.person, {"sha256": file.sha256}
        await work.record(person.committee, person, named.kind, before.reference, detail)
    return Screen(files=(file,), files_card=card(context.say, named), about=kept_by)


def card(say: Rendering, named: Named) -> Card:
    """What stands above the file."""
    return Card(say.text("sheet_made", kind=named.kind, of=named.of))
