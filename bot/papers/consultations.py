"""What the papers of a written consultation tell, as words for a template. Nothing is counted here anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.consultations import face as consultations
from bot.consultations.rules.consultation import (
    Choice,
    Consultation,
    Position,
    Reply,
    Seat,
    choices,
)
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.opinions import in_order, listed, written
from bot.consultations.rules.outcome import Result
from bot.consultations.rules.tally import AGAINST, standing_answers
from bot.counting.rules.board import Board
from bot.issuing.rules.letterhead import Letterhead, Paper
from bot.issuing.rules.numbers import Number
from bot.papers.counted_by import signatures, told_board
from bot.papers.heading import headed, office_words
from bot.papers.rules.slips import Circulation, circulation
from bot.papers.rules.which import WITHOUT_COUNT
from bot.regulations.rules.regulation import Outcome
from bot.rendering import Rendering, initial
from bot.values.moments import in_viet_nam

CHOICES = tuple(Position(choice.value) for choice in Choice)
VOICED = (*CHOICES, Position.DEEMED_APPROVE)
"""What a line of the count is for, in this order."""
RESERVED_SHOWN = frozenset({Paper.TABLE, Paper.DIFFERING})
"""Papers of the body itself and for its superior; reserved words go nowhere else (BK 9.2, HU 17.2)."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a paper of a consultation is drawn up from."""

    dossier: Dossier
    result: Result | None
    head: Letterhead
    number: Number | None
    register_head: str
    now: datetime
    board: Board | None = None
    """Who counted, where the office has named them."""


def view(say: Rendering, paper: Paper, facts: Facts) -> dict[str, Any]:
    """The fields of a template, words and lists of words, as `templates/papers/fields.toml` tells them."""
    dossier = facts.dossier
    day = in_viet_nam(dossier.closed_at or dossier.opened_at or facts.now).date()
    told: dict[str, Any] = {
        "board": told_board(say, facts.board),
        **headed(say, facts.head, paper, facts.number, day),
        **_asked(say, facts),
    }
    if paper is Paper.COUNT:
        told["signatures"] = signatures(say, [facts.board], **_presiding(told))
    if paper is Paper.DIFFERING:
        told["occasion"] = ""
    if facts.result is None:
        boxes = [say.label(f"choice.{each.value}") for each in choices(dossier.body.written)]
        means = consultations.silence_view(dossier, confirmed=dossier.silence_confirmed)
        asked = {
            "silence": say.plain("papers/silence", silence=means, several=bool(dossier.contents)),
            "slips": _blank_slips(say, dossier),
            "contents": _contents(say, dossier),
        }
        return {**told, **asked, "boxes": boxes}
    return {**told, **_counted(say, dossier, facts.result), **_opinions(say, paper, facts)}


def _presiding(told: Mapping[str, Any]) -> dict[str, str]:
    """Who signs the minutes where no board counted."""
    return {each: told["signing"][each] for each in ("post", "name")}


def _asked(say: Rendering, facts: Facts) -> dict[str, Any]:
    """What was asked, of whom, until when."""
    dossier = facts.dossier
    running, silence = dossier.running, dossier.silence
    return {
        "asker": dossier.asker,
        "body": dossier.body.name,
        "body_in_prose": dossier.body.name.replace("Các ", "các ", 1),
        "whose": _whose(say, dossier),
        "listed_as": say.label(f"paper_words.listed_{_kind(dossier)}"),
        "addressed": say.label(f"paper_words.addressed_{_kind(dossier)}"),
        "subject": dossier.subject,
        "number": _slip(say, dossier),
        "round": say.label("paper_words.second_round") if dossier.first else "",
        "matter": say.label(f"matter.{dossier.matter.value}"),
        "ground": say.label(f"ground.{dossier.ground.value}"),
        "ground_article": dossier.body.written.grounds[dossier.ground],
        "text": dossier.text,
        "files": [file.name for file in dossier.files],
        "opened_at": say.moment(running.opened_at),
        "deadline": say.moment(running.stated_deadline),
        "silence_article": silence.article,
        "register_head": facts.register_head,
        "made_at": say.moment(facts.now),
    }


