"""Committees for tests of services: founded through the door, on a real file and a clock that is moved."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.db import approvals, people
from bot.db.approvals import State
from bot.db.schema import outbox, register
from bot.founding import Founded, found
from bot.kit.unit import Context
from bot.people import joining
from bot.people.joining import Joined
from bot.people.rules.founding import Founding, Newcomer, SeatWanted
from bot.people.rules.people import Person, Role
from bot.places import regulations_dir
from bot.regulations.loader import parse
from bot.regulations.rules.regulation import Regulation
from bot.values.refusal import Refusal, Refused

START = datetime(2026, 3, 2, 1, tzinfo=UTC)  # 8 giờ, thứ Hai
HOUR = timedelta(hours=1)
LINK = "https://t.me/dongthuan_thu_bot"

HEAD, DEPUTY, CUONGS, CLERK, STRANGER, NEW_PHONE = 101, 102, 103, 105, 999, 777
"""Accounts: of An, Bình, Cường and Văn, of nobody, and of somebody's new telephone."""
MAI = "Đỗ Thị Mai"
KHACH, KHACHS = "Lý Văn Khách", 106
"""A guest of some meetings, and the account of this guest."""
AN, BINH, CUONG, DUNG, VAN = (
    "Nguyễn Văn An",
    "Trần Thị Bình",
    "Lê Văn Cường",
    "Hoàng Văn Dũng",
    "Phạm Thị Văn",
)


def member(name: str, office: str = "member", body: str = "dang_doan") -> Newcomer:
    return Newcomer(name, Role.MEMBER, (SeatWanted(body, office),))


def clerk(name: str = VAN) -> Newcomer:
    return Newcomer(name, Role.CLERK)


FIVE = (member(AN, "secretary"), member(BINH, "deputy"), member(CUONG), member(DUNG), clerk())


def founding(
    newcomers: Iterable[Newcomer] = FIVE,
    name: str = "Đảng đoàn Liên hiệp Hội tỉnh Thử nghiệm",
    regulation: str = "quang_ngai",
) -> Founding:
    """A founding in which every assumption is confirmed as the regulation gives it."""
    path = regulations_dir() / f"{regulation}.toml"
    text = path.read_text(encoding="utf-8")
    confirmed = frozenset(setting.name for setting in parse(text, path.name).settings)
    return Founding(name, path.name, text, tuple(newcomers), confirmed=confirmed)


def without(plan: Founding, *names: str) -> Founding:
    return replace(plan, confirmed=plan.confirmed - set(names))


def regulation_of(plan: Founding) -> Regulation:
    return parse(plan.regulation_text, plan.regulation_name)


async def join(context: Context, account: int, token: str, at: datetime) -> Joined | Refusal:
    """What comes of opening the bot by an invitation."""
    try:
        return await joining.join(context, account, token, at)
    except Refused as no:
        return no.refusal


class House:
    """One bot with the committees founded in it; what people would see is read from the outbox."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.tokens: dict[str, str] = {}
        self.ids: dict[str, int] = {}

    async def found(self, plan: Founding) -> Founded:
        founded = await found(self.context, plan)
        assert isinstance(founded, Founded), founded
        for invitation in founded.invitations:
            self.tokens[invitation.person.name] = token_of(invitation.link)
            self.ids[invitation.person.name] = invitation.person.id
        return founded

    async def joins(self, name: str, account: int) -> None:
        joined = await join(self.context, account, self.tokens[name], self.context.clock.now())
        assert isinstance(joined, Joined), joined

    async def heard(self, account: int) -> list[str]:
        """Every text on its way to an account, in order."""
        async with self.context.look() as work:
            rows = select(outbox.c.text).where(outbox.c.chat_id == account).order_by(outbox.c.id)
            return list((await work.tx.execute(rows)).scalars())

    async def person(self, name: str, committee: int) -> Person | None:
        """Somebody by name, unless retired."""
        async with self.context.look() as work:
            everybody = await people.of_committee(work.tx, committee)
        return next((p for p in everybody if p.name == name), None)

    async def last_link(self, account: int) -> str:
        """The token of the last invitation sent to an account."""
        for text in reversed(await self.heard(account)):
            found = re.search(re.escape(LINK) + r"\?start=([\w-]{43})", text)
            if found:
                return found[1]
        raise AssertionError("no link was sent")

    async def acts(self, committee: int) -> list[tuple[str, str, str]]:
        """The register as (actor, act, subject)."""
        async with self.context.look() as work:
            lines = select(register).where(register.c.committee_id == committee)
            found = await work.tx.execute(lines.order_by(register.c.number))
            return [(row.actor, row.act, row.subject) for row in found]

    async def details(self, act: str) -> list[dict[str, object]]:
        """What the lines of the register tell that have this act."""
        async with self.context.look() as work:
            lines = select(register.c.detail).where(register.c.act == act)
            found = await work.tx.execute(lines.order_by(register.c.number))
            return [row.detail for row in found]


async def state(context: Context, request: int) -> State:
    """How a request for a second person's word stands."""
    async with context.look() as work:
        found = await approvals.request(work.tx, request)
    assert found is not None
    return found.state


def token_of(link: str) -> str:
    assert link.startswith(f"{LINK}?start=")
    return link.partition("?start=")[2]
