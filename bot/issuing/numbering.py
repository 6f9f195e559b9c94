"""Numbers of papers: taken when the office says so, skipped and dropped with a reason, listed by type."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.db.notice import Card
from bot.issuing import access, cards, store
from bot.issuing.access import Desk
from bot.issuing.rules.letterhead import Paper
from bot.issuing.rules.numbers import Entry, may_drop, may_number, next_number
from bot.issuing.store import TermRow
from bot.issuing.subjects import SUBJECTS, Issued
from bot.kit.act import act, press
from bot.kit.ask import Given, Words
from bot.kit.notify import reference
from bot.kit.screen import Screen
from bot.kit.taps import MalformedPressError, Tap
from bot.kit.unit import Context, UnitOfWork
from bot.people import face as people
from bot.people.face import Office
from bot.values.limits import SHORT_REASON_LIMIT
from bot.values.moments import in_viet_nam
from bot.values.refusal import NO_RIGHT, Refusal, Refused, refuse, require


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper about something, before somebody of the office of its body."""

    desk: Desk
    subject: str
    issued: Issued
    paper: Paper

    @property
    def symbol(self) -> str:
        """The symbol of the paper now."""
        return self.desk.symbol(self.paper)


async def _issued(work: UnitOfWork, tap: Tap) -> tuple[Desk, str, Issued]:
    """The thing that a button names, with its reference; whoever is not of the office learns nothing."""
    kind, of = tap.word(0), tap.number(1)
    if kind not in SUBJECTS:
        raise MalformedPressError
    issued = await SUBJECTS[kind](work, of)
    if issued is None:
        raise Refused(NO_RIGHT)
    desk = await access.desk(work, tap.account, issued.committee, issued.body)
    return desk, reference(kind, of), issued


async def _wanted(work: UnitOfWork, tap: Tap) -> Wanted:
    """The paper that a button names."""
    paper = tap.one_of(2, Paper)
    return Wanted(*await _issued(work, tap), paper)


async def _taken(work: UnitOfWork, wanted: Wanted) -> Entry | None:
    """The number that the paper bears already."""
    found = await store.of_subject(work.tx, wanted.desk.committee, wanted.subject)
    return next((each for each in found if each.paper is wanted.paper and each.stands), None)


async def _row(work: UnitOfWork, desk: Desk, paper: Paper) -> TermRow:
    return await access.row_of(work, desk.committee, desk.body.id, desk.symbol(paper))


async def _next(work: UnitOfWork, desk: Desk, paper: Paper) -> int:
    row = await _row(work, desk, paper)
    return next_number(await store.of_row(work.tx, row), desk.first(paper))


@press("number")
async def ask(context: Context, tap: Tap) -> Screen:
    """The number that a paper bears, else which would come next, to be taken by a further press."""
    async with context.look() as work:
        wanted = await _wanted(work, tap)
        return await _asked(work, wanted)


async def _asked(work: UnitOfWork, wanted: Wanted, passed: int = 0) -> Screen:
    """The question; `passed` is a number that was offered before, and that another paper bears now."""
    entry = await _taken(work, wanted)
    if entry is not None:
        return Screen(cards.number(work.say, entry, wanted.issued))
    number = await _may_take(work, wanted)
    offered = cards.Offered(
        wanted.subject,
        wanted.issued.title,
        wanted.paper,
        wanted.symbol,
        wanted.paper in wanted.issued.by_hand,
    )
    return Screen(cards.asks_number(work.say, offered, number, passed))


async def _may_take(work: UnitOfWork, wanted: Wanted) -> int:
    """The number that would come next; refused where there is no such paper now, or it bears none."""
    if wanted.paper not in wanted.issued.papers:
        refuse("issuing_not_yet", paper=wanted.paper.value)
    number = await _next(work, wanted.desk, wanted.paper)
    require(may_number(wanted.symbol, number))
    return number


@press("number_take")
async def take(context: Context, tap: Tap) -> Screen:
    """Take the number that was offered; where somebody else took it meanwhile, the next one is offered."""
    offered = tap.number(3)
    async with context.work() as work:
        wanted = await _wanted(work, tap)
        if await _taken(work, wanted) is not None:
            return await _asked(work, wanted)
        number = await _may_take(work, wanted)
        if number != offered:
            return await _asked(work, wanted, passed=offered)
        entry = await _enter(work, wanted.desk, wanted.paper, number, wanted)
        return Screen(
            cards.number(work.say, entry, wanted.issued), work.say.label("toast.number_taken")
        )


