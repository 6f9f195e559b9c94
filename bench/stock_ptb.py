"""A minimal bot on stock python-telegram-bot: one commit a press (WAL, FULL), an answer, an edit."""

from __future__ import annotations

import json
import sqlite3
import sys
from pathlib import Path

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

CONCURRENT = 64
"""Updates handled side by side; one after the other it is slower at every latency."""


def opened(path: Path) -> sqlite3.Connection:
    """A database as safe as ours, on a fresh file."""
    db = sqlite3.connect(path, check_same_thread=False)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("CREATE TABLE IF NOT EXISTS replies (user INTEGER PRIMARY KEY, choice TEXT)")
    db.commit()
    return db


def main() -> None:
    """Poll until ended."""
    db = opened(Path(sys.argv[1]) / "bench.db")
    line = json.loads(sys.argv[2])
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("Tán thành", callback_data="1:approve")]])

    async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:  # noqa: ARG001
        if update.message:
            await update.message.reply_text("Xin ý kiến", reply_markup=keys)

    async def press(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:  # noqa: ARG001
        query = update.callback_query
        if query is None:
            return
        with db:
            db.execute("INSERT OR REPLACE INTO replies VALUES (?, ?)", (query.from_user.id, "a"))
        await query.answer("Đã ghi nhận")
        await query.edit_message_text("Xin ý kiến: tán thành")

    app = (
        Application.builder()
        .token(line["token"])
        .base_url(line["base_url"])
        .base_file_url(line["base_file_url"])
        .concurrent_updates(CONCURRENT)
        .connection_pool_size(256)
        .pool_timeout(60)
        .build()
    )
    app.add_handler(CommandHandler("start", start))
    app.add_handler(CallbackQueryHandler(press))
    app.run_polling()


if __name__ == "__main__":
    main()
