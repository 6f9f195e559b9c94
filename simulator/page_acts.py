"""What a visitor of the page of phones can do: hold somebody's phone, move the clock, switch faults.

Each act is done to the world; nothing of HTTP may live here.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from bot.clock import MovableClock
from bot.values.language import Language
from simulator.chapters import Chapter
from simulator.difference import NotPossibleError
from simulator.faults import Kind
from simulator.json_types import Json
from simulator.messages import Message
from simulator.people import Person
from simulator.presses import PressResult
from simulator.refusals import RefusedError
from simulator.telling import Telling
from simulator.verbs.roster import Archive
from simulator.world import World

FAULTS: dict[str, Kind] = {"429": 429, "500": 500, "away": "away"}
RETRY_AFTER = 5  # seconds that the page's 429 asks for
LONGEST_ADVANCE = 366 * 86_400  # seconds
MOST_SILENT = 400
"""Due moments in a row that may pass without a word to anybody."""
SPINNER = 15.0  # seconds of real time that a pressed button turns at most

T = TypeVar("T")

NextDue = Callable[[], Awaitable[datetime | None]]
MoveClock = Callable[[datetime], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Programme:
    """The tales that the page can show, which of them it shows, its chapters, and how a tale begins anew."""

    tales: tuple[str, ...]
    shown: str
    chapters: tuple[Chapter, ...]
    begin: Callable[[str, int], None]
    """A tale from its beginning, told up to the end of one of its chapters."""


class PageRefusalError(Exception):
    """What the visitor asked for cannot be done: the HTTP status, and words for the visitor."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


