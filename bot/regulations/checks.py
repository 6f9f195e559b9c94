"""What the parts of a regulation must say of one another, as findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from bot.regulations.building.written import active_grounds, sent_on_to
from bot.regulations.cells import Needed
from bot.regulations.choices import dotted
from bot.regulations.faults import Finding, Findings, unlisted
from bot.regulations.meeting_checks import VOTED_OUTCOMES, meeting_findings
from bot.regulations.naming import naming, unknown_ids
from bot.regulations.positions import KeyPath
from bot.regulations.rules.duties import Happens, Period
from bot.regulations.rules.regulation import Cause, Ground, Next, Outcome
from bot.regulations.rules.terms import Matter
from bot.regulations.schema.common import Common
from bot.regulations.schema.document import BodyPart, Document
from bot.regulations.schema.duties import DutyPart
from bot.regulations.schema.meetings import DividedPart
from bot.regulations.schema.written import (
    BecausePart,
    CausesPart,
    RowPart,
    RulingPart,
    SecondRoundPart,
    WindowPart,
    WrittenPart,
)
from bot.values.spans import Span

OPEN_OUTCOMES = tuple(o for o in Outcome if o not in {Outcome.HELD, Outcome.WITHDRAWN})
"""Outcomes a regulation may choose; the others are acts of an officer."""
ON_AN_AGENDA = (Next.TO_MEETING, Next.REPORT_BACK, Next.STANDING_COMMITTEE)
"""What follows at a meeting of some body."""
AGAIN_DIVIDED = (*(o for o in VOTED_OUTCOMES if o is not Outcome.DISCUSS_AGAIN), Outcome.TO_MEETING)
"""Outcomes of a second division: there is no third round."""
AGAIN_FAILED = (
    Outcome.NOT_ADOPTED,
    Outcome.TO_SUPERIOR,
    Outcome.TO_STANDING_COMMITTEE,
    Outcome.TO_MEETING,
)
"""Outcomes of a second round in which too few agree."""


def findings(document: Document, bodies: Iterable[str]) -> Findings:
    """Everything in `document` that does not fit together; `bodies` are the ids the file knows."""
    known = tuple(bodies)
    yield from naming(document)
    unknown = tuple(unknown_ids(document))
    yield from unknown
    misspelt = {each.path[:2] for each in unknown}
    for body_id, body in document.body.items():
        if ("body", body_id) not in misspelt:  # what does not fit there follows from that
            yield from _body(("body", body_id), body, document, known)
    for duty_id, duty in document.duty.items():
        yield from _duty(("duty", duty_id), duty, document, known)


def _body(path: KeyPath, body: BodyPart, document: Document, known: tuple[str, ...]) -> Findings:
    for index, head in enumerate(body.heads):
        yield from unlisted((*path, "heads", index), "office_unknown", head, document.offices)
    matters = (*Matter, *document.own_matters)
    yield from _written((*path, "written"), body.written, document.common, matters)
    yield from _ties(path, body, document.common)
    for where, ruling in _rows(body):
        yield from _target((*path, *where), ruling, sent_on_to(str(path[-1]), document.body), known)
    if body.meetings:
        yield from meeting_findings((*path, "meetings"), body.meetings, document, known)


def _written(
    path: KeyPath, part: WrittenPart, common: Common, matters: Sequence[Matter]
) -> Findings:
    if part.forbidden:
        if any(not cell.setting for cell in part.grounds.values()):
            yield Finding((*path, "forbidden"), "forbidden_and_grounds", {})
        if not active_grounds(part):
            return
    elif not active_grounds(part):
        yield Finding((*path, "grounds"), "ground_missing", {})
    for name in ("silence", "window", "rulings"):
        if getattr(part, name) is None:
            yield Finding(path, "written_part_missing", {"name": name})
    yield from _matters(path, part, matters)
    yield from _threshold(path, part, common, matters)
    yield from _silence(path, part)
    yield from _window(path, part)
    yield from _rulings(path, part)
    yield from _second_round(path, part)
    if part.second_round:
        yield from _again(path, part, part.second_round, part.threshold or common.threshold)
    yield from _objection(path, part)


def _objection(path: KeyPath, part: WrittenPart) -> Findings:
    """One objection ends what silence would carry; where nothing is counted, or silence is nothing, it ends nothing."""
    if part.objection and part.collates:
        yield Finding((*path, "objection"), "objection_collated", {})
    elif part.objection and part.silence and part.silence.means.value != "consent":
        yield Finding((*path, "objection"), "objection_without_consent", {})


def _matters(path: KeyPath, part: WrittenPart, matters: Sequence[Matter]) -> Findings:
    """Each matter in one place for all grounds; a place for one ground alone goes before it."""
    grounds = tuple(part.grounds)
    placed: list[tuple[KeyPath, Matter, Ground | None]] = [
        ((*path, "matters", index), matter, None) for index, matter in enumerate(part.matters)
    ]
    for at, each in enumerate(part.excluded):
        where = (*path, "excluded", at)
        for index, ground in enumerate(each.grounds):
            yield from unlisted((*where, "grounds", index), "ground_unused", ground, grounds)
        placed += [
            ((*where, "matters", index), matter, ground)
            for index, matter in enumerate(each.matters)
            for ground in each.grounds or (None,)
        ]
    seen: set[tuple[Matter, Ground | None]] = set()
    for where, matter, on in placed:
        if (matter, on) in seen:
            yield Finding(where, "matter_twice", {"name": matter.value})
        seen.add((matter, on))
    for matter in matters:
        everywhere = grounds and all((matter, ground) in seen for ground in grounds)
        if (matter, None) not in seen and not everywhere:
            yield Finding((*path, "matters"), "matter_unplaced", {"name": matter.value})
    if part.no_election:
        yield from _taken((*path, "no_election"), part, part.no_election.matters)


def _taken(path: KeyPath, part: WrittenPart, named: Iterable[Matter]) -> Findings:
    """Matters named here are such as may be taken, as they are read or under another setting."""
    settled = (
        matter for each in part.excluded if each.applies or each.lifted for matter in each.matters
    )
    taken = (*part.matters, *settled)
    for at, matter in enumerate(named):
        yield from unlisted((*path, "matters", at), "matter_unused", matter, taken)


def _threshold(
    path: KeyPath, part: WrittenPart, common: Common, matters: Sequence[Matter]
) -> Findings:
    if part.collates and part.threshold:
        yield Finding((*path, "threshold"), "threshold_of_collated", {})
    if not part.collates and not part.threshold and not common.threshold:
        yield Finding(path, "threshold_missing", {})
    own = [((*path, "own_threshold", at), each) for at, each in enumerate(part.own_threshold)]
    if part.collates and own:
        yield Finding((*path, "own_threshold"), "threshold_of_collated", {})
    share = part.threshold or common.threshold
    for where, each in (*([((*path, "threshold"), share)] if share else ()), *own):
        if not part.collates and each.of == "present":
            yield Finding((*where, "of"), "share_of_present", {})
    yield from _own_thresholds(path, part, matters)


def _own_thresholds(path: KeyPath, part: WrittenPart, matters: Sequence[Matter]) -> Findings:
    """Matters and grounds that may be taken, and no matter with two thresholds on one ground."""
    grounds, seen = tuple(part.grounds), set[tuple[Matter, Ground]]()
    for at, each in enumerate(part.own_threshold):
        where = (*path, "own_threshold", at)
        yield from _taken(where, part, each.matters)
        for index, ground in enumerate(each.grounds):
            yield from unlisted((*where, "grounds", index), "ground_unused", ground, grounds)
        own = {(m, g) for m in each.matters or matters for g in each.grounds or grounds}
        twice = min((matter.value for matter, _ in own & seen), default=None)
        if twice:
            yield Finding(where, "threshold_twice", {"name": twice})
        seen |= own


def _ties(body_path: KeyPath, body: BodyPart, common: Common) -> Findings:
    """A tie rule stands where half leaves a tie, and where the head is one of those who decide."""
    half = Fraction(1, 2)
    vote = body.meetings.vote if body.meetings else None
    rows: list[tuple[KeyPath, Needed | None]] = [
        (("written", "threshold"), body.written.threshold or common.threshold),
        *((("written", "own_threshold", at), e) for at, e in enumerate(body.written.own_threshold)),
        (
            ("written", "second_round", "threshold"),
            body.written.second_round.threshold if body.written.second_round else None,
        ),
        (("meetings", "vote", "threshold"), vote.threshold or common.threshold if vote else None),
        *(
            (("meetings", "vote", "own_threshold", at), e)
            for at, e in enumerate(vote.own_threshold if vote else ())
        ),
    ]
    for where, share in rows:
        if share is None or share.tie is None:
            continue
        if share.more_than is None or share.fraction != half:
            yield Finding((*body_path, *where, "tie"), "tie_leaves_none", {})
        if body.of_agencies:
            yield Finding((*body_path, *where, "tie"), "tie_no_head", {})


def _silence(path: KeyPath, part: WrittenPart) -> Findings:
    if part.silence is None:
        return
    grounds = tuple(ground.value for ground in part.grounds)
    for ground in part.silence.covers:
        where = (*path, "silence", "covers", ground.value)
        yield from unlisted(where, "ground_unused", ground.value, grounds)
    matters = tuple(matter.value for matter in part.matters)
    for matter in part.silence.asks:
        where = (*path, "silence", "asks", matter.value)
        yield from unlisted(where, "matter_unused", matter.value, matters)
    seen = set[Matter]()
    for at, own in enumerate(part.silence.own):
        where = (*path, "silence", "own", at)
        yield from _taken(where, part, own.matters)
        twice = next((matter.value for matter in own.matters if matter in seen), None)
        if twice:
            yield Finding(where, "silence_twice", {"name": twice})
        seen |= set(own.matters)
    if part.silence.asks_together:
        yield from _taken(
            (*path, "silence", "asks_together"), part, part.silence.asks_together.matters
        )


def _window(path: KeyPath, part: WrittenPart) -> Findings:
    window = part.window
    if window is None:
        return
    own = window.span
    if window.clock == "recipient" and (own is None or window.article is None):
        yield Finding((*path, "window"), "recipient_days", {})
    yield from _least_window((*path, "window"), window)
    if window.clock == "deadline" and own is not None:
        yield Finding((*path, "window", own.counts.value), "deadline_days", {})
    for name in ("least", "suggested"):
        span = getattr(window, name)
        if span is not None and span.span is None:
            yield Finding((*path, "window", name), "span_missing", {})
        if span is not None and getattr(window, f"{name}_days") is not None:
            yield Finding((*path, "window", name), "span_twice", {"name": f"{name}_days"})


def _least_window(path: KeyPath, window: WindowPart) -> Findings:
    """The least that a deadline leaves is no more than each recipient has; hours and days are not compared."""
    name = "least_days" if window.least_days else "least"
    of_days = Span(window.least_days.value) if window.least_days else None
    own, least = window.span, of_days or (window.least.span if window.least else None)
    if own and least and own.counts is least.counts and least.count > own.count:
        yield Finding((*path, name), "least_above_own", {"days": own.count})


def _rulings(path: KeyPath, part: WrittenPart) -> Findings:
    if part.rulings is None:
        return
    for name in type(part.rulings).model_fields:
        if getattr(part.rulings, name) is None and not part.collates:
            table = f"[{dotted((*path, 'rulings'))}]"
            values = {"name": name, "table": table}
            yield Finding((*path, "rulings"), "missing_key", values)
    for place, ruling in part.rulings.rows:
        where = (*path, "rulings", *place, "outcome")
        found = {"found": ruling.outcome.value}
        if ruling.outcome not in OPEN_OUTCOMES:
            allowed = ", ".join(OPEN_OUTCOMES)
            yield Finding(where, "ruling_not_chosen", {**found, "allowed": allowed})
        elif (ruling.outcome is Outcome.COLLATED) != part.collates:
            yield Finding(where, "ruling_not_collated", found)


def _second_round(path: KeyPath, part: WrittenPart) -> Findings:
    """What is asked again can be divided, and is never asked a third time; whoever asks again has a rule for it."""
    again, rulings = part.second_round, part.rulings
    if again is None:
        for place, row in rulings.rows if rulings else ():
            if row.next is Next.SECOND_ROUND:
                yield Finding((*path, "rulings", *place, "next"), "second_round_missing", {})
        return
    where = (*path, "second_round")
    if part.collates:
        yield Finding(where, "second_round_collated", {})
    for name, allowed in (("divided", AGAIN_DIVIDED), ("failed", AGAIN_FAILED)):
        part_of: RulingPart | None = getattr(again, name)
        for place, row in part_of.either if part_of else ():
            if row.outcome not in allowed or row.next is Next.SECOND_ROUND:
                values = {"found": row.outcome.value, "allowed": ", ".join(allowed)}
                yield Finding((*where, name, *place), "second_round_again", values)
    if again.divided is None and (again.because == CausesPart() or _asks_divided(part)):
        values = {"name": "divided", "table": f"[{dotted(where)}]"}
        yield Finding(where, "missing_key", values)


def _asks_divided(part: WrittenPart) -> bool:
    """Whether a division leads to a second round, so that the second one must lead elsewhere."""
    rows = part.rulings.on_differing if part.rulings else ()
    return any(row.next is Next.SECOND_ROUND for row in rows)


def _again(
    path: KeyPath, part: WrittenPart, again: SecondRoundPart, share: Needed | None
) -> Findings:
    """Whoever a cause has discuss it again is asked; no cause and no deadline is against another rule."""
    where, because = (*path, "second_round"), again.because
    for cause in Cause:
        each: BecausePart | None = getattr(because, cause.value)
        if each is None:
            continue
        here = (*where, "because", cause.value)
        yield from _taken(here, part, each.matters)
        if again.asks == "differing" and cause is not Cause.OPPOSED:
            yield Finding(here, "second_round_asks", {"name": cause.value})
        of = getattr(each, "share", None)
        if of and of.of == "present":
            yield Finding((*here, "share", "of"), "share_of_present", {})
    if because.tie and share and share.tie:
        yield Finding((*where, "because", "tie"), "second_round_tie", {})
    if again.threshold and again.threshold.of == "present":
        yield Finding((*where, "threshold", "of"), "share_of_present", {})
    least = _least_days(part)
    if again.answer_days and again.answer_days.value < least:
        yield Finding((*where, "answer_days"), "second_round_short", {"days": least})


def _least_days(part: WrittenPart) -> int:
    """The days that an answer has at least, a day begun counted in full; 0 where nothing is said."""
    window = part.window
    if window is None:
        return 0
    if window.least_days:
        return window.least_days.value
    span = window.least.span if window.least else None
    if span is None:
        return 0
    return -(-span.count // 24) if span.in_hours else span.count


def _rows(body: BodyPart) -> Iterator[tuple[KeyPath, RowPart | DividedPart]]:
    """Every row that says what follows a count, in writing and in the room."""
    rulings = body.written.rulings
    for place, ruling in rulings.rows if rulings else ():
        yield ("written", "rulings", *place), ruling
    again = body.written.second_round
    for name in ("divided", "failed") if again else ():
        row: RulingPart | None = getattr(again, name)
        for place, ruling in row.either if row else ():
            yield ("written", "second_round", name, *place), ruling
    vote = body.meetings.vote if body.meetings else None
    for name in ("divided", "divided_again") if vote else ():
        if divided := getattr(vote, name):
            yield ("meetings", "vote", name), divided


def _target(
    path: KeyPath, row: RowPart | DividedPart, sent_on: str | None, known: tuple[str, ...]
) -> Findings:
    """The body on whose agenda a matter comes exists; only what comes on an agenda has one."""
    if row.body:
        yield from unlisted((*path, "body"), "body_unknown", row.body, known)
        if row.next not in ON_AN_AGENDA:
            yield Finding((*path, "body"), "body_unused", {"found": row.next.value})
    elif row.next is Next.STANDING_COMMITTEE and sent_on is None:
        yield Finding((*path, "next"), "body_missing", {"allowed": ", ".join(known)})


def _duty(path: KeyPath, part: DutyPart, document: Document, known: tuple[str, ...]) -> Findings:
    for side, parties in (("debtors", part.debtors), ("to", part.to)):
        for at, party in enumerate(parties):
            checks: tuple[tuple[str, str | None, str, Iterable[str]], ...] = (
                ("body", party.body, "body_unknown", known),
                ("each_member_of", party.each_member_of, "body_unknown", known),
                ("office", party.office, "office_unknown", document.offices),
            )
            for key, name, kind, allowed in checks:
                if name is not None:
                    yield from unlisted((*path, side, at, key), kind, name, allowed)
    if part.unasked and Period.AD_HOC not in part.every:
        yield Finding((*path, "unasked"), "unasked_not_ad_hoc", {})
    yield from _due(path, part, document.common)
    yield from _after(path, part, known)


def _due(path: KeyPath, part: DutyPart, common: Common) -> Findings:
    if part.due is None and part.every != {Period.AD_HOC} and common.report_due is None:
        yield Finding(path, "due_missing", {})
    dated = part.due and (part.due.before or part.due.latest)
    if dated and part.every != {Period.YEAR}:
        yield Finding((*path, "due"), "due_period", {})
    if common.duty_reminders is None:
        yield Finding(path, "reminders_missing", {"name": "duty_reminders"})


def _after(path: KeyPath, part: DutyPart, known: tuple[str, ...]) -> Findings:
    """A report has periods or an event after which it is due; only meetings and slips are those of a body."""
    after = part.due.after if part.due else None
    if part.periods is None and after is None:
        yield Finding(path, "periods_missing", {})
    if part.periods is not None and after is not None:
        yield Finding((*path, "periods"), "event_and_periods", {})
    if after is None or part.due is None or part.due.body is None:
        return
    yield from unlisted((*path, "due", "body"), "body_unknown", part.due.body, known)
    if after not in (Happens.MEETING, Happens.RESULT):
        yield Finding((*path, "due", "body"), "event_body", {})
