"""The papers of a dossier drawn up anew from its record: every line that must stand on them, one after the other.

What no record tells is left open: within a line any words may stand there; a line of heading, recipients or places to
sign is not asked for. Second rounds rest on another matter, and are not drawn anew.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.metadata import version
from typing import Any

from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.outcome import state
from bot.dossiers.meeting_record import MeetingPart, meeting_of, minutes_of
from bot.dossiers.paper_text import lines_of, plain
from bot.dossiers.record import MatterPart, PaperPart, Record, consultation_of
from bot.issuing.rules.letterhead import Letterhead, Paper
from bot.kit.access import By
from bot.meetings.face import Around
from bot.meetings.rules.calling import hosted
from bot.papers import face as papers
from bot.places import templates_dir
from bot.regulations.rules.regulation import Body, Regulation
from bot.rendering import Rendering
from bot.values.files import FileRef

UNTOLD, APART = "\ue000", "\ue001"
"""Stand for what the record does not tell: within a line, and on a line that is not asked for."""
LAYOUT = "dang-05-2026"
"""Any would do: layouts differ in the heading and in the places to sign."""
SAID_BY = ("papers/*.txt", "papers/*.j2", "messages/_*.j2", "labels.toml")
"""Where the words of papers stand, among the templates."""
OPEN: Mapping[str, Any] = {
    "recipients": [APART],
    "signing": {"capacity": APART, "post": APART, "name": APART},
    "signatures": [],
    "register_head": UNTOLD,
    "made_at": UNTOLD,
}


@cache
def edition() -> str:
    """A digest of this release and of all common words of its papers: by others they may read otherwise."""
    told = hashlib.sha256(version("dongthuan").encode())
    for pattern in SAID_BY:
        for path in sorted(templates_dir().glob(pattern)):
            told.update(path.name.encode() + b"\0" + path.read_bytes())
    return told.hexdigest()


def expected(
    say: Rendering,
    record: Record,
    paper: PaperPart,
    part: MatterPart | MeetingPart,
    book: Regulation,
) -> tuple[str, ...] | None:
    """The lines of a paper in their order; None of a second round. Raises whatever an odd record leads to."""
    body = book.body(part.body)
    if isinstance(part, MeetingPart):
        view = _of_meeting(say, paper.paper, part, book, body)
    elif part.second_of is None:
        view = _of_matter(say, record, paper, part, body)
    else:
        return None
    heading = {**view["heading"], "issuer": APART, "place_and_day": APART}
    return _drawn(paper.paper, json.dumps({**view, **OPEN, "heading": heading}))


def lacking(lines: Sequence[str], found: Sequence[str]) -> Iterator[str]:
    """The lines that do not stand on a paper whole and in this order; what else stands there is not looked at."""
    place = 0
    for line in lines:
        parts = (re.escape(plain(each)) for each in line.split(UNTOLD))
        form = re.compile(".*".join(parts))
        stands = (at for at in range(place, len(found)) if form.fullmatch(found[at]))
        at = next(stands, None)
        if at is None:
            yield line.replace(UNTOLD, "…")
        else:
            place = at + 1


@lru_cache(maxsize=256)
def _drawn(paper: Paper, view: str) -> tuple[str, ...]:
    from bot.typesetting import template, writer  # noqa: PLC0415 - what sets pages is no part of the running bot

    made = writer.written(template.shipped(paper, LAYOUT), json.loads(view))
    told = (each for each in lines_of(made) if APART not in each)
    return tuple(each for each in told if each.replace(UNTOLD, "").strip())


def _head() -> Letterhead:
    """Of a heading no record tells anything."""
    return Letterhead("", APART, "", symbols={}, recipients={}, signing={}, profile=LAYOUT)


def _of_matter(
    say: Rendering, record: Record, paper: PaperPart, matter: MatterPart, body: Body
) -> dict[str, Any]:
    running = consultation_of(matter, body)
    told = {
        name: getattr(matter, name)
        for name in ("id", "matter", "ground", "subject", "text", "deadline", "silence_confirmed")
    }
    slip = Dossier(
        **told,
        committee=record.register_head.committee,
        asker=record.committee,
        rulebook=matter.regulation,
        body=body,
        text_sha256="",
        submission_date=None,
        special_reason="",
        prepared_by=0,
        submitted_at=matter.opened_at,
        files=tuple(FileRef(each.name, "", each.sha256) for each in matter.files),
        number=matter.number,
        opened_at=matter.opened_at,
        closed_at=matter.closed_at,
        consultation=running,
        contents=running.contents,
    )
    dossier = slip.at(paper.content or 0)
    closed_at = matter.closed_at
    result = state(dossier.running, closed_at).result if closed_at else None
    facts = papers.Facts(dossier, result, _head(), None, UNTOLD, record.made_at)
    return papers.view(say, paper.paper, facts)


def _of_meeting(
    say: Rendering, paper: Paper, part: MeetingPart, book: Regulation, body: Body
) -> dict[str, Any]:
    meeting = meeting_of(part, 0, body)
    named = {each.responsible for each in meeting.items} | {each.person for each in part.keepers}
    names = {person: UNTOLD for person in named if person is not None}
    names |= {each.person: each.name for each in part.invitees}
    session = next((each for each in hosted(book, body) if each.id == part.session), None)
    facts = papers.MeetingFacts(
        meeting=meeting,
        around=Around(names, session=session, convener=By(UNTOLD)),
        chair=By(UNTOLD),
        minutes=minutes_of(part),
        head=_head(),
        number=None,
        register_head=UNTOLD,
        now=part.starts_at,
    )
    return papers.meeting_view(say, paper, facts)
