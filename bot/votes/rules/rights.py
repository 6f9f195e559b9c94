"""Who may open, cast and close a vote now; one predicate decides the button and the tap alike. No store is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.meetings.rules.closing import by_paper_ballot
from bot.meetings.rules.meeting import (
    NO_BODY_MEETING,
    AgendaItem,
    Conclusion,
    Invitee,
    Meeting,
    MeetingStage,
)
from bot.meetings.rules.quorum import QuorumFound, quorum
from bot.meetings.rules.voted import by_vote
from bot.regulations.rules.meetings import VoteRule
from bot.regulations.rules.regulation import Body
from bot.regulations.rules.terms import Matter, Next, Recusal
from bot.values.action import action
from bot.values.names import plain
from bot.values.refusal import NO_RIGHT, Refusal
from bot.votes.rules.vote import (
    MOST_NAMES,
    RaisedHands,
    Room,
    Vote,
    VoteKind,
    least_ballots,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A vote as the head wants to open it."""

    kind: VoteKind
    secret: bool
    matter: Matter
    names: tuple[str, ...] = ()


def may_put_to_vote(meeting: Meeting, item: AgendaItem | None, *, head: bool) -> Refusal | None:
    """Head or delegate, on an item of a meeting that sits with quorum, where its body votes at all.

    Not on one of which the count of a ballot on paper stands, until something else is concluded.
    """
    if not head:
        return NO_RIGHT
    if meeting.rules.vote is None or meeting.kind in NO_BODY_MEETING:
        return Refusal("vote_no_rule", values={"body": meeting.body.name})
    if item is None:
        return Refusal("vote_item_gone")
    if meeting.stage is not MeetingStage.OPEN:
        return Refusal("vote_not_sitting", values={"stage": meeting.stage.value})
    if any(vote.item_id == item.id and vote.closed_at is None for vote in meeting.votes):
        return Refusal("vote_runs_already")
    return _decided_on_paper(meeting, item) or _without_quorum(stands(meeting))


def _decided_on_paper(meeting: Meeting, item: AgendaItem) -> Refusal | None:
    """The count of a ballot on paper names nobody: a vote beside it could only hide what it came to.

    No text says so, and none is cited. The way out names what may be concluded instead: that the item is adjourned,
    or, of one whose votes in the bot were not published, just that.
    """
    if item.concluded is None or by_paper_ballot(meeting, item) is None:
        return None
    instead = by_vote(meeting, item) or Conclusion.ADJOURNED
    values = {"as": item.concluded.kind.value, "instead": instead.value}
    return Refusal("vote_after_paper", values=values)


def may_open(
    meeting: Meeting, item: AgendaItem | None, wanted: Wanted, *, head: bool
) -> Refusal | None:
    """As above, in a form and of a kind that the regulation gives; lists have names."""
    refusal = may_put_to_vote(meeting, item, head=head)
    if refusal or item is None:
        return refusal
    return may_take_form(meeting, item, wanted) or _names_fit(wanted)


def may_take_form(meeting: Meeting, item: AgendaItem, wanted: Wanted) -> Refusal | None:
    """Personnel is secret where the text says so; a confidence vote needs its article, and is secret."""
    rules = meeting.rules
    if wanted.kind is VoteKind.CONFIDENCE and rules.confidence is None:
        return Refusal("vote_no_confidence", rules.vote.article if rules.vote else None)
    if wanted.secret:
        return None
    article = secret_article(meeting, item, wanted)
    if article is None:
        return None
    form = (item.id, wanted.matter.value, wanted.kind.value, "secret")
    return Refusal(
        "vote_must_be_secret",
        article,
        instead="vote_secret",
        button=action("vote_open", *form),
        values={"matter": _secret_matter(meeting, item, wanted)},
    )


def secret_article(meeting: Meeting, item: AgendaItem, wanted: Wanted) -> str | None:
    """The article by which this vote must be secret; None where the body may choose."""
    rules = meeting.rules
    if wanted.kind is VoteKind.CONFIDENCE and rules.confidence is not None:
        return rules.confidence.article
    if rules.vote is not None and _secret_matter(meeting, item, wanted):
        return rules.vote.secret_article or rules.vote.article
    return None


def rule_of(meeting: Meeting, vote: Vote) -> VoteRule | None:
    """How this vote decides: with the threshold of its matter, where it has one of its own."""
    rule = meeting.rules.vote
    return rule.on(vote.matter) if rule else None


def recusal_of(meeting: Meeting, vote: Vote) -> Recusal | None:
    """What the rule book says of members whose own interest is at stake in this vote."""
    rule = rule_of(meeting, vote)
    return rule.recusal if rule else None


def head_of(meeting: Meeting) -> int | None:
    """Whose side a tie goes to: the head on the roll."""
    return meeting.body.head_among((each.office, each.person) for each in meeting.roll)


