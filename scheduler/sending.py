"""One message: how it is put to Telegram, and what Telegram's answer means for its row.

Which message is next, and what is written about it, is the delivery's affair.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.clock import Clock
from bot.db import drafts, live_cards
from bot.db.engine import Database, Transaction
from bot.db.faults import StoreFault
from bot.db.notice import Card, Control, controls
from bot.db.outbox import Outgoing
from bot.logs import whereabouts
from bot.values.files import FileRef
from bot.values.texts import split_for_telegram
from scheduler import standing, transport
from scheduler.pacing import Gate, Pace, seconds_of
from scheduler.standing import Standing
from scheduler.transport import NotSentError

BLOCKED, NO_CHAT, UNKNOWN = "blocked", "no_chat", "unknown"
"""Reasons for `undeliverable`; others are "refused: " with Telegram's own words, and "fault: "."""

EDITS_REPEATED = 8
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram has it, as this message; `left` is the message it replaces because that one is gone."""

    message_id: int
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Undeliverable:
    """It will never arrive."""

    reason: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """Nothing is left to show."""

    reason: str


@dataclass(frozen=True, slots=True)
class Later:
    """It waits until a moment; `unknown` when it may have arrived already."""

    until: datetime
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The group has got a new id."""

    chat_id: int


Fate = Sent | Undeliverable | Dropped | Later | Elsewhere


class LiveCards(Protocol):
    """Who renders a live card at the moment it is sent."""

    async def live_card(self, tx: Transaction, live: str, chat_id: int) -> Card | None:
        """The card for this chat as it stands now; None when there is nothing to show any more."""
        ...

    def beginning(self, card: Card) -> Card:
        """As much of it as one message holds, with the way to the rest: an edit has no further messages."""
        ...


@dataclass(frozen=True, slots=True)
class _Shown:
    texts: tuple[str, ...]
    rows: Sequence[Sequence[Control]]


@dataclass(slots=True)
class _Progress:
    """What of a message of several parts Telegram already has."""

    message_ids: list[int] = field(default_factory=list)
    files: int = 0


