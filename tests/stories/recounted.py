"""What a story leaves as dossiers: checked by themselves, and counted anew by a stranger's program."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import replace
from types import ModuleType

from bot.consultations import face as consultations
from bot.db import closures, people
from bot.dossiers.checking import checked
from bot.dossiers.packing import Wanted, contents, packed
from bot.kit.unit import Context
from bot.meetings import face as meetings
from bot.reports import overview as reports
from tests.docs.pages import ROOT


def _stranger() -> ModuleType:
    path = ROOT / "docs" / "recount" / "recount.py"
    found = importlib.util.spec_from_file_location("recount", path)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


STRANGER = _stranger()


async def disagreements(context: Context) -> list[str]:
    """What does not hold of the dossier of any committee, and what the stranger counts otherwise.

    Of a committee that has ended it is the whole archive.
    """
    wrong = list[str]()
    async with context.look() as work:
        everybody = [each.id for each in await people.all_committees(work.tx)]
        wanted = {
            each: Wanted(
                tuple(await consultations.ids_of_committee(work.tx, each, 1000)),
                tuple(await meetings.ids_of_committee(work.tx, each, 1000)),
                tuple(await reports.ids_of(work.tx, each, None)),
            )
            for each in everybody
        }
    for committee, whole in wanted.items():
        named = [each for each in whole.matters if await _is_named(context, each)]
        async with context.look() as work:
            ended = await closures.of(work.tx, committee) is not None
        named_alone = replace(whole, matters=tuple(named))
        told = await contents(context, committee, named_alone, whole=ended)
        if told.wanted == Wanted():
            continue
        found = checked(packed(told))
        wrong += [f"{each.kind} {each.where}" for each in found.faults]
        wrong += [] if found.page else ["the page was not drawn anew"]
        for matter in json.loads(told.record.model_dump_json())["matters"]:
            for content in STRANGER.contents(matter):
                verdict, why = STRANGER.judged(content)
                wrong += [f"{content['subject']}: {why}"] if verdict == "differs" else []
    return wrong


async def _is_named(context: Context, matter: int) -> bool:
    """Whether its slips bear names; of others no dossier is made."""
    async with context.look() as work:
        found = await consultations.get(work.tx, matter)
    return found is not None and not found.body.written.secret_slips
