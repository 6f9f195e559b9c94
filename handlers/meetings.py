"""Calling a meeting on the phones of clerk and head: approval, change, documents. No rule lives here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.card import Answer
from bot.domain.files import FileRef
from bot.domain.refusal import Refusal
from bot.services import office
from bot.services.desk import Desk
from bot.services.meetings import changing, convening, endings, handouts, invitations
from bot.services.meetings.calling_answers import refuse_document
from handlers.taps import Fetch, Pressed, Sent, Tap, Typed


async def approve(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The head approves: the invitations go out."""
    meeting = await convening.approve(desk, tap.account, tap.number(0))
    if isinstance(meeting, Refusal):
        return meeting
    toast = desk.say.label("calling_toast.called")
    return Answer(live=invitations.asked(meeting.id), toast=toast)


async def decline(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The head declines: the reason is asked for."""
    meeting = await convening.may_decline(desk, tap.account, tap.number(0))
    return await endings.ask_reason(desk, tap.account, meeting, "mdecline")


async def decline_reason(desk: Desk, sent: Sent, ref: Mapping[str, Any]) -> Answer | Refusal:
    """The reason of a decline."""
    reason = office.reason_words(sent.text)
    if isinstance(reason, Refusal):
        return reason
    meeting = await convening.decline(desk, sent.account, ref["meeting"], reason)
    return await endings.done(desk, sent.account, meeting, "decline")


async def recall(desk: Desk, tap: Tap) -> Answer | Refusal:
    """A request is taken back before the head has answered."""
    meeting = await convening.recall(desk, tap.account, tap.number(0))
    return await endings.done(desk, tap.account, meeting, "recall")


async def cancel(desk: Desk, tap: Tap) -> Answer | Refusal:
    """A called meeting is cancelled: the reason is asked for."""
    meeting = await changing.may_cancel(desk, tap.account, tap.number(0))
    return await endings.ask_reason(desk, tap.account, meeting, "mcancel")


async def cancel_reason(desk: Desk, sent: Sent, ref: Mapping[str, Any]) -> Answer | Refusal:
    """The reason of a cancellation."""
    reason = office.reason_words(sent.text)
    if isinstance(reason, Refusal):
        return reason
    meeting = await changing.cancel(desk, sent.account, ref["meeting"], reason)
    return await endings.done(desk, sent.account, meeting, "cancel")


# --- documents -------------------------------------------------------------------------------


async def documents(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The documents once more, as far as the person may have them."""
    return await handouts.documents(desk, tap.account, tap.number(0))


async def papers(desk: Desk, tap: Tap) -> Answer | Refusal:
    """Where further documents are taken in: for the whole meeting, or one item."""
    item = tap.number(1) if len(tap.args) > 1 else None
    card = await handouts.desk_card(desk, tap.account, tap.number(0), item)
    return card if isinstance(card, Refusal) else Answer(card)


async def send_papers(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The documents taken in go out."""
    card = await handouts.send(desk, tap.account, tap.number(0))
    return card if isinstance(card, Refusal) else Answer(card)


async def put_away(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The documents taken in are put aside."""
    card = await handouts.put_away(desk, tap.account, tap.number(0))
    return card if isinstance(card, Refusal) else Answer(card)


async def bring(desk: Desk, tap: Tap) -> Answer | Refusal:
    """Whoever answers for an item wants to send its document in."""
    card = await handouts.ask(desk, tap.account, tap.number(0))
    return card if isinstance(card, Refusal) else Answer(card)


def fetched(fetch: Fetch) -> Mapping[str, Typed]:
    """What takes in documents; `fetch` brings their bytes."""

    async def taken_in(desk: Desk, sent: Sent, ref: Mapping[str, Any]) -> Answer | Refusal:
        found = await _document(fetch, sent)
        if isinstance(found, Refusal):
            return found
        file, content = found
        card = await handouts.add(desk, sent.account, ref["meeting"], ref["item"], file, content)
        return card if isinstance(card, Refusal) else Answer(card)

    async def brought(desk: Desk, sent: Sent, ref: Mapping[str, Any]) -> Answer | Refusal:
        found = await _document(fetch, sent)
        if isinstance(found, Refusal):
            return found
        file, content = found
        card = await handouts.bring(desk, sent.account, ref["item"], file, content)
        return card if isinstance(card, Refusal) else Answer(card)

    return {"mpapers": taken_in, "mbring": brought}


async def _document(fetch: Fetch, sent: Sent) -> tuple[FileRef, bytes] | Refusal:
    """The file sent, unless its size or name is refused before it is fetched."""
    if sent.file is None:
        return Refusal("meeting_file_needed")
    refusal = refuse_document(sent.file.name, sent.file.size, 0)
    if refusal:
        return refusal
    content = await fetch(sent.file.file_id)
    return FileRef(sent.file.name, sent.file.file_id, "", sent.file.size), content


PRESSES: dict[str, Pressed] = {
    "mapprove": approve,
    "mdecline": decline,
    "mrecall": recall,
    "mcancel": cancel,
    "mtext": documents,
    "mpapers": papers,
    "mpsend": send_papers,
    "mpaway": put_away,
    "mbring": bring,
}
WORDS: dict[str, Typed] = {"mdecline": decline_reason, "mcancel": cancel_reason}
