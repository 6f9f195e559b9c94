"""A rule book amended from a day on: asked by the office, confirmed by a second person, in force at 00:00 of that day.

What is open keeps the rule book that it began with; what begins later takes the new one. The whole roll is told when
it is confirmed, and again when it is in force.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.committees.amending import cards, store
from bot.committees.amending.compared import Compared, compared
from bot.committees.amending.proposed import Proposed, base
from bot.committees.amending.store import AMEND, Amendment
from bot.committees.from_a_day import FromADay, enter, readable, tell_roll
from bot.committees.rules.amending import refuse_seats, refuse_since
from bot.committees.rules.difference import kept
from bot.db import people, rulebooks
from bot.db.approvals import Request
from bot.db.rulebooks import Turn
from bot.kit import seconding
from bot.kit.access import staff_changed
from bot.kit.act import press
from bot.kit.due import arrange_all
from bot.kit.notify import reference
from bot.kit.screen import Screen
from bot.kit.seconding_cards import Asked
from bot.kit.taps import Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.people import face
from bot.people.face import House
from bot.people.rules.people import Person
from bot.values.action import action
from bot.values.moments import in_viet_nam
from bot.values.refusal import Refusal, require
from bot.values.typed_days import PaperMark


@dataclass(frozen=True)
class Amending(FromADay):
    """Requests for another rule book, or for another value of a setting."""

    name: str = AMEND
    falls: str = "amendment"

    async def refuse_now(self, work: UnitOfWork, house: House, request: Request) -> Refusal | None:
        """What it goes out from still stands, and everybody has a place in it."""
        wanted = Amendment.of(request.content)
        if (await base(work, house.committee)).regulation.digest != wanted.before:
            return Refusal("amend_moved")
        now = await rulebooks.regulation(work.tx, wanted.rulebook)
        return refuse_seats(house.staff.everybody, now)

    def since(self, request: Request) -> date:
        """The day on which the committee begins to go by it."""
        return Amendment.of(request.content).since

    async def ahead(self, work: UnitOfWork, committee: int) -> Sequence[Request]:
        """What is confirmed and not in force yet."""
        return await store.ahead(work.tx, committee)

    async def take(self, work: UnitOfWork, request: Request) -> None:
        """The committee goes by the new rule book from now on; what recurs follows, and the whole roll is told."""
        await _take(work, request)

    async def refuse_calling_off(self, work: UnitOfWork, request: Request) -> Refusal | None:
        """Another amendment, asked or confirmed, goes out from this one; that is called off or decided first."""
        mine = Amendment.of(request.content)
        later = [
            *await store.ahead(work.tx, request.committee),
            *filter(None, [await store.waiting(work.tx, request.committee)]),
        ]
        for other in later:
            wanted = Amendment.of(other.content)
            if wanted.before == mine.rulebook and wanted.since > mine.since:
                return Refusal("call_off_built_on", values={"day": wanted.since})
        return None

    def heading(self, request: Request) -> str:
        """Where values alone are others, the text of the rule book stays as it is."""
        return self.name if Amendment.of(request.content).file else "amend_settings"

    async def asked(self, work: UnitOfWork, request: Request) -> Asked:
        """What would stand otherwise, its beginning, with the way to all of it."""
        wanted = Amendment.of(request.content)
        return cards.wish(work.say, await _books(work, wanted), wanted, request.id)


async def _books(work: UnitOfWork, wanted: Amendment) -> Compared:
    """The rule book that stands, and the one that would."""
    before = await rulebooks.regulation(work.tx, wanted.before)
    now = await rulebooks.regulation(work.tx, wanted.rulebook)
    return compared(before, now, await rulebooks.kept(work.tx, wanted.rulebook))


AMENDING = Amending()
enter(AMENDING, 5)


async def ask(
    work: UnitOfWork,
    asker: Person,
    proposed: Proposed,
    since: date,
    decision: PaperMark,
    actor: Person | None = None,
) -> Request:
    """Ask for it; refused where another one waits, and for a day that has passed or is another one's."""
    committee = await people.committee(work.tx, asker.committee)
    require(await refuse_another(work, committee.id))
    standing = await base(work, committee)
    require(refuse_since(since, in_viet_nam(work.now).date(), standing.ahead))
    require(await face.refuse_request(work, committee.id))
    before, now = standing.regulation.digest, proposed.regulation.digest
    wanted = Amendment(now, before, since, proposed.file)
    await _hand_in(work, actor or asker, proposed, before)
    asked = seconding.Wanted(AMEND, wanted.kept(), decision=decision)
    return await seconding.ask(work, asker, asked, actor)


async def _hand_in(work: UnitOfWork, actor: Person, proposed: Proposed, before: str) -> None:
    """Its text and values are kept, whatever becomes of it."""
    now, book = proposed.regulation, proposed.kept
    detail = {"regulation": now.id, "rulebook": now.digest, "before": before}
    about = reference("rulebook", now.digest[:12])
    line = Line(actor.committee, actor, "rulebook_handed_in", about, detail)
    await work.write(rulebooks.pin(now, book.name, book.text, book.settings), line)


async def refuse_another(work: UnitOfWork, committee: int) -> Refusal | None:
    """One amendment is decided before another is asked."""
    other = await store.waiting(work.tx, committee)
    if other is None:
        return None
    values = {"day": Amendment.of(other.content).since}
    return Refusal("amend_waiting", values=values, button=action("approval", other.id))


@press("amend_lines")
async def show_lines(context: Context, tap: Tap) -> Screen:
    """A page of all that it changes: for whoever has it to decide, and for the whole roll once it is confirmed."""
    async with context.look() as work:
        request, back = await readable(work, tap.account, tap.number(0), AMENDING)
        wanted = Amendment.of(request.content)
        lines = cards.Lines(await _books(work, wanted), request.id, back)
        return Screen(cards.all_lines(work.say, lines, tap.page(1)))


# --- when the day has come -------------------------------------------------------------------


async def _take(work: UnitOfWork, request: Request) -> None:
    wanted = Amendment.of(request.content)
    committee = await people.committee(work.tx, request.committee)
    before = await rulebooks.regulation(work.tx, committee.rulebook)
    now = await rulebooks.regulation(work.tx, wanted.rulebook)
    book = await rulebooks.kept(work.tx, wanted.rulebook)
    books = compared(before, now, book)
    turn = Turn(committee.id, before.digest, now.digest, wanted.since, work.now, request.id)
    line = Line(committee.id, None, "amended", reference("rulebook", now.digest[:12]), {
        "regulation": now.id,
        "rulebook": now.digest,
        "before": before.digest,
        "from": wanted.since.isoformat(),
        "request": request.id,
        **request.rests_on,
        "difference": [kept(each) for each in books.differences],
    })  # fmt: skip
    await work.write(people.take_rulebook(now, book, turn), line)
    await arrange_all(work, committee.id)
    await staff_changed.happened(work, committee.id)
    house = await face.house_of(work, committee.id)
    lost = refuse_seats(house.staff.everybody, now)
    asked = cards.wish(work.say, books, wanted, request.id)
    shown = cards.in_force(work.say, committee.name, asked, request, lost)
    await tell_roll(work, house, shown, f"amended:{request.id}")
