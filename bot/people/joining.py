"""Invitations and how they are taken: an account is tied to a named person once. No seat is given here."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.db import people, rulebooks
from bot.db.notice import ANSWER, Card
from bot.db.outbox import Outgoing
from bot.db.people import Committee
from bot.kit import speaking
from bot.kit.event import Event
from bot.kit.live import settled
from bot.kit.notify import notify, reference
from bot.kit.screen import Screen
from bot.kit.taps import Sent
from bot.kit.unit import Context, Line, UnitOfWork
from bot.people import cards, store
from bot.people.rules.people import Person
from bot.values.files import sha256_of
from bot.values.refusal import Refusal, refuse, require

LIFETIME = timedelta(hours=72)
"""How long an invitation opens the door."""
TOKEN_BYTES = 32
"""256 bits, written in 43 characters that a link may carry."""

within_reach: Event[int] = Event()
"""An account has joined, or let the bot in again: what waits for it goes out."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation at the only moment its link is known; kept is its hash alone."""

    person: Person
    link: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Joined:
    """A person tied to an account; `again` when it was so before."""

    person: Person
    committee: Committee
    again: bool = False


def token_hash(token: str) -> str:
    """What is kept of an invitation."""
    return sha256_of(token.encode())


def subject(person: Person) -> str:
    """How the register names a person."""
    return reference("person", person.id)


@settled.follow
async def _forget_link(work: UnitOfWork, row: Outgoing) -> None:
    """A link that was sent, or will never be, is forgotten here."""
    if row.kind == "invitation":
        await store.forget_link(work.tx, row.id)


async def invite(work: UnitOfWork, person: Person) -> Invitation:
    """A new invitation for this person; earlier ones open nothing any more."""
    await people.revoke_invitations(work.tx, person.id, work.now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    expires_at = work.now + LIFETIME
    await people.add_invitation(work.tx, token_hash(token), person.id, work.now, expires_at)
    return Invitation(person, f"{work.context.link}?start={token}", expires_at)


async def send_invitation(
    work: UnitOfWork,
    by: Person | None,
    to: Iterable[Person],
    person: Person,
) -> str:
    """A new invitation on its way to those who pass it on; gives its link, which is kept nowhere."""
    invitation = await invite(work, person)
    readers = [each for each in to if each.id != person.id]
    shown_to = sorted(each.id for each in readers)
    await work.record(person.committee, by, "invited", subject(person), {"shown_to": shown_to})

    def shown(reader: Person) -> Card:
        others = [each.name for each in readers if each.id != reader.id]
        return cards.invitation(work.say, person, invitation.link, invitation.expires_at, others)

    key = f"invitation:{token_hash(invitation.link)[:24]}"
    await notify(work, readers, shown, key, priority=ANSWER)
    return invitation.link


async def join(context: Context, account: int, token: str, at: datetime) -> Joined:
    """Tie the account to the invited person, welcome it and send the forms that wait.

    Refuses an invitation that is unknown, used, revoked, or expired at `at`; an account that is
    somebody else in this committee; a person who is tied to another account.
    """
    async with context.work() as work:
        person = await _invited(work, account, token, at)
        committee = await people.committee(work.tx, person.committee)
        if person.account == account:
            return Joined(person, committee, again=True)
        require(await _refuse_binding(work, person, account))
        spoken = await speaking.of_committee(work, committee.id)
        joined = await _bind(spoken, replace(person, account=account), account, token)
        await _welcome(spoken, joined, committee, token)
        await within_reach.happened(spoken, account)
        return Joined(joined, committee)


async def _invited(work: UnitOfWork, account: int, token: str, at: datetime) -> Person:
    found = await people.invitation(work.tx, token_hash(token))
    if found is None:
        refuse("invitation_unknown")
    person = await people.person(work.tx, found.person)
    if person is None or found.revoked_at is not None:
        refuse("invitation_revoked")
    if found.used_at is not None and person.account != account:
        refuse("invitation_used")
    if found.used_at is None and at > found.expires_at:
        refuse("invitation_expired", expired=found.expires_at)
    return person


async def _refuse_binding(work: UnitOfWork, person: Person, account: int) -> Refusal | None:
    if person.account is not None:
        return Refusal("person_bound")
    here = [p for p in await people.of_account(work.tx, account) if p.committee == person.committee]
    if here:
        return Refusal("account_seated", values={"name": here[0].name, "invited": person.name})
    return None


async def _bind(work: UnitOfWork, person: Person, account: int, token: str) -> Person:
    await people.add_account(work.tx, account, work.now)
    await people.set_blocked(work.tx, account, None)
    used = store.use_invitation(token_hash(token), work.now)
    line = Line(person.committee, person, "join", subject(person), {})
    await work.write(store.bind(person.id, account), line, used)
    return replace(person, reachable=True)


async def _welcome(work: UnitOfWork, person: Person, committee: Committee, token: str) -> None:
    """The welcome stands before the forms in the same chat, and on disk with the binding."""
    card = await _card(work, person, committee, again=False)
    await notify(work, [person], card, f"welcome:{token_hash(token)[:16]}", priority=ANSWER)


async def _card(work: UnitOfWork, person: Person, committee: Committee, *, again: bool) -> Card:
    regulation = await rulebooks.regulation(work.tx, committee.rulebook)
    return cards.welcome(work.say, person, committee.name, regulation, again=again)


async def joined(context: Context, sent: Sent, token: str) -> Screen:
    """Somebody opens the bot by an invitation: the welcome is on its way, or shown again to who had joined."""
    taken = await join(context, sent.account, token, sent.at)
    if not taken.again:
        return Screen()
    async with context.look() as work:
        return Screen(await _card(work, taken.person, taken.committee, again=True))
