"""The page of phones in a browser: what a visitor sees and does; no committee sits behind it."""

import json
from base64 import b64decode
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser, FilePayload, Locator, expect

from bot.clock import MovableClock
from bot.issuing.rules.letterhead import Paper
from simulator.page import PhonesPage
from simulator.server import BotApiServer
from simulator.world import World
from tests.journeys.desk import Desk
from tests.papers.drawn import drawn
from tests.papers.test_papers import DIVIDED

pytestmark = pytest.mark.browser

NAMES = (
    "Nguyễn Văn An",
    "Trần Thị Bình",
    "Lê Minh Châu",
    "Phạm Thị Văn",
    "Hoàng Đức Dũng",
    "Vũ Hải",
)
AN, BINH, CHAU, VAN, DUNG, HAI = range(101, 107)
START = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
DUE = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""One pixel."""
ANSWERS = {
    "inline_keyboard": [
        [{"text": "Tán thành", "callback_data": "1:yes", "style": "success"}],
        [{"text": "Không tán thành", "callback_data": "1:no", "style": "danger"}],
    ]
}


@pytest.fixture
async def desk(browser: Browser) -> AsyncIterator[Desk]:
    clock = MovableClock(START)
    world = World(clock)
    for user_id, name in enumerate(NAMES, AN):
        world.add_person(user_id, name, title="Ủy viên").started = user_id != HAI

    async def next_due() -> datetime | None:
        return DUE if clock.now() < DUE else None

    phones = PhonesPage(world, next_due, title="Diễn tập")
    phones.invite(HAI, "loi-moi")
    server = BotApiServer(world)
    phones.attach(server.app)
    await server.start()
    page = await browser.new_page(viewport={"width": 1440, "height": 900})
    async with aiohttp.ClientSession() as http:
        yield Desk(world, page, http, f"http://127.0.0.1:{server.port}")
    await page.close()
    await server.close()


async def test_what_the_bot_writes_stands_on_the_left_and_is_never_read_as_markup(
    desk: Desk,
) -> None:
    await desk.opens()
    text = "<b>Xin ý kiến</b> &lt;img src=x onerror=alert(1)&gt; 😀 <i>số 12</i>"
    sent = await desk.send(AN, text, reply_markup=ANSWERS, protect_content=True)
    message = desk.message(AN, sent)
    await expect(message).to_have_attribute("data-side", "bot")
    await expect(message.locator(".text")).to_have_text(
        "Xin ý kiến <img src=x onerror=alert(1)> 😀 số 12"
    )
    await expect(message.locator(".text i")).to_have_text("số 12")
    await expect(message.locator(".text img")).to_have_count(0)
    await expect(message.locator(".shield")).to_be_visible()
    await expect(message.locator(".meta time")).to_have_text("16:00")
    await expect(desk.phone(AN).locator(".day")).to_have_text("thứ Sáu, 27/11/2026")
    styles = await message.locator("[data-press]").evaluate_all(
        "keys => keys.map(k => k.dataset.style)"
    )
    assert styles == ["success", "danger"]


async def test_a_press_turns_until_answered_by_a_passing_line_or_by_an_alert(desk: Desk) -> None:
    sent = await desk.send(AN, "Xin ý kiến", reply_markup=ANSWERS)
    await desk.opens()
    key = desk.message(AN, sent).locator('[data-press="1:yes"]')
    for words, alert in (("Đã ghi nhận", False), ("Cần nêu lý do", True)):
        await key.click()
        await expect(key).to_have_attribute("aria-busy", "true")
        query = desk.latest_update("callback_query")
        assert (query["from"]["id"], query["data"]) == (AN, "1:yes")
        await desk.call(
            "answerCallbackQuery", callback_query_id=query["id"], text=words, show_alert=alert
        )
        await expect(desk.phone(AN).locator(".alert p" if alert else ".toast")).to_have_text(words)
        await expect(key).not_to_have_attribute("aria-busy", "true")
    await expect(desk.phone(BINH).locator(".alert")).to_be_hidden()
    await desk.phone(AN).locator("[data-alert-close]").click()
    await expect(desk.phone(AN).locator(".alert")).to_be_hidden()


async def test_a_card_that_changes_under_the_finger_waits_until_it_is_let_go(desk: Desk) -> None:
    await desk.opens()
    card = await desk.send(AN, "Xin ý kiến", reply_markup=ANSWERS)
    message = desk.message(AN, card)
    box = await message.get_by_text("Tán thành", exact=True).bounding_box()
    assert box is not None
    await desk.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    await desk.page.mouse.down()
    again = {"text": "Xin ý kiến, lần hai", "reply_markup": ANSWERS}
    await desk.call("editMessageText", chat_id=AN, message_id=card, **again)
    await desk.send(AN, "Thông báo khác")
    elsewhere = await desk.send(BINH, "Đến sau")
    await expect(
        desk.message(BINH, elsewhere)
    ).to_be_visible()  # so that the page has heard of both
    await expect(message.locator(".text")).to_have_text("Xin ý kiến")
    async with desk.page.expect_response(lambda answer: answer.url.endswith("/press")):
        await desk.page.mouse.up()
    assert desk.latest_update("callback_query")["data"] == "1:yes"
    await expect(message.locator(".text")).to_have_text("Xin ý kiến, lần hai")


async def test_an_edit_changes_the_card_in_place_and_shows_what_stood_there(desk: Desk) -> None:
    sent = await desk.send(AN, "Chưa trả lời", reply_markup=ANSWERS)
    await desk.opens()
    await desk.call("editMessageText", chat_id=AN, message_id=sent, text="Đã trả lời")
    card = desk.message(AN, sent)
    await expect(card.locator(".text")).to_have_text("Đã trả lời")
    await expect(card.locator("[data-press]")).to_have_count(0)
    await card.locator("[data-versions]").click()
    await expect(card.locator(".versions")).to_contain_text("Chưa trả lời")
    await expect(desk.phone(AN).locator(".message")).to_have_count(1)
    await desk.call("deleteMessage", chat_id=AN, message_id=sent)
    await expect(desk.phone(AN).locator(".message, .day")).to_have_count(0)


async def test_a_person_edits_an_own_message_and_the_bot_hears_of_it(desk: Desk) -> None:
    await desk.opens()
    phone = desk.phone(AN)
    field, bar = phone.locator("[data-text]"), phone.locator("[data-editing]")
    for words in ("Mai hợp", "Tôi tán thành"):
        await field.fill(words)
        await field.press("Enter")
    first = phone.locator('[data-side="person"]').first
    await first.locator("[data-edit]").click()
    await expect(bar).to_be_visible()
    await expect(field).to_have_value("Mai hợp")
    await expect(field).to_be_focused()
    await field.fill("Mai họp")
    await field.press("Enter")
    await expect(first.locator(".text")).to_have_text("Mai họp")
    await expect(first.locator(".edited")).to_be_visible()
    await expect(bar).to_be_hidden()
    await expect(field).to_have_value("")
    edited = desk.latest_update("edited_message")
    assert (edited["text"], edited["from"]["id"]) == ("Mai họp", AN)
    assert [m.text for m in desk.world.chat(AN).messages] == ["Mai họp", "Tôi tán thành"]


async def test_an_edit_left_off_changes_nothing(desk: Desk) -> None:
    await desk.opens()
    phone = desk.phone(AN)
    field = phone.locator("[data-text]")
    await field.fill("Tôi tán thành")
    await field.press("Enter")
    for leave, key in (("[data-edit-cancel]", "Enter"), ("[data-text]", "Escape")):
        await phone.locator("[data-edit]").click()
        await field.fill("Tôi không tán thành")
        await phone.locator(leave).press(key)
        await expect(phone.locator("[data-editing]")).to_be_hidden()
        await expect(field).to_have_value("")
    await expect(phone.locator(".text")).to_have_text("Tôi tán thành")
    assert all("edited_message" not in update.body for update in desk.world.updates.pending)


async def test_what_the_bot_wrote_and_what_is_two_days_old_has_no_pencil(desk: Desk) -> None:
    await desk.send(AN, "Kính gửi")
    desk.world.say(AN, "Tôi tán thành")
    clock = desk.world.clock
    assert isinstance(clock, MovableClock)
    clock.advance(timedelta(hours=48, seconds=1))
    recent = desk.world.say(AN, "Xin nói thêm")
    await desk.opens()
    pencils = desk.phone(AN).locator("[data-edit]:visible")
    await expect(pencils).to_have_count(1)
    await expect(desk.message(AN, recent.message_id).locator("[data-edit]")).to_be_visible()


async def test_a_person_named_by_a_link_stands_out_and_leads_nowhere(desk: Desk) -> None:
    sent = await desk.send(AN, f'Hỏi <a href="tg://user?id={BINH}">đồng chí Bình</a>')
    await desk.opens()
    named = desk.message(AN, sent).locator(".mention")
    await expect(named).to_have_text("đồng chí Bình")
    await expect(named).to_have_attribute("title", "Trần Thị Bình")
    await expect(desk.message(AN, sent).locator("a, .text button")).to_have_count(0)


async def test_what_stood_on_a_protected_card_is_shown_to_nobody(desk: Desk) -> None:
    await desk.opens()
    sent = await desk.send(AN, "Phiếu của đồng chí: Không tán thành", protect_content=True)
    await desk.call("editMessageText", chat_id=AN, message_id=sent, text="Đã bỏ phiếu kín")
    card = desk.message(AN, sent)
    await expect(card.locator(".text")).to_have_text("Đã bỏ phiếu kín")
    await expect(card.locator(".edited")).to_be_disabled()
    await expect(desk.phone(AN).get_by_text("Không tán thành")).to_have_count(0)


async def test_a_person_writes_and_sends_a_file(desk: Desk, tmp_path: Path) -> None:
    paper = tmp_path / "Tờ trình số 45.pdf"
    paper.write_bytes(b"%PDF-1.4 to trinh")
    await desk.opens()
    phone = desk.phone(AN)
    await phone.locator("[data-text]").fill("Tôi xin góp ý")
    await phone.locator("[data-text]").press("Enter")
    await expect(phone.locator('[data-side="person"] .text')).to_have_text("Tôi xin góp ý")
    assert desk.latest_update("message")["text"] == "Tôi xin góp ý"
    await phone.locator("[data-attach]").click()
    async with desk.page.expect_file_chooser() as chooser:
        await phone.locator('[data-pick="file"]').click()
    await (await chooser.value).set_files(paper)
    file = phone.locator(f'[data-file="{paper.name}"]')
    await expect(file).to_contain_text("17 B")
    assert desk.latest_update("message")["document"]["file_name"] == paper.name
    async with desk.page.expect_download() as download:
        await file.click()
    taken = await download.value
    assert taken.suggested_filename == paper.name
    assert (await taken.path()).read_bytes() == paper.read_bytes()


async def test_a_file_shows_by_its_picture_what_kind_it_is(desk: Desk, tmp_path: Path) -> None:
    await desk.opens()
    phone = desk.phone(AN)
    for name, picture in (
        ("lich-hop.ics", "calendar"),
        ("Báo cáo năm 2026.XLSX", "table"),
        ("Hồ sơ.zip", "archive"),
        ("Nam 2026.png", "photo"),
        ("Tờ trình.docx", "file"),
    ):
        paper = tmp_path / name
        paper.write_bytes(b"x")
        await phone.locator("[data-file][type=file]").set_input_files(paper)
        file = phone.locator(f'[data-file="{name}"]')
        await expect(file.locator("use")).to_have_attribute("href", f"#icon-{picture}")


async def test_a_picture_sent_as_a_file_opens_beside_the_page(desk: Desk) -> None:
    await desk.opens()
    phone = desk.phone(AN)
    drawn_year = FilePayload(name="Nam 2026.png", mimeType="image/png", buffer=PNG)
    await phone.locator("[data-file][type=file]").set_input_files(files=drawn_year)
    file = phone.locator('[data-file="Nam 2026.png"]')
    await expect(file).to_contain_text("mở xem")
    async with desk.page.context.expect_page() as opening:
        await file.click()
    opened = await opening.value
    await expect(opened.locator("img")).to_be_visible()
    await opened.close()


async def send_paper(desk: Desk, content: bytes) -> Locator:
    """Have An's phone send a paper; gives it as it stands in the chat."""
    await desk.opens()
    phone = desk.phone(AN)
    paper = FilePayload(name="Biên bản.docx", mimeType="application/msword", buffer=content)
    await phone.locator("[data-file][type=file]").set_input_files(files=paper)
    return phone.locator('[data-file="Biên bản.docx"]')


