"""Members' wishes on their phones: an extraordinary meeting, an item, a question. No rule lives here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.kit.screen import Screen
from bot.kit.taps import MalformedPressError, Pressed, Sent, Tap, Typed
from bot.kit.unit import Context
from bot.meetings.requests import begin as requests_begin
from bot.meetings.requests import extraordinary, proposals
from bot.meetings.rules.requests import Wish
from bot.regulations.rules.terms import Matter
from bot.values.refusal import Refusal

WITH_BODY, WITH_PAGE = 3, 2
"""How many arguments a press has that names a body, or a page."""


async def listed(context: Context, tap: Tap) -> Screen | Refusal:
    """What may be wished, and what waits of it."""
    return await requests_begin.card(context, tap.account, tap.number(0))


async def begin(context: Context, tap: Tap) -> Screen | Refusal:
    """A wish of one kind, perhaps of a body named already."""
    kind = tap.word(1)
    if kind not in set(Wish):
        raise MalformedPressError
    body = tap.word(2) if len(tap.args) >= WITH_BODY else ""
    return await requests_begin.begin(context, tap.account, tap.number(0), Wish(kind), body)


async def words(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """The words of a wish."""
    committee, body, wish = ref["committee"], ref["body"], Wish(ref["wish"])
    if wish is Wish.MEETING:
        return await extraordinary.ask(context, sent.account, committee, body, sent.text)
    return await proposals.write_down(context, sent.account, committee, body, wish, sent.text)


async def unask(context: Context, tap: Tap) -> Screen | Refusal:
    """A request for a meeting is taken back."""
    return await extraordinary.take_back(context, tap.account, tap.number(0))


async def ask_why_not(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "Không triệu tập"."""
    return await extraordinary.ask_why_not(context, tap.account, tap.number(0), tap.word(1))


async def decline(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """Why no meeting is called."""
    return await extraordinary.decline(
        context, sent.account, ref["committee"], ref["body"], sent.text
    )


async def show(context: Context, tap: Tap) -> Screen | Refusal:
    """What was written."""
    return await proposals.show(context, tap.account, tap.number(0))


async def ask_why(context: Context, tap: Tap) -> Screen | Refusal:
    """Words for an item are asked for."""
    return await proposals.ask_why(context, tap.account, tap.number(0))


async def why(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """Words for an item."""
    return await proposals.why(context, sent.account, ref["draft"], sent.text)


async def ask_matter(context: Context, tap: Tap) -> Screen | Refusal:
    """Which kind of matter."""
    return await proposals.ask_matter(context, tap.account, tap.number(0))


async def matter(context: Context, tap: Tap) -> Screen | Refusal:
    """One kind of matter."""
    kind = tap.word(1)
    if kind not in set(Matter):
        raise MalformedPressError
    return await proposals.matter(context, tap.account, tap.number(0), Matter(kind))


async def ask_whom(context: Context, tap: Tap) -> Screen | Refusal:
    """Of whom it is asked, page by page."""
    page = tap.number(1) if len(tap.args) >= WITH_PAGE else 0
    return await proposals.ask_whom(context, tap.account, tap.number(0), page)


async def whom(context: Context, tap: Tap) -> Screen | Refusal:
    """Of this person."""
    return await proposals.whom(context, tap.account, tap.number(0), tap.number(1))


async def send(context: Context, tap: Tap) -> Screen | Refusal:
    """Sends an item or a question."""
    return await proposals.send(context, tap.account, tap.number(0))


async def drop(context: Context, tap: Tap) -> Screen | Refusal:
    """Puts it aside."""
    return await proposals.drop(context, tap.account, tap.number(0))


async def undo(context: Context, tap: Tap) -> Screen | Refusal:
    """What waits is taken back."""
    return await proposals.take_back(context, tap.account, tap.number(0))


PRESSES: dict[str, Pressed] = {
    "wishes": listed,
    "wish": begin,
    "wish_unask": unask,
    "wish_decline": ask_why_not,
    "wish_show": show,
    "wish_why": ask_why,
    "wish_matter": ask_matter,
    "wish_kind": matter,
    "wish_whom": ask_whom,
    "wish_to": whom,
    "wish_send": send,
    "wish_drop": drop,
    "wish_undo": undo,
}
WORDS: dict[str, Typed] = {"wish": words, "wish_decline": decline, "wish_why": why}
