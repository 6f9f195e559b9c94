"""How a vote is prepared on the head's phone: its kind, its form, the names of a list. It is opened in `poll`."""

from __future__ import annotations

from typing import Any

from bot.domain.card import Answer
from bot.domain.matter import Matter
from bot.domain.refusal import NO_RIGHT, Refusal, faulty
from bot.domain.texts import TextFault, clean_line
from bot.domain.vote import MOST_NAMES, NAME_LIMIT, VoteKind
from bot.domain.vote_rights import Wanted, may_open
from bot.services import actors
from bot.services.cards.meetings import votes as cards
from bot.services.desk import Desk, Work
from bot.services.meetings import poll, vote_floor
from bot.services.meetings.telling import about
from bot.store import drafts, people
from bot.store.ballot_keys import KeyNotKeptError
from bot.store.drafts import Draft

DRAFT = "vote"
FORMS = {"open": False, "secret": True}


async def choose(
    desk: Desk, account: int, item_id: int, matter: Matter | None = None
) -> Answer | Refusal:
    """What can be voted on this item, in which form."""
    found = await poll.may_begin(desk, account, item_id)
    if isinstance(found, Refusal):
        return found
    standing, item = found
    card = cards.chooser(desk.say, standing.meeting, item, matter or item.matter)
    return Answer(card, about=about(standing.meeting.id))


async def choose_matter(desk: Desk, account: int, item_id: int) -> Answer | Refusal:
    """Another kind of matter than the agenda says."""
    found = await poll.may_begin(desk, account, item_id)
    if isinstance(found, Refusal):
        return found
    standing, item = found
    return Answer(cards.matters(desk.say, standing.meeting, item), about=about(standing.meeting.id))


async def take(desk: Desk, account: int, item_id: int, wanted: Wanted) -> Answer | Refusal:
    """The kind and form chosen: a vote to approve opens at once, a list asks for its names."""
    if wanted.kind is VoteKind.APPROVE:
        return await poll.begin(desk, account, item_id, wanted)
    found = await poll.may_begin(desk, account, item_id, wanted)
    if isinstance(found, Refusal):
        return found
    standing, item = found
    ref = {"item": item_id, **_plain(wanted)}
    async with desk.work() as work:
        await drafts.await_words(work.tx, account, "vote_names", ref, work.now)
    card = cards.asks_names(desk.say, item, wanted.kind, MOST_NAMES)
    return Answer(card, about=about(standing.meeting.id))


async def names(desk: Desk, account: int, ref: dict[str, Any], text: str) -> Answer | Refusal:
    """The names, one a line: shown once more before the vote opens."""
    listed = _names(text)
    if isinstance(listed, TextFault):
        return faulty(listed)
    wanted = _wanted({**ref, "names": listed})
    async with desk.work() as work:
        found = await vote_floor.before_item(work, account, ref["item"])
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
    card = cards.preview(desk.say, standing.meeting, item, wanted, draft)
    return Answer(card, about=about(standing.meeting.id))


async def go(desk: Desk, account: int, draft_id: int) -> Answer | Refusal:
    """Open the vote on the list as it was shown; a second press finds nothing left to open."""
    try:
        async with desk.work() as work:
            return await _go(work, account, draft_id)
    except KeyNotKeptError:  # nothing of the vote was committed
        return Refusal("ballot_no_key")


async def _go(work: Work, account: int, draft_id: int) -> Answer | Refusal:
    draft = await _own(work, account, draft_id)
    if isinstance(draft, Refusal):
        return draft
    found = await vote_floor.before_item(work, account, draft.fields["item"])
    if isinstance(found, Refusal):
        return found
    standing, item = found
    answer = await poll.begin_in(work, standing, item, _wanted(draft.fields))
    if not isinstance(answer, Refusal):
        await drafts.end(work.tx, draft.id, work.now)
    return answer


async def _own(work: Work, account: int, draft_id: int) -> Draft | Refusal:
    draft = await drafts.get(work.tx, draft_id)
    if draft is None or draft.kind != DRAFT:
        return Refusal("stale_question")
    person = await people.person(work.tx, draft.person)
    acting = await actors.in_committee(work, account, draft.committee)
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
