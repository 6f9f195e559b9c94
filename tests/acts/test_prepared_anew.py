"""What was prepared anew from what a new term holds stays so when it goes back to the office."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.committees.terms import asking
from bot.committees.terms.store import Wanted
from bot.consultations import store as consultations
from bot.consultations.rules.dossier import Dossier
from bot.kit.unit import Context
from bot.people import face
from bot.values.moments import begins, in_viet_nam
from bot.values.typed_days import PaperMark
from tests.acts.beating import beat
from tests.acts.committees import CLERK, HEAD, VAN, House
from tests.acts.phone import Phone
from tests.acts.running import opened

TAKES_UP = "Phiếu này lập lại phiếu số 1"


@pytest.fixture
async def held(context: Context, house: House, committee: int, clock: MovableClock) -> int:
    """A consultation that was open when a new term began."""
    old = await opened(house, committee)
    async with context.work() as work:
        found = await face.house_of(work, committee)
        today = in_viet_nam(work.now).date()
        van = found.person(house.ids[VAN])
        assert van is not None
        tomorrow = today + timedelta(days=1)
        term = await asking.ask(work, van, Wanted(tomorrow, term=True), PaperMark("7-QĐ/ĐU", today))
    await Phone(context, HEAD).opens("approval_yes", term.id)
    clock.move_to(begins(tomorrow) + timedelta(hours=8))
    await beat(context)
    return old


async def of(context: Context, consultation: int) -> Dossier:
    async with context.look() as work:
        return await consultations.there(work.tx, consultation)


async def prepared(context: Context, held: int) -> tuple[Phone, int]:
    """The clerk, who has prepared it anew, and the request that now waits for the head."""
    van = await Phone(context, CLERK).opens("prepare_anew", held)
    await answers(van)
    assert TAKES_UP in van.text
    await van.presses("Trình duyệt")
    anew = (await of(context, held)).anew
    assert anew is not None
    return van, anew.id


async def answers(van: Phone) -> None:
    """What is asked again of one that is prepared anew."""
    await van.types("sau 3 ngày làm việc")
    await van.presses("Không thuộc bí mật nhà nước")


async def test_sent_back_it_still_says_what_it_takes_up(context: Context, held: int) -> None:
    van, new = await prepared(context, held)
    an = await Phone(context, HEAD).opens("send_back", new)
    await an.types("Đề nghị ghi rõ hơn")
    await van.opens("reopen", new)
    assert TAKES_UP in van.text


async def test_declined_and_taken_up_again_it_takes_up_the_same(
    context: Context, held: int
) -> None:
    van, new = await prepared(context, held)
    an = await Phone(context, HEAD).opens("decline", new)
    await an.types("Chưa đủ căn cứ")
    await van.opens("again", new)
    await answers(van)
    assert TAKES_UP in van.text
    await van.presses("Trình duyệt")

    anew = (await of(context, held)).anew
    assert anew is not None
    assert anew.id != new


async def test_declined_and_prepared_anew_meanwhile_it_is_a_request_of_its_own(
    context: Context, held: int
) -> None:
    """One at a time: what takes up the held one already is not disturbed."""
    van, new = await prepared(context, held)
    an = await Phone(context, HEAD).opens("decline", new)
    await an.types("Chưa đủ căn cứ")
    _, other = await prepared(context, held)
    await van.opens("again", new)
    await answers(van)
    assert TAKES_UP not in van.text
    await van.presses("Trình duyệt")

    anew = (await of(context, held)).anew
    assert anew is not None
    assert anew.id == other
