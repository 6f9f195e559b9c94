"""Showing an answer to a person, through the outbox like everything else."""

from __future__ import annotations

from bot.db import live_cards, outbox
from bot.db.notice import ANSWER, Card, Notice
from bot.kit import questions
from bot.kit.live import stands_alone
from bot.kit.screen import Screen
from bot.kit.unit import Answering, Context, UnitOfWork
from bot.values.files import FileRef


async def show(
    context: Answering,
    chat_id: int,
    update_id: int,
    target: int | None,
    answer: Screen,
    *,
    turns_away: bool = False,
    album: str = "",
) -> None:
    """Put an answer on its way: edit the message `target`, or send a new one.

    With `turns_away` its person did something else than to answer what was asked before. What answers the
    messages of one `album` is one message: each answer takes the place of the one before.
    """
    async with context.last_work() as work:
        await questions.shown(work, chat_id, answer, turns_away=turns_away)
        key = questions.answer_key(chat_id, update_id)
        if answer.refused and not album:
            key += questions.AWAY if turns_away else questions.BACK
        if album:
            key = ":".join((questions.answer_key(chat_id, album), answer.refused)).rstrip(":")
        if answer.card is not None or answer.live is not None:
            await _first(work, chat_id, key, target, answer, in_place=bool(album))
        for place, card in enumerate(answer.extra):
            await _send(work, chat_id, f"{key}:{place}", card, (), answer)
        if answer.files:
            await _send(work, chat_id, f"{key}:files", answer.files_card, answer.files, answer)
        await questions.lay_down(work, chat_id, answer)


async def _first(
    work: UnitOfWork, chat_id: int, key: str, target: int | None, answer: Screen, *, in_place: bool
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
        kind=questions.ANSWER_KIND,
        card=None if answer.live else answer.card,
        live=answer.live if target is not None else answer.live or answer.only,
        message_id=target,
        priority=ANSWER,
        legal=False,
        consultation_id=answer.protects,
        about=answer.about,
    )
    await (outbox.put_in_place if in_place else outbox.put)(work.tx, notice, work.now)


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
            kind=questions.ANSWER_KIND,
            card=card,
            files=files,
            priority=ANSWER,
            consultation_id=answer.protects,
            about=answer.about,
        )
        await outbox.put(work.tx, notice, work.now)


def only_in_private(context: Context) -> Card:
    """What is said in a group: no content, only the way to the private chat."""
    return Card(context.say.text("group", link=context.link))
