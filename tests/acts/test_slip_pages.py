"""Photos of signed paper slips reach the office and whose slip it is, and nobody else; each is kept once."""

from __future__ import annotations

from bot.consultations import store as consultations
from bot.consultations.papers import store as papers
from bot.kit.unit import Context
from bot.proofs.verification import verify
from tests.acts.committees import BINH, CUONG, CUONGS, DEPUTY, HEAD, House
from tests.acts.phone import Phone
from tests.acts.running import opened

JPEG, PDF = b"\xff\xd8\xff\xe0", b"%PDF-1.7"


async def entered(house: House, committee: int, van: Phone) -> int:
    """A matter to which the paper of Bình has come back, photographed on two pages."""
    matter = await opened(house, committee)
    await van.opens("paper", matter, house.ids[BINH], "approve")
    assert (await van.sends("trang-1.jpg", JPEG)).refused is None
    assert (await van.sends("trang-2.pdf", PDF)).refused is None
    return matter


async def test_the_office_and_whose_slip_it_is_see_every_page_and_nobody_else_any(
    house: House, context: Context, committee: int, van: Phone
) -> None:
    await house.joins(CUONG, CUONGS)
    matter = await entered(house, committee, van)
    for account in (HEAD, DEPUTY):
        phone = await Phone(context, account).opens("slip", matter, house.ids[BINH])
        assert [file.name for file in phone.files] == [
            f"Phiếu giấy, {BINH}, trang 1.jpg",
            f"Phiếu giấy, {BINH}, trang 2.pdf",
        ]
    assert BINH in (await Phone(context, HEAD).opens("slips", matter)).buttons
    cuong = await Phone(context, CUONGS).opens("slip", matter, house.ids[BINH])
    assert (cuong.refused, cuong.files) == ("no_right", ())
    assert (await cuong.opens("slips", matter)).refused == "no_right"
    assert (await cuong.opens("slip_page", matter, house.ids[BINH])).refused == "no_right"
    own = await Phone(context, CUONGS).opens("slip", matter, house.ids[CUONG])
    assert own.refused == "no_pages"


async def test_what_is_no_picture_is_not_kept_no_page_twice_and_each_page_has_its_line(
    house: House, context: Context, committee: int, van: Phone
) -> None:
    matter = await entered(house, committee, van)
    assert (await van.sends("trang-2.pdf", PDF)).refused == "file_there_already"
    assert (await van.sends("trang-3.jpg", b"MZ")).refused == "page_kind"
    await van.opens("paper", matter, house.ids[CUONG], "approve")
    assert (await van.sends("cuong.jpg", b"MZ")).refused == "page_kind"
    assert (await van.opens("slip_page", matter, house.ids[CUONG])).refused == "no_paper_slip"
    async with context.look() as work:
        kept = await papers.pages(work.tx, matter)
    assert {person: len(pages) for person, pages in kept.items()} == {house.ids[BINH]: 2}
    acts = [act for _, act, _ in await house.acts(committee)]
    assert acts.count("slip_page") == 1
    found = await verify(context)
    assert "slip_pages" not in {each.table for each in found.differences}


async def test_at_most_ten_pages_are_kept_of_a_slip(
    house: House, committee: int, van: Phone
) -> None:
    await entered(house, committee, van)
    for page in range(3, 11):
        assert (await van.sends("trang.jpg", JPEG + bytes([page]))).refused is None
    assert (await van.sends("trang.jpg", JPEG + b"11")).refused == "too_many_files"


async def test_words_stand_on_a_page_that_comes_after_the_answer(
    house: House, context: Context, committee: int, van: Phone
) -> None:
    matter = await opened(house, committee)
    await van.opens("paper", matter, house.ids[BINH], "reject")
    await van.presses("Ghi nhận, không kèm lời và ảnh")
    async with context.look() as work:
        before = (await consultations.there(work.tx, matter)).running
    assert before.last_replies[house.ids[BINH]].lacks_words

    await van.presses("Gửi ảnh phiếu")
    assert (await van.sends("trang-1.jpg", JPEG)).refused is None
    async with context.look() as work:
        after = (await consultations.there(work.tx, matter)).running
    assert after.last_replies[house.ids[BINH]].photo
    assert not after.last_replies[house.ids[BINH]].lacks_words
