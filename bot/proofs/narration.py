"""What the register has come to say since it was last read, for a narrator. Nothing is changed or worded here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.consultations import face as consultations
from bot.consultations.rules.consultation import Consultation, Position
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.outcome import Result, state, states
from bot.db import people, register, rulebooks
from bot.db.register import Line
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import face as meetings
from bot.meetings.rules.closing import by_paper_ballot
from bot.meetings.rules.meeting import Concluded, Conclusion, Meeting
from bot.meetings.rules.quorum import QuorumFound, quorum
from bot.notices import face as notices
from bot.notices.rules.notice import MemberNotice
from bot.regulations.rules.periods import parse_period
from bot.regulations.rules.regulation import Regulation
from bot.reports import face as reports
from bot.reports.rules.report import Report
from bot.values.moments import in_viet_nam
from bot.votes import face as votes
from bot.votes.rules.vote import Vote

Known = Mapping[int, int]
"""The last line read of each committee."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register with the papers it speaks of; `names` are those of its committee."""

    line: Line
    regulation: Regulation
    names: Mapping[int, str]
    of: str | None
    """The person the act was done upon, where there is one."""
    dossier: Dossier | None = None
    result: Result | None = None
    by_content: tuple[Result, ...] = ()
    """Of a slip with several contents what each came to."""
    counts: Mapping[str, int] | None = None
    until: datetime | None = None
    meeting: Meeting | None = None
    vote: Vote | None = None
    reports: tuple[Report, ...] = ()
    """The report a line is about, or all that the morning's word spoke of."""
    notice: MemberNotice | None = None


async def since(context: Context, known: Known) -> tuple[Entry, ...]:
    """The lines written after those known, in the order of their moments."""
    entries: list[Entry] = []
    async with context.look() as work:
        for committee in await people.all_committees(work.tx):
            lines = await register.after(work.tx, committee.id, known.get(committee.id, 0))
            if not lines:
                continue
            regulation = await rulebooks.regulation(work.tx, committee.rulebook)
            everybody = await people.of_committee(work.tx, committee.id)
            names = {person.id: person.name for person in everybody}
            entries += [await _entry(work, line, regulation, names) for line in lines]
    return tuple(sorted(entries, key=lambda entry: entry.line.at))


async def _entry(
    work: UnitOfWork, line: Line, regulation: Regulation, names: Mapping[int, str]
) -> Entry:
    kind, _, number = line.subject.partition(":")
    detail: Mapping[str, Any] = line.detail
    dossier = None
    if kind == "consultation":
        dossier = await consultations.of_name(work.tx, line.subject)
    meeting, vote = await _sitting(work, kind, number)
    upon = detail.get("of") or detail.get("person") or detail.get("to")
    upon = int(number) if upon is None and kind == "person" else upon
    result, by_content = None, tuple[Result, ...]()
    if dossier is not None and dossier.consultation is not None:
        result = state(dossier.consultation, work.now).result
        if dossier.contents:
            reached = (each.result for each in states(dossier.consultation, work.now))
            by_content = tuple(each for each in reached if each is not None)
        names = {**names, **{seat.person: seat.name for seat in dossier.running.roll}}
    if meeting is not None:
        names = {**names, **{each.person: each.name for each in meeting.invitees}}
    return Entry(
        line=line,
        regulation=regulation,
        names=names,
        of=names.get(upon) if isinstance(upon, int) else None,
        dossier=dossier,
        result=result,
        by_content=by_content,
        counts={p.value: result.tally[p] for p in Position if result.tally[p]} if result else None,
        until=_moment(detail.get("until") or detail.get("deadline")),
        meeting=meeting,
        vote=vote,
        reports=await _reports(work, kind, number, detail),
        notice=await notices.get(work.tx, int(number)) if kind == "notice" else None,
    )


async def _reports(
    work: UnitOfWork, kind: str, number: str, detail: Mapping[str, Any]
) -> tuple[Report, ...]:
    ids = (
        [int(number)]
        if kind == "report"
        else [*detail.get("reminded", ()), *detail.get("overdue", ())]
    )
    return tuple(await reports.of_ids(work.tx, ids)) if ids else ()