def _slip(say: Rendering, dossier: Dossier) -> str:
    """The number of the slip; of one content which of them, since their papers are parts of one."""
    number = str(dossier.number or "")
    if not dossier.place:
        return number
    of = {"place": dossier.place, "count": len(dossier.contents)}
    return say.label("paper_words.part", number=number, **of)


def _kind(dossier: Dossier) -> str:
    return "agencies" if dossier.body.of_agencies else "members"


def _whose(say: Rendering, dossier: Dossier) -> str:
    return say.label(f"paper_words.{_kind(dossier)}")


# --- before the close ---------------------------------------------------------------------------


def _blank_slips(say: Rendering, dossier: Dossier) -> list[dict[str, str]]:
    """One slip for each who is asked, in the order of lists."""
    return [
        {
            "to": _addressed(say, dossier, seat),
            "name": seat.name,
            "office": office_words(say, seat.office),
        }
        for seat in in_order(dossier)
    ]


def _contents(say: Rendering, dossier: Dossier) -> list[dict[str, str]]:
    """What is answered on a slip, each by its own boxes; of a slip with one content without a head."""
    several = [
        {"head": say.label("paper_words.content", place=place, subject=each.subject)}
        for place, each in enumerate(dossier.contents, 1)
    ]
    return several or [{"head": ""}]


def _addressed(say: Rendering, dossier: Dossier, seat: Seat) -> str:
    kind = "agency" if dossier.body.of_agencies else "person"
    return say.label(
        f"paper_words.to_{kind}", name=seat.name, office=office_words(say, seat.office)
    )


# --- after it -----------------------------------------------------------------------------------


def _counted(say: Rendering, dossier: Dossier, result: Result) -> dict[str, Any]:
    running, rules = dossier.running, dossier.body.written
    sent = circulation(running, result)
    ruling = say.plain(
        "papers/ruling",
        threshold=dossier.threshold,
        result=result,
        agreeing=result.tally.agreeing,
        deemed=result.tally[Position.DEEMED_APPROVE],
        silence_article=dossier.silence.article,
        of_agencies=dossier.body.of_agencies,
        again=rules.second_round,
    )
    closed_at = result.closed_at or running.stated_deadline
    return {
        "closed_at": say.moment(closed_at),
        "outcome": _outcome(say, dossier, result),
        "counted": not (running.ended_by and running.ended_by.kind in WITHOUT_COUNT),
        "next": say.label(f"next.{result.next.value}") if result.next.value != "none" else "",
        "articles": ", ".join(result.articles),
        "ruling_article": _ruling_article(dossier, result),
        "ruling": ruling.splitlines(),
        "by_hand": _by_hand(say, running) if result.by_hand else "",
        "gaps": [
            say.plain("papers/gap", outage=each)
            for each in running.outages
            if each.start < closed_at
        ],
        "count": {
            "roll": result.roll,
            "at_opening": _at_opening(say, result),
            "sent": sent.sent,
            "returned": sent.back.returned,
            "valid": sent.back.valid,
            "invalid": sent.back.invalid,
            "unreturned": list(_unreturned(say, dossier, sent)),
            "lines": [
                {
                    "what": initial(say.label(f"position.{each.value}")),
                    "count": result.tally[each],
                    "of_all": f"{result.tally[each]}/{result.roll}",
                }
                for each in VOICED
                if each.value in choices(rules) or result.tally[each]
            ],
        },
    }


def _by_hand(say: Rendering, running: Consultation) -> str:
    """Who ended it before its time, and why; nobody did where the committee ended."""
    if running.end is None:
        return ""
    who = "ended_by_hand" if running.end.by else "ended_with_committee"
    return say.label(f"paper_words.{who}", reason=running.end.reason)


