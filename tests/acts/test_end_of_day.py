"""Where a committee ends its days at 16 o'clock, every moment offered does too."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import replace
from datetime import date
from typing import TypeVar

import pytest

from bot.clock import MovableClock
from bot.consultations import asking, launch_form, launching
from bot.consultations import launch_cards as form_card
from bot.consultations.launch_form import Form
from bot.db.notice import Card
from bot.kit.unit import Context
from bot.people.rules.founding import Newcomer as Person
from bot.people.rules.founding import SeatWanted as Seat
from bot.people.rules.people import Role
from bot.values.refusal import Refusal
from tests.acts.committees import AN, BINH, CLERK, DEPUTY, HEAD, VAN, House, clerk, founding

Given = TypeVar("Given")
AGENCIES = (
    Person(AN, Role.OFFICER, (Seat("", "secretary"),)),
    Person(BINH, Role.MEMBER, (Seat("co_quan", "agency"),)),
    clerk(),
)


@pytest.fixture
async def of_agencies(house: House) -> int:
    """A requester with one agency, all joined; its days end at 16 o'clock."""
    plan = founding(AGENCIES, regulation="hai_duong")
    plan = replace(plan, settings={"day_ends_at": 16}, confirmed=plan.confirmed - {"day_ends_at"})
    founded = await house.found(plan)
    for name, account in ((AN, HEAD), (BINH, DEPUTY), (VAN, CLERK)):
        await house.joins(name, account)
    return founded.committee


async def taken(step: Awaitable[Given | Refusal]) -> Given:
    found = await step
    assert not isinstance(found, Refusal), found
    return found


def labels(card: Card) -> list[str]:
    return [button.label for row in card.rows for button in row]


async def asked_for_a_deadline(context: Context, committee: int) -> Form:
    form = await taken(launch_form.begin(context, CLERK, committee))
    number = form.draft.id
    await taken(launch_form.answer(context, CLERK, number, "matter", "coordination"))
    await taken(launch_form.answer(context, CLERK, number, "ground", "coordination"))
    await taken(launch_form.typed(context, CLERK, number, "Quy chế phối hợp", context.clock.now()))
    return await taken(launch_form.typed(context, CLERK, number, "Dự thảo", context.clock.now()))


async def opened(context: Context, committee: int, typed: str) -> int:
    number = (await asked_for_a_deadline(context, committee)).draft.id
    await taken(launch_form.typed(context, CLERK, number, typed, context.clock.now()))
    await taken(launch_form.answer(context, CLERK, number, "secret_free", "yes"))
    dossier = await taken(launching.submit(context, CLERK, number))
    await taken(launching.approve(context, HEAD, dossier.id))
    return dossier.id


async def test_the_deadlines_on_buttons_name_the_hour_they_mean(
    context: Context, of_agencies: int
) -> None:
    shown = labels(form_card.card(context.say, await asked_for_a_deadline(context, of_agencies)))
    assert "16 giờ hôm nay (thứ Hai, 02/03/2026)" in shown
    assert "16 giờ ngày làm việc kế tiếp (thứ Ba, 03/03/2026)" in shown
    assert "16 giờ thứ Sáu (thứ Sáu, 06/03/2026)" in shown


async def test_a_deadline_typed_without_an_hour_ends_with_the_day(
    context: Context, of_agencies: int
) -> None:
    number = (await asked_for_a_deadline(context, of_agencies)).draft.id
    form = await taken(launch_form.typed(context, CLERK, number, "27/3", context.clock.now()))
    assert form.draft.fields["deadline"] == "2026-03-27T16:00:00+07:00"


async def test_moments_offered_to_who_asks_for_time_end_with_the_day(
    context: Context, of_agencies: int, clock: MovableClock
) -> None:
    matter = await opened(context, of_agencies, "6/3")
    answer = await taken(asking.ask_time(context, DEPUTY, matter, clock.now()))
    assert answer.card is not None
    # Chưa xác nhận đã nhận thì tính từ hạn nêu trong phiếu: 06/03, thứ Sáu.
    assert labels(answer.card)[:2] == [
        "16 giờ 00, thứ Hai, 09/03/2026",
        "16 giờ 00, thứ Ba, 10/03/2026",
    ]


async def test_a_day_of_the_month_grid_ends_at_that_hour(
    context: Context, of_agencies: int
) -> None:
    form = await asked_for_a_deadline(context, of_agencies)
    card = form_card.month(context.say, form, 2026, 3)
    day = next(b for row in card.rows for b in row if b.label == f"{date(2026, 3, 27).day}")
    assert day.press is not None
    # 16 giờ ngày 27/03/2026 ở Việt Nam, tính bằng phút từ 01/01/1970.
    assert day.press.args[-1] == str((20539 * 24 + 9) * 60)
