"""How a spreadsheet goes out: made beside the loop, held until it is sent, told in the register."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.db.notice import Card
from bot.kit.made_files import Finds, hand_out
from bot.kit.screen import Screen
from bot.kit.spreadsheet import SUFFIX, Sheet, workbook
from bot.kit.unit import Context
from bot.rendering import Rendering


@dataclass(frozen=True, slots=True)
class Named:
    """What a spreadsheet is called: its kind, the file without its ending, of what it is."""

    kind: str
    file: str
    of: str


async def send(
    context: Context, find: Finds, named: Named, sheets: Sequence[Sheet], *, kept_by: str = ""
) -> Screen:
    """The sheets as a file after a message.

    The office may save it and pass it on; where it is about what its reader must keep to himself, `kept_by` says what.
    """
    content = await asyncio.to_thread(workbook, sheets)
    name, protected = named.file + SUFFIX, bool(kept_by)
    file = await hand_out(context, find, name, content, named.kind, protected=protected)
    return Screen(files=(file,), files_card=card(context.say, named), about=kept_by)


def card(say: Rendering, named: Named) -> Card:
    """What stands above the file."""
    return Card(say.text("sheet_made", kind=named.kind, of=named.of))
