"""The launch form half filled, with all that is needed to show and to judge its next question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count
from typing import Any

from bot.calendar import face as calendar
from bot.consultations import store as consultations
from bot.consultations.rules.dossier import Anew
from bot.consultations.rules.due import Preset, offered_by, regulation_deadline
from bot.consultations.rules.rights import asks_election, refuse_ground, refuse_matter, refuse_short
from bot.db import drafts, people, rulebooks
from bot.db.drafts import Draft
from bot.kit.form import View
from bot.kit.unit import UnitOfWork
from bot.people.rules.people import Person, members_of
from bot.regulations.rules.regulation import Body, Clock, Ground, Matter, Regulation
from bot.values.refusal import NO_RIGHT, Refused, refuse
from bot.values.working_days import WorkingCalendar

Contents = list[dict[str, str]]
"""Of a slip with several contents each with its subject, its matter once chosen, and its key in this form."""
LAST_KEY = "contents_last_key"
"""Under which the form keeps the highest key that one of its contents ever had."""
OWN_DAYS = "own"
"""The deadline is the regulation's own number of days, fixed at the opening."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchView(View):
    """The form before its clerk. `committee` is the name in which is asked."""

    committee: str
    regulation: Regulation
    bodies: tuple[Body, ...]
    body: Body | None
    """The body to be asked, once it is chosen."""
    offered: tuple[Preset, ...]
    """Deadlines worth offering now."""
    calendar: WorkingCalendar
    anew_of: Anew | None = None
    """What it is prepared anew from: a matter held when a new term began."""

    @property
    def chosen(self) -> Body:
        """The body of a form that has one; a button may press before, it is then refused."""
        return self.body or refuse("stale_question")

    @property
    def remark(self) -> str:
        """What the head remarked when sending it back; "" for a new request."""
        return str(self.fields.get("remark", ""))

    @property
    def ground(self) -> Ground | None:
        """The ground chosen: what is refused may depend on it."""
        return Ground(self.fields["ground"]) if "ground" in self.fields else None

    @property
    def contents(self) -> Contents:
        """What the slip asks about where it is several."""
        return list(self.fields.get("contents") or ())

    @property
    def matters(self) -> list[Matter]:
        """Every matter chosen so far, of the slip and of its contents."""
        return _matters(self.fields)

    @property
    def day_ends_at(self) -> int:
        """The hour at which a day given without one ends, by the rules of the body asked."""
        return self.chosen.written.window.day_ends_at

    @property
    def deadline(self) -> datetime | None:
        """The deadline answered; where it is the regulation's own days, as if approved now."""
        value = self.fields.get("deadline")
        if value is None or self.body is None:
            return None
        if value == OWN_DAYS:
            return regulation_deadline(self.chosen, self.calendar, self.now)
        return datetime.fromisoformat(value)

    @property
    def submission(self) -> date | None:
        """The day on which the text will be submitted, where the regulation asks for it."""
        value = self.fields.get("submission_date")
        return date.fromisoformat(value) if value else None


async def offered(work: UnitOfWork, committee: int) -> tuple[str, Regulation, tuple[Body, ...]]:
    """The committee's name, its regulation, and the bodies that have members to be asked."""
    kept = await people.committee(work.tx, committee)
    regulation = await rulebooks.regulation(work.tx, kept.rulebook)
    everybody = await people.of_committee(work.tx, committee)
    bodies = tuple(body for body in regulation.bodies if members_of(everybody, body.id))
    return kept.name, regulation, bodies


async def view_of(work: UnitOfWork, clerk: Person, draft: Draft) -> LaunchView:
    """The form as it stands now; refused for who is no clerk any more."""
    if not clerk.is_clerk:
        raise Refused(NO_RIGHT)
    name, regulation, bodies = await offered(work, draft.committee)
    body = _asked(draft.fields, bodies)
    days = await calendar.working_calendar(work.tx, draft.committee)
    return LaunchView(
        draft=replace(draft, fields=_known(draft.fields, body)),
        person=clerk,
        files=await drafts.files_of_draft(work.tx, draft.id),
        now=work.now,
        committee=name,
        regulation=regulation,
        bodies=bodies,
        body=body,
        offered=_presets(body, days, work.now) if body else (),
        calendar=days,
        anew_of=await _anew_of(work, draft),
    )


