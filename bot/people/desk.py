"""The question who is away and who acts meanwhile, as it stands in a committee. Nothing is judged or written here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.calendar import face as calendar
from bot.db import people, rulebooks, standing_in
from bot.kit.unit import UnitOfWork
from bot.people import store
from bot.people.rules.acting import Staff, StandIn
from bot.people.rules.delegating import Span, away_rules, duty_rules, rule_for, rules_for
from bot.people.rules.people import Person, head_of, members_of
from bot.people.store import Absence
from bot.regulations.rules.meetings import DelegationRule
from bot.regulations.rules.regulation import Body, Regulation
from bot.values.refusal import Refusal, Refused
from bot.values.working_days import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody of a committee before the question who is away and who acts meanwhile."""

    person: Person
    regulation: Regulation
    staff: Staff
    calendar: WorkingCalendar
    not_over: tuple[StandIn, ...]
    """Who stands in now or will."""
    absences: tuple[Absence, ...]
    now: datetime

    @property
    def heads(self) -> list[Person]:
        """The heads of the committee's bodies, each once."""
        found = (head_of(self.staff.everybody, body) for body in self.regulation.bodies)
        return list({head.id: head for head in found if head}.values())

    def headed_by(self, head: int) -> list[Body]:
        """The bodies that this person heads."""
        everybody = self.staff.everybody
        led = [(body, head_of(everybody, body)) for body in self.regulation.bodies]
        return [body for body, leads in led if leads is not None and leads.id == head]

    def rules(self, body: Body) -> tuple[DelegationRule, ...]:
        """Who may stand in for that body's head."""
        return rules_for(self.regulation, body, "")

    def rules_of(self, head: int) -> tuple[DelegationRule, ...]:
        """Who may stand in for this head, in whatever body."""
        found = [rule for body in self.headed_by(head) for rule in self.rules(body)]
        return tuple({rule.id: rule for rule in found}.values())

    @property
    def on_duty(self) -> list[tuple[Body, DelegationRule]]:
        """Bodies that may put somebody on duty for their own matters."""
        return [
            (body, rule)
            for body in self.regulation.bodies
            for rule in duty_rules(self.rules(body))
            if rule.decided_by == body.id
        ]

    @property
    def may_be_away(self) -> list[Person]:
        """Heads for whom the text has somebody act while they are away."""
        return [head for head in self.heads if away_rules(self.rules_of(head.id))]

    def name(self, person: int) -> str:
        """The name of somebody of the committee; "" for who has left it."""
        return next((each.name for each in self.staff.everybody if each.id == person), "")

    def named(self, person: int | str) -> Person:
        """Somebody of the committee, by the number also as a button carries it; refused who is not there."""
        for each in self.staff.everybody:
            if str(each.id) == str(person):
                return each
        raise Refused(Refusal("delegation_person_left"))

    def deputies(self, head: int) -> list[Person]:
        """Those who may take on this head's absence."""
        return [p for p in self.staff.everybody if p.id != head and self.takes(head, p)]

    def takes(self, head: int, person: Person) -> list[tuple[Body, DelegationRule]]:
        """The bodies for which this person may act while the head is away, each with its rule."""
        found = [
            (body, rule_for(away_rules(self.rules(body)), body.id, person))
            for body in self.headed_by(head)
        ]
        return [(body, rule) for body, rule in found if rule is not None]

    def duty(self, body: str) -> tuple[Body, DelegationRule] | None:
        """The body that may put somebody on duty, with its rule."""
        return next(((each, rule) for each, rule in self.on_duty if each.id == body), None)

    def may_be_on_duty(self, body: Body, rule: DelegationRule) -> list[Person]:
        """Members of the body whose office the rule names, but its head."""
        head = head_of(self.staff.everybody, body)
        return [
            person
            for person in members_of(self.staff.everybody, body.id)
            if (head is None or person.id != head.id)
            and rule_for(self.rules(body), body.id, person) == rule
        ]

    def running(self, body: Body) -> list[Span]:
        """When somebody stands in for that body's head, now or later."""
        return [Span(g.starts_at, g.ends_at) for g in self.not_over if g.body == body.id]

    def told(self, absence: Absence) -> list[Person]:
        """Whom it concerns: the roll of the bodies it is about, the head, and the clerks."""
        everybody = self.staff.everybody
        bodies = [b.id for b in self.headed_by(absence.of) if absence.body in ("", b.id)]
        roll = [person for body in bodies for person in members_of(everybody, body)]
        others = [p for p in everybody if p.is_clerk or p.id == absence.of]
        return list({p.id: p for p in (*roll, *others)}.values())


async def desk_of(work: UnitOfWork, person: Person) -> Desk:
    """The question as it stands for somebody of a committee; whether that one may ask it is judged elsewhere."""
    committee = person.committee
    kept = await people.committee(work.tx, committee)
    not_over = tuple(await standing_in.not_over(work.tx, committee, work.now))
    everybody = tuple(await people.of_committee(work.tx, committee))
    return Desk(
        person,
        await rulebooks.regulation(work.tx, kept.rulebook),
        Staff(everybody, tuple(each for each in not_over if each.runs(work.now))),
        await calendar.working_calendar(work.tx, committee),
        not_over,
        tuple(await store.absences_of(work.tx, committee, work.now)),
        work.now,
    )
