// The bot that every client is: answers, edits, sends back. This one on grammY.

import { createServer } from "node:http";
import { Bot, GrammyError, InlineKeyboard, InputFile, webhookCallback } from "grammy";

const [base, token, port, secret] = process.argv.slice(2);
const bot = new Bot(token, { client: { apiRoot: base } });
const keys = new InlineKeyboard()
  .text("Tán thành", "1:yes").text("Không tán thành", "1:no").row()
  .url("Quy chế", "https://example.org/quy-che");
const html = { parse_mode: "HTML" };

bot.command("start", async (ctx) => {
  const me = await ctx.api.getMe();
  const named = `<a href="tg://user?id=${ctx.from.id}">${ctx.from.first_name}</a>`;
  const words = `😀 <b>Kính gửi</b> ${named} &amp; <i>các ủy viên</i>: @${me.username}`;
  await ctx.reply(words, { ...html, reply_markup: keys });
});

bot.on("callback_query:data", async (ctx) => {
  await ctx.answerCallbackQuery({ text: "Đã ghi nhận", show_alert: ctx.callbackQuery.data === "1:no" });
  await ctx.editMessageText("Đã trả lời: <b>xong</b>", html);
});

bot.on("message:document", async (ctx) => {
  const file = await ctx.getFile();
  const answer = await fetch(`${base}/file/bot${token}/${file.file_path}`);
  const read = new Uint8Array(await answer.arrayBuffer());
  await ctx.replyWithDocument(new InputFile(read, "Tờ trình số 1.pdf"), {
    ...html,
    caption: `<b>${read.length}</b> byte`,
    reply_parameters: { message_id: ctx.msg.message_id },
  });
});

bot.hears("dài", (ctx) => ctx.reply("ế".repeat(4096)));

bot.hears("sai", async (ctx) => {
  try {
    await ctx.reply("<b>x", html);
  } catch (refused) {
    if (!(refused instanceof GrammyError)) throw refused;
    await ctx.reply(`Bị từ chối: ${refused.description}`);
  }
});

bot.on("edited_message:text", (ctx) => ctx.reply(`Đã sửa: ${ctx.editedMessage.text}`));

if (port === "0") {
  await bot.api.deleteWebhook();
  await bot.start();
} else {
  createServer(webhookCallback(bot, "http", { secretToken: secret })).listen(Number(port), "127.0.0.1");
  await bot.api.setWebhook(`http://127.0.0.1:${port}/hook`, { secret_token: secret });
}
