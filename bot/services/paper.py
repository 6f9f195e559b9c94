"""Papers beside the phone: a delivery by hand, a reply on paper. They count as any other."""

from __future__ import annotations

from datetime import datetime

from bot.domain.consultation import Choice, Receipt, Reply
from bot.domain.people import Person
from bot.domain.refusal import Refusal
from bot.domain.regulation import Strength
from bot.domain.rights import may_record_delivery, may_record_reply, may_use_words
from bot.services import announcements, schedule
from bot.services.desk import Desk, Work
from bot.services.replies import subject
from bot.services.steering import Officer, again, running_for
from bot.store import consultations, drafts, people


async def record_delivery(
    desk: Desk, account: int, consultation_id: int, of: int, at: datetime
) -> Receipt | Refusal:
    """The clerk records that the paper was handed over: when and by whom; that member's clock starts."""
    async with desk.work() as work:
        officer = await running_for(work, account, consultation_id)
        if isinstance(officer, Refusal):
            return officer
        refusal = may_record_delivery(officer.dossier.running, officer.rights, of, at)
        if refusal:
            return refusal
        receipt = Receipt(of, Strength.RECORDED, at)
        await consultations.add_receipt(
            work.tx, officer.dossier.id, receipt, recorded_by=officer.person.id
        )
        dossier = await again(work, officer)
        detail = {"of": of, "at": at.isoformat()}
        await work.record(dossier.committee, officer.person, "delivery", subject(dossier), detail)
        member = await people.person(work.tx, of)
        await announcements.act_done(work, dossier, "delivery", by=officer.person, of=member)
        await schedule.arrange(work, dossier.running)
        return receipt


async def record_reply(
    desk: Desk,
    account: int,
    consultation_id: int,
    of: int,
    choice: Choice,
    words: str,
    *,
    at: datetime,
    photo: bytes | None = None,
) -> Reply | Refusal:
    """The clerk records a paper reply, which counts as any other; who must know of it is told."""
    async with desk.work() as work:
        officer = await running_for(work, account, consultation_id)
        if isinstance(officer, Refusal):
            return officer
        refusal = may_record_reply(officer.dossier.running, officer.rights, of, at)
        refusal = refusal or may_use_words(choice, words)
        member = await people.person(work.tx, of)
        if refusal or member is None:
            return refusal or Refusal("not_on_roll")
        reply = Reply(of, choice, at, words=words.strip(), on_paper=True)
        await _enter(work, officer, member, reply, photo)
        return reply


async def _enter(
    work: Work, officer: Officer, member: Person, reply: Reply, photo: bytes | None
) -> None:
    sha256 = await drafts.keep_blob(work.tx, photo) if photo else None
    await consultations.add_reply(
        work.tx,
        officer.dossier.id,
        reply,
        received_at=work.now,
        entered_by=officer.person.id,
        photo_sha256=sha256,
    )
    dossier = await again(work, officer)
    detail = {"of": member.id, "choice": reply.choice.value, "words": reply.words, "photo": sha256}
    await work.record(dossier.committee, officer.person, "paper_reply", subject(dossier), detail)
    await announcements.paper_reply(work, dossier, member, officer.person, reply)
    await announcements.refresh(work, dossier, member.id)
    await schedule.arrange(work, dossier.running)
