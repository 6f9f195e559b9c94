"""What the report of differing opinions tells of a meeting, as words for a template. Nothing is counted here anew.

All of them are told: what was said before the meeting, and in it, with reserved words; it goes upward and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.meetings.face import Around
from bot.meetings.rules.closing import Said, opinions
from bot.meetings.rules.meeting import AgendaItem, Meeting
from bot.meetings.rules.voted import divided_on, holding_on, votes_on
from bot.papers.consultations import told_reply
from bot.papers.rules.which import differed, is_divided
from bot.rendering import Rendering
from bot.votes.rules.rights import rule_of
from bot.votes.rules.vote import DIFFER, REJECT, THE_QUESTION, Answers, Vote

Opinion = dict[str, str]


def differing_of(say: Rendering, meeting: Meeting, around: Around) -> list[dict[str, Any]]:
    """Of each item that is reported: what was said in the room, and what had been said before."""
    return [
        {
            "secret": any(each.secret for each in votes_on(meeting, item)),
            "differing": list(_in_the_room(say, meeting, item)),
            "earlier": list(_before(say, around, item)),
        }
        for item in differed(meeting)
    ]


def grounds(meeting: Meeting) -> str:
    """The articles by which it is reported, each once: of a division, or that what is reserved may go upward."""
    reserve = meeting.body.reserve
    found = [
        article
        for item in differed(meeting)
        if (article := _of_division(meeting, item) or (reserve.article if reserve else ""))
    ]
    return ", ".join(dict.fromkeys(found))


def _of_division(meeting: Meeting, item: AgendaItem) -> str:
    """The article that sends a divided item on; other articles that its result names may stand behind it."""
    if not is_divided(meeting, item):
        return ""
    votes = divided_on(meeting, item)
    if not votes:  # a ballot on paper
        rule = meeting.rules.vote and meeting.rules.vote.divided
        return rule.article if rule else ""
    return next((article for vote in reversed(votes) if (article := _sends_on(meeting, vote))), "")


def _sends_on(meeting: Meeting, vote: Vote) -> str:
    rule, result = rule_of(meeting, vote), vote.result
    if rule is None or result is None:
        return ""
    rulings = (each for each in (rule.divided_again, rule.divided) if each is not None)
    came_to = (each for each in rulings if each.outcome is result.outcome)
    return next((each.article for each in came_to if each.article in result.articles), "")


def _in_the_room(say: Rendering, meeting: Meeting, item: AgendaItem) -> Iterator[Opinion]:
    """Of several votes in one sitting those that hold; of what was asked anew the reserved words stay said."""
    held = {each.vote.id: each.questions for each in holding_on(meeting, item)}
    for vote in votes_on(meeting, item):
        if vote.id in held:
            yield from _against(say, meeting, vote, held[vote.id])
        elif not vote.secret:
            yield from (told_said(say, each) for each in opinions(meeting, vote) if each.reserved)


def _against(
    say: Rendering, meeting: Meeting, vote: Vote, questions: Sequence[str]
) -> Iterator[Opinion]:
    """Everybody who openly did not approve, in the order of the roll, also without words; of a secret vote nobody."""
    if vote.secret:
        return
    by_hand = vote.raised.against if vote.raised else ()
    for seat in meeting.roll:
        cast = vote.effective.get(seat.person)
        if seat.person in by_hand:
            yield told_said(say, Said(seat.name, REJECT, "", reserved=False))
        elif cast is not None and cast.differs:
            answer = cast.answers[THE_QUESTION]
            yield told_said(say, Said(seat.name, answer, cast.words, cast.reserved))
        elif cast is not None and (names := _rejected(questions, cast.answers)):
            choice = say.label("paper_words.rejects", names=", ".join(names))
            yield {"name": seat.name, "choice": choice, "words": "", "reserved": ""}


def _rejected(names: Sequence[str], answers: Answers) -> Sequence[str]:
    """The names of a list that were not approved."""
    return [each for each in names if answers.get(each) == REJECT]


def told_said(say: Rendering, said: Said) -> Opinion:
    """One opinion of an open vote."""
    without = say.label(f"no_words.{said.answer if said.answer == REJECT else DIFFER}")
    return {
        "name": said.name,
        "choice": say.label(f"vote_position.{said.answer}"),
        "words": said.words or without,
        "reserved": say.label("paper_words.reserved") if said.reserved else "",
    }


def _before(say: Rendering, around: Around, item: AgendaItem) -> Iterator[Opinion]:
    """What came to the meeting with the item: from writing, from earlier votes, from where it was said otherwise."""
    came = around.opinions.get(item.id)
    if came is None:
        return
    for name, reply in (*came.first, *came.written):
        yield told_reply(say, name, reply)
    for said in came.said:
        yield told_said(say, said)
    for line in came.spoken.splitlines():
        choice = say.label("paper_words.said_before")
        yield {"name": "", "choice": choice, "words": line, "reserved": ""}
