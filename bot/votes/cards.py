"""Cards of a vote in the room: how it is opened, answered, how far it is, what it came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.counting.rules.board import Board
from bot.db.notice import Button, Card, Row, Rows, Style
from bot.meetings.rules.closing import opinions as differing
from bot.meetings.rules.meeting import AgendaItem, Meeting
from bot.meetings.rules.voted import votes_on
from bot.people.rules.people import Person
from bot.regulations.rules.terms import Matter
from bot.rendering import Rendering, initial
from bot.values.action import action
from bot.values.names import sort_key
from bot.votes.rules.recusing import may_enter_recusals
from bot.votes.rules.rights import (
    Wanted,
    ballots_needed,
    chosen_by_body,
    may_name_board,
    may_raise_hands,
    may_take_form,
    rule_of,
    stands,
    too_few,
)
from bot.votes.rules.vote import (
    APPROVE,
    LETTERS,
    REJECT,
    Vote,
    VoteKind,
    VoteResult,
)

STYLES: dict[str, Style] = {APPROVE: "success", REJECT: "danger"}
FORMS = ("open", "secret")


# --- opening ---------------------------------------------------------------------------------


def chooser(say: Rendering, meeting: Meeting, item: AgendaItem, matter: Matter) -> Card:
    """What is to be voted on this item, and in which form; only the forms that the text gives."""
    wanted = [(kind, form) for kind in VoteKind for form in FORMS]
    rows: list[Row] = [
        (_form_button(say, item, matter, kind, form),)
        for kind, form in wanted
        if may_take_form(meeting, item, Wanted(kind, form == "secret", matter)) is None
    ]
    rows.append((Button(say.label("vote_button.matter"), action("vote_matter", item.id)),))
    rows.append((_to_meeting(say, meeting),))
    free = may_take_form(meeting, item, Wanted(VoteKind.APPROVE, secret=False, matter=matter))
    text = say.text(
        "vote_new",
        meeting=meeting,
        item=item,
        matter=matter,
        rule=meeting.rules.vote and meeting.rules.vote.on(matter),
        only_secret=free.article if free else None,
        too_few=too_few(meeting, Wanted(VoteKind.APPROVE, secret=True, matter=matter)),
        quorum=stands(meeting),
        earlier=votes_on(meeting, item),
    )
    return Card(text, tuple(rows))


def _form_button(
    say: Rendering, item: AgendaItem, matter: Matter, kind: VoteKind, form: str
) -> Button:
    wanted = action("vote_open", item.id, matter.value, kind.value, form)
    return Button(say.label(f"vote_form.{kind.value}_{form}"), wanted)


def matters(say: Rendering, meeting: Meeting, item: AgendaItem) -> Card:
    """Which kind of matter the item is; the regulation makes some secret."""
    rows = tuple(
        (Button(initial(say.label(f"matter.{m.value}")), action("vote_new", item.id, m.value)),)
        for m in meeting.body.matters
        if m is not Matter.APPRAISAL
    )
    back = (Button(say.label("button.back"), action("vote_new", item.id)),)
    return Card(say.text("vote_matter", meeting=meeting, item=item), (*rows, back))


def asks_names(
    say: Rendering,
    meeting: Meeting,
    item: AgendaItem,
    kind: VoteKind,
    most: int,
    rows: Sequence[Row],
) -> Card:
    """The names of a list, typed one a line; where members may recuse themselves, that it is of the whole list."""
    rule = meeting.rules.vote and meeting.rules.vote.recusal
    text = say.text("vote_names", item=item, kind=kind.value, most=most, recusal=rule)
    back = Button(say.label("button.back"), action("vote_new", item.id))
    return Card(text, ((back,), *rows))


def preview(
    say: Rendering, meeting: Meeting, item: AgendaItem, wanted: Wanted, rows: Sequence[Row]
) -> Card:
    """The list as it will be voted on; one tap opens."""
    text = say.text(
        "vote_preview",
        item=item,
        wanted=wanted,
        present=len(meeting.present),
        too_few=too_few(meeting, wanted),
    )
    return Card(text, tuple(rows))


# --- the member ------------------------------------------------------------------------------


def member(  # noqa: PLR0913 - all that one card shows
    say: Rendering,
    meeting: Meeting,
    item: AgendaItem,
    vote: Vote,
    person: Person,
    *,
    on: int | None = None,
    opinions: Mapping[str, object] | None = None,
    may_reserve: bool = False,
    may_recuse: bool = False,
    until: datetime | None = None,
    on_server: bool = False,
) -> Card:
    """The vote as this member sees it now; `on` shows one name of the list again, to change it.

    Whoever `may_reserve` the own opinion, or `may_recuse`, has the button; `until` is the last moment to reserve it
    after the close. What is kept `on_server` leaves more traces than a file: that is said of a secret vote.
    """
    cast = vote.effective.get(person.id)
    answers = dict(cast.answers) if cast else {}
    place = on if on is not None else _first_without(vote, answers)
    rule = meeting.rules.vote
    out = person.id in vote.recused
    text = say.text(
        "vote_card",
        meeting=meeting,
        item=item,
        vote=vote,
        person=person,
        voted=person.id in vote.voted,
        answers=answers,
        words=cast.words if cast else "",
        reserved=cast is not None and cast.reserved,
        until=until if may_reserve else None,
        place=place,
        opinions=opinions,
        on_server=on_server,
        by_hand=_raised(vote, person),
        recused=out,
        recusal=rule.recusal if rule else None,
        least=ballots_needed(meeting, vote),
        result=view(meeting, item, vote) if vote.result else None,
    )
    if out and vote.closed_at is None:
        back = Button(say.label("button.take_part"), action("vote_take_part", vote.id))
        return Card(text, ((back,),))
    rows = _boxes(say, vote, person, answers, place)
    if may_reserve and cast is not None:
        key = "unreserve" if cast.reserved else "reserve"
        rows.append((Button(say.label(f"button.{key}"), action(f"vote_{key}", vote.id)),))
    if may_recuse:
        rows.append((Button(say.label("button.recuse"), action("vote_recuse", vote.id)),))
    return Card(text, tuple(rows))


def _raised(vote: Vote, person: Person) -> bool:
    """Whether it was the hand of this person that was counted."""
    return vote.raised is not None and person.id in vote.raised.among


def _boxes(
    say: Rendering, vote: Vote, person: Person, answers: dict[str, str], place: int | None
) -> list[Row]:
    """What this member may still answer: of a secret vote once, of an open one until the close."""
    if vote.closed_at is not None:
        return []
    if vote.secret:
        return [] if person.id in vote.voted else list(ballot_rows(say, vote, ""))
    return [] if _raised(vote, person) else _open_rows(say, vote, answers, place)


def _first_without(vote: Vote, answers: dict[str, str]) -> int | None:
    """The place of the first question not answered yet; None when all are."""
    return next((n for n, q in enumerate(vote.questions) if q not in answers), None)


def _open_rows(say: Rendering, vote: Vote, answers: dict[str, str], place: int | None) -> list[Row]:
    if not vote.names:  # what stands keeps its place: a second tap must not fall on another answer
        return [
            (_choice(say, option, "vote", vote.id, option, ticked=answers.get("") == option),)
            for option in vote.options
        ]
    if place is None:
        return [
            (
                Button(
                    say.label("vote_button.change", name=name),
                    action("vote_on", vote.id, n),
                ),
            )
            for n, name in enumerate(vote.names)
        ]
    stands = answers.get(vote.names[place])
    return [
        (_choice(say, each, "vote_name", vote.id, place, each, ticked=each == stands),)
        for each in vote.options
    ]


def _choice(
    say: Rendering, option: str, act: str, *args: str | int, ticked: bool = False
) -> Button:
    label = say.label(f"vote_choice.{option}")
    if ticked:
        label = say.label("vote_button.ticked", name=label)
    return Button(label, action(act, *args), style=STYLES.get(option))


def ballot_rows(say: Rendering, vote: Vote, letters: str) -> Rows:
    """The answers to the next question of a secret ballot; what was chosen so far is in the buttons alone."""
    from_here = [
        (
            Button(
                say.label(f"vote_choice.{option}"),
                action("ballot", vote.id, letters + letter),
                style=STYLES.get(option),
            ),
        )
        for option, letter in letters_of_result(vote)
    ]
    back = Button(say.label("button.back"), action("ballot", vote.id, letters[:-1]))
    return (*from_here, (back,)) if letters else tuple(from_here)


def asks_words(say: Rendering, item: AgendaItem, vote: Vote) -> Card:
    """The words of a differing opinion, to be typed."""
    back = Button(say.label("button.back"), action("vote_card", vote.id))
    return Card(say.text("vote_words", item=item), ((back,),))


def ballot_question(say: Rendering, item: AgendaItem, vote: Vote, letters: str) -> Card:
    """The next name of a secret list."""
    text = say.text("ballot_question", item=item, vote=vote, place=len(letters))
    return Card(text, ballot_rows(say, vote, letters))


def ballot_confirm(
    say: Rendering, item: AgendaItem, vote: Vote, letters: str, answers: dict[str, str]
) -> Card:
    """The whole ballot before it is cast: final from then on."""
    text = say.text("ballot_confirm", item=item, vote=vote, answers=answers)
    rows = (
        (Button(say.label("vote_button.cast"), action("cast", vote.id, letters), style="primary"),),
        (Button(say.label("vote_button.again"), action("ballot", vote.id)),),
    )
    return Card(text, rows)


def ballot_cast(say: Rendering, item: AgendaItem, vote: Vote) -> Card:
    """What is said after casting: the same whatever was chosen."""
    return Card(say.text("ballot_cast", item=item, vote=vote))


# --- head and clerk --------------------------------------------------------------------------


def dashboard(
    say: Rendering,
    meeting: Meeting,
    item: AgendaItem,
    vote: Vote,
    *,
    head: bool,
    again: bool = False,
    board: Board | None = None,
) -> Card:
    """How far a vote is: a number, and of phones never a choice; after the close its result.

    With `again` its reader may have the divided matter answered once more in writing. `board` counts the
    slips, where one is named.
    """
    text = say.text(
        "vote_dash",
        meeting=meeting,
        item=item,
        vote=vote,
        quorum=stands(meeting, vote),
        recused=_recused(meeting, vote),
        least=ballots_needed(meeting, vote),
        board=board,
        chosen=chosen_by_body(meeting, item, Wanted(vote.kind, vote.secret, vote.matter)),
        result=view(meeting, item, vote) if vote.result else None,
    )
    rows: list[Row] = []
    if vote.closed_at is None and head:
        end = action("vote_close", vote.id)
        rows.append((Button(say.label("vote_button.close"), end, style="primary"),))
    if may_name_board(vote) is None:
        rows.append((Button(say.label("button.board"), action("vote_board", vote.id)),))
    if may_raise_hands(meeting, vote, office=True) is None:
        rows.append((Button(say.label("vote_button.hands"), action("vote_hands", vote.id)),))
    if may_enter_recusals(meeting, vote, office=True) is None:
        rows.append((Button(say.label("vote_button.recusals"), action("vote_recusals", vote.id)),))
    if again:
        asks = action("second_round_vote", vote.id)
        rows.append((Button(say.label("vote_button.in_writing"), asks, style="primary"),))
    rows.append((_to_meeting(say, meeting),))
    return Card(text, tuple(rows))


def asks_close(
    say: Rendering, meeting: Meeting, item: AgendaItem, vote: Vote, waiting: int
) -> Card:
    """Some who are here have not voted yet, or a secret vote has too few ballots: the head decides whether to wait."""
    rows = (
        (Button(say.label("vote_button.close_yes"), action("vote_close_yes", vote.id)),),
        (Button(say.label("button.back"), action("vote_dash", vote.id)),),
    )
    least = ballots_needed(meeting, vote)
    return Card(say.text("vote_close", item=item, vote=vote, waiting=waiting, least=least), rows)


def _to_meeting(say: Rendering, meeting: Meeting) -> Button:
    return Button(say.label("vote_button.meeting"), action("mshow", meeting.id))


def for_members(say: Rendering, meeting: Meeting, item: AgendaItem, vote: Vote) -> Card:
    """What every member of the roll sees after the close."""
    return Card(say.text("vote_result", **view(meeting, item, vote), office=False))


def for_office(say: Rendering, meeting: Meeting, item: AgendaItem, vote: Vote) -> Card:
    """What clerk and head see: of an open vote also who answered what, and differing opinions."""
    text = say.text("vote_result", **view(meeting, item, vote), office=True)
    return Card(text, ((Button(say.label("vote_button.meeting"), action("mshow", meeting.id)),),))


def reserved(
    say: Rendering, meeting: Meeting, item: AgendaItem, vote: Vote, by: Person, *, reserved: bool
) -> Card:
    """To the office after the result: the opinion of this member is reserved now, or not any more."""
    text = say.text(
        "vote_reserved",
        meeting=meeting,
        item=item,
        name=by.name,
        reserved=reserved,
        said=list(differing(meeting, vote)),
    )
    return Card(text, ((Button(say.label("vote_button.meeting"), action("mshow", meeting.id)),),))


def view(meeting: Meeting, item: AgendaItem, vote: Vote) -> dict[str, object]:
    """The facts of a result as templates read them; the vote must be closed."""
    result, said = _result(vote), list(differing(meeting, vote))
    rule = rule_of(meeting, vote)
    return {
        "meeting": meeting,
        "item": item,
        "vote": vote,
        "result": result,
        "threshold": rule.threshold if rule else None,
        "each_alike": rule is not None and (rule.threshold.plain or not vote.abstains),
        "chosen": chosen_by_body(meeting, item, Wanted(vote.kind, vote.secret, vote.matter)),
        "base": rule.base_of(result.roll, result.present, result.base) if rule else result.roll,
        "approving": {name: counts.get(APPROVE, 0) for name, counts in result.counts.items()},
        "recused": _recused(meeting, vote),
        "recusal": rule.recusal if rule else None,
        "names": _names(meeting, vote),
        "raised": vote.raised,
        "opinions": said,
        "reserved": [each for each in said if each.reserved],
    }


def _recused(meeting: Meeting, vote: Vote) -> list[str]:
    """The names of those who take no part, in the order of the roll."""
    return [each.name for each in meeting.roll if each.person in vote.recused]


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
        elif vote.raised is not None and seat.person in vote.raised.against:
            found.setdefault(REJECT, []).append(seat.name)
    return found


def letters_of_result(vote: Vote) -> list[tuple[str, str]]:
    """The options of a vote with the letters that stand for them on a secret ballot."""
    return [(option, LETTERS[option]) for option in vote.options]
