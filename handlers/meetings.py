"""Calling a meeting on the phones of clerk and head: approval, change, documents. No rule lives here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.consultations import steering
from bot.kit.screen import Screen
from bot.kit.taps import Fetch, Pressed, Sent, Tap, Typed
from bot.kit.unit import Context
from bot.meetings.calling import changing, convening
from bot.meetings.calling.answers import refuse_document
from bot.meetings.documents import documents as documents_documents
from bot.meetings.inviting import invitations
from bot.meetings.sitting import showing
from bot.values.files import FileRef
from bot.values.refusal import Refusal


async def approve(context: Context, tap: Tap) -> Screen | Refusal:
    """The head approves: the invitations go out."""
    meeting = await convening.approve(context, tap.account, tap.number(0))
    if isinstance(meeting, Refusal):
        return meeting
    toast = context.say.label("calling_toast.called")
    return Screen(live=invitations.asked(meeting.id), toast=toast)


async def decline(context: Context, tap: Tap) -> Screen | Refusal:
    """The head declines: the reason is asked for."""
    meeting = await convening.may_decline(context, tap.account, tap.number(0))
    return await showing.ask_reason(context, tap.account, meeting, "mdecline")


async def decline_reason(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """The reason of a decline."""
    reason = steering.reason_words(sent.text)
    if isinstance(reason, Refusal):
        return reason
    meeting = await convening.decline(context, sent.account, ref["meeting"], reason)
    return await showing.done(context, sent.account, meeting, "decline")


async def recall(context: Context, tap: Tap) -> Screen | Refusal:
    """A request is taken back before the head has answered."""
    meeting = await convening.recall(context, tap.account, tap.number(0))
    return await showing.done(context, tap.account, meeting, "recall")


async def cancel(context: Context, tap: Tap) -> Screen | Refusal:
    """A called meeting is cancelled: the reason is asked for."""
    meeting = await changing.may_cancel(context, tap.account, tap.number(0))
    return await showing.ask_reason(context, tap.account, meeting, "mcancel")


async def cancel_reason(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """The reason of a cancellation."""
    reason = steering.reason_words(sent.text)
    if isinstance(reason, Refusal):
        return reason
    meeting = await changing.cancel(context, sent.account, ref["meeting"], reason)
    return await showing.done(context, sent.account, meeting, "cancel")


# --- documents -------------------------------------------------------------------------------


async def documents(context: Context, tap: Tap) -> Screen | Refusal:
    """The documents once more, as far as the person may have them."""
    return await documents_documents.documents(context, tap.account, tap.number(0))


async def papers(context: Context, tap: Tap) -> Screen | Refusal:
    """Where further documents are taken in: for the whole meeting, or one item."""
    item = tap.number(1) if len(tap.args) > 1 else None
    card = await documents_documents.desk_card(context, tap.account, tap.number(0), item)
    return card if isinstance(card, Refusal) else Screen(card)


async def send_papers(context: Context, tap: Tap) -> Screen | Refusal:
    """The documents taken in go out."""
    card = await documents_documents.send(context, tap.account, tap.number(0))
    return card if isinstance(card, Refusal) else Screen(card)


async def put_away(context: Context, tap: Tap) -> Screen | Refusal:
    """The documents taken in are put aside."""
    card = await documents_documents.put_away(context, tap.account, tap.number(0))
    return card if isinstance(card, Refusal) else Screen(card)


async def bring(context: Context, tap: Tap) -> Screen | Refusal:
    """Whoever answers for an item wants to send its document in."""
    card = await documents_documents.ask(context, tap.account, tap.number(0))
    return card if isinstance(card, Refusal) else Screen(card)


def fetched(fetch: Fetch) -> Mapping[str, Typed]:
    """What takes in documents; `fetch` brings their bytes."""

    async def taken_in(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
        found = await _document(fetch, sent)
        if isinstance(found, Refusal):
            return found
        file, content = found
        card = await documents_documents.add(
            context, sent.account, ref["meeting"], ref["item"], file, content
        )
        return card if isinstance(card, Refusal) else Screen(card)

    async def brought(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
        found = await _document(fetch, sent)
        if isinstance(found, Refusal):
            return found
        file, content = found
        card = await documents_documents.bring(context, sent.account, ref["item"], file, content)
        return card if isinstance(card, Refusal) else Screen(card)

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
