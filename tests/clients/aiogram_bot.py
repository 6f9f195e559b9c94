"""The bot that every client is: answers, edits, sends back. This one on aiogram 3."""

from __future__ import annotations

import asyncio
import sys

from aiogram import Bot, Dispatcher, F
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import CommandStart
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

KEYS = InlineKeyboardMarkup(
    inline_keyboard=[
        [
            InlineKeyboardButton(text="Tán thành", callback_data="1:yes"),
            InlineKeyboardButton(text="Không tán thành", callback_data="1:no"),
        ],
        [InlineKeyboardButton(text="Quy chế", url="https://example.org/quy-che")],
    ]
)
dispatcher = Dispatcher()


@dispatcher.message(CommandStart())
async def greet(message: Message, bot: Bot) -> None:
    me = await bot.get_me()
    person = message.from_user
    if person is not None:
        named = f'<a href="tg://user?id={person.id}">{person.first_name}</a>'
        await message.answer(
            f"😀 <b>Kính gửi</b> {named} &amp; <i>các ủy viên</i>: @{me.username}",
            reply_markup=KEYS,
        )


@dispatcher.callback_query()
async def answer(query: CallbackQuery) -> None:
    await query.answer("Đã ghi nhận", show_alert=query.data == "1:no")
    if isinstance(query.message, Message):
        await query.message.edit_text("Đã trả lời: <b>xong</b>")


@dispatcher.message(F.document)
async def send_back(message: Message, bot: Bot) -> None:
    if message.document is None:
        return
    content = await bot.download(message.document)
    read = content.read() if content is not None else b""
    await message.reply_document(
        BufferedInputFile(read, "Tờ trình số 1.pdf"), caption=f"<b>{len(read)}</b> byte"
    )


@dispatcher.message(F.text == "dài")
async def send_long(message: Message) -> None:
    await message.answer("ế" * 4096)


@dispatcher.message(F.text == "sai")
async def send_wrong(message: Message) -> None:
    try:
        await message.answer("<b>x")
    except TelegramBadRequest as refused:
        await message.answer(f"Bị từ chối: {refused.message}", parse_mode=None)


@dispatcher.edited_message()
async def note_edit(message: Message) -> None:
    await message.answer(f"Đã sửa: {message.text}")


async def main(base: str, token: str, port: int, secret: str) -> None:
    """Poll, or listen on the port where one is given."""
    api = TelegramAPIServer(
        base=base + "/bot{token}/{method}", file=base + "/file/bot{token}/{path}"
    )
    html = DefaultBotProperties(parse_mode="HTML")
    bot = Bot(token, session=AiohttpSession(api=api), default=html)
    if not port:
        await bot.delete_webhook()
        await dispatcher.start_polling(bot)
        return
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=secret).register(app, "/hook")
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await bot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token=secret)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]))
