"""Cards on which it is said that somebody takes no part in a vote in the room, and told."""

from __future__ import annotations

from collections.abc import Collection

from bot.db.notice import Button, Card, Row
from bot.kit.card import page_of
from bot.meetings.rules.meeting import AgendaItem, Meeting
from bot.people.rules.people import Person
from bot.rendering import Rendering
from bot.values.action import action
from bot.votes.rules.recusing import may_be_recorded, may_be_taken_back
from bot.votes.rules.rights import recusal_of
from bot.votes.rules.vote import Recusing, Vote

PAGE = 12


def ask(
    say: Rendering, meeting: Meeting, item: AgendaItem, vote: Vote, back: Button, of: str = ""
) -> Card:
    """Asks why a member takes no part in this vote; `of` names who told the office so."""
    text = say.text(
        "ask_recusal",
        subject=item.subject,
        vote=vote,
        rule=recusal_of(meeting, vote),
        member=of,
        of_agencies=meeting.body.of_agencies,
    )
    return Card(text, ((back,),))


def members(
    say: Rendering,
    meeting: Meeting,
    item: AgendaItem,
    vote: Vote,
    by_phone: Collection[int],
    page: int,
) -> Card:
    """Of whom the office may enter it, a page at a time, and for whom it may take back what it entered."""
    again = may_be_taken_back(meeting, vote)
    offered = [*again, *may_be_recorded(meeting, vote, by_phone)]
    shown = page_of(offered, page, PAGE)
    rows: list[Row] = [
        (
            Button(
                say.label("vote_button.take_part_of", name=each.name),
                action("vote_take_part", vote.id, each.person),
            )
            if each in again
            else Button(each.name, action("vote_recuse_of", vote.id, each.person)),
        )
        for each in shown.entries
    ]
    rows += shown.turns(say, lambda other: action("vote_recusals", vote.id, other))
    rows.append((Button(say.label("button.back"), action("vote_dash", vote.id)),))
    text = say.text(
        "vote_recusals", meeting=meeting, item=item, vote=vote, rule=recusal_of(meeting, vote)
    )
    return Card(text, tuple(rows))


def told(
    say: Rendering,
    meeting: Meeting,
    item: AgendaItem,
    vote: Vote,
    member: Person,
    said: Recusing,
    *,
    by: Person | None,
    mine: bool,
) -> Card:
    """Who takes no part, and why, or takes part again; `by` of the office entered it. `mine`: to that member."""
    text = say.text(
        "recused" if said.out else "takes_part",
        subject=item.subject,
        vote=vote,
        member=member.name,
        reason=said.reason,
        by=by.name if by else "",
        mine=mine,
        rule=recusal_of(meeting, vote),
        of_agencies=meeting.body.of_agencies,
    )
    if mine:
        way = Button(say.label("button.open_form"), action("vote_card", vote.id), style="primary")
    else:
        way = Button(say.label("button.dashboard"), action("vote_dash", vote.id))
    return Card(text, ((way,),))