@pytest.mark.parametrize("width", [390, 1440])
async def test_a_paper_opens_as_a_page_one_can_read(desk: Desk, width: int) -> None:
    asked: list[str] = []
    faults: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url))
    desk.page.on("console", lambda told: faults.append(told.text))
    await desk.page.set_viewport_size({"width": width, "height": 844})
    paper = await send_paper(desk, drawn(DIVIDED, Paper.COUNT, numbered=True))
    await expect(paper).to_contain_text("mở xem")
    assert [url for url in asked if "vendored" in url] == []  # nothing of it comes before the press
    await paper.click()

    opened = desk.page.locator("#paper[data-shown]")
    for words in ("ĐẢNG CỘNG SẢN VIỆT NAM", "Số 05-BB/ĐĐ", "Tán thành, có góp ý", "Nguyễn Văn An"):
        await expect(opened.get_by_text(words, exact=True)).to_be_visible()
    assert await desk.page.evaluate("document.documentElement.scrollWidth") == width
    around = "document.querySelector('#paper .around')"
    assert await desk.page.evaluate(f"{around}.scrollWidth <= {around}.clientWidth")
    measure = (Path(__file__).parent / "clarity.js").read_text(encoding="utf-8")
    assert json.loads(await desk.page.evaluate(measure)) == {"small": [], "faint": []}
    async with desk.page.expect_download() as download:
        await opened.locator("[data-download]").click()
    assert (await download.value).suggested_filename == "Biên bản.docx"
    await opened.locator("[data-close]").click()
    await expect(desk.page.locator("#paper")).to_be_hidden()
    assert all(url.startswith((desk.base, "data:", "blob:")) for url in asked), asked
    assert faults == []