async def _anew_of(work: UnitOfWork, draft: Draft) -> Anew | None:
    """Of a request that was sent back what it was of; of a new one what it was begun from."""
    if "of" in draft.fields:
        return (await consultations.there(work.tx, int(draft.fields["of"]))).anew_of
    if "anew_of" not in draft.fields:
        return None
    held = await consultations.there(work.tx, draft.fields["anew_of"])
    return Anew(held.id, held.number)


def _asked(fields: Mapping[str, Any], bodies: tuple[Body, ...]) -> Body | None:
    """The body to be asked: the one there is, else the one chosen."""
    only = bodies[0].id if len(bodies) == 1 else fields.get("body")
    return next((body for body in bodies if body.id == only), None)


def _presets(body: Body, days: WorkingCalendar, now: datetime) -> tuple[Preset, ...]:
    window = body.written.window
    every = offered_by(window, now, days)
    return tuple(each for each in every if not refuse_short(window, days, each.moment, now))


def _known(fields: Mapping[str, Any], body: Body | None) -> dict[str, Any]:
    """The answers that hold beside each other, given the body to be asked."""
    known = {key: value for key, value in fields.items() if key != "body"}
    if body is None:
        return known
    ground = Ground(known["ground"]) if "ground" in known else None
    if "contents" in known:
        keyed, known[LAST_KEY] = _keyed(known["contents"], int(known.get(LAST_KEY, 0)))
        known["contents"] = _still_allowed(keyed, body, ground)
    matters = _matters(known)
    excluded = {
        "ground": ground is not None and refuse_ground(body, ground),
        "matter": "matter" in known and refuse_matter(body, Matter(known["matter"]), ground),
        "no_election": not any(asks_election(body, each) for each in matters),
        "deadline": known.get("deadline") == OWN_DAYS and not has_own_days(body),
        "silence_confirmed": not set(matters) & set(body.written.silence.asks_confirmation),
        "submission_date": body.written.lead_time is None,
        "special_reason": known.get("early_enough") is not False,
    }
    held = {key: value for key, value in known.items() if not excluded.get(key)}
    return {"body": body.id, **held}


def _keyed(contents: Contents, last: int) -> tuple[Contents, int]:
    """The contents, each with a key that none had before it, and the highest key given so far.

    `last` is what that was before. Not even the key of a content taken off is given again: an old button
    never reaches another content.
    """
    keys = count(max([last, *(int(each["key"]) for each in contents if "key" in each)]) + 1)
    keyed = [each if "key" in each else {"key": str(next(keys)), **each} for each in contents]
    return keyed, next(keys) - 1


def _still_allowed(contents: Contents, body: Body, ground: Ground | None) -> Contents:
    """The contents, each asked for its matter again where the body and ground chosen now exclude it."""
    return [
        {"key": each["key"], "subject": each["subject"]}
        if "matter" in each and refuse_matter(body, Matter(each["matter"]), ground)
        else each
        for each in contents
    ]


def _matters(fields: Mapping[str, Any]) -> list[Matter]:
    """The slip's and those of its contents, as far as they are chosen."""
    chosen = [fields, *(fields.get("contents") or ())]
    return [Matter(each["matter"]) for each in chosen if "matter" in each]


def offered_matters(body: Body) -> list[Matter]:
    """Accepted matters first; the excluded ones are refused with their article when chosen."""
    accepted = [matter for matter in body.matters if matter in body.written.matters]
    others = [m for m in body.matters if m not in accepted and m is not Matter.APPRAISAL]
    return accepted + others


def has_own_days(body: Body) -> bool:
    """Whether the regulation itself gives each recipient its days."""
    return body.written.window.clock is Clock.RECIPIENT
