"""Verbs of a committee as a whole: its rule book amended from a day on; what a second person says to such things."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from functools import partial

from bot.db import approvals
from bot.dossiers.checking import checked
from bot.dossiers.whole import archived
from bot.kit.assumptions import alternatives
from bot.people import face as people
from bot.regulations.rules.regulation import Setting
from bot.values.moments import in_viet_nam
from simulator.difference import NotPossibleError
from simulator.phone_client import PhoneClient
from simulator.story import Step
from simulator.verbs.forms import begin, decision, fill_in
from simulator.verbs.roster import Archive, Roster, Verb

BOOK = "-"
"""The button that another rule book is sent."""
PAGES = 20
"""More pages of settings than any rule book has."""
OTHERS = ("people", "heading")
"""Kinds of requests that have verbs of their own."""


async def amend(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Fill in the form: a file, settings one after the other, the day, the decision; and send it."""
    await begin(hands, partial(hands.press, "amend", cast.committee))
    left = [*([BOOK] if step.file else []), *step.settings]
    again = ["what"] * (len(left) - 1)

    async def answers(
        cast: Roster, hands: PhoneClient, step: Step, draft: int, question: str
    ) -> None:
        await _answer(cast, hands, step, draft, question, left)

    await fill_in(cast, hands, step, answers, again)


async def _answer(
    cast: Roster, hands: PhoneClient, step: Step, draft: int, question: str, left: list[str]
) -> None:
    match question:
        case "what":
            await _to_setting(hands, draft, left[0])
        case "file":
            left.pop(0)
            content = (cast.folder / step.file).read_bytes()
            await hands.send_file(step.file.rpartition("/")[2], content)
        case "value":
            await _value(cast, hands, step, draft, left.pop(0))
        case "since":
            await hands.say(f"{step.from_:%d/%m/%Y}")
        case _:
            await hands.say(decision(step))


async def _to_setting(hands: PhoneClient, draft: int, name: str) -> None:
    """Turn the pages to the setting, and choose it."""
    for page in range(PAGES):
        if hands.shows("form_fill", draft, "what", name) is not None:
            break
        await hands.press("form_show", draft, page)
    await hands.press("form_fill", draft, "what", name)


async def _value(cast: Roster, hands: PhoneClient, step: Step, draft: int, name: str) -> None:
    wanted = step.settings[name]
    several = alternatives((await _settings(cast))[name].value)
    if wanted in several:
        await hands.press("form_fill", draft, "value", several.index(wanted))
    else:
        await hands.say(wanted if isinstance(wanted, str) else json.dumps(wanted))


async def _settings(cast: Roster) -> Mapping[str, Setting]:
    async with cast.stage.bot.context.look() as work:
        house = await people.house_of(work, cast.committee)
    return {each.name: each for each in house.regulation.settings}


async def close_committee(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Ask for the end of the committee: the day, who goes on with its work, the decision."""
    await hands.press("close_committee", cast.committee)
    await hands.say(f"{step.from_:%d/%m/%Y}")
    if step.successor:
        await hands.say(step.successor)
    else:
        await hands.press("close_committee", cast.committee, f"{step.from_:%Y%m%d}", "")
    await hands.say(decision(step))


async def import_roster(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Send a roster's file from a day on, that of the step if not said.

    Who is asked about is the same person, but those among `others`.
    """
    await _roster(cast, hands, step, "roll")


async def begin_term(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """A new term from a day on: with the roster of a file, else with the people of today."""
    await _roster(cast, hands, step, "both" if step.file else "term")


async def _roster(cast: Roster, hands: PhoneClient, step: Step, what: str) -> None:
    await begin(hands, partial(hands.press, "roster", cast.committee))

    async def answers(
        cast: Roster, hands: PhoneClient, step: Step, draft: int, question: str
    ) -> None:
        match question:
            case "what":
                await hands.press("form_fill", draft, "what", what)
            case "file":
                content = (cast.folder / step.file).read_bytes()
                await hands.send_file(step.file.rpartition("/")[2], content)
            case "same":
                await _who(hands, step, draft)
            case "since":
                await hands.say(f"{step.from_ or in_viet_nam(step.at):%d/%m/%Y}")
            case _:
                await hands.say(decision(step))

    await fill_in(cast, hands, step, answers)


async def _who(hands: PhoneClient, step: Step, draft: int) -> None:
    """The first person offered, or nobody of them where the one asked about is said to be another."""
    *same, nobody = hands.choices("form_fill", 2)
    other = any(name in hands.messages[-1].text for name in step.others)
    await hands.press("form_fill", draft, "same", nobody if other or not same else same[0])


async def confirm_amendment(cast: Roster, hands: PhoneClient, _step: Step) -> None:
    """Confirm what was asked of the committee last."""
    await hands.press("approval_yes", await _request(cast))


async def refuse_amendment(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Refuse it, with a reason."""
    await hands.press("approval_no", await _request(cast))
    await hands.say(step.reason or "Chưa đủ căn cứ")


async def call_off(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Ask that what was asked of the committee last, and is confirmed and has not begun, be not done."""
    async with cast.stage.bot.context.look() as work:
        found = await approvals.of_committee(work.tx, cast.committee)
    ours = [each.id for each in found if each.kind not in (*OTHERS, "call_off")]
    await hands.try_press("coming", cast.committee)
    await hands.press("call_off", ours[-1] if ours else 0)
    await hands.say(decision(step))


async def take_back_amendment(cast: Roster, hands: PhoneClient, _step: Step) -> None:
    """Take back what was asked of the committee last."""
    await hands.press("approval_back", await _request(cast))


async def write_archive(cast: Roster, _hands: PhoneClient, _step: Step) -> None:
    """Who runs the machine writes all of the committee into one file, without papers, and checks it by itself."""
    async with cast.stage.context() as context:
        content = await archived(context, cast.committee, papers=False)
    found = await asyncio.to_thread(checked, content)
    if not found.holds:
        faults = tuple(f"{each.kind} {each.where}" for each in found.faults)
        raise NotPossibleError("archive_broken", faults=faults)
    cast.archive = Archive(content, found)


async def _request(cast: Roster) -> int:
    async with cast.stage.bot.context.look() as work:
        found = await approvals.of_committee(work.tx, cast.committee)
    ours = [each for each in found if each.kind not in OTHERS]
    if not ours:
        raise NotPossibleError("nothing_asked", name="amend")
    return ours[-1].id


VERBS: dict[str, Verb] = {
    "amend": amend,
    "close_committee": close_committee,
    "merge_into": close_committee,
    "confirm_amendment": confirm_amendment,
    "refuse_amendment": refuse_amendment,
    "take_back_amendment": take_back_amendment,
    "call_off": call_off,
    "import_roster": import_roster,
    "begin_term": begin_term,
    "write_archive": write_archive,
}