class PageActs:
    """The acts by name; each takes the JSON the browser sent and refuses with PageRefusalError."""

    def __init__(
        self,
        world: World,
        next_due: NextDue | None,
        move_clock: MoveClock | None,
        tell: Callable[[Json], None],
        programme: Programme | None = None,
    ) -> None:
        self._world = world
        self._tell = tell
        self._turning: set[asyncio.Task[None]] = set()
        self._next_due = next_due
        self._move_clock = move_clock
        self._programme = programme
        self.invitations: dict[int, str] = {}
        self.telling: Telling | None = None
        """The tale on its way, once it has begun."""
        self.by_name: dict[str, Callable[[Json], Awaitable[Json]]] = {
            "say": self.say,
            "edit": self.edit,
            "press": self.press,
            "open-link": self.open_link,
            "block": self.block,
            "unblock": self.unblock,
            "read": self.read,
            "clock": self.clock,
            "fault": self.fault,
            "tale": self.tale,
            "chapter": self.chapter,
        }

    def invitation(self, person: Person) -> str | None:
        """The payload of the link this person was invited by, where there is one."""
        own: str | None = getattr(person, "invitation", None)
        return own or self.invitations.get(person.user_id)

    def signs(self) -> Json:
        """What the bar shows: the clock, which of its faults are on, how far a tale has come."""
        active = {fault.kind for fault in self._world.faults.active}
        on = [name for name, kind in FAULTS.items() if kind in active]
        come = (
            {"told": self.telling.told, "archive": _archive(self.archive)} if self.telling else {}
        )
        return {"clock": self._world.clock.now().isoformat(), "faults": on, **come}

    @property
    def archive(self) -> Archive | None:
        """The archive that the tale has written."""
        return self.telling.cast.archive if self.telling else None

    async def say(self, body: Json) -> Json:
        """Write to the bot."""
        person = self.person(body)
        return _sent(possible(lambda: self._world.say(person.user_id, _words(body, "text"))))

    async def edit(self, body: Json) -> Json:
        """Change a message of one's own; the bot is told."""
        person, message, text = self.person(body), whole(body, "message"), _words(body, "text")
        return _sent(possible(lambda: self._world.edit(person.user_id, message, text)))

    async def open_link(self, body: Json) -> Json:
        """Follow a link to the bot: the one given, or the one this person was invited by."""
        person = self.person(body)
        payload = (
            (self.invitation(person) or "") if body.get("invitation") else _words(body, "payload")
        )
        return _sent(possible(lambda: self._world.open_link(person.user_id, payload)))

    async def press(self, body: Json) -> Json:
        """Press a button; once it has turned to the end, everybody is told with the ticket sent."""
        person, message, code = self.person(body), whole(body, "message"), _words(body, "data")
        result = possible(lambda: self._world.press(person.user_id, message, code))
        turning = asyncio.create_task(self._turn(result, body.get("ticket")))
        self._turning.add(turning)
        turning.add_done_callback(self._turning.discard)
        return {"query": result.query_id}

    async def block(self, body: Json) -> Json:
        """Block the bot on this phone."""
        person = self.person(body)
        if not person.blocked:
            self._world.block(person.user_id)
        return {}

    async def unblock(self, body: Json) -> Json:
        """Let the bot write to this phone again."""
        person = self.person(body)
        if person.blocked:
            self._world.unblock(person.user_id)
        return {}

    async def read(self, body: Json) -> Json:
        """Look at the phone: nothing is unread any more."""
        self._world.read(self.person(body).user_id)
        return {}

    def send_file(
        self, user: Json, name: str, content: bytes, caption: str, *, photo: bool
    ) -> Json:
        """Send a file, or a picture as a picture."""
        person = self.person(user)
        if photo:
            return _sent(possible(lambda: self._world.send_photo(person.user_id, content, caption)))
        return _sent(
            possible(lambda: self._world.send_document(person.user_id, name, content, caption))
        )

    async def clock(self, body: Json) -> Json:
        """Move the clock on: by seconds, to a moment, or to what falls due next ("next_due")."""
        if body.get("to") == "next_due":
            moved = await self._to_next_due()
        else:
            moved = await self._moved_to(self._target(body))
        return {**self.signs(), "moved": moved}

    async def _to_next_due(self) -> bool:
        """On to the next due moment at which somebody is told something.

        The bot looks at its calendars in silence on many mornings; a visitor would wonder. While a
        fault is on nobody is told anything, and one moment is enough.
        """
        moved, watching = False, self._world.events.subscribe()
        try:
            for _ in range(MOST_SILENT if self._move_clock is not None else 1):
                due = await self._next_due() if self._next_due is not None else None
                if due is None or not await self._moved_to(due):
                    break
                moved = True
                told = any(event["kind"] == "message" for event in watching.ready())
                if told or self._world.faults.active:
                    break
        finally:
            watching.close()
        return moved

    async def _moved_to(self, target: datetime) -> bool:
        if target <= self._world.clock.now():
            return False
        await self._move(target)
        return True

    async def fault(self, body: Json) -> Json:
        """Switch one fault on or off; kind "*" off ends all that were ever switched on."""
        name, on = _words(body, "kind"), body.get("on") is True
        if name == "*" and not on:
            self._world.faults.clear()
        elif name not in FAULTS:
            raise PageRefusalError(400, f"Không có sự cố “{name}”.")
        elif on and name not in self.signs()["faults"]:
            self._world.faults.fail(FAULTS[name], retry_after=RETRY_AFTER)
        elif not on:
            self._end(FAULTS[name])
        return self.signs()

    async def tale(self, body: Json) -> Json:
        """Begin a tale anew: all that stands here ends, and another stage opens on the same address."""
        wanted = _words(body, "tale")
        if self._programme is None or wanted not in self._programme.tales:
            raise PageRefusalError(404, "Chưa có kịch bản này theo quy chế đang xem.")
        self._programme.begin(wanted, 0)
        return {}

    async def chapter(self, body: Json) -> Json:
        """Turn to a chapter: on through those before it; one that has been told begins the tale anew."""
        wanted = whole(body, "chapter")
        if self._programme is None or self.telling is None:
            raise PageRefusalError(404, "Kịch bản này không chia chương.")
        if not 0 <= wanted < len(self.telling.chapters):
            raise PageRefusalError(404, "Không có chương này.")
        if wanted < self.telling.told:
            self._programme.begin(self._programme.shown, wanted)
            return {"anew": True}
        off = await self.telling.through(wanted)
        self._tell({"kind": "chapter"})
        words = "; ".join(each.told(Language.VIETNAMESE) for each in off)
        return {**self.signs(), "anew": False, "off": words}

    def person(self, body: Json) -> Person:
        """The person a request speaks for."""
        person = self._world.people.get(whole(body, "user"))
        if person is None:
            raise PageRefusalError(404, "Không có người này.")
        return person

    async def close(self) -> None:
        """Wait no longer for answers to what was pressed."""
        for turning in self._turning:
            turning.cancel()
        await asyncio.gather(*self._turning, return_exceptions=True)

    async def _turn(self, result: PressResult, ticket: object) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(SPINNER):
                await result.wait()
        self._tell({"kind": "settled", "ticket": ticket, "answered": result.answered})

    def _end(self, kind: Kind) -> None:
        for fault in self._world.faults.active:
            if fault.kind == kind:
                fault.end()
                self._world.events.publish("fault", fault=kind, on=False)

    def _target(self, body: Json) -> datetime:
        if "to" in body:
            return _moment(_words(body, "to"))
        seconds = whole(body, "advance_seconds")
        if not 0 < seconds <= LONGEST_ADVANCE:
            raise PageRefusalError(400, "Đồng hồ chỉ chuyển tới, mỗi lần không quá một năm.")
        return self._world.clock.now() + timedelta(seconds=seconds)

    async def _move(self, target: datetime) -> None:
        if self._move_clock is not None:
            await self._move_clock(target)
        elif isinstance(self._world.clock, MovableClock):
            self._world.clock.move_to(target)
        else:
            raise PageRefusalError(409, "Đồng hồ này là đồng hồ thật, không chuyển được.")


def possible(act: Callable[[], T]) -> T:
    """Do what a person can do in the app, or say that the app does not offer it."""
    try:
        return act()
    except (NotPossibleError, RefusedError) as reason:
        raise PageRefusalError(409, f"Không thực hiện được ({_why(reason)}).") from reason


def _why(reason: NotPossibleError | RefusedError) -> str:
    if isinstance(reason, NotPossibleError):
        return reason.difference.told(Language.VIETNAMESE)
    return str(reason)


def whole(body: Json, key: str) -> int:
    """A whole number out of what the browser sent."""
    value = body.get(key)
    if isinstance(value, bool) or not isinstance(value, int):
        raise PageRefusalError(400, f"Thiếu số “{key}”.")
    return value


def _words(body: Json, key: str) -> str:
    value = body.get(key)
    if not isinstance(value, str):
        raise PageRefusalError(400, f"Thiếu chữ “{key}”.")
    return value


def _archive(archive: Archive | None) -> Json | None:
    if archive is None:
        return None
    return {
        "files": archive.found.files,
        "lines": archive.found.lines,
        "bytes": len(archive.content),
    }


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as reason:
        raise PageRefusalError(400, f"Không hiểu thời điểm “{text}”.") from reason
    if moment.tzinfo is None:
        raise PageRefusalError(400, "Thời điểm phải có múi giờ.")
    return moment


def _sent(message: Message) -> Json:
    return {"message": message.message_id}