async def test_what_is_no_paper_whatever_its_name_is_still_to_be_had(desk: Desk) -> None:
    await (await send_paper(desk, b"noi dung")).click()
    await expect(desk.page.locator("#paper")).to_contain_text("không mở được trên trang")
    async with desk.page.expect_download() as download:
        await desk.page.locator("#paper [data-download]").click()
    assert (await (await download.value).path()).read_bytes() == b"noi dung"


async def test_the_start_button_and_links_to_the_bot_open_its_chat(desk: Desk) -> None:
    link = f'<a href="https://t.me/{desk.world.bot_username}?start=so-12">Mở phiếu</a>'
    await desk.send(AN, link)
    await desk.opens()
    await desk.phone(AN).get_by_role("button", name="Mở phiếu").click()
    await expect(desk.phone(AN).locator('[data-side="person"] .text')).to_have_text("/start so-12")
    await desk.page.locator(f'[data-show="{HAI}"]').click()
    await expect(desk.phone(HAI).locator("[data-say]")).to_be_hidden()
    await desk.phone(HAI).locator("[data-start]").click()
    await expect(desk.phone(HAI).locator("[data-say]")).to_be_visible()
    assert desk.latest_update("message")["text"] == "/start loi-moi"


async def test_the_bots_menu_offers_its_commands(desk: Desk) -> None:
    await desk.call("setMyCommands", commands=[{"command": "start", "description": "Trang chủ"}])
    await desk.opens()
    await desk.phone(AN).locator('[data-opens="commands"]').click()
    await desk.phone(AN).locator('[data-command="start"]').click()
    await expect(desk.phone(AN).locator('[data-side="person"] .text')).to_have_text("/start")


