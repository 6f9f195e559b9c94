"""A committee on a stage for tests of faults: founded, joined, with matters opened by its own people's presses."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.clock import SystemClock
from bot.founding import Founded, found
from bot.people.joining import Joined, join
from bot.people.rules.founding import Founding, Newcomer, SeatWanted
from bot.people.rules.people import Role
from bot.places import regulations_dir
from bot.proofs.verification import Verification, verify
from bot.regulations.loader import parse
from bot.values.action import action, encode
from bot.values.moments import VIET_NAM
from scheduler.intake import Kind
from scheduler.line import Address
from simulator.messages import Message
from simulator.phone_client import PhoneClient, Seen
from simulator.sandbox import Sandbox

START = datetime(2026, 3, 2, 1, tzinfo=UTC)  # 8 giờ, thứ Hai
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CLERK, FIRST = 800_000, 800_001
STRANGER = 899_999
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ")
GIVEN = ("An", "Bình", "Cường", "Dũng", "Giang", "Hà", "Khánh", "Linh", "Minh", "Nga")
MIDDLE = ("Văn", "Thị", "Đức")
BODY = {"quang_ngai": "dang_doan", "hai_duong": "co_quan"}


def name_of(number: int) -> str:
    """An invented name, another one for every number below 300."""
    family, rest = number % len(FAMILIES), number // len(FAMILIES)
    given, middle = rest % len(GIVEN), rest // len(GIVEN)
    return f"{FAMILIES[family]} {MIDDLE[middle]} {GIVEN[given]}"


class Committee:
    """One committee with a clerk, a head (the first member) and members, each with a phone."""

    def __init__(self, stage: Sandbox, size: int, regulation: str) -> None:
        self.stage = stage
        self.regulation = regulation
        self.accounts = range(FIRST, FIRST + size)
        self.names = [name_of(number) for number in range(size)]
        self.persons: dict[int, int] = {}
        self.tokens: list[str] = []
        """Of the invitations by which everybody joined."""
        self.id = 0

    @property
    def head(self) -> int:
        """The account of the head."""
        return self.accounts[0]

    def hands(self, account: int) -> PhoneClient:
        """The hands of whoever holds this account."""
        return PhoneClient(self.stage, account)

    async def found(self) -> None:
        """Found it, and let everybody join."""
        founded = await found(self.stage.bot.context, self._plan())
        assert isinstance(founded, Founded), founded
        self.id = founded.committee
        now = self.stage.clock.now()
        for account, invitation in zip((*self.accounts, CLERK), founded.invitations, strict=True):
            self.persons[account] = invitation.person.id
            person = self.stage.world.add_person(account, invitation.person.name)
            person.started = True
            token = invitation.link.partition("start=")[2]
            self.tokens.append(token)
            joined = await join(self.stage.bot.context, account, token, now)
            assert isinstance(joined, Joined), joined
        self.stage.world.add_person(STRANGER, "Người lạ")
        self.stage.bot.delivery.wake()
        await self.stage.settle()

    def _plan(self) -> Founding:
        path = regulations_dir() / f"{self.regulation}.toml"
        text = path.read_text(encoding="utf-8")
        confirmed = frozenset(setting.name for setting in parse(text, path.name).settings)
        offices = ["secretary", *["member"] * (len(self.names) - 1)]
        members = tuple(
            Newcomer(name, Role.MEMBER, (SeatWanted(BODY[self.regulation], office),))
            for name, office in zip(self.names, offices, strict=True)
        )
        people = (*members, Newcomer("Phạm Thị Văn Thư", Role.CLERK))
        return Founding("Tập thể Thử nghiệm", path.name, text, people, confirmed=confirmed)

    # --- a matter, by presses and messages ------------------------------------------------------

    async def asks(self, subject: str, text: str = "", *, deadline: datetime | None = None) -> int:
        """The clerk fills in a form and sends it; gives the matter's id."""
        clerk, until = self.hands(CLERK), deadline or self.stage.clock.now() + 3 * DAY
        await clerk.say("/start")
        await clerk.press("launch", self.id)
        draft = await self.draft()
        await clerk.press("form_fill", draft, "ground", "urgent_no_meeting")
        await clerk.press("form_fill", draft, "matter", "general")
        # Very long words come in several messages, of which one may hold nothing that can be read.
        await clerk.try_say(subject)
        await clerk.try_say(text or f"Nội dung của {subject}")
        await clerk.say(f"{until.astimezone(VIET_NAM):%H:%M %d/%m/%Y}")
        await clerk.press("form_fill", draft, "secret_free", "yes")
        await clerk.press("form_send", draft)
        return max(self._ids_of("approve"), default=0)

    async def draft(self) -> int:
        """The id of the clerk's form on the screen."""
        return int(self.hands(CLERK).screen_with("form_drop")["form_drop"][0])

    def _ids_of(self, act: str) -> list[int]:
        codes = [
            key.data or "" for m in self.hands(self.head).messages for row in m.rows for key in row
        ]
        return [int(code.split(":")[2]) for code in codes if code.startswith(f"1:{act}:")]

    async def opens(self, subject: str, text: str = "", *, deadline: datetime | None = None) -> int:
        """A matter asked for and approved: the forms are out."""
        matter = await self.asks(subject, text, deadline=deadline)
        await self.hands(self.head).press("approve", matter)
        return matter

    def form(self, account: int, matter: int) -> Message:
        """The member's form of a matter, or the question for words that stands in its place."""
        hands = self.hands(account)
        shown = [hands.shows(a, matter) for a in ("ack", "edit", "text")]
        shown += [hands.shows("reply", matter, "approve"), hands.shows("form", matter)]
        found = next((m for m in shown if m is not None), None)
        assert found is not None, f"{account} has no form of {matter}"
        return found

    def presses(self, account: int, act: str, *args: str | int, on: Message | None = None) -> None:
        """A press nobody waits for."""
        message = on or self.hands(account).messages[-1]
        self.stage.world.press(account, message.message_id, encode(action(act, *args)))

    async def replies(self, account: int, matter: int, choice: str = "approve") -> Seen:
        """A press on a choice, and its answer."""
        return await self.hands(account).try_press("reply", matter, choice)

    async def verified(self) -> Verification:
        """What the whole store says of itself; everything must hold."""
        found = await verify(self.stage.bot.context)
        assert found.holds, found
        return found


@asynccontextmanager
async def committee(
    folder: Path,
    size: int,
    *,
    regulation: str = "quang_ngai",
    real_time: bool = False,
    start: datetime = START,
    database: str | None = None,
    intake: Kind | Address = "polling",
) -> AsyncIterator[Committee]:
    """A committee on a stage of its own, on a clock that is moved or that flows; in a file, or on a server."""
    start = SystemClock().now() if real_time else start
    stage = Sandbox(folder, start, running=real_time, database=database, intake=intake)
    async with stage:
        made = Committee(stage, size, regulation)
        await made.found()
        yield made
