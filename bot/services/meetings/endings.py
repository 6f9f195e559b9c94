"""The steps between a press and an act upon a meeting: asking for a reason, saying that it is done."""

from __future__ import annotations

from bot.domain.card import Answer
from bot.domain.meeting import Meeting
from bot.domain.refusal import Refusal
from bot.services.cards.meetings import asked as cards
from bot.services.desk import Desk
from bot.services.meetings import telling
from bot.store import drafts


async def ask_reason(
    desk: Desk, account: int, meeting: Meeting | Refusal, act: str
) -> Answer | Refusal:
    """Ask for the reason of an act; nothing is done until it comes."""
    if isinstance(meeting, Refusal):
        return meeting
    async with desk.work() as work:
        await drafts.await_words(work.tx, account, act, {"meeting": meeting.id}, work.now)
    card = cards.reason_asked(desk.say, meeting, act)
    return Answer(card, about=telling.about(meeting.id))


async def done(desk: Desk, account: int, meeting: Meeting | Refusal, act: str) -> Answer | Refusal:
    """After an act: what was done, with the way to the meeting."""
    if isinstance(meeting, Refusal):
        return meeting
    async with desk.work() as work:
        await drafts.answered(work.tx, account)
    return Answer(cards.done(desk.say, meeting, act), about=telling.about(meeting.id))
