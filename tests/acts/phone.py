"""A phone without Telegram: buttons are pressed by their words, messages typed, what comes back is looked at."""

from __future__ import annotations

from bot import subjects  # noqa: F401 - every subject enters its acts
from bot.db import approvals, drafts
from bot.db.notice import Button, Card
from bot.kit import card as kit_card
from bot.kit.act import TABLE
from bot.kit.screen import Screen
from bot.kit.taps import MalformedPressError, Sent, SentFile, Tap
from bot.kit.unit import Context
from bot.live import Post
from bot.values.action import Action, action, encode, parse
from bot.values.files import FileRef
from bot.values.refusal import Refusal, Refused
from tests.acts.committees import HEAD

FILES: dict[str, bytes] = {}
"""What was sent to the bot, by the id that Telegram gave it."""


async def fetch(file_id: str) -> bytes:
    return FILES[file_id]


class Phone:
    """What one account sees last, and what it does."""

    def __init__(self, context: Context, account: int) -> None:
        self.context = context
        self._account = account
        self.card = Card("")
        self.toast = ""
        self.refused: str | None = None
        self.files: tuple[FileRef, ...] = ()
        self.fetched: list[str] = []
        """What the bot has fetched of the files sent, by name."""

    @property
    def text(self) -> str:
        return self.card.text

    @property
    def buttons(self) -> list[str]:
        return [button.label for row in self.card.rows for button in row]

    async def opens(self, act: str, *args: str | int) -> Phone:
        """A press known from elsewhere, or forged."""
        return await self._press(action(act, *args))

    async def presses(self, label: str) -> Phone:
        """The one button with these words, as it would come back from Telegram."""
        wanted = self._button(label).press
        assert wanted is not None
        sent = parse(encode(wanted))
        assert sent is not None
        return await self._press(sent)

    async def types(self, text: str) -> Phone:
        """A message; somebody must have asked for it."""
        return await self._says(text)

    async def sends(self, name: str, content: bytes = b"content", *, size: int = 0) -> Phone:
        """A file; `size` is what Telegram announces of it, where that is not its length."""

        async def bring() -> bytes:
            self.fetched.append(name)
            return await fetch(file.file_id)

        file = SentFile(f"id of {name}", name, size or len(content), bring)
        FILES[file.file_id] = content
        return await self._says("", file)

    async def _says(self, text: str, file: SentFile | None = None) -> Phone:
        async with self.context.look() as work:
            awaited = await drafts.awaited(work.tx, self._account)
        assert awaited is not None, "nobody awaits words"
        sent = Sent(self._account, self._account, text, self.context.clock.now(), file)
        try:
            await self._see(await TABLE.words[awaited.kind](self.context, sent, awaited.ref))
        except Refused as no:
            await self._see(no.refusal)
        return self

    async def _press(self, wanted: Action) -> Phone:
        tap = Tap(self._account, self._account, 1, wanted.args, self.context.clock.now())
        try:
            await self._see(await TABLE.presses[wanted.action](self.context, tap))
        except MalformedPressError:
            await self._see(Refusal("old_button"))
        except Refused as no:
            await self._see(no.refusal)
        return self

    async def _see(self, answer: Screen | Refusal) -> None:
        self.refused = answer.kind if isinstance(answer, Refusal) else None
        if isinstance(answer, Refusal):
            answer = kit_card.answer(self.context.say, answer)
        self.toast, self.files = answer.toast, answer.files
        if answer.card is None and answer.live is None:
            return
        card = answer.card or await self._live(answer.live or "")
        assert card is not None, f"nobody here may see {answer.live}"
        self.card = card

    async def _live(self, name: str) -> Card | None:
        async with self.context.db.write() as tx:
            return await Post(self.context).live_card(tx, name, self._account)

    def _button(self, label: str) -> Button:
        found = [b for row in self.card.rows for b in row if b.label == label]
        assert len(found) == 1, f"{label!r} among {self.buttons}"
        return found[0]


DECISION = "Số 12-QĐ/TU ngày 27/02/2026"


async def confirms(van: Phone, second: int) -> Phone:
    """The second person confirms what the office has asked last; gives that person's phone."""
    async with van.context.look() as work:
        asked = await approvals.of_kind(work.tx, "people")
    assert asked, "nothing was asked"
    return await Phone(van.context, second).opens("approval_yes", asked[-1].id)


async def changes(van: Phone, second: int, act: str, *args: str | int) -> None:
    """The office asks for a change by its decision, the second person confirms it."""
    await van.opens(act, *args)
    await van.types(DECISION)
    assert van.refused is None
    assert (await confirms(van, second)).refused is None


async def adds(van: Phone, committee: int, name: str, second: int = HEAD) -> None:
    """Add a part-time member of the one body, by buttons; the second person confirms it."""
    await (await van.opens("people", committee)).presses("Thêm người")
    await van.types(name)
    await van.presses("Thành viên biểu quyết")
    await van.presses("Đảng đoàn")
    await van.presses("Ủy viên")
    await van.presses("Kiêm nhiệm")
    await van.types(DECISION)
    assert f"<b>{name}</b>" in van.text
    await van.presses("Gửi đề nghị")
    await confirms(van, second)
