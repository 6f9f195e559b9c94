"""The result of a vote as templates read it, for members and for the office. Nothing is counted here."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.ballot import LETTERS
from bot.domain.card import Button, Card
from bot.domain.meeting import AgendaItem, Meeting
from bot.domain.names import sort_key
from bot.domain.press import press
from bot.domain.vote import APPROVE, DIFFER, Vote, VoteResult
from bot.rendering import Rendering


def for_members(say: Rendering, meeting: Meeting, item: AgendaItem, vote: Vote) -> Card:
    """What every member of the roll sees after the close."""
    return Card(say.text("vote_result", **view(meeting, item, vote), office=False))


def for_office(say: Rendering, meeting: Meeting, item: AgendaItem, vote: Vote) -> Card:
    """What clerk and head see: of an open vote also who answered what, and differing opinions."""
    text = say.text("vote_result", **view(meeting, item, vote), office=True)
    return Card(text, ((Button(say.label("vote_button.meeting"), press("mshow", meeting.id)),),))


def view(meeting: Meeting, item: AgendaItem, vote: Vote) -> dict[str, object]:
    """The facts of a result as templates read them; the vote must be closed."""
    result = _result(vote)
    return {
        "meeting": meeting,
        "item": item,
        "vote": vote,
        "result": result,
        "threshold": meeting.rules.vote.threshold if meeting.rules.vote else None,
        "of_present": meeting.rules.vote.of_present if meeting.rules.vote else False,
        "base": result.present if _of_present(meeting) else result.roll,
        "approving": {name: counts.get(APPROVE, 0) for name, counts in result.counts.items()},
        "without": result.roll - result.turnout,
        "names": _names(meeting, vote),
        "opinions": [(name, words) for name, words in opinions(meeting, vote)],
    }


def _of_present(meeting: Meeting) -> bool:
    return meeting.rules.vote is not None and meeting.rules.vote.of_present


def _result(vote: Vote) -> VoteResult:
    if vote.result is None:
        raise ValueError(f"vote {vote.id} is not closed")
    return vote.result


def _names(meeting: Meeting, vote: Vote) -> dict[str, list[str]]:
    """Of an open vote on one question: who answered what, by given name."""
    found: dict[str, list[str]] = {}
    if vote.names or vote.secret:
        return found
    for seat in sorted(meeting.roll, key=lambda each: sort_key(each.name)):
        cast = vote.effective.get(seat.person)
        if cast is not None:
            found.setdefault(cast.answers[""], []).append(seat.name)
    return found


def opinions(meeting: Meeting, vote: Vote) -> Iterator[tuple[str, str]]:
    """Differing opinions word for word, in the order of the roll."""
    for seat in meeting.roll:
        cast = vote.effective.get(seat.person)
        if cast is not None and cast.words and cast.answers.get("") == DIFFER:
            yield seat.name, cast.words


def letters(vote: Vote) -> list[tuple[str, str]]:
    """The options of a vote with the letters that stand for them on a secret ballot."""
    return [(option, LETTERS[option]) for option in vote.options]