async def test_a_person_blocks_the_bot_and_takes_it_back(desk: Desk) -> None:
    await desk.opens()
    phone = desk.phone(AN)
    await phone.locator('[data-opens="phone-menu"]').click()
    await phone.locator("[data-block]").click()
    await expect(phone.locator("[data-say]")).to_be_hidden()
    assert desk.latest_update("my_chat_member")["new_chat_member"]["status"] == "kicked"
    await phone.locator("[data-unblock-bar]").click()
    await expect(phone.locator("[data-say]")).to_be_visible()
    assert not desk.world.people[AN].blocked


async def test_the_clock_moves_by_an_hour_by_a_day_and_to_the_next_due(desk: Desk) -> None:
    await desk.opens()
    clock, bar = desk.page.locator("[data-clock]"), desk.page.locator(".bar")
    await expect(clock).to_have_text("16 giờ 00, thứ Sáu, 27/11/2026")
    await bar.locator('[data-advance="3600"]').click()
    await expect(clock).to_have_text("17 giờ 00, thứ Sáu, 27/11/2026")
    await bar.locator('[data-advance="86400"]').click()
    await expect(clock).to_have_text("17 giờ 00, thứ Bảy, 28/11/2026")
    await bar.locator("[data-next-due]").click()
    await expect(clock).to_have_text("17 giờ 00, thứ Hai, 30/11/2026")
    await bar.locator("[data-next-due]").click()
    await expect(desk.page.locator("#status")).to_contain_text("Không có việc nào")
    assert desk.world.clock.now() == DUE


