"""What a consultation came to, as members and as the office read it, and what holds its close."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from bot.consultations.rules.consultation import Position
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.opinions import in_order, listed, written
from bot.consultations.rules.outcome import Result, state
from bot.consultations.rules.rights import HEAD, Rights, may_prepare_anew
from bot.consultations.rules.tally import (
    AGAINST,
    lost_updates,
    slips,
    standing_answers,
    struck_differing,
    unreached,
)
from bot.consultations.ways import to_dashboard, to_papers
from bot.db.notice import Button, Card, Row, Rows
from bot.kit.notify import number_of
from bot.regulations.rules.regulation import Outcome
from bot.rendering import Rendering
from bot.values.action import action

ORDER = tuple(Position)
WITH_WORDS = (*AGAINST, Position.APPROVE_WITH_COMMENTS)


def for_members(say: Rendering, dossier: Dossier, result: Result) -> Card:
    """What every member sees after the close; of reserved opinions as the committee has set (BK 9.2, HU 17.2)."""
    return _for_members(say, dossier, view(dossier, result))


def for_both(say: Rendering, dossier: Dossier, result: Result) -> tuple[Card, Card]:
    """The cards of members and of the office, of one look at the facts."""
    seen = view(dossier, result)
    return _for_members(say, dossier, seen), _for_office(say, dossier, result, seen)


def _for_members(say: Rendering, dossier: Dossier, seen: Mapping[str, object]) -> Card:
    way = action("result_notice", dossier.id, *dossier.of_content)
    notice = Button(say.label("button.result_notice"), way)
    return Card(say.text("result", **seen, office=False), ((notice,),))


def results(
    say: Rendering, dossier: Dossier, now: datetime, *, again: Collection[int] | None
) -> list[Card]:
    """What has ended of it came to, content by content: as the office reads it, or with `again` None as members do.

    `again` are the places of what its reader may ask once more; 0 is a slip with one content.
    """
    found = []
    for each in dossier.each:
        reached = state(each.running, now).result
        if reached is not None and reached.closed_at is not None:
            found.append(
                for_members(say, each, reached)
                if again is None
                else for_office(say, each, reached, again=each.place in again)
            )
    return found


def for_office(say: Rendering, dossier: Dossier, result: Result, *, again: bool = False) -> Card:
    """What clerk and head see: every position, the words of differing opinions, what follows.

    With `again` its reader may ask the divided matter once more.
    """
    return _for_office(say, dossier, result, view(dossier, result), again=again)


def _for_office(
    say: Rendering,
    dossier: Dossier,
    result: Result,
    seen: Mapping[str, object],
    *,
    again: bool = False,
) -> Card:
    rows: list[Row] = []
    if again:
        label = "again_of_agencies" if dossier.body.of_agencies else "again_in_writing"
        asks = action("second_round", dossier.id)
        if dossier.place:
            asks = action("second_round_content", dossier.id, dossier.place)
        rows.append((Button(say.label(f"button.{label}"), asks, style="primary"),))
    if result.offers_meeting:
        way = action("meeting_after", dossier.id, *dossier.of_content)
        rows.append((Button(say.label("button.to_meeting"), way),))
    rows += _other_round(say, dossier)
    whole = not dossier.running.others_go_on
    if whole and result.outcome is not Outcome.WITHDRAWN:
        rows.append((Button(say.label("sheet_button.tally"), action("tally_sheet", dossier.id)),))
    rows.append(to_papers(say, dossier))
    if whole and not dossier.body.written.secret_slips:
        rows.append((Button(say.label("button.dossier"), action("dossier_matter", dossier.id)),))
    rows.append(to_dashboard(say, dossier))
    return Card(say.text("result", **seen, office=True), tuple(rows))


def reserved(say: Rendering, dossier: Dossier, name: str, *, reserved: bool) -> Card:
    """To the office after the result: an opinion is reserved now, or not any more; secret slips have no `name`."""
    text = say.text("reserved", dossier=dossier, name=name, reserved=reserved)
    shown = Button(say.label("button.result"), action("result", dossier.id))
    return Card(text, ((shown,), to_dashboard(say, dossier)))


def anew_rows(say: Rendering, dossier: Dossier, rights: Rights) -> Rows:
    """Of what a new term holds: to prepare it anew, or the way to where it goes on; of that one the way back."""
    if may_prepare_anew(dossier, clerk=rights.clerk) is None:
        way = action("prepare_anew", dossier.id)
        return ((Button(say.label("button.prepare_anew"), way, style="primary"),),)
    others = (("button.anew", dossier.anew), ("button.anew_of", dossier.anew_of))
    return tuple(
        (Button(say.label(label), action("dash", other.id, 0)),) for label, other in others if other
    )


def _other_round(say: Rendering, dossier: Dossier) -> list[Row]:
    """The way from the first round to the second, and back."""
    rows: list[Row] = []
    if dossier.first is not None:
        way = "vote_dash" if dossier.first.by_vote else "result"
        of = number_of(dossier.first.of)
        rows.append((Button(say.label("button.first_round"), action(way, of)),))
    if dossier.second is not None:
        rows.append((Button(say.label("button.second_round"), action("dash", dossier.second.id)),))
    return rows


def held(
    say: Rendering,
    dossier: Dossier,
    result: Result,
    now: datetime,
    *,
    head: bool = True,
    rights: Rights = HEAD,
) -> Card:
    """Nothing is decided by absence: why, and what the officer can do; what it may come to is the head's."""
    contents = [
        (each.place, each.subject, reached)
        for each in dossier.several
        if (reached := state(each.running, now).result) is not None
    ]
    left = max([len(result.possible), *(len(reached.possible) for *_, reached in contents)])
    unclear = sum(reached.undatable for *_, reached in contents) or result.undatable
    told = {"contents": contents, "possible_outcomes": left, "undatable": unclear}
    text = say.text("held", **view(dossier, result), now=now, head=head, **told)
    anew = anew_rows(say, dossier, rights)
    return Card(text, (*anew, to_dashboard(say, dossier, style=None if anew else "primary")))