async def _enter(
    work: UnitOfWork,
    desk: Desk,
    paper: Paper,
    number: int,
    wanted: Wanted | None = None,
    reason: str = "",
) -> Entry:
    """Enter a number with its line: taken for what is wanted, else skipped for a reason."""
    row, symbol = await _row(work, desk, paper), desk.symbol(paper)
    entry = Entry(
        id=0,
        committee=desk.committee,
        body=desk.body.id,
        kind=row.kind,
        number=number,
        symbol=symbol,
        paper=wanted.paper if wanted else None,
        subject=wanted.subject if wanted else "",
        title=wanted.issued.title if wanted else "",
        on=in_viet_nam(work.now).date(),
        by=desk.person.id,
        reason=reason,
    )
    line = desk.line("number_taken" if wanted else "number_skipped", _told(entry))
    if wanted is not None:
        line = replace(line, subject=wanted.subject)
    return replace(entry, id=await work.write(store.take(row, entry), line))


def _told(entry: Entry) -> dict[str, object]:
    """A number as a line of the register tells it."""
    return {
        "body": entry.body,
        "number": entry.number,
        "symbol": entry.symbol,
        "paper": entry.paper.value if entry.paper else "",
        "reason": entry.reason,
    }


# --- a gap, explained ------------------------------------------------------------------------


async def _ask_skip(work: UnitOfWork, office: Office, args: tuple[str, ...], _page: int) -> Screen:
    desk, paper = await _row_meant(work, office, args[1], args[2])
    number = await _next(work, desk, paper)
    return Screen(cards.asks_skip(work.say, desk, paper, number))


async def _row_meant(work: UnitOfWork, office: Office, body: str, paper: str) -> tuple[Desk, Paper]:
    """The row that a button names; a paper without a symbol has none."""
    if paper not in set(Paper):
        raise MalformedPressError
    desk = await access.desk_for(work, office, body)
    require(may_number(desk.symbol(Paper(paper)), 1))
    return desk, Paper(paper)


@act(
    "number_skip",
    find=people.office_of,
    needs=(Given(), Given(), Words(_ask_skip, SHORT_REASON_LIMIT)),
)
async def skip(
    work: UnitOfWork, office: Office, _at: datetime, body: str, paper: str, reason: str
) -> Screen:
    """Skip the next number of a row, such as one given outside the bot; the reason stays beside it."""
    desk, of = await _row_meant(work, office, body, paper)
    number = await _next(work, desk, of)
    require(may_number(desk.symbol(of), number))
    await _enter(work, desk, of, number, reason=reason)
    return Screen(await _listed(work, desk, of), work.say.label("toast.number_skipped"))


@dataclass(frozen=True, slots=True)
class Before:
    """A number before somebody of the office of its body."""

    desk: Desk
    entry: Entry


async def _find(work: UnitOfWork, account: int, number_id: int) -> Before:
    entry = await store.number(work.tx, number_id)
    if entry is None:
        raise Refused(NO_RIGHT)
    return Before(await access.desk(work, account, entry.committee, entry.body), entry)


def _may_drop(before: Before, _at: datetime) -> Refusal | None:
    return may_drop(before.entry)


async def _ask_drop(work: UnitOfWork, before: Before, _args: tuple[str, ...], _page: int) -> Screen:
    return Screen(cards.asks_drop(work.say, before.entry))


@act(
    "number_drop",
    find=_find,
    may=_may_drop,
    needs=(Words(_ask_drop, SHORT_REASON_LIMIT),),
)
async def drop(work: UnitOfWork, before: Before, at: datetime, reason: str) -> Screen:
    """The paper that bears the number is dropped, for a reason; the number is given to no other paper."""
    entry = replace(before.entry, reason=reason, dropped_at=at)
    line = replace(before.desk.line("number_dropped", _told(entry)), subject=entry.subject)
    await work.write(store.drop(entry.id, reason, at), line)
    return Screen(await _shown(work, entry), work.say.label("toast.number_dropped"))


# --- looked at -------------------------------------------------------------------------------


@press("number_one")
async def show(context: Context, tap: Tap) -> Screen:
    """One number: what bears it, or why nothing does."""
    async with context.look() as work:
        before = await _find(work, tap.account, tap.number(0))
        return Screen(await _shown(work, before.entry))


async def _shown(work: UnitOfWork, entry: Entry) -> Card:
    """A number with what it is about, where that is still there."""
    kind, _, of = entry.subject.partition(":")
    issued = await SUBJECTS[kind](work, int(of)) if kind in SUBJECTS else None
    return cards.number(work.say, entry, issued)


@press("number_row")
async def page(context: Context, tap: Tap) -> Screen:
    """A page of the numbers of one type through the term, the newest first."""
    async with context.look() as work:
        office = await people.office_of(work, tap.account, tap.number(0))
        desk, paper = await _row_meant(work, office, tap.word(1), tap.word(2))
        return Screen(await _listed(work, desk, paper, tap.page(3)))


async def _listed(work: UnitOfWork, desk: Desk, paper: Paper, number: int = 0) -> Card:
    row = await _row(work, desk, paper)
    entries = await store.of_row(work.tx, row)
    following = next_number(entries, desk.first(paper))
    book = cards.Book(paper, row.since, entries, following)
    return cards.row(work.say, desk, book, number)
