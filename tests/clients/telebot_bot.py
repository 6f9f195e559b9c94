"""The bot that every client is: answers, edits, sends back. This one on pyTelegramBotAPI."""

from __future__ import annotations

import io
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

from telebot import TeleBot, apihelper
from telebot.apihelper import ApiTelegramException
from telebot.types import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    Message,
    ReplyParameters,
    Update,
)


def keys() -> InlineKeyboardMarkup:
    """Two answers side by side, a link below."""
    markup = InlineKeyboardMarkup()
    markup.row(
        InlineKeyboardButton("Tán thành", callback_data="1:yes"),
        InlineKeyboardButton("Không tán thành", callback_data="1:no"),
    )
    markup.row(InlineKeyboardButton("Quy chế", url="https://example.org/quy-che"))
    return markup


def ready(bot: TeleBot) -> None:
    """Teach the bot what to do."""

    @bot.message_handler(commands=["start"])
    def greet(message: Message) -> None:
        person = message.from_user
        named = f'<a href="tg://user?id={person.id}">{person.first_name}</a>'
        bot.send_message(
            message.chat.id,
            f"😀 <b>Kính gửi</b> {named} &amp; <i>các ủy viên</i>: @{bot.get_me().username}",
            reply_markup=keys(),
        )

    @bot.callback_query_handler(func=lambda _: True)
    def answer(query: CallbackQuery) -> None:
        bot.answer_callback_query(query.id, "Đã ghi nhận", show_alert=query.data == "1:no")
        place = {"chat_id": query.message.chat.id, "message_id": query.message.message_id}
        bot.edit_message_text("Đã trả lời: <b>xong</b>", **place)

    @bot.message_handler(content_types=["document"])
    def send_back(message: Message) -> None:
        read = bot.download_file(bot.get_file(message.document.file_id).file_path)
        bot.send_document(
            message.chat.id,
            InputFile(io.BytesIO(read), file_name="Tờ trình số 1.pdf"),
            caption=f"<b>{len(read)}</b> byte",
            reply_parameters=ReplyParameters(message.message_id),
        )

    @bot.message_handler(func=lambda message: message.text == "dài")
    def send_long(message: Message) -> None:
        bot.send_message(message.chat.id, "ế" * 4096)

    @bot.message_handler(func=lambda message: message.text == "sai")
    def send_wrong(message: Message) -> None:
        try:
            bot.send_message(message.chat.id, "<b>x")
        except ApiTelegramException as refused:
            told = f"Bị từ chối: {refused.description}"
            bot.send_message(message.chat.id, told, parse_mode="")

    @bot.edited_message_handler(func=lambda _: True)
    def note_edit(message: Message) -> None:
        bot.send_message(message.chat.id, f"Đã sửa: {message.text}")


def listen(bot: TeleBot, port: int, secret: str) -> None:
    """Take updates in by a webhook on this port."""

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            right = self.headers.get("X-Telegram-Bot-Api-Secret-Token") == secret
            self.send_response(200 if right else 403)
            self.end_headers()
            if right:
                bot.process_new_updates([Update.de_json(body.decode())])

    server = HTTPServer(("127.0.0.1", port), Hook)
    bot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token=secret)
    server.serve_forever()


if __name__ == "__main__":
    base, token, port, secret = sys.argv[1:]
    apihelper.API_URL = base + "/bot{0}/{1}"
    apihelper.FILE_URL = base + "/file/bot{0}/{1}"
    bot = TeleBot(token, parse_mode="HTML")
    ready(bot)
    if int(port):
        listen(bot, int(port), secret)
    else:
        bot.delete_webhook()
        bot.polling(allowed_updates=["message", "edited_message", "callback_query"])
