"""How a vote is prepared on the head's phone: its kind, its form, the names of a list. It is opened in `poll`."""

from __future__ import annotations

from typing import Any

from bot.db import drafts, people
from bot.db.ballot_keys import KeyNotKeptError
from bot.db.drafts import Draft
from bot.kit import access as kit_access
from bot.kit.screen import Screen
from bot.kit.unit import Context, UnitOfWork
from bot.meetings.notify import about
from bot.regulations.rules.terms import Matter
from bot.values.refusal import NO_RIGHT, Refusal, faulty
from bot.values.texts import TextFault, clean_line
from bot.votes import access as votes_access
from bot.votes import cards, polling
from bot.votes.rules.rights import Wanted, may_open
from bot.votes.rules.vote import MOST_NAMES, NAME_LIMIT, VoteKind

DRAFT = "vote"
FORMS = {"open": False, "secret": True}


async def choose(
    context: Context, account: int, item_id: int, matter: Matter | None = None
) -> Screen | Refusal:
    """What can be voted on this item, in which form."""
    found = await polling.may_begin(context, account, item_id)
    if isinstance(found, Refusal):
        return found
    standing, item = found
    card = cards.chooser(context.say, standing.meeting, item, matter or item.matter)
    return Screen(card, about=about(standing.meeting.id))


async def choose_matter(context: Context, account: int, item_id: int) -> Screen | Refusal:
    """Another kind of matter than the agenda says."""
    found = await polling.may_begin(context, account, item_id)
    if isinstance(found, Refusal):
        return found
    standing, item = found
    return Screen(
        cards.matters(context.say, standing.meeting, item), about=about(standing.meeting.id)
    )


async def take(context: Context, account: int, item_id: int, wanted: Wanted) -> Screen | Refusal:
    """The kind and form chosen: a vote to approve opens at once, a list asks for its names."""
    if wanted.kind is VoteKind.APPROVE:
        return await polling.begin(context, account, item_id, wanted)
    found = await polling.may_begin(context, account, item_id, wanted)
    if isinstance(found, Refusal):
        return found
    standing, item = found
    ref = {"item": item_id, **_plain(wanted)}
    async with context.work() as work:
        await drafts.await_words(work.tx, account, "vote_names", ref, work.now)
    card = cards.asks_names(context.say, item, wanted.kind, MOST_NAMES)
    return Screen(card, about=about(standing.meeting.id))


async def names(context: Context, account: int, ref: dict[str, Any], text: str) -> Screen | Refusal:
    """The names, one a line: shown once more before the vote opens."""
    listed = _names(text)
    if isinstance(listed, TextFault):
        return faulty(listed)
    wanted = _wanted({**ref, "names": listed})
    async with context.work() as work:
        found = await votes_access.before_item(work, account, ref["item"])
        if isinstance(found, Refusal):
            return found
        standing, item = found
        refusal = may_open(standing.meeting, item, wanted, head=standing.head)
        if refusal:
            return refusal
        await drafts.answered(work.tx, account)
        person = standing.person
        fields = {"item": item.id, **_plain(wanted)}
        draft = await drafts.add(work.tx, person.committee, person.id, DRAFT, fields, work.now)
    card = cards.preview(context.say, standing.meeting, item, wanted, draft)
    return Screen(card, about=about(standing.meeting.id))


async def go(context: Context, account: int, draft_id: int) -> Screen | Refusal:
    """Open the vote on the list as it was shown; a second press finds nothing left to open."""
    try:
        async with context.work() as work:
            return await _go(work, account, draft_id)
    except KeyNotKeptError:  # nothing of the vote was committed
        return Refusal("ballot_no_key")


async def _go(work: UnitOfWork, account: int, draft_id: int) -> Screen | Refusal:
    draft = await _own(work, account, draft_id)
    if isinstance(draft, Refusal):
        return draft
    found = await votes_access.before_item(work, account, draft.fields["item"])
    if isinstance(found, Refusal):
        return found
    standing, item = found
    answer = await polling.begin_in(work, standing, item, _wanted(draft.fields))
    if not isinstance(answer, Refusal):
        await drafts.end(work.tx, draft.id, work.now)
    return answer


async def _own(work: UnitOfWork, account: int, draft_id: int) -> Draft | Refusal:
    draft = await drafts.get(work.tx, draft_id)
    if draft is None or draft.kind != DRAFT:
        return Refusal("stale_question")
    person = await people.person(work.tx, draft.person)
    acting = await kit_access.in_committee(work, account, draft.committee)
    return draft if person and acting and person.id == acting.id else NO_RIGHT


def _plain(wanted: Wanted) -> dict[str, Any]:
    return {
        "matter": wanted.matter.value,
        "kind": wanted.kind.value,
        "secret": wanted.secret,
        "names": list(wanted.names),
    }


def _wanted(fields: dict[str, Any]) -> Wanted:
    kind, matter = VoteKind(fields["kind"]), Matter(fields["matter"])
    return Wanted(kind, fields["secret"], matter, tuple(fields["names"]))


def _names(text: str) -> list[str] | TextFault:
    """One name a line, without the numbers or dashes people put before them; empty lines do not count."""
    found: list[str] = []
    for line in text.splitlines():
        name = clean_line(line.strip().lstrip("-–•0123456789.) ").strip(), NAME_LIMIT)
        if isinstance(name, str):
            found.append(name)
        elif name.kind != "empty":
            return name
    return found