async def _sitting(work: UnitOfWork, kind: str, number: str) -> tuple[Meeting | None, Vote | None]:
    """The meeting a line is about, and the vote in it."""
    found = await votes.get(work.tx, int(number)) if kind == "vote" else None
    meeting_id = found[0] if found else int(number) if kind == "meeting" else None
    meeting = await meetings.get(work.tx, meeting_id) if meeting_id else None
    return meeting, found[1] if found else None


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None


def view(entry: Entry, actors: tuple[str, ...]) -> dict[str, object]:
    """An entry as templates read it; `actors` are all who did the same at the same time."""
    dossier = entry.dossier
    running = dossier.consultation if dossier else None
    return {
        "line": entry.line,
        "actors": actors,
        "regulation": entry.regulation,
        "of": entry.of,
        "until": entry.until,
        "dossier": dossier,
        "rules": dossier.body.written if dossier else None,
        "of_agencies": dossier.body.of_agencies if dossier else False,
        "silence": _silence(dossier) if dossier else None,
        "waiting": _waiting(running) if running else 0,
        "result": entry.result,
        "by_content": entry.by_content,
        "counts": entry.counts,
        "reports": entry.reports,
        "period": parse_period(entry.reports[0].period) if entry.reports else None,
        "passed": _has_passed(entry),
        "notice": entry.notice,
        **_meeting_view(entry),
    }


def _has_passed(entry: Entry) -> bool:
    """Whether a reminder of rhythms speaks of periods that are over."""
    periods = [parse_period(period) for _, _, period in entry.line.detail.get("lines", ())]
    today = in_viet_nam(entry.line.at).date()
    return any(period is not None and period.last < today for period in periods)


def _meeting_view(entry: Entry) -> dict[str, object]:
    """Of a vote that is open nothing but that somebody has voted is told."""
    meeting, vote = entry.meeting, entry.vote
    standing_for = entry.line.detail.get("acting_for")
    item = vote.item_id if vote else None
    return {
        "meeting": meeting,
        "meets": meeting.rules if meeting else None,
        "stands": _quorum(meeting) if meeting else None,
        "vote": vote,
        "item": meeting.item(item) if meeting and item else None,
        "on_paper": _on_paper(meeting, entry.line) if meeting else None,
        "acting_for": entry.names.get(standing_for) if isinstance(standing_for, int) else None,
        "articles": _articles(entry),
        "asking": _first_rule(entry, "requests"),
        "questioning": _first_rule(entry, "questions"),
    }


def _on_paper(meeting: Meeting, line: Line) -> str | None:
    """Of a conclusion that a secret ballot on paper decided, the article that asks for it."""
    item = meeting.item(line.detail["item"]) if line.act == "conclude" else None
    if item is None:
        return None
    said = Concluded(Conclusion(line.detail["as"]), line.at, 0, line.detail["words"])
    return by_paper_ballot(meeting, replace(item, concluded=said))


def _first_rule(entry: Entry, name: str) -> object | None:
    """The rule of the body a line is about, else of the first body that has one of the kind."""
    kind, _, body_id = entry.line.subject.partition(":")
    bodies = [body for body in entry.regulation.bodies if body.meetings]
    bodies.sort(key=lambda body: kind == "body" and body.id != body_id)
    rules = (getattr(body.meetings, name) for body in bodies)
    return next((rule for rule in rules if rule is not None), None)


def _articles(entry: Entry) -> tuple[str, ...]:
    """The articles of the reports or the rhythms that a reminder speaks of."""
    if entry.reports:
        return tuple(dict.fromkeys(report.article for report in entry.reports))
    rules = {rule for _, rule, *_ in entry.line.detail.get("lines", ())}
    cited = {
        **{session.id: session.article for session in entry.regulation.working_sessions},
        **{
            rule: article
            for body in entry.regulation.bodies
            if body.meetings
            for rule, article in body.meetings.cited()
        },
    }
    return tuple(dict.fromkeys(cited[rule] for rule in cited if rule in rules))


def _quorum(meeting: Meeting) -> QuorumFound:
    here = {each.person for each in meeting.present}
    return quorum(meeting.rules.quorum, meeting.roll, here)


def _silence(dossier: Dossier) -> dict[str, object]:
    running = dossier.consultation
    confirmed = running.silence_confirmed if running else dossier.silence_confirmed
    return consultations.silence_view(dossier, confirmed=confirmed)


def _waiting(running: Consultation) -> int:
    return sum(running.awaits(seat.person) for seat in running.on_slip)
