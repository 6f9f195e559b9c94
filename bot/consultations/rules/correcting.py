"""What may still be changed of a consultation's papers: before the approval much, afterwards only papers added."""

from __future__ import annotations

from datetime import datetime

from bot.consultations.rules.consultation import Consultation
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.rights import may_assist
from bot.people.rules.acting import Standing
from bot.values.action import action
from bot.values.refusal import NO_RIGHT, Refusal


def refuse_settled(dossier: Dossier) -> Refusal | None:
    """A request that does not wait for the head any more: declined, taken back, approved, or sent back."""
    if dossier.declined or dossier.recalled:
        return Refusal("declined_already" if dossier.declined else "recalled_already")
    if dossier.opened_at is not None:
        way = action("dash", dossier.id)
        return Refusal("approved_already", instead="extend_withdraw", button=way)
    return Refusal("sent_back_already") if dossier.sent_back else None


def may_correct(dossier: Dossier, rights: Standing) -> Refusal | None:
    """Clerk and head correct a request while it waits for approval; with the opening all of it is frozen."""
    return refuse_settled(dossier) if rights.office else NO_RIGHT


def may_reopen(dossier: Dossier, *, clerk: bool) -> Refusal | None:
    """A clerk takes up again what the head has sent back, until it is submitted again or taken back."""
    if not clerk:
        return NO_RIGHT
    refusal = refuse_settled(dossier)
    if refusal is None:
        return Refusal("submitted_again")
    return refusal if refusal.kind != "sent_back_already" else None


def may_add_file(running: Consultation, rights: Standing, at: datetime) -> Refusal | None:
    """Clerk and head add papers to what runs, until the close; who has answered may change the answer (5.3)."""
    return may_assist(running, rights, at)
