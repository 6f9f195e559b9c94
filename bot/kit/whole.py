"""A card too long to be shown in place: its beginning, and a button that sends all of it as new messages."""

from __future__ import annotations

from bot.db import live_cards
from bot.db.notice import Button, Card
from bot.kit.act import press
from bot.kit.live import LIVE_CARDS
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.rendering import Rendering
from bot.values.action import action
from bot.values.refusal import Refused, refuse
from bot.values.texts import TELEGRAM_LIMIT, split_for_telegram

ROOM = 200
"""Characters kept free for saying that there is more."""


def beginning(say: Rendering, card: Card) -> Card:
    """The card as one message holds it: whole, or its first part with the way to read the rest."""
    whole = split_for_telegram(card.text)
    if not whole[1:]:
        return card
    first = split_for_telegram(card.text, TELEGRAM_LIMIT - ROOM)[0]
    way = Button(say.label("button.whole"), action("whole"))
    return Card(f"{first}\n\n{say.text('whole')}", (*card.rows, (way,)), part=True)


async def drawn(work: UnitOfWork, name: str, chat_id: int) -> Card | None:
    """The live card of that name as it is now, for that chat; None when nobody there may see it."""
    kind, *ids = name.split(":")
    try:
        return await LIVE_CARDS[kind](work, [int(each) for each in ids], chat_id)
    except Refused:
        return None


@press("whole")
async def read(context: Context, tap: Tap) -> Screen:
    """All that a card of this chat says, as it stands now; the card itself stays where it is."""
    async with context.look() as work:
        name = await live_cards.standing(work.tx, tap.chat_id, tap.message_id)
        card = await drawn(work, name, tap.chat_id) if name else None
    if name is None or card is None:
        refuse("old_button")
    return Screen(Card(card.text), as_new_message=True, about=name)
