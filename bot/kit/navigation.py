"""Showing an answer to a person, through the outbox like everything else."""

from __future__ import annotations

from bot.db import drafts, live_cards, outbox
from bot.db.drafts import Prompt
from bot.db.notice import ANSWER, Card, Notice
from bot.kit.live import stands_alone
from bot.kit.screen import Screen
from bot.kit.unit import Answering, Context, UnitOfWork
from bot.values.files import FileRef


async def show(
    context: Answering, chat_id: int, update_id: int, target: int | None, answer: Screen
) -> None:
    """Put an answer on its way: edit the message `target`, or send a new one."""
    if answer.card is None and answer.live is None and not answer.extra and not answer.files:
        return
    async with context.last_work() as work:
        key = f"answer:{chat_id}:{update_id}"
        if answer.card is not None or answer.live is not None:
            await _first(work, chat_id, key, target, answer)
        for place, card in enumerate(answer.extra):
            await _send(work, chat_id, f"{key}:{place}", card, (), answer)
        if answer.files:
            await _send(work, chat_id, f"{key}:files", answer.files_card, answer.files, answer)


async def _first(
    work: UnitOfWork, chat_id: int, key: str, target: int | None, answer: Screen
) -> None:
    if target is not None and not answer.keeps_place:
        if answer.only is not None:
            await stands_alone(work, chat_id, target, answer.only)
        elif answer.live is None:
            await live_cards.remove(work.tx, chat_id, target)
        else:
            await live_cards.place(work.tx, chat_id, target, answer.live, work.now)
    notice = Notice(
        key=key,
        chat_id=chat_id,
        kind="answer",
        card=None if answer.live else answer.card,
        live=answer.live if target is not None else answer.live or answer.only,
        message_id=target,
        priority=ANSWER,
        legal=False,
        consultation_id=answer.protects,
        about=answer.about,
    )
    await outbox.put(work.tx, notice, work.now)


async def _send(
    work: UnitOfWork,
    chat_id: int,
    key: str,
    card: Card | None,
    files: tuple[FileRef, ...],
    answer: Screen,
) -> None:
    if card is not None:
        notice = Notice(
            key=key,
            chat_id=chat_id,
            kind="answer",
            card=card,
            files=files,
            priority=ANSWER,
            consultation_id=answer.protects,
            about=answer.about,
        )
        await outbox.put(work.tx, notice, work.now)


async def awaited(context: Context, account: int) -> Prompt | None:
    """What the next words of this account answer."""
    async with context.look() as work:
        return await drafts.awaited(work.tx, account)


def only_in_private(context: Context) -> Card:
    """What is said in a group: no content, only the way to the private chat."""
    return Card(context.say.text("group", link=context.link))
