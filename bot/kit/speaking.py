"""In whose words somebody is spoken to: those of the rule book of the committee it is about."""

from __future__ import annotations

from dataclasses import replace

from bot.db import people, rulebooks
from bot.db.transaction import Reading
from bot.kit.unit import Context, UnitOfWork
from bot.regulations.rules.vocabulary import Vocabulary, remembering, together
from bot.rendering import shared_rendering


async def to_account(context: Context, account: int) -> Context:
    """The same context with the words for this account: those of all committees it sits in.

    Asked before every press; what somebody has a right to is asked in the transaction of the act.
    """
    async with context.db.glance() as looks:
        words = await _words_for(looks, account)
    return replace(context, say=context.say.under(words))


async def to_reader(work: UnitOfWork, account: int) -> UnitOfWork:
    """As `to_account`, within a transaction."""
    return _speaking(work, await _words_for(work.tx, account))


async def of_committee(work: UnitOfWork, committee: int) -> UnitOfWork:
    """The same transaction with the words of one committee."""
    return _speaking(work, await _words_of(work.tx, committee))


async def of_machine(work: UnitOfWork) -> UnitOfWork:
    """The same transaction for whoever runs the machine, in the words of all its committees."""
    every = await people.all_committees(work.tx)
    return _speaking(work, together([await _words_of(work.tx, each.id) for each in every]))


async def for_machine(context: Context) -> Context:
    """As `of_machine`, where no transaction is open."""
    async with context.look() as work:
        return (await of_machine(work)).context


async def for_committee(context: Context, committee: int) -> Context:
    """As `of_committee`, where no transaction is open."""
    async with context.look() as work:
        return (await of_committee(work, committee)).context


def _speaking(work: UnitOfWork, words: Vocabulary) -> UnitOfWork:
    return replace(work, context=replace(work.context, say=work.say.under(words)))


async def _words_for(tx: Reading, account: int) -> Vocabulary:
    persons = await people.of_account(tx, account)
    return together([await _words_of(tx, each.committee) for each in persons])


async def _words_of(tx: Reading, committee: int) -> Vocabulary:
    kept = await people.committee(tx, committee)
    now = (await rulebooks.regulation(tx, kept.rulebook)).vocabulary
    before = await rulebooks.over_time(tx, committee, kept.rulebook)
    return remembering(
        now, (each.regulation.vocabulary for each in before), shared_rendering().keys
    )
