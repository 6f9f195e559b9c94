"""What is kept of a reserved opinion: its line, and no more of a slip that is to stay without its name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.consultations import store as consultations
from bot.kit.unit import Context
from bot.proofs.verification import verify
from tests.acts.committees import (
    AN,
    BINH,
    CLERK,
    CUONG,
    DEPUTY,
    HEAD,
    VAN,
    House,
    clerk,
    founding,
    member,
)
from tests.acts.phone import Phone
from tests.acts.running import opened

BODY = "ban_thuong_vu"
THREE = (
    member(AN, "secretary", BODY),
    member(BINH, "standing_deputy", BODY),
    member(CUONG, "standing_member", BODY),
    clerk(),
)


async def in_bac_kan(house: House, **settings: object) -> int:
    """A matter before the standing committee, and everybody but one has joined."""
    plan = founding(THREE, regulation="bac_kan")
    confirmed = plan.confirmed - settings.keys()
    founded = await house.found(replace(plan, settings=settings, confirmed=confirmed))
    await house.joins(AN, HEAD)
    await house.joins(BINH, DEPUTY)
    await house.joins(VAN, CLERK)
    return await opened(house, founded.committee, BODY, "cannot_meet")


async def is_reserved(house: House, matter: int) -> bool:
    async with house.context.look() as work:
        dossier = await consultations.there(work.tx, matter)
    return dossier.running.last_replies[house.ids[BINH]].reserved


async def test_each_mark_has_its_line_and_a_mark_that_stands_is_not_kept_twice(
    house: House, context: Context
) -> None:
    matter = await in_bac_kan(house)
    binh = Phone(context, DEPUTY)
    assert (await binh.opens("reply", matter, "reject")).refused is None
    for press in ("reserve", "reserve", "unreserve", "reserve"):
        assert (await binh.opens(press, matter)).refused is None
    assert await is_reserved(house, matter)
    found = await verify(context)
    assert "reservations" not in {each.table for each in found.differences}
    acts = [act for _, act, _ in await house.acts(1)]
    assert acts.count("reserve") == 3


async def test_with_agreement_the_mark_ends_and_nothing_is_left_to_reserve(
    house: House, context: Context
) -> None:
    matter = await in_bac_kan(house)
    binh = Phone(context, DEPUTY)
    await binh.opens("reply", matter, "reject")
    await binh.opens("reserve", matter)
    await binh.opens("reply", matter, "approve")
    assert not await is_reserved(house, matter)
    assert (await binh.opens("reserve", matter)).refused == "reserve_what"


@pytest.mark.parametrize(("secret", "refused"), [(True, "no_photo_of_slips"), (False, None)])
async def test_no_photo_is_kept_of_a_slip_that_stays_without_its_name(
    house: House, context: Context, secret: bool, refused: str | None
) -> None:
    matter = await in_bac_kan(house, secret_slips=secret)
    van = Phone(context, CLERK)
    await van.opens("paper", matter, house.ids[CUONG], "reject")
    assert (await van.sends("phieu.jpg", b"\xff\xd8\xff")).refused == refused
    async with context.look() as work:
        dossier = await consultations.there(work.tx, matter)
    kept = dossier.running.last_replies.get(house.ids[CUONG])
    assert (kept is not None and kept.photo) is not secret