def view(dossier: Dossier, result: Result) -> dict[str, object]:
    """The facts of a result as templates read them; of a slip with several contents of the one it is about."""
    about = dossier.of(result.place) if dossier.contents else dossier
    running = about.running
    known = running.until(result.closed_at) if result.closed_at else running
    missed = unreached(known)
    counts = {p.value: result.tally[p] for p in ORDER if result.tally[p]}
    return {
        "dossier": dossier,
        "result": result,
        "of_agencies": dossier.body.of_agencies,
        "counts": counts,
        "agreeing": result.tally.agreeing,
        "slips": slips(known),
        "names": _names(dossier, result),
        "missed": missed,
        "unreached": _those(dossier, missed),
        "struck_differing": struck_differing(known),
        "threshold": dossier.threshold,
        "silence_article": dossier.silence.article,
        "answers": standing_answers(known),
        "kept": set(result.kept),
        "kept_names": _those(dossier, set(result.kept) - set(missed)),
        "asked": {seat.person for seat in known.asked},
        "opinions": written(about, result, AGAINST),
        "comments": written(about, result, (Position.APPROVE_WITH_COMMENTS,)),
        "reserved": [each for each in written(about, result, WITH_WORDS) if each[1].reserved],
        "silenced": result.closed_at is not None and lost_updates(known, result.closed_at),
        "outages": [o for o in running.outages if o.start < (result.closed_at or o.end)],
    }


def _those(dossier: Dossier, persons: Collection[int]) -> list[str]:
    """Those of them who are to answer, in the order of lists."""
    return [seat.name for seat in in_order(dossier) if seat.person in persons]


def _names(dossier: Dossier, result: Result) -> Mapping[str, list[str]]:
    by_position: dict[str, list[str]] = {}
    for seat in listed(dossier, dossier.running.roll):
        by_position.setdefault(result.positions[seat.person].value, []).append(seat.name)
    return by_position
