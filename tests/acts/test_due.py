"""What falls due as it is declared: asked anew, put off in the quiet hours, several put off merged."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.clock import MovableClock
from bot.db import dues
from bot.db.dues import DueMoment
from bot.kit.due import DUE, Quiet, due
from bot.kit.unit import Context, UnitOfWork
from tests.acts.beating import beat
from tests.acts.committees import HOUR, START

NIGHT = START + 15 * HOUR  # 23 giờ, thứ Hai
AWAKE = NIGHT + 8 * HOUR  # 7 giờ, thứ Ba


class Said:
    """What was acted on, by key; nothing more once the subject is over."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.over = False

    async def find(self, _work: UnitOfWork, moment: DueMoment) -> str | None:
        return None if self.over else moment.about

    async def say(self, _work: UnitOfWork, _about: str, moment: DueMoment) -> None:
        self.keys.append(moment.key)


@pytest.fixture
async def said(context: Context, monkeypatch: pytest.MonkeyPatch, clock: MovableClock) -> Said:
    monkeypatch.setattr(DUE, "acts", {})
    found = Said()
    due("send", on=found.find)(found.say)
    due("wait", on=found.find, quiet=Quiet.WAIT)(found.say)
    due("ahead", on=found.find, quiet=Quiet.WAIT, merged_with="kept")(found.say)
    due("kept", on=found.find, quiet=Quiet.WAIT, merged_with="kept")(found.say)
    clock.move_to(NIGHT + HOUR)
    return found


async def falls_due(context: Context, *kinds: str) -> None:
    async with context.work() as work:
        for number, kind in enumerate(kinds):
            await dues.put(work.tx, f"{kind}:{number}", kind, NIGHT, about="matter:7")
    await beat(context)


async def in_the_morning(context: Context, clock: MovableClock) -> None:
    clock.move_to(AWAKE + timedelta(seconds=1))
    await beat(context)


async def test_at_night_it_is_sent_or_put_off_as_declared(
    context: Context, clock: MovableClock, said: Said
) -> None:
    await falls_due(context, "send", "wait")
    assert said.keys == ["send:0"]
    await in_the_morning(context, clock)
    assert said.keys == ["send:0", "wait:1"]


async def test_several_that_were_put_off_are_one(
    context: Context, clock: MovableClock, said: Said
) -> None:
    await falls_due(context, "ahead", "ahead", "kept")
    assert said.keys == []
    await in_the_morning(context, clock)
    assert said.keys == [f"kept:7:{int(AWAKE.timestamp())}"]


async def test_what_is_over_by_then_is_dropped(
    context: Context, clock: MovableClock, said: Said
) -> None:
    await falls_due(context, "wait", "ahead")
    said.over = True
    await in_the_morning(context, clock)
    assert said.keys == []
    async with context.look() as look:
        open_ = await look.tx.execute(text("SELECT count(*) FROM dues WHERE done_at IS NULL"))
        assert open_.scalar() == 0


def test_two_things_of_one_kind_are_not_declared(said: Said) -> None:
    with pytest.raises(ValueError, match="two things fall due"):
        due("send", on=said.find)(said.say)


async def test_what_was_left_until_after_the_commit_goes_with_the_act_that_failed(
    context: Context, said: Said
) -> None:
    async def lasts(work: UnitOfWork, _about: str, moment: DueMoment) -> None:
        work.then.append(lambda: said.keys.append(moment.key))

    async def fails(work: UnitOfWork, about: str, moment: DueMoment) -> None:
        await lasts(work, about, moment)
        raise ZeroDivisionError

    due("lasts", on=said.find)(lasts)
    due("fails", on=said.find)(fails)
    await falls_due(context, "fails", "lasts")
    assert said.keys == ["lasts:1"]