async def test_faults_are_switched_on_and_recovered_from(desk: Desk) -> None:
    await desk.opens()
    opener = desk.page.locator('[data-opens="faults"]')
    await opener.click()
    for kind in ("429", "500", "away"):
        await desk.page.locator(f'[data-fault="{kind}"]').click()
        await expect(desk.page.locator(f'[data-fault="{kind}"]')).to_have_attribute(
            "aria-pressed", "true"
        )
    await desk.page.locator('[data-fault="500"]').click()
    await expect(desk.page.locator('[data-fault="500"]')).to_have_attribute("aria-pressed", "false")
    assert {fault.kind for fault in desk.world.faults.active} == {429, "away"}
    await desk.page.locator("[data-recover]").click()
    await expect(opener).to_contain_text("Faults")
    assert desk.world.faults.active == ()


async def test_what_is_new_is_marked_until_the_phone_is_taken_up(desk: Desk) -> None:
    await desk.opens()
    sent = await desk.send(AN, "Tin mới")
    count = desk.page.locator(f'[data-show="{AN}"] .count')
    await expect(count).to_have_text("1")
    await expect(desk.message(AN, sent)).to_have_attribute("data-unread", "")
    await desk.phone(AN).locator(".owner").click()
    await expect(count).to_be_hidden()
    await expect(desk.message(AN, sent)).not_to_have_attribute("data-unread", "")


async def test_a_reader_who_scrolled_up_stays_there(desk: Desk) -> None:
    for number in range(30):
        await desk.send(AN, f"Tin số {number}")
    await desk.opens()
    await expect(desk.phone(AN).get_by_text("Tin số 29")).to_be_in_viewport()
    await desk.phone(AN).locator(".messages").evaluate("list => { list.scrollTop = 0; }")
    await expect(desk.phone(AN).locator("[data-newest]")).to_be_visible()
    await desk.send(AN, "Tin sau cùng")
    await expect(desk.phone(AN).locator("[data-newest]")).to_have_text("1")
    await expect(desk.phone(AN).get_by_text("Tin sau cùng")).not_to_be_in_viewport()
    await desk.phone(AN).locator("[data-newest]").click()
    await expect(desk.phone(AN).get_by_text("Tin sau cùng")).to_be_in_viewport()


async def test_four_phones_are_shown_and_others_chosen_by_name(desk: Desk) -> None:
    await desk.opens()
    shown = desk.page.locator(".phone:visible")
    await expect(shown).to_have_count(4)
    await desk.page.locator(f'[data-show="{DUNG}"]').click()
    await desk.page.locator(f'[data-show="{AN}"]').click()
    await expect(desk.phone(DUNG)).to_be_visible()
    await expect(desk.phone(AN)).to_be_hidden()
    await desk.page.locator("[data-show-all]").click()
    await expect(shown).to_have_count(6)