def abstains(meeting: Meeting, wanted: Wanted) -> bool:
    """Whether to abstain is an answer of this vote: an open one on a question or names, where the text has it."""
    rule = meeting.rules.vote
    given = rule is not None and rule.abstain is not None
    return given and not wanted.secret and wanted.kind is not VoteKind.CONFIDENCE


def chosen_by_body(meeting: Meeting, item: AgendaItem, wanted: Wanted) -> str | None:
    """The article by which the body chose the form of this vote; None where the text sets the form or is silent."""
    rule = meeting.rules.vote
    if rule is None or not rule.form_is_free or secret_article(meeting, item, wanted):
        return None
    return rule.article


def _secret_matter(meeting: Meeting, item: AgendaItem, wanted: Wanted) -> str | None:
    """The item's own matter counts too: to call it otherwise does not make it open."""
    secret = meeting.rules.vote.secret_matters if meeting.rules.vote else frozenset()
    return next((m.value for m in (wanted.matter, item.matter) if m in secret), None)


def _names_fit(wanted: Wanted) -> Refusal | None:
    names = wanted.names
    if wanted.kind is VoteKind.APPROVE:
        return None
    if not names:
        return Refusal("vote_names_needed")
    if len(names) > MOST_NAMES:
        return Refusal("vote_names_many", values={"count": len(names), "limit": MOST_NAMES})
    known = [plain(name) for name in names]  # as two votes upon one item are joined
    twice = next((name for name in names if known.count(plain(name)) > 1), None)
    return Refusal("vote_name_twice", values={"name": twice}) if twice else None


# --- the quorum of a vote --------------------------------------------------------------------


def stands(meeting: Meeting, vote: Vote | None = None) -> QuorumFound:
    """How attendance stands; for a running vote those count who are here, or have voted or recused themselves before.

    Who takes no part is there all the same: no text says otherwise, and many wait outside for the while.
    """
    here = {each.person for each in meeting.present}
    if vote is not None:
        here |= vote.voted | vote.recused | (vote.raised.known if vote.raised else frozenset())
    return quorum(meeting.rules.quorum, meeting.roll, here)


def room(meeting: Meeting, vote: Vote | None = None) -> Room:
    """The whole roll, those who attend this vote, how many a sitting needs, and how many take no part."""
    found = stands(meeting, vote)
    if vote is None:
        return Room(found.roll, found.present, found.required)
    recused = len(vote.recused)
    return Room(found.roll, max(found.present, vote.turnout + recused), found.required, recused)


def too_few(meeting: Meeting, wanted: Wanted) -> int | None:
    """How many ballots a secret vote needs to be published, when fewer members are here; else None."""
    if meeting.rules.vote is None or not wanted.secret:
        return None
    here = room(meeting)
    least = least_ballots(meeting.rules.vote, here)
    return least if here.present < least else None


def ballots_needed(meeting: Meeting, vote: Vote) -> int | None:
    """How many ballots this vote needs to be published; None of an open one."""
    rule = rule_of(meeting, vote)
    return least_ballots(rule, room(meeting, vote)) if rule and vote.secret else None


@dataclass(frozen=True, slots=True)
class Ballots:
    """What the roll of a body means for its secret votes."""

    body: str
    members: int
    stated: int
    """The number of the rule book."""
    least: int
    """What is needed of this roll."""

    @property
    def possible(self) -> bool:
        """Whether the whole roll together reaches the number."""
        return self.members >= self.least


def ballots_of(body: Body, members: int) -> Ballots | None:
    """How many ballots a secret vote of a body with so many members needs; None where it never votes."""
    rules = body.meetings
    if rules is None or rules.vote is None:
        return None
    needed = rules.quorum.share.required(members) if rules.quorum else 0
    least = least_ballots(rules.vote, Room(members, members, needed))
    return Ballots(body.name, members, rules.vote.least_ballots, least)


def _without_quorum(found: QuorumFound, kind: str = "vote_no_quorum") -> Refusal | None:
    if found.holds:
        return None
    values = {
        "present": found.present,
        "required": found.required,
        "roll": found.roll,
        "missing": len(found.missing) if found.condition_applies else 0,
        "groups": found.groups,
    }
    return Refusal(kind, ", ".join(found.articles), values=values)


# --- voting ----------------------------------------------------------------------------------


def may_vote(meeting: Meeting, vote: Vote, person: int, *, seated: bool) -> Refusal | None:
    """A member of the roll who is checked in, until the close; guests never (QN 8.2.5).

    Nobody is counted twice: whoever may be among the hands that were entered votes by phone once they are taken back.
    `seated`: the person still sits in the body. Whoever has left it meanwhile is nobody here.
    """
    invitee = meeting.invitee(person)
    if invitee is None or not (invitee.guest or seated):
        return NO_RIGHT
    if invitee.guest:
        return Refusal("vote_guest", _guest_article(meeting, invitee))
    if vote.closed_at is not None:
        return Refusal("vote_closed", values={"at": vote.closed_at})
    if meeting.stage is not MeetingStage.OPEN:
        return Refusal("vote_not_sitting", values={"stage": meeting.stage.value})
    return _recused(meeting, vote, person) or _absent_or_by_hand(meeting, vote, person)


