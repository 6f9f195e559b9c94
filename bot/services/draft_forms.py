"""What every form kept as a draft shares: whose it is, its answers, its end. No question lives here."""

from __future__ import annotations

from typing import Any

from bot.domain.people import Person
from bot.domain.refusal import NO_RIGHT, Refusal
from bot.services import actors
from bot.services.desk import Work
from bot.store import drafts
from bot.store.drafts import Draft


async def begun(
    work: Work, person: Person, kind: str, fields: dict[str, Any], *, anew: bool = False
) -> Draft:
    """The form of that kind this person left unfinished, or a new one; `anew` drops the old one."""
    draft = await drafts.latest(work.tx, person.id, kind)
    if draft is not None and not anew:
        return draft
    if draft is not None:
        await drafts.end(work.tx, draft.id, work.now)
    new = await drafts.add(work.tx, person.committee, person.id, kind, fields, work.now)
    return await _there(work, new)


async def own(
    work: Work, account: int, draft_id: int, *kinds: str
) -> tuple[Person, Draft] | Refusal:
    """The form, and whose it is; nobody else opens it, and one sent or dropped is gone."""
    draft = await drafts.get(work.tx, draft_id)
    if draft is None or draft.kind not in kinds:
        return Refusal("draft_gone")
    person = await actors.in_committee(work, account, draft.committee)
    if person is None or person.id != draft.person:
        return NO_RIGHT
    return person, draft


async def kept(work: Work, draft: Draft, fields: dict[str, Any]) -> Draft:
    """The form with these answers from now on."""
    await drafts.fill(work.tx, draft, fields, work.now)
    return await _there(work, draft.id)


async def ended(work: Work, account: int, draft_id: int) -> None:
    """The form is sent or put aside; nothing more is awaited for it."""
    await drafts.end(work.tx, draft_id, work.now)
    await drafts.answered(work.tx, account)


async def _there(work: Work, draft_id: int) -> Draft:
    draft = await drafts.get(work.tx, draft_id)
    if draft is None:
        raise LookupError(f"draft {draft_id} is gone")
    return draft