async def test_on_one_phones_width_the_names_are_tabs(desk: Desk) -> None:
    await desk.page.set_viewport_size({"width": 390, "height": 844})
    await desk.opens()
    await expect(desk.page.locator(".phone:visible")).to_have_count(1)
    await desk.page.locator(f'[data-show="{VAN}"]').click()
    await expect(desk.phone(VAN)).to_be_visible()
    await expect(desk.page.locator(".phone:visible")).to_have_count(1)
    assert await desk.page.evaluate("document.documentElement.scrollWidth") == 390


async def test_a_label_of_32_letters_fits_and_a_longer_one_is_cut_on_its_line(desk: Desk) -> None:
    labels = (
        "Đồng ý với toàn bộ văn bản trình",
        "Nhắc tôi sau, ba giờ nữa hoặc sáng mai lúc tám giờ",
    )
    keys = [[{"text": words, "callback_data": "1:x"}] for words in labels]
    await desk.send(AN, "Xin ý kiến", reply_markup={"inline_keyboard": keys})
    await desk.page.set_viewport_size({"width": 390, "height": 844})
    await desk.opens()
    measured = (
        await desk.phone(AN)
        .locator(".key")
        .evaluate_all(
            "keys => keys.map(k => [k.scrollWidth > k.clientWidth, Math.round(k.getBoundingClientRect().height)])"
        )
    )
    assert measured == [[False, 44], [True, 44]]


@pytest.mark.parametrize("width", [390, 1280])
async def test_the_days_of_a_week_side_by_side_can_be_read(desk: Desk, width: int) -> None:
    week = ["02", "03", "04", "05", "06", "(07)", "(08)"]
    keys = [[{"text": words, "callback_data": "1:x"} for words in week]]
    await desk.send(AN, "Chọn hạn trả lời", reply_markup={"inline_keyboard": keys})
    await desk.page.set_viewport_size({"width": width, "height": 844})
    await desk.opens()
    phone = desk.phone(AN)
    await expect(phone.locator(".key")).to_have_count(7)
    cut = await phone.locator(".key").evaluate_all(
        "keys => keys.filter(k => k.scrollWidth > k.clientWidth).map(k => k.innerText)"
    )
    assert cut == []


async def test_the_narrator_tells_in_two_languages_the_newest_on_top(desk: Desk) -> None:
    desk.world.events.publish(
        "narrator", at=START.isoformat(), vi="Đã mở", en="Opened", article=None
    )
    await desk.opens()
    later = (START + timedelta(hours=1)).isoformat()
    desk.world.events.publish("narrator", at=later, vi="Đã đóng", en="Closed", article="Điều 8.2.1")
    told = desk.page.locator("#told li")
    await expect(told).to_have_count(2)
    await expect(told.first).to_contain_text(
        "17 giờ 00, thứ Sáu, 27/11/2026Đã đóngClosedĐiều 8.2.1"
    )
    await expect(told.last).to_contain_text("Opened")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_everything_is_large_and_clear_enough_and_nothing_comes_from_elsewhere(
    desk: Desk, scheme: Any
) -> None:
    asked: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url))
    faults: list[str] = []
    desk.page.on("console", lambda told: faults.append(told.text))
    await desk.page.emulate_media(color_scheme=scheme)
    primary = {"text": "Nhắc", "callback_data": "1:r", "style": "primary"}
    await desk.send(AN, "Xin ý kiến", reply_markup=ANSWERS)
    await desk.send(BINH, "Xin ý kiến", reply_markup={"inline_keyboard": [[primary]]})
    desk.world.say(AN, "Tôi đồng ý")
    desk.world.block(CHAU)
    desk.world.events.publish(
        "narrator", at=START.isoformat(), vi="Đã mở", en="Opened", article="Điều 8.2.1"
    )
    await desk.opens()
    await desk.page.locator('[data-opens="faults"]').click()
    await desk.page.locator('[data-fault="429"]').click()
    await expect(desk.page.locator('[data-fault="429"]')).to_have_attribute("aria-pressed", "true")
    measure = (Path(__file__).parent / "clarity.js").read_text(encoding="utf-8")
    assert json.loads(await desk.page.evaluate(measure)) == {"small": [], "faint": []}
    assert all(url.startswith((desk.base, "data:")) for url in asked), asked
    assert faults == []