def _ruling_article(dossier: Dossier, result: Result) -> str:
    """By which article it came to that: of a tie by that of the tie. No text says anything of withdrawing."""
    if result.outcome is Outcome.WITHDRAWN:
        return ""
    if result.by_tie and dossier.threshold and dossier.threshold.tie:
        return dossier.threshold.tie
    return result.ruling_article


def _outcome(say: Rendering, dossier: Dossier, result: Result) -> str:
    """What it came to; agencies have no conference (hội nghị) of their own."""
    if dossier.body.of_agencies and result.outcome is Outcome.TO_MEETING:
        return say.label("paper_words.to_meeting_of_agencies")
    return say.label(f"outcome.{result.outcome.value}")


def _at_opening(say: Rendering, result: Result) -> str:
    if result.roll == result.roll_at_opening:
        return ""
    return say.label("paper_words.at_opening", count=result.roll_at_opening)


def _unreturned(say: Rendering, dossier: Dossier, sent: Circulation) -> Iterator[str]:
    """Those deemed to agree never stand among the slips that came back."""
    article = dossier.silence.article
    for position, count in sent.unreturned.items():
        key = f"paper_unreturned.{position.value}"
        yield say.label(key, count=count, article=article)
    beside = {"kept": sent.kept, "recused": sent.recused, "struck": sent.struck}
    for what, count in beside.items():
        if count:
            yield say.label(f"paper_unreturned.{what}", count=count)


def _opinions(say: Rendering, paper: Paper, facts: Facts) -> dict[str, Any]:
    """Each member's line, and the words; of secret slips words without names, and no line of anybody."""
    dossier, result = facts.dossier, facts.result
    if result is None:
        return {}
    named = not dossier.body.written.secret_slips
    answers = standing_answers(dossier.running)
    every = [*AGAINST, Position.APPROVE_WITH_COMMENTS]
    return {
        "rows": [
            _row(say, place, seat, result, answers)
            for place, seat in enumerate(listed(dossier, dossier.running.roll), 1)
        ]
        if named
        else [],
        "differing": _told(say, paper, facts, AGAINST),
        "comments": _told(say, paper, facts, (Position.APPROVE_WITH_COMMENTS,)),
        "reserved": sum(reply.reserved for _, reply in written(dossier, result, every)),
        "reserve_article": dossier.body.reserve.article if dossier.body.reserve else "",
    }


def _row(
    say: Rendering, place: int, seat: Seat, result: Result, answers: Mapping[int, Reply]
) -> dict[str, str]:
    position, reply = result.positions[seat.person], answers.get(seat.person)
    answered = position in CHOICES
    return {
        "place": str(place),
        "name": seat.name,
        "office": office_words(say, seat.office),
        "opinion": initial(say.label(f"position.{position.value}")),
        "at": say.moment(reply.at) if reply and answered else "",
        "way": say.label("paper_words.on_paper") if answered and reply and reply.on_paper else "",
    }


def _told(
    say: Rendering, paper: Paper, facts: Facts, positions: tuple[Position, ...]
) -> list[dict[str, str]]:
    """Opinions word for word, a paragraph for each line that was written."""
    if facts.result is None:
        return []
    return [
        told_reply(say, name, reply)
        for name, reply in written(facts.dossier, facts.result, positions)
        if not reply.reserved or paper in RESERVED_SHOWN
    ]


def told_reply(say: Rendering, name: str, reply: Reply) -> dict[str, str]:
    """One answer in writing; of a secret slip `name` is empty."""
    return {
        "name": name,
        "choice": say.label(f"position.{reply.choice.value}"),
        "words": reply.words or _without(say, reply),
        "reserved": say.label("paper_words.reserved") if reply.reserved else "",
    }


def _without(say: Rendering, reply: Reply) -> str:
    if reply.photo:
        return say.label("paper_words.on_photo")
    return say.label(f"no_words.{reply.choice.value}")
