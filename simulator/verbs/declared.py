"""Verbs that follow from the declaration of an act: its button is pressed, and what it asks for is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.kit.act import TABLE, Act
from bot.kit.act import Verb as Declared
from bot.kit.ask import Given, minutes
from simulator.phone_client import PhoneClient
from simulator.story import Step, local
from simulator.verbs.roster import Roster, Verb

SUBJECTS: Mapping[str, Callable[[Roster, Step], int]] = {
    "matter": Roster.matter,
    "meeting": Roster.meeting,
    "committee": lambda cast, _step: cast.committee,
}
"""The thing a step is about, by what the declaration says the act is upon."""

SAID: Mapping[str, str] = {
    "decline_launch": "Chưa đủ căn cứ",
    "extend": "Cần thêm thời gian",
    "strike": "Không còn là thành viên",
    "withdraw": "Rút để chỉnh sửa",
    "close_by_hand": "Kết thúc theo quyết định của người chủ trì",
    "decline_meeting": "Chưa đủ nội dung",
    "decide_outage": "Căn cứ thời gian gián đoạn",
}
"""What is said where a story leaves the reason out."""


def _verb(declared: Declared, act: Act[Any]) -> Verb:
    async def have_it_done(cast: Roster, hands: PhoneClient, step: Step) -> None:
        args: list[int | str] = [SUBJECTS[declared.on](cast, step)]
        keyed = list(zip(declared.keys, act.needs, strict=True))
        while keyed and isinstance(keyed[0][1], Given):
            key = keyed.pop(0)[0]
            if not key.endswith("?") or getattr(step, key.removesuffix("?")):
                args.append(_answer(cast, declared.name, step, key.removesuffix("?")))
        await hands.press(act.name, *args)
        for key, need in keyed:
            answer = _answer(cast, declared.name, step, key.removesuffix("?"))
            offered = _offered(step, key.removesuffix("?"))
            if offered and hands.shows(act.name, *args, offered):
                args.append(offered)
                await hands.press(act.name, *args)
            elif need.awaits:
                await hands.say(str(answer))
            else:
                args.append(answer)
                await hands.press(act.name, *args)

    return have_it_done


def _offered(step: Step, key: str) -> str:
    """How a button carries the moment that answers this; where one is shown, nobody types it."""
    given = getattr(step, key, None)
    return minutes(given) if isinstance(given, datetime) else ""


def _answer(cast: Roster, verb: str, step: Step, key: str) -> int | str:
    if key == "of":
        return cast.person(step.of)
    if key == "as":
        return step.as_
    given = getattr(step, key)
    if key in ("deadline", "until", "remind_at") and not isinstance(given, str):
        return local(given or step.at)
    return str(given or SAID[verb])


VERBS: dict[str, Verb] = {name: _verb(*each) for name, each in TABLE.verbs.items()}
