"""A minimal bot on aiogram 3: one commit a press (WAL, FULL), an answer, an edit."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bench.stock_ptb import opened


async def main() -> None:
    """Poll until ended; aiogram handles updates side by side by default."""
    db = opened(Path(sys.argv[1]) / "bench.db")
    line = json.loads(sys.argv[2])
    server = TelegramAPIServer(
        base=line["base_url"] + "{token}/{method}", file=line["base_file_url"] + "{token}/{path}"
    )
    bot = Bot(line["token"], session=AiohttpSession(api=server))
    dispatcher = Dispatcher()
    keys = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="Tán thành", callback_data="1:approve")]]
    )

    @dispatcher.message(CommandStart())
    async def start(message: Message) -> None:
        await message.answer("Xin ý kiến", reply_markup=keys)

    @dispatcher.callback_query()
    async def press(query: CallbackQuery) -> None:
        with db:
            db.execute("INSERT OR REPLACE INTO replies VALUES (?, ?)", (query.from_user.id, "a"))
        await query.answer("Đã ghi nhận")
        if isinstance(query.message, Message):
            await query.message.edit_text("Xin ý kiến: tán thành")

    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main())
