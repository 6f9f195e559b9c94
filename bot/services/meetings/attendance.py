"""Answers to invitations and consent to absences. What they come to is judged in the domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.card import Answer
from bot.domain.meeting import Mark, Noted
from bot.domain.meeting_rights import (
    may_answer,
    may_consent,
)
from bot.domain.refusal import NO_RIGHT, Refusal, faulty
from bot.domain.texts import TextFault, clean
from bot.services.cards.meetings import attendance as cards
from bot.services.desk import Desk, Work
from bot.services.meetings import floor, telling
from bot.services.meetings.floor import Floor
from bot.store import drafts, meetings, people

REASON_LIMIT = 2_000


def words_of(text: str) -> str | Refusal:
    """A reason or a conclusion, cleaned; an empty or endless one is refused."""
    words = clean(text, REASON_LIMIT)
    return faulty(words) if isinstance(words, TextFault) else words


# --- answers ---------------------------------------------------------------------------------


async def attend(desk: Desk, account: int, meeting_id: int, at: datetime) -> Answer | Refusal:
    """The person attends: noted until the meeting begins; the same answer twice is noted once."""
    async with desk.work() as work:
        found = await _may_answer(work, account, meeting_id, at)
        if isinstance(found, Refusal):
            return found
        answer = found.meeting.answer(found.person.id)
        if answer is None or answer.mark is not Mark.ATTEND:
            await note(work, found, found.person.id, Mark.ATTEND, at)
            await _withdrawn_absence(work, found, answer)
        await drafts.answered(work.tx, account)
    return _invitation(desk, found, "toast.attends")


async def _withdrawn_absence(work: Work, found: Floor, before: Noted | None) -> None:
    """The cards that asked for consent show that the member comes after all."""
    if before is not None and found.member:
        await telling.refresh_absence(work, found.meeting, found.person.id)


async def ask_reason(desk: Desk, account: int, meeting_id: int, at: datetime) -> Answer | Refusal:
    """The person will be absent: why is asked; nothing is noted until it is said."""
    async with desk.work() as work:
        found = await _may_answer(work, account, meeting_id, at)
        if isinstance(found, Refusal):
            return found
        await drafts.await_words(work.tx, account, "absent", {"meeting": meeting_id}, work.now)
    return Answer(
        cards.ask_absence(desk.say, found), about=telling.about(meeting_id), keeps_place=True
    )


async def absent(
    desk: Desk, account: int, meeting_id: int, reason: str, at: datetime
) -> Answer | Refusal:
    """The reason: the absence goes to the head for consent; a guest's and the head's own to nobody."""
    words = words_of(reason)
    if isinstance(words, Refusal):
        return words
    async with desk.work() as work:
        found = await _may_answer(work, account, meeting_id, at)
        if isinstance(found, Refusal):
            return found
        own = found.head and found.acting_for is None
        await note(work, found, found.person.id, Mark.ABSENT, at, words)
        if own and found.member:
            await note(work, found, found.person.id, Mark.CONSENT, at)
        elif found.member:
            await _ask_consent(work, found)
        await drafts.answered(work.tx, account)
    answer = _invitation(desk, found, "toast.absent")
    ways = (cards.head_absent(desk.say, found.meeting),) if own and found.member else ()
    return replace(answer, extra=ways)


async def _may_answer(work: Work, account: int, meeting_id: int, at: datetime) -> Floor | Refusal:
    found = await floor.before(work, account, meeting_id)
    if isinstance(found, Refusal):
        return found
    return may_answer(found.meeting, found.person.id, at) or found


def _invitation(desk: Desk, found: Floor, toast: str) -> Answer:
    return Answer(
        live=telling.invitation(found.meeting.id, found.person.id),
        toast=desk.say.label(toast) if toast else "",
        about=telling.about(found.meeting.id),
    )


async def note(
    work: Work, found: Floor, of: int, mark: Mark, at: datetime, reason: str = ""
) -> None:
    """The fact, its line in the register, and the cards that show it."""
    acts = found.person.id != of or mark in (Mark.CONSENT, Mark.REFUSE)
    acting_for = found.acting_for if acts else None
    await meetings.note(
        work.tx, found.meeting.id, Noted(of, mark, at, found.person.id, reason, acting_for)
    )
    detail: Mapping[str, object] = {"person": of, "reason": reason, "acting_for": acting_for}
    subject = telling.about(found.meeting.id)
    await work.record(found.meeting.committee, found.person, mark.value, subject, detail)
    await telling.refresh(work, found.meeting, of)


# --- consent ---------------------------------------------------------------------------------


async def _ask_consent(work: Work, found: Floor) -> None:
    """The head, and the delegate in force, get the card; whoever asks does not decide."""
    live = telling.absence(found.meeting.id, found.person.id)
    to = [p for p in await floor.chairs(work, found.meeting) if p.id != found.person.id]
    await telling.tell_live(work, to, live, f"{live}:{telling.stamp(work)}", found.meeting)
    await telling.refresh_absence(work, found.meeting, found.person.id)


async def show_absence(desk: Desk, account: int, meeting_id: int, of: int) -> Answer | Refusal:
    """The card that asks for consent, in place."""
    async with desk.look() as work:
        found = await floor.before(work, account, meeting_id)
    if isinstance(found, Refusal):
        return found
    if not found.office:
        return NO_RIGHT
    return Answer(live=telling.absence(meeting_id, of), about=telling.about(meeting_id))


async def may_refuse(desk: Desk, account: int, meeting_id: int, of: int) -> Answer | Refusal:
    """No consent: why may be said; nothing is noted until it is, or is left out."""
    async with desk.work() as work:
        found = await _may_consent(work, account, meeting_id, of)
        if isinstance(found, Refusal):
            return found
        ref = {"meeting": meeting_id, "of": of}
        await drafts.await_words(work.tx, account, "absence_no", ref, work.now)
    card = cards.ask_refusal(desk.say, found.meeting, of)
    return Answer(card, about=telling.about(meeting_id), keeps_place=True)


async def _may_consent(work: Work, account: int, meeting_id: int, of: int) -> Floor | Refusal:
    found = await floor.before(work, account, meeting_id)
    if isinstance(found, Refusal):
        return found
    return may_consent(found.meeting, found.standing, of) or found


async def decide_absence(
    desk: Desk,
    account: int,
    meeting_id: int,
    of: int,
    mark: Mark,
    *,
    at: datetime,
    reason: str = "",
) -> Answer | Refusal:
    """The head's word on an absence, and who spoke for whom; the member is told at once."""
    async with desk.work() as work:
        found = await _may_consent(work, account, meeting_id, of)
        if isinstance(found, Refusal):
            return found
        said = found.meeting.consent(of)
        if said is None or said.mark is not mark:
            await note(work, found, of, mark, at, reason)
            await telling.refresh_absence(work, found.meeting, of)
            await _tell_member(work, found, of, mark, reason)
        await drafts.answered(work.tx, account)
    toast = desk.say.label(f"toast.absence_{mark.value}")
    return Answer(
        live=telling.absence(meeting_id, of), toast=toast, about=telling.about(meeting_id)
    )


async def _tell_member(work: Work, found: Floor, of: int, mark: Mark, reason: str) -> None:
    member = await people.person(work.tx, of)
    if member is None:
        return
    by = await floor.named(work, found)
    card = cards.absence_answered(work.say, found.meeting, member, mark, reason, by)
    key = f"absence_answered:{found.meeting.id}:{telling.stamp(work)}"
    await telling.tell(work, [member], card, key, meeting=found.meeting)