class Sender:
    """Sends rows; one at a time for each chat is the caller's promise."""

    def __init__(
        self, bot: Bot, db: Database, clock: Clock, live: LiveCards, gate: Gate, pace: Pace | None
    ) -> None:
        self._bot = bot
        self._db = db
        self._clock = clock
        self._live = live
        self._gate = gate
        self._pace = pace
        self._progress: dict[int, _Progress] = {}
        # Where other processes edit the same messages, what one last saw says nothing.
        self._standing = Standing(0 if db.instance else standing.KEPT)

    def forget(self, chat_id: int, message_id: int) -> None:
        """A message was edited by somebody else: what it shows is not known here."""
        self._standing.forget(chat_id, message_id)

    async def send(self, row: Outgoing) -> Fate:
        """Send one row and say what became of it. Whatever goes wrong is an answer, not an error."""
        fate = await self._tried(row)
        if not isinstance(fate, Later):
            self._progress.pop(row.id, None)
        if isinstance(fate, Sent) or fate in (Undeliverable(BLOCKED), Undeliverable(NO_CHAT)):
            self._gate.worked()
        return fate

    async def _tried(self, row: Outgoing) -> Fate:
        try:
            return await self._sent(row)
        except _GateShutError:
            return Later(self._clock.now())
        except TelegramError as error:
            return self._fate_after(error, row)
        except StoreFault:
            return Later(self._clock.now() + timedelta(seconds=1))
        except Exception as error:  # noqa: BLE001 - one broken row must not stop all the others
            _log.error("not sent", row=row.id, kind=row.kind, card=row.live, **whereabouts(error))
            return Undeliverable(f"fault: {type(error).__name__}")

    def _fate_after(self, error: TelegramError, row: Outgoing) -> Fate:
        """The order matters: some of these kinds are kinds of others."""
        match error:
            case RetryAfter():
                if self._pace is not None:
                    self._pace.halt(seconds_of(error))
                fate: Fate = Later(self._gate.wait(seconds_of(error)))
            case ChatMigrated():
                fate = Elsewhere(error.new_chat_id)
            case Forbidden():
                fate = Undeliverable(BLOCKED)
            case BadRequest():
                fate = _refused(error)
            case NotSentError() | InvalidToken() | EndPointNotFound():
                self._gate.failed()
                fate = Later(self._clock.now())
            case _:
                self._gate.failed()
                fate = self._of_unknown_fate(row)
        return fate

    def _of_unknown_fate(self, row: Outgoing) -> Fate:
        """A legal notice is repeated once; an edit shows the same when repeated; a reminder ends."""
        now = self._clock.now()
        if row.message_id is not None and row.unknown < EDITS_REPEATED:
            return Later(now + timedelta(seconds=2**row.unknown - 1), unknown=True)
        if row.message_id is None and row.legal and row.unknown == 0:
            return Later(now, unknown=True)
        return Undeliverable(UNKNOWN)

    async def _sent(self, row: Outgoing) -> Fate:
        shown = await self._shown(row)
        if not isinstance(shown, _Shown):
            return shown
        if row.message_id is None or len(shown.texts) > 1:
            # what one message does not hold is never cut off: it stands below, in as many as it needs
            return Sent(await self._send_anew(row, shown), left=row.message_id)
        return await self._edited(row, row.message_id, shown)

    async def _edited(self, row: Outgoing, message_id: int, shown: _Shown) -> Fate:
        """Let the message show it, unless it does so already; of an edit without answer nothing is known."""
        place, text = (row.chat_id, message_id), shown.texts[0]
        if self._standing.shows(*place, text, shown.rows):
            return Sent(message_id)
        self._standing.forget(*place)
        try:
            await self._turn(row)
            await transport.edit_text(self._bot, *place, text, shown.rows)
        except BadRequest as refusal:
            if "message is not modified" not in refusal.message.lower():
                return await self._not_edited(row, message_id, shown, refusal)
        self._standing.shown(*place, text, shown.rows)
        return Sent(message_id)

    async def _not_edited(
        self, row: Outgoing, message_id: int, shown: _Shown, refusal: BadRequest
    ) -> Fate:
        words = refusal.message.lower()
        if not any(sign in words for sign in _GONE):
            raise refusal
        if row.live is None:
            return Dropped("message gone")
        return Sent(await self._send_anew(row, shown), left=message_id)

    async def _shown(self, row: Outgoing) -> _Shown | Dropped:
        """What the row shows: its own text, or the live card as it stands now."""
        if row.live is None or not row.is_drawn:
            return _Shown(_parts(row.text), row.rows)
        card = await self._rendered(row, row.live)
        if card is None:
            return Dropped("nothing to show")
        if row.message_id is not None:
            card = self._live.beginning(card)
        return _Shown(_parts(card.text), controls(card.rows))

    async def _rendered(self, row: Outgoing, live: str) -> Card | None:
        async with self._db.read() as tx:
            if row.message_id is not None:
                standing = await live_cards.standing(tx, row.chat_id, row.message_id)
                if standing not in (None, live):
                    return None  # the message shows something else by now
            return await self._live.live_card(tx, live, row.chat_id)

    async def _send_anew(self, row: Outgoing, shown: _Shown) -> int:
        """Send every part that Telegram does not have yet; the buttons stand under the last text, below all files.

        Without buttons the text stands above its files.
        """
        progress = self._progress.setdefault(row.id, _Progress())
        protect = row.consultation_id is not None or bool(row.about)
        if shown.rows:
            await self._send_files(row, progress, protect=protect)
        for text in shown.texts[len(progress.message_ids) :]:
            last = len(progress.message_ids) + 1 == len(shown.texts)
            await self._turn(row)
            message_id = await transport.send_text(
                self._bot, row.chat_id, text, shown.rows if last else (), protect=protect
            )
            progress.message_ids.append(message_id)
            self._standing.shown(row.chat_id, message_id, text, shown.rows if last else ())
        await self._send_files(row, progress, protect=protect)
        return progress.message_ids[-1]

    async def _send_files(self, row: Outgoing, progress: _Progress, *, protect: bool) -> None:
        """Send the files that Telegram does not have yet."""
        for file in row.files[progress.files :]:
            await self._turn(row)
            await self._send_file(row.chat_id, file, protect=protect and not file.open)
            progress.files += 1

    async def _send_file(self, chat_id: int, file: FileRef, *, protect: bool) -> None:
        """By the id Telegram gave it; with its content when it has none, or Telegram no longer takes it."""
        content = None if file.file_id else await self._content(file)
        try:
            if content is None:
                await transport.send_document(self._bot, chat_id, file.file_id, protect=protect)
        except BadRequest as refusal:
            content = await self._content(file) if _is_about_file(refusal) else None
            if content is None:
                raise
        if content is not None:
            whole = InputFile(content, filename=file.name)
            await transport.send_document(self._bot, chat_id, whole, protect=protect)

    async def _content(self, file: FileRef) -> bytes | None:
        async with self._db.read() as tx:
            return await drafts.blob(tx, file.sha256)

    async def _turn(self, row: Outgoing) -> None:
        if self._pace is not None and self._gate.is_open:
            await self._pace.turn(row.chat_id, row.priority, legal=row.has_legal_effect)
        if not self._gate.is_open:
            raise _GateShutError


class _GateShutError(Exception):
    """Nothing may be sent now: this row goes back to where it waited."""


_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "no text in the message to edit",  # a card that takes the place of a file
)
_NO_CHAT = ("chat not found", "user not found", "peer_id_invalid", "user is deactivated")
_FILE = (
    "file identifier",
    "file_id",
    "wrong type",
    "remote file",
    "file_reference",
    "type of file",
)


def _parts(html: str) -> tuple[str, ...]:
    return split_for_telegram(html) or (html,)


def _refused(refusal: BadRequest) -> Fate:
    words = refusal.message.lower()
    if any(sign in words for sign in _NO_CHAT):
        return Undeliverable(NO_CHAT)
    _log.error("telegram refused a message", words=unquoted(refusal.message))
    return Undeliverable(f"refused: {refusal.message}")


def unquoted(words: str) -> str:
    """Telegram's words without what they quote of a message."""
    return re.sub(r'"[^"]*"?', '"…"', words)


def _is_about_file(refusal: BadRequest) -> bool:
    return any(sign in refusal.message.lower() for sign in _FILE)
