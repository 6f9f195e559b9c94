"""Answers that cannot be dated, because the bot was away over the due moment: which they are, what they may mean.

What they come to is judged in `outcome`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bot.consultations.rules.consultation import ActKind, Consultation, Reply
from bot.consultations.rules.due import closes_at, ended_by_objection_of
from bot.regulations.rules.regulation import OutagePresses


class Dating(StrEnum):
    """How an answer that cannot be dated was taken."""

    OPEN = "open"
    """Nobody has decided: it closes only where that makes no difference."""
    COUNTED = "counted"
    LEFT_OUT = "left_out"


DECISIONS = {
    ActKind.COUNT_UNDATABLE: Dating.COUNTED,
    ActKind.LEAVE_OUT_UNDATABLE: Dating.LEFT_OUT,
}
SETTINGS = {
    OutagePresses.HOLD: Dating.OPEN,
    OutagePresses.COUNT: Dating.COUNTED,
    OutagePresses.LEAVE_OUT: Dating.LEFT_OUT,
}


def undatable(consultation: Consultation) -> Mapping[int, tuple[Reply, ...]]:
    """Of each member the answers that may have been pressed in time or late, as if not made (5.5).

    Only those that no answer of a known moment follows: that one takes their place.
    """
    pressed = [reply for reply in consultation.own_replies if reply.latest is not None]
    if not pressed:
        return {}
    due = closes_at(consultation)
    found: dict[int, tuple[Reply, ...]] = {}
    for reply in consultation.own_replies:
        if reply.latest is not None and reply.at <= due < reply.latest:
            found[reply.person] = (*found.get(reply.person, ()), reply)
        else:
            found.pop(reply.person, None)
    return found


def dating(consultation: Consultation, reply: Reply) -> Dating:
    """How one of these is taken: as the officer decided once it was in, else as the committee has set.

    One that may have taken back an objection, before or after that ended the matter, did not: it had stood.
    """
    if ended_by_objection_of(consultation, reply.person):
        return Dating.LEFT_OUT
    decided = [
        DECISIONS[act.kind]
        for act in consultation.acts
        if act.kind in DECISIONS and reply.latest is not None and act.at >= reply.latest
    ]
    return decided[-1] if decided else SETTINGS[consultation.rules.outage_presses]


def answers(consultation: Consultation) -> Mapping[int, Reply]:
    """The answer of each member that counts: the last one, those left out apart (5.3, 5.5)."""
    left_out = {
        reply
        for replies in undatable(consultation).values()
        for reply in replies
        if dating(consultation, reply) is Dating.LEFT_OUT
    }
    if not left_out:
        return consultation.last_replies
    return {reply.person: reply for reply in consultation.own_replies if reply not in left_out}


def readings(consultation: Consultation) -> Mapping[int, tuple[Reply | None, ...]]:
    """Of each member with an undecided answer what may count: the one before it, or none, and each of these."""
    open_ones = {
        person: replies
        for person, replies in undatable(consultation).items()
        if dating(consultation, replies[-1]) is Dating.OPEN
    }
    if not open_ones:
        return {}
    known = {r.person: r for r in consultation.own_replies if r not in open_ones.get(r.person, ())}
    return {person: (known.get(person), *replies) for person, replies in open_ones.items()}