def _recused(meeting: Meeting, vote: Vote, person: int) -> Refusal | None:
    if person not in vote.recused:
        return None
    rule = recusal_of(meeting, vote)
    return Refusal("vote_recused", rule.article if rule else None)


def _absent_or_by_hand(meeting: Meeting, vote: Vote, person: int) -> Refusal | None:
    """Not in the room, or counted there already by hand."""
    if not meeting.is_present(person):
        return Refusal("vote_absent")
    if vote.raised is None or person not in vote.raised.among:
        return None
    return Refusal("vote_by_hand", values={"at": vote.raised.at})


# --- raised hands ----------------------------------------------------------------------------


def may_raise_hands(meeting: Meeting, vote: Vote, *, office: bool) -> Refusal | None:
    """Clerk or head enter hands in an open vote on one question, until its close; never in a secret one."""
    if not office:
        return NO_RIGHT
    if vote.closed_at is not None:
        return Refusal("vote_closed_already", repeats=False, values={"at": vote.closed_at})
    if vote.secret:
        return Refusal("vote_hands_secret")
    if vote.names:
        return Refusal("vote_hands_names")
    if not by_hand(meeting, vote) and vote.raised is None:
        return Refusal("vote_hands_nobody", back=action("vote_dash", vote.id))
    return None


def by_hand(meeting: Meeting, vote: Vote) -> tuple[Invitee, ...]:
    """Who may raise a hand: members who are here, take part, and have not voted by phone."""
    away = vote.voted | vote.recused
    return tuple(each for each in meeting.present if each.person not in away)


def may_enter_hands(meeting: Meeting, vote: Vote, hands: RaisedHands) -> Refusal | None:
    """Never more hands than members who are here and have not voted by phone; who is against is one of them."""
    among = {each.person for each in by_hand(meeting, vote)}
    if hands.total <= len(among) and set(hands.against) <= among:
        return None
    return Refusal(
        "vote_hands_too_many",
        back=action("vote_dash", vote.id),
        values={"hands": hands.total, "most": len(among), "voted": len(vote.by_phone)},
    )


def may_reserve(
    meeting: Meeting, vote: Vote, person: int, at: datetime, until: datetime | None
) -> Refusal | None:
    """Whoever differed openly on the one question may reserve that, and not any more (BK 9.2, HU 17.2).

    `until` is the last moment for it after the close; None while the vote runs.
    """
    reserve, invitee = meeting.body.reserve, meeting.invitee(person)
    if invitee is None or invitee.guest:
        return NO_RIGHT
    if reserve is None:
        rule = rule_of(meeting, vote)
        return Refusal("no_reserve", rule.article if rule else None)
    if vote.secret:
        return Refusal("reserve_secret", reserve.article)
    if until is not None and at > until:
        return Refusal("reserve_late", reserve.article, values={"until": until})
    cast = vote.effective.get(person)
    return None if cast and cast.differs else Refusal("reserve_what", reserve.article)


def _guest_article(meeting: Meeting, guest: Invitee) -> str | None:
    """The article by which a guest is invited, or else that of the first such rule."""
    rules = meeting.rules.guests
    own = [rule.article for rule in rules if rule.id == guest.category]
    return next(iter((*own, *(rule.article for rule in rules))), None)


def may_name_board(vote: Vote) -> Refusal | None:
    """Clerk and head name who counts, until the close; of an open vote there are no slips to count."""
    if vote.closed_at is not None:
        return Refusal("vote_closed_already", repeats=False, values={"at": vote.closed_at})
    return None if vote.secret else Refusal("board_open_vote")


# --- closing ---------------------------------------------------------------------------------


def may_end(vote: Vote, *, head: bool) -> Refusal | None:
    """Head or delegate, once."""
    if not head:
        return NO_RIGHT
    if vote.closed_at is not None:
        return Refusal("vote_closed_already", values={"at": vote.closed_at})
    return None


def may_close(meeting: Meeting, vote: Vote, *, head: bool) -> Refusal | None:
    """As above, and with quorum among those who took part; without it the vote can only be ended void."""
    refusal = may_end(vote, head=head)
    if refusal:
        return refusal
    lost = _without_quorum(stands(meeting, vote), "vote_quorum_lost")
    if lost is None:
        return None
    return Refusal(
        lost.kind,
        lost.article,
        instead="vote_void",
        button=action("vote_void", vote.id),
        values=lost.values,
    )


def was_divided(item: AgendaItem) -> bool:
    """Whether opinions on it differed before, in writing or in another sitting (HU 15.2)."""
    return item.reason == Next.SECOND_ROUND


def articles(meeting: Meeting, item: AgendaItem, vote: Vote) -> Sequence[str]:
    """What is cited beside the threshold: why it was secret, or by what a confidence vote is held."""
    wanted = Wanted(vote.kind, vote.secret, vote.matter)
    article = secret_article(meeting, item, wanted) if vote.secret else None
    return article.split(", ") if article else ()
