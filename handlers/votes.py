"""Votes in the room on the phones of head and members. No rule lives here.

PRIVATE presses carry a secret choice: the door answers them without keeping anything of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.kit.screen import Screen
from bot.kit.taps import HasRight, MalformedPressError, Pressed, Sent, Tap, Typed
from bot.kit.unit import Context
from bot.meetings.notify import about
from bot.regulations.rules.terms import Matter
from bot.values.refusal import Refusal
from bot.votes import ballots, polling, voting
from bot.votes import form as votes_form
from bot.votes.rules.rights import Wanted
from bot.votes.rules.vote import VoteKind


def _matter(word: str) -> Matter:
    if word not in set(Matter):
        raise MalformedPressError
    return Matter(word)


def _wanted(tap: Tap) -> Wanted:
    kind, form = tap.word(2), tap.word(3)
    if kind not in set(VoteKind) or form not in votes_form.FORMS:
        raise MalformedPressError
    return Wanted(VoteKind(kind), votes_form.FORMS[form], _matter(tap.word(1)))


# --- the head --------------------------------------------------------------------------------


async def choose(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "Lấy biểu quyết" of an item: what can be voted on, in which form."""
    matter = _matter(tap.word(1)) if len(tap.args) > 1 else None
    return await votes_form.choose(context, tap.account, tap.number(0), matter)


async def choose_matter(context: Context, tap: Tap) -> Screen | Refusal:
    """Which kind of matter it is."""
    return await votes_form.choose_matter(context, tap.account, tap.number(0))


async def take(context: Context, tap: Tap) -> Screen | Refusal:
    """A kind and a form chosen: the vote opens, or its names are asked for."""
    return await votes_form.take(context, tap.account, tap.number(0), _wanted(tap))


async def names(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """The names of a list, typed."""
    if sent.file is not None:
        return Refusal("words_not_file")
    return await votes_form.names(context, sent.account, dict(ref), sent.text)


async def go(context: Context, tap: Tap) -> Screen | Refusal:
    """Opens the vote on the list that was shown."""
    return await votes_form.go(context, tap.account, tap.number(0))


async def dashboard(context: Context, tap: Tap) -> Screen | Refusal:
    """How far a vote is."""
    found = await polling.seen_by_office(context, tap.account, tap.number(0))
    if isinstance(found, Refusal):
        return found
    return Screen(live=voting.dash(found.vote.id), about=about(found.meeting.id))


async def ask_close(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "Kết thúc biểu quyết"."""
    return await polling.ask_close(context, tap.account, tap.number(0))


async def close(context: Context, tap: Tap) -> Screen | Refusal:
    """The same, although somebody has not voted."""
    return await polling.close(context, tap.account, tap.number(0))


async def close_void(context: Context, tap: Tap) -> Screen | Refusal:
    """Ends a vote whose quorum was lost."""
    return await polling.close_void(context, tap.account, tap.number(0))


async def may_end(context: Context, tap: Tap) -> bool:
    """Whether who presses one of these three is head or delegate now."""
    return await polling.leads(context, tap.account, tap.number(0))


# --- members, openly -------------------------------------------------------------------------


async def card(context: Context, tap: Tap) -> Screen | Refusal:
    """The own card of a vote."""
    return await voting.show(context, tap.account, tap.number(0))


async def answer(context: Context, tap: Tap) -> Screen | Refusal:
    """An answer to the one question of an open vote."""
    return await voting.answer(context, tap.account, tap.number(0), tap.word(1))


async def answer_name(context: Context, tap: Tap) -> Screen | Refusal:
    """An answer to one name of an open list."""
    return await voting.answer_name(context, tap.account, tap.number(0), tap.number(1), tap.word(2))


async def change(context: Context, tap: Tap) -> Screen | Refusal:
    """One name of an open list once more."""
    return await voting.change(context, tap.account, tap.number(0), tap.number(1))


async def words(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """The words of a differing opinion."""
    if sent.file is not None:
        return Refusal("words_not_file")
    return await voting.differ(context, sent.account, ref["vote"], sent.text)


# --- members, in secret ----------------------------------------------------------------------


async def ballot(context: Context, tap: Tap) -> Screen | Refusal:
    """A choice on the way to the box: it lives in the buttons alone."""
    letters = tap.word(1) if len(tap.args) > 1 else ""
    return await ballots.choose(context, tap.account, tap.number(0), letters)


async def cast(context: Context, tap: Tap) -> Screen | Refusal:
    """The ballot goes into the box."""
    return await ballots.cast(context, tap.account, tap.number(0), tap.word(1))


PRESSES: dict[str, Pressed] = {
    "vote_new": choose,
    "vote_matter": choose_matter,
    "vote_open": take,
    "vote_go": go,
    "vote_dash": dashboard,
    "vote_close": ask_close,
    "vote_close_yes": close,
    "vote_void": close_void,
    "vote_card": card,
    "vote": answer,
    "vote_name": answer_name,
    "vote_on": change,
}
PRIVATE: dict[str, Pressed] = {"ballot": ballot, "cast": cast}
AFTER_ALL: dict[str, HasRight] = {
    "vote_close": may_end,
    "vote_close_yes": may_end,
    "vote_void": may_end,
}
"""What was pressed before a close still counts."""
WORDS: dict[str, Typed] = {"vote_names": names, "vote_words": words}
