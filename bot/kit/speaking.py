"""In whose words somebody is spoken to: those of the rule book of the committee it is about."""

from __future__ import annotations

from dataclasses import replace

from bot.db import people, rulebooks
from bot.db.transaction import Transaction
from bot.kit.unit import Context, UnitOfWork
from bot.regulations.rules.vocabulary import Vocabulary, remembering, together
from bot.rendering import shared_rendering


async def to_account(context: Context, account: int) -> Context:
    """The same context with the words for this account: those of all committees it sits in."""
    async with context.look() as work:
        return await _to(context, work.tx, account)


async def to_reader(work: UnitOfWork, account: int) -> UnitOfWork:
    """As `to_account`, within a transaction."""
    return replace(work, context=await _to(work.context, work.tx, account))


async def in_committee(work: UnitOfWork, committee: int) -> UnitOfWork:
    """The same transaction with the words of one committee."""
    words = await _of_committee(work.tx, committee)
    return replace(work, context=replace(work.context, say=work.say.under(words)))


async def for_committee(context: Context, committee: int) -> Context:
    """The same context with the words of one committee."""
    async with context.look() as work:
        words = await _of_committee(work.tx, committee)
    return replace(context, say=context.say.under(words))


async def _to(context: Context, tx: Transaction, account: int) -> Context:
    persons = await people.of_account(tx, account)
    words = together([await _of_committee(tx, each.committee) for each in persons])
    return replace(context, say=context.say.under(words))


async def _of_committee(tx: Transaction, committee: int) -> Vocabulary:
    kept = await people.committee(tx, committee)
    now = (await rulebooks.regulation(tx, kept.rulebook)).vocabulary
    before = await rulebooks.over_time(tx, committee, kept.rulebook)
    return remembering(
        now, (each.regulation.vocabulary for each in before), shared_rendering().keys
    )
